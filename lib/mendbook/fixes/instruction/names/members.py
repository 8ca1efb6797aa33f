"""The members of an object, an enum or a class that a file declares or imports."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.module_text import imports, parse_text
from mendbook.code.modules.resolver import resolve
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, text_of
from mendbook.repository.snapshot import Snapshot


def declared_members(snapshot: Snapshot, path: str, root: SgNode, name: str) -> set[str] | None:
    """Return the members of the object, enum or class that ``name`` means, or None if unknown."""
    language = language_of(path)
    if language is None:
        return None
    for one in of_kinds(root, language.assignments | language.types | language.classes):
        if name_of(one) == name:
            return _members(one)
    if not language.script:
        return None
    for bound in imports(parse_text(path, root.text())):
        home = resolve(snapshot, path, bound.specifier) if bound.local == name else None
        text = snapshot.get(home) if home else None
        if home and text is not None and (other := language_of(home)) is not None:
            tree = parse(other, text)
            for declaration in of_kinds(tree, other.assignments | other.types | other.classes):
                if name_of(declaration) == bound.imported:
                    return _members(declaration)
    return None


def _members(declared: SgNode) -> set[str] | None:
    if declared.kind() == "enum_declaration":
        body = declared.field("body")
        inner = body.named_children() if body is not None else []
        return {text_of(one.field("name")) or one.text() for one in inner}
    value = declared.field("value")
    while value is not None and value.kind() in {"as_expression", "satisfies_expression"}:
        value = value.named_children()[0]
    if value is not None and value.kind() == "call_expression":
        frozen = text_of(value.field("function")) == "Object.freeze"
        given = value.field("arguments")
        value = given.named_children()[0] if frozen and given is not None else None
    if value is None or value.kind() != "object":
        return None
    inner = value.named_children()
    if any(one.kind() == "spread_element" for one in inner):
        return None
    return {name_of(one) or one.text() for one in inner}


def missing_member(snapshot: Snapshot, path: str, before: str, after: str) -> str:
    """Return a member that new code reads of an object which is seen not to have it, or nothing."""
    language = language_of(path)
    if language is None or not language.script:
        return ""
    kinds = ("member_expression",)
    old = {one.text() for one in of_kinds(parse(language, before), kinds, language)}
    root = parse(language, after)
    for one in of_kinds(root, kinds, language):
        owner, member = one.field("object"), one.field("property")
        if one.text() in old or owner is None or member is None or owner.kind() != "identifier":
            continue
        known = declared_members(snapshot, path, root, owner.text())
        if known is not None and member.text() not in known | {"length", "name"}:
            return one.text()
    return ""
