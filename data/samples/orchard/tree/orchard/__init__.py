"""Trees, harvests and frost of an orchard."""
