"""The code in a sentence: quoted, or recognised by its shape."""
