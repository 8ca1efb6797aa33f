"""What a fix text gives as examples of behaviour: a call with its values, and what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment

_CODE = r"⟦\d+⟧"
_DUTY = r"(?:(?:must|should|has\s+to|needs\s+to|ought\s+to|is\s+to|to)\s+)?(?:still\s+|also\s+)?"
_GIVES = (
    r"(?:returns?|gives?|yields?|is|be|are|equals?|becomes?|results?\s+in|makes?|===?|→|->|=>|:)"
)
_WORDS = r"true|false|null|undefined|none|an?\s+empty\s+(?:string|list|array|object|dict)"
_EQUALS = re.compile(
    rf"(?P<call>{_CODE})\s*{_DUTY}{_GIVES}\s+(?:exactly\s+|equal\s+to\s+)?(?P<value>{_CODE}|(?:{_WORDS})\b)",
    re.IGNORECASE,
)
_RAISES = re.compile(
    rf"(?P<call>{_CODE})\s*{_DUTY}(?:throws?|raises?|rejects?\s+with|fails?\s+with)\s+"
    rf"(?:an?\s+)?(?P<error>{_CODE}|[A-Z]\w*)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?P<call>[\w$.]+\(.*\))\s*(?:===?|→|->)\s*(?P<value>.+)$", re.DOTALL)
_CALL = re.compile(r"(?P<name>[A-Za-z_$][\w$]*)\((?P<given>.*)\)", re.DOTALL)
_NEUTRAL = re.compile(
    r"\b(?:add|write|create|a|an|the|unit|regression|new|missing|some|two|three|tests?|cases?|for|of"
    r"|that|which|to|and|with|in|covering|cover|covers|asserting|assert|checking|check|checks"
    r"|showing|show|e\.g\.|say|where|so|both|vitest|jest|pytest|example|examples|at|least"
    r"|like|function|method|it|its)\b|[\s.,:;()`'’-]+",
    re.IGNORECASE,
)
"""Words beside the examples that ask for nothing more."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One example: ``name(given)`` makes ``value``, or raises ``error``."""

    name: str
    given: str
    """Its arguments as written."""
    value: str = ""
    error: str = ""

    @property
    def call(self) -> str:
        """The call as written."""
        return f"{self.name}({self.given})"


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a text, and the words of it that may ask for more."""

    told: tuple[Expectation, ...]
    rest: str


def examples_of(fix: str) -> Examples:
    """Return the examples that ``fix`` gives, in its order, and what else it says."""
    masked, codes = scan(fix)
    told: list[tuple[int, Expectation]] = []
    for match in _RAISES.finditer(masked):
        error = _text(match["error"], codes)
        if (call := _called(_text(match["call"], codes))) is not None:
            told.append((match.start(), Expectation(*call, error=error.partition("(")[0])))
    rest = _RAISES.sub(" ", masked)
    for match in _EQUALS.finditer(rest):
        if (call := _called(_text(match["call"], codes))) is not None:
            value = _text(match["value"], codes)
            told.append((masked.find(match["call"]), Expectation(*call, value)))
    rest = _EQUALS.sub(" ", rest)
    for at, code in enumerate(codes):
        joined = _JOINED.match(code.text)
        call = _called(joined["call"]) if joined is not None and f"⟦{at}⟧" in rest else None
        if joined is not None and call is not None:
            told.append((masked.find(f"⟦{at}⟧"), Expectation(*call, joined["value"].strip())))
            rest = rest.replace(f"⟦{at}⟧", " ")
    names = {one.name for _, one in told}
    for at, code in enumerate(codes):
        if code.bare.removesuffix("()").rpartition(".")[2] in names:
            rest = rest.replace(f"⟦{at}⟧", " ")
    for name in names:
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    left = _NEUTRAL.sub(" ", rest).strip()
    ordered = sorted(told, key=lambda one: one[0])
    return Examples(tuple(dict.fromkeys(one for _, one in ordered)), left)


def _text(mark: str, codes: tuple[Fragment, ...]) -> str:
    match = re.fullmatch(r"⟦(\d+)⟧", mark)
    return codes[int(match[1])].text if match is not None else mark


def _called(code: str) -> tuple[str, str] | None:
    """Return the name and the arguments of a plain call; None for any other code."""
    match = _CALL.fullmatch(code.strip().removeprefix("await ").rstrip(";"))
    return (match["name"], match["given"].strip()) if match is not None else None
