"""What a fix text can only mean by the code it names and the code that the finding quotes."""
