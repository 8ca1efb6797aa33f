"""Statuses of Go's net/http by their names, where the code spells their numbers."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal

GATE = """package gate

import (
\t"fmt"
\t"net/http"
)

func Ping(c *http.Client) error {
\tresp, err := c.Get("https://a.test")
\tif err != nil {
\t\treturn err
\t}
\tif resp.StatusCode != 200 {
\t\treturn fmt.Errorf("status %d", resp.StatusCode)
\t}
\treturn nil
}

func Missing(w http.ResponseWriter, r *http.Request) {
\tw.WriteHeader(404)
}

func Busy(w http.ResponseWriter) {
\tw.WriteHeader(503)
\tfmt.Fprint(w, 404)
}
"""


@pytest.mark.parametrize(
    ("fix", "evidence", "old", "new"),
    [
        ("Compare with http.StatusOK.", "if resp.StatusCode != 200 {",
         "!= 200", "!= http.StatusOK"),
        ("http.StatusOK reads better than 200", "if resp.StatusCode != 200 {",
         "!= 200", "!= http.StatusOK"),
        ("Use http.StatusNotFound", "w.WriteHeader(404)",
         "WriteHeader(404)", "WriteHeader(http.StatusNotFound)"),
        ("http.StatusNotFound instead of 404", "w.WriteHeader(404)",
         "WriteHeader(404)", "WriteHeader(http.StatusNotFound)"),
        ("Use the constant http.StatusServiceUnavailable", "w.WriteHeader(503)",
         "503", "http.StatusServiceUnavailable"),
    ],
)  # fmt: skip
def test_a_status_takes_the_place_of_its_number(
    fix: str, evidence: str, old: str, new: str
) -> None:
    """The quoted number, and no other of the same worth."""
    made = propose(Case(fix, fix, GATE, evidence=evidence, path="gate/gate.go"))
    assert isinstance(made, Proposal), made.reason
    assert made.edits == {"gate/gate.go": GATE.replace(old, new, 1)}


@pytest.mark.parametrize("fix", ["Use http.StatusBadGateway", "Write http.StatusGone, 410"])
def test_a_status_of_another_number_is_refused(fix: str) -> None:
    """502 and 410 are not what stands there."""
    case = Case(fix, fix, GATE, evidence="w.WriteHeader(503)", path="gate/gate.go")
    assert not isinstance(propose(case), Proposal)
