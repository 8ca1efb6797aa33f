"""What plain orders of fixes can break, in words made of the clause and of the code."""

from __future__ import annotations

import re

from mendbook.changes.clauses import orders
from mendbook.changes.imperatives import (
    VERBS,
    declared,
    says_what_it_does,
    third_person,
    with_verbs,
)
from mendbook.changes.sort_rows import begun, called
from mendbook.changes.today import Clause, named
from mendbook.model import Said

_AWAITED = re.compile(r"\bawait\s+([\w$.]+)")
_OF = re.compile(
    r"\b(?:of|from|in)\s`?(?!(?:an?|the|its|each|every|all|both|one|this|that)\b)"
    r"([\w$.]+(?:\(\))?)`?(?:\s|$)"
)
_UNDOES = re.compile(r"(?i)(?:\w+ and )?(?:remove|delete|unlink|roll ?back|undo|revert|reset)\b")
_LISTENING = re.compile(r"\.(?:on|once|addListener|addEventListener|subscribe)$")
_DECLARING = re.compile(r"^(?:(?:const|let|var|val|final|auto)\s+)+")
_SHARED_KEY = re.compile(r"(?i)(?:^|[._])(?:\w*(?:id|key|name|user|ip|host|addr\w*))$")
_SET_BY = re.compile(r"([A-Za-z_$][\w$.]*)\s*(?::\s*[\w\[\]| <>]+)?\s*:?=(?!=)")


def only_a_type(_: re.Match[str], clause: Clause) -> str:
    """Say that nothing runs otherwise; of a route whose framework reads types, nothing."""
    if clause.today.is_route and clause.today.path.endswith(".py"):
        return ""
    return "None at run time: only what type checkers read changes."


def _failing_call(match: re.Match[str], evidence: str) -> str:
    """Return what may fail: what the clause names, else what the quoted code waits for or calls."""
    told = _OF.search(match["what"] or "")
    if told is not None:
        return told[1].strip("`'")
    if re.match(r"\W*(?:if|for|while|switch|catch|except|case)\b", evidence.strip()):
        return ""
    if re.search(r"(?i)\b(?:body|block|loop|handler|function|method)\b", match["what"] or ""):
        return ""
    awaited = _AWAITED.search(evidence)
    call = awaited[1] if awaited is not None else called(evidence)
    return _LISTENING.sub("", call)  # what is listened to fails, and not the listening


def _does(order: str) -> str:
    """Return what is done with an error, in the third person."""
    order = re.sub(r"\s(?:as|like)\s[\w.]+(?:\(\))?\s(?:does|do)$", "", order.strip())
    order = re.sub(r"^(\w+) (?:it|them)\b", r"\1 the error", order)
    if re.match(r"`?\w+(?:\.\w+)+", order):
        order = f"call {order}"
    said = with_verbs(order) if says_what_it_does(order) else declared(order)
    return re.sub(r"\band (return|stop|exit)$", r"and \1s", said)


def failing(match: re.Match[str], clause: Clause) -> str:
    """Return what is done where something fails, and that nothing was until now."""
    does, call = _does(match["does"]), _failing_call(match, clause.evidence)
    if not does:
        return ""
    when = f"When `{call}` fails" if call else "On an error there"
    does = re.sub(r"\s(?:on|for|in case of)\s(?:any\s|an\s|all\s)?(?:errors?|failures?)$", "", does)
    return f"{when}, it {does}; what the error did until now, it does no more."


def failing_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees where something fails."""
    does, call = _does(match["does"]), _failing_call(match, evidence)
    told = re.search(r"\s(?:on|when|if)\s", does)
    return (does if told else f"{does} when {call or 'it'} fails") if does else ""


def promise_seen(match: re.Match[str], _: str) -> str:
    """Return how a promise ends."""
    ends = "is rejected" if match["how"].lower() == "reject" else "is resolved"
    return f"its promise {ends} {match['when'].strip()}"


def failed_and_done(match: re.Match[str], clause: Clause) -> str:
    """Return what is done once a call fails; nothing of a word that the code does not call."""
    does = _does(match["does"])
    call = match["call"].strip("`")
    called_there = clause.today.function is not None and clause.today.mentions(
        f"{call.removesuffix('()')}("
    )
    if "." not in call and not called_there:
        return ""
    undone = _UNDOES.match(match["does"]) is not None
    rest = ": a retry begins without it" if undone else ", where it went on until now"
    return f"When `{call}` fails, it {does}{rest}." if does else ""


def failed_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees once a call fails."""
    does = _does(match["does"])
    return f"{does} when {match['call'].strip('`')} fails" if does else ""


def promise_ended(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who meets the end of a promise that never came."""
    when, sites = match["when"].strip(), clause.today.callers()
    ends = "is rejected" if match["how"].lower() == "reject" else "is resolved"
    first = f"Its promise {ends} {when}, where who waited for it got no answer."
    if not sites:
        return first
    must = "must" if len(sites) > 1 else "has to"
    return Said(f"{first} {named(sites)} {must} handle that.", tuple(one.place for one in sites))


def accepted_only(match: re.Match[str], _: Clause) -> str:
    """Return what becomes of anything else: it is refused, or what the next order says."""
    what, *behind = orders(match["what"].strip(" `."))
    other = re.sub(r",?\s(?:otherwise|instead|else)$", "", behind[0]) if behind else ""
    does = declared(other) if other != (behind[0] if behind else "") else ""
    if does:
        return f"For anything but {what} it {does}, where it was taken until now."
    return f"Anything but {what} is refused, where it was taken until now."


def in_thread(_: re.Match[str], clause: Clause) -> str:
    """Return what runs beside the rest."""
    call = called(clause.evidence)
    what = f"`{call}`" if call else "It"
    return (
        f"{what} runs beside other requests: it waits for a free thread, and what it uses is used"
        " by several at once."
    )


def done_only(match: re.Match[str], _: Clause) -> str:
    """Return what is done under a condition alone; empty where the order's verb is not known."""
    verb, *rest = match["does"].strip(" `").split(" ")
    if verb.lower() not in VERBS:
        return ""
    does = declared(match["does"].strip(" `")) or " ".join([third_person(verb.lower()), *rest])
    return f"It {does} only {match['when'].strip(' .')}: else that is not done any more."


def done_first(match: re.Match[str], _: Clause) -> str:
    """Return what an early end takes longer for."""
    end, what = f"{match['where']}{match['rest']}".strip(), match["what"].strip(" `")
    return f"{what} is called before {end}: that end takes its time, too, and can fail in it."


def text_thrown(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who meets an error, or an answer, that is only a text."""
    if re.match(r"(?i)answer", match[0]):
        return f"Answers {match['text']} {match['when']}, where it went on until now."
    first = f"Ends with {match['text']} {match['when']}, where it went through until now."
    loose = clause.today.loose("Error")
    if not loose:
        return first
    verb = "does" if len(loose) == 1 else "do"
    return Said(f"{first} {named(loose)} {verb} not catch it.", tuple(each.place for each in loose))


def fallen_back(match: re.Match[str], clause: Clause) -> str:
    """Return what goes on with a value that stands for many."""
    new, when = match["new"].strip(" `"), match["when"].strip()
    first = f"It goes on with {new} {when}, which it did not until now."
    kept = _SET_BY.search(clause.evidence)
    if kept is not None and _SHARED_KEY.search(kept[1]) and re.match(r"['\"]", new):
        return f"{first} All of these share one `{kept[1]}`."
    return first


def assigned(match: re.Match[str], _: Clause) -> str:
    """Return what is lost of what a name held."""
    name, value = match["name"].strip(" `"), match["value"].strip()
    then = (match["then"] or "").rstrip()
    return f"`{name}` is {value}{then}: what it held is gone for whoever reads it from then on."


def answered_more(match: re.Match[str], clause: Clause) -> str:
    """Return who meets a field more in an answer."""
    what = match["what"].strip(" `")
    routes = clause.today.routes
    who = f"clients of {routes} that refuse" if routes else "a reader that refuses"
    they = "they do" if routes else "it does"
    return f"The answer has {what} besides: {who} fields {they} not know must be changed first."


def handed_in(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who must hand in what is made there until now."""
    what, sites = match["what"].strip(" `"), clause.today.callers()
    first = f"Whoever makes or calls it must hand in {what} from then on"
    if not sites:
        return f"{first}."
    return Said(f"{first}: {named(sites)}.", tuple(one.place for one in sites))


def with_login(_: re.Match[str], clause: Clause) -> str:
    """Return who is refused without a login."""
    where = clause.today.routes
    what = f"calls {where}" if where else "gets there"
    return f"Who {what} without a login is refused from then on, scripts and other services too."


def stopped(match: re.Match[str], _: Clause) -> str:
    """Return what a timer no longer does."""
    what, where = match["what"].strip(" `"), match["where"].strip()
    shown = what if " " in what else f"`{what}`"
    return begun(f"{shown} no longer fires {where}: what it still had to do then is not done.")
