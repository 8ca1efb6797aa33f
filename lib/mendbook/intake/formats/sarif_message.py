"""What a result of a SARIF log says: its message with values and links, else its rule's words."""

from __future__ import annotations

import re

from mendbook.intake.formats.sarif_log import Message, Result, Rule

_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){1,500})\]\(\d+\)")
_PLACEHOLDER = re.compile(r"\{(\d{1,3})\}")


def message_of(result: Result, rule: Rule) -> str:
    """Return the message of ``result`` as plain text."""
    written = result.message or Message()
    text = written.text or written.markdown
    if not text and written.id in rule.message_strings:
        text = rule.message_strings[written.id].text
    values = written.arguments
    if values:
        text = _PLACEHOLDER.sub(lambda m: (*values, m[0])[min(int(m[1]), len(values))], text)
    if "](" in text:
        text = _LINK.sub(_shown, text)
    return text.strip() or _described(rule)


def _shown(link: re.Match[str]) -> str:
    return link[1]


def _described(rule: Rule) -> str:
    """Return the rule's own words, for a result that has none."""
    for said in (rule.short_description, rule.full_description):
        if said and said.text.strip():
            return said.text.strip()
    return rule.name or rule.id or "a result without a message"
