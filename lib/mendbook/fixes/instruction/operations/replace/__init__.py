"""Code in the place of other code: an expression, a call, a literal, a type."""
