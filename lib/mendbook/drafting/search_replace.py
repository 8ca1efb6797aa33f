"""Answers as search/replace blocks: the exact lines that stand there, and what replaces them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.drafting.named_path import named_path
from mendbook.drafting.shown_text import ShownTree
from mendbook.errors import PatchError
from mendbook.text.plain import one_line

_BLOCK = re.compile(
    r"^[ \t]*<{4,12}[ \t]*SEARCH\b[ \t]*(?P<path>[^\n]*)\n(?P<old>.*?)"
    r"^[ \t]*={4,12}[ \t]*\n(?P<new>.*?)^[ \t]*>{4,12}[ \t]*REPLACE\b[^\n]*$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one file, and the lines that are to stand in their place."""

    path: str
    old: str
    new: str


def blocks_in(answer: str, paths: Sequence[str], tree: ShownTree) -> tuple[Block, ...]:
    """Return the blocks of ``answer``; a path that a block lacks is that of the one before it.

    ``paths`` are the files shown; the only one is meant where none is named.
    """
    return tuple(_blocks(answer, paths, tree))


def _blocks(answer: str, paths: Sequence[str], tree: ShownTree) -> Iterator[Block]:
    before, path = 0, paths[0] if len(paths) == 1 else ""
    for match in _BLOCK.finditer(answer):
        lead = f"{answer[before : match.start()]}\n{match['path']}"
        path = named_path(lead, tree) or path
        if not path:
            raise PatchError("a search/replace block does not say which file it is for")
        yield Block(path, match["old"], match["new"])
        before = match.end()


def replaced(tree: ShownTree, blocks: Sequence[Block]) -> dict[str, str | None]:
    """Return the texts, as shown, that ``blocks`` make; raise ``PatchError`` where one is unfit."""
    texts: dict[str, str | None] = {}
    for block in blocks:
        text = texts[block.path] if block.path in texts else tree.get(block.path)
        texts[block.path] = _one(block, text)
    return texts


def _one(block: Block, text: str | None) -> str:
    shown = one_line(block.path, 120)
    if not block.old.strip():
        if text is not None and text.strip():
            raise PatchError(f"a block for {shown} searches for nothing; quote the lines it means")
        return block.new
    if text is None:
        raise PatchError(f"a block is for {shown}, which is no text file of this commit")
    pairs = ((block.old, block.new), (block.old.strip("\n"), block.new.strip("\n")))
    for old, new in pairs:
        exact = text.count(old)
        if exact == 1:
            return text.replace(old, new)
        if exact > 1:
            raise PatchError(
                f"the search text of a block stands {exact} times in {shown}; quote more lines"
            )
    return _nearly(block, text)


def _nearly(block: Block, text: str) -> str:
    """Replace the one run of lines that differs from the search text only in blanks around them."""
    lines, wanted = text.splitlines(keepends=True), _bare(block.old)
    size = len(wanted)
    places = [
        at for at in range(len(lines) - size + 1) if _bare("".join(lines[at : at + size])) == wanted
    ]
    if len(places) != 1:
        stands = f"stands {len(places)} times" if places else "does not stand"
        first = next((line for line in block.old.splitlines() if line.strip()), "")
        raise PatchError(
            f"the search text of a block {stands} in {one_line(block.path, 120)}"
            f" (it begins with {one_line(first, 60)!r})"
        )
    (at,) = places
    kept = "".join(lines[at : at + size])
    new = _indented_as(kept, block.old, block.new)
    new = new if new.endswith("\n") or not new or not kept.endswith("\n") else f"{new}\n"
    return "".join([*lines[:at], new, *lines[at + size :]])


def _bare(text: str) -> list[str]:
    return [line.strip() for line in text.strip("\n").splitlines()]


def _indented_as(kept: str, old: str, new: str) -> str:
    """Return ``new`` moved as far to the right as ``kept`` stands from ``old``."""
    there, said = _indent(kept), _indent(old)
    if there == said:
        return new
    bare = "\n".join(line.removeprefix(said) for line in new.split("\n"))
    return textwrap.indent(bare, there)


def _indent(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return line[: len(line) - len(line.lstrip())]
