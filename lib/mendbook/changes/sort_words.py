"""What a sort of change can break, in words: of the clause, the evidence and the code today."""

from __future__ import annotations

import re
from collections.abc import Callable

from mendbook.changes.answer_words import caught
from mendbook.changes.today import Clause, named
from mendbook.model import Said

Words = Callable[[re.Match[str], Clause], Said | str]


def browsers_cache(_: re.Match[str], clause: Clause) -> str:
    """Return how long browsers and proxies keep what they are answered."""
    if re.search(
        r"(?i)\b(?:no-store|no-cache|private|only|must-revalidate|max-age=0)\b", clause.order
    ):
        return "What browsers and proxies kept until now is asked for again: more requests come."
    return "Browsers and proxies keep what they got: a change is seen that much later."


def thrown(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who meets the error that is thrown, and who does not catch it."""
    error = (match["error"] or match["any"]).strip("`'\"").partition("(")[0]
    old = _THROWN.search(clause.evidence)
    if old is not None and old[1] == error and error in clause.order and not clause.when:
        return f"Only what {error} says changes: who looks for the old text no longer finds it."
    if old is not None and old[1] != error:
        return f"Who tells errors apart meets {error} where {old[1]} came before."
    given = _INSTEAD_OF_VALUE.search(clause.order)
    taken = _RETURNED.match(clause.evidence.strip())
    if given is not None and given["value"].strip() in {"it", "that", "this"}:
        value = f"`{taken[1].rstrip(';')}`" if taken is not None else "what it gave"
        return f"Callers that took {value} as a value meet {error} as an error."
    if given is not None and not clause.when:
        loose = clause.today.loose(error if match["error"] else "Error")
        verb = "does" if len(loose) == 1 else "do"
        met = f" {named(loose)} {verb} not catch it." if loose else ""
        first = f"Callers that looked for {given['value']} get {error} in its place."
        return Said(f"{first}{met}", tuple(each.place for each in loose))
    came = _CAUGHT_OF.match(clause.order)
    kind = error if match["error"] else f"an {error}"
    first = (
        f"Errors of {came[1].strip()} come out as {kind} from then on."
        if came is not None
        else f"Calls that {_until_now(clause, kind)} end with {kind}{clause.when}."
    )
    before = clause.today.thrown(error) if match["error"] else None
    if before is not None:
        known = f" It is thrown there already ({before.place}): callers meet no new kind of error."
        return Said(first + known, (before.place,))
    loose = clause.today.loose(error if match["error"] else "Error")
    if not loose:
        return first
    verb = "does" if len(loose) == 1 else "do"
    uncaught = f" {named(loose)} {verb} not catch it: it goes on from there."
    return Said(first + uncaught, tuple(each.place for each in loose))


def _until_now(clause: Clause, kind: str) -> str:
    """Return what became until now of calls that end with ``kind`` from then on."""
    failed = [match for match in FAILED.finditer(clause.told) if match[0] != kind]
    if not failed:
        return "went through until now"
    met = max(failed, key=lambda each: not each[0].isdigit())[0]
    return f"failed with {failed_with(met)} until now"


def failed_with(met: str) -> str:
    """Return how a sentence names what a call ended with: *a panic*, *TypeError*, *500*."""
    return _SAID_OF_FAILURE.get(met.lower(), met)


def locked(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what waits for a lock, and what takes the same lock within it."""
    if _HELD.search(clause.told):
        return "What runs once the lock is free meets what others have changed in between."
    at_once = _AT_ONCE.search(clause.order)
    ends = "waits or fails" if at_once else "waits for the other"
    first = f"Of several that come at once, one {ends}, where all went through until now."
    inner = clause.today.locking(match["lock"]) if match.groupdict().get("lock") else ()
    if not inner:
        return first
    takes = "takes" if len(inner) == 1 else "take"
    twice = "" if inner[0].file.endswith(".go") else ", unless it can be taken twice"
    again = (
        f"{named(inner)} {takes} {match['lock']} too: a call while it is held never returns{twice}."
    )
    return Said(f"{first} {again}", tuple(each.place for each in inner))


def expiring(_: re.Match[str], clause: Clause) -> str:
    """Return what finds something expired while it runs."""
    time = _TIME.search(clause.order)
    most = time[0] if time is not None else "that"
    return f"What takes longer than {most} finds it expired while it still runs."


def narrowed(match: re.Match[str], clause: Clause) -> Said | str:
    """Return whose errors end where they are caught, or no longer do."""
    narrower = _NARROWED.search(clause.order)
    if narrower is not None and _LESS.search(clause.order):
        return f"Errors other than {narrower[1].strip('` ')} leave it from then on, to its callers."
    return caught(match, clause)


def deleted(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who looks for what is deleted."""
    container = match["container"]
    entry = re.search(r"(?i)\b(?:entry|key|bucket)\b", clause.order)
    held_in = _CONTAINER.search(clause.evidence) if entry is not None else None
    if container is None and held_in is not None:
        container = held_in[1]
    if container is None:
        return (
            "What is deleted does not come back with a revert."
            if _lasts(_OBJECT.split(clause.order, maxsplit=1)[0])
            else ""
        )
    users = clause.today.users_of(container)
    first = f"Who looks for it in {container} afterwards finds no entry."
    if not users:
        return first
    looks = "looks" if len(users) == 1 else "look"
    return Said(f"{first} {named(users)} {looks} there.", tuple(each.place for each in users))


def _lasts(what: str) -> bool:
    """Tell whether ``what`` is kept for later, and not only while something is worked on."""
    return _KEPT.search(what) is not None and _PASSING.search(what) is None


def erased(match: re.Match[str], clause: Clause) -> str:
    """Return what is lost with data that goes: kept data for ever, what memory holds until then."""
    data = match["data"].lower()
    if _IN_MEMORY.search(f"{clause.whole or clause.order}\n{clause.evidence}"):
        return f"What these {data} held is forgotten: who comes after that begins anew."
    return f"The {data} that are deleted do not come back with a revert; who holds one notices."


def swapped(match: re.Match[str], _: Clause) -> str:
    """Return what a call in place of another means to callers; nothing where neither is code."""
    new, old = match["new"].strip("`"), match["old"].strip("`")
    if not (_CODE.search(match["new"]) or _CODE.search(match["old"])):
        return ""
    if new.partition("(")[0] == old.partition("(")[0]:
        return f"`{new.partition('(')[0]}` is given other arguments: `{new}` instead of `{old}`."
    return f"`{new}` runs in place of `{old}`: callers get its results and its errors."


def ended(match: re.Match[str], clause: Clause) -> str:
    """Return what is closed for who still uses it; nothing where only a pronoun says what."""
    what, verb = match["what"].strip(" `").removesuffix(" only"), match["verb"].lower()
    if re.match(r"(?i)(?:it|them|this|that|and)\b|(?:the\s)?(?:earlier|previous|old) one\b", what):
        return ""
    if _WHERE.match(what):
        return ""
    if re.search(r"\bonly\b|:", what):  # closed as before, on a condition: something else is asked
        return ""
    so = clause.when if _IN_THAT_CASE.search(clause.order) else ""
    when = (match["when"] or so).rstrip(" .")
    if verb == "clear" and _HOLDS.search(what):
        return f"{what[:1].upper()}{what[1:]} is empty{when}: who looks there then finds nothing."
    how = {"clear": "cleared", "cancel": "cancelled", "destroy": "destroyed"}.get(verb, "closed")
    several = re.search(r"[^s]s$", what) is not None
    state, them = ("are", "them") if several else ("is", "it")
    told = f"{what[:1].upper()}{what[1:]} {state} {how}{when}"
    return f"{told}: what still uses {them} from then on fails."


def hashed(_: re.Match[str], clause: Clause) -> str:
    """Return what was hashed or signed before, and is read another way."""
    if _PLAIN.search(clause.told):
        return (
            "What was stored in plain text before stays so and does not match the hash: it must be"
            " converted."
        )
    if _SECRET.search(f"{clause.order} {clause.told}"):
        return "What was hashed, encrypted or signed before stays as it was and must still be read."
    return "The same input gives another value than before: one that was kept does not match it."


def cookie(match: re.Match[str], clause: Clause) -> str:
    """Return what browsers do with a cookie that is set so."""
    said = [words for asked, words in _COOKIE if asked.search(clause.order)]
    where = _SECURE_WHERE.search(clause.raw)
    if where is not None and not said:
        so = where["what"].strip(" `")
        said = [f"Where `{so}` does not hold the cookie also travels over plain HTTP."]
    if not said and not re.search(r"(?i)\bcookies?\b", f"{clause.order} {clause.told}"):
        return ""
    return " ".join(said) or "Clients that hold the old cookie keep it until it is set again."


def turned_away(match: re.Match[str], clause: Clause) -> str:
    """Return what is turned away from then on."""
    what = _IN_PLACE_OF.sub("", match["what"]).strip(" `.,")
    return f"Turned away, where it went through until now: {what}{clause.when}."


def checked(match: re.Match[str], clause: Clause) -> str:
    """Return what does not pass a check that is new."""
    what = re.sub(r"\s(?:check|guard|validation)s?$", "", match["what"].strip(" `.,"))
    if re.match(r"(?i)(?:for|against|in|on|at|with|by|whether|if|how)\s", what):
        return ""
    what = re.sub(r"\sinstead$", "", what)
    if match[0].lower().startswith("check ") and _CODE.search(what):
        return ""  # a state that is looked at, and nothing that comes in
    return f"What does not pass the check of {what} is turned away, where it went through."


_INSTEAD_OF_VALUE = re.compile(
    r"\b(?:instead of|rather than) (?:returning|giving|answering)\s(?:an?\s|the\s)?"
    r"(?P<value>[^,;.]+)"
)
_RETURNED = re.compile(r"return\s+([^\n]{1,60})$")
FAILED = re.compile(
    r"(?<![\w.])(?:[A-Z]\w*(?:Error|Exception)"
    r"|(?i:nil pointer|null pointer|panics?|segfaults?|50[0-4]))\b"
)
"""What the audit says that calls end with today."""
_SAID_OF_FAILURE = {
    "panic": "a panic",
    "panics": "a panic",
    "nil pointer": "a nil pointer",
    "null pointer": "a null pointer",
    "segfault": "a segmentation fault",
    "segfaults": "a segmentation fault",
}
_HELD = re.compile(
    r"(?i)\bwhile\b[^.]*\b(?:lock|mutex|semaphore)\b[^.]*\bheld\b|\b(?:under|hold(?:s|ing)?)\s"
    r"(?:the|a|its)\s(?:\w+\s){0,2}(?:lock|mutex|semaphore)\b"
)
"""What is told of a lock that is held for too long, and not of one that is missing."""
_AT_ONCE = re.compile(
    r"(?i)\b(?:atomic(?:ally)?|compare-and-set|findOneAnd\w+|SETNX|nx=True|optimistic|serializ\w+"
    r"|try-?lock|redis|distributed|unique)\b"
)
"""Locks of which the second comer may be turned away."""
_SECURE_WHERE = re.compile(r"(?i)\bsecure\s*[:=]\s*(?!true\b|false\b)(?P<what>[^`,;]+)")
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
_IN_PLACE_OF = re.compile(r",?\s(?:instead of|rather than|in place of)\s.*$")
_IN_THAT_CASE = re.compile(r"(?i)\bin (?:that|this|such a) case\b|\bthen$")
_ANY_CALL = re.compile(r"([A-Za-z_$][\w$]*)\(")
_WHERE = re.compile(r"(?i)(?:in|on|at|for|with|by|from|to|within|inside)\s")
"""Begins where or how something is closed: what it is was left out."""
_HOLDS = re.compile(
    r"(?i)(?:map|set|list|array|cache|queue|buffer|dict|table|store|registry|log)s?\b"
)
"""What holds others, and is empty once it is cleared."""
_CONTAINER = re.compile(r"([A-Za-z_$][\w$.]*)(?:\[|\.(?:get|set|put|delete)\()")
_CODE = re.compile(r"[`(._$]|[a-z][A-Z]")
"""What no word of a sentence has."""
_IN_MEMORY = re.compile(
    r"(?i)\b(?:in (?:a |the )?(?:\w+ )?(?:memory|map|dict|array|set|list|window)|map|dict|LRU|cache"
    r"|buffer)\b|\bnew (?:Weak)?(?:Map|Set)\b|\bmake\(map|=\s*\{\}"
)
"""Tells that what goes is held by the process alone."""
_OBJECT = re.compile(r"\s(?:when|once|after|if|unless|on|so|and)\s|,\s")
"""What ends the words for what is deleted."""
_KEPT = re.compile(
    r"(?i)\b(?:rows?|records?|files?|accounts?|documents?|database|table|uploads?|keys?|redis"
    r"|bucket"
    r"|orders?|users?|drafts?|archives?|backups?|claims?|sessions? (?:row|table)|images?|disk)\b"
)
_PASSING = re.compile(r"(?i)\b(?:temp(?:orary)?|tmp|partial|scratch)\b|\block files?\b")
_PLAIN = re.compile(r"(?i)\bplain[- ]?text\b|\bunhashed\b|\bunencrypted\b")
_SECRET = re.compile(
    r"(?i)\b(?:passwords?|secrets?|credentials?|tokens?|at rest|plain ?text|personal data|PII"
    r"|signatures?|api keys?)\b"
)
_NARROWED = re.compile(
    r"\b(?i:catch|except|handle|rescue)\s(?:only\s|just\s|the\s)*"
    r"(`?[A-Z][\w.:]*(?:\s*(?:[|,]|or|and)\s*[A-Z][\w.:]*)*`?)"
)
"""What a clause asks to catch, by its types."""
_LESS = re.compile(
    r"\b(?i:only|just)\b"
    r"|\b(?i:instead of|rather than|in place of|not)\s(?:a\s|the\s|every\s|all\s)*"
    r"`?(?:Exception|Throwable|BaseException|Error|StandardError|everything|bare|broad|all)\b"
)
"""Words that say that everything was caught until now."""
_CAUGHT_OF = re.compile(
    r"(?:catch|wrap|surround)\s+(?:(?:the|any|every|an?)\s)?(?:.*?\b(?:errors?|exceptions?)\b[^.]*?"
    r"\b(?:of|from|around|in)\s)?([\w$.]+(?:\([^()]*\))?)(?=\s|,|$)",
    re.I,
)
"""What is guarded where a clause asks to catch one error and to throw another."""
_TIME = re.compile(r"\b\d+\s?(?:ms|s|min|h|d|seconds?|minutes?|hours?|days?)\b")


def limited(match: re.Match[str], _: Clause) -> str:
    """Return who gets less than before."""
    most = (match["most"] or match["other"] or match["third"]).rstrip(".")
    cut = re.match(r"(?i)truncate\s+(`?[\w$.]+`?|(?:the|its|each|every)\s\w+)\s", match[0])
    if cut is not None:
        what = begun_with(cut[1].strip("`"))
        return f"{what} is cut off after {most}: what stood behind is not seen there any more."
    kept = _CAPPED.match(match[0])
    if kept is not None:
        return f"`{kept[1]}` stays at {most}, where it went beyond until now."
    return f"Who relies on more than {most} gets less, or is refused."


_CAPPED = re.compile(
    r"(?i)(?:cap|clamp|limit|bound)\s+`?([\w$.]*(?:[a-z][A-Z]|[_.])\w*)`?\s+(?:at|to)\b"
)
"""A value that is named as the code does, and held below a number."""


def begun_with(what: str) -> str:
    """Return the words that a sentence begins with: code marked, other words with a capital."""
    return what.capitalize() if " " in what else f"`{what}`"


def kept_last(match: re.Match[str], _: Clause) -> str:
    """Return what is gone for whoever reads it."""
    return f"What is older than the last {match['most']} is gone for whoever reads it."


def set_to(match: re.Match[str], clause: Clause) -> str:
    """Return which value runs work with from then on."""
    name, value = match["name"].strip(" `"), match["value"].rstrip(".")
    if name.lower() in {"it", "this", "that"}:
        call = _ANY_CALL.search(clause.evidence)
        return f"`{call[1]}` is given {value} from then on." if call is not None else ""
    if match[0].lower().startswith("set") and not re.match(r"[`'\"\d-]", value):
        return ""  # what it is in one case, and no setting
    if name.lower().startswith(("the default of ", "default of ")):
        return f"Whoever does not set {name.partition(' of ')[2]} gets {value} from then on."
    return f"Each run works with {value} for {name} from then on."


_THROWN = re.compile(r"\b(?:throw|raise)\s+(?:new\s+)?([A-Za-z_][\w.]*)")
