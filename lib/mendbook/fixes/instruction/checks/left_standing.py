"""What a text says goes as a whole, and an edit leaves standing; what it undoes at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import of_kinds

_KINDS: Mapping[str, tuple[str, ...]] = {
    "if": ("if_statement",),
    "switch": ("switch_statement", "expression_switch_statement", "switch_expression"),
    "loop": (
        "for_statement", "for_in_statement", "while_statement", "do_statement",
        "enhanced_for_statement",
    ),
    "try": ("try_statement", "try_with_resources_statement"),
}  # fmt: skip
_WHOLE = re.compile(
    r"\b(?:replace|exchange|swap)\s+(?:the|this|that)\s+(?:whole\s+|entire\s+|nested\s+)*"
    r"(?P<what>if|switch|loop|try)(?:\s*/\s*(?:else|catch|except|finally))?"
    r"(?:\s+(?:statement|block|chain|branch(?:es)?))?\s+(?:with|by)\b",
    re.IGNORECASE,
)
_GOES_TOO = re.compile(
    r"`?(?P<name>[A-Za-z_]\w*[A-Z_]\w*)`?\s+(?:(?:is|becomes)\s+(?:then\s+)?(?:unused|dead|obsolete"
    r"|superfluous)\s+and\s+|then\s+)*goes\b(?!\s+(?:to|into|in|through|over|from|on)\b)"
)
"""A second thing that is said to go with the first: *DEBUG is then unused and goes, too*."""
_OPPOSITES = (
    ("add", "remove"), ("on", "off"), ("subscribe", "unsubscribe"), ("set", "clear"),
    ("acquire", "release"), ("lock", "unlock"), ("connect", "disconnect"), ("open", "close"),
    ("register", "unregister"), ("observe", "unobserve"), ("start", "stop"), ("attach", "detach"),
    ("enter", "exit"), ("Lock", "Unlock"), ("Add", "Remove"), ("Open", "Close"),
)  # fmt: skip
_EXCHANGES = re.compile(
    r"\b(?:instead|rather\s+than|in\s+place\s+of|replace|exchange|swap|change|not)\b", re.IGNORECASE
)
_ONCE = re.compile(
    r"\b(?:one|a\s+single)\s+(?:\w+\s+)?(?:call|query|request|round[- ]trip)\b", re.IGNORECASE
)
_TURNS = re.compile(r"[\[({].*\w\(.*\)\s+(?:async\s+)?for\s.+\sin\s")
"""A comprehension of calls."""
_CALL = re.compile(r"(?P<owner>(?:[\w$]+\.)*)(?P<name>[\w$]+)\((?P<given>.*)\)\s*;?\s*$")


def left_standing(fix: str, before: str, after: str, language: Language) -> str:
    """Return why an edit does not do what a text says of a whole statement; else nothing."""
    told = _WHOLE.search(fix)
    if told is not None:
        kinds = _KINDS[told["what"].lower()]
        counts = [len(of_kinds(parse(language, text), kinds)) for text in (before, after)]
        if counts[1] >= counts[0]:
            return f"the {told['what'].lower()} that is to give way would stay"
    for one in _GOES_TOO.finditer(fix):
        word = re.compile(rf"(?<![\w$]){re.escape(one['name'])}(?![\w$])")
        if word.search(before) and len(word.findall(after)) >= 1:
            return f"{one['name']} is to go as well, and would stay"
    if _ONCE.search(fix) and any(
        _TURNS.search(row) for run in line_runs(before, after) if run.gone for row in run.written
    ):
        return "it would be called in each turn, and not once"
    if _EXCHANGES.search(fix) is None:
        return next(_undone(before, after), "")
    return ""


def _undone(before: str, after: str) -> Iterator[str]:
    """Yield each call that gives way to the one which takes it back, with the same arguments."""
    for run in line_runs(before, after):
        written = [told for row in run.written if (told := _CALL.search(row.strip())) is not None]
        for row in run.gone:
            gone = _CALL.search(row.strip())
            if gone is None or any(gone[0].strip() == one[0].strip() for one in written):
                continue
            for one in written:
                if gone["owner"] == one["owner"] and _are_opposite(gone["name"], one["name"]):
                    yield f"`{gone['name']}`, which `{one['name']}` takes back, would go"


def _are_opposite(made: str, undone: str) -> bool:
    """Tell whether the name of one call is that of another with the opposite verb."""
    return any(
        made.startswith(do) and undone.startswith(undo) and made[len(do) :] == undone[len(undo) :]
        for do, undo in _OPPOSITES
    )
