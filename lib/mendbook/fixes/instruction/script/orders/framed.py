"""Statements that get a frame: a finally that lets go, a transaction."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, words_of
from mendbook.fixes.instruction.script.place import innermost_function, quoted_nodes, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    end,
    is_async,
    of_kinds,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_LETS_GO = re.compile(
    r"(?:clearTimeout|clearInterval|release|close|end|unlock|disconnect|destroy|dispose|stop|"
    r"unsubscribe|removeEventListener|cleanup|cancel|quit|unref|detach|revokeObjectURL|unlink|rm)"
)
_IN_FINALLY = {
    *(
        "clear",
        "release",
        "close",
        "stop",
        "end",
        "destroy",
        "disconnect",
        "unlock",
        "remove",
        "call",
    ),
    *(
        "put",
        "move",
        "do",
        "run",
        "in",
        "into",
        "to",
        "inside",
        "finally",
        "block",
        "timer",
        "timeout",
    ),
    *(
        "interval",
        "lock",
        "pool",
        "client",
        "connection",
        "handle",
        "file",
        "stream",
        "socket",
        "it",
    ),
    *(
        "always",
        "with",
        "try",
        "use",
        "dispose",
        "cancel",
        "clean",
        "up",
        "free",
        "let",
        "go",
        "of",
    ),
    *(
        "listener",
        "subscription",
        "cleanup",
        "of",
        "that",
        "and",
        "even",
        "wrap",
        "on",
        "every",
        "path",
    ),
}


def in_finally(work: Work, ask: Ask) -> StepEdits | None:
    """*Clear the timer in a finally block*: the one quoted call that lets something go."""
    scene = work.scene
    if (
        not re.search(r"\bfinally\b", ask.text, re.IGNORECASE)
        or not set(words_of(ask)) <= _IN_FINALLY
    ):
        return None
    statements = [
        one
        for one in quoted_nodes(scene, ("expression_statement",))
        if (call := _call(one)) is not None and _LETS_GO.fullmatch(call_name(call))
        and all(each.text.removesuffix("()").rstrip(";") in one.text() for each in ask.told)
    ]  # fmt: skip
    block = statements[0].parent() if len(statements) == 1 else None
    if block is None or block.kind() != "statement_block":
        return None
    holder = block.parent()
    if holder is None or holder.kind() in {
        "try_statement",
        "catch_clause",
        "finally_clause",
        "if_statement",
    }:
        return None
    inner = [one for one in block.named_children() if "comment" not in one.kind()]
    at = next(at for at, one in enumerate(inner) if start(one) == start(statements[0]))
    names = set(re.findall(r"(?<![\w$.])[A-Za-z_$][\w$]*", statements[0].text()))
    declared = [
        index
        for index, one in enumerate(inner[:at])
        if one.kind() == "lexical_declaration"
        and names & set(re.findall(r"[\w$]+", one.text().split("=")[0]))
    ]
    first = declared[-1] + 1 if declared else -1
    while 0 < first < at and _is_guard(inner[first], names):
        first += 1
    before, behind = inner[first:at], inner[at + 1 :]
    if (
        first < 0
        or not before
        or any(not re.fullmatch(r"return(?: [\w$.]+)?;?", one.text()) for one in behind)
    ):
        return None
    kept = textwrap.dedent(_rows(scene, before[0], before[-1]))
    if behind:
        kept += "\n" + textwrap.dedent(_rows(scene, behind[0], behind[-1]))
    lead, unit = indent(scene.text, start(before[0])), step(scene.text)
    code = f"try {{\n{textwrap.indent(kept, unit)}\n}} finally {{\n{unit}{statements[0].text()}\n}}"
    whole = textwrap.indent(code, lead)[len(lead) :]
    edit = Edit(start(before[0]), end(inner[-1]), whole)
    return step_edits(
        scene, Operation.WRAP, f"`{statements[0].text()[:60]}` in a finally", [edit], ["finally"]
    )


def _is_guard(statement: SgNode, names: set[str]) -> bool:
    """Tell whether a statement leaves where what is let go was not got at all."""
    test = statement.field("condition") if statement.kind() == "if_statement" else None
    if test is None or not names & set(re.findall(r"[\w$]+", test.text())):
        return False
    return bool(of_kinds(statement, ("return_statement", "throw_statement")))


def _call(statement: SgNode) -> SgNode | None:
    inner = statement.named_children()
    node = inner[0] if len(inner) == 1 else None
    if node is not None and node.kind() == "await_expression":
        node = next(iter(node.named_children()), None)
    return node if node is not None and node.kind() == "call_expression" else None


def _rows(scene: Scene, first: SgNode, last: SgNode) -> str:
    """Return whole statements with the margin of their first line."""
    return indent(scene.text, start(first)) + scene.text[start(first) : end(last)]


_TRANSACTION = re.compile(
    r"(?P<of>[\w$.]+)\.(?P<way>\$?transaction|withTransaction|tx"
    r"|begin)\(\s*async\s*\(?(?P<tx>[\w$]+)\)?\s*=>\s*"
    r"(?:\{\s*(?:…|\.\.\.)?\s*\}|…|\.\.\.)\s*\)"
)
_INSIDE = re.compile(
    rf"(?:run|wrap|do|put|execute|make|move|perform) (?P<what>.+?) (?:inside|in|into|within|with)"
    rf" (?:transaction:? ?)?(?P<code>{CODE})"
    rf"(?:,? (?:on|using|with|through|via|and use|each on|both on) (?:{CODE}|[\w$]+)(?: instead"
    rf" of (?:{CODE}|[\w$]+))?)?",
    re.IGNORECASE,
)


def in_transaction(work: Work, ask: Ask) -> StepEdits | None:
    """*Run both inside db.transaction(async (tx) => { … }), on tx*: the statements of one block."""
    scene = work.scene
    told = _INSIDE.fullmatch(ask.text)
    framed = _TRANSACTION.fullmatch(ask.code(told["code"])) if told is not None else None
    if told is None or framed is None:
        return None
    kinds = ("expression_statement", "lexical_declaration")
    quoted = quoted_nodes(scene, kinds)
    block = quoted[0].parent() if quoted else None
    home = innermost_function(scene, quoted[0]) if quoted else None
    if block is None or home is None or not is_async(home):
        return None
    of, tx = framed["of"], framed["tx"]
    used = re.compile(rf"(?<![\w$.]){re.escape(of)}\.")
    inner = [one for one in block.named_children() if "comment" not in one.kind()]
    hits = [at for at, one in enumerate(inner) if used.search(one.text())]
    if len(hits) < 2:
        return None
    part = inner[hits[0] : hits[-1] + 1]
    text = _rows(scene, part[0], part[-1])
    said = [
        one
        for one in ("INSERT", "UPDATE", "DELETE", "SELECT")
        if re.search(rf"\b{one}\b", told["what"], re.I)
    ]
    if any(not re.search(rf"\b{one}\b", text, re.IGNORECASE) for one in said) or scene.knows(tx):
        return None
    if any(of_kinds(one, ("return_statement",)) for one in part) or any(
        one.kind() not in kinds for one in part
    ):
        return None
    rest = scene.text[end(part[-1]) : end(block)]
    for one in part:
        for each in of_kinds(one, ("variable_declarator",)):
            names = re.findall(r"[\w$]+", text_of(each.field("name")))
            if any(re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", rest) for name in names):
                return None
    lead, unit = indent(scene.text, start(part[0])), step(scene.text)
    body = textwrap.indent(textwrap.dedent(used.sub(f"{tx}.", text)), unit)
    mark = ";" if part[-1].text().endswith(";") else ""
    code = f"await {of}.{framed['way']}(async ({tx}) => {{\n{body}\n}}){mark}"
    edit = Edit(start(part[0]), end(part[-1]), textwrap.indent(code, lead)[len(lead) :])
    return step_edits(
        scene,
        Operation.WRAP,
        f"run it inside {of}.{framed['way']}",
        [edit],
        [f"{of}.{framed['way']}"],
    )


FRAMED = (in_finally, in_transaction)
