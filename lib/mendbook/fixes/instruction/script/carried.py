"""Carry out what a fix text asks for in the forms of words that are read here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from mendbook.fixes.instruction.places.counted import ordinals
from mendbook.fixes.instruction.rewording.marks import with_ticks
from mendbook.fixes.instruction.script.answers import ANSWERS
from mendbook.fixes.instruction.script.ask import ORDER, Ask, asks_of, whole_ask
from mendbook.fixes.instruction.script.async_forms import ASYNC_FORMS
from mendbook.fixes.instruction.script.attributes import ATTRIBUTES
from mendbook.fixes.instruction.script.calls import CALLS
from mendbook.fixes.instruction.script.comparisons import COMPARISONS
from mendbook.fixes.instruction.script.declared import DECLARED_ANEW
from mendbook.fixes.instruction.script.deep_copies import cloned
from mendbook.fixes.instruction.script.defaults_of import DEFAULTS_OF
from mendbook.fixes.instruction.script.effects import EFFECTS
from mendbook.fixes.instruction.script.elements import ELEMENT_FORMS
from mendbook.fixes.instruction.script.elements_apart import attributes_apart
from mendbook.fixes.instruction.script.enclosing import ENCLOSING
from mendbook.fixes.instruction.script.exits import EXITS
from mendbook.fixes.instruction.script.flattened import flattened
from mendbook.fixes.instruction.script.guards import GUARD_FORMS
from mendbook.fixes.instruction.script.hooks import HOOKS
from mendbook.fixes.instruction.script.imported import IMPORTS
from mendbook.fixes.instruction.script.lazy_loaded import lazily
from mendbook.fixes.instruction.script.logs import LOGS
from mendbook.fixes.instruction.script.lookups import LOOKUPS
from mendbook.fixes.instruction.script.loops import LOOPS
from mendbook.fixes.instruction.script.members import MEMBERS
from mendbook.fixes.instruction.script.modern import MODERN
from mendbook.fixes.instruction.script.orders.orders import ordered
from mendbook.fixes.instruction.script.orders.wording import order
from mendbook.fixes.instruction.script.placed import PLACED_FORMS
from mendbook.fixes.instruction.script.plain_words import PLAIN_WORDS, left_alone
from mendbook.fixes.instruction.script.roles.by_role import by_role
from mendbook.fixes.instruction.script.singles import SINGLES
from mendbook.fixes.instruction.script.told_places import TOLD_PLACES
from mendbook.fixes.instruction.script.transactions import in_transaction
from mendbook.fixes.instruction.script.typed import TYPES
from mendbook.fixes.instruction.script.values import VALUES
from mendbook.fixes.instruction.script.var_words import VAR_WORDS
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.instruction.work import StepEdits, Work

Form = Callable[[Work, Ask], StepEdits | None]
FORMS: tuple[Form, ...] = (
    *LOGS,
    *COMPARISONS,
    *HOOKS,
    *EFFECTS,
    *ATTRIBUTES,
    attributes_apart,
    *ELEMENT_FORMS,
    *EXITS,
    *PLAIN_WORDS,
    *TOLD_PLACES,
    *MODERN,
    cloned,
    lazily,
    in_transaction,
    *LOOKUPS,
    *MEMBERS,
    *SINGLES,
    *TYPES,
    *IMPORTS,
    *DECLARED_ANEW,
    *ASYNC_FORMS,
    *LOOPS,
    *ANSWERS,
    *GUARD_FORMS,
    *PLACED_FORMS,
    *CALLS,
    *VALUES,
    *DEFAULTS_OF,
    *ENCLOSING,
)
_CHOICE = re.compile(
    r"\b(?:or|either|alternatively|optionally|perhaps|maybe|unless|where\s+(?:needed|possible)"
    r"|as\s+(?:needed|appropriate)|and/or|not)\b|n't\b",
    re.IGNORECASE,
)
"""Words of a choice, or of what is not to be done."""


def carried(work: Work, forms: Sequence[Form], orders: bool = True) -> tuple[list[StepEdits], str]:
    """Return what the forms make of the text, and the sentences that none of them fits, as text.

    ``orders``: the orders of scripts are asked before the forms. Nothing is made where the text
    counts places. A form raises ``Abstain`` where it is asked for and may not be carried out.
    """
    text = work.task.finding.fix
    asks = list(asks_of(text))
    if not asks and not work.scene.language.script and _ORDERS_TOO.match(text):
        asks = [whole_ask(text)]
    orders = orders and work.scene.language.script
    if orders and (told := by_role(work, order(whole_ask(text)))) is not None:
        return [told], ""
    if any(ordinals(one.written) for one in asks):
        return [], text
    if orders and "\n" not in text.strip():
        whole = ordered(work, whole_ask(text))
        if whole is not None:
            return [whole], ""
    steps: list[StepEdits] = []
    rest: list[str] = []
    for ask in asks:
        for one in (
            (ask,) if (change := _first(work, ask, forms, orders)) is not None else _parts(ask)
        ):
            change = change if one is ask else _first(work, one, forms, orders)
            if change is not None:
                steps.append(change)
            else:
                rest.append(one.written)
    left = [one for one in rest if not _GOAL.fullmatch(one) and not _LEADS.fullmatch(one)]
    left = left if steps else rest
    return steps, ". ".join(left)


_ORDERS_TOO = re.compile(
    r"(?:send|gather|hold|let|take|read|protect|walk|cache|memoi[sz]e|process|start|back|ask|leave|look|publish"
    r"|fetch|save|count|sum|sort|group|notify)\s+(?!(?:is|are|was|has|can|may|will)\b)",
    re.IGNORECASE,
)
"""Verbs of a domain, or of everyday speech, that begin an order which is known by its code."""
_GOAL = re.compile(
    r"(?:(?:each|every|all|the|an?|this|such)\s+)?(?:<?/?[\w.]+>?\s+){1,4}(?:needs?|requires?|(?"
    r":should|must)\s+have)\s+"
    r"(?:(?:an?|its|their|the|own|unique|stable|accessible|explicit|proper)\s+)*[a-z]+(?:\s+"
    r"[a-z]+)?",
    re.IGNORECASE,
)
"""What must hold, in words alone: the sentence beside it says how."""
_LEADS = re.compile(r"(?:add|include|use|write)\s+[^`:]*:", re.IGNORECASE)
"""Words that lead to a block of code on lines of its own."""


def _first(work: Work, ask: Ask, forms: Sequence[Form], orders: bool) -> StepEdits | None:
    for by_use in (*VAR_WORDS, left_alone, flattened) if work.scene.language.script else ():
        if (change := by_use(work, ask)) is not None:
            return change
    if _is_example(ask):
        return None
    if orders and (change := ordered(work, ask)) is not None:
        return change
    if _CHOICE.search(ask.text):
        return None
    for form in forms:
        change = form(work, ask)
        if change is not None:
            return change
    return None


def _parts(ask: Ask) -> tuple[Ask, ...]:
    """Return the things that *do this and do that* asks for; the ask alone where it is one."""
    for joint in _JOINT.finditer(ask.text):
        word = re.match(r"[a-z]+", ask.text[joint.end() :])
        if word is not None and _tells(ask.text[joint.end() :], word[0]):
            first, second = ask.text[: joint.start()], ask.text[joint.end() :]
            return replace(ask, text=first.strip(" ,")), *_parts(replace(ask, text=second))
    return (ask,)


def _tells(rest: str, word: str) -> bool:
    """Tell whether words begin with a verb that tells to do something."""
    known = verb_of(word) is not None and not word.endswith("ing")
    return known or ORDER.match(rest) is not None


_EXAMPLE = re.compile(
    r"(?:something|anything|code)\s+like\b|(?:for\s+)?example\b|current(?:ly)?\b|today\b|existing\b"
    r"|before\b|now\b|was\b|instead\s+of\b",
    re.IGNORECASE,
)


def _is_example(ask: Ask) -> bool:
    """Tell whether the code is an example, or the code as it is: not what is asked for."""
    return any(_EXAMPLE.match(one) for one in (ask.about, ask.text)) and not re.match(
        r"instead\s+of\b.*,\s", ask.text, re.IGNORECASE
    )


_JOINT = re.compile(r",?\s+(?:and(?:\s+then)?|then)\s+(?:also\s+)?(?=[a-z])")


def plainly(text: str) -> str:
    """Return a text without its reasons and lead-ins; nothing where that leaves it as it was."""
    asks = list(asks_of(text))
    if any(_CHOICE.search(one.text) or _is_example(one) for one in asks):
        return ""
    said = ". ".join(with_ticks(one.text, one.codes) for one in asks)
    return said if said != text.strip().rstrip(".") else ""
