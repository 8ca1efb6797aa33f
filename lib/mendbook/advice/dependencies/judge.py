"""Judge one package: keep, move, remove or replace it, and by which principle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mendbook.advice.dependencies.usage import Scope, Use
from mendbook.model import Citation
from mendbook.policy.libraries import Decided, Libraries

RUNTIME = "dependencies"
DEVELOPMENT = "devDependencies"


_RUNTIMES = frozenset({"react", "react-dom", "reflect-metadata", "zone.js", "tslib", "rxjs"})
"""Packages that a framework or compiled code loads, whether or not the target's own code does."""


@dataclass(frozen=True, slots=True)
class Package:
    """A declared package, its section of ``package.json``, and all uses that were found."""

    name: str
    section: str
    range: str
    where: Citation
    uses: tuple[Use, ...]
    needed_by: str = ""
    """A declared package that needs this one beside itself."""
    doubt: str = ""
    """Why it may be in use although no use was found."""

    def used_in(self, scope: Scope) -> tuple[Use, ...]:
        """Return the uses in ``scope``."""
        return tuple(use for use in self.uses if use.scope is scope)

    @property
    def runs(self) -> tuple[Use, ...]:
        """The uses by code that runs in production."""
        return self.used_in(Scope.PRODUCTION)


class Outcome(Enum):
    """What should become of a package."""

    KEEP = auto()
    REMOVE = auto()
    TO_RUNTIME = auto()
    TO_DEVELOPMENT = auto()
    TO_DEVELOPMENT_LATER = auto()
    """Once production cannot reach it."""
    REPLACE = auto()
    """By what the runtime has itself."""
    REVIEW = auto()
    """By a person: whether it is in use is not sure."""
    APPROVE = auto()
    """By a person: it is in use, and on none of the lists."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What should become of a package, in the words of the matrix, and why."""

    outcome: Outcome
    target: str
    why: str

    @property
    def acts(self) -> bool:
        """Whether anything is to be done."""
        return self.outcome is not Outcome.KEEP


@dataclass(frozen=True, slots=True)
class Standard:
    """What packages are held against."""

    libraries: Libraries
    node: tuple[int, int]
    """The least version of Node.js that the target runs on; ``(0, 0)`` when it does not say."""
    approves: bool
    """Whether the lists of approved packages are this target's own."""
    bundled: bool = False
    """Whether a bundler puts what is imported into the product, from whichever section."""


def judge(package: Package, standard: Standard) -> Verdict:
    """Return the verdict on a package.

    A decision of the policy comes first, then use, place, what Node.js has itself, and the lists of
    approved packages. What may be in use in a way that is not seen is for a person to review.
    """
    libraries = standard.libraries
    decided = libraries.decision(package.name) if standard.approves else None
    if decided is not None and (package.uses or decided.action == "remove"):
        return _decided(package, decided, libraries)
    if not package.uses and not package.needed_by:
        if package.name in _RUNTIMES:
            return Verdict(
                Outcome.KEEP, "keep", "frameworks and compiled code load it by themselves"
            )
        if package.doubt:
            return Verdict(Outcome.REVIEW, "review", f"no use was found, but {package.doubt}")
        why = f"no use was found; {libraries.principles['complexity']}"
        return Verdict(Outcome.REMOVE, "remove", why)
    misplaced = _misplaced(package, standard)
    if misplaced is not None:
        return misplaced
    native = libraries.replacement(package.name, standard.node)
    if native is not None and package.runs and not standard.bundled:
        why = f"Node.js has it since {native.since}; {libraries.principles['native']}"
        return Verdict(Outcome.REPLACE, f"replace by {native.instead}", why)
    return _listed(package, standard)


def _decided(package: Package, decided: Decided, libraries: Libraries) -> Verdict:
    why = f"{decided.why}; {libraries.principles[decided.principle]}"
    if decided.action == "remove":
        return Verdict(Outcome.REMOVE, "remove", why)
    if decided.action == "keep" or package.section != RUNTIME:
        return Verdict(Outcome.KEEP, "keep", why)
    if package.runs:
        first = package.runs[0].where
        target = f"{DEVELOPMENT}, once production cannot reach {first}"
        return Verdict(Outcome.TO_DEVELOPMENT_LATER, target, why)
    return Verdict(Outcome.TO_DEVELOPMENT, f"move to {DEVELOPMENT}", why)


def _misplaced(package: Package, standard: Standard) -> Verdict | None:
    if standard.bundled:
        return None
    seen = package.uses and not package.runs and not any(use.named for use in package.uses)
    if package.section == RUNTIME and seen and not package.needed_by:
        why = f"only used by {_scopes(package.uses)}"
        if package.doubt:
            return Verdict(Outcome.REVIEW, "review", f"{why}, but {package.doubt}")
        why = f"{why}; {standard.libraries.principles['complexity']}"
        return Verdict(Outcome.TO_DEVELOPMENT, f"move to {DEVELOPMENT}", why)
    imports = [use for use in package.runs if not use.named]
    if package.section == DEVELOPMENT and imports:
        why = f"{imports[0].where} needs it in production, where npm ci --omit=dev leaves it out"
        return Verdict(Outcome.TO_RUNTIME, f"move to {RUNTIME}", why)
    return None


def _listed(package: Package, standard: Standard) -> Verdict:
    libraries = standard.libraries
    if not standard.approves:
        tool = package.section == DEVELOPMENT and not package.runs
        return Verdict(
            Outcome.KEEP, "keep", "a tool; production does not install it" if tool else "it is used"
        )
    standing = libraries.standing(package.name)
    tested = libraries.principles["tested"]
    if standing == "approved":
        return Verdict(Outcome.KEEP, "keep", f"approved; {tested}")
    if standing == "platform":
        return Verdict(Outcome.KEEP, "keep", "part of the platform")
    if standing == "development" or package.section == DEVELOPMENT:
        return Verdict(Outcome.KEEP, "keep", "a tool; production does not install it")
    why = f"not on the list of approved packages; {tested}"
    return Verdict(Outcome.APPROVE, "review", why)


def _scopes(uses: Sequence[Use]) -> str:
    return " and ".join(dict.fromkeys(use.scope.value for use in uses))
