"""Begin the test file that is missing: it imports the unit and lists what is to be tested."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.exports import exports
from mendbook.code.functions import declarations
from mendbook.code.module_text import Module, imports, load
from mendbook.code.modules import modules_of, resolve
from mendbook.code.schemas import config
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.repository.snapshot import Snapshot

_FILE = re.compile(r"\b([\w.-]+?)(?:\.test|\.spec)?\.[cm]?[jt]sx?\b")
_TYPES = {"interface_declaration", "type_alias_declaration"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A module to be tested, and the cases that the finding promises for it."""

    module: Module
    names: tuple[str, ...]
    cases: list[str] = field(default_factory=list)


def _rewrite(task: Task) -> Change | str:
    layout = _layout(task.snapshot)
    if layout is None:
        return "no test of the repository shows where tests go and that Vitest runs them"
    units = [unit for unit in _units(task) if not _tested(task.snapshot, layout, unit.module.path)]
    if not units:
        return "every unit that the finding names has a test file, or exports nothing to test"
    for case in _promised(task.finding.fix):
        max(units, key=lambda unit: _share(case, unit)).cases.append(case)
    edits: dict[str, str | None] = {
        _path(layout, unit.module.path): _text(task.snapshot, layout, unit) for unit in units
    }
    names = ", ".join(PurePosixPath(unit.module.path).name for unit in units)
    return Change(
        summary=f"Begin the tests of {names} (skeleton)",
        edits=edits,
        why="A skeleton: it proves that the unit can be imported and lists the cases as todo; "
        "the cases are still to be written.",
        risk="None: only tests are added.",
        tests=tuple(
            f"{_path(layout, unit.module.path)} — {case}" for unit in units for case in _cases(unit)
        ),
    )


def _layout(snapshot: Snapshot) -> tuple[str, str] | None:
    """Return the folder that mirrors the sources (empty: beside them) and the tests' suffix."""
    votes: Counter[tuple[str, str]] = Counter()
    by_name: dict[str, list[str]] = {}
    for path in snapshot.files:
        if is_source(path) and not is_test(path):
            by_name.setdefault(PurePosixPath(path).stem, []).append(path)
    for path in snapshot.files:
        found = re.search(r"\.(test|spec)\.[cm]?[jt]sx?$", path)
        if found is None or "vitest" not in snapshot.text(path):
            continue
        stem = PurePosixPath(path[: found.start()]).name
        for source in by_name.get(stem, []):
            prefix = _prefix(posixpath.dirname(path), posixpath.dirname(source))
            if prefix is not None:
                votes[prefix, found[0]] += 1
    return votes.most_common(1)[0][0] if votes else None


def _prefix(test: str, source: str) -> str | None:
    """Return the folder below which tests mirror sources: ``tests/unit``; empty when beside."""
    if test == source:
        return ""
    inner = source.partition("/")[2]
    if inner and test.endswith("/" + inner):
        return test.removesuffix("/" + inner)
    return test if not inner else None


def _path(layout: tuple[str, str], source: str) -> str:
    folder, suffix = layout
    stem = str(PurePosixPath(source).with_suffix(""))
    return (posixpath.join(folder, stem.partition("/")[2]) if folder else stem) + suffix


def _tested(snapshot: Snapshot, layout: tuple[str, str], source: str) -> bool:
    return _path(layout, source) in snapshot


def _units(task: Task) -> list[_Unit]:
    """Return the modules that the finding names by file, else those that declare its symbols."""
    modules = [one for one in targets(task) if not one.path.endswith((".d.ts", "/index.ts"))]
    said = set(_FILE.findall(f"{task.finding.problem} {task.finding.fix}"))
    named = [one for one in modules if PurePosixPath(one.path).stem in said]
    declaring = [
        one
        for one in modules
        if any(declarations(one.root, symbol) for symbol in task.finding.symbols)
    ]
    units = [_Unit(one, _names(one)) for one in named or declaring]
    return [unit for unit in units if unit.names]


def _names(module: Module) -> tuple[str, ...]:
    return tuple(
        name
        for name, node in exports(module).items()
        if node.kind() not in _TYPES and node.kind() != "export_specifier"
    )


def _promised(fix: str) -> list[str]:
    """Return the cases that the fix lists: ``… covering: a, b, c``."""
    listed = re.search(r"\b(?:cover(?:s|ing)?|cases?|for|test)\s*:\s*(.+)", fix, re.DOTALL)
    if listed is None:
        return []
    parts = re.split(r"[,;]\s*(?:and\s+)?", listed[1].strip().rstrip("."))
    return [" ".join(part.split()) for part in parts if 2 < len(part.strip()) < 120]


def _share(case: str, unit: _Unit) -> float:
    words = [word.lower() for word in re.findall(r"[A-Za-z]{4,}", case)]
    text = unit.module.text.lower()
    return sum(word.rstrip("s") in text for word in words) / max(1, len(words))


def _cases(unit: _Unit) -> list[str]:
    """Return the promised cases; without any, one for each function or public method."""
    if unit.cases:
        return unit.cases
    own: list[str] = []
    for name in unit.names:
        node = exports(unit.module)[name]
        methods = [
            label.text()
            for one in find_all(node, "method_definition")
            if (label := one.field("name")) is not None
            and label.text() != "constructor"
            and not any(child.text() in {"private", "protected"} for child in one.children())
        ]
        own += [f"{name}.{method}" for method in methods] or [name]
    return own


def _text(snapshot: Snapshot, layout: tuple[str, str], unit: _Unit) -> str:
    test = _path(layout, unit.module.path)
    names = ", ".join(unit.names)
    setup = _environment(snapshot, unit.module)
    lines = [
        f'import {{ describe, expect, it{", vi" if setup else ""} }} from "vitest";',
        *setup,
        f'import {{ {names} }} from "{_specifier(snapshot, test, unit.module.path)}";',
        "",
        f"describe({_quoted(PurePosixPath(unit.module.path).stem)}, () => {{",
        '  it("can be imported", () => {',
        *(f"    expect({name}).toBeDefined();" for name in unit.names),
        "  });",
        "",
        *(f"  it.todo({_quoted(case)});" for case in _cases(unit)),
        "});",
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _specifier(snapshot: Snapshot, test: str, source: str) -> str:
    stem = str(PurePosixPath(source).with_suffix(""))
    if posixpath.dirname(test) != posixpath.dirname(source):
        for prefix, folder in modules_of(snapshot).prefixes(test):
            if stem.startswith(folder) and _used(snapshot, prefix):
                return prefix + stem.removeprefix(folder) + ".js"
    relative = posixpath.relpath(stem, posixpath.dirname(test))
    return (relative if relative.startswith(".") else f"./{relative}") + ".js"


def _used(snapshot: Snapshot, prefix: str) -> bool:
    return any(is_test(path) and f'"{prefix}' in snapshot.text(path) for path in snapshot.files)


def _environment(snapshot: Snapshot, module: Module) -> list[str]:
    """Return lines that set what the configuration demands, when the unit loads it."""
    found = config(snapshot)
    if found is None or found.module.path not in _closure(snapshot, module):
        return []
    needed = {
        key: text
        for key, pair in found.keys.items()
        if not re.search(
            r"\.(default|optional|nullish|catch)\(", text := _schema(found.module, pair)
        )
    }
    values = {key: _sample(text) for key, text in needed.items()}
    if not values:
        return []
    sets = [f"  process.env.{key} ??= {value};" for key, value in values.items()]
    return ["", "vi.hoisted(() => {", *sets, "});", ""]


def _schema(module: Module, pair: SgNode) -> str:
    """Return the text of a key's schema; one that has a name of its own is looked up."""
    value = pair.field("value")
    text = value.text() if value is not None else ""
    named = re.match(r"(\w+)(\.|$)", text)
    for node in declarations(module.root, named[1]) if named and named[1] != "z" else ():
        text += node.text()
    return text


def _sample(schema: str) -> str:
    """Return an expression that the key's schema accepts."""
    least = re.search(r"\.min\((\d+)", schema)
    if ".url(" in schema:
        return '"http://localhost"'
    if "number" in schema:
        return f'"{least[1] if least else 1}"'
    return f'"x".repeat({least[1] if least else 1})'


def _closure(snapshot: Snapshot, module: Module) -> set[str]:
    """Return the files that loading ``module`` loads, itself included; type imports load none."""
    seen: set[str] = set()
    queue: Sequence[Module] = [module]
    while queue:
        current, *rest = queue
        queue = rest
        if current.path in seen:
            continue
        seen.add(current.path)
        wanted = {
            resolve(snapshot, current.path, one.specifier)
            for one in imports(current)
            if not one.type_only
        }
        loaded = [load(snapshot, path) for path in sorted(filter(None, wanted - seen))]
        queue = [*queue, *(one for one in loaded if one is not None)]
    return seen


_OTHER = 'import { it } from "vitest";\nimport { b } from "@src/b/b.js";\n\nit("b", () => b());\n'
_BASE = {
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@src/*": ["./src/*"] } } }',
    "src/b/b.ts": "export const b = () => 1;\n",
    "tests/unit/b/b.test.ts": _OTHER,
    "src/a/gate.ts": 'import { config } from "../config.js";\n\n'
    "export class Gate {\n  open() {\n    return config.KEY;\n  }\n\n"
    "  private lock() {}\n}\n",
    "src/config.ts": 'import { z } from "zod";\n\n'
    'const schema = z.object({ KEY: z.string().min(8), PORT: z.string().default("1") });\n\n'
    "export const config = schema.parse(process.env);\n",
}
_SKELETON = """\
import { describe, expect, it, vi } from "vitest";

vi.hoisted(() => {
  process.env.KEY ??= "x".repeat(8);
});

import { Gate } from "@src/a/gate.js";

describe("gate", () => {
  it("can be imported", () => {
    expect(Gate).toBeDefined();
  });

  it.todo("valid key");
  it.todo("missing key");
});
"""

RECIPE = Recipe(
    name="test-skeleton",
    message="What has no test file gets one, with the promised cases as todo.",
    words=r"(\bno|zero|missing|lack\w*|without).{0,40}\b(tests?|coverage)\b|add test files",
    rewrite=_rewrite,
    examples=(
        Example(
            "the file goes where the repository's tests go, one todo for each promised case",
            asking(
                "Zero unit tests for Gate",
                "Add Vitest tests covering: valid key, missing key",
                "src/a/",
                "Gate",
            ),
            _BASE,
            {"tests/unit/a/gate.test.ts": _SKELETON},
        ),
        Example(
            "without promised cases every public method is one; tests beside the sources",
            asking("No unit tests for gate.ts", "Add test file", "src/gate.ts"),
            {
                "src/gate.ts": "export class Gate {\n  open() {}\n  close() {}\n}\n",
                "src/b.ts": "export const b = 1;\n",
                "src/b.test.ts": 'import { b } from "./b";\nimport { it } from "vitest";\n',
            },
            {
                "src/gate.test.ts": 'import { describe, expect, it } from "vitest";\n'
                'import { Gate } from "./gate.js";\n\n'
                'describe("gate", () => {\n  it("can be imported", () => {\n'
                "    expect(Gate).toBeDefined();\n  });\n\n"
                '  it.todo("Gate.open");\n  it.todo("Gate.close");\n});\n'
            },
        ),
        Example(
            "a unit that has a test file keeps it",
            asking("No tests for b.ts", "Add test files", "src/b/b.ts"),
            _BASE,
            refuses="has a test file",
        ),
        Example(
            "where nothing shows how tests are run none is begun",
            asking("No tests for b.ts", "Add test files", "src/b.ts"),
            {"src/b.ts": "export const b = 1;\n"},
            refuses="no test of the repository shows",
        ),
    ),
)
