"""Use the shared function in place of the copy that a file keeps to itself."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, belongs_to_file, line_end, line_start
from mendbook.code.python_source import (
    Function,
    PythonFile,
    import_name,
    load_python,
    names,
    parse_python,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation


def _rewrite(task: Task) -> RecipeChange | str:
    said = f"{task.finding.fix}\n{task.finding.problem}"
    reason = "the finding names no function of its file and no module that has the same one"
    for file in python_targets(task):
        for module in dict.fromkeys(re.findall(r"\b[a-z_]\w*(?:[./]\w+)+\b", said)):
            for copy in file.tree.body:
                if not isinstance(copy, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    continue
                if not re.search(rf"\b{copy.name}\b", said):
                    continue
                answer = _share(task, file, copy, module)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer or reason
    return reason


def _share(task: Task, file: PythonFile, copy: Function, said: str) -> RecipeChange | str:
    spoken = said.replace("/", ".").removesuffix(".py")
    for module, wanted in ((spoken, ""), tuple(spoken.rpartition("."))[::2]):
        home = _module(task, module)
        if home is None or home.path == file.path:
            continue
        shared = [
            node
            for node in home.tree.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            if node.name == wanted
            or (not wanted and re.search(rf"\b{node.name}\b", task.finding.fix))
        ]
        for one in shared:
            if _meaning(home, one) != _meaning(file, copy):
                return f"{copy.name} and {module}.{one.name} do not do the same"
            return _change(task, file, copy, module, one.name)
    return ""


def _module(task: Task, name: str) -> PythonFile | None:
    stem = name.replace(".", "/")
    roots = ("", "src/", "lib/")
    paths = [f"{root}{stem}{end}" for root in roots for end in (".py", "/__init__.py")]
    files = [one for path in paths if (one := load_python(task.snapshot, path)) is not None]
    return files[0] if files else None


def _meaning(file: PythonFile, function: Function) -> str:
    """Return what a function does, its name, docstring and annotations left out."""
    bare = parse_python(file.path, file.source(function))
    node = bare.tree.body[0] if bare is not None else function
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    arguments = [
        *node.args.posonlyargs,
        *node.args.args,
        *node.args.kwonlyargs,
        *[one for one in (node.args.vararg, node.args.kwarg) if one is not None],
    ]
    for one in arguments:
        one.annotation = None
    parts = [node.args, *node.decorator_list, *body]
    kind = "async" if isinstance(node, ast.AsyncFunctionDef) else ""
    return kind + "\n".join(ast.dump(part) for part in parts)


def _change(
    task: Task, file: PythonFile, copy: Function, module: str, name: str
) -> RecipeChange | str:
    users = [
        path
        for path in task.snapshot.files
        if path != file.path and path.endswith(".py")
        if re.search(rf"\bimport\b[^\n]*\b{copy.name}\b|\.{copy.name}\b", task.snapshot.text(path))
    ]
    if users:
        return f"{copy.name} of {file.path} is used in {users[0]}"
    taken = {one for node in file.tree.body if node is not copy for one in names(node)}
    if name != copy.name and name in taken:
        return f"{file.path} already has another {name}"
    uses = [
        node for node in ast.walk(file.tree) if isinstance(node, ast.Name) and node.id == copy.name
    ]
    edits = [_removal(file, copy), *(file.replace(node, name) for node in uses)]
    whole = apply(file.text, [*edits, *import_name(file, module, name)])
    text = _without_unused(file.path, whole, names(copy))
    calls = edits[1:] if name != copy.name else []
    head = f"def {copy.name}("
    contracts = [
        claim(
            file.path,
            file.text,
            [edits[0]],
            Operation.REMOVE,
            f"remove `{copy.name}`, which does what `{module}.{name}` does",
            removes=[head],
        ),
        *_renamed(file, calls, copy.name, name),
    ]
    return RecipeChange(
        summary=f"Use {module}.{name} instead of a copy",
        edits={file.path: text},
        risk=f"A later change of {name} now reaches {file.path}, too.",
        contracts=tuple(contracts),
    )


def _renamed(file: PythonFile, calls: list[Edit], old: str, new: str) -> list[Contract]:
    said = f"use `{new}` in place of `{old}`"
    if not calls:
        return []
    return [claim(file.path, file.text, calls, Operation.REPLACE, said, [new], [old])]


def _removal(file: PythonFile, node: Function) -> Edit:
    """Remove a definition, the comments on it, and the blank lines below it."""
    first, last = file.span(node)
    begin, stop = line_start(file.text, first), line_end(file.text, last)
    while begin:
        above = line_start(file.text, begin - 1)
        if not file.text.startswith("#", above) or belongs_to_file(file.text[above:begin]):
            break
        begin = above
    blank = re.match(r"(?:[ \t]*\r?\n)*", file.text[stop:])
    return Edit(begin, stop + (blank.end() if blank else 0), "")


def _without_unused(path: str, text: str, gone: set[str]) -> str:
    """Return ``text`` without the imports that only the removed code used."""
    file = parse_python(path, text)
    if file is None:
        return text
    used = names(file.tree) | set(re.findall(r"\w+", "".join(_strings(file.tree))))
    edits = []
    for node in file.tree.body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or len(node.names) != 1:
            continue
        local = (node.names[0].asname or node.names[0].name).partition(".")[0]
        if local in gone and local not in used:
            first, last = file.span(node)
            edits.append(Edit(line_start(text, first), line_end(text, last), ""))
    return apply(text, edits)


def _strings(tree: ast.Module) -> list[str]:
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


_SHARED = '''\
import json


def canonical(value: object) -> str:
    """Return value as one line."""
    return json.dumps(value, sort_keys=True)
'''
_COPY = """\
import json
import time

LOG = []


def _canon(value):
    return json.dumps(value, sort_keys=True)


def note(event):
    LOG.append((time.time(), _canon(event)))
"""

RECIPE = Recipe(
    name="use-shared",
    message="Two copies of one function drift apart.",
    words=r"cop(y|ies)|duplicat|\bDRY\b|same (function|helper|code)|\bshared\b|reimplement",
    remedy=r"import|\buse|shar|helper|reus|remov|delet|drop|call",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the private copy goes, with the import that only it needed",
            asking(
                "_canon is a copy of farm.text.canonical",
                "Remove _canon and use canonical from farm.text",
                "farm/log.py",
                "_canon",
            ),
            {"farm/text.py": _SHARED, "farm/log.py": _COPY},
            {
                "farm/log.py": """\
import time
from farm.text import canonical

LOG = []


def note(event):
    LOG.append((time.time(), canonical(event)))
"""
            },
        ),
        Example(
            "a copy of the same name, in a package below src",
            asking(
                "slug is duplicated", "Import slug from stage.names", "src/stage/bill.py", "slug"
            ),
            {
                "src/stage/names.py": "def slug(s):\n    return s.lower()\n",
                "src/stage/bill.py": "def slug(s):\n    return s.lower()\n\n\n"
                "def bill(act):\n    return slug(act)\n",
            },
            {
                "src/stage/bill.py": "from stage.names import slug\n\n\n"
                "def bill(act):\n    return slug(act)\n"
            },
        ),
        Example(
            "what differs is no copy",
            asking(
                "_canon is a copy of farm.text.canonical",
                "Remove _canon and use canonical from farm.text",
                "farm/log.py",
                "_canon",
            ),
            {"farm/text.py": _SHARED, "farm/log.py": _COPY.replace("True", "False")},
            refuses="do not do the same",
        ),
        Example(
            "a copy that others import stays",
            asking(
                "_canon is a copy of farm.text.canonical",
                "Remove _canon and use canonical from farm.text",
                "farm/log.py",
                "_canon",
            ),
            {
                "farm/text.py": _SHARED,
                "farm/log.py": _COPY,
                "farm/feed.py": "from farm.log import _canon\n",
            },
            refuses="is used in farm/feed.py",
        ),
    ),
)
