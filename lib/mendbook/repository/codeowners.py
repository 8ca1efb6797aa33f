"""Read CODEOWNERS as the host of the repository does, GitHub or GitLab.

Both take patterns as gitignore has them and the last line that matches; GitLab has sections
beside, each with owners of its own, and lines that exclude what they match from their section. What
a host ignores is ignored here: lines with an owner that is none, ranges, GitHub's negations. See
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
and https://docs.gitlab.com/user/project/codeowners/reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathspec import PathSpec, Pattern

from mendbook.repository.snapshot import Snapshot

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the hosts look, in their order; only the first file found counts."""

_SECTION = re.compile(r"(?P<optional>\^?)\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:\s+\S+)*)\Z")
_OWNER = re.compile(r"@{1,2}[\w.-]+(?:/[\w.-]+)*\Z|[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a CODEOWNERS file; no owners means that nobody owns what it matches."""

    spec: PathSpec[Pattern]
    owners: tuple[str, ...]
    source: str
    """``.github/CODEOWNERS:12``."""
    section: str = ""
    optional: bool = False
    excludes: bool = False
    """Its section says nothing about what it matches, whatever a later line says."""

    def matches(self, path: str) -> bool:
        """Tell whether the line is about ``path``."""
        return bool(self.spec.match_file(path))


def read_rules(snapshot: Snapshot) -> tuple[Rule, ...]:
    """Read the CODEOWNERS file that the repository's host would use, if any."""
    place = next((place for place in PLACES if place in snapshot), None)
    if place is None:
        return ()
    text = snapshot.text(place).removeprefix("\ufeff")
    return tuple(_rules(text, place))


def owning_rules(path: str, rules: Sequence[Rule]) -> list[Rule]:
    """Return the last rule that matches ``path`` in each section; of optional ones if no other."""
    last: dict[str, Rule] = {}
    for rule in rules:
        known = last.get(rule.section)
        if rule.matches(path) and not (known is not None and known.excludes):
            last[rule.section] = rule
    owned = [rule for rule in last.values() if rule.owners]
    return [rule for rule in owned if not rule.optional] or owned


def _rules(text: str, place: str) -> Iterator[Rule]:
    lines = [line.strip() for line in text.splitlines()]
    sections = [_SECTION.match(_without_remark(line)) for line in lines]
    gitlab = place.startswith(".gitlab/") or any(sections)
    name, optional, inherited = "", False, ()  # type: tuple[str, bool, tuple[str, ...]]
    for number, (line, section) in enumerate(zip(lines, sections, strict=True), start=1):
        if section:
            name = section["name"].strip().lower()
            optional = bool(section["optional"])
            inherited = tuple(owner for owner in section["owners"].split() if _OWNER.match(owner))
        elif (words := _words(line)) and _usable(words, gitlab=gitlab):
            excludes = words[0].startswith("!")
            owners = () if excludes else tuple(words[1:]) or inherited
            spec = _spec(words[0].removeprefix("!"), gitlab=gitlab)
            yield Rule(spec, owners, f"{place}:{number}", name, optional, excludes)


def _usable(words: Sequence[str], *, gitlab: bool) -> bool:
    pattern, *owners = words
    ranged = "[" in pattern or (pattern.startswith("!") and not gitlab)
    return not ranged and all(_OWNER.match(owner) for owner in owners)


def _spec(pattern: str, *, gitlab: bool) -> PathSpec[Pattern]:
    if gitlab and not pattern.startswith("/") and "/" in pattern.rstrip("/"):
        # GitLab anchors nothing that does not begin with a slash
        pattern = f"**/{pattern}"
    escaped = re.sub(r"(?<!\\) ", r"\\ ", pattern)
    escaped = f"\\{escaped}" if gitlab and escaped.startswith("#") else escaped
    return PathSpec.from_lines("gitignore", [escaped])


def _without_remark(line: str) -> str:
    return re.sub(r"(?:\A|\s)#.*\Z", "", line).strip()


def _words(line: str) -> list[str]:
    """Split a line at blanks, up to a comment; an escaped blank or hash stands for itself."""
    kept: list[str] = []
    for word in _WORD.findall(line):
        if word.startswith("#"):
            break
        kept.append(re.sub(r"\\([ #])", r"\1", word))
    return kept
