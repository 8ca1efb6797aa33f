"""One search of Python names for a snapshot, which all share who ask about it."""

from __future__ import annotations

from functools import lru_cache

from mendbook.code.references.python.search import PythonSearch
from mendbook.code.word_index import words_of
from mendbook.repository.snapshot import Snapshot


@lru_cache(maxsize=4)
def python_search(snapshot: Snapshot) -> PythonSearch:
    """Return the search of ``snapshot``; its files are read once, when they are asked about."""
    return PythonSearch(snapshot, words_of(snapshot))
