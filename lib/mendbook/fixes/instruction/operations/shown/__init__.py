"""Changes that a text shows more than it tells: what stands there beside what is to stand there."""
