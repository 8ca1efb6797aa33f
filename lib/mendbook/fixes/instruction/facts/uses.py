"""Where a name is used, as far as syntax shows: for what is removed, renamed or changed in form.

It errs on the side of use: a word in a template or in another language counts, a name that is
built at run time counts, and what only shares its spelling is told apart where it is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.file_facts import facts_by_file
from mendbook.code.references.python.of_snapshot import python_search
from mendbook.code.search import known_kinds
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.facts.built_names import BY_VARIABLE, BuiltName, built_names
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    function_around,
    line,
    name_of,
    of_kinds,
    owner_of,
    parameter_name,
    parameters,
    start,
    text_of,
    walk,
    whole,
)
from mendbook.fixes.task import Task
from mendbook.model import ReferenceKind
from mendbook.repository.snapshot import Snapshot

_PROSE = (
    *(".md", ".mdx", ".txt", ".rst", ".adoc", ".lock", ".csv", ".svg", ".snap", "-lock.json"),
    *("pnpm-lock.yaml", "go.sum", ".css", ".scss", ".sass", ".less", ".styl", ".map"),
)
_PROPERTIES = frozenset(
    {
        "property_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
    }
)


_TAKING = ("import_statement", "import_from_statement", "export_clause")
_HOLDERS = frozenset({"variable_declarator", "public_field_definition", "field_definition"})


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a name is used."""

    path: str
    line: int
    node: SgNode | None = None
    """None in a file that the reader does not parse."""

    @property
    def shown(self) -> str:
        """The place as ``file:line``."""
        return f"{self.path}:{self.line}"


def uses_outside(task: Task, scene: Scene, declared: SgNode, name: str) -> list[Use]:
    """Return the uses of ``name`` that stand outside its own declaration, in the whole tree.

    For a function that a variable or a field holds, that is the declaration of what holds it.
    """
    holder = declared.parent()
    if holder is not None and holder.kind() in _HOLDERS and name_of(holder) == name:
        declared = holder
    outer = whole(declared)
    uses = [
        Use(scene.path, line(one), one)
        for one in spelled(scene.root, name, scene.language)
        if not (start(outer) <= start(one) and end(one) <= end(outer)) and not _is_export_list(one)
    ]
    if is_local(scene, declared):
        return uses
    more = (*_dynamic(task.snapshot, scene.language, name), *_read_by_text(task, scene, name))
    found = [*uses, *_elsewhere(task.snapshot, scene.path, name), *more]
    if scene.language.python and owner_of(declared, scene.language) is None:
        held = {(one.path, one.line) for one in found}
        inner = range(line(outer), line(outer) + outer.text().count("\n") + 1)
        found += [
            one
            for one in _of_module(task.snapshot, scene.path, name)
            if (one.path, one.line) not in held
            and not (one.path == scene.path and one.line in inner)
        ]
    return found


@lru_cache(maxsize=4)
def _of_module(snapshot: Snapshot, home: str, name: str) -> tuple[Use, ...]:
    """Return the uses of a module's ``name`` by its imports, and in texts that are types."""
    search = python_search(snapshot)
    places = {
        (one.file, one.line)
        for subject in search.defined(name, (home,))
        if not subject.defined.owner
        for one in search.references(subject)
        if one.kind is not ReferenceKind.REEXPORT  # what ``__all__`` lists is told apart
    }
    uses = [Use(path, at, _on_line(snapshot, path, at, name)) for path, at in sorted(places)]
    language = language_of(home)
    types = of_kinds(parse(language, snapshot.text(home)), ("type",)) if language else []
    word = re.compile(rf"[\"'](?:[^\"']*[^\w.\"'])?{re.escape(name)}(?!\w)")
    return (*uses, *(Use(home, line(one), one) for one in types if word.search(one.text())))


def _on_line(snapshot: Snapshot, path: str, at: int, name: str) -> SgNode | None:
    language = language_of(path)
    nodes = spelled(parse(language, snapshot.text(path)), name, language) if language else []
    return next((one for one in nodes if line(one) == at), None)


def _is_export_list(node: SgNode) -> bool:
    return any(one.kind() == "export_clause" for one in node.ancestors()) or _is_exports(node)


def _is_exports(node: SgNode) -> bool:
    """Tell whether a name only stands in ``module.exports = { … }``."""
    for one in node.ancestors():
        if one.kind() == "assignment_expression":
            return text_of(one.field("left")) in {"module.exports", f"exports.{node.text()}"}
        if one.kind() not in {"object", "pair", "shorthand_property_identifier"}:
            return False
    return False


def spelled(root: SgNode, name: str, language: Language) -> list[SgNode]:
    """Return the identifiers spelled ``name`` below ``root``, comments and strings aside."""
    kinds = sorted(known_kinds(language.name, language.names))
    word = f"^#*{re.escape(name.lstrip('#'))}$"
    return root.find_all(regex=word, any=[{"kind": kind} for kind in kinds])


def is_local(scene: Scene, declared: SgNode) -> bool:
    """Tell whether nothing outside the file can use a declaration."""
    if declared.kind() in {"required_parameter", "optional_parameter"}:
        return True
    marks = {one.text() for one in declared.children() if one.kind() == "accessibility_modifier"}
    if "private" in marks or name_of(declared).startswith("#"):
        return True
    held = scene.language.fields | {"method_definition"}
    if owner_of(declared, scene.language) is not None or declared.kind() in held:
        return False
    if function_around(declared, scene.language) is not None:
        return True
    if scene.language.script:
        name = name_of(declared)
        exported = whole(declared).kind() == "export_statement" or any(
            one.text() == name
            for clause in of_kinds(scene.root, ("export_clause",))
            for one in walk(clause)
        )
        common = re.search(rf"(?:module\.)?exports\b[^;]*\b{re.escape(name)}\b", scene.text)
        return not exported and common is None
    return False


@lru_cache(maxsize=4)
def _elsewhere(snapshot: Snapshot, home: str, name: str) -> tuple[Use, ...]:
    """Return the uses of ``name`` in other files than ``home``.

    Each wording of one fix text asks for the same name again.
    """
    return tuple(_used(snapshot, home, name))


def _used(snapshot: Snapshot, home: str, name: str) -> Iterator[Use]:
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    for path in files_holding(snapshot, name):
        if path == home or path.endswith(_PROSE):
            continue
        text = snapshot.text(path)
        language = language_of(path)
        if language is None:
            if (match := word.search(text)) is not None:
                yield Use(path, text.count("\n", 0, match.start()) + 1)
            continue
        root = parse(language, text)
        nodes = spelled(root, name, language)
        if nodes and not _declares_itself(root, nodes, text, name, language):
            yield from (Use(path, line(one), one) for one in nodes)


def _declares_itself(
    root: SgNode, nodes: Sequence[SgNode], text: str, name: str, language: Language
) -> bool:
    """Tell whether a file means something of its own by ``name`` in all its ``nodes``."""
    if any(one.kind() in _PROPERTIES for one in nodes):
        return False
    if any(
        one.text() == name
        for node in of_kinds(root, _TAKING, language)
        if name in node.text()
        for one in walk(node)
    ):
        return False
    if re.search(rf"require\([^)]*\)[^;\n]*\.{re.escape(name)}\b", text):
        return False
    return bool(declarations(root, name, language)) or any(
        parameter_name(one) == name
        for function in of_kinds(root, language.functions, language)
        for one in parameters(function)
    )


def _read_by_text(task: Task, scene: Scene, name: str) -> Iterator[Use]:
    """Yield the texts that say ``name`` where Python asks for attributes by variables."""
    if not scene.language.python:
        return
    text_of_name = re.compile(rf"(?<![\w\"'])(?P<mark>[\"']){re.escape(name)}(?P=mark)")
    for path in files_holding(task.snapshot, name):
        text = task.snapshot.text(path) if path.endswith(".py") else ""
        told = text_of_name.search(text) if BY_VARIABLE.search(text) else None
        if told is not None:
            yield Use(path, text.count("\n", 0, told.start()) + 1)


def _dynamic(snapshot: Snapshot, language: Language, name: str) -> Iterator[Use]:
    """Yield the places that build a member's name whose parts fit ``name``."""
    for path, several in facts_by_file(snapshot, _built_in).items():
        other = language_of(path)
        if other is None or (
            other.name != language.name and not (other.script and language.script)
        ):
            continue
        for one in several:
            if one.fits(name):
                yield Use(path, one.line)


def _built_in(path: str, text: str) -> tuple[BuiltName, ...]:
    language = language_of(path)
    return () if language is None else built_names(text, language.name)


def shown(uses: list[Use]) -> str:
    """Return the first places of ``uses`` in words."""
    places = list(dict.fromkeys(one.shown for one in uses))
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return ", ".join(places[:3]) + more
