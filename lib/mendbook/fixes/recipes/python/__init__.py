"""Refactorings of Python code: one file for each, in the recipes' table."""
