"""Whether an edit does what its finding's fix asks, whoever made the edit.

With a contract it is *shown* or it is not; without one it can at most be *consistent* with the
text, which sorts edits and approves none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mendbook.code.test_files import is_test
from mendbook.code.tokens import occurrences, words
from mendbook.model import (
    Asked,
    AskedStatus,
    Contract,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Operation,
)
from mendbook.proving.harm import harms
from mendbook.proving.place import EditedFile
from mendbook.repository.snapshot import Snapshot
from mendbook.text.plain import one_line

Edits = Mapping[str, str | None]

_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_SPELLED_AS_CODE = re.compile(r"[a-z\d][A-Z]|_|\$|^[A-Z][A-Z\d]{2,}$")
_NUMERIC = re.compile(r"[\d\s_.+*/()-]+")
_LEAST_NAMED = 0.5
"""Share of the names in a fix text that must stand in the changed lines to be consistent."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a contract says must be so, whether it is, and how its lack is worded."""

    holds: bool
    lack: str


def judge_asked(
    finding: Finding,
    facts: FindingFacts,
    before: Snapshot,
    edits: Edits,
    contracts: Sequence[Contract] = (),
) -> Asked:
    """Return whether ``edits``, made on ``before``, do what the fix of ``finding`` asks.

    ``facts`` and the lines of ``contracts`` speak of ``before``. An edit that silences a check,
    drops a test, empties a body or leaves its place is never shown.
    """
    claimed = "\n".join(each for contract in contracts for each in contract.adds)
    for harm in harms(before, edits, claimed):
        return Asked(AskedStatus.NOT_SHOWN, f"{harm}, which no fix may do")
    files = {
        path: EditedFile(path, _unmarked(before.get(path)), _unmarked(text))
        for path, text in edits.items()
    }
    if not contracts:
        return _consistent(finding, facts, files)
    if beyond := _beyond_places(files, before, contracts):
        return Asked(AskedStatus.NOT_SHOWN, beyond)
    return _held(files, before, contracts)


def _unmarked(text: str | None) -> str:
    """Return ``text`` without its byte order mark, which belongs to no line; nothing for none."""
    return (text or "").removeprefix("\ufeff")


def _held(
    files: Mapping[str, EditedFile], before: Snapshot, contracts: Sequence[Contract]
) -> Asked:
    parts = [part for contract in contracts for part in _parts(contract, files, before)]
    met = sum(part.holds for part in parts)
    opened = dict.fromkeys(f"still open: {text}" for each in contracts for text in each.open)
    unmet = (*(part.lack for part in parts if not part.holds), *opened)
    read_as = "; ".join(dict.fromkeys(contract.read_as for contract in contracts))
    if not met:
        return Asked(AskedStatus.NOT_SHOWN, f"read as: {read_as}", 0, unmet)
    status = AskedStatus.PARTIAL if unmet else AskedStatus.SHOWN
    return Asked(status, f"read as: {read_as}", met, unmet)


def _parts(
    contract: Contract, files: Mapping[str, EditedFile], before: Snapshot
) -> Iterator[_Part]:
    text = _unmarked(before.get(contract.file))
    file = files.get(contract.file) or EditedFile(contract.file, text, text)
    old, new = file.region(contract.start_line, contract.end_line)
    if contract.operation is Operation.MOVE:
        moved = old != new and sorted(old) == sorted(new)
        yield _Part(moved, f"nothing was moved in {contract.file}")
        return
    for fragment in contract.adds:
        wanted = words(file.path, fragment)
        holds = occurrences(wanted, new) > occurrences(wanted, old)
        yield _Part(holds, f"{_shown(fragment)} is missing")
    for fragment in contract.removes:
        unwanted = words(file.path, fragment)
        stood, stands = occurrences(unwanted, old), occurrences(unwanted, new)
        lack = f"{_shown(fragment)} still stands" if stood else f"there was no {_shown(fragment)}"
        yield _Part(stands < stood, lack)
    for name, value in contract.values.items():
        yield _valued(file, name, value)
    if file.path in files and not (contract.adds or contract.removes or contract.values):
        yield _Part(file.old != file.new, f"nothing changed in {file.path}")


def _valued(file: EditedFile, name: str, value: str) -> _Part:
    """Say whether the new constant ``name`` of ``file`` has the value that it stands for."""
    if occurrences(words(file.path, f"{name} = {value}"), words(file.path, file.new)):
        return _Part(True, "")
    declared = re.search(
        rf"(?<![\w$.])['\"]?{re.escape(name)}['\"]?"
        r"\s*(?::[^=\n]+=|:?=(?!=)|:)\s*(.+?)\s*(?:;|,?\s*(?:#|//).*|,)?$",
        file.new,
        re.MULTILINE,
    )
    if declared is None:
        return _Part(False, f"{_shown(name)} is not declared")
    holds = _same_value(file.path, declared[1], value)
    return _Part(holds, f"{_shown(name)} is {_shown(declared[1])} and not {_shown(value)}")


def _same_value(path: str, one: str, other: str) -> bool:
    if words(path, one) == words(path, other):
        return True
    first, second = _number(one), _number(other)
    return first is not None and first == second


def _number(text: str) -> float | None:
    """Return the value of a sum of literal numbers, or None for anything else."""
    if not _NUMERIC.fullmatch(text):
        return None
    try:
        return float(_computed(ast.parse(text.strip(), mode="eval").body))
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _computed(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_computed(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _computed(left) + _computed(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _computed(left) - _computed(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _computed(left) * _computed(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _computed(left) / _computed(right)
    raise ValueError("no literal number")


# --- the place ---------------------------------------------------------------------------------


def _beyond_places(
    files: Mapping[str, EditedFile], before: Snapshot, contracts: Sequence[Contract]
) -> str:
    """Return what was changed outside the places of ``contracts``; empty where nothing was."""
    for path, file in files.items():
        mine = [contract for contract in contracts if contract.file == path]
        if not mine and _brought_along(path, file):
            continue
        regions = [(contract.start_line, contract.end_line) for contract in mine]
        values = {name: text for each in contracts for name, text in each.values.items()}
        if line := file.outside(regions, values):
            where = f"line {line} of {path}" if path in before else path
            return f"it changes {where}, which is not what was asked about"
    return ""


def _brought_along(path: str, file: EditedFile) -> bool:
    """Tell whether a fix may bring the edit of ``path`` along: tests and documents that grow."""
    grows = not any(run.gone for run in file.runs)
    return grows and bool(file.new) and (is_test(path) or path.endswith((".md", ".rst")))


# --- without a contract ------------------------------------------------------------------------


def _consistent(finding: Finding, facts: FindingFacts, files: Mapping[str, EditedFile]) -> Asked:
    named = code_names(finding.fix)
    if not named:
        return Asked(AskedStatus.NOT_SHOWN, "the fix names no code that the edit could be held to")
    changed = {word for file in files.values() for word in _changed_words(file)}
    lacking = tuple(name for name in named if name not in changed)
    if 1 - len(lacking) / len(named) < _LEAST_NAMED:
        said = ", ".join(_shown(name) for name in lacking[:3])
        return Asked(AskedStatus.NOT_SHOWN, f"the fix names {said}, not in the changed lines")
    if not _touched(facts, files):
        return Asked(AskedStatus.NOT_SHOWN, "the code that the finding quotes stands unchanged")
    why = "what the fix names stands in the changed lines, and what the finding quotes has changed"
    return Asked(AskedStatus.CONSISTENT, why)


def code_names(fix: str) -> tuple[str, ...]:
    """Return the identifiers that a fix text quotes as code or spells like code."""
    quoted = [name for code in _CODE.findall(fix) for name in _NAME.findall(code)]
    spelled = [name for name in _NAME.findall(_CODE.sub(" ", fix)) if _SPELLED_AS_CODE.search(name)]
    return tuple(dict.fromkeys([*quoted, *spelled]))


def _changed_words(file: EditedFile) -> Iterator[str]:
    for run in file.runs:
        yield from _NAME.findall("".join((*run.gone, *run.written)))


def _touched(facts: FindingFacts, files: Mapping[str, EditedFile]) -> bool:
    """Tell whether the edit changed the lines that the finding's evidence stands on."""
    evidence = facts.evidence
    if evidence.status not in {EvidenceStatus.VERBATIM, EvidenceStatus.PARAPHRASE}:
        return any(path in files for path in facts.files) or not facts.files
    file = files.get(evidence.file)
    if file is None or evidence.line is None:
        return False
    first, last = evidence.line - 1, evidence.end_line or evidence.line
    return any(run.old_start <= last and first <= run.old_end for run in file.runs)


def _shown(code: str) -> str:
    return f"`{one_line(code, 60)}`"
