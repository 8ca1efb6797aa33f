"""Handlers of Python: an error that is caught, bound, logged, raised anew, narrowed."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert, line_start
from mendbook.code.python_source import indented, names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import (
    Request,
    alike,
    bare,
    expression,
    statements,
)
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

KIND = r"\(?(?:[\w.]*\b[A-Z]\w+)(?:(?:,\s*|,?\s+(?:and|or)\s+)[\w.]*\b[A-Z]\w+)*\)?"
"""One exception, or several, as a text writes them."""
_ERROR = rf"(?:it|this|the\s+(?:\w+\s+)?(?:error|exception|cause)|(?P<kind>{KIND}))"
_BIND = (
    rf"(?:(?:bind|catch|name|capture|keep)\s+{_ERROR}\s+(?:as\s+)?(?P<name>[a-z]\w*)"
    rf"|(?:use\s+)?except\s+(?P<kind2>{KIND})\s+as\s+(?P<name2>[a-z]\w*):?)"
)
_FROM = re.compile(
    rf"(?:{_BIND}\s*(?:,\s*(?:and\s+)?|\s+and\s+|;\s*|:\s*)(?:then\s+)?)?"
    r"(?:(?:use|write|add|append|say)\s+|(?:chain|keep)\s+(?:it|the\s+\w+)(?:\s+with|:)\s+"
    r"|suppress\s+"
    r"the\s+(?:context|cause)(?:\s+with|:)\s+)?"
    r"(?:(?:re-?)?raise\s*(?P<what>…|\.\.\.|it|[\w.]+(?:\(.*\))?)?\s+)?"
    rf"from\s+(?P<cause>[A-Za-z_]\w*|the\s+\w+)(?:\s+to\s+(?:the|that)\s+raise)?"
    r"|chain\s+(?P<plain>it|the\s+(?:exception|error|cause))",
    re.IGNORECASE,
)


def raised_from(request: Request) -> StepEdits | None:
    """*raise … from err*: the cause of what a handler raises; its name is bound where it is not."""
    text = request.unticked
    told = _FROM.fullmatch(text)
    if told is None:
        return None
    raises = [
        (one, handler)
        for one in request.nodes()
        if isinstance(one, ast.Raise) and one.exc and (handler := _handler_of(request, one))
    ]
    if len(raises) != 1:
        return None
    (raised, handler), what = raises[0], told["what"]
    if raised.cause is not None:
        raise Abstain("what is raised has its cause already", final=True)
    if not _catches(request, handler, told):
        return None
    if what and what not in {"…", "...", "it"} and not _is_meant(raised, what):
        return None
    bound = told["name"] or told["name2"]
    cause = told["cause"] or "it"
    if cause == "it" or " " in cause:
        cause = bound or handler.name or "exc"
    if bound and cause not in {bound, "None"}:
        raise Abstain(f"{cause} is not what the error is to be bound as", final=True)
    edits = [insert(request.file.span(raised)[1], f" from {cause}")]
    if cause != "None":
        edits += binding(request, handler, cause)
    said = f"chain what is raised to `{cause}`"
    return request.step_edits(Operation.ADD, said, edits, [f"from {cause}"])


def _catches(request: Request, handler: ast.ExceptHandler, told: re.Match[str]) -> bool:
    """Tell whether a handler catches what a text says that it does, where it says so."""
    kind = told["kind"] or told["kind2"]
    there = request.source(handler.type) if handler.type is not None else ""
    return not kind or _kinds(kind) == there


def binding(request: Request, handler: ast.ExceptHandler, name: str) -> list[Edit]:
    """Return the edit that binds what ``handler`` catches as ``name``; none where it does so.

    Raises ``Abstain`` where it is bound as another, or nothing can be bound.
    """
    if handler.name == name:
        return []
    if handler.name:
        raise Abstain(f"what is caught is bound as {handler.name}, and not as {name}", final=True)
    if handler.type is None:
        raise Abstain("the handler names no exception that could be bound", final=True)
    colon = request.file.text.index(":", request.file.span(handler.type)[1])
    return [insert(colon, f" as {name}")]


def _is_meant(raised: ast.Raise, what: str) -> bool:
    """Tell whether a text that writes what is raised writes what stands there."""
    code = expression(what)
    if code is None or raised.exc is None:
        return False
    if alike(code, raised.exc):
        return True
    callee = code.func if isinstance(code, ast.Call) else code
    there = raised.exc.func if isinstance(raised.exc, ast.Call) else raised.exc
    open_call = not isinstance(code, ast.Call) or not code.args or "..." in what or "…" in what
    return alike(callee, there) and open_call


def _handler_of(request: Request, node: ast.AST) -> ast.ExceptHandler | None:
    """Return the innermost handler around ``node``."""
    held = [
        one
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.ExceptHandler)
        and one is not node
        and any(inner is node for inner in ast.walk(one))
    ]
    return held[-1] if held else None


def quoted_handler(request: Request) -> ast.ExceptHandler | None:
    """Return the one handler that the finding points at; None where it is not one."""
    handlers = [one for one in request.nodes() if isinstance(one, ast.ExceptHandler)]
    inner = [
        one
        for one in handlers
        if not any(
            other is not one and any(each is other for each in ast.walk(one)) for other in handlers
        )
    ]
    return inner[0] if len(inner) == 1 else None


_LOG = r"(?P<log>[\w.]*\blog\w*\.\w+\(.*\)|logging\.\w+\(.*\)|_log\w*\.\w+\(.*\))"
_LOGGED = re.compile(
    rf"(?:{_BIND}\s*(?:,\s*(?:and\s+|then\s+)?|\s+and\s+|;\s*|:\s*))?"
    r"(?:(?:call|add|use|insert|put)\s+|log(?:\s+(?:it|the\s+\w+))?\s*"
    r"(?:with|:|by|via|using)\s+|log\s+it:\s+)?"
    rf"{_LOG}"
    r"(?:\s+(?:before|ahead\s+of)\s+(?:the\s+)?(?P<exit>return\b.*|returning(?:\s+"
    r"\S+)?|continue|continuing|raise|re-?raising"
    r"|it\s+returns)|\s+(?:in|to|into)\s+the\s+(?:handler|except(?:\s+"
    r"(?:block|clause|branch))?))?",
    re.IGNORECASE,
)


def logged_in_handler(request: Request) -> StepEdits | None:
    """*Bind the error as exc and call log.warning(…) before return False*."""
    told = _LOGGED.fullmatch(request.unticked)
    log = statements(told["log"]) if told is not None else []
    handler = quoted_handler(request)
    if told is None or len(log) != 1 or handler is None:
        return None
    if not _catches(request, handler, told):
        return None
    last = handler.body[-1]
    leaves = isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break)
    wanted = told["exit"]
    if wanted and not leaves:
        return None
    if wanted and re.match(r"return\s+\S", wanted) and not alike(statements(wanted)[0], last):
        raise Abstain(f"the handler does not end with `{wanted}`", final=True)
    if any(alike(one, log[0]) for one in handler.body):
        raise Abstain("the handler logs it so already", final=True)
    if any(_is_log(one) for one in handler.body):
        return None
    code = quoted_as_here(request.scene, told["log"])
    edits = [_logging(request, handler, code)]
    name = told["name"] or told["name2"] or _unbound(request, handler, log[0])
    if name:
        edits += binding(request, handler, name)
    return request.step_edits(Operation.ADD, f"log `{code}` in the handler", edits, [code])


def _logging(request: Request, handler: ast.ExceptHandler, code: str) -> Edit:
    last = handler.body[-1]
    if isinstance(last, ast.Pass):
        return request.file.replace(last, code)
    if isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return insert(request.file.span(last)[0], f"{code}\n{request.margin(last)}")
    return insert(
        request.file.span(handler.body[0])[0], f"{code}\n{request.margin(handler.body[0])}"
    )


def _is_log(node: ast.stmt) -> bool:
    return re.match(r"(?:self\.)?_?log\w*\.\w+\(", ast.unparse(node)) is not None


_ERRORS = ("exc", "err", "error", "e", "ex", "exception")


def _unbound(request: Request, handler: ast.ExceptHandler, log: ast.stmt) -> str:
    """Return what a log calls the error, where nothing of that name is known."""
    home = request.home()
    known = names(home) if home is not None else set()
    errors = [one for one in names(log) if one in _ERRORS and one not in known]
    return errors[0] if len(errors) == 1 and handler.name is None else ""


_EXIT = (
    r"(?P<raise>(?:raise\s+)?[\w.]*\b[A-Z]\w*\(.*?\))(?:,?\s+(?P<chained>from\s+(?:\w+|the\s+"
    r"\w+)|chained(?:\s+to\s+it)?))?"
    r"|(?P<return>return\s+\S.*?|continue(?:\s+with\s+the\s+next(?:\s+\w+)?)?|pass)"
)
_AROUND = r"(?:\s+(?:around|from|of|in)\s+(?:the\s+)?(?P<around>[\w.]+(?:\(.*?\))?)(?:\s+call)?)?"
_CAUGHT = (
    re.compile(
        rf"(?:catch|handle)\s+(?P<kind>{KIND})(?:\s+as\s+(?P<name>[a-z]\w*))?{_AROUND}(?:\s+"
        rf"there)?"
        rf"(?:,\s+(?:log\s+it\s+with\s+)?{_LOG})?,?\s+(?:and|then)\s+(?:{_EXIT})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:turn|translate|convert|map|wrap)\s+(?:the\s+|an?\s+)?(?P<kind>{KIND})\s+"
        rf"(?:in)?to\s+(?:an?\s+)?(?:{_EXIT})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"on\s+(?:an?\s+)?(?P<kind>{KIND}),?\s+(?:{_LOG},?\s+and\s+"
        rf")?(?:{_EXIT})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<return>return\s+\S+|continue|skip\s+the\s+\w+)\s+(?:on|for|when|if)\s+(?:an?\s+"
        rf")?(?P<kind>{KIND})"
        r"(?:\s+is\s+raised)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"wrap\s+(?:it|this|the\s+\w+|(?P<around>[\w.]+(?:\(.*?\))?))\s+in\s+(?:a\s+"
        rf")?try(?:/except|[- ]except|\s+and\s+except)?"
        rf"\s+(?P<kind>{KIND})(?:\s+as\s+(?P<name>[a-z]\w*))?,?\s+(?:and|that)\s+(?:{_EXIT})",
        re.IGNORECASE,
    ),
    re.compile(
        r"wrap\s+(?:it|this|the\s+\w+|(?P<around>[\w.]+(?:\(.*?\))?))\s+in\s+(?:a\s+"
        r")?try(?:/except)?\s+and\s+"
        rf"(?:{_EXIT})\s+(?:on|for)\s+(?P<kind>{KIND})",
        re.IGNORECASE,
    ),
)


def caught_around(request: Request) -> StepEdits | None:
    """*Catch ValueError and raise BadInput(…) from it*: a try around the quoted statement."""
    text = request.unticked
    told = next((match for one in _CAUGHT if (match := one.fullmatch(text)) is not None), None)
    if told is None:
        return None
    given = {"around": "", "name": "", "raise": "", "chained": "", "return": "", "log": ""}
    given |= {key: value or "" for key, value in told.groupdict().items()}
    kept = _quoted_statement(request, given["around"])
    if kept is None:
        return None
    if _handler_of(request, kept) is not None:
        raise Abstain("what is quoted stands in a handler itself", final=True)
    handler = _handling(request, given)
    around = [
        one
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.Try) and one.handlers and any(each is kept for each in one.body)
    ]
    if around:
        return _one_more(request, around[-1], given["kind"], handler)
    lead, tab = request.margin(kept), request.tab()
    begin, stop = request.file.span(kept)
    rows = indented(request.file, [kept], tab)
    if line_start(request.file.text, begin) != begin - len(lead):
        return None
    done = "".join(f"\n{lead}{tab}{one}" for one in handler[1:])
    new = f"try:\n{rows}\n{lead}{handler[0]}{done}"
    said = f"catch {given['kind']} around `{request.source(kept).split(chr(10))[0]}`"
    return request.step_edits(Operation.CATCH, said, [Edit(begin, stop, new)], [handler[0]])


def _kinds(told: str) -> str:
    """Return exceptions as a handler names them."""
    kinds = re.findall(r"[\w.]+", re.sub(r"\s(?:and|or)\s", " ", told))
    return kinds[0] if len(kinds) == 1 else f"({', '.join(kinds)})"


def _handling(request: Request, given: dict[str, str]) -> list[str]:
    """Return the lines of the new handler."""
    name = given["name"]
    log = quoted_as_here(request.scene, given["log"]) if given["log"] else ""
    if given["raise"]:
        raised = re.sub(r"^raise\s+", "", given["raise"])
        if expression(raised) is None or "..." in raised or "…" in raised:
            raise Abstain("what is raised is not said in code", final=True)
        told = re.fullmatch(r"from\s+([a-z]\w*)", given["chained"] or "")
        cause = told[1] if told and told[1] not in {"it", "the"} else name or "exc"
        exit_line = f"raise {quoted_as_here(request.scene, raised)} from {cause}"
        name = cause
        if cause == "None":
            name = ""
    else:
        exit_line = re.sub(r"(?i)^return\b", "return", given["return"])
        exit_line = re.sub(r"(?i)^(?:continue|skip)\b.*", "continue", exit_line)
        if not statements(f"for x in y:\n {exit_line}" if exit_line == "continue" else exit_line):
            raise Abstain(f"`{exit_line}` is no code")
    if log and not name:
        used = (
            [one for one in names(statements(log)[0]) if one in _ERRORS] if statements(log) else []
        )
        home = request.home()
        free = [one for one in used if home is None or one not in names(home)]
        name = free[0] if free else ""
    head = f"except {_kinds(given['kind'])}{f' as {name}' if name else ''}:"
    return [head, *([log] if log else []), exit_line]


def _one_more(request: Request, node: ast.Try, kind: str, handler: list[str]) -> StepEdits | None:
    """Return a handler behind those that a try has."""
    wanted = set(re.findall(r"[\w.]+", _kinds(kind)))
    held = {
        each
        for one in node.handlers
        for each in (
            re.findall(r"[\w.]+", request.source(one.type)) if one.type else ["BaseException"]
        )
    }
    if wanted & held or {"Exception", "BaseException"} & held:
        raise Abstain(f"{kind} is caught there already", final=True)
    last = node.handlers[-1]
    lead = request.margin(last)
    rows = "".join(f"\n{lead}{request.tab()}{one}" for one in handler[1:])
    edit = insert(request.file.span(last)[1], f"\n{lead}{handler[0]}{rows}")
    return request.step_edits(Operation.CATCH, f"catch {kind} as well", [edit], [handler[0]])


def _quoted_statement(request: Request, around: str) -> ast.stmt | None:
    """Return the one simple statement that the evidence quotes, and that has the call named."""
    quoted = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.Return)
    ]
    if around:
        name = bare(around).partition("(")[0]
        quoted = [
            one for one in quoted if re.search(rf"(?<![\w.]){re.escape(name)}\(", ast.unparse(one))
        ]
    if len(quoted) != 1 or not request.scene.quotes:
        return None
    return quoted[0]


_NARROW = re.compile(
    rf"(?:(?:only\s+)?catch\s+(?:only\s+)?(?P<a>{KIND})(?:\s+only)?(?:\s+(?:instead\s+"
    rf"of|rather\s+than)\s+(?P<old>\w+(?:\s+\w+)?))?"
    rf"|(?:use\s+)?except\s+(?P<b>{KIND}):?(?:\s+(?:instead\s+of|rather\s+than)\s+.*)?"
    rf"|narrow\s+(?:it|(?:the\s+)?(?:bare\s+|broad\s+"
    rf")?(?:except|handler|Exception|catch))(?:\s+(?:clause|block))?"
    rf"\s+(?:down\s+)?to\s+(?P<c>{KIND})"
    rf"|replace\s+(?:the\s+)?(?:bare\s+)?(?:except(?:\s+Exception)?|Exception)\s+"
    rf"(?:with|by)\s+(?:except\s+)?(?P<d>{KIND}):?)",
    re.IGNORECASE,
)


def narrowed(request: Request) -> StepEdits | None:
    """*Catch OSError and TimeoutError only*: what the one handler that is quoted catches."""
    told = _NARROW.fullmatch(request.unticked)
    handler = quoted_handler(request) if told is not None else None
    if told is None or handler is None:
        return None
    kind = _kinds(told["a"] or told["b"] or told["c"] or told["d"])
    if handler.type is not None and request.source(handler.type) == kind:
        raise Abstain(f"the handler catches {kind} already", final=True)
    there = request.source(handler.type) if handler.type is not None else ""
    if there and there not in {"Exception", "BaseException"}:
        old = told["old"] or ""
        if old.strip() != there:
            return None
    if handler.type is not None:
        edit = request.file.replace(handler.type, kind)
    else:
        begin = request.file.span(handler)[0]
        edit = Edit(begin, request.file.text.index(":", begin), f"except {kind}")
    return request.step_edits(Operation.REPLACE, f"catch {kind} only", [edit], [f"except {kind}"])


HANDLERS = (raised_from, logged_in_handler, caught_around, narrowed)
