"""Every recipe under every condition of a file: the same edit, and nothing else moved."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from test_recipe_table import task_of

from mendbook.code.python_source import parse_python
from mendbook.code.trees import is_source, parse
from mendbook.fixes.recipe import Example, Recipe
from mendbook.fixes.recipes import RECIPES
from mendbook.model import Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

ACCEPTED = [(recipe, example) for recipe in RECIPES for example in recipe.examples if example.after]
CASES = [
    pytest.param(recipe, example, id=f"{recipe.name}: {example.name}")
    for recipe, example in ACCEPTED
]
MODERN = """
enum Mode {
  Slow = "slow",
}
const settings = { mode: Mode.Slow } satisfies Record<string, Mode>;
class Dial {
  accessor level = 0;
  #hidden = 1;
  @seen private tuned = 2;
  static { Dial.count = 0; }
  declare static count: number;
}
async function dial() {
  await using handle = await settings;
  return handle ?? settings?.mode;
}
type Level = `${Mode}-${number}`;
function assertLevel(value: unknown): asserts value is Level {}
"""
MODERN_SCRIPT = """
class Dial {
  static #count = 0;
  static { Dial.#count ??= 1; }
  get level() { return Dial.#count; }
}
async function* levels() {
  for await (const one of [1n, 2_000n]) yield one ?? 0;
}
"""
MODERN_PYTHON = """

def _dial(level: int | None, /, *, mode: str = "slow") -> str:
    match level:
        case None | 0:
            return mode
        case int() as found if (double := found * 2) > 2:
            return f"{double!r:>4} {mode=}"
    with (open("a") as one, open("b") as other):
        return one.read() + other.read()
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a file may be written; ``writes`` makes it so, for the files with these suffixes."""

    name: str
    writes: Callable[[str, str], str]


def _crlf(_: str, text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _mark(path: str, text: str) -> str:
    return text if path.endswith(".json") else "\ufeff" + text


def _headed(path: str, text: str) -> str:
    """Put a license and a pragma above everything, where the language has comments."""
    if path.endswith(".py"):
        return "#!/usr/bin/env python3\n# Copyright 2031 The Ferry Line\n\n" + text
    if not is_source(path) or text.startswith(("#!", "'use", '"use')):
        return text
    head = "/* Copyright 2031 The Ferry Line */\n/* eslint-disable no-var */\n\n"
    return (_crlf(path, head) if "\r\n" in text else head) + text


def _tabbed(path: str, text: str) -> str:
    if not is_source(path) or "\t" in text or "`\n" in text:
        return text
    rows = [(row, len(row) - len(row.lstrip(" "))) for row in text.split("\n")]
    # The blank before the star of a comment is no indentation
    return "\n".join("\t" * (n // 2) + " " * (n % 2) + row.lstrip(" ") for row, n in rows)


def _with_emoji(path: str, text: str) -> str:
    if path.endswith(".py"):
        return f"# 🚢 Fähre\n\n{text}"
    head = _crlf(path, "// 🚢 Fähre\n\n") if "\r\n" in text else "// 🚢 Fähre\n\n"
    return f"{head}{text}" if is_source(path) and not text.startswith("#!") else text


def _modern(path: str, text: str) -> str:
    if path.endswith(".py"):
        return text + MODERN_PYTHON
    if not is_source(path) or path.endswith(("index.ts", "index.js")):
        return text
    more = MODERN if path.endswith((".ts", ".tsx")) else MODERN_SCRIPT
    return text + (more if ";\n" in text else more.replace(";", ""))


CONDITIONS = [
    Condition("Windows line ends", _crlf),
    Condition("byte order mark", _mark),
    Condition("license and pragma", _headed),
    Condition("tabs", _tabbed),
    Condition("emoji and umlauts", _with_emoji),
    Condition("modern syntax", _modern),
]


def _written(texts: Mapping[str, str | None], condition: Condition) -> dict[str, str | None]:
    return {
        path: text if text is None else condition.writes(path, text) for path, text in texts.items()
    }


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.name)
@pytest.mark.parametrize(("recipe", "example"), CASES)
def test_a_recipe_does_the_same_whatever_the_file_is_like(
    recipe: Recipe, example: Example, condition: Condition
) -> None:
    """It edits as ever, in the file's own manner, or it says why not; it never breaks the file."""
    before = {path: text or "" for path, text in _written(example.before, condition).items()}
    snapshot = Snapshot.of(before)
    answer = recipe.propose(task_of(replace(example, before=before), snapshot))
    assert isinstance(answer, Proposal), answer
    new = {path: text for path, text in example.after.items() if path not in example.before}
    wanted = {**_written(example.after, condition), **new}
    for path, text in answer.edits.items():
        if text is None or path in new:
            continue
        _keeps_the_manner(path, before[path], text)
        assert _words(text) == _words(wanted[path] or ""), f"{path}\n{text}"


def _keeps_the_manner(path: str, old: str, new: str) -> None:
    """Hold line ends, byte order mark, head and syntax of an edited file."""
    if "\r\n" in old:
        assert "\n" not in new.replace("\r\n", ""), "a line end of its own"
    else:
        assert "\r" not in new
    assert new.startswith("\ufeff") == old.startswith("\ufeff")
    assert new.count("\ufeff") == old.count("\ufeff")
    for head in ("#!/usr/bin/env", "/* Copyright", "# Copyright"):
        if old.removeprefix("\ufeff").startswith(head):
            assert new.removeprefix("\ufeff").startswith(head)
    if path.endswith(".py"):
        assert parse_python(path, new) is not None
    elif is_source(path):
        assert not parse(path, new).find_all(kind="ERROR")


def _words(text: str) -> list[str]:
    """Return what two texts of the same code share, wherever a statement of its own stands."""
    return sorted(text.replace("\ufeff", "").split())


@pytest.mark.parametrize(("recipe", "example"), CASES)
def test_tabs_stay_tabs(recipe: Recipe, example: Example) -> None:
    """In a file that is indented with tabs no recipe indents with blanks."""
    tabs = Condition("tabs", _tabbed)
    before = {path: text or "" for path, text in _written(example.before, tabs).items()}
    answer = recipe.propose(task_of(replace(example, before=before), Snapshot.of(before)))
    assert isinstance(answer, Proposal), answer
    for path, text in answer.edits.items():
        if text is not None and is_source(path) and "\t" in before.get(path, ""):
            added = set(text.split("\n")) - set(before[path].split("\n"))
            assert not [row for row in added if row.startswith("  ")], text


@pytest.mark.parametrize(("recipe", "example"), CASES)
def test_a_generated_file_is_left_to_its_generator(recipe: Recipe, example: Example) -> None:
    """What is written by a program is named and left alone, whichever recipe is asked."""
    from mendbook.fixes.propose import effective

    before = {
        path: text
        if path.endswith((".json", ".example")) or path.startswith(".env")
        else ("# DO NOT EDIT\n\n" if path.endswith(".py") else "// DO NOT EDIT\n\n") + text
        for path, text in example.before.items()
    }
    snapshot = Snapshot.of(before)
    answer = recipe.propose(task_of(replace(example, before=before), snapshot))
    if isinstance(answer, Proposal) and any(
        before.get(p) != example.before.get(p) for p in answer.edits
    ):
        refused = effective(answer, snapshot)
        assert isinstance(refused, Skipped)
        assert "is generated (DO NOT EDIT)" in refused.reason


@pytest.mark.node
def test_no_example_adds_an_error_of_the_compiler(tmp_path: Path) -> None:
    """Python compiles every example; ``tsc``, where it is installed, finds no new error."""
    tsc = shutil.which("tsc")
    for number, (_, example) in enumerate(ACCEPTED):
        after: Mapping[str, str | None] = {**example.before, **example.after}
        trees: tuple[Mapping[str, str | None], ...] = (example.before, after)
        for path, text in after.items():
            if path.endswith(".py") and text is not None:
                ast.parse(text)
        if tsc is not None:
            first, second = (
                _errors(tsc, tmp_path / f"{number}-{name}", tree)
                for name, tree in zip(("before", "after"), trees, strict=True)
            )
            assert second <= first, example.name


def _errors(tsc: str, folder: Path, texts: Mapping[str, str | None]) -> set[str]:
    """Return the codes and messages that the compiler has for a tree, places left out."""
    for path, text in texts.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
    files = [str(folder / path) for path in texts if is_source(path)]
    if not files:
        return set()
    options = [
        "--noEmit",
        "--allowJs",
        "--target",
        "esnext",
        "--module",
        "nodenext",
        "--skipLibCheck",
    ]
    done = subprocess.run([tsc, *options, *files], capture_output=True, text=True, check=False)
    found = (line.partition("error ")[2] for line in done.stdout.splitlines())
    unknown = ("TS2307", "TS2304", "TS2552", "TS2591", "TS2580", "TS7016")
    return {line for line in found if line and not line.startswith(unknown)}
