"""A function of Go answers instead of ending the program, and sees only names of its scopes."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

MILL = """package mill

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
)

func Load(path string) (*Plan, error) {
	raw, _ := os.ReadFile(path)
	if len(raw) == 0 {
		panic("empty")
	}
	rows, err := strconv.Atoi(os.Getenv("ROWS"))
	return &Plan{rows}, err
}

func serve(w http.ResponseWriter, r *http.Request) {
	flour, err := weigh(r)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(w, flour)
}
"""
ANSWERED = {
    "\t\tlog.Fatal(err)": '\t\thttp.Error(w, "no scales", http.StatusBadGateway)\n\t\treturn',
    '\t"log"\n': "",
}
EMPTY = {'panic("empty")': 'return nil, fmt.Errorf("%s is empty", path)'}
PATH = "mill/load.go"
CASES = [
    Case("values and error", 'Return nil, fmt.Errorf("%s is empty", path) instead of panicking',
         MILL, EMPTY, evidence='panic("empty")', path=PATH),
    Case("the error alone", 'Return an error (fmt.Errorf("%s is empty", path)) rather than panic',
         MILL, EMPTY, evidence='panic("empty")', path=PATH),
    Case("in place of", 'Return fmt.Errorf("%s is empty", path) in place of the panic',
         MILL, EMPTY, evidence='panic("empty")', path=PATH),
    Case("call and return", 'Call http.Error(w, "no scales", http.StatusBadGateway) and return '
         "instead of exiting", MILL, ANSWERED, evidence="log.Fatal(err)", path=PATH),
    Case("replaced", 'Replace log.Fatal(err) by http.Error(w, "no scales", '
         "http.StatusBadGateway) and return", MILL, ANSWERED, evidence="log.Fatal(err)", path=PATH),
    Case("the check whole", "Check the error: if err != nil { return nil, err }", MILL,
         {"raw, _ := os.ReadFile(path)\n": "raw, err := os.ReadFile(path)\n\tif err != nil {\n"
          "\t\treturn nil, err\n\t}\n"}, evidence="raw, _ := os.ReadFile(path)", path=PATH),
    Case("no error of the name", "Return nil, errEmpty instead of panicking", MILL,
         evidence='panic("empty")', path=PATH, refuses="errEmpty"),
    Case("a function that gives values", "Call log.Print(path) and return instead of panicking",
         MILL, evidence='panic("empty")', path=PATH, refuses="what is returned"),
    Case("a name of later", "Use len(raw) == rows", MILL,
         evidence="if len(raw) == 0 {", path=PATH, refuses="rows is not in scope"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_answers(case: Case) -> None:
    """The statement that ended the program goes, and nothing else changes."""
    check(case)
