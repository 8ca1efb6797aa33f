"""Patterns of paths mean here what CODEOWNERS, tsconfig and test runners mean by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcmatch import glob

from mendbook.text.globs import matches, selects


@pytest.mark.parametrize(
    ("pattern", "meant", "not_meant"),
    [
        ("src/*.ts", ["src/ferry.ts"], ["src/dock/ferry.ts", "src/ferry.tsx", "lib/ferry.ts"]),
        ("src/**/*.ts", ["src/ferry.ts", "src/a/b/ferry.ts"], ["lib/src/ferry.ts"]),
        ("**/*.{test,spec}.{ts,tsx}", ["a.test.ts", "w/a.spec.tsx"], ["a.test.js", "test.ts"]),
        ("*.sql", ["crops.sql", "db/2026/crops.sql"], ["db/crops.sql.bak"]),
        ("jobs/run?.py", ["jobs/run1.py"], ["jobs/run.py", "jobs/run12.py", "jobs/run/.py"]),
        ("app/[id]/page.*", ["app/[id]/page.tsx"], ["app/i/page.tsx"]),
        ("./infra/**", ["infra/main.tf", "infra/net/vpc.tf"], ["infrared/main.tf"]),
        ("docs/{a,b/c}.md", ["docs/a.md", "docs/b/c.md"], ["docs/b.md"]),
        ("cfg/*", ["cfg/.env"], ["cfg/x/.env"]),
        ("SRC/*.go", [], ["src/main.go"]),
    ],
)
def test_a_pattern_means_these_paths(pattern: str, meant: list[str], not_meant: list[str]) -> None:
    """A star stays in its folder, two cross folders, braces are either, case counts."""
    assert [path for path in [*meant, *not_meant] if matches(path, pattern)] == meant


def test_a_list_takes_what_one_means_and_no_negation_does() -> None:
    """As the workspaces of a package manager are listed."""
    listed = ["packages/*", "apps/**", "!packages/old", "!**/fixtures/**"]
    paths = ["packages/ui", "packages/old", "apps/web/admin", "apps/web/fixtures/one", "tools/lint"]
    assert [path for path in paths if selects(path, listed)] == ["packages/ui", "apps/web/admin"]


@given(st.text(max_size=60), st.text(max_size=40))
def test_no_pattern_breaks_the_reading(pattern: str, path: str) -> None:
    """Whatever an audit holds for a pattern, it means a path or it does not."""
    assert matches(path, pattern) in {True, False}


def test_braces_that_multiply_mean_nothing() -> None:
    """A pattern that stands for more than a thousand is refused, at once."""
    assert not matches("a", "{a,b}" * 30)


_NAMES = st.sampled_from(["a", "a.ts", "ab.ts", "b", ".env", "x-y"])
_PARTS = st.sampled_from(["*", "**", "*.ts", "a*", "*b*", "a.ts", ".", "x-*"])


@given(st.lists(_PARTS, min_size=1, max_size=4), st.lists(_NAMES, min_size=1, max_size=4))
def test_what_is_looked_for_first_leaves_no_path_out(parts: list[str], names: list[str]) -> None:
    """A part of every path that a pattern means is a short cut, and changes no answer."""
    flags = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.MATCHBASE | glob.CASE | glob.FORCEUNIX
    pattern, path = "/".join(parts), "/".join(names)
    meant = pattern.removeprefix("./")
    assert matches(path, pattern) == glob.globmatch(path, meant, flags=flags)
