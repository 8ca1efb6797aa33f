"""Notebooks: executed under papermill, each in a kernel of its own, and the what-if panel."""
