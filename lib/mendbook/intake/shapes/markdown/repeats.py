"""Leave aside what repeats a finding, or is a remark or a table of all that was looked at."""

from __future__ import annotations

import re

from mendbook.intake.shapes.containers import holds_findings
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import is_imperative, is_sentence, names_file
from mendbook.intake.shapes.markdown.grids import is_grade
from mendbook.intake.shapes.markdown.telling import (
    ALIKE,
    SEVERAL,
    below_findings,
    id_of,
    says_more,
    tells,
    title_words,
)
from mendbook.intake.shapes.rows import Row
from mendbook.model import Left


def with_looked_at(rows: list[Row], looked_at: list[Row], left: list[Left]) -> list[Row]:
    """Return what was looked at and does not work, where little else lists findings."""
    if not looked_at or _FEW_BESIDE * len(rows) <= len(looked_at):
        return [*rows, *looked_at]
    why = f"{len(looked_at)} left aside: a table of all that was looked at, beside the findings"
    example = "; ".join(map(str, looked_at[0].values.values()))
    left.append(Left(looked_at[0].place, example[:120], why))
    return rows


_FEW_BESIDE = 3
"""How many times as many rows of what was looked at there are from which they are the findings."""


def told_apart(rows: list[Row], left: list[Left]) -> list[Row]:
    """Leave aside what repeats an id with less, and items without any where nearly all have one."""
    named_rows = [row for row in rows if id_of(row)]
    mostly = len(named_rows) >= 4 and len(named_rows) >= 0.6 * len(rows)
    first: dict[str, Row] = {id_of(row): row for row in rows if row.group != "lists" or tells(row)}
    whole = {id_of(row): row for row in rows if row.group == "headings"}
    full = sum(row.group == "headings" and _is_full(row) for row in rows) >= SEVERAL
    again = _again(rows)
    graded = [row for row in rows if row.group == "headings" and "severity" in row.outer]
    headed = len(graded) >= SEVERAL and 2 * len(graded) > len(rows)
    kept: list[Row] = []
    for row in rows:
        name = id_of(row)
        bare = row.group == "lists" and not tells(row) and not _is_placed(row)
        bare = bare and not (below_findings(row) and _is_explained(row))
        if full and _is_remark(row):
            left.append(Left(row.place, str(row.values.get("title", ""))[:120], _REMARK))
            continue
        if headed and _asks_again(row):
            left.append(Left(row.place, str(row.values.get("title", ""))[:120], _AGAIN))
            continue
        twice = row.group == "lists" and bool(name) and name in whole
        twice = twice and _same_headline(row, whole[name])
        if row in again:
            left.append(Left(row.place, str(row.values.get("title", ""))[:120], _AGAIN))
            continue
        expected = "severity" in row.outer and not _is_left_over(row, rows)
        if twice or (bare and (name in first if name else mostly and not expected)):
            left.append(Left(row.place, str(row.values.get("title", ""))[:120], _ASIDE))
            continue
        first.setdefault(name, row)
        kept.append(row)
    return kept


def _is_explained(row: Row) -> bool:
    """Tell whether an item has a headline, and sentences of its own that do not go on with it."""
    title, said = str(row.values.get("title", "")), str(row.values.get("problem", ""))
    return bool(title) and is_sentence(said) and not said.startswith(title)


def _is_left_over(row: Row, rows: list[Row]) -> bool:
    """Tell whether fewer than half of the items beside one are placed, graded or mended."""
    beside = [one for one in rows if one.group == "lists" and one.outer == row.outer]
    told = sum(bool(id_of(one)) or tells(one) or _is_placed(one) for one in beside)
    return 2 * told < len(beside)


_ASKED = re.compile(
    r"\b(?:must|should|needs? to|has to|fix|patch|muss|müssen|sollte|doit|devrait|debe|deve"
    r"|dovrebbe|должен|должна)\b|必须|应",
    re.I,
)
"""Words of a headline that says what to do."""
_NEARLY_ALL = 0.7
"""Share of the headings from which the rest of them stand out."""


def _again(rows: list[Row]) -> list[Row]:
    """Return headings without number and grade that name a piece of code of a numbered finding.

    Where nearly all headings are numbered, one without stands for a finding told at length above:
    ``Patch for `ring_bell()` `` repeats ``2.4 Bell is rung twice``, which speaks of it.
    """
    headed = [row for row in rows if row.group == "headings"]
    counted = [row for row in headed if row.number or id_of(row)]
    if len(counted) < SEVERAL or len(counted) < _NEARLY_ALL * len(headed):
        return []
    texts = [" ".join(map(str, row.values.values())) for row in counted]
    repeats: list[Row] = []
    for row in headed:
        own = {name.field for key in row.values if (name := named(key))}
        names = re.findall(r"\w[\w.]*(?:_|[a-z](?=[A-Z])|\()\w*", str(row.values.get("title", "")))
        told = [name for name in names if sum(name in text for text in texts) == 1]
        asked = _ASKED.search(str(row.values.get("title", ""))) is not None
        if told and asked and row not in counted and "severity" not in own:
            repeats.append(row)
    return repeats


def _asks_again(row: Row) -> bool:
    """Tell whether an item says what to do and nothing else: no place, grade, id or reason."""
    said = str(row.values.get("title") or row.values.get("problem", ""))
    bare = row.group == "lists" and not tells(row) and not id_of(row) and not _is_placed(row)
    return bare and is_imperative(said)


_ASIDE = "an item without id, severity or fix among findings that have them"


_AGAIN = "it repeats a finding that stands elsewhere"
_REMARK = "an item that has nothing but words, among findings under headings that have fields"


def _is_full(row: Row) -> bool:
    """Tell whether a heading has labelled fields that place and grade or explain a finding."""
    told = {name.field for key in row.values if (name := named(key)) and name.rank < 200}
    return "file" in told and bool(told & {"severity", "problem", "impact", "fix"})


def _is_remark(row: Row) -> bool:
    """Tell whether an item of a list has no place, grade, id or fix, of its own or around it."""
    if row.group != "lists" or tells(row) or id_of(row) or row.outer.keys() & {"severity", "file"}:
        return False
    if holds_findings(row.outer.get("category", "")):
        return False  # the headline right above says that they are findings
    texts = [str(value) for value in row.values.values()]
    return not any(is_grade(text) or names_file(text) for text in texts)


def said_once(rows: list[Row], left: list[Left]) -> list[Row]:
    """Leave aside items of lists that have nothing but words, and say again what another row says.

    ``No lock on the gate (five tries)`` among the gaps of an area, ``No lock on the gate`` above.
    """
    titles = [(title_words(row), row) for row in rows if row.group != "lists" or tells(row)]
    kept: list[Row] = []
    for row in rows:
        words = title_words(row)
        bare = row.group == "lists" and not says_more(row) and not tells(row) and not id_of(row)
        again = bare and any(
            one is not row
            and (len(words) >= SEVERAL or words == others != set())
            and len(words & others) >= ALIKE * max(len(words), len(others))
            and not _apart(row, one)
            for others, one in titles
        )
        if again:
            left.append(Left(row.place, str(row.values.get("title", ""))[:120], _AGAIN))
        else:
            kept.append(row)
    return kept


def _apart(row: Row, other: Row) -> bool:
    """Tell whether two rows name files, and not the same ones."""
    places, others = (
        {str(value) for key, value in one.values.items() if (n := named(key)) and n.field == "file"}
        for one in (row, other)
    )
    return bool(places and others) and not places & others


def _is_placed(row: Row) -> bool:
    return any(names_file(str(value)) for value in row.values.values())


def _same_headline(row: Row, other: Row) -> bool:
    words, others = title_words(row), title_words(other)
    return len(words & others) >= 0.5 * max(1, min(len(words), len(others)))
