"""Older ways of writing the same: ``Object.assign``, a counted loop, a chain of ``then``."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start, step
from mendbook.code.functions import pattern_names
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.brackets import balanced
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function, quoted_calls, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    end,
    inside,
    is_async,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced, semicolon
from mendbook.model import Operation
from mendbook.text.word_forms import singular

_SPREAD = re.compile(
    r"(?:use|prefer|write)\s+(?:an?\s+|the\s+)?(?:object\s+)?(?:spread|"
    r"object\s+literal\s+with\s+spread)(?:\s+(?:syntax|operator"
    rf"|literal))?(?:\s+(?:{INSTEAD_OF}|over|"
    r"to)\s+(?:the\s+)?Object\.assign(?:\(\))?(?:\s+call)?|\s+here)?"
    r"|(?:replace|change|rewrite|convert|"
    r"turn)\s+(?:the\s+)?Object\.assign(?:\(\))?(?:\s+call)?\s+(?:with|by|to|into|as|using)\s+"
    r"(?:an?\s+|the\s+)?(?:object\s+)?spread(?:\s+(?:syntax|operator|literal))?",
    re.IGNORECASE,
)


def spread_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Prefer object spread over Object.assign*: the one quoted call onto a fresh object."""
    scene = work.scene
    plain = re.sub(r"[`']|\s+call$", "", ask.written)
    calls = quoted_calls(scene, "Object.assign")
    if _SPREAD.fullmatch(plain) is None or len(calls) != 1:
        return None
    given = arguments(calls[0])
    if not given or given[0].kind() != "object":
        raise Abstain("Object.assign changes what it is given first; a copy is another one")
    parts: list[str] = []
    for one in given:
        if one.kind() == "object":
            if "\n" in one.text():
                return None
            inner = one.text().strip()[1:-1].strip().rstrip(",")
            parts += [inner] if inner else []
        elif one.kind() in {
            "identifier",
            "member_expression",
            "call_expression",
            "await_expression",
        }:
            parts.append(f"...{one.text()}")
        elif one.kind() in {"binary_expression", "ternary_expression"}:
            parts.append(f"...({one.text()})")
        else:
            return None
    if any("get " in one or "set " in one or "__proto__" in one for one in parts):
        return None
    text = f"{{ {', '.join(parts)} }}" if parts else "{}"
    parent = calls[0].parent()
    if parent is None or parent.kind() == "expression_statement":
        return None
    if parent.kind() == "arrow_function":
        text = f"({text})"
    edits = [replaced(calls[0], text)]
    return step_edits(
        scene, Operation.REPLACE, f"write `{text[:60]}`", edits, [text], ["Object.assign"]
    )


_EACH = (
    r"(?:an?\s+|the\s+)?(?:plain\s+|simple\s+)?(?:for\s*(?:…|\.\.\.|-|\s)\s*of|"
    r"for-of)(?:\s+(?:loop|statement))?"
)
_COUNTED = (
    r"(?:the\s+|this\s+|an?\s+)?(?:(?:index(?:ed)?|indexed|counter|counting|c-style|classic|"
    r"manual|numeric|index-based)\s+)*"
    r"(?:for\s+)?loop"
)
_OVER_ITEMS = re.compile(
    rf"(?:(?:use|prefer|write)\s+{_EACH}(?:\s+(?:{INSTEAD_OF}|over|for|to)\s+{_COUNTED}|\s+here|"
    r"\s+over\s+(?P<rows>⟦\d+⟧))?"
    rf"|(?:replace|change|convert|turn|rewrite|simplify)\s+{_COUNTED}\s+(?:with|by|to|into|as|"
    rf"using)\s+{_EACH}"
    r"|(?:iterate|loop|go)(?:\s+over\s+(?:the\s+\w+|⟦\d+⟧))?\s+(?:with|using|by)\s+(?P<head>⟦\d+⟧)"
    rf"|(?:use|write|prefer)\s+(?P<head2>⟦\d+⟧)(?:\s+(?:{INSTEAD_OF}|over)\s+{_COUNTED})?)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"for\s*\(\s*(?P<word>const|"
    r"let)\s+(?P<item>[\w$]+)\s+of\s+(?P<rows>[\w$.]+)\s*\)(?:\s*\{?\s*(?:\.\.\.|…)?\s*\}?)?"
)


def over_items(work: Work, ask: Ask) -> StepEdits | None:
    """*Use for…of instead of the index loop*: where the index only reads the one list."""
    scene = work.scene
    text = re.sub(r"⟦(\d+)⟧", lambda one: _for_of(ask, one[0]), ask.text)
    told = _OVER_ITEMS.fullmatch(text)
    loops = [one for one in of_kinds(scene.root, ("for_statement",)) if begins_in_quote(scene, one)]
    if told is None or len(loops) != 1:
        return None
    head = (
        _HEAD.fullmatch(ask.code(told["head"] or told["head2"] or ""))
        if told["head"] or told["head2"]
        else None
    )
    if (told["head"] or told["head2"]) and head is None:
        return None
    counted = _counted(loops[0])
    if counted is None:
        return None
    if head is not None and head["rows"] != counted.rows:
        return None
    return _each_item(scene, loops[0], counted, head["item"] if head is not None else "")


def _for_of(ask: Ask, mark: str) -> str:
    code = ask.code(mark)
    return "for of" if re.fullmatch(r"for\s*(?:…|\.\.\.|-)?\s*of", code) else mark


@dataclass(frozen=True, slots=True)
class _Counted:
    """A loop that counts from nought to the length of one list."""

    index: str
    rows: str
    body: SgNode


def _counted(loop: SgNode) -> _Counted | None:
    body = loop.field("body")
    head = loop.text()[: start(body) - start(loop)] if body is not None else ""
    match = re.fullmatch(
        r"for\s*\(\s*(?:let|var)\s+(?P<i>[\w$]+)\s*=\s*0\s*"
        r"(?:,\s*(?P<n>[\w$]+)\s*=\s*(?P<of>[\w$.]+)\.length)?;"
        r"\s*(?P=i)\s*(?:<|!==?)\s*(?:(?P<rows>[\w$.]+)\.length|"
        r"(?P<m>[\w$]+))\s*;\s*(?:(?P=i)\+\+|\+\+(?P=i)|(?P=i)\s*\+=\s*1)\s*\)\s*",
        head,
    )
    if match is None or body is None or body.kind() != "statement_block":
        return None
    rows = match["rows"] or (match["of"] if match["m"] == match["n"] else "") or ""
    return _Counted(match["i"], rows, body) if rows else None


_GROWS = (
    r"{}\s*(?:\.(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)\(|"
    r"\.length\s*=(?!=)|=(?!=)|\[[^\]]*\]\s*(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>]))"
)


def _each_item(scene: Scene, loop: SgNode, counted: _Counted, item: str) -> StepEdits | None:
    """Return the loop over the items; raise ``Abstain`` where the index or the list is needed."""
    body, index, rows = counted.body, counted.index, counted.rows
    if re.search(_GROWS.format(rf"(?<![\w$.]){re.escape(rows)}"), body.text()):
        raise Abstain(f"{rows} is changed in the loop")
    reads = [
        one for one in of_kinds(body, ("subscript_expression",))
        if text_of(one.field("object")) == rows and text_of(one.field("index")) == index
    ]  # fmt: skip
    uses = spelled(body, index, scene.language)
    if not reads or len(uses) != len(reads):
        raise Abstain(f"the loop needs its index {index}")
    first = next((one for one in body.named_children() if "comment" not in one.kind()), None)
    named = re.fullmatch(
        r"(?P<word>const|let|var)\s+(?P<item>[\w$]+|"
        rf"\{{[^{{}}]*\}})\s*=\s*{re.escape(rows)}\[{re.escape(index)}\];?",
        first.text() if first is not None else "",
    )
    edits: list[Edit] = []
    word = "const"
    if named is not None and first is not None:
        if item and named["item"] != item:
            return None
        item = named["item"]
        word = "const" if named["word"] == "const" else "let"
        begin, stop = line_start(scene.text, start(first)), line_end(scene.text, end(first))
        if scene.text[begin:stop].strip() != first.text().strip():
            return None
        edits.append(Edit(begin, stop, ""))
        reads = [one for one in reads if not inside(one, first)]
        if reads and item.startswith("{"):
            return None
    item = item or _singular(scene, loop, rows)
    if not item:
        raise Abstain("how one of them is called is not said")
    edits += [replaced(one, item) for one in reads]
    edits.append(Edit(start(loop), start(body), f"for ({word} {item} of {rows}) "))
    said = f"go over {rows} item by item"
    return step_edits(scene, Operation.REPLACE, said, edits, [f"for ({word} {item} of {rows})"])


def _singular(scene: Scene, loop: SgNode, rows: str) -> str:
    """Return the singular of a list's name that the file does not use yet; empty for none."""
    one = singular(rows.rpartition(".")[2])
    home = innermost_function(scene, loop) or scene.root
    return "" if not one or spelled(home, one, scene.language) else one


_FLATTEN = re.compile(
    r"(?:rewrite|convert|flatten|refactor|turn|change|simplify|replace|use|prefer|switch|"
    r"express)\b(?P<words>[^⟦;:.]*)",
    re.IGNORECASE,
)


def awaited_chain(work: Work, ask: Ask) -> StepEdits | None:
    """*Flatten the promise chain with async/await*: the one returned chain of the function."""
    scene = work.scene
    plain = (
        re.sub(r"`", "", ask.written)
        .replace("async/await", "await")
        .replace(".then()", "then")
        .replace(".then", "then")
    )
    if not _FLATTEN.fullmatch(re.sub(r"\bin\s+[\w$]+$", "", plain).strip()):
        return None
    named = re.search(
        r"^\w+\s+(?:the\s+)?([A-Za-z_$][\w$]*)(?:\(\))?\s+(?:with|using|to|as|into)\b", plain
    )
    if not re.search(r"\bawait\b", plain) or (
        named is None and not re.search(r"\bchain|\bthen\b|\bcallbacks?\b|\bpromises?\b", plain)
    ):
        return None
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if call_name(one) == "then" and touches_quote(scene, one)
    ]  # fmt: skip
    outer = [
        one
        for one in calls
        if not any(
            inside(one, other) and start(one) >= start(other) and end(one) < end(other)
            for other in calls
        )
    ]
    if len(outer) != 1 or re.search(r"\.(?:catch|finally)\(", outer[0].text()):
        return None
    home = innermost_function(scene, outer[0])
    parent = outer[0].parent()
    if (
        home is None
        or parent is None
        or is_async(home)
        or home.kind() == "generator_function_declaration"
    ):
        return None
    declared = home.field("return_type")
    if declared is not None and not re.match(r":\s*Promise<", declared.text()):
        return None
    whole = parent if parent.kind() == "return_statement" else outer[0]
    if whole.kind() != "return_statement" and parent.kind() != "arrow_function":
        return None
    rows, last = _flat(scene, outer[0])
    if last.startswith("({") and balanced(last, 0) == len(last):
        last = last[1:-1]  # an arrow function needs the brackets around an object, return does not
    bound = [
        name
        for row in rows
        if (one := re.match(r"const (.+?) = await ", row))
        for name in re.findall(r"[A-Za-z_$][\w$]*", one[1])
    ]
    taken = {name for one in parameters(home) for name in pattern_names(one)}
    taken |= {
        name_of(one)
        for one in of_kinds(home, ("variable_declarator",))
        if not inside(one, outer[0])
    }
    if len(set(bound)) != len(bound) or taken & set(bound):
        raise Abstain("two of its results would bear one name")
    mark = semicolon(scene)
    lines = "\n".join(
        f"{one.rstrip(';')}{mark}" if "\n" not in one else one for one in [*rows, f"return {last}"]
    )
    edits = [_made_async(home)]
    if whole.kind() == "return_statement":
        lead = indent(scene.text, start(whole))
        edits.append(Edit(start(whole), end(whole), textwrap.indent(lines, lead).lstrip()))
    else:
        lead = indent(scene.text, start(home))
        block = f"{{\n{textwrap.indent(lines, lead + step(scene.text))}\n{lead}}}"
        edits.append(Edit(start(whole), end(whole), block))
    return step_edits(
        scene, Operation.REPLACE, "await one after the other", edits, ["await "], [".then("]
    )


def _made_async(function: SgNode) -> Edit:
    first = start(function)
    if function.kind() == "method_definition":
        name = function.field("name")
        first = start(name) if name is not None else first
    return Edit(first, first, "async ")


def _flat(scene: Scene, node: SgNode) -> tuple[list[str], str]:
    """Return the statements of a chain, and the expression that it ends with."""
    if node.kind() != "call_expression" or call_name(node) != "then":
        if re.search(r"\.then\(", node.text()):
            raise Abstain("a part of the chain is handed on")
        return [], _on_one_line(node.text())
    target, given = node.field("function"), arguments(node)
    before = target.field("object") if target is not None else None
    if before is None or len(given) != 1 or given[0].kind() not in scene.language.functions:
        raise Abstain("the chain hands on a function by its name")
    rows, awaited = _flat(scene, before)
    function = given[0]
    if is_async(function) or (function.kind() != "arrow_function" and "this" in function.text()):
        raise Abstain("a step of the chain is a function of its own")
    held = parameters(function)
    if len(held) > 1 or any("=" in one.text() for one in held):
        raise Abstain("a step of the chain takes more than one result")
    name = parameter_name(held[0]) if held else ""
    typed = held[0].field("type") if held else None
    used = bool(name)
    rows = [
        *rows,
        f"const {name}{text_of(typed)} = await {awaited}" if used else f"await {awaited}",
    ]
    body = body_of(function)
    if body is None:
        raise Abstain("a step of the chain does nothing")
    if body.kind() != "statement_block":
        more, last = _flat(
            scene,
            body.named_children()[0]
            if body.kind() == "parenthesized_expression"
            and body.named_children()[0].kind() == "call_expression"
            else body,
        )
        return [*rows, *more], last
    inner = list(body.named_children())
    exits = [
        one
        for one in of_kinds(body, ("return_statement",))
        if innermost_function(scene, one) is not None
        and start(innermost_function(scene, one) or one) == start(function)
    ]
    if not inner or len(exits) != 1 or start(exits[0]) != start(inner[-1]):
        raise Abstain("a step of the chain leaves at several places, or with nothing")
    given_back = exits[0].named_children()
    if not given_back:
        raise Abstain("a step of the chain gives nothing back")
    lead = indent(scene.text, start(inner[0]))
    kept = [re.sub(rf"(?m)^{lead}", "", one.text()) for one in inner[:-1]]
    if any(".then(" in one for one in kept):
        raise Abstain("a step of the chain starts another one")
    more, last = _flat(scene, given_back[0])
    return [*rows, *kept, *more], last


def _on_one_line(code: str) -> str:
    return re.sub(r"\n\s*(?=\.)", "", code)


MODERN = (spread_instead, over_items, awaited_chain)
