"""What narrow sorts of changes can break, in words made of the clause and its evidence."""

from __future__ import annotations

import re

from mendbook.changes.clauses import orders
from mendbook.changes.imperatives import VERBS, third_person
from mendbook.changes.sort_rows import begun, called
from mendbook.changes.today import At, Clause, handled, named
from mendbook.model import Said

_OR = re.compile(r"([\w$][\w$.]*)\s*(?:\bor\b|\|\||\?\s)")
_OR_NUMBER = re.compile(
    r"([\w$][\w$.]*)\s*(?:\bor\b|\|\|)\s*(?:-?\d|[A-Z][A-Z\d_]*(?:BACKOFF|DELAY|TIMEOUT|LIMIT|SIZE|COUNT"
    r"|RETRIES|MAX|MIN|PORT|TTL|INTERVAL|SECONDS|MS)\b)"
)
"""A number that another stands in for."""
_FOR = re.compile(r"\bfor\s+(?P<names>(?:both\s+)?[\w$.`]+(?:(?:,\s|\sand\s|,\sand\s)[\w$.`]+)*)$")
_LITERAL = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|(?<![\w.])-?\d[\d_.]*(?![\w.])")
_ASSIGNED = re.compile(
    r"[A-Za-z_$][\w$.]*(?:\s*:\s*[\w\[\]<>]+)?\s*:?=(?!=)\s*(?P<value>[^=;\n]+?)\s*(?:[;,]|#|//|$)",
    re.M,
)
_QUOTED = re.compile(r"\"[^\"\n]+\"|'[^'\n]+'")
_THROWN = re.compile(r"\b(?:throw|raise|panic)\s*\(?\s*(?:new\s+)?([A-Za-z_][\w.]*)")
_TIME = re.compile(r"\b\d+\s?(?:ms|s|min|h|d|seconds?|minutes?|hours?|days?)\b")
_MAKES_CLIENT = re.compile(
    r"(?:\.create|(?:^|\.)create\w*|(?:^|\.)(?:Async)?Client|Session|(?:^|\.)[Nn]ew\w*)$"
)
"""Calls that only make what is asked later."""
_UNMOUNT = re.compile(r"(?i)\b(?:unmount\w*|cleanup|component)\b")


def kept_empty(_: re.Match[str], clause: Clause) -> str:
    """Return which empty values count from then on."""
    told = _FOR.search(clause.order)
    names = told["names"].replace("`", "").removeprefix("both ") if told else ""
    evidence = _OR.search(clause.evidence)
    names = names or (evidence[1] if evidence is not None else "")
    if not names:
        return ""
    return (
        f"An empty text, 0 or false for {names} counts as given from then on, where it was taken"
        " for missing."
    )


def kept_empty_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a value that is empty and yet given."""
    held = _OR_NUMBER.search(evidence)
    return f"keeps a {held[1]} of 0" if held is not None else "an empty text is kept as it is given"


def copied(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who relied on something being changed in place."""
    what = match["what"].strip(" `")
    first = f"{begun(what)} stays as it was handed in: who relied on its change finds none."
    sites = clause.today.callers()
    if not sites:
        return first
    hands = "hands it in" if len(sites) == 1 else "hand it in"
    places = tuple(each.place for each in sites)
    return Said(f"{first} {named(sites)} {hands}.", places)


def let_through(_: re.Match[str], clause: Clause) -> Said | str:
    """Return who meets the errors that ended in a block that goes."""
    name = f"`{clause.today.name}`" if clause.today.name else "the block"
    first = f"Errors that ended there leave {name} as they are"
    calls = clause.today.calls()
    if not calls or clause.today.in_closure:
        return f"{first}."
    caught = [use for use in calls if handled(use, clause.today.snapshot)]
    loose = [At(use.enclosing, use.file, use.line) for use in calls if use not in caught]
    met = [At(use.enclosing, use.file, use.line) for use in caught]
    parts = [f"{named(met)} {'catches' if len(met) == 1 else 'catch'} them"] if met else []
    if loose:
        parts += [f"{named(loose)} {'does' if len(loose) == 1 else 'do'} not catch them"]
    return Said(f"{first}: {'; '.join(parts)}.", tuple(each.place for each in (*met, *loose)))


def waits_longer(match: re.Match[str], clause: Clause) -> str:
    """Return what is waited for longer."""
    call = called(clause.evidence)
    what = f"`{call}`" if call else "What it waits for"
    most = f", up to {match['value']}" if match["value"] else ""
    return f"{what} may take longer before it fails{most}: what waits for it waits along."


def dropped_late(match: re.Match[str], clause: Clause) -> str:
    """Return what no longer runs to its end."""
    what = re.sub(r"^(?:any|a|an)\s", "the ", match["what"].strip(" `"))
    gone = _UNMOUNT.search(f"{match['when']} {clause.evidence}")
    when = "when the component goes" if gone is not None else match["when"].strip()
    return f"What is still waiting in {what} {when} is dropped, where it ran until now."


def without_key(match: re.Match[str], clause: Clause) -> str:
    """Return what environments that do not set a key get from then on."""
    old = _LITERAL.search(clause.evidence)
    if old is None:
        return f"An environment that does not set {match['key']} behaves otherwise from then on."
    return f"An environment that does not set {match['key']} no longer gets `{old[0]}`."


def preset_anew(match: re.Match[str], clause: Clause) -> str:
    """Return what applies where nothing is set, and what did until now."""
    old = _ASSIGNED.search(clause.evidence)
    before = f", where it was `{old['value'].strip()}`" if old is not None else ""
    return f"Who sets nothing gets {match['value']}{before}."


def cached(match: re.Match[str], clause: Clause) -> str:
    """Return what is kept, and for how long."""
    call, time = called(clause.evidence), _TIME.search(clause.order)
    told = clause.whole or clause.order
    what = f"What `{call}` gave" if call else "What is cached"
    if re.search(r"(?i)\b(?:responses?|answers?)\b", clause.order):
        where = f" of {clause.today.routes}" if clause.today.routes else ""
        what = f"The answer{where}"
    if time is not None:
        return f"{what} is kept for up to {time[0]}: changes behind it are seen that much later."
    if re.search(r"(?i)\b(?:per request|request-scoped|for the request)\b", clause.order):
        return f"{what} is kept for one request: a change within it is not seen."
    if re.search(r"(?i)\bLRU\b|\bat most\b|\b\d+ entries\b", clause.order):
        return (
            f"{what} is kept until newer ones push it out: a change behind it is not seen before."
        )
    if re.search(
        r"(?i)\b(?:TTL|expir\w+|invalidat\w+|evict\w*|redis|max-?age)\b"
        r"|\b(?:drop|remove|delete|clear|refresh)\b.*\b(?:cache\w*|it|them)\b",
        told,
    ):
        return f"{what} can be as old as what is cached, until it expires or is taken out."
    return f"{what} is kept as long as the process runs: a change behind it is not seen before."


def timed(match: re.Match[str], clause: Clause) -> str:
    """Return what fails from then on because it takes too long."""
    if _KEEPING.search(clause.order) or _KEEPING.search(clause.evidence):
        return ""  # how long a value is kept, and not how long it is waited for
    call, time = called(clause.evidence), _TIME.search(clause.order)
    if call and _MAKES_CLIENT.search(call):
        limit = time[0] if time is not None else "the timeout"
        return f"Requests of what `{call}` makes fail when they take longer than {limit}."
    most = time[0] if time is not None else "the timeout"
    what = f"`{call}`" if call else "What"
    joint = " that" if call else ""
    return f"{what}{joint} takes longer than {most} fails from then on, where it was waited for."


def timed_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a time limit; empty where nothing is called."""
    call = called(evidence)
    if not call:
        return ""
    slow = "the other side" if _MAKES_CLIENT.search(call) else call
    return f"gives up when {slow} does not answer in time"


def unstopped(_: re.Match[str], clause: Clause) -> Said:
    """Return who goes on where an error stopped it."""
    thrown = _THROWN.search(clause.evidence)
    error = f" with {thrown[1]}" if thrown is not None else ""
    who = "It goes on where it was" if clause.today.in_closure else "Callers go on where they were"
    what = "what it does" if clause.today.in_closure else "what they get"
    first = f"{who} stopped{error}, and must bear {what} instead."
    sites = () if clause.today.in_closure else clause.today.callers()
    if not sites:
        return Said(first)
    verb = "does" if len(sites) == 1 else "do"
    places = tuple(each.place for each in sites)
    return Said(f"{first} {named(sites)} {verb}.", places)


def reworded(_: re.Match[str], clause: Clause) -> str:
    """Return who looks for a text that is worded anew."""
    old = _QUOTED.search(clause.evidence)
    if old is None:
        return ""
    return f"Users read another text; tests and scripts that look for {old[0]} no longer find it."


def logged_in(_: re.Match[str], clause: Clause) -> str:
    """Return who is refused without a login or a permission."""
    where = clause.today.routes
    what = f"calls {where}" if where else "gets there"
    return f"Who {what} without being allowed to is refused, scripts and other services too."


def unfit(_: re.Match[str], clause: Clause) -> str:
    """Return what is refused by a schema."""
    if re.search(r"(?i)\b(?:responses?|answers?|results?|replies|reply)\b", clause.order):
        return "Answers that do not fit are refused, where they were taken until now."
    where = f" to {clause.today.routes}" if clause.today.routes else ""
    return f"Requests{where} that do not fit are refused, where they were taken until now."


def paged(_: re.Match[str], clause: Clause) -> str:
    """Return who gets a part of a list."""
    where = f"Clients of {clause.today.routes}" if clause.today.routes else "Who"
    verb = "read" if clause.today.routes else "reads"
    gets = "get" if clause.today.routes else "gets"
    return f"{where} that {verb} the whole list at once {gets} its first page.".replace(
        "Who that", "Who"
    )


_TEXT_PART = re.compile(r"(?i)\b(?:messages?|texts?|titles?|names?|labels?|keys?|prefix)$")
"""What something stands in front of, and no step that comes before another."""
_MOVES = {"move", "put"}
_KEEPING = re.compile(r"(?:\bto\s`?|\.)(?:set|setex|store|get_or_set)\b(?:`?$|\()")
"""Calls that keep a value: their time limit is its life."""
_CLOSING = re.compile(
    r"(?i)(close|release|dispose|free|unlock)\s+(?!it\b|them\b)(.+?)\s+(?:in|with|by|using|when|on"
    r"|always|even)\s"
)


def reordered(match: re.Match[str], clause: Clause) -> str:
    """Return what is no longer reached where what comes first fails."""
    what, where = match["what"].strip(" `"), orders(match["where"])[0].strip(" `.")
    if _TEXT_PART.search(where):
        return ""
    if match["verb"].lower() in _MOVES:
        return begun(f"{what} comes before {where}: where it fails, that is no longer reached.")
    return f"It {_first(match)} before {where}: where that fails, it does not come to that."


def reordered_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of an order."""
    what, where = match["what"].strip(" `"), orders(match["where"])[0].strip(" `.")
    if _TEXT_PART.search(where):
        return ""
    if match["verb"].lower() in _MOVES:
        return f"where {what} fails, {where} is not reached"
    return f"{_first(match)} before {where}"


def _first(match: re.Match[str]) -> str:
    return f"{third_person(match['verb'].lower())} {match['what'].strip(' `')}"


def only_that(match: re.Match[str], _: Clause) -> str:
    """Return what is done to less than until now, and that the rest is left."""
    if seen := only_seen(match, ""):
        return f"It {seen}: the rest is left as it is from then on."
    what = match["what"]
    return f"From then on only this is done: {what}; where that does not hold, it no longer is."


def only_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of an order that begins with *only*; empty for no known verb."""
    verb, _, rest = match["what"].partition(" ")
    return f"{third_person(verb.lower())} only {rest}" if verb.lower() in VERBS else ""


def closed_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of what is closed at the end of a block."""
    told = _CLOSING.match(match.string)
    what = told[2].strip(" `") if told is not None else "what it opened"
    done = third_person(told[1].lower()) if told is not None else "closes"
    return f"{done} {what} when an error leaves it"


def passed_over(match: re.Match[str], _: Clause) -> str:
    """Return what is dropped, and that nobody is told."""
    what, when = match["what"].strip(" `"), (match["when"] or "").strip(" .")
    if not when or re.match(r"(?i)(?:it|them)$", what):
        return "What was passed on until now can be dropped without a word to who sent it."
    return begun(f"{what} {when}: dropped, where it was passed on; who sent it is not told.")


def misfit_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of a schema."""
    answers = re.search(r"(?i)\b(?:responses?|answers?|results?|replies|reply)\b", match.string)
    return f"{'an answer' if answers else 'a request'} that does not fit is refused"
