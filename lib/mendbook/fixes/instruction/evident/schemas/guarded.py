"""A test that is given in code, with the exit that it leads to, ahead of what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.tree.syntax import body_of, of_kinds, squeezed
from mendbook.fixes.instruction.writing.editing import block_start, conditional, quoted_as_here
from mendbook.model import Operation

_LOOPS = ("for_statement", "for_in_statement", "while_statement", "enhanced_for_statement")
_TEST = re.compile(r"\b(?:if|when|where|for|with|in\s+case\s+of)\s+(?:the\s+)?⟦(?P<at>\d+)⟧", re.I)
_WHOLE = re.compile(
    r"if\s*\((?P<test>.+)\)\s*(?P<exit>(?:return|throw|continue|break)\b[^;{}]*);?", re.S
)
_EXIT = re.compile(r"(?:return|throw|raise|continue|break)\b.*", re.DOTALL)
_RETURNS = re.compile(r"\breturn(?:s|ed|ing)?\s+⟦(?P<at>\d+)⟧", re.IGNORECASE)
_TURN = re.compile(r"\b(?:continue|skip(?:ped|s)?)\b", re.IGNORECASE)


def guarded(told: Told) -> Iterator[Made]:
    """Yield the guard: *send should return 0 at once where to.length === 0*."""
    parts = list(_parts(told))
    homes = around(told.scene)
    if len(parts) != 1 or len(homes) != 1:
        return
    test, leave, uses = parts[0]
    if set(told.new()) - set(uses):
        return
    turn = leave in {"continue", "break"}
    body = _loop(told) if turn or told.has("loop") else body_of(homes[0])
    if body is None or body.kind() not in told.scene.language.blocks:
        return
    if squeezed(test) in squeezed(homes[0].text()):
        return
    code = conditional(
        told.scene, quoted_as_here(told.scene, test), quoted_as_here(told.scene, leave)
    )
    yield made(told, uses, Operation.GUARD, f"leave by `{leave}` where `{test}`",
               [block_start(told.scene, body, code)], adds=(test,))  # fmt: skip


def _parts(told: Told) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the test, the exit, and the code that they are taken from."""
    numbers = told.numbers()
    for at in numbers:
        whole = _WHOLE.fullmatch(told.codes[at].text.strip())
        if whole is not None:
            yield whole["test"], whole["exit"].strip(), [at]
    tests = [int(one["at"]) for one in _TEST.finditer(told.words)]
    tests = [at for at in tests if _is_test(told, at)]
    if len(tests) != 1:
        return
    exits = [(told.codes[at].text.rstrip(";"), [at]) for at in numbers
             if at not in tests and _EXIT.fullmatch(told.codes[at].text)]  # fmt: skip
    returned = [int(one["at"]) for one in _RETURNS.finditer(told.words)]
    exits += [(f"return {told.codes[at].text}", [at]) for at in returned
              if at not in tests and not _EXIT.fullmatch(told.codes[at].text)]  # fmt: skip
    if not exits and _TURN.search(told.words):
        exits = [("continue", [])]
    if len(exits) == 1:
        leave, used = exits[0]
        yield told.codes[tests[0]].text, leave, [*tests, *used]


def _is_test(told: Told, at: int) -> bool:
    code = told.codes[at]
    return code.shape in {Shape.CODE, Shape.NAME} and not told.names(code) and "." in code.text + (
        "." if re.search(r"[=<>!]|\b(?:not|in|is)\b", code.text) else ""
    )  # fmt: skip


def _loop(told: Told) -> SgNode | None:
    loops = [one for one in of_kinds(told.scene.root, _LOOPS) if touches_quote(told.scene, one)]
    return body_of(loops[0]) if len(loops) == 1 else None
