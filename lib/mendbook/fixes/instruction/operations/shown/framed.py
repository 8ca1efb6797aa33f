"""Write code around the quoted code, where the text shows it with something left out.

``{note && <p …>{note}</p>}`` holds the quoted ``<p className="a">{note}</p>``: what stands around
that comes around it. ``const x = memo(() => f(a), [a]);`` holds the quoted ``f(a)``: it is put
above, and the name stands where the code was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code.imports import add_import_statement
from mendbook.code.module_text import imported, parse_text
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.gaps import Gapped, gapped
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    function_around,
    inside,
    outermost,
    same,
    squeezed,
    statement_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import line_before, replaced
from mendbook.model import Operation
from mendbook.text.plain import one_line
from mendbook.text.squeezed import flatten, squeeze


def frame_quoted(work: Work, clause: Clause) -> StepEdits | None:
    """Return the edit that puts the shown frame around what is quoted; None without a frame."""
    scene = work.scene
    if not scene.quotes:
        return None
    for code in clause.codes:
        shown = gapped(code.text)
        if not shown.gaps or shown.open_start or shown.open_end:
            continue
        fitting = [
            (node, framed)
            for node in walk(scene.root)
            if node.is_named() and begins_in_quote(scene, node)
            and (framed := _framed(shown, node.text())) is not None
        ]  # fmt: skip
        outer = [
            (node, framed)
            for node, framed in fitting
            if not any(inside(node, o) and not same(node, o) for o, _ in fitting)
        ]
        if len(outer) != 1:
            continue
        node, framed = outer[0]
        return StepEdits(
            Operation.WRAP,
            f"write `{one_line(code.text, 70)}`",
            edits_in(scene, [replaced(node, framed)]),
            adds=(framed,),
        )
    return None


def _framed(shown: Gapped, held: str) -> str | None:
    """Return ``shown`` with ``held`` for the part of it that says ``held`` with gaps."""
    flat = flatten(held)
    first, first_at = squeeze(shown.parts[0])
    last, last_at = squeeze(shown.parts[-1])
    heads = [at for at in range(len(first)) if len(first) - at > 1 and flat.startswith(first[at:])]
    tails = [at for at in range(len(last), 1, -1) if flat.endswith(last[:at])]
    if not heads or not tails or (heads[0] == 0 and tails[0] == len(last)):
        return None
    middle = flat[len(first) - heads[0] : len(flat) - tails[0]]
    at = 0
    for part in shown.parts[1:-1]:
        needle = flatten(part)
        at = middle.find(needle, at)
        if at < 0:
            return None
        at += len(needle)
    before = shown.parts[0][: first_at[heads[0]]]
    after = shown.parts[-1][last_at[tails[0] - 1] + 1 :]
    return f"{before}{held}{after}" if before.strip() or after.strip() else None


_LOCAL = re.compile(r"(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::[^=]+)?=\s*(?P<value>.+?);?", re.S)


def held_apart(work: Work, codes: Sequence[str]) -> StepEdits | None:
    """Return the edits that put a shown declaration above what it holds of the quoted code.

    None where no one declaration is shown that holds it, or where the text names code that is no
    part of both. Raises ``Abstain`` where its name is taken, or where it would stand in another
    function than what it is for.
    """
    scene = work.scene
    told = [
        (code, match)
        for code in codes
        if "\n" in code.strip() and (match := _LOCAL.fullmatch(code.strip())) is not None
    ]
    if len(told) != 1 or not scene.language.script or not scene.quotes:
        return None
    code, match = told[0]
    near = " ".join(squeezed(scene.text[first:last]) for first, last in scene.quotes)
    others = [one for one in codes if one is not code and not one.startswith("import ")]
    if not all(squeezed(one).strip(":") in squeezed(code) + near for one in others):
        return None
    value = squeezed(match["value"]).rstrip(";")
    nodes = [
        node
        for node in walk(scene.root)
        if node.is_named()
        and begins_in_quote(scene, node)
        and len(text := squeezed(node.text())) > 5
        and text in value
        and text != value
        and node.kind() not in {"pair", "jsx_attribute", "expression_statement"}
    ]
    outer = outermost(nodes)
    if len(outer) != 1:
        return None
    node, name = outer[0], match["name"]
    at = statement_of(node, scene.language)
    home = function_around(node, scene.language)
    if home is None or function_around(at, scene.language) is None:
        return None
    if not same(home, function_around(at, scene.language) or at):
        raise Abstain(f"`{name}` would stand in another function than what it is for")
    if spelled(home, name, scene.language):
        raise Abstain(f"the name {name} is taken there")
    module = parse_text(scene.path, scene.text)
    loads = [one for one in codes if one.startswith("import ")]
    added = [edit for one in loads for edit in add_import_statement(module, one)]
    if not added and "React." in code and imported(module, "React") is None:
        raise Abstain("React is not imported there")
    edits = [line_before(scene, at, code.strip()), replaced(node, name), *added]
    return StepEdits(
        Operation.EXTRACT,
        f"hold `{one_line(node.text(), 60)}` in {name}, as it is written out",
        edits_in(scene, edits),
        adds=(name, *(loads if added else ())),
    )
