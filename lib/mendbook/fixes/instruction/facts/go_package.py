"""What the files of one package of Go say together: a package is one scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of

BUILTIN_TYPES = frozenset(
    {"string", "bool", "byte", "rune", "error", "any", "uintptr", "float32", "float64"}
    | {f"{sign}int{size}" for sign in ("", "u") for size in ("", "8", "16", "32", "64")}
)


@dataclass(frozen=True, slots=True)
class Struct:
    """A struct of a file: its path and name, what declares it, and its own fields, in order."""

    path: str
    name: str
    node: SgNode
    fields: tuple[SgNode, ...]


def structs_in(path: str, root: SgNode) -> Iterator[Struct]:
    """Yield the structs that a file declares by a name."""
    for one in of_kinds(root, ("type_spec",)):
        kind = one.field("type")
        if kind is None or kind.kind() != "struct_type":
            continue
        lists = [each for each in kind.children() if each.kind() == "field_declaration_list"]
        held = lists[0].named_children() if lists else []
        fields = tuple(each for each in held if each.kind() == "field_declaration")
        yield Struct(path, text_of(one.field("name")), one, fields)


def structs_of(scene: Scene) -> list[Struct]:
    """Return the structs of the package."""
    return [one for path, root in package_files(scene) for one in structs_in(path, root)]


def field_names(field: SgNode) -> list[str]:
    """Return the names that one declaration of fields gives; none where a type is embedded."""
    return [one.text() for one in field.children() if one.kind() == "field_identifier"]


def package_files(scene: Scene) -> Iterator[tuple[str, SgNode]]:
    """Yield the path and the tree of each file of the scene's package, its tests among them."""
    folder = PurePosixPath(scene.path).parent
    for path in scene.task.snapshot.files:
        if path.endswith(".go") and PurePosixPath(path).parent == folder:
            own = path == scene.path
            yield path, scene.root if own else parse(scene.language, scene.task.snapshot.text(path))


def selected(scene: Scene, name: str) -> list[tuple[str, SgNode]]:
    """Return each ``x.name`` of the package, with the path of its file."""
    return [
        (path, one)
        for path, root in package_files(scene)
        for one in of_kinds(root, ("selector_expression",))
        if text_of(one.field("field")) == name
    ]


def keyed(scene: Scene, name: str) -> list[tuple[str, SgNode]]:
    """Return each ``name: value`` of a literal in the package, with the path of its file."""
    return [
        (path, one)
        for path, root in package_files(scene)
        for one in of_kinds(root, ("keyed_element",))
        if one.named_children() and one.named_children()[0].text() == name
    ]
