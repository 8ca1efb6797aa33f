"""Code that is written out whole, in the place of the one piece that it mends."""
