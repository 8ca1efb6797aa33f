"""Look many things up with the one call that exists, not with a call in each turn of a loop."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, before_line, indent
from mendbook.code.python_source import (
    Function,
    PythonFile,
    bound,
    dotted,
    function_of,
    load_python,
    names,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_scopes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import BATCHED
from mendbook.fixes.task import Task
from mendbook.model import Operation

_ONCE = re.compile(r"\b(Iterator|Iterable|Generator|AsyncIterator)\b")
_LAZY = {"map", "filter", "zip", "iter", "reversed", "enumerate"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no loop that looks one thing up in each turn stands in the Python code named"
    for file in python_targets(task):
        for scope in python_scopes(task, file):
            loops = [node for node in ast.walk(scope) if isinstance(node, ast.For)]
            for loop in python_meant([one for one in loops if _lookup(one)], file, task):
                answer = _bulk(task, file, loop)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    return reason


def _lookup(loop: ast.For) -> ast.Call | None:
    """Return the call of the loop's first statement ``name = [await] receiver.method(key)``."""
    first = loop.body[0]
    if not isinstance(first, ast.Assign) or not isinstance(first.targets[0], ast.Name):
        return None
    value = first.value.value if isinstance(first.value, ast.Await) else first.value
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    single = len(value.args) == 1 and not value.keywords and isinstance(loop.target, ast.Name)
    uses = isinstance(loop.target, ast.Name) and loop.target.id in names(value)
    return value if single and uses and dotted(value.func) else None


def _bulk(task: Task, file: PythonFile, loop: ast.For) -> RecipeChange | str:
    call = _lookup(loop)
    if call is None or not isinstance(call.func, ast.Attribute):
        return "the loop looks nothing up"
    receiver, single = dotted(call.func.value), call.func.attr
    asked = [
        word
        for word in dict.fromkeys(re.findall(r"\b[a-z_]\w*(?=\s*\()", task.finding.fix))
        if word != single and _methods(task, word)
    ]
    if len(asked) != 1:
        return "the fix names no bulk method that is declared in this repository"
    many = _methods(task, asked[0], single)
    one = _methods(task, single, asked[0])
    if len(many) != 1 or not _gives_mapping(many[0]):
        return f"{asked[0]} is not declared once, or not said to return a mapping by key"
    if isinstance(many[0], ast.AsyncFunctionDef) != isinstance(loop_value(loop), ast.Await):
        return f"{asked[0]} is awaited and {single} is not, or the other way round"
    if len(one) != 1 or not _may_lack(one[0]):
        return f"{single} is not said to return None for what is missing, as a mapping's get does"
    return _checked(file, loop, call, (receiver, single, asked[0]), task)


def loop_value(loop: ast.For) -> ast.expr | None:
    """Return what the first statement of ``loop`` assigns; None without one."""
    first = loop.body[0]
    return first.value if isinstance(first, ast.Assign) else None


def _methods(task: Task, name: str, beside: str = "") -> list[Function]:
    """Return the methods called ``name``, of classes that have one called ``beside``, too."""
    methods: list[Function] = []
    for path in task.snapshot.files:
        there = f"def {name}(" in task.snapshot.text(path)
        file = load_python(task.snapshot, path) if there else None
        for owner in ast.walk(file.tree) if file is not None else ():
            if isinstance(owner, (ast.ClassDef, ast.Module)):
                kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
                own = {one.name: one for one in owner.body if isinstance(one, kinds)}
                methods += [own[name]] if name in own and (not beside or beside in own) else []
    return methods


def _gives_mapping(function: Function) -> bool:
    returned = ast.unparse(function.returns) if function.returns is not None else ""
    return re.match(r"(typing\.)?(dict|Dict|Mapping|MutableMapping)\b", returned) is not None


def _may_lack(function: Function) -> bool:
    returned = ast.unparse(function.returns) if function.returns is not None else ""
    return re.search(r"\bNone\b|\bOptional\b", returned) is not None


def _checked(
    file: PythonFile, loop: ast.For, call: ast.Call, parts: tuple[str, str, str], task: Task
) -> RecipeChange | str:
    receiver, single, many = parts
    function = function_of(file.tree, loop)
    if function is None or not isinstance(loop.iter, (ast.Name, ast.Attribute)):
        return "the loop does not go over a list by name"
    if why := _read_once(function, loop.iter):
        return why
    others = [
        dotted(node.func)
        for node in ast.walk(loop)
        if isinstance(node, ast.Call) and node is not call
    ]
    if touched := next((one for one in others if one.startswith(f"{receiver}.")), ""):
        return f"the loop also calls {touched}, which may change what is looked up"
    bulk = rf"{re.escape(receiver)}\.{many}\("
    said = re.search(rf"\b([a-z_]\w*)\s*=\s*(?:await\s+)?{bulk}", task.finding.fix)
    name = said[1] if said else "found"
    if name in bound(function) | names(function):
        return f"the name {name} is taken in the function"
    return _change(file, loop, call, (receiver, single, many, name))


def _read_once(function: Function, listed: ast.expr) -> str:
    """Return why the loop's list can be read only once; empty where nothing says so."""
    arguments = [*function.args.args, *function.args.kwonlyargs, *function.args.posonlyargs]
    for one in arguments:
        typed = ast.unparse(one.annotation) if one.annotation is not None else ""
        if one.arg == dotted(listed) and _ONCE.search(typed):
            return f"{one.arg} may be an iterator, which can be read only once"
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and dotted(node.targets[0]) == dotted(listed):
            lazy = isinstance(node.value, ast.Call) and dotted(node.value.func) in _LAZY
            if lazy or isinstance(node.value, ast.GeneratorExp):
                return f"{dotted(listed)} is an iterator, which can be read only once"
    return ""


def _change(
    file: PythonFile, loop: ast.For, call: ast.Call, parts: tuple[str, str, str, str]
) -> RecipeChange:
    receiver, single, many, name = parts
    key, item, listed = (file.source(one) for one in (call.args[0], loop.target, loop.iter))
    keys = listed if key == item else f"[{key} for {item} in {listed}]"
    value = loop_value(loop)
    waits = "await " if isinstance(value, ast.Await) else ""
    begin = file.span(loop)[0]
    line = f"{indent(file.text, begin)}{name} = {waits}{receiver}.{many}({keys})\n"
    edits = [before_line(file.text, begin, line)]
    edits += [Edit(*file.span(value), f"{name}.get({key})")] if value is not None else []
    read_as = f"look up with one {receiver}.{many} before the loop instead of {single} in each turn"
    return RecipeChange(
        summary=f"Look up with one {many} call",
        edits={file.path: apply(file.text, edits)},
        risk=f"The values are those of one moment, before the loop; a test double needs {many}.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                read_as,
                [f"{name} = {waits}{receiver}.{many}(", f"{name}.get({key})"],
                [f"{receiver}.{single}({key})"],
            ),
        ),
    )


_STORE = """\
class Vets:
    async def get(self, number: int) -> Vet | None:
        return await self.db.one(number)

    async def get_many(self, numbers: list[int]) -> dict[int, Vet]:
        return await self.db.some(numbers)
"""
_ROSTER = """\
async def roster(visits: list[Visit], vets: Vets) -> list[str]:
    lines = []
    for visit in visits:
        vet = await vets.get(visit.vet_id)
        if vet is not None:
            lines.append(vet.name)
    return lines
"""
_BOOKS = """\
class Shelf:
    def book(self, isbn: str) -> Optional[Book]: ...

    def books(self, isbns: list[str]) -> Mapping[str, Book]: ...
"""

RECIPE = Recipe(
    name="bulk-lookup",
    message="One question for all is faster than one question for each.",
    words=r"N\+1|\b(?:one|an?) (query|request|call|lookup|read)s? (per|for (each|every))|\bbulk\b"
    r"|\bbatch|in a loop|(?:ahead of|before) the loop",
    remedy=rf"before the loop|{BATCHED}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "an awaited look-up by a field",
            asking("One query per visit", "Use vets.get_many(…) once", "app/roster.py", "roster"),
            {"app/roster.py": _ROSTER, "app/vets.py": _STORE},
            {
                "app/roster.py": _ROSTER.replace(
                    "    for visit in visits:\n        vet = await vets.get(visit.vet_id)\n",
                    "    found = await vets.get_many([visit.vet_id for visit in visits])\n"
                    "    for visit in visits:\n        vet = found.get(visit.vet_id)\n",
                )
            },
        ),
        Example(
            "a plain look-up by the item itself, under the name that is asked for",
            asking(
                "A query in a loop", "Batch it: known = shelf.books(wanted)", "lib/loan.py", "lend"
            ),
            {
                "lib/shelf.py": _BOOKS,
                "lib/loan.py": "def lend(wanted, shelf):\n    for isbn in wanted:\n"
                "        book = shelf.book(isbn)\n        if book:\n            book.lend()\n",
            },
            {
                "lib/loan.py": "def lend(wanted, shelf):\n    known = shelf.books(wanted)\n"
                "    for isbn in wanted:\n        book = known.get(isbn)\n"
                "        if book:\n            book.lend()\n",
            },
        ),
        Example(
            "an iterator cannot be read twice",
            asking("One query per visit", "Use vets.get_many(…) once", "app/roster.py", "roster"),
            {
                "app/roster.py": _ROSTER.replace("list[Visit]", "Iterator[Visit]"),
                "app/vets.py": _STORE,
            },
            refuses="can be read only once",
        ),
        Example(
            "a look-up that raises for what is missing does not become a None",
            asking("One query per visit", "Use vets.get_many(…) once", "app/roster.py", "roster"),
            {"app/roster.py": _ROSTER, "app/vets.py": _STORE.replace("Vet | None", "Vet")},
            refuses="not said to return None",
        ),
        Example(
            "a bulk call that is nowhere declared is not made up",
            asking("One query per visit", "Use vets.fetch_all(…) once", "app/roster.py", "roster"),
            {"app/roster.py": _ROSTER, "app/vets.py": _STORE},
            refuses="no bulk method that is declared",
        ),
    ),
)
