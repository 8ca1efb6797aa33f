"""Named values for a call, an object, a type, a tag."""
