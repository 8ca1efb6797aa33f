"""Wishes in other words, as the imperatives that say the same."""
