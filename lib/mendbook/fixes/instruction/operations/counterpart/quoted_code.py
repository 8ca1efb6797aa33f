"""Nodes within what the evidence quotes, and written code in their place."""

from __future__ import annotations

from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.places.scene import Scene, beginning_in_quote
from mendbook.fixes.instruction.places.targets import fragment_tokens
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, tokens
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def is_in_quotes(scene: Scene, kinds: Sequence[str] | frozenset[str]) -> list[SgNode]:
    """Return the nodes of ``kinds`` that begin in what the evidence quotes."""
    return beginning_in_quote(scene, of_kinds(scene.root, kinds))


def write_over(scene: Scene, node: SgNode, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit that writes ``text`` over ``node``; None where it says the same already."""
    new = quoted_as_here(scene, text)
    if fragment_tokens(new, scene.language) == tokens(node) or squeezed(new) == squeezed(
        node.text()
    ):
        return None
    return node, replaced(node, new)


def is_akin(language: Language, one: str, other: str) -> bool:
    """Tell whether two expressions speak of a common name, or neither speaks of any."""
    mine, yours = _names(language, one), _names(language, other)
    return bool(mine & yours) or not mine | yours


def _names(language: Language, text: str) -> set[str]:
    plain = {"true", "false", "True", "False", "None", "null", "undefined", "self", "this"}
    root = parse(language, text)
    return {one.text() for one in of_kinds(root, language.names)} - plain
