"""Items of lists in brackets, keys taken out with their value, and what a service waits for."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

PROJECT = """[project]
name = "oven"
dependencies = [
    "flour==2.1",  # fine
    "yeast",
    "salt"
]

[tool.ruff.lint]
select = ["E", "F"]
ignore = ["E501", "E741"]
"""
SHIP = """name: ship
on: [push]
jobs:
  load:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        node: [18, 20]
    steps:
      - run: ./load.sh
        continue-on-error: true
"""
INN = """services:
  desk:
    image: registry.example/desk:2.1
    depends_on:
      - cellar
      - post
  maid:
    image: registry.example/maid:1.0
    depends_on: [desk]
  cellar:
    image: postgres:16
  post:
    image: post:1
"""
SHOP = """{
  "open": true,
  // what is left out
  "exclude": ["shed"]
}
"""
CASES = [
    ("pyproject.toml", PROJECT, 'Add "B" and "UP" to select.',
     ['-select = ["E", "F"]', '+select = ["E", "F", "B", "UP"]']),
    ("pyproject.toml", PROJECT, 'Extend tool.ruff.lint.select with "S".',
     ['-select = ["E", "F"]', '+select = ["E", "F", "S"]']),
    ("pyproject.toml", PROJECT, 'Remove "E501" from ignore.',
     ['-ignore = ["E501", "E741"]', '+ignore = ["E741"]']),
    ("pyproject.toml", PROJECT, "Remove yeast from dependencies.", ['-    "yeast",']),
    ("pyproject.toml", PROJECT, "Add oil>=0.27 to dependencies.",
     ['-    "salt"', '+    "salt",', '+    "oil>=0.27"']),
    (".github/workflows/ship.yml", SHIP, "Add 22 to the node matrix.",
     ["-        node: [18, 20]", "+        node: [18, 20, 22]"]),
    (".github/workflows/ship.yml", SHIP, "Remove 18 from the matrix.",
     ["-        node: [18, 20]", "+        node: [20]"]),
    (".github/workflows/ship.yml", SHIP, "Remove continue-on-error: true.",
     ["-        continue-on-error: true"]),
    ("shop.json", SHOP, 'Add "barn" to exclude',
     ['-  "exclude": ["shed"]', '+  "exclude": ["shed", "barn"]']),
    ("compose.yaml", INN, "Wait for cellar to be healthy: condition: service_healthy on desk.",
     ["-      - cellar", "-      - post", "+      cellar:", "+        condition: service_healthy",
      "+      post:", "+        condition: service_started"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "said", "expected"), CASES)
def test_a_list_is_changed_and_nothing_else(
    path: str, text: str, said: str, expected: list[str]
) -> None:
    """Each item comes or goes in the list's own layout."""
    assert changed(path, text, said) == expected


@pytest.mark.parametrize(
    ("path", "text", "said", "why"),
    [
        ("pyproject.toml", PROJECT, 'Add "E" to select.', "stands there already"),
        ("pyproject.toml", PROJECT, "Remove E501 and E741 from ignore.", "is all that"),
        ("compose.yaml", INN, "desk needs depends_on with condition: service_healthy.",
         "what desk is to wait for is not said"),
    ],
)  # fmt: skip
def test_what_a_list_cannot_give_is_refused(path: str, text: str, said: str, why: str) -> None:
    """An item that is there, the last items, and a dependency that is not named."""
    found = answer(path, text, said)
    assert isinstance(found, str)
    assert why in found
