"""Put code that is written out whole in the place of the one piece of the evidence it mends.

A fix text often gives the line as it should read: the same call with other arguments, the same
variable with another value, the same ``if`` with another test. What is written out says all that
the words around it say, so the words are not needed to find the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.counterpart.calls import call_for, chain_for, method_for
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.operations.counterpart.quoted_code import write_over
from mendbook.fixes.instruction.operations.counterpart.statements import (
    assignment_for,
    exit_for,
    mutation_for,
    parameter_for,
)
from mendbook.fixes.instruction.operations.counterpart.tested import comparison_for, test_for
from mendbook.fixes.instruction.operations.mutable_default import is_mutable_default
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.sentences.clauses import Clause, Reading
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import field, same, squeezed
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_VERBS = {
    Verb.USE, Verb.REPLACE, Verb.CODE, Verb.GUARD, Verb.SET, Verb.RETURN, Verb.THROW, Verb.CALL,
    Verb.BECOME, Verb.UPDATE, Verb.MARK, Verb.DEFAULT,
    Verb.DECLARE,
}  # fmt: skip
_ELSEWHERE = {
    "before", "after", "above", "below", "ahead of", "prior to", "in front of", "when", "whenever",
    "unless", "if", "while", "behind", "around", "at the top of", "at the end of",
    "at the start of", "at the beginning of",
}  # fmt: skip
_MORE = re.compile(
    r"\b(?:early|also|both|every(?:where)?|each|all|occurrences?|uses|and then|as well|too|first"
    r"|second|another|further|additional|extra|follows?|precedes?|next"
    r"|e\.g\.|for example|such as|something like|or similar|either)\b|\.\.\.(?=\s*$)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:before|after|behind|above|below|beside|follow|not|never|may|might|could|would)\b", re.I
)
"""Words of a sentence without a known verb by which its code goes over nothing."""
_WHOLE = {"loop", "block", "if/else", "branch", "body", "statements", "lines"}
"""What is more than the one piece that written code has a counterpart of."""


def written_out(work: Work, reading: Reading) -> StepEdits | None:
    """Return the edit that writes the text's code over its counterpart; None where there is none.

    All code of the text must be that code, a part of it, or a part of what it replaces.
    """
    text = work.task.finding.fix
    if _MORE.search(re.sub(r"`[^`]*`", "", text)) or not work.scene.quotes:
        return None
    if len(reading.clauses) + len(reading.unread) != 1 or not _fits(reading.clauses):
        return None
    if any(_BESIDE.search(scan(one)[0]) for one in reading.unread):
        return None
    if any(_WHOLE.intersection(one.words) for one in reading.clauses):
        return None
    word = _exit_word(work.scene, reading.clauses)
    counterparts = [
        (code, node, edit)
        for code in reading.codes
        if not work.scene.is_about(code.text)
        and (hit := _counterpart(work.scene, code, reading, word)) is not None
        for node, edit in (hit,)
    ]
    if len(counterparts) != 1:
        return None
    code, node, edit = counterparts[0]
    if is_mutable_default(node) and code.value == "None":
        return None
    adds, removes = claims(work.scene.language, node.text(), edit.text)
    others = [
        one.text
        for one in reading.codes
        if one is not code and not any(one.text in remark for remark in reading.remarks)
    ]
    if not all(_is_part(one, code.text, node.text()) for one in others):
        return None
    return StepEdits(
        Operation.REPLACE,
        f"write `{_short(code.text)}` for `{_short(node.text())}`",
        edits_in(work.scene, [edit]),
        adds=adds,
        removes=removes,
    )


def _exit_word(scene: Scene, clauses: Sequence[Clause]) -> str:
    """Return the statement that a bare value stands for: ``raise X`` for *raise an X*."""
    verb = clauses[0].verb if clauses else None
    if verb is Verb.THROW:
        return "raise " if scene.language.python else "throw "
    return ""


def _fits(clauses: Sequence[Clause]) -> bool:
    return all(
        (one.verb in _VERBS or (one.verb is Verb.ADD and _only_announces(one)))
        and not any(phrase.preposition in _ELSEWHERE for phrase in one.phrases)
        for one in clauses
    )


def _only_announces(clause: Clause) -> bool:
    """Tell whether a clause names its code behind a colon only: *give it a message: raise …*."""
    return not clause.object.codes and clause.behind(":") is not None


def _is_part(text: str, new: str, old: str) -> bool:
    """Tell whether a fragment only names what stands in the new code or in the old."""
    bare = squeezed(text).strip("()").rstrip(".")
    return bool(bare) and (bare in squeezed(new) or bare in squeezed(old))


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) < 70 else flat[:69] + "…"


_OVER = re.compile(
    r"\b(?:instead|rather|in\s+place|replac\w*|swap\w*|chang\w*|switch\w*|becomes?|not\s+(?:the\s+)?⟦\d+⟧|turn\w*"
    r"|convert\w*)(?!\w)|→|->",
    re.IGNORECASE,
)
_HUNG_ON = re.compile(
    r"\b(?:needs?|wants?|lacks?|miss(?:es|ing)?|carr(?:y|ies)|has|have|gets?|takes?|hang\w*|append\w*"
    r"|chain\w*|add\w*)\b",
    re.IGNORECASE,
)
_ON_PROMISES = re.compile(r"\.(?:then|catch|finally)\(")


def _goes_over(link: str, text: str) -> bool:
    """Tell whether a text has a link go over another one: *it needs `.catch(f)`* hangs one on."""
    words = re.sub(r"`[^`]*`", "", scan(text)[0])
    if _OVER.search(words):
        return True
    return not _ON_PROMISES.match(link) and not _HUNG_ON.search(words)


def _counterpart(
    scene: Scene, code: Fragment, reading: Reading, word: str
) -> tuple[SgNode, Edit] | None:
    """Return what ``code`` is another form of, and the edit that writes it there."""
    text = code.text.strip().rstrip(";")
    if code.shape is Shape.PAIR:
        return parameter_for(scene, text)
    others = [one for one in reading.codes if one is not code]
    if code.shape is Shape.CHAIN and not _goes_over(code.text, scene.task.finding.fix):
        return None
    if (counterpart := method_for(scene, text, others)) is not None:
        return counterpart
    if word and re.match(r"(?:new\s+)?[A-Z][\w.]*\(", text):
        text = word + text
    if (
        "..." in re.sub(r"\.\.\.(?=[\w$\[({])", "", text)
        or "…" in text
        or (code.shape in _NO_CODE and "?." not in text[1:])
    ):
        return None
    for form in _FORMS:
        counterpart = form(scene, text)
        if counterpart is not None:
            return counterpart
    return None


_NO_CODE = {Shape.NAME, Shape.NUMBER, Shape.TEXT, Shape.OPERATOR, Shape.PATH, Shape.LINES,
            Shape.TAG, Shape.DECORATOR, Shape.CHAIN, Shape.PAIR}  # fmt: skip


def _around(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``f(x)``: the ``x`` that the evidence reads bare, handed to ``f``."""
    head = re.fullmatch(r"([A-Za-z_$][\w$.]*)\(([\w$.]+)\)", text)
    if head is None or re.fullmatch(r"[\d.]+", head[2]):
        return None
    values = [
        one for one in same_code(scene, head[2]) if begins_in_quote(scene, one) and _is_read(one)
    ]
    if len(values) != 1:
        return None
    return write_over(scene, values[0], text)


_READERS = {"binary_expression", "template_substitution", "interpolation", "comparison_operator",
            "binary_operator", "pair", "keyword_argument", "return_statement"}  # fmt: skip


def _is_read(node: SgNode) -> bool:
    """Tell whether a node is an operand, a part of a text, or the value of a pair."""
    holder = node.parent()
    if holder is None or holder.kind() not in _READERS:
        return False
    key = field(holder, "key", "name")
    return key is None or not same(key, node)


_FORMS: tuple[Callable[[Scene, str], tuple[SgNode, Edit] | None], ...] = (
    test_for,
    exit_for,
    parameter_for,
    assignment_for,
    chain_for,
    mutation_for,
    comparison_for,
    call_for,
    _around,
)
