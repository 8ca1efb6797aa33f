"""What no patch does: a secret that was committed has to be rotated by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.intake.redact import REDACTED
from mendbook.model import Finding, Plan, Remediation
from mendbook.report.index import Index
from mendbook.text.escape import line
from mendbook.text.phrasing import sentence

_ROTATE = re.compile(r"\b(?:rotate|revoke|reissue)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:rotate|revoke|reissue)\b[^.;]{0,60}"
    r"\b(?:secrets?|keys?|tokens?|passwords?|credentials?|certificates?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rotation:
    """A secret to be rotated: the finding, and why in one sentence; plain text, not escaped."""

    finding_id: str
    words: str


def rotations(plan: Plan) -> tuple[Rotation, ...]:
    """Return the secrets that a person has to rotate, in the order of the plan.

    The patch may say so, or the code that the audit quotes holds a secret and is in the tree, or
    the audit asks for it.
    """
    index = Index.of(plan)
    secrets = []
    for item in plan.remediations:
        finding = index.findings[item.finding_id]
        words = "" if finding.status.closed else _words(item, finding, index)
        if words:
            secrets.append(Rotation(item.finding_id, words))
    return tuple(secrets)


def _words(item: Remediation, finding: Finding, index: Index) -> str:
    said = next((each for each in item.patch.irreversible if _ROTATE.search(each)), "")
    if said:
        return sentence(line(said))
    file = next((place.path for place in finding.places if place.path in index.files), "")
    if REDACTED in finding.evidence and file:
        return (
            f"What looks like a secret stands in {line(file)} and stays in its history: "
            "rotate it wherever it is used."
        )
    if _ASKED.search(finding.fix):
        return "The audit asks to rotate what was exposed, which no patch can do."
    return ""
