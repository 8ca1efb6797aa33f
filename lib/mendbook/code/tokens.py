"""Source as the tokens that carry meaning: comments, layout, quotes and trailing commas aside.

Two spellings of the same code give the same tokens, whole files and fragments alike, so that code
can be looked for and counted without its text. Any text has tokens; where tree-sitter has no
grammar, comments are told apart by the format's own mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.parsed import root_of
from mendbook.code.trees import LANGUAGES

GRAMMARS = {
    **LANGUAGES,
    ".py": "python",
    ".pyi": "python",
    ".go": "go",
    ".java": "java",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".rb": "ruby",
    ".rs": "rust",
    ".php": "php",
    ".cs": "csharp",
    ".c": "c",
    ".h": "c",
    ".cc": "cpp",
    ".cpp": "cpp",
    ".hpp": "cpp",
    ".swift": "swift",
    ".scala": "scala",
    ".sh": "bash",
    ".bash": "bash",
    ".css": "css",
    ".html": "html",
    ".lua": "lua",
}
"""The grammar of each ending that tokens are read of."""
_STRINGS = frozenset(
    {"string", "string_literal", "interpreted_string_literal", "raw_string_literal", "raw_string"}
    | {"template_string", "char_literal", "character_literal", "verbatim_string_literal"}
)
_HOLES = ("template_substitution", "interpolation", "expansion", "simple_expansion")
_LEXEME = re.compile(
    r"""(?P<string>(?P<quote>["'`])(?:\\.|(?!(?P=quote))[^\\\n])*(?P=quote))"""
    r"""|[A-Za-z_$@][\w$]*|\d[\w.]*|[^\s\w]"""
)
_UNQUOTED = re.compile(r"[A-Za-z_$@][\w$]*|\d[\w.]*|[^\s\w]")
"""Between the strings that a tree shows, a quote is part of a string with holes."""
_QUOTED = re.compile(
    r"""^[A-Za-z]{0,2}(?P<quote>\"{3}|'{3}|["'`])(?P<inside>.*)(?P=quote)$""", re.S
)
_HASH = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_DASHES = re.compile(r"(?:^|(?<=\s))--[^\n]*")
_CLOSERS = frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """One token and the 1-based line that it starts on."""

    text: str
    line: int


def grammar_of(path: str) -> str | None:
    """Return the name of the tree-sitter grammar for ``path``, or None where there is none."""
    return GRAMMARS.get(PurePosixPath(path).suffix.lower())


def tree_of(path: str, text: str) -> SgNode | None:
    """Return the root of ``text`` in the grammar of ``path``, or None where there is none."""
    grammar = grammar_of(path)
    return root_of(grammar, text) if grammar else None


@lru_cache(maxsize=256)
def tokens(path: str, text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text``, a file or a fragment in the language of ``path``."""
    root = tree_of(path, text)
    raw = _lexed(_without_comments(path, text), 1) if root is None else _read(root, text)
    return tuple(_meaning(list(raw)))


def words(path: str, text: str) -> tuple[str, ...]:
    """Return the texts of ``tokens``."""
    return tuple(token.text for token in tokens(path, text))


def occurrences(needle: Sequence[str], hay: Sequence[str]) -> int:
    """Return how often ``needle`` stands in ``hay``, token by token; an empty one never does."""
    size = len(needle)
    if not size:
        return 0
    first, wanted = needle[0], tuple(needle)
    return sum(
        hay[at] == first and tuple(hay[at : at + size]) == wanted
        for at in range(len(hay) - size + 1)
    )


def _read(root: SgNode, text: str) -> Iterator[Token]:
    """Yield the tokens of a tree: strings whole, comments left out, the rest as it is spelled."""
    at, line = 0, 1
    for node in _whole(root):
        span = node.range()
        first, last = span.start.index, span.end.index
        if first < at:
            continue
        yield from _lexed(text[at:first], line, _UNQUOTED)
        if "comment" not in node.kind():
            yield Token(_plain(node.text()), span.start.line + 1)
        at, line = last, span.end.line + 1
    yield from _lexed(text[at:], line, _UNQUOTED)


def _whole(node: SgNode) -> Iterator[SgNode]:
    """Yield the strings without holes and the comments below ``node``, in order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        kind = one.kind()
        if "comment" in kind or (kind in _STRINGS and not _has_hole(one)):
            yield one
        else:
            waiting.extend(reversed(one.children()))


def _has_hole(node: SgNode) -> bool:
    return any(child.kind() in _HOLES for child in node.children())


def _lexed(text: str, line: int, lexeme: re.Pattern[str] = _LEXEME) -> Iterator[Token]:
    seen = 0
    for match in lexeme.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield Token(_plain(match.group()), line)


def _plain(literal: str) -> str:
    quoted = _QUOTED.match(literal)
    return f"'{quoted['inside']}'" if quoted else literal


def _meaning(raw: list[Token]) -> Iterator[Token]:
    for token, following in zip_longest(raw, raw[1:]):
        trailing = token.text == "," and (following is None or following.text in _CLOSERS)
        if token.text != ";" and not trailing:
            yield token


def _without_comments(path: str, text: str) -> str:
    mark = _DASHES if path.endswith(".sql") else _HASH
    return text if path.endswith((".md", ".txt", ".json")) else mark.sub("", text)
