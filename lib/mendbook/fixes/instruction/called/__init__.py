"""Whether a call may be written so, by the declarations and libraries that can be seen."""
