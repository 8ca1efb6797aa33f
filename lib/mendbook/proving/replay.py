"""Read again what the patches of a published series make of each file, by git itself."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.errors import PatchError
from mendbook.model import Patch
from mendbook.proving.scratch import scratch_repository
from mendbook.repository.snapshot import Snapshot


def edits_of(series: Sequence[Patch], base: Snapshot) -> tuple[dict[str, str | None], ...]:
    """Return the edits of each patch of ``series``, path to new text or None, from ``base`` on.

    Raises ``PatchError`` where one does not apply on those before it: ``base`` is not the tree
    that the series was made for.
    """
    touched = sorted({path for patch in series for path in patch.files})
    edits: list[dict[str, str | None]] = []
    with scratch_repository() as scratch:
        tree = scratch.tree_of({path: base.text(path) for path in touched if path in base})
        for patch in series:
            after = scratch.applied(tree, patch.diff)
            if after is None:
                message = f"{patch.name}: does not apply to the commit that it was planned on"
                raise PatchError(message)
            edits.append({path: scratch.text(after, path) for path in patch.files})
            tree = after
    return tuple(edits)
