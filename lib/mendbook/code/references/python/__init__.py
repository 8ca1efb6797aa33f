"""Where Python names are declared and used, by the syntax of each file and its imports."""

from mendbook.code.references.python.search import PythonSearch

__all__ = ["PythonSearch"]
