"""Choose the one of several equal places that a text counts to: *the second*, *the last*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ast_grep_py import SgNode

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.places.targets import calls_of, same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, start
from mendbook.fixes.instruction.work import StepEdits

_COUNTS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "last": -1, "final": -1,
}  # fmt: skip
_UNTOLD = ("other", "others", "former", "latter", "remaining", "next", "previous", "rest")
_ALONE = ("one", "only", "single")
_ORDINAL = "|".join((*_COUNTS, *_UNTOLD))
_PLACE = r"(?:occurrence|instance|mention|appearance|one|place|position|spot|time)s?"
_NOUN = rf"(?:{_PLACE}|(?:usage|use|copy|call)s?)"
_SAID = re.compile(
    r"\b(?:"
    rf"(?:the|its|that|this|only|just|each|every)\s+(?:very\s+)?(?P<told>{_ORDINAL})\b"
    rf"|(?P<bare>{_ORDINAL})(?=\s+(?:{_NOUN}\b|⟦))"
    rf"|(?:the|that)\s+(?P<alone>{'|'.join(_ALONE)})(?=\s+⟦)|(?P<sole>only)\s+the(?=\s+⟦))(?!-)"
    r"(?!\s+(?:parameter|argument|param|arg|line|of all)s?\b)"
    rf"(?:\s+(?P<noun>{_NOUN})\b)?(?:\s+of)?(?:\s+the)?(?:\s+⟦(?P<code>\d+)⟧"
    r"(?P<called>\s+call\b)?)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"\b(?:{_ORDINAL})\s+(?:{_NOUN}\b|⟦)", re.IGNORECASE)
_PLACED = re.compile(r"\s+(?:statement|line|step|check|guard|test|thing)\b")
_IS_PLACED = re.compile(r"\b(?:come|run|stand)\s+$", re.IGNORECASE)
_AS = re.compile(r"\b(?:as|be|come|run|stand)\s+(?:the\s+)?(?:very\s+)?$", re.IGNORECASE)
_PARTED = re.compile(
    r"\b(?:all|everything)\s+but\b|\bexcept\s+(?:for\s+)?the\b|\b(?:second|next)[- ]to[- ]last\b"
    r"|\b(?:first|last)\s+(?:two|three|four|few|\d+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place that a clause counts to, and the equal ones that it passes over."""

    node: SgNode | None
    """None where what is counted is not said in code: the evidence alone shows it."""
    others: tuple[SgNode, ...] = ()


_LIKE = r"\b(?:like|as|than)\s+(?:(?:in|on|for|with|by|to|at)\s+)?$"


def ordinals(text: str) -> list[str]:
    """Return the words of a fix text, its code aside, that count to one of several places."""
    masked, _ = scan(text)
    said = [_word(one) for one in _spoken(masked)]
    return said + [one[0].lower() for one in _PARTED.finditer(masked)]


def _spoken(masked: str) -> list[re.Match[str]]:
    """Return what is counted in a masked text.

    *Like the others* counts to none, *as the first statement* says where something goes, *first A,
    then B* tells an order, and *merge the second into the first* means both.
    """
    matches = []
    for one in _SAID.finditer(masked):
        before, behind = masked[: one.start()], masked[one.end() :]
        likened = _word(one) in _UNTOLD and re.search(_LIKE, before)
        goes = _AS.search(before) and (_PLACED.match(behind) or _IS_PLACED.search(before))
        joined = re.search(r"\b(?:merge|combine|join|fold)\b[^.;]*$", before, re.IGNORECASE)
        beside = _word(one) == "rest" and re.search(r"\b(?:with|beside|next to)\s+$", before)
        leads = not before.strip() and re.search(r"[,;]\s+(?:and\s+)?(?:only\s+)?then\b", behind)
        if not likened and not goes and not joined and not beside and not leads:
            matches.append(one)
    return matches


def _word(said: re.Match[str]) -> str:
    return next(one for one in said.group("told", "bare", "alone", "sole") if one).lower()


def counts_beside(text: str, codes: Sequence[Fragment]) -> bool:
    """Tell whether a sentence beside the steps speaks of one of several places by its number."""
    return _BESIDE.search(masked(text, codes)) is not None


def chosen(scene: Scene, clause: Clause) -> Chosen | None:
    """Return the place that a clause counts to; None where it does not count.

    Raises ``Abstain`` where it counts, and which place it comes to is not certain.
    """
    codes = clause.codes
    told = masked(clause.text, codes)
    matches = _spoken(told)
    if clause.verb in {Verb.ADD, Verb.MOVE, Verb.CALL}:  # as the first handler: where it goes
        matches = [one for one in matches if not told[: one.start()].lower().endswith("as ")]
    if _PARTED.search(told) or len(matches) > 1:
        raise Abstain("the text counts several places, and which ones it means is not certain")
    if not matches:
        return None
    said = matches[0]
    word = _word(said)
    if word not in {*_COUNTS, *_ALONE}:
        raise Abstain(f"which of several places `the {word}` is, is not told")
    code = codes[int(said["code"])] if said["code"] else _counted(clause, said["noun"])
    if code is None:
        if not scene.quotes or told[: said.start()].lower().endswith("as "):
            raise Abstain(f"what is counted by `the {word}` is not said in code")
        return Chosen(None)
    is_call = bool(said["called"]) or (said["noun"] or "").startswith("call")
    places = _places(scene, code, is_call)
    return _nth(scene, clause, code, places, word)


def narrowed(scene: Scene, clause: Clause, one: Chosen) -> tuple[Scene, Clause]:
    """Return the scene with that place as its quote, and the clause without the count."""
    spot = scene
    if one.node is not None:
        spot = replace(scene, quotes=((start(one.node), end(one.node)),), parts=1, lines=None)
    words = {*_COUNTS, "only", "just", "occurrence", "instance", "mention", "appearance"}
    phrases = tuple(
        replace(
            each,
            words=tuple(word for word in each.words if word not in words),
            spelled=tuple(word for word in each.spelled if word.lower() not in words),
        )
        for each in clause.phrases
    )
    count = rf"\b(?:only\s+|just\s+)?the\s+(?:very\s+)?(?:{'|'.join(_COUNTS)})\b"
    return spot, replace(clause, text=re.sub(count, "the", clause.text), phrases=phrases)


_SINGLE = re.compile(
    r"\b(?:(?:one|single|another|duplicate|upper|lower|top|topmost|bottom|later|earlier|inner|outer"
    r"|innermost|outermost|middle|(?:seven|eigh|nin|ten|eleven|twelf)th|\d+(?:th|st|nd|rd))"
    r"(?= ⟦| one\b)|once(?=\s*(?:$|[,.]))|(?:first|second|third|last) line\b)",
    re.IGNORECASE,
)


def refuse_several(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise ``Abstain`` where equal places change, and a word tells that one of them is meant."""
    olds = [scene.text[edit.start : edit.end] for path, edit in step.edits if path == scene.path]
    olds = [one for one in olds if one.strip()]
    said = _SINGLE.search(masked(clause.text, clause.codes))
    if said is None or len(olds) == len(set(olds)):
        return
    raise Abstain(f"`{said[0].strip()}` tells that one of several equal places is meant")


def refuse_other(scene: Scene, clause: Clause, one: Chosen, step: StepEdits) -> None:
    """Raise ``Abstain`` where an edit touches another place than the one that is counted to."""
    spans = _reach(scene, clause, one)
    hit = False
    for path, edit in step.edits:
        touches = path == scene.path and any(
            edit.start <= last and first <= edit.end for first, last in spans
        )
        declares = edit.start == edit.end and clause.verb is Verb.EXTRACT
        if not touches and not declares:
            raise Abstain("the edit changes another place than the one the text counts to")
        if any(edit.start < end(each) and start(each) < edit.end for each in one.others):
            raise Abstain("the edit changes more places than the one the text counts to")
        hit = hit or touches
    olds = [scene.text[edit.start : edit.end] for _, edit in step.edits if edit.end > edit.start]
    if len(olds) != len(set(olds)):
        raise Abstain("the edit changes more places than the one the text counts to")
    if not hit:
        raise Abstain("the edit leaves the place that the text counts to as it is")


def _reach(scene: Scene, clause: Clause, one: Chosen) -> list[tuple[int, int]]:
    """Return where an edit of a place may lie: within it, or in its lines where it goes beside."""
    if one.node is None:
        return [_rows(scene, first, last) for first, last in scene.quotes]
    first, last = start(one.node), end(one.node)
    if not clause.behind("before", "after", "above", "below", "behind", "in front of", "around"):
        return [(first, last)]
    first, last = _rows(scene, first, last)
    if any(first <= start(each) < last for each in one.others):
        raise Abstain("equal places share the line that the text counts to")
    return [(first, last)]


def _rows(scene: Scene, first: int, last: int) -> tuple[int, int]:
    stop = scene.text.find("\n", last)
    return scene.text.rfind("\n", 0, first) + 1, len(scene.text) if stop < 0 else stop + 1


def _counted(clause: Clause, noun: str | None) -> Fragment | None:
    """Return what *the second one* is one of: what the clause takes away or acts on."""
    if noun is None or not re.fullmatch(_PLACE, noun.lower()):
        return None
    old = clause.behind(*INSTEAD)
    phrase = old or clause.object
    return phrase.codes[0] if len(phrase.codes) == 1 else None


def _places(scene: Scene, code: Fragment, is_call: bool) -> list[SgNode]:
    exact = same_code(scene, code.text)
    if code.shape in {Shape.TEXT, Shape.NUMBER}:
        return exact
    calls = calls_of(scene, code.bare)
    if is_call and not any(one.kind() in scene.language.calls for one in exact):
        return calls
    callees = {start(one) for one in calls}
    return calls if exact and {start(one) for one in exact} == callees else exact


def _nth(
    scene: Scene, clause: Clause, code: Fragment, places: Sequence[SgNode], word: str
) -> Chosen:
    """Return the place of that number in the function; the quotes must not tell of another."""
    ordered = sorted(places, key=start)
    inner = _within(scene, clause, code, ordered)
    if word in _ALONE:
        if len(inner) != 1:
            raise Abstain(f"`{code.text}` stands {len(inner)} times there, and one of it is meant")
        return Chosen(inner[0], tuple(one for one in ordered if start(one) != start(inner[0])))
    at = _COUNTS[word]
    if len(inner) < 2 or at >= len(inner):
        raise Abstain(
            f"`{code.text}` stands {len(inner)} times there; {word} is not one of several"
        )
    node = inner[at]
    quoted = [one for one in inner if begins_in_quote(scene, one)]
    if quoted and not begins_in_quote(scene, node):
        raise Abstain(f"the evidence quotes `{code.text}`, and not the {word} one")
    if len(quoted) > max(at, 1) and start(quoted[at]) != start(node):
        raise Abstain(f"the {word} `{code.text}` of the evidence is not that of the function")
    return Chosen(node, tuple(one for one in ordered if start(one) != start(node)))


def _within(scene: Scene, clause: Clause, code: Fragment, places: Sequence[SgNode]) -> list[SgNode]:
    """Return the places in what the clause names, else the finding's function, else the file."""
    if re.search(r"\b(?:file|module)\b", clause.text):
        return list(places)
    homes = scopes_in(scene, clause, skip=[code], words=False)
    homes = homes or list(scene.scopes) or around(scene)
    if len(homes) > 1:
        raise Abstain(f"in which of {len(homes)} places the text counts is not certain")
    if not homes:
        return list(places)
    first, last = start(homes[0]), end(homes[0])
    return [one for one in places if first <= start(one) and end(one) <= last]


def masked(text: str, codes: Sequence[Fragment]) -> str:
    """Return a text with each of its codes as a mark that gives its place in ``codes``."""
    for at, one in sorted(enumerate(codes), key=lambda each: -len(each[1].text)):
        spelled = re.escape(one.text)
        edge = r"(?<![\w$⟦])" if re.match(r"[\w$]", one.text) else ""
        stop = r"(?![\w$⟧])" if re.search(r"[\w$]$", one.text) else ""
        text = re.sub(rf"`?{edge}{spelled}{stop}`?", f"⟦{at}⟧", text)
    return text
