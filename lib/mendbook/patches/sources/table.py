"""The sources that patches come from, in the order in which they are asked."""

from __future__ import annotations

from pathlib import Path

from mendbook.patches.recipes import RECIPES
from mendbook.patches.sources.curated import CuratedSource, read_curated
from mendbook.patches.sources.drafter import drafter
from mendbook.patches.sources.recipe import RecipeSource
from mendbook.patches.sources.tool import ToolSource
from mendbook.patches.task import Source

SOURCES = ("curated", "tool", "recipe", "drafter")


def sources_for(overrides: Path, command: str = "") -> tuple[Source, ...]:
    """Return the sources of one run, in order.

    ``overrides`` is the audit's own folder of curated patches, ``data/overrides/<audit stem>``; it
    need not exist. ``command`` is the drafter; without one there is none.
    """
    found: list[Source] = [
        CuratedSource(read_curated(overrides)),
        ToolSource(),
        RecipeSource(RECIPES),
    ]
    return (*found, drafter(command)) if command.strip() else tuple(found)
