"""Recipes: one file for each, in one table."""

from mendbook.fixes.recipes.table import RECIPES

__all__ = ["RECIPES"]
