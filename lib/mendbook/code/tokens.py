"""Source as the tokens that carry meaning: comments, layout, quotes and trailing commas aside.

Two spellings of the same code give the same tokens, whole files and fragments alike, so that code
can be looked for and counted without its text. Any text has tokens; where tree-sitter has no
grammar, comments are told apart by the format's own mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import PurePosixPath
from typing import NamedTuple

from ast_grep_py import SgNode

from mendbook.code.parsed import root_of
from mendbook.code.search import known_kinds
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
_COMMENTS = frozenset(
    {"comment", "line_comment", "block_comment", "multiline_comment", "doc_comment"}
    | {"html_comment", "js_comment"}
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


class Token(NamedTuple):
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
    return tuple(_meaning(list(_raw(path, text))))


def tokens_between(path: str, text: str, first: int, last: int) -> list[Token]:
    """Return those of the ``tokens`` that start in the 1-based lines ``first`` to ``last``."""
    kept: list[Token] = []
    for token in _raw(path, text, first):
        kept.append(token)
        if token.line > last:  # it tells whether a comma before it ends a list
            break
    return [token for token in _meaning(kept) if first <= token.line <= last]


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


def _raw(path: str, text: str, since: int = 1) -> Iterator[Token]:
    """Yield the tokens of ``text``, but for lines before ``since`` that none needs."""
    grammar = grammar_of(path)
    if grammar:
        yield from _read(root_of(grammar, text), text, grammar, since)
    else:
        yield from _lexed(_without_comments(path, text), 1)


def _read(root: SgNode, text: str, grammar: str, since: int) -> Iterator[Token]:
    """Yield the tokens of a tree: strings whole, comments left out, the rest as it is spelled."""
    at, line = 0, 1
    for node in _whole(root, grammar):
        span = node.range()
        first, last = span.start.index, span.end.index
        if first < at:
            continue
        if span.start.line + 1 >= since:
            yield from _unquoted(text[at:first], line, since)
        if node.kind() not in _COMMENTS:
            yield Token(_plain(node.text()), span.start.line + 1)
        at, line = last, span.end.line + 1
    yield from _unquoted(text[at:], line, since)


def _whole(root: SgNode, grammar: str) -> Iterator[SgNode]:
    """Yield the strings without holes and the comments below ``root``, outer ones first."""
    kinds = known_kinds(grammar, _STRINGS | _COMMENTS)
    for node in root.find_all(any=[{"kind": kind} for kind in sorted(kinds)]) if kinds else ():
        if node.kind() in _COMMENTS or not _has_hole(node):
            yield node


def _has_hole(node: SgNode) -> bool:
    return any(child.kind() in _HOLES for child in node.children())


def _lexed(text: str, line: int) -> Iterator[Token]:
    """Yield the tokens of code without a grammar, strings whole."""
    for number, row in enumerate(text.split("\n"), start=line):
        for match in _LEXEME.finditer(row):
            yield Token(_plain(match.group()), number)


def _unquoted(code: str, line: int, since: int) -> Iterator[Token]:
    """Yield the tokens of code that holds no whole string, from the line ``since`` on."""
    for number, row in enumerate(code.split("\n"), start=line):
        if number >= since:
            yield from map(Token, _UNQUOTED.findall(row), repeat(number))


def _plain(literal: str) -> str:
    quoted = _QUOTED.match(literal)
    return f"'{quoted['inside']}'" if quoted else literal


def _meaning(raw: list[Token]) -> Iterator[Token]:
    for at, token in enumerate(raw, start=1):
        text = token.text
        if text == ";" or (text == "," and (at == len(raw) or raw[at].text in _CLOSERS)):
            continue
        yield token


def _without_comments(path: str, text: str) -> str:
    mark = _DASHES if path.endswith(".sql") else _HASH
    return text if path.endswith((".md", ".txt", ".json")) else mark.sub("", text)
