"""A condition of a query that a finding quotes, written as the fix text shows it."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.model import Operation

_INNER = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_SHOWN = re.compile(rf"(?P<subquery>\b(?:NOT\s+)?EXISTS\s*{_INNER})", re.I)
_SIDE = rf"(?:[a-z_][\w.]*\s*{_INNER}|[a-z_][\w.]*|'[^']*'|-?\d[\d.]*|{_INNER})"
_TEST = rf"{_SIDE}\s*(?:>=|<=|<>|!=|=|<|>|\bLIKE\b|\bBETWEEN\b|\b(?:NOT\s+)?IN\b)\s*{_SIDE}"
_TESTS = re.compile(rf"(?P<tests>{_TEST}(?:\s+AND\s+{_TEST})*)")
_PREDICATE = re.compile(
    rf"(?P<head>\b(?:WHERE|AND|ON|HAVING)\s+)(?P<test>(?:NOT\s+)?(?:EXISTS\s*{_INNER}|"
    rf"{_SIDE}\s*(?:>=|<=|<>|!=|=|<|>|\bLIKE\b|\b(?:NOT\s+)?IN\b)\s*(?:{_INNER}|{_SIDE})))",
    re.I,
)
_STAR = re.compile(r"(?i)\bSELECT\s+(?P<star>\*)(?=\s)")


def condition_shown(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the quoted condition as shown: a subquery, a range; None where none is shown."""
    if not file.path.endswith(".sql") or saying.goes:
        return None
    text = saying.text.replace("`", "")
    subqueries = list(_SHOWN.finditer(text))
    ranges = list(_TESTS.finditer(text))
    shown = subqueries or ranges
    if len(shown) != 1:
        return None
    new = " ".join(shown[0][0].split())
    tests = [
        one for one in _PREDICATE.finditer(file.text, *_widened(file, span))
        if span[0] <= one.start("test") < span[1]
    ]  # fmt: skip
    tests = [one for one in tests if _same_sense(one["test"], new, subquery=bool(subqueries))]
    if len(tests) != 1:
        return None
    begin, end = tests[0].span("test")
    gone = file.text[begin:end]
    if " ".join(gone.split()).lower() == new.lower():
        raise Unreadable("it is written so already")
    if re.match(r"\s*\w", file.text[end:]) and re.match(r"\s*[-+*/|]", file.text[end:]):
        return None
    return (SettingEdit(begin, end, new, f"test `{new}`", Operation.REPLACE, (new,), ()),)


def _widened(file: SettingsFile, span: tuple[int, int]) -> tuple[int, int]:
    """Return the stretch up to the end of the statement that it is in."""
    stop = file.text.find(";", span[0])
    return span[0], max(span[1], stop if stop >= 0 else len(file.text))


def _same_sense(held: str, new: str, *, subquery: bool) -> bool:
    """Tell whether a condition speaks of the same column, and denies or does not, as another."""
    denied = [
        re.search(r"(?i)\bNOT\b", re.sub(r"\(.*", "", one, flags=re.S)) for one in (held, new)
    ]
    if subquery:
        outer = re.match(r"(?:NOT\s+)?(?P<column>[\w.]+)\s", held, re.I)
        table = re.search(r"(?i)\bFROM\s+(\w+)", held)
        if outer is None or table is None or (denied[0] is None) != (denied[1] is None):
            return False
        same = re.search(rf"(?i)\bFROM\s+{re.escape(table[1])}\b", new)
        return same is not None and outer["column"] in new
    left = re.split(r">=|<=|<>|!=|=|<|>|(?i:\bLIKE\b)", held)[0]
    names = [
        one for one in re.findall(r"[a-z_][\w.]*(?!\s*\()\b", left) if one not in {"from", "year"}
    ]
    values = set(re.findall(r"'[^']*'|\b\d[\d.]*", held))
    told = set(re.findall(r"'[^']*'|\b\d[\d.]*", new))
    named = any(re.search(rf"(?<![\w.]){re.escape(one)}\b", new) for one in names)
    bare = [one.strip("'") for one in told]
    return named and (
        not values or any(one.startswith(v.strip("'")) for v in values for one in bare)
    )


def columns_named(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """*Only s.id and s.name are read*: the columns in the place of the quoted star."""
    if not file.path.endswith(".sql") or not re.search(
        r"\*|\bstar\b|\bcolumns?\b|\bname\w*\b", saying.text
    ):
        return None
    stars = list(_STAR.finditer(file.text, *span))
    names = [one.text for one in saying.news]
    listed = re.search(
        r"(?:\b\w+(?:\.\w+)?)(?:\s*,\s*(?:and\s+)?\w+(?:\.\w+)?)+(?:\s+and\s+\w+(?:\.\w+)?)?",
        saying.text,
    )
    if len(stars) != 1 or saying.goes:
        return None
    if not names and listed is not None:
        names = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", listed[0])
    if not names or not all(re.fullmatch(r"[a-z_]\w*(?:\.[a-z_]\w*)?", one) for one in names):
        return None
    known = set(re.findall(r"\w+", file.text))
    if not all(part in known for one in names for part in one.split(".")) and not all(
        "." in one for one in names
    ):
        return None
    new = ", ".join(names)
    return (
        SettingEdit(*stars[0].span("star"), new, f"select {new}", Operation.REPLACE, (new,), ()),
    )
