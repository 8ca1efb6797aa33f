"""What a fix text can only mean by the settings it spells out and the block it is about."""
