"""Add up a sampled call tree by function or by file, counting recursion once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CallTree:
    """Nodes in preorder: each one's parent (-1: none) stands before it; weights are their own."""

    ids: tuple[int, ...]
    parents: tuple[int, ...]
    """Index into ``ids``."""

    @classmethod
    def of(cls, children: Mapping[int, Sequence[int]]) -> CallTree:
        """Return the tree of ``children`` (node id to child ids); a node has one parent at most.

        Children that are no node are ignored, and so is a second parent, so that a malformed
        profile cannot make a circle.
        """
        below = {child for nodes in children.values() for child in nodes}
        roots = [node for node in children if node not in below] or list(children)[:1]
        stack = [(node, -1) for node in reversed(roots)]
        ids: list[int] = []
        parents: list[int] = []
        seen: set[int] = set()
        while stack:
            node, parent = stack.pop()
            if node in seen or node not in children:
                continue
            seen.add(node)
            stack += [(child, len(ids)) for child in reversed(children[node])]
            ids.append(node)
            parents.append(parent)
        return cls(tuple(ids), tuple(parents))

    def sums(
        self, weights: Mapping[int, float], keys: Mapping[int, Key | None]
    ) -> dict[Key, tuple[float, float]]:
        """Return own and total weight by key; total includes all that was called from there.

        A node below another of the same key adds nothing to that key's total a second time.
        """
        total = self._subtrees(weights)
        sums: dict[Key, tuple[float, float]] = {}
        path: list[int] = []
        active: dict[Key, int] = {}
        for index, (node, parent) in enumerate(zip(self.ids, self.parents, strict=True)):
            while path and path[-1] != parent:
                self._leave(keys.get(self.ids[path.pop()]), active)
            path.append(index)
            key = keys.get(node)
            if key is None:
                continue
            own, whole = sums.get(key, (0.0, 0.0))
            outermost = active.get(key, 0) == 0
            sums[key] = (own + weights.get(node, 0.0), whole + (total[index] if outermost else 0.0))
            active[key] = active.get(key, 0) + 1
        return sums

    @staticmethod
    def _leave(key: Key | None, active: dict[Key, int]) -> None:
        if key is not None:
            active[key] -= 1

    def _subtrees(self, weights: Mapping[int, float]) -> list[float]:
        total = [weights.get(node, 0.0) for node in self.ids]
        for index in range(len(total) - 1, 0, -1):
            if self.parents[index] >= 0:
                total[self.parents[index]] += total[index]
        return total
