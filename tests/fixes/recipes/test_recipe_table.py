"""Every recipe's own examples, run: they are the recipes' tests."""

from __future__ import annotations

import difflib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from mendbook.code.references import find_references
from mendbook.code.trees import is_source, parse
from mendbook.fixes import recipes
from mendbook.fixes.recipe import Example, Recipe
from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.task import Task
from mendbook.model import AskedStatus, FindingFacts, Proposal, Skipped
from mendbook.proving.asked import judge_asked
from mendbook.repository.snapshot import Snapshot

EXAMPLES = [
    pytest.param(recipe, example, id=f"{recipe.name}: {example.name}")
    for recipe in RECIPES
    for example in recipe.examples
]


def task_of(example: Example, snapshot: Snapshot) -> Task:
    """Return the task that the example's finding is on ``snapshot``."""
    files = tuple(place.path for place in example.finding.places if place.path in snapshot)
    facts = FindingFacts(finding_id=example.finding.id, files=files)
    references = find_references([example.finding], snapshot, provider="syntax")
    return Task(example.finding, facts, snapshot, references)


@pytest.mark.parametrize(("recipe", "example"), EXAMPLES)
def test_an_example_is_rewritten_as_it_says(recipe: Recipe, example: Example) -> None:
    """Each example gives exactly its text, or the reason why it is left alone."""
    snapshot = Snapshot.of(example.before)
    answer = recipe.propose(task_of(example, snapshot))
    if example.refuses:
        assert isinstance(answer, Skipped)
        assert example.refuses in answer.reason
        return
    assert isinstance(answer, Proposal), answer
    assert answer.edits == dict(example.after), "\n" + _difference(answer, example)
    assert answer.made_by == f"recipe:{recipe.name}"


def _difference(answer: Proposal, example: Example) -> str:
    return "\n".join(
        line
        for path in sorted({*answer.edits, *example.after})
        for line in difflib.unified_diff(
            (example.after.get(path) or "").split("\n"),
            (answer.edits.get(path) or "").split("\n"),
            f"expected {path}",
            f"proposed {path}",
            lineterm="",
        )
    )


@pytest.mark.parametrize(
    ("recipe", "example"),
    [one for one in EXAMPLES if not one.values[1].refuses],  # type: ignore[union-attr]
)
def test_a_rewrite_parses_and_is_done_once(recipe: Recipe, example: Example) -> None:
    """What a recipe writes parses, and the recipe has nothing more to do there."""
    after = Snapshot.of(example.before).edited(example.after)
    for path in after.files:
        if is_source(path):
            assert not parse(path, after.text(path)).find_all(kind="ERROR"), path
    assert isinstance(recipe.propose(task_of(example, after)), Skipped)


@pytest.mark.parametrize(
    ("recipe", "example"),
    [one for one in EXAMPLES if not one.values[1].refuses],  # type: ignore[union-attr]
)
def test_what_a_recipe_claims_holds(recipe: Recipe, example: Example) -> None:
    """A recipe states what it does, and its edit is shown to do that and nothing else."""
    snapshot = Snapshot.of(example.before)
    task = task_of(example, snapshot)
    answer = recipe.propose(task)
    assert isinstance(answer, Proposal)
    asked = judge_asked(task.finding, task.facts, snapshot, answer.edits, answer.contracts)
    assert answer.contracts
    assert asked.status is AskedStatus.SHOWN, asked


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_shows_what_it_changes_and_what_it_leaves(recipe: Recipe) -> None:
    """Every recipe has an example that it must change and one that it must not."""
    assert any(example.after for example in recipe.examples)
    assert any(example.refuses for example in recipe.examples)


def test_the_table_is_complete() -> None:
    """Every recipe file is in the table, under the name of its file, once."""
    home = Path(recipes.__file__).parent
    folders = [str(home), str(home / "python"), str(home / "script")]
    found = [one for one in pkgutil.iter_modules(folders) if not one.ispkg]
    files = [one.name for one in found if one.name != "recipes"]
    assert sorted(recipe.name.replace("-", "_") for recipe in RECIPES) == sorted(files)


@pytest.mark.parametrize(("recipe", "example"), EXAMPLES)
def test_an_example_is_left_to_its_own_recipe(recipe: Recipe, example: Example) -> None:
    """No other recipe takes an example's finding for its own, and none stumbles over its code."""
    task = task_of(example, Snapshot.of(example.before))
    answers = {other.name: other.propose(task) for other in RECIPES if other is not recipe}
    assert [name for name, answer in answers.items() if isinstance(answer, Proposal)] == []


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_has_a_reason_where_there_is_nothing(recipe: Recipe) -> None:
    """In an empty repository every recipe says why it has no edit."""
    for example in recipe.examples:
        answer = recipe.propose(task_of(example, Snapshot.of({})))
        assert isinstance(answer, Skipped)
        assert answer.reason


def test_the_recipes_can_be_imported_alone() -> None:
    """No order of imports is needed for them."""
    done = subprocess.run(
        [sys.executable, "-c", "import mendbook.fixes.recipes"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
