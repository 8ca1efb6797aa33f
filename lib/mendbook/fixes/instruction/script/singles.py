"""Small rewrites of what is quoted: a declaration, an assignment, a loop by one call."""

from __future__ import annotations

import itertools
import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.quiet import makes_a_value_only
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    innermost_function,
    parsed,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.tree.language import is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    is_async,
    name_of,
    of_kinds,
    squeezed,
    start,
    string_of,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced, semicolon
from mendbook.model import Operation

_SHOWN = re.compile(
    r"(?:(?:use|write|prefer|declare|make\s+it|change\s+(?:it|this)\s+to)\s+|(?:[^⟦;]*?:\s*)?)"
    r"(?P<new>⟦\d+⟧)(?:\s+(?:here|instead))?",
    re.IGNORECASE,
)
_GAP = re.compile(r"…|\.\.\.(?![\w$\[({])")


def declaration_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Destructure: `const [first] = rows;`*: in the place of what declares the same names.

    A declaration that only held the value for the next one goes with it.
    """
    scene = work.scene
    told = _SHOWN.fullmatch(ask.text)
    if told is None:
        return None
    code = quoted_as_here(scene, ask.code(told["new"]).rstrip(";").strip())
    if not re.match(r"(?:const|let)\s", code) or _GAP.search(code):
        return None
    if is_broken(scene.language, code):
        return None
    new = parse(scene.language, code).named_children()
    declarations = [one for one in quoted_nodes(scene, DECLARED) if begins_in_quote(scene, one)]
    if len(new) != 1 or not declarations or squeezed(declarations[0].text()) == squeezed(code):
        return None
    if not _is_row(declarations):
        return None
    names, wanted = [_bound(one) for one in declarations], _bound(new[0])
    going = set().union(*names) - wanted
    if not wanted or not wanted <= set().union(*names):
        return None
    home = innermost_function(scene, declarations[0]) or scene.root
    for name in going:
        uses = spelled(home, name, scene.language)
        if any(not start(declarations[0]) <= start(one) < end(declarations[-1]) for one in uses):
            raise Abstain(f"{name} is used behind it, too")
    if going and not _reads_the_same(declarations, new[0], going):
        return None
    mark = ";" if declarations[0].text().endswith(";") else ""
    said = f"declare by `{code[:60]}`"
    edits = [Edit(start(declarations[0]), end(declarations[-1]), f"{code}{mark}")]
    return step_edits(
        scene, Operation.REPLACE, said, edits, [code], [declarations[0].text().rstrip(";")]
    )


def _is_row(declarations: list[SgNode]) -> bool:
    """Tell whether declarations stand one behind the other, with nothing between them."""
    for first, second in itertools.pairwise(declarations):
        behind = first.next()
        if behind is None or start(behind) != start(second):
            return False
    return True


def _reads_the_same(declarations: list[SgNode], new: SgNode, going: set[str]) -> bool:
    """Tell whether a new declaration reads what the old ones read, but the names that go."""
    kinds = ("identifier", "property_identifier", "string_fragment")
    old = {each.text() for one in declarations for each in of_kinds(one, kinds)} - going
    read = {each.text() for each in of_kinds(new, kinds)}
    return read <= old | _bound(new)


def _bound(declared: SgNode) -> set[str]:
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    names: set[str] = set()
    for one in declared.named_children():
        name = one.field("name") if one.kind() == "variable_declarator" else None
        if name is not None:
            names |= {each.text() for each in of_kinds(name, kinds)} or {name.text()}
    return names


def assigned_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Write `total -= cut`*: in the place of the quoted assignment to the same name."""
    scene = work.scene
    told = _SHOWN.fullmatch(ask.text)
    node = parsed(ask.code(told["new"]).rstrip(";"), scene.language) if told is not None else None
    kinds = {"assignment_expression", "augmented_assignment_expression"}
    if node is None or node.kind() not in kinds or _GAP.search(node.text()):
        return None
    left = text_of(node.field("left"))
    assignments = [
        one for one in of_kinds(scene.root, kinds)
        if begins_in_quote(scene, one) and text_of(one.field("left")) == left
    ]  # fmt: skip
    if len(assignments) != 1 or squeezed(assignments[0].text()) == squeezed(node.text()):
        return None
    said = f"set {left} by `{node.text()[:60]}`"
    edits = [replaced(assignments[0], node.text())]
    return step_edits(scene, Operation.REPLACE, said, edits, [node.text()], [assignments[0].text()])


_SECURE = re.compile(
    r"(?:use|switch\s+to|move\s+to)\s+(?P<s>https|wss)(?:://)?(?:\s+(?:for|in|on)\s+(?:the\s+|"
    r"this\s+)?[\w\s-]+"
    rf"|\s+{INSTEAD_OF}\s+(?:plain\s+)?(?:http|ws)(?:://)?)?",
    re.IGNORECASE,
)


def secure_scheme(work: Work, ask: Ask) -> StepEdits | None:
    """*Use HTTPS for the endpoint*: in the one address that is quoted."""
    scene = work.scene
    plain = re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), ask.text)
    told = _SECURE.fullmatch(plain)
    if told is None:
        return None
    old = "http://" if told["s"].lower() == "https" else "ws://"
    addresses = [
        one for one in of_kinds(scene.root, ("string", "template_string"))
        if touches_quote(scene, one) and string_of(one).startswith(old)
    ]  # fmt: skip
    if len(addresses) != 1 or re.match(
        rf"{old}(?:localhost|127\.|0\.0\.0\.0|\[)", string_of(addresses[0])
    ):
        return None
    at = start(addresses[0]) + len(old) - 2
    said = f"reach it by {told['s'].lower()}"
    return step_edits(scene, Operation.REPLACE, said, [Edit(at, at, "s")], [f"{told['s'].lower()}"])


_FOR_ALL = re.compile(
    r"(?:replace\s+(?:the|this)\s+(?:\w+\s+)?loop\s+(?:with|by)\s+(?:an?\s+)?(?:(?:single|one|"
    r"bulk|batch(?:ed)?)\s+)?(?:call\s+)?"
    r"|(?:[^⟦;:]*\b(?:single|one|batch(?:ed)?|bulk|at\s+once|once\s+for\s+all|in\s+one\s+(?:go|"
    r"call|query|request|round\s+trip))\b[^⟦;:]*(?::|\s)\s*))"
    r"(?P<new>⟦\d+⟧)(?:\s+instead(?:\s+of\s+(?:the\s+|a\s+)?loop(?:ing)?)?)?",
    re.IGNORECASE,
)


def once_for_all(work: Work, ask: Ask) -> StepEdits | None:
    """Do it by a single call, `await rows.updateMany(…)`: in the place of the quoted loop."""
    scene = work.scene
    alone = re.fullmatch(r"⟦\d+⟧", ask.text) is not None
    told = _FOR_ALL.fullmatch(f"{ask.about}: {ask.text}" if alone else ask.text)
    new = ask.code(told["new"]).rstrip(";") if told is not None else ""
    if parsed(new, scene.language) is None or "(" not in new or _GAP.search(new):
        return None
    kinds = ("for_in_statement", "expression_statement")
    loops = [one for one in of_kinds(scene.root, kinds)
             if touches_quote(scene, one) and _turns(one) is not None]  # fmt: skip
    whole = [one for one in loops if begins_in_quote(scene, one)]
    loops = whole or loops
    if len(loops) != 1:
        return None
    rows = _turns(loops[0])
    if rows is None or not re.search(rf"(?<![\w$.]){re.escape(rows)}(?![\w$])", new):
        return None
    home = innermost_function(scene, loops[0])
    if new.startswith("await ") and (home is None or not is_async(home)):
        return None
    if "await" in loops[0].text() and not re.search(r"\bawait\b", new):
        new = f"await {new}"
    said = f"do `{new[:60]}` once for all"
    edits = [replaced(loops[0], f"{new}{semicolon(scene)}")]
    return step_edits(scene, Operation.REPLACE, said, edits, [new], [loops[0].text()])


_EACH_AT_ONCE = re.compile(
    r"(?:await\s+Promise\.all\()?(?P<rows>[\w$.]+)\.(?:map|"
    r"forEach)\((?:async\s*)?\(?[\w$]+\)?\s*=>\s*(?P<body>.*?)\)?\);?",
    re.DOTALL,
)


def _turns(node: SgNode) -> str | None:
    """Return what a loop goes over that does one call and nothing else in a turn; else None."""
    if node.kind() == "for_in_statement":
        body = body_of(node)
        inner = (
            body.named_children()
            if body is not None and body.kind() == "statement_block"
            else [body]
        )
        if len(inner) != 1 or inner[0] is None or text_of(node.field("operator")) != "of":
            return None
        plain = re.fullmatch(r"(?:await\s+)?[\w$.]+\([^;]*\);?", inner[0].text(), re.DOTALL)
        return text_of(node.field("right")) if plain else None
    match = _EACH_AT_ONCE.fullmatch(node.text())
    if match is None:
        return None
    bare = re.sub(r"^\{\s*|\s*\}$", "", match["body"].strip())
    plain = re.fullmatch(r"(?:return\s+)?(?:await\s+)?[\w$.]+\([^;]*\)?;?", bare, re.DOTALL)
    return match["rows"] if plain else None


_COLUMNS = re.compile(
    r"(?:(?!\b(?:add|append|create|instead|migration)\b)[^⟦;])*?(?:[:,]|\b(?:use|write|be|by|"
    r"with|to))\s*(?P<new>⟦\d+⟧)(?:\s+instead)?",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\b(?:from|into|update)\s+([\w.\"]+)", re.IGNORECASE)


def query_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Select what is needed: `SELECT id FROM carts WHERE id = $1`*: for the one query quoted."""
    scene = work.scene
    told = _COLUMNS.fullmatch(ask.text)
    new = ask.code(told["new"]).strip() if told is not None else ""
    verb = re.match(r"(?:select|update|delete|insert)\b", new, re.IGNORECASE)
    if verb is None or _GAP.search(new) or len(ask.told) != 1:
        return None
    queries = [
        one for one in of_kinds(scene.root, ("string", "template_string"))
        if touches_quote(scene, one) and string_of(one).strip().lower().startswith(verb[0].lower())
    ]  # fmt: skip
    if len(queries) != 1 or "${" in queries[0].text() or "\n" in queries[0].text():
        return None
    old, mark = string_of(queries[0]).strip(), queries[0].text()[0]
    if _tables(old) != _tables(new) or _blanks(old) != _blanks(new) or mark in new:
        return None
    if squeezed(old) == squeezed(new):
        return None
    said = f"ask `{new[:60]}`"
    edits = [replaced(queries[0], f"{mark}{new}{mark}")]
    return step_edits(scene, Operation.REPLACE, said, edits, [f"{mark}{new}{mark}"])


def _tables(query: str) -> list[str]:
    return [one.lower() for one in _TABLE.findall(query)]


def _blanks(query: str) -> list[str]:
    return sorted(re.findall(r"\$\d+|\?|:[a-z]\w*", query))


_UNREAD = re.compile(
    r"(?:remove|delete|drop)\s+(?:the\s+|this\s+|its\s+)?(?:unused\s+)?(?:field|property|member|"
    r"variable|⟦\d+⟧)(?:\s+(?:field|property|declaration))?\s+"
    r"(?:and|as\s+well\s+as|together\s+with|along\s+with)\s+(?:the\s+|its\s+|all\s+|every\s+|"
    r"both\s+|that\s+)*assignments?(?:\s+to\s+(?:it|⟦\d+⟧))?",
    re.IGNORECASE,
)


_SETS = {"assignment_expression", "augmented_assignment_expression"}


def unread_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the field and the assignment*: a private one that nothing reads, with its writes."""
    scene = work.scene
    if _UNREAD.fullmatch(ask.text) is None:
        return None
    fields = [one for one in of_kinds(scene.root, ("public_field_definition", "field_definition"))
              if touches_quote(scene, one)]  # fmt: skip
    if len(fields) != 1:
        return None
    name = name_of(fields[0])
    codes = {one.text.removeprefix("this.") for one in ask.told}
    value = value_of(fields[0])
    if (codes and codes != {name.lstrip("#")} and codes != {name}) or (
        value is not None and not makes_a_value_only(value)
    ):
        return None
    if not (name.startswith("#") or re.match(r"(?:readonly\s+)?private\b", fields[0].text())):
        raise Abstain(f"{name} is not private; what else reads it cannot be seen")
    writes, uses = [], [one for one in of_kinds(scene.root, ("member_expression",))
                        if text_of(one.field("property")) == name]  # fmt: skip
    for one in uses:
        parent = one.parent()
        over = parent.parent() if parent is not None else None
        plain = (
            parent is not None and parent.kind() in _SETS
            and text_of(parent.field("left")) == one.text()
            and over is not None and over.kind() == "expression_statement"
        )  # fmt: skip
        given = parent.field("right") if parent is not None else None
        if not plain or over is None or given is None or not makes_a_value_only(given):
            raise Abstain(f"{one.text()} is read, or what it is given does something", final=True)
        writes.append(over)
    if not writes or re.search(rf"\[\s*['\"]{re.escape(name)}", scene.text):
        return None
    text = scene.text
    edits = []
    for one in (fields[0], *writes):
        begin, stop = line_start(text, start(one)), line_end(text, end(one))
        if text[begin:stop].strip().rstrip(";") != one.text().strip().rstrip(";"):
            return None
        edits.append(Edit(begin, stop, ""))
    return step_edits(
        scene, Operation.REMOVE, f"remove {name} and what is given to it", edits, [], [name]
    )


SINGLES = (
    unread_field,
    query_anew,
    once_for_all,
    declaration_anew,
    assigned_anew,
    secure_scheme,
)
