"""Name the test cases that a finding misses: those that it lists, else one for each function."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from mendbook.code.exports import exports
from mendbook.code.module_text import load
from mendbook.code.python_source import load_python
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import layout_of
from mendbook.model import Finding, FindingFacts
from mendbook.repository.snapshot import Snapshot

_MISSED = re.compile(
    r"(?:\bno|\bzero|missing|lacks?|lacking|without|untested).{0,40}\b(?:unit |integration )?"
    r"(?:tests?|test coverage|coverage)\b|\buntested\b|\bnot (?:covered|tested)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:add|write|create|cover|test)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(?:cover(?:s|ing)?|cases?|for|tests?)\s*:\s*(.+)", re.DOTALL | re.IGNORECASE
)
_TYPES = {"interface_declaration", "type_alias_declaration", "export_specifier"}
_MOST_CASES = 20


@dataclass(frozen=True, slots=True)
class MissingTests:
    """The test file that is asked for, whether it is new, and the cases by name."""

    path: str
    new: bool
    cases: tuple[str, ...]


def missing_tests(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> MissingTests | None:
    """Return the tests that ``finding`` misses, or None where it asks for something else."""
    if not (_MISSED.search(finding.problem) and _ASKED.search(finding.fix)):
        return None
    units = [path for path in facts.files if not is_test(path)]
    cases = _listed(finding.fix) or tuple(
        case for path in units[:1] for case in _named(finding, path, snapshot)
    )
    if not units or not cases:
        return None
    path = _file(units[0], facts, snapshot)
    return MissingTests(path, path not in snapshot, cases[:_MOST_CASES])


def _file(unit: str, facts: FindingFacts, snapshot: Snapshot) -> str:
    if not unit.endswith(".py"):
        return layout_of(snapshot).test_file(unit, facts.tests)
    stem = unit.rpartition("/")[2]
    beside = [path for path in snapshot.files if path.endswith(f"/test_{stem}")]
    return beside[0] if len(beside) == 1 else f"tests/test_{stem}"


def _listed(fix: str) -> tuple[str, ...]:
    """Return the cases that the fix lists: ``… covering: a, b and c``."""
    listed = _LISTED.search(fix)
    parts = re.split(r"[,;]\s*(?:and\s+)?|\s+and\s+", listed[1].strip(" .")) if listed else []
    return tuple(" ".join(part.split()) for part in parts if 2 < len(part.strip()) < 120)


def _named(finding: Finding, path: str, snapshot: Snapshot) -> list[str]:
    """Return the functions and public methods of a unit; those that the finding names first."""
    names = _python(path, snapshot) if path.endswith(".py") else _script(path, snapshot)
    own = [
        name
        for name in names
        if any(name == symbol or name.startswith(f"{symbol}.") for symbol in finding.symbols)
    ]
    return own or names


def _script(path: str, snapshot: Snapshot) -> list[str]:
    module = load(snapshot, path)
    names: list[str] = []
    for name, node in exports(module).items() if module is not None else ():
        methods = [
            label.text()
            for one in find_all(node, "method_definition")
            if (label := one.field("name")) is not None
            and label.text() != "constructor"
            and not any(child.text() in {"private", "protected"} for child in one.children())
        ]
        if node.kind() not in _TYPES:
            names += [f"{name}.{method}" for method in methods] or [name]
    return names


def _python(path: str, snapshot: Snapshot) -> list[str]:
    file = load_python(snapshot, path)
    names: list[str] = []
    for node in file.tree.body if file is not None else ():
        if isinstance(node, ast.ClassDef):
            methods = [one.name for one in node.body if isinstance(one, _FUNCTIONS)]
            names += [f"{node.name}.{one}" for one in methods if not one.startswith("_")]
        elif isinstance(node, _FUNCTIONS) and not node.name.startswith("_"):
            names.append(node.name)
    return names


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
