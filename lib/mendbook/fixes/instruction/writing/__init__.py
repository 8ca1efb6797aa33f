"""Edits as text: in the file's own layout, with the imports that the new code needs."""
