"""Let the turns of a loop, which wait for each other without need, run together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, line_end, line_start, start, step
from mendbook.code.functions import FUNCTIONS, free_names, pattern_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one, itself
from mendbook.fixes.changing_calls import one_at_a_time
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import AT_ONCE
from mendbook.fixes.task import Task
from mendbook.fixes.touched_keys import callee_text
from mendbook.model import Operation

_LIMITED = re.compile(
    r"\b(?:batch(?:es|ed)?|chunks?|at most|limit\w*|throttl\w*|pool|queue|groups? of|p-?limit"
    r"|concurrency of|\w+ at a time|allSettled|race|any)\b",
    re.IGNORECASE,
)
"""Words that ask for another way to run things together than all at once, all or none."""
_ON_PURPOSE = re.compile(
    r"sequential|one (?:at a time|by one|after)|in order|rate.?limit|on purpose|deliberate"
    r"|must not (?:run|overlap)|do not parallel",
    re.IGNORECASE,
)
_WIDTH = 100
_NO_LIST = re.compile(r"^(?:new\s+(?:Weak)?(?:Set|Map)\b|.*\.(?:keys|values|entries)\(\)$)")


@dataclass(frozen=True, slots=True)
class _Turns:
    """A loop over a list: what a turn is called, does, and gives to a list that begins empty."""

    node: SgNode
    item: str
    rows: str
    work: tuple[SgNode, ...]
    gives: SgNode | None = None
    """The expression that the last statement of a turn pushes."""
    begun: SgNode | None = None
    """The declaration of the list that is filled."""


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if _LIMITED.search(fix) or is_denied(fix, rf"Promise\.all|{AT_ONCE}") or is_left_open(fix):
        return "the fix asks for another way than all turns at once"
    return change_of_one(
        task,
        lambda scope: (
            node
            for node in find_all(scope, "for_in_statement")
            if find_all(node, "await_expression")
        ),
        itself,
        _gathered,
        none="no loop with an awaited call in each turn stands in the code that is named",
        several="several loops are meant",
    )


def _gathered(module: Module, loop: SgNode) -> RecipeChange | str:
    turns = _turns(module, loop)
    if isinstance(turns, str):
        return turns
    return _needed_in_order(module, turns) or _change(module, turns)


def _turns(module: Module, loop: SgNode) -> _Turns | str:
    """Return what a loop does in each turn, or why it cannot be told."""
    item, rows, block = loop.field("left"), loop.field("right"), loop.field("body")
    if item is None or rows is None or block is None:
        return "the loop is not written in full"
    if not re.match(r"for\s*\(\s*(?:const|let)\s", loop.text()) or _operator(loop) != "of":
        return "the loop is not a plain for…of over a list"
    if _is_no_list(module, rows):
        return f"{rows.text()} is no list that could be mapped"
    work = [block] if block.kind() != "statement_block" else list(block.named_children())
    if any(one.kind() == "comment" and _ON_PURPOSE.search(one.text()) for one in work):
        return "a comment says that the turns are to wait for each other"
    work = [one for one in work if one.kind() != "comment"]
    above = next((one for one in loop.prev_all() if one.is_named()), None)
    if above is not None and above.kind() == "comment" and _ON_PURPOSE.search(above.text()):
        return "a comment says that the turns are to wait for each other"
    if not work:
        return "the loop does nothing"
    pushed = re.fullmatch(r"(?P<name>[\w$]+)\.push\((?P<value>.*)\);?", work[-1].text(), re.DOTALL)
    if pushed is None:
        return _Turns(loop, item.text(), rows.text(), tuple(work))
    call = work[-1].named_children()[0]
    given = call.field("arguments")
    values = given.named_children() if given is not None else []
    begun = _begun(loop, pushed["name"])
    if len(values) != 1 or values[0].kind() == "spread_element":
        return "a turn gives several things at once"
    if begun is None:
        return f"{pushed['name']} does not begin empty right before the loop"
    return _Turns(loop, item.text(), rows.text(), tuple(work[:-1]), values[0], begun)


def _operator(loop: SgNode) -> str:
    told = loop.field("operator")
    awaits = any(one.kind() == "await" for one in loop.children())
    return told.text() if told is not None and not awaits else ""


def _is_no_list(module: Module, rows: SgNode) -> bool:
    """Tell whether what a loop goes over is seen to be a set, a map or a generator."""
    text = rows.text()
    if _NO_LIST.match(text) or rows.kind() in {"await_expression", "yield_expression"}:
        return True
    name = re.escape(text)
    kinds = r"(?:Readonly)?(?:Set|Map)|(?:Async)?(?:Iterable|Iterator|Generator)\w*"
    typed = re.compile(
        rf"(?<![\w$.]){name}\??\s*:\s*(?:{kinds})\b|(?<![\w$.]){name}\s*=\s*new\s+(?:Set|Map)\b"
    )
    return typed.search(module.text) is not None


def _begun(loop: SgNode, name: str) -> SgNode | None:
    """Return the declaration of an empty list ``name`` above the loop that nothing reads before."""
    for above in loop.prev_all():
        if not above.is_named():
            continue
        if re.fullmatch(
            rf"(?:const|let)\s+{re.escape(name)}\s*(?::[^=]+)?=\s*\[\]\s*;?", above.text()
        ):
            return above
        if name in free_names(above):
            return None
    return None


_ALLOWED = ("lexical_declaration", "expression_statement", "if_statement", "throw_statement")


def _needed_in_order(module: Module, turns: _Turns) -> str:
    """Return why the turns may need their order; empty where nothing says so."""
    body = turns.node.field("body")
    if body is None:
        return "the loop does nothing"
    stops = ("break_statement", "continue_statement", "return_statement", "yield_expression")
    if any(_is_of_turn(one, turns.node) for one in find_all(body, *stops)):
        return "a turn of the loop may end it, or leave one out"
    own = set().union(*(pattern_names(one) for one in _bound(turns.node)))
    for one in find_all(body, "assignment_expression", "augmented_assignment_expression",
                        "update_expression"):  # fmt: skip
        target = one.field("left") or one.field("argument")
        name = re.split(r"[.\[?]", target.text())[0] if target is not None else ""
        if name not in own:
            return f"a turn of the loop changes {name or 'what it did not declare'}"
    name = _name(turns)
    if name and any(name in free_names(one) for one in [*turns.work, turns.gives] if one):
        return f"a turn of the loop reads {name}, which the turns before it fill"
    for statement in turns.work:
        if statement.kind() not in _ALLOWED:
            return "a turn of the loop does more than wait for a call"
        inner = statement.named_children()[0]
        if statement.kind() == "expression_statement" and inner.kind() != "await_expression":
            return f"a turn calls {inner.text()[:40]} in the order of the loop"
    for call in find_all(body, "await_expression"):
        if receiver := one_at_a_time(callee_text(call.named_children()[0])):
            return f"{receiver} serves one call at a time"
    return ""


def _is_of_turn(node: SgNode, loop: SgNode) -> bool:
    """Tell whether a statement leaves the turn itself, and no function or loop within it."""
    for outer in node.ancestors():
        if outer.range() == loop.range():
            return True
        if outer.kind() in FUNCTIONS:
            return False
        inner_loop = outer.kind().startswith(("for_", "while_", "do_"))
        if inner_loop and node.kind() != "return_statement":
            return False
    return False


def _bound(loop: SgNode) -> list[SgNode]:
    declared = [one.field("name") for one in find_all(loop, "variable_declarator")]
    return [one for one in (loop.field("left"), *declared) if one is not None]


def _name(turns: _Turns) -> str:
    declared = find_all(turns.begun, "variable_declarator") if turns.begun is not None else []
    label = declared[0].field("name") if declared else None
    return label.text() if label is not None else ""


def _change(module: Module, turns: _Turns) -> RecipeChange:
    text, mark = module.text, semicolon(module)
    margin = indent(text, start(turns.node))
    mapped = f"{turns.rows}.map({_each(module, turns, margin)})"
    lead = ""
    edits: list[Edit] = []
    if turns.begun is not None:
        head = re.match(r"(?:const|let)\s+[^=]+=", turns.begun.text())
        lead = f"{head[0] if head is not None else ''} "
        first, last = line_start(text, start(turns.begun)), line_end(text, end(turns.begun))
        edits.append(Edit(first, last, ""))
    new = f"{lead}await Promise.all({mapped}){mark}"
    if "\n" not in mapped and len(margin) + len(new) > _WIDTH:
        tab = step(text)
        new = f"{lead}await Promise.all(\n{margin}{tab}{mapped},\n{margin}){mark}"
    elif "\n" in mapped:
        tab = step(text)
        shifted = mapped.replace("\n", f"\n{tab}")
        new = f"{lead}await Promise.all(\n{margin}{tab}{shifted},\n{margin}){mark}"
    edits.append(Edit(start(turns.node), end(turns.node), new))
    said = f"run all turns of the loop over `{turns.rows}` together, by Promise.all"
    return RecipeChange(
        summary="Run the turns of a loop together",
        edits={module.path: apply(text, edits)},
        why="No turn uses what another gives, so they need not queue.",
        risk="All turns are under way at once; when one fails, the others run on, and whoever "
        "answers them sees them all at the same time.",
        contracts=(
            claim(module.path, text, edits, Operation.REPLACE, said, ["await Promise.all("],
                  [f"of {turns.rows})"]),
        ),
    )  # fmt: skip


def _each(module: Module, turns: _Turns, margin: str) -> str:
    """Return the function that does one turn."""
    plain = re.fullmatch(r"[\w$]+", turns.item) is not None
    item = turns.item if plain and _bare_arrows(module) else f"({turns.item})"
    value = turns.gives
    if not turns.work and value is not None:
        return _arrow(item, value)
    if len(turns.work) == 1 and value is None:
        inner = turns.work[0].named_children()[0]
        if turns.work[0].kind() == "expression_statement" and inner.kind() == "await_expression":
            return _arrow(item, inner)
    body = turns.node.field("body")
    tab, mark = step(module.text), semicolon(module)
    first = start(turns.work[0])
    last = end(turns.work[-1])
    inside = module.text[line_start(module.text, first) : last]
    rows = _moved(inside.replace("\r\n", "\n"), indent(module.text, first), f"{margin}{tab}")
    if value is not None and body is not None:
        shifted = _moved(value.text().replace("\r\n", "\n"), "", "")
        rows += f"\n{margin}{tab}return {shifted}{mark}"
    return f"async {item} => {{\n{rows}\n{margin}}}"


def _arrow(item: str, value: SgNode) -> str:
    """Return an arrow function that gives ``value``, awaiting only what is awaited within it."""
    if value.kind() == "await_expression":
        call = value.named_children()[0]
        if not find_all(call, "await_expression"):
            return f"{item} => {call.text()}"
        return f"async {item} => {call.text()}"
    text = f"({value.text()})" if value.kind() == "object" else value.text()
    return f"async {item} => {text}"


def _moved(text: str, old: str, new: str) -> str:
    """Return lines with the margin ``new`` in the place of ``old``."""
    rows = text.split("\n")
    return "\n".join(new + one.removeprefix(old) if one.strip() else one for one in rows)


def _bare_arrows(module: Module) -> bool:
    """Tell whether the file writes arrow functions of one parameter without brackets."""
    bare = len(re.findall(r"(?<![\w$.)\]])[A-Za-z_$][\w$]*\s*=>", module.text))
    held = len(re.findall(r"\([A-Za-z_$][\w$]*\)\s*=>", module.text))
    return bare > held


_MENUS = """\
export async function menus(days: string[], kitchen: Kitchen): Promise<Menu[]> {
  const found: Menu[] = [];
  for (const day of days) {
    found.push(await kitchen.menu(day));
  }
  return found;
}
"""
_BELLS = """\
export async function ring(towers, net) {
  for (const { id, tone } of towers) {
    const bell = await net.bell(id);
    await bell.ring(tone);
  }
}
"""
_PAGES = """\
export async function pages(ids, api) {
  let cursor = null;
  for (const id of ids) {
    cursor = await api.page(id, cursor);
  }
  return cursor;
}
"""
_ASKED = asking("awaits in a loop", "Use Promise.all over the days", "src/menus.ts", "menus")

RECIPE = Recipe(
    name="gather-turns",
    message="Turns of a loop that do not need each other need not wait for each other.",
    words=rf"Promise\.all\b|{AT_ONCE}",
    remedy=r"Promise\.all\b|concurren|parallel|simultan|same time|side by side"
    r"|\bat once\b|await[^.]*\btogether|together[^.]*\bawait",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a list that is filled in its order",
            _ASKED,
            {"src/menus.ts": _MENUS},
            {
                "src/menus.ts": """\
export async function menus(days: string[], kitchen: Kitchen): Promise<Menu[]> {
  const found: Menu[] = await Promise.all(days.map((day) => kitchen.menu(day)));
  return found;
}
"""
            },
        ),
        Example(
            "turns of several steps, for their effect",
            asking("Serial", "Ring the towers in parallel", "web/ring.js", "ring"),
            {"web/ring.js": _BELLS},
            {
                "web/ring.js": """\
export async function ring(towers, net) {
  await Promise.all(
    towers.map(async ({ id, tone }) => {
      const bell = await net.bell(id);
      await bell.ring(tone);
    }),
  );
}
"""
            },
        ),
        Example(
            "a turn that needs what the one before it gave",
            asking("Serial", "Fetch them concurrently", "src/pages.js", "pages"),
            {"src/pages.js": _PAGES},
            refuses="a turn of the loop changes cursor",
        ),
        Example(
            "a turn that may end the loop",
            _ASKED,
            {"src/menus.ts": _MENUS.replace("    found", "    if (!day) break;\n    found")},
            refuses="may end it",
        ),
        Example(
            "a comment that asks for the order",
            _ASKED,
            {
                "src/menus.ts": _MENUS.replace(
                    "    found", "    // one at a time: rate limit\n    found"
                )
            },
            refuses="a comment says",
        ),
        Example(
            "a few at a time is another repair",
            asking("Serial", "Use Promise.all in batches of five", "src/menus.ts", "menus"),
            {"src/menus.ts": _MENUS},
            refuses="another way",
        ),
    ),
)
