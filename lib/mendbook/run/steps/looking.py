"""What the repository and the search for references say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from mendbook import facts, project, repository
from mendbook.code import references as reference_search
from mendbook.code.references import References
from mendbook.code.references.compiler import find_compiler
from mendbook.code.references.python.server import find_server
from mendbook.model import Audit, Context, Finding, FindingFacts, Skipped
from mendbook.repository import Target
from mendbook.repository.snapshot import Snapshot
from mendbook.run.stage_cache import keep_newest

NO_REPOSITORY = "No repository was given: nothing could be looked up in code; pass --repo."


_INDEXES = 12
"""Repositories whose index of names is kept."""


def detect_context(target: Target | None) -> Context:
    """Return what the target is: stack, versions, warnings."""
    if target is None:
        empty = ("", "", "", "")
        return Context(*empty, facts=(), warnings=(NO_REPOSITORY,))
    return repository.detect_context(target)


def compiler_for(root: Path | None, provider: str) -> Path | None:
    """Return the native compiler that answers for references exactly, where it may be asked."""
    return None if provider == "syntax" else find_compiler(root)


def python_server_for(provider: str) -> Path | None:
    """Return Python's language server, where it may be asked for references."""
    return None if provider == "syntax" else find_server()


def file_state(path: Path | None) -> str:
    """Return what tells one state of a file from another, without reading all of it."""
    if path is None:
        return ""
    status = path.stat()
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def find_references(
    findings: Sequence[Finding],
    snapshot: Snapshot,
    root: Path | None,
    provider: str,
    cache: Path,
) -> References:
    """Return where every symbol that a finding names is used."""
    known = hashlib.sha256(f"{project.code_sha256()} {root}".encode()).hexdigest()[:20]
    keep_newest(cache / "index", _INDEXES)
    return reference_search.find_references(
        findings, snapshot, root, provider, cache / "index" / known
    )


def not_searched(references: References) -> tuple[Skipped, ...]:
    """Return what the search for references could not do."""
    return tuple(references.not_run)


def gather_facts(
    audit: Audit, target: Target | None, references: References
) -> tuple[FindingFacts, ...]:
    """Return what the repository says about each finding."""
    if target is None:
        return facts.blank_facts(audit)
    gathered = facts.gather_facts(audit, target, references)
    references.keep()
    return gathered
