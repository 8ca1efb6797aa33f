"""Orders to scripts that a whole text gives in few words, read by the words they may be made of."""
