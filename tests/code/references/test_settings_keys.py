"""Who reads a key of a settings file, in files of several kinds and code of several languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.code.references.settings_keys import setting_row
from mendbook.model import Place, PlaceKind
from mendbook.repository.snapshot import Snapshot

SPRING = {
    "src/main/resources/application.yml": "quay:\n  crane:\n    reach: 40\n  depth: 9\n",
    "src/main/java/Crane.java": 'class Crane {\n  @Value("${quay.crane.reach}") int reach;\n}\n',
    "src/main/java/Other.java": "class Other {\n  int reach = 4;\n}\n",
}
ENVIRONMENT = {
    ".env.example": "# wells\nWELL_DEPTH=40\nWELL_KEY=\n",
    "src/well.ts": "export const depth = Number(process.env.WELL_DEPTH ?? 4);\n",
    "src/deep.test.ts": "process.env.WELL_DEPTH = '3';\n",
    "ops/compose.yml": "services:\n  well:\n    environment:\n      WELL_DEPTH: 40\n",
    "tools/deep.py": 'import os\ndepth = os.environ["WELL_DEPTH"]\n',
    "lib/well.rb": "DEPTH = ENV.fetch('WELL_DEPTH')\n",
    "docs/wells.md": "Set `WELL_DEPTH`.\n",
}
INI = {
    "conf/mill.ini": "[mill]\nMaxSacks = 9\n",
    "mill.go": "package mill\n\nfunc Full(n int) bool { return n > conf.MaxSacks }\n",
    "bin.go": "package mill\n\nvar sacks = 9\n",
}
PYDANTIC = {
    "app/.env": "BARN_DOORS=2\n",
    "app/settings.py": "class Settings(BaseSettings):\n    barn_doors: int = 2\n",
    "app/barn.py": "barn_doors: int = 3\n",
}


@pytest.mark.parametrize(
    ("files", "path", "evidence", "key", "readers"),
    [
        (
            SPRING,
            "src/main/resources/application.yml",
            "reach: 40",
            "quay.crane.reach",
            ["src/main/java/Crane.java:2"],
        ),
        (
            ENVIRONMENT,
            ".env.example",
            "WELL_DEPTH=[redacted]",
            "WELL_DEPTH",
            [
                "lib/well.rb:1",
                "ops/compose.yml:4",
                "src/deep.test.ts:1",
                "src/well.ts:1",
                "tools/deep.py:2",
            ],
        ),
        (INI, "conf/mill.ini", "MaxSacks = 9", "MaxSacks", ["mill.go:3"]),
        (PYDANTIC, "app/.env", "BARN_DOORS=2", "BARN_DOORS", ["app/settings.py:2"]),
    ],
)
def test_each_line_that_reads_a_key_is_found(
    files: dict[str, str], path: str, evidence: str, key: str, readers: list[str]
) -> None:
    """The whole key with its sections is looked for; a word that only looks alike is none."""
    about = replace(finding("F"), places=(Place(path, PlaceKind.FILE),), evidence=evidence)
    row = setting_row(about, Snapshot.of(files), lambda _path, _line: "")
    assert row is not None
    assert row.symbol == key
    assert [f"{use.file}:{use.line}" for use in row.references] == readers


def test_a_key_that_nothing_reads_by_name_says_so() -> None:
    """No reader found is not told as none: a name may be put together."""
    about = replace(finding("F"), places=(Place("a.ini", PlaceKind.FILE),), evidence="Depth = 3")
    row = setting_row(about, Snapshot.of({"a.ini": "Depth = 3\n"}), lambda _path, _line: "")
    assert row is not None
    assert row.reason == "what reads it by a name that is put together is not found"


def test_code_is_no_settings_file() -> None:
    """A quoted assignment in code is a symbol's, and not a setting's."""
    about = replace(finding("F"), places=(Place("a.py", PlaceKind.FILE),), evidence="DEPTH = 3")
    assert setting_row(about, Snapshot.of({"a.py": "DEPTH = 3\n"}), lambda _p, _l: "") is None
