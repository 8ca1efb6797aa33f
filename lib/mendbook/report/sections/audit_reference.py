"""Audit Reference: what came in, what it was read against, and how to make the plan again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from mendbook.model import DIMENSION_WEIGHTS, Dimension, Fact, Note, Plan, Severity
from mendbook.report import markdown
from mendbook.report.gaps import not_run
from mendbook.report.index import Index
from mendbook.report.learning import learned_words, moved_words
from mendbook.report.sections.finding_link import finding_link
from mendbook.text.escape import cell, code, prose, text
from mendbook.text.phrasing import count, moment, number, sentence

HEADING = "Audit Reference"
_WAY = re.compile(r"^[^\[\]]*\[\d+\]\.")
APPENDIX = "appendix"
"""The anchor of what stands folded below the section."""


def audit_reference(plan: Plan) -> str:
    """Return the audit's identity, scores, findings by dimension, context and provenance."""
    return markdown.blocks(
        f"## {HEADING}",
        _identity(plan),
        "### Scores" if plan.audit.scores else "",
        markdown.slot("scores") if plan.audit.scores else "",
        markdown.table(
            ("Score", "Value", "Of"),
            [
                (cell(score.name), number(score.value), number(score.maximum))
                for score in plan.audit.scores
            ],
            right=(1, 2),
        ),
        "### Findings by dimension" if plan.audit.findings else "",
        markdown.slot("severity-dimension") if plan.audit.findings else "",
        _by_dimension(plan),
        "### Over-engineering" if plan.audit.over_engineering else "",
        _over_engineering(plan, Index.of(plan)),
        markdown.anchor(APPENDIX),
        "### Appendix",
        markdown.details(
            "What was not run, how the audit was read, versions and hashes",
            markdown.blocks(
                _not_run(plan),
                "#### Context" if plan.context.facts else "",
                _context(plan, Index.of(plan)),
                _measurements(plan),
                _ranges(plan),
                _learned(plan),
                _notes(plan),
                _provenance(plan),
            ),
        ),
    )


def _not_run(plan: Plan) -> str:
    skipped = not_run(plan)
    if not skipped:
        return ""
    return markdown.blocks(
        "#### Not run",
        markdown.long_bullets(
            [f"**{text(item.what)}:** {prose(sentence(item.reason))}" for item in skipped],
            "thing not run",
            "things not run",
        ),
    )


def _identity(plan: Plan) -> str:
    audit, context = plan.audit, plan.context
    rows = [
        ("Audit", code(audit.name)),
        ("Written", cell(moment(audit.timestamp))),
        ("Commit named", code(audit.commit)),
        ("Planned on", code(context.commit)),
        ("Branch", code(audit.branch or context.branch)),
    ]
    known = [(name, value) for name, value in rows if value != "—"]
    return markdown.table(("Audit", "As read"), known)


def _by_dimension(plan: Plan) -> str:
    counts = Counter((item.kind, item.severity) for item in plan.audit.findings)
    weighed = {item.kind: item.dimension for item in plan.audit.findings}
    rows = []
    for kind in sorted(weighed, key=lambda each: list(Dimension).index(weighed[each])):
        row = [counts[kind, severity] for severity in Severity]
        weight = DIMENSION_WEIGHTS.get(weighed[kind])
        shown = [str(value or "·") for value in row]
        rows.append((cell(kind), str(weight or "—"), *shown, str(sum(row))))
    columns = tuple(range(1, 3 + len(Severity)))
    return markdown.table(("Dimension", "Weight", *Severity, "All"), rows, right=columns)


def _context(plan: Plan, index: Index) -> str:
    return markdown.table(
        ("Key", "Value", "Read from"),
        [
            (
                cell(fact.name),
                cell(_shareable(fact, plan)),
                _read_from(fact, index),
            )
            for fact in plan.context.facts
        ],
    )


def _read_from(fact: Fact, index: Index) -> str:
    """Return where a fact comes from; a single line with its link."""
    if len(fact.cites) == 1 and not fact.more:
        return index.place(fact.cites[0])
    return cell(fact.source) if fact.cites else code(fact.told_by)


def _shareable(fact: Fact, plan: Plan) -> str:
    """Return a fact's value; of the repository's folder its name, not where it lies on a disk."""
    is_root = plan.context.root and fact.value == plan.context.root
    return PurePath(fact.value).name if is_root else fact.value


def _over_engineering(plan: Plan, index: Index) -> str:
    return markdown.table(
        ("File", "Anti-pattern", "Runtime cost", "Hours a year", "Score"),
        [
            (
                index.file(entry.file),
                cell(entry.anti_pattern),
                cell(entry.runtime_cost),
                "—" if entry.dev_hours_per_year is None else number(entry.dev_hours_per_year),
                "—" if entry.score_deduction is None else number(entry.score_deduction),
            )
            for entry in plan.audit.over_engineering
        ],
        right=(3, 4),
    )


def _measurements(plan: Plan) -> str:
    if not plan.profiles.sources:
        return ""
    return markdown.blocks(
        "#### Measurements", markdown.bullets(text(source) for source in plan.profiles.sources)
    )


def _ranges(plan: Plan) -> str:
    """Say once how wide the ranges of the hours are; a card says where its hours come from."""
    ranges = Counter(item.estimate.beyond for item in plan.remediations)
    lines = [
        f"{count(amount, 'finding')}: {prose(how)}." for how, amount in ranges.most_common() if how
    ]
    return markdown.blocks("#### Ranges of hours", markdown.bullets(lines)) if lines else ""


def _learned(plan: Plan) -> str:
    """Say what earlier decisions moved in the policy; nothing where none were given."""
    if not plan.learned.cases:
        return ""
    return markdown.blocks(
        "#### Learned from earlier decisions",
        prose(learned_words(plan.learned)),
        markdown.bullets(prose(each) for each in moved_words(plan.learned)),
    )


def _notes(plan: Plan) -> str:
    index = Index.of(plan)
    notes = [(note, code(note.field)) for note in plan.audit.notes]
    notes += [
        (note, _where(note, item.id, index)) for item in plan.audit.findings for note in item.notes
    ]
    unclear = [(note, where) for note, where in notes if not note.understood]
    return markdown.blocks(
        "#### Not understood" if unclear else "",
        markdown.long_bullets([_note(note, where) for note, where in unclear], "value"),
        "#### How the audit was read" if notes else "",
        markdown.table(
            ("Where", "Written", "Understood as", "Why"),
            [
                (where, code(note.original), cell(note.understood), cell(note.why))
                for note, where in notes
            ],
        ),
    )


def _where(note: Note, finding_id: str, index: Index) -> str:
    """Return the finding that a note is about, and its field without the way to the finding."""
    return f"{finding_link(finding_id, index)} {code(_WAY.sub('', note.field))}"


def _note(note: Note, where: str) -> str:
    return f"{where} says {code(note.original)}: {text(note.why)}"


def _provenance(plan: Plan) -> str:
    provenance = plan.provenance
    rows = [("Made", cell(moment(provenance.timestamp))), ("Mendbook", cell(provenance.mendbook))]
    rows += [("Python", cell(provenance.python)), ("Audit, SHA-256", code(plan.audit.sha256))]
    rows += [("Node version named", cell(plan.audit.node_version))]
    rows += [(f"Input {cell(name)}", code(digest)) for name, digest in provenance.inputs.items()]
    rows += [
        (f"Parameter {cell(name)}", code(value)) for name, value in provenance.parameters.items()
    ]
    rows += [(cell(name), cell(version)) for name, version in provenance.versions.items()]
    return markdown.blocks(
        "#### How to make this plan again", markdown.table(("What", "Value"), rows)
    )
