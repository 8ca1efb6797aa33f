"""Write patches as mail in ``git format-patch`` form: ``git apply`` and ``git am`` take it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr

from mendbook.intake.redact import redact
from mendbook.model import CheckStatus, Finding, Patch, Remediation
from mendbook.text.escape import visible
from mendbook.text.plain import one_line, wrapped

AUTHOR = "Mendbook <mendbook@localhost>"
_WIDTH = 72
_INDENT = "    "
_SUBJECT = 100
_FROM = "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001"
"""The line that ``git format-patch`` starts a mail with; the date is the same in all of them."""
_SECRETS = (
    "The diff below quotes lines of the repository that look like secrets; git needs them to apply "
    "it. Whoever can read the repository knows them: rotate them."
)


def format_patch(
    remediation: Remediation, finding: Finding, date: datetime, author: str = AUTHOR
) -> bytes:
    """Return the mail of the remediation's patch: what, why, how far proven, rollback, diff.

    ``date`` (with a time zone) and ``author`` (``Name <address>``) are the commit's, so the same
    plan gives the same bytes. Foreign words are indented and their invisible characters written
    out: no line of them can be taken for a header, a diff or the next mail.
    """
    patch = remediation.patch
    body = "\n".join(
        [
            *_headers(patch, date, author),
            "",
            f"For {one_line(finding.id, 60)} ({finding.severity}, {finding.kind}):",
            *_quoted(finding.problem),
            *_paragraph("Why it is done so:", patch.why),
            "",
            f"Source: {one_line(patch.made_by, 60)}. {proven(patch)}",
            *_asked(patch),
            *_paragraph("A draft, in no series:", patch.draft),
            *_paragraph("Risk:", remediation.runtime_risk or patch.risk),
            *_paragraph("Rollback:", remediation.rollback, wrap=False),
            *_paragraph("What a revert does not undo:", "\n".join(patch.irreversible)),
            *_paragraph("Secrets:", _SECRETS if redact(patch.diff)[1] else ""),
            "---",
            *(f" {visible(path)}" for path in patch.files),
            f" {len(patch.files)} files, {patch.added} lines added, {patch.removed} removed",
            "",
            "",
        ]
    )
    return f"{body}{patch.diff}-- \nmendbook\n\n".encode()


def quilt_series(patches: Iterable[Patch]) -> str:
    """Return the ``series`` file: the names of the patches in series, one a line, in order."""
    return "".join(f"{patch.name}\n" for patch in patches if patch.in_series)


def proven(patch: Patch) -> str:
    """Return one sentence: what was proven of ``patch``, what failed, and what was not run."""
    words = {
        CheckStatus.PASS: "Proven",
        CheckStatus.FAIL: "Failed",
        CheckStatus.NOT_RUN: "Not run",
    }
    groups = [
        f"{word}: {', '.join(names)}."
        for status, word in words.items()
        if (names := [check.name for check in patch.checks if check.status is status])
    ]
    return " ".join(groups) or f"Proven: {patch.rung}."


def _asked(patch: Patch) -> list[str]:
    """Return whether the patch does what was asked, and what that rests on, as foreign words."""
    status = f"Asked: {one_line(patch.asked.words, 200)}."
    return [status, *_quoted(patch.asked.why)] if patch.asked.why else [status]


def _headers(patch: Patch, date: datetime, author: str) -> list[str]:
    name, address = parseaddr(visible(author))
    subject = one_line(patch.summary, _SUBJECT)
    return [
        _FROM,
        f"From: {formataddr((name, address), 'utf-8')}",
        f"Date: {format_datetime(date)}",
        f"Subject: [PATCH] {_encoded(subject)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]


def _encoded(subject: str) -> str:
    """Return ``subject`` for a header; what only looks encoded is encoded too."""
    if subject.isascii() and "=?" not in subject:
        return subject
    return Header(subject, "utf-8", header_name="Subject: [PATCH]").encode()


def _paragraph(title: str, text: str, *, wrap: bool = True) -> list[str]:
    if not text.strip():
        return []
    lines = (
        _quoted(text)
        if wrap
        else [f"{_INDENT}{line}".rstrip() for line in visible(text).split("\n")]
    )
    return ["", title, *lines]


def _quoted(text: str) -> list[str]:
    return wrapped(text.strip(), _WIDTH, _INDENT)
