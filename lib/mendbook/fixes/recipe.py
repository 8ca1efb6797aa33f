"""What a recipe is: words that select it, a rewrite that the code decides, and its own examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mendbook.code.line_runs import line_runs_of
from mendbook.code.python_source import parse_python
from mendbook.code.trees import LANGUAGES, is_source, parse
from mendbook.fixes.reach import files
from mendbook.fixes.task import Task, not_asked
from mendbook.fixes.unanswered import as_half, with_open
from mendbook.fixes.words import counted_places, left_over, sets_apart, unwritten
from mendbook.model import (
    Cause,
    Contract,
    Dimension,
    Finding,
    Followup,
    Place,
    PlaceKind,
    Proposal,
    Severity,
    Skipped,
)
from mendbook.text.plain import one_line

PYTHON = (".py",)
SCRIPTS = tuple(LANGUAGES)
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_EVENT = re.compile(r"[\w-]+:[\w:-]+")


@dataclass(frozen=True, slots=True)
class RecipeChange:
    """What a rewrite wants to change; the fields are those of ``Proposal``."""

    summary: str
    edits: Mapping[str, str | None]
    why: str = ""
    risk: str = ""
    tests: tuple[Followup, ...] = ()
    docs: tuple[Followup, ...] = ()
    irreversible: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    contracts: tuple[Contract, ...] = ()
    """What the recipe claims to do; a recipe that claims nothing is never *shown* to do it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Why what is to go stays: the code needs it, or may, as its references say."""

    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """One example of code a recipe must change, or (``refuses``) must leave alone.

    ``before`` maps paths to texts; ``after`` holds the files that change, None for one that goes.
    ``refuses`` is a part of the reason that is given when nothing changes.
    """

    name: str
    finding: Finding
    before: Mapping[str, str]
    after: Mapping[str, str | None] = field(default_factory=dict)
    refuses: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recipe: ``words`` in a finding select it, ``rewrite`` checks the code and decides.

    The words may stand in the problem alone; what the fix says has to be its ``remedy`` then: a
    slow loop may be told to be cached, and not to be joined.

    ``rewrite`` returns the change, or one sentence that says why there is none: ``Kept`` where the
    code needs what is to go, a ``Skipped`` where its words stand in the finding and nothing that it
    is for stands in the code.
    """

    name: str
    message: str
    words: str
    remedy: str
    """Words of the fix that may mean this repair; a fix with none of them asks for another one."""
    rewrite: Callable[[Task], RecipeChange | Kept | Skipped | str]
    examples: tuple[Example, ...]
    does: str = ""
    """Words of the fix that only say in other words what the edit does."""
    suffixes: tuple[str, ...] = ()
    """Of the files that it can change; a finding that names only others does not ask for it."""

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the recipe's edits for the task's finding, or why it has none."""
        finding = task.finding
        said = re.search(self.words, f"{finding.problem}\n{finding.fix}", re.IGNORECASE)
        named = files(task)
        if said is None or (named and self.suffixes and not _any_ends(named, self.suffixes)):
            return not_asked(self.name)
        if finding.fix.strip() and not re.search(self.remedy, finding.fix, re.IGNORECASE):
            return not_asked(self.name)
        change = self.rewrite(task)
        if isinstance(change, Skipped):
            return change
        if isinstance(change, Kept):
            return Skipped(self.name, change.reason, Cause.KEPT)
        if isinstance(change, str):
            return Skipped(self.name, change)
        edits = {
            path: text for path, text in change.edits.items() if text != task.snapshot.get(path)
        }
        broken = [path for path, text in edits.items() if _breaks(path, text, task)]
        if not edits:
            return Skipped(self.name, "the code is already as it should be")
        if broken:
            return Skipped(self.name, f"the edit of {broken[0]} would not parse")
        old = "\n".join(task.snapshot.get(path) or "" for path in edits)
        new = "\n".join(text or "" for text in edits.values())
        asked = unwritten(finding.fix, old, new)
        if asked:
            return Skipped(self.name, f"the fix asks for {one_line(asked, 60)}, spelled just so")
        if (wanted := counted_places(finding.fix)) > _touched(edits, task):
            return Skipped(self.name, f"the fix speaks of {wanted} places, and fewer would change")
        if sets_apart(finding.fix) and (places := _rewritten(edits, task)) > 1:
            return Skipped(
                self.name, f"the fix keeps something as it is, and {places} places would change"
            )
        fix = re.sub(self.does, " ", finding.fix, flags=re.IGNORECASE) if self.does else finding.fix
        proposal = Proposal(
            finding_id=finding.id,
            source="recipe",
            part=self.name,
            summary=change.summary,
            edits=edits,
            why=change.why or self.message,
            risk=change.risk,
            tests=change.tests,
            docs=change.docs or ((Followup(finding.docs_path),) if finding.docs_path else ()),
            irreversible=change.irreversible,
            packages=change.packages,
            contracts=with_open(change.contracts, left_over(fix, old, new)),
        )
        return as_half(proposal, task.saying(fix), whole=True)


def _rewritten(edits: Mapping[str, str | None], task: Task) -> int:
    """Return how many runs of lines that stand in the tree would become others."""
    return sum(bool(run.gone) for _, run in line_runs_of(edits, task.snapshot))


def _touched(edits: Mapping[str, str | None], task: Task) -> int:
    """Return how many runs of lines an edit changes, those that only import left out."""
    count = 0
    for _, run in line_runs_of(edits, task.snapshot):
        rows = [one.strip() for one in run.written if one.strip()]
        both = [*rows, *(one.strip() for one in run.gone if one.strip())]
        imports = rows and all(re.match(r"(?:import|from)\b", one) for one in both)
        declares = (
            not run.gone
            and len(rows) == 1
            and re.match(r"(?:export\s+)?(?:const\s+)?[A-Z_\d]+\s*=", rows[0])
        )
        count += not imports and not declares
    return count


def asking(
    problem: str,
    fix: str,
    file: str,
    function: str = "",
    evidence: str = "",
) -> Finding:
    """Return the finding of an example: ``problem`` in ``function`` of ``file``, to be fixed so."""
    kind = PlaceKind.DIRECTORY if file.endswith("/") else PlaceKind.FILE
    return Finding(
        id="EX-1",
        severity=Severity.LOW,
        dimension=Dimension.CODE_QUALITY,
        file=file,
        function=function,
        problem=problem,
        evidence=evidence,
        impact="",
        fix=fix,
        complexity="",
        places=(Place(file.rstrip("/"), kind),) if file else (),
        symbols=tuple(_NAME.findall(_EVENT.sub("", function))),
        events=tuple(_EVENT.findall(function)),
    )


def _any_ends(paths: Sequence[str], suffixes: tuple[str, ...]) -> bool:
    return any(path.endswith(suffixes) for path in paths)


def _breaks(path: str, text: str | None, task: Task) -> bool:
    if text is not None and path.endswith(".py"):
        return parse_python(path, text) is None
    if text is None or not is_source(path):
        return False
    before = task.snapshot.get(path) or ""
    return _errors(path, text) > _errors(path, before)


def _errors(path: str, text: str) -> int:
    return len(parse(path, text).find_all(kind="ERROR"))
