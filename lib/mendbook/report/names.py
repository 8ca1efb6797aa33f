"""Names in running sentences as links: findings, pull requests, sprints, patches and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from mendbook.model import Citation
from mendbook.report.index import Index
from mendbook.report.markdown import file_link, link, pr_link, sprint_link
from mendbook.text.escape import text

_FENCE = re.compile(r"(`{3,})")
_ANCHOR = re.compile(r'<a id="([A-Za-z0-9-]+)"></a>')
_WHOLE = re.compile(
    r"\[(?:`[^`]*`|\\.|[^\[\]\\`])*\]\([^()\s]*\)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)\s?(?P<code>.*?)\s?(?<!`)(?P=ticks)(?!`)"
)
"""What stays one piece: a link, which holds no other, and code."""
_WORD = re.compile(r"(?<![\w/.])(?:\.?\w|\\[_\[\]~$*])(?:[\w/-]|\\[_\[\]~$*]|[.@#:](?=[\w\\]))*")
_ESCAPE = re.compile(r"\\(?=[_\[\]~$*])")
_OURS = re.compile(r"\b(?P<kind>PR #?|[Ss]print )(?P<number>\d+)\b")
_TELLING = re.compile(r"(?=.*\d)(?=.*[^\W\d_])(?:.{5,}|.*\w[-_.:#]\w.*)")
"""An id that can mean nothing else in a sentence: ``RT-004``, ``SEC12``; not ``S3``, not ``7``."""


def linked(markdown: str, index: Index) -> str:
    """Return a section's Markdown with the names in its sentences as links.

    Headings, code that is more than a name (a command is to be copied) and what is a link already
    stay as they are, and no card links to itself. Pull requests and sprints are the plan's only in
    its own sentences (``ours``): an audit that speaks of PR 4 means another.
    """
    own, ticks, lines = "", "", list[str]()
    for line in markdown.split("\n"):
        fence = _FENCE.match(line)
        if fence and (not ticks or line == ticks):
            ticks = "" if ticks else fence[1]
        elif mark := _ANCHOR.fullmatch(line):
            own = mark[1]
        elif line.startswith("## "):
            own = ""
        elif not ticks and not line.startswith(("#", "<")):
            line = _sentence(line, index, own)
        lines.append(line)
    return "\n".join(lines)


def ours(markdown: str, index: Index, findings: Collection[str] = (), own: str = "") -> str:
    """Return a sentence of ours, Markdown already, with what it names as links.

    ``findings`` are ids that it is known to name, however short; ``own`` is the anchor of the card
    in which it stands.
    """
    shown = "".join(
        part if whole else _OURS.sub(lambda match: _request(match, index, own), part)
        for part, whole in _pieces(markdown)
    )
    return _sentence(shown, index, own, frozenset(findings))


def sprint_named(number: int, index: Index, words: str = "") -> str:
    """Return a sprint as a link; as plain words where the plan has none of this number."""
    words = words or f"sprint {number}"
    return sprint_link(number, words) if number in index.sprint_of.values() else words


def _request(match: re.Match[str], index: Index, own: str) -> str:
    number = int(match["number"])
    if match["kind"].startswith("PR"):
        known, anchor, link = number in index.pull_requests, f"pr-{number}", pr_link
    else:
        known, anchor, link = number in index.sprint_of.values(), f"sprint-{number}", sprint_link
    return link(number, match[0]) if known and anchor != own else match[0]


def _sentence(line: str, index: Index, own: str, known: frozenset[str] = frozenset()) -> str:
    return "".join(
        _code(part, index)
        if whole
        else _WORD.sub(lambda match: _name(match[0], index, own, known), part)
        for part, whole in _pieces(line)
    )


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a line, and whether each is one whole that is not to be looked into."""
    last = 0
    for match in _WHOLE.finditer(line):
        yield line[last : match.start()], False
        yield match[0], True
        last = match.end()
    yield line[last:], False


def _code(part: str, index: Index) -> str:
    match = _WHOLE.fullmatch(part)
    words = match["code"] if match else None
    if words is None:
        return part
    if words in index.anchor_of:
        return link(part, index.anchor_of[words])
    path = "" if " " in words else index.patch_files.get(words.rpartition("/")[2])
    if path:
        return file_link(path, part)
    return _at(words, part, index)


def _name(word: str, index: Index, own: str, known: frozenset[str]) -> str:
    plain = _ESCAPE.sub("", word)
    anchor = index.anchor_of.get(plain)
    if anchor:
        named = anchor != own and (plain in known or _TELLING.fullmatch(plain))
        return link(word, anchor) if named and word == text(plain) else word
    return _at(plain, word, index)


def _at(place: str, words: str, index: Index) -> str:
    cited = Citation.read(place)
    url = index.url(cited) if cited else ""
    return f"[{words}]({url})" if url else words
