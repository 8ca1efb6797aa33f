"""Python fix texts read whole: the code that they name or only hint at is derived from the tree."""
