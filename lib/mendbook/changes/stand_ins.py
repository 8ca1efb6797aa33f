"""Lines of tests that only make or set up a stand-in for the code, and do not run it."""

from __future__ import annotations

import re

from mendbook.model import Reference

_STAND_IN = re.compile(r"(?:^|/)mocks?_\w+\.go$|_mocks?(?:_test)?\.go$")
"""Files of generated stand-ins, which a runner takes for tests by their names."""
_EXPECTED = re.compile(r"\.EXPECT\(\)|\.(?:On|AssertCalled|AssertNotCalled)\(\s*\"")


def stands_in(use: Reference, text: str) -> bool:
    """Tell whether a use only says what a stand-in is to be called with, or is in its own file.

    ``text`` is that of the file of ``use``.
    """
    lines = text.splitlines()
    line = lines[use.line - 1] if 0 < use.line <= len(lines) else ""
    return _STAND_IN.search(use.file) is not None or _EXPECTED.search(line) is not None
