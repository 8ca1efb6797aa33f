"""Where tests call a method's or function's name on an object, whatever that object is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from mendbook.model import Citation


def first_call(
    tests: Iterable[str], names: Sequence[str], text: Callable[[str], str]
) -> tuple[str, Citation] | None:
    """Return the first of ``names`` that a test calls on something, and where; None for none.

    ``Idiom.merge(…)`` may call ``merge`` of a file that the test loads in a browser.
    """
    if not names:
        return None
    called = re.compile(rf"[\w)\]]\.(?P<name>{'|'.join(map(re.escape, names))})\(")
    for test in tests:
        held = text(test)
        if any(name in held for name in names) and (match := called.search(held)) is not None:
            return match["name"], Citation(test, held.count("\n", 0, match.start()) + 1)
    return None
