"""A statement over all the statements that the evidence quotes, which it does no more than."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent
from mendbook.fixes.instruction.operations.alike.parsed import (
    one_statement,
    quoted_statements,
    target_of,
)
from mendbook.fixes.instruction.operations.alike.swap import Swap
from mendbook.fixes.instruction.operations.alike.values import values_of
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, walk
from mendbook.fixes.instruction.writing.editing import conditional, quoted_as_here


def statement_swap(scene: Scene, code: str) -> Swap | None:
    """Write a statement over all that the evidence quotes, which does no more than it."""
    new = one_statement(scene, code)
    olds = quoted_statements(scene)
    if new is None or not olds or new.kind() in _BARE:
        return None
    target = target_of(new)
    known = _names(scene, olds) | {one.text() for one in _literals(scene.language, olds)}
    if not (target and len(olds) == 1) and not values_of(scene.language, new) & known:
        return None
    written = {name for one in olds for each in walk(one) if (name := target_of(each))}
    if len(olds) == 1:
        pair = (olds[0].kind(), new.kind())
        fits = bool(target) and written == {target}
        fits = fits or pair == ("assert_statement", "if_statement")
        fits = fits or (scene.language.name != "go" and set(pair) == {"return_statement"})
    else:
        kept = written - ({target} if target else set())
        fits = (bool(target) and target in written) or olds[-1].kind() == new.kind()
        fits = fits and not any(_is_read_below(scene, olds[-1], name) for name in kept)
    inner = [one for one in olds if one.kind() != new.kind() and _leaves(one)]
    ends = new.kind() == "return_statement" and (
        (inner == olds[-1:] and _always_returns(inner[-1])) or _only_return(olds)
    )
    if not (fits or ends) or (inner and not ends and not _awaits_only(inner)):
        return None
    text = _laid_out(scene, code, new, olds)
    if text is None:
        return None
    first, last = start(olds[0]), end(olds[-1])
    old = scene.text[first:last]
    ended = ";" if old.endswith(";") and not text.endswith((";", "}")) else ""
    return old, code, [Edit(first, last, text + ended)]


_BARE = {"expression_statement", "comment"}


def _laid_out(scene: Scene, code: str, new: SgNode, olds: Sequence[SgNode]) -> str | None:
    if new.kind() != "if_statement":
        return quoted_as_here(scene, code)
    guard = re.fullmatch(r"if\s+(.+?):\s*(\S[^\n]*)", code)
    if not scene.language.python or guard is None:
        return None
    lead = indent(scene.text, start(olds[0]))
    statement = conditional(scene, guard[1], quoted_as_here(scene, guard[2]))
    return statement.replace("\n", f"\n{lead}")


def _is_read_below(scene: Scene, last: SgNode, name: str) -> bool:
    home = next((one for one in last.ancestors() if one.kind() in scene.language.functions), None)
    return any(
        one.text() == name and start(one) > end(last)
        for one in of_kinds(home or scene.root, scene.language.names)
    )


def _always_returns(statement: SgNode) -> bool:
    """Tell whether an ``if`` with an ``else`` does nothing but return in both."""
    text = statement.text()
    return (
        statement.kind() == "if_statement"
        and len(of_kinds(statement, ("return_statement",))) == 2
        and re.search(r"\belse\b", text) is not None
        and not of_kinds(statement, ("expression_statement", "assignment"))
    )


def _only_return(statements: Sequence[SgNode]) -> bool:
    """Tell whether statements are tests that do nothing but return, and a return behind them."""
    *tests, last = statements
    return (
        bool(tests)
        and last.kind() == "return_statement"
        and all(
            one.kind() == "if_statement"
            and len(of_kinds(one, ("return_statement",))) == 1
            and not of_kinds(one, ("expression_statement", "assignment", "assignment_expression"))
            for one in tests
        )
    )


def _awaits_only(nodes: Sequence[SgNode]) -> bool:
    kinds = ("return_statement", "raise_statement", "throw_statement", "yield")
    return not any(of_kinds(one, kinds) for one in nodes)


def _leaves(statement: SgNode) -> bool:
    kinds = ("return_statement", "raise_statement", "throw_statement", "yield", "await")
    return bool(of_kinds(statement, kinds))


def _names(scene: Scene, nodes: Iterable[SgNode]) -> set[str]:
    names: set[str] = set()
    for node in nodes:
        names |= values_of(scene.language, node)
        names |= {one.text() for one in of_kinds(node, scene.language.names)}
    return names


def _literals(language: Language, nodes: Iterable[SgNode]) -> list[SgNode]:
    kinds = language.strings | language.numbers
    return [one for node in nodes for one in of_kinds(node, kinds)]
