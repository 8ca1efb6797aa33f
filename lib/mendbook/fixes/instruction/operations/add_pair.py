"""Give a call, an object or a type a named value: an option, a keyword, a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause, Phrase
from mendbook.fixes.instruction.editing import add_item, quoted_as_here, replaced
from mendbook.fixes.instruction.fragments import Fragment, Shape, classify
from mendbook.fixes.instruction.scene import Scene, around, begins_in_quote, narrow, pick
from mendbook.fixes.instruction.signatures import refuse_keyword, takes_options
from mendbook.fixes.instruction.syntax import (
    arguments,
    callee_text,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    parameters,
    same,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.targets import (
    called,
    hint_words,
    identifiers,
    object_property,
    options_of,
    scopes_in,
)
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_TO = ("to", "in", "into", "on", "onto", "for", "of", "at", "inside", "within", "from", "when")
_TYPES = ("interface_declaration", "type_alias_declaration", "class_declaration", "struct_type")


def add_pair(work: Work, clause: Clause) -> Made | None:
    """Add (or set) the pairs that the clause's object names; None where it names none."""
    clause = _spelled_out(clause)
    if (made := _class_attribute(work.scene, clause)) is not None:
        return made
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    if not pairs or len(pairs) != len(clause.object.codes):
        return None
    scene = work.scene
    if (typed := _type_holder(scene, clause)) is not None:
        return _add_members(scene, typed, pairs)
    if clause.verb in {Verb.SET, Verb.REPLACE, Verb.USE, Verb.CODE, Verb.BECOME}:
        made = _set(scene, clause, pairs)
        if made is not None:
            return made
    if (tag := _tag(scene, clause, pairs)) is not None:
        return _attributes(scene, tag, pairs)
    given = [_add(work, scene, one, pairs) for one in _holders(work, clause, pairs)]
    return replace(given[0], edits=tuple(edit for one in given for edit in one.edits))


def _class_attribute(scene: Scene, clause: Clause) -> Made | None:
    """Return what ``add `x = …` to the class`` makes of a class of Python; None for all else."""
    code = clause.object.code
    if not scene.language.python or code is None or code.shape is not Shape.ASSIGNMENT:
        return None
    holder = _type_holder(scene, clause) if clause.verb is Verb.ADD else None
    body = field(holder, "body") if holder is not None else None
    if holder is None or body is None:
        return None
    held = body.named_children()
    fields = [one for one in held if one.kind() == "expression_statement"]
    if any(name_of(each) == code.key for one in fields for each in of_kinds(one, ("assignment",))):
        raise Abstain(f"{name_of(holder)} already has {code.key}")
    lead = " " * held[0].range().start.column
    written = quoted_as_here(scene, code.text)
    first = held[0]
    if first.kind() == "expression_statement" and first.text()[:1] in {'"', "'"}:
        edit = insert(end(first), f"\n\n{lead}{written}")
    elif len(held) == 1 and first.text() in {"pass", "..."}:
        edit = replaced(first, written)
    else:
        edit = insert(start(first), f"{written}\n\n{lead}")
    return Made(
        Operation.ADD,
        f"add `{written}` to {name_of(holder)}",
        edits_in(scene, [edit]),
        adds=(written,),
    )


_TAGS = {"link": "a", "anchor": "a", "image": "img", "picture": "img", "field": "input"}


def _tag(scene: Scene, clause: Clause, pairs: Sequence[Fragment]) -> SgNode | None:
    """Return the JSX tag that gets attributes; None where the pairs are none."""
    kinds = ("jsx_opening_element", "jsx_self_closing_element")
    tags = of_kinds(scene.root, kinds) if scene.language.script else []
    if not tags or not all(re.match(r"[\w-]+=['\"{]", one.text) for one in pairs):
        return None
    words = [_TAGS.get(word, word) for one in clause.phrases for word in one.words]
    words += [code.text.strip("<>/ ") for one in clause.phrases for code in one.codes]
    named = [one for one in tags if text_of(one.field("name")) in words]
    return pick(scene, named or tags, clause, "the tag")[0]


def _attributes(scene: Scene, tag: SgNode, pairs: Sequence[Fragment]) -> Made:
    held = of_kinds(tag, ("jsx_attribute",))
    known = {one.text().split("=")[0] for one in held}
    for pair in pairs:
        if pair.key in known:
            raise Abstain(f"the tag already has {pair.key}")
    last = held[-1] if held else tag.field("name")
    if last is None:
        raise Abstain("the tag has no name")
    text = " ".join(one.text for one in pairs)
    return Made(
        Operation.ADD,
        f"add `{text}` to the tag {text_of(tag.field('name'))}",
        edits_in(scene, [insert(end(last), f" {text}")]),
        adds=tuple(one.text for one in pairs),
    )


def _spelled_out(clause: Clause) -> Clause:
    """Return ``f(..., key=value)`` as the pair that is given to ``f``."""
    for phrase in clause.phrases:
        for code in phrase.codes:
            found = re.fullmatch(r"([\w$.]+)\((?:\.\.\.|…)\s*,\s*(.+)\)", code.text, re.DOTALL)
            pair = classify(found[2]) if found else None
            if found and pair is not None and pair.shape is Shape.PAIR:
                return replace(
                    clause,
                    phrases=(
                        Phrase("", (), (pair,)),
                        Phrase("to", (), (Fragment(found[1], Shape.NAME),)),
                    ),
                )
    return clause


def _type_holder(scene: Scene, clause: Clause) -> SgNode | None:
    """Return the body of the interface, type or class that a phrase names."""
    for phrase in clause.phrases:
        if phrase.preposition not in _TO:
            continue
        names = [*(code.text for code in phrase.codes), *identifiers(phrase, scene)]
        kinds = scene.language.types | ({"class_definition"} if scene.language.python else set())
        for one in of_kinds(scene.root, kinds):
            if name_of(one) in names:
                return one
    return None


def _add_members(scene: Scene, declared: SgNode, pairs: Sequence[Fragment]) -> Made:
    body = declared.field("body") or declared.field("value") or declared.field("type")
    if body is None or (
        declared.kind() == "type_alias_declaration" and body.kind() != "object_type"
    ):
        raise Abstain(f"{name_of(declared)} is not a type with members")
    known = {name_of(one) for one in body.named_children()}
    known |= {text_of(one).split(":")[0].strip() for one in body.named_children()}
    edits = []
    for pair in pairs:
        if pair.key.rstrip("?") in known:
            raise Abstain(f"{name_of(declared)} already has {pair.key}")
    if scene.language.python:
        last = body.named_children()[-1]
        fields = [
            one for one in body.named_children()
            if one.kind() == "expression_statement" and ":" in one.text().split("=")[0]
        ]  # fmt: skip
        last = fields[-1] if fields else last
        lead = " " * last.range().start.column
        edits = [insert(end(last), "".join(f"\n{lead}{one.text}" for one in pairs))]
    else:
        text = "; ".join(one.text for one in pairs)
        edits = [add_item(scene, body, text)]
    shown = ", ".join(f"`{one.text}`" for one in pairs)
    return Made(
        Operation.ADD,
        f"add {shown} to {name_of(declared)}",
        edits_in(scene, edits),
        adds=tuple(one.text for one in pairs),
    )


def _set(scene: Scene, clause: Clause, pairs: Sequence[Fragment]) -> Made | None:
    """Return the change of values that stand there; None where a key is not there yet."""
    edits: list[Edit] = []
    gone: list[str] = []
    bound = scopes_in(scene, clause, pairs)
    for pair in pairs:
        kinds = scene.language.pairs | scene.language.assignments | {"jsx_attribute"}
        found = [one for one in of_kinds(scene.root, kinds) if name_of(one) == pair.key]
        if not found:
            return None
        near = narrow(scene, [one for one in found if not bound or _within(one, bound)] or found)
        if scene.quotes and not any(_touches(scene, one) for one in near):
            return None
        for one in pick(
            scene, near, clause, f"`{pair.key}`", bound, words=hint_words(clause, scene)
        ):
            value = value_of(one)
            if value is None:
                return None
            if squeezed(value.text()) == squeezed(pair.value):
                raise Abstain(f"`{pair.text}` is already so")
            edits.append(replaced(value, quoted_as_here(scene, pair.value)))
            gone.append(one.text())
    shown = ", ".join(f"`{one.text}`" for one in pairs)
    return Made(
        Operation.SET,
        f"set {shown}",
        edits_in(scene, edits),
        adds=tuple(_spelled(scene, one) for one in pairs),
        removes=tuple(gone),
    )


def _touches(scene: Scene, node: SgNode) -> bool:
    return any(start(node) < last and first < end(node) for first, last in scene.quotes)


def _spelled(scene: Scene, pair: Fragment) -> str:
    return pair.value


def _within(node: SgNode, bound: Sequence[SgNode]) -> bool:
    return any(inside(node, at) for at in bound)


def _holders(work: Work, clause: Clause, pairs: Sequence[Fragment]) -> list[SgNode]:
    """Return the calls or the objects that the pairs go to; more than one where it says so."""
    scene = work.scene
    keyword = all("=" in one.text and ":" not in one.text.split("=")[0] for one in pairs)
    phrases = [one for one in clause.phrases if one.preposition in _TO]
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
                words=hint_words(clause, scene),
            )  # fmt: skip
    return [_quoted_holder(scene, clause, pairs, bound, keyword)]


def _quoted_holder(
    scene: Scene,
    clause: Clause,
    pairs: Sequence[Fragment],
    bound: Sequence[SgNode],
    keyword: bool,
) -> SgNode:
    """Return the innermost call or object that the evidence quotes, or begins in it."""
    calls = of_kinds(scene.root, scene.language.calls)
    objects = [] if keyword else of_kinds(scene.root, scene.language.objects)
    found = [one for one in [*calls, *objects] if not bound or _within(one, bound)]
    quoted = [one for one in found if begins_in_quote(scene, one)]
    outer = [one for one in quoted if not any(inside(one, o) and not same(o, one) for o in quoted)]
    literal = [one for one in quoted if one.kind() in scene.language.objects]
    if len(literal) == 1 and not keyword:
        return literal[0]
    if len(outer) == 1:
        return outer[0]
    raise Abstain(f"which call or object gets `{pairs[0].text}` is not said")


def _objects(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the object literals that a phrase names: by variable, by key, by its call."""
    names = [code.bare for code in phrase.codes if code.shape is Shape.NAME]
    names += identifiers(phrase, scene)
    found = []
    for one in of_kinds(scene.root, scene.language.pairs | scene.language.assignments):
        value = value_of(one)
        if value is None or name_of(one) not in names:
            continue
        inner = value
        while inner.kind() in {"as_expression", "satisfies_expression"}:
            inner = inner.named_children()[0]
        if inner.kind() in scene.language.objects:
            found.append(inner)
        elif inner.kind() in scene.language.calls and phrase.has("schema", "object", "model"):
            options = options_of(inner, scene.language)
            found += [options] if options is not None else []
    return found


def _has(call: SgNode, pairs: Sequence[Fragment], scene: Scene) -> bool:
    given = call.field("arguments") if call.kind() in scene.language.calls else call
    holders = [given, options_of(call, scene.language)] if given is not None else []
    return any(
        holder is not None and object_property(holder, pair.key, scene.language) is not None
        for holder in holders
        for pair in pairs
    )


def _add(work: Work, scene: Scene, holder: SgNode, pairs: Sequence[Fragment]) -> Made:
    code = [quoted_as_here(scene, one.text) for one in pairs]
    what = callee_text(holder) if holder.kind() in scene.language.calls else _title(holder)
    read_as = f"add {', '.join(f'`{one.text}`' for one in pairs)} to {what}"
    if _has(holder, pairs, scene):
        raise Abstain(f"{what} already has `{pairs[0].key}`")
    if scene.language.python:
        edits = _python(work, scene, holder, pairs, code)
    elif holder.kind() in scene.language.objects:
        edits = [_item(scene, holder, code)]
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
    return Made(
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


def set_shorthand(work: Work, clause: Clause) -> Made | None:
    """Give an object that is made in a named branch a field from the variable of its name."""
    names = [one for one in clause.object.codes if one.shape is Shape.NAME]
    place = clause.behind("in", "on", "into", "to")
    if len(names) != 1 or len(clause.object.codes) != 1 or place is None:
        return None
    if clause.verb not in {Verb.SET, Verb.ADD} or not work.scene.language.script:
        return None
    if not place.has("branch", "object", "return", "returned", "response", "result", "body"):
        return None
    scene, name = work.scene, names[0].text
    homes = [*scopes_in(scene, clause, names)] or around(scene)
    if place.has("branch"):
        told = [code.text for code in place.codes] or identifiers(place, scene)
        homes = [
            one
            for one in of_kinds(scene.root, ("if_statement",))
            if any(re.search(rf"\b{re.escape(t)}\b", text_of(one.field("condition"))) for t in told)
            and any(inside(one, home) for home in around(scene))
        ]
        homes = [part for one in homes for part in _branch(one)]
    made = [
        value
        for home in homes
        for one in of_kinds(home, ("return_statement",))
        if (value := next(iter(one.named_children()), None)) is not None
        and value.kind() in scene.language.objects
    ]
    holder = pick(scene, made, clause, "the object", homes)[0]
    if not any(name == one.text() for one in _variables(scene, holder)):
        raise Abstain(f"no variable {name} is in scope there")
    if object_property(holder, name, scene.language) is not None:
        raise Abstain(f"the object already has {name}")
    return Made(
        Operation.ADD,
        f"set {name} in the object of line {holder.range().start.line + 1}",
        edits_in(scene, [add_item(scene, holder, name)]),
        adds=(name,),
    )


def _branch(guard: SgNode) -> list[SgNode]:
    """Return what an ``if`` does where its condition holds; what follows a negated early exit."""
    done = guard.field("consequence")
    negated = re.match(r"\(?\s*!|.*!==", text_of(guard.field("condition")))
    if negated is None or done is None:
        return [done or guard]
    if not re.search(r"\b(?:return|throw)\b", done.text()):
        return []
    rest = []
    following = guard.next()
    while following is not None:
        rest.append(following)
        following = following.next()
    return rest


def _variables(scene: Scene, node: SgNode) -> list[SgNode]:
    function = next((o for o in node.ancestors() if o.kind() in scene.language.functions), None)
    if function is None:
        return []
    labels = [one.field("pattern") or one for one in parameters(function)]
    labels += [
        label
        for one in of_kinds(function, ("variable_declarator",))
        if (label := one.field("name")) is not None
    ]
    return labels
