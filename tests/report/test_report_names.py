"""Names in running sentences: what they name is a link, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.report.index import Index
from mendbook.report.names import linked, ours, sprint_named
from plan_factory import sample_plan

PLAN = sample_plan()
SHORT = "READ-LOW-001"
PATCH = "002-RT-HIGH-001-draw-ids.patch"
FORGE = "https://github.com/ada/mill"
BLOB = f"{FORGE}/blob/{PLAN.context.commit}"


def index(page: str = "", renamed: str = "") -> Index:
    """Return the index of the sample; ``renamed`` is another id of its smallest finding."""
    findings = tuple(
        replace(each, id=renamed) if renamed and each.id == SHORT else each
        for each in PLAN.audit.findings
    )
    plan = replace(PLAN, audit=replace(PLAN.audit, findings=findings))
    return Index.of(replace(plan, context=replace(plan.context, remote=page)))


SENTENCES = [
    ("RT-HIGH-001 hides it.", "[RT-HIGH-001](#RT-HIGH-001) hides it."),
    ("(see RT-HIGH-001, too)", "(see [RT-HIGH-001](#RT-HIGH-001), too)"),
    ("as `RT-HIGH-001` says", "as [`RT-HIGH-001`](#RT-HIGH-001) says"),
    ("| RT-HIGH-001 | 2 |", "| [RT-HIGH-001](#RT-HIGH-001) | 2 |"),
    ("RT-HIGH-001's\nSEC-LOW-001", "[RT-HIGH-001](#RT-HIGH-001)'s\n[SEC-LOW-001](#SEC-LOW-001)"),
    (f"`{PATCH}`", f"[`{PATCH}`](../../PATCHES/{PATCH})"),
    ("src/config/index.ts:12 is", f"[src/config/index.ts:12]({BLOB}/src/config/index.ts#L12) is"),
    ("`src/config/index.ts:3-5`", f"[`src/config/index.ts:3-5`]({BLOB}/src/config/index.ts#L3-L5)"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "shown"), SENTENCES)
def test_a_name_in_a_sentence_is_a_link(sentence: str, shown: str) -> None:
    """Findings, patches and places, as words and as code, and never twice."""
    known = index(FORGE)
    assert linked(sentence, known) == shown
    assert linked(shown, known) == shown


LEFT = [
    "### RT-HIGH-001 — Room state is read without a lock",
    "[RT-HIGH-001 first](#pr-2)",
    "[`src/[id]/RT-HIGH-001.tsx`](https://code.example.org/x)",
    "RT-HIGH-0012, XRT-HIGH-001 and RT-HIGH-001.patch",
    "`git apply -R PATCHES/002-RT-HIGH-001-draw-ids.patch`",
    "```text\nRT-HIGH-001\n```",
    "````diff\n```\nRT-HIGH-001\n````",
    "<summary>RT-HIGH-001</summary>",
    "tests/config.test.ts:3 is yet to be written",
    "the audit's PR #1 and sprint 1 are others",
]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_names_nothing_of_the_plan_stays(sentence: str) -> None:
    """Headings, links, commands and blocks; longer words; files that are not there."""
    assert linked(sentence, index(FORGE)) == sentence


@pytest.mark.parametrize("name", ["S3", "P0", "7", "H1", "lock"])
def test_an_id_that_may_mean_something_else_is_linked_only_where_it_is_known(name: str) -> None:
    """An upload to S3 is no finding S3; a sentence of ours that names the finding is told so."""
    known = index(renamed=name)
    said = f"Write the code for {name} first."
    assert linked(said, known) == said
    assert ours(said, known, [name]) == f"Write the code for [{name}](#{name}) first."


def test_a_card_does_not_link_to_itself() -> None:
    """Below a finding's heading its own id is plain; after it, others' sentences link again."""
    card = '<a id="RT-HIGH-001"></a>\n\n### RT-HIGH-001 — Lock\n\nRT-HIGH-001 before SEC-LOW-001.'
    assert linked(f"{card}\n\n## Next\n\nRT-HIGH-001", index()) == (
        f"{card.removesuffix('SEC-LOW-001.')}[SEC-LOW-001](#SEC-LOW-001).\n\n"
        "## Next\n\n[RT-HIGH-001](#RT-HIGH-001)"
    )


def test_our_own_sentences_link_to_pull_requests_and_sprints() -> None:
    """Those that the plan has; a card's own pull request, a command and a number do not."""
    known = index()
    assert ours("First revert PR #2 (PR 1 stays) in sprint 1.", known, own="pr-1") == (
        "First revert [PR #2](#pr-2) (PR 1 stays) in [sprint 1](#sprint-1)."
    )
    assert (
        ours("`git revert PR #2`, PR 99, sprint 99", known)
        == "`git revert PR #2`, PR 99, sprint 99"
    )
    assert sprint_named(1, known) == "[sprint 1](#sprint-1)"
    assert sprint_named(99, known, "99") == "99"
