"""Each escaper keeps foreign text data in its sink, and loses nothing of it."""

from __future__ import annotations

import csv as csv_format
import html.parser
import io
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hostile import spices
from mendbook.text import escape

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "inline", "paragraph_close"}


def shown(content: str) -> str:
    """Return what a reader sees of one line of foreign text."""
    return escape.line(content)


def read_back(markdown: str) -> str:
    """Return the text that one paragraph of Markdown shows, and prove that it is nothing else."""
    tokens = MARKDOWN.parse(markdown)
    assert {token.type for token in tokens} <= PLAIN
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "code_inline"}
    return "".join(child.content for child in children)


@given(spices)
def test_prose_is_read_back_as_written(content: str) -> None:
    """A Markdown reader sees the very text, as text."""
    assert read_back(escape.text(content)) == shown(content)


@given(spices)
def test_inline_code_is_read_back_as_written(content: str) -> None:
    """Inline code shows the very text, whatever backticks and bars are in it."""
    row = f"| a |\n| --- |\n| {escape.code(content)} |"
    tokens = [token for token in MARKDOWN.parse(row) if token.type == "inline"]
    cell = "".join(child.content for child in tokens[1].children or ())
    assert len(tokens) == 2
    assert cell == (shown(content) or "—")


@given(spices)
@example("`a``b`")
@example("`a | b`")
@example("`a`https://b.example`c`")
def test_our_prose_marks_code_and_nothing_else(content: str) -> None:
    """A sentence of ours shows quoted commands as code, and all of its words."""
    seen = read_back(escape.prose(content))
    bare = str.maketrans("", "", "` ")
    assert seen.translate(bare) == shown(content).translate(bare) or "—" in seen


def test_a_quoted_command_is_code() -> None:
    """Backticks in pairs are code; a single one is itself."""
    assert escape.prose("Run `git *x*` now, *not* later") == "Run `git *x*` now, \\*not\\* later"
    assert escape.prose("a ` b") == "a \\` b"


@given(spices, spices)
def test_a_row_has_the_cells_it_was_given(first: str, second: str) -> None:
    """No text opens a cell, a row or a table of its own."""
    row = f"| a | b |\n| --- | --- |\n| {escape.cell(first)} | {escape.code(second)} |"
    kinds = [token.type for token in MARKDOWN.parse(row)]
    assert (kinds.count("tr_open"), kinds.count("td_open"), kinds.count("table_open")) == (2, 2, 1)


@given(spices)
def test_a_fence_holds_all_of_its_content(content: str) -> None:
    """A code block ends where it was closed, and keeps every line."""
    tokens = MARKDOWN.parse(f"before\n\n{escape.fence(content, 'diff')}\n\nafter")
    fences = [token for token in tokens if token.type == "fence"]
    assert len(fences) == 1
    assert fences[0].info == "diff"
    expected = escape.visible(content.replace("\r\n", "\n").rstrip("\n"))
    assert fences[0].content.rstrip("\n") == expected


@given(spices)
def test_html_is_one_text(content: str) -> None:
    """A page shows foreign text as text, in an element and in an attribute."""

    class Reader(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []
            self.text = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)

        def handle_data(self, data: str) -> None:
            self.text += data

    reader = Reader()
    reader.feed(f'<p title="{escape.html(content)}">{escape.html(content)}</p>')
    reader.close()
    assert reader.tags == ["p"]
    assert reader.text == escape.visible(content)


@given(spices, st.integers(0, 40))
def test_a_plotly_label_has_no_tags_but_line_breaks(content: str, width: int) -> None:
    """Plotly's own little HTML cannot be written by a finding."""
    label = escape.label(content, width)
    assert "<" not in label.replace("<br>", "")
    assert ">" not in label.replace("<br>", "")


@given(spices)
def test_a_mermaid_label_cannot_end_itself(content: str) -> None:
    """Nothing that ends a quoted label or a task is left in it."""
    assert not set(escape.mermaid(content)) & set('"<>&`\n\r%\\')
    assert ":" not in escape.mermaid_task(content)


@given(spices)
def test_a_slug_is_a_safe_file_name(content: str) -> None:
    """A name is ASCII, not empty, within its limit, and no path."""
    name = escape.slug(content, 30)
    assert 0 < len(name) <= 31
    assert name.replace("-", "").isalnum()
    assert name.isascii()
    assert not name.startswith("-")


@given(spices)
def test_a_csv_cell_is_no_formula(content: str) -> None:
    """A spreadsheet gets one cell of text."""
    sheet = io.StringIO()
    csv_format.writer(sheet).writerow([escape.csv(content), "end"])
    rows = list(csv_format.reader(io.StringIO(sheet.getvalue())))
    assert [row[-1] for row in rows] == ["end"]
    assert not rows[0][0].lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(alphabet=st.characters()))
def test_nothing_unseen_is_left(content: str) -> None:
    """Control, direction and zero-width characters are shown by their number."""
    kept = set("\n\t")
    for char in escape.visible(content):
        assert char in kept or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("\x1b[31mred", "⟨U+001B⟩[31mred"),
        ("lone \udc80", "lone ⟨U+DC80⟩"),
        ("tag \U000e0041", "tag ⟨U+E0041⟩"),
        ("warning ⚠️ é", "warning ⚠️ é"),
    ],
)
def test_unseen_characters_are_named(raw: str, seen: str) -> None:
    """A reader can tell which character was there; ordinary text stays as it is."""
    assert escape.visible(raw) == seen


@pytest.mark.parametrize(
    ("raw", "markdown"),
    [
        ("room.handler.ts reads user_id in O(D×C)", "room.handler.ts reads user_id in O(D×C)"),
        ("0.5 hours, v22.1.0", "0.5 hours, v22.1.0"),
        ("1. first", "1\\. first"),
        ("a < b && c", "a \\< b && c"),
        ("__proto__ and a*b", "\\_\\_proto\\_\\_ and a\\*b"),
        ("see https://x.example now", "see `https://x.example` now"),
        ("two\nlines", "two lines"),
    ],
)
def test_ordinary_prose_stays_readable(raw: str, markdown: str) -> None:
    """Only what would be markup is escaped, so that the source reads well too."""
    assert escape.text(raw) == markdown


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("PERF-MED-001", "PERF-MED-001"),
        ("../../etc/passwd", "etc-passwd"),
        ("Größe: groß", "Groe-gro"),
        ("con", "con-"),
        ("日本", "2e3ef1f5"),
    ],
)
def test_slugs(raw: str, slug: str) -> None:
    """A name keeps its letters; what cannot be spelled is named by a hash."""
    assert escape.slug(raw) == slug or (raw == "日本" and len(escape.slug(raw)) == 8)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('{"a": "x\u202ey"}', '{"a": "x\\u202ey"}'),
        ('{"a": "\u0085\u200b\x7f"}', '{"a": "\\u0085\\u200b\\u007f"}'),
        ('{"a": "\U000e0041"}', '{"a": "\\udb40\\udc41"}'),
        ('{"a": "Straße, 日本, é"}', '{"a": "Straße, 日本, é"}'),
        ('{\n\t"a": 1\r\n}', '{\n\t"a": 1\r\n}'),
    ],
)
def test_what_cannot_be_seen_is_escaped_in_json(written: str, shown: str) -> None:
    """Nobody reads another text than a parser does, and the parser reads the same as before."""
    assert escape.json_text(written) == shown
    assert json.loads(shown) == json.loads(written)
