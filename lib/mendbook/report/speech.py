"""What a notebook says in words: escaped, short, and made from the plan."""

from __future__ import annotations

from collections.abc import Iterable

from mendbook.model import Plan
from mendbook.report.document import Words
from mendbook.report.markdown import blocks, bullets
from mendbook.text.escape import code, text
from mendbook.text.phrasing import count


def say(words: str) -> Words:
    """Return plain ``words`` to show; whatever they hold, they are not markup."""
    return Words(text(words))


def itemise(lead: str, items: Iterable[str]) -> Words:
    """Return ``lead`` and the items under it, or that there are none."""
    shown = [text(item) for item in items]
    return Words(blocks(f"{text(lead)}:", bullets(shown)) if shown else f"{text(lead)}: nothing.")


def overview(plan: Plan) -> Words:
    """Return one sentence on what the plan is about: audit, commit, findings, measurements."""
    commit = plan.context.commit or plan.audit.commit
    where = f" at commit {code(commit[:12])}" if commit else ""
    measured = count(len(plan.profiles.sources), "measurement")
    return Words(
        f"{count(len(plan.audit.findings), 'finding').capitalize()} of {code(plan.audit.name)}"
        f"{where}, with {measured} given."
    )
