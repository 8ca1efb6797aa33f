"""Hold an edit against each of several things that a clause names: all of them, or no sure edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.counted import masked
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import calls_of
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import bearers, end, start

_NAMES = {Shape.NAME, Shape.CODE, Shape.CHAIN, Shape.STATEMENT, Shape.TEXT, Shape.NUMBER}
_TAIL = re.compile(
    r"⟦\d+⟧(?:\(\))?,?\s+(?:and|plus|as well as|(?:along|together) with)\s+(?P<behind>"
    r"(?:its|their|the|all|any)\s+(?:\w+\s+)?(?:siblings?|counterparts?|twins?|partners?|inverse"
    r"|companions?|mirrors?|opposite|others?|rest|like)\b(?!\s+⟦)|[\w$]+(?=\s*(?:[,.;:(]|$)))"
    r"|(?P<before>[\w$]+)\s+and\s+(?:the\s+)?⟦\d+⟧",
    re.IGNORECASE,
)
_WITH_IT = re.compile(
    r"\b(?:imports?|uses?|usages?|exports?|lines?|comments?|declarations?|definitions?|keep|it|them"
    r"|parameters?|arguments?|fields?|calls?|functions?|methods?|class(?:es)?|constants?|both|async"
    r"|statements?|guard|check|wrapper|block|branch|variable|null|true|false|await)\b",
    re.IGNORECASE,
)
"""What goes with a thing, or is a word of its kind, and no further thing."""
_TARGETS = ("to", "in", "on", "of", "from", "for")


def each_of(clause: Clause) -> list[Clause]:
    """Return a removal of several things as one clause for each; none where it is of one."""
    several = clause.object.codes
    if clause.verb is not Verb.REMOVE or len(several) < 2:
        return []
    clauses = []
    for code in several:
        told = replace(clause.object, codes=(code,))
        phrases = tuple(told if one is clause.object else one for one in clause.phrases)
        clauses.append(replace(clause, text=f"{clause.word} {code.text}", phrases=phrases))
    return clauses


def left_of(scene: Scene, clause: Clause, after: str) -> tuple[str, ...]:
    """Return which of several things that a clause takes away, renames or fits stays as it was."""
    texts = [
        one.text for one in _taken(clause) if one.shape in _NAMES and not _goes(scene, one, after)
    ]
    for phrase in clause.all_behind(*_TARGETS) if clause.verb in {Verb.ADD, Verb.SET} else ():
        if len(phrase.codes) > 1:
            texts += [one.text for one in phrase.codes if not _is_fitted(scene, one, after)]
    if clause.verb is Verb.REMOVE:
        tails = _TAIL.finditer(masked(clause.text, clause.codes))
        said = [one["behind"] or one["before"] for one in tails]
        texts += [
            one for one in said if not _WITH_IT.search(one) and not _is_gone(scene, one, after)
        ]
    return tuple(f"{one} is left as it is" for one in dict.fromkeys(texts))


def _taken(clause: Clause) -> Sequence[Fragment]:
    """Return the several things that must no longer stand there as they did."""
    if clause.verb in {Verb.REPLACE, Verb.RENAME}:  # a to b and c to d: c is one of them
        news = clause.all_behind("to", "with", "by")[:-1]
        more = [code for one in news for code in one.codes[1:]]
        if more:
            return [*clause.object.codes, *more]
    old = clause.behind(*INSTEAD)
    if clause.verb is Verb.EXTRACT:
        return _extracted(clause)
    if clause.verb in {Verb.REMOVE, Verb.REPLACE, Verb.RENAME}:
        old = clause.object
    elif clause.verb is not Verb.USE:
        return ()
    return old.codes if old is not None and len(old.codes) > 1 else ()


def _extracted(clause: Clause) -> Sequence[Fragment]:
    """Return the several things that get a name: not the name itself, nor what stands beside it."""
    if len(clause.object.codes) < 2 or _NAMED.search(masked(clause.text, clause.codes)):
        return ()
    return clause.object.codes


_NAMED = re.compile(
    r"^\s*(?:name|call)\s+(?:it|this|that)\b|⟦\d+⟧\s+(?:beside|next to|alongside|near)\s+⟦", re.I
)


def _goes(scene: Scene, code: Fragment, after: str) -> bool:
    """Tell whether less stands of a code than did: its declaration, where the file has one."""
    name = code.bare.strip("`").removesuffix("()")
    last = name.rpartition(".")[2]
    declared = (
        len(bearers(scene.root, last, scene.language)) if re.fullmatch(r"[\w$]+", last) else 0
    )
    if declared and "." not in name:
        return len(bearers(parse(scene.language, after), last, scene.language)) < declared
    return _count(after, name) < _count(scene.text, name)


def _is_gone(scene: Scene, said: str, after: str) -> bool:
    """Tell whether a plain word names something of the file that is declared no more."""
    words = said.split()
    declared = bearers(scene.root, words[-1], scene.language)
    return bool(declared) and len(
        bearers(parse(scene.language, after), words[-1], scene.language)
    ) < len(declared)


def _count(text: str, code: str) -> int:
    if re.fullmatch(r"[\w$.]+", code):
        return len(re.findall(rf"(?<![\w$]){re.escape(code)}(?![\w$])", text))
    plain, flat = (re.sub(r"\s+", "", one).replace('"', "'") for one in (code, text))
    return flat.count(plain)


def _is_fitted(scene: Scene, code: Fragment, after: str) -> bool:
    """Tell whether a line changes within what bears a name, or within a call of it."""
    name = code.bare.rpartition(".")[2]
    nodes = [*bearers(scene.root, name, scene.language), *calls_of(scene, code.bare)]
    if not nodes:
        return False
    spans = [(run.old_start, run.old_end) for run in line_runs(scene.text, after)]
    rows = [
        (scene.text.count("\n", 0, start(one)), scene.text.count("\n", 0, end(one)))
        for one in nodes
    ]
    return any(first <= b and a <= last for a, b in rows for first, last in spans
               if a <= last and first <= b + 1)  # fmt: skip
