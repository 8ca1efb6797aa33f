"""Functions of one name in several files: which of them a test means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mendbook.code.references.python.own_names import is_common, is_standard
from mendbook.code.test_files import is_test
from mendbook.code.word_index import words_in
from mendbook.model import FindingFacts
from mendbook.repository.snapshot import Snapshot

_DECLARES = re.compile(
    r"\b(?:(?:def|function|func|fn|fun)\s+(?:\([^)]*\)\s*)?|export\s+(?:const|let)\s+)([\w$]+)"
)
_NOWHERE: frozenset[str] = frozenset()


class Namesakes:
    """Where the functions of a snapshot are declared, tests aside; every file is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._declaring: dict[str, set[str]] = {}
        for path in snapshot.files:
            if not is_test(path):
                for name in _DECLARES.findall(snapshot.text(path)):
                    self._declaring.setdefault(name, set()).add(path)

    def is_alone(self, name: str, own: Iterable[str]) -> bool:
        """Tell whether no file beside ``own`` declares a function called ``name``."""
        return self._declaring.get(name, _NOWHERE) <= set(own)

    def speaks_of_module(self, test: str, files: Iterable[str]) -> bool:
        """Tell whether ``test`` names the module of one of ``files``: ``till/tasks``."""
        text = self._snapshot.get(test) or ""
        held = words_in(text)
        return any(_words_of(path) <= held and _names_module(text, path) for path in files)


@lru_cache(maxsize=2)
def namesakes_of(snapshot: Snapshot) -> Namesakes:
    """Return the functions of ``snapshot``, read once for all who ask."""
    return Namesakes(snapshot)


def _names_module(text: str, path: str) -> bool:
    """Tell whether ``text`` names the module of the file at ``path``: ``till/tasks``, its dots.

    ``till/tasks_late`` is another one.
    """
    last = [re.escape(part) for part in _module(path)]
    return re.search(rf"(?<![\w$]){'[/.]'.join(last)}(?![\w$])", text) is not None


def _module(path: str) -> list[str]:
    return path.rpartition(".")[0].split("/")[-2:]


@lru_cache(maxsize=16384)
def _words_of(path: str) -> frozenset[str]:
    """Return the words that a text has which names the module of the file at ``path``."""
    return words_in("/".join(_module(path)))


def is_anybodys_method(name: str, facts: FindingFacts) -> bool:
    """Tell whether ``name`` is a method in Python that objects of the language have too.

    A test that only names it may ask a path or a file.
    """
    owned = [
        symbol
        for symbol in facts.symbols
        if "." in symbol.symbol and symbol.symbol.rpartition(".")[2] == name
    ]
    python = any(at.file.endswith(".py") for symbol in owned for at in symbol.declarations)
    return python and (is_standard(name) or is_common(name))
