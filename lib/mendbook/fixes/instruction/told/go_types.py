"""Types of Go: another one for a field or a variable, a pointer for a receiver."""

from __future__ import annotations

import re
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import (
    BUILTIN_TYPES,
    keyed,
    package_files,
    selected,
)
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.fixes.instruction.writing.go_structs import field_of, laid_out
from mendbook.model import Operation

_CHANGES = words("change turn switch convert become becomes replace into instead rather than")
_OF_TYPES = words("type field variable declared typed mutex lock counter")
_KIN = frozenset({"sync.Mutex", "sync.RWMutex"})
"""Types of which each has what the other has that a value of both is used for: Lock and Unlock."""
_LOCKS = frozenset({"Lock", "Unlock", "TryLock"})


def retyped(work: Work, ask: Ask) -> StepEdits | None:
    """*Make mu a sync.RWMutex*: the one field or variable, where all that uses it still fits."""
    scene = work.scene
    holders = _holders(scene)
    told = spoken(ask, lambda word: word in holders or word in BUILTIN_TYPES)
    if len(told.codes) not in {2, 3} or not told.only(ARTICLES, ORDERS, _CHANGES, _OF_TYPES):
        return None
    names = [one for one in told.codes if one.rpartition(".")[2] in holders]
    kinds = [one for one in told.codes if one not in names]
    if len(names) != 1 or not kinds or not all(_is_type(one) for one in kinds):
        return None
    name, owner = names[0].rpartition(".")[2], names[0].rpartition(".")[0]
    nodes = [one for one in holders[name] if not owner or _struct_of(one) == owner]
    nodes = nodes if len(nodes) == 1 else [one for one in nodes if touches_quote(scene, one)]
    if len(nodes) != 1:
        return None
    node = nodes[0]
    old = text_of(node.field("type"))
    new = [one for one in kinds if squeezed(one) != squeezed(old)]
    if not new:
        raise Abstain(f"{name} is a {old} already")
    if len(new) != 1 or (len(kinds) == 2 and squeezed(old) not in map(squeezed, kinds)):
        raise Abstain(f"{name} is a {old}")
    if old == f"*{new[0]}" or not re.match(r"[A-Za-z*\[]", new[0]):
        return None
    _refuse_unfit(scene, node, name, old, new[0])
    if node.kind() == "field_declaration":
        held = node.parent()
        fields = [
            one for one in (held.named_children() if held else ()) if one.kind() == node.kind()
        ]
        at = next(at for at, one in enumerate(fields) if one == node)
        edits = laid_out(scene.text, fields, {at: replace(field_of(node), kind=new[0])})
    else:
        kind = node.field("type")
        edits = [replaced(kind, new[0])] if kind is not None else []
    said = f"make {name} a {new[0]}"
    return step_edits(scene, Operation.REPLACE, said, edits, [new[0]], [old])


def _holders(scene: Scene) -> dict[str, list[SgNode]]:
    """Return the fields and the typed variables of the file by their names."""
    found: dict[str, list[SgNode]] = {}
    for one in of_kinds(scene.root, ("field_declaration", "var_spec")):
        names = [
            each for each in one.children() if each.kind() in {"field_identifier", "identifier"}
        ]
        if one.field("type") is not None and len(names) == 1:
            found.setdefault(names[0].text(), []).append(one)
    return found


def _struct_of(node: SgNode) -> str:
    holder = next((one for one in node.ancestors() if one.kind() == "type_spec"), None)
    return text_of(holder.field("name")) if holder is not None else ""


def _is_type(code: str) -> bool:
    bare = re.sub(r"^(?:\*|\[\d*\]|map\[[\w.*\[\]]+\])+", "", code)
    return (
        bare in BUILTIN_TYPES
        or re.fullmatch(r"(?:[a-z]\w*\.)?[A-Z]\w*(?:\[.+\])?", bare) is not None
    )


def _refuse_unfit(scene: Scene, node: SgNode, name: str, old: str, new: str) -> None:
    """Raise ``Abstain`` where something in the package uses what is to have another type.

    A mutex may become one for readers and writers: what is called on it is there in both.
    """
    uses = [one for _, one in selected(scene, name)]
    if node.kind() == "var_spec":
        uses = [
            one.parent() or one
            for _, root in package_files(scene)
            for one in of_kinds(root, ("identifier",))
            if one.text() == name and one.parent() != node
        ]
    given = [one for _, one in keyed(scene, name)] if node.kind() == "field_declaration" else []
    if {old, new} <= _KIN and not given:
        calls = [text_of((one.parent() or one).field("field")) if node.kind() == "field_declaration"
                 else text_of(one.field("field")) for one in uses]  # fmt: skip
        if new == "sync.RWMutex" or set(calls) <= _LOCKS:
            return
        raise Abstain(f"a {new} has no {next(iter(set(calls) - _LOCKS))}")
    if uses or given or (name[:1].isupper() and _is_read_elsewhere(scene, name)):
        raise Abstain(f"{name} is used as a {old}; what of it becomes otherwise is not said")


def _is_read_elsewhere(scene: Scene, name: str) -> bool:
    """Tell whether another package reads a field, or gives it a value."""
    form = re.compile(rf"\.{re.escape(name)}\b|\b{re.escape(name)}:")
    tree = scene.task.snapshot
    return any(
        form.search(tree.text(path))
        for path in files_holding(tree, name)
        if path.endswith(".go") and path != scene.path
    )


_OF_RECEIVERS = words(
    "receiver receivers pointer pointers value method methods both switch change turn into"
    " convert instead rather than over"
)


def pointed(work: Work, ask: Ask) -> StepEdits | None:
    """*Give Len a pointer receiver*, *change the receiver to *Queue*: for methods of a value."""
    scene = work.scene
    methods = {
        text_of(one.field("name")): one for one in of_kinds(scene.root, ("method_declaration",))
    }
    told = spoken(ask, lambda word: word in methods or word.lstrip("*") in _owners(methods))
    starred = [one for one in told.codes if one.startswith("*")]
    plain = "pointer" in told.words and told.has("receiver", "receivers")
    moved = bool(starred) and told.has("receiver", "receivers", "declare", "define")
    if not (plain or moved) or not told.only(ARTICLES, ORDERS, _OF_RECEIVERS, ("define",)):
        return None
    kinds = {re.sub(r"^(?:\w+\s+)?\*?", "", one) for one in told.codes if one not in methods}
    kinds -= {part for one in told.codes for part in (one,) if one.rpartition(".")[2] in methods}
    names = [one.rpartition(".")[2] for one in told.codes if one.rpartition(".")[2] in methods]
    nodes = [methods[one] for one in names] or [
        one for one in around(scene) if one.kind() == "method_declaration"
    ]
    if not nodes:
        raise Abstain("which method is meant is not said")
    edits = []
    for one in nodes:
        kind = _receiver_type(one)
        if kind is None or kind.kind() == "pointer_type":
            raise Abstain(f"{text_of(one.field('name'))} has a pointer for its receiver already")
        if kinds - {kind.text()}:
            raise Abstain(f"the receiver is a {kind.text()}")
        _refuse_values(scene, kind.text(), text_of(one.field("name")))
        edits.append(replaced(kind, f"*{kind.text()}"))
    said = f"give {', '.join(text_of(one.field('name')) for one in nodes)} a pointer receiver"
    return step_edits(scene, Operation.REPLACE, said, edits, ["*"])


def _owners(methods: dict[str, SgNode]) -> set[str]:
    return {text_of(kind).lstrip("*") for one in methods.values() if (kind := _receiver_type(one))}


def _receiver_type(method: SgNode) -> SgNode | None:
    receiver = method.field("receiver")
    held = receiver.named_children() if receiver is not None else []
    return held[0].field("type") if held else None


def _refuse_values(scene: Scene, kind: str, name: str) -> None:
    """Raise ``Abstain`` where a value that has no address has the method, or a set of methods."""
    literal = rf"(?<![&\w.\]*]){re.escape(kind)}\{{[^{{}}]*\}}"
    for path, root in package_files(scene):
        text = root.text()
        if re.search(rf"{literal}\)?\.{re.escape(name)}\(", text) or re.search(
            rf"var\s+\w+\s+[\w.]+\s*=\s*{re.escape(kind)}\{{", text
        ):
            raise Abstain(f"a {kind} without an address has {name} in {path}")
        if re.search(rf"map\[[^\]]+\]{re.escape(kind)}\b", text):
            raise Abstain(f"a map holds values of {kind}, which have no address")


GO_TYPES = (retyped, pointed)
