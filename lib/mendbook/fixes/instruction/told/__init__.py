"""Forms of words for Python, Go and Java that the grammar of clauses does not have."""
