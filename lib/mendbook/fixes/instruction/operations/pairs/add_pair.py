"""Give a call, an object or a type a named value: an option, a keyword, a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.called.library_calls import takes_keyword
from mendbook.fixes.instruction.called.signatures import (
    refuse_keyword,
    signature,
    takes_named,
    takes_options,
)
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.operations.pairs.attributes import (
    class_attribute_added,
    tag_attribute_added,
)
from mendbook.fixes.instruction.operations.pairs.headers import sent_headers
from mendbook.fixes.instruction.operations.pairs.types import TO, members_added, type_holder
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import (
    called,
    hint_words,
    identifiers,
    object_property,
    options_of,
    scopes_in,
)
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    inside,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here, replaced
from mendbook.model import Operation


def add_pair(work: Work, clause: Clause) -> StepEdits | None:
    """Add (or set) the pairs that the clause's object names; None where it names none."""
    clause = _spelled_out(clause)
    if (step := class_attribute_added(work.scene, clause)) is not None:
        return step
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    if not pairs or len(pairs) != len(clause.object.codes):
        return None
    scene = work.scene
    if (typed := type_holder(scene, clause)) is not None:
        return members_added(scene, typed, pairs)
    if clause.verb in _SETS or (clause.verb is Verb.ADD and _shows(scene, pairs)):
        step = _set(scene, clause, pairs)
        if step is not None:
            return step
    if (tag := tag_attribute_added(scene, clause, pairs)) is not None:
        return _attributes(scene, tag, pairs)
    holders = _holders(work, clause, pairs)
    if (sent := sent_headers(scene, clause, pairs, holders)) is not None:
        return sent
    given = [pairs_added(work, scene, one, pairs) for one in holders]
    return replace(given[0], edits=tuple(edit for one in given for edit in one.edits))


_SETS = {Verb.SET, Verb.REPLACE, Verb.USE, Verb.CODE, Verb.BECOME}


def _shows(scene: Scene, pairs: Sequence[Fragment]) -> bool:
    """Tell whether the evidence quotes each of ``pairs``, with the value that it has now."""
    held = of_kinds(scene.root, scene.language.pairs)
    quoted = {name_of(one) for one in held if begins_in_quote(scene, one)}
    return all(one.key in quoted for one in pairs)


def _attributes(scene: Scene, tag: SgNode, pairs: Sequence[Fragment]) -> StepEdits:
    held = of_kinds(tag, ("jsx_attribute",))
    known = {one.text().split("=")[0] for one in held}
    for pair in pairs:
        if pair.key in known:
            raise Abstain(f"the tag already has {pair.key}")
    last = held[-1] if held else tag.field("name")
    if last is None:
        raise Abstain("the tag has no name")
    text = " ".join(one.text for one in pairs)
    return StepEdits(
        Operation.ADD,
        f"add `{text}` to the tag {text_of(tag.field('name'))}",
        edits_in(scene, [insert(end(last), f" {text}")]),
        adds=tuple(one.text for one in pairs),
    )


def _spelled_out(clause: Clause) -> Clause:
    """Return ``f(..., key=value)`` as the pair that is given to ``f``."""
    for phrase in clause.phrases:
        for code in phrase.codes:
            match = re.fullmatch(r"([\w$.]+)\((?:\.\.\.|…)\s*,\s*(.+)\)", code.text, re.DOTALL)
            pair = classify(match[2]) if match else None
            if match and pair is not None and pair.shape is Shape.PAIR:
                return replace(
                    clause,
                    phrases=(
                        Phrase("", (), (pair,)),
                        Phrase("to", (), (Fragment(match[1], Shape.NAME),)),
                    ),
                )
    return clause


def _set(scene: Scene, clause: Clause, pairs: Sequence[Fragment]) -> StepEdits | None:
    """Return the change of values that stand there; None where a key is not there yet."""
    edits: list[Edit] = []
    gone: list[str] = []
    bound = scopes_in(scene, clause, pairs)
    for pair in pairs:
        kinds = scene.language.pairs | scene.language.assignments | {"jsx_attribute"}
        nodes = [one for one in of_kinds(scene.root, kinds) if name_of(one) == pair.key]
        if not nodes:
            return None
        near = narrow(scene, [one for one in nodes if not bound or _within(one, bound)] or nodes)
        if scene.quotes and not any(_touches(scene, one) for one in near):
            return None
        for one in pick(scene, near, clause, f"`{pair.key}`", bound, words=hint_words(clause)):
            value = value_of(one)
            if value is None:
                return None
            if squeezed(value.text()) == squeezed(pair.value):
                raise Unplaced(f"`{pair.text}` is already so")
            edits.append(replaced(value, quoted_as_here(scene, pair.value)))
            if not squeezed(pair.value).startswith(squeezed(value.text())):
                gone.append(one.text())
    shown = ", ".join(f"`{one.text}`" for one in pairs)
    return StepEdits(
        Operation.SET,
        f"set {shown}",
        edits_in(scene, edits),
        adds=tuple(_spelled(one) for one in pairs),
        removes=tuple(gone),
    )


def _touches(scene: Scene, node: SgNode) -> bool:
    return any(start(node) < last and first < end(node) for first, last in scene.quotes)


def _spelled(pair: Fragment) -> str:
    return pair.value


def _within(node: SgNode, bound: Sequence[SgNode]) -> bool:
    return any(inside(node, at) for at in bound)


def _holders(work: Work, clause: Clause, pairs: Sequence[Fragment]) -> list[SgNode]:
    """Return the calls or the objects that the pairs go to; more than one where it says so."""
    scene = work.scene
    keyword = all("=" in one.text and ":" not in one.text.split("=")[0] for one in pairs)
    phrases = [one for one in clause.phrases if one.preposition in TO]
    bound = scopes_in(scene, clause, pairs)
    for phrase in phrases:
        named = _objects(scene, phrase)
        if named and not keyword:
            return pick(scene, named, clause, f"the object `{' '.join(phrase.words)}`", bound)
        calls = called(scene, phrase)
        inner = [at for at in bound if any(inside(one, at) for one in calls)]
        if calls:
            wanted = [one for one in calls if not _has(one, pairs, scene)]
            if not wanted:
                raise Abstain(f"`{pairs[0].key}` is already given to {callee_text(calls[0])}")
            preferred = narrow(scene, [one for one in calls if not inner or _within(one, inner)])
            if len(preferred) == 1 and _has(preferred[0], pairs, scene):
                raise Abstain(f"`{pairs[0].key}` is already given to {callee_text(preferred[0])}")
            return pick(
                scene, wanted, clause, f"the call of {callee_text(wanted[0])}", inner,
                words=hint_words(clause),
            )  # fmt: skip
    return [_quoted_holder(scene, pairs, bound, keyword)]


def _quoted_holder(
    scene: Scene,
    pairs: Sequence[Fragment],
    bound: Sequence[SgNode],
    keyword: bool,
) -> SgNode:
    """Return the innermost call or object that the evidence quotes, or begins in it."""
    calls = of_kinds(scene.root, scene.language.calls)
    objects = [] if keyword else of_kinds(scene.root, scene.language.objects)
    holders = [one for one in [*calls, *objects] if not bound or _within(one, bound)]
    quoted = [one for one in holders if begins_in_quote(scene, one)]
    outer = [one for one in quoted if not any(inside(one, o) and not same(o, one) for o in quoted)]
    literal = [one for one in quoted if one.kind() in scene.language.objects]
    if len(literal) == 1 and not keyword:
        return literal[0]
    if scene.language.python and keyword and len(quoted) > 1:
        outer = _taking(scene, quoted, outer, [one.key for one in pairs])
    if len(outer) == 1:
        return outer[0]
    within = [
        holder
        for one in of_kinds(scene.root, scene.language.pairs)
        if begins_in_quote(scene, one) and (holder := one.parent()) is not None
    ]
    if within and not outer and all(same(one, within[0]) for one in within):
        return within[0]  # what is quoted is a part of it
    raise Unplaced(f"which call or object gets `{pairs[0].text}` is not said")


def _taking(
    scene: Scene, quoted: Sequence[SgNode], outer: Sequence[SgNode], keys: Sequence[str]
) -> list[SgNode]:
    """Return the one quoted call that is known to take ``keys``, else the outer ones that may.

    A method of what another call returns, ``get(url).json()``, may not where that is not known.
    """
    told = {start(one): [_takes_it(scene, one, key) for key in keys] for one in quoted}
    known = [one for one in quoted if all(told[start(one)])]
    known = known or [one for one in quoted if set(keys) <= _takes(callee_text(one))]
    if known:
        return known
    chained = [one for one in outer if ")" in callee_text(one)]
    return [one for one in outer if False not in told[start(one)] and one not in chained]


def _takes_it(scene: Scene, call: SgNode, key: str) -> bool | None:
    """Tell whether a call is seen to take a keyword, or not to; None where that is not seen."""
    function = signature(scene.task, scene, call)
    if function is None:
        return takes_keyword(scene.text, callee_text(call), key)
    return takes_named(function, key)


def _takes(callee: str) -> frozenset[str]:
    """Return what the calls of the libraries for HTTP are known to take, by their names."""
    return _OF_REQUESTS if _REQUESTS.search(callee) else frozenset()


_REQUESTS = re.compile(
    r"(?:^|\.)(?:requests|httpx|_?session|_?client|_?http)\.(?:get|post|put|patch|delete|head|options"
    r"|request|stream)$"
)
_OF_REQUESTS = frozenset({"timeout", "headers", "params", "auth", "cookies", "verify", "json"})


def _objects(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the object literals that a phrase names: by variable, by key, by its call."""
    names = [code.bare for code in phrase.codes if code.shape is Shape.NAME]
    names += identifiers(phrase, scene)
    objects = []
    for one in of_kinds(scene.root, scene.language.pairs | scene.language.assignments):
        value = value_of(one)
        if value is None or name_of(one) not in names:
            continue
        inner = value
        while inner.kind() in {"as_expression", "satisfies_expression"}:
            inner = inner.named_children()[0]
        if inner.kind() in scene.language.objects:
            objects.append(inner)
        elif inner.kind() in scene.language.calls and phrase.has("schema", "object", "model"):
            options = options_of(inner, scene.language)
            objects += [options] if options is not None else []
    return objects


def _has(call: SgNode, pairs: Sequence[Fragment], scene: Scene) -> bool:
    is_call = call.kind() in scene.language.calls
    given = call.field("arguments") if is_call else call.field("body") or call
    holders = [given, options_of(call, scene.language)] if given is not None else []
    return any(
        holder is not None and object_property(holder, pair.key, scene.language) is not None
        for holder in holders
        for pair in pairs
    )


def pairs_added(work: Work, scene: Scene, holder: SgNode, pairs: Sequence[Fragment]) -> StepEdits:
    """Return the edit that gives ``pairs`` to a call or an object; raise where it cannot be."""
    code = [quoted_as_here(scene, one.text) for one in pairs]
    what = callee_text(holder) if holder.kind() in scene.language.calls else _title(holder)
    read_as = f"add {', '.join(f'`{one.text}`' for one in pairs)} to {what}"
    if _has(holder, pairs, scene):
        raise Abstain(f"{what} already has `{pairs[0].key}`")
    if scene.language.python:
        edits = _python(work, scene, holder, pairs, code)
    elif holder.kind() in scene.language.objects:
        edits = [_item(scene, holder.field("body") or holder, code)]
    else:
        options = options_of(holder, scene.language)
        if options is not None:
            edits = [_item(scene, options, code)]
        else:
            takes_options(work.task, scene, holder)
            given = holder.field("arguments")
            if given is None:
                raise Abstain(f"{what} takes no arguments here")
            edits = [add_item(scene, given, f"{{ {', '.join(code)} }}")]
    return StepEdits(
        Operation.ADD, read_as, edits_in(scene, edits), adds=tuple(one.text for one in pairs)
    )


def _item(scene: Scene, holder: SgNode, code: Sequence[str]) -> Edit:
    first = add_item(scene, holder, code[0])
    if len(code) == 1:
        return first
    lead = re.match(r"[ \t]+", first.text)
    if first.text.endswith("\n") and lead is not None:
        mark = "," if first.text.rstrip().endswith(",") else ""
        rest = "".join(f"{lead[0]}{one}{mark}\n" for one in code[1:])
        body = first.text if mark else first.text.rstrip("\n") + ",\n"
        return Edit(first.start, first.end, body + rest)
    return add_item(scene, holder, ", ".join(code))


def _python(
    work: Work, scene: Scene, holder: SgNode, pairs: Sequence[Fragment], code: Sequence[str]
) -> list[Edit]:
    if holder.kind() == "dictionary":
        quoted = [
            one if one[:1] in "'\"" else f'"{pair.key}": {pair.value}'
            for one, pair in zip(code, pairs, strict=True)
        ]
        return [add_item(scene, holder, ", ".join(quoted))]
    for pair in pairs:
        refuse_keyword(work.task, scene, holder, pair.key)
    given = holder.field("arguments")
    if given is None:
        raise Abstain(f"{holder.text()[:40]} takes no arguments")
    words = [f"{pair.key}={pair.value}" for pair in pairs]
    splats = [one for one in arguments(holder) if one.kind() == "dictionary_splat"]
    if splats:
        return [insert(start(splats[0]), f"{', '.join(words)}, ")]
    return [add_item(scene, given, ", ".join(words))]


def _title(holder: SgNode) -> str:
    parent = holder.parent()
    return f"`{name_of(parent)}`" if parent is not None and name_of(parent) else "the object"
