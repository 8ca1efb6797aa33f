"""The default of a parameter: another one, or its first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_VALUES = {Shape.NUMBER, Shape.TEXT, Shape.NAME, Shape.CODE}
_WORD = re.compile(r"\b(?P<value>True|False|None|true|false|null|undefined)\b")


def defaulted(told: Told) -> Iterator[Made]:
    """Yield the default: *bring the default of limit down to 100*."""
    spoken = told.has("default", "defaults") or _FALLS_BACK.search(told.words)
    if not spoken or not (told.scene.language.script or told.scene.language.python):
        return
    homes = around(told.scene)
    listed = [one for home in homes[:1] for one in parameters(home)]
    named = [
        one
        for one in (*listed, *_taken_apart(listed))
        if (name := _name(one)) and told.spoken(name)
    ]
    new = told.new()
    values = [told.codes[at].text for at in new if told.codes[at].shape in _VALUES]
    values = values or [one["value"] for one in _WORD.finditer(told.words)]
    if len(homes) != 1 or len(named) != 1 or len(values) != 1 or len(new) > 1:
        return
    (parameter,), value = named, quoted_as_here(told.scene, values[0])
    now = field(parameter, "value", "right")
    if now is not None and squeezed(now.text()) == squeezed(value):
        return
    member = parameter.kind() in _MEMBERS
    if now is None and not member and not _may_be_left_out(listed, parameter):
        return
    typed = parameter.field("type") is not None and told.scene.language.python
    edit = replaced(now, value) if now is not None else insert(
        end(parameter), f" = {value}" if typed or told.scene.language.script else f"={value}"
    )  # fmt: skip
    yield made(
        told,
        new,
        Operation.SET,
        f"let {_name(parameter)} default to `{value}`",
        [edit],
        adds=(value,),
        removes=(text_of(now),) if now is not None and now.text() not in value else (),
    )


_FALLS_BACK = re.compile(r"\bfalls?\s+back\s+(?:to|on)\b")
_MEMBERS = ("shorthand_property_identifier_pattern", "object_assignment_pattern")


def _taken_apart(listed: Sequence[SgNode]) -> list[SgNode]:
    """Return the members that the patterns of parameters take: ``{ size, wide = false }``."""
    return [
        one
        for parameter in listed
        for one in of_kinds(parameter, _MEMBERS)
        if (one.parent() or one).kind() == "object_pattern"
    ]


def _name(parameter: SgNode) -> str:
    if parameter.kind() in _MEMBERS:
        return re.split(r"\s*=", parameter.text())[0]
    return parameter_name(parameter).strip("* ")


def _may_be_left_out(listed: Sequence[SgNode], parameter: SgNode) -> bool:
    """Tell whether a parameter without a default may have one: all behind it have theirs."""
    at = [one.range() for one in listed].index(parameter.range())
    plain = parameter.kind() in {"identifier", "required_parameter", "typed_parameter"}
    rest = [
        one for one in listed[at + 1 :] if one.text() != "*" and one.kind() != "keyword_separator"
    ]
    return plain and all(field(one, "value", "right") is not None for one in rest)
