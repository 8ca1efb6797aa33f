"""A statement put where the text says: a guard, a call, an early return, a clean-up."""
