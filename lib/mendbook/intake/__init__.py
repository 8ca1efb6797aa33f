"""From input files to an ``Audit``: one reader, one redactor, one file for each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.intake.audit_file import load_audit
    from mendbook.intake.chosen import choose_findings
    from mendbook.intake.compare import Comparison, Pair
    from mendbook.intake.comparison import comparison_table
    from mendbook.intake.fixes import place_fixes
    from mendbook.intake.formats.formats import JSON_FORMATS, TEXT_FORMATS
    from mendbook.intake.mapped import drafted_map
    from mendbook.intake.merge import enrich
    from mendbook.intake.problem import Problem
    from mendbook.intake.reader import Document, read_json
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
    "comparison_table",
    "drafted_map",
    "enrich",
    "intake_json",
    "intake_table",
    "load_audit",
    "place_fixes",
    "problems",
    "read_json",
    "resolve_places",
]

__getattr__ = names_of(
    __name__,
    {
        "Comparison": "compare",
        "Document": "reader",
        "JSON_FORMATS": "formats.formats",
        "Pair": "compare",
        "Problem": "problem",
        "TEXT_FORMATS": "formats.formats",
        "choose_findings": "chosen",
        "comparison_table": "comparison",
        "drafted_map": "mapped",
        "enrich": "merge",
        "intake_json": "show",
        "intake_table": "show",
        "load_audit": "audit_file",
        "place_fixes": "fixes",
        "problems": "validate",
        "read_json": "reader",
        "resolve_places": "resolve",
    },
)
