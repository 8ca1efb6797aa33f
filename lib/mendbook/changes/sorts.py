"""Sorts of changes: how a clause of a fix asks for one, and what it can break."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mendbook.changes.today import Today, named
from mendbook.model import Said


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a fix as a bare order, what the audit says, and what the code does today."""

    order: str
    evidence: str
    told: str
    """Problem and impact."""
    today: Today
    when: str = ""
    """The condition that the clause gives: `` when the berth is taken``; empty for none."""


Words = Callable[[re.Match[str], Clause], Said | str]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of change: how a clause of a fix asks for it, and what it can break."""

    asked: re.Pattern[str]
    words: Words
    """From what matched and the clause; empty where nothing can be said after all."""


def _refused(match: re.Match[str], clause: Clause) -> str:
    return f"What was served until now is answered with {match['how']}{clause.when}."


def _thrown(match: re.Match[str], clause: Clause) -> Said | str:
    error = match["error"].strip("`'\"").partition("(")[0]
    old = _THROWN.search(clause.evidence)
    if old is not None and old[1] != error:
        return f"Who tells errors apart meets {error} where {old[1]} came before."
    came = _CAUGHT_OF.match(clause.order)
    first = (
        f"Errors of {came[1].strip()} come out as {error} from then on."
        if came is not None
        else f"Calls that went through until now end with {error}{clause.when}."
    )
    before = clause.today.thrown(error)
    if before is not None:
        known = f" It is thrown there already ({before.place}): callers meet no new kind of error."
        return Said(first + known, (before.place,))
    loose = clause.today.loose(error)
    if not loose:
        return first
    verb = "does" if len(loose) == 1 else "do"
    caught = f" {named(loose)} {verb} not catch it: it goes on from there."
    return Said(first + caught, tuple(each.place for each in loose))


def _locked(match: re.Match[str], clause: Clause) -> Said | str:
    first = "Of several that come at once, one waits or fails where all went through until now."
    inner = clause.today.locking(match["lock"]) if match.groupdict().get("lock") else ()
    if not inner:
        return first
    takes = "takes" if len(inner) == 1 else "take"
    twice = "" if inner[0].file.endswith(".go") else ", unless it can be taken twice"
    again = (
        f"{named(inner)} {takes} {match['lock']} too: a call while it is held never returns{twice}."
    )
    return Said(f"{first} {again}", tuple(each.place for each in inner))


def _expiring(_: re.Match[str], clause: Clause) -> str:
    time = _TIME.search(clause.order)
    most = time[0] if time is not None else "that"
    return f"What takes longer than {most} finds it expired while it still runs."


def _caught(match: re.Match[str], _: Clause) -> str:
    what = match["what"]
    if what is None:
        return "Errors that left it stop there: who relied on seeing them no longer does."
    return f"{what[0].upper()}{what[1:]} ends there: who relied on seeing it no longer does."


def _deleted(match: re.Match[str], clause: Clause) -> Said | str:
    container = match["container"]
    if container is None:
        return (
            "What is deleted does not come back with a revert."
            if _KEPT.search(f"{clause.order} {clause.told}")
            else ""
        )
    users = clause.today.users_of(container)
    first = f"Who looks for it in {container} afterwards finds no entry."
    if not users:
        return first
    looks = "looks" if len(users) == 1 else "look"
    return Said(f"{first} {named(users)} {looks} there.", tuple(each.place for each in users))


def _hashed(_: re.Match[str], clause: Clause) -> str:
    if _SECRET.search(f"{clause.order} {clause.told}"):
        return "What was hashed, encrypted or signed before stays as it was and must still be read."
    return "The same input gives another value than before: one that was kept does not match it."


def _cookie(match: re.Match[str], clause: Clause) -> str:
    said = [words for asked, words in _COOKIE if asked.search(clause.order)]
    return " ".join(said) or "Clients that hold the old cookie keep it until it is set again."


def _turned_away(match: re.Match[str], clause: Clause) -> str:
    what = match["what"].strip(" `.,")
    return f"Turned away, where it went through until now: {what}{clause.when}."


def _checked(match: re.Match[str], clause: Clause) -> str:
    what = match["what"].strip(" `.,")
    return f"What does not pass the check of {what} is turned away, where it went through."


_COOKIE = (
    (
        re.compile(r"\bSecure\b|(?i:secure\s*[:=]\s*true)"),
        "Browsers leave the cookie out on plain HTTP, except on localhost.",
    ),
    (re.compile(r"(?i)\bHttpOnly\b"), "Scripts of the page can no longer read the cookie."),
    (
        re.compile(r"(?i)\bSameSite\W{0,4}(?:Lax|Strict)"),
        "The cookie no longer comes with requests that other sites begin.",
    ),
    (
        re.compile(r"(?i)\bSameSite\W{0,4}None"),
        "The cookie comes with requests of other sites, where it is Secure, too.",
    ),
)
_KEPT = re.compile(
    r"(?i)\b(?:rows?|records?|files?|accounts?|documents?|database|table|uploads?|keys?|redis|bucket"
    r"|orders?|users?|drafts?|archives?|backups?|claims?|sessions? (?:row|table)|images?|disk)\b"
)
_SECRET = re.compile(
    r"(?i)\b(?:passwords?|secrets?|credentials?|tokens?|at rest|plain ?text|personal data|PII"
    r"|signatures?|api keys?)\b"
)


_CAUGHT_OF = re.compile(
    r"(?:catch|wrap|surround)\s+(?:(?:the|any|every|an?)\s)?(?:.*?\b(?:errors?|exceptions?)\b[^.]*?"
    r"\b(?:of|from|around|in)\s)?([\w$.]+(?:\([^()]*\))?)(?=\s|,|$)",
    re.I,
)
"""What is guarded where a clause asks to catch one error and to throw another."""


_TIME = re.compile(r"\b\d+\s?(?:ms|s|min|h|d|seconds?|minutes?|hours?|days?)\b")


def _limited(match: re.Match[str], _: Clause) -> str:
    most = (match["most"] or match["other"] or match["third"]).rstrip(".")
    return f"Who relies on more than {most} gets less, or is refused."


def _kept(match: re.Match[str], _: Clause) -> str:
    return f"What is older than the last {match['most']} is gone for whoever reads it."


def _set(match: re.Match[str], _: Clause) -> str:
    name, value = match["name"].strip(" `"), match["value"].rstrip(".")
    if name.lower().startswith(("the default of ", "default of ")):
        return f"Whoever does not set {name.partition(' of ')[2]} gets {value} from then on."
    return f"Each run works with {value} for {name} from then on."


_THROWN = re.compile(r"\b(?:throw|raise)\s+(?:new\s+)?([A-Za-z_][\w.]*)")
_NUMBER = r"(?P<most>\d[\d_,.]*(?:\s?[kKMG]i?B\b)?(?:\s[a-z]+)?)"


def _sort(asked: str, words: str | Words) -> Sort:
    return Sort(re.compile(f"(?i){asked}"), _fixed(words) if isinstance(words, str) else words)


def _fixed(words: str) -> Words:
    def filled(match: re.Match[str], _: Clause) -> str:
        return words.format(**{key: value or "" for key, value in match.groupdict().items()})

    return filled


SORTS: Sequence[Sort] = (
    _sort(
        r"\b(?:refuse|fail|stop|exit)s? (?:to start|fast|at start\w*|early)\b[^.]*?"
        r"(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))",
        "An environment where {key} is not set does not start any more.",
    ),
    _sort(
        r"^(?:drop|discard|ignore|skip)\b[^.]*\b(?:messages?|events?|packets?|requests?|frames?"
        r"|payloads?"
        r"|otherwise|it|them)\b",
        "What was passed on until now can be dropped without a word to who sent it.",
    ),
    _sort(r"^rename\s", "Whoever uses the old name from outside of this repository breaks."),
    _sort(
        r"^(?:move|extract|inline|hoist|reorder)\b(?!.*\b(?:items?|messages?|rows?|records?|jobs?"
        r"|files?|queue)\b)",
        "None is meant: the same code runs from another place, and modules may load in another"
        " order.",
    ),
    _sort(r"^export\b", "None: a name can be imported that could not be before."),
    _sort(
        r"^(?:annotate|document|comment|describe|type|name)\b",
        "None at run time: what is asked for does not run.",
    ),
    _sort(
        r"^split\s.*?(?P<route>/[\w/:.-]+)",
        "Clients of the route as it is today must follow where it is split.",
    ),
    _sort(
        r"(?:environment variable|env(?:ironment)? var|from the environment|process\.env|config\w*"
        r" (?:flag|schema|option|key|setting)"
        r"|setting)\b[^.]*?(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))",
        "An environment where {key} is not set behaves otherwise: set it before this goes live.",
    ),
    _sort(
        r"(?-i:(?P<key>\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+))[^.]*?\b(?:to config\w*|config\w* (?:flag"
        r"|schema"
        r"|option|key|setting)|environment)\b",
        "An environment that does not set {key} runs with its default.",
    ),
    _sort(
        r"\b(?:only (?:when|if)|behind)\b[^.]*\b(?:flag|option|setting)\b",
        "Where the flag is not set, what ran until now does not start.",
    ),
    _sort(
        r"\b(?:answer|respond|reply|return|fail|refuse|reject|end)\b[^.]*?\b(?P<how>[45]\d\d)\b",
        _refused,
    ),
    _sort(
        r"^(?:replace|convert|turn|change)\b.*\bassert\w*\b",
        "The check also holds where assertions are switched off: what slipped through there fails.",
    ),
    _sort(
        r"\b(?:throw|raise|rethrow)\s+(?:an?\s+|new\s+|the\s+)*"
        r"(?-i:(?P<error>[A-Z]\w*(?:\.\w+)*))",
        _thrown,
    ),
    _sort(
        r"^return\s+(?P<what>false|true|null|none|nil|undefined|an? empty \w+|\[\]|\{\})(?!\w)",
        "Callers get {what} in a case that ended otherwise until now.",
    ),
    _sort(
        r"\b(?:rate[- ]?limit\w*|throttl\w*)\b",
        "Clients above the rate are turned away, scripts and health checks among them.",
    ),
    _sort(rf"\b(?:only|just)\s+(?:the\s+)?last\s+{_NUMBER}", _kept),
    _sort(
        rf"^(?:cap|clamp|limit|bound|restrict|truncate)\b.*?\b(?:at|to|by"
        rf"|of)\s+(?:at most\s+)?{_NUMBER}"
        r"|\b(?:le|lte|max|maximum|max_length|maxLength|maxItems)\s*[=(:]\s*(?P<other>\d[\d_]*)"
        r"|\blimit \(max (?P<third>\d+)",
        _limited,
    ),
    _sort(
        r"^(?:change|set|raise|lower|increase|decrease|reduce|bump|shorten|lengthen)\s+"
        r"(?P<name>(?:the\s+)?[\w`. -]+?)\s+(?:from\s+\S+\s+)?to\s+"
        r"(?P<value>`?[\w.'\"-]+`?(?:\s(?:s|ms|min|h|MB|GB|KB)\b)?)$",
        _set,
    ),
    _sort(
        r"^(?:delete|remove|clear|purge|evict|expire|drop)\s+(?:the\s+)?(?:entry\s+|key\s+)?"
        r"(?:(?:from|of|in)\s+)?(?:`?(?P<container>[A-Za-z_$][\w$.]*)\[[^\]]*\].*?|.*?)\b(?:when|once"
        r"|after|if|unless|on|from the|user'?s|expired|stale|old)\b",
        _deleted,
    ),
    _sort(
        r"^(?:delete|remove|drop|purge|revoke)\s(?:(?:the|all|its|their|every|each)\s)?(?:\w+\s){0,2}?"
        r"(?P<data>tokens|sessions|rows|records|entries|cookies?|uploads|messages|jobs|subscriptions"
        r"|drafts|copies|accounts)\b",
        "The {data} that are deleted do not come back with a revert; who holds one notices.",
    ),
    _sort(
        r"^(?:remove|delete|drop)\s+(?P<what>(?:the|this|that|these"
        r"|all)?\s?[\w`.$() -]*?\b(?:checks?|calls?"
        r"|lines?|statements?|conditions?|branch(?:es)?|await|logs?|blocks?|log lines?|timer"
        r"|listeners?))\b",
        "What {what} did until now is not done any more.",
    ),
    _sort(
        r"^(?:remove|delete|drop)\b",
        "What still relies on what is removed breaks where it is loaded or called.",
    ),
    _sort(
        r"\btime ?outs?\b|\bdeadline\b|\babort ?signal\b|\bAbortController\b",
        "What takes longer than the timeout fails from then on, where it was waited for.",
    ),
    _sort(
        r"\b(?:retry|retries|back-?off)\b",
        "What failed at once is tried again: it takes longer to fail, and may be done twice.",
    ),
    _sort(
        r"^(?!(?:give|set|shorten|extend|lengthen|release|renew|expire|drop|delete|keep|let)\b)"
        r"(?:hold\s+`?(?P<lock>[A-Za-z_$][\w$.]*)`?\s"
        r"|.*\b(?:atomic(?:ally)?|lock|mutex|semaphore|compare-and-set|findOneAnd\w+|SETNX|nx=True"
        r"|optimistic|for update|serializ\w+ isolation|single-?flight)\b)",
        _locked,
    ),
    _sort(
        r"^(?!.*\bcache)(?:give|set|let|shorten|extend|lengthen|add|keep)\b.*"
        r"\b(?:expir\w+|TTL|lease)\b",
        _expiring,
    ),
    _sort(
        r"(?<!once the )(?<!after the )\b(?:transaction|trx|tx|savepoint)\b",
        "Reads and writes join the transaction: they see its changes, hold its locks and fail"
        " with it.",
    ),
    _sort(
        r"\bmigration\b|^add (?:an? )?(?:composite )?(?:unique )?(?:index|column|constraint"
        r"|foreign key)"
        r"|\balter table\b|\bnot null\b",
        "The schema changes: that takes a lock on the table, and rows that do not fit stop it.",
    ),
    _sort(
        r"\b(?:joins?|preload\w*|prefetch\w*|eager(?:ly)?|select_related|single query|one query"
        r"|data ?loader)\b",
        "The rows come from another query: order, duplicates by joins and missing rows can differ.",
    ),
    _sort(
        r"\b(?:cache|memoi[sz]e|TTL)\b",
        "Answers can be as old as what is cached, and what is cached takes memory.",
    ),
    _sort(
        r"\b(?:Promise\.all(?:Settled)?|asyncio\.gather|in parallel|concurrently|goroutines?)\b",
        "What is started together ends in any order, and what happens to the others when one"
        " fails changes.",
    ),
    _sort(
        r"\b(?:make|turn|convert)\b.*\basync\b|\basync(?:hronous)? (?:version|variant|api|client)\b"
        r"|\bfs/promises\b|\bfs\.promises\b",
        "Callers must await the result; what ran in one go can be interrupted in between.",
    ),
    _sort(
        r"^await\b",
        "Its errors surface where it is awaited, and what follows runs later.",
    ),
    _sort(
        r"^(?:return|propagate|pass on|re-?throw|re-?raise|let)\b[^.]*\berr(?:or)?s?\b",
        "Errors that ended there reach its callers, which have to deal with them.",
    ),
    _sort(
        r"\btry\s?/\s?(?:catch|except)\b|^(?:catch|handle)\s(?P<what>the\s\w+\s(?:error|exception|rejection"
        r"|failure))\b|^(?:catch|handle)\b[^.]*\b(?:err(?:or)?s?|exceptions?"
        r"|rejections?|failures?|\w+(?:Error|Exception))\b|^wrap\b.*\btry\b",
        _caught,
    ),
    _sort(
        r"\bexit(?:s|\s?codes?|Code)?\b|\bSIG(?:TERM|INT)\b|\bgraceful\w*\b",
        "The process ends in another way: what starts or watches it sees other exits.",
    ),
    _sort(r"^(?:log|warn)\b(?!.*\band\s)", "None for its callers: only what is logged changes."),
    _sort(
        r"^(?:close|dispose|release|unsubscribe|disconnect|clear|cancel)\b"
        r"|\band (?:close|dispose|release|unsubscribe|clear|cancel)\b",
        "What is closed or cleared must not be used afterwards.",
    ),
    _sort(
        r"^(?:add|append|set|use|change|rename|mark|make|turn|issue|send|give|store)\b.*"
        r"\b(?:cookies?|HttpOnly|SameSite)\b",
        _cookie,
    ),
    _sort(
        r"^(?!.*(?:\bsha|hash|crypt|argon))(?:use|add|switch|call|apply)\b.*(?:encode|decode|escape|base64|gzip|stringify|msgpack"
        r"|protobuf|pickle|\bISO 8601\b)",
        "What was written before is read by the new rule; where the old text has what is encoded"
        " now, it reads otherwise.",
    ),
    _sort(
        r"\b(?:headers?|CORS|handshake|protocol|wire format|message format)\b",
        "Both ends of the connection are concerned: one that is deployed alone must be understood.",
    ),
    _sort(
        r"^(?:hash|encrypt|sign)\b|^(?:use|switch|replace|store|migrate|raise"
        r"|increase)\b.*\b(?:bcrypt"
        r"|argon2\w*|scrypt|PBKDF2|hash(?:es|ed)?|encrypt\w*|SHA-?\d+)\b",
        _hashed,
    ),
    _sort(
        r"^(?:reject|refuse|deny|forbid|disallow)\s+(?P<what>.+?)"
        r"(?=\s(?:with|by|using|when|if|unless|before|in|at|via)\b|[,;]|$)",
        _turned_away,
    ),
    _sort(
        r"^(?:validate|verify|authori[sz]e|require|enforce|check(?!\s\w+(?:\s\w+)?\sfirst))\s+"
        r"(?:that\s+|whether\s+)?(?P<what>.+?)"
        r"(?=\s(?:with|by|using|before|against|via|and|as)\b|[,;:]|$)",
        _checked,
    ),
    _sort(
        r"^(?:add|use|introduce|put)\b\s+(?:an?\s|the\s)?(?P<what>.*?\b(?:guard|validat\w+|allow-?list"
        r"|(?:auth\w*|permission|ownership|token) check|schema)\b)",
        _checked,
    ),
    _sort(
        r"^(?:saniti[sz]e|escape|normali[sz]e|trim|strip|redact|mask)\s+(?P<what>.+?)"
        r"(?=\s(?:with|by|using|before|in|at|via|and)\b|[,;:]|$)",
        "Changed on its way from then on: {what}; what was kept as it came no longer matches it.",
    ),
    _sort(
        r"^(?:use|switch to)\s+(?P<new>`?[\w$.]+(?:\([^)]*\))?`?)\s+instead of\s+"
        r"(?P<old>`?[\w$.]+(?:\([^)]*\))?`?)$",
        "{new} runs in place of {old}: callers get its results and its errors.",
    ),
    _sort(
        r"^replace\s+(?:the\s+)?(?P<old>`?[\w$.]+(?:\([^)]*\))?`?)\s+(?:with|by)\s+(?:an?\s+"
        r"|the\s+)?"
        r"(?P<new>`?[\w$.]+(?:\([^)]*\))?`?)$",
        "{new} runs in place of {old}: callers get its results and its errors.",
    ),
    _sort(
        r"^(?:use|convert|switch|turn|write|prefer|add|consolidate)\b.*\b(?:(?:for|while)\b.*\bloop"
        r"|template literals?|destructuring|helper|utility|constants?|early returns?)\b",
        "None is meant: only the form of the code changes.",
    ),
)
"""The narrowest first: the first that fits a clause speaks for it."""
