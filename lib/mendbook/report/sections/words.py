"""The words that a report uses in a sense of its own, folded below its summary."""

from __future__ import annotations

from mendbook.model import AskedStatus, Plan, Rung
from mendbook.report import markdown
from mendbook.text.escape import cell

WORDS = "what-the-words-mean"
"""Anchor of the list."""

PROVEN = {
    Rung.OUTLINE: "no patch: the place and the steps of a repair that a person writes",
    Rung.APPLIES: "git applies the patch to the commit",
    Rung.PARSES: "it applies, and brings no syntax error",
    Rung.BINDS: "it parses, every name in it means something, and nothing in use is gone; "
    "nothing was run",
    Rung.TYPECHECKS: "it binds, and passes the target's own type check",
    Rung.LINTS: "it passes the type check and the target's own linter",
    Rung.TESTS: "it passes both and the target's own tests",
    Rung.BUILDS: "it passes all of the target's own checks, and the target builds",
}
"""What each rung says of a patch."""

_DRAFT = "a patch that is in no pull request before a person has judged it"
_ASKED = {
    AskedStatus.SHOWN: "the change that the audit asks for was found in the patch",
    AskedStatus.PARTIAL: "part of what the audit asks for was found in the patch",
    AskedStatus.CONSISTENT: "the patch changes what the audit quotes and names; "
    "that it is all that was asked is not shown",
    AskedStatus.NOT_SHOWN: "nothing in the audit's words could be held against the patch: "
    "read it before merging",
}
_BANDS = (
    "how urgent, P0 first: the questions of the policy decide it, and each card says why and what "
    "would change it"
)
_ALWAYS = (
    ("sprint", "a stretch of work that holds the hours named in the plan; it has no date here"),
    ("85 % sure", "so in 85 of 100 simulated runs, in which each estimate varies in its range"),
    (
        "WSJF",
        "the order inside a priority: cost of delay over hours, times how sure the finding is; "
        "what is dear to leave and quick to do comes first",
    ),
    ("cost of delay", "points for severity, dimension, exposure, occurrence and reach"),
    ("hotspot", "how much the place is changed, used and hot, beside the others; 0 to 1"),
    ("curated", "written by a person and put beside the audit"),
    ("recipe", "a known repair, made from the code as it stands"),
)


def words_used(plan: Plan) -> tuple[str, ...]:
    """Return the list under its heading, of what this plan uses; nothing where nothing is found."""
    if not plan.remediations:
        return ()
    patches = [item.patch for item in plan.remediations]
    reached = {patch.rung for patch in patches}
    asked = {patch.asked.status for patch in patches if patch.rung is not Rung.OUTLINE}
    rows = [("P0 … P3", _BANDS)]
    rows += [(rung.value, words) for rung, words in PROVEN.items() if rung in reached]
    rows += [("draft", _DRAFT)] if any(patch.is_draft for patch in patches) else []
    rows += [(f"asked: {each.value}", words) for each, words in _ASKED.items() if each in asked]
    rows += _ALWAYS
    listing = markdown.table(
        ("Word", "What it means here"), [(cell(word), cell(words)) for word, words in rows]
    )
    return (
        markdown.anchor(WORDS),
        "### Words used here",
        markdown.details(f"What {len(rows)} words mean here", listing),
    )
