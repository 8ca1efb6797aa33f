"""Judge one package: keep, move, remove or replace it, and by which principle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.advice.dependencies.usage import Scope, Use
from mendbook.policy.libraries import Decided, Libraries

RUNTIME = "dependencies"
DEVELOPMENT = "devDependencies"


@dataclass(frozen=True, slots=True)
class Package:
    """A declared package, its section of ``package.json``, and all uses that were found."""

    name: str
    section: str
    range: str
    where: str
    uses: tuple[Use, ...]
    needed_by: str = ""
    """A declared package that needs this one beside itself."""

    def used_in(self, scope: Scope) -> tuple[Use, ...]:
        """Return the uses in ``scope``."""
        return tuple(use for use in self.uses if use.scope is scope)

    @property
    def runs(self) -> tuple[Use, ...]:
        """The uses by code that runs in production."""
        return self.used_in(Scope.PRODUCTION)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What should become of a package."""

    target: str
    why: str
    move: str = ""
    """``remove``, ``dependencies`` or ``devDependencies``; empty when it stays where it is."""
    acts: bool = False
    """Whether anything is to be done."""


def judge(package: Package, libraries: Libraries, node: tuple[int, int]) -> Verdict:
    """Return the verdict; ``node`` is the least version of Node.js that the target runs on.

    A decision of the policy comes first, then use, place, what Node.js has itself, and the lists of
    approved packages.
    """
    decided = libraries.decision(package.name)
    if decided is not None and (package.uses or decided.action == "remove"):
        return _decided(package, decided, libraries)
    if not package.uses and not package.needed_by:
        return Verdict(
            "remove", f"no use was found; {libraries.principles['complexity']}", "remove", True
        )
    misplaced = _misplaced(package, libraries)
    if misplaced is not None:
        return misplaced
    native = libraries.replacement(package.name, node)
    if native is not None:
        why = f"Node.js has it since {native.since}; {libraries.principles['native']}"
        return Verdict(f"replace by {native.instead}", why, acts=True)
    return _listed(package, libraries)


def _decided(package: Package, decided: Decided, libraries: Libraries) -> Verdict:
    why = f"{decided.why}; {libraries.principles[decided.principle]}"
    if decided.action == "remove":
        return Verdict("remove", why, "remove", True)
    if decided.action == "keep" or package.section != RUNTIME:
        return Verdict("keep", why)
    if package.runs:
        first = package.runs[0].where
        target = f"{DEVELOPMENT}, once production cannot reach {first}"
        return Verdict(target, why, acts=True)
    return Verdict(f"move to {DEVELOPMENT}", why, DEVELOPMENT, True)


def _misplaced(package: Package, libraries: Libraries) -> Verdict | None:
    if package.section == RUNTIME and package.uses and not package.runs:
        scopes = _scopes(package.uses)
        why = f"only used by {scopes}; {libraries.principles['complexity']}"
        return Verdict(f"move to {DEVELOPMENT}", why, DEVELOPMENT, True)
    imports = [use for use in package.runs if not use.named]
    if package.section == DEVELOPMENT and imports:
        why = f"{imports[0].where} needs it in production, where npm ci --omit=dev leaves it out"
        return Verdict(f"move to {RUNTIME}", why, RUNTIME, True)
    return None


def _listed(package: Package, libraries: Libraries) -> Verdict:
    standing = libraries.standing(package.name)
    tested = libraries.principles["tested"]
    if standing == "approved":
        return Verdict("keep", f"approved; {tested}")
    if standing == "platform":
        return Verdict("keep", "part of the platform")
    if standing == "development" or package.section == DEVELOPMENT:
        return Verdict("keep", "a tool; production does not install it")
    return Verdict("review", f"not on the list of approved packages; {tested}", acts=True)


def _scopes(uses: Sequence[Use]) -> str:
    return " and ".join(dict.fromkeys(use.scope.value for use in uses))
