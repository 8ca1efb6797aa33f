"""Statements written out: a clean-up in the function named, a check at the top level."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    ITEM,
    home_of_quote,
    innermost_function,
    parsed,
    step_edits,
)
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    body_of,
    call_name,
    end,
    field,
    held_function,
    inside,
    name_of,
    of_kinds,
    owner_of,
    same,
    squeezed,
    start,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    add_item,
    block_end,
    block_start,
    line_after,
    line_before,
    semicolon,
)
from mendbook.model import Operation

_RELEASES = re.compile(
    r"(?:clear(?:Interval|Timeout|Immediate)?|off|remove\w*|unsubscribe|abort|close|disconnect|"
    r"destroy|dispose|stop"
    r"|end|release|terminate|cancel\w*|unref|kill|detach|unobserve|revokeObjectURL|quit|unlisten|"
    r"unwatch|shutdown)"
)
_IN = re.compile(
    rf"(?:in|inside|within)\s+(?:the\s+)?(?P<f1>{ITEM})(?:\s+(?:method|function|hook))?,\s+(?"
    rf":[^⟦;]*?(?::\s*|\s))?(?P<code1>⟦\d+⟧)"
    rf"|(?:call|add|invoke|run|do|put)\s+(?P<code2>⟦\d+⟧)\s+(?:in|inside|within|from|to)\s+(?"
    rf":the\s+)?(?P<f2>{ITEM})(?:\s+(?:method|function|hook))?"
    rf"|(?P<f3>{ITEM})\s+(?:should|must|needs\s+to|has\s+to|ought\s+to)\s+(?:also\s+)?(?:[^⟦;:]*?"
    rf":\s+(?:(?:add|call|run)\s+)?|call\s+)(?P<code3>⟦\d+⟧)(?:\s+before\s+[^⟦;]+)?"
    rf"|(?:stop|clear|close|cancel|release|remove|abort|unsubscribe)\s+[^⟦;]*?\b(?:in|inside|"
    rf"within|from)\s+(?:the\s+)?(?P<f4>{ITEM})(?:\s+(?:method|function))?\s+(?:with|via|using|"
    rf"by\s+calling)\s+(?P<code4>⟦\d+⟧)",
    re.IGNORECASE,
)


def released_in(work: Work, ask: Ask) -> StepEdits | None:
    """*Call `clearInterval(this.timer)` in `close()`*: first in what ends it."""
    scene = work.scene
    told = _IN.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "1234" if groups[f"f{one}"])
    code = ask.code(groups[f"code{at}"]).rstrip(";")
    name = re.sub(r"\(\)$", "", ask.code(groups[f"f{at}"]))
    node = parsed(code, scene.language)
    if node is None or node.kind() != "call_expression" or not _RELEASES.fullmatch(call_name(node)):
        return None
    body = body_named(scene, name)
    if body is None or squeezed(code) in squeezed(body.text()):
        return None
    edit = block_start(scene, body, f"{code}{semicolon(scene)}")
    said = f"call `{code[:60]}` in {name}"
    return step_edits(scene, Operation.CALL, said, [edit], [code])


def body_named(scene: Scene, name: str) -> SgNode | None:
    """Return the block of the one function of that name, in the class that is quoted if any is."""
    functions = []
    for one in bearers(scene.root, name, scene.language):
        value = value_of(one)
        held = one if one.kind() in scene.language.functions else (
            held_function(value, scene.language) if value is not None else None
        )  # fmt: skip
        if held is not None:
            functions.append(held)
    owners = [
        one for one in of_kinds(scene.root, scene.language.classes)
        if any(start(one) <= first < end(one) for first, _ in scene.quotes)
    ]  # fmt: skip
    if owners:
        functions = [one for one in functions if any(inside(one, each) for each in owners)]
    body = body_of(functions[0]) if len(functions) == 1 else None
    return body if body is not None and body.kind() == "statement_block" else None


_CHECK = re.compile(
    r"(?:[^⟦;]*?(?::|,|\bwith)\s*)?(?:(?:add|put|insert)\s+)?(?P<code>⟦\d+⟧)"
    r"(?:\s+(?:at\s+(?:startup|start-up|module\s+load|load\s+time|the\s+top\s+level)|right\s+(?"
    r":after|below)\s+(?:it|this|that)))?",
    re.IGNORECASE,
)


def checked_at_load(work: Work, ask: Ask) -> StepEdits | None:
    """*Fail fast: `if (!process.env.KEY) throw …`*: beside the top-level statement quoted."""
    scene = work.scene
    told = _CHECK.fullmatch(ask.text)
    code = ask.code(told["code"]) if told is not None else ""
    if not re.match(r"if\s*\(", code) or not re.search(r"\bthrow\s+new\b|process\.exit\(", code):
        return None
    tops = [one for one in scene.root.named_children() if touches_quote(scene, one)]
    if len(tops) != 1 or parsed(code, scene.language) is None or " and " in ask.text:
        return None
    kinds = {
        "lexical_declaration",
        "variable_declaration",
        "export_statement",
        "expression_statement",
    }
    if tops[0].kind() not in kinds or squeezed(code) in squeezed(scene.text):
        return None
    functions = of_kinds(tops[0], scene.language.functions)
    if any(start(one) <= first < end(one) for one in functions for first, _ in scene.quotes):
        return None
    declared = {name_of(one) for one in of_kinds(tops[0], ("variable_declarator",))}
    read = set(re.findall(r"(?<![\w$.])[A-Za-z_$][\w$]*", code))
    behind = bool(declared & read)
    edit = (line_after if behind else line_before)(scene, tops[0], code)
    said = f"check `{code[:60]}` when the module is loaded"
    return step_edits(scene, Operation.GUARD, said, [edit], [code])


_GIVES = re.compile(
    r"(?:return|give\s+back|hand\s+back)\s+(?:an?\s+|the\s+)?(?:unsubscribe|disposer|clean-?\s?up"
    r"|dispose|teardown|stop|off)(?:\s+(?:function|callback|handle))?(?:\s+from\s+⟦\d+⟧)?\s*(?::|"
    r",|\()\s*(?P<code>⟦\d+⟧)\)?",
    re.IGNORECASE,
)


def given_back(work: Work, ask: Ask) -> StepEdits | None:
    """*Return an unsubscribe function: `return () => off(f)`*: last in the function quoted."""
    scene = work.scene
    told = _GIVES.fullmatch(ask.text)
    home = home_of_quote(scene) if told is not None else None
    body = body_of(home) if home is not None else None
    code = ask.code(told["code"]).rstrip(";") if told is not None else ""
    if home is None or body is None or body.kind() != "statement_block":
        return None
    if not re.match(r"return\s+\(\)\s*=>", code) or "..." in re.sub(r"\.\.\.[\w$]+", "", code):
        return None
    if any(_returns(scene, one, home) for one in of_kinds(body, ("return_statement",))):
        return None
    if field(home, "return_type") is not None:
        return None
    edit = block_end(scene, body, f"{code}{semicolon(scene)}")
    return step_edits(scene, Operation.CALL, f"end by `{code[:60]}`", [edit], [code])


def _returns(scene: Scene, one: SgNode, home: SgNode) -> bool:
    at = innermost_function(scene, one)
    return at is not None and same(at, home)


_INJECTED = re.compile(
    rf"inject\s+(?:the\s+|an?\s+)?(?P<x>{ITEM})\s+(?:through|via|in|into|using|by)\s+the\s+"
    rf"constructor(?:\s+(?:instead\s+of|rather\s+than)\s+[^⟦;:]*)?"
    r"(?:\s*:\s*(?:(?:add|take|accept|use)\s+)?(?P<code>⟦\d+⟧)(?:\s+as\s+(?:an?\s+)?"
    r"constructor\s+parameter)?)?",
    re.IGNORECASE,
)
_PARAMETER = re.compile(
    r"(?:(?:private|protected|public|readonly)\s+)+(?P<name>[\w$]+)\s*:\s*[\w$.<>\[\], ]+"
)


def injected(work: Work, ask: Ask) -> StepEdits | None:
    """*Inject the mailer through the constructor*: a field that makes it becomes a parameter."""
    scene = work.scene
    told = _INJECTED.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    fields = [
        one for one in of_kinds(scene.root, ("public_field_definition",))
        if touches_quote(scene, one) and (held := value_of(one)) is not None
        and held.kind() == "new_expression"
    ]  # fmt: skip
    owner = owner_of(fields[0], scene.language) if len(fields) == 1 else None
    if owner is None:
        return None
    name, value = name_of(fields[0]), value_of(fields[0])
    spelled = ask.code(told["x"]).lower()
    made_of = squeezed((field(value, "constructor") or value).text()) if value is not None else ""
    if spelled not in {name.lower(), made_of.lower()} or name_of(owner) == "":
        return None
    given = ask.code(told["code"] or "")
    if (whole := re.fullmatch(r"constructor\s*\((?P<given>.*)\)\s*\{\s*\}", given)) is not None:
        given = whole["given"].strip()
    mods = re.match(r"(?:(?:private|protected|public|readonly)\s+)*", fields[0].text())
    lead = (mods[0] if mods is not None else "") or "private "
    given = given or f"{lead}{name}: {made_of}"
    told_name = _PARAMETER.fullmatch(given)
    if told_name is None or told_name["name"] != name or _is_made(scene, name_of(owner)):
        return None
    return _as_parameter(scene, owner, fields[0], given)


def _is_made(scene: Scene, name: str) -> bool:
    """Tell whether any file makes an object of a class, which would have to hand it in."""
    made_there = re.compile(rf"\bnew\s+{re.escape(name)}\s*\(|\bextends\s+{re.escape(name)}\b")
    tree = scene.task.snapshot
    scripts = [path for path in tree.files if re.search(r"\.[cm]?[jt]sx?$", path)]
    return any(made_there.search(tree.text(path)) for path in scripts)


def _as_parameter(scene: Scene, owner: SgNode, declared: SgNode, given: str) -> StepEdits | None:
    body = body_of(owner)
    makers = [
        one for one in of_kinds(owner, ("method_definition",)) if name_of(one) == "constructor"
    ]
    text = scene.text
    begin, stop = line_start(text, start(declared)), line_end(text, end(declared))
    if text[begin:stop].strip().rstrip(";") != declared.text().strip().rstrip(";") or body is None:
        return None
    said = f"take {name_of(declared)} in the constructor"
    if not makers:
        lead = text[begin : start(declared)]
        edits = [Edit(begin, stop, f"{lead}constructor({given}) {{}}\n")]
        return step_edits(scene, Operation.REPLACE, said, edits, [f"constructor({given})"])
    listed = makers[0].field("parameters")
    if len(makers) != 1 or listed is None:
        return None
    edits = [Edit(begin, stop, ""), add_item(scene, listed, given)]
    return step_edits(scene, Operation.REPLACE, said, edits, [given])


PLACED_FORMS = (released_in, checked_at_load, given_back, injected)
