"""Hold decoded JSON against the shape a measurement format has."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from mendbook.errors import InputError
from mendbook.intake.problem import Problem

Shape = TypeVar("Shape")

_PLACE = re.compile(r" - at `\$\.?(.*)`\Z")


def shaped(data: Any, shape: type[Shape], path: str) -> Shape:  # noqa: ANN401 - any JSON value
    """Return ``data`` as a ``shape``; raise ``InputError`` with the place where it does not fit."""
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise misshapen(error, path) from error


def misshapen(error: msgspec.ValidationError, path: str) -> InputError:
    """Return the one-line refusal of the file at ``path`` for what ``error`` says."""
    said = str(error)
    match = _PLACE.search(said)
    what = said[: match.start()] if match else said
    what = f"{what[0].lower()}{what[1:]}".replace("`", "")
    remedy = "measure again; the file is not what its format asks for"
    return Problem(path, match[1] if match else "", what, remedy).refusal()
