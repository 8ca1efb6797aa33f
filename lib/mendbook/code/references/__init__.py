"""Where symbols are declared and used: exactly with a native compiler, by syntax without one.

The search is loaded when first asked for: what it rests on may be imported without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.code.references.compiler import find_compiler, install_compiler
from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.code.references.find import References, find_references

__all__ = ["References", "find_compiler", "find_references", "install_compiler"]


__getattr__ = names_of(__name__, {"References": "find", "find_references": "find"})
