"""Take the first words of an item of a list apart: its headline, and what goes on."""

from __future__ import annotations

import re

from mendbook.intake.shapes.containers import only_severity
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import fault_words, is_path, is_sentence, names_file
from mendbook.intake.shapes.markdown.context import NO_SEVERITIES
from mendbook.intake.shapes.markdown.heads import read_head, says_something
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import is_status_alone, read_status
from mendbook.intake.shapes.where import with_rows


def struck_first(text: str) -> str:
    """Return an item without the word that says before struck words what became of them.

    ``**Resolved:** ~~The bell is dumb~~ It rings again.``
    """
    match = _STATUS_FIRST.fullmatch(text)
    status = read_status(match["status"]) if match else None
    return match["struck"] if match and status is not None and status.closed else text


_STATUS_FIRST = re.compile(
    r"\s*(?:\*\*|__)(?P<status>[^*_:：\n]{3,20}?)\s*[:：]?(?:\*\*|__)\s*[:：]?\s*(?P<struck>~~.+)",
    re.DOTALL,
)


def item_lead(text: str) -> tuple[str, str]:
    """Return the bold words that an item begins with, and the rest."""
    match = re.match(
        r"\s*(?P<tags>(?:[\[(][^\])]{1,24}[\])]\s*|[^\w\s*_`\[(]\s*|`?[A-Z]+-?\d+`?[:.]?\s+)*+)"
        r"(?:\*\*(?P<strong>(?:[^*\n]|\*(?!\*)|\n(?!\n)){1,240}?)\*\*|(?:__|\*|_)(?P<bold>[^*\n]+?)(?:__|\*|_))"
        r"(?P<rest>.*)",
        text,
        re.DOTALL,
    )
    if match is None:
        return "", text
    bold, rest = match["strong"] or match["bold"], match["rest"]
    head = read_head(bold)
    alone = re.fullmatch(r"[^\W\d_]{4,}", head.title) is not None and not read_severity(head.title)
    goes_on = re.match(r"\s+[^\W\d_A-Z]", rest) is not None and re.match(r"[\w`]", bold[-1])
    bare = rest.strip(" \n:：.") == "" or (goes_on and _is_name(bold) and fault_words(rest))
    if is_status_alone(bold) or (not says_something(head.title) and not (alone and bare)):
        # only a tag is bold: **HIGH** the text goes on
        graded = read_severity(bold)
        noted = plain_key(bold) in NO_SEVERITIES
        if (
            (graded and graded.exact and not noted)
            or read_head(f"{bold} x").id
            or read_status(bold)
        ):
            cut = re.match(r"\s*[:：—–-]*\s*(?P<first>.*)", rest, re.DOTALL)
            said = f"[{bold.strip(' :.[]')}] {cut['first'] if cut else rest}"
            return "", f"{match['tags']}{said}" if _names_it(match["tags"]) else said
        return "", text
    if goes_on and is_sentence(text):
        # a sentence that the bold words begin: **Night boats** are shown without a berth
        return f"{match['tags']}{bold}".strip(), f"{bold}{rest}"
    tail = re.match(
        r"\s*(?P<aside>(?:\([^()\n]{1,80}\)\s*)+)?[.:：—–-]*\s*(?P<body>.*)", rest, re.DOTALL
    )
    aside = tail["aside"] or "" if tail else ""
    return f"{match['tags']}{bold} {aside}".strip(), tail["body"] if tail else rest


def _names_it(tags: str) -> bool:
    """Tell whether an id or the name of one stands before bold words: ``B-4. **OPEN**``."""
    return bool(tags.strip()) and bool(read_head(f"{tags} x").id)


def graded_lead(lead: str, rest: str) -> tuple[str, str]:
    """Return a headline with the grade that is all the line says behind it, and what goes on.

    ``**Bell rope** - HIGH PRIORITY`` over the points that say what is wrong with it.
    """
    match = _GRADE_BEHIND.match(rest) if lead.strip() else None
    if match is None or not only_severity(match["grade"]):
        return lead, rest
    return f"[{match['grade']}] {lead}", f"{match['aside'] or ''}{rest[match.end() :]}"


_GRADE_BEHIND = re.compile(
    r"\s*\**(?P<grade>[^\W\d_]{3,10}(?:[ -][^\W\d_]{4,10})?)\**[ \t]*"
    r"(?:\((?P<aside>[^()\n]+)\))?[ \t]*(?=\n|\Z)"
)


def colon_lead(
    text: str, pieces: list[tuple[str, str]], *, expected: bool
) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Take a bold name that a colon ends for the headline: ``**parser:** High - it loops``.

    ``expected`` says that findings stand around: else a name and its text alone are a setting's.
    Return the headline, what is said of it, and the rest of the text with its pieces.
    """
    before, (label, rest) = pieces[0][1], pieces[1]
    placed = with_rows(label)
    if len(pieces) == 2 and not before.strip(" -•") and is_path(placed) and names_file(placed):
        return "", f"`{placed.strip('` ')}`: {rest.strip()}", text, [("", text)]
    if before.strip(" -•") or not (_is_name(label) or _is_counted(label)):
        return "", before, text, pieces
    if _is_counted(label) or _is_graded(label):
        behind = "".join(f"**{name}:** {value}\n" for name, value in pieces[2:])
        return label, rest, behind, [("", ""), *pieces[2:]]
    label = _with_grade(label)
    said = read_head(rest)
    if len(pieces) == 2 and not label.startswith("[") and not (expected or said.severity):
        return "", before, text, pieces
    if said.severity:
        label, rest = f"[{said.severity}] {label}", said.title
    others = [("", ""), *pieces[2:]]
    text = "".join(f"**{name}:** {value}\n" for name, value in pieces[2:])
    return label, rest, text, others


def _is_counted(label: str) -> bool:
    """Tell whether a bold name has an id of its own: ``TD-4 — `tide.go` — low``, ``B-2 (high)``."""
    ident = read_head(f"{label} x").id
    return re.fullmatch(r"[A-Z]{1,8}-\d{1,4}[a-z]?|[A-Z]{1,3}\d{1,4}", ident) is not None


def _is_graded(label: str) -> bool:
    """Tell whether a bold name has its grade: ``Bell is rung twice (high)``, ``🟠 Rope tears``."""
    head = read_head(label)
    grade = read_severity(head.severity) if head.severity[:1] not in {"", "⚠", "ℹ"} else None
    signed = not re.search(r"\w", head.severity)
    return grade is not None and (grade.exact or signed) and says_something(head.title)


def _with_grade(label: str) -> str:
    """Return ``High (bell)`` as ``[High] bell``: a grade, and in brackets what it is about."""
    match = _GRADE_AND_NAME.fullmatch(label.strip())
    grade, within = (read_severity(match["grade"]), match["name"]) if match else (None, "")
    names = re.search(r"[^\W\d_]{2}", within) is not None and read_severity(within) is None
    return f"[{match['grade']}] {within}" if match and grade and grade.exact and names else label


_GRADE_AND_NAME = re.compile(r"(?P<grade>[^\W\d_]{2,12})\s*[(（](?P<name>[^()（）\n]{2,60})[)）]")


def _is_name(label: str) -> bool:
    """Tell whether bold words before a colon are a name, and no field, grade or status."""
    name = named(label)
    grade = read_severity(label)
    return (
        (name is None or name.rank >= 200)
        and not (grade is not None and grade.exact)
        and (read_status(label) is None or _LACKING.match(label) is not None)
        and len(re.findall(r"\w", label)) >= 2
    )


_LACKING = re.compile(r"(?:no|keine?|kein|sin|sem|aucune?|pas de|nessun\w*)\s+[^\W\d_]{3}", re.I)
"""A name of what is missing: ``No map``, and no status."""
