"""The words of prose and of names in code by their first letters, so that both can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_WORD = re.compile(r"[A-Za-z]+")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


def stems(
    text: str,
    *,
    least: int = 3,
    length: int = 4,
    singular: bool = False,
    without: Collection[str] = (),
) -> Iterator[str]:
    """Yield the first ``length`` letters, in lower case, of each word that has ``least`` of them.

    A name is taken apart: ``maxRetries`` and ``max_retries`` have two words. ``singular`` cuts off
    the *s* of the plural, and words in ``without`` are left out.
    """
    for word in _WORD.findall(_JOINT.sub(" ", text)):
        low = word.lower()
        if len(low) >= least and low not in without:
            yield (low.rstrip("s") if singular else low)[:length]
