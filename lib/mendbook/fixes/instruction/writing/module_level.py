"""Write a declaration at the module level, where its kind already stands."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start
from mendbook.code.header import code_start
from mendbook.code.module_text import parse_text
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start
from mendbook.fixes.instruction.writing.editing import semicolon

_IMPORTS = {
    "import_statement", "import_from_statement", "future_import_statement", "import_declaration",
    "package_clause", "package_declaration",
}  # fmt: skip


def declare_edits(scene: Scene, code: str, before: int | None = None) -> list[Edit]:
    """Return the edit that declares ``code`` at the module level.

    It stands below the last constant of the file's head, else below the imports; always above the
    offset ``before``, where it is first used while the module loads.
    """
    if scene.language.name == "java":
        return [_member(scene, code, before)]
    text = _statement(scene, code)
    head = [one for one in scene.root.children() if one.is_named()]
    limit = before if before is not None else len(scene.text)
    imports = [one for one in head if _is_import(one) and start(one) < limit]
    constants = [
        one
        for one in head
        if _is_constant(scene, one) and end(one) < limit
        and not any(_is_body(scene, other) and end(other) < start(one) for other in head)
    ]  # fmt: skip
    if constants:
        last = constants[-1]
        gap = "\n" if scene.language.python and _is_apart(last) else ""
        place = _behind(scene, last)
        return [insert(place, f"{gap}{text}\n")]
    if imports:
        place = _behind(scene, imports[-1])
        lead = "" if scene.text[:place].endswith("\n") else "\n"
        return [insert(place, f"{lead}\n{text}\n")]
    return [insert(_top(scene, head), f"{text}\n\n{chr(10) if scene.language.python else ''}")]


def _member(scene: Scene, code: str, before: int | None) -> Edit:
    """Return the edit that declares a constant in the class of Java that the finding is about."""
    told = re.fullmatch(
        r"(?:(?:public|protected|private|static|final)\s+)*(?:(?P<type>[\w<>\[\]]+)\s+)?"
        r"(?P<name>\w+)\s*=\s*(?P<value>.+?);?",
        code.strip(),
        re.DOTALL,
    )
    kind = (told["type"] or _java_type(told["value"])) if told is not None else ""
    classes = [
        one
        for one in of_kinds(scene.root, ("class_declaration",))
        if any(start(one) <= first < end(one) for first, _ in scene.quotes)
    ] or of_kinds(scene.root, ("class_declaration",))
    body = classes[-1].field("body") if classes else None
    if told is None or not kind or body is None or (before is not None and before < start(body)):
        raise Unplaced("which class declares the constant, and of what type, is not clear")
    text = f"private static final {kind} {told['name']} = {told['value']};"
    constants = [
        one
        for one in body.named_children()
        if one.kind() == "field_declaration"
        and re.match(r"(?:\w+\s+)*(?:static\s+final|final\s+static)\b", one.text())
    ]
    if constants:
        lead = indent(scene.text, start(constants[-1]))
        return insert(_behind(scene, constants[-1]), f"{lead}{text}\n")
    first = next(iter(body.named_children()), None)
    if first is None:
        raise Abstain("the class holds nothing yet")
    lead = indent(scene.text, start(first))
    return insert(line_start(scene.text, start(first)), f"{lead}{text}\n\n")


def _java_type(value: str) -> str:
    """Return the type of a literal of Java; empty where it is none."""
    kinds = (
        (r'".*"', "String"), (r"'.*'", "char"), (r"true|false", "boolean"),
        (r"-?[\d_]+[lL]", "long"), (r"-?[\d_]+|0x[\da-fA-F_]+", "int"),
        (r"-?[\d_]*\.[\d_]+[fF]", "float"), (r"-?[\d_]*\.[\d_]+[dD]?", "double"),
    )  # fmt: skip
    return next((kind for form, kind in kinds if re.fullmatch(form, value.strip(), re.S)), "")


def _statement(scene: Scene, code: str) -> str:
    bare = code.strip().rstrip(";")
    if scene.language.script and not re.match(r"(?:export\s+)?(?:const|let|var)\b", bare):
        bare = f"const {bare}"
    if scene.language.name == "go" and not bare.startswith(("const", "var")):
        bare = f"const {bare}"
    if scene.language.python:
        bare = re.sub(r"^(?:const|let|var)\s+", "", bare)
    return bare + semicolon(scene)


def _is_import(node: SgNode) -> bool:
    required = re.match(r"(?:const|let|var)\s[^=]+=\s*require\(", node.text())
    return node.kind() in _IMPORTS or required is not None


def _is_constant(scene: Scene, node: SgNode) -> bool:
    """Tell whether a statement of the module only names plain values."""
    inner = node
    if inner.kind() == "export_statement":
        inner = inner.field("declaration") or inner
    if _is_import(inner):
        return False
    if scene.language.script:
        if inner.kind() != "lexical_declaration" or not inner.text().startswith("const"):
            return False
    elif scene.language.python:
        if inner.kind() != "expression_statement" or not inner.named_children():
            return False
        if inner.named_children()[0].kind() != "assignment":
            return False
    else:
        return inner.kind() == "const_declaration"
    names = re.match(r"(?:const\s+)?([\w$]+)", inner.text())
    return bool(names) and bool(re.fullmatch(r"[A-Z][A-Z\d_]*", names[1] if names else ""))


def _is_body(scene: Scene, node: SgNode) -> bool:
    kinds = scene.language.functions | scene.language.classes
    return node.kind() in kinds or (
        node.kind() in {"export_statement", "decorated_definition"}
        and any(one.kind() in kinds for one in node.children())
    )


def _is_apart(node: SgNode) -> bool:
    """Tell whether a constant of several lines asks for a blank line behind it."""
    return "\n" in node.text()


def _behind(scene: Scene, node: SgNode) -> int:
    return line_end(scene.text, end(node))


def _top(scene: Scene, head: list[SgNode]) -> int:
    if scene.language.script:
        return code_start(parse_text(scene.path, scene.text))
    for one in head:
        docstring = (
            one.kind() == "expression_statement"
            and one.named_children()
            and one.named_children()[0].kind() == "string"
        )
        if "comment" in one.kind() or docstring:
            continue
        return line_start(scene.text, start(one))
    return len(scene.text)


def top_level_start(node: SgNode) -> int:
    """Return the offset of the module's statement that holds ``node``."""
    outer = node
    for one in node.ancestors():
        if one.parent() is None:
            break
        outer = one
    return start(outer)


def runs_at_load(scene: Scene, node: SgNode) -> bool:
    """Tell whether ``node`` is evaluated while the module loads, in no function's body."""
    return not any(one.kind() in scene.language.functions for one in node.ancestors())
