"""What stages call that is not yet in the shape of a stage: plain functions of what they read."""
