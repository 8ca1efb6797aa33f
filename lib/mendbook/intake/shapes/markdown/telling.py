"""Tell what the row of a finding says: its id, its headline, and whether it has more than words."""

from __future__ import annotations

import re

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_sentence
from mendbook.intake.shapes.markdown.grids import is_grade
from mendbook.intake.shapes.markdown.matrices import FINDING
from mendbook.intake.shapes.rows import Row, plain_id, same_words


def id_of(row: Row) -> str:
    """Return the id of a row as ids are compared; empty where it has none but a number."""
    for key, value in row.values.items():
        name = named(key)
        if not name or name.field != "id" or is_sentence(value):
            continue
        if re.search(r"[^\W\d]", str(value)):
            return identity(plain_id(str(value)))
    first = str(next(iter(row.values.values()), "")).strip("*`[] ") if row.group == "tables" else ""
    return identity(first) if _FIRST_ID.fullmatch(first) else ""


_FIRST_ID = re.compile(r"(?![PS][0-5]\Z)[A-Z]{1,5}-?\d{1,3}[a-z]?")
"""An id in the first cell of a row, whatever its column is called; no rank."""


def tells(row: Row) -> bool:
    """Tell whether a row has a severity, a fix or an impact of its own."""
    told = {name.field for key in row.values if (name := named(key))}
    return bool(told & {"severity", "fix", "impact", "status"})


def says_more(row: Row) -> bool:
    """Tell whether a row has more than a headline, grades and a place, or is long."""
    told = {name.field for key in row.values if (name := named(key))}
    graded = {
        name.field for key, value in row.values.items() if (name := named(key)) and is_grade(value)
    }
    return bool((told - graded) & {"fix", "evidence", "impact"}) or len(str(row.values)) > 300


def title_words(row: Row) -> set[str]:
    """Return the words of a row's headline, in small letters."""
    for wanted in ({"title", "problem"}, {""}):
        for key, value in row.values.items():
            name = named(key)
            if (name.field if name else "") in wanted and not is_grade(value):
                return _said_words(str(value).lower())
    return set()


def title_stems(row: Row) -> set[str]:
    """Return the beginnings of a headline's words: ``optimization`` names ``Optimizations``."""
    return {word.removesuffix("s")[:5] for word in title_words(row)}


def _said_words(text: str) -> set[str]:
    """Return the words of ``text``; of scripts without spaces, the pairs of their signs."""
    runs = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]+", text)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return pairs | set(re.findall(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{3,}", text))


def identity(text: object) -> str:
    """Return an id as it is compared: letters and digits, without leading zeros."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", same_words(text))


ALIKE = 0.6
"""Share of a headline's words from which another names the same finding."""


SEVERAL = 3
"""Words from which two headlines can be compared."""


def below_findings(row: Row) -> bool:
    """Tell whether the heading right above an item is the very word for what is wrong."""
    words = plain_key(row.outer.get("category", "")).split()
    return any(word in FINDING or word.removesuffix("s") in {*FINDING, *_WORSE} for word in words)


_WORSE = {"violation", "smell", "flaw", "concern", "bottleneck", "pitfall", "verstoß", "violación"}
"""Words for what is wrong that name no column of a table."""
