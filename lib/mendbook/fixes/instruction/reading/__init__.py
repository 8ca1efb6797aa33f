"""The way from the words of a fix text to clauses."""
