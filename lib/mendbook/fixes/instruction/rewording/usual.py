"""What reviewers ask for again and again in few words, as imperatives with their code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Make, Marks

_LEVELS = {"log": "info", "trace": "debug"}
_FALLS = (
    r"(?:(?:fall(?:ing)?\s+back|default(?:ing)?)\s+to|(?:guard|protect)\s+against|tolerate"
    r"|coalesce)"
)
_UNLESS = (
    r"(?:otherwise|if\s+(?:it|that|this)\s+is\s+(?:not|false)(?:\s+so)?|if\s+not"
    r"|when\s+it\s+is\s+not)"
)
_OURS = r"(?:the\s+|our\s+|a\s+)?(?:(?:shared|project|existing|structured)\s+)?(?P<l>logger|log)"
_PRINT = rf"(?P<c>{CODE}|console\.\w+)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?:add|put|write)\s+(?:the\s+|an?\s+)?(?:missing\s+)?(?P<r>return|{CODE})\s+"
         rf"(?:before|in\s+front\s+of)\s+(?:the\s+call\s+)?(?P<b>{CODE})", _returned),
        (rf"return\s+the\s+(?:result|value|promise)\s+of\s+(?P<b>{CODE})",
         lambda match, marks: _as_return(marks.text(match["b"]))),
        (rf"(?:replace|swap)\s+(?:the\s+)?{_PRINT}(?:\s+calls?)?\s+(?:with|by|for)\s+{_OURS}",
         _logged),
        (rf"(?:log|report)\s+(?:it\s+|this\s+)?(?:with|through|via|using)\s+{_OURS}\s+"
         rf"(?:instead\s+of|rather\s+than|and\s+not(?:\s+with)?)\s+{_PRINT}", _logged),
        (rf"(?:check|verify|test|assert)\s+(?P<c>{ITEM})\s+and\s+(?P<t>{CODE})\s+{_UNLESS}",
         _checked),
        (rf"(?P<t>{CODE})\s+unless\s+(?P<c>{ITEM})(?:\s+holds)?", _checked),
        (r"(?:sort|reverse)\s+(?:on\s+)?a\s+(?:shallow\s+)?copy\b[^⟦]*",
         lambda match, _: "Use a copy before sorting"),
        (r"(?:copy|clone|spread)\s+[^⟦]*?\bbefore\s+(?:sorting|reversing|the\s+sort)\b[^⟦]*"
         rf"(?:\({CODE}\))?", lambda match, _: "Use a copy before sorting"),
        (rf"(?:[a-z]+\s+)?{_FALLS}\s+(?P<lead>(?:[^⟦:]|{CODE})*?)(?::|\s+(?:with|by|using|via))\s+(?P<b>{CODE})",
         _fallen),
        (rf"give\s+(?:the\s+)?(?:parameter\s+|prop\s+)?(?P<a>{ITEM})\s+(?:the|an?)\s+default(?:\s+value)?"
         rf"(?:\s+of)?\s+(?P<v>{CODE}|[\w.'\"-]+|an?\s+empty\s+\w+)",
         lambda match, _: f"Default {match['a']} to {match['v']}"),
        (rf"(?:rename|call)\s+the\s+caught\s+(?:error\s+|exception\s+|name\s+)?(?P<a>{ITEM})\s+(?:to|as)?\s*"
         rf"(?P<b>{ITEM})", lambda match, _: f"Rename {match['a']} to {match['b']}"),
        (rf"(?:annotate|type|declare)\s+(?P<a>{CODE})\s+and\s+the\s+return\s+type\s+(?:as\s+)?"
         rf"(?P<t>{CODE}|\w+)", _typed_both),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _as_return(code: str) -> str:
    """Return the order that makes ``code``, a call, what is returned."""
    if re.match(r"return\b", code) or not re.fullmatch(
        r"(?:await\s+)?[\w$.?]+\(.*\);?", code, re.DOTALL
    ):
        return ""
    bare = code.rstrip(";")
    return f"Replace `{bare}` by `return {bare}`"


def _returned(match: re.Match[str], marks: Marks) -> str:
    return _as_return(marks.text(match["b"])) if marks.text(match["r"]) == "return" else ""


def _logged(match: re.Match[str], marks: Marks) -> str:
    """*Replace console.error with the logger*: the logger's method of the same level."""
    told = re.fullmatch(
        r"console\.(log|info|warn|error|debug|trace)(?:\(.*\))?", marks.text(match["c"])
    )
    if told is None:
        return ""
    level = _LEVELS.get(told[1], told[1])
    return f"Replace `console.{told[1]}` by `{match['l'].lower()}.{level}`"


def _checked(match: re.Match[str], marks: Marks) -> str:
    """*Check a.ok and throw e otherwise*: a guard."""
    test, leaves = marks.text(match["c"]), marks.text(match["t"])
    plain = re.fullmatch(r"[\w$.?]+(?:\([^()]*\))?", test)
    if marks.language == "python" or plain is None or not re.match(r"(?:throw|return)\b", leaves):
        return ""
    return f"Add a guard: `if (!{test}) {leaves.rstrip(';')};`"


def _typed_both(match: re.Match[str], marks: Marks) -> str:
    """*Annotate a: T and the return type U*: both, one after the other."""
    pair = marks.fragment(match["a"])
    if pair is None or pair.shape is not Shape.PAIR:
        return ""
    return f"Type `{pair.key}` as `{pair.value}`. Declare the return type: {match['t']}"


def _fallen(match: re.Match[str], marks: Marks) -> str:
    """*Fall back to null: rows[0]?.v ?? null*: the value of what is quoted."""
    code = marks.text(match["b"])
    whole = marks.shape(match["b"]) is Shape.CODE and re.search(r"\?\?|\?\.|\|\|", code)
    return f"Use {match['b']} instead" if whole else ""


USUAL = tuple(_rules())
