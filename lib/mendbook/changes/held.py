"""What must hold once a fix is done: one sentence for each thing that it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.changes.clauses import alternatives, steps
from mendbook.changes.wording import asserted, headline_of, is_form_only, keeps_behaviour
from mendbook.model import Finding, FindingFacts

MOST = 3
"""Sentences for one finding; what a fix asks beyond stands in its steps."""
_SAME = re.compile(
    r"(?i)^(?:and\s+)?(?:(?:do|apply|use)\s+)?the same\s+(?:\w+\s+)?(?:in|for|to|at)\s+(.+)$"
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_IN_FILE = re.compile(r"\s(?:in|at)\s`?(?:[\w@.-]+/)+[\w@.-]+\.\w+`?$")
_ANSWER = re.compile(r"(?:answers|responds|replies)\b.*?\b[45]\d\d\b")
_ROUTE = re.compile(r"[A-Z]+ /")
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|_")
_LINKING = {"and", "or", "the", "in", "for", "of", "to", "method", "function", "class"}
_EACH = re.compile(
    r"(?i)\bN\s?\+\s?1\b|\bquer(?:y|ies)\s+(?:per|for each|for every|in (?:a|the) loop)\b"
    r"|\beach\b.*\bmore queries\b"
)
_ONE_QUERY = re.compile(
    r"(?i)\b(?:join\w*|preload\w*|prefetch\w*|eager\w*|batch\w*|bulk|include|single query|one query"
    r"|select_related|populate|IN \(|dataloader|aggregate)\b"
)


def held(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    """Return what a test can see of the fix, each under the name of the code it is about.

    Of alternatives one sentence says both. Empty where the fix keeps what code does, or asks for
    nothing that has a sentence.
    """
    subject = subject_of(finding, facts)
    choices = alternatives(finding.fix)
    if _EACH.search(f"{finding.problem} {finding.impact} {finding.fix}") and _ONE_QUERY.search(
        finding.fix
    ):
        return (_under(subject, "runs as many queries for many rows as for one"),)
    if choices:
        either = [asserted(choice) for choice in choices]
        whole = f"{' or '.join(either)}, as is decided"
        return (_under(subject, whole),) if all(either) else ()
    found: list[str] = []
    before = ""
    for clause in steps(finding.fix):
        if same := _SAME.match(clause):
            found += [_under(name, before) for name in _names(same[1]) if before]
            continue
        before = asserted(clause) or before
        if said := _IN_FILE.sub("", asserted(clause)):
            found.append(_under(_answering(said, facts) or subject, said))
    return tuple(dict.fromkeys(found))[:MOST]


def regression(finding: Finding, facts: FindingFacts) -> str:
    """Return a title for a fix that says nothing a title can be made of; empty if none is due."""
    if not alternatives(finding.fix):
        clauses = steps(finding.fix)
        if keeps_behaviour(finding.fix) or (clauses and all(map(is_form_only, clauses))):
            return ""
    return _under(subject_of(finding, facts), f"regression: {headline_of(finding)}")


def subject_of(finding: Finding, facts: FindingFacts) -> str:
    """Return the name of the code that the finding is about, or its event; empty for neither."""
    if finding.symbols:
        return finding.symbols[0]
    if facts.symbols:
        return facts.symbols[0].symbol
    return f'"{finding.events[0]}"' if finding.events else ""


def _answering(said: str, facts: FindingFacts) -> str:
    """Return the route that answers with the status that ``said`` names, if one route does."""
    routes = [one.name for one in facts.exposure if _ROUTE.match(one.name)]
    return routes[0] if len(set(routes)) == 1 and _ANSWER.match(said) else ""


def _names(words: str) -> Sequence[str]:
    return [name for name in _NAME.findall(words) if name.lower() not in _LINKING]


def _under(subject: str, said: str) -> str:
    """Put what holds under the name of the code, unless that name cannot but be meant in it."""
    own = subject.rpartition(".")[2]
    told = re.search(rf"(?<![\w$]){re.escape(own)}(?![\w$])", said) and _DISTINCT.search(own)
    if not subject or told or said.startswith("regression"):
        return said
    return f"{subject}: {said}"
