"""Leave a function where a condition does not hold, and so nest nothing in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, line_start, start, step
from mendbook.code.functions import FUNCTIONS, function_around, pattern_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one, itself
from mendbook.fixes.claim import claim
from mendbook.fixes.condition_turned import turned
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_CUE = (
    r"\bearly\b|\bguard clauses?\b|\bnest(?:ed|ing)\b|\bflatten|\binvert|\bpyramid|\barrow code"
    r"|\bbail(?:s|ing)? out"
)
_NESTED = re.compile(
    r"\bnest(?:ed|ing)|\bflatten|\binvert|\bpyramid|\bguard clauses\b", re.IGNORECASE
)
_WHEN = re.compile(r"\b(?:when|if|unless|for|with|on)\b|`[^`]*`|\d{3}", re.IGNORECASE)
"""A condition that a text names, or what is to be answered."""
_EXITS = ("return_statement", "throw_statement", "continue_statement", "break_statement")
_LOOPS = ("for_statement", "for_in_statement", "while_statement", "do_statement")


class _Kept(Exception):
    """Why the nesting stays."""


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, r"\bearly\b|guard clause|flatten|invert") or is_left_open(fix):
        return "the fix asks for something else than an early return"
    if _WHEN.search(fix) and not _NESTED.search(fix):
        return "the fix asks for one more check, and not for the nesting to go"
    return change_of_one(
        task,
        _outermost,
        itself,
        _change_or_reason,
        none="no if that its function ends with stands in the code that the finding names",
        several="several conditions are meant",
    )


def _outermost(scope: SgNode) -> list[SgNode]:
    nodes = find_all(scope, "if_statement")
    found = [node for node in nodes if _block_to_leave(node) is not None]
    return [one for one in found if not any(_holds(other, one) for other in found)]


def _change_or_reason(module: Module, node: SgNode) -> RecipeChange | str:
    try:
        return _change(module, node)
    except _Kept as kept:
        return str(kept)


def _holds(outer: SgNode, inner: SgNode) -> bool:
    return start(outer) < start(inner) and end(inner) <= end(outer)


def _block_to_leave(node: SgNode) -> SgNode | None:
    """Return the body of a function or a loop that ends with ``node``, or with a return behind."""
    block = node.parent()
    owner = block.parent() if block is not None else None
    if block is None or owner is None or block.kind() != "statement_block":
        return None
    if owner.kind() not in {*FUNCTIONS, *_LOOPS}:
        return None
    rest = _behind(node)
    if len(rest) > 1 or (rest and rest[0].kind() not in {"return_statement", "throw_statement"}):
        return None
    return block


def _behind(node: SgNode) -> list[SgNode]:
    return [one for one in node.next_all() if one.is_named() and one.kind() != "comment"]


def _change(module: Module, node: SgNode) -> RecipeChange:
    block = _block_to_leave(node)
    owner = block.parent() if block is not None else None
    if block is None or owner is None:
        raise _Kept("the function goes on behind the condition")
    leaves = "continue" if owner.kind() in _LOOPS else "return"
    rest = _behind(node)
    last = rest[0] if rest else None
    margin = indent(module.text, start(node))
    rows: list[str] = []
    depth = _flat(module, node, last, leaves, margin, rows)
    if not depth:
        raise _Kept("nothing is nested that an early return would flatten")
    _refuse_shadowed(owner, node)
    first, behind = line_start(module.text, start(node)), end(last if last is not None else node)
    edit = Edit(first, behind, "\n".join(rows))
    heads = [one.strip() for one in rows if one.startswith(f"{margin}if (")]
    return RecipeChange(
        summary="Leave early instead of nesting",
        edits={module.path: apply(module.text, [edit])},
        contracts=(
            claim(module.path, module.text, [edit], Operation.REPLACE,
                  "leave early where a condition does not hold", heads,
                  []),
        ),
    )  # fmt: skip


def _flat(
    module: Module, node: SgNode, last: SgNode | None, leaves: str, margin: str, rows: list[str]
) -> int:
    """Write ``node`` with early exits into ``rows``; return how many conditions were turned."""
    test, then, other = (
        node.field("condition"),
        node.field("consequence"),
        node.field("alternative"),
    )
    if test is None or then is None or then.kind() != "statement_block":
        raise _Kept("the condition has no block")
    otherwise = other.named_children()[0] if other is not None else None
    if otherwise is not None and otherwise.kind() != "statement_block":
        raise _Kept("there is an else if")
    inner = _statements(then)
    if not inner:
        raise _Kept("the condition holds nothing")
    tab, mark = step(module.text), semicolon(module)
    if otherwise is not None:
        left = _statements(otherwise)
        if not left or (not _ends(left[-1]) and (last is not None or not _is_short(left))):
            raise _Kept("the else does not leave the function")
        shown = _lines(module, otherwise, end(left[-1]), f"{margin}{tab}")
        if not _ends(left[-1]):
            shown.append(f"{margin}{tab}{leaves}{mark}")
    elif last is not None:
        shown = [f"{margin}{tab}{last.text()}"]
    else:
        shown = [f"{margin}{tab}{leaves}{mark}"]
    rows += [f"{margin}if ({turned(test, module.text)}) {{", *shown, f"{margin}}}"]
    deeper = inner[-1]
    nests = deeper.kind() == "if_statement" and _is_flat(deeper, last)
    rows += _lines(module, then, start(deeper) if nests else end(deeper), margin)
    if nests:
        return 1 + _flat(module, deeper, last, leaves, margin, rows)
    if last is not None and not _ends(deeper):
        rows.append(f"{margin}{last.text()}")
    return 1


def _is_flat(node: SgNode, last: SgNode | None) -> bool:
    """Tell whether a condition that ends a block can be turned as well."""
    then, other = node.field("consequence"), node.field("alternative")
    if then is None or then.kind() != "statement_block" or not _statements(then):
        return False
    if other is None:
        return True
    inner = other.named_children()[0]
    left = _statements(inner) if inner.kind() == "statement_block" else []
    return bool(left) and (_ends(left[-1]) or (last is None and _is_short(left)))


def _is_short(statements: Sequence[SgNode]) -> bool:
    return len(statements) == 1 and statements[0].kind() == "expression_statement"


def _statements(block: SgNode) -> list[SgNode]:
    return [one for one in block.named_children() if one.kind() != "comment"]


def _ends(node: SgNode) -> bool:
    """Tell whether a statement leaves in every case."""
    if node.kind() in _EXITS:
        return True
    then, other = node.field("consequence"), node.field("alternative")
    if node.kind() != "if_statement" or then is None or other is None:
        return False
    parts = [_statements(one) if one.kind() == "statement_block" else [one]
             for one in (then, other.named_children()[0])]  # fmt: skip
    return all(part and _ends(part[-1]) for part in parts)


def _lines(module: Module, block: SgNode, stop: int, margin: str) -> list[str]:
    """Return the lines of what stands in a block before ``stop``, with another margin."""
    text = module.text
    held = [one for one in block.named_children() if start(one) < stop]
    if not held:
        return []
    old = indent(text, start(held[0]))
    whole = text[line_start(text, start(held[0])) : end(held[-1])].replace("\r\n", "\n")
    if not text[line_start(text, start(held[0])) : start(held[0])].isspace():
        raise _Kept("the code within stands on the line of the condition")
    if any("\n" in one.text() for node in held for one in find_all(node, "template_string")):
        raise _Kept("a text of several lines would be moved")
    return [margin + one.removeprefix(old) if one.strip() else "" for one in whole.split("\n")]


def _refuse_shadowed(owner: SgNode, node: SgNode) -> None:
    """Raise where a name of a block would meet another of its function."""
    inner = list(_declared(node))
    outside = {one.text() for one in find_all(owner, "identifier", "shorthand_property_identifier")
               if not start(node) <= start(one) < end(node)}  # fmt: skip
    twice = {one for one in inner if inner.count(one) > 1}
    if meets := sorted(twice | ({*inner} & outside)):
        raise _Kept(f"{meets[0]} is another one outside of the condition")


def _declared(node: SgNode) -> Iterator[str]:
    home = function_around(node)
    for one in find_all(node, "variable_declarator", "function_declaration", "class_declaration"):
        label = one.field("name")
        if function_around(one) == home and label is not None:
            yield from pattern_names(label)


_TICKET = """\
export function pass(ticket, gate) {
  if (ticket) {
    if (ticket.gate === gate) {
      gate.open();
      return true;
    } else {
      throw new Error('wrong gate');
    }
  } else {
    return false;
  }
}
"""
_SWEEP = """\
function sweep(rooms: Room[]): number {
  let done = 0;
  for (const room of rooms) {
    if (!room.locked) {
      // The big ones first
      if (room.area > 20 && room.isFree()) {
        room.sweep();
        done += 1;
      }
    }
  }
  return done;
}

interface Room { locked: boolean; area: number; isFree(): boolean; sweep(): void }
"""
_ASKED = asking("Deep nesting", "Use early returns", "src/pass.js", "pass")

RECIPE = Recipe(
    name="return-early",
    message="What is nested in conditions is read with all of them in mind.",
    words=_CUE,
    remedy=_CUE,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "each other case leaves first",
            _ASKED,
            {"src/pass.js": _TICKET},
            {
                "src/pass.js": """\
export function pass(ticket, gate) {
  if (!ticket) {
    return false;
  }
  if (ticket.gate !== gate) {
    throw new Error('wrong gate');
  }
  gate.open();
  return true;
}
"""
            },
        ),
        Example(
            "a turn of a loop goes on to the next",
            asking("Nested ifs", "Flatten it with guard clauses", "src/sweep.ts", "sweep",
                   "if (!room.locked) {"),
            {"src/sweep.ts": _SWEEP},
            {
                "src/sweep.ts": _SWEEP.replace(
                    """\
    if (!room.locked) {
      // The big ones first
      if (room.area > 20 && room.isFree()) {
        room.sweep();
        done += 1;
      }
    }
""",
                    """\
    if (room.locked) {
      continue;
    }
    // The big ones first
    if (room.area <= 20 || !room.isFree()) {
      continue;
    }
    room.sweep();
    done += 1;
""",
                )
            },
        ),
        Example(
            "a function that goes on behind the condition",
            _ASKED,
            {"src/pass.js": _TICKET.replace("  }\n}\n", "  }\n  log(gate);\n  return 1;\n}\n")},
            refuses="no if that its function ends with",
        ),
        Example(
            "an else that is another question",
            _ASKED,
            {"src/pass.js": _TICKET.replace("else {\n    return", "else if (gate) {\n    return")},
            refuses="else if",
        ),
        Example(
            "a name that is another one outside",
            _ASKED,
            {
                "src/pass.js": _TICKET.replace("gate.open", "const n = 1;\ngate.open").replace(
                    "  if (ticket) {", "  count((n) => n);\n  if (ticket) {"
                )
            },
            refuses="n is another one",
        ),
    ),
)  # fmt: skip
