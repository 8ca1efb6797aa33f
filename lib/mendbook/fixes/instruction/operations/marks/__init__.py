"""What is hung on an expression or a declaration: await, ?., async, modifiers."""
