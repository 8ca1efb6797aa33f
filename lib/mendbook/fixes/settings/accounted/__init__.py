"""Edits of settings by the words of a text that are all accounted for, whatever its grammar."""
