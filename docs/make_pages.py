"""Write the pages of ``docs/`` that are made from the code: ``make docs``.

A test holds them current.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mendbook.advice.advise import ADVISORS
from mendbook.fixes.recipe import Example, Recipe
from mendbook.fixes.recipes import RECIPES
from mendbook.intake.formats.table import JSON_FORMATS, TEXT_FORMATS, JsonFormat, TextFormat
from mendbook.profiling import FORMATS
from mendbook.report.exporters import EXPORTERS
from mendbook.run.sources import SOURCES
from mendbook.run.stages import STAGES
from mendbook.text.escape import cell, code, fence, text

HERE = Path(__file__).parent
_MADE = "<!-- made by docs/make_pages.py: do not edit; `make docs` writes it again -->"


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {
        "recipes.md": _recipes(),
        "formats.md": _formats(),
        "advisors.md": _advisors(),
        "exporters.md": _exporters(),
        "stages.md": _stages(),
    }


def _page(title: str, intro: str, *blocks: str) -> str:
    return "\n\n".join([f"# {title}", _MADE, intro, *blocks]) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _said_by(function: Any) -> str:  # noqa: ANN401 - any function of ours
    """Return the first line of the docstring of the module that ``function`` stands in."""
    return _words(sys.modules[function.__module__].__doc__)


def _words(docstring: str | None) -> str:
    """Return the first line of our own words, as Markdown."""
    first = (docstring or "").strip().splitlines()[0]
    return first.replace("``", "`").replace("|", "\\|")


def _recipes() -> str:
    listed = _table(
        ("Recipe", "What it does"),
        ([f"[{code(recipe.name)}](#{recipe.name})", _words(recipe.message)] for recipe in RECIPES),
    )
    intro = (
        "Known repairs, in the order in which they are asked. Each is chosen by words of a "
        "finding, and checks the code before it changes it; the examples below are its tests."
    )
    return _page("Recipes", intro, listed, *map(_recipe, RECIPES))


def _recipe(recipe: Recipe) -> str:
    changed = next((example for example in recipe.examples if example.after), None)
    refused = [example.refuses for example in recipe.examples if example.refuses]
    blocks = [f"## {recipe.name}", _words(recipe.message)]
    if changed is not None:
        blocks += [f"For *{text(changed.finding.fix or changed.finding.problem)}*:", _diff(changed)]
    if refused:
        blocks.append("\n".join(f"- leaves alone: {text(each)}" for each in dict.fromkeys(refused)))
    return "\n\n".join(blocks)


def _diff(example: Example) -> str:
    lines: list[str] = []
    for path, after in example.after.items():
        before = example.before.get(path, "")
        both = (before.splitlines(), (after or "").splitlines())
        lines += difflib.unified_diff(
            *both, path, path if after is not None else "gone", lineterm=""
        )
    return fence("\n".join(lines), "diff")


def _formats() -> str:
    every: tuple[JsonFormat | TextFormat, ...] = (*JSON_FORMATS, *TEXT_FORMATS)
    rows = [[code(form.name), _said_by(form.read)] for form in every]
    measured = [
        [
            cell(form.name),
            cell(", ".join([*form.suffixes, *(f"{key}:" for key in form.keys)])),
            _said_by(form.read),
        ]
        for form in FORMATS
    ]
    return _page(
        "Formats",
        "What an audit is read from; which format a file is in is told by its content.",
        _table(("Format", "What is read"), rows),
        "## Measurements",
        _table(("Format", "Told by", "What is read"), measured),
    )


def _advisors() -> str:
    rows = [[code(advisor.name), _said_by(advisor.advise)] for advisor in ADVISORS]
    intro = "Each speaks only where the target has what it is about."
    return _page("Advisors", intro, _table(("Advisor", "What it does"), rows))


def _exporters() -> str:
    rows = [
        [cell(exporter.name), code(exporter.suffix or "no end"), _file_of(exporter.parts)]
        for exporter in EXPORTERS
    ]
    intro = "What a plan is written as, besides the executed notebooks, Markdown and HTML."
    return _page("Exporters", intro, _table(("Exporter", "End", "Files"), rows))


def _file_of(parts: Any) -> str:  # noqa: ANN401 - any function of ours
    return _words(parts.__doc__).removeprefix("Yield ")


def _stages() -> str:
    rows = [
        [
            code(stage.name),
            cell(", ".join([*stage.given, *(f"{each} (itself)" for each in _own(stage))])),
            _words(stage.make.__doc__),
            "saved" if stage.record is not None else "made in each run",
        ]
        for stage in STAGES
    ]
    sources = ", ".join(code(source.name) for source in SOURCES)
    intro = (
        "The river, from top to bottom. A stage is a function of what it reads; it is made anew "
        f"when that has changed, and else read back. What comes from outside: {sources}."
    )
    return _page("Stages", intro, _table(("Stage", "Reads", "What it is", ""), rows))


def _own(stage: Any) -> list[str]:  # noqa: ANN401 - a stage
    return [name for name in stage.depends_on if name not in stage.given]


def main() -> None:
    """Write every page."""
    for name, page in pages().items():
        (HERE / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
