"""Members of types and classes, cases of a switch, exceptions: one more, or another."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import indent, insert, line_start
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import uses_outside
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, innermost_function, step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    declarations,
    end,
    field,
    is_async,
    name_of,
    of_kinds,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, line_after, replaced, semicolon
from mendbook.model import Operation

_MEMBER = re.compile(
    r"(?:add|include)\s+(?:an?\s+|the\s+)?(?:member\s+|"
    rf"value\s+)?(?P<new>⟦\d+⟧)\s+to\s+(?:the\s+)?(?:enum\s+)?(?P<of>{ITEM})(?:\s+enum)?",
    re.IGNORECASE,
)


def enum_member(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `Gone = 'gone'` to the `State` enum*: as its last member."""
    scene = work.scene
    told = _MEMBER.fullmatch(ask.text)
    code = ask.code(told["new"]).rstrip(",; ") if told is not None else ""
    if not re.fullmatch(r"[A-Z]\w*\s*=\s*(?:'[^']*'|\"[^\"]*\"|-?\d+)", code):
        return None
    name = ask.code(told["of"]) if told is not None else ""
    enums = [one for one in declarations(scene.root, name, scene.language)
             if one.kind() == "enum_declaration"]  # fmt: skip
    body = field(enums[0], "body") if len(enums) == 1 else None
    if body is None or re.search(rf"\b{re.escape(code.split('=')[0].strip())}\b", body.text()):
        return None
    said = f"add `{code}` to {name}"
    return step_edits(scene, Operation.ADD, said, [add_item(scene, body, code)], [code])


_BREAK = re.compile(
    r"(?:terminate|end|close|finish|leave)\s+(?:the|that|this)\s+(?:(?:⟦\d+⟧|"
    r"[\w.']+)\s+)?(?:case|branch)(?:\s+⟦\d+⟧)?\s+(?:with|by)\s+"
    r"(?:an?\s+)?(?:⟦\d+⟧|break)(?:\s+statement)?|"
    r"(?:add|put|insert)\s+(?:an?\s+|the\s+)?(?:missing\s+)?(?:⟦\d+⟧|"
    r"break)(?:\s+statement)?(?:\s+(?:to|in|at\s+the\s+end\s+of|after|for)\s+"
    r"(?:the\s+)?(?:(?:⟦\d+⟧|[\w.']+)\s+case|case(?:\s+\S+)?|⟦\d+⟧))?",
    re.IGNORECASE,
)


def broken_off(work: Work, ask: Ask) -> StepEdits | None:
    """*Add the missing `break`*: last in the one case that is quoted and runs on."""
    scene = work.scene
    told = _BREAK.fullmatch(ask.text)
    if told is None or not re.search(r"\bbreak\b", ask.written):
        return None
    cases = of_kinds(scene.root, ("switch_case",))
    quoted = [one for one in cases if begins_in_quote(scene, one)] or [
        one for one in cases if touches_quote(scene, one)]  # fmt: skip
    open_ends = [one for one in quoted if _runs_on(one)]
    if len(open_ends) != 1:
        return None
    value = text_of(open_ends[0].field("value"))
    codes = [one.text.rstrip(";:").removeprefix("case ") for one in ask.told]
    if any(one not in {"break", value, value.rpartition(".")[2]} for one in codes):
        return None
    named = re.search(r"(?:the|case)\s+([A-Z][\w.]*|'[^']*')(?:\s+case)?$", ask.text)
    if named is not None and named[1] not in {value, value.rpartition(".")[2], "case"}:
        return None
    inner = [one for one in open_ends[0].named_children()[1:] if "comment" not in one.kind()]
    edit = line_after(scene, inner[-1], f"break{semicolon(scene)}")
    return step_edits(scene, Operation.ADD, "break off the case", [edit], ["break"])


def _runs_on(case: SgNode) -> bool:
    inner = [one for one in case.named_children()[1:] if "comment" not in one.kind()]
    leaves = ("break_statement", "return_statement", "throw_statement", "continue_statement")
    return bool(inner) and inner[-1].kind() not in {*leaves, "statement_block"}


_RETURNS = re.compile(
    rf"(?P<f1>{ITEM})\s+(?:should|must|needs\s+to|has\s+to|ought\s+to)\s+(?:be\s+(?:typed|"
    r"declared|annotated)(?:\s+(?:as|to\s+return|with))?"
    r"|declare|have\s+the\s+return\s+type)\s+(?:an?\s+)?(?P<t1>⟦\d+⟧)(?:\s+as\s+"
    r"(?:its\s+)?return\s+type)?",
    re.IGNORECASE,
)


def return_typed(work: Work, ask: Ask) -> StepEdits | None:
    """*`cancel` should be typed `Promise<boolean>`*: what the function of that name returns."""
    scene = work.scene
    told = _RETURNS.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    name, kind = ask.called(told["f1"]), ask.code(told["t1"]).lstrip(": ")
    functions = [one for one in declarations(scene.root, name, scene.language)
                 if one.kind() in {"method_definition", "function_declaration"}]  # fmt: skip
    listed = functions[0].field("parameters") if len(functions) == 1 else None
    if listed is None or is_broken(scene.language, f"let x: {kind};"):
        return None
    if is_async(functions[0]) != kind.startswith("Promise<"):
        return None
    old = functions[0].field("return_type")
    edit = replaced(old, f": {kind}") if old is not None else insert(end(listed), f": {kind}")
    said = f"declare that {name} returns `{kind}`"
    return step_edits(scene, Operation.ANNOTATE, said, [edit], [kind])


_SHOULD_BE = re.compile(
    r"(?P<x>⟦\d+⟧)(?:\s+(?:field|property|parameter|member))?\s+(?:should|must|has\s+to|"
    r"needs\s+to|ought\s+to)\s+be\s+(?:typed\s+(?:as\s+)?|of\s+type\s+)?"
    rf"(?:an?\s+)?(?P<t>⟦\d+⟧)(?:\s+{INSTEAD_OF}\s+(?:an?\s+)?(?P<old>⟦\d+⟧|any|unknown|string|"
    r"number|object))?",
    re.IGNORECASE,
)
_PLAIN_TYPE = re.compile(
    r"(?:any|unknown|string|number|boolean|object|Date|Function|void|never|"
    r"bigint)(?:\[\])*(?:\s*\|\s*[\w.'\"]+(?:\[\])*)*"
)


def member_typed(work: Work, ask: Ask) -> StepEdits | None:
    """*`owner` should be `unknown` rather than `any`*: the one field or parameter of that name."""
    scene = work.scene
    told = _SHOULD_BE.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    name, kind, old = ask.code(told["x"]), ask.code(told["t"]), ask.code(told["old"] or "")
    kinds = (
        "property_signature",
        "public_field_definition",
        "required_parameter",
        "optional_parameter",
    )
    members = [
        one for one in of_kinds(scene.root, kinds)
        if touches_quote(scene, one) and (name_of(one) or text_of(one.field("pattern"))) == name
        and one.field("type") is not None
    ]  # fmt: skip
    held = members[0].field("type") if len(members) == 1 else None
    if held is None or is_broken(scene.language, f"let x: {kind};"):
        return None
    was = held.text().lstrip(": ").strip()
    if was == kind or (old and old != was) or not (old or _PLAIN_TYPE.fullmatch(kind)):
        return None
    said = f"type {name} as `{kind}`"
    return step_edits(scene, Operation.ANNOTATE, said, [replaced(held, f": {kind}")], [kind])


_THROWN = re.compile(
    r"(?:throw|raise|use)\s+(?:an?\s+|the\s+|(?:Nest(?:JS)?|Nest\.js)(?:'s|"
    rf"’s)?\s+)*(?:(?:built-in|proper|typed)\s+)*(?P<new>{ITEM})"
    r"(?:\s+(?:from|of)\s+(?P<module>⟦\d+⟧|'[^']*'))?"
    rf"\s+(?:{INSTEAD_OF})\s+(?:an?\s+|the\s+)?(?:(?:bare|plain|generic|raw|general|simple|"
    rf"native)\s+)*(?P<old>{ITEM})"
    r"(?:\s*,?\s*(?:with|and|but)?\s*(?:keep(?:ing)?\s+)?(?:the\s+)?(?:same\s+|"
    r"its\s+)?(?:message|text)(?:\s+(?:as\s+it\s+is|unchanged|kept))?)?",
    re.IGNORECASE,
)


def exception_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Throw `NotFound` instead of a plain Error, with the same message*: the one throw quoted."""
    scene = work.scene
    told = _THROWN.fullmatch(ask.text)
    if told is None:
        return None
    new = re.sub(r"^new\s+|\(\)$|\((?:\.\.\.|…)\)$", "", ask.code(told["new"]))
    old = re.sub(r"^new\s+|\(\)$|\((?:\.\.\.|…)\)$", "", ask.code(told["old"]))
    if not re.fullmatch(r"[A-Z]\w*(?:Exception|Error|Fault)", new) or not re.fullmatch(
        r"[A-Z]\w*", old
    ):
        return None
    exceptions = [
        one for one in of_kinds(scene.root, ("new_expression",))
        if touches_quote(scene, one) and text_of(one.field("constructor")) == old
        and (holder := one.parent()) is not None and holder.kind() == "throw_statement"
    ]  # fmt: skip
    maker = exceptions[0].field("constructor") if len(exceptions) == 1 else None
    if maker is None:
        return None
    module = ask.code(told["module"] or "").strip("'\"")
    said = f"throw {new} in the place of {old}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(maker, new)], [f"new {new}("],
                [f"new {old}("], {new: module} if module else {})  # fmt: skip


_DECORATED = re.compile(
    r"(?:(?:add|put|place|set)\s+(?:an?\s+|the\s+)?(?P<d1>⟦\d+⟧(?:(?:,\s+|"
    r",?\s+and\s+)⟦\d+⟧)*)(?:\s+decorators?)?"
    r"(?:\s+(?:to|on|above|before|for)\s+(?:the\s+)?(?P<x1>it|them|field|property|method|handler|"
    r"⟦\d+⟧)(?:\s+(?:field|property|method))?)?"
    r"|(?:decorate|annotate|mark)\s+(?P<x2>it|this|(?:the\s+)?(?:field|property|method|handler|"
    r"⟦\d+⟧))(?:\s+(?:field|property|method))?\s+(?:with|by)\s+"
    r"(?P<d2>⟦\d+⟧(?:(?:,\s+|,?\s+and\s+)⟦\d+⟧)*))",
    re.IGNORECASE,
)
_DECORATOR = re.compile(r"@[A-Za-z_$][\w$.]*(?:\(.*\))?", re.DOTALL)


def decorated(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `@Min(1)`*, *decorate it with `@A()` and `@B()`*: the one member that is quoted."""
    scene = work.scene
    told = _DECORATED.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    marks = [ask.code(one) for one in re.findall(r"⟦\d+⟧", told["d1"] or told["d2"])]
    if not all(map(_DECORATOR.fullmatch, marks)):
        return None
    kinds = ("public_field_definition", "method_definition")
    members = [one for one in of_kinds(scene.root, kinds) if begins_in_quote(scene, one)] or [
        one for one in of_kinds(scene.root, kinds) if _head_touched(scene, one)]  # fmt: skip
    spoken = told["x1"] or told["x2"] or "it"
    if "⟦" in spoken:
        name = ask.called(re.sub(r"^the\s+", "", spoken))
        members = [one for one in of_kinds(scene.root, kinds) if name_of(one) == name]
    if len(members) != 1:
        return None
    at = members[0].field("name") or members[0]
    line = line_start(scene.text, start(at))
    inner = [one for one in members[0].children() if one.kind() == "decorator"]
    above = members[0].prev()
    while above is not None and above.kind() == "decorator":
        inner.append(above)
        above = above.prev()
    held = " ".join(one.text() for one in inner)
    if any(re.search(rf"{re.escape(one.split('(')[0])}\b", held) for one in marks):
        raise Abstain(f"{name_of(members[0])} is marked so already")
    if any(end(one) > line for one in inner):
        return None
    lead = indent(scene.text, start(at))
    edit = insert(line, "".join(f"{lead}{one}\n" for one in marks))
    said = f"decorate {name_of(members[0])} with {' '.join(marks)[:60]}"
    return step_edits(scene, Operation.ANNOTATE, said, [edit], marks)


def _head_touched(scene: Scene, member: SgNode) -> bool:
    """Tell whether the evidence quotes the name of a field, and not only what a method does."""
    name = member.field("name")
    return name is not None and touches_quote(scene, name)


_INJECTED = re.compile(
    r"(?:mark|make|declare)\s+(?:the\s+|this\s+)?(?:(?:injected|private|"
    r"constructor)\s+)*(?:service|dependency|parameter|field|property|member|client|repository|"
    r"⟦\d+⟧)"
    r"(?:\s+(?:parameter|property|field))?\s+(?:as\s+)?(?:`?readonly`?|⟦\d+⟧)",
    re.IGNORECASE,
)


_SEEN = re.compile(r"(?:@[^\n]*\)\s*)?(?:private|protected|public)\b")


def kept_readonly(work: Work, ask: Ask) -> StepEdits | None:
    """*Mark the injected service `readonly`*: the one field, or parameter that is one, quoted."""
    scene = work.scene
    if _INJECTED.fullmatch(ask.text) is None or "readonly" not in ask.written:
        return None
    names = {one.text.removeprefix("this.") for one in ask.told} - {"readonly"}
    members = [
        one for one in of_kinds(scene.root, ("required_parameter", "public_field_definition"))
        if touches_quote(scene, one) and _SEEN.match(one.text())
    ]  # fmt: skip
    open_ones = [one for one in members if not re.search(r"\breadonly\b", one.text().split(":")[0])]
    if names:
        open_ones = [
            one for one in open_ones if (name_of(one) or text_of(one.field("pattern"))) in names
        ]
    if len(open_ones) != 1:
        return None
    name = open_ones[0].field("pattern") or open_ones[0].field("name")
    if name is None or re.search(
        rf"this\.{re.escape(name.text())}\s*(?:[-+*/?&|]{{0,2}}=(?!=)|\+\+|--)",
        _outside(scene, open_ones[0]),
    ):
        raise Abstain("it is given another value later")
    said = f"mark {name.text()} readonly"
    return step_edits(
        scene, Operation.ANNOTATE, said, [insert(start(name), "readonly ")], ["readonly"]
    )


def _outside(scene: Scene, node: SgNode) -> str:
    return scene.text[: start(node)] + scene.text[end(node) :]


_AWAITED = re.compile(
    r"(?:(?P<c1>⟦\d+⟧)\s+(?:returns|gives|is)\s+(?:an?\s+)?(?:promise|"
    r"async)\s*[-–—:,;]\s*)?await\s+(?P<c2>⟦\d+⟧|it|the\s+call)(?:\s+(?:call|"
    r"here))?\s*,?\s+(?:and|so)\s+"
    r"(?:make|mark|turn)\s+(?:the\s+)?(?P<f>⟦\d+⟧|(?:enclosing|surrounding)\s+(?:function|"
    r"method)|function|method|handler|callback)(?:\s+(?:method|function|handler|"
    r"itself))?\s+(?:as\s+|into\s+an?\s+)?(?:⟦\d+⟧|async)(?:\s+(?:function|method))?",
    re.IGNORECASE,
)


def awaited_in_async(work: Work, ask: Ask) -> StepEdits | None:
    """*Await it and make `close` async*: a quoted call, in a function that returns nothing."""
    scene = work.scene
    told = _AWAITED.fullmatch(ask.text)
    if told is None or "async" not in ask.written:
        return None
    spoken = ask.code(told["c1"] or told["c2"])
    if spoken in {"it", "the call"}:
        about = re.search(r"⟦\d+⟧", ask.about)
        spoken = ask.code(about[0]) if about is not None else ""
    name = re.sub(r"\(.*$", "", spoken, flags=re.DOTALL).rpartition(".")[2]
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and (not name or call_name(one) == name)
        and (holder := one.parent()) is not None
        and holder.kind() in {"expression_statement", "variable_declarator"}
    ]  # fmt: skip
    home = innermost_function(scene, calls[0]) if len(calls) == 1 else None
    if home is None or is_async(home):
        return None
    owner = name_of(home) or (name_of(parent) if (parent := home.parent()) is not None else "")
    said_of = ask.called(told["f"]) if "⟦" in told["f"] else ""
    if said_of and said_of != owner:
        return None
    declared = home.field("return_type")
    given = [one for one in of_kinds(home, ("return_statement",))
             if one.named_children()
             and start(innermost_function(scene, one) or one) == start(home)]  # fmt: skip
    edits = []
    if declared is not None and not declared.text().lstrip(": ").startswith("Promise<"):
        edits.append(replaced(declared, f": Promise<{declared.text().lstrip(': ')}>"))
    value = home.field("body")
    if given or owner == "constructor" or (value is not None and value.kind() != "statement_block"):
        raise Abstain(
            f"{owner or 'the function'} gives something back; its callers would get a promise"
        )
    holder = home if home.kind() != "arrow_function" else (home.parent() or home)
    if owner and any(
        _is_awaited_or_alone(one.node) is False
        for one in uses_outside(work.task, scene, holder, owner)
    ):
        raise Abstain(f"what {owner} gives is used; a promise would be another thing")
    at = home.field("name") if home.kind() == "method_definition" else None
    place = start(at) if at is not None else start(home)
    edits += [insert(place, "async "), insert(start(calls[0]), "await ")]
    said = f"await {call_name(calls[0])} in an async {owner or 'function'}"
    return step_edits(scene, Operation.AWAIT, said, edits, ["await ", "async "])


def _is_awaited_or_alone(node: SgNode | None) -> bool:
    """Tell whether a use is a call whose answer is awaited, or left alone."""
    call = (
        next((one for one in node.ancestors() if one.kind() == "call_expression"), None)
        if node
        else None
    )
    parent = call.parent() if call is not None else None
    return parent is not None and parent.kind() in {"await_expression", "expression_statement"}


MEMBERS = (
    enum_member,
    broken_off,
    return_typed,
    member_typed,
    exception_instead,
    decorated,
    kept_readonly,
    awaited_in_async,
)
