"""What calls are given: an option, one argument for several calls, two arguments that swap."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import (
    CODE,
    COUNT,
    GIVE,
    JOINT,
    NAME,
    OUGHT,
    VALUE,
    counted,
    named,
    pointed,
)
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    name_of,
    of_kinds,
    squeezed,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here, replaced
from mendbook.model import Operation

_PAIR = rf"(?:[A-Za-z_$][\w$]*: ?{VALUE}|{CODE})"
_PAIRS = rf"(?P<{{}}>{_PAIR}(?:{JOINT}{_PAIR})*)"
_HOLDER = (
    r"(?:client|instance|connection|pool|call|calls|request|query|options?|options object|config|"
    r"configuration|constructor|settings|server|store|worker|queue|agent|factory|router|cookie|"
    r"cookies|session|transport|scheduler|stream|socket|logger|cache)"
)
_WHO = rf"(?:(?:options?|config|call|arguments?) (?:of|to|for) )?(?P<{{}}>{NAME})(?: {_HOLDER})*"
_NEEDS = r"(?:needs?|lacks?|misses|takes?|wants?|requires?)"
_GETS = r"(?:get|have|take|be given|use|set|receive|pass|be called with|be created with|specify)"
_OPTION = re.compile(
    rf"{_WHO.format('w1')} (?:{_NEEDS}|{OUGHT} {_GETS}) {_PAIRS.format('p1')}"
    rf"|(?:give|configure|create|construct|call|open|build|supply|provide|set up) "
    rf"{_WHO.format('w2')} (?:with )?{_PAIRS.format('p2')}"
    rf"|{GIVE} {_PAIRS.format('p3')} (?:to|on|in|for|at|when creating|when calling) "
    rf"{_WHO.format('w3')}"
    rf"|{_PAIRS.format('p4')} is missing (?:in|on|from|at) {_WHO.format('w4')}",
    re.IGNORECASE,
)


def option(work: Work, ask: Ask) -> StepEdits | None:
    """*`open` needs retries: 3*: an option of the one call that is named, or held by the name."""
    scene = work.scene
    told = _OPTION.fullmatch(ask.text)
    if told is None:
        return None
    at = next(one for one in "1234" if told[f"w{one}"])
    pairs = [_pair(ask, one) for one in re.split(JOINT, told[f"p{at}"])]
    call = _call_of(scene, ask.called(told[f"w{at}"]))
    if call is None or not all(pairs):
        return None
    given = arguments(call)
    options = given[-1] if given and given[-1].kind() == "object" else None
    if options is None:
        return None
    held = {name_of(one) for one in options.named_children()}
    if held & {key for key, _ in filter(None, pairs)} or "..." in options.text():
        return None
    items = [quoted_as_here(scene, f"{key}: {value}") for key, value in filter(None, pairs)]
    said = f"give {callee_text(call)} {', '.join(items)}"
    return step_edits(
        scene, Operation.ADD, said, [add_item(scene, options, ", ".join(items))], items
    )


def _pair(ask: Ask, text: str) -> tuple[str, str] | None:
    """Return the key and the value of one option; None for what is no pair."""
    told = re.fullmatch(rf"([A-Za-z_$][\w$]*): ?({VALUE})", text)
    if told is not None:
        return told[1], ask.code(told[2])
    code = ask.code(text)
    plain = re.fullmatch(r"\{?\s*([A-Za-z_$][\w$]*|'[\w-]+'|\"[\w-]+\"):\s*([^{},]+?)\s*\}?", code)
    return (plain[1], plain[2]) if plain is not None else None


def _call_of(scene: Scene, name: str) -> SgNode | None:
    """Return the one call that a name means: its callee, or the value of the variable."""
    calls = of_kinds(scene.root, scene.language.calls)
    called = [
        one
        for one in calls
        if re.fullmatch(rf"(?:.*\.)?{re.escape(name)}", callee_text(one), re.IGNORECASE)
    ]
    held = [
        value
        for one in of_kinds(scene.root, ("variable_declarator", "public_field_definition", "pair"))
        if name_of(one) == name and (value := value_of(one)) is not None
        and value.kind() in scene.language.calls
    ]  # fmt: skip
    for nodes in (called, held):
        near = pointed(scene, nodes)
        if len(near) == 1:
            return near[0]
    return None


_NOUN = r"(?:[a-z-]+ ){0,2}(?:of )?"
_AS = (
    rf"(?: as (?:{_NOUN})?(?:second|third|last|argument|parameter|[a-z]+)"
    r"(?: argument| parameter)?)?"
)
_CALLS = rf"(?P<n{{0}}>{COUNT} )?(?:calls (?:of|to) )?(?P<f{{0}}>{NAME})(?: calls?)?"
_ARGUMENT = re.compile(
    rf"(?:give|call) {_CALLS.format(1)} (?:with )?{_NOUN}(?P<v1>{VALUE}){_AS}"
    rf"(?: in (?P<m1>both|all|two|three) (?:places|calls))?"
    rf"|(?:pass|add|give|hand|supply|provide|specify|set|use) {_NOUN}(?P<v2>{VALUE}){_AS} "
    rf"(?:to|in|on|of|for) {_CALLS.format(2)}"
    rf"|{_CALLS.format(3)} (?:{_NEEDS}|{OUGHT} {_GETS}) {_NOUN}(?P<v3>{VALUE}){_AS}"
    rf"|use (?P<shown>{CODE}) (?:for|in) (?P<n4>both|all)(?: calls| places)?",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"(?P<name>[\w$.]+)\((?:…|\.\.\.|[\w$.]+),\s*(?P<value>[^,()]+)\)")


def argument_of_each(work: Work, ask: Ask) -> StepEdits | None:
    """*Give both `read` calls 'utf8'*: as the next argument of as many calls as the word counts."""
    scene = work.scene
    told = _ARGUMENT.fullmatch(ask.text)
    if told is None:
        return None
    shown = _SHOWN.fullmatch(ask.code(told["shown"])) if told["shown"] else None
    at = next((one for one in "123" if told[f"v{one}"]), "")
    if not at and shown is None:
        return None
    name = named(ask, told[f"f{at}"]) if at else shown["name"] if shown else ""
    value = ask.code(told[f"v{at}"]) if at else shown["value"] if shown else ""
    count = (told[f"n{at}"] or told["m1"] or "") if at else told["n4"]
    if not count or not re.fullmatch(r"-?[\d_.]+|'[^']*'|\"[^\"]*\"|true|false", value):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if name and re.fullmatch(rf"(?:.*\.)?{re.escape(name)}", callee_text(one))
    ]
    targets = counted(scene, calls, count.split()[0])
    if not targets:
        return None
    given = {len(arguments(one)) for one in targets}
    if given != {1} or re.search(r"\b(?:first|third|fourth)\b", ask.text):
        raise Abstain(f"the calls of {name} are not given one argument each")
    value = quoted_as_here(scene, value)
    edits = [insert(end(arguments(one)[0]), f", {value}") for one in targets]
    return step_edits(scene, Operation.ADD, f"give {name} {value}", edits, [value])


_ARGS = r"(?:two |both )?(?:arguments|parameters|args|operands)"
_SWAP = re.compile(
    rf"(?:swap|exchange|reverse|flip|switch|turn around)(?: order of)? {_ARGS}"
    rf"(?: (?:of|to|in|for|passed to|given to) (?:call (?:of|to) )?(?P<f1>{NAME})(?: call)?)?"
    rf"(?: around)?"
    rf"|{_ARGS} (?:of|to|in) (?P<f2>{NAME}) (?:are|were) (?:swapped|reversed|(?:given )?in wrong "
    rf"order|wrong way round)(?:: swap them)?"
    rf"|(?P<f3>{NAME})(?:'s)? {_ARGS} {OUGHT} be (?:swapped|reversed|exchanged)"
    rf"|{_ARGS} (?:of|to|in) (?P<f4>{NAME}) {OUGHT} be (?:swapped|reversed|exchanged)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"(?:(?:pass|give|hand(?: over)?|put) )?(?P<a>{NAME}) (?:goes |comes |{OUGHT} (?:be|come|go)"
    rf" )?"
    rf"first,?(?: and| then)?(?: then)? (?P<b>{NAME})(?: second)?",
    re.IGNORECASE,
)


def swapped_arguments(work: Work, ask: Ask) -> StepEdits | None:
    """*Swap the arguments of `f`*: of the one call with two of them that the finding points at."""
    scene = work.scene
    told, first = _SWAP.fullmatch(ask.text), _FIRST.fullmatch(ask.text)
    if told is None and first is None:
        return None
    calls = [one for one in of_kinds(scene.root, scene.language.calls) if len(arguments(one)) == 2]
    calls = [one for one in calls if begins_in_quote(scene, one)] or pointed(scene, calls)
    if told is not None:
        mark = next((told[one] for one in ("f1", "f2", "f3", "f4") if told[one]), "")
        name = named(ask, mark) if mark else ""
        calls = [one for one in calls if not name or _is_called(one, name)]
    elif first is not None:
        order = [ask.code(first["b"]), ask.code(first["a"])]
        calls = [
            one for one in calls if [squeezed(each.text()) for each in arguments(one)] == order
        ]
    if len(calls) != 1:
        return None
    one, other = arguments(calls[0])
    if squeezed(one.text()) == squeezed(other.text()):
        return None
    edits: list[Edit] = [replaced(one, other.text()), replaced(other, one.text())]
    said = f"swap the arguments of {callee_text(calls[0])}"
    text = f"({other.text()}, {one.text()})"
    return step_edits(scene, Operation.REPLACE, said, edits, [text])


def _is_called(call: SgNode, name: str) -> bool:
    return re.fullmatch(rf"(?:.*\.)?{re.escape(name)}", callee_text(call)) is not None


CALLS = (option, argument_of_each, swapped_arguments)
