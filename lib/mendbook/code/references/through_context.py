"""Uses of a local function of a component through the React context that it gives it to.

``<CartContext.Provider value={{ addItem }}>`` gives ``addItem`` to whatever calls
``useContext(CartContext)``, and to whatever calls a hook that returns that.
"""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.by_syntax import SyntaxProvider
from mendbook.code.references.held_as import held_as
from mendbook.code.references.index import Index
from mendbook.code.references.provider import Subject
from mendbook.code.references.reach import subject_of
from mendbook.code.search import find_all
from mendbook.model import Reference, ReferenceKind

_READS = {"useContext", "React.useContext", "use", "React.use"}
_WRAPS = {"useMemo", "React.useMemo"}


def context_calls(
    index: Index, provider: SyntaxProvider, function: SgNode, name: str
) -> Iterator[tuple[Reference, str]]:
    """Yield each call that returns a context which ``function`` gives ``name`` to, and its key.

    That is a call of ``useContext`` itself, or of a hook that returns what it returns.
    """
    for element, key in _given(function, name):
        context = _context(index, element)
        for use in provider.references([context])[0] if context is not None else ():
            if use.kind is not ReferenceKind.PASSED:
                continue
            call = _reading(index, use)
            if call is None:
                continue
            hook = _hook(index, use.file, call)
            if hook is None:
                yield use, key
                continue
            for other in provider.references([hook])[0]:
                if other.kind is ReferenceKind.CALL:
                    yield other, key


def _given(function: SgNode, name: str) -> Iterator[tuple[str, str]]:
    """Yield the context of each provider in ``function`` that is given ``name``, and its key."""
    for attribute in find_all(function, "jsx_attribute"):
        label, element = attribute.child(0), attribute.parent()
        tag = element.field("name") if element is not None else None
        if label is None or label.text() != "value" or tag is None:
            continue
        context, dot, last = tag.text().rpartition(".")
        if not dot or last != "Provider":
            continue
        held = _object(function, attribute)
        for key in held_as(held, name) if held is not None else ():
            yield context, key


def _object(function: SgNode, attribute: SgNode) -> SgNode | None:
    """Return the object that an attribute is given, in place or by a local name."""
    held = next(iter(find_all(attribute, "object")), None)
    if held is None:
        name = next(iter(find_all(attribute, "identifier")), None)
        for one in find_all(function, "variable_declarator") if name is not None else ():
            label, value = one.field("name"), one.field("value")
            if label is not None and value is not None and name and label.text() == name.text():
                held = value if value.kind() == "object" else _memoised(value)
    return held


def _memoised(value: SgNode) -> SgNode | None:
    if value.kind() != "call_expression" or syntax.callee_name(value) not in {
        each.rpartition(".")[2] for each in _WRAPS
    }:
        return None
    return next(iter(find_all(value, "object")), None)


def _context(index: Index, name: str) -> Subject | None:
    """Return the only variable of a module that is called ``name``."""
    variables = [
        Subject(path, at)
        for path in index.words.holding(name, index.snapshot.files)
        if syntax.is_source(path)
        for at in index.outline(path).everything()
        if at.name == name and not at.local and not at.owner
    ]
    return variables[0] if len(variables) == 1 else None


def _reading(index: Index, use: Reference) -> SgNode | None:
    """Return the call of ``useContext`` that a context is passed to at ``use``."""
    root = index.tree(use.file).root
    name = syntax.node_at(root, use.line - 1, use.column - 1)
    call = next((each for each in name.ancestors() if each.kind() == "call_expression"), None)
    callee = call.field("function") if call is not None else None
    return call if callee is not None and callee.text() in _READS else None


def _hook(index: Index, file: str, call: SgNode) -> Subject | None:
    """Return the function that hands on what ``call`` returns; None where none does."""
    function = next((each for each in call.ancestors() if each.kind() in syntax.FUNCTIONS), None)
    if function is None or not _hands_on(function, call):
        return None
    for node in (function, *function.ancestors()):
        if (subject := subject_of(index, file, node)) is not None:
            return subject
    return None


def _hands_on(function: SgNode, call: SgNode) -> bool:
    body, parent = function.field("body"), call.parent()
    if body is None or parent is None:
        return False
    if body.range() == call.range() or parent.kind() == "return_statement":
        return True
    label = parent.field("name") if parent.kind() == "variable_declarator" else None
    returned = (each for each in body.named_children() if each.kind() == "return_statement")
    return label is not None and any(
        child.text() == label.text() for each in returned for child in each.named_children()
    )
