"""Join audits: the same defect from two sources is one finding with both as evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mendbook.intake.fingerprint import normal_code
from mendbook.model import Audit, Finding, Note

_SHORTEST_CODE = 10
"""Characters: shorter code stands in many places by chance."""
_WORD = re.compile(r"[a-z]{3,}")


def enrich(audit: Audit, others: Sequence[Audit]) -> Audit:
    """Return ``audit`` with the findings of ``others``, each defect once, in order of appearance.

    Two findings are one defect when their fingerprints are equal; when two tools report the same
    rule on the same line; or when a tool's code stands in the audit's evidence for the same file
    and the audit speaks of what the rule is about. The first one's words and severity are kept.
    """
    merged = _Merged(audit)
    for other in others:
        merged.add(other)
    return replace(
        audit,
        findings=tuple(merged.findings),
        notes=(*audit.notes, *(note for other in others for note in other.notes)),
        redactions=audit.redactions + sum(other.redactions for other in others),
        commit=audit.commit or next((other.commit for other in others if other.commit), ""),
    )


class _Merged:
    def __init__(self, audit: Audit) -> None:
        self.findings: list[Finding] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self.by_file: dict[str, list[int]] = {}
        self.ids: Counter[str] = Counter()
        for finding in audit.findings:
            self._append(finding)

    def add(self, audit: Audit) -> None:
        """Join each finding to one that was there before this audit, or append it."""
        known = len(self.findings)
        for finding in audit.findings:
            at = self._same(finding, known)
            if at is None:
                self._append(self._renamed(finding))
            else:
                self.findings[at] = _joined(self.findings[at], finding)

    def _same(self, finding: Finding, known: int) -> int | None:
        for key in _keys(finding):
            at = self.by_key.get(key, known)
            if at < known:
                return at
        for path in {place.path for place in finding.places}:
            for at in self.by_file.get(path, ()):
                if at < known and _same_code(self.findings[at], finding):
                    return at
        return None

    def _append(self, finding: Finding) -> None:
        at = len(self.findings)
        self.findings.append(finding)
        self.ids[finding.id] += 1
        for key in _keys(finding):
            self.by_key.setdefault(key, at)
        if _from_audit(finding):
            for path in {place.path for place in finding.places}:
                self.by_file.setdefault(path, []).append(at)

    def _renamed(self, finding: Finding) -> Finding:
        if not self.ids[finding.id]:
            return finding
        number = 2
        while self.ids[f"{finding.id}-{number}"]:
            number += 1
        name = f"{finding.id}-{number}"
        note = Note("id", finding.id, name, "another audit has used the id")
        return replace(finding, id=name, notes=(*finding.notes, note))


def _keys(finding: Finding) -> Iterable[tuple[str, ...]]:
    yield (finding.fingerprint,)
    place = finding.places[0] if finding.places else None
    for origin in finding.origins:
        if origin.rule and place and place.line:
            yield (origin.rule, place.path, str(place.line), origin.detail)


def _same_code(audited: Finding, observed: Finding) -> bool:
    code = normal_code(observed.evidence)
    quoted = normal_code(audited.evidence)
    if min(len(code), len(quoted)) < _SHORTEST_CODE or not (code in quoted or quoted in code):
        return False
    told = f"{audited.problem} {audited.fix} {audited.evidence}".lower()
    words = set(_WORD.findall(told))
    rules = " ".join(origin.rule.rpartition("/")[2] for origin in observed.origins).lower()
    return any(word in words or (len(word) > 3 and word in told) for word in _WORD.findall(rules))


def _from_audit(finding: Finding) -> bool:
    return any(origin.format == "audit" for origin in finding.origins)


def _joined(first: Finding, second: Finding) -> Finding:
    """Return ``first`` with what ``second`` knows beyond it."""
    return replace(
        first,
        evidence=first.evidence or second.evidence,
        fix=first.fix or second.fix,
        places=tuple(dict.fromkeys((*first.places, *second.places))),
        origins=tuple(dict.fromkeys((*first.origins, *second.origins))),
        offered_fixes=tuple(dict.fromkeys((*first.offered_fixes, *second.offered_fixes))),
        notes=(*first.notes, *_difference(first, second)),
        extra={**second.extra, **first.extra},
    )


def _difference(first: Finding, second: Finding) -> Iterable[Note]:
    if first.severity != second.severity:
        tool = second.origins[0].tool if second.origins else "another source"
        why = f"{tool} calls it {second.severity}; the first word stands"
        yield Note("severity", second.severity, first.severity, why)
