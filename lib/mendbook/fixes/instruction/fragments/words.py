"""Words that are written as code is."""

from __future__ import annotations

import re

PRODUCTS = {
    "JavaScript", "TypeScript", "GitHub", "GitLab", "PostgreSQL", "MySQL", "MongoDB", "OpenAPI",
    "JSDoc", "ESLint", "NodeJS", "GraphQL", "WebSocket", "DevOps", "FastAPI", "SQLite", "DoS",
    "YouTube", "iOS", "macOS", "IoT", "README", "NaN", "OAuth", "PyPI", "IPv4", "IPv6",
}  # fmt: skip


def is_coded(word: str) -> bool:
    """Tell whether a word is spelled as only code is: camelCase, snake_case, CAPS_WITH_BARS."""
    if word in PRODUCTS:
        return False
    return bool(
        re.search(r"[a-z0-9][A-Z]", word)
        or re.search(r"\w_|_\w", word)
        or word.startswith(("$", "#"))
        or re.fullmatch(r"[A-Z]{2,}\d*_[A-Z_0-9]+", word)
        or re.fullmatch(r"[a-z]+\d+\w*", word)
    )
