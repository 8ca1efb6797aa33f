"""Invariants of the readers of text: any document is read or refused, and no finding is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.intake import load_audit
from mendbook.model import Audit

PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## High\n",
            "### 1. ",
            "- ",
            "1. ",
            "**",
            "`a/b.py:3`",
            "| ",
            "|---|---|\n",
            "```\n",
        ),
        *("\n", "\n\n", "> ", "~~", "[x](y)", "[ ] ", "🔴 ", "**Fix:** ", "Severity: low", "问题"),
        *("it is read twice", "<br>", "\\|", "---\n", "&amp;", "\t", "\u202e", "\ufeff", "key: "),
        *("- id: ", ",", '"', ";"),
    ]
)
DOCUMENTS = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)
_VOCABULARY = "the pump gate valve stops leaks twice never opens before after rain"
WORDS = st.lists(st.sampled_from(_VOCABULARY.split()), min_size=4, max_size=9).map(" ".join)
SEVERITIES = st.sampled_from(["critical", "high", "medium", "low"])
FINDINGS = st.lists(
    st.tuples(SEVERITIES, st.integers(1, 900), WORDS),
    min_size=1,
    max_size=12,
    unique_by=lambda finding: finding[2],
)


def read(suffix: str, text: str) -> Audit | None:
    """Return the audit that ``text`` is read as, or None where it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"any{suffix}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return load_audit(path)
        except InputError:
            return None


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.sampled_from([".md", ".csv", ".yaml"]))
def test_any_text_is_read_or_refused_in_one_line(text: str, suffix: str) -> None:
    """No text is a traceback; each finding has words, and a line that is there."""
    audit = read(suffix, text)
    for finding in audit.findings if audit else ():
        assert finding.problem.strip()
        line = finding.origins[0].line
        assert line is None or 1 <= line <= text.count("\n") + text.count("\r") + 1


def markdown(findings: list[tuple[str, int, str]]) -> str:
    """Return the findings as headings with fields."""
    return "# Waterworks audit\n\n" + "\n".join(
        f"### F-{number}: {words}\n\n"
        f"**Severity:** {grade}\n**Location:** `w/{number}.py:{line}`\n\n"
        f"So it is that {words}.\n"
        for number, (grade, line, words) in enumerate(findings, 1)
    )


def table(findings: list[tuple[str, int, str]]) -> str:
    """Return the findings as CSV."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["id", "severity", "location", "what is wrong"])
    for number, (grade, line, words) in enumerate(findings, 1):
        rows.writerow([f"F-{number}", grade, f"w/{number}.py:{line}", f"So it is that {words}."])
    return sheet.getvalue()


def tree(findings: list[tuple[str, int, str]]) -> str:
    """Return the findings as YAML."""
    items = [
        {
            "ref": f"F-{number}",
            "grade": grade,
            "at": f"w/{number}.py:{line}",
            "said": f"That {words}.",
        }
        for number, (grade, line, words) in enumerate(findings, 1)
    ]
    return yaml.safe_dump({"found": items}, sort_keys=False)


@settings(max_examples=60, deadline=None)
@given(FINDINGS, st.sampled_from([(".md", markdown), (".csv", table), (".yaml", tree)]))
def test_no_finding_is_lost(findings: list[tuple[str, int, str]], form: tuple) -> None:  # type: ignore[type-arg]
    """Each comes out with its severity and its line, in its order, whatever the form."""
    suffix, write = form
    audit = read(suffix, write(findings))
    assert audit is not None
    told = [(str(one.severity).lower(), one.places[0].line) for one in audit.findings]
    assert told == [(grade, line) for grade, line, _ in findings]
