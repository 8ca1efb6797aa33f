"""What earlier decisions say of the policy, in sentences."""

from __future__ import annotations

from mendbook.model import Learned
from mendbook.text.phrasing import count


def learned_words(learned: Learned) -> str:
    """Return from how many decisions was learned, and how well policy and team agree."""
    if not learned.cases:
        return "No earlier decisions were given: priorities are the policy's; pass --history."
    agreed = (
        f"Of {count(learned.cases, 'earlier decision')} the policy as it is written puts "
        f"{learned.agreed} into the band that the team gave"
    )
    if not learned.moves:
        return f"{agreed}; nothing in it moves, as no group of the others is more than chance."
    moved = count(len(learned.moves), "move")
    return (
        f"{agreed}, and with {moved} {learned.agree}: that is how well it fits what it was "
        "learned from, not how well it foretells."
    )


def moved_words(learned: Learned) -> list[str]:
    """Return each move of a threshold or a leaf as a sentence, in the order of the policy."""
    return [f"{each.words}." for each in learned.moves]
