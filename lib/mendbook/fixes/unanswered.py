"""What the steps of a fix text name in code, and an edit neither finds nor writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.ledger import Account
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.verbs import Verb
from mendbook.text.plain import one_line
from mendbook.text.squeezed import flatten

_NO_CODE = {Shape.PATH, Shape.LINES, Shape.OPERATOR, Shape.NUMBER, Shape.TAG}
_CONTAINERS = {"list", "set", "dict", "tuple", "frozenset", "Set", "Map", "Array", "Object"}
"""Types of values that a literal makes as well, so that their names need not be written."""
_ANSWERING = {Verb.REMOVE, Verb.ADD, Verb.CALL, Verb.LOG, Verb.THROW, Verb.RENAME, Verb.MOVE}
_ANEW = {Verb.ADD, Verb.CALL, Verb.LOG, Verb.THROW, Verb.RETURN}
_WHOLE = {Shape.CODE, Shape.STATEMENT, Shape.CHAIN}
_WORD = re.compile(r"[A-Z]?[a-z]{3,}")
_SAYING = {"this", "that", "them", "then", "here", "there", "with", "from", "into", "each", "both"}
_STEM = 4


def unanswered(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return the steps of ``fix`` that an edit from ``before`` to ``after`` has not carried out.

    A step is open where code that it names stands neither there nor in what becomes of it, and
    where it is a second one, in words only, of which the changed lines have none.
    """
    reading = read(fix)
    old, new = flatten(before), flatten(after)
    open_: list[str] = []
    for clause in reading.clauses:
        lacks = [one.text for one in clause.codes if not _stands(one, old, new)]
        open_ += [f"`{one_line(one, 80)}` is not there" for one in lacks]
    for clause in reading.clauses[1:]:
        if clause.verb in _ANEW:
            wanted = [one for one in clause.codes if one.shape in _WHOLE and "(" in one.text]
            there = [one for one in wanted if _stands(one, old, new)]
            stale = [one.text for one in there if not _grows(one, old, new)]
            open_ += [f"`{one_line(one, 80)}` is not written anew" for one in stale]
    rows = "\n".join(set(after.split("\n")) ^ set(before.split("\n")))
    for told in reading.ledger:
        named = [one.bare.strip(".") for one in told.codes if one.shape not in _NO_CODE]
        choice = re.search(r"\bor\b", told.text) is not None
        if told.account is Account.OPEN and not choice and not all(one in rows for one in named):
            open_.append(one_line(told.text, 80))
    changed = set(_changed(before, after))
    for clause in reading.clauses[1:]:
        if clause.codes or clause.verb not in _ANSWERING:
            continue
        words = set(_words(clause))
        if words and not words & changed:
            open_.append(one_line(clause.text, 80))
    return tuple(dict.fromkeys(open_))


def _grows(code: Fragment, old: str, new: str) -> bool:
    """Tell whether a piece of code is written, or is what goes."""
    text = re.split(r"\.\.\.|…", code.text)[0].removesuffix("()").rstrip(" (,;")
    wanted = flatten(text)
    return not wanted or new.count(wanted) != old.count(wanted)


def _stands(code: Fragment, old: str, new: str) -> bool:
    if code.shape in _NO_CODE or code.text == ".of":  # of ``for...of``
        return True
    text = re.split(r"\.\.\.|…", code.text)[0]
    if text != code.text or text.endswith("()"):
        text = text.removesuffix("()").rstrip(" (,")
    text = re.sub(r"^(?:await|new|return)\s+|<[\w\s,<>]*>$", "", text).strip(" ;:")
    if code.shape is Shape.NAME and not code.text.startswith("."):
        text = text.rpartition(".")[2]  # a member stands below its owner, and not beside it
    wanted = flatten(text)
    return not wanted or text in _CONTAINERS or wanted in old or wanted in new


def _words(clause: Clause) -> Iterator[str]:
    for phrase in clause.phrases:
        for word in phrase.words:
            if len(word) >= _STEM and word not in _SAYING:
                yield word[:_STEM]


def _changed(before: str, after: str) -> Iterator[str]:
    old, new = before.split("\n"), after.split("\n")
    for line in [*(set(old) - set(new)), *(set(new) - set(old))]:
        for word in _WORD.findall(line):
            yield word.lower()[:_STEM]
