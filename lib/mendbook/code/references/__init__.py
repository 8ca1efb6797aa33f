"""Where symbols are declared and used: exactly with a native compiler, by syntax without one.

The search is loaded when first asked for: what it rests on may be imported without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mendbook.code.references.compiler import find_compiler, install_compiler

if TYPE_CHECKING:
    from mendbook.code.references.find import References, find_references

__all__ = ["References", "find_compiler", "find_references", "install_compiler"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in {"References", "find_references"}:
        message = f"module 'mendbook.code.references' has no attribute {name!r}"
        raise AttributeError(message)
    from mendbook.code.references import find

    return getattr(find, name)
