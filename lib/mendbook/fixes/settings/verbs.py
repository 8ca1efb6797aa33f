"""The verbs that instructions for settings use, and the words of a duty: one table for all."""

from __future__ import annotations

import re

_PUT = (
    *("add", "set", "put", "introduce", "provide", "supply", "include", "insert", "configure"),
    *("specify", "define", "declare", "use", "give", "enable", "apply"),
)
_MEASURE = (
    *(
        "set",
        "change",
        "raise",
        "lower",
        "increase",
        "reduce",
        "decrease",
        "switch",
        "bump",
        "turn",
    ),
    *("update", "upgrade", "cut"),
)
_TURN = (*_MEASURE, "extend", "shorten", "move", "adjust", "correct", "fix")
_REMOVE = ("remove", "delete", "drop", "strip")
_OTHERS = ("replace", "pin", "quote", "pass", "append")
_IRREGULAR = {"set": "set", "cut": "cut", "pin": "pinned", "put": "put", "drop": "dropped",
              "quote": "quoted", "limit": "limited", "strip": "stripped"}  # fmt: skip


def _any_of(*words: str) -> str:
    return rf"(?:{'|'.join(dict.fromkeys(words))})"


def _participle(verb: str) -> str:
    return _IRREGULAR.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")


PUT = _any_of(*_PUT)
"""What puts something there, as a pattern."""
TURN = _any_of(*_TURN)
"""What gives something that is there another value, before what it acts on."""
MEASURE = _any_of(*_MEASURE)
"""What says so wherever it stands in a sentence."""
REMOVE = _any_of(*_REMOVE)
IMPERATIVE = rf"{_any_of(*_PUT, *_TURN, *_REMOVE, *_OTHERS)}\b"
"""Any verb that an instruction begins with."""
TURNED = _any_of(*map(_participle, (*_TURN, "limit")))
"""What something should be that gets another value: ``raised``, ``cut``."""
OUGHT = r"(?:should|must|needs?\s+to|has\s+to|have\s+to|ought\s+to)"
"""Words of a duty."""
BEGINS = re.compile(rf"^{IMPERATIVE}", re.I)
