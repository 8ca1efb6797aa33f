"""Names and functions that are loaded when they are first asked for.

A plan read back from the cache needs few of the rooms; each costs some hundredths of a second to
import, for its patterns and records. ``lazy_loader`` asks for the same table of names, and for a
stub file for the types; here a package shows them to type checkers under ``TYPE_CHECKING``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import resolve_name
from types import MappingProxyType
from typing import Any


def names_of(
    package: str, homes: Mapping[str, str], modules: Mapping[str, str] = MappingProxyType({})
) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package (PEP 562) that takes its names from modules.

    ``homes`` says for each name the module below ``package`` that has it, ``modules`` for each name
    the module that it stands for. What has the name of a module directly below ``package`` is taken
    from that module: Python sets the module under the name once it is loaded.
    """

    def load(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
        if name in modules:
            return import_module(f"{package}.{modules[name]}")
        if name not in homes:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load


@dataclass(frozen=True, slots=True)
class Late:
    """A function that is loaded when it is first called."""

    where: str
    """Its module below ``mendbook`` and its name: ``advice:advise``."""

    def __call__(self, *given: Any) -> Any:  # noqa: ANN401 - what the function takes and returns
        """Return what the function makes of what is given."""
        return self.function(*given)

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself."""
        function: Callable[..., Any] = resolve_name(f"mendbook.{self.where}")
        return function
