"""A quoted import that the text names, and that the file does not read, goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.spelled_words import count_of
from mendbook.fixes.instruction.evident.asks import Ask
from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.schemas.goes import bound
from mendbook.fixes.instruction.evident.told import Told

_IDLE = re.compile(
    r"\b(?:unused|superfluous|needless|dead|obsolete|redundant|leftover|unnecessary)\b"
    r"|\b(?:not|never|no\s+longer|nowhere)\s+(?:used|needed|read|necessary|referenced)\b"
    r"|\bnothing\b[^.;]*\b(?:uses|reads|needs)\b",
    re.IGNORECASE,
)


def imports_gone(told: Told) -> Iterator[Made]:
    """Yield the removal of the import: *the crypto import is not needed any more*."""
    kinds = {kind for one in told.asks for kind in one}
    if Ask.GO not in kinds and (
        _IDLE.search(told.words) is None or not told.has("import", "imported", "imports", "unused")
    ):
        return
    found = []
    for one in told.nodes(("import_statement",)):
        names = bound(one)
        source = re.search(r"from\s*['\"](?P<module>[^'\"]+)['\"]", one.text())
        module = source["module"] if source is not None else ""
        spoken = [name for name in names if told.spoken(name)]
        whole = [
            at
            for at in told.numbers()
            if told.codes[at].text.strip("'\";") in {module, one.text().rstrip(";")}
        ]
        if not spoken and (whole or (len(names) == 1 and told.spoken(module))):
            spoken = names
        if spoken and all(
            count_of(name, told.scene.text) == 1 + told.scene.text.count(f"'{name}'")
            or _is_unread(told, name)
            for name in spoken
        ):
            uses = frozenset(
                [
                    *whole,
                    *(
                        at
                        for at in told.numbers()
                        if told.codes[at].text.removesuffix("()") in spoken
                    ),
                ]
            )
            found.append((spoken, uses))
    if len(found) == 1 and len(found[0][0]) == 1:
        name, uses = found[0][0][0], found[0][1]
        yield Made(uses, order=f"Remove the `{name}` import")


def _is_unread(told: Told, name: str) -> bool:
    """Tell whether a name stands once in the file, text in quotes aside."""
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", told.scene.text)
    return len(re.findall(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", bare)) == 1
