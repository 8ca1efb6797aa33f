"""The parameter of a constructor that a fix text writes out: its marks, name, type and default."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPE = (
    r"(?:\([^()]*\)\s*=>\s*[\w$.]+(?:<[^<>]*>)?(?:\[\])?|typeof\s+[\w$.]+"
    r"|(?:[A-Z][\w$.]*|number|string|boolean)(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>)?(?:\[\])*"
    r"(?:\s*\|\s*(?:null|undefined|[A-Z][\w$]*))*)"
)
_DEFAULT = (
    r"(?:\([^()]*\)\s*=>\s*(?:new\s+)?[\w$.]+(?:\([^()]*\))?"
    r"|new\s+[\w$.]+(?:<[^<>]*>)?\((?:[^()]|\([^()]*\))*\)"
    r"|[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\((?:[^()]|\([^()]*\))*\))?|'[^']*'|\d[\d_.]*)"
)
_MARKS = r"(?:(?:private|protected|public|readonly)\s+)"
_PARAMETER = re.compile(
    rf"(?<![\w$.])(?P<marks>{_MARKS}*)(?P<name>[a-z_$][\w$]*)\s*:\s*(?P<type>{_TYPE})"
    rf"(?:\s*=\s*(?P<default>{_DEFAULT}))?"
)
_UNTYPED = re.compile(
    rf"(?<![\w$.])(?P<marks>)(?P<name>[a-z_$][\w$]*)\s*=\s*(?P<type>)(?P<default>{_DEFAULT})"
)


@dataclass(frozen=True, slots=True)
class Given:
    """One parameter, as it is written out; ``marks`` are those of a property, with their blanks."""

    marks: str
    name: str
    type: str = ""
    default: str = ""

    @property
    def code(self) -> str:
        """The parameter as code."""
        typed = f": {self.type}" if self.type else ""
        return f"{self.marks}{self.name}{typed}{f' = {self.default}' if self.default else ''}"


def given_parameters(fix: str, typed: bool) -> list[Given]:
    """Return the parameters that ``fix`` writes out; with ``typed`` those that have a type."""
    bare = fix.replace("`", " ")
    pattern = _PARAMETER if typed else _UNTYPED
    found = []
    for match in pattern.finditer(bare):
        marks = re.sub(r"\s+", " ", match["marks"])
        found.append(Given(marks, match["name"], match["type"], match["default"] or ""))
    marked = [one for one in found if one.marks]
    return list(dict.fromkeys(marked or found))
