"""Each table takes a throw-away row: adding one is a file and a row, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import MakeRepository
from drawn_records import finding
from mendbook import open_run, profiling
from mendbook.advice.advise import ADVISORS, advise
from mendbook.advice.advisor import Advisor, Survey
from mendbook.collect import tools as collecting
from mendbook.fixes import propose
from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.sources.sources import sources_for
from mendbook.fixes.task import Task
from mendbook.intake.formats.evidence import Evidence
from mendbook.intake.formats.formats import JSON_FORMATS, JsonFormat, json_format
from mendbook.intake.normalise import read_audit
from mendbook.intake.reader import Text
from mendbook.model import Advice, FindingFacts, Measurement, Plan, Profiles, Proposal, Skipped
from mendbook.profiling.formats import FORMATS, Format
from mendbook.report.charts import CHARTS
from mendbook.report.charts.chart import Chart, figure
from mendbook.report.document import parts
from mendbook.report.sections import SECTIONS, Section
from mendbook.repository.snapshot import Snapshot

TREE = Snapshot.of({"src/pay.py": "RATE = 1\n"})


class Nowhere:
    """A lookup in which nothing is used."""

    def importers(self, file: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def uses(self, symbol: str, file: str) -> object:
        """Refuse to be asked."""
        raise NotImplementedError


class Rewriter:
    """A source, and a recipe, that writes another number."""

    name = "rewriter"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the file with another number."""
        return Proposal(task.finding.id, self.name, "Raise", {"src/pay.py": "RATE = 2\n"})


def test_a_format_is_a_row() -> None:
    """What most speaks for is taken."""
    row = JsonFormat(
        "cobol-lint", lambda data: Evidence(0.99, "cobolLint"), read_audit, "COBOL lint"
    )
    told = json_format("a.json", {"cobolLint": []}, (*JSON_FORMATS, row))
    assert told.form is row


def test_a_measurement_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with its end is read by it."""

    def read(text: Text, snapshot: Snapshot) -> Profiles:
        return Profiles(measurements=(Measurement(text.path, "watts", float(text.text), "W"),))

    row = Format("power meter", (".watts",), (), read)
    monkeypatch.setattr("mendbook.profiling.measurement_files.FORMATS", (row, *FORMATS))
    (tmp_path / "a.watts").write_text("12")
    (found,) = profiling.load_profiles([tmp_path / "a.watts"], TREE).measurements
    assert (found.name, found.value) == ("watts", 12.0)


@pytest.mark.parametrize(
    "sources",
    [
        (*sources_for(), Rewriter()),
        (RecipeSource((*RECIPES, Rewriter())),),
    ],
    ids=["source", "recipe"],
)
def test_a_source_and_a_recipe_are_rows(sources: tuple[RecipeSource, ...]) -> None:
    """Each is asked last, about what nothing before it had an answer for."""
    about = finding("PAY-1", file="src/pay.py", fix="think about it")
    facts = FindingFacts("PAY-1", ("src/pay.py",))
    (found,) = propose([about], [facts], TREE, Nowhere(), sources)  # type: ignore[arg-type]
    assert found.proposal is not None
    assert found.proposal.edits == {"src/pay.py": "RATE = 2\n"}


def test_an_advisor_is_a_row(tmp_path: Path, make_repository: MakeRepository) -> None:
    """It speaks where it applies, and leaves no trace where it does not."""

    def says(survey: Survey) -> Advice:
        return Advice("mainframe", "Mainframe", f"{len(survey.snapshot.files)} file", ())

    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps({"findings": []}))
    run = open_run(audit, make_repository({"PAY.cbl": "STOP RUN.\n"}), out=tmp_path)
    given = (run.snapshot, run.context, run.references, run.audit, run.profiles)
    rows = (
        *ADVISORS,
        Advisor("mainframe", lambda survey: "PAY.cbl" in survey.snapshot, says),
        Advisor("silent", lambda _: False, says),
    )
    found = advise(*given, advisors=rows)
    assert [each.summary for each in found if each.advisor == "mainframe"] == ["1 file"]
    assert len(found) == len(advise(*given)) + 1


def test_a_chart_and_a_section_are_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A section is shown with the charts that it names."""

    def draws(plan: Plan) -> Chart:
        return Chart("weather", "Weather", "It is fine.", figure())

    monkeypatch.setitem(CHARTS, "weather", draws)
    row = Section("Weather Report", lambda plan: "# Weather Report", ("weather",))
    monkeypatch.setattr("mendbook.report.sections.catalogue.SECTIONS", (*SECTIONS, row))
    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps({"findings": []}))
    words, chart = parts(open_run(audit, out=tmp_path).plan, "Weather Report")
    assert "Weather Report" in f"{words}"
    assert isinstance(chart, Chart)
    assert chart.sentence == "It is fine."


def test_a_collector_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is chosen by its name."""
    (first, *_) = collecting.TOOLS
    monkeypatch.setattr(collecting, "TOOLS", (*collecting.TOOLS, first))
    assert len(collecting.choose()) == len(collecting.TOOLS)
