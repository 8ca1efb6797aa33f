"""Write code into a text in its own layout: statements, list items, removals."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start, step
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import awaits_callee, end, field, of_kinds, start


def replaced(node: SgNode, text: str) -> Edit:
    """Replace the whole node; what it awaits within itself is awaited still."""
    awaits = awaits_callee(node) and re.match(r"await\b", text) is None
    return Edit(start(node), end(node), f"await {text}" if awaits else text)


def semicolon(scene: Scene) -> str:
    """Return ``;`` where the file's statements end with one."""
    if not scene.language.script:
        return ";" if scene.language.name == "java" else ""
    kinds = ("expression_statement", "lexical_declaration", "return_statement", "import_statement")
    ended = [one.text().endswith(";") for one in of_kinds(scene.root, kinds)]
    return ";" if not ended or sum(ended) * 2 >= len(ended) else ""


def quoted_as_here(scene: Scene, code: str) -> str:
    """Return ``code`` with its plain strings in the kind of quotes that the file uses."""
    if not scene.language.script and not scene.language.python:
        return code
    ours = _usual_mark(scene.root, scene.language) if "'" in code or '"' in code else ""
    if not ours:
        return code
    other = '"' if ours == "'" else "'"
    plain = re.compile(rf"{other}([^'\"\\\n`]*){other}")
    return plain.sub(lambda match: f"{ours}{match[1]}{ours}", code) if "`" not in code else code


@lru_cache(maxsize=256)
def _usual_mark(root: SgNode, language: Language) -> str:
    """Return the mark around most plain strings of a file; nothing where it has none."""
    marks = [
        one.text()[0]
        for one in of_kinds(root, language.strings)
        if one.text()[:1] in {"'", '"'} and not _is_attribute(one)
    ]
    if not marks:
        return ""
    return "'" if marks.count("'") * 2 >= len(marks) else '"'


def _is_attribute(string: SgNode) -> bool:
    """Tell whether a string is the value of an attribute of JSX, whose quotes are its own."""
    parent = string.parent()
    return parent is not None and parent.kind() == "jsx_attribute"


def line_before(scene: Scene, statement: SgNode, code: str) -> Edit:
    """Insert ``code`` as lines of its own above ``statement``, at its indentation."""
    at = start(statement)
    lead = indent(scene.text, at)
    if _is_bare_body(statement):
        return _braced(scene, statement, f"{code}\n{statement.text()}")
    if scene.text[line_start(scene.text, at) : at].strip():
        return insert(at, f"{code} ")
    return insert(line_start(scene.text, at), textwrap.indent(code, lead) + "\n")


def line_after(scene: Scene, statement: SgNode, code: str) -> Edit:
    """Insert ``code`` as lines of its own below ``statement``, at its indentation."""
    lead = indent(scene.text, start(statement))
    if _is_bare_body(statement):
        return _braced(scene, statement, f"{statement.text()}\n{code}")
    last = start(statement) + len(statement.text().rstrip())
    if scene.text[last : last + 1] == ";":
        last += 1
    place = line_end(scene.text, last)
    rest = scene.text[last:place]
    if rest.strip() and not re.match(r"\s*(?://|#|/\*)", rest):
        return insert(last, f"\n{textwrap.indent(code, lead)}")
    missing = "" if scene.text[:place].endswith("\n") else "\n"
    return insert(place, f"{missing}{textwrap.indent(code, lead)}\n")


_HEADS = {"if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement",
          "enhanced_for_statement"}  # fmt: skip


def bare_body(scene: Scene, node: SgNode) -> SgNode | None:
    """Return the statement around ``node`` that is all that an ``if`` or a loop does, if one is."""
    for one in (node, *node.ancestors()):
        if one.kind() in scene.language.blocks:
            return None
        if _is_bare_body(one):
            return one
    return None


def _is_bare_body(statement: SgNode) -> bool:
    """Tell whether a statement is all that an ``if`` or a loop without braces does."""
    head = statement.parent()
    if head is None or head.kind() not in _HEADS or not statement.kind().endswith("statement"):
        return False
    body = field(head, "consequence", "body")
    bodies = [body] if body is not None else head.named_children()[-1:]
    return any(start(one) == start(statement) and end(one) == end(statement) for one in bodies)


def _braced(scene: Scene, statement: SgNode, rows: str) -> Edit:
    """Return ``rows`` in braces in the place of ``statement``."""
    lead = indent(scene.text, start(statement))
    own = scene.text[line_start(scene.text, start(statement)) : start(statement)].strip() == ""
    first = start(statement)
    if own:  # the body stands on a line of its own, below its head
        first = len(scene.text[:first].rstrip())
        lead = indent(scene.text, first - 1)
    inner = textwrap.indent(rows, lead + step(scene.text))
    return Edit(first, end(statement), f"{' ' if own else ''}{{\n{inner}\n{lead}}}")


def block_start(scene: Scene, body: SgNode, code: str, blank: bool = False) -> Edit:
    """Insert ``code`` as the first lines of the block ``body``, behind a docstring."""
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    if scene.language.python:
        first = inner[0]
        if is_docstring(first) and len(inner) > 1:
            return line_after(scene, first, code)
        if is_docstring(first):
            return line_after(scene, first, code)
        return line_before(scene, first, code)
    gap = "\n" if blank else ""
    if (
        inner
        and scene.text[line_start(scene.text, start(inner[0])) : start(inner[0])].strip() == ""
    ):
        lead = indent(scene.text, start(inner[0]))
        return insert(
            line_start(scene.text, start(inner[0])), textwrap.indent(code, lead) + "\n" + gap
        )
    outer = indent(scene.text, start(body))
    lead = outer + step(scene.text)
    written = textwrap.indent(code, lead)
    if inner:
        return insert(start(body) + 1, f"\n{written}\n{lead}")
    return Edit(start(body), end(body), f"{{\n{written}\n{outer}}}")


def block_end(scene: Scene, body: SgNode, code: str) -> Edit:
    """Insert ``code`` as the last lines of the block ``body``."""
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    if not inner:
        return block_start(scene, body, code)
    last = inner[-1]
    if re.match(r"(?:return|throw|raise)\b", last.text()):
        return line_before(scene, last, code)
    return line_after(scene, last, code)


def is_docstring(statement: SgNode) -> bool:
    """Tell whether a statement is a text alone, as what a function of Python begins with."""
    inner = statement.named_children()
    return (
        statement.kind() == "expression_statement"
        and len(inner) == 1
        and inner[0].kind() in {"string", "concatenated_string"}
    )


def add_item(scene: Scene, holder: SgNode, item: str, after: SgNode | None = None) -> Edit:
    """Add one item to a list in brackets: arguments, an object, an array, parameters.

    It stands last (or behind ``after``), on a line of its own where the others do.
    """
    text = scene.text
    items = [one for one in holder.named_children() if "comment" not in one.kind()]
    if not items:
        return Edit(start(holder) + 1, end(holder) - 1, _padded(holder, item))
    last = after or items[-1]
    separator = _separator(holder)
    if last.range().start.line != holder.range().start.line and _own_line(text, last):
        lead = indent(text, start(last))
        behind = end(last)
        mark = re.compile(r"\s*[,;]").match(text, behind)
        tail = separator if mark is not None or separator == ";" else ""
        if mark is not None:
            place = line_end(text, mark.end())
            if place <= end(holder) and not text[mark.end() : place].strip():
                return insert(place, f"{lead}{item}{tail}\n")
            rest = text[mark.end() : place]
            if re.match(r"\s*(?://|#|/\*)", rest) and place <= end(holder):
                return insert(place, f"{lead}{item}{tail}\n")
            return insert(mark.end(), f"\n{lead}{item}{tail if tail == ';' else ''}")
        return insert(behind, f"{separator}\n{lead}{item}{tail}")
    mark = re.compile(r"\s*[,;]").match(text, end(last))
    if mark is not None and mark.end() <= end(holder):
        following = last.next()
        more = following.next() if following is not None else None
        if more is not None and more.is_named():
            return insert(mark.end(), f" {item}{separator}")
        return insert(mark.end(), f" {item}{separator if separator == ';' else ''}")
    return insert(end(last), f"{separator} {item}")


def _separator(holder: SgNode) -> str:
    if holder.kind() in {"interface_body", "object_type", "class_body"}:
        inner = holder.text()
        return "," if inner.count(",\n") > inner.count(";\n") else ";"
    return ","


def _padded(holder: SgNode, item: str) -> str:
    return f" {item} " if holder.kind() in {"object", "object_type", "interface_body"} else item


def _own_line(text: str, node: SgNode) -> bool:
    return not text[line_start(text, start(node)) : start(node)].strip()


def refuse_flattening(language: Language, name: str, value: SgNode, new: str) -> None:
    """Raise ``Abstain`` where one plain value would stand for a whole structure."""
    whole = language.objects | language.lists | language.functions | {"class_body"}
    plain = re.fullmatch(r"-?[\d_.]+\w*|'[^']*'|\"[^\"]*\"|true|false|True|False|null|None", new)
    if value.kind() in whole and plain and value.named_children():
        raise Abstain(f"{name} is more than one value; what of it becomes {new} is not said")


def drop_item(scene: Scene, item: SgNode) -> Edit:
    """Remove one item of a list in brackets with one of its commas."""
    return cut_from_list(scene.text, item)


def conditional(scene: Scene, condition: str, action: str) -> str:
    """Return a guard in the file's own style: braces where its one-line guards have them."""
    mark = semicolon(scene)
    action = action.rstrip(";")
    if scene.language.python:
        return f"if {condition}:\n{step(scene.text)}{action}"
    if scene.language.name == "go":
        return f"if {condition} {{\n{step(scene.text)}{action}\n}}"
    if _bare_guards(scene):
        return f"if ({condition}) {action}{mark}"
    return f"if ({condition}) {{\n{step(scene.text)}{action}{mark}\n}}"


def _bare_guards(scene: Scene) -> bool:
    guards = [
        one
        for one in of_kinds(scene.root, ("if_statement",))
        if (done := field(one, "consequence")) is not None
    ]
    bare = [
        one
        for one in guards
        if (done := field(one, "consequence")) is not None and "block" not in done.kind()
    ]
    return bool(guards) and len(bare) * 2 >= len(guards)
