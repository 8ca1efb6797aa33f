"""Which variables of Go may hold a value of a type: by what declares, makes or returns it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PACKAGE = re.compile(r"(?m)^package\s+(\w+)")
_KEEPS = r"\b(\w+)(?:, \w+)*\s*:?=\s*"


def holders(owner: str, member: str, texts: Mapping[str, str]) -> frozenset[str]:
    """Return the names of variables that may be of the type ``owner``, by files and their texts.

    Empty where an interface promises ``member``: then any variable may hold one.
    """
    promised = re.compile(rf"\binterface\s*\{{[^}}]*\b{re.escape(member)}\(", re.DOTALL)
    if any(member in text and promised.search(text) for text in texts.values()):
        return frozenset()
    name = re.escape(owner)
    typed = re.compile(rf"\b(\w+)\s+(?:\[\])?\*?(?:\w+\.)?{name}\b")
    assigned = re.compile(rf"{_KEEPS}(?:&?(?:\w+\.)?{name}\{{|(?:\w+\.)?New\w*{name}\w*\()")
    variables: set[str] = set()
    for text in texts.values():
        if owner in text:
            variables |= {*typed.findall(text), *assigned.findall(text)}
    return frozenset((variables | set(_kept(owner, texts))) - {"type", "func"})


def _kept(owner: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the variables that keep what a function gives whose result is the type.

    It is called bare in its own package, and behind the package's name elsewhere.
    """
    gives = re.compile(
        rf"(?m)^func\s+(\w+)\([^()]*(?:\([^()]*\)[^()]*)*\)\s*\(?\s*\*?(?:\w+\.)?{re.escape(owner)}\b"
    )
    for path, text in texts.items():
        package = _PACKAGE.search(text)
        if package is None or owner not in text:
            continue
        for function in gives.findall(text):
            bare = re.compile(rf"{_KEEPS}{re.escape(function)}\(")
            behind = re.compile(rf"{_KEEPS}{re.escape(package[1])}\.{re.escape(function)}\(")
            for other, code in texts.items():
                own = other.rpartition("/")[0] == path.rpartition("/")[0]
                if function in code:
                    yield from (bare if own else behind).findall(code)
