"""The patch on a finding's card: what it does, who made it, how far it is proven, and its diff."""

from __future__ import annotations

from mendbook.intake.redact import redact
from mendbook.model import CURATED, TOOL, Finding, Patch, Remediation, Rung
from mendbook.report import markdown
from mendbook.report.details_json import patch_file
from mendbook.report.index import Index
from mendbook.report.reading_order import in_reading_order
from mendbook.report.sections.finding_link import finding_link
from mendbook.report.sections.work_order import work_order
from mendbook.text.escape import code, fence, prose, visible
from mendbook.text.phrasing import continued, count, sentence

_LONG_DIFF = 120
_MAKERS = {
    CURATED: "",
    TOOL: "offered by the tool that reported the finding",
    "instruction": "made from the words of the fix",
    "recipe": "made by the recipe `{part}`",
    "drafter": "drafted by {part}",
}
"""Who made a patch, by its source; of a person's the patch says so itself."""


def patch_sketch(item: Remediation, finding: Finding, index: Index) -> str:
    """Return the sketch under its key: a patch, or the outline and the work order of none."""
    if finding.status.closed:
        said = f"the audit says that it is {finding.status}"
        return f"**Patch Sketch:** none; {said}, so nothing is planned."
    patch = item.patch
    if patch.rung is Rung.OUTLINE:
        lead = "No patch: a person decides and writes it."
        why = work_order(item.work_order, index, finding.fix) if item.work_order else ""
    else:
        lead = " ".join([*_what_it_does(patch), *_proven(patch)])
        why = prose(sentence(patch.why))
    if patch.is_draft:
        lead = f"A draft for a person to judge; no pull request holds it. {lead}"
        why = f"It is a draft because of this: {prose(sentence(patch.draft))} {why}".rstrip()
    if patch.covered_by:
        covering = finding_link(patch.covered_by, index)
        why += f" The patch of {covering} makes this change; it is shown here again."
    shown, secrets = redact(in_reading_order(patch.diff))
    if secrets:
        why += f" {count(secrets, 'secret')} of the code replaced here, not in the patch file."
    whole = patch.name if not secrets and shown == visible(shown) else ""
    diff = fence(shown, f"diff {whole}".rstrip()) if shown.strip() else ""
    lines = patch.diff.count("\n")
    if lines > _LONG_DIFF:
        diff = markdown.details(f"The diff, {lines} lines", diff)
    return markdown.blocks(f"**Patch Sketch:** {lead}", why, diff)


def _what_it_does(patch: Patch) -> tuple[str, ...]:
    """Return what the patch does, its file with its size, and who made it; a person says so."""
    size, file = f"+{patch.added} −{patch.removed}", patch_file(patch)
    named = f"{markdown.file_link(file, code(patch.name))}, {size}" if file else size
    words = _MAKERS.get(patch.source, "made by {part}").format(part=patch.part or patch.source)
    return prose(sentence(patch.summary)), f"{named}{f', {prose(words)}' if words else ''}."


def _proven(patch: Patch) -> tuple[str, ...]:
    summary = patch.summary.rstrip(".…").casefold()
    said = bool(summary) and summary in patch.asked.why.casefold()
    why = f" ({prose(continued(patch.asked.why))})" if patch.asked.why and not said else ""
    return (
        f"Does what was asked: *{patch.asked.status}*{why}.",
        f"Proven as far as *{patch.rung}*.",
    )
