"""Tell what new code of a script uses as what it is not: a yes as a number, a type as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds, squeezed, text_of

_YES_OR_NO = re.compile(
    r"(?:Number\.is\w+|isNaN|isFinite|Array\.isArray|Object\.(?:hasOwn|is)|.*\.(?:has|includes"
    r"|startsWith|endsWith|some|every|test|hasOwnProperty))"
)
_WORDS = {"const", "let", "var", "async", "await", "return", "static", "export"}
_TYPES = re.compile(r"(?:Map|Set|WeakMap|WeakSet|Record|Array|Partial|ReadonlyArray)\b")


def misused(root: SgNode) -> Iterator[str]:
    """Yield what cannot be meant, a sentence each."""
    yield from _compared_answers(root)
    yield from _read_off_answers(root)
    yield from _words_as_types(root)
    yield from _types_as_values(root)
    yield from _elements_as_markup(root)
    yield from _named_by_itself(root)
    yield from _unpromised(root)
    yield from _doubled(root)
    yield from _answered_twice(root)
    yield from _set_by_setting(root)
    yield from _one_as_many(root)


def is_answer(node: SgNode | None) -> bool:
    """Tell whether an expression is a yes or a no."""
    if node is None:
        return False
    if node.kind() == "parenthesized_expression":
        return any(is_answer(one) for one in node.named_children())
    if node.kind() == "binary_expression":
        return text_of(node.field("operator")) in {"in", "instanceof"}
    return node.kind() == "call_expression" and bool(_YES_OR_NO.fullmatch(callee_text(node)))


def _compared_answers(root: SgNode) -> Iterator[str]:
    """Yield the yes-or-no answers that are compared with what is none."""
    for one in of_kinds(root, ("binary_expression",)):
        if not re.fullmatch(r"[=!]==?|[<>]=?", text_of(one.field("operator"))):
            continue
        sides = one.field("left"), one.field("right")
        for side, other in (sides, sides[::-1]):
            beside = other.kind() if other is not None else ""
            plain = (
                beside in {"number", "string", "null", "unary_expression"}
                or text_of(other) == "NaN"
            )
            if is_answer(side) and plain:
                yield f"`{squeezed(one.text())[:60]}` compares a yes or no with another kind"


def _read_off_answers(root: SgNode) -> Iterator[str]:
    """Yield the methods that are called on a yes or no."""
    for one in of_kinds(root, ("member_expression",)):
        if is_answer(one.field("object")) and text_of(one.field("property")) != "toString":
            yield f"`{squeezed(one.text())[:60]}` reads a member of a yes or no"


def _words_as_types(root: SgNode) -> Iterator[str]:
    for one in of_kinds(root, ("type_annotation",)):
        if text_of(one).lstrip(": ").strip() in _WORDS:
            yield f"`{squeezed(one.text())}` is no type"


def _types_as_values(root: SgNode) -> Iterator[str]:
    for one in of_kinds(root, ("variable_declarator", "public_field_definition")):
        value = one.field("value")
        generic = value is not None and value.kind() == "instantiation_expression"
        if re.fullmatch(r"['\"]use (?:strict|client|server)['\"]", text_of(value)):
            yield f"{text_of(value)} is a directive, and would stand as a value"
        if generic or _TYPES.fullmatch(text_of(value)):
            yield f"`{squeezed(text_of(value))[:60]}` is a type, and would stand as a value"


def _elements_as_markup(root: SgNode) -> Iterator[str]:
    """Yield the elements that are given where markup is wanted as text."""
    for one in of_kinds(root, ("jsx_attribute",)):
        if re.match(r"dangerouslySetInnerHTML=\{?\s*<", one.text()):
            yield "an element would stand where markup is wanted as text"
    for one in of_kinds(root, ("pair",)):
        if text_of(one.field("key")) == "__html" and text_of(one.field("value")).startswith("<"):
            yield "an element would stand where markup is wanted as text"


def _named_by_itself(root: SgNode) -> Iterator[str]:
    """Yield the parameters whose type is called as they are."""
    for one in of_kinds(root, ("required_parameter", "optional_parameter")):
        kind = text_of(one.field("type")).lstrip(": ").strip()
        if kind and kind == text_of(one.field("pattern")) and kind[:1].islower():
            yield f"`{squeezed(one.text())}` names the parameter as its own type"


def _unpromised(root: SgNode) -> Iterator[str]:
    """Yield the async functions that declare to return what is no promise."""
    for one in of_kinds(root, ("function_declaration", "method_definition", "arrow_function")):
        kind = text_of(one.field("return_type")).lstrip(": ").strip()
        marked = any(each.kind() == "async" for each in one.children())
        plain = re.fullmatch(r"[\w.]+(?:<[^<>]*>)?(?:\[\])*|void", kind)
        if marked and plain is not None and not kind.startswith(("Promise", "PromiseLike")):
            yield f"an async function returns a promise, and not `{kind}`"


def _doubled(root: SgNode) -> Iterator[str]:
    """Yield the members that are read off what is called as they are: ``store.store.get``."""
    for one in of_kinds(root, ("member_expression",)):
        owner, name = one.field("object"), text_of(one.field("property"))
        if owner is not None and owner.kind() == "identifier" and owner.text() == name:
            yield f"`{squeezed(one.text())[:60]}` reads {name} off itself"


_ANSWERS = {"json", "send", "end", "sendStatus", "redirect", "render", "sendFile"}


def _answered_twice(root: SgNode) -> Iterator[str]:
    """Yield the chains that answer a request, and then answer it once more."""
    for one in of_kinds(root, ("member_expression",)):
        owner = one.field("object")
        if owner is None or owner.kind() != "call_expression":
            continue
        last = callee_text(owner).rpartition(".")[2]
        if last in _ANSWERS and text_of(one.field("property")) in _ANSWERS:
            yield f"`{squeezed(one.text())[:60]}` answers twice"


def _set_by_setting(root: SgNode) -> Iterator[str]:
    """Yield the assignments of a name to what sets that name."""
    kinds = {"assignment_expression", "augmented_assignment_expression"}
    for one in of_kinds(root, kinds):
        right = one.field("right")
        if right is None or right.kind() not in kinds:
            continue
        if text_of(right.field("left")) == text_of(one.field("left")):
            yield f"`{squeezed(one.text())[:60]}` sets it twice"


_MANY = "length|map|filter|forEach|push|slice|reduce|some|every|join|sort|concat"
_HOMES = {"function_declaration", "method_definition", "arrow_function", "function_expression"}


def _one_as_many(root: SgNode) -> Iterator[str]:
    """Yield the names that hold the one thing that was searched, and are read as a list."""
    for one in of_kinds(root, ("variable_declarator",)):
        name, value = one.field("name"), one.field("value")
        if name is None or value is None or value.kind() != "call_expression":
            continue
        if not re.fullmatch(r".*\.(?:find|findLast)", callee_text(value), re.DOTALL):
            continue
        home = next((each for each in one.ancestors() if each.kind() in _HOMES), root)
        read = re.compile(rf"(?<![\w$.]){re.escape(name.text())}(?:\.(?:{_MANY})\b|\[\d)")
        if read.search(home.text()):
            yield f"{name.text()} would hold one thing, and is read as a list"
