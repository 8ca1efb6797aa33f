"""The steps of a text that asks for several things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.settings.verbs import IMPERATIVE

_KEPT = re.compile(r"```.*?```|`[^`]*`|\"[^\"\n]*\"|\([^()]*\)", re.S)
_STEP = re.compile(
    rf"(?:,?\s+and\s+(?:also\s+|then\s+)?|,\s+|;\s+(?:also\s+)?|\.\s+(?:Also\s+|Then\s+)?)"
    rf"(?={IMPERATIVE}|(?:let|make|turn|restrict|limit|allow|lower|raise|declare|default)\b)",
    re.I,
)
_TO = r"[\w./@:-]+\s+(?:from\s+\S+\s+)?to\s+[^\s,;]+"
SHARED = re.compile(
    rf"^((?:please\s+)?(?:pin|bump|update|upgrade|raise|lower|set|change))\s+({_TO})\s+and\s+"
    rf"({_TO})\.?$",
    re.I,
)
"""One verb for two: ``pin a to 1 and b to 2``."""


def steps_of(said: str) -> list[str]:
    """Return the steps of a text; code, quotes and brackets are not parted."""
    return list(_steps(said))


def _steps(said: str) -> Iterator[str]:
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    masked = _KEPT.sub(hide, said.strip())
    masked = SHARED.sub(r"\1 \2 and \1 \3", masked)
    for step in _STEP.split(masked):
        whole = re.sub(r"\ue000(\d+)\ue001", lambda match: kept[int(match[1])], step)
        if whole.strip(" .;"):
            yield whole.strip()
