"""How single Markdown tokens become HTML; raw HTML is text, but for the few tags we write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from mendbook.model import Priority, Severity
from mendbook.report.diff_rows import Row, kind_of
from mendbook.report.markdown import CONTENTS, FINDINGS, MANAGEMENT, META, TOP, TOTALS

PILLS = frozenset({*map(str, Priority), *map(str, Severity)})
_OURS = re.compile(
    r"</?(?:details|summary)>|<br/?>"
    r"|<!-- (?:totals|findings|contents|meta|management|chart: [a-z-]+) -->"
)
_SLOT = re.compile(r"<!-- chart: ([a-z-]+) -->")
_DIFF_TAGS = {Row.ADDED: "ins", Row.REMOVED: "del", Row.PLACE: "b", Row.FILE: "small"}

Tokens = Sequence[Token]


class ReportRenderer(RendererHTML):
    """Renders what differs from plain CommonMark; each method is named after its token.

    ``env["chart"]`` is a function from a chart's name to its HTML.
    """

    def fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Render a code block; a diff by its lines, and no mermaid, whose chart stands there."""
        token = tokens[idx]
        if token.info == "mermaid":
            return ""
        language, _, name = token.info.partition(" ")
        if language == "diff":
            rows = "".join(_diff_row(row) for row in token.content.rstrip("\n").split("\n"))
            whole = f' data-patch="{escape(name)}"' if name else ""
            return f'<pre class="diff" tabindex="0"{whole}><code>{rows}</code></pre>'
        return f'<pre tabindex="0"><code>{escape(token.content, quote=False)}</code></pre>'

    def html_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Render our own tags and slots; all other HTML is shown as the text it is."""
        content, html, last = tokens[idx].content, [], 0
        for match in _OURS.finditer(content):
            html += [escape(content[last : match.start()]), _ours(match[0], env)]
            last = match.end()
        return "".join([*html, escape(content[last:])])

    html_inline = html_block

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a table in a box that scrolls on its own."""
        return '<div class="table" tabindex="0"><table>'

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close a table and its box."""
        return "</table></div>"

    def link_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a link; what lies in the run's folder lies beside the page."""
        token = tokens[idx]
        token.attrSet("href", str(token.attrGet("href")).removeprefix(TOP))
        return self.renderToken(tokens, idx, options, env)

    def chips(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Render a finding's metadata as one row, a chip for each key."""
        groups = tokens[idx].meta["groups"]
        items = [f"<li>{self.renderInline(group, options, env).strip()}</li>" for group in groups]
        return f'<ul class="chips">{"".join(items)}</ul>'

    def image(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Render an image as its description: the report fetches nothing."""
        return escape(tokens[idx].content)

    def pill(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Render a priority or a severity that stands alone."""
        word = escape(tokens[idx].content)
        return f'<span class="pill {word.lower()}">{word}</span>'


def parser() -> MarkdownIt:
    """Return a parser for CommonMark with tables that renders as the report does."""
    markdown = MarkdownIt("commonmark", {"html": True}, renderer_cls=ReportRenderer)
    return markdown.enable(["table", "strikethrough"])


def _diff_row(row: str) -> str:
    shown = escape(row, quote=False)
    tag = _DIFF_TAGS.get(kind_of(row))
    return f"<{tag}>{shown}</{tag}>\n" if tag else f"{shown}\n"


def _ours(tag: str, env: EnvType) -> str:
    slot = _SLOT.fullmatch(tag)
    if slot:
        return str(env["chart"](slot[1]))
    if tag == MANAGEMENT:
        return '<p class="management"><a href="summary.html">The plan on one page</a></p>'
    marks = {TOTALS: "totals", FINDINGS: "findings", CONTENTS: "contents"}
    if tag in marks:
        return f'<div class="{marks[tag]}"></div>'
    return "" if tag == META else tag
