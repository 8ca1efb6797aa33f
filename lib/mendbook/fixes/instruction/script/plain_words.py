"""Small changes that are told in plain words: a level, a link, a variable, a loop, a marker."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start, step
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    ITEM,
    innermost_function,
    parsed,
    quoted_calls,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.script.placed import body_named
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    callee,
    callee_text,
    end,
    field,
    is_async,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    same,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    block_start,
    line_before,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.model import Operation

_LEVEL = re.compile(
    r"(?:make|log|demote|downgrade|lower|raise|turn)\s+(?:it|this|that|this\s+line|the\s+line|"
    r"the\s+message)\s+(?:(?:at|to|into|as)\s+)?(?:an?\s+)?"
    r"(?:⟦\d+⟧|(?P<level>debug|info|warn|error|trace))(?:\s+(?:level|message))?",
    re.IGNORECASE,
)
_LEVELS = ("trace", "debug", "info", "warn", "error")


def level_told(work: Work, ask: Ask) -> StepEdits | None:
    """*Make it debug*: the level of the one log call that is quoted."""
    scene = work.scene
    told = _LEVEL.fullmatch(ask.text)
    if told is None:
        return None
    level = (told["level"] or ask.told[0].bare.rpartition(".")[2].removesuffix("()")).lower()
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and call_name(one) in _LEVELS
        and re.search(r"\b(?:log(?:ger)?|console)\.\w+$", callee_text(one))
    ]  # fmt: skip
    target = callee(calls[0]) if len(calls) == 1 else None
    label = field(target, "property") if target is not None else None
    if level not in _LEVELS or label is None or label.text() == level:
        return None
    said = f"log it as {level}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(label, level)], [f".{level}("])


_LINK = re.compile(
    r"(?:(?!\b(?:add|append|chain|attach|remove|drop|before|after|and|"
    r"then)\b)[^;:])*:\s*(?P<new>⟦\d+⟧)",
    re.IGNORECASE,
)


def link_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Sort by name: `.sort((a, b) => …)`*: what the one quoted call of that name is given."""
    scene = work.scene
    told = _LINK.fullmatch(ask.text)
    code = ask.code(told["new"]).rstrip(";") if told is not None else ""
    link = re.fullmatch(r"\.(?P<name>[a-zA-Z]\w*)\((?P<given>.+)\)", code, re.DOTALL)
    named = [one for one in ask.told if one.text.rstrip(";") != code]
    if (
        link is None
        or any(one.bare not in code for one in named)
        or "..." in re.sub(r"\.\.\.[\w$\[({]", "", code)
        or "…" in code
    ):
        return None
    calls = [one for one in quoted_calls(scene, link["name"]) if "." in callee_text(one)]
    given = field(calls[0], "arguments") if len(calls) == 1 else None
    if given is None or parsed(f"x{code}", scene.language) is None:
        return None
    if squeezed(given.text()) == squeezed(f"({link['given']})"):
        return None
    if arguments(calls[0]) and not _keeps(arguments(calls[0]), link["given"]):
        return None
    text = quoted_as_here(scene, f"({link['given']})")
    said = f"call `{code[:60]}`"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(given, text)], [f"{link['name']}{text}"]
    )


def _keeps(old: list[SgNode], new: str) -> bool:
    """Tell whether what is given now stands in what is to be given, or is a function as it is."""
    return all(squeezed(one.text()) in squeezed(new) for one in old) or (
        len(old) == 1 and "=>" in old[0].text() and "=>" in new
    )


_DIRECTLY = re.compile(
    r"return\s+(?:the\s+)?(?:it|value|result|expression|"
    r"⟦\d+⟧(?:\s*[-+*/]\s*⟦\d+⟧)*)\s+directly(?:,?\s+and\s+(?:drop|remove|inline)\s+(?:the\s+)?"
    r"(?:(?:temporary|local|needless|superfluous|"
    r"intermediate)\s+)*(?:variable\s+)?(?P<name>⟦\d+⟧|variable|[A-Za-z_$][\w$]*))?"
    r"|inline\s+(?:the\s+)?(?:(?:temporary|"
    r"local)\s+)*(?:variable\s+)?(?P<name2>⟦\d+⟧)(?:\s+variable)?(?:\s+(?:in|"
    r"into)\s+the\s+return(?:\s+statement)?)?",
    re.IGNORECASE,
)


def returned_directly(work: Work, ask: Ask) -> StepEdits | None:
    """*Return it directly*: a quoted variable that the next statement returns, and nothing else."""
    scene = work.scene
    if _DIRECTLY.fullmatch(ask.text) is None:
        return None
    declarations = [one for one in of_kinds(scene.root, DECLARED) if touches_quote(scene, one)]
    for one in declarations:
        inner = one.named_children()
        behind, value = one.next(), value_of(inner[0]) if len(inner) == 1 else None
        name = name_of(inner[0])
        if (
            behind is None
            or value is None
            or not re.fullmatch(rf"return\s+{re.escape(name)};?", behind.text())
        ):
            continue
        home = innermost_function(scene, one)
        uses = spelled(home, name, scene.language) if home is not None else []
        codes = [each.text for each in ask.told]
        fits = all(each == name or each in value.text() for each in codes)
        if len(uses) != 2 or not fits or inner[0].field("type") is not None:
            return None
        said = f"return `{squeezed(value.text())[:60]}`"
        text = f"return {value.text()}{';' if behind.text().endswith(';') else ''}"
        edits = [Edit(start(one), end(behind), text)]
        return step_edits(scene, Operation.REPLACE, said, edits, [], [f"return {name}"])
    return None


_CALL_STAYS = re.compile(
    r"(?:remove|drop|delete)\s+(?:the\s+)?(?:unused\s+)?(?:variable|binding|constant|assignment|"
    r"⟦\d+⟧)(?:\s+⟦\d+⟧)?,?\s+(?:but|and)\s+keep\s+(?:the\s+)?(?:call|query|await|"
    r"⟦\d+⟧)(?:\s+call)?",
    re.IGNORECASE,
)


def only_called(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the variable but keep the call*: of the one quoted declaration nobody reads."""
    scene = work.scene
    if _CALL_STAYS.fullmatch(ask.text) is None:
        return None
    declarations = [one for one in of_kinds(scene.root, DECLARED) if begins_in_quote(scene, one)]
    unread = [one for one in declarations if len(declarations) == 1 or not _is_read(scene, one)]
    inner = unread[0].named_children() if len(unread) == 1 else []
    value = value_of(inner[0]) if len(inner) == 1 else None
    name = field(inner[0], "name") if len(inner) == 1 else None
    if value is None or name is None or name.kind() != "identifier":
        return None
    if "(" not in value.text() or value.kind() in scene.language.functions:
        return None
    if _is_read(scene, unread[0]):
        raise Abstain(f"{name.text()} is read")
    said = f"call `{squeezed(value.text())[:60]}` without keeping what it gives"
    edits = [Edit(start(unread[0]), start(value), "")]
    return step_edits(scene, Operation.REMOVE, said, edits, [], [f"{name.text()} ="])


def _is_read(scene: Scene, declared: SgNode) -> bool:
    """Tell whether a name that a declaration binds stands anywhere else in its function."""
    home = innermost_function(scene, declared) or scene.root
    names = [field(one, "name") for one in declared.named_children()]
    return any(
        one is not None
        and (one.kind() != "identifier" or len(spelled(home, one.text(), scene.language)) > 1)
        for one in names
    )


_EACH = re.compile(
    r"(?:use|prefer|write)\s+(?:an?\s+)?(?:plain\s+)?for\s+of(?:\s+loop)?\s+"
    rf"(?:{INSTEAD_OF}|over)\s+(?:the\s+)?\.?forEach(?:\(\))?(?:\s+(?:call|loop))?"
    r"|(?:replace|convert|change|turn|rewrite)\s+(?:the\s+)?\.?forEach(?:\(\))?(?:\s+(?:call|"
    r"loop))?"
    r"\s+(?:with|by|to|into|as)\s+(?:an?\s+)?(?:plain\s+)?for\s+of(?:\s+loop)?",
    re.IGNORECASE,
)


def for_each_item(work: Work, ask: Ask) -> StepEdits | None:
    """*Use for…of rather than forEach*: the one quoted call, whose function gives nothing back."""
    scene = work.scene
    plain = re.sub(r"for\s*(?:\.\.\.|…|-)\s*of", "for of", ask.unticked)
    if _EACH.fullmatch(plain) is None:
        return None
    statements = [one for one in quoted_nodes(scene, ("expression_statement",))
                  if re.match(r"[\w$.]+\.forEach\(", one.text())]  # fmt: skip
    call = statements[0].named_children()[0] if len(statements) == 1 else None
    given = arguments(call) if call is not None and call_name(call) == "forEach" else []
    if call is None or len(given) != 1 or given[0].kind() != "arrow_function" or is_async(given[0]):
        return None
    body, held = body_of(given[0]), parameters(given[0])
    if body is None or body.kind() != "statement_block" or len(held) != 1:
        return None
    exits = [one for one in of_kinds(body, ("return_statement",))
             if same(innermost_function(scene, one) or one, given[0])]  # fmt: skip
    if exits or of_kinds(given[0], ("await_expression",)):
        raise Abstain("the function leaves early; what becomes of that is not said")
    rows = callee_text(call).removesuffix(".forEach")
    head = f"for (const {parameter_name(held[0])} of {rows}) "
    edits = [Edit(start(statements[0]), start(body), head), Edit(end(body), end(statements[0]), "")]
    said = f"go over {rows} by a loop"
    return step_edits(scene, Operation.REPLACE, said, edits, [head.strip()], [".forEach("])


_LEFT_ALONE = re.compile(
    r"(?:mark|flag)\s+(?:the\s+)?(?:⟦\d+⟧|\w+)?\s*(?:call|promise)?\s*as\s+(?:intentionally|"
    r"deliberately|explicitly)\s+(?:not\s+awaited|unawaited|floating|un-awaited)\s+(?:with|by|"
    r"using)\s+(?:`?void`?|⟦\d+⟧)"
    r"|(?:use|add|put|write)\s+(?:an?\s+|the\s+)?(?:`?void`?|⟦\d+⟧)(?:\s+(?:operator|"
    r"keyword))?(?:\s+(?:here|instead|(?:before|in\s+front\s+of|to|on)\s+(?:the\s+)?(?:call|"
    r"⟦\d+⟧|promise)(?:\s+call)?))?",
    re.IGNORECASE,
)


def left_alone(work: Work, ask: Ask) -> StepEdits | None:
    """*Mark it as not awaited with `void`*: the one quoted statement that is a call."""
    scene = work.scene
    if _LEFT_ALONE.fullmatch(ask.text) is None or not re.search(r"\bvoid\b", ask.written):
        return None
    statements = [one for one in quoted_nodes(scene, ("expression_statement",))
                  if re.match(r"[\w$.]+\(", one.text())]  # fmt: skip
    names = {one.bare.rpartition(".")[2] for one in ask.told} - {"void"}
    if len(statements) != 1 or (
        names and not any(f"{one}(" in statements[0].text() for one in names)
    ):
        return None
    said = f"leave `{squeezed(statements[0].text())[:50]}` un-awaited"
    return step_edits(
        scene, Operation.ANNOTATE, said, [insert(start(statements[0]), "void ")], ["void "]
    )


_IF_SET = re.compile(
    rf"(?:return|leave|exit|bail\s+out)(?:\s+early)?(?:\s+(?:from|in)\s+(?P<f>{ITEM}))?\s+(?:if|"
    rf"when)\s+(?:the\s+)?(?P<x>{ITEM})\s+is\s+already\s+(?:set|defined|there|present)"
    rf"|(?:if|when)\s+(?:the\s+)?(?P<x2>{ITEM})\s+is\s+already\s+(?:set|defined|there|"
    rf"present),?\s+(?:return|leave)(?:\s+early)?(?:\s+(?:from|in)\s+(?P<f2>{ITEM}))?",
    re.IGNORECASE,
)


def returned_if_set(work: Work, ask: Ask) -> StepEdits | None:
    """*Return early from `open` if `this.timer` is already set*: first in that function."""
    scene = work.scene
    told = _IF_SET.fullmatch(ask.text)
    if told is None:
        return None
    test, named = ask.code(told["x"] or told["x2"]), told["f"] or told["f2"]
    if named:
        body = body_named(scene, ask.called(named))
    else:
        at = quoted_nodes(scene, ("expression_statement", "lexical_declaration"))
        home = innermost_function(scene, at[0]) if len(at) == 1 else None
        body = body_of(home) if home is not None else None
    if body is None or body.kind() != "statement_block" or not scene.knows(test.split(".")[0]):
        return None
    if not re.search(rf"{re.escape(test)}\s*=(?!=)", body.text()) or squeezed(
        f"if ({test})"
    ) in squeezed(body.text()):
        return None
    if any(one.named_children() for one in of_kinds(body, ("return_statement",))):
        return None
    code = f"if ({test}) {{\n{step(scene.text)}return{semicolon(scene)}\n}}"
    said = f"return where {test} is set already"
    return step_edits(
        scene, Operation.GUARD, said, [block_start(scene, body, code)], [f"if ({test})"]
    )


_OUT_OF_TRY = re.compile(
    r"(?:move|pull|take)\s+(?:the\s+)?(?P<what>⟦\d+⟧)(?:\s+(?:call|statement|"
    r"line))?\s+(?:out\s+of|before|above|in\s+front\s+of|ahead\s+of)\s+the\s+(?:⟦\d+⟧|"
    r"try)(?:[ -]?(?:block|statement|/catch|catch))*"
    r"(?:,?\s+(?:and\s+)?(?:(?:directly\s+)?(?:in\s+front\s+of|before|above)\s+it))?",
    re.IGNORECASE,
)


def before_try(work: Work, ask: Ask) -> StepEdits | None:
    """*Move `await save(row)` out of the try block, in front of it*: its first statement."""
    scene = work.scene
    told = _OUT_OF_TRY.fullmatch(ask.text)
    if told is None or (
        "out of" in ask.text and not re.search(r"\b(?:front|before|above)\b", ask.text)
    ):
        return None
    code = squeezed(ask.code(told["what"]).rstrip(";"))
    tries = [one for one in of_kinds(scene.root, ("try_statement",)) if touches_quote(scene, one)]
    body = body_of(tries[0]) if len(tries) == 1 else None
    inner = body.named_children() if body is not None else []
    if len(inner) < 2 or squeezed(inner[0].text().rstrip(";")) != code:
        return None
    text = scene.text
    begin, stop = line_start(text, start(inner[0])), line_end(text, end(inner[0]))
    if text[begin:stop].strip() != inner[0].text().strip():
        return None
    moved = textwrap.dedent(text[begin:stop]).rstrip("\n")
    edits = [line_before(scene, tries[0], moved), Edit(begin, stop, "")]
    return step_edits(scene, Operation.MOVE, f"do `{code[:60]}` before the try", edits)


_ONE_IF = re.compile(
    r"(?:merge|combine|join|fold|collapse)\s+(?:the\s+|these\s+|"
    r"both\s+)?(?:two\s+)?(?:nested\s+)?(?:ifs|if\s+statements|conditions|"
    r"checks)(?:\s+in(?:to)?\s+(?:one|a\s+single\s+(?:one|if|condition)))?\s*:\s*(?P<new>⟦\d+⟧)",
    re.IGNORECASE,
)


def one_condition(work: Work, ask: Ask) -> StepEdits | None:
    """*Merge the nested ifs: `if (a && b)`*: an if that holds another one and nothing else."""
    scene = work.scene
    told = _ONE_IF.fullmatch(ask.text)
    code = ask.code(told["new"]) if told is not None else ""
    shown = re.fullmatch(
        r"if\s*\((?P<test>.+)\)\s*\{?(?:\s*(?:\.\.\.|…)?\s*\})?|(?P<bare>[^{};]+&&[^{};]+)",
        code,
        re.DOTALL,
    )
    ifs = [
        one for one in of_kinds(scene.root, ("if_statement",))
        if begins_in_quote(scene, one) and field(one, "alternative") is None
        and (held := field(one, "consequence")) is not None and len(held.named_children()) == 1
        and held.named_children()[0].kind() == "if_statement"
        and field(held.named_children()[0], "alternative") is None
    ]  # fmt: skip
    if shown is None or len(ifs) != 1:
        return None
    outer, below = ifs[0], field(ifs[0], "consequence")
    inner = below.named_children()[0] if below is not None else outer
    test = (shown["test"] or shown["bare"]).strip()
    tests = [squeezed(text_of(field(one, "condition"))[1:-1]) for one in (outer, inner)]
    body = field(inner, "consequence")
    if body is None or squeezed(test) not in {" && ".join(tests), squeezed(" && ".join(tests))}:
        return None
    lead = indent(scene.text, start(outer))
    deep = indent(scene.text, start(inner))
    text = re.sub(rf"(?m)^{deep}", lead, body.text())
    new = f"if ({test}) {text}"
    return step_edits(
        scene,
        Operation.REPLACE,
        f"test `{test[:60]}` at once",
        [replaced(outer, new)],
        [f"if ({test})"],
    )


PLAIN_WORDS = (
    level_told,
    link_anew,
    returned_directly,
    only_called,
    for_each_item,
    left_alone,
    returned_if_set,
    before_try,
    one_condition,
)
