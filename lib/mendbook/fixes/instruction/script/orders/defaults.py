"""Defaults by the key that they belong to, in the code and in the files named beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import (
    CODE,
    JOINT,
    NAME,
    OUGHT,
    VALUE,
    pointed,
)
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    field,
    name_of,
    parameter_name,
    string_of,
    text_of,
    value_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_DEFAULT = r"(?:default|fallback)(?: value)?"
_KEY = rf"(?P<k{{0}}>{NAME})(?:'s|')?"
_CHANGE = (
    r"(?:change|set|raise|lower|increase|decrease|reduce|bump|move|make|cut|drop|shorten|extend|"
    r"double|halve|limit|cap)"
)
_FROM = rf"(?: from (?P<o{{0}}>{VALUE}))?"
_FILES = (
    rf"(?:,?(?: both)? \(?(?:in|also in|and in|both in)(?: both)? (?P<files{{0}}>{CODE}"
    rf"(?:{JOINT}(?:in )?{CODE})*)\)?|,? \((?P<more{{0}}>{CODE}(?:{JOINT}(?:in )?{CODE})*)\))?"
)
_FORMS = re.compile(
    rf"(?:{_CHANGE} )?{_DEFAULT}(?: (?:of|for) {_KEY.format(1)})?{_FROM.format(1)} "
    rf"(?:to|{OUGHT} be|be) (?P<v1>{VALUE}){_FILES.format(1)}"
    rf"|{_CHANGE} {_KEY.format(2)} {_DEFAULT}{_FROM.format(2)} to (?P<v2>{VALUE}){_FILES.format(2)}"
    rf"|default {_KEY.format(3)} to (?P<v3>{VALUE}){_FILES.format(3)}"
    rf"|{_KEY.format(4)} {OUGHT} default to (?P<v4>{VALUE}){_FILES.format(4)}"
    rf"|(?:use|make|take) (?P<v5>{VALUE}) (?:as )?(?:{_DEFAULT})(?: (?:of|for) {_KEY.format(5)})?"
    rf"{_FILES.format(5)}"
    rf"|{_KEY.format(6)} {_DEFAULT} {OUGHT} be (?P<v6>{VALUE}){_FILES.format(6)}",
    re.IGNORECASE,
)
_LITERALS = {"number", "string", "true", "false", "null", "undefined"}


def default(work: Work, ask: Ask) -> StepEdits | None:
    """*Lower the default of KEY to 10, in env.ts and .env*: in each file that is named, or none."""
    scene = work.scene
    told = _FORMS.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123456" if groups[f"v{one}"])
    key = ask.called(groups.get(f"k{at}") or "")
    new, old = ask.code(groups[f"v{at}"]), ask.code(groups.get(f"o{at}") or "")
    files = groups.get(f"files{at}") or groups.get(f"more{at}") or ""
    if not re.fullmatch(r"-?[\d_.]+|'[^']*'|\"[^\"]*\"|true|false|null", new):
        return None
    defaults = pointed(scene, list(defaults_in(scene.root, key)))
    if len(defaults) != 1 or (not key and len(list(defaults_in(scene.root, key))) > 1 and not _near(
        scene, defaults[0]
    )):  # fmt: skip
        return None
    if old and defaults[0].text() != old:
        raise Abstain(f"the default of {key} is {defaults[0].text()}, and not {old}")
    if _kind(defaults[0].text()) != _kind(new) and "null" not in {defaults[0].text(), new}:
        raise Abstain(f"{defaults[0].text()} and {new} are not of one kind")
    edits = list(edits_in(scene, [replaced(defaults[0], quoted_as_here(scene, new))]))
    for mark in re.findall(CODE, files):
        path = _file(work, ask, mark)
        if path != scene.path:
            edits.append((path, _setting(work, path, key, new)))
    said = f"let {key or 'it'} be {new} by default"
    return StepEdits(Operation.SET, said, tuple(edits), adds=(new,))


def _near(scene: Scene, node: SgNode) -> bool:
    from_quote = pointed(scene, [node])
    return bool(from_quote) and bool(scene.quotes or scene.scopes)


def _kind(text: str) -> str:
    return "number" if re.match(r"-?\d", text) else "text" if text[:1] in "'\"" else "word"


def _file(work: Work, ask: Ask, mark: str) -> str:
    code = ask.marks().fragment(mark)
    path = work.file(code.text) if code is not None and code.shape is Shape.PATH else None
    if path is None:
        raise Abstain(f"{ask.code(mark)} is no file of this commit")
    return path


def _setting(work: Work, path: str, key: str, new: str) -> Edit:
    """Return the edit of the one line of another file that gives ``key`` a value."""
    refuse_path(work.task, path)
    text = work.task.snapshot.text(path)
    form = (
        rf"^[ \t]*(?:export\s+)?[\"']?{re.escape(key)}[\"']?\s*[=:][ \t]*[\"']?"
        r"(?P<value>[^\s\"',#]+)"
    )
    matches = list(re.finditer(form, text, re.MULTILINE))
    if not key or len(matches) != 1:
        raise Abstain(f"{path} does not set {key or 'it'} in one line")
    return Edit(matches[0].start("value"), matches[0].end("value"), new.strip("'\""))


def defaults_in(root: SgNode, key: str) -> Iterator[SgNode]:
    """Yield the plain values that stand for what is not given, of ``key`` where one is named."""
    last = key.rpartition(".")[2]
    for one in walk(root):
        kind = one.kind()
        value: SgNode | None = None
        owner = ""
        if kind == "call_expression" and call_name(one) == "default" and len(arguments(one)) == 1:
            value, owner = arguments(one)[0], _holder(one)
        elif kind == "binary_expression" and text_of(field(one, "operator")) in {"??", "||"}:
            value, owner = one.field("right"), _read(one.field("left")) or _holder(one)
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            value, owner = one.field("right"), text_of(one.field("left"))
        elif kind in {"required_parameter", "optional_parameter"}:
            value, owner = one.field("value"), parameter_name(one)
        elif kind == "call_expression" and _asks_env(one):
            value, owner = arguments(one)[1], string_of(arguments(one)[0])
        elif kind == "pair" and name_of(one) == "default":
            value, owner = value_of(one), _holder(one)
        if value is not None and value.kind() in _LITERALS and (not last or owner == last):
            yield value


def _holder(node: SgNode) -> str:
    """Return the name of what an expression is the value of."""
    for one in node.ancestors():
        if one.kind() in {"pair", "variable_declarator", "public_field_definition"}:
            return name_of(one)
        if one.kind() in {"statement_block", "program"}:
            return ""
    return ""


def _read(left: SgNode | None) -> str:
    """Return the last name that an expression reads: ``KEY`` of ``process.env.KEY``."""
    text = text_of(left)
    told = re.search(r"(?:\.|\[['\"])([\w$]+)(?:['\"]\])?\)?$", text)
    return told[1] if told is not None else ""


def _asks_env(call: SgNode) -> bool:
    given = arguments(call)
    return (
        len(given) == 2
        and given[0].kind() == "string"
        and re.fullmatch(r"(?:get|read|load)?_?(?:env|config|setting|option|number|int|integer|"
                         r"string|bool|boolean|flag|param)\w*|get", call_name(call), re.I)
        is not None
    )  # fmt: skip


DEFAULTS = (default,)
