"""Prove, at plan time and with git itself, that patches apply, parse and revert."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.json_text import is_json
from mendbook.code.python_grammar import python_tree
from mendbook.code.trees import is_left_out, is_source, parse
from mendbook.model import RUNGS, Check, CheckStatus, Patch, Rung
from mendbook.proving.scratch import Scratch, scratch_repository
from mendbook.repository.snapshot import Snapshot

REVERTS = "reverts"
_TRIED = {Rung.APPLIES, Rung.PARSES, REVERTS}


def prove(patches: Sequence[Patch], base: Snapshot) -> tuple[Patch, ...]:
    """Return ``patches`` with the rung each reaches without running anything of the target's.

    Patches in series are applied one after the other, by ``git apply``, to the files of ``base``
    that they touch; each must also be taken back, and must bring no new syntax error. A draft is
    tried on ``base`` alone. Whether the names bind is known before, and kept in its place.
    """
    touched = {path for patch in patches if _is_change(patch) for path in patch.files}
    texts = {path: base.text(path) for path in sorted(touched) if path in base}
    proven: list[Patch] = []
    with scratch_repository() as scratch:
        first = tree = scratch.tree_of(texts)
        for patch in patches:
            if patch.is_draft:
                patch, _ = _proven(patch, first, scratch)
            elif patch.in_series:
                patch, tree = _proven(patch, tree, scratch)
            proven.append(patch)
    by_id = {patch.finding_id: patch for patch in proven}
    return tuple(like(by_id.get(patch.covered_by), patch) for patch in proven)


def _is_change(patch: Patch) -> bool:
    return patch.in_series or patch.is_draft


def like(covering: Patch | None, patch: Patch) -> Patch:
    """Return ``patch`` as far proven as the one that covers it, if one does."""
    return replace(patch, rung=covering.rung, checks=covering.checks) if covering else patch


def prove_mail(mails: Sequence[bytes], patches: Iterable[Patch], base: Snapshot) -> Check:
    """Return whether ``git am`` takes the whole series and gives the tree its diffs give."""
    series = [patch for patch in patches if patch.in_series]
    touched = sorted({path for patch in series for path in patch.files})
    with scratch_repository() as scratch:
        tree = scratch.tree_of({path: base.text(path) for path in touched if path in base})
        wanted: str | None = tree
        for patch in series:
            wanted = scratch.applied(wanted, patch.diff) if wanted else None
        scratch.check_out(tree)
        for number, mail in enumerate(mails, 1):
            # without --keep-cr git strips carriage returns that belong to the files
            done = scratch.git("am", "--quiet", "--keep-cr", stdin=mail)
            if done.returncode:
                said = done.stderr.decode("utf-8", "replace").strip()[:300]
                return Check("git am", CheckStatus.FAIL, f"patch {number} is refused: {said}")
        if scratch.output("rev-parse", "HEAD^{tree}") != wanted:
            return Check("git am", CheckStatus.FAIL, "it gives another tree than the diffs do")
    return Check("git am", CheckStatus.PASS, f"{len(mails)} patches, the very tree")


def parse_fault(path: str, before: str | None, after: str | None) -> str:
    """Return where ``after`` has a syntax error that ``before`` has not; empty when it parses."""
    if after is None:
        return ""
    if PurePosixPath(path).name.endswith(".json") and is_json(before or "{}"):
        return "" if is_json(after) else "not JSON any more"
    if path.endswith(".py"):
        return _python_fault(before, after)
    if not is_source(path):
        return ""
    faults = _faults(path, after)
    known = len(_faults(path, before)) if before is not None else 0
    return f"syntax error at line {faults[0]}" if len(faults) > known else ""


def _python_fault(before: str | None, after: str) -> str:
    """Return what is wrong with Python's own grammar for it; code of another version says nothing.

    A file that did not parse before the change is not judged by it.
    """
    if before is not None and _refused(before) is not None:
        return ""
    fault = _refused(after)
    return f"syntax error at line {fault.lineno}" if fault is not None else ""


def _refused(text: str) -> SyntaxError | None:
    try:
        python_tree(text)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _proven(patch: Patch, tree: str, scratch: Scratch) -> tuple[Patch, str]:
    after = scratch.applied(tree, patch.diff)
    if after is None:
        failed = Check(Rung.APPLIES.value, CheckStatus.FAIL, "git apply refuses it")
        return replace(patch, rung=Rung.OUTLINE, name="", checks=(failed,)), tree
    faults = [
        f"{path}: {fault}"
        for path in patch.files
        if (fault := parse_fault(path, scratch.text(tree, path), scratch.text(after, path)))
    ]
    back = scratch.applied(after, patch.diff, "--reverse")
    known = [check for check in patch.checks if check.name not in _TRIED]
    checks = (
        Check(Rung.APPLIES.value, CheckStatus.PASS, "by git apply"),
        _verdict(Rung.PARSES.value, not faults, "; ".join(faults)),
        *known,
        _verdict(REVERTS, back == tree, "" if back == tree else "the reverse gives another tree"),
    )
    return replace(patch, rung=reached(checks), checks=checks), after


def reached(checks: Iterable[Check]) -> Rung:
    """Return the highest rung up to which every check has passed, *applies* at least.

    *binds* may be left out where it cannot be told: a compiler that passes says more.
    """
    status = {check.name: check.status for check in checks}
    rung = Rung.APPLIES
    for each in RUNGS[2:]:
        if status.get(each.value) is CheckStatus.PASS:
            rung = each
        elif each is not Rung.BINDS or status.get(each.value) is CheckStatus.FAIL:
            break
    return rung


def _verdict(name: str, passed: bool, detail: str) -> Check:
    return Check(name, CheckStatus.PASS if passed else CheckStatus.FAIL, detail)


@lru_cache(maxsize=1024)
def _faults(path: str, text: str) -> tuple[int, ...]:
    """Return the lines of what no compiler takes, in order.

    These are ``ERROR`` nodes, the empty leaves that tree-sitter puts in for what lacks, and commas
    with nothing before them.
    """
    root = parse(path, text)
    suspects = root.find_all(any=[{"kind": "ERROR"}, {"regex": "^,?$"}])
    faults = [node for node in suspects if node.kind() == "ERROR" or _is_amiss(node)]
    return tuple(sorted(node.range().start.line + 1 for node in faults))


def _is_amiss(leaf: SgNode) -> bool:
    """Tell whether an empty node or a comma is none that the text has, or none that may be."""
    lacks = not leaf.text() and not leaf.children() and leaf.parent() is not None
    return lacks or is_left_out(leaf)
