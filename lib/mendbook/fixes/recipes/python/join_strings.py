"""Collect the pieces of a text in a list and join them, where a loop adds to the text."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import Function, PythonFile, blocks, function_of, names
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_scopes, python_targets, within
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_NAMED = re.compile(
    r"\blist\s+(?:called|named)\s+`?(\w+)|\blist\s+`(\w+)`|[\"']\.join\((\w+)\)|(?<![\w.])(\w+)\.append\("
)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no text that grows by += in a loop stands in the Python code that the finding names"
    for file in python_targets(task):
        for scope in python_scopes(task, file):
            grown = [node for node in ast.walk(scope) if _grows(node)]
            for node in python_meant(grown, file, task):
                answer = _join(file, node, task.finding.fix)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer or reason
    return reason


def _grows(node: ast.AST) -> bool:
    return isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)


def _join(file: PythonFile, grown: ast.AST, fix: str) -> RecipeChange | str:
    function = function_of(file.tree, grown)
    target = grown.target if isinstance(grown, ast.AugAssign) else None
    if function is None or not isinstance(target, ast.Name):
        return ""
    name = target.id
    first = _begun_empty(function, name)
    if first is None:
        return f"{name} does not begin as one empty text"
    growths = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        if node.target.id == name and isinstance(node.op, ast.Add)
    ]
    reads = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    loops = [node for node in ast.walk(function) if isinstance(node, _LOOPS)]
    if not any(within(grown, loop) for loop in loops):
        return ""
    if len(reads) != 1 or any(within(reads[0], one) for one in [*loops, *growths]):
        return f"{name} is read in the loop or more than once, as the growing text"
    return _change(file, (name, _list_name(fix, function, name)), first, growths, reads[0])


def _list_name(fix: str, function: Function, name: str) -> str:
    """Return what a text calls the list, where the function knows no such name; else ``name``."""
    told = [one for match in _NAMED.finditer(fix) for one in match.groups() if one]
    known = names(function) | {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    return told[0] if len(set(told)) == 1 and not {*told} & known else name


def _begun_empty(function: Function, name: str) -> ast.Assign | ast.AnnAssign | None:
    """Return the one statement of the function's body that makes ``name`` an empty text."""
    assignments: list[ast.Assign | ast.AnnAssign] = []
    writes = 0
    for block in blocks(function):
        for node in block:
            if not isinstance(node, (ast.Assign, ast.AnnAssign)):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id == name for one in targets):
                writes += 1
                empty = isinstance(node.value, ast.Constant) and node.value.value == ""
                assignments += (
                    [node] if empty and node in function.body and len(targets) == 1 else []
                )
    return assignments[0] if len(assignments) == writes == 1 else None


def _change(
    file: PythonFile,
    named: tuple[str, str],
    first: ast.Assign | ast.AnnAssign,
    growths: list[ast.AugAssign],
    read: ast.Name,
) -> RecipeChange:
    name, kept = named
    typed = isinstance(first, ast.AnnAssign)
    edits = [file.replace(first, f"{kept}: list[str] = []" if typed else f"{kept} = []")]
    for one in growths:
        value = file.source(one.value)
        inner = f"({value})" if isinstance(one.value, ast.Tuple) else value
        edits.append(file.replace(one, f"{kept}.append({inner})"))
    edits.append(Edit(*file.span(read), f'"".join({kept})'))
    return RecipeChange(
        summary=f"Collect {name} in a list and join it",
        edits={file.path: apply(file.text, edits)},
        risk="None expected: the pieces and their order are the same.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"collect the pieces of `{name}` in a list and join them once",
                [f"{kept}.append(", f'"".join({kept})'],
                [f"{name} +="],
            ),
        ),
    )


_MENU = """\
def menu(dishes):
    card = ""
    for dish in dishes:
        card += f"{dish.name}: {dish.price}\\n"
    return "MENU\\n" + card
"""
_SEQUENCE = """\
class Strand:
    def text(self) -> str:
        out: str = ""
        for codon in self.codons:
            if codon.stop:
                out += "*"
            else:
                out += codon.letter
        return out
"""

RECIPE = Recipe(
    name="join-strings",
    message="A text that grows by += is copied again and again.",
    words=r"\+=|concaten|\bjoin\b",
    remedy=r"\bjoin|collect|\blist\b|generator|StringIO|\bparts\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a card of dishes",
            asking("card grows with += in a loop", "Join it at the end", "app/menu.py", "menu"),
            {"app/menu.py": _MENU},
            {
                "app/menu.py": _MENU.replace('card = ""', "card = []")
                .replace(
                    'card += f"{dish.name}: {dish.price}\\n"',
                    'card.append(f"{dish.name}: {dish.price}\\n")',
                )
                .replace("+ card", '+ "".join(card)')
            },
        ),
        Example(
            "two branches, and a declared type",
            asking("String concatenation", "Use join", "bio.py", "Strand.text"),
            {"bio.py": _SEQUENCE},
            {
                "bio.py": _SEQUENCE.replace('out: str = ""', "out: list[str] = []")
                .replace('out += "*"', 'out.append("*")')
                .replace("out += codon.letter", "out.append(codon.letter)")
                .replace("return out", 'return "".join(out)')
            },
        ),
        Example(
            "a list that has a name of its own",
            asking(
                "card grows with += in a loop",
                "Gather the rows in a list called rows and join",
                "app/menu.py",
                "menu",
            ),
            {"app/menu.py": _MENU},
            {
                "app/menu.py": _MENU.replace('card = ""', "rows = []")
                .replace(
                    'card += f"{dish.name}: {dish.price}\\n"',
                    'rows.append(f"{dish.name}: {dish.price}\\n")',
                )
                .replace("+ card", '+ "".join(rows)')
            },
        ),
        Example(
            "a text that the loop itself reads stays",
            asking("card grows with += in a loop", "Join it at the end", "app/menu.py", "menu"),
            {"app/menu.py": _MENU.replace("    return", "        print(len(card))\n    return")},
            refuses="read in the loop or more than once",
        ),
        Example(
            "a number stays a number",
            asking("total grows with +=", "Join it at the end", "app/bill.py", "total"),
            {"app/bill.py": "def total(xs):\n    n = 0\n    for x in xs:\n        n += x\n"},
            refuses="does not begin as one empty text",
        ),
    ),
)
