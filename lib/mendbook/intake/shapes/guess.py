"""Refuse a document in which no findings can be told, and say what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from mendbook.intake.check_audit import audit_problems
from mendbook.intake.faults import join
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document
from mendbook.intake.shapes.rows import has_words, likeness

_NEAREST = 2


def refuse_shape(document: Document) -> NoReturn:
    """Raise the refusal of ``document``: what is wrong with it as an audit, or what it may be."""
    data = document.data
    findings = data.get("findings") if isinstance(data, dict) else None
    objects = findings if isinstance(findings, list) else []
    other = bool(objects) and all(isinstance(one, dict) and likeness(one) < 2 for one in objects)
    if isinstance(data, dict) and "findings" in data and not other:
        for problem in audit_problems(document.path, data):
            raise problem.refusal()
    guesses = list(_guesses(data))[:_NEAREST]
    what = "no findings can be told in it"
    if guesses:
        what += f"; nearest are {' and '.join(guesses)}"
    elif not isinstance(data, dict | list):
        what += ": it holds a single value"
    remedy = (
        "mendbook intake FILE --write-map map.yaml writes a map for --map;"
        ' {"findings": [{"id": …, "severity": …, "problem": …}]} is always read'
    )
    raise Problem(document.path, "", what, remedy).refusal()


def nearest(data: object) -> tuple[str, list[dict[str, Any]]]:
    """Return the path and the objects of the list that looks most like findings; else nothing."""
    nearest_list = max(_lists(data, ""), key=lambda entry: entry[0], default=(0.0, "", []))
    return re.sub(r"\[\d+\]", "[]", nearest_list[1]), nearest_list[2]


def _guesses(data: object) -> Iterator[str]:
    ranked_lists = sorted(_lists(data, ""), key=lambda entry: -entry[0])
    for _, path, items in ranked_lists:
        lacks = []
        if not any(map(has_words, items)):
            lacks.append("no words that say what is wrong")
        if max(map(likeness, items)) < 4:
            lacks.append("neither a severity nor a place that can be told")
        why = " and ".join(lacks) or "too little that a finding holds"
        yield f"{path or 'the document'} ({len(items)} objects, {why})"


def _lists(node: Any, path: str) -> Iterator[tuple[float, str, list[dict[str, Any]]]]:  # noqa: ANN401
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _lists(value, join(path, key))
        values = list(node.values())
        if len(values) > 1 and all(isinstance(value, dict) for value in values):
            yield sum(map(likeness, values)) / len(values), f"{path}.*", values
    elif isinstance(node, list):
        objects = [item for item in node if isinstance(item, dict)]
        if objects:
            yield sum(map(likeness, objects)) / len(objects), f"{path}[]", objects
        for index, item in enumerate(node):
            yield from _lists(item, join(path, index))
