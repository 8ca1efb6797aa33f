"""Find in the tree what a phrase names: functions, calls, parts of a statement."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    call_name,
    callee_text,
    end,
    field,
    held_function,
    inside,
    name_of,
    of_kinds,
    squeezed,
    start,
    tokens,
    value_of,
)

_PLACES = (
    "in", "into", "inside", "within", "to", "onto", "on", "at", "of", "for", "from", "around",
    "at the top of", "at the end of", "at the start of", "at the beginning of", "through",
)  # fmt: skip
PROSE = {
    "call", "calls", "function", "method", "option", "options", "object", "list", "array", "class",
    "field", "value", "type", "error", "request", "response", "body", "config", "name", "data",
    "handler", "module", "file", "top", "end", "the", "a", "an", "in", "to", "of", "on", "it",
    "level", "log", "line", "lines", "loop", "block", "schema", "query", "and", "its", "this",
    "parameter", "argument", "arguments", "constant", "literal", "expression", "statement",
    "return", "await", "async", "import", "export", "const", "new", "set", "map", "is", "not",
    "one", "two", "three", "both", "all", "each", "every", "use", "branch", "default", "unused",
}  # fmt: skip
"""Words that a sentence needs; as identifiers they say nothing."""
PARTS: dict[str, tuple[str, ...]] = {
    "catch": ("catch_clause", "except_clause"),
    "except": ("except_clause",),
    "finally": ("finally_clause",),
    "try": ("try_statement",),
    "constructor": (),
    "loop": (
        "for_statement", "for_in_statement", "while_statement", "do_statement", "for_range_loop",
        "enhanced_for_statement",
    ),
}  # fmt: skip
"""Parts of a function by the word that names them, and the nodes that they are."""


def identifiers(phrase: Phrase, scene: Scene) -> list[str]:
    """Return the plain words of a phrase that the file spells as identifiers."""
    return [
        word
        for word in phrase.spelled
        if word.lower() not in PROSE and re.fullmatch(r"[A-Za-z_$][\w$]*", word)
        and scene.knows(word)
    ]  # fmt: skip


def scopes_in(
    scene: Scene, clause: Clause, skip: Iterable[Fragment] = (), words: bool = True
) -> list[SgNode]:
    """Return the functions, classes and parts that the clause's places name; they bind."""
    left_out = list(skip)
    scopes: list[SgNode] = []
    for phrase in clause.phrases:
        if phrase.preposition not in _PLACES:
            continue
        names = [
            code.bare
            for code in phrase.codes
            if code not in left_out and code.shape in {Shape.NAME, Shape.CODE}
        ]
        spelled = identifiers(phrase, scene) if words else []
        for name in [*names, *spelled]:
            scopes += _holders(scene, name)
        scopes += _parts(scene, phrase)
    narrow = [
        one for one in scopes if not any(inside(o, one) and start(o) != start(one) for o in scopes)
    ]
    return narrow or scopes


def _holders(scene: Scene, name: str) -> list[SgNode]:
    kinds = scene.language.functions | scene.language.classes
    return [
        one
        for one in bearers(scene.root, name, scene.language)
        if one.kind() in kinds
        or (
            (value := value_of(one)) is not None
            and (value.kind() in kinds or held_function(value, scene.language) is not None)
        )
    ]


def _parts(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the parts that a phrase names by a word: the catch, the constructor."""
    homes = around(scene)
    for word, kinds in PARTS.items():
        if word not in phrase.words:
            continue
        if word == "constructor":
            names = {"constructor", "__init__"}
            return [
                one
                for one in of_kinds(scene.root, scene.language.functions)
                if name_of(one) in names
                and (not scene.scopes or any(_shares_class(scene, one, at) for at in scene.scopes))
            ]
        parts = of_kinds(scene.root, kinds)
        held = [one for one in parts if any(inside(one, home) for home in homes)]
        return held or parts
    return []


def _shares_class(scene: Scene, one: SgNode, at: SgNode) -> bool:
    owner = next((o for o in one.ancestors() if o.kind() in scene.language.classes), None)
    return owner is None or inside(at, owner) or inside(owner, at)


def calls_of(scene: Scene, name: str) -> list[SgNode]:
    """Return the calls of ``name``: ``get``, ``cache.get`` or ``this.cache.get``."""
    wanted = re.sub(r"^(?:await|new)\s+", "", name).replace("?.", ".").rstrip("(").strip(".")
    bare = re.sub(r"\(.*$", "", wanted, flags=re.DOTALL)
    calls = []
    for one in of_kinds(scene.root, scene.language.calls):
        spelled = callee_text(one)
        if spelled == bare or spelled.endswith("." + bare) or spelled == f"this.{bare}":
            calls.append(one)
    return calls


def called(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the calls that a phrase names by code or, failing that, by a plain word."""
    for code in phrase.codes:
        if code.shape in {Shape.NAME, Shape.CODE, Shape.CHAIN, Shape.STATEMENT}:
            exact = same_code(scene, code.text) if _is_given(code.text) else []
            calls = [one for one in exact if one.kind() in scene.language.calls]
            nodes = calls or calls_of(scene, code.bare)
            if nodes:
                return nodes
    for word in phrase.spelled:
        if word.lower() in {"the", "a", "an", "call", "and", "to", "in", "of"}:
            continue
        nodes = [
            one for one in of_kinds(scene.root, scene.language.calls) if call_name(one) == word
        ]
        if nodes:
            return nodes
    return []


def _is_given(code: str) -> bool:
    """Tell whether a call is written with arguments; ``f()`` is a way to say that f is called."""
    return re.search(r"\w\((?!\s*\)\s*$)", code) is not None


def same_code(scene: Scene, code: str, within: SgNode | None = None) -> list[SgNode]:
    """Return the outermost nodes that say the same as ``code``, token by token."""
    wanted = fragment_tokens(code, scene.language)
    places = _rarest(wanted, scene.text)
    if not places:
        return []
    nodes: list[SgNode] = []
    least, most = len(squeezed(code)) // 2, 4 * len(code) + 200
    waiting = [within or scene.root]
    while waiting:
        one = waiting.pop()
        span = one.range()
        first, last = span.start.index, span.end.index
        if last - first < least or (nodes and end(nodes[-1]) >= last):
            continue  # and so is all that stands in it
        at = bisect_left(places, first)
        if at == len(places) or places[at] >= last:
            continue  # a word of the code is not in it
        if one.is_named() and last - first <= most and tokens(one) == wanted:
            nodes.append(one)
            continue
        waiting += reversed(one.children())
    return nodes


def _rarest(wanted: Iterable[str], text: str) -> list[int]:
    """Return where the rarest of the tokens ``wanted`` may stand; nowhere where one is missing."""
    flat = text.replace('"', "'")
    counts = {one: flat.count(one) for one in wanted}
    if not counts:
        return []
    rarest = min(counts, key=counts.__getitem__)
    places, at = [], flat.find(rarest)
    while at >= 0:
        places.append(at)
        at = flat.find(rarest, at + 1)
    return places


def fragment_tokens(code: str, language: Language) -> tuple[str, ...]:
    """Return the tokens of a fragment in the file's language."""
    return tokens(parse(language, code))


def object_property(holder: SgNode, key: str, language: Language) -> SgNode | None:
    """Return the pair (or keyword argument) called ``key`` directly in ``holder``, or None."""
    for one in holder.named_children():
        if one.kind() in language.pairs and name_of(one) == key:
            return one
        if one.kind() == "shorthand_property_identifier" and one.text() == key:
            return one
    return None


def options_of(call: SgNode, language: Language) -> SgNode | None:
    """Return the object literal that a call takes as its options; None without one."""
    given = field(call, "arguments")
    inner = given.named_children() if given is not None else []
    objects = [one for one in inner if one.kind() in language.objects]
    return objects[-1] if objects else None


def hint_words(clause: Clause) -> list[str]:
    """Return the words of a clause that may tell equal places apart."""
    return [
        word
        for word in clause.words
        if len(word) > 3 and word not in PROSE and re.fullmatch(r"[a-z]+", word)
    ]


def first_named(scene: Scene, phrases: Sequence[Phrase]) -> list[str]:
    """Return the names that phrases give, code before plain words."""
    codes = [code.bare for phrase in phrases for code in phrase.codes if code.shape is Shape.NAME]
    return codes or [word for phrase in phrases for word in identifiers(phrase, scene)]
