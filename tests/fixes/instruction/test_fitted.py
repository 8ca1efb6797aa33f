"""Code of several lines is indented as the code around it, and says nothing of its review."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

QUAY = """package quay

func (s *Quay) Moor(id string, req Berth) error {
	ship := registry.Ship{
		Name:  &req.Name,
		Berth: &req.Berth,
	}
	return s.reg.Update(ship)
}
"""
OVEN = """export function bake(loaf: Loaf) {
    const options = {
        retries: 3,
    };
    return run(loaf, options);
}
"""
MILL = """def grind(sacks):
    options = {
        "stones": 2,
    }
    return run(sacks, options)
"""
CASES = [
    Case("a literal of Go, from a text that is indented by blanks",
         "Set ship to:\n```go\nship := registry.Ship{\n    ID:    &id,  // Add this\n"
         "    Name:  &req.Name,\n    Berth: &req.Berth,\n}\n```", QUAY,
         {"Ship{\n": "Ship{\n\t\tID:    &id,\n"}, path="quay/quay.go", function="Quay.Moor",
         evidence="ship := registry.Ship{"),
    Case("an object in a file of four blanks",
         "Set options to `{\n  retries: 3,\n  timeout: 500, // new\n}`", OVEN,
         {"retries: 3,\n": "retries: 3,\n        timeout: 500,\n"}, function="bake",
         evidence="const options = {"),
    Case("a dictionary of Python", 'Set options to `{\n  "stones": 2,\n  "sieve": 1,  # added\n}`',
         MILL, {'"stones": 2,\n': '"stones": 2,\n        "sieve": 1,\n'}, path="mill/grind.py",
         function="grind", evidence="options = {"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_shown_lines_are_indented_as_here(case: Case) -> None:
    """A text is indented as its author's editor does it, and marks what is new in it."""
    check(case)
