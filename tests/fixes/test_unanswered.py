"""What the steps of a fix text name in code, a recipe's edit finds or writes, or it is a half."""

from __future__ import annotations

import pytest

from mendbook.fixes.unanswered import unanswered

CALL = "answer = requests.get(URL)\nreturn answer.json()\n"
LIMITED = "answer = requests.get(URL, timeout=5)\nreturn answer.json()\n"


@pytest.mark.parametrize(
    ("fix", "before", "after", "open_"),
    [
        ("Pass `timeout=5`", CALL, LIMITED, ()),
        ("Pass timeout=5 and call `answer.raise_for_status()`", CALL, LIMITED,
         ("`answer.raise_for_status()` is not there",)),
        ("Use the `with_retries` helper and pass timeout=5", CALL, LIMITED,
         ("`with_retries` is not there",)),
        ("Use `loaf is None` and `isinstance(loaf, str)`",
         "if loaf == None or type(loaf) == str:", "if loaf == None or isinstance(loaf, str):",
         ("`loaf is None` is not there",)),
        ("Make it a `Set<string>`", "const seen = []", "const seen = new Set()", ()),
        ("Await with `for...of` instead of `forEach`", "a.forEach(b)", "for (const c of a) b(c)",
         ()),
        ("Stop storing `ship.meta.trace`", "meta: { trace: 1 }", "meta: {}", ()),
        ("Use `asyncio.gather(...)`", "await a()", "await asyncio.gather(a(), b())", ()),
        ("Pass timeout=5, and drop the unused tide argument", CALL, LIMITED,
         ("drop the unused tide argument",)),
    ],
)  # fmt: skip
def test_a_step_whose_code_is_nowhere_is_open(
    fix: str, before: str, after: str, open_: tuple[str, ...]
) -> None:
    """A member stands below its owner, and a type or an ellipsis need not be written out."""
    assert unanswered(fix, before, after) == open_
