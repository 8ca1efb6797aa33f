"""From input files to an ``Audit``: one reader, one redactor, one file for each format."""

from mendbook.intake.audit_file import load_audit
from mendbook.intake.chosen import choose_findings
from mendbook.intake.compare import Comparison, Pair, compare
from mendbook.intake.comparison import comparison_table
from mendbook.intake.fixes import place_fixes
from mendbook.intake.formats.table import JSON_FORMATS, TEXT_FORMATS
from mendbook.intake.mapped import drafted_map
from mendbook.intake.merge import enrich
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, read_json
from mendbook.intake.redact import redact
from mendbook.intake.resolve import resolve_places
from mendbook.intake.show import intake_json, intake_table
from mendbook.intake.validate import problems

__all__ = [
    "JSON_FORMATS",
    "TEXT_FORMATS",
    "Comparison",
    "Document",
    "Pair",
    "Problem",
    "choose_findings",
    "compare",
    "comparison_table",
    "drafted_map",
    "enrich",
    "intake_json",
    "intake_table",
    "load_audit",
    "place_fixes",
    "problems",
    "read_json",
    "redact",
    "resolve_places",
]
