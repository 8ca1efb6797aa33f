"""From a script's URL to a file and line of the repository, through source maps where needed."""

from __future__ import annotations

import base64
import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.profiling.scripts import Scripts, script_path
from mendbook.profiling.sourcemap import parse_source_map
from mendbook.repository import Snapshot

SNAPSHOT = Snapshot.of(
    {
        "index.js": "start();\n",
        "src/a.ts": "export const a = 1;\nexport function hot() {}\n",
        "src/deep/b.ts": "export const b = 2;\n",
    }
)
# generated line 1: column 0 is src/a.ts:1, column 10 is src/a.ts:2, column 20 is src/deep/b.ts:1
MAP = {
    "version": 3,
    "sources": ["../src/a.ts", "../src/deep/b.ts"],
    "mappings": "AAAA,UACA,UCDA",
}


def scripts(*urls: str, folder: Path, snapshot: Snapshot = SNAPSHOT) -> Scripts:
    """Return where ``urls`` stand."""
    return Scripts(urls, snapshot, folder)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///app/src/a.ts", "/app/src/a.ts"),
        ("file:///app/src/a.ts?tsx-namespace=1#x", "/app/src/a.ts"),
        ("file:///app/with%20space/a.ts", "/app/with space/a.ts"),
        ("/app/src/../src/a.ts", "/app/src/a.ts"),
        ("file:///C:/app/src/a.ts", "/C:/app/src/a.ts"),
        ("C:\\app\\src\\a.ts", "/C:/app/src/a.ts"),
        ("webpack://app/./src/a.ts", "/src/a.ts"),
        ("http://localhost:3030/src/a.ts", "/src/a.ts"),
        ("node:internal/modules/run_main", ""),
        ("file:///app/node_modules/x/index.js", ""),
        ("evalmachine.<anonymous>", ""),
        ("wasm://wasm/1", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_url_names_a_path_or_nothing_of_ours(url: str, path: str) -> None:
    """Node's own scripts, packages and evaluated text are not the repository's."""
    assert script_path(url) == path


def test_the_root_is_where_most_scripts_are_found(tmp_path: Path) -> None:
    """A file of another place that happens to be called alike is not taken for ours."""
    urls = ("file:///srv/app/src/a.ts", "file:///srv/app/src/deep/b.ts", "/usr/lib/x/index.js")
    found = scripts(*urls, folder=tmp_path)
    assert [found.locate(url, "", 0, 0) for url in urls] == [
        ("src/a.ts", 1),
        ("src/deep/b.ts", 1),
        None,
    ]


def _beside_profile(folder: Path) -> tuple[str, Snapshot]:
    (folder / "index.js.map").write_text(json.dumps(MAP))
    return "file:///srv/app/dist/index.js", SNAPSHOT


def _beside_script(folder: Path) -> tuple[str, Snapshot]:
    (folder / "dist").mkdir()
    (folder / "dist/main.js").write_text("code\n//# sourceMappingURL=other.map\n")
    (folder / "dist/other.map").write_text(json.dumps(MAP))
    return f"file://{folder}/dist/main.js", SNAPSHOT


def _inline(folder: Path) -> tuple[str, Snapshot]:
    encoded = base64.b64encode(json.dumps(MAP).encode()).decode()
    (folder / "dist").mkdir()
    text = f"code\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,{encoded}"
    (folder / "dist/main.js").write_text(text)
    return f"file://{folder}/dist/main.js", SNAPSHOT


def _in_repository(folder: Path) -> tuple[str, Snapshot]:
    del folder
    texts = {"dist/index.js": "code\n", "dist/index.js.map": json.dumps(MAP)}
    return "file:///srv/app/dist/index.js", SNAPSHOT.edited(dict(texts))


def _with_sections(folder: Path) -> tuple[str, Snapshot]:
    sections = [
        {"offset": {"line": 0, "column": 0}, "map": {**MAP, "mappings": "AAAA,UACA"}},
        {"offset": {"line": 0, "column": 20}, "map": {**MAP, "mappings": "ACAA"}},
    ]
    (folder / "index.js.map").write_text(json.dumps({"version": 3, "sections": sections}))
    return "file:///srv/app/dist/index.js", SNAPSHOT


KINDS = (_beside_profile, _beside_script, _inline, _in_repository, _with_sections)


@pytest.mark.parametrize("make", KINDS)
def test_a_built_script_is_read_through_its_map(tmp_path: Path, make: object) -> None:
    """Beside the profile, beside the script, inline or in the repository: each map is honoured."""
    assert callable(make)
    url, snapshot = make(tmp_path)
    found = scripts(url, folder=tmp_path, snapshot=snapshot)
    places = [found.locate(url, "x", 0, column) for column in (0, 9, 10, 25)]
    assert places == [("src/a.ts", 1), ("src/a.ts", 1), ("src/a.ts", 2), ("src/deep/b.ts", 1)]
    assert (found.mapped(url), found.bundled(url), found.unmapped) == (True, True, ())
    assert found.locate(url, "x", 7, 0) is None


def test_a_compiled_script_without_a_map_is_joined_by_name(tmp_path: Path) -> None:
    """``dist/a.js`` is what ``src/a.ts`` compiles to, for functions that the source names."""
    urls = ("file:///srv/app/dist/a.js", "file:///srv/app/src/deep/b.ts")
    found = scripts(*urls, folder=tmp_path)
    assert found.locate(urls[0], "hot", 40, 2) == ("src/a.ts", 0)
    assert found.locate(urls[0], "bundledFromElsewhere", 50, 2) is None
    assert found.unmapped == ("/srv/app/dist/a.js",)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 3, "sources": 1}'])
def test_a_broken_map_is_no_map(tmp_path: Path, text: str) -> None:
    """The profile is still read; the script is listed as not mapped."""
    (tmp_path / "index.js.map").write_text(text)
    urls = ("file:///srv/app/dist/index.js", "file:///srv/app/src/a.ts")
    assert scripts(*urls, folder=tmp_path).unmapped == ("/srv/app/dist/index.js",)


def test_numbers_of_a_map_are_signed_and_continued() -> None:
    """Base-64 VLQ: the lowest bit is the sign, the highest says that more digits follow."""
    read = parse_source_map({"version": 3, "sources": ["a"], "mappings": ";AAgkBA,C,UAhkBA;"})
    assert read.lines == ((), ((0, 0, 576), (11, 0, 0)), ())


@pytest.mark.parametrize("mappings", ["A!", "g", "AAAA,,AAAA", "gggggggggggggggggA"])
def test_mappings_that_are_none_are_refused(mappings: str) -> None:
    """A damaged map is refused whole: half of its lines would be wrong."""
    with pytest.raises(ValueError, match="mappings"):
        parse_source_map({"version": 3, "sources": ["a"], "mappings": mappings})


@given(st.text(alphabet="ACDgQwh,;!", max_size=60), st.integers(-2, 9), st.integers(-2, 99))
def test_any_mappings_give_a_place_or_a_reason(mappings: str, line: int, column: int) -> None:
    """No mappings crash the reader, and a place is always inside the sources."""
    with contextlib.suppress(ValueError):
        found = parse_source_map({"version": 3, "sources": ["a", "b"], "mappings": mappings})
        place = found.original(line, column)
        assert place is None or (place[0] in ("a", "b") and place[1] >= 1)
