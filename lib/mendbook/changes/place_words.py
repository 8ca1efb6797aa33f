"""What an order can break where it stands: read from the branch, the loop and the exits there."""

from __future__ import annotations

import re

from mendbook.changes.branches import branch_of, ends_in, failing_calls, loop_of
from mendbook.changes.imperatives import VERBS, declared, third_person
from mendbook.changes.sort_rows import begun, called
from mendbook.changes.today import Clause, Today, named
from mendbook.model import Citation, Said
from mendbook.text.brackets import parted
from mendbook.text.phrasing import listed

_AWAITED = re.compile(r"\bawait\s+([\w$.]+)")
_SET = re.compile(
    r"(?:(?:const|let|var|val|final|auto)\s+)*[\w$.]+\s*(?::\s*[\w<>. ]+)?\s*:?=(?!=)"
)
_ENDS_ITSELF = re.compile(r"(?:return|throw|raise|break|panic)\b")
_GIVES_ERROR = re.compile(
    r"\breturn\b.*(?:\berr(?:[A-Z]\w*)?\b|\bErr[A-Z]\w*|Errorf\(|errors\.New\(|\bErr\()|\b(?:throw|raise)\b"
)
_ENDS_PROCESS = re.compile(
    r"\b(?:log(?:ger)?\.Fatal\w*|os\.(?:Exit|_exit)|process\.(?:exit|abort)|sys\.exit"
    r"|System\.exit|Environment\.Exit|std::process::exit|die|exit)\("
    r"|\bpanic!?\("
)
_STATUS = re.compile(r"(?<![\w.])[2-5]\d\d(?![\w.])")
_PASSES_BY = re.compile(r"(?i)^(?:skip|pass over|ignore|leave out)\b")
_HANDED_IN = re.compile(r"(?:callback|cb|done|next|fn|handler|resolve|on[A-Z_]\w*)$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_RUNS = {"move", "put", "do", "run", "call", "make", "place", "invoke", "execute", "have"}
"""Orders whose object is what runs: *move the call into a finally block*."""
_JOINTS = re.compile(r",?\s(?:and|but)\s(?:then\s)?(?P<verb>[a-z]+)\b")
_COMPARES = re.compile(r"(?P<a>[^<>=!&|]+?)\s*(?P<op>[<>]=?)\s*(?P<b>[^<>=!&|]+)")
_IRREGULAR = {"put": "put", "set": "set", "reset": "reset", "undo": "undone", "give": "given"}
_ORDINAL = ("first", "second", "third", "fourth", "fifth")
_SPOKEN = re.compile(r"[a-z]+\s(?!=>)[a-z]+\b")
"""Words of a sentence, and no code."""


def in_the_end(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what is also done where an error leaves, and where that error ends."""
    what, verb = (match["what"] or "").strip(" `"), (match["verb"] or "").lower()
    if _rejected(clause.order):
        fails, ends = "when what came before it failed", ""
    else:
        caught = ends_in(clause.today)
        fails = _when_left(clause)
        ends = "; the error still reaches the callers, unless one in the block takes its place"
        ends = f"; the error still ends in line {caught.first}" if caught is not None else ends
    if not what or not verb or re.match(r"(?i)(?:it|them|this|that)\b", what):
        return f"What the `finally` block does is also done {fails}{ends}."
    if verb in _RUNS:
        return begun(f"{what} also runs {fails}{ends}.")
    verb_is = "are" if re.search(r"[^s]s$", what) else "is"
    return begun(f"{what} {verb_is} also {_participle(verb)} {fails}{ends}.")


def in_the_end_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees of what is also done where an error leaves."""
    what, verb = (match["what"] or "").strip(" `"), (match["verb"] or "").lower()
    if not what or verb not in VERBS or re.match(r"(?i)(?:it|them|this|that)\b", what):
        return ""
    awaited = _AWAITED.search(evidence)
    fails = f"when {awaited[1]} fails" if awaited is not None else "when an error ends it early"
    if _rejected(match.string):
        fails = "when what came before it failed"
    if verb in _RUNS:
        return f"{what} also runs {fails}"
    return f"{third_person(verb)} {what} also {fails}"


def on_each_error_seen(match: re.Match[str], _: str) -> str:
    """Return what is done in each branch for errors, with the words for those branches."""
    return declared(match[0])


def called_back_seen(match: re.Match[str], _: str) -> str:
    """Return that what was handed in is called; nothing of another call, which no test sees."""
    what = match["what"].strip(" `")
    name = what.partition("(")[0].rpartition(" ")[2].rpartition(".")[2]
    return f"calls {what}{match['rest'].rstrip(' .')}" if _HANDED_IN.fullmatch(name) else ""


def _rejected(order: str) -> bool:
    """Tell whether the ``finally`` is that of a promise: nothing leaves a function there."""
    return re.search(r"(?i)finally`?(?:\(\))?\s(?:handler|callback)|\.finally\b", order) is not None


def _when_left(clause: Clause) -> str:
    awaited = _AWAITED.search(clause.evidence)
    opened = _SET.match(clause.evidence.strip()) is not None
    call = awaited[1] if awaited is not None else called(clause.evidence)
    own = re.search(rf"(?i)\b{re.escape(call.rpartition('.')[2])}\b", clause.order)
    if call and own is None and (awaited is not None or not opened):
        return f"when `{call}` fails"
    if not clause.today.line:
        return "when an error leaves"
    side = "behind" if opened else "before"
    return f"when an error comes {side} line {clause.today.line}"


def _participle(verb: str) -> str:
    """Return ``closed``, ``stopped``, ``denied`` of a verb."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) is not None
    return f"{verb}{verb[-1]}ed" if doubled or verb == "cancel" else f"{verb}ed"


def passed_by(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what the loop around the place leaves out, and what ended it there until now."""
    loop, today = loop_of(clause.today), clause.today
    what = _one_order(match["what"]).strip(" `")
    if loop is None or re.match(r"(?i)(?:it|them|this|that)\b", what):
        return ""
    noun = re.split(r"\s(?:whose|that|which|who|of|with|without|in|from|for)\s", what)[0]
    verb = "are" if re.search(r"[^s]s$", noun) else "is"
    ended = f", which line {today.line} ended until now" if _ends_loop(today) else ""
    words = f"{what} {verb} passed over by {loop}{ended}: what comes behind still has its turn."
    return Said(begun(words), (Citation(today.path, loop.first, loop.last),))


def gone_on(_: re.Match[str], clause: Clause) -> Said | str:
    """Return that a loop is no longer left where it was."""
    loop, today = loop_of(clause.today), clause.today
    if loop is None or not _ends_loop(today) or _PASSES_BY.match(clause.whole):
        return ""
    words = f"Line {today.line} no longer ends {loop}: what comes behind still has its turn."
    return Said(words, (Citation(today.path, loop.first, loop.last),))


def _one_order(words: str) -> str:
    """Return ``words`` up to where another order begins: *a full till | and go on*."""
    for joint in _JOINTS.finditer(words):
        if joint["verb"] in VERBS | {"leave", "carry", "proceed"}:
            return words[: joint.start()]
    return words


def _ends_loop(today: Today) -> bool:
    return today.node is not None and _ENDS_ITSELF.match(today.node.text()) is not None


def left_off(match: re.Match[str], clause: Clause) -> Said | str:
    """Return what a loop that ends sooner no longer comes to."""
    loop = loop_of(clause.today)
    if loop is None:
        return ""
    when = _one_order(match["when"]).strip(" .")
    words = f"{begun(str(loop))} ends {when}: what comes behind is left out."
    return Said(words, (Citation(clause.today.path, loop.first, loop.last),))


def given_instead(match: re.Match[str], clause: Clause) -> str:
    """Return which of the values that a line returns is another, and when."""
    old = clause.evidence.strip().rstrip(";")
    new = match["new"].strip(" `;.")
    alone = clause.whole.strip(" `;.").lower() == match[0].strip(" `;.").lower()
    if not alone or not old.startswith("return ") or "\n" in old:
        return ""
    if _SPOKEN.search(_unquoted(new)):
        return ""
    pairs = [parted(text, ",") for text in (old.removeprefix("return "), new)]
    was, now = [[each.strip() for each in parts] for parts in pairs]
    other = [at for at in range(len(was)) if len(was) == len(now) and was[at] != now[at]]
    if len(other) != 1 or other[0] >= len(_ORDINAL):
        return ""
    at, branch = other[0], branch_of(clause.today)
    if (edge := _at_the_edge(was[at], now[at])) is not None:
        return f"When {edge[0]} callers get `{edge[2]}` instead of `{edge[1]}`."
    what = "Callers get" if len(was) == 1 else f"As {_ORDINAL[at]} value callers get"
    when = f" when {branch.when}" if branch is not None else ""
    return f"{what} `{now[at]}` instead of `{was[at]}`{when}."


def given_instead_seen(match: re.Match[str], evidence: str) -> str:
    """Return what is given in the one case that differs, where a comparison is another."""
    old, new = evidence.strip().rstrip(";"), match["new"].strip(" `;.")
    edge = _at_the_edge(old.removeprefix("return ").strip(), new)
    return f"returns {edge[2]} when {edge[0].replace('`', '')}" if edge is not None else ""


def _at_the_edge(was: str, now: str) -> tuple[str, str, str] | None:
    """Return when two comparisons differ, and what each gives there; None for others."""
    old, new = _COMPARES.fullmatch(was), _COMPARES.fullmatch(now)
    if old is None or new is None or (old["a"], old["b"]) != (new["a"], new["b"]):
        return None
    if {old["op"], new["op"]} not in ({">", ">="}, {"<", "<="}):
        return None
    held = "=" in old["op"]
    return f"`{old['a']}` equals `{old['b']}`", *(("true", "false") if held else ("false", "true"))


def _unquoted(code: str) -> str:
    return re.sub(r"\"[^\"]*\"|'[^']*'", "", code)


def called_back(match: re.Match[str], clause: Clause) -> str:
    """Return who goes on where a function that was handed in is called."""
    name = _handed_in(match["what"].strip(" `"), clause.today)
    if not name:
        return ""
    branch = branch_of(clause.today)
    rest = match["rest"].strip(" .,")
    when = f"when {branch.when}" if branch is not None else rest
    also = f" {when}" if when else ""
    callers = clause.today.callers()
    who = f"{named(callers)}, who hand it in, go" if len(callers) > 1 else "who handed it in goes"
    who = f"{callers[0]}, which hands it in, goes" if len(callers) == 1 else who
    return f"`{name}` is called{also}, where it was not until now: {who} on from there."


def _handed_in(what: str, today: Today) -> str:
    """Return the parameter of the function that ``what`` names; empty for none."""
    around = today.node
    functions = (
        []
        if around is None or today.kinds is None
        else [each for each in around.ancestors() if each.kind() in today.kinds.functions]
    )
    names: list[str] = []
    for function in functions:
        held = function.field("parameters") or function.field("parameter")
        names += _NAME.findall(held.text()) if held is not None else []
    code = what.partition("(")[0].rpartition(".")[2]
    if code in names:
        return code
    spoken = re.fullmatch(r"(?i)(?:the|its)\s(?:\w+\s)?(callback|handler|continuation)", what)
    alike = [name for name in dict.fromkeys(names) if _HANDED_IN.search(name)]
    return alike[0] if spoken and len(alike) == 1 else ""


def kept_running(_: re.Match[str], clause: Clause) -> str:
    """Return that the process goes on where a call ended it, and what who asked gets."""
    if not _ENDS_PROCESS.search(clause.evidence):
        return ""
    status, branch = _STATUS.search(clause.order), branch_of(clause.today)
    when = f" when {branch.when}" if branch is not None else clause.when
    routes = clause.today.routes
    who = f"clients of {routes} get" if routes else "who asked gets"
    gets = f", and {who} {status[0]}" if status is not None else ""
    return (
        f"The process goes on{when}, where it ended until now{gets}: what watches it sees no"
        " restart."
    )


def errors_returned(match: re.Match[str], clause: Clause) -> str:
    """Return who meets an error that ended there; nothing where callers get one already."""
    again = re.match(r"(?i)re-?(?:throw|raise)\b", match[0]) is not None
    if again and ends_in(clause.today) is None and not _in_handler(clause.today):
        return ""  # nothing catches it today
    if _ENDS_PROCESS.search(clause.evidence):
        return "The process no longer ends there: its callers get the error and must deal with it."
    if _GIVES_ERROR.search(clause.evidence):
        return ""
    return "Errors that ended there reach its callers, which have to deal with them."


def _in_handler(today: Today) -> bool:
    """Tell whether the line stands in a clause that catches; True where that is not read."""
    node, kinds = today.node, today.kinds
    if node is None or kinds is None:
        return True
    return any(each.kind() in kinds.catches for each in (node, *node.ancestors()))


def on_each_error(match: re.Match[str], clause: Clause) -> str:
    """Return what is done where any of the calls fails whose errors the function looks at."""
    failing, does = failing_calls(clause.today), declared(match["does"])
    if not failing or not does:
        return ""
    calls = listed([f"`{name}`" for name in failing]).replace(" and ", " or ")
    return f"When {calls} fails, it {does}, which it did not until now."


def in_one_job(match: re.Match[str], _: Clause) -> str:
    """Return what a job that is handed to something that runs jobs means to the others."""
    name = match["name"].strip("`").rstrip(".()")
    return (
        f"It runs as one job of `{name}`: it waits for those before it, and those behind it wait."
    )


def handed_on(match: re.Match[str], clause: Clause) -> str:
    """Return who else calls what is handed one thing more: they hand in none."""
    what, to = match["what"].strip("`"), match["to"].strip("`")
    if re.search(rf"(?<![\w.]){re.escape(to)}\(", clause.evidence) is None:
        return ""
    return f"`{to}` is handed `{what}` besides: its other callers go on without it."


def called_once(match: re.Match[str], clause: Clause) -> str:
    """Return that a function that was handed in is called once at most, where it is forgotten."""
    name = match["name"].strip("`")
    if name.rpartition(".")[2] != _handed_in(name, clause.today) or not _calls(
        name, clause.evidence
    ):
        return ""
    return f"`{name}` is called once at most: whoever counted on a second call waits for it."


def called_once_seen(match: re.Match[str], evidence: str) -> str:
    """Return that it is called once, where the line at issue calls it."""
    name = match["name"].strip("`")
    own = _HANDED_IN.search(name) is not None and "." not in name
    return f"calls {name} once at most" if own and _calls(name, evidence) else ""


def _calls(name: str, evidence: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}\(", evidence) is not None
