"""Questions to a syntax tree that are the same in every language."""
