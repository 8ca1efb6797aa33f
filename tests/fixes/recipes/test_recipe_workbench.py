"""The recipes' bench: edits by range, imports, and lock files."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.code.edits import Edit, apply, remove
from mendbook.code.imports import add_import, unused_imports
from mendbook.code.lockfile import removed
from mendbook.code.module_text import parse_text, specifier_for
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.fixes.words import seconds
from mendbook.repository.snapshot import Snapshot

TEXT = st.text(alphabet="ab{}\n é𝒳", max_size=40)


@given(TEXT, st.integers(0, 40), st.integers(0, 40), TEXT)
def test_an_edit_leaves_the_rest_alone(text: str, one: int, other: int, new: str) -> None:
    """What stands before and behind an edit is what stood there."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    edited = apply(text, [Edit(start, end, new)])
    assert edited.startswith(text[:start])
    assert edited.endswith(text[end:])
    assert len(edited) == len(text) - (end - start) + len(new)


def test_inserted_lines_end_as_the_file_does() -> None:
    """An insertion into a file with Windows line ends gets them."""
    assert apply("a\r\nb\r\n", [Edit(3, 3, "x\ny\n")]) == "a\r\nx\r\ny\r\nb\r\n"
    mixed = "a\nb\nc\r\nd\r\n"
    assert apply(mixed, [Edit(4, 4, "x\n"), Edit(7, 7, "y\n")]) == "a\nb\nx\nc\r\ny\r\nd\r\n"


def test_overlapping_edits_are_refused() -> None:
    """Two edits of the same characters are an error, not a surprise."""
    with pytest.raises(ValueError, match="overlap at offset 1"):
        apply("abcd", [Edit(0, 2, ""), Edit(1, 3, "x")])


@pytest.mark.parametrize(
    "before",
    [
        "class A {\n  a = 1;\n\n  // b\n  b = 2;\n\n  c = 3;\n}\n",
        "class A {\n  a = 1;\n\n  c = 3;\n\n  /** b */\n  b = 2;\n}\n",
        "class A {\n  // b\n  b = 2;\n\n  a = 1;\n\n  c = 3;\n}\n",
    ],
)
def test_a_removed_member_leaves_one_blank_line_at_most(before: str) -> None:
    """Wherever a member is removed, with its comment, the class looks as if it never was."""
    module = parse_text("a.ts", before)
    node = next(
        one
        for one in find_all(module.root, "public_field_definition")
        if one.text().startswith("b")
    )
    kept = "\n\n".join(f"  {name} = {value};" for name, value in (("a", 1), ("c", 3)))
    assert apply(before, [remove(before, node)]) == f"class A {{\n{kept}\n}}\n"


def test_an_import_joins_its_neighbours() -> None:
    """A name from a module that is imported already joins that statement, once."""
    module = parse_text("a.ts", "import { a } from './b.js'\n\na()\n")
    assert apply(module.text, add_import(module, "c", "./b.js")).startswith(
        "import { a, c } from './b.js'\n"
    )
    assert add_import(module, "a", "./b.js") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import { a, b, c } from 'x';\n\na();\n", "import { a } from 'x';\n\na();\n"),
        ("import { a, b, c } from 'x';\n\nc();\n", "import { c } from 'x';\n\nc();\n"),
        ("import { a, b, c } from 'x';\n\nb();\n", "import { b } from 'x';\n\nb();\n"),
        ("import a, { b, c } from 'x';\n\na();\n", "import a from 'x';\n\na();\n"),
        (
            "import {\n  a,\n  b,\n  c,\n} from 'x';\n\na();\n",
            "import {\n  a,\n} from 'x';\n\na();\n",
        ),
        (
            "import {\n  a,\n  b,\n  c,\n} from 'x';\n\nb();\n",
            "import {\n  b,\n} from 'x';\n\nb();\n",
        ),
        ("import { a, b, c } from 'x';\n\n1;\n", "1;\n"),
    ],
)
def test_several_unused_names_leave_a_list_at_once(before: str, after: str) -> None:
    """Whichever names of an import nobody uses, what stays is a list as a person writes it."""
    module = parse_text("a.ts", before)
    assert apply(before, unused_imports(module, {"a", "b", "c"})) == after


def test_an_import_is_spelled_as_the_file_spells_its_own() -> None:
    """A file that imports by alias gets the alias; others a relative path."""
    snapshot = Snapshot.of(
        {
            "tsconfig.json": '{ // x\n "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
            "src/a/a.ts": 'import { b } from "@/b/b.js";\n',
            "src/b/b.ts": 'import { a } from "../a/a";\n',
            "src/c.ts": "export const c = 1;\n",
        }
    )
    a, b = (parse_text(path, snapshot.text(path)) for path in ("src/a/a.ts", "src/b/b.ts"))
    assert specifier_for(snapshot, a, "src/c.ts") == "@/c.js"
    assert specifier_for(snapshot, b, "src/c.ts") == "../c"
    assert resolve(snapshot, "src/a/a.ts", "@/c.js") == "src/c.ts"


def test_a_lock_file_keeps_what_others_need() -> None:
    """Removing a package keeps the packages that another one also needs."""
    lock = {
        "packages": {
            "": {"dependencies": {"gone": "^1.0.0", "kept": "^1.0.0"}},
            "node_modules/gone": {"version": "1.0.0", "dependencies": {"shared": "*", "own": "*"}},
            "node_modules/kept": {"version": "1.0.0", "dependencies": {"shared": "*"}},
            "node_modules/own": {"version": "1.0.0"},
            "node_modules/shared": {"version": "1.0.0"},
        }
    }
    after = removed(json.dumps(lock, indent=2) + "\n", "gone")
    assert after is not None
    assert json.loads(after)["packages"] == {
        "": {"dependencies": {"kept": "^1.0.0"}},
        "node_modules/kept": {"version": "1.0.0", "dependencies": {"shared": "*"}},
        "node_modules/shared": {"version": "1.0.0"},
    }
    assert after == json.dumps(json.loads(after), indent=2) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("60s", 60), ("5-minute cache", 300), ("250 ms", 0.25), ("2 hours", 7200), ("x", None)],
)
def test_a_duration_is_read_in_seconds(text: str, expected: float | None) -> None:
    """Durations are read in any of their common spellings."""
    assert seconds(text) == expected
