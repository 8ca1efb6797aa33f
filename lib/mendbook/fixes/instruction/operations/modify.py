"""Add or remove what is hung on an expression or a declaration: ``await``, ``?.``, ``async``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.fragments import Shape
from mendbook.fixes.instruction.operations.java_marks import java_mark
from mendbook.fixes.instruction.scene import (
    Scene,
    around,
    begins_in_quote,
    function_of,
    narrow,
    pick,
)
from mendbook.fixes.instruction.signatures import signature
from mendbook.fixes.instruction.syntax import (
    callee_text,
    declarations,
    end,
    field,
    function_around,
    inside,
    is_async,
    name_of,
    of_kinds,
    owner_of,
    squeezed,
    start,
    text_of,
    walk,
)
from mendbook.fixes.instruction.targets import (
    called,
    first_named,
    hint_words,
    identifiers,
    scopes_in,
)
from mendbook.fixes.instruction.uses import Use, shown, uses_outside
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_ON = ("on", "of", "from", "in", "around", "to", "for", "before", "in front of", "inside", "within")


def drop_mark(work: Work, clause: Clause) -> Made | None:
    """Remove ``?.``, ``!``, ``as X`` or ``await``; None where the clause names none of them."""
    scene = work.scene
    said = [one.text for one in clause.object.codes]
    words = clause.object.words
    direct = [one.text for one in clause.codes if one.shape is Shape.CODE]
    if clause.verb in {Verb.CALL, Verb.USE, Verb.CODE} and len(direct) == 1:
        return _direct(scene, clause, direct[0])
    without = clause.behind("without")
    if without is not None and (without.has("optional") or "?." in [c.text for c in without.codes]):
        spoken = replace(clause.object, preposition="on")
        nodes = [one for one in walk(scene.root) if _has_mark(one)]
        clause = replace(clause, phrases=(spoken,))
        return _dropped(scene, clause, nodes, "?.", _without_chain)
    if clause.verb is not Verb.REMOVE:
        return None
    if "?." in said or ("optional" in words and "chaining" in words):
        nodes = [one for one in walk(scene.root) if _has_mark(one)]
        return _dropped(scene, clause, nodes, "?.", _without_chain)
    bang = "!" in said or {"non-null"} & set(words)
    if bang and scene.language.script:
        nodes = of_kinds(scene.root, ("non_null_expression",))
        return _dropped(scene, clause, nodes, "!", lambda s, one: Edit(end(one) - 1, end(one), ""))
    casts = [one for one in said if re.match(r"as\s+\S", one)]
    target = clause.behind("to")
    if not casts and target is not None and {"cast", "assertion", "casts"} & set(words):
        casts = [
            f"as {one}"
            for one in [*(c.text for c in target.codes), *target.spelled]
            if one not in {"the", "a"}
        ]
        clause = replace(clause, phrases=tuple(p for p in clause.phrases if p is not target))
    if (casts or {"cast", "assertion", "casts"} & set(words)) and scene.language.script:
        nodes = of_kinds(scene.root, ("as_expression",))
        if casts:
            kept = [one for one in nodes if one.text().rstrip().endswith(casts[0])]
            nodes = kept
        return _dropped(scene, clause, nodes, casts[0] if casts else "as", _without_cast)
    if said == ["await"] or words[-1:] == ("await",) or words[:1] == ("await",):
        nodes = of_kinds(scene.root, ("await_expression", "await"))
        return _dropped(scene, clause, nodes, "await", _without_await)
    return None


def _direct(scene: Scene, clause: Clause, code: str) -> Made | None:
    """Return the edit that calls directly what is called with ``?.``; None where nothing is."""
    found = [
        one
        for one in walk(scene.root)
        if _has_mark(one)
        and squeezed(one.text().replace("?.(", "(").replace("?.", ".")) == squeezed(code)
        and squeezed(one.text()) != squeezed(code)
    ]
    if not found:
        return None
    return _dropped(scene, replace(clause, phrases=()), found, "?.", _without_chain)


def _has_mark(node: SgNode) -> bool:
    return any(one.kind() in {"?.", "optional_chain"} for one in node.children())


def _dropped(
    scene: Scene,
    clause: Clause,
    nodes: Sequence[SgNode],
    mark: str,
    change: object,
) -> Made:
    places = [one for one in clause.phrases if one.preposition in _ON]
    chains = [code.text for one in places for code in one.codes if code.shape is Shape.CHAIN]
    names = chains or first_named(scene, places)
    on = [one for one in nodes if any(_carries(one, name) for name in names)]
    bound = scopes_in(scene, clause)
    found = on or list(nodes)
    if names and not on and not bound:
        raise Abstain(f"`{mark}` does not stand on {names[0]}")
    picked = pick(scene, found, clause, f"`{mark}`", bound, words=hint_words(clause, scene))
    edits = [change(scene, one) for one in picked]  # type: ignore[operator]
    return Made(
        Operation.REMOVE,
        f"remove `{mark}` from `{' '.join(picked[0].text().split())[:60]}`",
        edits_in(scene, edits),
        removes=(mark,),
    )


def _carries(node: SgNode, name: str) -> bool:
    head = field(node, "object", "function")
    if head is None:
        inner = node.named_children()
        head = inner[0] if inner else node
    spelled = re.sub(r"\s+", "", head.text()).strip("()")
    if name.startswith("."):
        return text_of(field(node, "property", "attribute")) == name.strip(".()?")
    return (
        spelled == name
        or spelled.endswith((f".{name}", f".{name}()"))
        or spelled.startswith((f"{name}as", f"{name}("))
    )


def _without_chain(scene: Scene, node: SgNode) -> Edit:
    mark = next(one for one in node.children() if one.kind() in {"?.", "optional_chain"})
    following = scene.text[end(mark) : end(mark) + 1]
    return Edit(start(mark), end(mark), "" if following in "([" else ".")


def _without_cast(scene: Scene, node: SgNode) -> Edit:
    inner = node.named_children()[0]
    parent = node.parent()
    simple = inner.kind() in {"identifier", "member_expression", "call_expression", "this"}
    if parent is not None and parent.kind() == "parenthesized_expression" and simple:
        return Edit(start(parent), end(parent), inner.text())
    return Edit(start(node), end(node), inner.text())


def _without_await(scene: Scene, node: SgNode) -> Edit:
    return Edit(start(node), start(node.named_children()[0]), "")


def add_await(work: Work, clause: Clause) -> Made | None:
    """Await a call; None where the clause asks for no ``await``."""
    spoken = clause.verb is Verb.AWAIT or (
        clause.verb in {Verb.ADD, Verb.USE, Verb.RETURN}
        and (clause.object.has("await") or any(one.text == "await" for one in clause.object.codes))
    )
    returned = clause.verb is Verb.RETURN and (
        clause.object.has("await")
        or any(re.fullmatch(r"return await.*", one.text) for one in clause.codes)
    )
    if not spoken and not returned:
        return None
    scene = work.scene
    bound = scopes_in(scene, clause)
    if returned:
        found = [
            value
            for one in of_kinds(scene.root, ("return_statement",))
            if (value := next(iter(one.named_children()), None)) is not None
            and value.kind() in scene.language.calls
        ]
        nodes = pick(scene, found, clause, "a returned call", bound)
    else:
        phrases = [
            one
            for one in clause.phrases
            if one.preposition in {"", "to", "on", "for", "before", "in front of", "of"}
        ]
        calls = [each for one in phrases for each in called(scene, one)]
        calls = [one for one in calls if any(inside(one, at) for at in bound)] or calls
        if calls and all(_is_awaited(one) for one in narrow(scene, calls)):
            raise Abstain(f"{callee_text(calls[0])} is already awaited")
        loose = [one for one in calls if not _is_awaited(one)]
        if calls and not loose:
            raise Abstain(f"{callee_text(calls[0])} is already awaited")
        within = [at for at in bound if any(inside(one, at) for one in loose)]
        loose = loose or [
            one
            for one in of_kinds(scene.root, scene.language.calls)
            if not _is_awaited(one) and begins_in_quote(scene, one)
            and not _is_argument(one)
        ]  # fmt: skip
        nodes = pick(scene, loose, clause, "the call", within, words=hint_words(clause, scene))
    for one in nodes:
        function = function_around(one, scene.language)
        if function is not None and not is_async(function):
            raise Abstain("await is only allowed in an async function, and this one is not")
        made = signature(work.task, scene, one)
        if made is not None and scene.language.python and not is_async(made):
            raise Abstain(f"{callee_text(one)} is no coroutine")
    edits = [edit for one in nodes for edit in _awaited(scene, one)]
    return Made(
        Operation.AWAIT,
        f"await `{' '.join(nodes[0].text().split())[:60]}`",
        edits_in(scene, edits),
        adds=("await",),
    )


def _is_awaited(call: SgNode) -> bool:
    parent = call.parent()
    return parent is not None and parent.kind() in {"await_expression", "await"}


def _is_argument(call: SgNode) -> bool:
    parent = call.parent()
    return parent is not None and parent.kind() in {"arguments", "argument_list"}


def _awaited(scene: Scene, call: SgNode) -> list[Edit]:
    parent = call.parent()
    if parent is not None and parent.kind() in {
        "member_expression",
        "attribute",
        "unary_expression",
    }:
        return [insert(start(call), "(await "), insert(end(call), ")")]
    if (
        parent is not None
        and parent.kind() == "unary_expression"
        and parent.text().startswith("void")
    ):
        return [Edit(start(parent), start(call), "await ")]
    return [insert(start(call), "await ")]


def add_chaining(work: Work, clause: Clause) -> Made | None:
    """Read a member with ``?.``; None where the clause does not ask for optional chaining."""
    spoken = clause.has("optional") and clause.has("chaining", "chain")
    names = [one.text for one in clause.codes if one.shape is Shape.NAME and "?." not in one.text]
    if (
        not spoken
        or clause.verb is Verb.REMOVE
        or len(names) != 1
        or not work.scene.language.script
    ):
        return None
    scene = work.scene
    found = [
        one
        for one in of_kinds(scene.root, ("member_expression", "subscript_expression"))
        if (owner := one.field("object")) is not None
        and squeezed(owner.text()) == squeezed(names[0])
    ]
    loose = [one for one in found if not _has_mark(one)]
    if found and not loose:
        raise Abstain(f"{names[0]} is read with `?.` already")
    picked = pick(scene, loose, clause, f"a member of {names[0]}", scopes_in(scene, clause))
    return Made(
        Operation.REPLACE,
        f"read what {names[0]} has by `?.`",
        edits_in(scene, [_with_chain(scene, one) for one in picked]),
        adds=("?.",),
    )


def _with_chain(scene: Scene, node: SgNode) -> Edit:
    owner = node.field("object")
    at = end(owner) if owner is not None else start(node)
    holder = node.parent()
    if (
        holder is not None
        and holder.kind() == "assignment_expression"
        and ((left := holder.field("left")) is not None and start(left) == start(node))
    ):
        raise Abstain("what is assigned to cannot be read by `?.`")
    dot = scene.text.find(".", at)
    if node.kind() == "subscript_expression":
        return insert(at, "?.")
    return Edit(dot, dot + 1, "?.")


def drop_async(work: Work, clause: Clause) -> Made | None:
    """Make a function synchronous, with its callers; None where ``async`` is not named."""
    if not (clause.object.has("async") or any(one.text == "async" for one in clause.object.codes)):
        return None
    scene = work.scene
    function = _function(scene, clause)
    name = name_of(function) or name_of(function.parent() or function)
    mark = next((one for one in function.children() if one.kind() == "async"), None)
    if mark is None:
        raise Abstain(f"{name} is not async")
    own = [
        one
        for one in of_kinds(function, ("await_expression", "await", "for_await_statement"))
        if (holder := function_around(one, scene.language)) is None
        or start(holder) == start(function)
    ]
    if own:
        raise Abstain(f"{name} awaits; it cannot lose its async")
    _refuse_contract(scene, function, name)
    uses = uses_outside(work.task, scene, function, name)
    edits: list[tuple[str, Edit]] = [
        (scene.path, Edit(start(mark), start(_behind(mark)), "")),
        *((scene.path, edit) for edit in _plain_return(scene, function)),
    ]
    for use in uses:
        edits += _unawaited(work, use, name)
    return Made(
        Operation.REMOVE,
        f"remove `async` from {name} and the `await` of its callers",
        tuple(edits),
        removes=("async",),
        follows_up=("caller", "callers", "call", "return", "uses", "import", "directly"),
    )


def _function(scene: Scene, clause: Clause) -> SgNode:
    named = [function_of(one, scene.language) for one in scopes_in(scene, clause)]
    functions = [one for one in named if one is not None] or around(scene)
    if len(functions) != 1:
        raise Abstain("which function is meant is not said")
    return functions[0]


def _behind(mark: SgNode) -> SgNode:
    following = mark.next()
    if following is None:
        raise Abstain("nothing stands behind it")
    return following


def _refuse_contract(scene: Scene, function: SgNode, name: str) -> None:
    """Raise ``Abstain`` where a type or a base class demands what the function is."""
    owner = owner_of(function, scene.language)
    heritage = next(
        (one for one in (owner.children() if owner else []) if one.kind() == "class_heritage"), None
    )
    bases = owner.field("superclasses") if owner is not None else None
    if heritage is not None or bases is not None:
        raise Abstain(
            f"{name} may be demanded by {text_of(heritage) or text_of(bases)}; change that first"
        )


def _plain_return(scene: Scene, function: SgNode) -> list[Edit]:
    declared = function.field("return_type")
    if declared is None or not scene.language.script:
        return []
    found = re.match(r":\s*Promise<(.*)>$", declared.text(), re.DOTALL)
    return [Edit(start(declared), end(declared), f": {found[1]}")] if found else []


def _unawaited(work: Work, use: Use, name: str) -> list[tuple[str, Edit]]:
    """Return the edits that take ``await`` from a use; raise where a promise is needed."""
    if use.node is None:
        raise Abstain(f"{name} is used in {use.shown}, which cannot be read")
    if any(one.kind() in _LISTED for one in use.node.ancestors()):
        return []
    call = next(
        (one for one in use.node.ancestors() if one.kind() in {"call_expression", "call"}), None
    )
    target = call.field("function") if call is not None else None
    if call is None or target is None or end(target) != end(use.node):
        raise Abstain(f"{name} is handed on at {use.shown}; whether a promise is needed is unknown")
    holder = call.parent()
    if holder is not None and holder.kind() in {"await_expression", "await"}:
        return [(use.path, Edit(start(holder), start(call), ""))]
    if holder is not None and holder.kind() in {"expression_statement"}:
        return []
    raise Abstain(f"a promise of {name} is used at {use.shown}")


_LISTED = {"import_statement", "import_from_statement", "export_clause"}


def add_modifier(work: Work, clause: Clause) -> Made | None:
    """Mark a member ``readonly``, ``private``, ``static``, optional …; None where none is named."""
    said = [clause.object, *clause.all_behind("as")]
    words = [word for one in said for word in (*one.words, *(code.text for code in one.codes))]
    wanted = next((one for one in words if one in _MODIFIERS), None)
    if (swapped := _declared_anew(work.scene, clause)) is not None:
        return swapped
    if wanted is None or clause.verb not in {Verb.MARK, Verb.ADD, Verb.DECLARE}:
        return None
    scene = work.scene
    phrases = [
        one for one in clause.phrases if one.preposition in {"", "to", "on", "of", "for", "as"}
    ]
    names = [
        name
        for name in [
            *(code.bare for one in phrases for code in one.codes if code.shape is Shape.NAME),
            *(word for one in phrases for word in identifiers(one, scene)),
        ]
        if name not in _MODIFIERS
    ]
    spelled = [word for one in phrases for word in one.spelled if word not in _MODIFIERS]
    kinds = scene.language.fields | scene.language.assignments
    fields = [
        one
        for name in spelled
        for one in declarations(scene.root, name, scene.language)
        if one.kind() in kinds
    ]
    found = (
        [one for name in names[:1] for one in declarations(scene.root, name, scene.language)]
        or fields
        or list(scene.scopes)
    )
    found = [one for one in found if one.kind() not in scene.language.classes]
    node = pick(scene, found, clause, f"the declaration of {names[0] if names else 'it'}")[0]
    edit = _marked(scene, node, wanted)
    return Made(
        Operation.ANNOTATE,
        f"mark {name_of(node)} `{wanted}`",
        edits_in(scene, [edit]),
        adds=(wanted,),
    )


def _declared_anew(scene: Scene, clause: Clause) -> Made | None:
    """Return the edit that declares by ``const`` or ``let`` what is declared by another word."""
    code, behind = clause.object.code, clause.behind("with", "by", "to")
    instead = clause.behind("instead of", "rather than")
    old, new = (code, behind.code if behind else None) if instead is None else (instead.code, code)
    if old is None or new is None or old.text not in {"var", "let"}:
        return None
    if new.text not in {"const", "let"} or not scene.language.script:
        return None
    told = [one.text for p in clause.all_behind("for", "of", "on", "in") for one in p.codes]
    found = [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if (holder := one.parent()) is not None and holder.children()[0].text() == old.text
        and (name_of(one) in told if told else _is_quoted(scene, holder))
    ]  # fmt: skip
    within = [one for home in around(scene) for one in found if inside(one, home)] or found
    if not within or (told and len(within) != len(told)):
        raise Abstain(f"which `{old.text}` is meant is not clear")
    marks: dict[int, Edit] = {}
    for one in within:
        if new.text == "const" and _is_written(scene, name_of(one), one):
            raise Abstain(f"{name_of(one)} is written again; it cannot be const")
        holder = one.parent()
        if holder is not None:
            word = holder.children()[0]
            marks[start(word)] = Edit(start(word), end(word), new.text)
    return Made(
        Operation.REPLACE,
        f"declare {', '.join(name_of(one) for one in within)} by `{new.text}`",
        edits_in(scene, marks.values()),
        adds=(new.text,),
        removes=(old.text,),
    )


def _is_quoted(scene: Scene, node: SgNode) -> bool:
    return begins_in_quote(scene, node)


_MODIFIERS = {"readonly", "private", "protected", "public", "static", "optional", "final", "const"}


def _marked(scene: Scene, node: SgNode, wanted: str) -> Edit:
    marks = [one.text() for one in node.children() if not one.named_children()]
    if wanted in marks:
        raise Abstain(f"{name_of(node)} is already {wanted}")
    if scene.language.name == "java":
        return java_mark(scene, node, wanted)
    label = field(node, "name", "property")
    if label is None:
        raise Abstain("it has no name to mark")
    if wanted == "optional":
        return insert(end(label), "?")
    if wanted == "const":
        holder = node.parent()
        word = holder.children()[0] if holder is not None else None
        if word is None or word.text() not in {"let", "var"}:
            raise Abstain(f"{name_of(node)} is not declared by let or var")
        if _is_written(scene, name_of(node), node):
            raise Abstain(f"{name_of(node)} is written again; it cannot be const")
        return Edit(start(word), end(word), "const")
    if not scene.language.script:
        raise Abstain(f"{wanted} is not written in this language")
    if wanted == "readonly" and _is_written(scene, name_of(node), node):
        raise Abstain(f"{name_of(node)} is written again; it cannot be readonly")
    if wanted in {"private", "protected", "public"}:
        old = next((one for one in node.children() if one.kind() == "accessibility_modifier"), None)
        if wanted == "private":
            outside = list(_outside_class(scene, node))
            if outside:
                raise Abstain(f"{name_of(node)} is used at {shown(outside)}; it cannot be private")
        if old is not None:
            return Edit(start(old), end(old), wanted)
        return insert(start(node), f"{wanted} ")
    return insert(start(label), f"{wanted} ")


def _outside_class(scene: Scene, node: SgNode) -> list[Use]:
    owner = owner_of(node, scene.language)
    found = uses_outside(scene.task, scene, node, name_of(node))
    return [
        one
        for one in found
        if one.path != scene.path
        or one.node is None
        or owner is None
        or not inside(one.node, owner)
    ]


def _is_written(scene: Scene, name: str, node: SgNode) -> bool:
    written = re.compile(
        rf"(?<![\w$])(?<!const )(?<!let )(?<!var ){re.escape(name)}"
        r"\s*(?:[-+*/%&|^]|\*\*|\?\?|\|\||&&)?=(?![=>])"
        rf"|(?<![\w$]){re.escape(name)}(?:\+\+|--)|(?:\+\+|--)(?:this\.)?{re.escape(name)}\b"
    )
    rest = scene.text[: start(node)] + " " * (end(node) - start(node)) + scene.text[end(node) :]
    made = of_kinds(scene.root, ("method_definition",))
    for one in made:
        if name_of(one) == "constructor":
            rest = rest[: start(one)] + " " * (end(one) - start(one)) + rest[end(one) :]
    return written.search(rest) is not None
