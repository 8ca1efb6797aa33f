"""Functions of one name in several files: which of them a test means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot

_DECLARES = re.compile(r"\b(?:def|function|func|fn|fun)\s+(?:\([^)]*\)\s*)?([\w$]+)")
_NOWHERE: frozenset[str] = frozenset()


class Namesakes:
    """Where the functions of a snapshot are declared, tests aside; every file is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._declaring: dict[str, set[str]] = {}
        for path in snapshot.files:
            if not is_test(path):
                for name in _DECLARES.findall(snapshot.text(path)):
                    self._declaring.setdefault(name, set()).add(path)

    def is_alone(self, name: str, own: Iterable[str]) -> bool:
        """Tell whether no file beside ``own`` declares a function called ``name``."""
        return self._declaring.get(name, _NOWHERE) <= set(own)


@lru_cache(maxsize=2)
def namesakes_of(snapshot: Snapshot) -> Namesakes:
    """Return the functions of ``snapshot``, read once for all who ask."""
    return Namesakes(snapshot)


def speaks_of_module(text: str, files: Iterable[str]) -> bool:
    """Tell whether ``text`` names the module of a file: ``till/tasks`` or ``till.tasks``."""
    for path in files:
        last = path.rpartition(".")[0].split("/")[-2:]
        if "/".join(last) in text or ".".join(last) in text:
            return True
    return False
