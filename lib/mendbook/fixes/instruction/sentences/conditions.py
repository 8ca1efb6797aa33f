"""Conditions that stand in words, as the code of a guard: *when scroll is null*."""

from __future__ import annotations

import re

_PATH = r"[A-Za-z_$][\w$]*(?:(?:\.|\?\.)[\w$]+|\[\w+\])*"
_NAME = rf"{_PATH}(?:\(\))?"
_VALUE = r"(?:-?\d[\w.]*|'[^']*'|\"[^\"]*\"|[A-Za-z_$][\w$.]*)"
_WORDS = re.compile(
    rf"(?:the\s+)?`?(?P<name>{_NAME})`?\s+is\s+(?P<state>null|None|nil|undefined|zero|empty"
    r"|negative|not\s+positive|not\s+an\s+array|not\s+a\s+number|NaN|not\s+finite|blank|missing"
    r"|absent|not\s+(?:set|there|given|defined|present)|set|true|false|truthy|falsy)",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"(?P<call>!?{_PATH}\([^;{{}}]*\))(?:\s+(?:holds|is\s+true|says\s+so|is\s+the\s+case))?"
    rf"|(?P<member>!?[A-Za-z_$][\w$]*(?:(?:\.|\?\.)[\w$]+)+)(?:\s+(?:holds|is\s+truthy))?"
)
"""A call, or a member of something, that is itself the test."""
_LED = re.compile(
    rf"(?:an?\s+|the\s+|there\s+is\s+no\s+)?(?P<state>(?<=no\s)|negative|empty|zero|missing)\s*"
    rf"`?(?P<name>{_NAME})`?",
    re.I,
)
_HELD = re.compile(
    rf"(?:the\s+)?`?(?P<name>{_NAME})`?\s+(?P<state>(?:starts|begins)\s+with|ends\s+with|contains"
    r"|includes|exceeds|is\s+(?:greater|more|larger|longer)\s+than|is\s+above|is\s+over"
    r"|is\s+(?:less|smaller|shorter)\s+than|is\s+below|is\s+under|is\s+at\s+least|is\s+at\s+most"
    rf"|equals|is\s+not\s+in|is\s+in)\s+`?(?P<value>{_VALUE})`?",
    re.IGNORECASE,
)
_MISSING = (
    "missing", "absent", "unset", "not set", "not there", "not given", "not defined",
    "not present", "not found",
)  # fmt: skip
_SCRIPT = {
    "null": "{0} === null",
    "undefined": "{0} === undefined",
    "zero": "{0} === 0",
    "empty": "{0}.length === 0",
    "negative": "{0} < 0",
    "not positive": "{0} <= 0",
    "not an array": "!Array.isArray({0})",
    "nan": "Number.isNaN({0})",
    "not a number": "Number.isNaN({0})",
    "not finite": "!Number.isFinite({0})",
    **dict.fromkeys(_MISSING, "!{0}"),
    "set": "{0}",
    "true": "{0}",
    "truthy": "{0}",
    "false": "!{0}",
    "falsy": "!{0}",
    "begins with": "{0}.startsWith({1})",
    "ends with": "{0}.endsWith({1})",
    "contains": "{0}.includes({1})",
    "equals": "{0} === {1}",
}
_ORDER = {"above": "{0} > {1}", "below": "{0} < {1}", "at least": "{0} >= {1}",
          "at most": "{0} <= {1}"}  # fmt: skip
_STATES: dict[str, dict[str, str]] = {
    "python": {
        "null": "{0} is None",
        "none": "{0} is None",
        **dict.fromkeys(_MISSING, "{0} is None"),
        "set": "{0} is not None",
        "true": "{0}",
        "false": "not {0}",
        "falsy": "not {0}",
        "zero": "{0} == 0",
        "empty": "not {0}",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
        "begins with": "{0}.startswith({1})",
        "ends with": "{0}.endswith({1})",
        "contains": "{1} in {0}",
        "in": "{0} in {1}",
        "not in": "{0} not in {1}",
        "equals": "{0} == {1}",
        **_ORDER,
    },
    "java": {
        "null": "{0} == null",
        "true": "{0}",
        "false": "!{0}",
        "zero": "{0} == 0",
        "empty": "{0}.isEmpty()",
        "blank": "{0}.isBlank()",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
        "begins with": "{0}.startsWith({1})",
        "ends with": "{0}.endsWith({1})",
        "contains": "{0}.contains({1})",
        **_ORDER,
    },
    "go": {
        "nil": "{0} == nil",
        "true": "{0}",
        "false": "!{0}",
        "zero": "{0} == 0",
        "negative": "{0} < 0",
        "not positive": "{0} <= 0",
        **_ORDER,
    },
    **{name: {**_SCRIPT, **_ORDER} for name in ("typescript", "tsx", "javascript")},
}
_SAME = (
    (r"starts with|begins with", "begins with"),
    (r"includes|contains", "contains"),
    (r"exceeds|is (?:greater|more|larger|longer) than|is above|is over", "above"),
    (r"is (?:less|smaller|shorter) than|is below|is under", "below"),
    (r"does not exist", "missing"),
    (r"is (.+)", r"\1"),
)
_TYPED = {"java", "go"}
"""Languages in which a test is a yes or no, and no other value."""
_BRACED = {"java", "typescript", "tsx", "javascript"}
_COMPARED = re.compile(
    r"(?:not\s+)?[\w.\[\]'\"()]+\s*(?:==|!=|<=|>=|<|>|is not|is|not in|in)\s*\S.*"
)


def condition(words: str, language: str) -> str:
    """Return the test that ``words`` say in ``language``; empty where they are none."""
    flat = " ".join(words.split())
    for form in (_WORDS, _LED, _HELD):
        match = form.fullmatch(flat)
        if match is not None and language == "python" and _state(match["state"] or "") == "set":
            return ""  # a flag that is set is true, a value that is set is not None
        if match is not None:
            return said_test(
                match["name"], match["state"] or "missing", language, match.groupdict().get("value")
            )
    holds = _HOLDS.fullmatch(flat)
    if holds is not None and (holds["call"] or language not in _TYPED):
        code = holds["call"] or holds["member"]
        return f"not {code[1:]}" if language == "python" and code.startswith("!") else code
    return flat if _COMPARED.fullmatch(flat) and not _is_prose(flat, language) else ""


def said_test(name: str, state: str, language: str, value: str | None = None) -> str:
    """Return the test that ``name`` is in a state (*empty*, *not set*); empty for other states.

    ``value`` is what a state compares with: *begins with* ``"/"``.
    """
    template = _STATES.get(language, {}).get(_state(state), "")
    return template.replace("{0}", name).replace("{1}", value or "")


def _state(words: str) -> str:
    low = " ".join(words.lower().split())
    for form, plain in _SAME:
        match = re.fullmatch(form, low)
        if match is not None:
            return match.expand(plain)
    return low


def _is_prose(words: str, language: str) -> bool:
    """Tell whether a comparison is written by words that are no operators of the language."""
    return language != "python" and re.search(r"\s(?:is|is not|not in|in)\s", words) is not None


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
    if language in _BRACED:
        leaves = leaves if word else f"throw {leaves}"
        leaves = re.sub(r"^throw (?!new )(?=[A-Z])", "throw new ", leaves)
        leaves = re.sub(r"^(throw new [\w.]+)(;?)$", r"\1()\2", leaves)
        return f"if ({test}) {{ {leaves.rstrip(';')}; }}"
    if language == "go" and word:
        return f"if {test} {{ {leaves} }}"
    return ""
