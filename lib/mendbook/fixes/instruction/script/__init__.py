"""What reviewers of TypeScript, JavaScript and React ask for in their own few forms of words."""
