"""The one edit that a text can only mean: typed edits made of its new code, where it says.

Each schema makes what it can of the code that does not stand there yet, of the code that it names,
and of the quote. One edit that uses all of the new code, and of which all other code only says
where, is what is asked; two are a choice, which is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.instruction.evident.asks import Ask
from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.schemas.argument import argument
from mendbook.fixes.instruction.evident.schemas.branch import default_branch
from mendbook.fixes.instruction.evident.schemas.caught_type import caught_type
from mendbook.fixes.instruction.evident.schemas.comparison import comparison
from mendbook.fixes.instruction.evident.schemas.defaulted import defaulted
from mendbook.fixes.instruction.evident.schemas.each_argument import each_argument
from mendbook.fixes.instruction.evident.schemas.element import element
from mendbook.fixes.instruction.evident.schemas.enum_member import enum_member
from mendbook.fixes.instruction.evident.schemas.exchange import exchange
from mendbook.fixes.instruction.evident.schemas.fallback import fallback
from mendbook.fixes.instruction.evident.schemas.goes import goes
from mendbook.fixes.instruction.evident.schemas.guarded import guarded
from mendbook.fixes.instruction.evident.schemas.handled import handled
from mendbook.fixes.instruction.evident.schemas.imports_gone import imports_gone
from mendbook.fixes.instruction.evident.schemas.marked import mark_argument, marked
from mendbook.fixes.instruction.evident.schemas.members import (
    const_for_let,
    decorated,
    made_private,
)
from mendbook.fixes.instruction.evident.schemas.operator import operator
from mendbook.fixes.instruction.evident.schemas.options import options
from mendbook.fixes.instruction.evident.schemas.orders_of_code import (
    awaited,
    debug_gone,
    known_constant,
    memoised,
)
from mendbook.fixes.instruction.evident.schemas.other_property import other_property
from mendbook.fixes.instruction.evident.schemas.pair import pair, shorthand
from mendbook.fixes.instruction.evident.schemas.python_order import asserted, chained
from mendbook.fixes.instruction.evident.schemas.renamed import renamed
from mendbook.fixes.instruction.evident.schemas.rewritten import rewritten
from mendbook.fixes.instruction.evident.schemas.wrapped import wrapped
from mendbook.fixes.instruction.evident.schemas.written import written
from mendbook.fixes.instruction.evident.told import Told, holds, told_of
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import declarations, end, start, statement_of


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of edit, and what a text that means it may ask for."""

    make: Callable[[Told], Iterator[Made]]
    asks: frozenset[Ask]
    conditions: frozenset[str] = frozenset()
    """The words of a condition or a time that are part of the edit, or only say where."""
    counts: bool = False
    """Whether *each* and *all* are part of the edit."""
    silent: bool = False
    """Whether a text without a verb of asking may mean it, by its other words."""


_HERE = frozenset({Ask.COME, Ask.CHANGE})
_LACKING = frozenset({"where", "without", "when", "if"})
_TESTING = frozenset({"if", "when", "where", "before"})
TABLE: Sequence[Schema] = (
    Schema(argument, _HERE),
    Schema(pair, _HERE),
    Schema(shorthand, frozenset({Ask.COME})),
    Schema(operator, _HERE | {Ask.FALLBACK}),
    Schema(exchange, _HERE | {Ask.WRAP}),
    Schema(rewritten, frozenset(Ask) - {Ask.NAME}),
    Schema(wrapped, _HERE | {Ask.WRAP}, frozenset({"before", "when"})),
    Schema(defaulted, frozenset({Ask.FALLBACK, Ask.CHANGE, Ask.COME})),
    Schema(goes, frozenset({Ask.GO})),
    Schema(renamed, frozenset({Ask.NAME, Ask.CHANGE}), frozenset({"where", "wherever"})),
    Schema(element, frozenset({Ask.COME})),
    Schema(marked, _HERE),
    Schema(mark_argument, _HERE | {Ask.FALLBACK}),
    Schema(fallback, frozenset({Ask.FALLBACK, Ask.COME, Ask.CHANGE}), _LACKING),
    Schema(guarded, frozenset({Ask.EXIT}), _TESTING),
    Schema(handled, frozenset({Ask.CHANGE, Ask.COME, Ask.EXIT})),
    Schema(caught_type, _HERE),
    Schema(asserted, _HERE | {Ask.EXIT}),
    Schema(chained, _HERE | {Ask.EXIT, Ask.NAME}),
)
STATED: Sequence[Schema] = (
    Schema(written, frozenset(Ask) - {Ask.NAME, Ask.GO}),
    Schema(options, _HERE | {Ask.WRAP}, counts=True),
    Schema(each_argument, _HERE, _LACKING | {"wherever"}, counts=True),
    Schema(default_branch, frozenset(Ask) - {Ask.GO}, frozenset({"before", "where", "when"})),
    Schema(imports_gone, frozenset({Ask.GO}), frozenset({"if"}), silent=True),
    Schema(comparison, _HERE | {Ask.FALLBACK}),
    Schema(decorated, _HERE | {Ask.WRAP}),
    Schema(made_private, _HERE, silent=True),
    Schema(known_constant, _HERE | {Ask.WRAP}, silent=True),
    Schema(debug_gone, frozenset({Ask.GO}), silent=True),
    Schema(const_for_let, _HERE, silent=True),
    Schema(other_property, _HERE),
    Schema(enum_member, _HERE | {Ask.FALLBACK}),
    Schema(memoised, _HERE | {Ask.WRAP}, silent=True),
    Schema(awaited, _HERE, silent=True),
)  # fmt: skip
"""Of texts that are read as what they state."""


def synthesised(scene: Scene) -> list[Made]:
    """Return the edits that the finding's fix text may mean; one where it can only mean that."""
    for told in told_of(scene):
        if found := _made_of(told):
            return found
    return []


def _made_of(told: Told) -> list[Made]:
    found: dict[object, Made] = {}
    for schema in TABLE if not told.stated else (*TABLE, *STATED):
        agrees = told.agree(schema.asks) or (schema.silent and not told.asks)
        if not agrees or not told.conditions <= schema.conditions:
            continue
        if told.ordinal and not (schema.counts or schema.conditions):
            continue
        if schema in STATED and told.count > 1 and not schema.counts:
            continue
        for one in schema.make(told):
            if _is_accounted(told, one) and not _points_elsewhere(told, _homes(told, one)):
                found.setdefault(one.order or (one.step.edits if one.step else ()), one)
    return list(found.values())


def _is_accounted(told: Told, one: Made) -> bool:
    """Tell whether all code that is not in the edit only says where it is, or is a part of it."""
    parts = [told.codes[at].text for at in one.uses]
    homes = _homes(told, one)
    return all(
        any(holds(part, told.codes[at].text) for part in parts)
        or told.is_reason(at)
        or _says_where(told, at, homes, parts)
        for at in told.numbers()
        if at not in one.uses
    )


_OF = re.compile(
    r"\b(?:[Ii]n|of|from|for|inside|within|on|at)\s+(?:the\s+)?(?P<name>[A-Za-z_$][\w$]*)"
)
_SUBJECT = re.compile(
    r"(?:^|[.;:,]\s+)(?P<name>[A-Za-z_$][\w$]*)(?:\(\))?"
    r"\s+(?:should|must|ha(?:s|ve)\s+to|ought|needs?|lacks?|miss(?:es)?|wants?)\b"
)


def _points_elsewhere(told: Told, homes: str) -> bool:
    """Tell whether a plain word of the text is something else that the file declares.

    *The sort of names*, *drain should throw*: a variable in a place, a function as the subject.
    """
    root, language = told.scene.root, told.scene.language
    for form, kinds in (
        (_OF, language.functions | language.assignments),
        (_SUBJECT, language.functions),
    ):
        for one in form.finditer(told.words):
            declared = [
                node for node in declarations(root, one["name"], language) if node.kind() in kinds
            ]
            around = any(
                end(node) > first >= start(node)
                for node in declared
                for first, _ in told.scene.quotes
            )
            if (
                declared
                and not around
                and not holds(homes, one["name"])
                and one["name"] not in _symbols(told)
            ):
                return True
    return False


def _symbols(told: Told) -> set[str]:
    return {part for one in told.scene.task.finding.symbols for part in one.split(".")}


def _homes(told: Told, one: Made) -> str:
    """Return the statements that the edit changes; all that is quoted where that is an order."""
    if one.step is None:
        return told.quoted
    texts = [_statement_at(told, edit.start) for _, edit in one.step.edits]
    return "\n".join(texts)


def _statement_at(told: Told, at: int) -> str:
    """Return the innermost statement around an offset, with its head where it is a block's."""
    node = told.scene.root
    while inner := next((one for one in node.children() if start(one) <= at < end(one)), None):
        node = inner
    return statement_of(node, told.scene.language).text()


def _tells_home(told: Told, ending: str, name: str) -> bool:
    """Tell whether a file that the text names declares a name that the edit uses."""
    paths = [one for one in told.scene.task.snapshot.files
             if one.endswith(ending) or one.rpartition(".")[0].endswith(ending)]  # fmt: skip
    return len(paths) == 1 and re.fullmatch(r"[\w$]+", name) is not None and holds(
        told.scene.task.snapshot.text(paths[0]), name)  # fmt: skip


def _says_where(told: Told, at: int, homes: str, parts: Sequence[str]) -> bool:
    code = told.codes[at]
    if code.shape is Shape.PATH:
        end_of = code.text.lstrip("./")
        return told.scene.path.endswith(end_of) or any(
            _tells_home(told, end_of, part) for part in parts)  # fmt: skip
    return told.names(code) or holds(homes, code.text)
