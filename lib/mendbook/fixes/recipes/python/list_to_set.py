"""Ask a set, where a list is only ever asked whether it holds something."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile, function_of
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_scopes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import MEMBERSHIP
from mendbook.fixes.task import Task
from mendbook.fixes.words import fragments
from mendbook.model import Operation

Declared = ast.Assign | ast.AnnAssign


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no list that is only asked for membership is named by the finding"
    for file in python_targets(task):
        said = f"{task.finding.fix}\n{task.finding.problem}\n" + "\n".join(fragments(task.finding))
        for scope in [*python_scopes(task, file), file.tree]:
            for declared in _lists(scope):
                name = _name(declared)
                if not re.search(rf"(?<![\w.]){re.escape(name)}\b", said):
                    continue
                answer = _convert(task, file, declared)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    return reason


def _lists(scope: ast.AST) -> list[Declared]:
    lists: list[Declared] = []
    for node in ast.walk(scope):
        one = isinstance(node, ast.AnnAssign) or (
            isinstance(node, ast.Assign) and len(node.targets) == 1
        )
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and one and _is_list(node.value):
            lists += [node] if _name(node) else []
    return lists


def _is_list(value: ast.expr | None) -> bool:
    constructs = isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
    return isinstance(value, (ast.List, ast.ListComp)) or (
        constructs and isinstance(value, ast.Call) and ast.unparse(value.func) == "list"
    )


def _name(node: Declared) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _convert(task: Task, file: PythonFile, declared: Declared) -> RecipeChange | str:
    name = _name(declared)
    home = function_of(file.tree, declared)
    scope: ast.AST = home if home is not None else file.tree
    if home is None and (user := _elsewhere(task, file.path, name)):
        return f"{name} is used in {user}, too"
    edits: list[Edit] = []
    asked = False
    for node, parents in _uses(scope, name):
        if any(one is declared for one in parents):
            continue
        edit = _use(file, node, parents)
        if isinstance(edit, str):
            return f"{name} is not only asked for membership: {edit}"
        asked |= edit is None and isinstance(parents[-1], ast.Compare)
        edits += [edit] if edit is not None else []
    if not asked:
        return f"{name} is never asked for membership"
    kind = "frozenset" if re.search(r"\bfrozenset\b", task.finding.fix) else "set"
    if kind == "frozenset" and edits:
        return f"a frozenset takes nothing more, and {name} grows"
    declared_edits = _value_edits(file, declared, kind)
    if isinstance(declared_edits, str):
        return declared_edits
    return _change(file, name, [*declared_edits, *edits], kind)


def _elsewhere(task: Task, path: str, name: str) -> str:
    for other in task.snapshot.files:
        text = task.snapshot.text(other) if other != path and other.endswith(".py") else ""
        if re.search(rf"\b{re.escape(name)}\b", text):
            return other
    return ""


def _uses(scope: ast.AST, name: str) -> list[tuple[ast.Name, list[ast.AST]]]:
    """Return each mention of ``name`` with what stands around it, outermost first."""
    mentions: list[tuple[ast.Name, list[ast.AST]]] = []

    def visit(node: ast.AST, above: list[ast.AST]) -> None:
        if isinstance(node, ast.Name) and node.id == name:
            mentions.append((node, above))
        for child in ast.iter_child_nodes(node):
            visit(child, [*above, node])

    visit(scope, [])
    return mentions


def _use(file: PythonFile, node: ast.Name, parents: list[ast.AST]) -> Edit | str | None:
    """Return the edit that this use needs, None where it needs none, or what it does instead."""
    outer = parents[-1]
    if isinstance(outer, ast.Compare) and node in outer.comparators:
        operator = outer.ops[outer.comparators.index(node)]
        if isinstance(operator, (ast.In, ast.NotIn)):
            return None
    call = parents[-2] if len(parents) > 1 else None
    if isinstance(outer, ast.Attribute) and isinstance(call, ast.Call) and call.func is outer:
        begin = file.span(outer)[1] - len(outer.attr)
        alone = len(parents) > 2 and isinstance(parents[-3], ast.Expr)
        if outer.attr == "append" and alone:
            value = call.args[0] if call.args else None
            if isinstance(value, (ast.List, ast.Dict, ast.Set)):
                return "what is appended cannot be hashed"
            return Edit(begin, begin + 6, "add")
        if outer.attr == "extend" and alone:
            return Edit(begin, begin + 6, "update")
        if outer.attr == "clear" and alone:
            return None
    if isinstance(outer, ast.Call) and ast.unparse(outer.func) == "len":
        return f"{ast.unparse(outer)} counts what is in it twice"
    if isinstance(outer, (ast.If, ast.While)) or (
        isinstance(outer, ast.UnaryOp) and isinstance(outer.op, ast.Not)
    ):
        return None
    return f"line {node.lineno} uses it otherwise"


def _value_edits(file: PythonFile, declared: Declared, kind: str) -> list[Edit] | str:
    """Return the edits that make the value one of ``kind``, and its annotation that of one."""
    value = declared.value
    edits: list[Edit] = []
    if isinstance(declared, ast.AnnAssign):
        said = file.source(declared.annotation)
        typed = re.fullmatch(r"(list|List)(\[.*\])?", said, re.DOTALL)
        if typed is None:
            return f"the annotation {said} is not that of a list"
        if re.match(r"\[\s*(list|dict|set|List|Dict|Set)\b", typed[2] or ""):
            return "what the list holds cannot be hashed"
        edits.append(file.replace(declared.annotation, f"{kind}{typed[2] or ''}"))
    if value is None:
        return "the list is declared without a value"
    text = file.source(value)
    if isinstance(value, ast.List) and value.elts:
        if any(isinstance(one, (ast.List, ast.Dict, ast.Set)) for one in value.elts):
            return "what the list holds cannot be hashed"
        return [*edits, file.replace(value, _of_items(text[1:-1], kind))]
    if isinstance(value, ast.ListComp):
        return [*edits, file.replace(value, _of_items(text[1:-1], kind))]
    inner = text[5:-1] if isinstance(value, ast.Call) else ""
    return [*edits, file.replace(value, f"{kind}({inner})")]


def _of_items(items: str, kind: str) -> str:
    return f"{{{items}}}" if kind == "set" else f"{kind}({{{items}}})"


def _change(file: PythonFile, name: str, edits: list[Edit], kind: str) -> RecipeChange:
    adds = [edit.text for edit in edits]
    removes = [file.text[edit.start : edit.end] for edit in edits]
    return RecipeChange(
        summary=f"Make {name} a {kind}",
        edits={file.path: apply(file.text, edits)},
        risk=f"What {name} holds must be hashable, which the code does not say of every value.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"make `{name}` a {kind}, which is asked for membership in constant time",
                adds,
                [one for one in removes if one != "[]"] or removes,
            ),
        ),
    )


_GUESTS = """\
def guests(rows):
    seen: list[str] = []
    for row in rows:
        if row.name in seen:
            continue
        seen.append(row.name)
        yield row
"""
_KINDS = """\
_SEALED = ["crate", "drum"]


def weigh(cargo):
    return 2 if cargo.kind in _SEALED else 1
"""

RECIPE = Recipe(
    name="list-to-set",
    message="A list that is only asked for membership is read to its end each time.",
    words=r"\b(?:frozen)?sets?\b.{0,60}|membership|quadratic|O\(n|linear (scan|search|time)",
    remedy=rf"\bfrozensets?\b|{MEMBERSHIP}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a growing list of what was seen",
            asking("Membership test in a list", "Make `seen` a set", "app/party.py", "guests"),
            {"app/party.py": _GUESTS},
            {
                "app/party.py": _GUESTS.replace(
                    "seen: list[str] = []", "seen: set[str] = set()"
                ).replace("seen.append", "seen.add")
            },
        ),
        Example(
            "a private constant",
            asking("Linear search in _SEALED", "Use a set for _SEALED", "cargo.py", "weigh"),
            {"cargo.py": _KINDS},
            {"cargo.py": _KINDS.replace('["crate", "drum"]', '{"crate", "drum"}')},
        ),
        Example(
            "a set that cannot grow",
            asking("Linear search in _SEALED", "Make `_SEALED` a `frozenset`", "cargo.py", "weigh"),
            {"cargo.py": _KINDS},
            {"cargo.py": _KINDS.replace('["crate", "drum"]', 'frozenset({"crate", "drum"})')},
        ),
        Example(
            "a list that grows is no frozenset",
            asking(
                "Membership test in a list", "Make `seen` a frozenset", "app/party.py", "guests"
            ),
            {"app/party.py": _GUESTS},
            refuses="takes nothing more",
        ),
        Example(
            "a list whose order is used stays",
            asking("Membership test in a list", "Make `seen` a set", "app/party.py", "guests"),
            {"app/party.py": _GUESTS + "    return seen[0]\n"},
            refuses="not only asked for membership",
        ),
        Example(
            "what cannot be hashed stays",
            asking("Membership test in a list", "Make `seen` a set", "app/party.py", "guests"),
            {"app/party.py": _GUESTS.replace("list[str]", "list[dict]")},
            refuses="cannot be hashed",
        ),
        Example(
            "another file may need its order",
            asking("Linear search in _SEALED", "Use a set for _SEALED", "cargo.py", "weigh"),
            {"cargo.py": _KINDS, "labels.py": "from cargo import _SEALED\n"},
            refuses="_SEALED is used in labels.py, too",
        ),
    ),
)
