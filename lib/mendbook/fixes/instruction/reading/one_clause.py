"""One part of a sentence as a clause: its verb, and the phrases around it."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.parts import SUBJECT
from mendbook.fixes.instruction.reading.phrases import PLACES, phrases_of
from mendbook.fixes.instruction.reading.remarks import is_remark
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.ledger import unmasked
from mendbook.fixes.instruction.sentences.verbs import ADVERBS, Verb, verb_of
from mendbook.text.word_forms import verbs_of_participle


def clause_of(part: str, codes: tuple[Fragment, ...]) -> Clause | None:
    """Return one part of a sentence as a clause; None for one that tells nothing to do."""
    part = part.strip(" ,.")
    written = unmasked(part, codes)
    if not part or is_remark(part):
        return None
    lead: list[Phrase] = []
    opening = re.match(
        rf"^(?P<place>(?:{PLACES})\b[^,:]*?)[,:]\s+(?P<rest>.+)$", part, re.IGNORECASE | re.DOTALL
    )
    if opening is not None:
        lead = phrases_of(opening["place"], codes)
        part = opening["rest"]
    active = re.match(r"^(⟦\d+⟧|[\w$]+)\s+(?:should|must|needs to|ought to)\s+([a-z]+)\b", part)
    if active is not None and active[2] not in {"be", "become", "have", "use", "not"}:
        done = verb_of(active[2])
        if done is None:
            return None
        behind = [*phrases_of(part[active.end() :], codes), *phrases_of(f"in {active[1]}", codes)]
        return Clause(written, done, active[2], (*lead, *behind))
    subject = SUBJECT.match(part)
    if subject is not None:
        return _told(subject, part, codes, written, lead)
    words = list(re.finditer(r"⟦\d+⟧|[\w'’/-]+|[^\s\w]", part))
    at = 0
    while at < len(words) and words[at][0].lower() in ADVERBS:
        at += 1
    if at >= len(words):
        return None
    first = words[at][0]
    rest = part[words[at].start() :]
    if (passing := re.match(r"(⟦\d+⟧)\s+(passes|calls|returns)\b", rest)) is not None:
        phrases = (
            *phrases_of(rest[passing.end() :], codes),
            *phrases_of(f"in {passing[1]}", codes),
        )
        return Clause(written, verb_of(passing[2].rstrip("es")) or Verb.ADD, passing[2], phrases)
    if first.startswith("⟦"):
        code = codes[int(first[1:-1])]
        verb = Verb.CODE
        word = ""
        if re.match(r"(?:return|throw|raise)\b", code.text) and code.shape is Shape.STATEMENT:
            verb = Verb.RETURN if code.text.startswith("return") else Verb.THROW
        return Clause(written, verb, word, (*lead, *phrases_of(rest, codes)))
    clause_verb = verb_of(first)
    body = rest[len(first) :]
    means = re.match(
        r"\s+(?:it|them|this|these|that|the [\w-]+|⟦\d+⟧)?\s*(?:instead\s+)?"
        r"(?:with|using|via|from|through|by calling|by)\s+(?:the environment\s*(?:with|:|,)?\s*)?"
        r"(?P<code>⟦\d+⟧.*)$",
        body,
        re.DOTALL,
    )
    unknown = clause_verb is None and first[0].isupper()
    if clause_verb is None and _SWAPS.match(body):
        behind = phrases_of(body, codes)
        if behind and behind[0].preposition == "with":
            behind[0] = replace(behind[0], preposition="")
        return Clause(written, Verb.USE, first.lower(), (*lead, *behind))
    if means is not None and (unknown or first.lower() in {"read", "create", "build"}):
        behind = phrases_of(means["code"], codes)
        merged = replace(behind[0], words=("it", *behind[0].words))
        return Clause(written, Verb.USE, first.lower(), (*lead, merged, *behind[1:]))
    if clause_verb is None:
        return None
    if first.lower() == "raise" and re.match(r"[^,]*\s(?:to|from)\s", body):
        clause_verb = Verb.REPLACE
    if clause_verb is Verb.CONSIDER:
        inner = re.match(r"\s+([\w-]+ing)\b", body)
        told = verb_of(inner[1]) if inner else None
        if inner is None or told in {None, Verb.CONSIDER}:
            return Clause(written, Verb.CONSIDER, first.lower(), tuple(phrases_of(body, codes)))
        clause_verb, first, body = told or clause_verb, inner[1], body[inner.end() :]
    behind = phrases_of(body, codes)
    given = _given(first, behind)
    if clause_verb is Verb.WRAP and given is not behind:
        clause_verb, first = Verb.ADD, "pass"
    return Clause(written, clause_verb, first.lower(), (*lead, *given))


_SWAPS = re.compile(
    r"\s+(?:an?\s+|the\s+|with\s+(?:an?\s+)?)?⟦\d+⟧\s+(?:\w+\s+)?"
    r"(?:instead of|rather than|in place of)\s"
)


def _given(verb: str, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases of ``extend A with B`` as those of ``add B to A``."""
    what = next((at for at, one in enumerate(phrases) if one.preposition == "with"), None)
    target = next((at for at, one in enumerate(phrases) if not one.preposition), None)
    if what is None or target is None or not phrases[what].codes:
        return phrases
    swaps = verb.lower() in {"extend", "augment", "equip", "complement", "supplement"}
    shapes = {one.shape for one in phrases[what].codes}
    held = {one.shape for one in phrases[target].codes}
    gives = verb.lower() in {
        "provide",
        "supply",
        "call",
        "invoke",
        "configure",
        "run",
        "open",
        "create",
        "construct",
        "build",
        "start",
    }
    blocks = any(one.has("block", "statement", "manager") for one in phrases)
    if not swaps and not (
        gives and not blocks and shapes == {Shape.PAIR} and Shape.PAIR not in held
    ):
        return phrases
    given_phrases = list(phrases)
    given_phrases[what] = replace(phrases[what], preposition="")
    given_phrases[target] = replace(phrases[target], preposition="to")
    return [given_phrases[what], *(one for at, one in enumerate(given_phrases) if at != what)]


def _told(
    subject: re.Match[str],
    part: str,
    codes: tuple[Fragment, ...],
    written: str,
    lead: list[Phrase],
) -> Clause:
    """Return ``X becomes Y`` and ``X gets Y`` as a clause about X."""
    about = phrases_of(subject["subject"], codes)
    rest = phrases_of(part[subject.end() :], codes)
    word = subject["verb"].lower()
    passive = re.match(r"[a-z]+", part[subject.end() :])
    if passive is not None and word.endswith(" be") and (told := _passive(passive[0])):
        behind = phrases_of(part[subject.end() + passive.end() :], codes)
        return Clause(written, told[1], told[0], (*lead, *about, *behind))
    named = [replace(one, preposition="of") for one in about]
    verb = Verb.ADD if word in {"gets", "needs", "should have"} else Verb.BECOME
    return Clause(written, verb, word, (*lead, *rest, *named))


def _passive(word: str) -> tuple[str, Verb] | None:
    """Return the verb that a participle is of: ``awaited``, ``dropped``, ``removed``."""
    for told in verbs_of_participle(word):
        if (verb := verb_of(told)) is not None:
            return told, verb
    return None
