"""Whether a bare name in Go is a variable of its function, and not what its package declares."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

_HEADS = frozenset({"if_statement", "for_statement", "expression_switch_statement"})
_DECLARES = frozenset({"short_var_declaration", "var_declaration", "const_declaration"})
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_BLOCKS = frozenset({"block", "statement_list", "expression_case", "default_case"})


def is_local(node: SgNode) -> bool:
    """Tell whether what ``node`` names is declared in a function around it, before it.

    In ``seal := seal(crate)`` the called ``seal`` is still that of the package.
    """
    name, at = node.text(), node.range().start.index
    for around in node.ancestors():
        if around.kind() in _FUNCTIONS and name in _parameters(around):
            return True
        before = (each for each in _declared_by(around) if each.range().end.index <= at)
        if any(name in _names(each) for each in before) or _is_declared_in(around, node):
            return True
    return False


def _declared_by(scope: SgNode) -> Iterator[SgNode]:
    """Yield the declarations that hold in ``scope`` itself, those of its head among them."""
    if scope.kind() in _BLOCKS | _HEADS:
        for child in scope.named_children():
            if child.kind() in _DECLARES | {"range_clause"}:
                yield child
            elif child.kind() in {"statement_list", "for_clause"}:
                yield from _declared_by_list(child)


def _declared_by_list(several: SgNode) -> Iterator[SgNode]:
    return (each for each in several.named_children() if each.kind() in _DECLARES)


def _is_declared_in(declaration: SgNode, node: SgNode) -> bool:
    """Tell whether ``node`` is itself one of the names that a declaration in a function gives."""
    if declaration.kind().endswith("_spec"):
        own = (each for each in declaration.named_children() if each.kind() == "identifier")
        return any(each.range() == node.range() for each in own)
    if declaration.kind() not in {"short_var_declaration", "range_clause"}:
        return False
    left = declaration.field("left")
    return left is not None and left.range().end.index >= node.range().end.index


def _names(declaration: SgNode) -> frozenset[str]:
    left = declaration.field("left")
    if left is not None:
        return frozenset(each.text() for each in left.named_children())
    specs = [each for each in declaration.named_children() if each.kind().endswith("_spec")]
    names = (each for spec in specs for each in spec.named_children())
    return frozenset(each.text() for each in names if each.kind() == "identifier")


def _parameters(function: SgNode) -> frozenset[str]:
    """Return the names of receiver, parameters and results."""
    lists = (function.field(part) for part in ("receiver", "parameters", "result"))
    given = (one for several in lists if several is not None for one in several.named_children())
    return frozenset(
        each.text()
        for one in given
        if one.kind().endswith("parameter_declaration")
        for each in one.named_children()
        if each.kind() == "identifier"
    )
