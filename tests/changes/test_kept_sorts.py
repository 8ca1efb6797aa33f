"""What stays, is asked once, waits in a buffer or goes through a call first is told as that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asked_in_code import asked_at
from drawn_records import finding
from mendbook.changes.asked_titles import asked_titles
from mendbook.changes.foreseen import foreseen
from mendbook.changes.today import Today
from mendbook.model import Evidence, EvidenceStatus, FindingFacts
from mendbook.repository.snapshot import Snapshot

CODE = {
    "vault.py": (
        "def stow(vault, coin):\n"
        "    options = vault.settings.pop('lining')\n"
        "    name = clean(coin)\n"
        "    del coin.owner\n"
        "    return join(vault.shelf, name)\n"
        "\n"
        "def find(vault):\n"
        "    return vault.shelf\n"
    ),
    "tram.ts": (
        "export class Tram {\n"
        "  wait(stop: Stop, ms: number) {\n"
        "    const id = setTimeout(() => this.leave(stop), ms);\n"
        "    this.timers.get(stop.name).push(id);\n"
        "    return stop.seats || 40;\n"
        "  }\n"
        "  leave(stop: Stop) {\n"
        "    this.timers.delete(stop.name);\n"
        "  }\n"
        "}\n"
    ),
    "mine.go": (
        "package mine\n"
        "\n"
        "func Open(carts int) *Mine {\n"
        "\tqueue := make(chan Cart)\n"
        "\tgo dig(queue)\n"
        "\treturn &Mine{queue: queue}\n"
        "}\n"
    ),
}


CASES = [
    (
        ("vault.py", "stow", 4, "Stop deleting owner and mint from the coin."),
        "Left alone from then on: owner and mint of the coin, which were deleted until now. Who"
        " looks for them afterwards still meets them.",
        "stow: leaves owner and mint of the coin alone",
    ),
    (
        ("vault.py", "stow", 5, "Run name through path.basename before joining it."),
        "`name` goes through `path.basename` first: what that changes, refuses or waits for is met"
        " from then on.",
        "stow: runs name through path.basename before joining it",
    ),
    (
        ("vault.py", "stow", 2, "Use settings.get instead of settings.pop."),
        "It stays there once it was read: who comes a second time finds it too.",
        "stow: a second read finds it too",
    ),
    (
        (
            "vault.py",
            "stow",
            2,
            "Read VAULT_LINING from the settings, default 'felt', and hand it on.",
        ),
        "VAULT_LINING is read from then on: where it is not set, it is 'felt'.",
        "stow: takes 'felt' where VAULT_LINING is not set, and VAULT_LINING where it is",
    ),
    (
        ("vault.py", "stow", 3, "Compute it once in __init__ and keep it as self.name."),
        "It is asked for once: what changes behind it afterwards is not seen any more.",
        "stow: asks once for what several calls need",
    ),
    (
        ("tram.ts", "Tram.wait", 3, "Call id.unref() after creating it."),
        "`id` no longer keeps the process alive: where nothing else does, it ends before what"
        " was to"
        " come then.",
        "Tram.wait: the process can end while it waits",
    ),
    (
        ("tram.ts", "Tram.wait", 4, "Key timers by the line's number as well."),
        "`timers` is keyed by the line's number: line 8 uses it and must do the same.",
        "Tram.wait: keys timers by the line's number as well",
    ),
    (
        ("tram.ts", "Tram.wait", 5, "Use ?? in place of || for the seats."),
        "0, false and an empty text of `stop.seats` are kept, where `40` took their place until"
        " now.",
        "Tram.wait: keeps a stop.seats of 0",
    ),
    (
        ("mine.go", "Open", 4, "Give the queue a buffer of 200 carts."),
        "Up to 200 carts are taken without waiting for who works on them: what is still in it when"
        " the process ends is lost.",
        "Open: takes 200 carts without waiting",
    ),
]


@pytest.mark.parametrize(("told", "risk", "_"), CASES)
def test_what_stays_or_waits_is_told(told: tuple[str, str, int, str], risk: str, _: str) -> None:
    """In Python, TypeScript and Go."""
    asked, today = asked_at(CODE, *told)
    assert foreseen(asked, today._facts, today.snapshot)[0].words == risk


@pytest.mark.parametrize(("told", "_", "test"), CASES)
def test_a_test_sees_what_stays(told: tuple[str, str, int, str], _: str, test: str) -> None:
    """Its title has the values of the order."""
    asked, today = asked_at(CODE, *told)
    assert next(asked_titles(asked, today._facts, today))[0] == test


@pytest.mark.parametrize(
    ("path", "line", "fix", "no"),
    [
        ("tram.ts", 4, "Key timers by throttler name.", "Clients above the rate"),
        ("tram.ts", 5, "Use ?? for seats, ttl and speed.", "as old as what is cached"),
        ("vault.py", 5, "Replace join with a path of its own and unlink it when it fails.",
         "instead of"),
        ("mine.go", 4, "Limit the queue to 200 carts.", "without waiting"),
        ("tram.ts", 3, "Call leave from an unref'd interval.", "keeps the process alive"),
    ],
)  # fmt: skip
def test_a_word_that_only_names_a_thing_is_not_its_sort(
    path: str, line: int, fix: str, no: str
) -> None:
    """*Throttler name*, *ttl* in a list, a condition with an exchange, a queue that is limited."""
    asked, today = asked_at(CODE, path, "any", line, fix)
    assert not any(no in each.words for each in foreseen(asked, today._facts, today.snapshot))


def test_an_answer_in_a_branch_has_its_case() -> None:
    """The quoted line is how the function ends in that case alone."""
    files = {
        "Well.java": (
            "class Well {\n"
            "  Answer draw(Bucket bucket) {\n"
            "    if (bucket.isFull()) {\n"
            "      return new Answer(Status.NOT_FOUND);\n"
            "    }\n"
            "    return new Answer(Status.OK);\n"
            "  }\n"
            "}\n"
        )
    }
    facts = FindingFacts(
        "F", ("Well.java",), evidence=Evidence(EvidenceStatus.VERBATIM, "Well.java", 4)
    )
    asked = replace(
        finding("F", fix="Answer with Status.CONFLICT."),
        evidence="return new Answer(Status.NOT_FOUND);",
        impact="",
        symbols=("draw",),
    )
    titles = [title for title, _ in asked_titles(asked, facts, Today(facts, Snapshot.of(files)))]
    assert titles == ["draw: answers 409 when bucket.isFull() holds"]
