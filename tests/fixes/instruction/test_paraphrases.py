"""One wish in many words: each file of ``cases`` is some code, and what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from instruction_cases import Case, propose

from mendbook.fixes.instruction.sentences.verbs import VERBS
from mendbook.model import Proposal, Skipped

HERE = Path(__file__).parent / "cases"


def _lines(text: str) -> str:
    return text.replace("\\n", "\n")


def _after(document: dict[str, Any], base: str, wanted: str | list[list[str]]) -> dict[str, str]:
    """Return the new texts: pairs of a piece that stands once and what it becomes."""
    path = document.get("paths", {}).get(base) or document["path"]
    before = {**document.get("files", {}), path: document["bases"][base]}
    if isinstance(wanted, str):
        _, old, new = wanted.split()
        return {path: re.sub(rf"(?<=[.\s]){old}\b", new, before[path])}
    after = dict(before)
    for pair in wanted:
        old, new, *where = (_lines(one) for one in pair)
        home = where[0] if where else path
        assert after[home].count(old) == 1, f"{old!r} stands {after[home].count(old)} times"
        after[home] = after[home].replace(old, new)
    return {name: text for name, text in after.items() if text != before[name]}


def cases() -> Iterator[Any]:
    """Yield each case of the files with what it must give, or why nothing."""
    for file in sorted(HERE.glob("*.yaml")):
        document = yaml.safe_load(file.read_text())
        for name, fix, function, evidence, wanted, *rest in document["cases"]:
            base = rest[0] if rest else next(iter(document["bases"]))
            case = Case(
                name,
                fix,
                document["bases"][base],
                evidence=_lines(evidence),
                function=function,
                path=document.get("paths", {}).get(base) or document["path"],
                files=document.get("files", {}),
            )
            refuses = isinstance(wanted, str) and wanted.startswith("refuse:")
            after = {} if refuses else _after(document, base, wanted)
            reason = wanted[7:].strip() if refuses else ""
            yield pytest.param(case, after, reason, id=f"{file.stem}: {name}")


def orders() -> list[Any]:
    """Return the cases that begin with an order and give an edit."""
    return [
        param
        for param in cases()
        if param.values[1] and param.values[0].fix.split()[0].lower() in VERBS
    ]


@pytest.mark.parametrize(("case", "after", "reason"), list(cases()))
def test_the_words_do_not_matter(case: Case, after: dict[str, str], reason: str) -> None:
    """Whatever words a text uses, it gives the one edit that it asks for, or its true refusal."""
    answer = propose(case)
    if after:
        assert isinstance(answer, Proposal), f"{case.fix}: {answer.reason}"
        assert answer.edits == after
        files = {name: after.get(name, text) for name, text in case.files.items()}
        done = replace(case, code=after.get(case.path, case.code), files=files)
        assert isinstance(propose(done), Skipped), "asked again, it would change once more"
    else:
        assert isinstance(answer, Skipped), f"{case.fix}: {answer.edits}"
        assert reason in answer.reason
