"""Which documents a change calls for: sections that really speak of the code, and config keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from mendbook.changes.library import Library
from mendbook.changes.scope import Scope
from mendbook.model import Finding, FindingFacts, Proposal
from mendbook.repository.snapshot import Snapshot

MOST = 3
"""Sections listed for one finding, those that speak of it most first."""

_CODE = {"fix", "perf", "refactor"}
_ENTRY = re.compile(r"^.*?[\"“]([^\"”]+)[\"”].*$")
_KEY = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_ABOUT_CONFIG = re.compile(r"(?i)\b(?:config\w*|env|environment|flag|settings?)\b")
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|_|\.|:|^[A-Z][a-z]+[A-Z]")


def documents_to_update(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    snapshot: Snapshot,
    library: Library,
) -> tuple[str, ...]:
    """Return ``path — section`` for each document that the change calls for.

    In this order: what the patch itself asks for, the document that the audit names (or that it
    does not exist), the example environment file for config keys that come, and for a change of
    code the sections that name its events, symbols or files. Earlier audits and plans are not
    documents.
    """
    found = [*(proposal.docs if proposal else ())]
    names = _names(finding, facts)
    found += _named_by_audit(finding, names, snapshot, library)
    found += _environment(finding, proposal, snapshot)
    taken = {entry.partition(" — ")[0] for entry in found}
    speaking = library.best(names) if scope.kind in _CODE else ()
    found += [
        f"{section.path} — {section.heading}" for section in speaking if section.path not in taken
    ][:MOST]
    named = [entry for entry in found if f"{entry} — " not in "\n".join(found)]
    return tuple(dict.fromkeys(named))


def _names(finding: Finding, facts: FindingFacts) -> dict[str, float]:
    """Return the names that tell this code apart, each with its weight.

    Events and routes are what documents are about, unless so many lead here that it is about none
    of them; a class or a file is named in many places that a change inside of it does not concern.
    """
    entries = [_ENTRY.sub(r"\1", entry.name) for entry in facts.exposure]
    near = [name for name in (*finding.events, *entries) if re.search(r"[:/_]", name)]
    symbols = [name for name in finding.symbols if _DISTINCT.search(name)]
    members = [name.rpartition(".")[2] for name in symbols]
    weak = [*facts.files, *(name for name in symbols if name[:1].isupper() and "." not in name)]
    strong = [name for name in (*symbols, *members) if _DISTINCT.search(name) and name not in weak]
    return {
        **dict.fromkeys(weak, 0.3),
        **dict.fromkeys(strong, 1.0),
        **dict.fromkeys(near if len(entries) <= MOST else finding.events, 2.0),
    }


def _named_by_audit(
    finding: Finding, names: Mapping[str, float], snapshot: Snapshot, library: Library
) -> list[str]:
    path = finding.docs_path
    if not path:
        return []
    if "://" in path:
        return [f"{path} — outside the repository"]
    if path not in snapshot:
        return [f"{path} — not in the repository at this commit; to be written"]
    if not path.endswith((".md", ".mdx")):
        keys = _KEY.findall(f"{finding.problem} {finding.fix}") if ".env" in path else ()
        return [f"{path} — {', '.join(dict.fromkeys(keys)) or 'what the fix changes'}"]
    best = library.best_of(path, names) or library.about(path, _topics(finding))
    return [f"{path} — {best.heading if best else 'new section'}"]


def _topics(finding: Finding) -> tuple[str, ...]:
    """Return the folder and the words of the file name of each place, most telling first."""
    paths = [PurePosixPath(place.path) for place in finding.places]
    words = [word for path in paths for word in (path.parent.name, *path.stem.split("."))]
    return tuple(dict.fromkeys(word for word in words if len(word) > 3 and word != "index"))


def _environment(finding: Finding, proposal: Proposal | None, snapshot: Snapshot) -> list[str]:
    """Name config keys that the patch brings, or without a patch those that the fix asks for."""
    if proposal is not None:
        keys = _new_keys(proposal, snapshot)
        example = next((path for path in proposal.edits if ".env" in path), "")
        if example:
            return []
    else:
        keys = _KEY.findall(finding.fix) if _ABOUT_CONFIG.search(finding.fix) else []
    example = next((path for path in snapshot.files if path.endswith(".env.example")), "")
    return [f"{example or '.env.example'} — {', '.join(dict.fromkeys(keys))}"] if keys else []


def _new_keys(proposal: Proposal, snapshot: Snapshot) -> list[str]:
    keys: list[str] = []
    for path, text in proposal.edits.items():
        if "config" in path and text is not None:
            before = set(_KEY.findall(snapshot.get(path) or ""))
            keys += [key for key in _KEY.findall(text) if key not in before]
    return keys
