"""Parse Markdown into sections of blocks, each with the line of the document it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]*)(?:\s+\"[^\"]*\")?\)"
)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a code block, a list or a table."""

    kind: str
    """``text``, ``code``, ``list`` or ``table``."""
    line: int
    text: str = ""
    """Of a paragraph as it is written, without links; of a code block its code."""
    items: tuple[tuple[Block, ...], ...] = ()
    """Of a list: the blocks of each item."""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Of a table: line and cells of each row, the head first."""
    first: int | None = None
    """Of a numbered list: its first number."""


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, down to the next heading of its level."""

    title: str
    level: int
    line: int
    blocks: list[Block] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)


def front_matter(text: str) -> tuple[str, str]:
    """Return the YAML at the top of ``text``, and the text with blank lines in its stead."""
    match = _FRONT.match(text)
    if match is None:
        return "", text
    return match[1], "\n" * match.group().count("\n") + text[match.end() :]


_CODE_IN_ROW = re.compile(r"(`+)(?!`)(?:(?!\1(?!`)).)*?[^`]\1(?!`)")


def _with_pipes(text: str) -> str:
    """Return ``text`` with the pipes inside code of table rows escaped, as their authors meant."""

    def escaped(match: re.Match[str]) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", match.group())

    return "\n".join(
        _CODE_IN_ROW.sub(escaped, line)
        if line.lstrip().startswith("|") and line.count("`") > 1 and len(line) < 4000
        else line
        for line in text.split("\n")
    )


def _with_wide_numbers(text: str) -> str:
    """Return ``text`` with the points below ``10.`` as far in as that number wants them.

    Authors indent what stands below the tenth item as below the ninth, by three columns, with
    which Markdown ends the item.
    """
    lines: list[str] = []
    below = short = False
    for line in text.split("\n"):
        if _WIDE_NUMBER.match(line):
            below, short = True, False
        elif below and line.strip():
            below = line.startswith("   ")
            short = below and (short or line[3] != " ")
        lines.append(f" {line}" if below and short and line.strip() else line)
    return "\n".join(lines)


_WIDE_NUMBER = re.compile(r"\d{2}[.)] (?=\S)")


def parse(text: str) -> Section:
    """Return the document as a section of level 0."""
    text = _with_wide_numbers(_with_pipes(text))
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    root = Section("", 0, 1)
    path = [root]
    lines = text.split("\n")
    for node in SyntaxTreeNode(parser.parse(text)).children:
        if node.type == "heading" and not re.search(r"\w", _inline(node)) and _inline(node):
            continue  # a line of signs above or below a headline
        if node.type == "heading":
            level = int(node.tag[1])
            while path[-1].level >= level:
                path.pop()
            section = Section(plain(_inline(node)), level, _line(node))
            path[-1].children.append(section)
            path.append(section)
        else:
            for block in _blocks(node):
                for one in _without_lazy_field(_with_signs(block, lines), lines):
                    _add(path[-1].blocks, one)
    _close_gaps(root)
    return root


def _add(blocks: list[Block], block: Block) -> None:
    """Add ``block``, or its rows to the table right before it, which a blank line cut in two."""
    before = blocks[-1] if blocks else None
    lines = block.text.split("\n")
    if before is not None and before.kind == "table" and block.kind == "text" and before.rows:
        rows = tuple(
            (block.line + number, tuple(_cells(line))) for number, line in enumerate(lines)
        )
        width = len(before.rows[0][1])
        near = block.line - before.rows[-1][0] <= _GAP
        if (
            near
            and all(line.lstrip().startswith("|") for line in lines)
            and all(len(cells) == width for _, cells in rows)
        ):
            blocks[-1] = replace(before, rows=(*before.rows, *rows))
            return
    blocks.append(block)


def _with_signs(block: Block, lines: Sequence[str]) -> Block:
    """Return a table whose rows keep the sign for which its head has no column, as their status.

    ``| 7 | ✅ | Bells ring twice | `bell.ex` |`` below ``| # | Finding | File |``.
    """
    if block.kind != "table":
        return block
    width = len(block.rows[0][1])
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line, cells in block.rows:
        raw = _cells(lines[line - 1]) if line <= len(lines) else []
        at = next((at for at, cell in enumerate(raw) if _SIGN.fullmatch(cell)), None)
        if len(raw) > width and at is not None:
            kept = [plain(cell) for cell in (*raw[:at], *raw[at + 1 :])]
            rows.append((line, (*kept[:width], *[""] * (width - len(kept)), raw[at])))
        else:
            rows.append((line, (*cells, "")))
    if not any(cells[-1] for _, cells in rows):
        return block
    head = (rows[0][0], (*block.rows[0][1], "Status"))
    return replace(block, rows=(head, *rows[1:]))


def _without_lazy_field(block: Block, lines: Sequence[str]) -> Iterator[Block]:
    """Yield a list without the fields that follow its items on the next line, and these between.

    Markdown reads ``**Fix:** …`` right below an item as words of that item.
    """
    at = next((at for at, item in enumerate(block.items) if _lazy_line(item, lines)), None)
    if at is None:
        yield block
        return
    item = block.items[at]
    cut = _lazy_line(item, lines)
    last, said = item[-1], item[-1].text.split("\n")
    kept = replace(last, text="\n".join(said[:cut]))
    yield replace(block, items=(*block.items[:at], (*item[:-1], kept)))
    yield Block("text", last.line + cut, "\n".join(said[cut:]))
    if rest := block.items[at + 1 :]:
        line = rest[0][0].line if rest[0] else block.line
        first = None if block.first is None else block.first + at + 1
        yield from _without_lazy_field(replace(block, line=line, items=rest, first=first), lines)


def _lazy_line(item: tuple[Block, ...], lines: Sequence[str]) -> int:
    """Return which line of an item's last words is a field from the margin; 0 for none."""
    last = item[-1] if item else None
    if last is None or last.kind != "text" or "\n**" not in last.text:
        return 0
    said = last.text.split("\n")
    at = next((at for at, line in enumerate(said) if at and _FIELD.match(line)), 0)
    return at if at and lines[last.line - 1 + at].startswith("**") else 0


_FIELD = re.compile(r"\*\*[^*\n]{2,40}(?:[:：]\*\*|\*\*[:：])")
_SIGN = re.compile(r"[✅❌⬜☑✔🔴🟡🟢🔲⏳🚧]\ufe0f?")
_GAP = 3
"""Lines from the last row of a table to the first behind a gap."""


def _cells(line: str) -> list[str]:
    text = re.sub(r"(?<!\\)\|\s*\Z", "", line.strip().removeprefix("|"))
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text)]


def _close_gaps(section: Section) -> None:
    """Put what stands between the items of one numbered list into the item before it.

    Reviewers write ``1. Headline`` and the text below it without indenting that.
    """
    kept: list[Block] = []
    run: Block | None = None
    between: list[Block] = []
    counted = sum(block.first is not None for block in section.blocks)
    for block in section.blocks:
        if run is not None and block.first == (run.first or 0) + len(run.items):
            run = replace(run, items=(*run.items[:-1], (*run.items[-1], *between), *block.items))
            between = []
        elif block.first is not None and block.items:
            kept += [run, *between] if run is not None else []
            run, between = block, []
        elif run is not None:
            between.append(block)
        else:
            kept.append(block)
    if run is not None:
        prose = all(block.kind in {"text", "code"} for block in between)
        if prose and (len(run.items) == counted > 1 or (run.first or 0) > 1):
            # the last item ends as those before it do
            run, between = replace(run, items=(*run.items[:-1], (*run.items[-1], *between))), []
        kept += [run, *between]
    section.blocks[:] = kept
    for child in section.children:
        _close_gaps(child)


def plain(text: str) -> str:
    """Return inline Markdown with links and citations as their text, and breaks as new lines."""
    return re.sub(r"<br\s*/?>", "\n", _LINK.sub(_linked, _CITED.sub(_cited, text))).strip()


_CITED = re.compile(r"\s*【F:(?P<path>[^†】\n]{1,200})†L(?P<first>\d+)(?:-L?(?P<last>\d+))?】")
"""A place as some agents cite it: ``【F:src/tide.rs†L4-L9】``."""


def _cited(citation: re.Match[str]) -> str:
    lines = "-".join(filter(None, (citation["first"], citation["last"])))
    return f" `{citation['path']}:{lines}`"


def _linked(link: re.Match[str]) -> str:
    """Return the text of a link, or its target where the text is the last part of that path.

    ``[tide.rs:14](src/moon/tide.rs#L14)`` is ``src/moon/tide.rs:14``.
    """
    named = _NAMED_FILE.fullmatch(link["text"].replace("\\_", "_"))
    target = re.fullmatch(
        r"(?:\./)?(?P<path>[\w@.-]+(?:/[\w@.-]+)+)(?:#L\d+(?:-L\d+)?)?", link["target"]
    )
    anchor = re.fullmatch(r".*/([^/#]+)#L(\d+)(?:-L?(\d+))?", link["target"])
    if named and anchor and anchor[1] == named["name"] and not named["lines"] and target is None:
        # a path of somebody's disk tells the lines and no folder
        lines = f"{anchor[2]}-{anchor[3]}" if anchor[3] else anchor[2]
        return f"{named['mark']}{named['name']}:{lines}{named['mark']}"
    if named is None or target is None or "." in target["path"].split("/")[:1]:
        return link["text"]
    path = target["path"]
    if not path.endswith(f"/{named['name']}") or path.startswith(".."):
        return link["text"]
    return f"{named['mark']}{path}{named['lines']}{named['mark']}"


_NAMED_FILE = re.compile(
    r"(?P<mark>`?)(?P<name>[\w@-][\w@.-]*\.\w{1,8})(?P<lines>(?:[:#]L?\d+(?:[-–]L?\d+)?)?)(?P=mark)"
)


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(child.content for child in node.children if child.type == "inline")


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "paragraph":
        if text := plain(_inline(node)):
            yield Block("text", _line(node), text)
    elif node.type in {"fence", "code_block"}:
        yield Block("code", _line(node), node.content.rstrip("\n"))
    elif node.type in {"bullet_list", "ordered_list"}:
        items = tuple(_inside(item.children) for item in node.children)
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        yield Block("list", _line(node), items=items, first=first)
    elif node.type == "table":
        rows = tuple(
            (_line(row), tuple(plain(_inline(cell)) for cell in row.children))
            for part in node.children
            for row in part.children
        )
        yield Block("table", _line(node), rows=rows)
    elif node.type == "blockquote":
        yield from _inside(node.children)
    elif node.type == "html_block" and "<summary>" in node.content:
        text = re.sub(r"<[^>]*>", " ", node.content)
        if text.strip():
            yield Block("text", _line(node), " ".join(text.split()))


def _inside(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(block for node in nodes for block in _blocks(node))
