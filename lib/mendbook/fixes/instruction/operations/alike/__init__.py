"""Code that stands alone in a text, put in the place of what it is another form of."""
