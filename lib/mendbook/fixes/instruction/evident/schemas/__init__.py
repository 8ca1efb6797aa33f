"""The typed edits that a text may be read as, one small module each; ``TABLE`` lists them."""
