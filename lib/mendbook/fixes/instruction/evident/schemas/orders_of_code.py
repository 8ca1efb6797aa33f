"""What a few words mean by facts of quoted code: *memoise it*, *nobody awaits it*, *140 is MAX*.

Each is told as the plain order that the reader carries out, with the names that the code has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.asks import Ask
from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.facts.constants import same_number, value_of_constant
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    name_of,
    squeezed,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import Work

_MEMO = re.compile(r"\buseMemo\b|\bmemoi[sz]\w*", re.IGNORECASE)
_AWAIT = re.compile(r"\bawait(?:ed|ing|s)?\b", re.IGNORECASE)
_UNAWAITED = re.compile(
    r"\b(?:not|nobody|no\s+one|nothing|never)\s+(?:\w+\s+)?await(?:s|ed)\b", re.IGNORECASE
)
_MEANT = re.compile(
    r"\b(?:on\s+purpose|deliberate(?:ly)?|intentional(?:ly)?|by\s+design|right(?:ly)?|fine)\b",
    re.IGNORECASE,
)
_CAPS = re.compile(r"[A-Z][A-Z\d]*(?:_[A-Z\d]+)*")


def memoised(told: Told) -> Iterator[Made]:
    """Yield the order to remember the one quoted value: *starters belongs in useMemo*."""
    if _MEMO.search(told.spelled) is None or not told.notes(_MEMO):
        return
    declared = [one for one in told.nodes(("variable_declarator",)) if _is_plain(one)]
    if len(declared) != 1 or "useMemo(" in declared[0].text():
        return
    value = text_of(value_of(declared[0]))
    names = set(re.findall(r"[A-Za-z_$][\w$]*", value)) | {"useMemo", "React", name_of(declared[0])}
    if not all(
        set(re.findall(r"[A-Za-z_$][\w$]*", told.codes[at].text)) <= names for at in told.new()
    ):
        return
    yield Made(frozenset(told.numbers()), order=f"Put {name_of(declared[0])} into a useMemo")


def _is_plain(node: SgNode) -> bool:
    return (
        value_of(node) is not None and re.fullmatch(r"[A-Za-z_$][\w$]*", name_of(node)) is not None
    )


def awaited(told: Told) -> Iterator[Made]:
    """Yield the order to await the one quoted call: *audit.write has to be awaited*."""
    said = told.spelled
    if _AWAIT.search(said) is None or told.given_up():
        return
    if not told.notes(_AWAIT) and (_UNAWAITED.search(said) is None or _MEANT.search(said)):
        return
    calls = [
        one
        for one in told.nodes(told.scene.language.calls)
        if (holder := one.parent()) is not None and holder.kind() == "expression_statement"
    ]
    if len(calls) != 1:
        return
    shown = re.sub(r"\((?:…|\.\.\.)\)|\(\)|;", "", callee_text(calls[0]))
    uses = [at for at in told.numbers() if _is_call_of(told.codes[at].text, calls[0])]
    if told.new() and not set(told.new()) <= set(uses):
        return
    yield Made(frozenset(uses), order=f"Await `{shown}`")


def _is_call_of(code: str, call: SgNode) -> bool:
    bare = re.sub(r"^await\s+|\((?:…|\.\.\.)?\)$|;$", "", code.strip())
    return squeezed(bare) in {squeezed(call.text()), squeezed(callee_text(call))} or bare == "await"


def known_constant(told: Told) -> Iterator[Made]:
    """Yield the order to use a constant for the one quoted literal of its value: *140 is MAX*."""
    new = [
        at
        for at in told.new()
        if told.codes[at].shape is Shape.NAME and _CAPS.fullmatch(told.codes[at].text)
    ]
    rest = [at for at in told.new() if at not in new and told.codes[at].shape is not Shape.PATH]
    if len(new) != 1 or rest or new[0] in told.given_up():
        return
    name = told.codes[new[0]].text
    value = value_of_constant(Work(told.scene.task, told.scene), name, None)
    kinds = {*told.scene.language.numbers, *told.scene.language.strings}
    equal = [
        one
        for one in told.nodes(kinds)
        if value and (squeezed(one.text()) == squeezed(value) or same_number(one.text(), value))
    ]
    names_both = any(
        squeezed(told.codes[at].text) == squeezed(one.text())
        for at in told.numbers()
        for one in equal
    )
    if len(equal) == 1 and (names_both or told.notes(re.compile(re.escape(name)))):
        uses = [
            at
            for at in told.numbers()
            if at == new[0] or squeezed(told.codes[at].text) == squeezed(equal[0].text())
        ]
        yield Made(frozenset(uses), order=f"Replace `{equal[0].text()}` with `{name}`")


_DEBUGS = re.compile(r"\b(?:debug\w*|console(?:\.\w+)?|log(?:ging|s)?|print\w*)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:left-?over|stray|forgotten)\b", re.IGNORECASE)


def debug_gone(told: Told) -> Iterator[Made]:
    """Yield the order to remove the one quoted line that only prints: *the debug output can go*."""
    kinds = {kind for one in told.asks for kind in one}
    said = told.spelled
    if Ask.GO not in kinds and not _LEFT.search(said):
        return
    prints = [
        one
        for one in told.nodes(told.scene.language.calls)
        if re.match(r"console\.\w+$", callee_text(one))
        and (holder := one.parent()) is not None
        and holder.kind() == "expression_statement"
    ]
    if told.has("calls", "lines", "logs", "statements", "from", "of", "all"):
        return
    if len(prints) == 1 and not told.new() and _DEBUGS.search(said):
        yield Made(frozenset(told.numbers()), order=f"Remove `{prints[0].text()}`")
