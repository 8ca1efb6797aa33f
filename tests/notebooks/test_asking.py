"""What an architect asks of a plan in a notebook: a finding, a diff, an order, a date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from mendbook.errors import InputError, UsageError
from mendbook.model import Learned, Priority
from mendbook.notebook import frames
from mendbook.notebook.card import card, coloured, diff_card
from mendbook.notebook.conclusions import CONCLUSIONS, conclude
from mendbook.notebook.curve import capacity_curve
from mendbook.notebook.drafts import drafts
from mendbook.notebook.patches import patches
from mendbook.notebook.ranks import RankPanel, stability_chart
from mendbook.report import chart, tables
from mendbook.report.nbconvert_exporters.html import html_of
from mendbook.run.opened import numbered, open_parameters
from mendbook.run.run import Run, open_run
from mendbook.sample import materialise_sample, sample_inputs

pytestmark = pytest.mark.xdist_group("what-if")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of the sample."""
    folder = tmp_path_factory.mktemp("asking")
    given = sample_inputs()
    materialise_sample(folder / "server")
    return open_run(
        given.audit, folder / "server", given.profiles, overrides=folder, out=folder / "out"
    )


@pytest.fixture
def at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the kernel believe that a Jupyter server started it."""
    monkeypatch.setenv("JPY_SESSION_NAME", "02-priorities.ipynb")


def text(html: str) -> str:
    """Return the words of some HTML."""
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


def test_a_finding_is_looked_up_with_all_that_the_plan_says(run: Run) -> None:
    """Place with code, path, patch, callsites, risk, tests, PR and sprint stand on one card."""
    shown = text(card(run.plan, "PERF-001", "   12  const rooms = 1").html)
    for words in (
        "PERF-001 — ", "Problem:", "Asked for:", "Place: ", "12  const rooms = 1", "Why P0",
        "What would change it:", "Patch", "Downstream callsites", "Runtime risk", "Tests required",
        "Rollback", "sprint 1",
    ):  # fmt: skip
        assert words in shown


def test_the_code_at_a_place_is_numbered() -> None:
    """Lines keep the numbers that they have in the file."""
    assert numbered("a\nb\nc\nd", 2, 3) == "    2  b\n    3  c"


def test_a_diff_has_a_colour_for_each_kind_of_line(run: Run) -> None:
    """Added and removed lines are told apart, and code in them is text."""
    soup = BeautifulSoup(coloured("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-<b>\n+<i>\n c"), "html.parser")
    rows = {row.get_text(): row["style"] for row in soup.find_all("span")}
    assert list(rows) == ["--- a/x", "+++ b/x", "@@ -1 +1 @@", "-<b>", "+<i>", " c"]
    assert "248,81,73" in str(rows["-<b>"])
    assert "46,160,67" in str(rows["+<i>"])
    patched = next(item for item in run.plan.remediations if item.patch.answers)
    assert text(diff_card(run.plan, patched.finding_id).html).startswith(patched.finding_id)


def test_an_unknown_id_names_the_nearest(run: Run) -> None:
    """One line, for a card as for a diff."""
    for ask in (card, diff_card):
        with pytest.raises(UsageError, match=r"^SEC-01: no such finding; did you mean 'SEC-001'"):
            ask(run.plan, "SEC-01")


def test_a_notebook_opens_a_published_run_as_it_was_published(run: Run, tmp_path: Path) -> None:
    """The plan is the folder's own; a folder that is no run is refused in one line."""
    with pytest.raises(InputError, match="name the folder of a published run"):
        _ = open_parameters({"run": str(tmp_path)}).plan


def test_a_table_shows_every_text_whole(run: Run) -> None:
    """Reasons and flips are not cut, whoever executes the notebook."""
    frame = tables.priorities(run.plan)[["id", "reason", "flip"]]
    shown = text(frames.searchable(frame)._repr_mimebundle_()["text/html"])
    assert all(str(words) in shown for words in [*frame.reason, *frame.flip])
    assert (
        "application/vnd.jupyter.widget-view+json"
        not in frames.searchable(frame)._repr_mimebundle_()
    )


@pytest.mark.usefixtures("at_a_desk")
def test_what_is_clicked_in_a_chart_is_selected_in_the_table(run: Run) -> None:
    """The rows of the ids of the points, and no others."""
    priority = chart(run.plan, "priority")
    linked = frames.linked(priority, tables.priorities(run.plan)[["rank", "id", "priority"]])
    figure, said, table = linked.widget.children
    second = next(drawn for drawn in figure.data if drawn.name == "P1")
    for at, drawn in enumerate(figure.data):  # as plotly does it
        points = SimpleNamespace(point_inds=[0, 2] if drawn is second else [], trace_index=at)
        linked.choose(drawn, points)
    chosen = {table.df.iloc[at]["id"] for at in table.selected_rows}
    assert chosen == {second.ids[0], second.ids[2]}
    assert {second.y[0], second.y[2]} == chosen
    assert text(said.value) == f"Selected: {second.ids[0]}, {second.ids[2]}"


@pytest.mark.usefixtures("at_a_desk")
def test_a_table_at_a_desk_can_be_searched() -> None:
    """It comes as a widget, and as HTML for who has none; nothing is read as a number."""
    frame = pd.DataFrame({"id": ["A", "B"], "hours": [0.5, None], "pr": [1, 2]}).convert_dtypes()
    bundle = frames.searchable(frame)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert text(bundle["text/html"]) == "id hours pr A 0.5 1 B 2"


@pytest.mark.usefixtures("at_a_desk")
def test_a_row_that_is_selected_shows_its_finding(run: Run) -> None:
    """One row shows its card, as a chart's click does; several, or none, ask for one."""
    frame = tables.priorities(run.plan)[["rank", "id", "priority"]]
    table = frames.searchable(frame, lambda name: card(run.plan, name))
    shown, below = table.shown.children
    assert shown is table.widget
    assert text(below.value) == "Click a row to see its finding below."
    table.widget.selected_rows = [3]
    assert text(below.value).startswith(f"{frame.id[3]} — ")
    table.select("id", [frame.id[0]])
    assert text(below.value).startswith(f"{frame.id[0]} — ")
    table.widget.selected_rows = [0, 1]
    assert text(below.value) == "Click a row to see its finding below."


def test_moving_a_threshold_moves_ranks_and_bands(run: Run) -> None:
    """What is hot from 2 % on is more than from 5 % on, and each move has its flip."""
    panel = RankPanel(run.basis)
    assert text(panel.status.value) == "Every number is the policy's: nothing moves."
    panel.numbers["thresholds", "hot_share"].value = 0.09
    assert text(panel.status.value) == "1 number changed, and no finding moves by it."
    panel.numbers["thresholds", "hot_share"].value = 0.02
    rows = BeautifulSoup(panel.moves.value, "html.parser").find_all("tr")[1:]
    moved = {
        cells[0]: cells[1:]
        for cells in ([each.get_text(strip=True) for each in row.find_all("td")] for row in rows)
    }
    assert moved["PERF-002"][:2] == ["P1", "P0"]
    assert "less than 2.0% of the profiled CPU time (now 3.3%)" in moved["PERF-002"][4]
    assert "to another band" in text(panel.status.value)
    panel.reset.click()
    assert panel.moves.value == ""


def test_moving_a_weight_keeps_the_bands(run: Run) -> None:
    """Weights order inside a band; the tree alone decides the band."""
    panel = RankPanel(run.basis)
    panel.numbers["dimension", "Readability"].value = 2.5
    assert "0 of them to another band" in text(panel.status.value) or not panel.moves.value


def test_what_cannot_be_seen_is_shown_in_a_table_and_beside_a_chart() -> None:
    """An id that turns its line around stands there as what it is."""
    hidden = "H-2\u202e\x85"
    table = frames.searchable(pd.DataFrame({"id": [hidden]}))._repr_mimebundle_()["text/html"]
    meta = {"name": "priority", "title": f"About {hidden}", "sentence": f"First comes {hidden}."}
    chart = {"application/vnd.plotly.v1+json": {"data": [], "layout": {"meta": meta}}}
    output = {"output_type": "display_data", "data": chart, "metadata": {}}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}
    page = html_of({"cells": [cell], "metadata": {}})
    for shown in (table, page):
        assert "H-2⟨U+202E⟩⟨U+0085⟩" in shown
        assert not {"\u202e", "\x85"} & set(shown)


def test_the_stability_chart_says_what_hangs_on_a_number(run: Run) -> None:
    """Each finding once, with the ranks it takes; those that change band are named."""
    drawn = stability_chart(run.basis)
    ids = [name for each in drawn.figure["data"] for name in each["ids"]]
    assert sorted(ids) == sorted(item.finding_id for item in run.plan.remediations)
    diamonds = {
        name
        for each in drawn.figure["data"]
        for name, symbol in zip(each["ids"], each["marker"]["symbol"], strict=True)
        if symbol == "diamond-open"
    }
    assert all(name in drawn.sentence for name in diamonds)


def test_more_capacity_brings_an_earlier_date_until_it_does_not(run: Run) -> None:
    """The curve falls, and its sentence names the ends it was drawn from."""
    drawn = capacity_curve(run.plan)
    done = drawn.figure["data"][0]
    assert list(done["x"]) == [each.capacity for each in run.plan.alternatives]
    assert list(done["y"]) == sorted(done["y"], reverse=True)
    assert drawn.sentence == (
        "With 10 hours a sprint all is done in sprint 3, with 25 in sprint 1; "
        "more, up to 40, bring no earlier date."
    )
    none = capacity_curve(replace(run.plan, alternatives=()))
    assert none.sentence == "No other capacity was planned."


def test_patches_are_chosen_by_proof(run: Run) -> None:
    """The list holds those of one standing, and the diff follows the choice."""
    panel = patches(run.plan)
    standing = next(item for item in run.plan.remediations if item.patch.answers).patch.standing
    panel.proof.value = standing
    wanted = [i.finding_id for i in run.plan.remediations if i.patch.standing == standing]
    assert [value for _, value in panel.chosen.options] == wanted
    panel.chosen.value = wanted[-1]
    assert wanted[-1] in text(panel.diff.value)


def test_each_conclusion_is_computed(run: Run) -> None:
    """With no finding, none of them says what it says of the sample."""
    empty = replace(
        run.plan,
        audit=replace(run.plan.audit, findings=(), over_engineering=(), notes=()),
        remediations=(),
        pull_requests=(),
        alternatives=(),
        facts=(),
        heat=(),
        advice=(),
        context=replace(run.plan.context, facts=()),
        profiles=replace(run.plan.profiles, sources=()),
    )
    taught = replace(run.plan, learned=Learned(cases=6, agreed=5, agree=5))
    for about in CONCLUSIONS:
        full, none = conclude(taught, about).markdown, conclude(empty, about).markdown
        assert full != none
        assert full.endswith(".")
        assert none.endswith(".")
    with pytest.raises(UsageError, match="did you mean 'order'"):
        conclude(run.plan, "ordre")


def test_the_conclusion_on_the_tree_counts_the_bands_that_differ(run: Run) -> None:
    """A finding that severity alone puts later is named as earlier."""
    first, *rest = run.plan.remediations
    moved: Any = replace(first, decision=replace(first.decision, priority=Priority.P3))
    said = conclude(replace(run.plan, remediations=(moved, *rest)), "tree").markdown
    assert f"{first.finding_id}" in said
    assert "later" in said


def test_drafts_are_shown_with_their_standing_and_their_diff(run: Run) -> None:
    """Who wrote each, how far it is proven, and why it waits; one without drafts says so."""
    plan = run.plan
    item = next(each for each in plan.remediations if each.patch.answers)
    waiting = replace(
        item.patch, draft="nobody looked at it <yet>", source="drafter", part="claude"
    )
    others = tuple(each for each in plan.remediations if not each.patch.is_draft and each != item)
    made = drafts(replace(plan, remediations=(replace(item, patch=waiting), *others)))
    shown = BeautifulSoup(made.html, "html.parser")
    (head,) = shown.find_all("summary")
    said = f"drafter:claude, proven up to {waiting.rung.value}, asked: {waiting.asked.words}"
    assert head.get_text().startswith(f"{item.finding_id} — ")
    assert said in head.get_text()
    assert "Nobody looked at it <yet>." in shown.get_text()
    assert {row.get_text() for row in shown.find_all("span")} >= set(waiting.diff.split("\n")[:2])
    assert made.markdown.startswith(f"**{item.finding_id}**")
    assert waiting.diff.split("\n")[0] in made.markdown
    assert drafts(replace(plan, remediations=others)).markdown.startswith("No draft waits")
