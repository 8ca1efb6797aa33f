"""From input files to an ``Audit``: one reader, one redactor, one file for each format."""

from mendbook.intake.load import load_audit
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, read_json
from mendbook.intake.redact import redact
from mendbook.intake.validate import problems

__all__ = ["Document", "Problem", "load_audit", "problems", "read_json", "redact"]
