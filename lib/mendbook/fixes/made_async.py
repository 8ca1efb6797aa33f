"""Make a function of a script ``async``, with all that calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, insert, start
from mendbook.code.functions import declarations, function_around, is_async
from mendbook.code.imports import required
from mendbook.code.module_text import Module, imports, load
from mendbook.code.modules.resolver import resolve
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.fixes.task import Task

_WAITS_FOR = {
    *("action", "addEventListener", "after", "afterAll", "afterEach", "all", "before", "beforeAll"),
    *("beforeEach", "command", "delete", "get", "handle", "handler", "it", "on", "once", "patch"),
    *("post", "put", "test", "use"),
}
"""Calls that take a function whose promise they may leave alone, or wait for."""
_CALLERS = re.compile(r"\b(?:callers?|call\s?sites?|chain|wherever|everywhere)\b", re.IGNORECASE)
DEPTH = 4
"""So many callers of callers are followed."""


class NotAsync(Exception):
    """Why the function stays as it is."""


@dataclass(slots=True)
class AsyncWork:
    """The edits of each file, and the functions that wait already."""

    task: Task
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    modules: dict[str, Module] = field(default_factory=dict)
    done: set[tuple[str, int]] = field(default_factory=set)
    waits: list[tuple[str, str]] = field(default_factory=list)

    def add(self, module: Module, *edits: Edit) -> None:
        """Note edits of a file."""
        self.modules[module.path] = module
        self.edits.setdefault(module.path, []).extend(edits)


def awaited(call: SgNode) -> list[Edit]:
    """Return the edits that put ``await`` before a call, in brackets where it goes on."""
    parent = call.parent()
    goes_on = parent is not None and parent.kind() in {"member_expression", "subscript_expression"}
    called = (
        parent is not None
        and parent.kind() == "call_expression"
        and (parent.field("function") == call)
    )
    if parent is not None and parent.kind() == "await_expression":
        return []
    if goes_on or called or (parent is not None and parent.kind() == "non_null_expression"):
        return [insert(start(call), "(await "), insert(end(call), ")")]
    return [insert(start(call), "await ")]


def make_async(work: AsyncWork, module: Module, function: SgNode, depth: int) -> None:
    """Mark a function ``async``, with all that calls it, ``depth`` callers up.

    Raises ``NotAsync`` where that cannot be.
    """
    if is_async(function) or (module.path, start(function)) in work.done:
        return
    work.done.add((module.path, start(function)))
    name = function_name(function)
    if function.kind() == "method_definition":
        head = [one.kind() for one in function.children()]
        if name == "constructor" or "get" in head or "set" in head:
            raise NotAsync(f"{name} cannot be async")
    if any(one.kind() == "*" for one in function.children()):
        raise NotAsync("a generator cannot be made async so")
    work.add(module, insert(_before_name(function), "async "))
    typed = function.field("return_type")
    if typed is not None:
        inner = typed.text().lstrip(":").strip()
        if not inner.startswith("Promise<"):
            work.add(module, Edit(start(typed), end(typed), f": Promise<{inner}>"))
    if not name:
        _refuse_unheard(function)
        return
    if depth == 0:
        raise NotAsync("the callers go on too far")
    for other, call in _calls(work.task, module, function, name):
        around = function_around(call)
        if around is None:
            raise NotAsync(f"{name} is called at the top of {other.path}")
        work.add(other, *awaited(call))
        work.waits.append((other.path, f"await {callee_of(call)}("))
        if (
            not is_async(around)
            and function_name(around)
            and not _may_follow(work.task, function_name(around))
        ):
            raise NotAsync(f"{function_name(around)} of {other.path} would have to wait, too")
        make_async(work, other, around, depth - 1)


def _may_follow(task: Task, name: str) -> bool:
    """Tell whether a fix text names a caller, or speaks of all of them."""
    fix = task.finding.fix
    return bool(_CALLERS.search(fix) or re.search(rf"\b{re.escape(name)}\b", fix))


def _before_name(function: SgNode) -> int:
    """Return where ``async`` goes."""
    if function.kind() == "method_definition":
        label = function.field("name")
        return start(label) if label is not None else start(function)
    return start(function)


def function_name(function: SgNode) -> str:
    """Return the name by which a function is called; empty for one that is handed on."""
    label = function.field("name")
    if label is not None and function.kind() != "function_expression":
        return label.text()
    parent = function.parent()
    held = parent.field("name") if parent is not None else None
    return held.text() if held is not None and parent is not None and (
        parent.kind() in {"variable_declarator", "public_field_definition"}) else ""  # fmt: skip


def _refuse_unheard(function: SgNode) -> None:
    """Raise where a function is handed to a call that needs its answer at once."""
    given = function.parent()
    call = given.parent() if given is not None and given.kind() == "arguments" else None
    name = re.split(r"[.?]", callee_of(call))[-1] if call is not None else ""
    if name not in _WAITS_FOR:
        raise NotAsync(
            f"the function is handed to {name or 'something'}, which needs its answer at once"
        )


def _calls(
    task: Task, module: Module, function: SgNode, name: str
) -> Iterator[tuple[Module, SgNode]]:
    """Yield the calls of a function in the tree; raise where it is used in another way."""
    owned = function.kind() == "method_definition"
    if owned and _declared_twice(task, name):
        raise NotAsync(f"several classes have a {name}")
    for path in task.snapshot.files:
        text = task.snapshot.text(path) if is_source(path) else ""
        if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text) is None:
            continue
        other = load(task.snapshot, path)
        if other is None or not (path == module.path or owned or _loads(task, other, module)):
            continue
        yield from _calls_in(other, function if path == module.path else None, name, owned)


def _declared_twice(task: Task, name: str) -> bool:
    found = 0
    for path in task.snapshot.files:
        if is_source(path) and name in task.snapshot.text(path):
            module = load(task.snapshot, path)
            nodes = declarations(module.root, name) if module is not None else []
            found += sum(one.kind() == "method_definition" for one in nodes)
            found += len(find_all(module.root, "method_signature", regex=rf"^{re.escape(name)}\b")
                         if module is not None else [])  # fmt: skip
    return found > 1


def _loads(task: Task, other: Module, module: Module) -> bool:
    """Tell whether a module imports or requires the other one."""
    sources = {one.specifier for one in imports(other)} | set(required(other).values())
    return any(resolve(task.snapshot, other.path, one) == module.path for one in sources)


_SAID = ("import_specifier", "export_specifier", "import_clause", "export_statement")


def _calls_in(
    module: Module, own: SgNode | None, name: str, owned: bool
) -> Iterator[tuple[Module, SgNode]]:
    kinds = ("identifier", "property_identifier", "shorthand_property_identifier")
    for node in find_all(module.root, *kinds, regex=rf"^{re.escape(name)}$"):
        parent = node.parent()
        if parent is None or parent.kind() in _SAID or parent.field("name") == node:
            continue
        if node.kind() == "shorthand_property_identifier" or parent.kind() == "pair":
            if re.search(r"(?:module\.)?exports\b", _statement(node)) or is_test(module.path):
                continue
            raise NotAsync(f"{name} is handed on as a value in {module.path}")
        callee = parent if parent.kind() == "member_expression" else node
        if parent.kind() == "member_expression" and parent.field("object") == node:
            if is_test(module.path):
                continue
            raise NotAsync(f"{name} is used as an object in {module.path}")
        if node.kind() == "identifier" and owned:
            continue
        call = callee.parent()
        if (
            call is not None
            and call.kind() == "call_expression"
            and call.field("function") == callee
        ):
            yield module, call
        elif not re.match(r"(?:module\.)?exports\b", _statement(node)) and not is_test(module.path):
            raise NotAsync(f"{name} is handed on as a value in {module.path}")


def _statement(node: SgNode) -> str:
    outer = node
    for one in node.ancestors():
        if one.kind() in {"program", "statement_block"}:
            break
        outer = one
    return outer.text()


def callee_of(call: SgNode) -> str:
    """Return what a call calls, as it is written."""
    callee = call.field("function")
    return callee.text() if callee is not None else ""
