"""What a named constant is worth, where its declaration can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from http import HTTPStatus

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import Work


def value_of_constant(work: Work, name: str, home: str | None) -> str | None:
    """Return the literal that ``name`` (or ``Group.NAME``) is declared as, or None.

    It is looked for in the file in hand, in ``home``, and else in the one file that declares it.
    """
    own = _value_in(work.scene.path, work.scene.text, name) or _status(work, name)
    if own is not None:
        return own
    paths = [home] if home else [
        one for one in files_holding(work.task.snapshot, name.rpartition(".")[2])
        if language_of(one) is not None
    ]  # fmt: skip
    values: set[str] = set()
    for path in paths:
        if (value := _value_in(path, work.task.snapshot.text(path), name)) is not None:
            values.add(value)
        if len(values) > 1:
            return None
    return values.pop() if values else None


_STATUSES = {f"status{one.name.replace('_', '').lower()}": str(one.value) for one in HTTPStatus}


def _status(work: Work, name: str) -> str | None:
    """Return what Go's ``http.StatusNotFound`` is, where the file imports its package."""
    if work.scene.language.name != "go" or not name.startswith("http.Status"):
        return None
    if '"net/http"' not in work.scene.text:
        return None
    return _STATUSES.get(name.removeprefix("http.").lower())


def _value_in(path: str, text: str, name: str) -> str | None:
    language = language_of(path)
    if language is None:
        return None
    group, _, last = name.rpartition(".")
    if last not in _literals(language, text):
        return None
    for one in _given(language, text):
        if name_of(one) != last:
            continue
        outer = [name_of(at) for at in one.ancestors() if name_of(at)]
        if group and group.rpartition(".")[2] not in outer:
            continue
        if not group and any(at.kind() in language.functions for at in one.ancestors()):
            continue
        value = value_of(one)
        if value is not None and value.kind() in language.numbers | language.strings:
            return value.text()
    return None


def _given(language: Language, text: str) -> list[SgNode]:
    """Return what gives a value to a name in ``text``."""
    kinds = language.assignments | language.pairs | {"enum_assignment"}
    return of_kinds(parse(language, text), kinds, language)


@lru_cache(maxsize=16384)
def _literals(language: Language, text: str) -> frozenset[str]:
    """Return the names that ``text`` gives a literal: read once for all constants asked about."""
    literal = language.numbers | language.strings
    return frozenset(
        name_of(one)
        for one in _given(language, text)
        if (value := value_of(one)) is not None and value.kind() in literal
    )


def same_number(one: str, other: str) -> bool:
    """Tell whether two literals are the same number, however they are grouped."""
    plain = [re.sub(r"[_nLlfF]+$|_", "", text) for text in (one, other)]
    try:
        return float(plain[0]) == float(plain[1])
    except ValueError:
        return one == other
