"""Recipes: one file for each, in one table."""

from mendbook.fixes.recipes.recipes import RECIPES

__all__ = ["RECIPES"]
