"""What became of a series on another commit, as Markdown to commit beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mendbook.model import Plan
from mendbook.series.onto import Carried, Outcome
from mendbook.text import escape
from mendbook.text.phrasing import count

_SAID = {
    Outcome.CARRIED: "in the series, proven up to {rung}",
    Outcome.DONE: "already done: left out",
    Outcome.SET_ASIDE: "no longer applies: kept in `PATCHES/drafts/`",
}


def tally(carried: Sequence[Carried]) -> str:
    """Return how many patches are carried, already done and set aside, in one sentence."""
    of = {each: sum(one.outcome is each for one in carried) for each in Outcome}
    return (
        f"{count(len(carried), 'patch', 'patches')} in series: {of[Outcome.CARRIED]} carried, "
        f"{of[Outcome.DONE]} already done, {of[Outcome.SET_ASIDE]} no longer applying."
    )


def carried_text(
    plan: Plan, onto: str, carried: Sequence[Carried], changed_by: Mapping[str, str]
) -> str:
    """Return the table of what became of each patch of ``plan`` on the commit ``onto``.

    ``changed_by`` maps a finding to the commit that changed its file last, in words; a finding
    whose file no commit changed is not in it.
    """
    rows = [
        f"| {escape.code(each.patch.finding_id)} | {escape.code(each.patch.name)} "
        f"| {_became(each)} | {escape.cell(_reason(each, changed_by))} |"
        for each in carried
    ]
    return "\n".join(
        [
            "# The series on another commit",
            "",
            f"Planned on {escape.code(plan.context.commit[:12])}, carried to "
            f"{escape.code(onto[:12])}. {tally(carried)}",
            "",
            "| Finding | Patch | What became of it | Why |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "Line numbers in the report, and the drafts, are those of the planned commit. Gates "
            "that ran there say nothing of this one: they are left out.",
            "",
        ]
    )


def _became(carried: Carried) -> str:
    return _SAID[carried.outcome].format(rung=carried.patch.rung)


def _reason(carried: Carried, changed_by: Mapping[str, str]) -> str:
    by = (
        changed_by.get(carried.patch.finding_id, "")
        if carried.outcome is not Outcome.CARRIED
        else ""
    )
    return "; ".join(part for part in (carried.why, by) if part)
