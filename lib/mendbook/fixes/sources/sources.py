"""The sources that patches come from, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.sources.curated import CuratedPatch, CuratedSource
from mendbook.fixes.sources.instruction import InstructionSource
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.sources.settings import SettingsSource
from mendbook.fixes.sources.tool import ToolSource
from mendbook.fixes.task import Source

SOURCES = ("curated", "tool", "instruction", "settings", "recipe")


def sources_for(curated: Sequence[CuratedPatch] = ()) -> tuple[Source, ...]:
    """Return the sources of one run, in order; drafters are asked afterwards, and only if named."""
    return (
        CuratedSource(tuple(curated)),
        ToolSource(),
        InstructionSource(),
        SettingsSource(),
        RecipeSource(RECIPES),
    )
