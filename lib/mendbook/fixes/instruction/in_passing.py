"""Say what code a sentence gives in passing as an addition to the one thing that it is meant for.

*What `a()` does already, `b()` has to do too: k: v*, *the call may stay as it is, but wants a
.catch(f)*, *x lies between 1 and 9 (.min(1).max(9))*: the verb is any; what is asked is told by
the shape of the code. A link is hung on a call, and a pair is given to one. Where it goes is told
by the names in the sentence: what has it already is only the example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.fragments.pairs import with_pairs
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import (
    Scene,
    begins_in_quote,
    calls_in_quote,
    touches_quote,
)
from mendbook.fixes.instruction.reading.idioms import plain_verbs
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    callee,
    callee_text,
    declarations,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    outermost,
    squeezed,
    start,
    string_of,
    value_of,
)

_SPLIT = re.compile(r"(?<=[.!?])\s+(?=\S)|;\s+|\n+|(?<=⟧)\s+and\s+(?=(?:⟦\d+⟧|[\w.]+)\s+[a-z]+\s)")
_UNAWAITED = re.compile(
    r"\b(?:un-?awaited|(?:not|n't|need\s+not|without)\s+(?:to\s+)?(?:be(?:ing)?\s+"
    r"|an?\s+)?await(?:ed|ing)?"
    r"|not\s+wait(?:ed)?(?:\s+for)?|nobody\s+awaits)\b",
    re.IGNORECASE,
)
"""That nothing waits for a call says only why its failure must be caught."""
_OTHERWISE = re.compile(
    r"\b(?:not|never|no|nor|neither|without|unless|except|or|either|instead|rather|replac\w*"
    r"|remov\w*"
    r"|delet\w*|drop\w*|strip\w*|renam\w*|mov\w*|both|each|every|all|if|when\w*|while|until|once"
    r"|before|after|consider|maybe|perhaps|ideally|optionally|could|might|than|around|inside"
    r"|outside"
    r"|another|some|several|others?|lines?|too\s+[a-z]+|would|wrong|br[eo]ak\w*)\b|n't\b",
    re.IGNORECASE,
)
"""Words of a choice, a ban, a condition, several places, or of something else than giving."""
_NAME = re.compile(r"⟦(?P<code>\d+)⟧|(?<![\w$.])(?P<word>[A-Za-z_$][\w$]*(?:\.[\w$]+)*)(?:\(\))?")
_PLACES = {Shape.NAME, Shape.CODE}


def given_in_passing(scene: Scene, text: str) -> str:
    """Return ``text`` as plain additions, a sentence each; nothing where one is not sure."""
    if not scene.quotes:
        return ""
    masked, codes = with_pairs(*scan(plain_verbs(text.strip().rstrip("."))), _WORDED)
    orders: list[str] = []
    for sentence in _SPLIT.split(masked):
        if "⟦" not in sentence:
            if _OTHERWISE.search(sentence):
                return ""
            continue
        order = _order(scene, sentence, codes)
        if not order:
            return ""
        orders.append(order)
    return ". ".join(orders)


_WORDED = re.compile(
    r"(?<![\w$.'])(?P<key>[a-z][\w$]*):\s(?P<value>true|false|null|⟦\d+⟧)(?![\w$.(])"
)
"""A pair of plain words: a sentence may have one by chance, so the code must have it, too."""


_BOTH = re.compile(
    r"\bnot\s+only\b|\bboth\b(?=\s+(?:(?:to|in|into|of|on)\s+)?(?:⟦|[A-Z]|[a-z]+[A-Z_]))",
    re.IGNORECASE,
)
"""Words that only say that all of the places that are named are meant."""


def element_in_passing(scene: Scene, text: str) -> str:
    """Return the additions of one new element to every list and union that ``text`` names.

    Nothing where it names other code, or the element stands in one of them.
    """
    masked, codes = scan(plain_verbs(text.strip().rstrip(".")))
    given = [one for one in codes if one.shape is Shape.TEXT]
    if len({one.text for one in given}) != 1 or _OTHERWISE.search(_BOTH.sub("", masked)):
        return ""
    names = list(dict.fromkeys(_names(masked, codes, given[0])))
    homes = [one for one in names if (lists := _lists(scene, one)) and len(lists) == 1]
    code = [one.bare for one in codes if one not in given]
    if len(homes) < 2 or not set(code) <= set(homes):
        return ""
    if any(string_of(one) == given[0].text[1:-1] for name in homes for at in _lists(scene, name)
           for one in of_kinds(at, scene.language.strings)):  # fmt: skip
        return ""
    return ". ".join(f"Add `{given[0].text}` to `{one}`" for one in homes)


def _lists(scene: Scene, name: str) -> list[SgNode]:
    """Return the declarations of ``name`` as a list of texts, or a union or enum of them."""
    found = []
    for one in declarations(scene.root, name, scene.language):
        value = field(one, "value", "body", "right")
        kinds = scene.language.lists | {"union_type"}
        strings = of_kinds(value, scene.language.strings) if value is not None else []
        if value is not None and of_kinds(value, kinds) and strings:
            found.append(one)
    return found


def _order(scene: Scene, sentence: str, codes: Sequence[Fragment]) -> str:
    """Return the addition that one sentence tells; nothing without a sure one."""
    if _OTHERWISE.search(_UNAWAITED.sub("", sentence)):
        return ""
    named = [codes[int(at)] for at in re.findall(r"⟦(\d+)⟧", sentence)]
    given = [one for one in named if _is_given(one)]
    others = [one for one in named if one not in given]
    if len(given) != 1 or not all(_is_place(one, given[0]) for one in others):
        return ""
    names = list(_names(sentence, codes, given[0]))
    if given[0].shape is Shape.CHAIN:
        return _link(scene, given[0], names)
    return _pair(scene, given[0], names)


def _is_given(code: Fragment) -> bool:
    if code.shape is Shape.CHAIN:
        return code.text.startswith(".") and code.text.endswith(")")
    return code.shape is Shape.PAIR


def _is_place(code: Fragment, given: Fragment) -> bool:
    """Tell whether code may name where something goes, or is a number that it says again."""
    if code.shape is Shape.NUMBER:
        return re.search(rf"(?<![\w.]){re.escape(code.text)}(?![\w.])", given.text) is not None
    return code.shape in _PLACES


def _names(sentence: str, codes: Sequence[Fragment], given: Fragment) -> Iterator[str]:
    """Yield the names of a sentence beside the code that it gives, in order."""
    for match in _NAME.finditer(sentence):
        if match["word"]:
            yield match["word"].removesuffix("()")
        elif (code := codes[int(match["code"])]) is not given:
            yield code.bare.removesuffix("()")


def _link(scene: Scene, chain: Fragment, names: Sequence[str]) -> str:
    """Return the order to hang ``chain`` on the one value that the names, or the evidence, mean."""
    method = re.split(r"[(<]", chain.text, maxsplit=1)[0].lstrip("?.")
    held = [
        value
        for one in of_kinds(
            scene.root, scene.language.pairs | scene.language.fields | scene.language.assignments
        )
        if name_of(one) in names and _touches(scene, one) and (value := value_of(one)) is not None
        and value.kind() in scene.language.calls
    ]  # fmt: skip
    quoted = calls_in_quote(scene)
    spelled = [one for one in quoted if _is_called(one, names)]
    nodes = outermost(held or spelled or _statements(scene, quoted))
    if len(nodes) != 1 or method in _methods(nodes[0]):
        return ""
    label = name_of(nodes[0].parent() or nodes[0]) if held else nodes[0].text()
    return f"Add `{chain.text}` to `{' '.join(label.split())}`" if "`" not in label else ""


def _touches(scene: Scene, node: SgNode) -> bool:
    return touches_quote(scene, node)


def _is_called(call: SgNode, names: Sequence[str]) -> bool:
    spelled = callee_text(call).removeprefix("this.").removeprefix("self.")
    return any(name == spelled or ("." in name and spelled.endswith(f".{name}")) for name in names)


def _statements(scene: Scene, calls: Sequence[SgNode]) -> list[SgNode]:
    """Return the calls that are statements of their own."""
    return [
        one
        for one in calls
        if (holder := one.parent()) is not None and holder.kind() == "expression_statement"
    ]


def _methods(call: SgNode) -> set[str]:
    """Return the methods that are called along the chain that ends in ``call``."""
    found: set[str] = set()
    at: SgNode | None = call
    while at is not None:
        label = field(at, "property", "attribute")
        if label is not None:
            found.add(label.text())
        at = callee(at) or field(at, "object")
    for one in call.ancestors():
        label = field(one, "property", "attribute")
        if one.kind() not in {"member_expression", "attribute", *_CALLS}:
            break
        if label is not None:
            found.add(label.text())
    return found


_CALLS = ("call_expression", "call")


def _pair(scene: Scene, pair: Fragment, names: Sequence[str]) -> str:
    """Return the order to give ``pair`` to the one call of the functions named that lacks it."""
    homes = [(name, home) for name in dict.fromkeys(names) for home in _functions(scene, name)]
    having = [home for _, home in homes if _says(scene, home, pair)]
    lacking = [(name, home) for name, home in homes if not _has_key(scene, home, pair.key)]
    if not having or len(having) + len(lacking) != len(homes) or len(lacking) != 1:
        return ""
    name, home = lacking[0]
    taking = {callee_text(one) for at in having for one in _taking(scene, at, pair)}
    calls = [
        one
        for one in of_kinds(home, scene.language.calls)
        if callee_text(one) in taking and begins_in_quote(scene, one)
    ]
    if len(calls) != 1 or not re.fullmatch(r"[\w$.]+", callee_text(calls[0])):
        return ""
    return f"Add `{pair.text}` to the `{callee_text(calls[0])}` call in `{name}`"


def _functions(scene: Scene, name: str) -> list[SgNode]:
    """Return the functions of the file that bear a name."""
    kinds = scene.language.functions
    return [one for one in bearers(scene.root, name, scene.language) if one.kind() in kinds]


def _says(scene: Scene, home: SgNode, pair: Fragment) -> bool:
    return bool(_taking(scene, home, pair))


def _taking(scene: Scene, home: SgNode, pair: Fragment) -> list[SgNode]:
    """Return the innermost calls of ``home`` that are given ``pair`` with that value."""
    held = [
        one
        for one in of_kinds(home, scene.language.pairs)
        if name_of(one) == pair.key and (value := value_of(one)) is not None
        and squeezed(value.text()) == squeezed(pair.value)
    ]  # fmt: skip
    calls = of_kinds(home, scene.language.calls)
    found = []
    for one in held:
        around = [each for each in calls if inside(one, each)]
        if around:
            found.append(max(around, key=lambda each: (start(each), -end(each))))
    return found


def _has_key(scene: Scene, home: SgNode, key: str) -> bool:
    return any(name_of(one) == key for one in of_kinds(home, scene.language.pairs))
