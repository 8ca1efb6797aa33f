"""A constant or a helper that is named, where the quoted code spells out what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.facts.constants import same_number, value_of_constant
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    function_around,
    inside,
    of_kinds,
    parameters,
    squeezed,
    string_of,
    text_of,
    tokens,
)
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.helper import declared_as, inlined_in, result_of

_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?")
_GIVEN = r"[\w$.]+(?:\[[^\[\]]*\]|\([^()]*\))*"
"""An argument that is no more than a name, a member, an item or a call of one."""
_OWN = {"use", "import", "read", "take", "call", "compare", "reuse", "reference", "refer", "pass",
        "multiply", "divide", "prefer", "go", "apply", "replace", "put", "give",
        "return"}  # fmt: skip


def named_constant(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the use of a constant, *compare with MAX*, where the quoted code spells its value."""
    if said.asks_more(_OWN):
        return
    for at in said.wanted():
        name = said.codes[at].text
        if said.codes[at].shape not in {Shape.NAME, Shape.CODE} or not _NAME.fullmatch(name):
            continue
        value = value_of_constant(Work(scene.task, scene), name, None)
        literals = _literals(scene, value) if value else []
        spelled = [text_of(one) for one in literals if not _declares(one, name, scene)]
        if len(spelled) == 1:
            yield from _replaced(said, at, scene, spelled[0], name)


def named_helper(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the call of a helper, *stamp() gives the same*, where the quoted code is its body."""
    if said.asks_more(_OWN):
        return
    work = Work(scene.task, scene)
    for at in said.wanted():
        code = said.codes[at]
        name = _called(code)
        if not name or not _makes_enough(work, name):
            continue
        try:
            node, call = inlined_in(work, name, None)
        except Abstain:
            continue
        simple = re.fullmatch(rf"{re.escape(name)}\({_GIVEN}(?:, {_GIVEN})*\)", call)
        told = code.text == name or squeezed(code.text) in {f"{name}()", squeezed(call)}
        old = text_of(node)
        if simple and told and "`" not in old and not _declares(node, name, scene):
            yield from _replaced(said, at, scene, old, call)


def _replaced(said: Said, at: int, scene: Scene, old: str, new: str) -> Iterator[str]:
    """Yield the order where the rest of the code only says where, or is what gives way."""
    home = _home(scene, said.codes[at].text)
    module = home.rpartition(".")[0].replace("/", ".")
    rest = [
        one
        for one in (*said.wanted(), *said.given_up())
        if one != at
        and said.codes[one].text not in old
        and not same_number(said.codes[one].text, old)
        and not module.endswith(said.codes[one].text)
    ]
    if are_places(said, rest, scene):
        yield f"Replace `{old}` with `{new}`{f' from `{home}`' if home else ''}"


def _called(code: Fragment) -> str:
    """Return the function that a piece of code names, ``f``, ``f()`` or ``f(x)``; else nothing."""
    told = re.fullmatch(r"(?P<name>[A-Za-z_$][\w$]*)(?:\([^()]*\))?", code.text)
    return told["name"] if told and code.shape in {Shape.NAME, Shape.CODE} else ""


def _makes_enough(work: Work, name: str) -> bool:
    """Tell whether a helper does more than hand on, or join, what it is given."""
    declared = tuple(islice(declared_as(work, name, None), 2))
    if len(declared) != 1:
        return False
    function, language = declared[0]
    if language.script != work.scene.language.script or function.kind() not in language.functions:
        return False
    result = result_of(function, language)
    return result is not None and len(tokens(result)) >= 2 * len(parameters(function)) + 3


def _home(scene: Scene, name: str) -> str:
    """Return the one other file that declares what a piece of code names; else nothing."""
    first = re.split(r"[.(]", name, maxsplit=1)[0]
    if declarations(scene.root, first, scene.language):
        return ""
    homes = [path for path in sorted(files_holding(scene.task.snapshot, first))
             if _declares_at_top(scene, path, first)]  # fmt: skip
    return homes[0] if len(homes) == 1 else ""


def _declares_at_top(scene: Scene, path: str, name: str) -> bool:
    language = language_of(path)
    if language is None:
        return False
    root = parse(language, scene.task.snapshot.text(path))
    return any(function_around(one, language) is None for one in declarations(root, name, language))


def _literals(scene: Scene, value: str) -> list[SgNode]:
    """Return the literals of the quoted code, else of the function, that are ``value``."""
    kinds = scene.language.numbers | scene.language.strings
    equal = [one for one in of_kinds(scene.root, kinds) if _is_equal(one, value, scene)]
    quoted = [one for one in equal if begins_in_quote(scene, one)]
    homes = around(scene)
    return quoted or [one for one in equal if any(inside(one, home) for home in homes)]


def _is_equal(one: SgNode, value: str, scene: Scene) -> bool:
    if one.kind() in scene.language.numbers:
        return value[:1].isdigit() and same_number(text_of(one), value)
    return not value[:1].isdigit() and string_of(one) == value[1:-1]


def _declares(one: SgNode, name: str, scene: Scene) -> bool:
    """Tell whether a literal is the value that ``name`` itself is declared with."""
    return any(inside(one, at) for at in declarations(scene.root, name, scene.language))
