"""A recipe answers a fix that asks for its repair, and none that only shares its problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.recipe import Recipe, asking
from mendbook.fixes.recipes.recipes import RECIPES
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

HIVE = """export async function load(id) {
  const hive = await db.hive(id);
  const rain = await weather.rain(id);
  return { hive, rain };
}
"""
KNOWN = """export function known(all, seen) {
  const ids = seen.map((one) => one.id);
  return all.filter((one) => ids.includes(one.id));
}
"""
CART = "def add(item, items=[]):\n    items.append(item)\n    return items\n"
REPORT = """def text(rows):
    out = ''
    for row in rows:
        out += row.name + ';'
    return out
"""
CLOCK = """import { useEffect, useState } from 'react';
export function Clock() {
  const [n, set] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 1000);
  }, []);
  return n;
}
"""
RULES = (
    "import yaml\n\n\ndef load(path):\n    return yaml.load(path.read_text(), Loader=yaml.Loader)\n"
)
CASES = [
    ("src/hive.js", "load", HIVE, "Two sequential awaits make the page slow",
     "const hive = await db.hive(id);\n  const rain = await weather.rain(id);",
     "Run them in parallel",
     ("Answer from the read replica", "Show a spinner meanwhile", "Measure it first")),
    ("src/known.js", "known", KNOWN, "ids.includes in a filter is quadratic",
     "return all.filter((one) => ids.includes(one.id));", "Make ids a Set",
     ("Sort both and walk along them", "Let the database do it")),
    ("cart.py", "add", CART, "Mutable default argument", "def add(item, items=[]):",
     "Default to None", ("Make it a method of the cart", "Copy what is handed in")),
    ("report.py", "text", REPORT, "String concatenation in a loop is quadratic",
     "out += row.name + ';'", "Join the parts at the end",
     ("Write to the response as a stream", "Limit the rows to 100")),
    ("src/Clock.jsx", "Clock", CLOCK, "The interval leaks: it is never cleared",
     "const timer = setInterval(() => set(Date.now()), 1000);", "Clear it on unmount",
     ("Use one ticker for all clocks", "Move the clock to the store")),
    ("rules.py", "load", RULES, "yaml.load runs code, unlike safe_load",
     "return yaml.load(path.read_text(), Loader=yaml.Loader)", "Use the safe loader",
     ("Read JSON instead", "Check the signature of the file first")),
]  # fmt: skip


def propose(
    path: str, function: str, code: str, problem: str, evidence: str, fix: str
) -> Proposal | Skipped:
    """Return what the recipes make of one finding."""
    tree = Snapshot.of({path: code})
    finding = asking(problem, fix, path, function, evidence)
    lookup = find_references([finding], tree, provider="syntax")
    return RecipeSource(RECIPES).propose(
        Task(finding, FindingFacts(finding.id, (path,)), tree, lookup)
    )


@pytest.mark.parametrize(
    ("path", "function", "code", "problem", "evidence", "meant", "others"),
    CASES,
    ids=[case[0] for case in CASES],
)
def test_a_recipe_is_asked_by_the_fix(
    path: str,
    function: str,
    code: str,
    problem: str,
    evidence: str,
    meant: str,
    others: tuple[str, ...],
) -> None:
    """One problem has several remedies: a fix that names another one has no patch of this."""
    assert isinstance(propose(path, function, code, problem, evidence, meant), Proposal)
    for fix in others:
        answer = propose(path, function, code, problem, evidence, fix)
        assert isinstance(answer, Skipped), f"{fix}: {answer.part}"


def test_a_finding_without_a_fix_is_told_by_its_problem() -> None:
    """Many scanners give a rule and no remedy."""
    path, function, code, problem, evidence, *_ = CASES[2]
    assert isinstance(propose(path, function, code, problem, evidence, ""), Proposal)


OTHERS = (
    "Show a banner meanwhile",
    "Ask the owner of the module first",
    "Rewrite the module in another language",
    "Measure it before",
    "Add a note to the handbook",
    "Put a queue in between",
    "Cache the answer for a minute",
)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_no_recipe_answers_a_fix_of_another_kind(recipe: Recipe) -> None:
    """Its first example is changed for what its own finding asks, and for none of these."""
    example = next(one for one in recipe.examples if not one.refuses)
    tree = Snapshot.of(example.before)
    for fix in OTHERS:
        finding = replace(example.finding, fix=fix)
        lookup = find_references([finding], tree, provider="syntax")
        facts = FindingFacts(finding.id, tuple(example.before))
        answer = recipe.propose(Task(finding, facts, tree, lookup))
        assert isinstance(answer, Skipped), f"{fix}: {answer.summary}"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_recipe_says_what_asks_for_it(recipe: object) -> None:
    """A recipe without a remedy would answer every fix of its problem."""
    assert getattr(recipe, "remedy", "")
