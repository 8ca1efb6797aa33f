"""Which lines of the target's documents speak of what changes, and config keys that come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from mendbook.changes.library import Library, NamingLine
from mendbook.changes.namesakes import Namesakes, namesakes_of
from mendbook.changes.near_routes import spellings_of
from mendbook.changes.scope import Scope
from mendbook.model import (
    ChangeFacts,
    ChangeKind,
    EffectKind,
    Finding,
    FindingFacts,
    Followup,
    Proposal,
    Reach,
)
from mendbook.repository.snapshot import Snapshot

MOST = 3
"""Lines listed for one finding, those that name most of what changes first."""

_CODE = {ChangeKind.FIX, ChangeKind.PERF, ChangeKind.REFACTOR}
_KEY = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_ABOUT_CONFIG = re.compile(r"(?i)\b(?:config\w*|env|environment|flag|settings?)\b")
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|_|\.|:|/|^[A-Z][a-z]+[A-Z]")
_OBSERVED = {
    EffectKind.SIGNATURE,
    EffectKind.ASYNC,
    EffectKind.DECLARATION,
    EffectKind.EXPORT,
    EffectKind.VALUE,
}
"""What a reader of a document can see of a change; how a function does its work is not."""
_SEEN_OUTSIDE = {EffectKind.EXIT, EffectKind.SIGNATURE, EffectKind.CATCH}
"""What a client of an entry point can see."""
_AUDIT_NAMES = "the audit names it"


def documents_to_update(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    change: ChangeFacts,
    snapshot: Snapshot,
    library: Library,
) -> tuple[Followup, ...]:
    """Return a follow-up for each place in a document that names what changes.

    In this order: what the patch itself asks for, the document that the audit names (or that it
    does not exist), the example environment file for config keys that come, and for a change of
    code the lines that name its events, symbols, options or files. Earlier audits and plans are
    not documents, and a name that many lines hold says nothing.
    """
    followups = [*(proposal.docs if proposal else ())]
    names = _names(finding, facts, change, namesakes_of(snapshot))
    followups += _named_by_audit(finding, names, snapshot, library)
    followups += _named_by_fix(finding, names, scope, library)
    followups += _environment(finding, proposal, snapshot)
    taken = {entry.path for entry in followups}
    if scope.kind in _CODE and not (proposal and change.reach is not Reach.RUNS):
        seen = not change.effects or any(each.kind in _SEEN_OUTSIDE for each in change.effects)
        routes = library.lines_requesting(spellings_of(facts)) if seen else ()
        speaking = (*library.lines_naming(names), *routes)
        followups += [_naming(each) for each in speaking if each.path not in taken][:MOST]
    said = {entry.place for entry in followups if entry.what}
    return tuple(
        dict.fromkeys(entry for entry in followups if entry.what or entry.place not in said)
    )


def _naming(line: NamingLine) -> Followup:
    return Followup(line.path, f"{line.heading} (names `{line.name}`)", line.line)


def _names(
    finding: Finding, facts: FindingFacts, change: ChangeFacts, namesakes: Namesakes
) -> tuple[str, ...]:
    """Return the names by which a document would speak of what changes, the most telling first.

    A function that other files have by the same name is not told from those by its name.
    """
    direct = [entry.event or entry.name for entry in facts.exposure if not entry.via]
    near = direct if len(direct) <= MOST else []
    seen = not change.effects or any(each.kind in _SEEN_OUTSIDE for each in change.effects)
    outside = [name for name in (*finding.events, *near) if seen and re.search(r"[:/_]", name)]
    if change.effects:
        said = [effect.name for effect in change.effects if effect.kind in _OBSERVED]
    else:
        said = [
            symbol.symbol
            for symbol in facts.symbols
            if symbol.declarations
            and namesakes.is_alone(symbol.symbol, {each.file for each in symbol.declarations})
        ]
    last = (name.rpartition(".")[2] for name in said)
    members = [name for name in last if not name.startswith("_")]
    keys = _KEY.findall(finding.fix) if not change.effects else []
    distinct = [name for name in (*said, *members, *keys) if _DISTINCT.search(name)]
    return tuple(dict.fromkeys([*outside, *distinct]))


def _named_by_audit(
    finding: Finding, names: Sequence[str], snapshot: Snapshot, library: Library
) -> list[Followup]:
    path = finding.docs_path
    if not path:
        return []
    if "://" in path:
        return [Followup(path, "outside the repository")]
    if path not in snapshot:
        return [Followup(path, "not in the repository at this commit; to be written")]
    if not path.endswith((".md", ".mdx")):
        keys = _KEY.findall(f"{finding.problem} {finding.fix}") if ".env" in path else ()
        return [Followup(path, ", ".join(dict.fromkeys(keys)) or _AUDIT_NAMES)]
    line = next(iter(library.lines_naming(names, path)), None)
    if line is not None:
        return [_naming(line)]
    best = library.about(path, _topics(finding))
    return [Followup(path, best.heading if best else _AUDIT_NAMES)]


def _named_by_fix(
    finding: Finding, names: Sequence[str], scope: Scope, library: Library
) -> list[Followup]:
    """Return the documents among the files that the change touches, each with the line it is at."""
    followups = []
    for path in scope.files:
        if path == finding.docs_path or not path.endswith((".md", ".mdx", ".rst", ".txt")):
            continue
        line = next(iter(library.lines_naming(names, path)), None)
        followups.append(_naming(line) if line else Followup(path, "the fix names it"))
    return followups


def _topics(finding: Finding) -> tuple[str, ...]:
    """Return the folder and the words of the file name of each place, most telling first."""
    paths = [PurePosixPath(place.path) for place in finding.places]
    words = [word for path in paths for word in (path.parent.name, *path.stem.split("."))]
    return tuple(dict.fromkeys(word for word in words if len(word) > 3 and word != "index"))


def _environment(finding: Finding, proposal: Proposal | None, snapshot: Snapshot) -> list[Followup]:
    """Name config keys that the patch brings, or without a patch those that the fix asks for."""
    if proposal is not None:
        keys = _new_keys(proposal, snapshot)
        if any(".env" in path for path in proposal.edits):
            return []
    else:
        keys = _KEY.findall(finding.fix) if _ABOUT_CONFIG.search(finding.fix) else []
    named = (path for path in snapshot.files if path.endswith(".env.example"))
    if not keys or not (example := next(named, "")):
        return []
    return [Followup(example, ", ".join(dict.fromkeys(keys)))]


def _new_keys(proposal: Proposal, snapshot: Snapshot) -> list[str]:
    keys: list[str] = []
    for path, text in proposal.edits.items():
        if "config" in path and text is not None:
            before = set(_KEY.findall(snapshot.get(path) or ""))
            keys += [key for key in _KEY.findall(text) if key not in before]
    return keys
