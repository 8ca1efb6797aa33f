"""Find the code in a sentence: quoted, or recognised by its shape, with its brackets balanced."""

from __future__ import annotations

import re
from functools import lru_cache

from mendbook.fixes.instruction.fragments.code_end import code_end
from mendbook.fixes.instruction.fragments.expressions import IDENT, LEADS, SCHEMA
from mendbook.fixes.instruction.fragments.shape import PATHS, Fragment, Shape, classify, is_member

_LINES = re.compile(
    r"\bL(\d+)(?:\s*[-–]\s*L?(\d+))?\b|\blines?\s+(\d+)(?:\s*[-–]\s*(\d+))?\b", re.I
)
_TAG = re.compile(
    r"@(?:deprecated|see|internal|throws|since)\b"
    r"(?:\s+(?:[Uu]se|[Ss]ee|[Ss]ince|[Pp]refer|[Rr]eplaced|[Cc]all|[Ss]witch|[Mm]igrate"
    r"|[Ii]n favou?r)\b[^.;\n]*\.?)?"
)
_DOC = re.compile(r"/\*\*\s*(@(?:deprecated|see|internal|throws|since)\b[^*]*?)\s*\*/")
_URL = re.compile(r"https?://\S+")
_NONE = re.compile(r"is (?:not )?None\b")
_TOLD = re.compile(r"(?:\b(?:with|to|by|use|into)|^)\s*$", re.IGNORECASE)
_COMPARED = re.compile(r"(?:[<>]=?|[=!]==?)\s?(?=[\w'\"(-])")
"""An operator with what it compares to behind it: *use >= limit*."""
_TO_COMPARE = re.compile(rf"(?:^|[:,(]|\b(?:{'|'.join(sorted(LEADS))}))\s*$", re.IGNORECASE)
_BUILTIN = re.compile(r"node:[a-z_/]+\b|@[a-z][\w-]*/[a-z][\w-]*\b")
_PROSE_PLURAL = re.compile(r"[a-z]+\((?:s|es)\)")


_LOGS_IT = re.compile(r"(?P<noun>[a-z]+):\s+(?:console|log|logger|this\.log(?:ger)?)\.\w+\(")
_CALLS_IT = re.compile(
    rf"(?P<noun>[a-z]+):\s+(?:await\s+)?(?!{SCHEMA.pattern})[A-Za-z_$][\w$]*(?:\.[\w$]+)+\("
)
"""A word before a colon and a call of a member; what a schema is built of is left to its key."""
_OF_PLACE = re.compile(
    r"\b(?:to|for|of|by|from|into|through|in|on)\s+(?:the|its|this|that)\s+(?:[a-z]+\s+)?$",
    re.IGNORECASE,
)
"""Words that make what stands before a colon the end of a phrase: *hand it to the driver: db.q()*.

*A signal: AbortSignal.timeout(5000)* is a key and its value.
"""
_OF_NOUN = re.compile(r"\b(?:the|an?|its|this|that|each|every)\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
"""Words that make a noun, and no key, of what stands before a colon: *the error: log.warn(…)*."""


@lru_cache(maxsize=2048)
def scan(text: str) -> tuple[str, tuple[Fragment, ...]]:
    """Return ``text`` with each fragment replaced by ``⟦n⟧``, and the fragments.

    A fragment never ends within brackets or quotes; what is not recognised stays as prose.
    """
    fragments: list[Fragment] = []
    out: list[str] = []
    at = 0
    while at < len(text):
        stop, fragment = _at(text, at)
        if fragment is None:
            out.append(text[at:stop])
        else:
            out.append(f"⟦{len(fragments)}⟧")
            fragments.append(fragment)
        at = stop
    return "".join(out), tuple(fragments)


def _at(text: str, at: int) -> tuple[int, Fragment | None]:
    """Return where the next piece ends, and the fragment that it is."""
    char = text[at]
    if char == "`":
        return _ticked(text, at)
    before = text[at - 1] if at else " "
    if before.isalnum() or before in "_$":
        return at + 1, None
    if before == "-" and char.isdigit() and text[at - 2 : at - 1].isalpha():
        return at + 1, None
    if (url := _URL.match(text, at)) is not None:
        return url.end(), None
    if (lines := _LINES.match(text, at)) is not None:
        first = lines[1] or lines[3]
        last = lines[2] or lines[4] or first
        return lines.end(), Fragment(f"{first}-{last}", Shape.LINES)
    if (noted := _DOC.match(text, at)) is not None:
        return noted.end(), Fragment(" ".join(noted[1].split()), Shape.TAG)
    if (tag := _TAG.match(text, at)) is not None:
        return tag.end(), Fragment(_tag_text(tag[0]), Shape.TAG)
    if (plural := _PROSE_PLURAL.match(text, at)) is not None:
        return plural.end(), None
    if (path := PATHS.match(text, at)) is not None and not is_member(path[0]):
        return path.end(), Fragment(path[0], Shape.PATH)
    if (none := _NONE.match(text, at)) is not None and _TOLD.search(text[:at]):
        return none.end(), Fragment(none[0], Shape.OPERATOR)
    if (builtin := _BUILTIN.match(text, at)) is not None:
        return builtin.end(), Fragment(builtin[0], Shape.NAME)
    for form, lead in ((_LOGS_IT, _OF_NOUN), (_CALLS_IT, _OF_PLACE)):
        if (noun := form.match(text, at)) is not None and lead.search(text[:at]):
            return noun.end("noun"), None
    compared = _COMPARED.match(text, at) if _TO_COMPARE.search(text[:at]) else None
    if compared is not None:
        stop = max(code_end(text, compared.end()), _word_end(text, compared.end()))
        if stop > compared.end() and text[compared.end() : stop].lower() not in LEADS:
            return stop, Fragment(text[at:stop], Shape.CODE)
    stop = code_end(text, at)
    if char == "@" and text[stop - 1 : stop] == ".":
        stop -= 1
    if stop > at:
        return stop, classify(text[at:stop])
    if (word := IDENT.match(text, at)) is not None:
        return word.end(), None
    return at + 1, None


_ALONE = re.compile(r"\s*(?:$|[.,;)]|(?:in|for|on|at|instead|here|there|as)\b)", re.IGNORECASE)


def _word_end(text: str, at: int) -> int:
    """Return the end of the plain name or number at ``at``; ``at`` for a word of the sentence."""
    match = IDENT.match(text, at) or re.compile(r"-?\d[\w.]*(?<!\.)").match(text, at)
    if match is None:
        return at
    return match.end() if _ALONE.match(text, match.end()) or not match[0].islower() else at


def _tag_text(tag: str) -> str:
    return re.sub(r"\s+(?:tag|to|on|in|for|above|comment)\b.*$", "", tag).strip()


def _ticked(text: str, at: int) -> tuple[int, Fragment | None]:
    run = re.match(r"`+", text[at:])
    mark = run[0] if run else "`"
    inner = text.find(mark, at + len(mark))
    if inner < 0:
        return at + len(mark), None
    # a template literal within one pair of ticks: `${a}` inside `fetch(`…`)` ends at the last tick
    content = text[at + len(mark) : inner]
    if len(mark) == 1:
        while (_depth(content) > 0) and (more := text.find("`", inner + 1)) >= 0:
            inner = more
            content = text[at + 1 : inner]
    stop = inner + len(mark)
    content = re.sub(r"^\w+\n", "", content) if len(mark) >= 3 else content
    content = content.strip()
    if not content:
        return stop, None
    shape = classify(content)
    return stop, Fragment(content, shape.shape, quoted=True)


def _depth(content: str) -> int:
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", content)
    opened = sum(bare.count(char) for char in "([{")
    return (
        opened
        - sum(bare.count(char) for char in ")]}")
        - (1 if re.search(r"\.\w+\($", bare) else 0)
    )
