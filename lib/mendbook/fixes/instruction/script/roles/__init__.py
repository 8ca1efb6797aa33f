"""Edits of scripts that are read by the role of each word, in whatever order the words stand."""
