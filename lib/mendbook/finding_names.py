"""What the findings of an audit may be called in a file that people keep beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mendbook.model import Finding
from mendbook.text.closest import did_you_mean


@dataclass(frozen=True, slots=True)
class FindingNames:
    """The ids of an audit's findings, and their identities, which stay when ids do not.

    An identity is the fingerprint that SARIF and the trend have for the finding.
    """

    ids: frozenset[str]
    by_identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Identity to the id of today."""

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> FindingNames:
        """Return what ``findings`` may be called."""
        findings = tuple(findings)
        return cls(
            frozenset(each.id for each in findings),
            {each.fingerprint: each.id for each in findings if each.fingerprint},
        )

    def id_of(self, name: str, identity: str = "") -> str:
        """Return the id that the finding called ``name`` has today; ``name`` where it has none.

        Where its ``identity`` was kept beside its id, that decides: another audit may have given
        the id to something else.
        """
        if identity in self.by_identity:
            return self.by_identity[identity]
        return name if name in self.ids else self.by_identity.get(name, name)

    def missing(self, name: str) -> str:
        """Return what is to be said of a ``name`` that no finding has; empty where one has it."""
        if self.id_of(name) in self.ids:
            return ""
        meant = did_you_mean(name, self.ids) or "; correct the id"
        return f"the audit has no finding {name[:60]!r}{meant}"
