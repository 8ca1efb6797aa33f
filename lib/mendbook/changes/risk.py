"""What could break when a change goes live, from what is known about its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mendbook.changes.scope import Scope
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.model import (
    FindingFacts,
    Proposal,
    Reference,
    ReferenceKind,
    SymbolStatus,
)

_VERBS = {
    ReferenceKind.CALL: ("call", "calls"),
    ReferenceKind.CONSTRUCT: ("construct", "constructs"),
    ReferenceKind.PASSED: ("pass on", "passes on"),
    ReferenceKind.REGISTERED: ("register", "registers"),
}


def runtime_risk(facts: FindingFacts, proposal: Proposal | None, scope: Scope) -> str:
    """Return what could break, in sentences that each rest on a fact.

    The patch's own risk, the entry points and the callers that go through the code, what is
    deleted, and whether a test would notice. Code that was not found is said to be unchecked.
    """
    said = [_sentence(proposal.risk)] if proposal is not None and proposal.risk else []
    if scope.files and not _runs(scope.files):
        verb = "changes" if len(scope.files) == 1 else "change"
        return "".join(said) or f"None at run time: only {_listed(scope.files)} {verb}."
    said += [*_deletions(scope, facts), *_outsiders(facts), *_callers(facts)]
    if not scope.files:
        said.append("No file is known to change, so nothing could be checked.")
    elif facts.tests:
        said.append(f"{_listed(facts.tests)} would notice.")
    else:
        said.append("No test imports this code, so none would notice.")
    return " ".join(said)


def _runs(files: Iterable[str]) -> bool:
    manifests = ("package.json", "package-lock.json", "tsconfig.json")
    return any(
        (is_source(path) and not is_test(path)) or path.endswith(manifests) for path in files
    )


def _deletions(scope: Scope, facts: FindingFacts) -> list[str]:
    if not scope.deletes:
        return []
    users = _count(facts.fan_in, "file") if facts.fan_in else "no file"
    return [f"Deletes {_listed(scope.deletes)}; outside of tests {users} imported it before."]


def _outsiders(facts: FindingFacts) -> list[str]:
    if not facts.exposure:
        return []
    names = list(dict.fromkeys(entry.name for entry in facts.exposure))
    return [f"Clients of {_listed(names)} go through this code and would see a mistake."]


def _callers(facts: FindingFacts) -> list[str]:
    sites = [site for site in facts.callsites if not site.test]
    if sites:
        return [f"{_uses(sites)}."]
    if any(symbol.status is SymbolStatus.RESOLVED for symbol in facts.symbols):
        return ["No production code was found to call it."]
    if facts.symbols:
        missing = _listed([symbol.symbol for symbol in facts.symbols])
        return [f"Callers are unchecked: {missing} could not be resolved."]
    if facts.fan_in == 1:
        return ["1 file imports it."]
    return [f"{facts.fan_in} files import it."] if facts.fan_in else []


def _uses(sites: Sequence[Reference]) -> str:
    kinds = Counter(site.kind for site in sites)
    singular = len(sites) == 1
    verbs = " or ".join(_VERBS[kind][singular] for kind in _VERBS if kind in kinds)
    where = [f"{site.file}:{site.line} — {site.enclosing}" for site in sites]
    files = len({site.file for site in sites})
    return f"{_count(len(sites), 'place')} in {_count(files, 'file')} {verbs} it: {_listed(where)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _sentence(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return f"{line[:1].upper()}{line[1:]}."


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
