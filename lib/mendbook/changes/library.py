"""The target's documents, read once: their sections, and which of them speak of a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mendbook.repository.snapshot import Snapshot

LEAST = 0.3
"""Least score of a section: a name that stands in n documents counts its weight / n."""

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_NOT_DOCUMENTS = re.compile(
    r"(?i)(?:^|[/ ])(?:node_modules|audits?|remediations?|reports?|prompts?|changelog|old|archived?"
    r"|deprecated|patches)\b"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document: its heading, and the prose up to the next heading."""

    path: str
    place: int
    """0 for what stands above the first heading."""
    heading: str
    text: str


class Library:
    """Markdown documents of the target by path; earlier audits and plans are not documents."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._sections = {
            path: tuple(sections(path, snapshot.text(path)))
            for path in snapshot.files
            if path.endswith((".md", ".mdx"))
        }
        self._speaking: dict[str, tuple[Section, ...]] = {}

    def best(self, names: Mapping[str, float]) -> tuple[Section, ...]:
        """Return the section of each document that speaks most of ``names``, the best first.

        A name counts its weight over the number of documents that it stands in: one that stands
        everywhere says nothing about where a change belongs, and is left out.
        """
        weights = {
            name: weight / max(1, len({section.path for section in self._holding(name)}))
            for name, weight in names.items()
        }
        telling = {name: weight for name, weight in weights.items() if weight >= LEAST / 5}
        ranked = sorted(self._scored(telling), key=lambda each: (-each[0], each[1].path))
        found: dict[str, Section] = {}
        for score, section in ranked:
            if score >= LEAST:
                found.setdefault(section.path, section)
        return tuple(found.values())

    def best_of(self, path: str, names: Mapping[str, float]) -> Section | None:
        """Return the section of the document at ``path`` that speaks most of ``names``, if any."""
        scored = {section: score for score, section in self._scored(names, path)}
        return max(scored, key=lambda each: (scored[each], -each.place), default=None)

    def about(self, path: str, topics: Sequence[str]) -> Section | None:
        """Return the first section of ``path`` with a heading word that starts as a topic does."""
        for topic in topics:
            for section in self._sections.get(path, ()):
                if re.search(rf"(?i)\b{re.escape(topic)}", section.heading):
                    return section
        return None

    def _scored(self, weights: Mapping[str, float], path: str = "") -> list[tuple[float, Section]]:
        scores: dict[Section, float] = defaultdict(float)
        for name, weight in weights.items():
            for section in self._holding(name, path):
                scores[section] += weight
        in_order = sorted(scores, key=lambda each: (each.path, each.place))
        return [(scores[section], section) for section in in_order]

    def _holding(self, name: str, path: str = "") -> tuple[Section, ...]:
        if path:
            return _speaking_of(name, self._sections.get(path, ()))
        if name not in self._speaking:
            every = (
                section
                for document, found in self._sections.items()
                if not _NOT_DOCUMENTS.search(document)
                for section in found
            )
            self._speaking[name] = _speaking_of(name, every)
        return self._speaking[name]


def sections(path: str, text: str) -> Iterator[Section]:
    """Yield the sections of a Markdown document without their fenced code."""
    heading, fence, place = "top", "", 0
    lines: list[str] = []
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        match = None if fence else _HEADING.match(line)
        if match is None:
            lines += [] if fence else [line]
            continue
        yield Section(path, place, heading, "\n".join(lines))
        heading, lines, place = match[2], [match[2]], place + 1
    yield Section(path, place, heading, "\n".join(lines))


def _speaking_of(name: str, found: Iterator[Section] | tuple[Section, ...]) -> tuple[Section, ...]:
    whole = re.compile(rf"(?<![\w/:.-]){re.escape(name)}(?![\w:-])")
    return tuple(
        section for section in found if name in section.text and whole.search(section.text)
    )
