"""Judge what tools say: by the formats an audit or a measurement can be read from."""

from __future__ import annotations

from mendbook.collect.records import Status
from mendbook.collect.tool import Answer, Verdict
from mendbook.errors import InputError
from mendbook.intake import load_audit


def by_findings(answer: Answer) -> Verdict:
    """Judge a report by what an audit made from it holds, so that no format is read twice.

    A report that says it is none (a registry that refused), one that is not understood, and an exit
    code that speaks of findings where none are named are failures, never clean.
    """
    try:
        audit = load_audit(answer.output)
    except InputError as error:
        said = str(error).replace(f"{answer.output}: ", "")
        return Status.FAILED, f"exit code {answer.code}, its output is not understood: {said}"
    refusal = next((note for note in audit.notes if note.field == "error"), None)
    if refusal:
        return Status.FAILED, f"{refusal.why}: {refusal.original}"
    return counted(answer, len(audit.findings))


def by_lines(answer: Answer) -> Verdict:
    """Judge a tool that prints one finding a line, and nothing where it finds none."""
    if not answer.output.read_text("utf-8", "replace").strip():
        return counted(answer, 0)
    return by_findings(answer)


def counted(answer: Answer, findings: int) -> Verdict:
    """Return the verdict on a report with so many findings."""
    if findings:
        return Status.FINDINGS, f"{findings} finding{'s' if findings > 1 else ''}"
    if answer.code:
        said = answer.complaint or "no message"
        return Status.FAILED, f"exit code {answer.code}, yet it names no finding ({said})"
    return Status.CLEAN, "nothing found"


def by_files(answer: Answer) -> Verdict:
    """Judge a tool by whether it wrote what it was run for."""
    files = sum(path.is_file() for path in answer.output.rglob("*"))
    if not files:
        said = answer.complaint or "no message"
        return Status.FAILED, f"exit code {answer.code}, and no file was written ({said})"
    return Status.MEASURED, f"{files} file{'s' if files > 1 else ''} written"
