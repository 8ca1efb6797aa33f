"""Read what ``ts-prune`` prints: one unused export a line."""

from __future__ import annotations

import re

from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.observation import Source, audit_of
from mendbook.intake.packages import unused_export
from mendbook.intake.reader import Text, redacted
from mendbook.intake.roots import Root
from mendbook.model import Audit

_LINE = re.compile(
    r"(?P<path>[^:\n]+):(?P<line>\d{1,9}) - (?P<name>\S+)(?P<inside> \(used in module\))?"
)


def ts_prune_evidence(text: str) -> Evidence:
    """Tell whether every line of ``text`` is one that ts-prune prints."""
    lines = text.split("\n", 50)[:50]
    nonblank_lines = [line for line in lines if line.strip()]
    if nonblank_lines and all(_LINE.fullmatch(line.rstrip("\r")) for line in nonblank_lines):
        return Evidence(1.0, "every line is a path, a line and an export")
    return NOTHING


def read_ts_prune(source: Text) -> Audit:
    """Return the unused exports as an audit."""
    text, redactions = redacted(source)
    matches = [match for line in text.splitlines() if (match := _LINE.fullmatch(line.rstrip()))]
    root = Root(match["path"] for match in matches)
    report = Source(source.path, source.sha256, "ts-prune", redactions)
    return audit_of(
        report,
        (
            unused_export(
                "ts-prune",
                "ts-prune",
                root.relative(match["path"]),
                match["name"],
                int(match["line"]),
                used_inside=bool(match["inside"]),
            )
            for match in matches
        ),
    )
