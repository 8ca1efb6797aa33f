"""A field of a struct of Go under another name, at every use in its package."""

from __future__ import annotations

import re
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import (
    Struct,
    field_names,
    keyed,
    package_files,
    selected,
    structs_of,
)
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.fixes.instruction.writing.go_structs import field_of, laid_out
from mendbook.model import Operation

_WORDS = words(
    "rename renamed call called name named field instead everywhere uses use package struct"
    " all including throughout its whole"
)


def renamed_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Rename the field limit to maxItems*, *limit should be called maxItems*."""
    if re.search(r"\b(?:re)?(?:name|call)", ask.text, re.IGNORECASE) is None:
        return None
    scene = work.scene
    structs = structs_of(scene)
    kinds = {one.name for one in structs}
    held = {name for one in structs for each in one.fields for name in field_names(each)}
    told = spoken(ask, lambda word: word in held or word in kinds)
    codes = [part for one in told.codes for part in one.split(".")]
    olds = list(dict.fromkeys(one for one in codes if one in held))
    news = list(dict.fromkeys(one for one in codes if one not in held))
    news = [one for one in news if one not in kinds]
    words = [one for one in told.words if one not in _WORDS | ARTICLES | ORDERS]
    if not news and len(words) == 1:
        word = words.pop()
        news = [next(one for one in re.findall(r"\w+", ask.text) if one.lower() == word)]
    if len(olds) == 2 and not news:
        raise Abstain(f"both {olds[0]} and {olds[1]} are fields already")
    if len(olds) != 1 or len(news) != 1 or words or not re.fullmatch(r"[A-Za-z]\w*", news[0]):
        return None
    old, new = olds[0], news[0]
    owners = [one for one in structs if any(old in field_names(each) for each in one.fields)]
    field = next(each for each in owners[0].fields if old in field_names(each))
    own = owners[0].path == scene.path
    if (
        not told.has("field")
        and not (own and touches_quote(scene, field))
        and "." not in ask.unticked
    ):
        return None
    _refuse(scene, owners, old, new)
    return _renamed(scene, owners[0], field, old, new)


def _refuse(scene: Scene, owners: list[Struct], old: str, new: str) -> None:
    """Raise ``Abstain`` where it is not plain which uses are of the field, or the name is taken."""
    if len(owners) != 1:
        raise Abstain(f"{len(owners)} structs of the package have a field {old}")
    if old[:1].isupper() or new[:1].isupper():
        raise Abstain(
            f"{old} is exported, or would be: other packages, and what is stored, may read it"
        )
    if any(new in field_names(one) for one in owners[0].fields):
        raise Abstain(f"{owners[0].name} has a field {new} already")
    for _, root in package_files(scene):
        for one in of_kinds(root, ("method_declaration",)):
            if text_of(one.field("name")) in {old, new}:
                raise Abstain(f"a method of the package is called {text_of(one.field('name'))}")


def _renamed(scene: Scene, owner: Struct, field: SgNode, old: str, new: str) -> StepEdits:
    path, kind, fields = owner.path, owner.name, owner.fields
    names = re.sub(rf"\b{re.escape(old)}\b", new, field_of(field).names)
    at = next(at for at, one in enumerate(fields) if one == field)
    text = scene.task.snapshot.text(path)
    edits = [
        (path, one) for one in laid_out(text, fields, {at: replace(field_of(field), names=names)})
    ]
    for where, one in selected(scene, old):
        label = one.field("field")
        if label is not None:
            edits.append((where, replaced(label, new)))
    bodies: dict[tuple[str, int], SgNode] = {}
    for where, one in keyed(scene, old):
        body = one.parent()
        literal = body.parent() if body is not None else None
        typed = text_of(literal.field("type")) if literal is not None else ""
        if body is not None and (typed == kind or not typed):
            bodies[where, start(body)] = body
    for (where, _), body in bodies.items():
        edits += [(where, one) for one in _rekeyed(body, old, new)]
    files = len({one for one, _ in edits})
    said = f"rename the field {old} to {new} at {len(edits)} places in {files} files"
    return StepEdits(Operation.RENAME, said, tuple(edits), adds=(new,), removes=(old,),
                     follows_up=("uses", "references", "usages"))  # fmt: skip


def _rekeyed(body: SgNode, old: str, new: str) -> list[Edit]:
    """Return the edits of a literal's keys; those on lines of their own stay aligned."""
    pairs = [one for one in body.named_children() if one.kind() == "keyed_element"]
    keys = [one.named_children()[0] for one in pairs]
    edits = [replaced(one, new) for one in keys if one.text() == old]
    rows = [one.range().start.line for one in pairs]
    if len(set(rows)) < len(rows) or rows[0] == body.range().start.line:
        return edits
    lengths = [len(new) if one.text() == old else len(one.text()) for one in keys]
    groups: list[list[int]] = []
    for at, row in enumerate(rows):
        if groups and rows[groups[-1][-1]] == row - 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    for group in groups:
        if not any(keys[at].text() == old for at in group):
            continue
        width = max(lengths[at] for at in group)
        for at in group:
            value = pairs[at].named_children()[-1]
            first = keys[at].range().end.index + 1
            edits.append(Edit(first, start(value), " " * (width - lengths[at] + 1)))
    return edits


GO_RENAMES = (renamed_field,)
