"""Run a program with a list of arguments, not with a line for the shell."""

from __future__ import annotations

import ast
import re
import shlex

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile, function_of, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_CALLS = {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")}
_SHELL = re.compile(r"[|&;<>$`*?~\\\n(){}\[\]!#]")
_VALUE = "\x01{}\x01"
_TEXTS = {"str", "Path", "pathlib.Path", "bytes", "os.PathLike"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no subprocess call with shell=True stands in the code that the finding names"
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and qualified(file, node.func) in _CALLS and _shell(node)
        ]
        chosen = python_meant(calls, file, task)
        if len(chosen) > 1:
            reason = "several programs are run there, and the finding does not say which"
        for call in chosen if len(chosen) == 1 else ():
            parts = _arguments(file, call)
            if isinstance(parts, list):
                return _change(file, call, parts)
            reason = parts
    return reason


def _shell(call: ast.Call) -> ast.keyword | None:
    for one in call.keywords:
        if one.arg == "shell" and isinstance(one.value, ast.Constant) and one.value.value is True:
            return one
    return None


def _arguments(file: PythonFile, call: ast.Call) -> list[str] | str:
    """Return the arguments as expressions, or why the shell is needed to make them."""
    if not call.args:
        return "the line for the shell is not the first argument"
    line = call.args[0]
    values: list[ast.expr] = []
    if isinstance(line, ast.Constant) and isinstance(line.value, str):
        text = line.value
    elif isinstance(line, ast.JoinedStr):
        text = ""
        for piece in line.values:
            if isinstance(piece, ast.Constant):
                text += str(piece.value)
            elif isinstance(piece, ast.FormattedValue):
                if piece.format_spec is not None or piece.conversion != -1:
                    return "a value is formatted in the line in a way of its own"
                text += _VALUE.format(len(values))
                values.append(piece.value)
    else:
        return "the line for the shell is put together elsewhere"
    if match := _SHELL.search(re.sub("\x01\\d+\x01", "", text)):
        return f"the line needs the shell ({match[0]!r})"
    try:
        words = shlex.split(text)
    except ValueError:
        return "the quotes of the line do not match"
    if words and "=" in words[0]:
        return "the line sets a variable for the program"
    return [_expression(file, call, word, values) for word in words]


def _expression(file: PythonFile, call: ast.Call, word: str, values: list[ast.expr]) -> str:
    parts = re.split("\x01(\\d+)\x01", word)
    if len(parts) == 1:
        return _literal(word)
    inner = [file.source(values[int(one)]) for one in parts[1::2]]
    if (
        parts[0] == parts[2] == ""
        and len(parts) == 3
        and _is_text(file, call, values[int(parts[1])])
    ):
        return inner[0]
    if any('"' in one or "\\" in one for one in [*inner, *parts[::2]]):
        pieces = [repr(one) for one in parts[::2]]
        mixed = [
            piece
            for pair in zip(pieces, [f"str({one})" for one in inner] + [""], strict=True)
            for piece in pair
            if piece and piece != "''"
        ]
        return " + ".join(mixed)
    texts = [one.replace("{", "{{").replace("}", "}}") for one in parts[::2]]
    body = texts[0] + "".join(
        f"{{{value}}}{text}" for value, text in zip(inner, texts[1:], strict=True)
    )
    return f'f"{body}"'


def _is_text(file: PythonFile, call: ast.Call, value: ast.expr) -> bool:
    """Tell whether a value is declared to be a text or a path."""
    function = function_of(file.tree, call)
    if function is None or not isinstance(value, ast.Name):
        return False
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    typed = {
        one.arg: file.source(one.annotation) for one in arguments if one.annotation is not None
    }
    return typed.get(value.id, "").strip("\"'") in _TEXTS


def _literal(word: str) -> str:
    quoted = repr(word)
    return f'"{quoted[1:-1]}"' if '"' not in word and quoted.startswith("'") else quoted


def _change(file: PythonFile, call: ast.Call, parts: list[str]) -> RecipeChange | str:
    shell = _shell(call)
    if shell is None:
        return "the call does not use the shell"
    first, last = file.span(shell)
    before = file.text[:first].rstrip()
    begin = len(before) - 1 if before.endswith(",") else first
    listed = f"[{', '.join(parts)}]"
    edits = [file.replace(call.args[0], listed), Edit(begin, last, "")]
    return RecipeChange(
        summary=f"Run {file.source(call.func)} without a shell",
        edits={file.path: apply(file.text, edits)},
        risk="A value with blanks is now one argument; the shell no longer expands anything in it.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"run {file.source(call.func)} with a list and without shell=True",
                [listed],
                ["shell=True"],
            ),
        ),
    )


_ZIP = """\
import subprocess


def pack(folder: str, name):
    subprocess.run(f"zip -r {name}.zip '{folder}' -x notes", shell=True, check=True)
"""
_HOST = """\
from subprocess import check_output


class Host:
    def uptime(self):
        return check_output(
            "uptime -p",
            shell=True,
        )
"""

RECIPE = Recipe(
    name="subprocess-list",
    message="What a shell reads may be a command of its own.",
    words=r"shell=True|\bshell\b|command injection|subprocess",
    remedy=r"\blist\b|shell|arguments?\b|argv|\bargs\b|split|drop it|sequence|array",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "values become arguments, quotes and all",
            asking("Command injection", "Use a list without shell=True", "ops/pack.py", "pack"),
            {"ops/pack.py": _ZIP},
            {
                "ops/pack.py": _ZIP.replace(
                    "f\"zip -r {name}.zip '{folder}' -x notes\", shell=True",
                    '["zip", "-r", f"{name}.zip", folder, "-x", "notes"]',
                )
            },
        ),
        Example(
            "a constant line, its options on lines of their own",
            asking("shell=True is not needed", "Drop it", "host.py", "Host.uptime"),
            {"host.py": _HOST},
            {
                "host.py": _HOST.replace('"uptime -p"', '["uptime", "-p"]')
                .replace("            shell=True,\n", "")
                .replace('"-p"],\n', '"-p"],\n')
            },
        ),
        Example(
            "a pipe needs the shell",
            asking("Command injection", "Use a list without shell=True", "ops/pack.py", "pack"),
            {"ops/pack.py": _ZIP.replace("-x notes", "| tail")},
            refuses="the line needs the shell ('|')",
        ),
        Example(
            "a line that is made elsewhere stays",
            asking("Command injection", "Use a list without shell=True", "a.py", "f"),
            {"a.py": "import subprocess\n\n\ndef f(c):\n    subprocess.run(c, shell=True)\n"},
            refuses="put together elsewhere",
        ),
    ),
)
