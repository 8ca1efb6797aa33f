"""What a handler catches, names and logs in one sentence; a copy given up for the shared one."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, read

from mendbook.model import Skipped

ROWS = """\
import logging

log = logging.getLogger(__name__)


def rows(lines):
    bad = 0
    for index, line in enumerate(lines):
        try:
            int(line)
        except:
            bad += 1
    return bad
"""
TIDES = """\
import logging

LOG = logging.getLogger(__name__)


async def tide(client, port):
    try:
        return await client.tide(port)
    except Exception:
        return None
"""
BOXES = """\
import unicodedata


def _slug(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower()


def box_name(name, year):
    return f"{_slug(name)}-{year}"
"""
SHARED = """\
import unicodedata


def slug(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower()
"""
BARE = "except:\n            bad += 1"
LOGGED = 'log.warning("row %d: %s", index, err)'


@pytest.mark.parametrize(
    ("fix", "head", "line"),
    [
        (f"Catch `(KeyError, ValueError)` only, as `err`, and write `{LOGGED}` in the handler.",
         "except (KeyError, ValueError) as err:", LOGGED),
        (f"Catch `ValueError` as `err` and add `{LOGGED}` to the handler.",
         "except ValueError as err:", LOGGED),
        ('Catch `ValueError` only and put `log.warning("row %d", index)` in the handler.',
         "except ValueError:", 'log.warning("row %d", index)'),
    ],
)  # fmt: skip
def test_a_handler_catches_names_and_logs(fix: str, head: str, line: str) -> None:
    """All three are done; none is taken for a remark."""
    edits = {BARE: f"{head}\n            {line}\n            bad += 1"}
    check(Case(fix, fix, ROWS, edits, evidence=BARE, function="rows", path="mill/rows.py"))


def test_the_name_alone_is_given() -> None:
    """``as`` behind the kind is what is caught, and no reason."""
    fix = "Catch only `ValueError` as `err`."
    edits = {"except:": "except ValueError as err:"}
    check(Case(fix, fix, ROWS, edits, evidence=BARE, function="rows", path="mill/rows.py"))


@pytest.mark.parametrize(
    ("code", "evidence", "function", "path", "fix"),
    [
        (ROWS, BARE, "rows", "mill/rows.py",
         'Catch `ValueError` only. Write `log.warning("row %d", index)` in the handler.'),
        (TIDES, "except Exception:", "tide", "ferry/tides.py",
         "Catch `TimeoutError` as `late` and hand `late` to `client.report(late)`."),
    ],
)  # fmt: skip
def test_what_else_the_handler_is_to_do_is_not_lost(
    code: str, evidence: str, function: str, path: str, fix: str
) -> None:
    """Half of it is none, or says what is open."""
    answer = read(Case(fix, fix, code, evidence=evidence, function=function, path=path))
    left = (
        () if isinstance(answer, Skipped) else [o for each in answer.contracts for o in each.open]
    )
    assert isinstance(answer, Skipped) or left


@pytest.mark.parametrize(
    "fix",
    [
        "Delete the local _slug and import slug from orchard.textutil in its place.",
        "Drop `_slug` and import `slug` from `orchard.textutil` instead.",
    ],
)
def test_a_copy_goes_and_its_uses_call_the_shared_one(fix: str) -> None:
    """The uses take the name of what is imported."""
    edits = {
        BOXES: (
            "from orchard.textutil import slug\n\n\ndef box_name(name, year):\n"
            '    return f"{slug(name)}-{year}"\n'
        )
    }
    files = {"orchard/textutil.py": SHARED, "orchard/__init__.py": ""}
    check(
        Case(
            fix,
            fix,
            BOXES,
            edits,
            evidence="def _slug(text):",
            function="_slug",
            path="orchard/boxes.py",
            files=files,
        )
    )
