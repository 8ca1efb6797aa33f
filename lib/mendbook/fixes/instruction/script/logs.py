"""Log lines: a leftover one goes, or is written by the project's logger."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import remove
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function, quoted_nodes, step_edits
from mendbook.fixes.instruction.tree.syntax import callee_text, squeezed
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WHAT = (
    r"(?:(?:the|this|that|these|those|all|any|both|left-?over|stray|debug(?:ging)?|temporary|noisy"
    r"|console|log(?:ging)?|forgotten|unneeded|unnecessary|remaining)\s+)*"
)
_GONE = re.compile(
    rf"(?:remove|delete|drop|strip|get\s+rid\s+of)\s+{_WHAT}(?:(?P<code>⟦\d+⟧|console\.\w+)"
    r"(?:\s+(?:call|statement|line|log|output|print)s?)?|(?P<words>(?:console|log|debug)(?:[ .]?"
    r"log)?s?\s*"
    r"(?:statement|line|call|output|print|message)?s?|log|logging|debugger))"
    r"(?:\s+(?:from|in|before|left)\s+(?:the\s+)?(?:⟦\d+⟧|production(?:\s+code)?|here|there"
    r"|committing|merging|release|shipping|handler|component|function)(?:\s+(?:handler|function|"
    r"component|code))?)?",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:remove|delete|drop)\s+(?:it|(?:the|this|that)\s+(?:whole\s+|entire\s+|debug\s+)?(?:line|"
    r"statement|call))",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?:(?:replace|swap|switch|change)\s+(?:the\s+|this\s+)?(?P<old>⟦\d+⟧|console\.\w+)(?:\s+(?"
    r":call|statement|line))?"
    r"\s+(?:with|by|for|to)\s+(?:a\s+)?(?P<new>⟦\d+⟧)|(?:use|call|log\s+with|log\s+via)\s+(?"
    r"P<new2>⟦\d+⟧)\s+(?:instead\s+of|rather\s+than"
    r"|in\s+place\s+of)\s+(?:the\s+)?(?P<old2>⟦\d+⟧|console\.\w+)(?:\s+(?:call|statement|line))?)",
    re.IGNORECASE,
)


def _console(scene: Scene) -> list[SgNode]:
    """Return the quoted statements that only write to the console."""
    logs = []
    for one in quoted_nodes(scene, ("expression_statement", "debugger_statement")):
        inner = one.named_children()
        called = inner[0] if len(inner) == 1 else None
        if one.kind() == "debugger_statement" or (
            called is not None
            and called.kind() == "call_expression"
            and callee_text(called).startswith("console.")
        ):
            logs.append(one)
    return logs


def log_gone(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the leftover `console.log`*: the quoted statement, as many as the words say."""
    scene = work.scene
    told, line = _GONE.fullmatch(ask.text), _LINE.fullmatch(ask.text)
    logs = _console(scene)
    if told is None and (line is None or not re.search(r"log|debug|console", ask.about, re.I)):
        return None
    if told is not None:
        code = ask.called(told["code"] or "").removesuffix("(...)")
        if code and not all(squeezed(one.text()).startswith(squeezed(code)) for one in logs):
            return None
    many = re.search(r"\b(?:all|both|these|those|any)\b|s$", ask.text) is not None
    both = re.search(r"\bboth\b", ask.text, re.IGNORECASE) is not None
    if not logs or (len(logs) > 1) != many or (both and len(logs) != 2):
        return None
    if (told is None or told["words"]) and _has_like(scene, logs):
        return None
    edits = [remove(scene.text, one, comments=False) for one in logs]
    said = f"remove `{squeezed(logs[0].text())[:60]}`"
    return step_edits(scene, Operation.REMOVE, said, edits, removes=[one.text() for one in logs])


def _has_like(scene: Scene, logs: list[SgNode]) -> bool:
    """Tell whether another log stands in the function of what would go, which may be meant."""
    home = innermost_function(scene, logs[0]) or scene.root
    return len(re.findall(r"\bconsole\.\w+\(", home.text())) > len(logs)


def log_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Swap the `console.log` for `logger.debug(…)`*: the call written out, in its place."""
    scene = work.scene
    told = _INSTEAD.fullmatch(ask.text)
    if told is None:
        return None
    old, new = ask.code(told["old"] or told["old2"]), ask.code(told["new"] or told["new2"])
    if not re.fullmatch(r"[\w.]+\(.+\);?", new, re.DOTALL) or "..." in new:
        return None
    name = re.sub(r"\(.*$", "", old, flags=re.DOTALL)
    logs = [one for one in _console(scene) if re.match(rf"{re.escape(name)}\(", one.text())]
    if len(logs) != 1 or not name.startswith("console."):
        return None
    call = logs[0].named_children()[0]
    edits = [replaced(call, new.rstrip(";"))]
    return step_edits(
        scene, Operation.REPLACE, f"write `{new[:60]}` in the place of `{name}`", edits, [new]
    )


_DEAD = re.compile(
    r"\b(?:dead|unused|redundant|obsolete|superfluous|needless|unnecessary|unneeded|pointless|"
    r"leftover"
    r"|no\s+longer\s+(?:needed|used|required)|not\s+(?:needed|used|required)|has\s+no\s+effect|"
    r"does\s+nothing)\b",
    re.IGNORECASE,
)


def dead_line(work: Work, ask: Ask) -> StepEdits | None:
    """*Delete the line, it is dead code*: the one whole statement that is quoted."""
    scene = work.scene
    if _LINE.fullmatch(ask.text) is None or _DEAD.search(ask.about) is None:
        return None
    kinds = (
        "expression_statement",
        "lexical_declaration",
        "variable_declaration",
        "debugger_statement",
    )
    statements = quoted_nodes(scene, kinds)
    if len(statements) != 1 or "\n" in statements[0].text():
        return None
    codes = [ask.code(one) for one in re.findall(r"⟦\d+⟧", ask.about)]
    if any(squeezed(one) not in squeezed(statements[0].text()) for one in codes):
        return None
    if statements[0].kind() != "expression_statement" and not codes:
        return None
    said = f"remove `{squeezed(statements[0].text())[:60]}`"
    edits = [remove(scene.text, statements[0], comments=False)]
    return step_edits(scene, Operation.REMOVE, said, edits, [], [statements[0].text()])


LOGS = (log_gone, log_instead, dead_line)
