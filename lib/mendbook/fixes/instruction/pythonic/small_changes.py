"""Small changes of Python: another name that is called or raised, another number, a guard."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert
from mendbook.code.python_source import bound
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, alike, expression
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_DOTTED = r"[A-Za-z_][\w.]*"
_RENAMED = re.compile(
    rf"(?:(?:use|call|prefer|switch\s+to)\s+)?(?P<new>{_DOTTED})(?:\(\))?\s+(?:instead\s+"
    rf"of|rather\s+than|in\s+place\s+of|not)\s+"
    rf"(?P<old>{_DOTTED})(?:\(\))?"
    rf"|(?:replace|change|swap)\s+(?P<old2>{_DOTTED})(?:\(\))?\s+(?:with|by|to|for)\s+"
    rf"(?P<new2>{_DOTTED})(?:\(\))?",
    re.IGNORECASE,
)


_LEVEL = re.compile(
    r"(?:use|call|log\s+(?:it\s+)?with|log\s+via)\s+"
    r"(?P<new>[\w.]+\.(?:debug|info|warning|error|exception|critical))(?:\(\))?",
    re.IGNORECASE,
)


def logged_otherwise(request: Request) -> StepEdits | None:
    """*Log with logger.exception*: the level of the one call of that log that is quoted."""
    told = _LEVEL.fullmatch(request.unticked)
    if told is None:
        return None
    owner = told["new"].rpartition(".")[0]
    calls = [
        one.func
        for one in request.nodes()
        if isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and ast.unparse(one.func.value) == owner
    ]
    if len(calls) != 1:
        return None
    there, new = ast.unparse(calls[0]), told["new"]
    if there == new:
        raise Abstain(f"{new} is called there already", final=True)
    said = f"call {new} and not {there}"
    return request.step_edits(
        Operation.SET, said, [request.file.replace(calls[0], new)], [new], [there]
    )


def called_otherwise(request: Request) -> StepEdits | None:
    """*hashlib.sha256 instead of md5*: the one member that is quoted, its owner kept or told."""
    told = _RENAMED.fullmatch(request.unticked)
    if told is None:
        return None
    new, old = told["new"] or told["new2"], told["old"] or told["old2"]
    members = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Attribute)
        and (ast.unparse(one) == old or one.attr == old.rpartition(".")[2])
        and re.fullmatch(rf"(?:[\w.]+\.)?{re.escape(old)}", ast.unparse(one))
    ]
    if len(members) != 1 or "." not in f"{new}{old}":
        return None
    there = ast.unparse(members[0])
    if "." not in new:
        new = f"{there.rpartition('.')[0]}.{new}"
    if new == there or new.partition(".")[0] != there.partition(".")[0]:
        return None
    said = f"write `{new}` and not `{there}`"
    return request.step_edits(
        Operation.REPLACE, said, [request.file.replace(members[0], new)], [new], [there]
    )


_OTHER = re.compile(
    r"(?:(?:use|call|write)\s+)?(?P<new>(?:await\s+)?[\w.]+\(.*\))(?:\s+(?:instead\s+"
    r"of|rather\s+than)\s+.+)?"
)


def another_method(request: Request) -> StepEdits | None:
    """*await pool.aclose() instead*: a call of the same object, given the same."""
    told = _OTHER.fullmatch(request.unticked)
    new = expression(told["new"]) if told is not None else None
    call = new.value if isinstance(new, ast.Await) else new
    if told is None or not isinstance(call, ast.Call) or not isinstance(new, ast.Await):
        return None
    calls = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Expr)
        and isinstance(one.value, ast.Call)
        and isinstance(one.value.func, ast.Attribute)
        and isinstance(call.func, ast.Attribute)
        and alike(one.value.func.value, call.func.value)
        and [ast.unparse(each) for each in one.value.args]
        == [ast.unparse(each) for each in call.args]
    ]
    if len(calls) != 1 or not isinstance(request.home(), ast.AsyncFunctionDef):
        return None
    code = quoted_as_here(request.scene, told["new"])
    old = request.source(calls[0])
    return request.step_edits(
        Operation.REPLACE,
        f"write `{code}` and not `{old}`",
        [request.file.replace(calls[0], code)],
        [code],
    )


_RAISED = re.compile(
    r"(?:raise|use)\s+(?:an?\s+|the\s+(?:specific\s+|own\s+)?)?(?P<new>[A-Z]\w*)(?:\s+"
    r"there)?(?:\s+with\s+(?:the\s+same|that|its)\s+message)?"
    rf"(?:\s+{INSTEAD_OF}\s+(?:an?\s+|the\s+)?(?:bare\s+"
    r"|plain\s+|generic\s+)?(?P<old>[A-Z]\w*))?"
    r"|(?P<new2>[A-Z]\w*)\s+(?:instead\s+of|rather\s+than)\s+(?P<old2>[A-Z]\w*)",
)


def raised_otherwise(request: Request) -> StepEdits | None:
    """*Raise Jam instead of Exception*: the class of the one exception that is quoted."""
    text = request.unticked
    told = _RAISED.fullmatch(
        text[:1].lower() + text[1:] if re.match(r"(?:Raise|Use)\b", text) else text
    )
    if told is None:
        return None
    new, old = told["new"] or told["new2"], told["old"] or told["old2"]
    raises = [one for one in request.nodes() if isinstance(one, ast.Raise) and one.exc is not None]
    if len(raises) != 1 or raises[0].exc is None:
        return None
    raised = raises[0].exc
    callee = raised.func if isinstance(raised, ast.Call) else raised
    there = ast.unparse(callee)
    if not old and there not in {"Exception", "RuntimeError", "ValueError", "BaseException"}:
        return None
    if old and there != old:
        return None
    if there == new:
        raise Abstain(f"{new} is raised there already", final=True)
    said = f"raise {new} and not {there}"
    return request.step_edits(
        Operation.REPLACE,
        said,
        [request.file.replace(callee, new)],
        [f"raise {new}"],
        [f"raise {there}"],
    )


_NUMBER = re.compile(
    r"(?P<verb>lower|raise|reduce|increase|cut|shorten|bump|decrease|drop|extend)\s+"
    r"(?:(?:it|this|that|the\s+\w+(?:\s+\w+)?)\s+)?(?:down\s+|up\s+)?to\s+"
    r"(?P<new>\d[\d_]*(?:\.\d+)?)(?:\s*"
    r"(?:s|ms|seconds?|minutes?|hours?|days?|bytes|rows|items|entries|attempts|times|tries|characters))?",
    re.IGNORECASE,
)
_DOWN = {"lower", "reduce", "cut", "shorten", "decrease", "drop"}


def another_number(request: Request) -> StepEdits | None:
    """*Lower it to 60*: the one number of what is quoted, where the verb fits."""
    told = _NUMBER.fullmatch(request.unticked)
    if told is None:
        return None
    numbers = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Constant)
        and isinstance(one.value, int | float)
        and not isinstance(one.value, bool)
        and any(a <= request.file.span(one)[0] < b for a, b in request.scene.quotes)
    ]
    if len(numbers) != 1 or not request.scene.quotes:
        return None
    old, new = float(str(numbers[0].value)), float(told["new"].replace("_", ""))
    falls = told["verb"].lower() in _DOWN
    if (new < old) is not falls or new == old:
        raise Abstain(f"{old:g} is not {'above' if falls else 'below'} {told['new']}", final=True)
    if re.search(r"\bms\b|minute|hour|day", told[0], re.IGNORECASE):
        return None
    said = f"write {told['new']} and not {old:g}"
    return request.step_edits(
        Operation.SET, said, [request.file.replace(numbers[0], told["new"])], [told["new"]]
    )


_VALUE = r"(?P<{0}>None|True|False|\[\]|\{{\}}|\(\)|\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?|[a-z_]\w*)"
_STATE = (
    r"(?P<name>[a-z_]\w*)\s+(?:is|are)\s+"
    r"(?P<state>empty|None|0|zero|missing|not\s+set|falsy|negative)"
)
_GUARDED = (
    re.compile(
        rf"return\s+(?:early\s+with\s+)?{_VALUE.format('value')}\s+(?:early\s+"
        rf")?(?:if|when|where|for)\s+(?:{_STATE}|(?:an?\s+)?empty\s+(?P<bare>[a-z_]\w*))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:check\s+for\s+(?:an?\s+)?empty\s+(?P<bare>[a-z_]\w*)|if\s+{_STATE}),?\s+"
        rf"(?:and\s+)?return\s+{_VALUE.format('value')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:guard(?:\s+with|:)?\s+|add\s+)?if\s+(?P<test>[^:,]+?)(?::|,)\s*return\s+"
        rf"{_VALUE.format('value')}(?:\s+first)?",
        re.IGNORECASE,
    ),
)
_TESTS = {
    **dict.fromkeys(("empty", "falsy"), "not {0}"),
    **dict.fromkeys(("none", "missing", "not set"), "{0} is None"),
    **dict.fromkeys(("0", "zero"), "{0} == 0"),
    "negative": "{0} < 0",
}


def guarded_return(request: Request) -> StepEdits | None:
    """*Return [] if rows is empty*: an early return before the one statement that is quoted."""
    text = request.unticked
    told = next((match for one in _GUARDED if (match := one.fullmatch(text)) is not None), None)
    home = request.home()
    if told is None or home is None:
        return None
    groups = {key: value or "" for key, value in told.groupdict().items()}
    name = groups.get("name") or groups.get("bare") or ""
    state = " ".join(groups.get("state", "").lower().split()) or "empty"
    test = groups.get("test") or _TESTS[state].format(name)
    code = expression(test)
    if code is None:
        return None
    value = groups["value"]
    names = {one.id for one in ast.walk(code) if isinstance(one, ast.Name)}
    known = bound(home) | bound(request.file.tree)
    if not names or not names <= known or (value[:1].islower() and value not in known):
        return None
    spots = [
        one
        for one in request.nodes()
        if isinstance(one, ast.stmt) and request.block_of(one) is home.body
    ]
    if len(spots) != 1 or not request.scene.quotes:
        return None
    set_by = {
        one.id for each in home.body[: home.body.index(spots[0])] for one in ast.walk(each)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    } | bound(home.args)  # fmt: skip
    if not names & set_by:
        return None
    if any(isinstance(one, ast.If) and alike(one.test, code) for one in home.body):
        raise Abstain(f"`{test}` is asked there already", final=True)
    lead = request.margin(spots[0])
    returned = f"return {quoted_as_here(request.scene, value)}"
    edit: Edit = insert(
        request.file.span(spots[0])[0], f"if {test}:\n{lead}{request.tab()}{returned}\n{lead}"
    )
    return request.step_edits(
        Operation.GUARD, f"`{returned}` if `{test}`", [edit], [f"if {test}: {returned}"]
    )


SMALL_CHANGES = (
    logged_otherwise,
    called_otherwise,
    another_method,
    raised_otherwise,
    another_number,
    guarded_return,
)
