"""Write the code that a text ends in over the quoted code that it is a small change of.

*Keep the status: `a || (b ? c : d)`* tells in words why, and in code what the place should read. It
is meant for the one piece of the evidence that it changes least, if it changes that one little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.alike.parsed import one_statement
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.places.scene import Scene, at_quotes, begins_in_quote
from mendbook.fixes.instruction.places.targets import fragment_tokens
from mendbook.fixes.instruction.sentences.led_to import AWAY, BESIDE, IS_THERE, OPEN
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.instruction.tree.language import is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    end,
    field,
    inside,
    of_kinds,
    same,
    squeezed,
    start,
    tokens,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation
from mendbook.text.plain import one_line

_FORM = re.compile(
    r"(?P<told>[A-Z][^:]*?)\s*(?::|\b(?:as|like\s+this:?|so:))\s*⟦(?P<code>\d+)⟧"
    r"(?:\s+\((?P<import>⟦\d+⟧|import\s[^()]*)\))?"
    r"(?:\s+(?:for|in|of|on)\s+(?:the\s+)?(?P<place>⟦\d+⟧|\w+)(?:\s+(?:field|key|schema|function"
    r"|method|property|option))?)?"
    r"(?:(?:,\s+(?:so|because|since|as)\b|\s+so\s+that\b|\s+[–—-]\s)[^⟦]*)?",
    re.DOTALL,
)
_SENTENCES = re.compile(r"(?<=[.;!])\s+(?=\S)")
_KEPT, _ALIKE, _CLEARLY = 0.6, 0.6, 0.1
"""Least share of the old code that stays, least likeness, and by how much the nearest must lead."""
_FEWEST = 4
"""Fewer tokens are like too much."""
_HEADS = ("if_statement", "while_statement", "for_statement", "for_in_statement")


@dataclass(frozen=True, slots=True)
class _Near:
    """A piece of the quoted code, its end, and how like the new code it is."""

    node: SgNode
    last: int
    likeness: float


def nearest(work: Work) -> StepEdits | None:
    """Return the edit that writes a text's last code over what it changes least; None without one.

    The text is one sentence that ends in code behind a colon; others only say why.
    """
    scene = work.scene
    told = _told(work.task.finding.fix)
    if told is None or not scene.quotes:
        return None
    words, code, others, place = told
    return written_over(scene, words, code.text, others, place)


def written_over(
    scene: Scene, words: str, code: str, others: Sequence[Fragment] = (), place: str = ""
) -> StepEdits | None:
    """Return the edit that writes ``code`` over the one quoted piece that it changes least.

    ``words`` lead to it; ``others`` is code among them, each a part of the old or of the new.
    ``place`` names what holds the piece. None where no piece is clearly the nearest.
    """
    new = quoted_as_here(scene, code.strip().rstrip(";"))
    if len(fragment_tokens(new, scene.language)) < _FEWEST or re.search(
        r"…|\.\.\.(?![\w$\[({])", new
    ):
        return None
    piece = _nearest(scene, new, place)
    if piece is not None:
        piece = _with_its_cast(piece, new, words)
    if piece is None or not _may_stand_for(scene, words, piece, new):
        return None
    old = scene.text[start(piece.node) : piece.last]
    named = (squeezed(one.text).strip("()") for one in others)
    if not all(one in squeezed(new) or one in squeezed(old) for one in named):
        return None
    edit = _edit(piece, new)
    if not _reads_as(scene, edit, new):
        return None
    adds, removes = claims(scene.language, old, new)
    return StepEdits(
        Operation.REPLACE,
        f"write `{one_line(new, 70)}` for `{one_line(old, 70)}`",
        edits_in(scene, [edit]),
        adds=adds,
        removes=removes,
    )


def _told(fix: str) -> tuple[str, Fragment, list[Fragment], str] | None:
    """Return the words, the code that they end in, the code among them, and a place behind it."""
    masked, codes = scan(fix.strip())
    sentences = [one.strip(" .;!") for one in _SENTENCES.split(masked)]
    coded = [one for one in sentences if "⟦" in one]
    match = _FORM.fullmatch(coded[0]) if len(coded) == 1 else None
    if (
        match is None
        or OPEN.search(match["told"])
        or IS_THERE.match(match["told"])
        or not codes[int(match["code"])].quoted
    ):
        return None
    loads = match["import"] or "import"
    if loads.startswith("⟦") and not codes[int(loads[1:-1])].text.startswith("import"):
        return None
    if any(_tells(one) for one in sentences if one is not coded[0]):
        return None
    others = [codes[int(one)] for one in re.findall(r"⟦(\d+)⟧", match["told"])]
    place = match["place"] or ""
    if place.startswith("⟦"):
        place = codes[int(place[1:-1])].bare
    return match["told"], codes[int(match["code"])], others, place


def _tells(sentence: str) -> bool:
    """Tell whether a sentence without code may tell to do something, too."""
    first = re.match(r"[A-Za-z-]+", sentence)
    return first is not None and verb_of(first[0]) is not None


def _nearest(scene: Scene, new: str, place: str) -> _Near | None:
    """Return the one piece of the quoted code that ``new`` changes least, and little."""
    wanted = fragment_tokens(new, scene.language)
    pieces = sorted(
        (
            _Near(node, last, likeness)
            for node, last, spelled in _pieces(scene, new)
            if (likeness := _likeness(spelled, wanted)) >= _ALIKE
            and (not place or _is_of(scene, node, place))
        ),
        key=lambda one: (-one.likeness, start(one.node), -end(one.node)),
    )
    if not pieces:
        return None
    best = pieces[0]
    rivals = [one for one in pieces[1:] if not _is_nested(one.node, best.node)]
    clear = all(best.likeness - one.likeness > _CLEARLY for one in rivals)
    return best if clear and best.likeness < 1 else None


_READS = {"member_expression", "attribute", "non_null_expression", "selector_expression"}
_CASTS = {"as_expression", "satisfies_expression", "type_assertion"}
_SPEAKS_OF_CAST = re.compile(r"\b(?:casts?|casting|assertions?)\b", re.IGNORECASE)


def _with_its_cast(piece: _Near, new: str, words: str) -> _Near | None:
    """Return a piece with what is read of it that the new code reads too, and a cast spoken of.

    None where it is cast or read further in a way that would be left over.
    """
    node, names = piece.node, set(re.findall(r"[A-Za-z_$][\w$]*", new))
    while (holder := node.parent()) is not None and start(holder) == start(node):
        member = field(holder, "property", "attribute", "field")
        reads = holder.kind() in _READS and (member is None or member.text() in names)
        if not reads and not (holder.kind() in _CASTS and _SPEAKS_OF_CAST.search(words)):
            break
        node = holder
    above = node.parent()
    if above is not None and above.kind() in _CASTS and re.search(r"\s", new.strip()):
        return None
    if same(node, piece.node):
        return piece
    return replace(piece, node=node, last=end(node))


def _pieces(scene: Scene, new: str) -> Iterator[tuple[SgNode, int, tuple[str, ...]]]:
    """Yield what ``new`` could stand for in the quoted code: node, end, and tokens."""
    if new.endswith("{") or (scene.language.python and new.endswith(":")):
        for node in of_kinds(scene.root, _HEADS):
            body = field(node, "consequence", "body")
            if body is None or not _is_quoted(scene, node, start(body)):
                continue
            last = start(body) + (1 if new.endswith("{") else 0)
            head = scene.text[start(node) : last].rstrip()
            if head.endswith(new[-1]):
                yield node, start(node) + len(head), fragment_tokens(head, scene.language)
        return
    statement = one_statement(scene, new)
    plain = statement is None or statement.kind() == "expression_statement"
    kind = "" if statement is None or plain else statement.kind()
    for node in at_quotes(scene):
        if not node.is_named() or not _is_quoted(scene, node, end(node)):
            continue
        if node.kind() == kind or (plain and _is_expression(scene, node)):
            last = end(node) - (1 if node.text().endswith(";") else 0)
            yield node, last, tokens(node)


def _is_quoted(scene: Scene, node: SgNode, last: int) -> bool:
    """Tell whether code begins in what the evidence quotes, or holds all of it."""
    return begins_in_quote(scene, node) or any(
        start(node) <= begins and ends <= last for begins, ends in scene.quotes
    )


def _is_expression(scene: Scene, node: SgNode) -> bool:
    kind = node.kind()
    return kind in scene.language.calls or kind.endswith(
        ("_expression", "_operator", "expression_list", "call", "await", "comparison_operator")
    )


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """Return how like two rows of tokens are, 0 to 1; 0 where little of the old one stays."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    shared = sum(one.size for one in blocks)
    named = any(
        re.fullmatch(r"[A-Za-z_$][\w$]{2,}", old[at])
        for one in blocks
        for at in range(one.a, one.a + one.size)
    )
    if not old or not named or shared / len(old) < _KEPT:
        return 0.0
    return 2 * shared / (len(old) + len(new))


def _is_nested(one: SgNode, other: SgNode) -> bool:
    return inside(one, other) or inside(other, one)


def _is_of(scene: Scene, node: SgNode, place: str) -> bool:
    """Tell whether a node stands in a pair, a variable or a function that is called ``place``."""
    holders = scene.language.pairs | scene.language.functions | scene.language.assignments
    return any(
        one.kind() in holders
        and (label := field(one, "key", "name", "left")) is not None
        and label.text().strip("'\"") == place
        for one in node.ancestors()
    )


def _may_stand_for(scene: Scene, words: str, piece: _Near, new: str) -> bool:
    """Tell whether the words allow that ``new`` goes over the piece, and does not stand beside."""
    old, wanted = tokens(piece.node), fragment_tokens(new, scene.language)
    if piece.last < end(piece.node):
        old = fragment_tokens(scene.text[start(piece.node) : piece.last], scene.language)
    if BESIDE.search(words) and not _runs_through(old, wanted):
        return False
    if AWAY.match(words) and not _runs_through(wanted, old):
        return False
    calls = scene.language.calls
    first = next(iter(parse(scene.language, new).named_children()), None)
    while first is not None and first.kind() in {"expression_statement", "expression_list"}:
        first = next(iter(first.named_children()), None)
    if piece.node.kind() in calls and first is not None and first.kind() in calls:
        ours, theirs = (re.findall(r"[\w$]+", callee_text(one)) for one in (piece.node, first))
        alike = (ours[:1], ours[-1:]) == (theirs[:1], theirs[-1:])
        return alike or squeezed(piece.node.text()) in squeezed(new)
    return True


def _runs_through(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Tell whether all of ``inner`` stands in ``outer`` in its order, with more between."""
    rest = iter([one.replace("?.", ".") for one in outer])
    return all(one.replace("?.", ".") in rest for one in inner)


def _edit(piece: _Near, new: str) -> Edit:
    if piece.last == end(piece.node):
        return replaced(piece.node, new)
    return Edit(start(piece.node), piece.last, new)


def _reads_as(scene: Scene, edit: Edit, new: str) -> bool:
    """Tell whether the new code is one piece where it stands, and not parted by what is around."""
    text = apply(scene.text, [edit])
    if is_broken(scene.language, text):
        return False
    if new.endswith(("{", ":")):
        return True
    wanted = fragment_tokens(new, scene.language)
    root = parse(scene.language, text)
    return any(
        start(one) == edit.start and tokens(one) == wanted for one in walk(root) if one.is_named()
    )
