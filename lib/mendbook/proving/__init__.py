"""How far a patch is proven: the ladder, the target's gates, and the vetting of foreign diffs."""
