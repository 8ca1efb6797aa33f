"""Resolve event names that findings mention to the handlers registered for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mendbook.code.references.events import Registration, Via
from mendbook.code.references.index import Index
from mendbook.code.references.mounts import Mounts
from mendbook.code.references.names import Names
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.model import (
    Declaration,
    EntryPoint,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)


def event_references(
    index: Index, names: Names, mounts: Mounts, events: Iterable[str], files: Sequence[str]
) -> tuple[SymbolReferences, ...]:
    """Return where a handler is registered for each of ``events``: in ``files``, else anywhere."""
    return tuple(_event(index, names, mounts, event, files) for event in events)


def _event(
    index: Index, names: Names, mounts: Mounts, event: str, files: Sequence[str]
) -> SymbolReferences:
    registrations = list(_registered(index, event, files))
    if not registrations:
        anywhere = [path for path in index.mentions([event]) if not is_test(path)]
        registrations = list(_registered(index, event, anywhere))
    registrations = registrations or list(_mounted(index, mounts, event))
    return SymbolReferences(
        symbol=event,
        status=SymbolStatus.EVENT if registrations else SymbolStatus.MISSING,
        provider="syntax",
        declarations=tuple(dict.fromkeys(_handler(names, path, at) for path, at in registrations)),
        references=tuple(
            Reference(
                path, at.line, ReferenceKind.REGISTERED, at.enclosing, is_test(path), at.column
            )
            for path, at in registrations
        ),
        reason="" if registrations else f'no handler is registered for "{event}" at this commit',
    )


def _registered(
    index: Index, event: str, files: Iterable[str]
) -> Iterator[tuple[str, Registration]]:
    for path in files:
        if event.rpartition(" ")[2] in index.snapshot.text(path):
            for at in index.registrations(path):
                if at.name == event or (
                    at.kind is Via.ROUTE and at.name.rpartition(" ")[2] == event
                ):
                    yield path, at


def _mounted(index: Index, mounts: Mounts, event: str) -> Iterator[tuple[str, Registration]]:
    """Yield the registrations of a route that is named by its whole address."""
    tail = event.rstrip("/").rpartition("/")[2]
    if "/" not in event or not tail:
        return
    for path in index.snapshot.files:
        if not is_source(path) or is_test(path):
            continue
        for at in index.registrations(path) if tail in index.snapshot.text(path) else ():
            names = [one.name for one in mounts.wholes(EntryPoint(at.name, path, at.line))]
            told = {*names, *(name.rpartition(" ")[2] for name in names)}
            if at.kind is Via.ROUTE and event in told:
                yield path, at


def _handler(names: Names, path: str, at: Registration) -> Declaration:
    """Return the lines of the handler: where it is declared, else where it is handed over."""
    target = names.named(path, at.handler) if at.handler else None
    if target is None:
        return Declaration(path, at.first_line, at.last_line)
    declared = names.declared(target)
    return Declaration(target.file, declared.first_line, declared.end_line)
