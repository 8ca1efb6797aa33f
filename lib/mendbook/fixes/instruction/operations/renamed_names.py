"""Which name a clause renames, and to what: by its code, by its kind, or as what is quoted."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, function_of
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import declarations, name_of, of_kinds, owner_of, start
from mendbook.fixes.instruction.work import Work


def old_name(work: Work, clause: Clause) -> str:
    """Return the name that the clause renames; raises ``Abstain`` where it is not clear."""
    scene = work.scene
    codes = [one.bare.rpartition(".")[2] for one in clause.object.codes]
    if codes:
        return codes[0]
    words = [one for one in clause.object.spelled if one.lower() not in _WORDS and scene.knows(one)]
    if clause.object.words in {("it",), ("this",), ("them",)} or (
        not words and {"variable", "local", "parameter", "constant"} & set(clause.object.words)
    ):
        words = _quoted(scene)
    if not words and clause.object.words in {("it",), ("this",), ()}:
        words = _own(work)
    if not words and (kind := _kind_told(clause)):
        words = _of_kind(work, kind)
    if not words:
        raise Abstain("what is renamed does not stand in the file")
    return words[-1]


_WORDS = {
    "the", "private", "public", "field", "method", "function", "variable", "parameter", "local",
    "class", "type", "interface", "constant", "property", "a", "an", "helper", "this", "prop",
}  # fmt: skip


def _own(work: Work) -> list[str]:
    """Return the one symbol that the finding is about, where its problem speaks of no other."""
    scene, problem = work.scene, work.task.finding.problem
    names = [one.rpartition(".")[2] for one in work.task.finding.symbols]
    told = {one for one in re.findall(r"[A-Za-z_$][\w$]*", problem) if scene.knows(one)}
    alone = len(names) == 1 and told - _WORDS == set(names)
    return names if alone and declarations(scene.root, names[0], scene.language) else []


def _kind_told(clause: Clause) -> str:
    """Return the kind by which a clause names what it renames: *the function*; else empty."""
    words = clause.object.words
    kind = words[1] if len(words) == 2 and words[0] in {"the", "this"} else ""
    return kind if kind in _WORDS else ""


def _of_kind(work: Work, kind: str) -> list[str]:
    """Return the symbol of the finding where it is the only one, and is of that kind."""
    scene, told = work.scene, {one.rpartition(".")[2] for one in work.task.finding.symbols}
    if len(told) != 1 or (name := told.pop()) == kind:
        return []
    declared = declarations(scene.root, name, scene.language)
    return [name] if len(declared) == 1 and _is_of_kind(scene, declared[0], kind) else []


def _is_of_kind(scene: Scene, declared: SgNode, kind: str) -> bool:
    method = owner_of(declared, scene.language) is not None
    if kind in {"function", "method", "helper"}:
        return function_of(declared, scene.language) is not None and method == (kind == "method")
    if kind == "class":
        return declared.kind() in scene.language.classes
    if kind in {"type", "interface"}:
        return declared.kind().startswith(kind)
    return False


def _quoted(scene: Scene) -> list[str]:
    """Return the one name that the code quoted declares."""
    kinds = scene.language.assignments | scene.language.fields | scene.language.functions
    names = {
        name_of(one)
        for one in of_kinds(scene.root, kinds, scene.language)
        if name_of(one) and any(a - 8 <= start(one) < b for a, b in scene.quotes)
    }
    return list(names) if len(names) == 1 else []


def new_name(clause: Clause) -> str:
    """Return the name that the clause gives; raises ``Abstain`` where it gives none."""
    target = clause.behind("to", "into", "as", "→")
    codes = target.codes if target is not None else ()
    words = [one for one in (target.spelled if target is not None else ()) if one.lower() not in {
        "and", "update", "something", "a", "the", "more", "descriptive"}]  # fmt: skip
    name = codes[0].bare if codes else (words[0] if len(words) == 1 else "")
    name = re.sub(r"^(?:self|cls|this)\.", "", name)
    if not re.fullmatch(r"#?[A-Za-z_$][\w$]*", name):
        raise Abstain("the new name is not said")
    return name
