"""One file for each place that patches come from, asked in the order of the table."""
