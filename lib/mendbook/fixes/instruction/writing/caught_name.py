"""Bind what a handler speaks of: ``except OSError:`` whose new body logs ``exc``."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit, apply, insert
from mendbook.fixes.instruction.names.scope import names_read
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import of_kinds, start

_NAMES = ("exc", "err", "error", "e", "ex", "exception")


def with_caught(language: Language, before: str, after: str) -> str:
    """Return ``after`` with a name for what is caught, where new code of a handler needs one."""
    if not (language.python or language.script):
        return after
    edits: list[Edit] = []
    kind = "except_clause" if language.python else "catch_clause"
    for one in of_kinds(parse(language, after), (kind,)):
        text = one.text()
        head = re.match(
            r"except\s+(?:[^:\n]+?)\s*(?=:)" if language.python else r"catch(?=\s*\{)", text
        )
        bound = head is None or re.search(r"\bas\s+\w+$", head[0]) is not None
        if bound or head is None or text in before:
            continue
        used = [name for name in _NAMES if name in names_read(one, language)]
        if len(used) == 1 and not re.search(rf"(?<![\w.]){used[0]}(?![\w:(=])", before):
            said = f" as {used[0]}" if language.python else f" ({used[0]})"
            edits.append(insert(start(one) + head.end(), said))
    return apply(after, edits)
