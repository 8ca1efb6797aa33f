"""Tell code that only makes a value from code that does something else as well."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

_TELLS = re.compile(
    r"(?<![\w$.])(?:new\s+)?(?:Date(?:\.now)?|performance\.now|Math\.\w+|Number|String|Boolean"
    r"|BigInt"
    r"|Map|Set|WeakMap|time\.(?:time|monotonic|perf_counter|Now)|(?:datetime\.)?datetime\.(?:now"
    r"|utcnow)"
    r"|len|str|int|float|bool|list|dict|set|tuple|min|max|abs|round|Instant\.now"
    r"|System\.currentTimeMillis)\("
)
"""Calls of the language's own that only tell or make a value."""
_DOES = re.compile(r"[\w$\])>]\s*\(|\+\+|--|\bawait\b|\byield\b|`|(?<![=!<>])=(?![=>])")


def makes_a_value_only(value: SgNode) -> bool:
    """Tell whether making ``value`` does nothing else, so that it may go with what holds it."""
    return _DOES.search(_TELLS.sub("", value.text())) is None
