"""Promises about code that a fix changes beside the finding's own, and about held members."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reference_cases import finding, written

from mendbook.code.references import find_references
from mendbook.code.references.also import changed_alike
from mendbook.repository.snapshot import Snapshot

FIXES = [
    ("Lock the row; do the same in `refund` and `Till.close`.", ["pay"], ["refund", "Till.close"]),
    ("Use `clamp(1, 100)` in list_nests and in feed_nests.", ["list_nests"], ["feed_nests"]),
    ("Make `reset`, `count` and `total` synchronized.", ["Meter.reset"], ["count", "total"]),
    ("Drop `pin` from what signIn and signUp return.", ["signIn"], ["signUp"]),
    ("Check the owner, likewise in `moveBerth`.", ["takeBerth"], ["moveBerth"]),
    ("Check the owner as `moveBerth` and `leaveBerth` do.", ["takeBerth"], []),
    ("Use `||` instead of `&&`, as the tag_list and tag_map do.", ["follow"], []),
    ("Call `openGate` and `closeGate` in a transaction.", ["shift"], []),
    ("Return early.", ["shift"], []),
]


@pytest.mark.parametrize(("fix", "own", "alike"), FIXES, ids=[each[0] for each in FIXES])
def test_what_a_fix_changes_alike_is_read(fix: str, own: list[str], alike: list[str]) -> None:
    """Names behind *the same in*, or in one list with the finding's own, change like it."""
    assert list(changed_alike(fix, own)) == alike


def test_the_uses_of_what_changes_alike_are_found() -> None:
    """Callers of a second function that the fix names stand beside those of the first."""
    files = {
        "till.rs": "pub fn pay_bill() {}\npub fn refund_bill() {}\n",
        "shop.rs": "fn shop() {\n    pay_bill();\n    refund_bill();\n}\n",
    }
    asked = replace(
        finding("X-1", ("pay_bill",), "till.rs"), fix="Round it; do the same in `refund_bill`."
    )
    rows = find_references([asked], Snapshot.of(files), provider="syntax").by_finding["X-1"]
    assert {row.symbol: [written(use) for use in row.references] for row in rows} == {
        "pay_bill": ["shop.rs:2 call — shop"],
        "refund_bill": ["shop.rs:3 call — shop"],
    }


def test_a_macro_of_another_crate_uses_no_function_of_its_name() -> None:
    """``#[tokio::main]`` above ``main`` is no read of it."""
    files = {"src/main.rs": "#[tokio::main]\nasync fn main() {\n    run();\n}\n"}
    asked = finding("X-1", ("main",), "src/main.rs")
    (row,) = find_references([asked], Snapshot.of(files), provider="syntax").by_finding["X-1"]
    assert row.references == ()


def test_a_member_of_an_object_within_the_exports_is_told_from_its_neighbour() -> None:
    """``kites.follow.post`` is used where it is handed over, and not where ``del`` is."""
    files = {
        "kites.js": (
            "module.exports = {\n  follow: {\n    post(ctx) {\n      ctx.body = 1;\n    },\n"
            "    del(ctx) {\n      ctx.body = 2;\n    },\n  },\n};\n"
        ),
        "routes.js": (
            'const Router = require("koa-router");\nconst kites = require("./kites");\n'
            'const router = new Router();\nrouter.post("/follow", kites.follow.post);\n'
            'router.del("/follow", kites.follow.del);\nmodule.exports = router;\n'
        ),
    }
    asked = finding("X-1", (), "kites.js", line=4)
    found = find_references([asked], Snapshot.of(files), provider="syntax")
    (row,) = found.by_finding["X-1"]
    assert row.symbol == "follow.post"
    assert [written(use) for use in row.references] == ["routes.js:4 passed — module"]
    assert [each.name for each in found.entry_points("X-1")] == ["POST /follow"]
