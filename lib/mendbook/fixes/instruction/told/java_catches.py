"""A handler of Java that only tells, and is to throw: *rethrow as new X("…", e)*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_THROWN = re.compile(
    r"(?:throw\s+)?(?:new\s+)?(?P<new>(?P<kind>[A-Z]\w*(?:Exception|Error))\(.*\));?", re.DOTALL
)
_WORDS = words(
    "rethrow re-throw throw throwing raise rethrown thrown turn wrap wrapped instead rather"
    " than printing print printed logging log swallowing swallow returning return returned"
    " returns null here catch handler block replace both stack trace ignoring ignore exception"
    " error new false true only just do not"
)
_TELLS = re.compile(
    r"(?:System\.(?:out|err)\.print\w*\(|\w+\.printStackTrace\(|\w*[lL]og\w*\.\w+\("
    r"|(?:return\s+(?:-?\d+|null|false|true|\"\""
    r"|\w+\.(?:empty|of|emptyList|emptyMap|emptySet)\(\))|return|break|continue)\s*;)"
)
"""A statement that tells of an error, or leaves with nothing."""
_NO_CAUSE = words(
    "NumberFormatException NullPointerException ArithmeticException IndexOutOfBoundsException"
    " ClassCastException InterruptedException FileNotFoundException ArrayStoreException"
)
_CHECKED = words(
    "Exception IOException SQLException InterruptedException ExecutionException TimeoutException"
    " ClassNotFoundException FileNotFoundException URISyntaxException ParseException"
    " GeneralSecurityException"
)


def thrown_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Rethrow as new IllegalArgumentException("bad kind", e) instead of printing*."""
    scene = work.scene
    told = spoken(ask, lambda word: word in {"-1", "0"})
    thrown = [match for one in told.codes if (match := _THROWN.fullmatch(one)) is not None]
    rest = [one for one in told.codes if _THROWN.fullmatch(one) is None]
    leads = re.match(
        r"(?:re-?)?(?:throw|raise)\b|turn\b|replace\b|do\s+not\b|wrap\b", ask.unticked, re.I
    )
    instead = told.has("instead", "rather") and "throw" in ask.unticked
    if (
        len(thrown) != 1
        or (leads is None and not instead)
        or not told.only(ARTICLES, ORDERS, _WORDS)
    ):
        return None
    if not all(re.fullmatch(r"-?\d+|null|e|ex|throw|new", one) for one in rest):
        return None
    catches = [
        one for home in around(scene) or [scene.root] for one in of_kinds(home, ("catch_clause",))
    ]
    near = [one for one in catches if touches_quote(scene, one)]
    chosen = near if near else catches
    if len(chosen) != 1:
        raise Abstain(f"{len(chosen)} handlers stand in what is quoted")
    return _thrown(scene, chosen[0], thrown[0])


def _thrown(scene: Scene, handler: SgNode, thrown: re.Match[str]) -> StepEdits:
    body = handler.field("body")
    parameter = next(
        (one for one in handler.children() if one.kind() == "catch_formal_parameter"), None
    )
    statements = body.named_children() if body is not None else []
    kind, code = thrown["kind"], f"new {thrown['new']}"
    if body is None or parameter is None or not statements:
        raise Abstain("the handler does nothing")
    if not all(_TELLS.match(one.text()) or "comment" in one.kind() for one in statements):
        raise Abstain("the handler does more than to tell of the error")
    caught = text_of(parameter.field("name"))
    if kind in _NO_CAUSE and re.search(rf",\s*{re.escape(caught)}\s*\)$", code):
        raise Abstain(f"a {kind} takes no cause")
    home = next(
        (one for one in handler.ancestors() if one.kind() in scene.language.functions), None
    )
    head = text_of(home).partition("{")[0]
    if kind in _CHECKED and not re.search(
        rf"\bthrows\b.*\b(?:{kind}|Exception)\b", head, re.DOTALL
    ):
        raise Abstain(f"the method does not say that it throws {kind}")
    code = re.sub(r"(?<=[(,\s])(?:e|ex|error|cause)(?=\s*\)$)", caught, code)
    plain = [one for one in statements if "comment" not in one.kind()]
    edit = Edit(start(plain[0]), end(plain[-1]), f"throw {code};")
    said = f"throw `{code}` from the handler"
    return step_edits(scene, Operation.REPLACE, said, [edit], [f"throw {code};"])


JAVA_CATCHES = (thrown_instead,)
