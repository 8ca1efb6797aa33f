"""Why a declaration must stay, or keep its name, though no code that names it was found."""

from __future__ import annotations

import re
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.conventions import caller_of_member
from mendbook.code.go_conventions import go_reader
from mendbook.code.java_conventions import java_reader
from mendbook.code.python_conventions import python_reader
from mendbook.code.references.declaring import members
from mendbook.code.references.python.by_text import loaded_by_text
from mendbook.code.references.spied import taken_by_text
from mendbook.code.side_effects import decorators_of, effect_of
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.facts.reached_unnamed import asked_of_itself, reached_unnamed
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import (
    function_around,
    name_of,
    owner_of,
    text_of,
    whole,
)
from mendbook.fixes.task import Task
from mendbook.model import Finding

_MEMBERS = frozenset({"method_definition", "public_field_definition", "field_definition"})
_DEAD = re.compile(
    r"\bdead\b|unused|unreferenced|unreachable|orphan|obsolete|stale|left ?over|\bnever\b"
    r"|\bnobody\b|\bnothing\b|\bnowhere\b|no (?:longer|code|\w*caller|call|reference|usage|use)"
    r"|not (?:used|called|referenced|imported|reached|needed)|without (?:callers|references)",
    re.IGNORECASE,
)
_REGISTERED = re.compile(
    r"endpoint|\broutes?\b|handler|command|\btasks?\b|\bjobs?\b|listener|hook|fixture|signal|receiver"
    r"|subscri|resolver|quer(?:y|ies)|mutation|controller|decorat|annotat",
    re.IGNORECASE,
)
_PRIVATE = frozenset({"private"})


def why_kept(task: Task, scene: Scene, declared: SgNode, *, going: bool = True) -> str:
    """Return who calls or reads ``declared`` without naming it in code; nothing if nobody does.

    ``going`` says that it is to be removed; else it is only to be called otherwise.
    """
    if declared.kind() not in _MEMBERS and function_around(declared, scene.language) is not None:
        return ""
    name = name_of(declared)
    owner = owner_of(declared, scene.language)
    reason = ""
    if scene.language.python:
        held = name_of(owner) if owner is not None else ""
        reason = python_reader(task.snapshot, scene.path, name, held)
        if going and owner is None:
            reason = reason or loaded_by_text(task.snapshot, scene.path, name)
            reason = reason or reached_unnamed(task.snapshot, scene.path, name)
        if going and owner is not None:
            reason = reason or asked_of_itself(owner, name)
    elif scene.language.name == "go":
        reason = go_reader(task.snapshot, scene.path, declared, name)
    elif scene.language.name == "java":
        reason = java_reader(declared, name)
    elif owner is not None:
        reason = _of_member(task, scene, declared, owner, going=going)
    else:
        reason = _of_export(task, scene, declared, going=going)
    return "" if going and " carries @" in reason and _is_meant(task.finding) else reason


def _is_meant(finding: Finding) -> bool:
    """Tell whether a finding asks for what is registered to go, not for something that is dead."""
    said = f"{finding.problem}\n{finding.fix}"
    return bool(_REGISTERED.search(said)) and not _DEAD.search(f"{said}\n{finding.evidence}")


def _of_member(task: Task, scene: Scene, declared: SgNode, owner: SgNode, *, going: bool) -> str:
    if declared.kind() not in _MEMBERS:
        return ""
    name = name_of(declared)
    if base := _foreign_base(task, owner, declared):
        return f"{name_of(owner)} {base}, which may ask for {name}"
    if going:
        return task.lookup.needed_member(declared, name_of(owner), scene.path)
    for mark in [mark for one in members(declared) for mark in decorators_of(one)]:
        return f"{name} carries {mark.text().partition('(')[0]}, which may call it"
    if caller := caller_of_member(name):
        return f"{name} is called by {caller}, which names it nowhere"
    if place := task.lookup.built(name):
        return f"{name} may be what {place} puts together"
    if _is_private(declared):
        return ""
    return task.lookup.loaded(name_of(owner), scene.path)


def _is_private(declared: SgNode) -> bool:
    marks = {one.text() for one in declared.children() if one.kind() == "accessibility_modifier"}
    return bool(marks & _PRIVATE) or name_of(declared).startswith("#")


def _foreign_base(task: Task, owner: SgNode, declared: SgNode) -> str:
    """Return what the class takes from outside the tree that may call one of its members."""
    if _is_private(declared):
        return ""
    heritage = next((one for one in owner.children() if one.kind() == "class_heritage"), None)
    for base in re.findall(r"[A-Za-z_$][\w$.]*(?=\s*(?:<|,|$|implements|\())",
                           text_of(heritage).replace("extends", " ")):  # fmt: skip
        last = base.rpartition(".")[2]
        if last != "implements" and not any(
            last in _types_in(task.snapshot.text(path))
            for path in files_holding(task.snapshot, last)
        ):
            return f"extends or implements {base}"
    return ""


_TYPE = re.compile(r"\b(?:class|interface|type)\s+(?=([A-Za-z_$][\w$]*))")


@lru_cache(maxsize=16384)
def _types_in(text: str) -> frozenset[str]:
    """Return the names that ``text`` may declare a type as: read once for all classes asked of."""
    return frozenset(_TYPE.findall(text))


def _of_export(task: Task, scene: Scene, declared: SgNode, *, going: bool) -> str:
    name, outer = name_of(declared), whole(declared)
    if place := taken_by_text(task.snapshot, name):
        return place
    if not going and (place := task.lookup.augmented(name, scene.path)):
        return place
    if not going and (reader := task.lookup.by_convention(name, scene.path)):
        return reader
    for node in (outer, *outer.named_children()):
        for mark in decorators_of(node):
            return f"{name} carries {mark.text().partition('(')[0]}, which may use it"
    if going and (effect := effect_of(outer)):
        return f"declaring {name} runs {effect}, which would no longer happen"
    if going and declared.kind() in _MEMBERS:
        return task.lookup.loaded(_holder(declared), scene.path)
    if going:
        return task.lookup.imported(name, scene.path)
    titled = not text_of(outer).startswith("export default")
    return task.lookup.loaded(name, scene.path) if titled else ""


def _holder(part: SgNode) -> str:
    """Return what the object around ``part`` is called; empty for one without a name."""
    outer = [one for one in part.ancestors() if one.kind() == "variable_declarator"]
    return name_of(outer[-1]) if outer else ""
