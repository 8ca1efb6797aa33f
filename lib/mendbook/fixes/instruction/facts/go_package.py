"""What the files of one package of Go say together: a package is one scope."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of


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
