"""Handlers of Python: what is swallowed by name, what is logged, what is left to the caller."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, squeezed, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_SUPPRESS = re.compile(
    r"(?:use|wrap\s+(?:it|⟦\d+⟧)\s+in|replace\s+(?:it|the\s+try(?:/except)?(?:/pass)?)\s+(?:with|by))\s+"
    r"(?P<new>⟦\d+⟧)(?:\s+(?:around|for|on)\s+(?:the\s+)?(?P<what>⟦\d+⟧)(?:\s+call)?)?"
    rf"(?:\s+{INSTEAD_OF}\s+.*)?",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with\s+)?(?P<call>(?:contextlib\.)?suppress\((?P<kinds>[\w.,\s]+)\))\s*:?")


def suppressed(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `contextlib.suppress(KeyError)`*: a try whose one handler only passes."""
    told = _SUPPRESS.fullmatch(ask.text)
    call = _WITH.fullmatch(ask.code(told["new"]).strip()) if told is not None else None
    if told is None or call is None:
        return None
    scene = work.scene
    tries = _tries(scene)
    if len(tries) != 1:
        return None
    one = tries[0]
    handlers = _handlers(one)
    body = one.field("body")
    if len(handlers) != 1 or body is None or _parts(one):
        raise Abstain("the try has more than one handler, or an else or a finally")
    caught, done = _kinds(handlers[0]), _body(handlers[0])
    if squeezed(done) != "pass":
        raise Abstain("the handler does more than to pass")
    wanted = {squeezed(each) for each in call["kinds"].split(",")}
    if {squeezed(each) for each in caught} != wanted:
        raise Abstain(f"the handler catches {', '.join(caught) or 'everything'}")
    if told["what"] and squeezed(ask.code(told["what"])) not in squeezed(body.text()):
        return None
    if told["what"] and len(body.named_children()) > 1:
        raise Abstain("more than that stands in the try")
    text = scene.text
    head = Edit(start(one), start(one) + len("try"), f"with {call['call']}")
    gone = Edit(line_start(text, start(handlers[0])), line_end(text, end(one)), "")
    said = f"write `with {call['call']}` in the place of the try"
    return step_edits(
        scene, Operation.REPLACE, said, [head, gone], [f"with {call['call']}"], ["try:"]
    )


def _tries(scene: Scene) -> list[SgNode]:
    """Return the innermost try statements that the evidence touches."""
    tries = [one for one in of_kinds(scene.root, ("try_statement",)) if touches_quote(scene, one)]
    return [
        one
        for one in tries
        if not any(start(one) < start(other) and end(other) <= end(one) for other in tries)
    ]


def _handlers(node: SgNode) -> list[SgNode]:
    return [one for one in node.named_children() if one.kind() == "except_clause"]


def _parts(node: SgNode) -> list[SgNode]:
    return [one for one in node.named_children() if one.kind() in {"else_clause", "finally_clause"}]


def _kinds(handler: SgNode) -> list[str]:
    """Return the exceptions that a handler names."""
    head = handler.text().partition(":")[0].removeprefix("except").strip()
    head = re.sub(r"\s+as\s+\w+$", "", head)
    return [one.strip() for one in head.strip("()").split(",") if one.strip()]


def _body(handler: SgNode) -> str:
    blocks = [one for one in handler.named_children() if one.kind() == "block"]
    return blocks[-1].text() if blocks else ""


_PROPAGATE = re.compile(
    r"(?:let\s+(?:it|the\s+(?:error|exception))\s+(?:propagate|bubble\s+up|through)[:,]?\s*"
    r"(?:and\s+)?)?"
    r"(?:remove|drop|delete)\s+the\s+(?:whole\s+)?try(?:\s*/\s*except|[- ]except)?"
    r"(?:\s+(?:block|statement|around\s+(?:it|⟦\d+⟧)))?",
    re.IGNORECASE,
)


def let_through(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the try/except*: what it holds stays, at the margin of the try."""
    if _PROPAGATE.fullmatch(ask.text) is None or re.search(r"(?i)finally", ask.text):
        return None
    scene = work.scene
    tries = _tries(scene)
    body = tries[0].field("body") if len(tries) == 1 else None
    if body is None or _parts(tries[0]):
        return None
    text = scene.text
    begin, stop = line_start(text, start(tries[0])), line_end(text, end(tries[0]))
    first = line_start(text, start(body))
    rows = text[first : line_end(text, end(body))]
    lead = indent(text, start(tries[0]))
    inner = textwrap.indent(textwrap.dedent(rows), lead)
    if '"""' in rows or "'''" in rows or "#" in text[begin:first]:
        raise Abstain("the body of the try is not plain lines")
    said = "let what is raised go to the caller"
    return step_edits(scene, Operation.REMOVE, said, [Edit(begin, stop, inner)], [], ["try:"])


_LOGGED = re.compile(
    r"catch\s+(?:only\s+)?(?P<kinds>(?:⟦\d+⟧|[A-Z]\w+)(?:(?:,\s+|,?\s+(?:and|or)\s+)"
    r"(?:⟦\d+⟧|[A-Z]\w+))*)"
    r"(?:\s+only)?,\s+log\s+(?:it|(?:an?\s+)?[\w ]*?)\s*(?:with|using|as|:)\s*"
    r"(?P<log>⟦\d+⟧),?\s+and\s+"
    r"(?P<exit>⟦\d+⟧|return\s+\S+|continue|raise|re-?raise)",
    re.IGNORECASE,
)


def logged_and_left(work: Work, ask: Ask) -> StepEdits | None:
    """*Catch KeyError, log it with `log.warning(…)` and return 0*: where the handler does so."""
    told = _LOGGED.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    tries = _tries(scene)
    handlers = _handlers(tries[0]) if len(tries) == 1 else []
    if len(handlers) != 1:
        return None
    handler = handlers[0]
    leaves = re.sub(r"(?i)re-?raise", "raise", ask.code(told["exit"])).strip("`")
    done = _body(handler).strip()
    if squeezed(done) not in {squeezed(leaves), "pass"}:
        raise Abstain(f"the handler does something else than `{leaves}`")
    if squeezed(done) == "pass":
        return None
    kinds = [ask.code(one) for one in re.split(r",?\s+(?:and|or)\s+|,\s+", told["kinds"])]
    shown = kinds[0] if len(kinds) == 1 else f"({', '.join(kinds)})"
    colon = start(handler) + handler.text().index(":")
    body = next(one for one in handler.named_children() if one.kind() == "block")
    lead = indent(scene.text, start(body))
    log = quoted_as_here(scene, ask.code(told["log"]))
    name = re.search(r"\bas\s+(\w+)", handler.text()[: handler.text().index(":")])
    head = f"except {shown}" + (f" as {name[1]}" if name else "")
    edits = [
        Edit(start(handler), colon, head),
        Edit(start(body), start(body), f"{log}\n{lead}"),
    ]
    said = f"catch {shown} and log it"
    return step_edits(scene, Operation.REPLACE, said, edits, [head, log])


_RAISED = re.compile(
    rf"raise\s+(?:an?\s+)?(?P<new>⟦\d+⟧)(?:\s+there)?\s+{INSTEAD_OF}\s+"
    r"(?:returning|the\s+return|return)\b.*",
    re.IGNORECASE,
)


def raised_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Raise `Gone(…)` instead of returning a tuple*: over the one return that is quoted."""
    told = _RAISED.fullmatch(ask.text)
    new = re.sub(r"^raise\s+", "", ask.code(told["new"])) if told is not None else ""
    if not re.fullmatch(r"[A-Z][\w.]*(?:\(.*\))?|[\w.]+\.[A-Z]\w*\(.*\)", new, re.DOTALL):
        return None
    scene = work.scene
    returns = [
        one for one in of_kinds(scene.root, ("return_statement",)) if touches_quote(scene, one)
    ]
    if len(returns) != 1:
        return None
    text = f"raise {quoted_as_here(scene, new)}"
    edit = Edit(start(returns[0]), end(returns[0]), text)
    said = f"write `{text}` in the place of `{text_of(returns[0])}`"
    return step_edits(scene, Operation.REPLACE, said, [edit], [text], [text_of(returns[0])])


PYTHON_HANDLERS = (suppressed, let_through, logged_and_left, raised_instead)
