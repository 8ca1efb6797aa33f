"""A page of HTML from pieces of Markdown: a part for each heading, and a table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from mendbook.report.markdown import META
from mendbook.report.nbconvert_exporters.renderer import PILLS, parser
from mendbook.text.escape import slug

_PARSER = parser()
_ANCHOR = re.compile(r'<a id="([A-Za-z0-9-]+)"></a>')
_PRIORITY = re.compile(r"\*\*Priority:\*\* (P[0-3])")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, for the table of contents."""

    level: int
    id: str
    text: str


@dataclass(slots=True)
class Page:
    """Renders the Markdown of one page; collects its headings, keeps their ids apart.

    ``chart`` is asked for the HTML of the chart whose slot is reached; empty when there is none.
    """

    chart: Callable[[str], str]
    headings: list[Heading] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def render(self, markdown: str) -> str:
        """Return ``markdown`` as HTML, each heading's part in an element of its own."""
        tokens = _anchored(_PARSER.parse(markdown))
        for token in tokens:
            if token.type == "inline":
                _mark_pills(token)
        html = []
        for whole in _parts(tokens):
            html.append(self._enter(whole))
            part = _with_chips(whole)
            html.append(_PARSER.renderer.render(part, _PARSER.options, {"chart": self.chart}))
        return "".join(html)

    def close(self) -> str:
        """Return the closing tags of whatever is still open."""
        html = "".join(f"</{name}>" for name in reversed(self._open))
        self._open.clear()
        return html

    def _enter(self, part: Sequence[Token]) -> str:
        if part[0].type != "heading_open" or part[0].tag not in {"h2", "h3"}:
            return ""
        level, depth = int(part[0].tag[1]), {"section": 2, "article": 3}
        closing = []
        while self._open and depth[self._open[-1]] >= level:
            closing.append(f"</{self._open.pop()}>")
        name = "section" if level == 2 else "article"
        self._open.append(name)
        id_ = self._register(level, part[1], str(part[0].meta.get("anchor", "")))
        match = _PRIORITY.search("\n".join(token.content for token in part))
        band = f' data-priority="{match[1]}"' if match else ""
        return f'{"".join(closing)}<{name} id="{id_}"{band}>'

    def _register(self, level: int, inline: Token, anchor: str) -> str:
        text = _plain(inline)
        stem = anchor or slug(text, 48).lower()
        id_, count = stem, 1
        while id_ in self._ids:
            count += 1
            id_ = f"{stem}-{count}"
        self._ids.add(id_)
        self.headings.append(Heading(level, id_, text))
        return id_


def title_of(markdown: str) -> str:
    """Return the plain text of the first top heading; empty when there is none."""
    tokens = _PARSER.parse(markdown)
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _plain(tokens[at + 1])
    return ""


def _anchored(tokens: Sequence[Token]) -> list[Token]:
    """Hand each anchor, a paragraph of its own, to the heading after it.

    An anchor anywhere else stays the text that it is.
    """
    kept = list(tokens)
    for at in range(len(kept) - 4, -1, -1):
        opened, inline, _, heading = kept[at : at + 4]
        match = _ANCHOR.fullmatch(inline.content) if opened.type == "paragraph_open" else None
        if match is None or heading.type != "heading_open":
            continue
        heading.meta["anchor"] = match[1]
        if heading.tag == "h4":
            heading.attrSet("id", match[1])
        del kept[at : at + 3]
    return kept


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = []
    for token in tokens:
        starts = token.type == "heading_open" and token.level == 0 and token.tag in {"h2", "h3"}
        if starts or not parts:
            parts.append([])
        parts[-1].append(token)
    return parts


def _with_chips(part: Sequence[Token]) -> list[Token]:
    """Return a finding's part with its metadata drawn together in one row below the heading."""
    kept, lines = list(part), list[list[Token]]()
    for at in range(len(kept) - 4, -1, -1):
        mark, opened, inline = kept[at : at + 3]
        if mark.content.strip() == META and opened.type == "paragraph_open":
            lines = [*_lines(inline), *lines]
            del kept[at : at + 4]
    shown = [line for line in lines if not _is_id(line)]
    if shown and kept[0].type == "heading_open":
        shown.sort(key=lambda line: "Priority:" not in _text(line))
        kept.insert(3, Token("chips", "", 0, meta={"groups": shown}))
    return kept


def _lines(inline: Token) -> list[list[Token]]:
    """Return an inline's children, cut where a line ends."""
    lines: list[list[Token]] = [[]]
    for child in inline.children or ():
        if child.type == "hardbreak":
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def _is_id(line: Sequence[Token]) -> bool:
    """Return whether ``line`` says what the heading above it has said."""
    return _text(line).startswith("Issue ID:")


def _text(line: Sequence[Token]) -> str:
    return "".join(token.content for token in line)


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.content)


def _mark_pills(inline: Token) -> None:
    children = inline.children or []
    if len(children) == 1 and children[0].type == "text" and children[0].content in PILLS:
        children[0].type = "pill"
