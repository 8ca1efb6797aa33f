"""What stands there in another form: logs, columns, templates, chains, exits of a catch."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, OUGHT
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    callee_text,
    end,
    field,
    of_kinds,
    outermost,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    add_item,
    line_after,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.model import Operation

_LEVELS = {"trace", "debug", "info", "warn", "error", "fatal", "log", "verbose"}
_LOGS = re.compile(
    rf"(?:.*\.)?(?:log|logger|console|winston|pino)\.(?:{'|'.join(sorted(_LEVELS))})"
)


def _log_calls(scene: Scene) -> list[SgNode]:
    return [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and _LOGS.fullmatch(callee_text(one))
    ]


_FIELD = re.compile(
    rf"(?:add|include|put|pass|log) (?P<c1>\{{[^{{}}]*\}})(?: (?:to|in|into|with|as second"
    rf" argument of) (?:log(?:ger)?(?: call| line| entry| message)?|it|them))?(?: as (?:second"
    rf"|last) argument)?"
    rf"|(?:include|log|add) [\w ]+?(?: (?:in|to|with) (?:log(?: call| line| entry)?|it))?:"
    rf" (?P<c2>\{{[^{{}}]*\}})"
    rf"|log(?: call| line| entry| message)? (?:needs|{OUGHT} (?:have|carry|contain|include))"
    rf" (?P<c3>\{{[^{{}}]*\}})",
    re.IGNORECASE,
)


def log_fields(work: Work, ask: Ask) -> StepEdits | None:
    """Log what *the log line needs { id }* tells, by the one log call that is quoted."""
    scene = work.scene
    told = _FIELD.fullmatch(ask.unticked)
    if told is None:
        return None
    code = next(one for one in told.groups() if one)
    calls = _log_calls(scene)
    if len(calls) != 1 or is_broken(scene.language, f"f({code});"):
        return None
    given = arguments(calls[0])
    objects = [one for one in given if one.kind() == "object"]
    code = quoted_as_here(scene, code)
    if objects:
        items = code.strip("{} ").strip()
        held = objects[0]
        return step_edits(
            scene, Operation.ADD, f"log {items}", [add_item(scene, held, items)], [items]
        )
    if len(given) != 1 or given[0].kind() not in {"string", "template_string"}:
        return None
    return step_edits(
        scene, Operation.ADD, f"log {code}", [insert(end(given[0]), f", {code}")], [code]
    )


_LOGGED = re.compile(
    rf"(?:log(?: it| this| error| err| failure)?(?: with| by)?:?|use logger:?|use)"
    rf" (?P<code>{CODE})",
    re.IGNORECASE,
)


def logged_by(work: Work, ask: Ask) -> StepEdits | None:
    """*Log it: logger.error('x', { err })*: for the one call of the console that is quoted."""
    scene = work.scene
    told = _LOGGED.fullmatch(ask.text)
    code = ask.code(told["code"]).rstrip(";") if told is not None else ""
    if not re.match(
        r"(?:this\.)?(?:[\w$]+\.)*(?:log|logger|\w*[lL]og(?:ger)?)\.\w+\(.*\)$", code, re.DOTALL
    ):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and re.fullmatch(r"console\.\w+", callee_text(one))
    ]
    begun = [one for one in calls if begins_in_quote(scene, one)] or calls
    if len(begun) != 1 or code.startswith("console."):
        return None
    code = quoted_as_here(scene, code)
    return step_edits(
        scene,
        Operation.REPLACE,
        f"log by {code[:60]}",
        [replaced(begun[0], code)],
        [code],
        ["console"],
    )


_RETHROW = {
    *(
        "rethrow",
        "throw",
        "err",
        "error",
        "e",
        "the",
        "it",
        "after",
        "logging",
        "log",
        "and",
        "again",
    ),
    *("at", "end", "of", "catch", "in", "add", "with", "must", "should", "block", "last", "then"),
    *("needs", "to", "a", "on", "re-throw", "behind", "finish", "by", "rethrowing"),
}


def rethrown(work: Work, ask: Ask) -> StepEdits | None:
    """*End the catch with throw err*: last in the one catch that is quoted, by its own name."""
    scene = work.scene
    plain = ask.unticked.lower()
    if not re.search(r"\bre-?throw|\bthrow\b", plain) or "new" in plain or "(" in plain:
        return None
    if not set(re.findall(r"[a-z$_-]+", plain)) <= _RETHROW:
        return None
    clauses = [one for one in of_kinds(scene.root, ("catch_clause",)) if touches_quote(scene, one)]
    body = body_of(clauses[0]) if len(clauses) == 1 else None
    name = text_of(clauses[0].field("parameter")) if clauses else ""
    if body is None or not re.fullmatch(r"[\w$]+", name):
        return None
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    if any(one.kind() in {"throw_statement", "return_statement"} for one in inner) or not inner:
        return None
    edit = line_after(scene, inner[-1], f"throw {name}{semicolon(scene)}")
    return step_edits(scene, Operation.ADD, f"throw {name} again", [edit], [f"throw {name}"])


_COLUMNS = re.compile(
    r"(?:select|list|name|use select|replace \* (?:by|with)|fetch|query|read)(?: only| just)?(?:"
    r" columns?:?)?(?: only| just)?:? ?"
    r"(?P<cols>[a-z_][\w.]*(?:, ?[a-z_][\w.]*)*(?:,? and [a-z_][\w.]*)?)(?: only)?(?: columns)?"
    r"(?:,? (?:instead of|not|rather than) (?:\*|select \*|all columns|everything))?",
    re.IGNORECASE,
)


def columns(work: Work, ask: Ask) -> StepEdits | None:
    """*Select id and name only*: in the one query with a star that is quoted."""
    scene = work.scene
    told = _COLUMNS.fullmatch(ask.unticked)
    if told is None:
        return None
    names = [one for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", told["cols"]) if one]
    if not all(re.fullmatch(r"[a-z_][\w.]*", one) for one in names) or not names:
        return None
    queries = [
        (one, star)
        for one in of_kinds(scene.root, ("string", "template_string"))
        if touches_quote(scene, one)
        and (star := re.search(r"\bSELECT\s+(?P<star>\*)(?=\s+FROM\b)", one.text(), re.IGNORECASE))
    ]
    if len(queries) != 1:
        return None
    at, text = start(queries[0][0]) + queries[0][1].start("star"), ", ".join(names)
    return step_edits(scene, Operation.REPLACE, f"select {text}", [Edit(at, at + 1, text)])


_RETURNED = re.compile(
    r"(?:return )?(?P<new>undefined|null|\[\]|\{\}|true|false|-?\d+|''|\"\")(?:,? (?:instead"
    r" of|rather than|not)(?: returning)? "
    r"(?P<old>undefined|null|\[\]|\{\}|true|false|-?\d+|''|\"\"))?",
)


def returned(work: Work, ask: Ask) -> StepEdits | None:
    """*Return undefined instead of null*: what the one quoted return gives."""
    scene = work.scene
    text = ask.unticked
    told = _RETURNED.fullmatch(text[:1].lower() + text[1:])
    if told is None or not (told["old"] or text.lower().startswith("return")):
        return None
    statements = [
        one for one in of_kinds(scene.root, ("return_statement",)) if begins_in_quote(scene, one)
    ]
    given = statements[0].named_children() if len(statements) == 1 else []
    if len(given) != 1 or given[0].kind() not in {
        "null",
        "undefined",
        "true",
        "false",
        "number",
        "array",
        "object",
        "string",
    }:
        return None
    if (told["old"] and given[0].text() != told["old"]) or given[0].text() == told["new"]:
        return None
    new = quoted_as_here(scene, told["new"])
    return step_edits(
        scene, Operation.REPLACE, f"return {new}", [replaced(given[0], new)], [f"return {new}"]
    )


_CHAINED = re.compile(
    r"(?:(?:use|write|prefer|simplify(?: it)? to|replace it (?:by|with)|replace (?:it|check)"
    r" (?:by|with)|with)? ?(?:optional chaining)?:? ?)(?P<new>[\w$.\[\]()]*\?\.[\w$.?\[\]()]*)?",
    re.IGNORECASE,
)


def chained(work: Work, ask: Ask) -> StepEdits | None:
    """*Use optional chaining* for the one quoted ``a && a.b``, with all that it tests."""
    scene = work.scene
    text = ask.unticked
    told = _CHAINED.fullmatch(text)
    if told is None or (not told["new"] and "optional chaining" not in text.lower()):
        return None
    conjunctions = [
        one
        for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one) and _as_chain(one)
    ]
    conjunctions = outermost(conjunctions)
    if len(conjunctions) != 1:
        return None
    new = _as_chain(conjunctions[0])
    if told["new"] and squeezed(told["new"]) != squeezed(new):
        return None
    return step_edits(
        scene, Operation.REPLACE, f"read {new}", [replaced(conjunctions[0], new)], [new]
    )


def _as_chain(node: SgNode) -> str:
    """Return ``a && a.b`` as ``a?.b``; empty for other tests."""
    left, right = field(node, "left"), field(node, "right")
    if text_of(field(node, "operator")) != "&&" or left is None or right is None:
        return ""
    tested = text_of(left)
    whole, chain = tested, tested
    if left.kind() == "binary_expression":
        chain = _as_chain(left)
        whole = text_of(left.field("right"))
    if (
        not chain
        or not re.fullmatch(r"[\w$.?\[\]()]+", chain)
        or not text_of(right).startswith(f"{whole}.")
    ):
        return ""
    rest = text_of(right)[len(whole) + 1 :]
    return f"{chain}?.{rest}" if re.fullmatch(r"[\w$.()]+", rest) else ""


_TEMPLATE = re.compile(
    r"(?:(?:use|build it with|write it as|return|make it|with)(?: an?)? (?:template (?:literal"
    r"|string))?:? ?)?(?P<code>`[^`]*\$\{[^`]*`)"
    r"|(?:build (?:it|text|string|message) (?:with|as|by)|make it|turn it into|write it as"
    r"|concatenate with)(?: an?)? template (?:literal|string)"
    r"|template (?:literal|string) instead of(?: string)? concatenation",
    re.IGNORECASE,
)


def template(work: Work, ask: Ask) -> StepEdits | None:
    """*`Silo ${name}`*: for the one quoted concatenation that says the same."""
    scene = work.scene
    told = _TEMPLATE.fullmatch(work.task.finding.fix.strip(" ."))
    if told is None:
        return None
    concatenations = outermost(
        [
            one
            for one in of_kinds(scene.root, ("binary_expression",))
            if touches_quote(scene, one) and _as_template(one)
        ]
    )
    if len(concatenations) != 1:
        return None
    new = _as_template(concatenations[0])
    if told["code"] and squeezed(told["code"]) != squeezed(new):
        return None
    return step_edits(
        scene,
        Operation.REPLACE,
        "use a template literal",
        [replaced(concatenations[0], new)],
        [new],
    )


def _as_template(node: SgNode) -> str:
    """Return a concatenation with a text in it as a template literal; empty for another sum."""
    parts = _summed(node)
    if not parts or not any(one.kind() == "string" for one in parts[:2]):
        return ""
    text = ""
    for one in parts:
        if one.kind() == "string":
            inner = one.text()[1:-1]
            text += (
                inner.replace("`", "\\`")
                .replace("${", "\\${")
                .replace("\\'", "'")
                .replace('\\"', '"')
            )
        elif one.kind() == "template_string":
            text += one.text()[1:-1]
        else:
            text += f"${{{one.text()}}}"
    return f"`{text}`"


def _summed(node: SgNode) -> list[SgNode]:
    """Return what a chain of ``+`` joins, from the left; nothing for another operator."""
    if node.kind() != "binary_expression":
        return [node]
    if text_of(field(node, "operator")) != "+":
        return []
    left, right = field(node, "left"), field(node, "right")
    first = _summed(left) if left is not None else []
    return [*first, right] if first and right is not None else []


WRITTEN_OUT = (log_fields, logged_by, rethrown, columns, returned, chained, template)
