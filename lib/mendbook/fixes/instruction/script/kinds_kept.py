"""Values of a script that an edit would make another kind of thing, or set for every case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.unused_names import unread_name
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import callee_text, name_of, of_kinds, value_of
from mendbook.fixes.task import Task

_MADE = {"call_expression", "new_expression", "await_expression"}
_FLAGS = {"true", "false"}
_PLAIN = {"number", "string", "null", "undefined", *_FLAGS}
_ANEW = re.compile(
    r"\b(?:instead|replac\w*|rather\s+than|in\s+place\s+of|in-?lin\w*|hard-?cod\w*|constant"
    r"|literal|"
    r"drop|remov\w*|becomes?|simplif\w*|directly)\b",
    re.IGNORECASE,
)
_SOMETIMES = re.compile(
    r"\b(?:in|for|outside(?:\s+of)?|during)\s+(?:production|development|dev|prod|staging|ci)\b"
    r"|\bonly\s+(?:in|for|when|if|where)\b",
    re.IGNORECASE,
)
_TESTED = re.compile(r"\bif\b|\?|&&|\|\||NODE_ENV|import\.meta|process\.env|\bDEV\b|\bPROD\b")


def refuse_other_kind(task: Task, path: str, before: str, after: str) -> None:
    """Raise ``Abstain`` where a plain value would stand for a call, or for another kind of value.

    What is to hold in some cases only may not be set for all of them.
    """
    language = language_of(path)
    if language is None or not language.script:
        return
    fix = task.finding.fix
    if unread := unread_name(fix, parse(language, before), parse(language, after)):
        raise Abstain(unread)
    old, new = _values(parse(language, before)), _values(parse(language, after))
    for name, value in new.items():
        was = old.get(name)
        if was is None or was.text() == value.text() or value.kind() not in _PLAIN:
            continue
        _refuse_made(fix, name, was, value)
        _refuse_other_way(fix, name, was.text(), value.text())
        kinds = {was.kind(), value.kind()}
        if "number" in kinds and kinds & _FLAGS and value.text() not in fix.split():
            raise Abstain(f"{name} is {was.text()}, and {value.text()} is of another kind")
        if was.kind() in _FLAGS and value.kind() == "number":
            raise Abstain(f"{name} is {was.text()}, and {value.text()} is of another kind")
        told = _SOMETIMES.search(fix)
        if told is not None and was.kind() in _PLAIN and not _TESTED.search(value.text()):
            raise Abstain(f"{name} would be {value.text()} always, and not {told[0]}")


_DOWN = re.compile(r"^\W*(?:lower|reduce|decrease|cut|shorten|shrink)\b", re.IGNORECASE)
_UP = re.compile(r"^\W*(?:raise|increase|extend|double|enlarge|lengthen)\b", re.IGNORECASE)


def _refuse_other_way(fix: str, name: str, was: str, value: str) -> None:
    """Raise ``Abstain`` where a number that is to fall would rise, or the other way round."""
    if not all(re.fullmatch(r"\d[\d_]*(?:\.\d+)?", one) for one in (was, value)):
        return
    old, new = (float(one.replace("_", "")) for one in (was, value))
    if (_DOWN.match(fix) and new > old) or (_UP.match(fix) and new < old):
        raise Abstain(f"{name} is {was}; {value} is the other way")


def _refuse_made(fix: str, name: str, was: SgNode, value: SgNode) -> None:
    """Raise ``Abstain`` where a call goes for a plain value, and no word of the text says so."""
    if was.kind() not in _MADE or _ANEW.search(fix):
        return
    called = next(
        (callee_text(one) for one in (was, *was.named_children()) if callee_text(one)), ""
    )
    if called and called.split(".")[-1] in re.findall(r"[\w$]+", fix):
        return
    raise Abstain(f"{value.text()} would stand for the call that {name} is made by")


def _values(root: SgNode) -> Mapping[str, SgNode]:
    """Return the values of names and keys that are given one in the file once."""
    values: dict[str, SgNode | None] = {}
    for name, value in _given(root):
        values[name] = None if name in values else value
    return {name: value for name, value in values.items() if value is not None}


def _given(root: SgNode) -> Iterator[tuple[str, SgNode]]:
    for one in of_kinds(root, ("variable_declarator", "pair", "public_field_definition")):
        value = value_of(one)
        if value is not None and name_of(one):
            yield name_of(one), value
