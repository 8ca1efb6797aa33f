"""What a search for references could not do here, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mendbook.model import Skipped

EXACT = "exact references"
EXACT_PYTHON = "exact references in Python"
_SHOWN = 3


def not_installed(*, compiler: bool, server: bool) -> Iterator[Skipped]:
    """Yield what is missing: TypeScript's ``compiler``, Python's language ``server``."""
    if compiler:
        reason = "TypeScript's native compiler is not installed; `make exact` installs it"
        yield Skipped(EXACT, reason)
    if server:
        reason = "basedpyright is not installed; `mendbook exact python` installs it"
        yield Skipped(EXACT_PYTHON, reason)


def unparsed(paths: Sequence[str]) -> Iterator[Skipped]:
    """Yield that the Python files at ``paths`` were looked into and do not parse, if any."""
    if paths:
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        why = f"{', '.join(paths[:_SHOWN])}{more} cannot be parsed by this Python: names by text"
        yield Skipped("uses by syntax in some Python files", why)
