"""Patches that a person or an agent drafts from a brief."""
