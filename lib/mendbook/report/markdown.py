"""Blocks that sections are built from; what they are given is Markdown already (``escape``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from mendbook.text.escape import code
from mendbook.text.phrasing import runs

TOTALS = "<!-- totals -->"
"""Marks the table after it as the plan's totals; a comment, so Markdown shows only the table."""

FINDINGS = "<!-- findings -->"
"""Marks the table after it as the index of findings, which a page can search and narrow."""

CONTENTS = "<!-- contents -->"
"""Marks the paragraph after it as the table of contents, which a page shows in its own way."""

MANAGEMENT = "<!-- management -->"
"""Where a page links to the plan on one page, which lies beside it."""

META = "<!-- meta -->"
"""Marks the paragraph after it as metadata of a finding, each line a key and its value."""

TOP = "../../"
"""The way from where the Markdown lies to the run's folder."""

LONG = 20
"""A list longer than this is a count and its first five items, with the others folded away."""
_FIRST = 5


def blocks(*parts: str | Iterable[str]) -> str:
    """Return the parts that are not empty, with a blank line between them."""
    flat = chain.from_iterable([part] if isinstance(part, str) else part for part in parts)
    return "\n\n".join(part for part in flat if part)


def slot(chart: str) -> str:
    """Return the mark of where a chart stands on a page that can draw it."""
    return f"<!-- chart: {chart} -->"


def anchor(name: str) -> str:
    """Return a mark that the heading after it can be linked to by ``name``."""
    return f'<a id="{name}"></a>'


def link(words: str, anchor: str) -> str:
    """Return ``words``, Markdown already, as a link to ``anchor`` in the same document."""
    return f"[{words}](#{anchor})"


def pr_link(number: int, words: str = "") -> str:
    """Return a link to the pull request called ``number``."""
    return link(words or f"PR #{number}", f"pr-{number}")


def sprint_link(number: int, words: str = "") -> str:
    """Return a link to the sprint called ``number``."""
    return link(words or str(number), f"sprint-{number}")


def pr_runs(numbers: Iterable[int]) -> str:
    """Return pull requests with neighbours drawn together, both ends of a run linked."""
    return re.sub(r"\d+", lambda match: pr_link(int(match[0]), match[0]), runs(numbers))


def file_link(path: str, words: str = "") -> str:
    """Return a link to the file at ``path`` in the run's folder, spelled safely already."""
    return f"[{words or code(path)}]({TOP}{path})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a table, empty when there are no rows; columns in ``right`` hold numbers."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    if not body:
        return ""
    rule = " | ".join("--:" if at in right else "---" for at in range(len(header)))
    return "\n".join([f"| {' | '.join(header)} |", f"| {rule} |", *body])


def bullets(items: Iterable[str]) -> str:
    """Return a bullet list, one line an item; empty when there are none."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """Return a numbered list, one line an item; empty when there are none."""
    return "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))


def details(summary: str, body: str) -> str:
    """Return ``body`` folded under ``summary``; empty when there is no body."""
    if not body:
        return ""
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def long_bullets(
    items: Sequence[str], noun: str, plural: str = "", most: int = 0, rest: str = ""
) -> str:
    """Return a bullet list; a long one shows its first five and folds the others away.

    Where ``most`` is given no more than so many are listed, and ``rest`` says where all are.
    """
    if len(items) <= LONG:
        return bullets(items)
    plural = plural or f"{noun}s"
    others = items[_FIRST : most or len(items)]
    left = len(items) - _FIRST
    heading = f"The other {left} {plural}"
    if len(others) < left:
        heading = f"{len(others)} of the other {left} {plural}; {rest}"
    return blocks(
        f"{len(items)} {plural}; the first five:",
        bullets(items[:_FIRST]),
        details(heading, bullets(others)),
    )
