"""Code as it should read, for the one quoted piece of code that it is another form of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.operations.shown.nearest import written_over
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    of_kinds,
    outermost,
    squeezed,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_BESIDE = (
    *("also", "too", "another", "additionally", "again", "follow", "follows", "followed"),
    *("before", "after", "afterwards", "then", "next", "beside", "besides", "finally", "once"),
    *("first", "start", "starts", "begin", "begins", "catch", "finally", "behind", "above"),
)


def rewritten(told: Told) -> Iterator[Made]:
    """Yield the one quoted call of the same function, as it should be called."""
    new = told.new()
    wholes = [at for at in new if all(_is_part(told, other, at) for other in new)]
    if len(wholes) != 1 or told.has(*_BESIDE):
        return
    if told.codes[wholes[0]].shape is Shape.STATEMENT:
        yield from _returned(told, wholes[0], new)
        return
    if told.codes[wholes[0]].shape is not Shape.CODE:
        return
    code = told.codes[wholes[0]].text.rstrip(";")
    uses = [*new, *(at for at in told.numbers() if _is_part(told, at, wholes[0]))]
    if "..." in re.sub(r"\.\.\.(?=[\w$(\[{])", "", code) or "…" in code:
        return
    call = _call(told, code)
    if call is None:
        step = written_over(told.scene, told.words, code)
        if step is not None:
            yield Made(frozenset(uses), step)
        return
    same_callee = [one for one in told.nodes(told.scene.language.calls)
                   if callee_text(one) == callee_text(call)]  # fmt: skip
    held = outermost(same_callee)
    if len(held) != 1 or len(same_callee) != 1 or _is_less(held[0], call):
        return
    text = quoted_as_here(told.scene, code)
    adds, removes = claims(told.scene.language, held[0].text(), text)
    yield made(
        told,
        uses,
        Operation.REPLACE,
        f"write `{code}` for `{' '.join(held[0].text().split())[:70]}`",
        [replaced(held[0], text)],
        adds=adds,
        removes=removes,
    )


def _returned(told: Told, whole: int, new: list[int]) -> Iterator[Made]:
    """Yield ``return …`` over the one quoted ``return`` of which it still reads every name."""
    code = told.codes[whole].text.rstrip(";")
    returns = told.nodes(told.scene.language.returns)
    if told.scene.language.name == "go":
        return  # what is wrapped may be nil there
    if not code.startswith("return ") or len(returns) != 1 or told.has("early", "immediately"):
        return
    old = returns[0].text()
    names = set(re.findall(r"[A-Za-z_$][\w$]*", old)) - {"return"}
    if not names or not names <= set(re.findall(r"[A-Za-z_$][\w$]*", code)):
        return
    text = quoted_as_here(told.scene, code) + (";" if old.endswith(";") else "")
    adds, removes = claims(told.scene.language, old, text)
    uses = [*new, *(at for at in told.numbers() if _is_part(told, at, whole))]
    yield made(told, uses, Operation.REPLACE, f"return `{code.removeprefix('return ')[:70]}`",
               [replaced(returns[0], text)], adds=adds, removes=removes)  # fmt: skip


def _is_part(told: Told, at: int, whole: int) -> bool:
    part, code = told.codes[at], told.codes[whole]
    return squeezed(part.text.removesuffix("()")) in squeezed(code.text)


def _call(told: Told, code: str) -> SgNode | None:
    """Return the call that ``code`` is as a whole; None where it is something else."""
    calls = outermost(of_kinds(parse(told.scene.language, code), told.scene.language.calls))
    whole = len(calls) == 1 and squeezed(calls[0].text()) == squeezed(code)
    return calls[0] if whole else None


def _is_less(old: SgNode, new: SgNode) -> bool:
    """Tell whether the new call is given nothing of what the old one is given."""
    before, after = (" ".join(one.text() for one in arguments(call)) for call in (old, new))
    words = set(re.findall(r"[A-Za-z_$][\w$]{2,}", before))
    return bool(words) and not words & set(re.findall(r"[A-Za-z_$][\w$]{2,}", after))
