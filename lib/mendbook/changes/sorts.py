"""Sorts of changes: how a clause of a fix asks for one, and what it can break."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.answer_words import (
    closed,
    preset,
    refused,
    removed,
    returned,
    shown,
    stays_open,
    taken_from,
)
from mendbook.changes.narrow_sorts import NARROW
from mendbook.changes.narrow_words import passed_over
from mendbook.changes.place_words import errors_returned
from mendbook.changes.plain_sorts import PLAIN
from mendbook.changes.query_words import ROWS, filtered, most, ordered
from mendbook.changes.shared_sorts import SHARED
from mendbook.changes.sort_rows import NUMBER, Sort, sort
from mendbook.changes.sort_words import (
    browsers_cache,
    cookie,
    deleted,
    ended,
    erased,
    expiring,
    hashed,
    kept_last,
    limited,
    locked,
    narrowed,
    set_to,
    thrown,
    turned_away,
)
from mendbook.changes.view_sorts import VIEWS
from mendbook.changes.wide_sorts import WIDE

SORTS: Sequence[Sort] = (
    *PLAIN,
    *VIEWS,
    *SHARED,
    *NARROW,
    sort(
        r"\b(?:refuse|fail|stop|exit)s? (?:to start|fast|at start\w*|early)\b"
        r"(?:[^.]*?\b(?:when|if|unless|without)\b)?[^.]*?(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))",
        "An environment where {key} is not set does not start any more.",
    ),
    sort(
        r"\b(?:start|startup|boot|process|server|service|application|app|program"
        r"|deploy(?:ment)?)\s+"
        r"(?:should\s+|must\s+|to\s+)?(?:fails?|stops?|refuses?|exits?|aborts?|crash(?:es)?)\b"
        r"[^.]*?\b(?P<when>(?:when|if|unless|without)\s.+)$",
        "It no longer starts {when}: every environment must have it before this goes live.",
    ),
    sort(
        r"\b(?:take|read|get|load|pass|fill)\s+(?P<what>`?(?-i:[A-Z][A-Z0-9_]{2,})`?)\s+from\s+"
        r"(?:the\s+|an?\s+)?(?:environment|env\b)",
        "An environment where {what} is not set behaves otherwise: set it before this goes live.",
    ),
    sort(
        r"^(?:remove|drop|delete)\s+(?:the\s+)?default\b(?!\s+(?:export|import|case|branch"
        r"|props?))",
        "Who set nothing and got the default until now gets none.",
    ),
    sort(
        r"\bwith\s+(?:an?\s+|the\s+|its\s+)?default\s+(?:value\s+)?(?:of\s+)?"
        r"(?!(?:branch|case|clause|export|import|constructor)\b)(?P<value>`?[\w.'\"-]+`?)",
        "Who sets nothing gets {value}.",
    ),
    sort(
        r"^(?:sort|order)\s+(?:\w+\s+)?by\s+(?P<by>`?[\w.]+`?(?:\s(?:asc|desc)\w*)?)",
        ordered,
        raw=True,
    ),
    sort(
        r"`[^`]*?(?P<inner>[\w$.()]+)\s*(?:\|\||\?\?|\bor\b)\s*(?P<value>\d[\w.]*|'[^']*')`",
        preset,
        raw=True,
    ),
    sort(
        r"^(?:show|display|render|send|print)\s+(?P<what>the\s+same\s.+?)\s+(?P<when>(?:when|if"
        r"|where)\s.+)$",
        shown,
    ),
    sort(
        r"^(?:clear|reset|invalidate|revoke)\s+(?P<what>(?!(?:it|them)\b)(?:the\s|its\s)?[\w.-]+)\s+"
        r"(?P<when>(?:when|once|after|on)\s.+?)(?:,?\sand\s.*)?$",
        "Who still holds {what} finds it gone {when}.",
    ),
    sort(
        r"^close\s+(?P<what>.+?)\s+only\s+(?P<when>(?:after|when|once)\s.+)$",
        stays_open,
    ),
    sort(
        r"^(?:close|dispose|release)\s+(?P<what>(?:the|its)\s(?:previous|old|current|existing"
        r"|former)\s\w+)"
        r"|\bcall\s+(?P<other>[\w$]+)\.(?:close|release|dispose|destroy|end)\(",
        closed,
    ),
    sort(
        r"(?:^add\b.*\b|\bwith\s+(?:an?\s+)?|^(?:sort|order)\s.*?\b)`?"
        r"(?:order\s+by|order_by\(|orderBy\()\s*(?P<by>[^`)]+)`?",
        ordered,
        raw=True,
    ),
    sort(
        r"^(?:add|use|compare|restrict|limit|filter|constrain|narrow)\b.*"
        r"(?:`(?:and|where|AND|WHERE)\s+(?P<clause>[^`]+)`.*\b(?:where|subquery|query|join"
        r"|exists)\b"
        r"|`?(?:where|on)`?\s+clause\b)",
        filtered,
        raw=True,
    ),
    sort(
        r"(?:\bclamp\(\s*-?[\d.]+\s*,\s*(?P<a>\d[\d_]*)\s*\)"
        r"|\b(?:Math\.)?min\((?:[^()`]|\([^()]*\))*?,\s*(?P<b>\d[\d_]*)\s*\)"
        r"|\bmin\(\s*(?P<c>\d[\d_]*)\s*,)",
        most,
    ),
    sort(
        r"^(?:drop|discard|ignore|skip)\s+(?P<what>(?:\w+\s){0,3}?(?:messages?|events?|packets?"
        r"|requests?|frames?|payloads?))\b"
        r"(?P<when>\s(?:that|which|when|if|once|while|of|from|without)\s.+)?",
        passed_over,
    ),
    sort(
        r"^rename\s(?!it\b|them\b)(?!.*\b(?:files?|folders?)\b)",
        "Whoever uses the old name from outside of this repository breaks.",
    ),
    sort(
        r"^(?:(?:extract|inline|hoist)\b|(?:move|reorder)\b(?!.*\b(?:items?|messages?|rows?|records?"
        r"|jobs?|files?|queue|below|behind|before|after|above|ahead|outside)\b))",
        "None is meant: the same code runs from another place.",
    ),
    sort(r"^export\b", "None: a name can be imported that could not be before."),
    sort(
        r"^(?:annotate|document|comment|describe|type|name|add\s(?:\S+\s){0,4}@\w+\stag)\b",
        "None at run time: what is asked for does not run.",
    ),
    sort(
        r"^split\s.*?(?P<route>/[\w/:.-]+)",
        "Clients of the route as it is today must follow where it is split.",
    ),
    sort(
        r"(?:environment variable|env(?:ironment)? var|from the environment|process\.env|config\w*"
        r" (?:flag|schema|option|key|setting)"
        r"|setting)\b[^.]*?(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))",
        "An environment where {key} is not set behaves otherwise: set it before this goes live.",
    ),
    sort(
        r"(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))[^.]*?"
        r"\b(?:to config\w*|config\w* (?:flag|schema|option|key|setting)|environment)\b",
        "An environment that does not set {key} runs with its default.",
    ),
    sort(
        r"\b(?:only (?:when|if)|behind)\b[^.]*\b(?:flag|option|setting)\b",
        "Where the flag is not set, what ran until now does not start.",
    ),
    sort(
        r"\b(?:answer(?:ed)?|respond|reply|return|fail|refuse|reject|end|abort|throw|raise|map"
        r"|send)\b[^.]*?\b(?<!\bon )(?<!\bof )(?<!\bgets )(?<!\bmeets )(?<!\bafter )"
        r"(?P<how>[2-5]\d\d)\b",
        refused,
    ),
    sort(
        r"^(?:drop|remove|omit|strip|leave)\s+(?P<what>`[\w$.]+`)\s+(?:out\s+of|from)\s+"
        r"(?P<where>(?:what|the|its|both|each|every)\s.+)$",
        taken_from,
        raw=True,
    ),
    sort(
        r"^return\s+(?P<what>`[^`]+`)"
        r"(?P<when>,?\s+(?:for|when|if|unless|on|where|before|as soon as)\s.+)?$",
        returned,
        raw=True,
    ),
    sort(
        r"^(?:replace|convert|turn|change)\b.*\bassert\w*\b",
        "The check also holds where assertions are switched off: what slipped through there fails.",
    ),
    sort(
        r"\b(?:throw|raise|rethrow)\s+(?:an?\s+|new\s+|the\s+)*"
        r"(?:(?-i:(?P<error>(?:[a-z_]\w*\.)*[A-Z]\w*(?:\.\w+)*))|(?<=\san\s)(?P<any>error|exception)\b)",
        thrown,
    ),
    sort(
        r"^return\s+(?P<what>false|true|null|none|nil|undefined|an? empty \w+|\[\]|\{\})(?!\w)"
        r"(?!\sonly\b)",
        "Callers get {what} in a case that ended otherwise until now.",
    ),
    sort(
        r"^(?!(?:skip|disable|remove|drop|bypass|exempt|exclude|leave"
        r"|no|key|keep|name|count|clear|reset|read|pass)\b).*"
        r"\b(?:rate[- ]?limit\w*|throttle[sd]?|throttling)\b(?!\s(?:name|key|id|of)\b)",
        "Clients above the rate are turned away, scripts and health checks among them.",
    ),
    sort(rf"\b(?:only|just)\s+(?:the\s+)?last\s+{NUMBER}", kept_last),
    sort(
        rf"^(?:cap|clamp|limit|bound|restrict|truncate)\b.*?\b(?:at|to|by"
        rf"|of)\s+(?:at most\s+)?{NUMBER}"
        r"|\b(?:le|lte|max|maximum|max_length|maxLength|maxItems)\s*[=(:]\s*(?P<other>\d[\d_]*)"
        r"|\blimit \(max (?P<third>\d+)",
        limited,
    ),
    sort(
        r"^(?:change|set|raise|lower|increase|decrease|reduce|bump|shorten|lengthen)\s+"
        r"(?P<name>(?:the\s+)?[\w`. -]+?)\s+(?:from\s+\S+\s+)?to\s+"
        r"(?P<value>`?[\w.'\"-]+`?(?:\s(?:s|ms|min|h|MB|GB|KB)\b)?)$",
        set_to,
    ),
    sort(
        r"^(?:delete|remove|clear|purge|evict|expire|drop)\s+(?:the\s+)?(?:entry\s+|key\s+)?"
        r"(?:(?:from|of|in)\s+)?(?:`?(?P<container>[A-Za-z_$][\w$.]*)\[[^\]]*\].*?|.*?)\b(?:when"
        r"|once"
        r"|after|if|unless|on|from the|user'?s|expired|stale|old)\b",
        deleted,
    ),
    sort(
        r"^(?:delete|remove|drop|purge|revoke)\s(?:(?:the|all|its|their|every"
        r"|each)\s)?(?:\w+\s){0,2}?"
        r"(?P<data>tokens|sessions|rows|records|entries|cookies?|uploads|messages|jobs"
        r"|subscriptions"
        r"|drafts|accounts)\b",
        erased,
    ),
    sort(
        r"^(?:remove|delete|drop)\s+(?P<what>(?:the|this|that|these"
        r"|all)?\s?[\w`.$() -]*?\b(?:checks?|calls?"
        r"|lines?|statements?|conditions?|branch(?:es)?|await|logs?|blocks?|log lines?|timer"
        r"|listeners?))\b(?!\s(?:it|them)\b)",
        "What {what} did until now is not done any more.",
    ),
    sort(r"^(?:remove|delete|drop)\s+(?:the\s+)?(?P<what>[\w$.:#]+)", removed),
    sort(
        r"^(?:remove|delete|drop)\s+(?!.*\b(?:under|inside|within|before|after)\b)"
        r"(?!(?:it|them|the (?:entry|entries|item|items|key|row|rows))\s(?:from|in|of)\b)"
        r"(?!the\s(?-i:[a-z]+)$)(?:the\s|its\s|all\s|this\s)?"
        r"(?:(?:unused|dead|old|deprecated|duplicate)\s)*[\w$.`@/-]+(?:\s(?:files?|folders?"
        r"|methods?"
        r"|functions?|class(?:es)?|modules?|routes?|endpoints?|exports?|fields?|columns?|packages?"
        r"|dependenc(?:y|ies)|options?|settings?|flags?))?(?:\s(?:and|from|in)\b.*)?$",
        "What still relies on what is removed breaks where it is loaded or called.",
    ),
    sort(
        r"^(?!.*\bto\s`?(?:[\w.]+\.)?(?:set|setex|put|store|save|cache)\b)"
        r"(?!(?:keep|store|clear|remember|cancel|compute|share|derive|read)\b"
        r"|.*\b(?:id|handle|result) of\b|.*\bfor (?:both |each |all )?(?:of )?the (?:time ?outs?"
        r"|deadlines?)\b).*"
        r"(?:\btime ?outs?\b|\bdeadline\b|\babort ?signal\b|\bAbortController\b)",
        "What takes longer than the timeout fails from then on, where it was waited for.",
    ),
    sort(
        r"\b(?:retry|retries|back-?off)\b",
        "What failed at once is tried again: it takes longer to fail, and may be done twice.",
    ),
    sort(
        r"^(?!(?:give|set|shorten|extend|lengthen|release|renew|expire|drop|delete|keep|let)\b)"
        r"(?:hold\s+`?(?P<lock>(?!(?:the|an?|its)\b)[A-Za-z_$][\w$.]*)`?\s"
        r"|.*\b(?:atomic(?:ally)?|lock|(?:rw)?mutex|rw-?lock|semaphore|compare-and-set|findOneAnd\w+|SETNX|nx=True"
        r"|optimistic|for update|serializ\w+ isolation|single-?flight|synchroni[sz]ed)\b)",
        locked,
    ),
    sort(
        r"^(?!.*\bcache)(?:give|set|let|shorten|extend|lengthen|add|keep)\b.*"
        r"\b(?:expir\w+|TTL|lease)\b",
        expiring,
    ),
    sort(
        r"(?<!once the )(?<!after the )\b(?:transaction|trx|tx|savepoint)\b",
        "Reads and writes join the transaction: they see its changes, hold its locks and fail"
        " with it.",
    ),
    sort(
        r"\bmigration\b|^add (?:an? )?(?:composite )?(?:unique )?(?:index|column|constraint"
        r"|foreign key)"
        r"|\balter table\b|\bnot null\b",
        "The schema changes: that takes a lock on the table, and rows that do not fit stop it.",
    ),
    sort(
        r"\b(?:joins?|preload\w*|prefetch\w*|eager(?:ly)?|select_related|single query|one query"
        r"|with one (?:find|where|select|query|\w+\.(?:where|find\w*|filter|objects\b))"
        r"|data ?loader)\b",
        "The rows come from another query: order, duplicates by joins and missing rows can differ.",
        needs=ROWS,
    ),
    sort(
        r"^(?:send|set|add|use|answer|return|serve|give|put|change)\b.*"
        r"(?<![\w-])(?:cache-control|no-store|max-age)\b",
        browsers_cache,
    ),
    sort(
        r"^(?:disable|remove|drop|bypass|skip|stop|do not|don't)\s(?:use\s|using\s|read\s"
        r"|reading\s)?(?:the\s|a\s|this\s|that\s|any\s)?(?:[\w-]+\s)?cach\w+"
        r"|^(?:read|load|fetch|ask|query|answer|serve)\b.*\bwithout (?:a |the )?cach\w+",
        "What was answered from the cache is asked for anew each time.",
    ),
    sort(
        r"^(?:(?:cache|memoi[sz]e)\b|(?:add|use|introduce|put|store|build|create|wrap|serve|answer|read"
        r"|load)\b.*(?<!\bthe )(?<!\bits )\b(?:cache[ds]?|memoi[sz]\w*)\b"
        r"|(?:add|use|put|store|keep)\b.*\b(?:with|an?|short|long)\s(?:\w+\s)?TTL\b)",
        "Answers can be as old as what is cached, and what is cached takes memory.",
    ),
    sort(
        r"\b(?:Promise\.all(?:Settled)?|asyncio\.gather|in parallel|concurrently|goroutines?)\b",
        "What is started together ends in any order, and what happens to the others when one"
        " fails changes.",
    ),
    sort(
        r"\b(?:make|turn|convert)\b.*\basync\b|\basync(?:hronous)? (?:version|variant|api|client)\b"
        r"|\bfs/promises\b|\bfs\.promises\b",
        "Callers must await the result; what ran in one go can be interrupted in between.",
    ),
    sort(
        r"^await\b",
        "Its errors surface where it is awaited, and what follows runs later.",
    ),
    sort(
        r"^(?:propagate|pass on|re-?throw|re-?raise|let)\b[^.`]*\berr(?:or)?s?\b"
        r"|^return\s+(?:(?:the|its|that|an?|any|every"
        r"|all)\s+)?`?(?:\w+\s)?err(?:or)?s?`?(?![\w:.])",
        errors_returned,
    ),
    sort(
        r"\btry\s?/\s?(?:catch|except)\b|^(?:catch|handle)\s(?P<what>the\s\w+\s(?:error"
        r"|exception|rejection"
        r"|failure))\b|^(?:catch|handle|rescue)\b[^.]*\b(?:err(?:or)?s?|exceptions?"
        r"|rejections?|failures?|\w+(?:Error|Exception))\b|^rescue\s+\S|^(?:catch|except|handle)\s(?:only|just)\s(?-i:[A-Z]\w+)|^wrap\b.*\btry\b",
        narrowed,
    ),
    sort(
        r"\bexit(?:s|\s?codes?|Code)?\b|\bSIG(?:TERM|INT)\b|\bgraceful\w*\b",
        "The process ends in another way: what starts or watches it sees other exits.",
    ),
    sort(
        r"^(?:log|warn)\b(?!.*\band\s(?!only\b|the\b|its\b|an?\b|both\b|whether\b|that\b|how\b|what\b|no\b))",
        "None for its callers: only what is logged changes.",
    ),
    sort(
        r"^(?:.*\band\s)?(?P<verb>close|dispose|release|unsubscribe|disconnect|clear|cancel|destroy)\s+"
        r"(?P<what>.+?)(?=\s(?:before|after|when|in|on|if|once|so|and|with)\b|,(?!\d)|;|$)"
        r"(?:\swith\s\S+)?(?P<when>\s(?:when|if|once|after|unless)\s(?:[^,;]|,\d)*)?",
        ended,
    ),
    sort(
        r"^(?:add|append|set|use|change|rename|mark|make|turn|issue|send|give|store)\b.*"
        r"\b(?:cookies?|HttpOnly|SameSite|secure\s*[:=])(?!\w)",
        cookie,
    ),
    sort(
        r"^(?!.*(?:\bsha|hash|crypt|argon))(?:use|add|switch|call|apply)\b.*(?:encode|decode"
        r"|escape|base64|gzip|stringify|msgpack"
        r"|protobuf|pickle|\bISO 8601\b)",
        "What was written before is read by the new rule; where the old text has what is encoded"
        " now, it reads otherwise.",
    ),
    sort(
        r"^(?:set|add|send|return|include|emit|write|append|put|use|switch|change|move|rename|require"
        r"|accept|support|expect|remove|drop|strip|forward|echo|expose|answer|pass|attach|give)\b"
        r"(?!.*\b(?:entry|entries|value|values|element|part|first|last)\s(?:of|in|from)\s(?:\S+\s){1,2}?"
        r"headers?\b)"
        r".*\bheaders?\b|\b(?:CORS|handshake|protocol|wire format|message format)\b",
        "Both ends of the connection are concerned: one that is deployed alone must be understood.",
    ),
    sort(
        r"^(?!.*\b(?:dummy|fake|thread|executor|checkpw)\b)(?:hash|encrypt|sign)\b|^(?:use"
        r"|switch|replace|store|migrate|raise"
        r"|increase)\b.*\b(?:bcrypt"
        r"|argon2\w*|scrypt|PBKDF2|hash(?:es|ed)?|encrypt\w*|SHA-?\d+)\b",
        hashed,
    ),
    sort(
        r"^(?:reject|refuse|deny|forbid|disallow)\s+(?!to\s|with\s|by\s|when\s|if\s|on\s|it\b|them\b)"
        r"(?P<what>.+?)"
        r"(?=\s(?:with|by|using|when|if|unless|before|in|at|via)\b|,(?!\d)|;|$)",
        turned_away,
    ),
    *WIDE,
)
"""The narrowest first: the first that fits a clause speaks for it."""
