"""Refactorings of TypeScript and JavaScript that change the shape of code, a file each."""
