"""What callers and clients get instead, in words: of a clause, its evidence and the code today."""

from __future__ import annotations

import re
from http import HTTPStatus

from mendbook.changes.today import Clause, named
from mendbook.model import Said

_STATUS = re.compile(r"(?<![\w.])[2-5]\d\d(?!\w|\.\d)")
_NAMED_STATUS = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(status.name for status in HTTPStatus)})(?![A-Za-z_])"
)
_GO_STATUS = re.compile(r"\bStatus([A-Z][A-Za-z]+)\b")
_REQUIRED = re.compile(
    r"(?i)\b(?:assert|check|ensure|verify|make sure)\s+"
    r"(?:that\s+(?=`|\w+\s(?:is|are|has)\b)|(?=`))(?P<what>`[^`]+`[^,;:]*?|.+?)"
    r"(?=,?\s+(?:and|or|else|before|otherwise)\b|[,;:]|$)"
    r"(?=.*\b(?:otherwise|else|if not)\b)"
)
_INSTEAD = re.compile(
    r"(?i)\b(?:and|then)\s+(?:return|answer|yield|give|use)s?\s+(?P<what>`[^`]+`|[\w.\[\]{}'\"-]+)"
)
_OF = re.compile(
    r"(?i)\b(?:errors?|exceptions?|rejections?|failures?)\s+(?:of|from|in|thrown by|raised by)\s+"
    r"(?P<what>`[^`]+`|(?:(?:each|every|the|its|an?)\s)?[\w$.]+(?:\([^()]*\))?)"
)
_CAME = re.compile(
    r"(?i)\b(?:answer\w*|return\w*|respond\w*|yield\w*|sees?|gets?|meets?|becomes?)\s"
    r"(?:with\s|as\s)?(?:an?\s|the\s)?(?:HTTP\s)?([45]\d\d)\b"
)
_REFUSED = re.compile(r"(?i)(?:reject|refuse|deny)\s+(.+?)\s+with\s+(?:an?\s)?[45]\d\d\b")
_RAISED_FOR = re.compile(
    r"\b(?i:throw|raise)\s(?:an?\s|the\s)?[A-Z]\w+\s(?:for|on|when|if)\s(?:(?!\sand\s(?!for\b))[^,;])*\b[2-5]\d\d\b"
)
"""An error that is raised where something else answers with a status."""
_FOR = re.compile(
    r"\sfor\s(?:an?\s|the\s)?(?:\w+\s){1,3}(?:above|below|over|under|without|longer than"
    r"|larger than|outside|greater than|that)\s\S.*?(?=\sand\s|[,;]|$)"
)
_CATCHES = re.compile(
    r"(?i)\b(?:catch|handle|rescue|translate|convert|map)\s+(?:the\s|an?\s)?"
    r"(?P<what>(?-i:[\w.]*[A-Z]\w*(?:Error|Exception|Violation)\w*)|\w+ (?:error|exception)s?)"
)
_ANSWERED = re.compile(
    r"\b(?P<what>(?:an?|the|each|every|such)\s(?:[\w-]+\s){1,4}?)(?:is|are|gets?)\s"
    r"(?:answered|refused|rejected)\b"
)
_TO_WHOM = re.compile(r"\b[45]\d\d\s(?:to|for)\s(?P<what>(?:[^,;.]|\.(?=\w))+)")
_ERROR_OF = re.compile(
    r"\berr(?:or)?s?\s(?:of|from|returned by)\s(?P<what>`[^`]+`|[\w$]+(?:[.:]+[\w$]+)*(?:\(\))?)"
)
_LITERAL = re.compile(r"[\"']([^\"'\n]{8,})[\"']")
_MARKED_CALL = re.compile(r"`([\w$]+(?:(?:\.|::)[\w$]+)+)(?:\([^`]*\))?`")
_TOLD_CALL = re.compile(
    r"(?i)\b(?:call|invoke|run)\s+(?-i:((?:[A-Za-z_$]\w*(?:\.|::))+[A-Za-z_$]\w*"
    r"|[a-z]\w*[A-Z]\w*"
    r"|[a-z]\w*_\w+))\b(?![:.]\w)"
)
"""A name behind *call* that cannot but be code."""
_LOGS = re.compile(r"(?i)(?:\w+\.)*(?:log(?:ger|ging)?|console|sentry|slog|metrics?)\b")
_STILL = re.compile(r"\b(?:still|keep|as (?:before|today|now))\b", re.I)


def refused(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who is answered otherwise from then on, by the route where it is known."""
    how = match["how"]
    if _RAISED_FOR.search(clause.order):
        return ""  # what is met there, and not what is answered
    old = [one for one in statuses(clause.evidence) if one != how]
    came = [match[1] for match in _CAME.finditer(clause.told) if match[1] != how]
    if not old and came and how[0] in "45":
        failed = _CATCHES.search(clause.order)
        who = f"Clients of {clause.today.routes}" if clause.today.routes else "Clients"
        on = f", on {failed['what']}" if failed is not None else clause.when
        return f"{who} meet {how} where {came[0]} came before{on}."
    where = f" ({clause.today.routes})" if clause.today.routes else ""
    if old:
        return f"Clients that tell answers apart meet {how} where {old[0]} came before{where}."
    if how.startswith(("2", "3")):
        return ""
    when = clause.when or _unless(clause.raw) or _for(clause.order) or _of_what(clause)
    if not when:
        where = f" {clause.today.routes}" if clause.today.routes else ""
        return f"Clients{f' of{where}' if where else ''} can meet {how} from then on."
    if clause.today.routes:
        several = " and " in clause.today.routes
        now, before = ("are", "they were") if several else ("is", "it was")
        first = f"{clause.today.routes} {now} answered with {how}{when}"
        return f"{first}, where {before} served until now."
    return f"What was served until now is answered with {how}{when}."


def _of_what(clause: Clause) -> str:
    """Return for what an answer is that a clause gives in passing: `` for a foreign berth``.

    It stands before *is answered*, or is the error that the same clause deals with.
    """
    passive = _ANSWERED.search(clause.order) or _TO_WHOM.search(clause.order)
    if passive is not None:
        return f" for {passive['what'].strip()}"
    return when_it_fails(clause.order)


def when_it_fails(order: str) -> str:
    """Return `` when dial.ring fails`` of an order that deals with the error of a call, else ""."""
    failed = _ERROR_OF.search(order)
    return f" when {failed['what'].strip('`')} fails" if failed is not None else ""


def _for(order: str) -> str:
    """Return of what an answer is: `` for limits above MAX_LIMIT``; empty where it is not told."""
    if refused_with := _REFUSED.match(order):
        return f" for {refused_with[1]}"
    match = _FOR.search(order)
    return match[0].rstrip(" .,") if match is not None else ""


def statuses(text: str) -> list[str]:
    """Return the HTTP statuses that ``text`` has, as numbers, those that are spelled out too."""
    numbers = [(match.start(), match[0]) for match in _STATUS.finditer(text)]
    numbers += [
        (match.start(), str(HTTPStatus[match[0]].value)) for match in _NAMED_STATUS.finditer(text)
    ]
    spelled = {
        status.phrase.replace(" ", "").replace("-", "").lower(): status for status in HTTPStatus
    }
    for match in _GO_STATUS.finditer(text):
        if status := spelled.get(match[1].lower()):
            numbers.append((match.start(), str(status.value)))
    return [number for _, number in sorted(numbers)]


def _unless(order: str) -> str:
    """Return the condition of *check that X and answer 403 otherwise*: `` unless X``."""
    required = _REQUIRED.search(order)
    return f" unless {required['what'].strip()}" if required is not None else ""


def returned(match: re.Match[str], clause: Clause) -> str:
    """Return what callers get in a case that ended otherwise until now."""
    what, when = match["what"], (match["when"] or "").rstrip(" .,")
    when = re.sub(r"^,?\s*", " ", when) if when else clause.when
    who = f"Who calls {clause.today.routes}" if clause.today.routes else "Callers"
    gets = "gets" if clause.today.routes else "get"
    if _STILL.search(clause.order) or not when.strip():
        return ""
    return f"{who} {gets} {what}{when}, where it went otherwise until now."


def caught(match: re.Match[str], clause: Clause) -> Said | str:
    """Return whose errors end where they are caught, and what callers get in their place."""
    of = _OF.search(clause.order)
    instead = _INSTEAD.search(clause.order)
    function = clause.today.name
    sites = clause.today.callers()
    what = match["what"]
    if of is not None and instead is not None and function:
        first = f"An error of {of['what']} no longer leaves `{function}`: who calls it gets"
        who = f" {named(sites)} must bear that." if sites else ""
        places = tuple(each.place for each in sites)
        return Said(f"{first} {instead['what']} instead.{who}", places)
    if of is not None:
        stops = f"Errors of {of['what']} stop there"
        return f"{stops}: who relied on seeing them no longer does."
    if what is None:
        return "Errors that left it stop there: who relied on seeing them no longer does."
    return f"{what[0].upper()}{what[1:]} ends there: who relied on seeing it no longer does."


def left_out(match: re.Match[str], clause: Clause) -> str:
    """Return what is not done any more in which case."""
    what = match["what"].strip(" `")
    when = match["when"].strip(" .,")
    return f"{what[0].upper()}{what[1:]} is left out {when}, where it was done until now."


def taken_from(match: re.Match[str], clause: Clause) -> Said:
    """Return who reads what no longer comes: where a file that uses the code asks for it."""
    what, where = match["what"].strip("` "), match["where"].strip(" .,")
    first = f"Who reads `{what}` of {where} finds nothing there."
    readers = clause.today.readers_of(what)
    if not readers:
        return Said(first)
    reads = "reads" if len(readers) == 1 else "read"
    told = f"{first} {named(readers)} {reads} `.{what}`."
    return Said(told, tuple(each.place for each in readers))


def removed(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what breaks without the finding's own code; of anything else nothing is said."""
    if not clause.today.is_symbol(match["what"].rstrip(".")):
        return ""
    users, tests = clause.today.users(), clause.today.test_callers()
    several = users or tests
    if not several:
        return "Nothing in the repository uses it; what loads it from outside breaks."
    places = tuple(each.place for each in several)
    verb = "needs" if len(several) == 1 else "need"
    if users:
        end = "that breaks" if len(several) == 1 else "they break"
        return Said(f"{named(several)} {verb} it: without it {end}.", places)
    return Said(f"Only tests use it: {named(several)} must change with it.", places)


def shown(match: re.Match[str], clause: Clause) -> str:
    """Return what is shown in which case, and what was shown there."""
    what, when = match["what"].strip(), match["when"].strip(" .,")
    old = _LITERAL.search(clause.evidence)
    instead = f", and no longer “{old[1]}”" if old is not None and old[1] not in what else ""
    return f"{what[0].upper()}{what[1:]} is what comes {when}{instead}."


def stays_open(match: re.Match[str], clause: Clause) -> str:
    """Return what is held longer than today."""
    what, when = match["what"].strip(" `"), match["when"].strip(" .,")
    until = re.sub(r"^(?:after|when|once)\s", "", when)
    return f"{what[0].upper()}{what[1:]} stays open until {until}: for that long both are held."


def closed(match: re.Match[str], clause: Clause) -> str:
    """Return who finds closed what is closed from then on."""
    what = (match["what"] or f"`{match['other']}`").strip()
    return f"Who still holds {what} finds it closed."


def preset(match: re.Match[str], clause: Clause) -> str:
    """Return what is used where a value is missing."""
    names = re.findall(r"[A-Za-z_$][\w$.]*", match["inner"])
    if not names:
        return ""
    return f"Where `{names[-1]}` is missing or no value, {match['value']} is used."


def called_anew(order: str, clause: Clause) -> Said | None:
    """Return what a clause calls that the function does not call today; None for nothing."""
    calls = [
        name
        for name in (*_MARKED_CALL.findall(order), *_TOLD_CALL.findall(order))
        if not clause.today.mentions(name)
        and not _LOGS.match(name)
        and (clause.today.path.endswith(".go") or not re.split(r"\.|::", name)[-1][0].isupper())
    ]
    if not calls:
        return None
    known = clause.today.declared(calls[0])
    where, places = (f" ({known.place})", (known.place,)) if known is not None else ("", ())
    words = f"`{calls[0]}`{where} is called there for the first time: its errors and its time"
    return Said(f"{words} come on top.", places)
