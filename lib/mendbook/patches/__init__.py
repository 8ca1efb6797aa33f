"""Where a patch comes from, how patches stack into a series, and how far each is proven."""
