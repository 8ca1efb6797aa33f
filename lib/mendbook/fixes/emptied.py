"""Delete a module that an edit leaves with nothing in it, where no file asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mendbook.code.module_text import parse_text
from mendbook.code.test_files import is_test
from mendbook.fixes.file_users import file_user, is_found_by_place
from mendbook.fixes.task import Task
from mendbook.repository.snapshot import Snapshot

_EMPTY = re.compile(r"export\s*\{\s*\}\s*;?\s*$")
"""What keeps a file a module that neither imports nor exports anything."""


def without_emptied(task: Task, edits: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return ``edits`` with None for each module that they leave empty and that nobody asks for.

    One that is imported, spelled in a setting, or found by where it stands is left with its
    ``export {}``.
    """
    tree = task.snapshot.edited(edits)
    return {
        path: None if _is_emptied(tree, path, task.snapshot.get(path)) else text
        for path, text in edits.items()
    }


def _is_emptied(tree: Snapshot, path: str, before: str | None) -> bool:
    """Tell whether nothing but the head of ``path`` is left, and no file asks for it."""
    after = tree.get(path)
    if not before or not after or _EMPTY.search(after) is None or is_test(path):
        return False
    head = _EMPTY.sub("", after)
    if not before.startswith(head.rstrip()) or not _is_comment(path, head) or "///" in head:
        return False
    return not is_found_by_place(path) and file_user(tree, path) is None


def _is_comment(path: str, head: str) -> bool:
    """Tell whether ``head`` holds no code: comments, or a directive such as ``"use client"``."""
    return all(
        one.kind() == "comment" or re.fullmatch(r"(['\"])use \w+\1;?", one.text())
        for one in parse_text(path, head).root.children()
    )
