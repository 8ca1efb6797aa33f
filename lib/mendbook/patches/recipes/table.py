"""The recipes, in the order they are tried: narrow triggers first."""

from __future__ import annotations

from mendbook.patches.recipe import Recipe
from mendbook.patches.recipes import (
    barrel_add,
    close_open_only,
    guard_json_parse,
    random_uuid,
    unexport,
)

RECIPES: tuple[Recipe, ...] = (
    barrel_add.RECIPE,
    unexport.RECIPE,
    close_open_only.RECIPE,
    guard_json_parse.RECIPE,
    random_uuid.RECIPE,
)
