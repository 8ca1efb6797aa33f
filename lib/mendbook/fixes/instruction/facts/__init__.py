"""What the code says of a name: its uses, its worth, what keeps it, what declares it as well."""
