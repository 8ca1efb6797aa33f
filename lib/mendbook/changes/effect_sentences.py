"""What a patch does to code that runs, one sentence for each effect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from mendbook.changes.effect_words import (
    added_statements,
    bound_of,
    doing,
    guarded_statement,
    is_maximum,
    keeps_empty,
    least_of,
    moved_bound,
    other_errors,
    other_operator,
    other_order,
    other_status,
    timeout_of,
)
from mendbook.changes.exchanges import exchanged
from mendbook.model import ChangeFacts, Citation, Effect, EffectKind, Said
from mendbook.text.phrasing import count

_MOST = 4
"""Sentences on what changes; what is left is counted."""
_ORDER = (
    EffectKind.RENAME,
    EffectKind.NAMING,
    EffectKind.FILE,
    EffectKind.EXPORT,
    EffectKind.DECLARATION,
    EffectKind.SIGNATURE,
    EffectKind.ASYNC,
    EffectKind.EXIT,
    EffectKind.CATCH,
    EffectKind.VALUE,
    EffectKind.AWAIT,
    EffectKind.CALL,
    EffectKind.OTHER,
)


def done(change: ChangeFacts) -> list[Said]:
    """Return one sentence for each effect, the gravest first; equal ones once, with all lines."""
    ranked = sorted(_telling(change.effects), key=lambda each: _ORDER.index(each.kind))
    said: dict[str, list[Citation]] = {}
    for each in ranked:
        if words := _WORDS[each.kind](each):
            said.setdefault(words, []).append(each.place)
    known = [Said(words, tuple(dict.fromkeys(places))) for words, places in said.items()]
    more = len(known) - _MOST
    tail = [Said(f"{count(more, 'smaller change')} besides, in the diff.")] if more > 0 else []
    return [*known[:_MOST], *tail]


def _telling(effects: Sequence[Effect]) -> Iterator[Effect]:
    """Leave out what another effect tells already: the await of a call that is exchanged."""
    swaps = [
        each for each in effects if each.kind is EffectKind.CALL and each.before and each.after
    ]
    conditions = [each.when for each in effects if each.kind is EffectKind.EXIT]
    for each in effects:
        same = [swap for swap in swaps if swap.inside == each.inside]
        told = each.kind is EffectKind.AWAIT and any(
            each.name and f"{each.name}(" in (swap.before, swap.after)[bool(each.after)]
            for swap in same
        )
        asked = each.kind is EffectKind.CALL and any(each.after in when for when in conditions)
        ended = each.kind is EffectKind.CATCH and any(
            _differ_by(each.before, each.after, other.before or other.after)
            for other in effects
            if other.kind is EffectKind.EXIT and not (other.before and other.after)
        )
        if not told and not ended and not (asked and each.after):
            yield each


def _differ_by(before: str, after: str, ending: str) -> bool:
    """Tell whether ``ending`` is all that one of two clauses has more than the other."""
    longer, shorter = sorted((before, after), key=len, reverse=True)
    bare = re.sub(r"[\s;]", "", ending)
    texts = [re.sub(r"[\s;]", "", each) for each in (longer, shorter)]
    return bool(before and after) and texts[0].replace(bare, "", 1) == texts[1]


def _rename(effect: Effect) -> str:
    return (
        f"None is meant: `{effect.before}` is spelled `{effect.after}` and nothing else changes;"
        " whoever uses the old name from outside of this repository breaks."
    )


def _naming(effect: Effect) -> str:
    return f"None: `{effect.after}` is called `{effect.name}` and stays what it is."


def _signature(effect: Effect) -> str:
    if not effect.before or not effect.after:
        return ""
    return f"`{effect.name}` takes `{effect.after}` instead of `{effect.before}`."


def _async(effect: Effect) -> str:
    if effect.after:
        return f"`{effect.name}` is asynchronous now: who uses its result must await it."
    return f"`{effect.name}` is no longer asynchronous: it returns its value and not a promise."


def _exit(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else f"{effect.file}:{effect.line}"
    when = f" when `{effect.when}`" if effect.when else ""
    if effect.before == effect.after:
        if told := other_order(effect.was, effect.when):
            return f"{where}: {told}."
        old = f", and no longer when `{effect.was}`" if effect.was else ""
        if not when and not old:
            return f"{where} ends with the same statement as before but for what stands last in it."
        return f"{where} ends with `{effect.after}`{when}{old}."
    if effect.before and effect.after:
        return f"{where} ends with `{effect.after}` instead of `{effect.before}`{when}."
    if effect.after:
        return f"{where} now ends with `{effect.after}`{when}; before, it went on."
    return f"{where} no longer ends with `{effect.before}`{when}: it goes on."


def _catch(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else f"{effect.file}:{effect.line}"
    if effect.before and effect.after:
        if told := other_errors(effect):
            return f"{where} has {told[0]}: {told[1]}."
        if guarded := guarded_statement(effect):
            return f"Where {where} catches an error, `{guarded[0]}` only runs if `{guarded[1]}`."
        added = added_statements(effect)
        if added:
            return f"Where {where} catches an error, it also {doing(added)}."
        return f"What {where} does with an error it catches changes: `{effect.after}`."
    if effect.after:
        thrown = "throw" in effect.after or "raise" in effect.after
        end = "handled before they leave" if thrown else "handled there and do not leave"
        return f"Errors inside {where} are {end} it."
    return f"Errors that {where} caught now reach who calls it."


def _await(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else effect.file
    if effect.before and effect.after:
        return f"{where} waits for `{effect.after.removeprefix('await ')}`."
    if effect.after:
        own = "" if effect.caught else ", and its errors surface there"
        return f"{where} now waits for `{effect.name}`{own}."
    return f"{where} no longer waits for `{effect.name}` by itself."


def _value(effect: Effect) -> str:
    where = f" in `{effect.inside}`" if effect.inside else ""
    if effect.inside and (limit := timeout_of(effect)) is not None:
        return f"A request in `{limit[0]}` fails when it takes longer than {limit[1]}."
    if (most := bound_of(effect)) is not None:
        return f"`{effect.name}`{where} above {most} is refused from then on."
    if keeps_empty(effect):
        return _kept_empty(effect)
    if effect.before and effect.after:
        meant = moved_bound(effect)
        return f"`{effect.name}`{where} is `{effect.after}` instead of `{effect.before}`{meant}."
    if effect.after and is_maximum(effect):
        return f"`{effect.name}`{where} is new: what is above `{effect.after}` is refused."
    if effect.after:
        return f"`{effect.name}`{where} is new: `{effect.after}`."
    return f"`{effect.name}`{where} goes."


def _call(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else effect.file
    if (most := least_of(effect)) is not None:
        bound, what = most
        return f"{where} takes at most {bound} for `{what}`: who asks for more gets {bound}."
    if (statuses := other_status(effect)) is not None:
        return f"{where} answers {statuses[1]} instead of {statuses[0]}: clients tell them apart."
    if (limit := timeout_of(effect)) is not None:
        return f"`{limit[0]}` in {where} fails when it takes longer than its timeout, {limit[1]}."
    if told := other_order(effect.before, effect.after):
        return f"{where}: {told}."
    if told := other_operator(effect):
        return f"What {where} hands to `{effect.name}` {told}."
    if (known := exchanged(effect.before, effect.after)) is not None:
        return f"{where} calls `{effect.after}` instead of `{effect.before}`: {known.differs}."
    if effect.before and effect.after:
        return f"{where} calls `{effect.after}` instead of `{effect.before}`."
    if effect.after:
        return f"{where} now calls `{effect.name}`."
    return f"{where} no longer calls `{effect.name}`."


def _declaration(effect: Effect) -> str:
    if effect.after:
        return ""
    return f"`{effect.name}` ({effect.file}:{effect.line}) goes."


def _export(effect: Effect) -> str:
    if effect.after:
        return ""
    return f"`{effect.name}` can no longer be imported from {effect.file}."


def _file(effect: Effect) -> str:
    return f"{effect.file} is new." if effect.after else f"{effect.file} goes."


def _kept_empty(effect: Effect) -> str:
    what = f"`{effect.name}`" if effect.name else f"{effect.file}:{effect.line}"
    return (
        f"For {what} a 0, false or an empty text is kept, where another value took its place until"
        " now."
    )


def _other(effect: Effect) -> str:
    if effect.after == "?.":
        return (
            f"Where `{effect.name}` is missing, nothing is thrown in {effect.file} any more: what"
            " is read from it is undefined, and the code goes on."
        )
    if effect.after == "if":
        place = f"{effect.file}:{effect.line}"
        return f"`{effect.name}` ({place}) only runs if `{effect.when}`; until now it always did."
    if effect.when == "besides":
        place = f"{effect.file}:{effect.line}"
        if effect.after:
            return (
                f"`{effect.after}` also runs there ({place}): what reads that behind it meets it."
            )
        return f"`{effect.before}` ({place}) no longer runs: what it did is not done any more."
    if keeps_empty(effect):
        return _kept_empty(effect)
    if effect.before and effect.after:
        what = f"`{effect.name}`" if effect.name else f"{effect.file}:{effect.line}"
        return f"{what} is made of `{effect.after}` instead of `{effect.before}`."
    return f"Code of {effect.file} changes in a way that is not told apart: read the diff."


_WORDS: Mapping[EffectKind, Callable[[Effect], str]] = {
    EffectKind.RENAME: _rename,
    EffectKind.NAMING: _naming,
    EffectKind.SIGNATURE: _signature,
    EffectKind.ASYNC: _async,
    EffectKind.EXIT: _exit,
    EffectKind.CATCH: _catch,
    EffectKind.AWAIT: _await,
    EffectKind.VALUE: _value,
    EffectKind.CALL: _call,
    EffectKind.DECLARATION: _declaration,
    EffectKind.EXPORT: _export,
    EffectKind.FILE: _file,
    EffectKind.OTHER: _other,
}
