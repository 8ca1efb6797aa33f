"""Read from the trees before and after a patch what it does to code that runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.changes.effect_words import bound_of
from mendbook.changes.namings import naming
from mendbook.changes.one_line import come_or_gone, guarded, one_line, one_part
from mendbook.changes.renames import renaming
from mendbook.changes.spoken import spoken
from mendbook.changes.statement_walk import Item, items_of
from mendbook.changes.syntax_kinds import kinds_of
from mendbook.code.test_files import is_test
from mendbook.model import ChangeFacts, Effect, EffectKind, Proposal, Reach
from mendbook.repository.snapshot import Snapshot

_DOCUMENTS = {".md", ".mdx", ".rst", ".txt", ".adoc"}
_LONGEST = 90
_ASKED = re.compile(r"([A-Za-z_$][\w$.]*)\?\.")
_PAIRED = {EffectKind.SIGNATURE, EffectKind.VALUE}
"""Kinds where something that goes and something that comes under one name is one change."""


def change_facts(proposal: Proposal, snapshot: Snapshot) -> ChangeFacts:
    """Return what ``proposal`` does to ``snapshot``; files in languages not read are named."""
    if (renamed := renaming(proposal, snapshot)) is not None:
        return ChangeFacts(proposal.finding_id, Reach.RUNS, (renamed,))
    if (named := naming(proposal, snapshot)) is not None:
        return ChangeFacts(proposal.finding_id, Reach.RUNS, (named,))
    effects: list[Effect] = []
    reaches: set[Reach] = set()
    unread: list[str] = []
    for path, after in sorted(proposal.edits.items()):
        before = snapshot.get(path)
        reach, file_effects = _file_facts(path, before, after)
        reaches.add(reach)
        effects += file_effects
        if reach is Reach.UNKNOWN:
            unread.append(path)
    return ChangeFacts(proposal.finding_id, _widest(reaches), tuple(effects), tuple(unread))


def _widest(reaches: set[Reach]) -> Reach:
    for reach in (Reach.RUNS, Reach.UNKNOWN, Reach.TYPES, Reach.COMMENTS, Reach.TESTS):
        if reach in reaches:
            return reach
    return Reach.DOCUMENTS


def _file_facts(path: str, before: str | None, after: str | None) -> tuple[Reach, list[Effect]]:
    if PurePosixPath(path).suffix in _DOCUMENTS:
        return Reach.DOCUMENTS, []
    if is_test(path):
        return Reach.TESTS, []
    kinds = kinds_of(path)
    if kinds is None:
        return Reach.UNKNOWN, []
    if before is None or after is None:
        gone, come = ("", path) if before is None else (path, "")
        return Reach.RUNS, [Effect(EffectKind.FILE, path, 1, path, before=gone, after=come)]
    if (softened := _softened(path, before, after)) is not None:
        return Reach.RUNS, [softened]
    old, new = kinds.parse(before), kinds.parse(after)
    if _tokens(old, kinds.comments) == _tokens(new, kinds.comments):
        return Reach.COMMENTS, []
    ignored = kinds.comments | kinds.types
    if _tokens(old, ignored) == _tokens(new, ignored):
        return Reach.TYPES, []
    effects = _effects(path, items_of(old, kinds), items_of(new, kinds))
    if [each.kind for each in effects] == [EffectKind.OTHER]:
        told = guarded(path, before, after) or one_line(path, before, after)
        told = told or come_or_gone(path, before, after)
        effects = [told or one_part(path, old, new) or effects[0]]
    return Reach.RUNS, effects


def _tokens(root: SgNode, without: frozenset[str]) -> list[str]:
    tokens: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind() in without:
            continue
        children = node.children()
        if children:
            waiting.extend(reversed(children))
        elif text := node.text().strip():
            tokens.append(text)
    return tokens


def _effects(
    path: str, old: Mapping[Item, list[int]], new: Mapping[Item, list[int]]
) -> list[Effect]:
    gone = _surplus(old, new)
    come = _surplus(new, old)
    effects: list[Effect] = []
    for item, line in gone:
        other = next((each for each in come if _same_thing(item, each[0])), None)
        if other is not None:
            come.remove(other)
        after = other[0] if other else None
        effects.append(
            Effect(
                item.kind,
                path,
                line,
                item.name,
                item.inside,
                item.text,
                after.text if after else "",
                (after or item).when,
                caught=(after or item).caught,
            )
        )
    effects += [
        Effect(
            *(item.kind, path, line, item.name, item.inside),
            after=item.text,
            when=item.when,
            caught=item.caught,
        )
        for item, line in come
    ]
    declared = {each.name for each in effects if each.kind is EffectKind.DECLARATION}
    whole = [each for each in _joined(effects) if not _part_of(each, declared)]
    whole = [each for each in whole if not _goes_with_call(each, whole)]
    kept = [each for each in whole if not _said_by_another(each, whole)]
    return [_shortened(each) for each in kept] or [Effect(EffectKind.OTHER, path, 1, "")]


def _softened(path: str, before: str, after: str) -> Effect | None:
    """Return the effect of a patch that only asks first whether there is something to ask."""
    if after.replace("?.", ".") != before.replace("?.", ".") or "?." not in after:
        return None
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    for number, (old, new) in enumerate(pairs, start=1):
        if old != new and (asked := _ASKED.findall(new)):
            known = set(_ASKED.findall(old))
            name = next((each for each in asked if each not in known), "")
            return Effect(EffectKind.OTHER, path, number, name, after="?.") if name else None
    return None


def _joined(effects: Sequence[Effect]) -> list[Effect]:
    """Make one effect of what goes and what comes of one sort in one function."""
    left = list(effects)
    joined: list[Effect] = []
    while left:
        effect = left.pop(0)
        several = [each for each in left if _turns_into(effect, each)]
        other = next((each for each in several if each.name == effect.name), None)
        other = other or next(iter(several), None)
        if other is not None:
            left.remove(other)
            was = effect.when if other.when and other.when != effect.when else ""
            effect = replace(effect, after=other.after, when=other.when or effect.when, was=was)
        joined.append(effect)
    return _swapped(joined)


def _swapped(effects: Sequence[Effect]) -> list[Effect]:
    """Make one effect of the only call that goes and the only one that comes in a function."""
    kept = list(effects)
    for inside in dict.fromkeys(each.inside for each in effects):
        calls = [each for each in kept if each.kind is EffectKind.CALL and each.inside == inside]
        gone = [each for each in calls if each.before and not each.after]
        come = [each for each in calls if each.after and not each.before]
        if len(gone) == len(come) == 1:
            kept[kept.index(gone[0])] = replace(gone[0], after=come[0].after)
            kept.remove(come[0])
    return kept


def _turns_into(effect: Effect, other: Effect) -> bool:
    if effect.kind is not other.kind or effect.inside != other.inside:
        return False
    if not effect.before or effect.after or not other.after or other.before:
        return False
    if effect.kind is EffectKind.CALL and effect.line == other.line:
        return True
    if effect.kind in {EffectKind.CALL, EffectKind.AWAIT}:
        return effect.name == other.name
    same = effect.when == other.when or effect.before == other.after
    return effect.kind in {EffectKind.EXIT, EffectKind.CATCH} and same


def _said_by_another(effect: Effect, effects: Sequence[Effect]) -> bool:
    """Tell whether ``effect`` is the whole that a narrower one explains, or a part of a wider."""
    if effect.kind is EffectKind.DECLARATION:
        return False
    others = [each for each in effects if each is not effect and each.inside == effect.inside]
    if effect.kind is EffectKind.SIGNATURE:
        own = [each for each in effects if each.inside == effect.name]
        others += [each for each in own if each.kind is EffectKind.VALUE]
    if effect.before and effect.after and any(_explains(other, effect) for other in others):
        return True
    if any(_is_part(effect, other) and not _explains(effect, other) for other in others):
        return True
    mine = effect.after or effect.before
    if effect.kind is EffectKind.VALUE and not (effect.before and effect.after):
        lists = [each for each in effects if each.kind is EffectKind.SIGNATURE]
        if any(each.name == effect.inside and _takes(effect.name, each.after) for each in lists):
            return True
        if any(bound_of(each) is not None and mine in each.after for each in others):
            return True
    return effect.kind in {EffectKind.CALL, EffectKind.AWAIT, EffectKind.VALUE} and any(
        mine in (wider := other.after or other.before) and len(mine) < len(wider)
        for other in others
        if not (effect.before and effect.after)
        and not (effect.kind is EffectKind.VALUE and _may_be_explained(other))
    )


def _goes_with_call(effect: Effect, effects: Sequence[Effect]) -> bool:
    """Tell whether an await only goes because the call that it waited for does."""
    return (
        effect.kind is EffectKind.AWAIT
        and not effect.after
        and any(
            each.kind is EffectKind.CALL
            and not each.after
            and each.inside == effect.inside
            and each.before in effect.before
            for each in effects
        )
    )


def _is_part(effect: Effect, other: Effect) -> bool:
    """Tell whether a call that changes stands, before and after, within another that does."""
    calls = effect.kind is other.kind is EffectKind.CALL
    whole = effect.before and effect.after and other.before and other.after
    inside = effect.before in other.before and effect.after in other.after
    return bool(calls and whole and inside and len(effect.after) < len(other.after))


def _takes(name: str, parameters: str) -> bool:
    """Tell whether one of ``parameters`` is called ``name``; an argument inside is none."""
    depth, start = 0, True
    for place, char in enumerate(parameters):
        if depth == 1 and start and re.match(rf"\s*{re.escape(name)}(?!\w)", parameters[place:]):
            return True
        depth += (char in "([{") - (char in ")]}")
        start = char == "," or (start and char.isspace()) or (depth == 1 and char in "([{")
    return False


def _explains(part: Effect, whole: Effect) -> bool:
    """Tell whether what differs in ``whole`` is what differs, comes or goes in ``part``."""
    if part.before and part.after:
        if part.kind is EffectKind.VALUE and whole.kind is EffectKind.CALL:
            same = (part.before, part.after) == (whole.before, whole.after)
            if same:
                return True
        shorter = len(part.before) < len(whole.before)
        return shorter and whole.before.replace(part.before, part.after, 1) == whole.after
    if part.kind is not EffectKind.VALUE or not _may_be_explained(whole):
        return False
    if bound_of(whole) is not None:
        return False
    home, away = (whole.after, whole.before) if part.after else (whole.before, whole.after)
    own = re.compile(
        rf"{re.escape(part.name)}[\"']?\s*[:=]\s*{re.escape(part.after or part.before)}"
    )
    match = own.search(home)
    if match is None or own.search(away) is not None:
        return False
    without = home[: match.start()] + home[match.end() :]
    return _letters(without) == _letters(away) or len(home) > _LONGEST


def _letters(text: str) -> str:
    """Return ``text`` without what only separates its parts."""
    return re.sub(r"[\s,;]", "", text)


def _may_be_explained(whole: Effect) -> bool:
    """Tell whether ``whole`` is better told by a value that comes or goes inside it."""
    long = len(whole.after) > _LONGEST or len(whole.before) > _LONGEST
    return bool(whole.before and whole.after) and (whole.kind is EffectKind.VALUE or long)


def _shortened(effect: Effect) -> Effect:
    return replace(
        effect,
        name=_cut(spoken(effect.name, effect.file)),
        inside=spoken(effect.inside, effect.file),
        before=_cut(effect.before),
        after=_cut(effect.after),
        when=_cut(effect.when),
        was=_cut(effect.was),
    )


def _same_thing(left: Item, right: Item) -> bool:
    return left.kind in _PAIRED and (left.kind, left.inside, left.name) == (
        right.kind,
        right.inside,
        right.name,
    )


def _part_of(effect: Effect, declared: set[str]) -> bool:
    """Tell whether ``effect`` only says again that a declaration around it comes or goes."""
    if effect.kind is EffectKind.DECLARATION:
        return effect.inside in declared
    own = effect.kind in {EffectKind.SIGNATURE, EffectKind.ASYNC, EffectKind.VALUE}
    return effect.inside in declared or (own and effect.name in declared)


def _surplus(
    more: Mapping[Item, list[int]], less: Mapping[Item, list[int]]
) -> list[tuple[Item, int]]:
    """Return what stands more often in ``more``, with its line, in the order of lines."""
    counts = Counter({item: len(lines) for item, lines in more.items()})
    counts.subtract({item: len(lines) for item, lines in less.items()})
    surplus = [
        (item, line) for item, count in counts.items() if count > 0 for line in more[item][-count:]
    ]
    return sorted(surplus, key=lambda each: (each[1], each[0].kind, each[0].name))


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
