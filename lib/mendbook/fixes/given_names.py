"""Names that a fix text gives to what is new."""

from __future__ import annotations

import re

_CODED = r"`?([A-Za-z_$][\w$]*)`?"
_DECLARED = re.compile(r"\b(?:const|let)\s+([A-Za-z_$][\w$]*)\b")
_CALLED = re.compile(
    rf"\b(?:named|called|name it|call it|under the name|by the name(?: of)?)\s+{_CODED}(?![\w$(.])"
)
_BRACKETED = re.compile(rf"[(,]\s*{_CODED}\s*[,)]")
_SPELLED = re.compile(
    r"(?<![\w$./'\"-])([a-z][a-z\d]*[A-Z][\w$]*|[A-Z][A-Z\d]*_[A-Z\d_]+|[A-Z]{3,})(?![\w$/]|\.\w+/)"
)


def given_name(fix: str, text: str) -> str:
    """Return the one name that ``fix`` gives to something new; empty where none or several.

    New is what ``text``, the file, does not spell. A declaration that is written out wins.
    """
    for pattern in (_DECLARED, _CALLED, _BRACKETED, _SPELLED):
        names = [one for one in dict.fromkeys(pattern.findall(fix)) if _is_new(one, text)]
        if len(names) == 1:
            return str(names[0])
        if names:
            return ""
    return ""


_WORDS = {
    *("API", "JSON", "Map", "Object", "Promise", "SQL", "Set", "URL", "a", "an", "array", "const"),
    *("each", "field", "get", "has", "it", "key", "map", "object", "once", "one", "set", "the"),
}


def _is_new(name: str, text: str) -> bool:
    spelled = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)
    return name not in _WORDS and spelled is None
