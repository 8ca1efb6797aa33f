"""Guards and exits in words: what is thrown or returned where something is missing, or at all."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert, step
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.answers import anchor_of
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    ITEM,
    home_of_quote,
    innermost_function,
    parsed,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.sentences.conditions import condition
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    inside,
    of_kinds,
    outermost,
    same,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    block_end,
    block_start,
    line_after,
    quoted_as_here,
    semicolon,
)
from mendbook.model import Operation

_EXIT = (
    r"(?P<verb{n}>throw|return|raise)\s+(?:an?\s+)?(?P<what{n}>⟦\d+⟧)"
    r"(?:\s+with\s+(?:the\s+|an?\s+)?message\s+(?:of\s+)?(?P<said{n}>⟦\d+⟧|'[^']*'|\"[^\"]*\"))?"
)
_IS = (
    r"(?P<name{n}>ITEM)\s+(?P<state{n}>is\s+(?:missing|null|undefined|nullish|not\s+found|falsy|"
    r"absent"
    r"|not\s+an\s+array|negative|not\s+set|unset)|(?:does\s+not|doesn't)\s+exist|cannot\s+be\s+"
    r"found"
    r"|(?:was\s+not|wasn't|could\s+not\s+be)\s+found|isn't\s+an\s+array)"
).replace("ITEM", ITEM)
_GUARD = re.compile(
    rf"(?:after\s+parsing,\s+|right\s+after\s+\w+,\s+)?{_EXIT.format(n=1)}\s+(?:if|when)\s+(?"
    rf":the\s+)?{_IS.format(n=1)}"
    r"(?:,?\s+before\s+[^;]*)?"
    rf"|(?:if|when)\s+(?:the\s+)?{_IS.format(n=2)},?\s+(?:then\s+)?{_EXIT.format(n=2)}(?:\s+early)?"
    rf"|(?:add|put|insert)\s+(?:an?\s+)?(?:null|undefined|existence|presence|missing|nullish)?\s*"
    rf"-?(?:check|guard)\s+(?:for|on)\s+"
    rf"(?:the\s+)?(?P<name3>{ITEM}),?\s+(?:and|that)\s+(?:throws?|returns?)\s+(?:an?\s+)?(?"
    rf"P<what3>⟦\d+⟧)"
    r"(?:\s+(?:if|when)\s+(?:it|⟦\d+⟧)\s+is\s+(?:missing|null|undefined|not\s+found|absent|"
    r"nullish))?",
    re.IGNORECASE,
)


def guard_told(work: Work, ask: Ask) -> StepEdits | None:
    """*If `row` is null, throw `new Missing(id)`*: behind the declaration of what is tested."""
    scene = work.scene
    told = _GUARD.fullmatch(ask.text)
    home = home_of_quote(scene) if told is not None else None
    if told is None or home is None:
        return None
    at = next(one for one in "123" if told.groupdict().get(f"name{one}"))
    name, what = ask.code(told[f"name{at}"]), ask.code(told[f"what{at}"])
    verb = told[f"verb{at}"] if at != "3" else re.search(r"\b(throw|return)s?\b", ask.text, re.I)[1]  # type: ignore[index]
    state = re.sub(r"isn't", "is not", told[f"state{at}"].lower()) if at != "3" else "is missing"
    leaves = leaving(verb.lower().replace("raise", "throw"), what, ask.code(_message(told, at)))
    test = f"!Array.isArray({name})" if state == "is not an array" else ""
    if not test and state == "is negative":
        test = condition(f"{name} is negative", scene.language.name)
    test = test or f"!{name}"
    anchor = anchor_of(scene, home, name)
    if anchor is None or not leaves or re.search(re.escape(f"({test})"), squeezed(home.text())):
        return None
    if leaves.startswith("return") and not _fits(home, leaves):
        return None
    mark = semicolon(scene)
    leaves = quoted_as_here(scene, leaves)
    code = f"if ({test}) {{\n{step(scene.text)}{leaves}{mark}\n}}"
    said = f"{leaves[:60]} where {name} {state}"
    return step_edits(
        scene, Operation.GUARD, said, [line_after(scene, anchor, code)], [f"if ({test})", leaves]
    )


def _message(told: re.Match[str], at: str) -> str:
    return told.groupdict().get(f"said{at}") or ""


def leaving(verb: str, what: str, message: str) -> str:
    """Return the exit in code; nothing where an error is named and not how it is made."""
    what = re.sub(r"^(?:throw|return)\s+", "", what.rstrip(";"))
    if verb == "return":
        return f"return {what}"
    if message and re.fullmatch(r"[A-Z]\w*", what):
        said = message if message[:1] in "'\"`" else f"'{message}'"
        return f"throw new {what}({said})"
    if re.fullmatch(r"(?:new\s+)?[A-Z][\w.]*\(.*\)", what, re.DOTALL):
        return f"throw {what if what.startswith('new ') else f'new {what}'}"
    return ""


def _fits(home: SgNode, leaves: str) -> bool:
    """Tell whether a function may return what a guard returns: as its others do, or nothing."""
    void = re.search(r"\bvoid\b", text_of(home.field("return_type"))) is not None
    return not void or re.fullmatch(r"return\s*(?:undefined)?", leaves) is not None


_RETURN = re.compile(
    r"(?:add|put|insert|write|place)\s+(?:an?\s+|the\s+)?(?:missing\s+)?(?:⟦\d+⟧|return)(?:\s+(?"
    r":keyword|statement))?\s+"
    r"(?:in\s+front\s+of|before|to|for|ahead\s+of)\s+(?:the\s+)?(?P<at>[^;]+?)(?:\s+[–—-]+\s+.*)?",
    re.IGNORECASE,
)


def returned(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a `return` in front of the 404 answer*: the one call that is quoted as a statement."""
    scene = work.scene
    told = _RETURN.fullmatch(ask.text)
    codes = [one.text for one in ask.told]
    if told is None or (codes and codes[0] != "return" and "⟦" in ask.text.split(" before ")[0]):
        return None
    statements = quoted_nodes(scene, ("expression_statement",))
    if len(statements) != 1 or not re.search(r"\)\s*;?$", statements[0].text()):
        return None
    home = innermost_function(scene, statements[0])
    if home is None or re.search(r"\bvoid\b", text_of(home.field("return_type"))):
        return None
    if any(not _is_spoken(code, statements[0]) for code in codes if code != "return"):
        return None
    said = f"return `{squeezed(statements[0].text())[:60]}`"
    return step_edits(
        scene, Operation.REPLACE, said, [insert(start(statements[0]), "return ")], ["return"]
    )


def _is_spoken(code: str, node: SgNode) -> bool:
    bare = re.sub(r"\(\)$|\(\.\.\.\)$", "", code)
    return squeezed(bare) in squeezed(node.text())


_FIRST = re.compile(
    r"(?:add|call|put|insert|invoke)\s+(?P<code>⟦\d+⟧)\s+(?:as\s+the\s+(?:very\s+)?first\s+(?"
    r":line|statement|thing)\s+(?:of|in)|at\s+the\s+(?:very\s+)?(?:start|top|beginning)\s+of|"
    r"first\s+in)\s+"
    r"(?:the\s+|this\s+)?(?:(?:submit|click|event|change|key|request|route)\s+)?(?P<at>handler|"
    r"function|method|callback|⟦\d+⟧)(?:\s+(?:handler|function|method|callback))?",
    re.IGNORECASE,
)


def first_in_handler(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `e.preventDefault()` as the first line of the handler*: the one that is quoted."""
    scene = work.scene
    told = _FIRST.fullmatch(ask.text)
    if told is None:
        return None
    code = ask.code(told["code"]).rstrip(";")
    node = parsed(code, scene.language)
    if node is None or node.kind() not in {"call_expression", "await_expression"}:
        return None
    if told["at"].startswith("⟦"):
        name = ask.called(told["at"])
        held = declarations(scene.root, name, scene.language)
        handlers = [each for one in held for each in of_kinds(one, scene.language.functions)][:1]
        handlers = handlers if len(held) == 1 else []
    else:
        functions = of_kinds(scene.root, scene.language.functions)
        begun = [one for one in functions if begins_in_quote(scene, one)]
        outer = outermost(begun)
        around = home_of_quote(scene)
        handlers = outer[:1] if len(outer) == 1 else [around] if around is not None else []
    body = body_of(handlers[0]) if len(handlers) == 1 else None
    if body is None or body.kind() != "statement_block" or squeezed(code) in squeezed(body.text()):
        return None
    said = f"begin with `{code[:60]}`"
    edit = block_start(scene, body, f"{code}{semicolon(scene)}")
    return step_edits(scene, Operation.CALL, said, [edit], [code])


_DEFAULT = re.compile(
    r"(?:add|provide|include|give\s+it|give\s+the\s+switch)\s+(?:an?\s+|the\s+)?(?:missing\s+)?(?"
    r":⟦\d+⟧|default)\s+(?:case|branch|clause|arm)(?:\s+to\s+the\s+switch)?\s*(?:,|that|which|and"
    r"|to)?\s*"
    r"(?P<verb>throws?|returns?|throwing|returning)\s+(?:an?\s+)?(?P<what>⟦\d+⟧|'[^']*'|\"[^\"]*"
    r"\"|null|undefined|-?\d+)"
    r"|(?P<verb2>throw|return)\s+(?:an?\s+)?(?P<what2>⟦\d+⟧|'[^']*'|\"[^\"]*\"|null|undefined|-?"
    r"\d+)\s+(?:there|in\s+(?:the|a)\s+(?:⟦\d+⟧|default)(?:\s+(?:case|branch|clause))?)",
    re.IGNORECASE,
)


def default_case(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a `default` case that throws `new Error(code)`*: to the one switch quoted."""
    scene = work.scene
    told = _DEFAULT.fullmatch(ask.text)
    shown = _shown_default(ask) if told is None else ""
    if shown:
        return _add_default(scene, shown)
    if told is None or (
        told["verb2"] and not re.search(r"\bdefault\b", f"{ask.about} {ask.written}")
    ):
        return None
    verb = (told["verb"] or told["verb2"]).lower()
    what = ask.code(told["what"] or told["what2"]).rstrip(";")
    leaves = leaving("throw", what, "") if verb.startswith("throw") else f"return {what}"
    return _add_default(scene, leaves) if leaves else None


_WRITTEN = re.compile(
    r"(?:add\s+|include\s+)?⟦\d+⟧(?:\s+to\s+(?:the|its|this)\s+switch)?", re.IGNORECASE
)


def _shown_default(ask: Ask) -> str:
    """Return what leaves in ``default: throw x``, where a sentence shows no more than that."""
    told = ask.told
    if len(told) != 1 or not _WRITTEN.fullmatch(ask.text):
        return ""
    code = re.fullmatch(r"default:\s*((?:throw|return)\b[^;\n]*);?", told[0].text.strip())
    return code[1].strip() if code is not None else ""


def _add_default(scene: Scene, leaves: str) -> StepEdits | None:
    """Return the edit that ends the one quoted switch in a default; None where it has one."""
    switches = [
        one for one in of_kinds(scene.root, ("switch_statement",)) if touches_quote(scene, one)
    ]
    switches = [
        one for one in switches if not any(inside(o, one) and not same(o, one) for o in switches)
    ]
    body = body_of(switches[0]) if len(switches) == 1 else None
    cases = body.named_children() if body is not None else []
    if not cases or any(one.kind() == "switch_default" for one in cases):
        return None
    last = cases[-1].named_children()
    if not last or not re.match(r"(?:return|throw|break|continue)\b", last[-1].text()):
        return None
    code = f"default:\n{step(scene.text)}{quoted_as_here(scene, leaves)}{semicolon(scene)}"
    edit = line_after(scene, cases[-1], code)
    return step_edits(
        scene, Operation.ADD, f"add a default that does `{leaves[:60]}`", [edit], [leaves]
    )


_RETHROW = re.compile(
    r"(?:re-?throw|throw)\s+(?:the\s+|it\b|this\s+)?(?:caught\s+|original\s+|same\s+)*(?:error|"
    r"exception|err|e|⟦\d+⟧)?(?:\s+again)?(?:\s+(?:in|from|at\s+the\s+end\s+of)\s+the\s+catch(?"
    r":\s+(?:block|clause))?)?"
    r"(?:\s*\(?(?P<code>⟦\d+⟧)\)?)?",
    re.IGNORECASE,
)


def rethrown(work: Work, ask: Ask) -> StepEdits | None:
    """*Rethrow the error in the catch block*: last in the one that is quoted, by its own name."""
    scene = work.scene
    told = _RETHROW.fullmatch(ask.text)
    codes = [one.text.rstrip(";") for one in ask.told]
    clauses = [one for one in of_kinds(scene.root, ("catch_clause",)) if touches_quote(scene, one)]
    name = text_of(clauses[0].field("parameter")) if len(clauses) == 1 else ""
    if told is None or not name or any(one not in {name, f"throw {name}"} for one in codes):
        return None
    if not re.match(r"re-?throw|throw\s+(?:⟦|it\s+again)", ask.text, re.IGNORECASE):
        return None
    body = body_of(clauses[0])
    if body is None or of_kinds(body, ("throw_statement", "return_statement")):
        return None
    line = f"throw {name}{semicolon(scene)}"
    return step_edits(
        scene,
        Operation.GUARD,
        f"throw {name} again",
        [block_end(scene, body, line)],
        [f"throw {name}"],
    )


GUARD_FORMS = (guard_told, rethrown, returned, first_in_handler, default_case)
