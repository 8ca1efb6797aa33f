"""Tell from the whole document what comes again in it: labels of fields, and series of ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.looks import fault_words, names_file
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.heads import Head, read_head

_AGAIN = 3
"""Lists in which a name comes again from which it is the label of a field."""
_SERIES = 3
"""Items from which ids make a series."""
_LEAD = re.compile(
    r"\s*(?:\*\*|__)(?P<name>[^*_\n]{2,40}?)(?:\s*[:：](?:\*\*|__)|(?:\*\*|__)[^*\n]{0,24}?[:：])"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What comes again in a document."""

    labels: frozenset[str] = frozenset()
    """Bold names of points, as plain words, that stand in several lists: they name fields."""
    series: frozenset[str] = frozenset()
    """Series of ids that points of lists begin with: ``B`` of ``B1`` to ``B8``."""

    def labels_only(self, text: str) -> bool:
        """Tell whether a point of a list begins with the name of a field."""
        lead = _LEAD.match(text)
        return lead is not None and plain_key(lead["name"]) in self.labels

    def counts(self, head: Head, text: str) -> bool:
        """Tell whether a point has an id of a series and speaks of code or of a fault."""
        told = names_file(text) or "`" in text or fault_words(text) > 0
        return _leads(head, text) and series_of(head) in self.series and told


def _leads(head: Head, text: str) -> bool:
    """Tell whether a point begins with its id; one at its end names a finding that is elsewhere."""
    return re.match(rf"\W*{re.escape(head.id)}", text) is not None


def series_of(head: Head) -> str:
    """Return what ids of one series have in common: ``M`` of ``M3``; empty for mere numbers."""
    return re.sub(r"[\d\W_]+[a-z]?\Z", "", head.id) if head.id != head.number else ""


def layout_of(root: Section) -> Layout:
    """Return what comes again in the document ``root``."""
    lists = list(_lists(root))
    labels: Counter[str] = Counter()
    ids: dict[str, set[str]] = {}
    for block in lists:
        texts = [item[0].text for item in block.items if item and item[0].kind == "text"]
        leads = [lead["name"] for text in texts if (lead := _LEAD.match(text)) is not None]
        labels.update({plain_key(name) for name in leads if _could_be_label(name)})
        for text in texts:
            head = read_head(text.split("\n")[0][:200])
            if (name := series_of(head)) and _leads(head, text):
                ids.setdefault(name, set()).add(head.id)
    return Layout(
        frozenset(name for name, count in labels.items() if count >= _AGAIN),
        frozenset(name for name, told in ids.items() if len(told) >= _SERIES),
    )


def _could_be_label(name: str) -> bool:
    return len(name.split()) <= 3 and not fault_words(name) and not names_file(name)


def _lists(section: Section) -> Iterator[Block]:
    yield from _inner_lists(section.blocks)
    for child in section.children:
        yield from _lists(child)


def _inner_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "list":
            yield block
            for item in block.items:
                yield from _inner_lists(item)
