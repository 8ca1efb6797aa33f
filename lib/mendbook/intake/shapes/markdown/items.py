"""Read the items of a list: which of them are findings, and what each says."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import (
    PATH_IN_TEXT,
    fault_words,
    is_imperative,
    is_lines,
    is_path,
    names_file,
)
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.markdown.heads import (
    Head,
    ends_with_id,
    is_mere_id,
    read_head,
    says_something,
)
from mendbook.intake.shapes.markdown.item_leads import (
    colon_lead,
    graded_lead,
    item_lead,
    struck_first,
)
from mendbook.intake.shapes.markdown.labels import Parts, pieces_of, split
from mendbook.intake.shapes.markdown.records import row_of
from mendbook.intake.shapes.markdown.told_in_words import says_wrong
from mendbook.intake.shapes.rows import ENOUGH, Row, has_words, likeness
from mendbook.intake.shapes.statuses import read_status
from mendbook.model import Status

CHECKBOX = re.compile(r"(?P<code>`?)\[(?P<mark>[ xX✓✔~-])\](?P=code)\s+")
"""The box of an item that is to be ticked."""


_IDS = re.compile(r"\b[A-Z]{1,12}[-_]?\d{1,6}\b")
_STRUCK = re.compile(r"\s*~~(?P<text>(?:(?!~~).)+)~~\s*(?P<rest>.*?)\s*", re.DOTALL)
"""An item of which the beginning is struck: what was wrong, and what became of it."""
_CROSS = re.compile(r"\s*[❌✗✘✖]\ufe0f?\s*")
"""The sign for what is wrong, at the beginning of an item."""


def is_finding_item(item: tuple[Block, ...], context: Context) -> bool:
    """Tell whether an item of a list is a finding."""
    if context.summary or not item or item[0].kind != "text":
        return False
    row = item_row(item, context, sentences=False)
    if row is None or not has_words(row.values):
        return False
    if not re.search(r"[^\W\d_]{3}", _IDS.sub(" ", item[0].text)):
        return False
    text = item[0].text
    if context.layout.labels_only(text) and not (names_file(text) and _is_order(row)):
        return False
    if _COUNT_ALONE.fullmatch(text) and not names_file(text):
        return False
    bonus = 2.0 * ("severity" in context.outer) + 1.5 * ("file" in context.outer)
    placed, faulty = names_file(text), fault_words(text) > 0
    crossed = _CROSS.match(text) is not None and fault_words(text) > 0
    if _EARLIER.search(context.heading) and not (placed or row.values.keys() & {"id", "severity"}):
        return False
    bonus += 1.5 * context.layout.counts(read_head(text.split("\n")[0][:200]), text)
    bonus += 2.0 * (crossed and (context.findings or bonus > 0))
    bonus += 2.0 * (context.findings and _STRUCK.match(struck_first(text)) is not None)
    labelled = {name.field for key in row.values if (name := named(key))}
    placed = placed or "file" in labelled
    placed = placed or ("fix" in labelled and _CODE_NAME.search(text) is not None and faulty)
    told = bool(labelled & {"fix", "impact", "problem"}) and "title" in row.values
    if re.fullmatch(r"[~≈]?\d+\s*(?:\(.*\))?", str(row.values.get("problem", "")), re.DOTALL):
        return False
    if _ELSEWHERE.fullmatch(str(row.values.get("problem", ""))):
        return False
    mended = "id" in row.values and "severity" in context.outer
    expected = context.findings or context.outer.keys() & {"severity", "status"}
    within = not (context.findings or context.outer.keys() & {"severity", "status"})
    verdict = within and re.search(r"[✅✔]", text) and not re.search(r"[⚠❌✗]", text)
    good = text.lstrip().startswith(("✅", "✔")) or bool(verdict)
    if not expected and _names_code(row) and not fault_words(text):
        return False
    if good and not (mended or (expected and (placed or told))):
        return False
    closed = context.outer.keys() & {"severity", "status"}
    lined = re.search(r":L?\d", text) is not None
    if good and not (mended or closed or lined or told or fault_words(text)):
        return False
    if context.findings and told and row.values.get("title"):
        return True
    if not (placed or "severity" in row.values or bonus or "id" in row.values):
        return False
    return likeness(row.values) + bonus + placed >= ENOUGH


_COUNT_ALONE = re.compile(
    r"[^\n:：]{2,60}[:：]\s*\**~?\d+\+?\**\s*(?:个|個|项|項|条|件|处|개|건|[^\W\d_]{4,12})?\W*"
)
"""A name and how many there are of it: ``🔴 Severe: 7``."""
_EARLIER = re.compile(
    r"\b(?:previous|prior|earlier|past|frühere[nr]?|vorherige[nr]?|précédent\w*|anterior(?:es)?)\b"
    r".*\b(?:findings|issues|reviews?|audits?|befunde|constats|hallazgos|achados)\b"
    r"|\b(?:constats|hallazgos|achados|problèmes)\b.*\b(?:précédent\w*|anterior(?:es)?)\b"
    r"|(?:上次|先前|之前).*(?:发现|问题)",
    re.I,
)
"""A headline under which an audit says again what became of what another had found."""
_CODE_NAME = re.compile(r"`[\w$]+(?:(?:\.|::|#|_)[\w$]+)+(?:\(\))?`|`[\w$]+\(\)`")
"""A name put together as code does it, marked as code: ``gate.open()``."""


def _is_order(row: Row) -> bool:
    """Tell whether an item says nothing but what is to be done."""
    fixes = [value for key, value in row.values.items() if (n := named(key)) and n.field == "fix"]
    return bool(fixes) and row.values.get("problem") in fixes


_ELSEWHERE = re.compile(
    r"\W*(?:see|see also|siehe|vgl\.?|voir|véase|ver|cf\.?|vedi|zie|se|zobacz|см\.?|见|參見"
    r"|参见|详见|参照)"
    r"\s*(?:above|below|oben|unten|the |[#§`*(]|[A-Z]+[-.]?\d|\d|第)[^\n]{0,60}",
    re.I,
)
"""A text that does nothing but point at what stands elsewhere: ``See A07:2021``."""


def is_like_findings(item: tuple[Block, ...], context: Context) -> bool:
    """Tell whether an item among findings tells of a fault in a file or a piece of code."""
    text = item[0].text if item and item[0].kind == "text" else ""
    placed = names_file(text) or _CODE_NAME.search(text) is not None
    unmarked = not re.match(r"\W*[✅✔☑]", text) and not context.layout.labels_only(text)
    return placed and unmarked and fault_words(text) > 0 and not context.summary


def _names_code(row: Row) -> bool:
    """Tell whether an item describes a piece of code: its name, and what that does.

    ``` `ringBell` — read the tide and call `pull` ``` says nothing that is wrong.
    """
    said = str(row.values.get("title") or row.values.get("problem", "")).strip()
    graded = row.values.keys() & {"severity", "id", "status"}
    named_alone = re.fullmatch(r"`[^`\n]+`(?:\s*/\s*`[^`\n]+`)*", said) is not None
    return named_alone and not graded and not is_path(said.strip("`"))


def item_row(item: tuple[Block, ...], context: Context, *, sentences: bool = True) -> Row | None:
    """Return the row that an item of a list is, or None when it has no words.

    Orders that stand in ``sentences`` of their own are its fix; they make no finding of it.
    """
    if not item:
        return None
    first = item[0]
    text, status = first.text, ""
    if (box := CHECKBOX.match(text)) is not None:
        status = "fixed" if box["mark"] not in " -~" else ""
        text = text[box.end() :]
    if (struck := _STRUCK.fullmatch(struck_first(text))) is not None:
        told = read_status(struck["rest"]) if struck["rest"] else None
        status = status or ("open" if told is Status.OPEN else "fixed")
        text = f"{struck['text']} {struck['rest']}".strip()
    ended = ends_with_id(text)
    text = _unpiped(ended.title if ended else text)
    pieces = list(pieces_of(text))
    lead, rest = item_lead(pieces[0][1].strip() if pieces else text)
    if not lead and len(pieces) > 1:
        expected = context.findings or "severity" in context.outer or ended is not None
        lead, rest, text, pieces = colon_lead(text, pieces, expected=expected)
    lead, rest = graded_lead(lead, rest)
    place = ""
    if (
        at := re.match(
            r"\s*`?(?P<p>[^`\n]{3,200}?)`?(?:\s*\([^()\n]{1,40}\))?\s*(?::\s|\s[—–-]{1,2}\s|\s*→\s*)",
            lead or rest,
        )
    ) and is_path(at["p"]):
        place = at["p"]
        if lead:
            lead = lead[at.end() :]
        else:
            rest = rest[at.end() :]
    parts = split(
        [Block("text", first.line, text[len(pieces[0][1]) :] if len(pieces) > 1 else ""), *item[1:]]
    )
    if not lead.strip() and _heads_fields(rest, parts):
        lead, rest = rest, ""
    if lead.strip() and is_mere_id(lead):
        lead, rest = "", f"{lead.strip(' :.')}: {rest}"
    head = (
        read_head(lead)
        if lead.strip()
        else read_head(rest.split("\n")[0] if not rest.count("\n") else rest)
    )
    if not lead.strip():
        head = replace(read_head(_first_words(rest)), title="")
    if lead.strip() and re.fullmatch(r"\s*[\u2300-\u27bf\U0001f300-\U0001faff].{0,40}", rest):
        status, rest = status or rest.strip(), ""
    body, fix = _said_fix(_after_tags(rest, head), parts, sentences=sentences)
    if sentences and not fix and is_imperative(body) and says_wrong(head.title, parts):
        body, fix = "", body.removesuffix(".")
    if body.strip(" .\n"):
        parts.body.insert(0, body.strip())
    if fix and "fix" not in parts.fields():
        parts.add("fix", fix)
    done = read_status(status or head.status)
    listed = [one.kind for one in item[1:]] == ["list"] and not body.strip()
    listed = listed and not parts.fields() & {"problem", "impact", "fix"} and bool(parts.body)
    if done is Status.FIXED and head.title and listed:
        # what stands below a struck headline tells how it was mended
        parts.add("fix", "\n\n".join(parts.body))
        parts.body.clear()
    if not head.title and not parts.body and parts.fields() == {"fix"} and names_file(text):
        # what is to be done is all that is said, and says what is wrong
        parts.body += [one for said in parts.labelled.values() for one in said]
    named_so = parts.fields() & {"problem", "title"} or parts.fields() >= {"file", "fix"}
    if not head.title and not parts.body and not named_so:
        return None
    head = replace(head, status=status or head.status, place=head.place or place)
    if ended is not None:
        head = replace(head, id=ended.id, severity=ended.severity)
    row = row_of(head, parts, first.line, context.outer, "lists")
    values = {key: value for key, value in row.values.items() if value not in ("", None)}
    return replace(row, values=values)


def is_bare(item: tuple[Block, ...]) -> bool:
    """Tell whether an item has neither id nor severity of its own: a mere place or remark."""
    row = item_row(item, Context())
    return row is None or not row.values.keys() & {"id", "severity"}


def _unpiped(text: str) -> str:
    """Return ``id | lines | headline | what to do`` as a headline with labelled fields."""
    name, *others = re.split(r"\s+\|\s+", text)
    if len(others) < 2 or "\n" in text or not read_head(f"{name} x").id:
        return text
    fields = [f"**Line:** {one}" for one in others if is_lines(one)]
    words = [one for one in others if not is_lines(one)]
    if len(words) >= 2 and is_imperative(words[-1]):
        fields.append(f"**Fix:** {words.pop()}")
    return "\n".join([f"{name} {' | '.join(words)}", *fields])


def _heads_fields(text: str, parts: Parts) -> bool:
    """Tell whether one short line stands over labelled fields, as a headline does."""
    line = text.strip()
    short = len(line) <= 90 and "\n" not in line and not line.endswith((".", ":"))
    return short and says_something(line) and "problem" in parts.fields(sure=True)


def _first_words(text: str) -> str:
    return text.split("\n\n")[0]


def _after_tags(rest: str, head: Head) -> str:
    """Return an item's text without the tags at its ends that ``head`` has read."""
    if head.title:
        return rest
    rest = _CROSS.sub("", rest)
    plain = read_head(rest)
    return plain.title if (plain.severity or plain.id or plain.status) else rest


def _said_fix(text: str, parts: Parts, *, sentences: bool) -> tuple[str, str]:
    """Split ``problem; do this`` where what stands last says what to do.

    A verdict in bold behind it is passed over: ``… Pull the copies into one. **CONFIRMED.**``
    """
    if "fix" in parts.fields():
        return text, ""
    verdict = _VERDICT.search(text)
    body = text[: verdict.start()] if verdict else text
    for end in _SENTENCE_END.finditer(body):
        order = body[end.end() :].strip()
        if not sentences and end.group().strip() in _FULL_STOPS:
            continue
        if not _says_words(body[: end.start()]):
            continue  # an id or a place, of which the order is all that is said
        if is_imperative(order) and order.strip(" .。") and not order.startswith("("):
            said = body[: end.start()] + end.group().strip(" ;；→=>—\n")
            return f"{said}{verdict.group() if verdict else ''}", order.removesuffix(".")
    return text, ""


def _says_words(text: str) -> bool:
    """Tell whether words stand in ``text`` beside ids, places and code."""
    bare = PATH_IN_TEXT.sub(" ", re.sub(r"`[^`\n]*`", " ", _IDS.sub(" ", text)))
    return re.search(r"[^\W\d_]{2}", bare) is not None


_FULL_STOPS = {".", "。"}
_VERDICT = re.compile(r"\s+\*\*[A-Z][^*\n]{2,60}\*\*\s*\Z")
_SENTENCE_END = re.compile(r"(?:(?<=[^\s.][\w`)\]'\"”])\.|;|→|=>|\s—)\s+|[。；]\s*")
