"""Look a key up once, where it is tested, set and read again."""

from __future__ import annotations

import ast

from mendbook.code.python_source import PythonFile, blocks
from mendbook.fixes.loop_change import in_place_of
from mendbook.fixes.reach import python_meant, python_scopes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Skipped

_NONE = Skipped("set-default", "no key is tested for and set there", Cause.NOTHING_THERE)


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    for file in python_targets(task):
        found = [
            (one, following)
            for scope in python_scopes(task, file)
            for block in blocks(scope)
            for one, following in zip(block, [*block[1:], None], strict=True)
            if isinstance(one, ast.If) and _set(one) is not None
        ]
        found = list({id(one): (one, following) for one, following in found}.values())
        chosen = python_meant([one for one, _ in found], file, task)
        if len(chosen) > 1:
            return "several keys are set so there"
        if chosen:
            following = next(each for one, each in found if one is chosen[0])
            return _change(file, chosen[0], following)
    return _NONE


def _set(node: ast.If) -> tuple[ast.expr, ast.expr, ast.expr] | None:
    """Return the dict, the key and the value of ``if k not in d: d[k] = v``; None for another."""
    match node:
        case ast.If(
            test=ast.Compare(left=key, ops=[ast.NotIn()], comparators=[held]),
            body=[ast.Assign(targets=[ast.Subscript(value=owner, slice=own)], value=value)],
            orelse=[],
        ):
            alike = ast.dump(_read(owner)) == ast.dump(_read(held))
            if alike and ast.dump(_read(own)) == ast.dump(_read(key)):
                return held, key, value
    return None


def _read(node: ast.expr) -> ast.AST:
    """Return an expression as it is read, to hold two of them against each other."""
    return ast.parse(ast.unparse(node), mode="eval")


def _change(file: PythonFile, node: ast.If, following: ast.stmt | None) -> RecipeChange | str:
    told = _set(node)
    if told is None:
        return "the key that is set is another one"
    held, key, value = told
    if any(isinstance(one, ast.Call | ast.Await) for one in ast.walk(value)) and not _is_empty(
        value
    ):
        return "the value is worked out, and setdefault would do so each time"
    call = f"{file.source(held)}.setdefault({file.source(key)}, {file.source(value)})"
    place = f"{ast.unparse(held)}[{ast.unparse(key)}]"
    used = [
        one
        for one in (ast.walk(following) if following is not None else ())
        if isinstance(one, ast.Subscript) and ast.unparse(one) == place
    ]
    summary = "Look the key up once, with setdefault"
    if (
        following is None
        or len(used) != 1
        or not isinstance(following, ast.Expr)
        or not isinstance(used[0].ctx, ast.Load)
    ):
        return in_place_of(file, [node], call, summary=summary, adds=call)
    begin, stop = file.span(following)[0], file.span(following)[1]
    first, last = file.span(used[0])
    text = f"{file.text[begin:first]}{call}{file.text[last:stop]}"
    return in_place_of(file, [node, following], text, summary=summary, adds=call)


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Name(id="list" | "dict" | "set"), args=[], keywords=[]):
            return True
    return False


_WORDS = """\
def by_letter(words):
    found = {}
    for word in words:
        if word[0] not in found:
            found[word[0]] = set()
        found[word[0]].add(word)
    return found
"""
_RATES = """\
def rate(self, zone):
    if zone not in self.rates:
        self.rates[zone] = 0
    return self.rates[zone] * 2
"""

RECIPE = Recipe(
    name="set-default",
    message="A key that is tested for, set and read is looked up three times.",
    words=r"\bsetdefault\b",
    remedy=r"\bsetdefault\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the statement behind goes along",
            asking("Three lookups", "Use setdefault", "lex/words.py", "by_letter"),
            {"lex/words.py": _WORDS},
            {"lex/words.py": "def by_letter(words):\n    found = {}\n    for word in words:\n"
             "        found.setdefault(word[0], set()).add(word)\n    return found\n"},
        ),
        Example(
            "what reads it otherwise stays behind it",
            asking("Three lookups", "Use setdefault", "post/rates.py", "rate"),
            {"post/rates.py": _RATES},
            {"post/rates.py": "def rate(self, zone):\n    self.rates.setdefault(zone, 0)\n"
             "    return self.rates[zone] * 2\n"},
        ),
        Example(
            "a value that is worked out",
            asking("Three lookups", "Use setdefault", "post/rates.py", "rate"),
            {"post/rates.py": _RATES.replace("= 0", "= load(zone)")},
            refuses="worked out",
        ),
    ),
)  # fmt: skip
