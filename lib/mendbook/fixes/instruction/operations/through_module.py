"""Rename what Python code reaches as a member of the module that declares it."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.tree.syntax import field, of_kinds
from mendbook.fixes.instruction.writing.editing import replaced

_IMPORTS = ("import_statement", "import_from_statement")


def through_module(root: SgNode, module: str, path: str, old: str, new: str) -> list[Edit]:
    """Return the edits of ``module.old`` in the file ``path`` whose tree is ``root``.

    ``module`` is the path of the file that declares ``old``.
    """
    held = set(_names_of(root, _dotted(module), _dotted(path)))
    edits = []
    for one in of_kinds(root, ("attribute",)):
        label, owner = field(one, "attribute"), field(one, "object")
        if label is not None and owner is not None and label.text() == old and owner.text() in held:
            edits.append(replaced(label, new))
    return edits


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _names_of(root: SgNode, module: str, here: str) -> Iterator[str]:
    """Yield what the file calls ``module`` by its imports."""
    for one in of_kinds(root, _IMPORTS):
        source = field(one, "module_name") if one.kind() == "import_from_statement" else None
        lead = f"{_absolute(source.text(), here)}." if source is not None else ""
        for each in one.named_children():
            if source is not None and each.range() == source.range():
                continue
            alias = field(each, "alias") if each.kind() == "aliased_import" else None
            name = field(each, "name") if alias is not None else each
            if name is not None and _is_end(f"{lead}{name.text()}".lstrip("."), module):
                yield alias.text() if alias is not None else name.text()


def _absolute(source: str, here: str) -> str:
    """Return what a relative import names from the top: ``.stores`` in ``a.b`` is ``a.stores``."""
    dots = len(source) - len(source.lstrip("."))
    if not dots:
        return source
    parts = here.split(".")[:-dots]
    return ".".join((*parts, source.lstrip("."))).rstrip(".")


def _is_end(name: str, module: str) -> bool:
    return module == name or module.endswith(f".{name}")
