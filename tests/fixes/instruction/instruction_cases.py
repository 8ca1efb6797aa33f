"""What a case of the instruction reader is, and how it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from mendbook.code.references import find_references
from mendbook.fixes.instruction import read_fix
from mendbook.fixes.recipe import asking
from mendbook.fixes.sources.instruction import leaves_nothing
from mendbook.fixes.task import Task
from mendbook.model import Contract, FindingFacts, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """A fix text, the code it speaks of, and what must come of it.

    ``edits`` maps pieces of the tree, each standing there once, to what they become, by file where
    more than one changes; ``refuses`` is a part of the reason where nothing may change.
    """

    name: str
    fix: str
    code: str
    edits: Mapping[str, str] = field(default_factory=dict)
    refuses: str = ""
    evidence: str = ""
    function: str = ""
    path: str = "src/a.ts"
    files: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problem: str = "it is wrong"


def propose(case: Case) -> Proposal | Skipped:
    """Return what the reader surely makes of a case; half of what is asked is none."""
    answer = read(case)
    left = [one for each in _contracts(answer) for one in each.open]
    return Skipped("instruction", f"one step is open: {'; '.join(left)}") if left else answer


def _contracts(answer: Proposal | Skipped) -> tuple[Contract, ...]:
    return () if isinstance(answer, Skipped) else answer.contracts


def read(case: Case) -> Proposal | Skipped:
    """Return what the reader makes of a case."""
    return read_fix(task_of(case), leaves_nothing)


def task_of(case: Case) -> Task:
    """Return a case as the task that a source is given."""
    tree = Snapshot.of({case.path: case.code, **case.files})
    finding = asking(case.problem, case.fix, case.path, case.function, case.evidence)
    lookup = find_references([finding], tree, provider="syntax")
    return Task(finding, FindingFacts(finding.id, (case.path,)), tree, lookup)


def expected(case: Case) -> dict[str, str]:
    """Return the new texts that a case must give."""
    texts = {case.path: case.code, **case.files}
    found = {}
    for path, edits in {case.path: case.edits, **case.others}.items():
        text = texts[path]
        for old, new in edits.items():
            assert text.count(old) == 1, f"{case.name}: {old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        if edits:
            found[path] = text
    return found


def check(case: Case) -> None:
    """Hold a case against what the reader makes of it."""
    answer = propose(case)
    if case.refuses:
        assert isinstance(answer, Skipped), f"{case.name}: {answer.edits}"
        assert case.refuses in answer.reason
        return
    assert isinstance(answer, Proposal), f"{case.name}: {answer.reason}"
    assert answer.edits == expected(case)
    assert answer.contracts


def wordings_of(folder: Path) -> Iterator[Any]:
    """Yield a parameter for each text in the YAML files of ``folder``."""
    for path in sorted(folder.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        files = document["files"]
        for kind in document["kinds"]:
            main, edits = kind["path"], kind.get("edits", {})
            for fix in kind.get("fixes", kind.get("refused", ())):
                case = Case(
                    kind["kind"],
                    fix,
                    files[main],
                    edits.get(main, {}),
                    refuses=" " if "refused" in kind else "",
                    evidence=kind["evidence"],
                    function=kind["function"],
                    path=main,
                    files={path: text for path, text in files.items() if path != main},
                    others={path: each for path, each in edits.items() if path != main},
                )
                yield pytest.param(case, id=f"{kind['kind']}: {fix}"[:90])
