"""Guard ``JSON.parse``: log what cannot be parsed, and go the way the place already goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, indent, replace, start, step
from mendbook.code.functions import (
    FUNCTIONS,
    free_names,
    function_around,
    is_caught,
    parameters,
    statement_of,
)
from mendbook.code.imports import semicolon
from mendbook.code.logging import logger_at
from mendbook.code.module_text import Module
from mendbook.code.search import find_all, find_one
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation
from mendbook.repository.snapshot import Snapshot
from mendbook.text.brackets import parted

_CALL = r"^JSON\.parse\("
_LOOPS = {"for_in_statement", "for_statement", "while_statement"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A ``JSON.parse`` call, the statement it is in, and the file's habits."""

    module: Module
    call: SgNode
    statement: SgNode
    snapshot: Snapshot

    @property
    def end(self) -> str:
        """Return what ends a statement in this file: a semicolon, or nothing."""
        return semicolon(self.module)

    @property
    def tab(self) -> str:
        """Return one step of indentation as the file has it."""
        return step(self.module.text)

    @property
    def margin(self) -> str:
        """Return the indentation of the statement."""
        return indent(self.module.text, start(self.statement))

    @property
    def what(self) -> str:
        """Return what is parsed, as written."""
        arguments = self.call.field("arguments")
        return arguments.text()[1:-1] if arguments is not None else "input"

    def catch(self, *leave: str) -> str:
        """Return ``catch …`` with its block: log when there is a logger, then leave."""
        logger = logger_at(self.module, self.call, self.snapshot)
        inner = self.margin + self.tab
        shown = re.sub(r"[^\w.]", "", self.what)[:40]
        message = f"Cannot parse {shown} as JSON"
        lines = [logger.line("warn", "err", message)] if logger else []
        binding = "catch (err) {" if logger else "catch {"
        return "\n".join(
            [binding, *(inner + line for line in [*lines, *leave]), f"{self.margin}}}"]
        )


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no unguarded JSON.parse stands in the code that the finding names"
    for module in targets(task):
        calls = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "call_expression", regex=_CALL)
            if not is_caught(node) and "JSON.stringify(" not in node.text()
        ]
        for call in meant(calls, module, task.finding):
            place = _Place(module, call, statement_of(_mapper(call) or call), task.snapshot)
            edit = _guard(place, task)
            if isinstance(edit, Edit):
                return _change(place, edit)
            reason = edit
    return reason


def _change(place: _Place, edit: Edit) -> RecipeChange:
    logged = logger_at(place.module, place.call, place.snapshot) is not None
    return RecipeChange(
        summary=f"Guard the JSON.parse of {place.what}",
        edits={place.module.path: apply(place.module.text, [edit])},
        risk=f"Malformed input is now left out{' and logged' if logged else ', unlogged'}, "
        "where it used to throw to the caller.",
        contracts=(
            claim(
                place.module.path,
                place.module.text,
                [edit],
                Operation.GUARD,
                f"guard the JSON.parse of `{place.what}` with try and catch",
                ["try {", "catch"],
            ),
        ),
    )


def _mapper(call: SgNode) -> SgNode | None:
    """Return the ``xs.map(…)`` whose callback only parses its item, or None."""
    function = function_around(call)
    outer = function.parent() if function is not None else None
    outer = outer.parent() if outer is not None else None
    value = function.field("body") if function is not None else None
    if outer is None or function is None or value is None or outer.kind() != "call_expression":
        return None
    callee = outer.field("function")
    mapped = callee is not None and callee.text().endswith(".map")
    return outer if mapped and _bare(value) == call and len(parameters(function)) == 1 else None


def _bare(node: SgNode) -> SgNode:
    """Strip parentheses and type assertions."""
    while node.kind() in {"parenthesized_expression", "as_expression"}:
        node = node.named_children()[0]
    return node


def _guard(place: _Place, task: Task) -> Edit | str:
    if _mapper(place.call) is not None:
        return _guard_map(place, task)
    leave = _leave(place)
    if leave is None:
        return "the function has no way to say that there is nothing: it cannot return null"
    kind = place.statement.kind()
    if kind == "return_statement":
        inner = place.margin + place.tab
        return replace(
            place.statement,
            f"try {{\n{inner}{place.statement.text()}\n{place.margin}}} {place.catch(leave)}",
        )
    declarator = find_one(place.statement, "variable_declarator")
    if kind == "lexical_declaration" and declarator is not None:
        return _guard_variable(place, declarator, leave)
    return "the JSON.parse is part of a larger expression"


def _guard_variable(place: _Place, declarator: SgNode, leave: str) -> Edit | str:
    name, value, typed = (declarator.field(key) for key in ("name", "value", "type"))
    alone = len(find_all(place.statement, "variable_declarator")) == 1
    if name is None or value is None or name.kind() != "identifier" or not alone:
        return "the parsed value is taken apart where it is parsed"
    if _bare(value) != place.call:
        return "the JSON.parse is part of a larger expression"
    shown = typed.text() if typed is not None else ""
    if not shown and value.kind() == "as_expression":
        shown = f": {value.named_children()[-1].text()}"
    elif not shown and _captured(place, name.text()):
        return f"{name.text()} is used in a closure, where its type cannot be inferred"
    inner = place.margin + place.tab
    return replace(
        place.statement,
        f"let {name.text()}{shown}{place.end}\n{place.margin}try {{\n"
        f"{inner}{name.text()} = {value.text()}{place.end}\n{place.margin}}} {place.catch(leave)}",
    )


def _captured(place: _Place, name: str) -> bool:
    outer = function_around(place.call)
    return outer is not None and any(
        name in free_names(node)
        for kind in FUNCTIONS
        for node in find_all(outer, kind)
        if node != outer
    )


def _leave(place: _Place) -> str | None:
    """Return how the place goes on without a value: ``continue``, or what its function returns."""
    for outer in place.statement.ancestors():
        if outer.kind() in _LOOPS:
            return f"continue{place.end}"
        if outer.kind() in FUNCTIONS:
            break
    function = function_around(place.call)
    returned = function.field("return_type") if function is not None else None
    kinds = _alternatives(returned.text().lstrip(": ")) if returned is not None else []
    for word in ("null", "undefined"):
        if word in kinds:
            return f"return {word}{place.end}"
    return f"return{place.end}" if kinds == ["void"] else None


def _alternatives(typed: str) -> list[str]:
    """Return the members of a union type, a promise's value unwrapped."""
    inner = re.fullmatch(r"Promise<(.*)>", typed, re.DOTALL)
    union = inner[1] if inner else typed
    return [part.strip() for part in parted(union, "|", "<({[", ">)}]")]


def _guard_map(place: _Place, task: Task) -> Edit | str:
    mapper, function = _mapper(place.call), function_around(place.call)
    declarator = find_one(place.statement, "variable_declarator")
    name, value, typed = (
        (declarator.field(key) for key in ("name", "value", "type"))
        if declarator is not None
        else (None, None, None)
    )
    if mapper is None or function is None or name is None or value != mapper:
        return "the parsed list is not kept in a variable of its own"
    if typed is None:
        return f"{name.text()} has no declared type to collect the parsed items in"
    callee, item = mapper.field("function"), parameters(function)[0]
    source = callee.field("object") if callee is not None else None
    parsed = function.field("body")
    if source is None or parsed is None:
        return "the parsed list is not a plain map"
    inner = place.margin + place.tab * 2
    body = f"{inner}{name.text()}.push({parsed.text()}){place.end}"
    middle = _Place(place.module, place.call, place.statement, place.snapshot)
    kept = _kept(place, item, task)
    if not kept and logger_at(place.module, place.call, place.snapshot) is None:
        return "there is no logger to tell which items are left out"
    catch = _indented(middle.catch(*kept), place.tab)
    return replace(
        place.statement,
        f"const {name.text()}{typed.text()} = []{place.end}\n"
        f"{place.margin}for (const {item} of {source.text()}) {{\n"
        f"{place.margin}{place.tab}try {{\n{body}\n{place.margin}{place.tab}}} {catch}\n"
        f"{place.margin}}}",
    )


def _indented(text: str, tab: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(tab + line for line in rest)])


def _kept(place: _Place, item: str, task: Task) -> tuple[str, ...]:
    """Return the statement that puts the item on the dead-letter list the class already has."""
    if not re.search(r"dead.?letter", task.finding.fix, re.IGNORECASE):
        return ()
    text = place.module.text
    key = re.search(r"\brpush\(\s*((?:this\.)?\w*DEAD_?LETTER\w*)", text, re.IGNORECASE)
    client = re.search(r"await (this\.\w+|\w+)\.(?:rpush|lrange|del)\(", text)
    function = function_around(place.statement)
    if key is None or client is None or function is None:
        return ()
    if not any(child.kind() == "async" for child in function.children()):
        return ()
    return (f"await {client[1]}.rpush({key[1]}, {item}){place.end}",)


_PARSE = """\
class Reader {
  read(text: string): Note | null {
    const parsed = JSON.parse(text);
    if (!parsed.title) {
      this.logger.warn({ parsed }, "no title");
      return null;
    }
    return parsed;
  }
}
"""
_PARSED = """\
class Reader {
  read(text: string): Note | null {
    let parsed;
    try {
      parsed = JSON.parse(text);
    } catch (err) {
      this.logger.warn({ err }, "Cannot parse text as JSON");
      return null;
    }
    if (!parsed.title) {
      this.logger.warn({ parsed }, "no title");
      return null;
    }
    return parsed;
  }
}
"""
_LIST = """\
export class Queue {
  async flush() {
    const lines = await this.redis.lrange(this.OPEN, 0, 99);
    const orders: Order[] = lines.map((line) => JSON.parse(line));
    for (const order of orders) await this.redis.rpush(this.DEAD_LETTER, order.id);
  }
}
"""
_LISTED = """\
export class Queue {
  async flush() {
    const lines = await this.redis.lrange(this.OPEN, 0, 99);
    const orders: Order[] = [];
    for (const line of lines) {
      try {
        orders.push(JSON.parse(line));
      } catch {
        await this.redis.rpush(this.DEAD_LETTER, line);
      }
    }
    for (const order of orders) await this.redis.rpush(this.DEAD_LETTER, order.id);
  }
}
"""

RECIPE = Recipe(
    name="guard-json-parse",
    message="One malformed message must not throw away what came with it.",
    words=r"(?=[\s\S]*JSON\.parse)[\s\S]*(guard|\btry\b|catch|throw|malform|corrupt|invalid|wrap"
    r"|skip|error handling|unsafe|crash)",
    remedy=r"guard|\btry\b|catch|wrap|skip|handl|valid|safe|tolera|dead-letter|ignor|drop|reject",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a function that may return null logs and returns null",
            asking("JSON.parse not wrapped", "Wrap it in try/catch", "src/a.ts", "Reader.read"),
            {"src/a.ts": _PARSE},
            {"src/a.ts": _PARSED},
        ),
        Example(
            "a list is parsed item by item, bad ones go to the dead letters the class has",
            asking(
                "JSON.parse over all lines", "Per-item try/catch; dead-letter the rest", "src/q.ts"
            ),
            {"src/q.ts": _LIST},
            {"src/q.ts": _LISTED},
        ),
        Example(
            "a loop skips the item",
            asking("JSON.parse can throw", "Skip bad lines", "src/a.ts"),
            {
                "src/a.ts": "function all(lines: string[]) {\n\tfor (const line of lines) {\n"
                "\t\tconst one = JSON.parse(line) as One;\n\t\tuse(one);\n\t}\n}\n"
            },
            {
                "src/a.ts": "function all(lines: string[]) {\n\tfor (const line of lines) {\n"
                "\t\tlet one: One;\n\t\ttry {\n\t\t\tone = JSON.parse(line) as One;\n"
                "\t\t} catch {\n\t\t\tcontinue;\n\t\t}\n\t\tuse(one);\n\t}\n}\n"
            },
        ),
        Example(
            "a parse that is guarded stays",
            asking("JSON.parse may throw", "Guard it", "src/a.ts"),
            {
                "src/a.ts": "function f(s: string): unknown | null {\n  try {\n"
                "    return JSON.parse(s);\n  } catch {\n    return null;\n  }\n}\n"
            },
            refuses="no unguarded JSON.parse",
        ),
        Example(
            "a function that must return a value is left to a person",
            asking("JSON.parse may throw", "Guard it", "src/a.ts"),
            {"src/a.ts": "function f(s: string): Config {\n  return JSON.parse(s) as Config;\n}\n"},
            refuses="no way to say that there is nothing",
        ),
    ),
)
