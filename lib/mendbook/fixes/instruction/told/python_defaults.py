"""Another default for a parameter of Python: *lower the default page_size of list to 50*."""

from __future__ import annotations

import ast

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import expression, step_request
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_WORDS = words(
    "default defaults value lower raise reduce increase decrease bring change cut down up parameter"
    " argument keyword function method instead rather than"
)
_UP, _DOWN = words("raise increase up"), words("lower reduce decrease cut down")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def other_default(work: Work, ask: Ask) -> StepEdits | None:
    """*Lower the default page_size of list_rows to 50*: in the head of that function."""
    request = step_request(work, ask.unticked)
    if request is None:
        return None
    functions = [one for one in ast.walk(request.file.tree) if isinstance(one, Function)]
    names = {one.name for one in functions}
    held = {one.arg for each in functions for one, _ in _defaults(each)}
    told = spoken(ask, lambda word: word in names or word in held or _is_literal(word))
    codes = [one.removesuffix("()") for one in told.codes]
    parameters = [one for one in codes if one in held and one not in names]
    homes = [one for one in functions if one.name in codes] or request.homes()
    values = [one for one in codes if one not in names and one not in held]
    if len(parameters) != 1 or len(homes) != 1 or len(values) not in {1, 2}:
        return None
    if not told.has("default", "defaults") or not told.only(ARTICLES, ORDERS, _WORDS):
        return None
    found = [value for one, value in _defaults(homes[0]) if one.arg == parameters[0]]
    if len(found) != 1 or not all(_is_literal(one) for one in values):
        return None
    old, new = request.source(found[0]), values[-1]
    if not _is_literal(old) or new == "None":
        return None
    if len(values) == 2 and values[0] != old:
        raise Abstain(f"{parameters[0]} is {old} and not {values[0]}")
    if new == old:
        raise Abstain(f"the default of {parameters[0]} is {new} already")
    _refuse_other_way(told.words, old, new)
    begin, stop = request.file.span(found[0])
    said = f"give {parameters[0]} of {homes[0].name} the default {new}"
    return request.step_edits(Operation.REPLACE, said, [Edit(begin, stop, new)], [new], [old])


def _refuse_other_way(said: tuple[str, ...], old: str, new: str) -> None:
    """Raise ``Abstain`` where a value would be raised that is to be lowered, or the other way."""
    before, after = (ast.literal_eval(one) for one in (old, new))
    if not all(isinstance(one, int | float) for one in (before, after)):
        return
    if (_UP & set(said) and after < before) or (_DOWN & set(said) and after > before):
        raise Abstain(f"{new} is no change of {old} in the way that is told")


def _defaults(function: Function) -> list[tuple[ast.arg, ast.expr]]:
    given = [*function.args.posonlyargs, *function.args.args]
    behind = list(zip(given[::-1], function.args.defaults[::-1], strict=False))
    keyed = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return [*behind, *((one, value) for one, value in keyed if value is not None)]


def _is_literal(code: str) -> bool:
    node = expression(code)
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and node.value is not Ellipsis


PYTHON_DEFAULTS = (other_default,)
