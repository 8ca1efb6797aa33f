"""What an order changes of the quoted line: what is compared, read, handed on, or guarded there."""

from __future__ import annotations

import re

from mendbook.changes.branches import loop_of
from mendbook.changes.imperatives import VERBS, third_person
from mendbook.changes.sort_rows import begun, called
from mendbook.changes.today import Clause
from mendbook.model import Citation, Said
from mendbook.text.phrasing import listed

_MEMBER = re.compile(r"(?P<owner>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\.(?P<name>[\w$]+)")
_CALLED_WITH = re.compile(r"(?P<by>[A-Za-z_$][\w$.]*)\(.+\)$")
_HASHED = re.compile(r"(?i)compare|equal|digest|verify|bcrypt|timing")
"""Functions that compare by themselves: their result is not what is compared."""
_RECEIVER = re.compile(r"func\s*\((\w+)\s")
_LOCK = re.compile(r"(?i)lock|mutex|semaphore|mtx|^mu$")
_FEW = 3
_AGAIN = re.compile(
    r"(?i)\b(?:endless\w*|infinite\w*|for ever|forever|without (?:any )?(?:limit|bound|end)"
    r"|unbounded|no limit|never (?:gives up|stops)|recurs\w*|over and over)\b"
)
_BLOCKS = (
    (re.compile(r"\b(?:for|while|loop|each|every)\b"), "loop"),
    (re.compile(r"\b(?:try)\b"), "try"),
    (re.compile(r"\b(?:except|catch|rescue|error)\b"), "catch"),
    (re.compile(r"\b(?:lock|mutex)\b"), "lock"),
)
_INTO = {
    "loop": "{what} runs in each round of the loop, and not at all where it has none.",
    "try": "An error of {what} is caught there, and no longer reaches the callers by itself.",
    "catch": "{what} runs only after an error from then on, where it ran each time.",
    "lock": "{what} waits for the lock, and whoever waits for that waits for it too.",
    "": "{what} runs only where that branch is taken, where it ran each time until now.",
}
_OUT_OF = {
    "loop": "{what} runs once, and no longer in each round of the loop.",
    "try": "An error of {what} is no longer caught there: it reaches the callers.",
    "catch": "{what} also runs where there was no error.",
    "lock": "{what} no longer waits for the lock: what others change meanwhile meets it.",
    "": "{what} also runs where that branch is not taken, where it did not until now.",
}


def told_nothing(match: re.Match[str], _: Clause) -> str:
    """Return whose callers get an error that they were not told of."""
    names = re.sub(r"\bfrom\s", "", match["names"].strip(" `."))
    return f"Callers of {names} get {match['what'].strip('`')} where they were told nothing."


def compared(match: re.Match[str], clause: Clause) -> str:
    """Return what matches from then on that did not until now."""
    first, second = (match[side].strip(" `") for side in ("a", "b"))
    if not all(re.search(r"[._(]|[a-z][A-Z]", each) for each in (first, second)):
        return ""
    forms = [_CALLED_WITH.fullmatch(each) for each in (first, second)]
    by = next((form["by"] for form in forms if form is not None), "")
    if _HASHED.search(by) or (by and by in clause.evidence):
        return ""
    if by:
        return (
            f"`{first}` is compared with `{second}`: two that differ only in what `{by}` levels"
            " are the same from then on."
        )
    return f"`{first}` is compared with `{second}` from then on, where something else was."


def copy_given(match: re.Match[str], clause: Clause) -> str:
    """Return what callers no longer share."""
    held = re.match(r"\s*return\s+([\w$.>-]+);?\s*$", f"{clause.evidence.strip()}\n")
    of = f" of `{held[1]}`" if held is not None else ""
    return (
        f"Callers get a {match['what']}{of}: what they change in it stays theirs, and they do not"
        " see what changes afterwards."
    )


def any_case(_: re.Match[str], clause: Clause) -> str:
    """Return that capitals do not count any more."""
    where = f" in line {clause.today.line}" if clause.today.line else ""
    return f"Capitals no longer count{where}: two that differ only in them are the same."


def other_member(match: re.Match[str], clause: Clause) -> str:
    """Return which member is read in place of which; empty where the line reads none beside it."""
    written = f"{clause.evidence}\n{_line(clause)}"
    new = _MEMBER.fullmatch(match["new"].strip(" `"))
    if new is None:
        return ""
    old = {
        each[0]
        for each in _MEMBER.finditer(written)
        if each["owner"] == new["owner"] and each["name"] != new["name"]
    }
    if len(old) != 1 or new[0] in re.findall(r"[\w$.]+", written):
        return ""
    at = f" in line {clause.today.line}" if clause.today.line else ""
    return f"`{new[0]}` is read{at} in place of `{next(iter(old))}`."


def _line(clause: Clause) -> str:
    """Return the line of the place as it stands; the audit may quote a part of it."""
    lines = (clause.today.snapshot.get(clause.today.path) or "").splitlines()
    return lines[clause.today.line - 1] if 0 < clause.today.line <= len(lines) else ""


def handed_other(match: re.Match[str], clause: Clause) -> str:
    """Return what a call is given in place of what; empty where the line does not give that."""
    new, old = (match[side].strip(" `") for side in ("new", "old"))
    call = called(clause.evidence)
    if not call or old not in clause.evidence or new == old or _calls_it(call, old):
        return ""
    return f"`{call}` gets `{new}` where it got `{old}`."


def handed_other_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees a call be given."""
    new, old = (match[side].strip(" `") for side in ("new", "old"))
    call = called(evidence)
    given = call and old in evidence and not _calls_it(call, old)
    return f"hands {new} and not {old} to {call}" if given else ""


def _calls_it(call: str, name: str) -> bool:
    """Tell whether ``name`` is what is called, by its whole name or its end."""
    bare = name.partition("(")[0]
    return call == bare or call.endswith(f".{bare}")


def moved(match: re.Match[str], clause: Clause) -> Said | str:
    """Return how often, or in which case, something runs that is moved across a block's edge."""
    what, where = match["what"].strip(" `"), match["block"]
    kind = next((name for pattern, name in _BLOCKS if pattern.search(where)), "")
    words = (_OUT_OF if match["how"].lower().startswith(("out", "behind", "after")) else _INTO)[
        kind
    ]
    shown = what if " " in what and not re.search(r"[=(.+]", what) else f"`{what}`"
    if (
        kind == "loop"
        and clause.today.line
        and loop_of(clause.today) is None
        and "no longer" in words
    ):
        return ""
    places = (Citation(clause.today.path, clause.today.line),) if clause.today.line else ()
    return Said(begun(words.format(what=shown)), places)


def finer_lock(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what runs at the same time once a lock is held for one thing alone."""
    of = (match["of"] or match["each"] or "").strip(" `")
    who = f"Calls for another {of}" if of else "Calls that one lock kept apart"
    shared = _shared(clause)
    if not shared:
        return f"{who} run at the same time: what they have in common must bear that."
    names, places = listed([f"`{name}`" for name in shared]), clause.today.line
    verb = "is" if len(shared) == 1 else "are"
    words = f"{who} run at the same time: {names} {verb} then used by several at once."
    return Said(words, (Citation(clause.today.path, places),) if places else ())


def _shared(clause: Clause) -> list[str]:
    """Return the members that the function uses besides its locks and what it calls."""
    function = clause.today.function
    if function is None:
        return []
    text = function.text()
    receiver = _RECEIVER.match(text)
    own = receiver[1] if receiver is not None else "self|this"
    members = re.finditer(rf"(?<![\w.])(?:{own})\.(?P<name>[A-Za-z_]\w*)", text)
    names = (match[0] for match in members if not _LOCK.search(match["name"]))
    called_too = {match[0] for match in re.finditer(r"[\w.]+(?=\()", text)}
    return [name for name in dict.fromkeys(names) if name not in called_too][:_FEW]


def fewer_tries(match: re.Match[str], clause: Clause) -> str:
    """Return who is given up sooner; empty where nothing is tried again today."""
    most = match["most"].strip()
    itself = clause.today.is_symbol(called(clause.evidence))
    if not itself and not _AGAIN.search(clause.told) and loop_of(clause.today) is None:
        return ""
    return f"It is given up after {_TRIES.get(most, most)}: what came through later ends otherwise."


_TRIES = {"once": "one more try", "twice": "two more tries"}


def bounded(match: re.Match[str], _: Clause) -> str:
    """Return who waits once as many run as may."""
    what = (match["what"] or "").strip(" `")
    who = f"of {what} " if what else ""
    return (
        f"Once as many {who}run as may, the next waits: one that never ends keeps its place, and"
        " what waits comes later."
    )


def flag_set(match: re.Match[str], clause: Clause) -> str:
    """Return who meets a flag earlier or later than today; empty for no flag."""
    name, value = match["name"].strip(" `"), match["value"]
    then = match["then"].strip(" .")
    last = name.rpartition(".")[2]
    own = re.search(rf"(?i)\b{re.escape(last)}\b", clause.evidence) is not None
    first = f"`{name}` is {value} {then}"
    if own:
        now = f"{first}, and no longer only in line {clause.today.line}"
        return f"{now}: who looks in between sees that."
    return f"{first}, where it kept its value until now: who looks at it from then on sees that."


def kept_zero(_: re.Match[str], clause: Clause) -> str:
    """Return which given values count where only missing ones are replaced."""
    held = re.search(
        r"(?P<given>[\w$.?\])]+)\s*(?:\|\||\bor\b)\s*(?P<else>[^;,)\n]+)", clause.evidence
    )
    if held is None:
        return ""
    other = held["else"].split("//")[0].strip()
    return (
        f"0, false and an empty text of `{held['given']}` are kept, where `{other}` took their"
        " place until now."
    )


def kept_zero_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a value that is empty and yet given."""
    held = re.search(r"(?P<given>[\w$.?\])]+)\s*(?:\|\||\bor\b)\s*[^;,)\n]+", evidence)
    return f"keeps a {held['given']} of 0" if held is not None else ""


def unwrapped(match: re.Match[str], clause: Clause) -> str:
    """Return that an argument is taken as it is where a call around it goes."""
    call = match["call"].strip("` ").removesuffix("()")
    inner = re.search(rf"(?<![\w.]){re.escape(call)}\(", clause.evidence)
    if re.search(rf"[\w)\]]\.{re.escape(call)}\(\)", clause.evidence):
        return f"Line {clause.today.line} takes as it is what went through `{call}` until now."
    if inner is None or (
        clause.evidence.strip().rstrip(";").endswith(")")
        and (clause.evidence.strip().startswith(f"{call}("))
    ):
        return ""
    return f"Line {clause.today.line} takes as it is what went through `{call}` until now."


def moved_behind(match: re.Match[str], clause: Clause) -> Said | str:
    """Return in which case something is no longer done that stood before what may end it."""
    what, end = _moved_thing(match, clause.evidence), match["end"].strip()
    places = (Citation(clause.today.path, clause.today.line),) if clause.today.line else ()
    return Said(
        begun(f"{what} no longer runs where the {end} ends it, where it ran each time."), places
    )


def moved_behind_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees where what may end it does."""
    what = _moved_thing(match, evidence).replace("`", "")
    return f"{what} does not run where the {match['end'].strip()} ends it"


def _moved_thing(match: re.Match[str], evidence: str) -> str:
    """Return what is moved by its name: *the call* is what the line calls."""
    what, call = match["what"].strip(" `"), called(evidence)
    spoken = re.fullmatch(r"(?i)(?:it|this|that|the (?:call|line|statement))", what)
    if spoken is not None and call:
        return f"`{call}`"
    return f"`{what}`" if re.search(r"[=(.+]", what) else what


def only_when(match: re.Match[str], clause: Clause) -> str:
    """Return what is done in one case alone, and that it is no longer in the others."""
    does = _done_only(match, clause.evidence, mark="`")
    return begun(f"{does}, and no longer in the other cases.") if does else ""


def only_when_seen(match: re.Match[str], evidence: str) -> str:
    """Return what is done in one case alone."""
    return _done_only(match, evidence, mark="").removeprefix("it ")


def _done_only(match: re.Match[str], evidence: str, mark: str) -> str:
    verb, what, when = (match[part].strip(" `.") for part in ("verb", "what", "when"))
    call = called(evidence)
    if what in {"it", "this", "that", "them"}:
        return f"{mark}{call}{mark} runs only {when}" if call else ""
    return f"it {third_person(verb)} {what} only {when}" if verb in VERBS else ""


def handed_besides(match: re.Match[str], clause: Clause) -> str:
    """Return what a call of the line is given one thing more; empty where it calls nothing."""
    call, new = called(clause.evidence.replace("?.", ".")), match["new"].strip(" `")
    if _TIME_LIMIT.match(new):
        return ""
    return f"`{call}` gets `{new}` besides." if call and new not in clause.evidence else ""


def handed_besides_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees a call be given."""
    call, new = called(evidence.replace("?.", ".")), match["new"].strip(" `")
    if _TIME_LIMIT.match(new):
        return ""
    return f"hands {new} to {call}" if call and new not in evidence else ""


def gone_through(match: re.Match[str], clause: Clause) -> str:
    """Return what a loop goes through in place of what; empty for a line that is no loop."""
    held = _GOES_THROUGH.search(clause.evidence)
    over = match["over"].strip(" `.")
    if held is None or over == held["over"]:
        return ""
    return f"The loop goes through {over}, where it went through `{held['over']}`."


def same_in_any_case(match: re.Match[str], clause: Clause) -> str:
    """Return that capitals do not count, or that they did not before either."""
    if _LOWERED.search(clause.evidence):
        return "None is meant: capitals did not count there before."
    return any_case(match, clause)


_TIME_LIMIT = re.compile(r"(?i)\w*(?:time_?out|deadline)\w*\s*=\s*\d")
"""An argument that says how long is waited: what that means is told as such."""
_GOES_THROUGH = re.compile(
    r"\bfor\b.*?\b(?:of|in|range)\s+(?P<over>[A-Za-z_$][\w$.]*(?:\([^()]*\))?)"
)
_LOWERED = re.compile(r"(?i)lower|casefold|upper")
