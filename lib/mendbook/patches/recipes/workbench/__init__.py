"""What the recipes share: reading modules and functions, and editing text by ranges."""
