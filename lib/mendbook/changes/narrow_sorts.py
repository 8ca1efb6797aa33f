"""Narrow sorts of changes: what each can break, and what a test sees once it is done.

They go before the wider ones of ``sorts``, which say less.
"""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.left_early import left_early
from mendbook.changes.narrow_words import (
    cached,
    closed_seen,
    copied,
    dropped_late,
    kept_empty,
    kept_empty_seen,
    let_through,
    logged_in,
    misfit_seen,
    paged,
    preset_anew,
    reordered,
    reordered_seen,
    reworded,
    timed,
    timed_seen,
    unfit,
    unstopped,
    waits_longer,
    without_key,
)
from mendbook.changes.sort_rows import Sort, sort

_FIRST = r"^(?:add|use|put|run|do|wrap|make|mark|annotate|perform|execute|start|open|move)\b.*"

NARROW: Sequence[Sort] = (
    sort(
        r"^(?:escape|quote)\b.*\b(?:meta-?characters?|reg(?:ular )?exp?(?:ression)?s?|wildcards?"
        r"|patterns?|special characters)\b",
        "Such characters are taken as they are from then on: who used them as a pattern finds"
        " less, or nothing.",
        proof="characters of a pattern are taken as they are",
        needs=r"(?i)reg(?:ex|exp|ular exp)|\bRegExp\b|\$regex|\blike\b|\bpattern|\bglob\b|\bre\.",
    ),
    sort(
        r"^return\s+(?:an?\s)(?:\w+\s)?err(?:or)?\s"
        r"(?:from\s(?:the\s|its\s)?[\w$. ]+?\s)?(?P<when>(?:for|when|if|unless|on)\s.+)$",
        "It ends with an error {when}, where it went on until now: callers have to deal with it.",
    ),
    sort(
        r"\b(?:is not None|!==?\s*(?:undefined|null|None)|===?\s*(?:undefined|null)|is None|\?\?)",
        kept_empty,
        raw=True,
        needs=r"(?i)\bor\b[^\n]*\w|\|\||\bfalsy\b|\bempty\b",
        proof=kept_empty_seen,
    ),
    sort(
        r"^(?:check|test|handle|look at)\s+(?P<first>[\w.$]+)\s+(?:before|ahead of)\s+"
        r"(?P<then>[\w.$]+)$",
        "Where the checks of {first} and {then} both apply, that of {first} decides; until now"
        " that of {then} did.",
        proof="what is shown for {first} comes first where {then} is missing too",
    ),
    sort(
        r"^(?:remove|delete|clear|unlink|drop|discard)\s+"
        r"(?!(?:with|by|through|via|from|in|inside|using)\s)(?P<what>(?:(?!\sand\s).)+?)\s+only\s+(?:after|when"
        r"|once)\s+"
        r"(?P<until>(?P<what_for>[\w.$]+)\b.*)$",
        "{what} stays until {until}; where that fails it is kept.",
        proof="{what} is kept when {what_for} fails",
    ),
    sort(
        r"^(?:move|hoist|put)\s+(?P<what>.*?\b(?:checks?|guards?|validation)\b.*?)\s+"
        r"(?:in front of|before|ahead of|above|out of)\s+(?P<where>.+)$",
        "{what} also holds for {where}: what went through there until now is stopped by it.",
        proof="{what} also holds for {where}",
    ),
    sort(
        r"^(?P<verb>move|put|do|call|run|release|acquire|close|save|delete|send)\s+"
        r"(?P<what>(?!(?:the|its)\s(?:previous|old|current|existing|former)\b).+?)\s+"
        r"(?:in front of|before|ahead of)\s+(?P<where>(?!return)[^,]+)$",
        reordered,
        proof=reordered_seen,
    ),
    sort(
        r"^(?:return\b.*|\w+\s.*)\binstead of (?:throwing|raising|failing|crashing|panicking"
        r"|an? (?:error|exception|panic))\b",
        unstopped,
        proof="goes on where it stopped with an error",
    ),
    sort(
        r"^return\s+(?P<what>false|true|null|none|nil|undefined|`[^`]+`|an? empty \w+)\s+only\s+"
        r"(?P<when>(?:when|if|for|on|once)\s.+?)(?=,?\sand\s|[,;]|$)",
        "Callers get {what} only {when}, and no longer in the other cases.",
        proof="returns {what} only {when}",
    ),
    sort(
        r"^(?:remove|drop|delete|take out)\s+(?:the\s|its\s|that\s|this\s)?(?:outer\s|inner\s"
        r"|surrounding\s|bare\s|empty\s)?(?P<what>try\s?[/-]\s?(?:catch|except)|try|catch|except)"
        r"(?:\s(?:block|clause|statement|handler)s?)?\b",
        let_through,
        proof="passes on the errors that it caught",
    ),
    sort(
        r"^(?:raise|increase|extend|lengthen)\s(?:the\s|its\s)?(?:\w+\s){0,2}?time ?outs?\b"
        r"(?:\s.*?\bto\s(?P<value>\d[\w.]*(?:\s(?:ms|s|sec\w*|min\w*)\b)?))?",
        waits_longer,
        proof="goes on when the answer comes before {value}",
    ),
    sort(
        r"^return\s+early\s+(?P<when>(?:unless|when|if|for)\s.+)$",
        "It ends early {when}, where it went on until now.",
    ),
    sort(
        r"^return\s+(?P<what>empty|nothing|an? empty \w+|Optional\.empty\(\)|nil|null|None"
        r"|undefined|false|true)\s+(?P<when>(?:unless|when|if|for)\s.+)$",
        "Callers get {what} {when}, where it went on until now.",
    ),
    sort(
        r"\b(?:presigned|pre-signed|signed URLs?|public-read)\b",
        "Links that were handed out as public open no more, and new ones end with their time.",
        proof="a link opens within its time and not after it",
    ),
    sort(
        r"^(?:run|move|do|schedule|offload|push|process|send|enqueue|call)\b.*\b(?:scheduled?"
        r"|cron\w*"
        r"|background (?:job|task|worker|thread)|(?:job|work|background|message|task) queue"
        r"|worker|CLI command)\b",
        "It no longer happens with the request: what relies on it right afterwards finds it not"
        " done yet, and where nothing runs the schedule it is never done.",
        proof="the request no longer does it, and the scheduled run does",
    ),
    sort(
        r"^(?:change|reword|correct|fix|improve|use|translate)\b.*\b(?:messages?|texts?|labels?"
        r"|wording)\b",
        reworded,
    ),
    sort(
        r"^(?:shorten|reduce|lower|lengthen|extend|raise|increase|limit|set|change)\b.*"
        r"\b(?:lifetimes?|expir\w+|TTL|validity|max-?age)\b.*?\bto\s"
        r"(?P<value>`?\d[\w.]*`?(?:\s(?:s|sec\w*|min\w*|h|hours?|d|days?|weeks?)\b)?)",
        "What is given out from then on ends after {value}; what was given out before keeps its"
        " time.",
        proof="ends after {value}",
    ),
    sort(
        r"^(?:add an? )?return\s(?:right |directly |immediately )?(?:after|behind)\b",
        left_early,
        proof="does nothing more once it has answered",
    ),
    sort(
        r"\b(?:give up|stop|fail|abort)\s(?P<when>(?:after)\s(?:\d+|two|three|five|ten)\s\w+)",
        "It ends with an error {when}, where it went on trying.",
        proof="ends with an error {when}",
    ),
    sort(
        r"\$addToSet|\$push|\$inc\b|\bfindOneAndUpdate\b|\batomic (?:update|increment|counter)\b"
        r"|\bINCR\b|\bF\(",
        "Changes that come at the same time all count; hooks and checks that run where a record is"
        " read, changed and saved do not run.",
        proof="two at the same time both count",
    ),
    sort(
        r"\bin (?:one|a single) (?:command|statement|call|round[- ]?trip|step|(?-i:MULTI)|pipeline"
        r"|(?:Lua )?script|write|batch)\b",
        "Both happen or neither: what met the one without the other meets it no more.",
    ),
    sort(
        r"^(?:require|demand|expect|check|verify|validate)\b.*\b(?:in|from|by)\s(?:the\s|an?\s)?"
        r"(?P<name>(?-i:[A-Z][\w-]+))\s(?:request\s)?header\b",
        "Who sends no valid {name} header is refused, where all were served until now.",
        proof="refuses a request without a valid {name} header",
    ),
    sort(
        r"^(?:send|put|pass|move)\b.*\b(?:in|into|as|to)\s(?:the\s|an?\s)?"
        r"(?P<name>(?-i:[A-Z][\w-]+))\sheader\b",
        "Who is asked must take it from the {name} header: one that does not refuses the request.",
        proof="the request carries it in the {name} header",
        needs=r"\bfetch\(|\bhttp\.(?:Get|Post|NewRequest)|\baxios\b|\brequests\.\w+\(|\bhttpx\b"
        r"|HttpClient|\.Do\(",
    ),
    sort(
        r"^(?!(?:send|pass|put|set|forward|attach|add)\b)(?!.*\b(?:send|attach)\b)"
        r".*\b(?:from|in|by|via)\s(?:the\s"
        r"|an?\s)?(?P<name>`?(?-i:[A-Z][\w-]+)`?)\s(?:request\s)?header\b",
        "Clients that send it elsewhere are taken for ones that send none, until they use {name}.",
        proof="takes it from the {name} header, and not from where it stood before",
    ),
    sort(
        r"\bawait\b.*\b(?:concurrently|in parallel|at the same time|simultaneously|at once)\b"
        r"|^(?:run|start|fetch|load|execute|do|send|issue|query)\b.*\b(?:concurrently|in parallel"
        r"|at the same time|simultaneously|with (?:Promise\.all|asyncio\.gather|errgroup))\b",
        "They are begun together: they end in any order, and where one fails the others still run.",
        proof="begins the second before the first has ended",
    ),
    sort(
        r"\b(?:copy|clone|spread|duplicate)\s+(?P<what>(?:the\s)?[\w.$]+)\s+before\s+\w+ing\b",
        copied,
        proof="leaves {what} as it was handed in",
    ),
    sort(
        r"\b(?:cancel|clear|abort|stop|remove|unsubscribe)s?\s+"
        r"(?P<what>(?:the|its|any|an?)\s[\w .$]+?)\s+"
        r"(?P<when>(?:in (?:an? |the |its )?(?:\w+ )?cleanup|on (?:unmount|close|destroy|disconnect"
        r"|shutdown|stop|exit|dispose)|when .+? (?:unmounts?|closes|goes|ends))\b.*)$",
        dropped_late,
        proof="nothing runs on once it is gone",
    ),
    sort(
        r"\b(?:clearInterval|clearTimeout|removeEventListener|unsubscribe|cleanup function)\b",
        "It ends with its owner: what counted on it running on stands still.",
        proof="nothing runs on once it is gone",
    ),
    sort(
        r"^(?!.*\b(?:refuse|fail|stop|exit|abort|crash|throw|raise)\b).*"
        r"\b(?:when|if|unless|where)\s+`?(?-i:(?P<key>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))`?\s+is\s+"
        r"(?:not set|unset|missing|empty|absent|not given|undefined)\b",
        without_key,
    ),
    sort(
        r"\b(?:reject|resolve|fall back)\s(?:with\s|to\s)(?P<what>`[^`]+`)\s"
        r"(?P<when>(?:when|if|where)\s.+)$",
        "Callers get {what} {when}, where it went otherwise until now.",
        raw=True,
    ),
    sort(
        r"\b(?:from|through|via|by|in)\s+(?:the\s|an?\s)?env(?:ironment)?(?:\svariables?)?\b.*?"
        r"(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))",
        "An environment where {key} is not set behaves otherwise: set it before this goes live.",
    ),
    sort(
        r"\bdrops?\s+(?P<what>(?:the|an?|new|old|oldest)\s(?:\w+\s)?(?:messages?|events?|packets?"
        r"|requests?|frames?|jobs?|items?|entry|entries))\b.*?(?P<when>(?:when|if|once"
        r"|while)\s.+)$",
        "{what} is lost {when}; who sent it is not told.",
        proof="{what} is dropped {when}, and the caller goes on",
    ),
    sort(
        r"\b(?:limit|size|n|count|\w+)\s*\+\s*(?:1|one)\s+(?:rows?|items?|records?|results?)\b",
        "One row more is read than is handed out: every reader of the query must cut it off.",
        proof="a last page that is exactly full says that there is no next one",
        needs=r"(?i)\bpages?\b|\bnext\b|\bhasMore\b|\bpaginat",
    ),
    sort(
        r"\bwith\s+(?:an?\s+|the\s+|its\s+)?default\s+(?:value\s+)?(?:of\s+)?"
        r"(?P<value>`?(?:\d[\w.]*(?:\s(?:ms|s|sec\w*|min\w*|hours?|days?|bytes|[KMG]i?B)\b)?|'[^']*'|\"[^\"]*\"|(?-i:True|False|None|true|false|null))`?)",
        preset_anew,
        proof="is {value} where nothing is set, and what is set where something is",
    ),
    sort(r"^(?:cache|memoi[sz]e)\b", cached, proof="{call} runs once for two equal calls"),
    sort(
        r"^(?:add|set|use|pass|give|put|wrap|apply|configure)\b.*\b(?:time ?outs?|deadline)\b",
        timed,
        proof=timed_seen,
    ),
    sort(
        r"\b(?:login_required|permission_classes|IsAuthenticated|@PreAuthorize|require_?Auth\w*"
        r"|isAuthenticated|auth(?:entication)? (?:middleware|guard|dependency)|AuthGuard"
        r"|Depends\(get_current\w*)",
        logged_in,
        proof="refuses a request without a login",
    ),
    sort(
        r"^(?:validate|add|use|parse|check)\b.*\b(?:zod|joi|yup|@?Valid(?:ated)?\b|class-validator"
        r"|pydantic|marshmallow|schema validation)",
        unfit,
        proof=misfit_seen,
    ),
    sort(
        rf"{_FIRST}\b(?:transaction(?:al|s)?|atomic\(\)|transaction\.atomic)\b",
        "All of it is kept or none: its rows stay locked until the end, and an error undoes what"
        " was written before it.",
        proof="an error halfway leaves nothing written",
    ),
    sort(
        r"\b(?:bulk_(?:create|update)|insertMany|createMany|bulk insert|batch insert|saveAll)\b",
        "One statement writes all rows: a bad one refuses all of them, and hooks for single rows"
        " may not run.",
        proof="many rows are written with as many statements as one",
    ),
    sort(
        r"^(?:add|use|support|return|introduce|implement)\b.*\b(?:paginat\w+|Pageable|cursor"
        r"|limit and offset|page size)\b",
        paged,
        proof="returns the first page and says that there is a next one",
    ),
    sort(
        r"\b(?:BigDecimal|Decimal|integer cents|minor units)\b",
        "Sums are exact: totals that were rounded differ in their last digit, and are written"
        " otherwise in JSON.",
        proof="three times 0.1 is 0.3",
        needs=r"(?i)\b(?:float\w*|double|round\w*|parseFloat|number)\b",
    ),
    sort(
        r"\bdefer\s+[\w.]+\(|\btry-with-resources\b"
        r"|\b(?:with (?:statement|block)|context manager)\b|^close\b.*\b(?:finally|always)\b",
        "It is closed when the block or function ends, on errors too: who keeps it longer finds it"
        " closed.",
        proof=closed_seen,
    ),
    sort(
        r"^(?:pass|use|accept|thread|take|propagate|give|check|honou?r)\b.*"
        r"\b(?:ctx|context\.Context|(?:request|r|c\.Request)\.?\s?Context(?:\(\))?|\w+Context\b"
        r"|context\.With\w+)",
        "Where the caller gives up, the call ends with an error instead of running on.",
        proof="ends when its context is cancelled",
        needs=r"\bctx\b|context\.|\bContext\(",
    ),
    sort(
        r"%w|\berrors\.Wrap\b|^wrap the error\b",
        "The text of the error is another: who compares texts no longer matches, errors.Is does.",
        proof="errors.Is finds the cause",
    ),
    sort(
        r"\bWaitGroup\b|\bwait for (?:all|the|every|each) (?:\w+ )?(?:goroutines?|workers?|tasks?"
        r"|jobs?|requests?)\b",
        "It ends later, when all are done; one that hangs holds it.",
        proof="ends after the last of them is done",
    ),
    sort(
        r"^(?:remove|delete|drop)\b.*\b(?:console\.\w+|print(?:ln)?"
        r"|debug (?:log|statement|output)s?|log (?:line|statement)s?)\b",
        "None but in the log: who looks there for this line finds nothing.",
    ),
    sort(
        r"\b(?:lower-?cases?|toLowerCase|to_lower|\.lower\(\)|ToLower)\b",
        "What is stored in other letters no longer matches until it is converted.",
        proof="takes capitals and small letters for the same",
    ),
    sort(
        r"\b(?:CORS|allowed origins?|Access-Control-Allow-Origin|allow_origins)\b",
        "Pages of origins that are not listed can no longer read the answers.",
        proof="an origin that is not listed gets no Access-Control-Allow-Origin",
        needs=r"(?i)\*|\bany\b|\ball\b|reflect",
    ),
    sort(
        r"\b(?:MaxBytesReader|bodyLimit|LimitReader"
        r"|(?:max\w*|limit\w*|cap|at most)\b.*\b(?:body|payload|upload|file|request)[- ]?size"
        r"|(?:body|payload|upload|file|request)[- ]?size\b.*\b(?:limit|max\w*|at most|to \d))",
        "Bodies above the limit are refused, where they were read until now.",
        proof="a body above the limit is refused",
    ),
    sort(
        r"\b(?:path\.resolve|realpath|basename|filepath\.(?:Clean|Base|Rel)|is_relative_to"
        r"|startsWith"
        r"|secure_filename|normalize\(\))",
        "Names that lead out of the folder are refused or cut to their last part.",
        needs=r"(?i)travers|\.\./|outside|escape",
        proof="a name with ../ stays inside the folder",
    ),
    sort(
        r"\b(?:parameteri[sz]ed?|placeholders?|prepared statements?|bind (?:parameters?|variables?)"
        r"|bound parameters?)\b",
        "Values are no longer read as SQL: a piece of SQL that was passed on purpose is taken as"
        " text.",
        proof="a quote in the value is taken as text",
    ),
    sort(
        r"^(?:add|use|put|apply|protect|limit)\b.*"
        r"\b(?:rate[- ]?limit\w*|throttl(?:e|ing)|limiter)\b",
        "Clients above the rate are turned away, scripts and health checks among them.",
        proof="refuses the first request above the limit",
    ),
    sort(
        r"\b(?:unique (?:index|constraint)|UNIQUE)\b",
        "Rows that are there twice stop the migration; a second equal row is refused from then on.",
        proof="a second equal row is refused",
    ),
)
"""The first that fits a clause speaks for it."""
