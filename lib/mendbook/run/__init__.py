"""One run: its inputs, its stages in the order of the river, and what it publishes."""
