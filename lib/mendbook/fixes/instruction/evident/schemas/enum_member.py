"""Members of enums, and entries of the tables over them, that the text gives together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.syntax import field, name_of, of_kinds, squeezed, value_of
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_MEMBER = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>'[^']*'|\"[^\"]*\"|-?\d+)")


def enum_member(told: Told) -> Iterator[Made]:
    """Yield the member, and its entry: *Kind lacks BIRD = 'bird'. FEE gets 15 for it*."""
    new = told.new()
    members = [
        (at, one)
        for at in new
        if (one := _MEMBER.fullmatch(told.codes[at].text.strip(";"))) is not None
    ]
    enums = [
        one
        for one in of_kinds(told.scene.root, ("enum_declaration",))
        if touches_quote(told.scene, one)
    ]
    body = field(enums[0], "body") if len(enums) == 1 else None
    if len(members) != 1 or body is None or told.given_up():
        return
    at, member = members[0]
    name, enum = member["name"], name_of(enums[0])
    if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", body.text()):
        return
    code = quoted_as_here(told.scene, told.codes[at].text.strip(";"))
    edits = [add_item(told.scene, body, code)]
    adds = [code]
    rest = [one for one in new if one != at]
    rest += [
        one
        for one in told.numbers()
        if one not in new and told.codes[one].shape is Shape.NUMBER and one not in rest
    ]
    if rest:
        table = _table(told, enum)
        entry = _entry(told, rest, f"{enum}.{name}", table)
        if table is None or not entry:
            return
        edits.append(add_item(told.scene, table, quoted_as_here(told.scene, entry)))
        adds.append(entry)
    yield made(
        told,
        told.numbers(),
        Operation.ADD,
        f"add {' and '.join(f'`{one}`' for one in adds)}",
        edits,
        adds=tuple(adds),
    )


def _table(told: Told, enum: str) -> SgNode | None:
    """Return the one object of the file that is keyed by an enum, and that the text names."""
    found = []
    for one in of_kinds(told.scene.root, ("variable_declarator",)):
        value = value_of(one)
        if (
            value is not None
            and value.kind() == "object"
            and f"{enum}." in value.text()
            and told.spoken(name_of(one))
        ):
            found.append(value)
    return found[0] if len(found) == 1 else None


def _entry(told: Told, rest: list[int], member: str, table: SgNode | None) -> str:
    """Return the pair of a table that the text gives: whole, or by its value alone."""
    codes = [
        told.codes[at].text.strip(",; ")
        for at in rest
        if squeezed(told.codes[at].text) not in {squeezed(member), squeezed(f"[{member}]")}
    ]
    codes = [one for one in codes if table is None or one not in _names(table)]
    if len(codes) != 1:
        return ""
    whole = re.fullmatch(rf"\[?{re.escape(member)}\]?\s*:\s*(?P<value>.+)", codes[0], re.DOTALL)
    value = whole["value"] if whole is not None else codes[0]
    if not re.fullmatch(r"-?\d[\d_.]*|'[^']*'|\"[^\"]*\"", value):
        return ""
    return f"[{member}]: {value}"


def _names(table: SgNode) -> set[str]:
    holder = table.parent()
    return {name_of(holder)} if holder is not None else set()
