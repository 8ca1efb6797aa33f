"""Read audits of any shape: findings are told by what they hold, keys by names and values."""
