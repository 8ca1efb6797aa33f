"""Make every string of a decoded document safe to hand on, level by level, without recursion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mendbook.intake.faults import MAX_DEPTH
from mendbook.intake.redact import HINTS, names_secret, redact, redact_value


class TooDeepError(ValueError):
    """The document is nested deeper than ``faults.MAX_DEPTH``."""


def clean(data: Any, hints: Iterable[str] = HINTS) -> tuple[Any, int]:  # noqa: ANN401 - any JSON
    """Return ``data`` without secrets and lone surrogates, and the number of secrets replaced.

    Containers are changed in place: the caller has just decoded them. ``hints`` are those of the
    document's text. Raises ``TooDeepError``.
    """
    cleaner = _Cleaner(tuple(hints))
    if isinstance(data, str):
        return cleaner.text(data), cleaner.count
    level = [data]
    for _ in range(MAX_DEPTH):
        level = cleaner.containers(level)
        if not level:
            return data, cleaner.count
    raise TooDeepError


def without_nulls(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return ``data`` without the keys whose value is null; it may be ``MAX_DEPTH`` deep."""
    if isinstance(data, dict):
        return {key: without_nulls(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_nulls(value) for value in data]
    return data


class _Cleaner:
    def __init__(self, hints: tuple[str, ...]) -> None:
        self.hints = hints
        self.count = 0
        self.plain_keys: dict[str, bool] = {}
        """Keys that stay as they are, and whether each names a secret."""

    def containers(self, level: list[Any]) -> list[Any]:
        """Clean the strings directly in ``level`` and return the containers below it."""
        below: list[Any] = []
        for container in level:
            if type(container) is dict:
                self._object(container, below)
            elif type(container) is list:
                self._array(container, below)
        return below

    def text(self, text: str) -> str:
        """Return ``text`` without secrets, lone surrogates written out."""
        if not text.isascii():
            text = _encodable(text)
        text, count = redact(text, self.hints)
        self.count += count
        return text

    def _object(self, values: dict[str, Any], below: list[Any]) -> None:
        renamed = False
        for key, value in values.items():
            secret = self.plain_keys.get(key)
            if secret is None:
                renamed = renamed or not self._learn(key)
                secret = names_secret(key)
            if type(value) is str:
                values[key] = self._secret(value) if secret else self.text(value)
            elif type(value) is dict or type(value) is list:
                below.append(value)
        if renamed:
            self._rename(values)

    def _learn(self, key: str) -> bool:
        plain = _encodable(key) == key and not redact(key, self.hints)[1]
        if plain:
            self.plain_keys[key] = names_secret(key)
        return plain

    def _secret(self, value: str) -> str:
        cleaned = self.text(value)
        replaced, count = redact_value(cleaned)
        self.count += count
        return replaced

    def _rename(self, values: dict[str, Any]) -> None:
        entries = list(values.items())
        values.clear()
        for key, value in entries:
            name = unique = self.text(key)
            number = 1
            while unique in values:
                number += 1
                unique = f"{name} ({number})"
            values[unique] = value

    def _array(self, values: list[Any], below: list[Any]) -> None:
        for index, value in enumerate(values):
            if type(value) is str:
                values[index] = self.text(value)
            elif type(value) is dict or type(value) is list:
                below.append(value)


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text
