"""Arguments and values: a radix, a first value, columns, a copy, a guard of what may throw."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start, step
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    innermost_function,
    quoted_calls,
    step_edits,
)
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    end,
    of_kinds,
    start,
    statement_of,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced, semicolon
from mendbook.model import Operation

_RADIX = re.compile(
    r"(?:specify|pass|add|give|provide|include|supply|set)\s+(?:an?\s+|the\s+)?(?:explicit\s+|"
    r"decimal\s+)*(?:radix|base)(?:\s+(?:argument|parameter))?"
    r"(?:\s*\(?(?:of\s+)?(?P<value>⟦\d+⟧|\d+)\)?)?(?:\s+(?:to|when\s+calling|in|for)\s+(?:the\s+"
    r")?(?:⟦\d+⟧|parseInt(?:\(\))?)(?:\s+call)?)?"
    r"|(?:specify|pass|add|provide|include)\s+(?P<value2>⟦\d+⟧|\d+)\s+as\s+(?:the\s+)?(?:radix|"
    r"base)(?:\s+(?:to|in|for)\s+(?:the\s+)?(?:⟦\d+⟧|parseInt(?:\(\))?))?",
    re.IGNORECASE,
)


def radix(work: Work, ask: Ask) -> StepEdits | None:
    """*Pass the radix (10) to `parseInt`*; 10 where the words give none."""
    scene = work.scene
    told = _RADIX.fullmatch(ask.text)
    if told is None:
        return None
    value = ask.code(told["value"] or told["value2"] or "10")
    calls = [one for one in quoted_calls(scene, "parseInt") if len(arguments(one)) == 1]
    if len(calls) != 1 or not value.isdigit():
        return None
    edit = insert(end(arguments(calls[0])[0]), f", {value}")
    return step_edits(scene, Operation.ADD, f"read it with the radix {value}", [edit], [value])


_INITIAL = re.compile(
    r"(?:provide|pass|give|supply|add|include|set|use)\s+(?:an?\s+|the\s+)?(?:explicit\s+)?"
    r"initial\s+(?:value|accumulator)(?:\s+of)?\s*\(?(?P<value>⟦\d+⟧|\d+)\)?"
    r"(?:\s+(?:to|for|in|as\s+the\s+second\s+argument\s+(?:to|of))\s+(?:the\s+)?(?:⟦\d+⟧|reduce)"
    r"(?:\s+call)?)?"
    r"|(?:provide|pass|give|supply|add|include|use)\s+(?P<value2>⟦\d+⟧|\d+)\s+as\s+(?:the\s+|an?"
    r"\s+)?initial\s+(?:value|accumulator)"
    r"(?:\s+(?:to|for|in|of)\s+(?:the\s+)?(?:⟦\d+⟧|reduce)(?:\s+call)?)?",
    re.IGNORECASE,
)


def initial_value(work: Work, ask: Ask) -> StepEdits | None:
    """*Give `reduce` an initial value of 0*: the one quoted call that has none."""
    scene = work.scene
    told = _INITIAL.fullmatch(ask.text)
    if told is None:
        return None
    value = ask.code(told["value"] or told["value2"])
    calls = [one for one in quoted_calls(scene, "reduce") if len(arguments(one)) == 1]
    if len(calls) != 1:
        return None
    edit = insert(end(arguments(calls[0])[0]), f", {value}")
    return step_edits(scene, Operation.ADD, f"begin reduce with {value}", [edit], [value])


_COLUMNS = re.compile(
    r"(?:select|list|fetch|return|query|name)\s+(?:only\s+)?(?:the\s+)?(?:(?:columns?|fields?)\s+"
    r")?(?:(?:that\s+(?:are|you|we)|you|actually|explicit|needed|required|necessary|use|need|are)"
    r"\s+)*(?:columns?\s+|fields?\s+)?"
    r"(?:(?:that\s+)?(?:are\s+)?(?:needed|used|required)\s*)?(?:,|:|\()?\s*(?P<cols>⟦\d+⟧(?:(?"
    r":,\s*|\s+and\s+|,\s+and\s+)⟦\d+⟧)*)\)?"
    rf"(?:\s+{INSTEAD_OF}\s+(?:using\s+|selecting\s+)?(?:⟦\d+⟧|"
    r"\*|SELECT\s+\*|everything|all\s+columns))?",
    re.IGNORECASE,
)


def columns(work: Work, ask: Ask) -> StepEdits | None:
    """*Select only `id, name` instead of `*`*: in the one query that the evidence quotes."""
    scene = work.scene
    told = _COLUMNS.fullmatch(ask.text)
    if told is None:
        return None
    names = ", ".join(ask.code(one) for one in re.findall(r"⟦\d+⟧", told["cols"]))
    if not re.fullmatch(r"[\w.\"]+(?:,\s*[\w.\"]+)*", names) or re.search(
        r"\bselect\b", names, re.I
    ):
        return None
    queries = [
        (one, star)
        for one in of_kinds(scene.root, ("string", "template_string"))
        if touches_quote(scene, one)
        and (star := re.search(r"\bSELECT\s+(?P<star>\*)(?=\s+FROM\b)", one.text(), re.IGNORECASE))
    ]
    if len(queries) != 1 or len(re.findall(r"\bSELECT\b", queries[0][0].text(), re.I)) != 1:
        return None
    at = start(queries[0][0]) + queries[0][1].start("star")
    said = f"select {names}"
    return step_edits(scene, Operation.REPLACE, said, [Edit(at, at + 1, names)])


_COPIED = re.compile(
    r"(?:(?:work|operate)\s+on|use|take|make|start\s+from|mutate)\s+(?:an?\s+)?(?:shallow\s+|"
    r"deep\s+|fresh\s+)?(?:copy|clone)(?:\s+of\s+(?:it|the\s+\w+|⟦\d+⟧))?"
    r"\s*(?::|\(|,|with|via|using)\s*(?P<new>⟦\d+⟧)\)?(?:\s+(?:instead\s+of|rather\s+than)\s+(?"
    r":aliasing|mutating|changing|modifying|reusing)[^⟦;]*(?:⟦\d+⟧)?)?",
    re.IGNORECASE,
)


def copied(work: Work, ask: Ask) -> StepEdits | None:
    """*Work on a copy (`{ ...row }`)*: where the evidence gives a name a second name."""
    scene = work.scene
    told = _COPIED.fullmatch(ask.text)
    if told is None:
        return None
    new = ask.code(told["new"])
    of = re.fullmatch(
        r"\{\s*\.\.\.([\w$.]+)\s*\}|\[\s*\.\.\.([\w$.]+)\s*\]|(?:structuredClone|Object\.assign)"
        r"\((?:\{\},\s*)?([\w$.]+)\)|([\w$.]+)\.slice\(\)",
        new,
    )
    source = next((one for one in of.groups() if one), "") if of is not None else ""
    values = [
        value
        for one in of_kinds(scene.root, ("variable_declarator",))
        if touches_quote(scene, one)
        and (value := value_of(one)) is not None
        and value.text() == source
    ]
    if not source or len(values) != 1:
        return None
    said = f"work on the copy `{new}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(values[0], new)], [new])


_FAILS = (
    r"(?:\s+(?:on|in\s+case\s+of)\s+(?:failure|error|errors|parse\s+errors?|invalid\s+\w+)|\s+(?"
    r":if|"
    r"when)\s+(?:it|parsing|the\s+\w+)\s+(?:fails|throws)(?:[\w ]*)?|\s+(?:in|from)\s+the\s+(?"
    r":catch"
    r"|handler)(?:\s+block)?)?"
)
_GUARDED = re.compile(
    r"(?:wrap|guard|protect|surround|put)\s+(?:the\s+)?(?:call\s+(?:to|of)\s+)?(?P<call1>⟦\d+⟧)"
    r"(?:\s+(?:call|parse))?\s+(?:in|with|by|inside|into)\s+(?:an?\s+)?(?:⟦\d+⟧|try\s*[/-]?\s*"
    r"catch)"
    r"(?:\s+block)?,?\s+(?:and|that)\s+(?P<exit1>(?:throws?|returns?)\s+(?:an?\s+)?⟦\d+⟧)"
    + _FAILS
    + r"|catch\s+(?:the\s+|any\s+)?(?:⟦\d+⟧|[\w ]*errors?|exceptions?)\s+"
    r"(?:from|of|thrown\s+by|"
    r"raised\s+by)\s+(?:the\s+)?(?P<call2>⟦\d+⟧)(?:\s+call)?\s+and\s+(?P<exit2>(?:re-?)?(?:throw|"
    r"return)\s+(?"
    r":it\s+as\s+)?(?:an?\s+)?⟦\d+⟧)" + _FAILS,
    re.IGNORECASE,
)


def declared_in_try(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap `JSON.parse(x)` in try/catch and throw `new E()`*, where its value is read on."""
    scene = work.scene
    told = _GUARDED.fullmatch(ask.text)
    if told is None:
        return None
    code = ask.code(told["call1"] or told["call2"])
    calls = [one for one in (same_code(scene, code) or quoted_calls(scene, code.removesuffix("()")))
             if touches_quote(scene, one)]  # fmt: skip
    if len(calls) != 1:
        return None
    at = statement_of(calls[0], scene.language)
    declared = [one for one in at.named_children() if one.kind() == "variable_declarator"]
    if at.kind() not in DECLARED or len(declared) != 1 or not begins_in_quote(scene, at):
        return None
    name, value = declared[0].field("name"), value_of(declared[0])
    parent = at.parent()
    if name is None or name.kind() != "identifier" or value is None or parent is None:
        return None
    if innermost_function(scene, at) is None or parent.parent() is None or _is_tried(parent):
        return None
    if _is_captured(scene, name.text(), at):
        return None
    leaves = re.sub(r"^re-?", "", told["exit1"] or told["exit2"]).replace("it as ", "")
    leaves = re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), leaves)
    return _tried(scene, at, declared[0], leaves)


def _is_tried(block: SgNode) -> bool:
    parent = block.parent()
    return parent is not None and parent.kind() == "try_statement"


def _is_captured(scene: Scene, name: str, at: SgNode) -> bool:
    """Tell whether a function within the function reads ``name``: there its type is not seen."""
    home = innermost_function(scene, at)
    if home is None:
        return True
    return any(
        (inner := innermost_function(scene, one)) is not None and start(inner) != start(home)
        for one in spelled(home, name, scene.language)
    )


def _tried(scene: Scene, at: SgNode, declared: SgNode, leaves: str) -> StepEdits | None:
    mark, unit = semicolon(scene), step(scene.text)
    verb, _, what = leaves.partition(" ")
    what = re.sub(r"^an?\s+", "", what)
    verb = verb.lower().removesuffix("s")
    if verb == "throw" and not re.match(r"new\s", what):
        return None
    what = re.sub(r"^(?:throw|return)\s+", "", what).rstrip(";")
    error = next(
        (
            one
            for one in ("err", "error", "e", "cause")
            if re.search(rf"(?<![\w$.'\"]){one}(?![\w$:('\"])", what)
        ),
        "",
    )
    lead = indent(scene.text, start(at))
    name, kind = text_of(declared.field("name")), text_of(declared.field("type"))
    rows = [
        f"let {name}{kind}{mark}",
        "try {",
        f"{unit}{name} = {text_of(value_of(declared))}{mark}",
        f"}} catch{f' ({error})' if error else ''} {{",
        f"{unit}{verb} {quoted_as_here(scene, what)}{mark}",
        "}",
    ]
    begin, stop = line_start(scene.text, start(at)), line_end(scene.text, end(at))
    if scene.text[begin:stop].strip() != at.text().strip():
        return None
    text = textwrap.indent("\n".join(rows), lead) + "\n"
    said = f"{verb} `{what[:60]}` where `{name}` cannot be made"
    return step_edits(scene, Operation.WRAP, said, [Edit(begin, stop, text)], [f"{verb} {what}"])


_NARROWED = re.compile(
    r"(?:(?:type|annotate|declare|mark)\s+(?:the\s+)?(?:caught\s+)?(?:error|exception|⟦\d+⟧)\s+"
    r"as\s+(?P<t1>⟦\d+⟧|unknown)"
    r"|(?:change|replace)\s+⟦\d+⟧\s+(?:to|with|by)\s+(?P<t2>⟦\d+⟧|unknown)|(?:use|prefer|write)"
    r"\s+(?P<t3>⟦\d+⟧|unknown)(?:\s+(?:instead\s+of|rather\s+than)\s+(?:⟦\d+⟧|any))?(?:\s+in\s+"
    r"the\s+catch(?:\s+clause)?)?)"
    r"(?P<narrow>,?\s+(?:and|then)\s+(?:narrow|check|test|guard|log|use|report|return)\s+.*)?",
    re.IGNORECASE | re.DOTALL,
)


def caught_unknown(work: Work, ask: Ask) -> StepEdits | None:
    """*Type the caught error as `unknown` and narrow it*: its ``.message``, guarded."""
    scene = work.scene
    told = _NARROWED.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    kind = ask.code(told["t1"] or told["t2"] or told["t3"])
    whole = re.fullmatch(r"catch\s*\(\s*[\w$]+\s*:\s*(\w+)\s*\)", kind)
    kind = whole[1] if whole is not None else kind
    clauses = [one for one in of_kinds(scene.root, ("catch_clause",)) if touches_quote(scene, one)]
    held = [one for one in clauses if begins_in_quote(scene, one)] or clauses
    if kind != "unknown" or len(held) != 1:
        return None
    name, old = held[0].field("parameter"), held[0].field("type")
    if name is None or name.kind() != "identifier":
        return None
    edits = [replaced(old, ": unknown") if old is not None else insert(end(name), ": unknown")]
    reads = [
        one
        for one in of_kinds(held[0], ("member_expression",))
        if text_of(one.field("object")) == name.text()
    ]
    safe = _narrowing(ask, told["narrow"] or "", name.text())
    if reads and not safe:
        return None
    if any(text_of(one.field("property")) != "message" for one in reads):
        return None
    if not reads and told["narrow"]:
        return None
    edits += [replaced(one, _enclosed(one, safe)) for one in reads]
    adds = ["unknown", *([safe] if reads else [])]
    return step_edits(scene, Operation.ANNOTATE, f"take {name.text()} as unknown", edits, adds)


def _narrowing(ask: Ask, told: str, name: str) -> str:
    """Return the guarded message that the words ask for; nothing where they ask for another."""
    codes = [ask.code(one) for one in re.findall(r"⟦\d+⟧", told)]
    whole = [one for one in codes if re.match(rf"{re.escape(name)} instanceof \w+ \? ", one)]
    if len(whole) == 1:
        return whole[0]
    narrowed = re.match(r",?\s+(?:and|then)\s+(?:narrow|check|guard|test)\b", told)
    if narrowed is not None and re.search(r"instanceof(?:\s+Error)?|Error", " ".join(codes) + told):
        return f"{name} instanceof Error ? {name}.message : String({name})"
    return ""


def _enclosed(read: SgNode, safe: str) -> str:
    parent = read.parent()
    bare = parent is not None and parent.kind() in {
        "arguments", "pair", "variable_declarator", "return_statement", "template_substitution",
        "assignment_expression",
    }  # fmt: skip
    return safe if bare else f"({safe})"


_NTH = {"second": 1, "third": 2, "fourth": 3}
_OPTION = re.compile(
    r"[A-Za-z][^⟦]*?\(?(?P<new>⟦\d+⟧)\s+as\s+(?:the\s+|an?\s+)?(?P<nth>second|third|fourth)\s+(?"
    r":argument|parameter)\)?"
    r"(?:\s+(?:to|of|in|for)\s+(?:the\s+)?(?P<call>⟦\d+⟧)(?:\s+call)?)?",
    re.IGNORECASE,
)


def nth_argument(work: Work, ask: Ask) -> StepEdits | None:
    """*Set a timeout (`{ timeout: 5 }` as third argument)*: where the quoted call has one less."""
    scene = work.scene
    told = _OPTION.fullmatch(ask.text)
    if told is None or re.search(r"\b(?:and|then)\b", ask.text):
        return None
    new, at = ask.code(told["new"]), _NTH[told["nth"].lower()]
    name = ask.called(told["call"]) if told["call"] else ""
    calls = quoted_calls(scene, name) if name else [
        one for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and len(arguments(one)) == at and call_name(one) != "then"
    ]  # fmt: skip
    calls = [one for one in calls if len(arguments(one)) == at]
    if len(calls) != 1:
        return None
    edit = insert(end(arguments(calls[0])[-1]), f", {new}")
    return step_edits(scene, Operation.ADD, f"pass `{new}` to {call_name(calls[0])}", [edit], [new])


VALUES = (
    radix,
    initial_value,
    columns,
    copied,
    declared_in_try,
    caught_unknown,
    nth_argument,
)
