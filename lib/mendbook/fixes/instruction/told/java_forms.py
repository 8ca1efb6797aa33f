"""What is asked of Java in words: constructors, what is returned, how a method begins."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    name_of,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, replaced
from mendbook.model import Operation

_INJECT = re.compile(
    r"(?:(?:use|prefer|switch\s+to)\s+constructor\s+injection(?:\s+(?:here|(?:for|of)\s+"
    r"(?P<a>.+?)))?"
    r"(?:\s+(?:instead\s+of|over|rather\s+than)\s+(?:field\s+injection|⟦\d+⟧)"
    r"(?:\s+on\s+the\s+fields?)?)?"
    r"|replace\s+(?:the\s+)?field\s+injection\s+(?:by|with)\s+constructor\s+injection"
    rf"|inject\s+(?:the\s+)?(?P<b>{ITEM})\s+(?:through|via|with|in|by)\s+(?:the|a)\s+constructor"
    r"|pass\s+(?:the\s+)?(?P<c>⟦\d+⟧)\s+(?:through|to|into)\s+the\s+constructor)"
    r"(?:\s*(?:,|:)?\s*(?:and\s+)?make\s+the\s+(?:fields?|repository|\w+)\s+"
    r"(?:`?private\s+)?final`?)?"
    r"(?:\s*(?:,|:)?\s*(?:and\s+)?assign\s+it\s+in\s+(?:a|the)\s+constructor)?",
    re.IGNORECASE,
)


def injected(work: Work, ask: Ask) -> StepEdits | None:
    """*Use constructor injection*: final fields, and one constructor that takes them."""
    told = _INJECT.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    classes = [
        one
        for one in of_kinds(scene.root, ("class_declaration",))
        if touches_quote(scene, one) or any(start(s) == start(one) for s in scene.scopes)
    ]
    if len(classes) != 1:
        return None
    owner, body = classes[0], body_of(classes[0])
    if body is None or of_kinds(body, ("constructor_declaration",)):
        raise Abstain("the class has a constructor already")
    fields = [one for one in body.named_children() if one.kind() == "field_declaration"]
    wired = [one for one in fields if re.search(r"@(?:Autowired|Inject)\b", one.text())]
    named = re.sub(r"\s+only$|^the\s+|`", "", ask.code(told["b"] or told["c"] or told["a"] or ""))
    if named and [_field(one) for one in wired] != [named]:
        raise Abstain(f"{named} is not the one field that is injected")
    if not wired or any("=" in one.text() or "@Qualifier" in one.text() for one in wired):
        return None
    names = [_field(one) for one in wired]
    for name in names:
        if re.search(rf"(?<![\w.])(?:this\.)?{name}\s*=(?!=)", body.text()):
            raise Abstain(f"{name} is written again; it cannot be final")
    text, lead = scene.text, indent(scene.text, start(wired[0]))
    edits = [_final(scene, one) for one in wired]
    unit = step(text)
    given = ", ".join(f"{text_of(one.field('type'))} {_field(one)}" for one in wired)
    rows = "".join(f"{lead}{unit}this.{name} = {name};\n" for name in names)
    code = f"\n{lead}public {name_of(owner)}({given}) {{\n{rows}{lead}}}\n"
    edits.append(insert(line_end(text, end(fields[-1])), code))
    edits += _without_import(scene, len(wired))
    adds = [f"this.{name} = {name};" for name in names]
    return step_edits(scene, Operation.ADD, "take what is injected in a constructor", edits, adds,
                ["@Autowired"] if "@Autowired" in wired[0].text() else ["@Inject"])  # fmt: skip


def _field(one: SgNode) -> str:
    declared = one.field("declarator")
    return text_of(declared.field("name")) if declared is not None else ""


def _final(scene: Scene, one: SgNode) -> Edit:
    """Return the field without its annotation, and final."""
    old = scene.text[start(one) : end(one)]
    bare = re.sub(r"@(?:Autowired|Inject)(?:\([^)]*\))?\s*", "", old)
    new = bare if re.search(r"\bfinal\b", bare) else re.sub(
        r"^((?:(?:private|protected|public)\s+)?)", r"\1final ", bare, count=1)  # fmt: skip
    return Edit(start(one), end(one), new)


def _without_import(scene: Scene, gone: int) -> list[Edit]:
    imports = list(re.finditer(r"^import [\w.]+\.(?P<name>Autowired|Inject);\n", scene.text, re.M))
    return [
        Edit(one.start(), one.end(), "")
        for one in imports
        if len(re.findall(rf"@{one['name']}\b", scene.text)) == gone
    ]


_RETURNED = re.compile(
    rf"(?:make\s+(?:the\s+)?(?P<a>{ITEM})(?:\s+method)?\s+return\s+(?P<x>⟦\d+⟧)"
    rf"|return\s+an?\s+(?:[\w-]+\s+)*(?:view|copy|list|collection)\s+(?:of\s+the\s+\w+\s+)?"
    rf"(?:from|in|of)\s+(?P<b>{ITEM}):?\s+(?P<y>⟦\d+⟧)"
    rf"|return\s+(?P<z>⟦\d+⟧)\s+(?:from|in)\s+(?P<c>{ITEM})"
    r"|return\s+(?P<w>⟦\d+⟧)\s+(?:instead\s+of|rather\s+than|not)\s+(?P<old>⟦\d+⟧|null)"
    rf"(?:\s+(?:from|in)\s+(?P<d>{ITEM}))?"
    rf"|return\s+a\s+copy:\s+(?P<u>⟦\d+⟧)\s+(?:from|in)\s+(?P<e>{ITEM}))",
    re.IGNORECASE,
)


def returned_value(work: Work, ask: Ask) -> StepEdits | None:
    """*Make `stays()` return `List.copyOf(stays)`*: over the one return of the method."""
    told = _RETURNED.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    code = ask.code(told["x"] or told["y"] or told["z"] or told["w"] or told["u"])
    code = re.sub(r"^return\s+|;$", "", code)
    named = ask.code(told["a"] or told["b"] or told["c"] or told["d"] or told["e"] or "")
    named = named.removesuffix("()")
    old = ask.code(told["old"]) if told["old"] else ""
    kinds = frozenset({"method_declaration", "function_declaration"})
    homes = scene.named(kinds, named) if named else around(scene)
    if len(homes) != 1 or not re.search(r"[A-Za-z]", code):
        return None
    returns = [
        one
        for one in of_kinds(homes[0], ("return_statement",))
        if (inner := _values(one))
        and len(inner) == 1
        and (not old or squeezed(inner[0].text()) == squeezed(old))
    ]
    if len(returns) != 1:
        return None
    value = _values(returns[0])[0]
    if squeezed(value.text()) == squeezed(code):
        raise Abstain(f"it returns `{code}` already")
    said = f"return `{code}` in the place of `{value.text()}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(value, code)], [f"return {code}"])


def _values(one: SgNode) -> list[SgNode]:
    """Return what a return statement returns, each value."""
    inner = one.named_children()
    if len(inner) == 1 and inner[0].kind() == "expression_list":
        return inner[0].named_children()
    return inner


_BEGIN = re.compile(
    r"(?:use|call|add|check\s+with|begin\s+with|start\s+with)\s+(?P<code>⟦\d+⟧)\s+"
    r"(?:at\s+the\s+(?:very\s+)?"
    r"(?:top|start|beginning)|first)(?:\s+of\s+(?:the\s+(?:method|constructor)|⟦\d+⟧))?",
    re.IGNORECASE,
)


def begun_with(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `Objects.requireNonNull(room)` at the top*: what the method begins with."""
    told = _BEGIN.fullmatch(ask.text)
    code = ask.code(told["code"]).rstrip(";") if told is not None else ""
    if not re.fullmatch(r"[\w.]+\(.*\)", code, re.DOTALL):
        return None
    scene = work.scene
    homes = around(scene)
    body = body_of(homes[0]) if len(homes) == 1 else None
    if body is None or squeezed(code) in squeezed(body.text()):
        return None
    edit = block_start(scene, body, f"{code};")
    return step_edits(scene, Operation.GUARD, f"begin with `{code}`", [edit], [code])


_PRINTED = re.compile(
    r"(?:replace\s+(?:⟦\d+⟧|System\.out(?:\.println)?|the\s+println)\s+(?:with|by)\s+"
    r"(?:the\s+logger|a\s+log(?:\s+call)?):?\s+"
    r"(?P<a>⟦\d+⟧)|(?P<gone>(?:remove|drop|delete)\s+the\s+(?:println|print|debug\s+output)))",
    re.IGNORECASE,
)


def print_replaced(work: Work, ask: Ask) -> StepEdits | None:
    """*Replace System.out.println with the logger: `log.info(…)`*, or *remove the println*."""
    told = _PRINTED.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    statements = [
        one
        for one in of_kinds(scene.root, ("expression_statement",))
        if touches_quote(scene, one)
        and re.match(r"System\.(?:out|err)\.print(?:ln|f)?\(", one.text())
    ]
    if len(statements) != 1:
        return None
    at = statements[0]
    if told["gone"]:
        gone = Edit(line_start(scene.text, start(at)), line_end(scene.text, end(at)), "")
        return step_edits(
            scene, Operation.REMOVE, "remove what is printed", [gone], [], [at.text()]
        )
    code = ask.code(told["a"]).rstrip(";")
    if not re.match(r"\w*log\w*\.\w+\(", code, re.IGNORECASE):
        return None
    said = f"log with `{code}`"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(at, f"{code};")], [code], [at.text()]
    )


JAVA_FORMS = (injected, returned_value, begun_with, print_replaced)
