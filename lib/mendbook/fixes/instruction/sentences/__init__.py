"""The sentences of a fix text: clauses and verbs, mood, what it only says, what it leaves open."""
