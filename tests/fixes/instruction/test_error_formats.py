"""Formats of ``fmt.Errorf``: the error wrapped, in each function named, with what it is to name."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal

SILO = """package silo

import (
	"fmt"
	"os"
)

const maxBins = 40

func Open(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open: %v", err)
	}
	return f, nil
}

func Drop(path string, force bool) error {
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("drop: %v", err)
	}
	return nil
}
"""
OPEN = 'return nil, fmt.Errorf("open: %v", err)'
DROP = 'return fmt.Errorf("drop: %v", err)'


def _asked(fix: str, evidence: str) -> Case:
    return Case(fix, fix, SILO, evidence=evidence, path="silo/silo.go")


@pytest.mark.parametrize(
    ("fix", "evidence", "edits"),
    [
        ("Wrap the error with %w", OPEN, {'"open: %v"': '"open: %w"'}),
        ("%w instead of %v", DROP, {'"drop: %v"': '"drop: %w"'}),
        ("Wrap with %w in Drop and Open", DROP,
         {'"open: %v"': '"open: %w"', '"drop: %v"': '"drop: %w"'}),
        ('Include the path in the message: "drop %s: %w"', DROP,
         {'"drop: %v", err': '"drop %s: %w", path, err'}),
        ('Use %q for the path: "open %q: %w"', OPEN,
         {'"open: %v", err': '"open %q: %w", path, err'}),
        ('"opening: %w" reads better', OPEN, {'"open: %v"': '"opening: %w"'}),
        ('Name the path in the errors of Drop and Open: "drop %s: %w" and "open %s: %w"', DROP,
         {'"drop: %v", err': '"drop %s: %w", path, err',
          '"open: %v", err': '"open %s: %w", path, err'}),
        ('The message should have the path and force: "drop %s (%t): %w"', DROP,
         {'"drop: %v", err': '"drop %s (%t): %w", path, force, err'}),
    ],
)  # fmt: skip
def test_the_format_is_what_the_text_writes(fix: str, evidence: str, edits: dict[str, str]) -> None:
    """Each function that is named, and the values that the verbs stand for."""
    made = propose(_asked(fix, evidence))
    assert isinstance(made, Proposal), made.reason
    wanted = SILO
    for old, new in edits.items():
        wanted = wanted.replace(old, new)
    assert made.edits == {"silo/silo.go": wanted}


@pytest.mark.parametrize(
    ("fix", "evidence"),
    [
        ('Include the size in the message: "drop %d: %w"', DROP),
        ("Wrap with %w and include the path", DROP),
        ("Wrap all errors of the package with %w and name the file", OPEN),
        ("Wrap with %w in Open", DROP),
    ],
)
def test_what_the_message_is_to_name_must_be_known(fix: str, evidence: str) -> None:
    """A value that is no parameter, a message that is not written out, another function."""
    assert not isinstance(propose(_asked(fix, evidence)), Proposal)


MILL = """class Mill {
    private static final int MAX_SACKS = 40;
    private static final int MAX_STONES = 40;
}
"""


def test_a_constant_with_another_number_takes_no_ones_place() -> None:
    """*MAX_SACKS of 60* is no wish to write MAX_SACKS where another constant has 40."""
    fix = "MAX_SACKS of 60 broke the line"
    case = Case(fix, fix, MILL, evidence="MAX_SACKS = 40", path="src/Mill.java")
    assert not isinstance(propose(case), Proposal)
