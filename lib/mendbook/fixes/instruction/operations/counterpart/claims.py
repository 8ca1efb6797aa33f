"""What must come and what must go where new code stands for old."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.fixes.instruction.places.targets import fragment_tokens
from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import squeezed


def claims(language: Language, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a contract can count: the new code, and the old where the new lacks it."""
    before, after = fragment_tokens(old, language), fragment_tokens(new, language)
    adds = () if _runs_in(after, before) else (new,)
    kept = _runs_in(before, after) or (bool(adds) and squeezed(old) in squeezed(new))
    removes = () if kept else (old,)
    return adds, removes


def _runs_in(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Tell whether the tokens ``inner`` stand in a row in ``outer``."""
    size = len(inner)
    return any(tuple(outer[at : at + size]) == tuple(inner) for at in range(len(outer) - size + 1))
