"""Write a chain of ``then`` as statements that wait."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, insert, line_start, start, step
from mendbook.code.functions import FUNCTIONS, function_around, is_async, pattern_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one, itself
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_CUE = r"\basync\s*/\s*await|\bawait(?s:.*)(?:\bchain|\bthen\b)|(?:\bchain|\bthen\b)(?s:.*)\bawait"
_TOO = re.compile(r"Promise\.|\b[Pp]arallel|\b[Cc]oncurren|[a-z]Sync\b")


class _Kept(Exception):
    """Why the chain stays."""


@dataclass(frozen=True, slots=True)
class _Link:
    """One ``.then(callback)``, ``.catch(callback)`` or ``.finally(callback)``."""

    method: str
    callback: SgNode


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if _TOO.search(fix) or is_denied(fix, _CUE) or is_left_open(fix):
        return "the fix asks for something else than to wait for the chain"
    return change_of_one(
        task,
        lambda scope: (
            node
            for node in find_all(scope, "return_statement", "arrow_function")
            if _chain(node) is not None
        ),
        itself,
        _change_or_reason,
        none="no chain of then that a function returns stands in the code that the finding names",
        several="several chains are meant",
    )


def _change_or_reason(module: Module, node: SgNode) -> RecipeChange | str:
    try:
        return _change(module, node)
    except _Kept as kept:
        return str(kept)


def _chain(node: SgNode) -> tuple[SgNode, list[_Link]] | None:
    """Return what a returned chain starts from, and the links behind it; None for no chain."""
    value = node.field("body") if node.kind() == "arrow_function" else next(
        iter(node.named_children()), None)  # fmt: skip
    links: list[_Link] = []
    while value is not None and value.kind() == "call_expression":
        callee, given = value.field("function"), value.field("arguments")
        method = callee.field("property") if callee is not None else None
        parts = given.named_children() if given is not None else []
        if callee is None or method is None or method.text() not in {"then", "catch", "finally"}:
            break
        if len(parts) != 1 or parts[0].kind() not in FUNCTIONS:
            return None
        links.append(_Link(method.text(), parts[0]))
        value = callee.field("object")
    if value is None or not links or not any(one.method == "then" for one in links):
        return None
    return value, links[::-1]


def _change(module: Module, node: SgNode) -> RecipeChange:
    held = _chain(node)
    home = node if node.kind() == "arrow_function" else function_around(node)
    if held is None or home is None:
        raise _Kept("no function returns the chain")
    first, links = held
    if node.kind() == "return_statement":
        block = home.field("body")
        if block is None or node.parent() != block or node != block.named_children()[-1]:
            raise _Kept("the chain is not the last thing that its function does")
        if find_all(block, "return_statement")[:1] != [node]:
            raise _Kept("the function returns before the chain, too")
    if is_async(home):
        raise _Kept("the function is async already")
    marks = {one.kind() for one in home.children()}
    if "*" in marks or (home.kind() == "method_definition" and marks & {"get", "set"}):
        raise _Kept("the function cannot be async")
    kinds = [one.method for one in links]
    if kinds != sorted(kinds, key=["then", "catch", "finally"].index) or any(
        kinds.count(one) > 1 for one in ("catch", "finally")
    ):
        raise _Kept("the links of the chain do not follow each other as try, catch and finally do")
    _refuse_meeting(home, node, links)
    base = indent(module.text, start(node if node.kind() == "return_statement" else home))
    margin = base if node.kind() == "return_statement" else base + step(module.text)
    rows = _rows(module, first, links, margin)
    text = "\n".join(rows)
    if node.kind() == "return_statement":
        edits = [Edit(line_start(module.text, start(node)), end(node), text)]
    else:
        body = home.field("body")
        if body is None:
            raise _Kept("the function does nothing")
        edits = [Edit(start(body), end(body), f"{{\n{text}\n{base}}}")]
    edits.append(insert(_before_name(home), "async "))
    return RecipeChange(
        summary="Await the steps of a chain",
        edits={module.path: apply(module.text, edits)},
        contracts=(
            claim(module.path, module.text, edits, Operation.AWAIT,
                  "wait for each step of the chain", ["await"], [".then("]),
        ),
    )  # fmt: skip


def _before_name(function: SgNode) -> int:
    if function.kind() == "method_definition":
        label = function.field("name")
        return start(label) if label is not None else start(function)
    return start(function)


def _rows(module: Module, first: SgNode, links: list[_Link], margin: str) -> list[str]:
    tab, mark = step(module.text), semicolon(module)
    thens = [one for one in links if one.method == "then"]
    caught = next((one for one in links if one.method == "catch"), None)
    last = next((one for one in links if one.method == "finally"), None)
    inner = margin + tab if caught is not None or last is not None else margin
    rows: list[str] = []
    awaited = f"await {_one_line(first.text())}"
    for at, link in enumerate(thens):
        bound = _bound(link.callback)
        rows.append(
            f"{inner}const {bound} = {awaited}{mark}" if bound else f"{inner}{awaited}{mark}"
        )
        body = link.callback.field("body")
        if body is None:
            raise _Kept("a link does nothing")
        final = at == len(thens) - 1
        if body.kind() != "statement_block":
            text = _shifted(module, body, inner)
            if final:
                rows.append(f"{inner}return {text}{mark}")
            else:
                calls = body.kind() == "call_expression"
                awaited = f"await {text}" if calls else text
            continue
        statements = list(body.named_children())
        if final:
            rows += _moved(module, statements, inner)
            continue
        given = statements[-1] if statements else None
        value = (
            given.named_children()
            if given is not None and given.kind() == "return_statement"
            else []
        )
        if len(value) != 1 or len(find_all(body, "return_statement")) != 1:
            raise _Kept("a link in the middle returns in several ways")
        rows += _moved(module, statements[:-1], inner)
        awaited = f"await {_shifted(module, value[0], inner)}"
    if caught is None and last is None:
        return rows
    rows = [f"{margin}try {{", *rows]
    if caught is not None:
        bound = _bound(caught.callback)
        rows.append(f"{margin}}} catch ({bound}) {{" if bound else f"{margin}}} catch {{")
        rows += _whole(module, caught.callback, inner, returns=True)
    if last is not None:
        rows.append(f"{margin}}} finally {{")
        rows += _whole(module, last.callback, inner, returns=False)
    return [*rows, f"{margin}}}"]


def _whole(module: Module, callback: SgNode, margin: str, *, returns: bool) -> list[str]:
    body = callback.field("body")
    if body is None:
        raise _Kept("a link does nothing")
    if body.kind() == "statement_block":
        return _moved(module, list(body.named_children()), margin)
    lead = "return " if returns else ""
    return [f"{margin}{lead}{_shifted(module, body, margin)}{semicolon(module)}"]


def _bound(callback: SgNode) -> str:
    """Return what a callback binds, without its type; empty where it takes nothing."""
    single, listed = callback.field("parameter"), callback.field("parameters")
    parts = [single] if single is not None else list(listed.named_children() if listed else [])
    if len(parts) > 1 or (is_async(callback) and callback.kind() != "arrow_function"):
        raise _Kept("a link takes more than one value")
    if callback.kind() != "arrow_function" and re.search(
        r"\bthis\b|\barguments\b", callback.text()
    ):
        raise _Kept("a link has a `this` of its own")
    if not parts:
        return ""
    pattern = parts[0].field("pattern") or parts[0]
    if pattern.kind() == "assignment_pattern":
        raise _Kept("a link has a default for what it takes")
    return pattern.text()


def _refuse_meeting(home: SgNode, node: SgNode, links: list[_Link]) -> None:
    """Raise where two links, or a link and the function, bind one name."""
    names: list[str] = []
    for link in links:
        own = [one.field("name") for one in find_all(link.callback, "variable_declarator")
               if function_around(one) == link.callback]  # fmt: skip
        bound = _bound(link.callback)
        names += sorted(set().union(*(pattern_names(one) for one in own if one is not None)))
        names += re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"[\w$]+\s*:", "", bound))
    outer: set[str] = set()
    for one in find_all(home, "identifier", "shorthand_property_identifier_pattern"):
        if not start(node) <= start(one) < end(node) or (
            node == home
            and not any(start(link.callback) <= start(one) < end(link.callback) for link in links)
        ):
            outer.add(one.text())
    twice = {one for one in names if names.count(one) > 1} | (set(names) & outer)
    if twice:
        raise _Kept(f"{sorted(twice)[0]} would be bound twice")


def _moved(module: Module, statements: list[SgNode], margin: str) -> list[str]:
    """Return the lines of statements, and what stands between them, with another margin."""
    if not statements:
        return []
    text = module.text
    begin, stop = start(statements[0]), end(statements[-1])
    old = indent(text, begin)
    whole = text[line_start(text, begin) : stop].replace("\r\n", "\n")
    if text[line_start(text, begin) : begin].strip():
        whole = text[begin:stop]
    return [margin + one.strip(" \t") if at == 0 else margin + one.removeprefix(old) if one.strip()
            else "" for at, one in enumerate(whole.split("\n"))]  # fmt: skip


def _shifted(module: Module, node: SgNode, margin: str) -> str:
    """Return an expression with its later lines moved to ``margin``."""
    old = indent(module.text, start(node))
    if "\n" in node.text() and find_all(node, "template_string"):
        raise _Kept("a text of several lines would be moved")
    rows = node.text().replace("\r\n", "\n").split("\n")
    return "\n".join([rows[0], *(margin + one.removeprefix(old) for one in rows[1:])])


def _one_line(text: str) -> str:
    """Return a call with its chain on one line; arguments stay as they are."""
    return re.sub(r"\s*\n\s*(?=\.)", "", text)


_NESTS = """\
export function nests(tree, api) {
  return api
    .birds(tree)
    .then((birds) => {
      const home = birds.filter((bird) => bird.home);
      return home.length;
    });
}
"""
_SONG = """\
export class Radio {
  song(id: string): Promise<Song> {
    return this.api
      .load(id)
      .then((found) => found.body)
      .then((body) => parse(body))
      .catch((err: Error) => this.silence(err))
      .finally(() => {
        this.busy = false;
      });
  }
}
"""
_ASKED = asking("A then chain", "Use async/await", "src/nests.js", "nests")

RECIPE = Recipe(
    name="await-chain",
    message="Steps that wait are read as they are done, and a try catches them all.",
    words=_CUE,
    remedy=r"\bawait|\basync",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "one step with statements",
            _ASKED,
            {"src/nests.js": _NESTS},
            {
                "src/nests.js": """\
export async function nests(tree, api) {
  const birds = await api.birds(tree);
  const home = birds.filter((bird) => bird.home);
  return home.length;
}
"""
            },
        ),
        Example(
            "steps, a catch and a finally",
            asking(
                "A promise chain", "Convert to await with try/catch", "src/radio.ts", "Radio.song"
            ),
            {"src/radio.ts": _SONG},
            {
                "src/radio.ts": """\
export class Radio {
  async song(id: string): Promise<Song> {
    try {
      const found = await this.api.load(id);
      const body = found.body;
      return parse(body);
    } catch (err) {
      return this.silence(err);
    } finally {
      this.busy = false;
    }
  }
}
"""
            },
        ),
        Example(
            "a chain that is not what the function returns",
            _ASKED,
            {"src/nests.js": _NESTS.replace("return api", "void api")},
            refuses="no chain of then",
        ),
        Example(
            "a catch before a then",
            _ASKED,
            {"src/nests.js": _NESTS.replace("    .then(", "    .catch(() => [])\n    .then(")},
            refuses="do not follow each other",
        ),
        Example(
            "a name that would be bound twice",
            _ASKED,
            {
                "src/nests.js": _NESTS.replace(
                    "  return api\n", "  const birds = 1;\n  return api\n"
                )
            },
            refuses="bound twice",
        ),
    ),
)
