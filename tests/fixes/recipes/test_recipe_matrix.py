"""Every recipe under every condition of a file: the same edit, and nothing else moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

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
