"""Import a name in Python from the one module that defines it."""

from __future__ import annotations

import importlib
import re
import sys

from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.known_exports import known_packages
from mendbook.fixes.instruction.names.python_placing import from_import, placed_import
from mendbook.fixes.instruction.names.scope import bound_names
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.repository.snapshot import Snapshot

_STANDARD = (
    "datetime", "typing", "collections", "functools", "itertools", "pathlib", "contextlib",
    "dataclasses", "decimal", "enum", "uuid", "abc", "fractions", "statistics", "types", "http",
)  # fmt: skip
"""Modules of Python's library whose names are often imported by name."""
_UNSAID = ("typing", "datetime", "collections", "pathlib", "functools", "contextlib", "http")
"""Those of them whose names say enough of where they are from."""


def python_import(snapshot: Snapshot, path: str, text: str, name: str, said: str) -> str:
    """Return ``text`` with ``name`` imported from ``said``, or the one module known to have it.

    Raises ``Abstain`` where no module, or more than one, is known to.
    """
    if said:
        module = said[:-3].replace("/", ".") if said.endswith(".py") else said
        if module == name:
            return placed_import(text, f"import {name}")
        home = python_file(snapshot, module)
        if home is not None and name not in _python_names(snapshot.text(home)):
            raise Abstain(f"{home} does not define {name}")
        return from_import(text, module, name)
    if name in sys.stdlib_module_names:
        return placed_import(text, f"import {name}")
    for module in _STANDARD:
        beside = re.search(rf"^from {module} import", text, re.MULTILINE)
        if beside and _offers(module, name):
            return from_import(text, module, name)
    homes = [
        one
        for one in snapshot.files
        if one.endswith(".py") and one != path and not is_test(one)
        and re.search(rf"^(?:async def|def|class) {re.escape(name)}\b|^{re.escape(name)}\s*[:=]",
                      snapshot.text(one), re.MULTILINE)
    ]  # fmt: skip
    if len(homes) == 1:
        return from_import(text, module_name(snapshot, path, homes[0], text), name)
    packages = {
        match[1]
        for one in snapshot.files
        if one.endswith(".py")
        for match in re.finditer(
            rf"^from (?!\.)([\w.]+) import (?:[^\n(]*\b|\([^)]*\b){re.escape(name)}\b",
            snapshot.text(one),
            re.MULTILINE,
        )
    }
    if not homes and len(packages) == 1:
        return from_import(text, packages.pop(), name)
    for module in _UNSAID:
        if not homes and not packages and _offers(module, name):
            return from_import(text, module, name)
    known = [
        one
        for one in known_packages(name, python=True)
        if _says(snapshot, rf"^\s*(?:from {re.escape(one)} import|import {re.escape(one)}\b)")
    ]
    if not homes and not packages and len(known) == 1:
        return from_import(text, known[0], name)
    if len(homes) > 1:
        raise Abstain(f"{name} is defined by several modules ({', '.join(homes[:4])})")
    raise Abstain(f"{name} is not defined in {path}, and no module here defines it")


def _offers(module: str, name: str) -> bool:
    """Tell whether a module of the library has a name to be imported, and not for itself alone."""
    loaded = importlib.import_module(module)
    return name in getattr(loaded, "__all__", dir(loaded))


def _says(snapshot: Snapshot, pattern: str) -> bool:
    """Tell whether a file of Python has a line that ``pattern`` matches."""
    said = re.compile(pattern, re.MULTILINE)
    return any(said.search(snapshot.text(one)) for one in snapshot.files if one.endswith(".py"))


def python_file(snapshot: Snapshot, module: str) -> str | None:
    """Return the one file that a dotted module name means, or None."""
    stem = module.replace(".", "/")
    paths = [
        one
        for one in snapshot.files
        if one in {f"{stem}.py", f"{stem}/__init__.py"}
        or one.endswith((f"/{stem}.py", f"/{stem}/__init__.py"))
    ]
    return paths[0] if len(paths) == 1 else None


def _python_names(text: str) -> set[str]:
    language = language_of("m.py")
    return bound_names(parse(language, text), language) if language is not None else set()


def module_name(snapshot: Snapshot, path: str, home: str, text: str) -> str:
    """Return how ``path`` names the module ``home``: as its other imports do."""
    folder, own = path.rpartition("/")[0].split("/"), home.removesuffix(".py").split("/")
    own = own[:-1] if own[-1] == "__init__" else own
    written: list[str] = re.findall(r"^\s*from (\.*[\w.]*) import", text, re.MULTILINE)
    for module in written:
        if _means(snapshot, folder, module, home):
            return module
    dotted = ".".join(own)
    prefixes = {dotted.split(".")[at:][0]: ".".join(dotted.split(".")[at:]) for at in (0, 1)}
    tops = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
    for top, spelled in prefixes.items():
        if top in tops:
            return spelled
    if any(module.startswith(".") for module in written) and folder[0] == own[0]:
        return _relative(folder, own)
    return dotted.removeprefix("src.") if "src" in snapshot.files[0] else dotted


def _means(snapshot: Snapshot, folder: list[str], module: str, home: str) -> bool:
    """Tell whether ``from module import`` in a file of ``folder`` reads the file ``home``."""
    names = module.lstrip(".")
    up = len(module) - len(names)
    if not up:
        return python_file(snapshot, module) == home
    stem = "/".join([*folder[: len(folder) - up + 1], *filter(None, names.split("."))])
    return home in {f"{stem}.py", f"{stem}/__init__.py"}


def _relative(folder: list[str], own: list[str]) -> str:
    """Return the relative name of the module whose path is ``own``, seen from ``folder``."""
    shared = 0
    while shared < min(len(folder), len(own) - 1) and folder[shared] == own[shared]:
        shared += 1
    return "." * (len(folder) - shared + 1) + ".".join(own[shared:])
