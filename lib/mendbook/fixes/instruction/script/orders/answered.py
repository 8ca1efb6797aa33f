"""A handler that stops behind its answer, a type argument, a callee everywhere in the file."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import indent as indent_of
from mendbook.code.edits import insert, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, NAME, named, pointed
from mendbook.fixes.instruction.script.place import innermost_function, quoted_nodes, step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    callee,
    callee_text,
    end,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after, replaced, semicolon
from mendbook.model import Operation

_STOP = re.compile(
    rf"(?:add )?(?:return|stop|leave|exit)(?: early)? (?:right |directly |immediately )?(?:after"
    rf"|behind|once) "
    rf"(?:(?:sending|answering|responding|replying|having sent)(?: with)?(?: (?:{CODE}|[1-5]\d\d"
    rf"|it|response|answer|error))?"
    rf"(?: response| answer| error)?|(?:{CODE}|[1-5]\d\d)?(?: ?(?:response|answer|reply|error"
    rf"|redirect))?)"
    rf"|(?:add|put) (?:`?return`?|{CODE}) (?:after|behind|before|in front of) (?:{CODE}|[1-5]\d\d"
    rf"|res\.\S+|response|answer)(?: response| answer)?",
    re.IGNORECASE,
)
_SENDS = re.compile(
    r"(?:res|response|reply)\b.*\.(?:json|send|end|redirect|sendStatus|render)\(.*\);?", re.DOTALL
)


def stop_behind(work: Work, ask: Ask) -> StepEdits | None:
    """*Return after sending the 404*: out of the handler, within the condition of the answer."""
    scene = work.scene
    if _STOP.fullmatch(ask.text) is None:
        return None
    said = [one.text for one in ask.told if one.text not in {"return", "return;"}]
    numbers = re.findall(r"\b[1-5]\d\d\b", ask.text)
    answers = [
        one
        for one in quoted_nodes(scene, ("expression_statement",))
        if _SENDS.fullmatch(one.text())
        and all(each in one.text() for each in (*numbers, *(x.rstrip(";") for x in said)))
    ]
    parent = answers[0].parent() if len(answers) == 1 else None
    home = innermost_function(scene, answers[0]) if answers else None
    if parent is None or home is None:
        return None
    is_void = "void" in text_of(home.field("return_type"))
    lead, mark, one = indent_of(scene.text, start(answers[0])), semicolon(scene), answers[0]
    what = f"return behind `{squeezed(one.text())[:60]}`"
    apart = (
        re.search(r"\.(?:json|send|end)\([^;]*\);?\s*\n\s*return;?\s*\n", scene.text) is not None
    )
    if parent.kind() == "statement_block":
        behind = one.next()
        if behind is not None and behind.is_named():
            return None
        joined = re.search(r"\breturn\s+(?:await\s+)?(?:res|reply|response|ctx|c)\b", home.text())
        if is_void or apart or joined is None:
            return step_edits(
                scene, Operation.CALL, what, [line_after(scene, one, f"return{mark}")], ["return"]
            )
        return step_edits(scene, Operation.CALL, what, [insert(start(one), "return ")], ["return"])
    if parent.kind() != "if_statement":
        return None
    if not (is_void or apart):
        return step_edits(scene, Operation.CALL, what, [insert(start(one), "return ")], ["return"])
    unit = step(scene.text)
    block = f"{{\n{lead}{unit}{one.text()}\n{lead}{unit}return{mark}\n{lead}}}"
    return step_edits(scene, Operation.CALL, what, [replaced(one, block)], ["return"])


_TYPED = re.compile(
    rf"(?:(?:type|annotate|declare|use|give|write|make)(?: [a-z]+){{0,3}}(?:(?: with| as| by|:))?"
    rf" ?)?(?P<code>{CODE})"
    rf"(?: (?:instead of|rather than|not) (?:any|{CODE}))?",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"(?P<name>[\w$.]+)<(?P<type>.+)>(?:\((?P<given>.*)\))?", re.DOTALL)


def type_argument(work: Work, ask: Ask) -> StepEdits | None:
    """*Type the state: useState<Row | null>*: the type that the one quoted call is given."""
    scene = work.scene
    told = _TYPED.fullmatch(ask.text)
    generic = _GENERIC.fullmatch(ask.code(told["code"])) if told is not None else None
    if generic is None or scene.language.name == "javascript":
        return None
    if is_broken(scene.language, f"type A = {generic['type']};"):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if callee_text(one) == generic["name"]
    ]
    near = pointed(scene, calls)
    if len(near) != 1 or not (scene.quotes or scene.scopes):
        return None
    call = near[0]
    given = call.field("arguments")
    if generic["given"] and squeezed(text_of(given)) != squeezed(f"({generic['given']})"):
        return None
    held = next((one for one in call.children() if one.kind() == "type_arguments"), None)
    text = f"<{generic['type']}>"
    what = f"type {generic['name']} as {generic['type']}"
    if held is not None:
        if squeezed(held.text()) == squeezed(text):
            raise Abstain(f"{generic['name']} has the type {text} already")
        return step_edits(scene, Operation.ANNOTATE, what, [replaced(held, text)], [text])
    target = callee(call)
    if target is None:
        return None
    return step_edits(scene, Operation.ANNOTATE, what, [insert(end(target), text)], [text])


_EVERYWHERE = re.compile(
    rf"(?:use|call|switch to|prefer) (?P<new>{NAME})(?: (?:instead of|rather than|in place of"
    rf"|for) (?:global )?(?P<old>{NAME}))?"
    rf" (?:throughout|everywhere|in all places|for all calls|for every call)(?: (?:in )?(?:file"
    rf"|module|{CODE}))?"
    rf"|replace (?:all |every |each )(?:calls? (?:of|to) )?(?P<old2>{NAME})(?: calls?)? (?:with"
    rf"|by) (?P<new2>{NAME})(?: (?:in|throughout) (?:file|module|{CODE}))?"
    rf"|(?:use|switch to) (?P<new3>{NAME}) in (?:all|every) (?:two|three|places?|calls?)",
    re.IGNORECASE,
)


def callee_everywhere(work: Work, ask: Ask) -> StepEdits | None:
    """*Use Number.isNaN throughout*: every call of its like in the file."""
    scene = work.scene
    told = _EVERYWHERE.fullmatch(ask.text)
    if told is None:
        return None
    new = named(ask, told["new"] or told["new2"] or told["new3"])
    old = named(ask, told["old"] or told["old2"] or "") if told["old"] or told["old2"] else ""
    old = old or new.rpartition(".")[2]
    if (
        not new
        or not old
        or old == new
        or (not told["old"] and not told["old2"] and "." not in new)
    ):
        return None
    calls = [one for one in of_kinds(scene.root, ("call_expression",)) if callee_text(one) == old]
    targets: list[SgNode] = [at for one in calls if (at := callee(one)) is not None]
    if not targets or "?." in " ".join(one.text() for one in targets):
        return None
    edits = [replaced(one, new) for one in targets]
    return step_edits(
        scene,
        Operation.REPLACE,
        f"call {new} for {old}",
        edits,
        [f"{new}("],
        [f"{old}("] if "." in old else [],
    )


ANSWERED = (stop_behind, type_argument, callee_everywhere)
