"""Where a fix text points: what the finding names, and which of several places the words choose."""
