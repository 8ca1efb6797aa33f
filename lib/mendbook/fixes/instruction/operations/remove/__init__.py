"""What the text names, taken out: one file for each kind of thing."""
