"""A constant or a helper that is named, where the quoted code spells out what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.constants import same_number, value_of_constant
from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.language import language_of, parse
from mendbook.fixes.instruction.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.syntax import (
    body_of,
    declarations,
    function_around,
    inside,
    of_kinds,
    outermost,
    parameter_name,
    parameters,
    same,
    squeezed,
    string_of,
    text_of,
    tokens,
    value_of,
    walk,
)
from mendbook.fixes.instruction.work import Work

_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?")
_OWN = {"use", "import", "read", "take", "call", "compare", "reuse", "reference", "refer", "pass",
        "multiply", "divide", "prefer", "go", "apply", "replace", "put", "give",
        "return"}  # fmt: skip


def named_constant(said: Said, scene: Scene) -> Iterator[str]:
    """*limits.ts has MAX for this; compare with that*, where the quoted code has MAX's value."""
    if said.asks_more(_OWN):
        return
    for at in said.wanted():
        name = said.codes[at].text
        if said.codes[at].shape not in {Shape.NAME, Shape.CODE} or not _NAME.fullmatch(name):
            continue
        value = value_of_constant(Work(scene.task, scene), name, None)
        literals = _literals(scene, value) if value else []
        spelled = [one for one in literals if not _declares(one, name, scene)]
        if len(spelled) != 1 or not _is_all(said, at, scene, name, text_of(spelled[0])):
            continue
        home = _home(scene, name)
        yield f"Replace `{text_of(spelled[0])}` with `{name}`{f' from `{home}`' if home else ''}"


def named_helper(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the call of a helper, *stamp() gives the same*, where the quoted code is its body."""
    if said.asks_more(_OWN):
        return
    for at in said.wanted():
        code = said.codes[at]
        name = _called(code)
        if not name:
            continue
        for path, helper in _helpers(scene, name):
            here = helper if path == scene.path else None
            calls = _spelled_out(scene, helper, name, here)
            if len(calls) == 1:
                (old, call), *_ = calls
                home = f" from `{path}`" if path != scene.path else ""
                told = code.text == name or squeezed(code.text) in {f"{name}()", squeezed(call)}
                if told and "`" not in old and _is_all(said, at, scene, name, old):
                    yield f"Replace `{old}` with `{call}`{home}"


def _called(code: Fragment) -> str:
    """Return the function that a piece of code names, ``f``, ``f()`` or ``f(x)``; else nothing."""
    told = re.fullmatch(r"(?P<name>[A-Za-z_$][\w$]*)(?:\([^()]*\))?", code.text)
    return told["name"] if told and code.shape in {Shape.NAME, Shape.CODE} else ""


def _is_all(said: Said, at: int, scene: Scene, name: str, old: str) -> bool:
    """Tell whether the rest of the code only says where, what gives way, or what is handed over."""
    rest = [
        one
        for one in (*said.wanted(), *said.given_up())
        if one != at
        and said.codes[one].text not in old
        and not same_number(said.codes[one].text, old)
        and not _is_module(said.codes[one], scene, name)
    ]
    return are_places(said, rest, scene)


def _is_module(code: Fragment, scene: Scene, name: str) -> bool:
    """Tell whether a dotted name is the module that declares ``name``: ``station.config``."""
    home = _home(scene, name)
    return bool(home) and home.rpartition(".")[0].replace("/", ".").endswith(code.text)


def _home(scene: Scene, name: str) -> str:
    """Return the one other file that declares ``name``; nothing where this one does, or several."""
    first = name.partition(".")[0]
    if declarations(scene.root, first, scene.language):
        return ""
    homes = [path for path, _ in _declared(scene, first)]
    return homes[0] if len(homes) == 1 else ""


def _declared(scene: Scene, name: str) -> Iterator[tuple[str, SgNode]]:
    """Yield the files that declare ``name`` at their top, each with its declaration."""
    for path in sorted(files_holding(scene.task.snapshot, name)):
        language = language_of(path)
        if language is None:
            continue
        root = scene.root if path == scene.path else parse(
            language, scene.task.snapshot.text(path))  # fmt: skip
        for one in declarations(root, name, language):
            if function_around(one, language) is None:
                yield path, one
                break


def _helpers(scene: Scene, name: str) -> Iterator[tuple[str, SgNode]]:
    for path, one in _declared(scene, name):
        language = language_of(path)
        if language is None or language.script != scene.language.script:
            continue
        held = one if one.kind() in language.functions else value_of(one)
        if held is not None and held.kind() in language.functions:
            yield path, held


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


def _spelled_out(
    scene: Scene, helper: SgNode, name: str, here: SgNode | None
) -> list[tuple[str, str]]:
    """Return the code of the place that is ``helper``'s body, each with the call that it is."""
    pattern = _result(helper)
    names = [parameter_name(one) for one in parameters(helper)]
    if pattern is None or not names or len(tokens(pattern)) < 2 * len(names) + 3:
        return []
    fits: list[tuple[SgNode, dict[str, str]]] = []
    homes = around(scene) or [scene.root]
    for one in (each for home in homes for each in walk(home)):
        bound: dict[str, str] = {}
        if here is not None and inside(one, here):
            continue
        if _fits(pattern, one, names, bound) and set(bound) == set(names):
            fits.append((one, bound))
    outer = outermost([one for one, _ in fits])
    quoted = [one for one in outer if begins_in_quote(scene, one)] or outer
    return [
        (text_of(one), f"{name}({', '.join(bound[each] for each in names)})")
        for one, bound in fits
        if any(same(one, each) for each in quoted)
    ]


def _result(helper: SgNode) -> SgNode | None:
    """Return the expression that a function gives back as all it does; None where it does more."""
    body = body_of(helper)
    if body is None:
        return None
    rows = [one for one in body.named_children() if "comment" not in one.kind()]
    if body.kind() not in {"statement_block", "block"}:
        return body
    rows = [one for one in rows if not (one.kind() == "expression_statement" and _is_text(one))]
    if len(rows) != 1 or rows[0].kind() != "return_statement":
        return None
    given = rows[0].named_children()
    return given[0] if len(given) == 1 else None


def _is_text(row: SgNode) -> bool:
    inner = row.named_children()
    return len(inner) == 1 and inner[0].kind() == "string"


def _fits(pattern: SgNode, node: SgNode, names: list[str], bound: dict[str, str]) -> bool:
    """Tell whether ``node`` is ``pattern`` with something for each of its ``names``."""
    text = text_of(pattern)
    if text in names and not pattern.children():
        simple = re.fullmatch(r"[\w$.]+(?:\[[^\[\]]*\]|\([^()]*\))*", text_of(node)) is not None
        return simple and bound.setdefault(text, text_of(node)) == text_of(node)
    inner, other = _children(pattern), _children(node)
    if pattern.kind() != node.kind() or len(inner) != len(other):
        return False
    if not inner:
        return _plain(text) == _plain(text_of(node))
    return all(_fits(one, two, names, bound) for one, two in zip(inner, other, strict=True))


def _children(node: SgNode) -> list[SgNode]:
    if node.kind() in _WHOLE:
        return []
    return [one for one in node.children() if "comment" not in one.kind()]


_WHOLE = {"string", "regex", "number"}


def _plain(text: str) -> str:
    return f"'{text[1:-1]}'" if text[:1] in {'"', "'"} else text
