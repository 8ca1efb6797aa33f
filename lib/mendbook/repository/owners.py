"""Say who owns a finding's files: CODEOWNERS, else who changed them most; else nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mendbook.model import Owner
from mendbook.repository.codeowners import Rule, owning_rules
from mendbook.repository.history import History

UNKNOWN = "unknown"
"""What is said where nothing tells an owner; a path never does."""


def owner_of(paths: Sequence[str], rules: Sequence[Rule], history: History) -> Owner:
    """Return the owner of ``paths``: by CODEOWNERS, else by history, else ``unknown``.

    Of several files the owner of most counts, the first of equals. A CODEOWNERS line without
    owners leaves the decision to the history.
    """
    matched = [matching for path in paths if (matching := owning_rules(path, rules))]
    if matched:
        named = [_names(matching) for matching in matched]
        names = Counter(named).most_common(1)[0][0]
        return Owner(", ".join(names), matched[named.index(names)][0].source)
    author = history.main_author(paths)
    if author is not None:
        name, own, total = author
        cut = "" if history.complete else ", history is cut off"
        return Owner(name, f"git history ({own} of {total} commits{cut})")
    return Owner(UNKNOWN, _why_unknown(paths, history))


def _names(rules: Sequence[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in rules for name in rule.owners))


def _why_unknown(paths: Sequence[str], history: History) -> str:
    if not paths:
        return "no file is named"
    if history.why_not:
        return history.why_not
    if history.commits(paths):
        return "no CODEOWNERS, and only bots and agents have changed it"
    return "no CODEOWNERS and no history of it"
