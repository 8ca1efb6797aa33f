"""Calls that words name and do not write out: what they are given is no guess."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

TIDES = """package tides

import (
	"context"
	"net/http"
)

func Fetch(ctx context.Context, url string) (*http.Response, error) {
	resp, err := http.Get(url)
	return resp, err
}
"""
BILLS = """package inn;

class Bills {
    String total(String room) {
        return room.trim();
    }
}
"""
OVEN = """def bake(oven, loaves=[]):
    loaves.append(oven)
    return loaves
"""
YARD = """import logging

logger = logging.getLogger(__name__)


def lift(crane, weight):
    print("lifting %s" % weight)
"""
CASES = [
    Case("a request with a context takes more than a URL",
         "Build the request with http.NewRequestWithContext.", TIDES, path="tides/a.go",
         evidence="resp, err := http.Get(url)", refuses="is not checked right behind it"),
    Case("an exception of Java is made",
         'Throw IllegalArgumentException("room") when room is null.',
         BILLS, {"        return room.trim();": "        if (room == null) {\n"
                 '            throw new IllegalArgumentException("room");\n        }\n'
                 "        return room.trim();"}, path="inn/Bills.java", function="Bills.total",
         evidence="return room.trim();"),
    Case("the statement of the body as it is given",
         "Use `loaves=None` and `loaves = loaves or []` in the body.", OVEN,
         {"loaves=[]):\n": "loaves=None):\n    loaves = loaves or []\n"}, path="bakery/oven.py",
         evidence="def bake(oven, loaves=[]):", function="bake"),
    Case("a log whose arguments are to be lazy", "Use logger.info with lazy arguments, not print.",
         YARD, path="yard/lift.py", evidence='print("lifting %s" % weight)', function="lift",
         refuses="nothing called info"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_a_call_is_written_only_as_it_is_said(case: Case) -> None:
    """What a function of Go takes, and how a text of a log is made, is not left to luck."""
    check(case)
