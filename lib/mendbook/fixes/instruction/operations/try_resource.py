"""Open a resource of Java in a ``try``, so that it is closed however the block is left."""

from __future__ import annotations

import re
from itertools import takewhile

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, squeezed, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_ASKED = re.compile(r"try[- ]with[- ]resources?", re.IGNORECASE)


def try_resource(work: Work, clause: Clause) -> StepEdits | None:
    """Open in a ``try`` what the clause names; None where it asks for none."""
    scene = work.scene
    if scene.language.name != "java" or not _ASKED.search(clause.text):
        return None
    return opened_in_try(scene, _declared(scene, clause))


def opened_in_try(scene: Scene, declared: SgNode) -> StepEdits:
    """Return the edits that open the resource ``declared`` in a ``try``, around all that needs it.

    Raises ``Abstain`` where what it needs, or what it closes by hand, is not plain.
    """
    declarator = next(iter(of_kinds(declared, ("variable_declarator",))))
    name = text_of(declarator.field("name"))
    block = declared.parent()
    if block is None or block.kind() != "block":
        raise Abstain(f"{name} is not declared in a block")
    behind = [one for one in block.named_children() if start(one) > start(declared)]
    open_ones = list(takewhile(lambda one: not _closes(one, name), behind))
    closing = behind[len(open_ones)] if len(open_ones) < len(behind) else None
    after = behind[len(open_ones) + 1 :]
    if closing is not None and _is_lost(open_ones, after, name):
        return _as_resource(scene, declared, [*open_ones, *after], closing, name)
    return _as_resource(scene, declared, open_ones, closing, name)


def _declared(scene: Scene, clause: Clause) -> SgNode:
    words = set(re.findall(r"\w+", clause.text))
    declarations = [
        one
        for home in around(scene) or [scene.root]
        for one in of_kinds(home, ("local_variable_declaration",))
        if "new_" not in one.kind()
        and one.text().count("=") >= 1
        and _called(one) & words
    ]  # fmt: skip
    if not declarations:
        declarations = [
            one
            for home in around(scene) or [scene.root]
            for one in of_kinds(home, ("local_variable_declaration",))
            if begins_in_quote(scene, one) and one.text().count("=") >= 1 and not clause.codes
        ]
    if len(declarations) != 1:
        raise Abstain(f"what is to be opened in the try stands {len(declarations)} times")
    return declarations[0]


def _called(node: SgNode) -> set[str]:
    """Return a variable's name and type."""
    kind = text_of(node.field("type")).partition("<")[0]
    names = {text_of(one.field("name")) for one in of_kinds(node, ("variable_declarator",))}
    return names | {kind}


def _closes(node: SgNode, name: str) -> bool:
    return squeezed(node.text()) == f"{name}.close()"


def _is_lost(inside: list[SgNode], after: list[SgNode], name: str) -> bool:
    """Tell whether what stands behind the block reads what is declared in it.

    Raises ``Abstain`` where it reads the resource itself.
    """
    lost = {name} | {
        text_of(one.field("name"))
        for node in inside
        if node.kind() == "local_variable_declaration"
        for one in of_kinds(node, ("variable_declarator",))
    }
    for node in after:
        for one in of_kinds(node, ("identifier",)):
            if one.text() == name:
                raise Abstain(f"{name} is used behind the place where it is closed")
            if one.text() in lost:
                return True
    return False


def _as_resource(
    scene: Scene, declared: SgNode, inside: list[SgNode], closing: SgNode | None, name: str
) -> StepEdits:
    text, lead = scene.text, indent(scene.text, start(declared))
    if not inside:
        raise Abstain(f"nothing is done with {name}")
    if any(f"{name}.close()" in squeezed(one.text()) for one in inside):
        raise Abstain(f"{name} is closed in a block of its own; what of it stays is not plain")
    first, last = line_start(text, start(declared)), line_end(text, end(inside[-1]))
    own = declared.text().rstrip(";").strip()
    body = text[line_end(text, end(declared)) : last]
    if closing is not None and start(closing) < last:
        own_line = line_start(text, start(closing)), line_end(text, end(closing))
        body = text[line_end(text, end(declared)) : own_line[0]] + text[own_line[1] : last]
        closing = None
    deeper = "".join(
        f"{step(text)}{row}" if row.strip() else row for row in body.splitlines(keepends=True)
    )
    edits = [Edit(first, last, f"{lead}try ({own}) {{\n{deeper.rstrip()}\n{lead}}}\n")]
    if closing is not None:
        between = text[last : line_start(text, start(closing))]
        begin = last if not between.strip() else line_start(text, start(closing))
        edits.append(Edit(begin, line_end(text, end(closing)), ""))
    return StepEdits(
        Operation.REPLACE,
        f"open `{name}` in a try-with-resources",
        edits_in(scene, edits),
        adds=(f"try ({own})",),
    )
