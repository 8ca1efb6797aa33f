"""What a fix text wants said in words, *a tag that names the version*, and an edit does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.alignment import changes, split_lines
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.verbs import Verb
from mendbook.text.plain import one_line

_SAYS = (
    r"(?:names?|says?|tells?|gives?|states?|explains?|lists?|mentions?|describes?|documents?|"
    r"records?|points?\s+(?:to|at))"
)
_TOLD = re.compile(
    rf"\b(?:a|an|one)\s+(?:[a-z]+\s+|\S*@\S+\s+)?(?P<what>tag|comment|note|message|error|exception|warning|line|header|docstring|entry|"
    rf"label|annotation|hint|reason|description|section)s?\s+"
    rf"(?:that|which)\s+(?P<says>{_SAYS}\s+(?P<object>[^.;:,]+))",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"\b[A-Z]{3,}\b")
"""A command that is written in capitals, as of SQL, Redis or SMTP."""
_WITH = {Verb.USE, Verb.CALL}
_WORD = re.compile(r"[A-Za-z]{3,}")
_PLAIN = {"the", "that", "which", "what", "this", "with", "its", "for", "was", "has", "are", "and",
          "why", "how", "when", "where", "who", "any", "all", "each"}  # fmt: skip
_STEM = 4


def untold(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return what ``fix`` wants said, and an edit from ``before`` to ``after`` does not say.

    *A comment that explains the order* is told where an added line has a word of it: no edit can
    say what the text itself does not. *Read each page with one MGET* is carried out where that
    command stands in the code, or goes.
    """
    return (*_not_said(fix, before, after), *_not_given(fix, before, after))


def _not_said(fix: str, before: str, after: str) -> Iterator[str]:
    new = split_lines(after)
    runs = changes(split_lines(before), new)
    added = {*_stems("".join(row for run in runs for row in new[run.new_start : run.new_end]))}
    for told in _TOLD.finditer(fix):
        wanted = {*_stems(told["object"])}
        if wanted and not wanted & added:
            yield f"{told['what'].lower()} {one_line(told['says'], 80)}"


def _not_given(fix: str, before: str, after: str) -> Iterator[str]:
    code = f"{before}\n{after}".lower()
    for clause in read(fix).clauses:
        later = clause.verb in _WITH and not fix.startswith(clause.text)
        for command in _COMMAND.findall(clause.text) if later else ():
            if command.lower() not in code:
                yield one_line(clause.text, 80)


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text)):
        if word.lower() not in _PLAIN:
            yield word.lower()[:_STEM]
