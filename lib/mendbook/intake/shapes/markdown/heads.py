"""Take the first words of a finding apart: id, severity, status, place and headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mendbook.intake.shapes.looks import PATH_IN_TEXT
from mendbook.intake.shapes.severities import read_emoji, read_severity
from mendbook.intake.shapes.statuses import read_status

_NUMBER = re.compile(
    r"\s*(?:\(?(?P<plain>\d{1,3})[.):]|(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.):]?|#(?P<hash>\d{1,4})[.:)]?)\s+"
)
_COUNTED = re.compile(
    r"\s*(?:finding|issue|bug|problem|vulnerability|item|befund|problème|hallazgo|问题|发现)\s*#?"
    r"(?P<id>[A-Z]{0,4}-?\d{1,4}(?:\.\d+)?)\s*(?:[:.：)–—-]+\s*|\s+)",
    re.I,
)
_ID = re.compile(
    r"\s*[\[(`]?(?P<id>(?:[A-Z][A-Z0-9]{0,11}(?:[-_/][A-Z0-9]{1,12}){0,3}[-_ ]?\d{1,4}[a-z]?"
    r"|[A-Z]{1,3}\d{1,4}(?:\.\d+)?))[\])`]?"
    r"\s*(?:[:.：)–—|·-]+\s*|\s+|\Z)"
)
_TAG = re.compile(r"\s*[\[(【（](?P<tag>[^\[\]()【】（）]{1,40})[\])】）]\s*[:：—–-]?\s*")
_LEAD = re.compile(r"\s*(?P<word>[^\W\d_][\w/ -]{1,14}?)\s*(?:[:：|·]|\s[—–-])\s+")
_TRAIL = re.compile(
    r"(?:\s*[\[(（](?P<in>[^\[\]()（）]{1,60})[\])）]|(?:\s*[—–|·]|\s+-)\s*\*{0,2}(?P<out>[^—–|·\n-]{2,24}?)\*{0,2})\s*\.?\Z"
)
_RANKED = re.compile(r"[PS][0-5]\Z|SEV-?[0-5]\Z", re.I)
_SIGNS = re.compile(r"[\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f]+\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first words of a finding say."""

    title: str
    id: str = ""
    severity: str = ""
    status: str = ""
    place: str = ""
    number: str = ""
    """A number in a list, which may begin again."""


def read_head(written: str) -> Head:
    """Return what a heading or the bold words of an item say."""
    text = written.strip()
    head = Head(text)
    if (struck := re.fullmatch(r"~~(.+)~~(.*)", text, re.DOTALL)) is not None:
        head, text = replace(head, status=struck[2].strip() or "fixed"), f"{struck[1]} {struck[2]}"
    text = re.sub(r"\*\*|__(?=\w)|(?<=\w)__", "", text).strip()
    for _ in range(5):
        before = text
        text, head = _strip_front(text, head)
        if text == before:
            break
    for _ in range(3):
        before = text
        text, head = _strip_end(text, head)
        if text == before:
            break
    title = text.strip(" :：–—-|·*").strip()
    return replace(head, title=title or head.title)


def _strip_front(text: str, head: Head) -> tuple[str, Head]:
    if (match := _SIGNS.match(text)) is not None:
        return text[match.end() :], _signed(match.group(), head)
    if (match := _COUNTED.match(text)) is not None and not head.id:
        return text[match.end() :], replace(head, id=match["id"])
    if (match := _TAG.match(text)) is not None and (told := _told(match["tag"], head)):
        return text[match.end() :], told
    if (match := _ID.match(text)) is not None and not head.id:
        if _RANKED.match(match["id"]):
            if not head.severity:
                return text[match.end() :], replace(head, severity=match["id"])
        elif text[match.end() :].strip() or match.end() == len(text):
            return text[match.end() :], replace(head, id=match["id"].strip())
    if (match := _NUMBER.match(text)) is not None and not head.number:
        number = match["dotted"] or match["hash"] or match["plain"]
        return text[match.end() :], replace(
            head, number=number, id=head.id or match["dotted"] or ""
        )
    match = _LEAD.match(text)
    if match is not None and not head.severity and len(match["word"]) <= 16:
        graded = read_severity(match["word"])
        if graded is not None and graded.exact:
            return text[match.end() :], replace(head, severity=match["word"])
    return text, head


def _strip_end(text: str, head: Head) -> tuple[str, Head]:
    if (match := re.search(r"\s*[\u2705\u274c\u2714\u2611]\ufe0f?\s*\Z", text)) is not None:
        return text[: match.start()], replace(head, status=head.status or match.group().strip())
    if (match := _TRAIL.search(text)) is None:
        return text, head
    inside = match["in"] or match["out"]
    told = _told(inside, head)
    if told is None and match["in"] and PATH_IN_TEXT.fullmatch(inside.strip("` ")):
        told = replace(head, place=inside.strip("` "))
    if (
        told is None
        and match["in"]
        and re.fullmatch(r"(?:lines?|zeilen?|L)\s*[\d\s,–-]+(?:and \d+)?", inside, re.I)
    ):
        # kept in the text, where the line is found beside its path
        return text, head
    return (text[: match.start()], told) if told else (text, head)


def _told(tag: str, head: Head) -> Head | None:
    """Return ``head`` with what a word in brackets says, or None when it says nothing."""
    bare = tag.strip("`* ")
    words = len(bare.split())
    graded = read_severity(bare)
    if graded is not None and words <= 4 and (graded.exact or graded.why):
        return replace(head, severity=head.severity or bare)
    if _ID.fullmatch(bare) and not head.id:
        return replace(head, id=bare)
    status = read_status(bare)
    if status is not None and words <= 6:
        return replace(head, status=head.status or bare)
    return None


def _signed(signs: str, head: Head) -> Head:
    status = read_status(signs)
    if status is not None and status.closed:
        return replace(head, status=head.status or signs.strip())
    if read_emoji(signs) is not None and not head.severity:
        return replace(head, severity=signs.strip())
    return head
