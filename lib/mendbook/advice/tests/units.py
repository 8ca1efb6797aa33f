"""Every source file that runs, and the tests that reach it, in each language by its own habits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.advice.production_code import is_built
from mendbook.code.module_text import imports, load
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout, layout_of
from mendbook.code.trees import callee_name, is_source
from mendbook.repository.snapshot import Snapshot

_BESIDE = re.compile(
    r"(^|/)(scripts?|bench(marks?)?|tools?|examples?|docs?|migrations|fixtures|testdata|\.[^/]+)/"
    r"|\.(gen|generated)\.[jt]sx?$|(^|/)generated/"
    r"|(^|/)[^/]*(\.config\.|rc\.)[cm]?[jt]s$|(^|/)(setup|manage|conf|wsgi|asgi)\.py$",
)
"""What is not the product: scripts, configuration, examples."""
_OTHERS: dict[str, tuple[str, ...]] = {
    ".py": ("test_{stem}", "{stem}_test", "test_{folder}_{stem}", "test_{folder}"),
    ".go": ("{stem}_test",),
    ".java": ("{stem}Test", "{stem}Tests", "{stem}IT"),
    ".kt": ("{stem}Test", "{stem}Tests"),
    ".rb": ("{stem}_spec", "{stem}_test"),
    ".php": ("{stem}Test",),
    ".cs": ("{stem}Tests", "{stem}Test"),
}
"""Suffix to the names that its test runners' users give to the test of a file."""
_DOES: dict[str, re.Pattern[str]] = {
    ".py": re.compile(r"^\s*(async )?def |^class .*:\n(?:.*\n)*?\s+(async )?def ", re.MULTILINE),
    ".go": re.compile(r"^func ", re.MULTILINE),
}
"""Suffix to what a file that does something holds; files of others count as they are."""
_CASES = re.compile(r"^\s*(?:async )?def test_|^func Test\w|@Test\b|^\s*it[ (]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One source file and the tests that reach it."""

    path: str
    own: str
    """The test file named after it, or an empty string."""
    imported_by: tuple[str, ...]
    """Test files that import it."""


def read_units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """Return every source file that runs, with its tests, in path order."""
    return tuple(sorted((*_typescript(snapshot), *_others(snapshot)), key=lambda unit: unit.path))


def cases(snapshot: Snapshot, path: str) -> int:
    """Return how many cases a test file has."""
    if not is_source(path):
        return len(_CASES.findall(snapshot.get(path) or ""))
    module = load(snapshot, path)
    calls = find_all(module.root, "call_expression") if module is not None else []
    return sum(callee_name(call) in {"it", "test"} for call in calls)


def _typescript(snapshot: Snapshot) -> list[Unit]:
    layout = layout_of(snapshot)
    reached = _imported_by_tests(snapshot)
    return [
        Unit(path, test if _belongs(layout, test, path, reached) else "", reached.get(path, ()))
        for path in snapshot.files
        if is_source(path) and not _BESIDE.search(path) and _runs(snapshot, layout, path)
        for test in (layout.test_file(path, reached.get(path, ())),)
    ]


def _belongs(layout: Layout, test: str, unit: str, reached: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether ``test``, found by its name, tests ``unit``: many files are called index."""
    if not layout.exists(test):
        return False
    folder = PurePosixPath(unit).parent.name
    return test in reached.get(unit, ()) or folder in PurePosixPath(test).parts


def _runs(snapshot: Snapshot, layout: Layout, path: str) -> bool:
    """Tell whether ``path`` is production code that does something itself."""
    if is_test(path) or is_built(path) or layout.is_barrel(path):
        return False
    module = load(snapshot, path)
    idle = {"import_statement", "comment", "interface_declaration", "type_alias_declaration"}
    statements = module.root.children() if module is not None else []
    for statement in statements:
        declared = statement.field("declaration")
        if (declared or statement).kind() not in idle:
            return True
    return False


def _imported_by_tests(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    importers: dict[str, tuple[str, ...]] = {}
    for path in snapshot.files:
        module = load(snapshot, path) if is_source(path) and is_test(path) else None
        specifiers = {one.specifier for one in imports(module)} if module is not None else set()
        if module is not None:
            text = snapshot.text(path)
            specifiers |= set(re.findall(r"""(?:require|import)\(\s*['"](\.[^'"]+)['"]""", text))
        for specifier in sorted(specifiers):
            target = resolve(snapshot, path, specifier)
            if target is not None:
                importers[target] = (*importers.get(target, ()), path)
    return importers


def _others(snapshot: Snapshot) -> list[Unit]:
    tests = [path for path in snapshot.files if is_test(path)]
    by_name: dict[str, list[str]] = {}
    for path in tests:
        by_name.setdefault(PurePosixPath(path).name.lower(), []).append(path)
    modules = {path: snapshot.text(path) for path in tests if path.endswith(".py")}
    return [
        Unit(path, _named_after(path, by_name), _reaching(path, tests, modules))
        for path in snapshot.files
        if (suffix := PurePosixPath(path).suffix) in _OTHERS
        and not is_test(path)
        and not is_built(path)
        and not _BESIDE.search(path)
        and (suffix not in _DOES or _DOES[suffix].search(snapshot.text(path)))
    ]


def _named_after(path: str, by_name: Mapping[str, Sequence[str]]) -> str:
    """Return the test named after ``path`` that shares most of its folders, or nothing."""
    place = PurePosixPath(path)
    folder = place.parent.name
    for form in _OTHERS[place.suffix]:
        if "{folder}" in form and not folder:
            continue
        stem = place.stem.strip("_") if place.stem != "__init__" else folder
        tests = by_name.get(f"{form.format(stem=stem, folder=folder)}{place.suffix}".lower(), ())
        if form == "test_{folder}" and place.stem not in {"__init__", "main", "views", "api"}:
            continue
        if place.suffix == ".go":
            tests = [one for one in tests if PurePosixPath(one).parent == place.parent]
        if tests:
            shared = set(place.parts)
            return max(tests, key=lambda one: len(shared & set(PurePosixPath(one).parts)))
    return ""


def _reaching(path: str, tests: Sequence[str], modules: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tests that see ``path``: in Go those of its package, in Python by import."""
    if path.endswith(".go"):
        folder = PurePosixPath(path).parent
        return tuple(test for test in tests if PurePosixPath(test).parent == folder)
    return _importing(path, modules)


def _importing(path: str, modules: Mapping[str, str]) -> tuple[str, ...]:
    """Return the Python tests that import the module at ``path``."""
    if not path.endswith(".py"):
        return ()
    dotted = path.removesuffix(".py").removesuffix("/__init__").removeprefix("src/")
    package, _, name = dotted.replace("/", ".").rpartition(".")
    whole = re.escape(f"{package}.{name}" if package else name)
    parts = [rf"from\s+{whole}\s+import", rf"import\s+{whole}\b"]
    if package:
        parts.append(rf"from\s+{re.escape(package)}\s+import\s+[^\n]*\b{re.escape(name)}\b")
    spelled = re.compile("|".join(parts))
    return tuple(test for test, text in modules.items() if spelled.search(text))
