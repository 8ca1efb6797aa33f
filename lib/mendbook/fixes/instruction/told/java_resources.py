"""A resource of Java that is to be opened in a ``try``: *and drop in.close()* says no more."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.operations.try_resource import opened_in_try
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work

_ASKED = re.compile(r"try[- ]with[- ]resources?|\btry\s*\((?:\.\.\.|…)?\)", re.IGNORECASE)
_WORDS = words(
    "open opened opening close closed closing block statement manage managed drop remove"
    " delete explicit manual call calls then instead rather than inside into move wrap wrapped"
    " hold resource stream reader writer connection file scanner itself so goes go can there"
)


def in_a_try(work: Work, ask: Ask) -> StepEdits | None:
    """*Open the reader in a try-with-resources block and drop in.close()*."""
    scene = work.scene
    if _ASKED.search(ask.unticked) is None:
        return None
    if re.match(r"(?:use|open)\b", ask.text, re.IGNORECASE) and "close" not in ask.unticked:
        return None  # the usual operation reads it
    variables = [
        one
        for home in around(scene)
        for one in of_kinds(home, ("local_variable_declaration",))
        if "=" in one.text() and "try" not in (one.parent() or one).kind()
    ]
    names = {_name(one): one for one in variables}
    plain = Ask(re.sub(_ASKED, " ", ask.text), ask.codes, ask.about)
    told = spoken(plain, lambda word: word in names)
    codes = [one for one in told.codes if _ASKED.search(one) is None]
    kinds = {text_of(one.field("type")).partition("<")[0] for one in variables}
    named = {re.sub(r"\.close\(\)$", "", one) for one in codes if one not in {"close()", *kinds}}
    if not told.only(ARTICLES, ORDERS, _WORDS) or named - set(names) or len(named) > 1:
        return None
    chosen = [names[one] for one in named] or [
        one
        for one in variables
        if touches_quote(scene, one) and _is_meant(one, set(codes), told.words)
    ]
    return opened_in_try(scene, chosen[0]) if len(chosen) == 1 else None


def _name(one: SgNode) -> str:
    declarator = next(
        (each for each in one.children() if each.kind() == "variable_declarator"), None
    )
    return text_of(declarator.field("name")) if declarator is not None else ""


def _is_meant(one: SgNode, kinds: set[str], words: tuple[str, ...]) -> bool:
    """Tell whether a variable is of a kind that is named, or may be closed at all."""
    kind = text_of(one.field("type")).partition("<")[0]
    if kind in kinds:
        return True
    parts = {part.lower() for part in re.findall(r"[A-Z][a-z]+", kind)}
    return bool(parts & set(words)) or bool(
        not kinds and parts & {"stream", "reader", "writer", "connection", "scanner", "statement"}
    )


JAVA_RESOURCES = (in_a_try,)
