"""What a draft may touch: the finding's files, those linked to them, and what is spoken of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from berths import task
from mendbook.drafting.imported import imported
from mendbook.drafting.reach import Reach, reach_of
from mendbook.fixes.instruction.understood import understand
from mendbook.fixes.task import Task
from mendbook.repository.snapshot import Snapshot

PEOPLE = Snapshot.of(
    {
        "clinic/ward.py": (
            "import clinic.beds\nfrom clinic import drugs\nfrom .staff import rota\nimport os\n\n\n"
            "def admit(patient):\n    return rota(patient)\n"
        ),
        "clinic/__init__.py": "",
        "clinic/beds.py": "FREE = 3\n",
        "clinic/drugs.py": "",
        "clinic/staff.py": "def rota(patient):\n    return patient\n",
        "clinic/bills.py": "def bill(patient):\n    return 0\n",
        "web/app.ts": (
            'import { a } from "./a.js";\nexport * from "./b";\nconst c = require("./c");\n'
            'import fs from "node:fs";\nvoid import("./late.js");\n'
        ),
        "web/a.ts": "export const a = 1;\n",
        "web/b/index.ts": "export const b = 1;\n",
        "web/c.js": "module.exports = 1;\n",
        "web/late.ts": "export {};\n",
        "web/far.ts": "export {};\n",
        "go/main.go": "package main\n",
    }
)


@pytest.mark.parametrize(
    ("path", "files"),
    [
        (
            "clinic/ward.py",
            ("clinic/beds.py", "clinic/__init__.py", "clinic/drugs.py", "clinic/staff.py"),
        ),
        ("web/app.ts", ("web/a.ts", "web/b/index.ts", "web/c.js", "web/late.ts")),
        ("go/main.go", ()),
        ("none.py", ()),
    ],
)
def test_what_a_file_imports_is_found_as_it_names_it(path: str, files: tuple[str, ...]) -> None:
    """In either language, by any form of import; packages from outside are none of the tree."""
    assert imported(PEOPLE, path) == files


def reach(asked: Task) -> Reach:
    """Return the reach of a task."""
    return reach_of(asked, understand(asked))


def test_what_the_code_imports_may_be_edited() -> None:
    """A fix may need a name in a module that the code uses; a stranger's stays out."""
    found = reach(task("clinic/ward.py", "return rota(patient)", tree=PEOPLE))
    assert found.holds("clinic/staff.py", exists=True)
    assert not found.holds("clinic/bills.py", exists=True)
    assert found.nearest[0] == "clinic/ward.py"


@pytest.mark.parametrize("field", ["problem", "evidence", "impact"])
def test_files_that_the_finding_speaks_of_may_be_edited_and_new_ones_beside_them(
    field: str,
) -> None:
    """A path that means one file; what is spoken of loosely means none."""
    asked = task("web/a.ts", "", "Put both in one place.", tree=PEOPLE)
    words: dict[str, Any] = {field: "The same rule stands in clinic/bills.py and index."}
    told = replace(asked.finding, **words)
    found = reach(replace(asked, finding=told))
    assert found.holds("clinic/bills.py", exists=True)
    assert found.holds("clinic/rules.py", exists=False)
    assert not found.holds("web/b/index.ts", exists=True)
