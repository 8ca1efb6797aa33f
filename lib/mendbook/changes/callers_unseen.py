"""Who may call code of which no call is found: a decorator, a base class, who gets the object."""

from __future__ import annotations

import re
from functools import lru_cache

from mendbook.changes.notice import Witnesses
from mendbook.changes.unknown_calls import MAKES
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import has_runner
from mendbook.model import FindingFacts

_DERIVED = re.compile(
    r"(?P<indent>\s*)(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+\w+(?:<[^>]*>)?\s*"
    r"(?:\((?!object\b)(?P<python>[\w.]+)(?!\s*=)(?![\w.])[^)]*\)?|extends\s+(?P<script>[\w.]+))"
)
_DECLARES = re.compile(r"\s*(?:export\s|abstract\s|class\s|def\s|func\s|type\s|#|//|\*|import\s)")
_DECORATES = re.compile(r"\s*@([\w.]+)(?:\([^()\n]{1,40}\))?")
_NO_REGISTERING = {
    *("staticmethod", "classmethod", "property", "abstractmethod", "abc.abstractmethod"),
    *("override", "Override", "wraps", "functools.wraps", "lru_cache", "functools.lru_cache"),
    *("cache", "functools.cache", "cached_property", "functools.cached_property", "dataclass"),
}
"""Decorators by which nothing else comes to call what they stand above."""


def decorator_of(facts: FindingFacts, witnesses: Witnesses) -> str:
    """Return the decorator above a declaration, and its line; empty for none."""
    for symbol in facts.symbols:
        for declared in symbol.declarations:
            lines = witnesses.text(declared.file).splitlines()
            for number in range(min(declared.line, len(lines)), 0, -1):
                match = _DECORATES.match(lines[number - 1])
                if match is None and number < declared.line:
                    break
                if match is None:
                    continue
                if match[1] not in _NO_REGISTERING:
                    return f"`{match[0].strip()}` ({declared.file}:{number})"
    return ""


def base_of(facts: FindingFacts, witnesses: Witnesses) -> str:
    """Return what the class around a declaration is derived from; empty for none.

    A base does not call what makes an object of a class derived from it.
    """
    for symbol in facts.symbols:
        if symbol.symbol.rpartition(".")[2] in MAKES:
            continue
        for declared in symbol.declarations:
            lines = witnesses.text(declared.file).splitlines()[: declared.line]
            own = len(lines[-1]) - len(lines[-1].lstrip()) if lines else 0
            for line in reversed(lines[:-1]):
                match = _DERIVED.match(line)
                if match is not None and len(match["indent"]) < own:
                    base = match["python"] or match["script"]
                    method = symbol.symbol.rpartition(".")[2]
                    return f"`{base}`" if _may_call(base, method, witnesses) else ""
                if line.strip() and not line[0].isspace() and not match:
                    break
    return ""


def _may_call(base: str, method: str, witnesses: Witnesses) -> bool:
    """Tell whether ``base`` is foreign, or of a file of the repository that names ``method``."""
    name = base.rpartition(".")[2]
    declares = re.compile(rf"(?m)^\s*(?:export\s+)?(?:\w+\s+)*class\s+{re.escape(name)}\b")
    own = [
        text
        for path in witnesses.holding(name)
        if declares.search(text := witnesses.text(path)) is not None
    ]
    called = re.compile(rf"(?<![\w$]){re.escape(method)}(?![\w$])")
    return not own or any(called.search(text) for text in own)


def made_at(facts: FindingFacts, witnesses: Witnesses) -> str:
    """Return where an object of the class around a declaration is made; empty for nowhere."""
    for symbol in facts.symbols:
        owner = symbol.symbol.rpartition(".")[0].rpartition(".")[2]
        if not owner or not owner[0].isupper():
            continue
        if place := _made_at(owner, witnesses):
            return place
    return ""


@lru_cache(maxsize=256)
def _made_at(owner: str, witnesses: Witnesses) -> str:
    """Return where an object of the class ``owner`` is made; empty for nowhere."""
    calls = (f"{owner}(", f"{owner}{{")
    made = re.compile(rf"(?<![\w.])(?:new\s+)?(?:\w+\.)?{re.escape(owner)}[({{]")
    for path in witnesses.holding(owner):
        text = witnesses.text(path)
        if is_test(path) or not has_runner(path) or not any(call in text for call in calls):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            called = any(call in line for call in calls)
            if called and made.search(line) and not _DECLARES.match(line):
                return f"{path}:{number}"
    return ""
