"""One pass over a JavaScript or TypeScript tree that notes what each scope binds and reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ast_grep_py import SgNode

from mendbook.proving.binds.ecma_scope import Bound, Scope, Use

_BLOCKS = frozenset(
    {"for_statement", "for_in_statement", "catch_clause", "switch_body", "class_static_block"}
)
_LEXICAL = frozenset({"const", "let", "class", "import", "enum", "using"})
_PATTERNS = frozenset(
    {"object_pattern", "array_pattern", "assignment_pattern", "object_assignment_pattern"}
    | {"pair_pattern", "rest_pattern", "identifier", "shorthand_property_identifier_pattern"}
)


class ScopeReader:
    """Walks a tree and keeps what it binds and uses.

    ``handlers`` say by its kind how a node is read; one of another kind is read by its children.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self.top = Scope(function=True)
        self.uses: list[Use] = []
        self.twice: list[Bound] = []

    def walk(self, node: SgNode, scope: Scope) -> None:
        """Read ``node`` and all below it, each in the scope that the language gives it."""
        waiting = [(node, scope)]
        while waiting:
            one, around = waiting.pop()
            kind = one.kind()
            if kind == "member_expression":
                waiting += [(part, around) for part in reversed(_read_of_member(one))]
            elif (handler := self.handlers.get(kind)) is not None:
                handler(self, one, around)
            else:
                inner = Scope(around) if kind in _BLOCKS else around
                waiting += [(child, inner) for child in reversed(one.children())]

    def children(self, node: SgNode, scope: Scope) -> None:
        """Read all below ``node`` in ``scope``."""
        for child in node.children():
            self.walk(child, scope)

    def bind(self, node: SgNode, how: str, scope: Scope, *, typed: bool = False) -> None:
        """Bind the name that ``node`` is in ``scope``; ``how`` is the word that declares it."""
        start = node.range().start
        name = node.text()
        binding = Bound(name, how, start.line, start.index, scope, typed)
        old = scope.bound.get(name)
        if old is not None and old.at != binding.at and _clash(old, binding):
            self.twice.append(binding)
        if old is None or (old.typed and not typed):
            scope.bound[name] = binding

    def use(self, node: SgNode, scope: Scope, *, typed: bool) -> None:
        """Note that the name ``node`` is read in ``scope``, as a type where ``typed``."""
        start = node.range().start
        self.uses.append(Use(node.text(), start.line, start.index, scope, typed))

    def pattern(self, node: SgNode, how: str, scope: Scope) -> None:
        """Bind the names of a pattern, and read its default values and computed keys."""
        kind = node.kind()
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            self.bind(node, how, scope)
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            left, right = node.field("left"), node.field("right")
            if left is not None:
                self.pattern(left, how, scope)
            if right is not None:
                self.walk(right, scope)
        elif kind == "pair_pattern":
            key, value = node.field("key"), node.field("value")
            if key is not None and key.kind() == "computed_property_name":
                self.walk(key, scope)
            if value is not None:
                self.pattern(value, how, scope)
        elif kind in _PATTERNS:
            for child in node.named_children():
                self.pattern(child, how, scope)
        else:
            self.walk(node, scope)


Handler = Callable[[ScopeReader, SgNode, Scope], None]


def _read_of_member(node: SgNode) -> list[SgNode]:
    """Return what ``object.name`` reads: its object; the name is none of the scope."""
    whole = node.field("object")
    computed = [one for one in node.children() if one.kind() == "computed_property_name"]
    return [*([whole] if whole is not None else []), *computed]


def _clash(old: Bound, new: Bound) -> bool:
    """Tell whether one scope may not bind both: two values, one of them lexical."""
    merged = {old.how, new.how} & {"namespace", "signature", "member"}
    both_values = not (old.typed or new.typed) and not merged
    lexical = old.how in _LEXICAL or new.how in _LEXICAL
    enums = old.how == new.how == "enum"
    return both_values and lexical and not enums and "parameter" not in {old.how, new.how}
