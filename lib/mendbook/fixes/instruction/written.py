"""A statement of Go or Java that a fix text writes out whole, in the place of its weaker form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, indent, insert, line_end, start, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.error_format import wrapped_error
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    callee_text,
    of_kinds,
    squeezed,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.model import Operation

_LEAD = re.compile(r"^(?P<lead>[^:]{3,120}):\s+`?(?P<code>[^`]+?)`?\.?\s*$", re.S)
_FENCED = re.compile(r"^(?P<lead>[^:`]{3,120}):?\s+```\w*\n(?P<code>[^`]+?)\n?```\s*$", re.DOTALL)
_FIRST = re.compile(r"\bfirst\b|at the (?:top|start|beginning)|\bbefore (?:any|the) call", re.I)
_FRAMES = {
    "go": ("package p\nfunc f() {\n{0}\n}\n", ("block", "statement_list")),
    "java": ("class C {\n  void f() {\n{0}\n  }\n}\n", ("block",)),
}


def better_statement(scene: Scene, text: str) -> StepEdits | None:
    """Return what ``text`` writes out in place of the finding's statement; None where it does not.

    That is a check around the same call, the same return with a cause, a wrapped error, or
    statements to begin the function with.
    """
    if scene.language.name not in _FRAMES:
        return None
    if (wrapped := wrapped_error(scene, text)) is not None:
        return wrapped
    said = _LEAD.match(text.strip()) or _FENCED.match(text.strip())
    if said is None:
        return None
    code = said["code"] if "\n" in said["code"] else " ".join(said["code"].split())
    statements = _statements(code, scene.language)
    if not statements:
        return None
    olds = [one for one in _near(scene) if _is_bettered(one, statements, scene.language)]
    if len(olds) > 1:
        raise Abstain(f"`{code[:60]}` fits several statements of {scene.path}")
    if olds:
        return _replaced(scene, olds[0], code, statements)
    if _FIRST.search(said["lead"]) and len(scene.scopes) == 1:
        return _begun(scene, code, statements)
    return None


def _statements(code: str, language: Language) -> list[SgNode]:
    """Return the statements of ``code``; nothing where it does not parse as such."""
    frame, blocks = _FRAMES[language.name]
    whole = code if language.name == "go" or code.rstrip().endswith(("}", ";")) else f"{code};"
    root = parse(language, frame.replace("{0}", whole))
    if root.find(kind="ERROR") is not None:
        return []
    body = next(iter(of_kinds(root, ("block",))), None)
    inner = body.named_children() if body is not None else []
    if len(inner) == 1 and inner[0].kind() in blocks[1:]:
        inner = inner[0].named_children()
    return [one for one in inner if "comment" not in one.kind()]


def _near(scene: Scene) -> Iterator[SgNode]:
    """Yield the statements where the finding points: in its quotes, else in its functions."""
    for one in of_kinds(scene.root, _SIMPLE):
        parent = one.parent()
        if parent is None or parent.kind() not in {"statement_list", *scene.language.blocks}:
            continue
        if scene.quotes:
            if touches_quote(scene, one):
                yield one
        elif any(start(s) <= start(one) and end(one) <= end(s) for s in scene.scopes):
            yield one


_SIMPLE = (
    "expression_statement", "assignment_statement", "short_var_declaration", "go_statement",
    "defer_statement", "return_statement", "local_variable_declaration", "throw_statement",
)  # fmt: skip


def _is_bettered(old: SgNode, new: list[SgNode], language: Language) -> bool:
    """Tell whether the new statements do what ``old`` does: its own call, checked or extended."""
    calls = list(of_kinds(old, language.calls))
    if old.kind() == "return_statement" and len(new) == 1 and _has_cause(old, new[0]):
        return True
    if not calls or any(squeezed(one.text()) == squeezed(old.text()) for one in new):
        return False
    new_calls = [one for node in new for one in of_kinds(node, language.calls)]
    whole = squeezed(calls[0].text())
    names = _defined(old)
    kept = {name for node in new for name in _defined(node)}
    if any(squeezed(one.text()) == whole for one in new_calls):
        return names <= kept | {"_", "err"}
    if len(new) == 1 and new[0].kind() == old.kind() and names == kept:
        return bool(new_calls) and callee_text(new_calls[0]) == callee_text(calls[0]) and _extends(
            calls[0], new_calls[0])  # fmt: skip
    return False


def _has_cause(old: SgNode, new: SgNode) -> bool:
    """Tell whether a return gives what another gives, its bare error with words around it."""
    if new.kind() != "return_statement":
        return False
    first, second = (_values(one) for one in (old, new))
    if len(first) != len(second) or not first or first[:-1] != second[:-1]:
        return False
    tested = re.compile(rf"\b{re.escape(first[-1])}\s*!=\s*nil\b")
    checked = any(
        one.kind() == "if_statement" and tested.search(text_of(one.field("condition")))
        for one in old.ancestors()
    )  # else it may be nil, and words around nil are an error
    return (
        checked
        and bool(re.fullmatch(r"\w*[eE]rr", first[-1]))
        and bool(
            re.match(r"(?:fmt\.Errorf|errors\.\w+)\(", second[-1])
            and re.search(rf"\b{first[-1]}\b", second[-1])
        )
    )


def _values(statement: SgNode) -> list[str]:
    listed = next(iter(statement.named_children()), None)
    inner = listed.named_children() if listed is not None else []
    return [squeezed(one.text()) for one in inner]


def _extends(old: SgNode, new: SgNode) -> bool:
    """Tell whether a call has all the arguments of another, strings at most continued."""
    first, second = (
        [squeezed(one.text()) for one in _given(call)] for call in (old, new)
    )  # fmt: skip
    if len(second) < len(first):
        return False
    pairs = zip(first, second, strict=False)
    return all(a == b or (a[:1] in "\"'`" and b.startswith(a[:-1])) for a, b in pairs)


def _given(call: SgNode) -> list[SgNode]:
    listed = call.field("arguments")
    return [one for one in listed.named_children() if "comment" not in one.kind()] if listed else []


def _defined(statement: SgNode) -> set[str]:
    """Return the names that a statement itself gives to what stands below it."""
    left = statement.field("left") if statement.kind() == "short_var_declaration" else None
    if left is not None:
        return {one.text() for one in left.named_children()}
    if statement.kind() == "local_variable_declaration":
        return {text_of(one.field("name")) for one in of_kinds(statement, ("variable_declarator",))}
    return set()


def _replaced(scene: Scene, old: SgNode, code: str, statements: list[SgNode]) -> StepEdits:
    lead = indent(scene.text, start(old))
    rows = "\n".join(_laid_out(one, scene, lead) for one in statements).lstrip()
    return StepEdits(
        Operation.REPLACE,
        f"replace `{' '.join(old.text().split())[:60]}` with `{code[:80]}`",
        edits_in(scene, [Edit(start(old), end(old), rows)]),
        adds=(_plain(statements[0].text()),) if len(statements) == 1 else (),
    )


def _begun(scene: Scene, code: str, statements: list[SgNode]) -> StepEdits | None:
    body = body_of(scene.scopes[0])
    if body is None:
        return None
    if any(squeezed(one.text()) in squeezed(body.text()) for one in statements):
        raise Abstain(f"`{code[:60]}` already stands there")
    first = next((one for one in body.named_children() if "comment" not in one.kind()), None)
    if first is None:
        return None
    lead = indent(scene.text, start(first))
    rows = "".join(f"{_laid_out(one, scene, lead)}\n" for one in statements)
    at = line_end(scene.text, start(body))
    return StepEdits(
        Operation.ADD,
        f"begin with `{code[:80]}`",
        edits_in(scene, [insert(at, rows)]),
        adds=tuple(_plain(one.text()) for one in statements),
    )


def _plain(code: str) -> str:
    return " ".join(code.split())


def _laid_out(node: SgNode, scene: Scene, lead: str) -> str:
    """Return a statement on lines of its own, its blocks opened over several lines."""
    one = step(scene.text) if scene.language.name == "java" else "\t"
    return f"{lead}{_opened(node, scene.language, lead, one)}"


def _opened(node: SgNode, language: Language, lead: str, one: str) -> str:
    text, at = node.text(), start(node)
    blocks = [
        block
        for block in of_kinds(node, ("block",))
        if not any(outer.kind() == "block" and start(outer) >= at for outer in block.ancestors())
    ]
    for block in reversed(blocks):
        inner = block.named_children()
        if len(inner) == 1 and inner[0].kind() == "statement_list":
            inner = inner[0].named_children()
        rows = "".join(f"{lead}{one}{_opened(each, language, lead + one, one)}\n" for each in inner)
        written = f"{{\n{rows}{lead}}}"
        text = text[: start(block) - at] + written + text[end(block) - at :]
    return text
