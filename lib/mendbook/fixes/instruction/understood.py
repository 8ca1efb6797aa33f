"""What can be read of a fix text as far as it goes, for whoever is to make the edit instead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.carried_out import carried_out
from mendbook.fixes.instruction.checks.refusals import refuse_text
from mendbook.fixes.instruction.contracts import contracts_of
from mendbook.fixes.instruction.places.main_file import main_file
from mendbook.fixes.instruction.places.scene import scene_of
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.sentences.alternatives import alternatives
from mendbook.fixes.instruction.writing.edited import edited
from mendbook.fixes.task import Task
from mendbook.model import Contract
from mendbook.text.plain import one_line

_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Understood:
    """A fix text as it was read: contracts of what is clear, and what stays open."""

    contracts: tuple[Contract, ...] = ()
    open: tuple[str, ...] = ()
    """Clauses that no contract stands for, in the fix's own words."""
    choices: tuple[str, ...] = ()
    """The alternatives that the text offers; none where it offers no choice."""
    taken: str = ""
    """The alternative that the contracts are of."""
    texts: dict[str, str] = field(default_factory=dict)
    """The texts that the clauses which could be read make of their files."""

    @property
    def whole(self) -> bool:
        """Whether the contracts say all that the text asks for."""
        return bool(self.contracts) and not self.open and not self.choices


def understand(task: Task) -> Understood:
    """Return what can be read of the fix text of the task's finding; nothing is refused."""
    text = task.finding.fix.strip()
    choices = alternatives(text)
    chosen = choices[0] if choices else text
    try:
        refuse_text(text)
        understanding = _compiled(task.saying(chosen))
    except Abstain:
        understanding = Understood()
    except Exception:  # a fault of the reader costs the contract, not the question
        understanding = Understood()
    shown = tuple(one_line(each, _SHOWN) for each in choices)
    return replace(understanding, choices=shown, taken=shown[0] if shown else "")


def _compiled(task: Task) -> Understood:
    reading = read(task.finding.fix.strip())
    scene = scene_of(task, main_file(task))
    if scene is None or not reading.clauses:
        return Understood()
    steps, waiting = carried_out(task, scene, reading)
    left = (*(clause.text for clause, _ in waiting), *reading.unread)
    texts = edited(task, steps) if steps else {}
    contracts = tuple(contracts_of(task, steps)) if steps else ()
    return Understood(contracts, tuple(one_line(each, _SHOWN) for each in left), texts=texts)
