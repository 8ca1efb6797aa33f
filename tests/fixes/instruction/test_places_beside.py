"""A place behind a dash, what callers give, code in a fence, and a try that opens something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from instruction_cases import Case, check

_OVEN = """def mean_heat(ovens, usual=180):
    hot = [one for one in ovens if one > 40]
    return sum(hot) / len(hot)


def bake(loaf: str, slow: bool = False, heat: int = 200) -> str:
    return f"{loaf} at {heat}"


def batch(loaves):
    return [bake(one, False) for one in loaves]
"""
_SHOP = "from oven import bake\n\n\ndef order(loaf):\n    return bake(loaf, slow=True)\n"
_AGENT = """package agent

import (
\t"os"
\t"strconv"
)

func load() (config, error) {
\tc := config{Every: 60}
\tc.Every, _ = strconv.Atoi(os.Getenv("EVERY"))
\treturn c, nil
}
"""
_CELLAR = """package cellar;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class Cellar {
    static int litres(Path file) throws IOException {
        int sum = 0;
        BufferedReader in = Files.newBufferedReader(file);
        while (in.ready()) {
            sum += in.read();
        }
        in.close();
        return sum;
    }
}
"""
_OPEN = "        BufferedReader in = Files.newBufferedReader(file);\n"
_BODY = "        while (in.ready()) {\n            sum += in.read();\n        }\n"
_TRIED = (
    "        try (BufferedReader in = Files.newBufferedReader(file)) {\n"
    "            while (in.ready()) {\n                sum += in.read();\n            }\n"
    "        }\n"
)


def _callers(name: str, fix: str) -> Case:
    return Case(
        name, fix, _OVEN,
        {", slow: bool = False": "", "bake(one, False)": "bake(one)"},
        evidence="def bake(loaf: str, slow: bool = False, heat: int = 200) -> str:",
        function="bake", path="oven.py", files={"shop.py": _SHOP},
        others={"shop.py": {"bake(loaf, slow=True)": "bake(loaf)"}},
    )  # fmt: skip


def _tried(name: str, fix: str) -> Case:
    return Case(name, fix, _CELLAR, {f"{_OPEN}{_BODY}        in.close();\n": _TRIED},
                evidence=_OPEN.strip(), function="Cellar.litres",
                path="cellar/Cellar.java")  # fmt: skip


CASES = [
    Case("a place behind a dash", "`return usual` if hot is empty - before dividing.", _OVEN,
         {"    return sum(hot)": "    if not hot:\n        return usual\n    return sum(hot)"},
         evidence="return sum(hot) / len(hot)", function="mean_heat", path="oven.py"),
    _callers("what callers pass for it",
             "Drop bake()'s `slow` parameter, including what the two callers pass for it."),
    _callers("what the caller hands to it",
             "Remove the `slow` parameter together with what callers hand to it."),
    Case("statements in a fence",
         "Keep the error:\n\n```go\nn, err := strconv.Atoi(os.Getenv(\"EVERY\"))\n"
         "if err != nil {\n\treturn config{}, err\n}\nc.Every = n\n```", _AGENT,
         {'\tc.Every, _ = strconv.Atoi(os.Getenv("EVERY"))\n':
          '\tn, err := strconv.Atoi(os.Getenv("EVERY"))\n\tif err != nil {\n'
          "\t\treturn config{}, err\n\t}\n\tc.Every = n\n"},
         evidence="c.Every, _ = strconv.Atoi(", function="load", path="agent/load.go"),
    _tried("a try without a verb",
           "try-with-resources around the reader, without the explicit in.close()."),
    _tried("a try for what is quoted", "Use try-with-resources."),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_stands_beside_a_step(case: Case) -> None:
    """Each text gives exactly its edit."""
    check(case)


BARN = """export function feed(cow: Cow) {
  log.info('fed', cow.id);
  return cow.hay == null ? 0 : cow.hay;
}

export function milk(cow: Cow) {
  return cow.milk;
}
"""


def test_a_script_changes_in_the_function_that_the_text_names() -> None:
    """The quote stands in another one: then either the text or the quote is wrong."""
    case = Case(
        "another function",
        "Log it at debug level in milk",
        BARN,
        evidence="log.info('fed', cow.id);",
        function="feed",
        path="src/barn.ts",
        refuses="the text names milk",
    )
    check(case)
    own = replace(
        case, fix="Log it at debug level in feed", edits={"log.info": "log.debug"}, refuses=""
    )
    check(own)


SILO = """package silo

import "io"

func header(reader io.Reader, buf []byte) error {
	if _, err := io.ReadFull(reader, buf); err != nil {
		return err
	}
	return nil
}
"""


def test_what_a_call_gives_is_not_dropped_with_that_of_another() -> None:
    """``ReadFull`` fills what it is given; ``ReadAll`` gives what it has read."""
    check(
        Case(
            "data in place of a count",
            "Read with `io.ReadAll(io.LimitReader(reader, 64))` instead",
            SILO,
            evidence="if _, err := io.ReadFull(reader, buf); err != nil {",
            function="header",
            path="silo/header.go",
            refuses=" ",
        )
    )
