"""Read the items of a list: which of them are findings, and what each says."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import is_imperative, is_path, names_file
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.markdown.heads import Head, read_head, says_something
from mendbook.intake.shapes.markdown.labels import Parts, pieces_of, split
from mendbook.intake.shapes.markdown.records import row_of
from mendbook.intake.shapes.rows import ENOUGH, Row, has_words, likeness
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import read_status

_CHECKBOX = re.compile(r"\[(?P<mark>[ xX✓✔-])\]\s+")


def is_finding_item(item: tuple[Block, ...], context: Context) -> bool:
    """Tell whether an item of a list is a finding."""
    if context.summary or not item or item[0].kind != "text":
        return False
    row = item_row(item, context)
    if row is None or not has_words(row.values):
        return False
    text = item[0].text
    bonus = 2.0 * ("severity" in context.outer) + 1.5 * ("file" in context.outer)
    placed = names_file(text)
    labelled = {name.field for key in row.values if (name := named(key))}
    told = bool(labelled & {"fix", "impact", "problem"}) and "title" in row.values
    if re.fullmatch(r"[~≈]?\d+\s*(?:\(.*\))?", str(row.values.get("problem", "")), re.DOTALL):
        return False
    if text.lstrip().startswith(("✅", "✔")) and not placed and not told:
        return False
    if context.findings and told and row.values.get("title"):
        return True
    if not (placed or "severity" in row.values or bonus or "id" in row.values):
        return False
    return likeness(row.values) + bonus + placed >= ENOUGH


def item_row(item: tuple[Block, ...], context: Context) -> Row | None:
    """Return the row that an item of a list is, or None when it has no words."""
    first = item[0]
    text, status = first.text, ""
    if (box := _CHECKBOX.match(text)) is not None:
        status = "fixed" if box["mark"] not in " -" else ""
        text = text[box.end() :]
    if re.fullmatch(r"~~.*~~\W*", text, re.DOTALL):
        status, text = status or "fixed", text.strip().strip("~")
    pieces = list(pieces_of(text))
    lead, rest = _item_lead(pieces[0][1].strip() if pieces else text)
    if not lead and len(pieces) > 1:
        lead, rest = "", pieces[0][1]
        if not rest.strip() and len(pieces) > 2 and named(pieces[1][0]) is None:
            # a bold name that a colon ends: **parser:** High - it loops. **Fix:** …
            lead, rest = pieces[1]
            said = read_head(rest)
            if said.severity:
                lead, rest = f"[{said.severity}] {lead}", said.title
            pieces = [("", text[: text.index(pieces[2][0])]), *pieces[2:]]
            del pieces[0]
            pieces.insert(0, ("", ""))
            text = "".join(f"**{label}:** {value}\n" for label, value in pieces[1:])
    place = ""
    if (
        at := re.match(
            r"\s*`?(?P<p>[^`\n]{3,200}?)`?\s*(?::\s|\s[—–-]{1,2}\s|\s*→\s*)", lead or rest
        )
    ) and is_path(at["p"]):
        place = at["p"]
        if lead:
            lead = lead[at.end() :]
        else:
            rest = rest[at.end() :]
    head = (
        read_head(lead)
        if lead.strip()
        else read_head(rest.split("\n")[0] if not rest.count("\n") else rest)
    )
    if not lead.strip():
        head = replace(read_head(_first_words(rest)), title="")
    parts = split(
        [Block("text", first.line, text[len(pieces[0][1]) :] if len(pieces) > 1 else ""), *item[1:]]
    )
    if lead.strip() and re.fullmatch(r"\s*[\u2300-\u27bf\U0001f300-\U0001faff].{0,40}", rest):
        status, rest = status or rest.strip(), ""
    body, fix = _said_fix(_after_tags(rest, head), parts)
    if body.strip(" .\n"):
        parts.body.insert(0, body.strip())
    if fix and "fix" not in parts.fields():
        parts.add("fix", fix)
    if not head.title and not parts.body and not parts.fields() & {"problem", "title"}:
        return None
    head = replace(head, status=status or head.status, place=head.place or place)
    row = row_of(head, parts, first.line, context.outer, "lists")
    values = {key: value for key, value in row.values.items() if value not in ("", None)}
    return replace(row, values=values)


def is_bare(item: tuple[Block, ...]) -> bool:
    """Tell whether an item has neither id nor severity of its own: a mere place or remark."""
    row = item_row(item, Context())
    return row is None or not row.values.keys() & {"id", "severity"}


def _first_words(text: str) -> str:
    return text.split("\n\n")[0]


def _after_tags(rest: str, head: Head) -> str:
    """Return an item's text without the tags at its ends that ``head`` has read."""
    if head.title:
        return rest
    plain = read_head(rest)
    return plain.title if (plain.severity or plain.id or plain.status) else rest


def _item_lead(text: str) -> tuple[str, str]:
    """Return the bold words that an item begins with, and the rest."""
    match = re.match(
        r"\s*(?P<tags>(?:[\[(][^\])]{1,24}[\])]\s*|[^\w\s*_`\[(]\s*|`?[A-Z]+-?\d+`?[:.]?\s+)*+)"
        r"(?:\*\*(?P<strong>(?:[^*\n]|\*(?!\*))+?)\*\*|(?:__|\*|_)(?P<bold>[^*\n]+?)(?:__|\*|_))"
        r"(?P<rest>.*)",
        text,
        re.DOTALL,
    )
    if match is None:
        return "", text
    bold, rest = match["strong"] or match["bold"], match["rest"]
    head = read_head(bold)
    alone = re.fullmatch(r"[^\W\d_]{4,}", head.title) is not None and not read_severity(head.title)
    if not says_something(head.title) and not (alone and rest.strip(" \n:：.") == ""):
        # only a tag is bold: **HIGH** the text goes on
        graded = read_severity(bold)
        if (graded and graded.exact) or read_head(f"{bold} x").id or read_status(bold):
            cut = re.match(r"\s*[:：—–-]*\s*(?P<first>.*)", rest, re.DOTALL)
            return "", f"[{bold.strip(' :[]')}] {cut['first'] if cut else rest}"
        return "", text
    tail = re.match(
        r"\s*(?P<aside>(?:\([^()\n]{1,80}\)\s*)+)?[.:：—–-]*\s*(?P<body>.*)", rest, re.DOTALL
    )
    aside = tail["aside"] or "" if tail else ""
    return f"{match['tags']}{bold} {aside}".strip(), tail["body"] if tail else rest


def _said_fix(text: str, parts: Parts) -> tuple[str, str]:
    """Split ``problem; do this`` where the second half says what to do."""
    match = re.search(r"(?:;|→|=>|\.\s|—)\s+(?P<fix>[^;]+?)\.?\s*\Z", text)
    if "fix" in parts.fields() or match is None or not is_imperative(match["fix"]):
        return text, ""
    return text[: match.start()].rstrip(), match["fix"]
