"""``mendbook.toml`` holds options; what it does not know is refused with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import UsageError
from mendbook.project_file import read_options

OPTIONS = {
    "plan": frozenset({"capacity", "policy", "profile", "out"}),
    "collect": frozenset({"duration", "out", "allow_host"}),
}
SEVERAL = frozenset({"profile", "allow_host"})


def read(folder: Path, text: str) -> dict[str, dict[str, object]]:
    """Return what is read of ``text``."""
    (folder / "mendbook.toml").write_text(text)
    return read_options(folder, OPTIONS, SEVERAL)


def test_options_stand_for_all_commands_or_for_one(tmp_path: Path) -> None:
    """A table is one command's and wins; dashes are underscores; one of several is a list."""
    assert read(
        tmp_path,
        'capacity = 24\nout = "runs"\n[collect]\nout = "raw"\nallow-host = "db.example"\n'
        '[plan]\nprofile = ["a.prom", "b.prom"]\n',
    ) == {
        "plan": {"capacity": 24, "out": "runs", "profile": ["a.prom", "b.prom"]},
        "collect": {"out": "raw", "allow_host": ["db.example"]},
    }


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """It need not be there."""
    assert read_options(tmp_path, OPTIONS) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("capcity = 2", r"mendbook\.toml: capcity: no such option; did you mean 'capacity'\?"),
        ("[plan]\nduration = 2", r"mendbook\.toml: plan\.duration: no such option; remove it"),
        ("[plna]\nout = 2", r"mendbook\.toml: plna: no such option; did you mean 'plan'\?"),
        ("capacity 2", r"mendbook\.toml: cannot be read as TOML"),
    ],
)
def test_what_is_no_option_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """One line: the file, the key, and what was probably meant."""
    with pytest.raises(UsageError, match=said):
        read(tmp_path, text)
