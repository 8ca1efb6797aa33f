"""The sources that patches come from, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.sources.curated import CuratedSource, read_curated
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.sources.tool import ToolSource
from mendbook.fixes.task import Source

SOURCES = ("curated", "tool", "recipe", "drafter")


def sources_for(overrides: Path, drafters: Sequence[Source] = ()) -> tuple[Source, ...]:
    """Return the sources of one run, in order.

    ``overrides`` is the audit's own folder of curated patches, ``data/overrides/<audit stem>``; it
    need not exist. ``drafters`` are asked last, about what nothing else had an answer for.
    """
    curated = CuratedSource(read_curated(overrides))
    return (curated, ToolSource(), RecipeSource(RECIPES), *drafters)
