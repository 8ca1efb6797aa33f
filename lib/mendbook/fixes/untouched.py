"""What a fix text names as what is to change, and an edit does not come near.

*Add it to A and to B* is half done where only A changes, and *…, and look it up with `map.get`*
where nothing on the changed lines says ``get``. A name is come near where it stands on a changed
line, or names what a change stands in: a function, a class, a constant, a key, a file. What only
says where, how or why (*before X*, *as X does*, *so that X …*) need not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code.line_runs import line_runs, split_lines
from mendbook.code.trees import is_source
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.task import Task

_SAID = re.compile(
    r"\b(?:as|like|unlike|because|since|so|otherwise|which|while|where|when|if|unless|until|once"
    r"|that|who|whose|for\s+(?:example|instance)|e\.g\.|i\.e\.|already|same|such|see|cf\.|per|via|not"
    r"|never|is\s+an?|are|of\s+type|through|without|rather|instead|existing|before|after|above|below|ahead|behind|beside|next|between"
    r"|around|alongside|inside|within|under|to\s+(?:avoid|prevent|match|keep|ensure|make))\b",
    re.IGNORECASE,
)
"""Words behind which a sentence says where, how or why."""
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_ADDED = re.compile(r"\b(?:and|plus|as\s+well\s+as|then|both)\b|[,;]", re.IGNORECASE)
"""What begins another thing to do."""
_PART = re.compile(r"['’s]*\s+(?:branch|case|path|arm|block|loop|half|part|section)\b", re.I)
"""A part of the code that a name tells of, and does not name."""
_NAMED = {Shape.NAME, Shape.PATH}


@dataclass(frozen=True, slots=True)
class _Change:
    """The changed lines of one file, and the lines around them that say what they stand in."""

    path: str
    lines: str
    holders: str


def untouched(fix: str, task: Task, edits: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the names of ``fix`` that are told as what changes, and that no edit comes near."""
    if re.search(r"\bor\b", scan(fix)[0]):
        return ()  # of several ways one is enough
    near = [_change(task, path, text) for path, text in edits.items()]
    code = "\n".join(task.snapshot.get(path) or "" for path in edits)
    is_code = all(is_source(path) or path.endswith(_SOURCES) for path in edits)
    return tuple(
        dict.fromkeys(
            f"`{one.text}` is not touched"
            for one in (*_told(fix, code), *_enumerated(fix, code, _regions(task, edits)))
            if (is_code or one.shape is Shape.PATH)
            and not _is_near(one, near)
            and not ("/" in one.text and _is_imported(one.text, edits))
        )
    )


def _is_imported(path: str, edits: Mapping[str, str | None]) -> bool:
    """Tell whether a path is that of a module which an edited file asks for in just that way."""
    return any(f"{mark}{path}{mark}" in (text or "") for text in edits.values() for mark in "'\"")


_MARK = re.compile(r"\s*(?:[@#*]|//|/\*)")
"""How a line begins that says something of the one below it: a decorator, a comment."""
_SOURCES = (".py", ".go", ".java")


def _told(fix: str, code: str) -> Iterator[Fragment]:
    """Yield the names of a text that stand behind no word of where, how or why.

    Words that ``code`` declares are names, too.
    """
    for sentence in _SENTENCE.split(fix):
        masked, codes = scan(sentence)
        aside = False
        for piece in re.finditer(r"⟦(\d+)⟧|[^⟦]+", masked):
            if piece[1] is None:
                yield from () if aside else _declared(piece[0], code)
                last = max((match.end() for match in _SAID.finditer(piece[0])), default=0)
                anew = max((match.end() for match in _ADDED.finditer(piece[0])), default=0)
                aside = last > anew if last or anew else aside
                aside = aside or "(" in piece[0].rpartition(")")[2]
            elif not aside and not _PART.match(masked, piece.end()) and not _stays(masked, piece):
                one = codes[int(piece[1])]
                yield from (one,) if one.shape in _NAMED else ()


_ENUMERATED = re.compile(
    r"(?<!\bas\s)(?<!\blike\s)(?<!\bthan\s)(?<!\bnot\s)\b(?:of|for|in|on|to)\s+(?:the\s+|both\s+)?"
    r"(?P<words>[a-z]\w{2,}(?:,\s+(?:the\s+)?[a-z]\w{2,})*,?\s+and\s+(?:(?:of|for|in|on|to)\s+)?"
    r"(?:the\s+)?[a-z]\w{2,})(?=\s*(?:$|[.;:,]|to\b|with\b|calls?\b|both\b))"
)


def _regions(task: Task, edits: Mapping[str, str | None]) -> str:
    """Return the lines of each file from the first that changes to the last."""
    found = []
    for path, text in edits.items():
        runs = line_runs(task.snapshot.get(path), text)
        rows = split_lines(task.snapshot.get(path) or "")
        found += rows[runs[0].old_start : runs[-1].old_end] if runs else []
    return "".join(found)


def _enumerated(fix: str, code: str, changed: str) -> Iterator[Fragment]:
    """Yield the words that one thing is told of in turn, *for winds and boats*, beside ``changed``.

    The code has to have each of them; what people list besides (*clarity and speed*) it has not.
    """
    for told in _ENUMERATED.finditer(scan(fix)[0]):
        words = set(re.findall(r"\w+", told["words"])) - {
            "and",
            "the",
            "of",
            "for",
            "in",
            "on",
            "to",
        }
        if all(re.search(rf"(?<![A-Za-z\d]){word}(?![A-Za-z\d])", code) for word in words):
            yield from (Fragment(one, Shape.NAME) for one in sorted(words) if one not in changed)


def _stays(masked: str, name: re.Match[str]) -> bool:
    """Tell whether a sentence says of a name that it is to stay as it is."""
    kept = _KEEP.search(masked[: name.start()]) is not None
    return kept or _REMAINS.match(masked, name.end()) is not None


_KEEP = re.compile(r"\b(?:keep|keeping|leave|leaving)\s+(?:the\s+|all\s+|both\s+)*$", re.IGNORECASE)
_REMAINS = re.compile(
    r"(?:\(\))?\s+(?:(?:calls?|statements?|lines?|ones?)\s+)?"
    r"(?:(?:is|are|does|re-?\w+)\s+[^.;⟦]*?\band\s+)?(?:(?:may|can|must|should|has\s+to)\s+)?"
    r"(?:stays?|remains?|(?:is|are|be)\s+(?:kept|left|right|fine|correct|good|ok(?:ay)?|all\s+right"
    r"|needed|meant|unaffected))\b",
    re.IGNORECASE,
)


def _declared(words: str, code: str) -> Iterator[Fragment]:
    """Yield the words before a word of where, how or why that ``code`` declares as names."""
    told = _SAID.search(words)
    plain = words[: told.start() if told else None]
    placed = [one["name"] for form in _PLACED for one in form.finditer(words)]
    for word in placed:
        if re.search(rf"\b{re.escape(word)}\s*[:=({{<]", code):
            yield Fragment(word, Shape.NAME)
    for match in re.finditer(r"\b[A-Z]\w{2,}\b", plain):
        word = match[0]
        if _REMAINS.match(words, match.end()) is None and re.search(
            rf"(?m)^\s*(?:export\s+)?(?:{_DECLARES})?{word}\b[ \t]*[:=({{<]", code
        ):
            yield Fragment(word, Shape.NAME)


_PLACED = (
    re.compile(r"^\s*(?:to|on)\s+(?:the\s+)?(?P<name>[a-z_$][\w$]{2,})(?=\s*(?:$|[.,;]|and\b))"),
    re.compile(r"(?:^|[.;,]\s*)(?P<name>[a-z_$][\w$]{2,})\s*:\s*$"),
    re.compile(
        r"\b(?:[Mm]ark|[Mm]ake|[Dd]eclare)\s+(?:the\s+|both\s+)?(?P<name>[a-z_$][\w$]{2,})"
        r"(?:\s+and\s+[\w$]+)?\s+(?:as\s+)?(?:public|private|protected|readonly|static|async|final)\b"
    ),
)
"""A plain word behind code that goes *to* it, one before a colon and code, and one to be marked."""
_DECLARES = (
    r"(?:const|let|var|function|class|type|interface|enum|def|func|public|static|final"
    r"|private)\s+(?:\w+\s+)?"
)


def _is_near(name: Fragment, changes_made: list[_Change]) -> bool:
    if name.shape is Shape.PATH:
        stem = PurePosixPath(name.text).name
        bare = stem.split(".")[0] or stem
        return any(one.path.endswith(stem) or bare in one.lines for one in changes_made)
    last = re.sub(r"\W+$", "", name.bare).rpartition(".")[2]
    if not last:
        return True
    word = re.compile(rf"(?<![\w$]){re.escape(last)}(?![\w$])")
    return any(
        word.search(one.lines) or word.search(one.holders) or last in PurePosixPath(one.path).parts
        or last == PurePosixPath(one.path).stem
        for one in changes_made
    )  # fmt: skip


def _change(task: Task, path: str, text: str | None) -> _Change:
    old, new = split_lines(task.snapshot.get(path) or ""), split_lines(text or "")
    lines: list[str] = []
    holders: list[str] = []
    for run in line_runs(task.snapshot.get(path), text):
        lines += [*run.gone, *run.written]
        holders += _holders(old, run.old_start) if run.gone else []
        holders += _holders(new, run.new_start) if run.written else []
        if all(_MARK.match(row) for row in run.written):
            holders += _marked(new, run.new_end)
    return _Change(path, "".join(lines), "".join(holders))


def _marked(rows: list[str], at: int) -> list[str]:
    """Return the line below ``at``, and those above it that mark it: decorators, comments."""
    marks: list[str] = []
    for row in rows[at:]:
        marks.append(row)
        if row.strip() and not _MARK.match(row):
            break
    return marks


def _holders(rows: list[str], at: int) -> list[str]:
    """Return the lines above ``at`` that hold it: each is indented less than the one below it."""
    holders: list[str] = []
    inner = next((row for row in rows[at:] if row.strip()), "")
    width = len(inner) - len(inner.lstrip())
    closes = re.match(r"\s*[)\]}]", inner) is not None
    for row in reversed(rows[:at]):
        own = len(row) - len(row.lstrip())
        holds = own < width or (closes and own == width)
        if row.strip() and holds and not re.match(r"\s*[)\]}]", row):
            holders.append(row)
            width, closes = own, False
        if not width and not closes and row.strip():
            break
    return holders
