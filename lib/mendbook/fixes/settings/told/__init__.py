"""What a fix text tells of files of settings in words that no frame of one key has."""
