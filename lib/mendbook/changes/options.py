"""Whose option a value is that a patch changes: the call that it is handed to."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.changes.syntax_kinds import kinds_of
from mendbook.model import ChangeFacts, Citation, Effect, EffectKind, Said
from mendbook.repository.snapshot import Snapshot

_PAIRS = {"pair": "key", "keyword_argument": "name"}
_LISTS = {"arguments", "argument_list"}
_LONGEST = 40


def options(change: ChangeFacts, snapshot: Snapshot) -> Iterator[Said]:
    """Yield to which call each value is handed that the patch changes, below which keys."""
    for effect in change.effects:
        if effect.kind is EffectKind.VALUE and effect.before and effect.after:
            yield from _option(effect, snapshot)


def _option(effect: Effect, snapshot: Snapshot) -> Iterator[Said]:
    kinds, text = kinds_of(effect.file), snapshot.get(effect.file)
    if kinds is None or text is None:
        return
    waiting = [kinds.parse(text)]
    while waiting:
        node = waiting.pop()
        key = _PAIRS.get(node.kind())
        name = node.field(key) if key else None
        own = name is not None and name.text().strip("'\"") == effect.name
        if own and node.range().start.line + 1 == effect.line:
            yield from _handed_to(node, effect, kinds.calls)
            return
        waiting.extend(node.children())


def _handed_to(node: SgNode, effect: Effect, calls: frozenset[str]) -> Iterator[Said]:
    """Yield the call around ``node``; the keys between stand behind it."""
    keys: list[str] = []
    for around in node.ancestors():
        kind = around.kind()
        if kind in _PAIRS and (key := around.field(_PAIRS[kind])) is not None:
            keys.append(key.text().strip("'\""))
        elif kind in calls:
            callee = around.field("function") or around.field("constructor")
            if callee is not None and len(callee.text()) <= _LONGEST:
                new = "new " if kind == "new_expression" else ""
                place = Citation(effect.file, around.range().start.line + 1)
                below = f", below `{'.'.join(reversed(keys))}`" if keys else ""
                words = f"It is what `{new}{callee.text()}(…)` ({place}) is given{below}."
                yield Said(words, (place,))
            return
        elif kind not in {"object", "dictionary", *_LISTS}:
            return
