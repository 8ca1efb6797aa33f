"""Annotated fields and parameters of Python: the call that bounds them, an old default kept."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.pythonic.request import Request, alike, expression, statements
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_CALL = r"(?P<call>(?:\w+\.)?(?:Field|field|Query|Path|Body|Header|Form|Cookie)\(.*\))"
_NAME = (
    r"(?:the\s+)?(?:(?P<of>[A-Z]\w*)\.)?(?P<name>[a-z_]\w*)"
    r"(?:\s+(?:field|parameter|attribute|argument))?"
)
_CLASS = r"(?:\s+(?:of|in|on)\s+(?:the\s+)?(?P<owner>[A-Za-z]\w*)(?:\(\))?)?"
_VERBS = (
    r"(?:bound|give|set|declare|define|constrain|limit|validate|annotate|restrict|make|write|use|cap|require|check|default"
    r"|change|initiali[sz]e)"
)
_BOUNDED = (
    re.compile(
        rf"{_VERBS}\s+{_NAME}{_CLASS}(?:\s+to\s+\d+\s+\w+)?(?:\s+"
        rf"(?:with|as|to|using|by|via|through|be)|:)?\s+(?:an?\s+|the\s+default\s+)?"
        rf"{_CALL}(?:\s+(?:instead\s+of|rather\s+than)\s+(?P<old>\S+))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:use|add|put|set)\s+(?:an?\s+)?{_CALL}\s+(?:for|on|to|as\s+the\s+"
        rf"(?:default|value)\s+of)\s+{_NAME}{_CLASS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_NAME}{_CLASS}\s*(?::|=|should\s+be|must\s+be|needs)\s*(?:an?\s+"
        rf")?{_CALL}",
        re.IGNORECASE,
    ),
)
_VIA = re.compile(
    rf"(?:add|set|put|give)\s+(?P<pairs>\w+=[^\s,]+(?:(?:,\s*(?:and\s+)?|\s+and\s+"
    rf")\w+=[^\s,]+)*)\s+(?:to|on)\s+{_NAME}{_CLASS}"
    r"\s+(?:via|with|through|using|in)\s+(?:an?\s+|the\s+|its\s+"
    r")?(?P<by>Field|Query|Path|Body)(?:\(\))?",
    re.IGNORECASE,
)
_HOMES = {"Field": "pydantic", "field": "dataclasses"}


def bounded(request: Request) -> StepEdits | None:
    """*Bound volume of Flask with Field(ge=1)*: an old default stays within the call."""
    text = request.unticked
    told = next((match for one in _BOUNDED if (match := one.fullmatch(text)) is not None), None)
    code = told["call"] if told is not None else ""
    if told is None and (told := _VIA.fullmatch(text)) is not None:
        pairs = re.split(r",\s*(?:and\s+)?|\s+and\s+", told["pairs"])
        code = f"{told['by']}({', '.join(pairs)})"
    call = expression(code) if told is not None else None
    if told is None or not isinstance(call, ast.Call):
        return None
    if re.search(r"\.\.\.|…", code):
        raise Unplaced("what the `...` in the call stands for is not said", final=True)
    owner = told["of"] or told["owner"] or ""
    declared = _declared(request, told["name"], owner)
    if len(declared) != 1:
        return None
    if foreign := _foreign(request, declared[0], ast.unparse(call.func)):
        raise Abstain(foreign, final=True)
    code = quoted_as_here(request.scene, code)
    one = declared[0]
    value = one.value if isinstance(one, ast.AnnAssign) else one[1]
    at = request.file.span(one if isinstance(one, ast.AnnAssign) else one[0])[1]
    name = ast.unparse(call.func)
    modules = {name: _HOMES[name]} if name in _HOMES and "." not in name else {}
    if value is None:
        edit: Edit = insert(at, f" = {code}")
    else:
        code = _with_default(request, call, code, value, told.groupdict().get("old") or "")
        edit = request.file.replace(value, code)
    return request.step_edits(
        Operation.SET, f"declare {told['name']} with `{code}`", [edit], [code], (), modules
    )


def _foreign(request: Request, one: ast.AnnAssign | Parameter, name: str) -> str:
    """Return why a class takes no such call: a dataclass no ``Field``, a model no ``field``."""
    holder = next(
        (each for each in ast.walk(request.file.tree)
         if isinstance(each, ast.ClassDef) and any(inner is one for inner in each.body)), None,
    )  # fmt: skip
    if holder is None or name not in {"Field", "field"}:
        return ""
    text = request.file.text
    plain = any("dataclass" in ast.unparse(mark) for mark in holder.decorator_list)
    plain = (
        plain and re.search(r"(?m)^from dataclasses import|^import dataclasses", text) is not None
    )
    if plain and name == "Field":
        return f"{holder.name} is a dataclass, which takes no {name}"
    return (
        f"{holder.name} is no dataclass, and takes no {name}"
        if not plain and name == "field"
        else ""
    )


Parameter = tuple[ast.arg, ast.expr | None]


def _declared(request: Request, name: str, owner: str) -> list[ast.AnnAssign | Parameter]:
    """Return the annotated fields, else parameters, of that name in the class that is meant."""
    classes = [one for one in ast.walk(request.file.tree) if isinstance(one, ast.ClassDef)]
    if owner and any(one.name == owner for one in classes):
        classes = [one for one in classes if one.name == owner]
    else:
        quoted = [one for one in classes if _is_meant(request, one)]
        classes = quoted
    fields: list[ast.AnnAssign | Parameter] = [
        each
        for one in classes
        for each in one.body
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and each.target.id == name
    ]
    if fields:
        return fields
    return [one for home in request.homes() for one in _parameters(home) if one[0].arg == name]


def _is_meant(request: Request, node: ast.ClassDef) -> bool:
    begin, stop = request.file.span(node)
    held = [
        (first, last) for first, last in request.scene.quotes if begin <= first and last <= stop
    ]
    scopes = {
        one.field("name").text()  # type: ignore[union-attr]
        for one in request.scene.scopes
        if one.kind() == "class_definition" and one.field("name") is not None
    }
    return bool(held) if not scopes else node.name in scopes


def _parameters(home: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Parameter]:
    given = home.args
    plain = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults))
    several = [
        *zip(plain, [*defaults, *given.defaults], strict=True),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    ]
    return [(arg, value) for arg, value in several if arg.annotation is not None]


def _with_default(request: Request, call: ast.Call, code: str, value: ast.expr, old: str) -> str:
    """Return the call with the default that stands there; raise where both have one."""
    name = ast.unparse(call.func).rpartition(".")[2]
    keys = {one.arg for one in call.keywords}
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == name:
        return _merged(request, call, value)
    has = bool(call.args) or bool({"default", "default_factory"} & keys)
    if has:
        given = call.args[0] if call.args else next(
            one.value for one in call.keywords if one.arg in {"default", "default_factory"}
        )  # fmt: skip
        factory = "default_factory" in keys
        empty = isinstance(value, ast.Constant) and value.value is None
        if old and expression(old) is not None and not alike(expression(old), value):
            raise Abstain(f"the default there is {request.source(value)}", final=True)
        if alike(given, value) or factory or empty or old:
            return code
        raise Abstain(f"the default there is {request.source(value)}, and not {ast.unparse(given)}")
    if isinstance(value, ast.Call):
        raise Abstain(f"the default there is made by {ast.unparse(value.func)}", final=True)
    lead = f"{'default=' if name == 'field' else ''}{request.source(value)}"
    opened = code.index("(") + 1
    inner = code[opened:-1].strip()
    return f"{code[:opened]}{lead}{', ' if inner else ''}{code[opened:]}"


def _merged(request: Request, call: ast.Call, value: ast.Call) -> str:
    """Return a call that stands there with what the text gives it, each key once."""
    held = {one.arg: one for one in value.keywords}
    told = {one.arg: one for one in call.keywords}
    if call.args and not (value.args and alike(call.args[0], value.args[0])):
        raise Abstain("the default there is another", final=True)
    if all(key in held and alike(held[key].value, one.value) for key, one in told.items()):
        raise Abstain("it is bounded so already", final=True)
    text = request.source(value)
    base = request.file.span(value)[0]
    edits: list[tuple[int, int, str]] = []
    fresh = []
    for key, one in told.items():
        new = quoted_as_here(request.scene, ast.unparse(one.value))
        if key in held:
            begin, stop = request.file.span(held[key].value)
            edits.append((begin - base, stop - base, new))
        else:
            fresh.append(f"{key}={new}")
    for begin, stop, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[stop:]
    if not fresh:
        return text
    body = text[:-1].rstrip().rstrip(",")
    return f"{body}{'' if body.endswith('(') else ', '}{', '.join(fresh)})"


_LINE = re.compile(
    r"(?:(?:declare|make|write|define|type|change)\s+(?:it|this|the\s+field)\s+(?:as\s+|to\s+"
    r")?)?(?P<line>[a-z_]\w*\s*:\s*[^:]+)",
    re.IGNORECASE,
)


def declared_line(request: Request) -> StepEdits | None:
    """*`note: str | None = None`*: the whole declaration of the one field of that name there."""
    told = _LINE.fullmatch(request.unticked)
    code = statements(told["line"]) if told is not None else []
    if told is None or len(code) != 1 or not isinstance(code[0], ast.AnnAssign):
        return None
    new = code[0]
    name = ast.unparse(new.target)
    if isinstance(new.annotation, ast.Call):
        return None
    fields = [one for one in _declared(request, name, "") if isinstance(one, ast.AnnAssign)]
    if len(fields) != 1 or not _is_type(new.annotation):
        return None
    if alike(fields[0], new):
        raise Abstain("it is declared so already", final=True)
    if new.value is None and fields[0].value is not None:
        edits = [request.file.replace(fields[0].annotation, ast.unparse(new.annotation))]
    else:
        edits = [
            request.file.replace(fields[0], quoted_as_here(request.scene, told["line"].strip()))
        ]
    modules = {
        one.id: _HOMES[one.id]
        for one in ast.walk(new)
        if isinstance(one, ast.Name) and one.id in _HOMES
    }
    return request.step_edits(
        Operation.SET,
        f"declare `{told['line'].strip()}`",
        edits,
        [told["line"].strip()],
        (),
        modules,
    )


def _is_type(node: ast.expr) -> bool:
    """Tell whether an annotation is a type, and not a word of a sentence or a call."""
    return not any(
        isinstance(one, ast.Call | ast.Compare | ast.BoolOp) for one in ast.walk(node)
    ) and bool(
        isinstance(node, ast.Subscript | ast.BinOp)
        or re.fullmatch(
            r"(?:[\w.]+\.)?[A-Z]\w*|int|str|float|bool|bytes|list|dict|set|tuple|object",
            ast.unparse(node),
        )
    )


_OPTIONAL = re.compile(
    rf"(?:make|declare|type)\s+{_NAME}\s+optional(?:\s+(?:with\s+(?:None\s+as\s+(?:the\s+"
    rf")?default|a\s+default\s+of\s+None)|and\s+default\s+(?:it\s+)?to\s+None))"
    rf"|{_NAME.replace('P<of>', 'P<of2>').replace('P<name>', 'P<name2>')}\s+(?:should|must)\s+"
    rf"be\s+(?P<typed>[\w.\[\], |]+?)\s*=\s*None"
    rf"|(?:declare|make|type)\s+"
    rf"{_NAME.replace('P<of>', 'P<of3>').replace('P<name>', 'P<name3>')}\s+(?:as\s+|an?\s+"
    rf")?(?:optional:\s+)?(?P<typed3>[\w.\[\], |]+?)\s*=\s*None"
    rf"|(?:make\s+)?{_NAME.replace('P<of>', 'P<of5>').replace('P<name>', 'P<name5>')}\s+"
    rf"optional:\s+(?P<typed5>[\w.\[\], |]+?)\s*=\s*None"
    rf"|give\s+{_NAME.replace('P<of>', 'P<of4>').replace('P<name>', 'P<name4>')}\s+the\s+"
    rf"type\s+(?P<typed4>[\w.\[\], |]+?)\s+and\s+(?:the\s+)?default\s+None",
    re.IGNORECASE,
)


def made_optional(request: Request) -> StepEdits | None:
    """*Make note optional with None as default*: of a field that has no default."""
    told = _OPTIONAL.fullmatch(request.unticked)
    if told is None:
        return None
    groups = told.groupdict()
    name = next(groups[key] for key in ("name", "name2", "name3", "name4", "name5") if groups[key])
    typed = next(
        (groups[key] for key in ("typed", "typed3", "typed4", "typed5") if groups[key]), ""
    )
    fields = [one for one in _declared(request, name, "") if isinstance(one, ast.AnnAssign)]
    if len(fields) != 1:
        return None
    if fields[0].value is not None and not (
        isinstance(fields[0].value, ast.Constant) and fields[0].value.value is None
    ):
        raise Abstain(f"{name} has a default already", final=True)
    there = request.source(fields[0].annotation)
    if not typed:
        if re.search(r"\bNone\b|\bOptional\b", there):
            typed = there
        elif re.search(r"\bOptional\[", request.file.text):
            typed = f"Optional[{there}]"
        else:
            typed = f"{there} | None"
    elif expression(typed) is None or there not in typed:
        raise Abstain(f"{name} is {there} there", final=True)
    new = f"{name}: {typed} = None"
    return request.step_edits(
        Operation.SET, f"declare `{new}`", [request.file.replace(fields[0], new)], [new]
    )


FIELDS = (bounded, declared_line, made_optional)
