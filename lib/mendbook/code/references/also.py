"""Names of other code that a fix changes like the finding's own: *do the same in `refund`*."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CODE = r"[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(\))?"
_OWN = rf"(?:`{_CODE}`|(?=[\w$.:#]*(?:[a-z0-9][A-Z]|_|\w\.\w)){_CODE})"
"""A name that cannot but be code: quoted as such, or of several words."""
_JOINT = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:(?:in|of|for|to|from)\s+)?"
_LIST = re.compile(rf"(?<![\w$.`])({_OWN}(?:{_JOINT}{_OWN})*)")
_SAME = re.compile(
    r"(?i)\b(?:the\s+same|likewise|similarly|also|as\s+well(?:\s+as)?)\b[^.;`]{0,30}?"
    r"\b(?:in|for|to|at|with)\s+(?:both\s+)?$"
)
_TOO = re.compile(r"(?i)^,?\s+(?:too|as\s+well|alike|likewise)\b")
_ORDER = re.compile(r"(?i)\b(?:in|of|from|for|what|make|on|both)\s+$|^\W*$")
"""What stands before a list of the code that a clause is about."""
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_ASIDE = re.compile(r"(?i)\b(?:as|like|see|than)\s+(?:\w+\s+){0,2}$")


def changed_alike(fix: str, own: Sequence[str]) -> tuple[str, ...]:
    """Return the names that ``fix`` says are to change as well, those of ``own`` left out.

    They stand behind *the same in*, or in one list with a name of ``own``.
    """
    known = {_last(name) for name in own}
    changed: dict[str, None] = {}
    for sentence in _SENTENCE.split(fix):
        for match in _LIST.finditer(sentence):
            names = [each.strip("`()") for each in re.findall(_OWN, match[1])]
            before, behind = sentence[: match.start()], sentence[match.end() :]
            if _ASIDE.search(before):
                continue
            same = _SAME.search(before) or _TOO.match(behind)
            listed = len(names) > 1 and _ORDER.search(before)
            if same or (listed and known & set(map(_last, names))):
                changed.update((name, None) for name in names if not _is_one_of(name, own))
    return tuple(changed)


def _is_one_of(name: str, own: Sequence[str]) -> bool:
    """Tell whether ``name`` is one of ``own``; its owner counts where it says one."""
    parts = re.split(r"\.|::|#", name)
    return any(re.split(r"\.|::|#", each)[-len(parts) :] == parts for each in own)


def _last(name: str) -> str:
    return re.split(r"\.|::|#", name)[-1]
