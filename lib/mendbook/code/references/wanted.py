"""What a finding's symbol declares: in the files that the finding names, else anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.code.references.index import Index
from mendbook.code.references.locate import anywhere, declarations
from mendbook.code.references.others import holds
from mendbook.code.references.provider import Subject
from mendbook.code.references.type_shape import Op
from mendbook.model import SymbolStatus


@dataclass(frozen=True, slots=True)
class Wanted:
    """A symbol, what it declares, and what became of looking it up."""

    symbol: str
    subjects: tuple[Subject, ...]
    status: SymbolStatus
    reason: str = ""


def look_up(
    index: Index, symbol: str, files: Sequence[str], spots: Sequence[tuple[str, int]] = ()
) -> Wanted:
    """Return what ``symbol`` declares in ``files``, those around ``spots`` first; else anywhere."""
    every = declarations(index, symbol, files)
    subjects = tuple(
        one
        for one in every
        if holds(one.file, one.declared.first_line, one.declared.end_line, spots)
    )
    subjects = subjects or every or _inside(index, symbol, files)
    homes = {
        (one.file, one.declared.owner, one.declared.local)
        for one in subjects
        if not _hands_out(one, subjects)
    }
    if len(homes) > 1:
        reason = f"{len(homes)} declarations fit; all are listed"
        return Wanted(symbol, subjects, SymbolStatus.AMBIGUOUS, reason)
    if subjects:
        return Wanted(symbol, subjects, SymbolStatus.RESOLVED)
    subjects = anywhere(index, symbol)
    if subjects:
        places = ", ".join(dict.fromkeys(one.file for one in subjects))
        reason = f"not declared in the files named; found in {places}"
        return Wanted(symbol, subjects, SymbolStatus.ELSEWHERE, reason)
    reason = f"nothing called {symbol} is declared at this commit"
    return Wanted(symbol, (), SymbolStatus.MISSING, reason)


def _hands_out(subject: Subject, several: Sequence[Subject]) -> bool:
    """Tell whether ``subject`` is the shorthand ``{ name }`` of another of ``several``."""
    at = subject.declared
    same = at.kind == "property" and at.shape.op is Op.NAME and at.shape.name == at.name
    return same and any(
        one.file == subject.file and not one.declared.owner for one in several if one != subject
    )


def _inside(index: Index, symbol: str, files: Sequence[str]) -> tuple[Subject, ...]:
    """Return the local functions that ``useBed.save`` means: those inside of ``useBed``."""
    owner, _, name = symbol.rpartition(".")
    owners = [one for one in declarations(index, owner, files) if owner] if owner else []
    return tuple(
        one
        for one in (declarations(index, name, files) if owners else ())
        if one.declared.local
        and any(
            own.file == one.file
            and own.declared.first_line <= one.declared.line <= own.declared.end_line
            for own in owners
        )
    )
