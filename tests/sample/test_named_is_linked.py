"""Whatever the samples' reports name in a sentence leads to it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mendbook import sample
from mendbook.model import Plan
from mendbook.report import markdown_report
from mendbook.report.index import Index
from mendbook.run.run import open_run

_BLOCK = re.compile(r"(?ms)^(`{3,})[^`\n]*$.*?^\1$")
_LINK = re.compile(r"\[(?:`[^`]*`|\\.|[^\[\]\\`])*\]\([^()\s]*\)")
_COMMAND = re.compile(r"`[^`]* [^`]*`")
_CARD = re.compile(r'<a id="(.+)"></a>')
_INPUT = re.compile(r"\| Input override \S+\.patch ")
"""A file of the user's is named as it is, whatever it is about."""


@pytest.fixture(scope="module", params=sample.sample_names())
def plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Return each sample's plan, as if its repository had been cloned from a forge."""
    name, folder = str(request.param), tmp_path_factory.mktemp("named")
    found = sample.sample_inputs(name)
    repo = sample.materialise_sample(folder / "repo", name)
    run = open_run(found.audit, repo, found.profiles, out=folder / "out", references="syntax")
    made = run.plan
    return replace(made, context=replace(made.context, remote="https://github.com/ada/mill"))


def names(plan: Plan) -> re.Pattern[str]:
    """Return what finds each name of the plan's own things in a text."""
    index = Index.of(plan)
    known = [*index.anchor_of, *index.patch_files, *index.files]
    spelled = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"(?<![\w./-])(?:{spelled}|PRs? #?\d+|[Ss]print \d+)(?::\d+)?(?![\w-]|\.\w)")


def unlinked(markdown: str, named: re.Pattern[str]) -> list[str]:
    """Return what is named outside of headings, links, commands and blocks, with its line."""
    found, own = list[str](), ""
    for line in _BLOCK.sub("", markdown).splitlines():
        if mark := _CARD.fullmatch(line):
            own = mark[1]
        elif not line.startswith(("#", "<")):
            left = _COMMAND.sub("", _LINK.sub("", _INPUT.sub("", line)))
            found += [f"{each[0]}: {line}" for each in named.finditer(left) if each[0] != own]
    return found


def test_every_name_in_a_sentence_is_a_link(plan: Plan, tmp_path: Path) -> None:
    """Findings, pull requests, sprints, patches and lines of files that the tree has."""
    report = markdown_report(plan)
    assert unlinked(report, names(plan)) == []


def test_a_name_that_is_no_link_would_be_seen(plan: Plan) -> None:
    """The search does not pass everything: with its links undone, a report names a great deal."""
    bare = _LINK.sub(lambda found: found[0][1 : found[0].rindex("](")], markdown_report(plan))
    seen = {each.partition(":")[0] for each in unlinked(bare, names(plan))}
    assert {finding.id for finding in plan.audit.findings} <= seen
    assert {"PR #1", "sprint 1"} <= seen
