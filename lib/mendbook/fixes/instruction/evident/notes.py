"""What notes leave out: the verb of an order, the ticks of a comparison, who has it already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene

_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must|shall"
    r"|be|been|gets?|goes|makes?|takes?|comes?|stands?|lets?|gives?|holds?|runs?|breaks?|fails?"
    r"|leaves?|returns?|knows?|tells?|says?|means?|shows?|works?|happens?|keeps?|needs?|falls?|today|now|currently|already)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[\w+\])*"
_VALUE = rf"(?:{_NAME}|-?\d[\d_.]*)"
_SIGN = r"(?:[<>]=?|[=!]==?)"
_WHOLE = re.compile(rf"(?<![\w$.⟦]){_VALUE}\s+{_SIGN}\s+{_VALUE}(?![\w$⟧(])")
_PART = re.compile(rf"(?<![\w$.⟧<>=!-])(?P<sign>{_SIGN})(?:\s+(?P<to>{_VALUE}))?(?![\w$⟧(=>])")
_JOINED = re.compile(rf"⟦(?P<at>\d+)⟧\s+(?P<to>{_NAME})(?![\w$⟧(])")
_AROUND = re.compile(
    rf"(?<![\w$.⟦])(?P<left>{_VALUE})\s+⟦(?P<at>\d+)⟧\s+(?P<to>{_VALUE})(?![\w$⟧(])"
)
_LIKE = re.compile(
    r",?\s*\b(?:(?:just|exactly|much)\s+)?(?:as|like|(?:in\s+)?the\s+(?:same\s+)?way(?:\s+(?:as|that))?"
    r"|similar\s+to|analogous\s+to)\s+(?:(?:in|with|for|by)\s+)?(?:⟦(?P<at>\d+)⟧|(?P<name>[A-Za-z_$][\w$.]*)"
    r"(?:\(\))?)(?P<rest>(?:\s+[^.,;:\s]+){0,7})(?=[.,;:]|$)"
)
_DOES = re.compile(
    r"\s+(?:already\s+)?(?:does|do|has|have|is|are|gets?|gives?|takes?|uses?|checks?|passes|throws?"
    r"|returns?|calls?|logs?|holds?|compares?|reads?)\b"
)


_TOLD = re.compile(
    r"^(?:it|its|the|this|that|⟦\d+⟧(?:['’]s)?)(?:\s+[\w-]+){0,3}?\s+(?P<verb>[a-z]+)s\s+(?:an?\s+|the\s+|its\s+)?(?:[\w-]+\s+){0,3}?⟦"
)
"""A statement that says of something what new code it has: *its send takes ⟦0⟧*."""


def told_by(words: str) -> str:
    """Return the verb of a statement that gives code to something; nothing for another one."""
    told = _TOLD.match(words[:1].lower() + words[1:])
    return told["verb"] if told is not None and not _SINCE.search(words) else ""


_SINCE = re.compile(r"\b(?:today|now|currently|already|still|always|never|not|no)\b", re.IGNORECASE)


def is_note(words: str) -> bool:
    """Tell whether masked words have no verb at all, and so can only name what is to be there."""
    return "⟦" in words and _FINITE.search(re.sub(r"⟦\d+⟧", " ", words)) is None


def noted(words: str, form: re.Pattern[str]) -> bool:
    """Tell whether a part of a text that tells nothing to do names ``form``, and says no more.

    *An implementation detail: private* does; *it is private in the base class* says how things are.
    """
    parts = re.split(r"[.;:,](?:\s+|$)|\s[–—-]\s", words)
    return any(form.search(one) and _FINITE.search(one) is None for one in parts)


def compared_too(
    words: str, codes: Sequence[Fragment], quoted: str
) -> tuple[str, tuple[Fragment, ...]]:
    """Return words and codes with comparisons that stand in prose: *a < b*, *< b*, *the <*.

    Each name of one stands in the code that is quoted.
    """
    named = list(codes)

    def known(text: str) -> bool:
        names = re.findall(r"[A-Za-z_$][\w$]*", text)
        return all(re.search(rf"(?<![\w$]){re.escape(one)}(?![\w$])", quoted) for one in names)

    def whole(told: re.Match[str]) -> str:
        if not known(told[0]):
            return told[0]
        named.append(Fragment(told[0], Shape.CODE))
        return f"⟦{len(named) - 1}⟧"

    def part(told: re.Match[str]) -> str:
        to = told["to"] or ""
        if to and known(to) and re.search(r"[A-Za-z_$\d]", to):
            named.append(Fragment(f"{told['sign']} {to}", Shape.OPERATOR))
            return f"⟦{len(named) - 1}⟧"
        named.append(Fragment(told["sign"], Shape.OPERATOR))
        return f"⟦{len(named) - 1}⟧{told[0][len(told['sign']) :]}"

    def joined(told: re.Match[str]) -> str:
        sign = named[int(told["at"])]
        if sign.shape is not Shape.OPERATOR or not re.fullmatch(_SIGN, sign.text) or not known(
            told["to"]
        ):  # fmt: skip
            return told[0]
        named.append(Fragment(f"{sign.text} {told['to']}", Shape.OPERATOR))
        return f"⟦{len(named) - 1}⟧"

    def around(told: re.Match[str]) -> str:
        sign = named[int(told["at"])]
        text = f"{told['left']} {sign.text} {told['to']}"
        if (
            sign.shape is not Shape.OPERATOR
            or not re.fullmatch(_SIGN, sign.text)
            or not known(text)
        ):
            return told[0]
        named.append(Fragment(text, Shape.CODE))
        return f"⟦{len(named) - 1}⟧"

    words = _AROUND.sub(around, words)
    words = _PART.sub(part, _WHOLE.sub(whole, words))
    return _JOINED.sub(joined, words), tuple(named)


def without_siblings(words: str, codes: Sequence[Fragment], scene: Scene) -> str:
    """Return words without who has it already: *as `close` does*, *the way title has its max*."""

    def dropped(told: re.Match[str]) -> str:
        name = codes[int(told["at"])].text if told["at"] else told["name"]
        name = name.removesuffix("()").rpartition(".")[2]
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", name) or not _is_elsewhere(scene, name):
            return told[0]
        if told["rest"] and not _DOES.match(told["rest"]):
            return told[0]
        return ""

    return _LIKE.sub(dropped, words)


def _is_elsewhere(scene: Scene, name: str) -> bool:
    """Tell whether a name stands in the tree, and none of what the finding quotes is it."""
    spelled = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    if any(spelled.search(scene.text[first:last]) for first, last in scene.quotes):
        return False
    own = {part for one in scene.task.finding.symbols for part in one.split(".")}
    if name in own:
        return False
    return bool(spelled.search(scene.text)) or bool(list(files_holding(scene.task.snapshot, name)))
