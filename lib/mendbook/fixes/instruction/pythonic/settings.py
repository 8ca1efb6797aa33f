"""A new typed setting in a class of Python, and what takes it: how the code reaches that object."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert, line_end
from mendbook.code.python_source import PythonFile, load_python
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.pythonic.request import Request, statements
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_FIELD = (
    r"(?P<field>[a-z_]\w*\s*:\s*[\w.\[\]| ,]+?\s*=\s*"
    r"(?:\"[^\"]*\"|'[^']*'|[\w.+*/ -]+?(?:\([^)]*\))?))"
)
_CLASS = (
    r"(?:the\s+)?(?P<owner>[A-Z]\w*)(?:\s+class)?"
    r"(?:\s*\(\s*(?:in\s+)?(?P<path>[\w./-]+\.py)\s*\)|\s+(?:in|of)\s+(?P<path2>[\w./-]+\.py))?"
)
_USE = (
    r"(?:,?\s+(?:and\s+)?(?:use|pass|take|read)\s+"
    r"(?:it|that|(?P<access>[a-z_][\w.]*\.\w+))(?:\s+(?:as|for)\s+(?:the\s+|its\s+)?"
    r"(?P<argument>[a-z_]\w*)(?:\s+argument)?)?|,?\s+used\s+(?:as|for)\s+(?:the\s+"
    r")?(?P<argument2>[a-z_]\w*))"
    r"(?:\s+(?:in|of|by)\s+(?P<home>[\w.]+)(?:\(\))?)?"
)
_ADDED = (
    re.compile(
        rf"(?:add|introduce|declare|define|put|(?:add\s+)?(?:a\s+)?new\s+setting)\s+(?:a\s+"
        rf"setting\s+)?{_FIELD}\s+(?:to|in|on|into)\s+{_CLASS}{_USE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"move\s+(?:the\s+|it\s+)?(?P<argument>[a-z_]\w*)?\s*(?:in)?to\s+{_CLASS}\s+as\s+"
        rf"{_FIELD}",
        re.IGNORECASE,
    ),
)


def added_setting(request: Request) -> StepEdits | None:
    """*Add wait: float = 6.0 to Settings (a/settings.py) and use it as the timeout in send()*."""
    text = request.unticked
    told = next((match for one in _ADDED if (match := one.fullmatch(text)) is not None), None)
    if told is None:
        return None
    groups = {key: value or "" for key, value in told.groupdict().items()}
    declared = statements(groups["field"])
    home = request.home()
    if len(declared) != 1 or not isinstance(declared[0], ast.AnnAssign) or home is None:
        return None
    if groups.get("home") and groups["home"].rpartition(".")[2] != home.name:
        raise Abstain(f"the code that is quoted is not in {groups['home']}", final=True)
    name = ast.unparse(declared[0].target)
    owner = _owner(request, groups["owner"], groups["path"] or groups["path2"])
    if owner is None:
        return None
    file, node = owner
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
    if name in {ast.unparse(one.target) for one in fields}:
        raise Abstain(f"{node.name} has {name} already", final=True)
    value = _used(request, groups.get("argument") or groups.get("argument2") or "")
    if value is None:
        return None
    access = groups.get("access") or _access(request, home, node, name)
    if not access:
        raise Abstain(f"how {home.name} reaches a {node.name} is not certain", final=True)
    last = fields[-1] if fields else None
    if last is None:
        return None
    at = line_end(file.text, file.span(last)[1])
    lead = re.match(r"[ \t]*", file.text[file.text.rfind("\n", 0, file.span(last)[0]) + 1 :])
    margin = lead[0] if lead is not None else "    "
    gap = "" if file.text[:at].endswith("\n") else "\n"
    line: Edit = insert(at, f"{gap}{margin}{' '.join(groups['field'].split())}\n")
    use = request.file.replace(value, access)
    return StepEdits(
        Operation.SET,
        f"add `{groups['field']}` to {node.name}, and use `{access}`",
        ((request.file.path, use), (file.path, line)),
        adds=(access,),
    )


def _owner(request: Request, name: str, path: str) -> tuple[PythonFile, ast.ClassDef] | None:
    """Return the one class of that name, in the file that is told where one is."""
    tree = request.work.task.snapshot
    paths = [one for one in tree.files if one.endswith(".py") and (not path or one.endswith(path))]
    classes = []
    for one in paths:
        if f"class {name}" not in (tree.get(one) or "") or (file := load_python(tree, one)) is None:
            continue
        classes += [
            (file, node)
            for node in ast.walk(file.tree)
            if isinstance(node, ast.ClassDef) and node.name == name
        ]
    if len(classes) != 1:
        return None
    refuse_path(request.work.task, classes[0][0].path)
    return classes[0]


def _used(request: Request, argument: str) -> ast.expr | None:
    """Return the literal that the setting takes the place of: that argument's, in the quote."""
    values = [
        one.value
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.keyword)
        and isinstance(one.value, ast.Constant)
        and request.is_quoted(one)
        and (not argument or one.arg == argument or (one.arg or "").startswith(f"{argument}_"))
    ]
    return values[0] if len(values) == 1 else None


def _access(request: Request, home: ast.AST, node: ast.ClassDef, name: str) -> str:
    """Return how the code of ``home`` reads a field of the class; empty for no one way."""
    fields = {ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign)} | {
        one.name for one in node.body if isinstance(one, ast.FunctionDef)
    }
    given = [
        one
        for one in ast.walk(home)
        if isinstance(one, ast.arg)
        and one.annotation is not None
        and node.name in re.findall(r"\w+", ast.unparse(one.annotation))
    ]
    if len(given) == 1:
        return f"{given[0].arg}.{name}"
    owners = _kept(request, home, node.name)
    if not owners:
        owners = {
            ast.unparse(one.value)
            for one in ast.walk(home)
            if isinstance(one, ast.Attribute)
            and one.attr in fields
            and re.search(r"(?i)setting|config|option", ast.unparse(one.value))
        }
    if not owners:
        owners = _shared(request, node.name)
    return f"{next(iter(owners))}.{name}" if len(owners) == 1 else ""


def _kept(request: Request, home: ast.AST, kind: str) -> set[str]:
    """Return the attributes that the class around ``home`` keeps an object of ``kind`` in."""
    around = [
        one
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.ClassDef) and any(each is home for each in one.body)
    ]
    attributes = set()
    for method in around[0].body if around else []:
        if not isinstance(method, ast.FunctionDef):
            continue
        typed = {
            one.arg
            for one in ast.walk(method)
            if isinstance(one, ast.arg)
            and one.annotation is not None
            and kind in re.findall(r"\w+", ast.unparse(one.annotation))
        }
        for one in ast.walk(method):
            match one:
                case ast.Assign(
                    targets=[ast.Attribute(value=ast.Name(id="self"), attr=attr)],
                    value=ast.Name(id=name),
                ) if name in typed:
                    attributes.add(f"self.{attr}")
    return attributes


def _shared(request: Request, kind: str) -> set[str]:
    """Return the names of this file, or that it imports, which are made as ``kind(…)``."""
    names = {
        ast.unparse(one.targets[0])
        for one in request.file.tree.body
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Call)
        and ast.unparse(one.value.func).rpartition(".")[2] == kind
    }
    tree = request.work.task.snapshot
    for one in request.file.tree.body:
        if not isinstance(one, ast.ImportFrom) or not one.module:
            continue
        path = next(
            (each for each in tree.files if each.endswith(f"{one.module.replace('.', '/')}.py")), ""
        )
        text = tree.get(path) or "" if path else ""
        names |= {
            each.asname or each.name
            for each in one.names
            if re.search(rf"(?m)^{each.name}(?:\s*:[^=\n]+)?\s*=\s*(?:\w+\.)?{kind}\(", text)
        }
    return names


SETTINGS = (added_setting,)
