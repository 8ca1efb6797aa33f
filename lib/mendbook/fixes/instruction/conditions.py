"""Conditions that stand in words, as the code of a guard: *when scroll is null*."""

from __future__ import annotations

import re

_NAME = r"[A-Za-z_][\w.]*(?:\(\))?"
_WORDS = re.compile(
    rf"(?:the\s+)?`?(?P<name>{_NAME})`?\s+is\s+(?P<state>null|None|nil|zero|empty|negative|"
    r"not\s+positive|blank)",
    re.IGNORECASE,
)
_LED = re.compile(
    rf"(?:an?\s+|the\s+)?(?P<state>negative|empty|zero)\s+`?(?P<name>{_NAME})`?", re.I
)
_STATES: dict[str, dict[str, str]] = {
    "python": {
        "null": "{0} is None",
        "none": "{0} is None",
        "zero": "{0} == 0",
        "empty": "not {0}",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
    },
    "java": {
        "null": "{0} == null",
        "zero": "{0} == 0",
        "empty": "{0}.isEmpty()",
        "blank": "{0}.isBlank()",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
    },
    "go": {
        "nil": "{0} == nil",
        "zero": "{0} == 0",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
    },
}
_COMPARED = re.compile(
    r"(?:not\s+)?[\w.\[\]'\"()]+\s*(?:==|!=|<=|>=|<|>|is not|is|not in|in)\s*\S.*"
)


def condition(words: str, language: str) -> str:
    """Return the test that ``words`` say in ``language``; empty where they are none."""
    flat = " ".join(words.split())
    for form in (_WORDS, _LED):
        found = form.fullmatch(flat)
        if found is not None:
            state = _STATES.get(language, {}).get(found["state"].lower())
            return state.replace("{0}", found["name"]) if state is not None else ""
    return flat if _COMPARED.fullmatch(flat) else ""


def is_condition(words: str, language: str) -> bool:
    """Tell whether ``words`` are a test, in code or in the few words that are read as one."""
    return bool(condition(words, language))


def guard(words: str, leaves: str, language: str) -> str:
    """Return the guard that leaves by ``leaves`` when ``words`` hold; empty if not clear."""
    test = condition(words, language)
    if not test:
        return ""
    word = re.match(r"(?:return|raise|throw|panic)\b", leaves)
    if language == "python":
        return f"if {test}: {leaves if word else f'raise {leaves}'}"
    if language == "java":
        leaves = leaves if word else f"throw {leaves}"
        leaves = re.sub(r"^throw (?!new )", "throw new ", leaves)
        return f"if ({test}) {{ {leaves.rstrip(';')}; }}"
    if language == "go" and word:
        return f"if {test} {{ {leaves} }}"
    return ""
