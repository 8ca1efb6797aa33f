"""Handlers that a text shows whole, wishes without a subject, and what the problem calls it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_BARN = """import logging
import os
from typing import Any, Optional, TypeVar

log = logging.getLogger(__name__)
KEY = "k-7f31"
T = TypeVar("T")


def sweep(barn):
    for stall in barn:
        try:
            stall.clean()
        except Exception:
            pass
        else:
            barn.count += 1


def feed(cow: Any) -> T:
    try:
        return cow.feed()
    except Exception:
        cow.wait()
        return None
"""


def _barn(name: str, fix: str, evidence: str, function: str = "", **told: object) -> Case:
    edits = told.get("edits", {})
    assert isinstance(edits, dict)
    return Case(name, fix, _BARN, edits, str(told.get("refuses", "")), evidence, function,
                "farm/barn.py", problem=str(told.get("problem", "it is wrong")))  # fmt: skip


CASES = [
    _barn("a handler shown whole",
          "Narrow it and log:\n\n```python\nexcept OSError as err:\n"
          '    log.warning("not clean: %s", err)\n```',
          "except Exception:\n            pass", "sweep",
          edits={"        except Exception:\n            pass\n":
                 "        except OSError as err:\n"
                 '            log.warning("not clean: %s", err)\n'}),
    _barn("a handler that does more than is shown",
          "Narrow it:\n\n```python\nexcept OSError as err:\n    log.warning(err)\n```",
          "except Exception:\n        cow.wait()", "feed", refuses="e"),
    _barn("what must not be", 'Must not stand in the source. KEY = os.environ["BARN_KEY"]',
          'KEY = "k-7f31"', edits={'"k-7f31"': 'os.environ["BARN_KEY"]'}),
    _barn("what the problem calls it", "Remove it from the typing import.",
          "from typing import Any, Optional, TypeVar", problem="`Optional` is imported, not used",
          edits={"Any, Optional, TypeVar": "Any, TypeVar"}),
    _barn("a problem that names two", "Remove it.", "from typing import Any, Optional, TypeVar",
          problem="`Optional` and `TypeVar` are imported", refuses="no single edit"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_shown_or_called_it(case: Case) -> None:
    """Each text gives exactly its edit, or none."""
    check(case)
