"""One file for each format that an audit may come in, and the table of them."""
