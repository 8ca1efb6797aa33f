"""New code in the place of a whole call, or of what it calls."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.replace.values import flat, is_complete, quoted_values
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, calls_in_quote
from mendbook.fixes.instruction.places.targets import calls_of
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee,
    callee_text,
    end,
    field,
    inside,
    of_kinds,
    squeezed,
    text_of,
)
from mendbook.fixes.instruction.work import Work, named_file
from mendbook.fixes.instruction.writing.editing import drop_item, quoted_as_here, replaced
from mendbook.fixes.instruction.writing.helper import inlined_call

_GONE_WITH = {("load", "safe_load"): {"Loader"}, ("load_all", "safe_load_all"): {"Loader"}}
"""Arguments that the safe form of a call does not take."""


def callee_edit(call: SgNode, old: str, new: str) -> Edit:
    """Return the edit that calls ``new`` where ``old`` was called; the arguments stay."""
    target = callee(call)
    if target is None:
        name = call.field("name")
        if name is None:
            raise Abstain("the call has no name")
        return replaced(name, new.rpartition(".")[2])
    text = target.text()
    if text.endswith(old) and not text.endswith(f"?.{old}"):
        return Edit(end(target) - len(old), end(target), new)
    last = field(target, "property", "attribute")
    if last is not None and "." not in new:
        return replaced(last, new)
    return replaced(target, new)


def worded_calls(scene: Scene, old: Phrase) -> list[SgNode]:
    """Return the calls of the first word of ``old`` that names any."""
    for word in old.spelled:
        if word.lower() in {"the", "inline", "call", "a", "literal", "bare", "existing", "own"}:
            continue
        calls = calls_of(scene, word) or [
            one
            for one in of_kinds(scene.root, scene.language.calls)
            if callee_text(one).rpartition(".")[2] == word
        ]
        if calls:
            return calls
    return []


def call_edits(
    work: Work,
    clause: Clause,
    new: Fragment,
    calls: Sequence[SgNode],
    bound: Sequence[SgNode],
) -> tuple[list[Edit], str]:
    """Return the edits that put ``new`` in the place of whole calls."""
    scene = work.scene
    node = pick(scene, calls, clause, f"`{callee_text(calls[0])}`", bound)[0]
    if new.shape is Shape.NAME:
        own = clause.behind(*INSTEAD)
        told = callee_text(node).rpartition(".")[2] in (own.spelled if own is not None else ())
        old = callee_text(node).rpartition(".")[2] if told and _METHODS.fullmatch(new.text) else ""
        return [callee_edit(node, old or callee_text(node), new.text)], f"`{callee_text(node)}`"
    shown = f"`{' '.join(node.text().split())[:60]}`"
    if is_complete(new):
        node = _unit(scene, node)
        shown = f"`{flat(node)}`"
        return [replaced(node, quoted_as_here(scene, new.text))], shown
    home = named_file(work, clause)
    written = inlined_call(work, new.bare, node, home)
    return [replaced(node, written)], shown


def _unit(scene: Scene, call: SgNode) -> SgNode:
    """Return what a whole call replaces: the quoted value, where the call is one part of a loop."""
    loops = {"generator_expression", "list_comprehension", "set_comprehension"}
    if any(one.kind() in loops for one in call.ancestors()):
        holding = [one for one in quoted_values(scene) if inside(call, one)]
        return holding[0] if len(holding) == 1 else call
    return call


def like_call(
    work: Work, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str] | None:
    """Return the edits for a call whose like the evidence has: same name, or same owner."""
    scene = work.scene
    bare = new.bare
    quoted = [
        one for one in calls_in_quote(scene) if not bound or any(inside(one, at) for at in bound)
    ]
    named = [one for one in quoted if callee_text(one) == bare]
    if not named and (given := _handed(quoted, new)) is not None:
        return [replaced(given, quoted_as_here(scene, new.text))], f"`{flat(given)}`"
    if named and is_complete(new):
        node = pick(scene, named, clause, f"`{bare}`", bound)[0]
        if squeezed(node.text()) == squeezed(new.text):
            raise Abstain(f"it already reads `{new.text}`")
        return [replaced(node, quoted_as_here(scene, new.text))], f"`{flat(node)}`"
    owner = bare.rpartition(".")[0]
    kin = [one for one in quoted if owner and callee_text(one).rpartition(".")[0] == owner]
    kin = _in_each(scene, [one for one in kin if callee_text(one) != bare], bound)
    if kin and not is_complete(new):
        _refuse_other_arguments(scene, new)
    if kin:
        nodes = _of_one_kind(pick(scene, kin, clause, f"a call of {owner}", bound))
        if is_complete(new):
            return [replaced(one, quoted_as_here(scene, new.text)) for one in nodes], _listed(nodes)
        return _called_otherwise(scene, nodes, bare)
    if not is_complete(new):
        home = named_file(work, clause)
        values = quoted_values(scene)
        if len(values) != 1:
            raise Unplaced(f"what `{new.text}` stands for is not said")
        return [replaced(values[0], inlined_call(work, bare, values[0], home))], "the code quoted"
    return None


_METHODS = re.compile(
    r"to(?:Sorted|Reversed|Spliced)|flatMap|replaceAll|findLast(?:Index)?|slice|at"
)
"""Methods that take the place of one that is called on the same value."""
_CONVERTS = re.compile(
    r"(?:String|Number|Boolean|BigInt|JSON\.stringify|encodeURI(?:Component)?|path\.(?:posix\.)?basename"
    r"|os\.path\.basename|str|int|repr|(?:[\w$]+\.)?(?:escape|sanitize|quote|encode|normali[sz]e)\w*)"
)
"""What makes another form of the one value that it is given."""


def _handed(quoted: Sequence[SgNode], new: Fragment) -> SgNode | None:
    """Return the one value that ``new`` converts and a quoted call is given beside others.

    ``put('width', box.width)`` is then called with the converted value; nothing else of it goes.
    """
    told = re.fullmatch(r"([\w$.]+)\((.+)\)", new.text, re.DOTALL)
    if told is None or not _CONVERTS.fullmatch(told[1]):
        return None
    values = []
    for call in quoted:
        held = arguments(call)
        if len(held) > 1 and not re.match(r"parse(?:Int|Float)$|int$", callee_text(call)):
            values += [one for one in held if squeezed(one.text()) == squeezed(told[2])]
    return values[0] if len(values) == 1 else None


def _refuse_other_arguments(scene: Scene, new: Fragment) -> None:
    """Raise ``Abstain`` in Go and Java, whose functions take just so many arguments of a type."""
    if scene.language.name in {"go", "java"}:
        raise Abstain(f"what `{new.bare}` is given is not said")


def call_of_owner(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str] | None:
    """Return the edit that calls ``owner.new`` where the evidence calls another of the owner."""
    name = new.bare
    owner = name.rpartition(".")[0]
    kin = [
        one
        for one in calls_in_quote(scene)
        if owner and callee_text(one).rpartition(".")[0] == owner and callee_text(one) != name
    ]  # fmt: skip
    if not kin:
        return None
    kin = _in_each(scene, kin, bound)
    _refuse_other_arguments(scene, new)
    nodes = _of_one_kind(pick(scene, kin, clause, f"a call of {owner}", bound))
    return _called_otherwise(scene, nodes, name)


def _in_each(scene: Scene, quoted: list[SgNode], bound: Sequence[SgNode]) -> list[SgNode]:
    """Return the quoted calls, with their likes where the text names several functions."""
    if len(bound) < 2 or len({callee_text(one) for one in quoted}) != 1:
        return quoted
    called = callee_text(quoted[0])
    calls = of_kinds(scene.root, scene.language.calls)
    return [
        one for one in calls if callee_text(one) == called and any(inside(one, at) for at in bound)
    ]


def _of_one_kind(calls: Sequence[SgNode]) -> Sequence[SgNode]:
    """Return calls of one function; raises ``Abstain`` where they are of several."""
    if len({callee_text(one) for one in calls}) > 1:
        raise Abstain(f"{_listed(calls)} are calls of several functions")
    return calls


def _listed(calls: Sequence[SgNode]) -> str:
    return ", ".join(dict.fromkeys(f"`{flat(one)}`" for one in calls))


def _called_otherwise(scene: Scene, calls: Sequence[SgNode], name: str) -> tuple[list[Edit], str]:
    """Return the edits that give calls another name; arguments that only the old one takes go."""
    edits = []
    for call in calls:
        old = callee_text(call).rpartition(".")[2]
        gone = _GONE_WITH.get((old, name.rpartition(".")[2]), set())
        drops = [one for one in arguments(call) if text_of(one.field("name")) in gone]
        edits += [callee_edit(call, callee_text(call), name)]
        edits += [drop_item(scene, one) for one in drops]
    return edits, _listed(calls)
