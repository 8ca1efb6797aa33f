"""Tell test code by its folder or its name, as the runners of each language find it."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDER = r"(?:^|/)(?:tests?|__tests__|__mocks__|e2e|specs?|cypress|testing(?!/.*\.py$))/"
_NAMES = (
    r"\.(?:test|spec|e2e|e2e-spec|cy)\.[cm]?[jt]sx?$",
    r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests|conftest)\.py$",
    r"_test\.(?:go|rb|exs|dart)$|_spec\.rb$",
    r"(?:Test|Tests|IT|Spec)\.(?:java|kt|kts|cs|php|scala|swift)$",
)
_TEST = re.compile("|".join((_FOLDER, *_NAMES)))
_NAMED = re.compile("|".join(_NAMES))
_ROUTE = re.compile(
    r"(?:^|/)app/(?:[^/]+/)*(?:route|page|layout)\.[cm]?[jt]sx?$"
    r"|(?:^|/)pages/(?:[^/]+/)*[^/]+\.[cm]?[jt]sx?$"
)
"""Files whose folders are the parts of an address: ``app/api/mail/test/route.ts``."""


@lru_cache(maxsize=65536)
def is_test(path: str) -> bool:
    """Tell whether ``path`` is test code, by its folder or its name.

    A route that is called so is no test, unless the tests themselves have such folders.
    """
    match = _TEST.search(path)
    if match is None or _NAMED.search(path):
        return match is not None
    route = _ROUTE.search(path)
    return route is None or match.start() < route.start() or "__" in match[0]


def is_named_test(path: str) -> bool:
    """Tell whether the name of ``path`` alone says that it is a test, whatever its folder is."""
    return bool(_NAMED.search(path)) and not path.endswith("conftest.py")


_DATA = re.compile(
    r"(?:^|/)(?:__testfixtures__|__fixtures__|fixtures|test-?fixtures|testdata|__snapshots__)/"
    r"|\.(?:input|output|expected|actual|snap|snapshot)\.[cm]?[jt]sx?$"
)


def is_test_data(path: str) -> bool:
    """Tell whether ``path`` is code that tests read as a text, so that nothing needs to name it."""
    return bool(_DATA.search(path))
