"""A fix text about a JSON file moves, removes and adds pairs, and lays nothing out anew."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FARM = """\
{
\t"name": "farm", "private": true,
\t"dependencies": {
\t\t"barn": "^2.0.0",
\t\t"gate": "1.1.0",
\t\t"seed-sorter": "^0.4.0"
\t},
\t"devDependencies": {
\t\t"fence": "3.0.0",
\t\t"trough": "1.0.0"
\t}
}
"""
WELL = """\
{
  // how deep it may go
  "pump": {
    "depth": 40,
    "noise": "low", /* at night */
  },
  "rope": [1, 2]
}
"""
CASES = [
    Case(
        "a package moves to where names in order want it",
        "Move gate to devDependencies",
        FARM,
        {
            '\t\t"gate": "1.1.0",\n': "",
            '"3.0.0",\n': '"3.0.0",\n\t\t"gate": "1.1.0",\n',
        },
        path="package.json",
    ),
    Case(
        "the last package goes with the comma before it",
        "Remove the unused `seed-sorter`",
        FARM,
        {'"1.1.0",\n\t\t"seed-sorter": "^0.4.0"\n': '"1.1.0"\n'},
        path="package.json",
    ),
    Case(
        "comments and trailing commas stay",
        'Add "valve": "steel" to pump',
        WELL,
        {"/* at night */\n": '/* at night */\n    "valve": "steel",\n'},
        evidence='"depth": 40,',
        path="well.config.json",
    ),
    Case(
        "what says which programs are run is not edited",
        'Add "sow": "seed-sorter" to scripts',
        '{\n  "scripts": {\n    "test": "reap"\n  }\n}\n',
        refuses="not edited from a fix text",
        path="package.json",
    ),
    Case(
        "an option of the compiler stands among its options",
        "Enable noUnusedLocals in tsconfig.json",
        '{\n  "compilerOptions": {\n    "strict": true\n  },\n  "include": ["src"]\n}\n',
        {'"strict": true': '"strict": true,\n    "noUnusedLocals": true'},
        path="tsconfig.json",
    ),
    Case(
        "a rule stands among the rules",
        'Add "no-var": "error"',
        '{\n  "root": true,\n  "rules": {\n    "eqeqeq": "warn"\n  }\n}\n',
        {'"eqeqeq": "warn"': '"eqeqeq": "warn",\n    "no-var": "error"'},
        path=".eslintrc.json",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pairs_of_json(case: Case) -> None:
    """The diff shows the pair alone."""
    check(case)
