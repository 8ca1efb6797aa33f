"""What a fix text tells in words, *a tag that names the version*, and an edit does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.line_runs import new_lines
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.text.plain import one_line
from mendbook.text.stems import stems

_SAYS = (
    r"(?:names?|says?|tells?|gives?|states?|explains?|lists?|mentions?|describes?|documents?|"
    r"records?|points?\s+(?:to|at))"
)
_TOLD = re.compile(
    rf"\b(?:a|an|one)\s+(?:[a-z]+\s+|\S*@\S+\s+)?(?P<what>tag|comment|note|message|"
    rf"error|exception|warning|line|header|docstring|entry|"
    rf"label|annotation|hint|reason|description|section)s?\s+"
    rf"(?:that|which)\s+(?P<says>{_SAYS}\s+(?P<object>[^.;:,]+))",
    re.IGNORECASE,
)
_BY_COMMAND = re.compile(
    r"\b(?:and|then)\s+(?P<step>(?:(?!\band\b)[^.;⟦])*?\b(?:with|by|via|through|over|us(?:e|ing)|call)\s+"
    r"(?:an?\s+|one\s+|single\s+)*(?P<command>[A-Z]{3,})\b)"
)
"""A later step by a command that is written in capitals, as of SQL, Redis or SMTP."""
_AND_DO = re.compile(
    r"\b(?:and|then)\s+(?:also\s+|then\s+)?(?P<verb>[a-z]{3,})\s+(?P<what>it|them)\b"
    r"(?P<how>[^.;:]*)"
)
_FOR = re.compile(r"\b(?:so\s+that|in\s+order\s+to|that|which|who|can|could|because|since)\b")
_NO_VERBS = {
    *("after", "before", "with", "from", "for", "into", "onto", "under", "over", "above"),
    *("below",),
    *("let", "not", "that", "then", "when", "where", "what", "only", "both", "make", "keep"),
    *("leave", "give", "behind", "without", "around", "about", "against", "like", "once", "pass"),
}
_NAMED = re.compile(
    r"\b(?i:as|named|called|(?:name|call)(?:\s+it|\s+them)?)\s+(?P<name>[A-Z][A-Z\d_]{2,})\b"
)
_PLAIN = {"the", "that", "which", "what", "this", "with", "its", "for", "was", "has", "are", "and",
          "why", "how", "when", "where", "who", "any", "all", "each"}  # fmt: skip
_STEM = 4


def untold(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return what ``fix`` wants said, and an edit from ``before`` to ``after`` does not say.

    *A comment that explains the order* is told where an added line has a word of it: no edit can
    say what the text itself does not. *Read each page with one MGET* is carried out where that
    command stands in the code, or goes.
    """
    rows = "\n".join(new_lines(before, after))
    added = {*stems(rows, without=_PLAIN)}
    return (
        *_not_named(fix, after),
        *_not_put(fix, rows),
        *_not_said(fix, added),
        *_not_given(fix, before, after),
        *_not_done(fix, added, rows),
    )


def _not_done(fix: str, added: set[str], rows: str) -> Iterator[str]:
    """Yield the steps by a verb that no table has, *and count it*, of which no added line has it.

    What another one can do, or what something is done for, is no step; one that is told by text in
    quotes is done where that is written.
    """
    masked, codes = scan(fix)
    for told in _AND_DO.finditer(masked):
        sentence = re.split(r"[.;:]\s", masked[: told.start()])[-1]
        word = told["verb"]
        known = verb_of(word) is not None or word in _NO_VERBS or _FOR.search(sentence)
        commands = {*stems(" ".join(re.findall(r"[A-Z]{3,}", told["how"])), without=_PLAIN)}
        texts = [codes[int(at)] for at in re.findall(r"⟦(\d+)⟧", told["how"])]
        if any(one.shape is Shape.PATH for one in texts):
            continue  # whether the file is touched is asked elsewhere
        texts = [one for one in texts if one.shape is Shape.TEXT]
        if texts and all(one.bare.strip("'\"") in rows for one in texts):
            continue
        if not known and not added & {word[:_STEM], *commands}:
            yield f"{word} {told['what']}"


def _not_named(fix: str, after: str) -> Iterator[str]:
    """Yield a name in capitals that something is to get, *hoist it as WORD*, and has not."""
    for told in _NAMED.finditer(fix):
        if not re.search(rf"\b{told['name']}\b", after, re.IGNORECASE):
            yield f"{told['name']} is not there"


def _not_put(fix: str, rows: str) -> Iterator[str]:
    """Yield each of two operators that are told together, *=== and !==*, and not written."""
    masked, codes = scan(fix)
    for pair in re.finditer(r"⟦(\d+)⟧\s+and\s+⟦(\d+)⟧", masked):
        marks = [codes[int(at)] for at in pair.groups()]
        if all(one.shape is Shape.OPERATOR for one in marks):
            yield from (f"`{one.text}` is not written" for one in marks if one.text not in rows)


def _not_said(fix: str, added: set[str]) -> Iterator[str]:
    for told in _TOLD.finditer(fix):
        wanted = {*stems(told["object"], without=_PLAIN)}
        if wanted and not wanted & added:
            yield f"{told['what'].lower()} {one_line(told['says'], 80)}"


def _not_given(fix: str, before: str, after: str) -> Iterator[str]:
    """Yield the later steps whose command in capitals stands neither before nor after."""
    code = f"{before}\n{after}".lower()
    for told in _BY_COMMAND.finditer(scan(fix)[0]):
        if told["command"].lower() not in code:
            yield one_line(told["step"], 80)
