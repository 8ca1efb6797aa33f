"""The target's documents, read once: their sections, and which lines of them name something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from markdown_it import MarkdownIt

from mendbook.repository.snapshot import Snapshot

_NOT_DOCUMENTS = re.compile(
    r"(?i)(?:^|[/ ._-])(?:node_modules|vendor|audits?|findings|remediations?|reports?|prompts?"
    r"|changelog|history|news|old|archived?|deprecated|patches|licen[cs]e|contributors)\b"
)
DOCUMENTS = (".md", ".mdx", ".rst")
_UNDERLINE = re.compile(r"([=\-~^\"'#*+.:_`])\1{2,}\s*")
_PARAMETER = re.compile(r"^(?:\\?[:{<]).*")
_WORD = re.compile(r"\w+")
_COMMON = 5
"""A name that stands in more documents than this is about none of them."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document: its heading, and the lines up to the next heading."""

    path: str
    place: int
    """0 for what stands above the first heading."""
    heading: str
    start: int
    """1-based line of the heading, or 1."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingLine:
    """A line of a document that names something that changes."""

    path: str
    line: int
    heading: str
    name: str


class Library:
    """Markdown documents of the target by path; earlier audits and plans are not documents."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _sections(self) -> dict[str, tuple[Section, ...]]:
        return {
            path: tuple(sections(path, self._snapshot.text(path)))
            for path in self._snapshot.files
            if path.endswith(DOCUMENTS)
        }

    @cached_property
    def _words(self) -> frozenset[str]:
        texts = (self._snapshot.text(path) for path in self._sections)
        return frozenset(word for text in texts for word in _WORD.findall(text))

    def lines_naming(self, names: Sequence[str], path: str = "") -> tuple[NamingLine, ...]:
        """Return the first line of each document that names most of ``names``, the best first.

        A name that more than a few documents hold is left out: it tells no place apart. With
        ``path`` only that document is looked at.
        """
        by_document: dict[str, list[NamingLine]] = defaultdict(list)
        for name in names:
            lines = list(self._naming(name, path))
            documents = {each.path for each in lines}
            if path or len(documents) <= _COMMON:
                for document in documents:
                    by_document[document].append(
                        next(each for each in lines if each.path == document)
                    )
        ranked = sorted(by_document.values(), key=lambda lines: (-len(lines), lines[0].path))
        return tuple(lines[0] for lines in ranked)

    def lines_requesting(self, routes: Sequence[str]) -> tuple[NamingLine, ...]:
        """Return the first line of each document that speaks of a route by method and path."""
        by_path: dict[str, NamingLine] = {}
        for route in routes:
            method, _, path = route.partition(" ")
            parts = (
                _PARAMETER.sub(r"[:{<]?[\\w-]+[}>]?", re.escape(part)) for part in path.split("/")
            )
            whole = re.compile(rf"(?i)\b{method}\b.*?[\w:/.-]*{'/'.join(parts)}(?![\w/-])")
            for line in self._matching(whole, route):
                by_path.setdefault(line.path, line)
        return tuple(by_path.values())

    def _matching(self, whole: re.Pattern[str], name: str) -> Iterator[NamingLine]:
        for document, document_sections in self._sections.items():
            if _NOT_DOCUMENTS.search(document):
                continue
            for section in document_sections:
                for offset, line in enumerate(section.lines):
                    if "/" in line and whole.search(line):
                        yield NamingLine(document, section.start + offset, section.heading, name)

    def about(self, path: str, topics: Sequence[str]) -> Section | None:
        """Return the first section of ``path`` with a heading word that starts as a topic does."""
        for topic in topics:
            for section in self._sections.get(path, ()):
                if re.search(rf"(?i)\b{re.escape(topic)}", section.heading):
                    return section
        return None

    def _naming(self, name: str, path: str) -> Iterator[NamingLine]:
        whole = re.compile(rf"(?<![\w/:.-]){re.escape(name)}(?![\w:-])")
        if not all(word in self._words for word in _WORD.findall(name)):
            return
        for document, document_sections in self._sections.items():
            if name not in self._snapshot.text(document):
                continue
            if document != path and (path or _NOT_DOCUMENTS.search(document)):
                continue
            for section in document_sections:
                for offset, line in enumerate(section.lines):
                    if name in line and whole.search(line):
                        yield NamingLine(document, section.start + offset, section.heading, name)


def sections(path: str, text: str) -> Iterator[Section]:
    """Yield the sections of a document in Markdown, as CommonMark has it, or reStructuredText."""
    lines = text.splitlines()
    heads = _underlined(lines) if path.endswith(".rst") else _marked(text)
    starts = [0, *(line for line, _ in heads), len(lines)]
    for place, heading in enumerate(["top", *(said for _, said in heads)]):
        start = starts[place]
        yield Section(path, place, heading, start + 1, tuple(lines[start : starts[place + 1]]))


def _underlined(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the headings of reStructuredText: a line, and under it a line of one mark."""
    return [
        (at, line.strip())
        for at, (line, below) in enumerate(pairwise(lines))
        if line.strip() and _UNDERLINE.fullmatch(below) and len(below) >= len(line.rstrip())
    ]


def _marked(text: str) -> list[tuple[int, str]]:
    """Return the headings of Markdown with their 0-based lines."""
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        (token.map[0], tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.map and token.level == 0
    ]
