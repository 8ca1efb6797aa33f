"""What Go and Java write in one way only: asked for in a few words, whatever they are.

A text is read so where it has no code but that of the idiom, and no word that asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert, step
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.go_locks import locked, unlocked_by_defer
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote, touches_quote
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee,
    callee_text,
    end,
    function_around,
    of_kinds,
    parameters,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import line_after, replaced
from mendbook.model import Operation

_MORE = re.compile(
    r"\b(?:remove|drop|delete|rename|log|not|never|or|either|unless|both|all|each|every|twice"
    r"|everywhere|move|extract|add a|test|before|only|when|if|around|release|explicitly)\b|n't\b"
    r"|\binstead of (?:using )?(?:a )?defer"
    r"|\band\s+(?!(?:pass|hand|defer|use|propagate|unlock)\b)[a-z]+",
    re.IGNORECASE,
)
"""Words of a second thing to do, or of doubt."""


def idiom(work: Work) -> StepEdits | None:
    """Return the edit of the one idiom that the text asks for; None where it asks for none."""
    text = work.task.finding.fix.strip()
    go = work.scene.language.name == "go"
    if go and (unlocked := unlocked_by_defer(work.scene, text)) is not None:
        return unlocked
    masked, codes = scan(text)
    if _MORE.search(masked):
        return None
    for form in _GO if go else _JAVA:
        if (step := form(work.scene, masked, codes)) is not None:
            return step
    return None


def _step_edits(
    scene: Scene, operation: Operation, said: str, edits: Iterable[Edit], *adds: str
) -> StepEdits:
    return StepEdits(operation, said, edits_in(scene, edits), adds=adds)


def _wrapped_error(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``return fmt.Errorf("…: %w", err)``: the bare error of the quoted return, with words."""
    told = [
        one.text.removeprefix("return ")
        for one in codes
        if re.match(r"(?:return\s+)?(?:fmt\.Errorf|errors\.\w+)\(.*\)$", one.text, re.DOTALL)
    ]
    rest = [one for one in codes if not one.text.endswith(")") and one.text not in {"err", "%w"}]
    bare = [
        value
        for one in of_kinds(scene.root, ("return_statement",))
        if begins_in_quote(scene, one) and one.named_children()
        for value in one.named_children()[0].named_children()[-1:]
        if value.kind() == "identifier" and _is_checked(value)
    ]
    if len(told) != 1 or len(codes) - len(rest) > 2 or rest or len(bare) != 1:
        return None
    if not re.search(rf"\(.*\b{re.escape(bare[0].text())}\b.*\)", told[0], re.DOTALL):
        return None
    said = f"return `{told[0]}` in the place of `{bare[0].text()}`"
    return _step_edits(scene, Operation.REPLACE, said, [replaced(bare[0], told[0])], told[0])


def _is_checked(value: SgNode) -> bool:
    """Tell whether an error is not nil where it stands: words around nil are an error."""
    tested = re.compile(rf"\b{re.escape(value.text())}\s*!=\s*nil\b")
    return any(
        one.kind() == "if_statement" and tested.search(text_of(one.field("condition")))
        for one in value.ancestors()
    )


def _deferred(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``defer f.Close()``: behind the check of the error of what opens ``f``."""
    if not re.search(r"\bdefer", scene.task.finding.fix, re.I) or len(codes) > 1:
        return None
    call = re.sub(r"^defer\s+", "", codes[0].text).rstrip(";") if codes else ""
    opened = _opened(scene)
    if not call and opened is not None and re.search(r"\bclose\b", masked, re.I):
        part = ".Body" if re.search(r"\bbody\b", masked, re.I) else ""
        call = f"{_names_of(opened)[0]}{part}.Close()"
    if call and re.fullmatch(r"\w+", call) and opened is not None and call in _names_of(opened):
        call = f"{call}.Close()"
    root = re.fullmatch(r"(\w+)(?:\.\w+)*\.Close\(\)", call)
    if root is None:
        return None
    homes = around(scene)
    setting = [
        one
        for home in homes
        for one in of_kinds(home, ("short_var_declaration", "assignment_statement"))
        if root[1] in _names_of(one)
    ]
    if len(homes) != 1 or len(setting) != 1:
        raise Unplaced(f"where `defer {call}` goes is not said")
    if re.search(rf"\bdefer\s+{re.escape(call)}", homes[0].text()):
        raise Abstain(f"`defer {call}` already stands there")
    at = _check_behind(setting[0]) if "err" in _names_of(setting[0]) else setting[0]
    if at is None:
        raise Abstain(f"the error of what sets {root[1]} is not checked right behind it")
    plain = [
        one
        for one in of_kinds(homes[0], ("expression_statement",))
        if squeezed(one.text()) == squeezed(call)
    ]
    if plain:
        raise Abstain(f"`{call}` is called there already, and would be called again")
    said = f"add `defer {call}` once it is open"
    return _step_edits(
        scene, Operation.CALL, said, [line_after(scene, at, f"defer {call}")], f"defer {call}"
    )


def _opened(scene: Scene) -> SgNode | None:
    declarations = [
        one
        for one in of_kinds(scene.root, ("short_var_declaration",))
        if begins_in_quote(scene, one)
    ]
    return declarations[0] if len(declarations) == 1 else None


def _names_of(one: SgNode) -> list[str]:
    left = one.field("left")
    return [each.text() for each in left.named_children()] if left is not None else [""]


def _check_behind(one: SgNode) -> SgNode | None:
    """Return the ``if err != nil`` that stands right behind a statement and leaves; or None."""
    behind = one.next()
    while behind is not None and not behind.is_named():
        behind = behind.next()
    tests = behind is not None and re.search(
        r"\berr\s*!=\s*nil", text_of(behind.field("condition"))
    )
    return behind if tests else None


def _error_compared(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``errors.Is(err, io.EOF)``: in the place of the quoted comparison of the same two."""
    told = [one.text for one in codes if one.text.startswith("errors.Is")]
    rest = [one for one in codes if not one.text.startswith("errors.Is") and one.text not in _SIGNS]
    if len(told) != 1 or rest:
        return None
    comparisons = [
        one for one in _comparisons(scene)
        if re.fullmatch(r"(?:\w+\.)?(?:Err\w+|EOF|\w*Err\w*)", one.named_children()[1].text())
    ]  # fmt: skip
    return _compared(scene, comparisons, told[0], lambda a, b: f"errors.Is({a}, {b})")


_SIGNS = {"==", "!=", "==="}


def _equals(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``equals``: in the place of the quoted comparison of two objects by ``==``."""
    text = scene.task.finding.fix
    named = re.search(r"\b(?:Objects\.)?equals\b", text)
    others = [
        one.text for one in codes
        if one.text not in _SIGNS and not re.search(r"equals(?:\(.*\))?$", one.text, re.DOTALL)
    ]  # fmt: skip
    if named is None or others or re.search(r"equalsIgnoreCase|\bhashCode\b|\boverride\b", text):
        return None
    whole = next((one.text for one in codes if re.search(r"equals\(.+\)$", one.text)), "")

    def make(left: str, right: str) -> str:
        if named[0].startswith("Objects"):
            return f"Objects.equals({left}, {right})"
        return f"{right}.equals({left})" if right[:1] == '"' else f"{left}.equals({right})"

    return _compared(scene, _comparisons(scene), whole, make)


def _comparisons(scene: Scene) -> list[SgNode]:
    return [
        one
        for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one)
        and text_of(one.field("operator")) in {"==", "!="}
        and not any(each.text() in {"null", "nil"} for each in one.named_children())
        and not any("literal" in each.kind() and each.text()[:1] != '"'
                    for each in one.named_children())
    ]  # fmt: skip


def _compared(
    scene: Scene, comparisons: list[SgNode], told: str, make: Callable[[str, str], str]
) -> StepEdits | None:
    if len(comparisons) != 1:
        return None
    left, right = (each.text() for each in comparisons[0].named_children())
    call = make(left, right)
    if told.endswith(")") and told.count("(") and squeezed(told) not in {
        squeezed(call), squeezed(make(right, left)), f"{call.partition('(')[0]}()",
    } and not told.endswith("()"):  # fmt: skip
        return None
    call = told if told.endswith(")") and not told.endswith("()") and "..." not in told else call
    text = call if text_of(comparisons[0].field("operator")) == "==" else f"!{call}"
    said = f"replace `{comparisons[0].text()}` with `{text}`"
    return _step_edits(scene, Operation.REPLACE, said, [replaced(comparisons[0], text)], call)


def _with_context(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``QueryContext`` with ``ctx``: the call that is quoted, by its form that takes a context."""
    text = scene.task.finding.fix
    name = re.search(r"\b(\w+)Context\b(?!\.|\w)", text)
    if name is None or name[1] in {"With", ""} or re.search(r"\w+Context\([^)]*,\s*[^.…\s)]", text):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and call_name(one) == name[1]
    ]
    if len(calls) != 1:
        return None
    function = function_around(calls[0], scene.language)
    given = _context(function) if function is not None else ""
    target = callee(calls[0])
    if not given or target is None or not re.search(r"\bctx\b|\bcontext\b", text, re.I):
        raise Abstain(f"which context {name[1]}Context is to have is not said")
    listed = calls[0].field("arguments")
    handed = arguments(calls[0])
    lead = f"{given}, " if handed else given
    edits = [
        insert(end(target), "Context"),
        insert(start(listed) + 1 if listed is not None else end(target), lead),
    ]
    wanted = f"{callee_text(calls[0])}Context({lead}"
    return _step_edits(scene, Operation.REPLACE, f"call `{wanted}…)`", edits, wanted)


def contexts(function: SgNode) -> list[str]:
    """Return the parameters of a Go function that are contexts, in their order."""
    return [
        each.text()
        for one in parameters(function)
        if text_of(one.field("type")) == "context.Context"
        for each in one.named_children()
        if each.kind() == "identifier"
    ]


def _context(function: SgNode) -> str:
    """Return the one context that a function has: a parameter, or that of its request."""
    names = contexts(function)
    asked = [
        f"{text_of(one.field('name'))}.Context()"
        for one in parameters(function)
        if text_of(one.field("type")) == "*http.Request"
    ]
    several = names or asked
    return several[0] if len(several) == 1 else ""


def _checked_rows(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``rows.Err()``: looked at behind the loop over the rows, or returned at the end."""
    if len([one for one in codes if one.text != "nil"]) != 1:
        return None
    call = re.fullmatch(r"(\w+)\.Err\(\)", next(one.text for one in codes if one.text != "nil"))
    homes = around(scene)
    if call is None or len(homes) != 1:
        return None
    returns = [
        one
        for one in of_kinds(homes[0], ("return_statement",))
        if function_around(one, scene.language) is not None
    ]
    if re.match(r"return\b", masked, re.I) and returns:
        value = [one for each in returns[-1].named_children() for one in each.named_children()][-1:]
        if not value or value[0].text() != "nil":
            raise Abstain("the function does not end in a nil error")
        edits = [replaced(value[0], call[0])]
        return _step_edits(scene, Operation.REPLACE, f"return `{call[0]}`", edits, call[0])
    if not re.match(r"(?:check|handle|inspect|look at|test)\b", masked, re.I):
        return None
    loops = [
        one
        for one in of_kinds(homes[0], ("for_statement",))
        if f"{call[1]}.Next()" in one.text().partition("{")[0]
    ]
    leaving = [one.text() for one in returns if re.search(r"\berr$", one.text())]
    if len(loops) != 1 or not leaving:
        raise Abstain(f"what is returned when {call[0]} is an error is not said")
    lead = step(scene.text)
    code = f"if err := {call[0]}; err != nil {{\n{lead}{leaving[-1]}\n}}"
    edits = [line_after(scene, loops[0], code)]
    return _step_edits(scene, Operation.GUARD, f"check `{call[0]}` behind the loop", edits, call[0])


def _context_handed_on(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``ctx`` in the place of ``context.Background()``, where the function has one."""
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one)
        and callee_text(one) in {"context.Background", "context.TODO"}
    ]
    text = scene.task.finding.fix
    told = re.search(r"\b(?:pass|propagate|use|thread|forward|hand|replace|derive)\b", text, re.I)
    if len(calls) != 1 or told is None or not re.search(r"\bctx\b|\b(?:request|caller)", text):
        return None
    if any(not re.fullmatch(r"(?:\w+\.)?ctx|context\.\w+\(\)|\w+\.Context\(\)", one.text)
           for one in codes):  # fmt: skip
        return None
    function = function_around(calls[0], scene.language)
    given = _context(function) if function is not None else ""
    said = [one.text for one in codes if not one.text.startswith("context.")]
    if not given or (said and said != [given]):
        raise Abstain("which context is to be handed on is not said")
    edits = [replaced(calls[0], given)]
    return _step_edits(scene, Operation.REPLACE, f"hand {given} on", edits, given)


Form = Callable[[Scene, str, tuple[Fragment, ...]], StepEdits | None]
_GO: tuple[Form, ...] = (
    _wrapped_error,
    _deferred,
    _error_compared,
    _with_context,
    _context_handed_on,
    locked,
    _checked_rows,
)
_JAVA: tuple[Form, ...] = (_equals,)
