"""What is known of one mounted router."""

from __future__ import annotations

from dataclasses import dataclass

ALL = "*"
"""Stands for the router that a whole file hands out."""
Router = tuple[str, str]
"""A file, and the name of the router in it."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A router that another one includes under an address."""

    router: Router
    parent: Router
    prefix: str
    """``/berths``; empty where it is included as it is."""


def address(text: str) -> str:
    """Return ``text`` as an address begins: with a stroke, and without one at its end."""
    plain = text.strip("/")
    return f"/{plain}" if plain else ""
