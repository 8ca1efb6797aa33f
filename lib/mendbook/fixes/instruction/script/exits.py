"""Where a handler or a turn of a loop ends, and with which status it answers."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.guards import leaving
from mendbook.fixes.instruction.script.loops import LOOP_KINDS, loop_around
from mendbook.fixes.instruction.script.place import (
    innermost_function,
    parsed,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.script.placed import body_named
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    callee_text,
    end,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    block_end,
    block_start,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.model import Operation

_HERE = re.compile(
    r"(?:return|stop|exit|bail\s+out|leave)(?:\s+(?:early|immediately|right\s+away))?"
    r"(?:\s+(?:the\s+)?(?:handler|function))?"
    r"(?P<where>\s+(?:there|at\s+(?:this|that)\s+point|(?:right\s+|"
    r"directly\s+)?after\s+(?:responding|"
    r"answering|sending(?:\s+it)?|(?:the|that|this)\s+(?:\d{3}\s+)?(?:response|answer|reply|"
    r"redirect))))?",
    re.IGNORECASE,
)
_SENDS = re.compile(
    r"(?:res|response|reply)\b.*\.(?:json|send|end|redirect|sendStatus|render)\(.*\)", re.DOTALL
)
_GOES_ON = re.compile(
    r"\b(?:continues?|falls?\s+through|goes\s+on|runs?\s+on|still\s+runs?|keeps?\s+(?:going|"
    r"running)|twice|missing|without|no\s+return|not\s+stop)\b",
    re.IGNORECASE,
)


def returned_here(work: Work, ask: Ask) -> StepEdits | None:
    """Return here, *it goes on behind the 404*: the one quoted answer that ends its block."""
    scene = work.scene
    if _HERE.fullmatch(ask.text) is None:
        return None
    statements = [one for one in quoted_nodes(scene, ("expression_statement",))
                  if _SENDS.match(one.text())]  # fmt: skip
    home = innermost_function(scene, statements[0]) if len(statements) == 1 else None
    if home is None or _is_followed(statements[0]):
        return None
    if re.search(r"\bvoid\b", text_of(home.field("return_type"))):
        return None
    if not (_GOES_ON.search(ask.about) or "after" in ask.text):
        return None
    said = f"return `{squeezed(statements[0].text())[:60]}`"
    return step_edits(
        scene, Operation.REPLACE, said, [insert(start(statements[0]), "return ")], ["return"]
    )


def _is_followed(statement: SgNode) -> bool:
    """Tell whether another statement stands behind one in its own block."""
    behind = statement.next()
    return behind is not None and behind.is_named() and "comment" not in behind.kind()


_IN_LOOP = re.compile(
    r"(?:(?:skip|ignore|pass\s+over)\s+[^⟦;]*?(?::|\bwith|\bby|\busing)\s*|(?:add|put|"
    r"insert)\s+)(?P<code>⟦\d+⟧)"
    r"(?:\s+(?:as\s+the\s+first\s+(?:statement|line|thing)\s+(?:of|in)|"
    r"at\s+the\s+(?:very\s+)?(?:start|top|beginning)\s+of|first\s+in|to|in|inside)"
    r"\s+(?:the\s+|this\s+)?(?:(?:for|while)\s+)?(?:loop(?:'s)?|iteration)(?:\s+body)?)?",
    re.IGNORECASE,
)


def skipped_turn(work: Work, ask: Ask) -> StepEdits | None:
    """*Skip empty rows with `if (!row.id) continue;`*: first in the one loop that is quoted."""
    scene = work.scene
    told = _IN_LOOP.fullmatch(ask.text)
    code = ask.code(told["code"]) if told is not None else ""
    skips = re.fullmatch(r"if\s*\(.+\)\s*(?:\{\s*continue;?\s*\}|continue;?)", code, re.DOTALL)
    if skips is None or parsed(code, scene.language) is None:
        return None
    loops = [one for one in of_kinds(scene.root, LOOP_KINDS) if begins_in_quote(scene, one)]
    if not loops:
        at = quoted_nodes(scene, ("expression_statement", "lexical_declaration"))
        loops = [loop for one in at[:1] if (loop := loop_around(scene, one)) is not None]
    body = body_of(loops[0]) if len(loops) == 1 else None
    if body is None or body.kind() != "statement_block" or squeezed(code) in squeezed(body.text()):
        return None
    if _reads_inner(body, code):
        return None
    code = quoted_as_here(scene, code)
    if not code.rstrip().endswith((";", "}")):
        code += semicolon(scene)
    said = f"begin each turn with `{code[:60]}`"
    return step_edits(scene, Operation.GUARD, said, [block_start(scene, body, code)], [code])


_NAMES = ("identifier", "shorthand_property_identifier_pattern")


def _reads_inner(body: SgNode, code: str) -> bool:
    """Tell whether a condition reads what the turn itself declares."""
    from_turn = {
        each.text() for one in of_kinds(body, ("variable_declarator",))
        for each in of_kinds(one.field("name") or one, _NAMES)
    }  # fmt: skip
    from_turn |= {text_of(one.field("name")) for one in of_kinds(body, ("variable_declarator",))}
    return bool(from_turn & set(re.findall(r"(?<![\w$.])[A-Za-z_$][\w$]*", code)))


_STATUS = re.compile(
    r"(?:respond|reply|answer|return|send)(?:\s+with)?\s+(?:an?\s+|"
    r"the\s+)?(?:http\s+)?(?:status\s+)?(?:code\s+)?(?P<new>[1-5]\d\d)"
    r"(?:\s+\(?(?:created|accepted|no\s+content|conflict|not\s+found|bad\s+request|"
    r"unauthori[sz]ed|forbidden|gone|too\s+many\s+requests"
    r"|unprocessable(?:\s+(?:entity|content))?|service\s+unavailable|"
    r"bad\s+gateway)\)?)?(?:\s+(?:status|response|code))?(?:\s+here)?",
    re.IGNORECASE,
)


_SETS = re.compile(r"(?:res|response|reply)\.(?:status|code|sendStatus|writeHead)")


def status_alone(work: Work, ask: Ask) -> StepEdits | None:
    """*Respond with 201 Created*: the one status that the evidence sets on an answer."""
    scene = work.scene
    told = _STATUS.fullmatch(re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), ask.text))
    if told is None:
        return None
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one)
        and _SETS.fullmatch(callee_text(one))
    ]  # fmt: skip
    sends = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and call_name(one) in {"json", "send", "sendStatus", "end"}
        and re.match(r"(?:res|response|reply)\b", one.text())
    ]  # fmt: skip
    if len(calls) != 1 or len(sends) > 1:
        return None
    given = arguments(calls[0])
    if len(given) != 1 or given[0].kind() != "number" or given[0].text() == told["new"]:
        return None
    no_body = (
        told["new"] in {"204", "304"}
        and sends
        and arguments(sends[0])
        and call_name(sends[0]) != "sendStatus"
    )
    if no_body or end(calls[0]) <= 0:
        return None
    said = f"answer {told['new']} in the place of {given[0].text()}"
    edits = [replaced(given[0], told["new"])]
    return step_edits(scene, Operation.REPLACE, said, edits, [told["new"]], [given[0].text()])


_BRANCH = (
    r"(?:(?:in|inside)\s+(?:the\s+|that\s+)?(?P<branch>⟦\d+⟧|default|else|catch|last|"
    r"final)\s+(?:branch|case|clause|block|arm),?\s+)?"
)
_THROWN = re.compile(
    rf"{_BRANCH}(?P<verb>throw|raise|"
    rf"return)\s+(?:an?\s+)?(?P<what1>⟦\d+⟧)\s+{INSTEAD_OF}\s+(?:silently\s+|just\s+|quietly\s+|"
    r"simply\s+)?"
    r"(?:(?P<old>return(?:ing)?|throw(?:ing)?|rethrow(?:ing)?)(?:\s+[^⟦;:]+|\s+⟦\d+⟧)?|(?:an?\s+|"
    r"the\s+)?(?:bare|silent|empty|early)\s+(?:⟦\d+⟧|return)|the\s+(?:⟦\d+⟧|return)|⟦\d+⟧)"
    r"|(?:replace\s+the|instead\s+of\s+(?:an?|the))\s+(?:bare\s+|silent\s+|empty\s+|early\s+)?(?"
    r":⟦\d+⟧|return)(?:\s+statement)?,?\s+(?:with|by|do|use|throw|write|and\s+throw)\s+(?:an?\s+"
    r")?(?P<what2>⟦\d+⟧)",
    re.IGNORECASE,
)


def leaves_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Throw an `Error('gone')` instead of returning undefined*: the one exit that is quoted."""
    scene = work.scene
    told = _THROWN.fullmatch(ask.text)
    if told is None:
        return None
    what = ask.code(told["what1"] or told["what2"])
    verb = (told["verb"] or "throw").lower().replace("raise", "throw")
    leaves = leaving(verb, what, "")
    old = (
        "throw_statement"
        if (told["old"] or "").lower().startswith(("throw", "rethrow"))
        else "return_statement"
    )
    exits = [one for one in of_kinds(scene.root, (old,)) if touches_quote(scene, one)]
    begun = [one for one in exits if begins_in_quote(scene, one)]
    exits = begun if len(begun) == 1 else exits
    if told["branch"]:
        exits = [one for one in exits if _is_in(one, ask.code(told["branch"]))]
    if not leaves or len(exits) != 1 or squeezed(exits[0].text().rstrip(";")) == squeezed(leaves):
        return None
    bare = re.fullmatch(
        r"(?:return|throw)\s*(?:null|undefined|false|true|\[\]|\{\}|''|-?\d+)?;?", exits[0].text()
    )
    inside_call = exits[0].parent()
    if inside_call is None or (not bare and not told["old"]):
        return None
    text = f"{leaves}{';' if exits[0].text().endswith(';') else ''}"
    said = f"{leaves[:60]} where it did `{squeezed(exits[0].text())[:40]}`"
    return step_edits(
        scene,
        Operation.REPLACE,
        said,
        [replaced(exits[0], text)],
        [leaves],
        [exits[0].text().rstrip(";")],
    )


_BRANCHES = {"default": "switch_default", "else": "else_clause", "catch": "catch_clause"}


def _is_in(node: SgNode, branch: str) -> bool:
    kind = _BRANCHES.get(branch.lower())
    return kind is None or any(one.kind() == kind for one in node.ancestors())


_ENDED = re.compile(
    r"(?:end|finish|close|conclude|terminate)\s+(?:the\s+)?(?P<f>⟦\d+⟧|"
    r"[A-Za-z_$][\w$]*)(?:\s+(?:function|method|handler))?\s+(?:with|by)\s+(?:an?\s+|"
    r"the\s+)?(?:explicit\s+|final\s+)?(?P<code>⟦\d+⟧)"
    r"|(?:add|put)\s+(?:an?\s+|the\s+)?(?:explicit\s+|final\s+|trailing\s+|"
    r"missing\s+)*(?P<code2>⟦\d+⟧)\s+(?:at|to)\s+the\s+(?:very\s+)?(?:end|"
    r"bottom)\s+of\s+(?:the\s+)?(?P<f2>⟦\d+⟧|[A-Za-z_$][\w$]*)(?:\s+(?:function|method|"
    r"handler))?",
    re.IGNORECASE,
)


def ended_by(work: Work, ask: Ask) -> StepEdits | None:
    """*End `find` with an explicit `return undefined;`*: behind its last statement."""
    scene = work.scene
    told = _ENDED.fullmatch(ask.text)
    if told is None:
        return None
    code = ask.code(told["code"] or told["code2"]).rstrip(";")
    name = ask.called(told["f"] or told["f2"])
    body = body_named(scene, name) if name not in {"function", "method", "handler", "it"} else None
    if body is None or not re.match(r"(?:return|throw)\b", code) or "..." in code:
        return None
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    if not inner:
        return None
    if inner[-1].kind() in {"return_statement", "throw_statement"}:
        raise Abstain(f"{name} leaves by `{squeezed(inner[-1].text())[:40]}`", final=True)
    edit = block_end(scene, body, f"{code}{semicolon(scene)}")
    return step_edits(scene, Operation.ADD, f"end {name} by `{code[:60]}`", [edit], [code])


EXITS = (leaves_instead, returned_here, skipped_turn, status_alone, ended_by)
