"""Every recipe under every condition of a file: the same edit, and nothing else moved."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from test_recipe_table import task_of

from file_conditions import CONDITIONS, Condition, keeps_the_manner, words_of
from mendbook.code.trees import is_source
from mendbook.fixes.recipe import Example, Recipe
from mendbook.fixes.recipes import RECIPES
from mendbook.model import Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

ACCEPTED = [(recipe, example) for recipe in RECIPES for example in recipe.examples if example.after]
CASES = [
    pytest.param(recipe, example, id=f"{recipe.name}: {example.name}")
    for recipe, example in ACCEPTED
]


def _written(texts: Mapping[str, str | None], condition: Condition) -> dict[str, str | None]:
    return {
        path: text if text is None else condition.writes(path, text) for path, text in texts.items()
    }


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda one: one.name)
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
        keeps_the_manner(path, before[path], text)
        assert words_of(text) == words_of(wanted[path] or ""), f"{path}\n{text}"


@pytest.mark.parametrize(("recipe", "example"), CASES)
def test_tabs_stay_tabs(recipe: Recipe, example: Example) -> None:
    """In a file that is indented with tabs no recipe indents with blanks."""
    tabs = CONDITIONS["tabs"]
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
