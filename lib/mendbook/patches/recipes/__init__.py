"""Recipes: one file for each, in one table."""

from mendbook.patches.recipes.table import RECIPES

__all__ = ["RECIPES"]
