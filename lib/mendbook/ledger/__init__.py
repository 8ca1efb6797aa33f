"""Records of runs: what is kept while one works, the index of all, the trend over them."""
