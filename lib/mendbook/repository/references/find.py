"""Find every use of every symbol that findings name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mendbook.model import (
    Declaration,
    EntryPoint,
    Finding,
    Skipped,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.references.by_syntax import SyntaxProvider
from mendbook.repository.references.index import Index, Memory
from mendbook.repository.references.locate import anywhere, declarations, named_files
from mendbook.repository.references.provider import Provider, Subject
from mendbook.repository.snapshot import Snapshot


class References:
    """Where the symbols of findings, and any other, are used in one snapshot."""

    def __init__(
        self,
        findings: Sequence[Finding],
        index: Index,
        provider: Provider,
        not_run: tuple[Skipped, ...] = (),
    ) -> None:
        self.provider = provider.name
        self.not_run = not_run
        self._index = index
        self._provider = provider
        self._findings = {finding.id: finding for finding in findings}
        self.by_finding: Mapping[str, tuple[SymbolReferences, ...]] = self._all(findings)
        index.memory.save()

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return every use of ``symbol`` (``name`` or ``Class.member``) declared in ``file``."""
        return _answer(symbol, *_wanted(self._index, symbol, (file,)), self._provider)

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import or re-export ``file``, sorted."""
        return self._index.importers.get(file, ())

    def entry_points(self, finding_id: str) -> tuple[EntryPoint, ...]:
        """Return the events and routes through which the finding's code can be reached."""
        return ()

    def at(self, snapshot: Snapshot) -> References:
        """Return the same lookup over an edited snapshot; only changed files are read anew."""
        index = Index(snapshot, self._index.memory)
        return References((), index, SyntaxProvider(index))

    def _all(self, findings: Sequence[Finding]) -> dict[str, tuple[SymbolReferences, ...]]:
        return {
            finding.id: tuple(
                _answer(
                    symbol,
                    *_wanted(self._index, symbol, named_files(finding, self._index)),
                    self._provider,
                )
                for symbol in finding.symbols
            )
            for finding in findings
        }


def find_references(
    findings: Sequence[Finding],
    snapshot: Snapshot,
    root: Path | None = None,
    provider: str = "auto",
    cache: Path | None = None,
) -> References:
    """Find the uses of every symbol that ``findings`` name, in ``snapshot``.

    ``root`` is the target's folder, where an installed native compiler is looked for; ``provider``
    is ``auto``, ``exact`` or ``syntax``; what is read is kept in the folder ``cache``.
    """
    index = Index(snapshot, Memory(cache))
    return References(findings, index, SyntaxProvider(index))


def _wanted(
    index: Index, symbol: str, files: Sequence[str]
) -> tuple[tuple[Subject, ...], SymbolStatus, str]:
    found = declarations(index, symbol, files)
    homes = {(one.file, one.declared.owner, one.declared.local) for one in found}
    if len(homes) > 1:
        return found, SymbolStatus.AMBIGUOUS, f"{len(homes)} declarations fit; all are listed"
    if found:
        return found, SymbolStatus.RESOLVED, ""
    found = anywhere(index, symbol)
    if found:
        places = ", ".join(dict.fromkeys(one.file for one in found))
        return found, SymbolStatus.ELSEWHERE, f"not declared in the files named; found in {places}"
    return (), SymbolStatus.MISSING, f"no declaration of {symbol} at this commit"


def _answer(
    symbol: str,
    subjects: tuple[Subject, ...],
    status: SymbolStatus,
    reason: str,
    provider: Provider,
) -> SymbolReferences:
    found = {
        (one.file, one.line, one.column): one
        for several in provider.references(subjects)
        for one in several
    }
    return SymbolReferences(
        symbol=symbol,
        status=status,
        provider=provider.name,
        declarations=tuple(
            Declaration(one.file, one.declared.first_line, one.declared.end_line)
            for one in subjects
        ),
        references=tuple(found[key] for key in sorted(found)),
        reason=reason,
    )
