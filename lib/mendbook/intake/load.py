"""Load an audit: read, check, normalise."""

from __future__ import annotations

from pathlib import Path

from mendbook.intake.normalise import read_audit
from mendbook.intake.reader import read_json
from mendbook.intake.shape import audit_problems
from mendbook.model import Audit


def load_audit(path: Path) -> Audit:
    """Return the audit at ``path``; raise ``InputError`` with the first thing wrong with it."""
    document = read_json(path)
    for problem in audit_problems(document.path, document.data):
        raise problem.refusal()
    return read_audit(document)
