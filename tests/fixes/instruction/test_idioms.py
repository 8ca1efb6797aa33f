"""What Go and Java write in one way only, asked for in few words."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_LOFT = """package loft

import (
\t"bufio"
\t"context"
\t"database/sql"
\t"os"
\t"sync"
)

type Loft struct {
\tmu    sync.Mutex
\tdoves map[string]int
}

func (l *Loft) Add(name string) {
\tl.doves[name]++
}

func (l *Loft) Count(name string) int {
\tl.mu.Lock()
\tdefer l.mu.Unlock()
\treturn l.doves[name]
}

func Lines(path string) (int, error) {
\tf, err := os.Open(path)
\tif err != nil {
\t\treturn 0, err
\t}
\treturn bufio.NewReader(f).Size(), nil
}

func IDs(ctx context.Context, db *sql.DB) ([]int, error) {
\trows, err := db.Query("SELECT id FROM doves")
\tif err == sql.ErrNoRows {
\t\treturn nil, nil
\t}
\tif err != nil {
\t\treturn nil, err
\t}
\tids := []int{}
\tfor rows.Next() {
\t\tvar id int
\t\tif err := rows.Scan(&id); err != nil {
\t\t\treturn nil, err
\t\t}
\t}
\treturn ids, nil
}

func Call(ctx context.Context) {
\tping(context.Background())
}

func ping(ctx context.Context) {}
"""
_GATE = """package gate;

public class Gate {
    private String key;

    public Gate(String key) {
        this.key = key;
    }

    boolean opens(String given) {
        return given == key;
    }

    boolean isMaster(String given) {
        return given != "master";
    }

    String shown(String given) {
        return given.trim();
    }
}
"""


def _loft(name: str, fix: str, evidence: str, function: str, **told: object) -> Case:
    edits = told.get("edits", {})
    assert isinstance(edits, dict)
    return Case(name, fix, _LOFT, edits, str(told.get("refuses", "")), evidence, function,
                "loft/loft.go")  # fmt: skip


def _gate(name: str, fix: str, evidence: str, function: str, **told: object) -> Case:
    edits = told.get("edits", {})
    assert isinstance(edits, dict)
    return Case(name, fix, _GATE, edits, str(told.get("refuses", "")), evidence, function,
                "gate/Gate.java")  # fmt: skip


_OPEN = "f, err := os.Open(path)"
_CLOSED = {"\t\treturn 0, err\n\t}\n": "\t\treturn 0, err\n\t}\n\tdefer f.Close()\n"}
_LOCKED = {"\tl.doves[name]++": "\tl.mu.Lock()\n\tdefer l.mu.Unlock()\n\tl.doves[name]++"}
_QUERY = 'rows, err := db.Query("SELECT id FROM doves")'
_ASKED = {"db.Query(": "db.QueryContext(ctx, "}
CASES = [
    _loft("close, in words", "Close the file with a defer", _OPEN, "Lines", edits=_CLOSED),
    _loft("close, in code", "Leak: defer f.Close() once it is open.", _OPEN, "Lines",
          edits=_CLOSED),
    _loft("what is opened is not checked right behind", "Add `defer rows.Close()`.", _QUERY, "IDs",
          edits={'doves")\n\tif err == sql.ErrNoRows {\n\t\treturn nil, nil\n\t}\n':
                 'doves")\n\tif err == sql.ErrNoRows {\n\t\treturn nil, nil\n\t}\n'},
          refuses="is not checked right behind it"),
    _loft("a lock by both its calls", "Lock first: l.mu.Lock(); defer l.mu.Unlock()",
          "l.doves[name]++", "Loft.Add", edits=_LOCKED),
    _loft("a lock by its name", "Guard the map with l.mu.", "l.doves[name]++", "Loft.Add",
          edits=_LOCKED),
    _loft("a lock that is held", "Guard the map with l.mu.", "return l.doves[name]", "Loft.Count",
          refuses="is locked there already"),
    _loft("a call with its context", "Replace Query with QueryContext and pass ctx.", _QUERY, "IDs",
          edits=_ASKED),
    _loft("a call with its context, cut short", "Pass the context: QueryContext(ctx, ...)", _QUERY,
          "IDs", edits=_ASKED),
    _loft("the caller's context", "Propagate ctx.", "ping(context.Background())", "Call",
          edits={"context.Background()": "ctx"}),
    _loft("an error that may be wrapped", "Compare with errors.Is.", "if err == sql.ErrNoRows {",
          "IDs", edits={"err == sql.ErrNoRows": "errors.Is(err, sql.ErrNoRows)",
                        '\t"database/sql"\n': '\t"database/sql"\n\t"errors"\n'}),
    _loft("what ends a loop over rows", "Check rows.Err() after the loop.", _QUERY, "IDs",
          edits={"\treturn ids, nil": "\tif err := rows.Err(); err != nil {\n"
                 "\t\treturn nil, err\n\t}\n\treturn ids, nil"}),
    _loft("what ends a function over rows", "Return rows.Err() at the end instead of nil.", _QUERY,
          "IDs", edits={"\treturn ids, nil": "\treturn ids, rows.Err()"}),
    _loft("the bare error", 'Return fmt.Errorf("open: %w", err) instead of the bare error.',
          "return 0, err", "Lines",
          edits={"return 0, err": 'return 0, fmt.Errorf("open: %w", err)',
                 '\t"database/sql"\n': '\t"database/sql"\n\t"fmt"\n'}),
    _loft("one of two things", "Add `defer f.Close()` and log the error of Close", _OPEN, "Lines",
          refuses=" "),
    _loft("an idiom and a second step", "Compare with errors.Is and return nil.",
          "if err == sql.ErrNoRows {", "IDs", refuses="e"),
    _loft("no defer", "Close the file explicitly instead of using defer.", _OPEN, "Lines",
          refuses="e"),
    _loft("a lock that is to be given back", "Release l.mu before the call.", "l.doves[name]++",
          "Loft.Add", refuses="e"),
    _loft("a type for a field", "Replace l.mu with a sync.RWMutex.", "return l.doves[name]",
          "Loft.Count", refuses="e"),
    _gate("two texts", "Use .equals() instead of ==.", "return given == key;", "Gate.opens",
          edits={"given == key": "given.equals(key)"}),
    _gate("a literal first, and denied", "Compare with equals.", 'return given != "master";',
          "Gate.isMaster", edits={'given != "master"': '!"master".equals(given)'}),
    _gate("either may be null", "Replace == with Objects.equals", "return given == key;",
          "Gate.opens", edits={"given == key": "Objects.equals(given, key)",
                               "package gate;\n": "package gate;\n\nimport java.util.Objects;\n"}),
    _gate("a field by its kind", "Make the field final.", "private String key;", "Gate",
          edits={"private String key;": "private final String key;"}),
    _gate("a check comes in the place of nothing", "Check it: Objects.requireNonNull(given).",
          "return given.trim();", "Gate.shown", refuses="goes is not said"),
    _gate("a mark, and the end of its sentence", "Annotate shown with @Override.",
          "String shown(String given) {", "Gate.shown", refuses="overrides nothing"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_idiom_is_written(case: Case) -> None:
    """Each text gives exactly its edit, or none."""
    check(case)
