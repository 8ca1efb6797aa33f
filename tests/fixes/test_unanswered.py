"""What the steps of a fix text name in code, a recipe's edit finds or writes, or it is a half."""

from __future__ import annotations

import pytest

from mendbook.fixes.unanswered import short_of, still_there, unanswered

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
        ("Pass timeout=5 and return the status from it", CALL, LIMITED,
         ("return the status from it",)),
        ("Quote the variable and send the text away with >&2", "echo $quay", 'echo "$quay"',
         ("`>&2` is not there",)),
        ("Move tide() to clock.py and delete the two local copies", "def tide():\n    go()\nx\n",
         "import tide\nx\n", ()),
        ("Include the pier.name or `uuid()` in the key", "key = `a:${now()}`",
         "key = `a:${uuid()}`", ()),
        ("Chain .to() calls and emit once", "for (const a of b) io.to(a).emit(c)",
         "io.to(b).emit(c)", ()),
        ("Install with --frozen-lockfile", "yarn", "yarn install --frozen-lockfile", ()),
    ],
)  # fmt: skip
def test_a_step_whose_code_is_nowhere_is_open(
    fix: str, before: str, after: str, open_: tuple[str, ...]
) -> None:
    """A member stands below its owner, and a type or an ellipsis need not be written out."""
    assert unanswered(fix, before, after) == open_


@pytest.mark.parametrize(
    ("fix", "before", "after", "open_"),
    [
        ("Use `return 404;` in place of the proxy_pass.", "proxy_pass a;\n",
         "proxy_pass a;\nreturn 404;\n", ("`proxy_pass` still stands",)),
        ("Use `return 404;` in place of the proxy_pass.", "proxy_pass a;\n", "return 404;\n", ()),
        ("Use `tide_now()` instead of `clock.read()` here", "a = clock.read()\nb = clock.read()\n",
         "a = tide_now()\nb = clock.read()\n", ()),
        ("Compare the grain with `===` rather than `==`", "a == b", "a === b", ()),
        ("Read from oven_heat rather than from the dial", "x = dial", "x = oven_heat", ()),
    ],
)  # fmt: skip
def test_what_goes_by_the_words_does_not_stand_as_often_as_before(
    fix: str, before: str, after: str, open_: tuple[str, ...]
) -> None:
    """Once fewer is enough: another place may keep it."""
    assert still_there(fix, before, after) == open_


@pytest.mark.parametrize(
    ("fix", "before", "after", "open_"),
    [
        ('Put type="button" on both buttons', "<b/>\n<i/>\n<b/>\n",
         '<b type="button"/>\n<i/>\n<b/>\n',
         ("on both buttons: one place changes",)),
        ('Put type="button" on both buttons', "<b/>\n<i/>\n<b/>\n",
         '<b type="button"/>\n<i/>\n<b type="button"/>\n', ()),
        ("Make berths private readonly.", "  berths = [];\n", "  private berths = [];\n",
         ("readonly is not written",)),
        ("Make berths private readonly.", "  berths = [];\n",
         "  private readonly berths = [];\n", ()),
        ("Log it instead: log.error(e);", "e.print();\n", "log.error(e);\ne.print();\n",
         ("nothing gives way to what is done instead",)),
        ("Log it instead: log.error(e);", "e.print();\n", "log.error(e);\n", ()),
        ("Use `mill()` instead of `grind()`", "x = 1\n", "x = 1\ny = mill()\n", ()),
    ],
)  # fmt: skip
def test_an_edit_that_falls_short_of_a_word_is_a_half(
    fix: str, before: str, after: str, open_: tuple[str, ...]
) -> None:
    """Both are two, two marks are two, and instead leaves nothing beside it."""
    assert short_of(fix, before, after) == open_


@pytest.mark.parametrize(
    ("fix", "before", "after", "left"),
    [
        (
            "Replace push + setSacks by setSacks([...sacks, sack])",
            "sacks.push(sack);\nsetSacks(sacks);\n",
            "sacks.push(sack);\nsetSacks([...sacks, sack]);\n",
            ("`push(` still stands",),
        ),
        (
            "Hold the gate with `with gate:` in place of acquire/release",
            "gate.acquire()\nopen_sluice()\ngate.release()\n",
            "gate.acquire()\nwith gate:\n    open_sluice()\ngate.release()\n",
            ("`acquire(` still stands", "`release(` still stands"),
        ),
        (
            "Hold the gate with `with gate:` in place of acquire/release",
            "gate.acquire()\nopen_sluice()\ngate.release()\n",
            "with gate:\n    open_sluice()\n",
            (),
        ),
    ],
)
def test_two_calls_that_go_together_are_gone(
    fix: str, before: str, after: str, left: tuple[str, ...]
) -> None:
    """*In place of a/b* takes both of them."""
    assert still_there(fix, before, after) == left


def test_both_imports_are_two_names() -> None:
    """One name gone of two that are to go is a half."""
    before = "import os\nimport re\nimport json\n"
    both = "Drop both unused imports"
    assert short_of(both, before, "import re\nimport json\n") == ("both imports: one changes",)
    assert short_of(both, before, "import json\n") == ()


def test_what_is_to_be_flat_stands_less_deep() -> None:
    """An early return before blocks that stay is a half; a flat list is another thing."""
    before = "if (cow) {\n  if (cow.hay) {\n    feed(cow);\n  }\n}\n"
    beside = "if (!cow) return;\n" + before
    flat = "if (!cow || !cow.hay) return;\nfeed(cow);\n"
    fix = "Flatten it with an early return: `if (!cow) return;`"
    assert short_of(fix, before, beside) == ("the nesting is as deep as before",)
    assert short_of(fix, before, flat) == ()
    assert short_of("Flatten the herds with `.flat()`", before, beside) == ()


def test_a_block_that_is_named_is_there() -> None:
    """Its entries beside it are another thing."""
    before = "on: push\njobs: {}\n"
    beside = "on: push\ngroup: hay\njobs: {}\n"
    within = "on: push\nconcurrency:\n  group: hay\njobs: {}\n"
    fix = "The workflow lacks a concurrency block: group: hay"
    assert short_of(fix, before, beside) == ("no `concurrency` is there",)
    assert short_of(fix, before, within) == ()
    assert short_of("Remove the dead block: group: hay", before, beside) == ()


def test_both_of_two_things_are_two_places() -> None:
    """Whatever is done to them."""
    before, after = "<a/>\n<a/>\n", '<a rel="x"/>\n<a/>\n'
    fix = 'Give both links rel="x"'
    assert short_of(fix, before, after) == ("Give both links: one place changes",)
    assert short_of(fix, before, '<a rel="x"/>\n<a rel="x"/>\n') == ()
