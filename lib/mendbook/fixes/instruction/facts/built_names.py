"""Names of members that code builds at run time, in Python, Go, Java and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_ADDED = r"\[\s*['\"](?P<plus>\w+)['\"]\s*\+"
_PYTHON = re.compile(
    r"getattr\([^,()]+,\s*(?:f?([\"'])(?P<py>\w*)\{|[\"'](?P<add>\w+)[\"']\s*[+%])|" + _ADDED
)
_SCRIPT = re.compile(r"\[\s*`(?P<js>\w*)\$\{|" + _ADDED)
_REFLECTED = re.compile(
    r"(?:MethodByName|get(?:Declared)?(?:Method|Field))\("
    r"\s*(?:\"(?P<built>\w+)\"\s*\+|(?P<any>[a-zA-Z_]))|" + _ADDED
)
_DYNAMIC = {"python": _PYTHON, "go": _REFLECTED, "java": _REFLECTED}
"""A member's name that is built at run time, or, in Go and Java, any name at all."""
_BUILT = ("py", "add", "js", "plus", "built")

BY_VARIABLE = re.compile(
    r"\b(?:getattr|setattr|attrgetter|methodcaller)\(\s*(?:[^,()]+,\s*)?[*a-z_]\w*"
)
"""An attribute of Python that is named by a variable."""
_ASKED = re.compile(
    r"\b(?:getattr|setattr|hasattr|attrgetter|methodcaller)\(\s*(?:[^,()]+,\s*)?(?P<name>[a-z_]\w*)"
    r"|(?:\b(?:globals|locals|vars)\(\w*\)|__dict__)\s*(?:\[|\.get\()\s*(?P<key>[^\]\n)]+)"
)
"""What asks for an attribute or a name of a module: by a variable, or by a key of a namespace."""
_TEXT = re.compile(
    r"[fF][rR]?(?P<mark>[\"'])(?P<head>\w*)\{[^\"'\n]*\}(?P<tail>\w*)(?P=mark)"
    r"|(?P<sign>[\"'])(?P<plain>\w+)(?P=sign)\s*\+"
    r"|\+\s*(?P<close>[\"'])(?P<last>\w+)(?P=close)"
    r"|(?P<quote>[\"'])(?P<start>\w*)(?:%[sd]|\{\w*\})(?P<end>\w*)(?P=quote)\s*(?:%|\.format\()"
)
"""A text of Python that is put together from parts a name may hold."""


class BuiltName(NamedTuple):
    """A name that is built: the line (from 1), and what it begins and ends with."""

    line: int
    head: str = ""
    tail: str = ""

    def fits(self, name: str) -> bool:
        """Tell whether ``name`` may be what comes out."""
        long = len(name) >= len(self.head) + len(self.tail)
        return long and name.startswith(self.head) and name.endswith(self.tail)


@lru_cache(maxsize=16384)
def built_names(text: str, language: str) -> tuple[BuiltName, ...]:
    """Return the members' names that ``text`` builds, where it uses or, in Python, keeps them.

    ``language`` is ``python``, ``go``, ``java`` or any of the scripts. Neither head nor tail means
    any name.
    """
    names = []
    for one in _DYNAMIC.get(language, _SCRIPT).finditer(text):
        parts = one.groupdict()
        prefix = next((parts[key] for key in _BUILT if parts.get(key)), "")
        if prefix or parts.get("any"):
            names.append(BuiltName(_line(text, one), prefix))
    return (*names, *(_kept(text) if language == "python" else ()))


def _kept(text: str) -> Iterator[BuiltName]:
    """Yield the names that a text of Python builds for a variable, or as the key of a namespace."""
    asked = {one["name"] or one["key"]: one for one in _ASKED.finditer(text)}
    for said, place in asked.items():
        if not said.isidentifier():
            yield from _built(said, _line(text, place))
            continue
        for one in re.finditer(rf"^[ \t]*{said}[ \t]*(?::[^=\n]+)?=(?!=)(.*)$", text, re.MULTILINE):
            yield from _built(one[1], _line(text, one))


def _built(code: str, line: int) -> Iterator[BuiltName]:
    for one in _TEXT.finditer(code):
        head = one["head"] or one["plain"] or one["start"] or ""
        tail = one["tail"] or one["last"] or one["end"] or ""
        if head or tail:
            yield BuiltName(line, head, tail)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
