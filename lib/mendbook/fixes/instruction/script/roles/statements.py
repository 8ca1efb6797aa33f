"""Statements by the part that they play: a router, the body parser, the UPDATE, the 404 check."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ast_grep_py import SgNode

from mendbook.code.imports import required
from mendbook.code.module_text import imports, parse_text
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    of_kinds,
    squeezed,
    string_of,
)

_MOUNTS = {
    "register", "route", "use",
}  # fmt: skip
_ROUTES = {
    "all", "delete", "get", "patch", "post", "put",
}  # fmt: skip
_ROUTER_HOME = re.compile(
    r"(?:^|/)(?:routes?|routers?|controllers?|api|endpoints?)(?:/|$|\.)", re.I
)
_ORDINAL = re.compile(r"\b(?P<at>first|last|second|third|any|all|every|each|both|of)\b ?", re.I)


def statements_told(
    scene: Scene, ask: Ask, phrase: str, among: Sequence[SgNode]
) -> list[SgNode] | None:
    """Return those of ``among`` that play the part a phrase tells; None for no known part.

    A name that none of them has is no known part, either.

    Of *the first router* only the first is returned.
    """
    ordinal = re.search(r"\b(first|last)\b", phrase, re.IGNORECASE)
    plain = " ".join(_ORDINAL.sub("", phrase).split()).strip(" ,;.")
    plain = re.sub(r"^(?:the|its|all) ", "", plain)
    plays = _part(scene, ask, plain)
    if plays is None:
        return None
    nodes = [one for one in among if plays(one)]
    if not nodes and _code_of(ask, plain, scene) is not None:
        return None
    if ordinal is not None and nodes:
        return nodes[:1] if ordinal[1].lower() == "first" else nodes[-1:]
    return nodes


def _part(scene: Scene, ask: Ask, phrase: str) -> Callable[[SgNode], bool] | None:
    """Return the test of a part; None where the words name none that is known."""
    words = phrase.lower()
    if (code := _code_of(ask, phrase, scene)) is not None:
        return lambda one: _is_of(one, code)
    for pattern, test in _PARTS:
        if re.fullmatch(pattern, words):
            return lambda one: test(scene, one)
    sql = re.fullmatch(
        r"(?:sql )?(?P<verb>UPDATE|INSERT|DELETE|SELECT)(?: (?:statement|query|call))?", phrase
    )
    if sql is not None:
        return lambda one: _sends(one, (sql["verb"],))
    status = re.fullmatch(
        r"(?P<n>[1-5]\d\d|⟦\d+⟧)(?: (?:check|guard|answer|reply|response|return|case))?", phrase
    )
    if status is not None and re.fullmatch(r"[1-5]\d\d", number := ask.code(status["n"])):
        return lambda one: (
            one.kind() == "if_statement" and re.search(rf"\b{number}\b", one.text()) is not None
        )
    return None


def _code_of(ask: Ask, phrase: str, scene: Scene) -> str | None:
    """Return the code or the name that a phrase is: ``app.listen``, ``requestId``."""
    bare = re.sub(r" (?:call|statement|line|check|guard|middleware|handler)$", "", phrase)
    if re.fullmatch(r"⟦\d+⟧", bare):
        code = ask.code(bare)
        return None if re.fullmatch(r"\d+", code) else code
    known = re.fullmatch(r"[A-Za-z_$][\w$.]*", bare) is not None and scene.knows(bare)
    return bare if known and bare.lower() not in _SPOKEN else None


_SPOKEN = {
    "delete", "insert", "loop", "middleware", "query", "read", "return", "route", "router",
    "routers", "routes", "select", "update", "write",
}  # fmt: skip
"""Parts that are told by a plain word, whatever the file calls so."""


def _is_of(statement: SgNode, code: str) -> bool:
    """Tell whether a statement is ``code``, calls it, hands it to its call, or declares it."""
    bare = code.removesuffix("()").rstrip(";")
    if squeezed(statement.text()).rstrip(";") == squeezed(code).rstrip(";"):
        return True
    call = _call(statement)
    if call is not None:
        given = [one.text() for one in arguments(call)]
        called = [callee_text(one) for one in arguments(call) if one.kind() == "call_expression"]
        return bare in {callee_text(call), call_name(call), *given, *called}
    declared = {
        text.text()
        for one in of_kinds(statement, ("variable_declarator",))
        if (text := one.field("name")) is not None
    }
    values = [one.field("value") for one in of_kinds(statement, ("variable_declarator",))]
    calls = {callee_text(each) for one in values if one is not None
             for each in of_kinds(one, ("call_expression",))}  # fmt: skip
    return bare in declared or bare in calls


def _call(statement: SgNode) -> SgNode | None:
    """Return the call that an expression statement is, awaited or not."""
    if statement.kind() != "expression_statement":
        return None
    inner = statement.named_children()[0]
    if inner.kind() == "await_expression":
        inner = inner.named_children()[0]
    return inner if inner.kind() == "call_expression" else None


def _mounted(statement: SgNode) -> list[SgNode]:
    call = _call(statement)
    return arguments(call) if call is not None and call_name(call) in _MOUNTS else []


def _is_router(scene: Scene, statement: SgNode) -> bool:
    """Tell whether a statement mounts a router or a route."""
    call = _call(statement)
    if call is not None and call_name(call) in _ROUTES and len(given := arguments(call)) > 1:
        return given[0].kind() in scene.language.strings and "." in callee_text(call)
    given = _mounted(statement)
    if not given:
        return False
    if given[0].kind() in scene.language.strings and len(given) > 1:
        return string_of(given[0]).startswith("/")
    last = given[-1]
    name = callee_text(last) if last.kind() == "call_expression" else last.text()
    home = _homes(scene).get(name, "")
    if re.search(r"rout(?:er|es)", name, re.IGNORECASE) or _ROUTER_HOME.search(home):
        return last.kind() != "string"
    return bool(re.search(rf"\b{re.escape(name)}\s*=\s*(?:express\.)?Router\(", scene.text))


def _homes(scene: Scene) -> dict[str, str]:
    """Return the modules that the names of the file come from."""
    module = parse_text(scene.path, scene.text)
    return {**required(module), **{one.local: one.specifier for one in imports(module)}}


def _is_middleware(scene: Scene, statement: SgNode) -> bool:
    del scene
    return bool(_mounted(statement))


def _is_body_parser(scene: Scene, statement: SgNode) -> bool:
    del scene
    parser = r"^(?:express\.(?:json|urlencoded|text|raw)|bodyParser(?:\.\w+)?|json|urlencoded)\("
    return any(re.match(parser, one.text()) for one in _mounted(statement))


def _is_error_handler(scene: Scene, statement: SgNode) -> bool:
    """Tell whether a statement mounts what takes an error first, or is called after errors."""
    given = _mounted(statement)
    if not given:
        return False
    last = given[-1]
    if last.kind() in scene.language.functions:
        return len(re.findall(r",", last.text().split(")")[0])) == 3
    name = callee_text(last) if last.kind() == "call_expression" else last.text()
    if re.search(r"err|fail|exception", name, re.IGNORECASE):
        return True
    return _takes_four(scene, name)


def _takes_four(scene: Scene, name: str) -> bool:
    """Tell whether a function of the file, or of the module it comes from, takes four values."""
    declared = rf"(?:function\s+{re.escape(name)}\s*|\b{re.escape(name)}\s*=\s*)"
    head = rf"{declared}\((?:[^(),]*,){{3}}[^(),]*\)"
    home = _homes(scene).get(name, "").rpartition("/")[2]
    texts = [scene.text] + [
        scene.task.snapshot.text(path)
        for path in scene.task.snapshot.files
        if home and path.rpartition("/")[2].rpartition(".")[0] == home
    ]
    return any(re.search(head, one) for one in texts)


def _is_not_found(scene: Scene, statement: SgNode) -> bool:
    del scene
    return any(re.search(r"not_?found|404", one.text(), re.I) for one in _mounted(statement))


def _sends(statement: SgNode, verbs: Sequence[str]) -> bool:
    """Tell whether a statement itself sends SQL of one of ``verbs``."""
    if statement.kind() not in {"expression_statement", "lexical_declaration",
                                "variable_declaration", "return_statement"}:  # fmt: skip
        return False
    strings = of_kinds(statement, ("string", "template_string"))
    return any(
        re.match(rf"['\"`]\s*(?:{'|'.join(verbs)})\b", one.text(), re.IGNORECASE) for one in strings
    )


def _writes(scene: Scene, statement: SgNode) -> bool:
    del scene
    return _sends(statement, ("UPDATE", "INSERT", "DELETE"))


def _reads(scene: Scene, statement: SgNode) -> bool:
    del scene
    return _sends(statement, ("SELECT",))


def _of_kind(*kinds: str) -> Callable[[Scene, SgNode], bool]:
    return lambda scene, one: one.kind() in kinds


def _any_statement(scene: Scene, statement: SgNode) -> bool:
    del scene
    return "comment" not in statement.kind()


_PARTS: tuple[tuple[str, Callable[[Scene, SgNode], bool]], ...] = (
    (r"(?:\w+ )?rout(?:er|e)s?(?: mounts?)?", _is_router),
    (r"(?:other )?middlewares?", _is_middleware),
    (r"(?:json |body )+(?:parsers?|parsing|middleware)", _is_body_parser),
    (r"error(?:-| )?(?:handling )?(?:handlers?|middlewares?)", _is_error_handler),
    (r"(?:not[- ]found|404)[- ](?:handler|middleware|route)", _is_not_found),
    (r"writes?(?: (?:query|statement))?|database write|db write", _writes),
    (r"lookup|read(?:ing)? query", _reads),
    (
        r"(?:for |for…of |while )?loop",
        _of_kind("for_statement", "for_in_statement", "while_statement"),
    ),
    (r"return(?: statement)?", _of_kind("return_statement")),
    (r"try(?: block)?", _of_kind("try_statement")),
    (r"statement", _any_statement),
)
