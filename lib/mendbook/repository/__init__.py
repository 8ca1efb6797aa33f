"""What the target repository is: its files at one commit, stack, references, owners, history."""
