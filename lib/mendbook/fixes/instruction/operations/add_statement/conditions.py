"""The condition that words say, in the language of the file."""

from __future__ import annotations

import ast

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.conditions import said_test
from mendbook.fixes.instruction.writing.editing import quoted_as_here


def condition_in_words(scene: Scene, said: Phrase) -> str | None:
    """Return the condition that a phrase tells, in the file's language; None without one."""
    if told := _comparison(scene, said):
        return told
    names = [one.text for one in said.codes] or identifiers(said, scene)[:1]
    if not names:
        return None
    text = names[0]
    words = [word for word in said.words if word not in {"the", "a", "an", text.lower()}]
    if not words and said.codes and said.codes[0].shape is not Shape.NAME:
        return quoted_as_here(scene, text)
    if len(names) != 1:
        return None
    if scene.language.python and not said.codes and (told := _python_condition(scene, said)):
        return told
    if tested := said_test(text, " ".join(words), scene.language.name):
        return tested
    if not words and said.codes:
        return text
    return None


def membership(scene: Scene, clause: Clause, said: Phrase) -> Phrase:
    """Return ``if x`` and ``in y`` behind it as the one test ``x in y``; else ``said``."""
    at = clause.phrases.index(said) + 1
    behind = clause.phrases[at] if at < len(clause.phrases) else None
    if behind is None or behind.preposition != "in" or not scene.language.python:
        return said
    left = [one.text for one in said.codes] or list(said.spelled)
    right = [one.text for one in behind.codes] or list(behind.spelled)
    deny = left[-1:] == ["not"]
    left = left[: len(left) - deny]
    if len(left) != 1 or len(right) != 1 or not scene.knows(right[0].split(".")[0]):
        return said
    test = f"{left[0]} {'not ' * deny}in {right[0]}"
    return Phrase(said.preposition, (), (Fragment(test, Shape.CODE, quoted=True),))


_COMPARED = {
    "is": "==", "equals": "==", "is equal": "==", "is not": "!=", "differs": "!=",
    "is greater": ">", "is larger": ">", "is more": ">", "exceeds": ">", "is less": "<",
    "is smaller": "<", "is longer": ">", "is shorter": "<", "is at least": ">=",
    "is at most": "<=",
}  # fmt: skip


def _comparison(scene: Scene, said: Phrase) -> str:
    """Return ``x is -1``, ``x exceeds LIMIT`` as a comparison; nothing for what is none."""
    if len(said.codes) != 2:
        return ""
    words = " ".join(one for one in said.words if one not in {"the", "a", "an", "than", "to"})
    mark = _COMPARED.get(words)
    if mark is None:
        return ""
    left, right = (one.text for one in said.codes)
    if mark in {"==", "!="}:
        if scene.language.python:
            mark = (
                mark if right not in {"None", "True", "False"} else f"is{' not' * (mark == '!=')}"
            )
        elif scene.language.script:
            mark += "="
    return f"{left} {mark} {quoted_as_here(scene, right)}"


def _python_condition(scene: Scene, said: Phrase) -> str:
    """Return a phrase that is an expression of Python as it stands: ``not rows``."""
    text = " ".join(said.spelled)
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return ""
    names = [one.id for one in ast.walk(tree) if isinstance(one, ast.Name)]
    return text if names and all(scene.knows(one) for one in names) else ""
