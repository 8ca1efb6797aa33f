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
from mendbook.drafting.adapters import ADAPTERS, Adapter
from mendbook.drafting.briefs import FORBIDDEN
from mendbook.fixes.recipe import Example, Recipe
from mendbook.fixes.recipes import RECIPES
from mendbook.intake.formats.formats import JSON_FORMATS, TEXT_FORMATS, JsonFormat, TextFormat
from mendbook.profiling import BINARY_FORMATS, FORMATS
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
        "drafters.md": _drafters(),
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
            cell(", ".join([*form.suffixes, *(f"{key}:" for key in form.keys), *form.begins])),
            _said_by(form.read),
        ]
        for form in FORMATS
    ]
    measured += [
        [cell(form.name), cell(", ".join([*form.suffixes, "first bytes"])), _said_by(form.read)]
        for form in BINARY_FORMATS
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


def _drafters() -> str:
    return _page(
        "Drafters",
        "For a finding that nothing has a sure patch for, a coding agent or a program of your own "
        "may draft one: `mendbook draft RUN --with NAME [--only ID,…] [--budget 2.00] "
        "[--minutes 30]`. Mendbook decides how far to believe it. What an answer does not reach "
        "first of *applies, asked, parses, binds* and the gates that are on goes back, without "
        "secrets and short, at most twice; the best answer stays, as a draft with its true rung, "
        "till you take it over with `mendbook accept RUN ID`. Answers are kept by the hash of "
        "their brief: a run that was cut off asks nothing twice.",
        "## Limits\n\n"
        "`--minutes` is for the whole run: no answer is waited for longer; one finding has five "
        "minutes, its repairs included. `--budget` is in US dollars: the next answer is taken to "
        "cost as much as the dearest so far, those on their way counted in, and none is asked for "
        "that it does not pay for. It can hold only an agent that tells its price (below); where "
        "one does not, the report says so. One that gives a failed answer again is not asked a "
        "third time.",
        "## Agents that are known by name\n\n"
        'Words behind the name are its own arguments: `--with "llm -m gpt-5"`. Each runs in an '
        "empty scratch folder that is its home, too: without your repository, your files, or any "
        "variable but the usual ones (`PATH`, proxies, certificates) and those listed here; log in "
        "by such a key, since a login in your home is not seen.\n\n"
        "| name | called as | variables | price | documented at |\n"
        "| --- | --- | --- | --- | --- |\n" + "\n".join(_adapter(each) for each in ADAPTERS),
        "## Any other command\n\n"
        "It is given a brief as JSON on its standard input and prints its answer. `--pass NAME,…` "
        "hands it variables of yours. The answer is text with edits in it, or JSON: "
        '`{"edits": [{"file": …, "search": …, "replace": …}]}`, an edit with `text` for a whole '
        'file, `{"diff": …}`, or `{"answer": …}` with the text of a model; beside it `cost_usd`, '
        "where it is known, for `--budget`. Exit with another code than 0 where there is no "
        "answer; the last line of standard error is the reason. In full, for any model behind a "
        "server that speaks OpenAI's chat API:\n\n"
        + fence((HERE / "own_drafter.py").read_text(), "python")
        + "\n\n"
        + fence(
            "MODEL_URL=http://localhost:8000/v1 MODEL=small MODEL_KEY=none mendbook draft RUN \\\n"
            '    --with "python docs/own_drafter.py" --pass MODEL_URL,MODEL,MODEL_KEY',
            "sh",
        ),
        "## How edits are written\n\n"
        "As search/replace blocks below the path of their file, as one unified diff, or as whole "
        "functions in a fenced block below a path; prose around them is cut off, and Mendbook "
        "computes the diff. Text that was redacted in the brief stays in the file as it is.",
        "## What is refused, by name\n\n" + "\n".join(f"- {each}" for each in FORBIDDEN),
        "## Code that an agent wrote is foreign code\n\n"
        "With `--gates`, the target's checks run over each draft inside bubblewrap (`bwrap`), "
        "else in a container (podman, docker) of the machine's own programs: "
        "without network, without keys, without your home. Where that is missing they do not run, "
        "unless you say `--trust-drafts`; the report says which it was.",
    )


def _adapter(row: Adapter) -> str:
    called = " ".join(word or '""' for word in row.arguments)
    price = "read" if row.prices else "not told"
    cells = (row.name, code(called), ", ".join(row.variables), price, row.docs)
    return f"| {' | '.join(cells[:1])} | {cells[1]} | {cell(cells[2])} | {cells[3]} | {cells[4]} |"


def _stages() -> str:
    rows = [
        [
            code(stage.name),
            cell(", ".join([*stage.given, *(f"{each} (itself)" for each in _own(stage))])),
            _words(stage.function.__doc__),
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
