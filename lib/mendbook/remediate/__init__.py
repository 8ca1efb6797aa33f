"""All that a team needs to act on a finding: files, risk, rollback, documents, tests."""

from mendbook.remediate.assemble import remediate
from mendbook.remediate.rollback import what_stays

__all__ = ["remediate", "what_stays"]
