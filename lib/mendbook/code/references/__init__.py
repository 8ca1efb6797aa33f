"""Where symbols are declared and used: exactly with a native compiler, by syntax without one."""

from mendbook.code.references.compiler import find_compiler, install_compiler
from mendbook.code.references.find import References, find_references

__all__ = ["References", "find_compiler", "find_references", "install_compiler"]
