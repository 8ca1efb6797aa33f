from __future__ import annotations

from mendbook.advice import ADVISORS
from surveyed import survey


def test_every_advisor_answers_under_its_own_name() -> None:
    """Advice is filed by the name in the table, and an empty repository is an answer, too."""
    empty = survey({})
    assert [(name, advisor(empty).advisor) for name, advisor in ADVISORS.items()] == [
        (name, name)
        for name in (
            "workers",
            "sockets",
            "redis",
            "metrics",
            "dependencies",
            "tests",
            "commands",
        )
    ]
