"""Parse Python, whichever version it is written for, as far as the one that runs can be helped."""

from __future__ import annotations

import ast
import re
import warnings

_BARE_GROUP = re.compile(
    r"^(?P<lead>[ \t]*except\*?[ \t]*)[ \t](?P<names>[\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)(?=[ \t]*:)",
    re.M,
)
"""``except A, B:``, which PEP 758 allows from Python 3.14."""


def python_tree(text: str) -> ast.Module:
    """Return the tree of ``text``, with the lines and, before a ``:``, the columns that it has.

    Raises ``SyntaxError``, ``ValueError``, ``RecursionError`` or ``MemoryError`` where it is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError as error:
            grouped = _BARE_GROUP.sub(r"\g<lead>(\g<names>)", text)
            if grouped == text:
                raise
            try:
                return ast.parse(grouped)
            except SyntaxError:
                raise error from None
