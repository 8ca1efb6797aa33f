"""Read an answer, in any of the ways that drafters write edits, into whole new texts of files."""

from __future__ import annotations

import json
from typing import Any

from mendbook.drafting.diff_answer import changed_by, diff_in
from mendbook.drafting.search_replace import Block, blocks_in, replaced
from mendbook.drafting.shown_text import ShownTree
from mendbook.drafting.whole_functions import functions_in
from mendbook.errors import PatchError
from mendbook.fixes.task import Task
from mendbook.proving.vet_diff import subjects

_LONGEST = 2_000_000


def edits_of(answer: str, task: Task) -> dict[str, str | None]:
    """Return the edits that ``answer`` holds: blocks, a diff, whole functions, or JSON of these.

    Prose around them is cut off. Raises ``PatchError`` with the reason where there is no edit that
    fits the audited tree.
    """
    if not answer.strip():
        raise PatchError("it answered nothing")
    if len(answer) > _LONGEST:
        raise PatchError("its answer is larger than 2 MB")
    tree = ShownTree(task.snapshot)
    shown = _shown_edits(answer, tree, task)
    edits = {
        path: text if text is None else tree.restored(path, text) for path, text in shown.items()
    }
    changed = {path: text for path, text in edits.items() if task.snapshot.get(path) != text}
    if not changed:
        raise PatchError("its edits change nothing")
    return dict(sorted(changed.items()))


def _shown_edits(answer: str, tree: ShownTree, task: Task) -> dict[str, str | None]:
    document = _document(answer)
    if document is not None:
        return _of_document(document, tree, task)
    paths = task.facts.files
    if blocks := blocks_in(answer, paths, tree):
        return replaced(tree, blocks)
    if diff := diff_in(answer):
        return changed_by(diff, tree, subjects(task.finding, task.facts))
    if functions := functions_in(answer, paths, tree):
        return dict(functions)
    raise PatchError("it holds no edit: no search/replace block, no diff, no whole function")


def _document(answer: str) -> dict[str, Any] | None:
    """Return the answer as a JSON object, or None where it is none."""
    if not answer.lstrip().startswith("{"):
        return None
    try:
        document = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _of_document(document: dict[str, Any], tree: ShownTree, task: Task) -> dict[str, str | None]:
    """Return the edits of ``{"edits": […]}``, ``{"diff": …}`` or ``{"answer": …}``."""
    for key in ("answer", "diff"):
        said = document.get(key)
        if isinstance(said, str) and said.strip() and _document(said) is None:
            return _shown_edits(said, tree, task)
    listed = document.get("edits")
    if not isinstance(listed, list) or not listed:
        raise PatchError("its JSON has none of edits, diff and answer")
    blocks: list[Block] = []
    whole: dict[str, str | None] = {}
    for edit in listed:
        match edit:
            case {"file": str(path), "search": str(old), "replace": str(new)}:
                blocks.append(Block(path, old, new))
            case {"file": str(path), "text": str() | None as text}:
                whole[path] = text
            case _:
                raise PatchError("an edit of its JSON has no file with search and replace, or text")
    return {**whole, **replaced(tree, blocks)}
