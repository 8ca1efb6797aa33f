"""Numbers and lists as a person writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
HEADLINE_WORDS = 12
_CLAUSE_WORDS = 4
_CODE_NAME = re.compile(r"^[^A-Z]*[a-z\d][A-Z]|[\w)\]][._$/(\[\\]|[_$@#<]|^\.|\w:\w|::|^-")
_CLAUSE_ENDS = re.compile(
    r"[:;—–](?=\s)|,(?=\s(?:so|which|because|but|while|whereas|although|though|since|and it|yet)\b)"
    r"|,(?=\sand\s(?:the|an?|its|their|each|every|nobody|nothing)\s)"
    r"|\s(?=(?:because|so that|although|whereas|while|instead of|rather than)\s)|[：；]"
)
_PARTING = {":", ";", "—", "–", "："}
"""Marks behind which something of its own is said: half of that is no heading."""
_BESIDE = re.compile(
    r",\s(?=(?:and|or|outside|each|every one|including|even|not|with|without|in|on|at|for|from|by"
    r"|as|like|such as|to|under|within|leaving|using|making)\s)"
)
"""Begins what is said beside the thought of a sentence."""
ARTICLE = re.compile(
    r"(?<!\bonce )(?<!\btwice )(?<!\btimes )(?<!\bsuch )(?<![\w`'\"])(?:[Tt]he|[Aa]n?)\s+"
    r"(?!(?:few|lot|little|while)\b)(?=[\w`'\"])"
)
_SENTENCE_ENDS = re.compile(
    r"""(?<=[^\s.][.!?])(?=\s+["'`(]?[A-Z0-9À-Þ])|(?<=[a-z)`][.])(?=\s+[a-z]\w*(?:[.(_]\w|[A-Z]))|(?<=[。！？])|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)"""
)


def first_sentence(text: str) -> str:
    """Return the first sentence of ``text`` on one line, without its full stop."""
    sentence = " ".join(_SENTENCE_ENDS.split(text.strip(), maxsplit=1)[0].split())
    return sentence.rstrip(".。:")


def headline(title: str, problem: str) -> str:
    """Return what a heading calls a finding: its title, else the first sentence of its problem.

    Of a sentence no more than twelve words are taken, and of those the last whole clause where
    there is one of four words or more.
    """
    if given := " ".join(title.split()):
        return given
    said = first_sentence(problem)
    words = said.split(" ")
    if len(words) <= HEADLINE_WORDS:
        return said
    whole = _whole_clause(said, HEADLINE_WORDS) or _reduced(said, HEADLINE_WORDS)
    return whole or " ".join(words[:HEADLINE_WORDS]).rstrip(" ,;:—–-(") + " …"


def _whole_clause(words: str, most: int) -> str:
    """Return the longest beginning of up to ``most`` words that ends with a clause; or nothing."""
    ends = [(words[: each.start()].rstrip(" ,"), each[0]) for each in _CLAUSE_ENDS.finditer(words)]
    fitting = (each for each in ends if _CLAUSE_WORDS <= len(each[0].split()) <= most)
    whole = [each for each in fitting if _closed(each[0])]
    told = [head for head, mark in whole if mark in _PARTING]
    return (told or [head for head, _ in whole] or [""])[-1]


def _reduced(sentence: str, most: int) -> str:
    """Return ``sentence`` without what is said beside it, then without articles; or nothing.

    What is left is the whole thought in up to ``most`` words.
    """
    plain = sentence.rstrip(".。:")
    heads = [plain[: match.start()] for match in _BESIDE.finditer(plain)]
    whole = [head for head in heads if len(head.split()) >= _CLAUSE_WORDS and "," not in head]
    short = [ARTICLE.sub("", said) for said in (plain, *reversed(whole))]
    for said in (*reversed(whole), *map(capitalised, short)):
        if len(said.split()) <= most and _closed(said):
            return said
    return ""


def _closed(words: str) -> bool:
    """Return whether every bracket, backtick and quote opened in ``words`` is closed there."""
    pairs = all(words.count(a) == words.count(b) for a, b in ("()", "[]", "{}", "“”"))
    return pairs and all(words.count(mark) % 2 == 0 for mark in '`"')


def number(value: float) -> str:
    """Return ``value`` with at most two decimals and no needless zeros: ``2.5``, ``40``."""
    rounded = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if rounded in {"-0", ""} else rounded


def hours(value: float) -> str:
    """Return ``value`` as hours: ``2.5 h``."""
    return f"{number(value)} h"


def span(low: float, high: float) -> str:
    """Return a range of hours: ``2–4 h``, or ``2 h`` when both ends are the same."""
    if number(low) == number(high):
        return hours(low)
    return f"{number(low)}–{number(high)} h"


def percent(share: float) -> str:
    """Return a share of 0..1 as a percentage: ``12 %``, with a decimal below 10 %."""
    value = 100 * share
    return f"{value:.1f} %" if 0 < value < 9.95 else f"{value:.0f} %"


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return ``1 finding``, ``3 findings``, ``no findings``."""
    word = noun if amount == 1 else plural or f"{noun}s"
    return f"{amount or 'no'} {word}"


def moment(iso: str) -> str:
    """Return an ISO 8601 time as ``12 February 2026, 09:24 UTC``; other text as it is."""
    try:
        when = dt.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = when.tzname() or ""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} {zone}".strip()


def listed(items: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def some(items: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` of ``items``, and then how many more there are."""
    if len(items) <= most:
        return list(items)
    return [*items[:most], f"{len(items) - most} more"]


def runs(numbers: Iterable[int]) -> str:
    """Return sorted numbers with neighbours drawn together: ``1–3, 5``; none is a dash."""
    spans: list[list[int]] = []
    for value in sorted(set(numbers)):
        if spans and value == spans[-1][1] + 1:
            spans[-1][1] = value
        else:
            spans.append([value, value])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans) or "—"


def capitalised(words: str, names: Collection[str] = ()) -> str:
    """Return ``words`` with a capital first letter, unless they begin with a name of code.

    ``oldThing``, ``os.path``, ``load_all``, ``gate:open`` and ``main()`` are such names, and what
    ``names`` has.
    """
    first = words.partition(" ")[0].rstrip(".,:;!?")
    is_name = first in names or _CODE_NAME.search(first)
    return words if is_name else words[:1].upper() + words[1:]


def continued(words: str) -> str:
    """Return a sentence as it stands inside another: small at its beginning, no full stop."""
    said = words.strip().rstrip(".")
    first = said.partition(" ")[0]
    return said[:1].lower() + said[1:] if first.isalpha() and first[1:].islower() else said


def sentence(words: str, names: Collection[str] = ()) -> str:
    """Return ``words`` with a capital first letter and a full stop at the end.

    ``names`` are identifiers, which keep their case even where they look like a word.
    """
    stripped = words.strip()
    if not stripped:
        return ""
    capital = capitalised(stripped, names)
    return capital if capital[-1] in ".!?…:" else f"{capital}."
