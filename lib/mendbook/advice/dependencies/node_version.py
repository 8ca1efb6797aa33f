"""The least Node that all packages run on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nodesemver import Comparator


def least_node(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least Node.js version that ``engines`` allows, ``(0, 0)`` when it does not say."""
    engines = data.get("engines")
    wanted = str(engines.get("node", "")) if isinstance(engines, dict) else ""
    if not wanted:
        return (0, 0)
    import nodesemver  # most starts ask for no range

    try:
        either = nodesemver.make_range(wanted, loose=True).set
    except ValueError:
        return (0, 0)
    return min((_floor(together) for together in either), default=(0, 0))


def _floor(together: Sequence[Comparator]) -> tuple[int, int]:
    """Return the least version that comparators which all hold allow."""
    from nodesemver import ANY

    lower = [one.semver for one in together if one.operator in {"", "=", ">", ">="}]
    return max(((one.major, one.minor) for one in lower if one != ANY), default=(0, 0))
