"""Patches from recipes: known repairs, each with a trigger that is checked in the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.only_spoken_of import asked_for
from mendbook.fixes.task import Source, Task
from mendbook.model import Cause, Proposal, Skipped
from mendbook.text.plain import one_line


@dataclass(frozen=True, slots=True)
class RecipeSource:
    """Ask the recipes in the order of their table; the first that has an answer is taken."""

    recipes: Sequence[Source]
    name: str = "recipe"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the first recipe's proposal, or what each recipe that was meant had against it."""
        against: list[Skipped] = []
        for recipe in self.recipes:
            answer = _asked(recipe, task)
            if isinstance(answer, Proposal):
                return replace(answer, source=self.name, part=recipe.name)
            if answer.cause in {Cause.OBSTACLE, Cause.KEPT}:
                against.append(Skipped(recipe.name, answer.reason, answer.cause))
        if against:
            said = "; ".join(f"{each.what}: {each.reason}" for each in against)
            told = next((each for each in against if each.cause is Cause.KEPT), against[0])
            return Skipped(self.name, said, told.cause, first=told.reason)
        none = "no recipe is for what the finding asks"
        return Skipped(self.name, none, Cause.NOTHING_THERE)

    def again(self, proposal: Proposal, task: Task) -> Proposal | Skipped:
        """Return what the recipe that made ``proposal`` proposes for the task's tree."""
        same = [each for each in self.recipes if each.name == proposal.part]
        return RecipeSource(same, self.name).propose(task)


def _asked(recipe: Source, task: Task) -> Proposal | Skipped:
    try:
        answer = asked_for(recipe.propose(task), task, recipe.propose)
        if isinstance(answer, Proposal):
            refuse_unmet(task, answer.edits)
        return answer
    except Abstain as unmet:
        return Skipped(recipe.name, str(unmet), unmet.cause)
    except Exception as error:  # a recipe's fault costs its own patch, not the plan
        said = f"{type(error).__name__}: {error}"
        return Skipped(recipe.name, f"it broke on this code ({one_line(said, 120)})")
