"""Classes of Python: a frozen dataclass, a base, a property."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.pythonic.request import Request, expression
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_FLAG = r"(?:frozen|slots|kw_only|order|eq|repr|slotted|immutable|keyword-only|orderable)"
_PAIR = rf"{_FLAG}\s*=\s*(?:True|False)"
_PAIRS = rf"{_PAIR}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_PAIR})*"
_CLASS = (
    r"(?:the\s+)?(?:class\s+|dataclass\s+)?"
    r"(?P<{0}>[A-Z]\w*|the\s+(?:data)?class|it|dataclass|class)"
)
_DATACLASS = (
    re.compile(
        rf"(?:make|declare|mark|turn|define)\s+{_CLASS.format('name')}\s+(?:as\s+|into\s+"
        rf")?(?:an?\s+)?(?P<flags>(?:(?:{_FLAG})(?:,\s*|\s+and\s+|\s+)?)+)"
        rf"(?:\s*dataclass)?(?:\s+with\s+(?P<more>slots))?(?:\s*\(\s*(?P<pairs>{_PAIRS})\s*\))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"freeze\s+{_CLASS.format('name')}(?:\s*\(\s*(?P<pairs>{_PAIRS})\s*"
        rf"\))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?:use|declare|decorate|write|mark)\s+)?(?:{_CLASS.format('first')}\s+"
        rf"(?:with|as|by)\s+)?@(?:dataclasses\.)?dataclass\(\s*(?P<pairs>{_PAIRS})\s*\)"
        rf"(?:\s+(?:for|on|above)\s+{_CLASS.format('name')})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:add|pass|give|set|put)\s+(?P<pairs>{_PAIRS})\s+(?:to|on|in)\s+(?:the\s+|its\s+"
        rf")?(?:@?dataclass\s+)?(?:decorator\s+)?(?:(?:of|on)\s+)?"
        rf"{_CLASS.format('name')}(?:'s\s+decorator|\s+decorator)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_CLASS.format('name')}\s+(?:should|must)\s+be\s+"
        rf"(?P<pairs>{_PAIRS})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_CLASS.format('name')}\s+(?:should|must)\s+be\s+(?:an?\s+)?(?P<flags>(?:{_FLAG}\s*"
        rf")+)(?:dataclass)?",
        re.IGNORECASE,
    ),
)
_KEYS = {"slotted": "slots", "immutable": "frozen", "keyword-only": "kw_only", "orderable": "order"}


def dataclass_flags(request: Request) -> StepEdits | None:
    """*Make Tide a frozen dataclass*: what its decorator is given beside what it has."""
    text = request.unticked
    told = next((match for one in _DATACLASS if (match := one.fullmatch(text)) is not None), None)
    if told is None:
        return None
    groups = told.groupdict()
    wanted = dict(re.findall(rf"({_FLAG})\s*=\s*(True|False)", groups.get("pairs") or ""))
    if not wanted:
        flags = [*re.findall(_FLAG, groups.get("flags") or "frozen", re.IGNORECASE)]
        flags += [groups["more"]] if groups.get("more") else []
        wanted = {one.lower(): "True" for one in flags}
    wanted = {_KEYS.get(key.lower(), key): value for key, value in wanted.items()}
    name = groups.get("name") or groups.get("first") or ""
    node = _class(request, name if re.match(r"[A-Z]", name) else "")
    mark = _decorator(node) if node is not None else None
    if node is None or mark is None:
        return None
    held = {one.arg: one.value for one in mark.keywords} if isinstance(mark, ast.Call) else {}
    if all(key in held and ast.unparse(held[key]) == value for key, value in wanted.items()):
        raise Abstain(f"{node.name} is declared so already", final=True)
    return request.step_edits(
        Operation.ADD,
        f"give the dataclass {node.name} {', '.join(f'{k}={v}' for k, v in wanted.items())}",
        _given(request, mark, held, wanted),
        [f"{key}={value}" for key, value in wanted.items() if key not in held],
    )


def _given(
    request: Request, mark: ast.expr, held: dict[str | None, ast.expr], wanted: dict[str, str]
) -> list[Edit]:
    edits = [
        request.file.replace(held[key], value)
        for key, value in wanted.items()
        if key in held and ast.unparse(held[key]) != value
    ]
    fresh = ", ".join(f"{key}={value}" for key, value in wanted.items() if key not in held)
    stop = request.file.span(mark)[1]
    if fresh and not isinstance(mark, ast.Call):
        edits.append(insert(stop, f"({fresh})"))
    elif fresh and isinstance(mark, ast.Call):
        last = mark.keywords[-1].value if mark.keywords else None
        at = request.file.span(last)[1] if last is not None else stop - 1
        edits.append(insert(at, f", {fresh}" if last is not None else fresh))
    return edits


def _class(request: Request, name: str) -> ast.ClassDef | None:
    """Return the class of that name, else the one that the finding is about."""
    classes = [one for one in ast.walk(request.file.tree) if isinstance(one, ast.ClassDef)]
    if name:
        nodes = [one for one in classes if one.name == name]
    else:
        scopes = {
            text.text()
            for one in request.scene.scopes
            if one.kind() == "class_definition" and (text := one.field("name")) is not None
        }
        nodes = [one for one in classes if one.name in scopes] or [
            one for one in classes if request.is_quoted(one)
        ]
    return nodes[0] if len(nodes) == 1 else None


def _decorator(node: ast.ClassDef) -> ast.expr | None:
    """Return the decorator of a class that makes it a dataclass."""
    for one in node.decorator_list:
        called = ast.unparse(one.func if isinstance(one, ast.Call) else one)
        if called.rpartition(".")[2] == "dataclass":
            return one
    return None


_BASE = re.compile(
    r"(?:derive|inherit)\s+(?:(?P<a>[A-Z]\w*)\s+)?from\s+(?P<base>[\w.]+)"
    r"|let\s+(?P<b>[A-Z]\w*)\s+(?:inherit|derive)\s+from\s+(?P<base2>[\w.]+)"
    r"|(?P<c>[A-Z]\w*)\s+(?:should|must)\s+(?:subclass|extend|(?:inherit|derive)\s+from|be\s+"
    r"a\s+subclass\s+of)\s+(?P<base3>[\w.]+)"
    r"|(?:make\s+)?(?P<d>[A-Z]\w*)\s+(?:a\s+)?subclass\s+(?:of\s+)?(?P<base4>[\w.]+)"
    r"|change\s+the\s+base(?:\s+class)?\s+of\s+(?P<e>[A-Z]\w*)\s+to\s+(?P<base5>[\w.]+)"
    r"|subclass\s+(?P<base6>[A-Z][\w.]*)"
    r"|class\s+(?P<f>[A-Z]\w*)\((?P<base7>[\w.]+)\):?",
)


def derived_from(request: Request) -> StepEdits | None:
    """*Derive Jam from MillError*: the base of a class that has one, or none."""
    told = _BASE.fullmatch(request.text[:1].lower() + request.text[1:].replace("`", "")
                           if not re.match(r"[A-Z]\w*\s+(?:should|must)", request.text)
                           else request.unticked)  # fmt: skip
    if told is None:
        return None
    groups = told.groupdict()
    name = next((groups[key] for key in "abcdef" if groups.get(key)), "")
    base = next(value for key, value in groups.items() if key.startswith("base") and value)
    node = _class(request, name)
    if node is None or node.name == base or not base.rpartition(".")[2][:1].isupper():
        return None
    if any(ast.unparse(one) == base for one in node.bases):
        raise Abstain(f"{node.name} derives from {base} already", final=True)
    if len(node.bases) == 1:
        edit = request.file.replace(node.bases[0], base)
    elif not node.bases and not node.keywords:
        head = re.compile(rf"class\s+{node.name}\s*(?:\(\s*\))?").search(
            request.file.text, request.file.span(node)[0]
        )
        if head is None:
            return None
        edit = Edit(head.start(), head.end(), f"class {node.name}({base})")
    else:
        raise Unplaced(f"{node.name} has several bases; which one goes is not said", final=True)
    return request.step_edits(
        Operation.REPLACE, f"derive {node.name} from {base}", [edit], [f"class {node.name}({base})"]
    )


_PROPERTY = re.compile(
    r"(?:make|turn|declare|mark)\s+(?P<a>[\w.]+)(?:\(\))?\s+(?:into\s+|as\s+)?an?\s+@?property"
    r"|(?:decorate|mark)\s+(?P<b>[\w.]+)(?:\(\))?\s+(?:with|as)\s+@property"
    r"|(?P<c>[\w.]+)(?:\(\))?\s+(?:should|must)\s+be\s+an?\s+@?property"
    r"|(?:add|put)\s+@property\s+(?:to|on|above)\s+(?P<d>[\w.]+)(?:\(\))?",
    re.IGNORECASE,
)


def made_property(request: Request) -> StepEdits | None:
    """*Make level a property*: with the calls of it, where all of them are seen."""
    told = _PROPERTY.fullmatch(request.unticked)
    home = request.home()
    if told is None or home is None:
        return None
    said = next(value for value in told.groupdict().values() if value)
    if said.rpartition(".")[2] not in {home.name, "it", "method"} or home.decorator_list:
        return None
    given = home.args
    if (
        isinstance(home, ast.AsyncFunctionDef)
        or len(given.args) != 1
        or given.kwonlyargs
        or given.vararg
    ):
        raise Abstain(f"{home.name} is called with arguments, or is async", final=True)
    pattern = re.compile(rf"\.{home.name}\b")
    for path in request.work.task.snapshot.files:
        text = request.work.task.snapshot.get(path) or ""
        if path != request.file.path and path.endswith(".py") and pattern.search(text):
            raise Abstain(
                f"{path} calls a {home.name}; whether it is this one is not certain", final=True
            )
    owner = next(
        (one for one in ast.walk(request.file.tree)
         if isinstance(one, ast.ClassDef) and any(each is home for each in one.body)), None,
    )  # fmt: skip
    if owner is None:
        return None
    edits = [insert(request.file.span(home)[0], f"@property\n{request.margin(home)}")]
    for one in ast.walk(request.file.tree):
        if not (isinstance(one, ast.Attribute) and one.attr == home.name):
            continue
        calls = [
            each for each in ast.walk(request.file.tree)
            if isinstance(each, ast.Call) and each.func is one and not each.args
        ]  # fmt: skip
        mine = (
            isinstance(one.value, ast.Name)
            and one.value.id == "self"
            and any(inner is one for inner in ast.walk(owner))
        )
        if not mine or len(calls) != 1:
            raise Abstain(f"{request.source(one)} may be another {home.name}", final=True)
        edits.append(Edit(request.file.span(one)[1], request.file.span(calls[0])[1], ""))
    return request.step_edits(Operation.ADD, f"make {home.name} a property", edits, ["@property"])


_CONFIG = re.compile(
    r"(?:[A-Za-z ]+\s+(?:with|by|via|using)\s+|(?:add|set|put)\s+)?model_config\s*=\s*"
    r"(?P<made>ConfigDict\(.*\))"
    r"(?:\s+(?:on|to|in)\s+(?:the\s+)?(?P<name>[A-Z]\w*|class|model))?"
    r"|give\s+(?P<name2>[A-Z]\w*|it|the\s+model)\s+(?:an?\s+)?(?P<made2>ConfigDict\(.*\))",
    re.IGNORECASE,
)


def configured(request: Request) -> StepEdits | None:
    """*Set model_config = ConfigDict(extra="forbid") on Order*: what a model begins with."""
    told = _CONFIG.fullmatch(request.unticked)
    if told is None:
        return None
    name = told["name"] or told["name2"] or ""
    node = _class(request, name if re.match(r"[A-Z]", name) else "")
    if node is None:
        return None
    if any("model_config" in ast.unparse(one) for one in node.body if isinstance(one, ast.Assign)):
        raise Abstain(f"{node.name} has a model_config already", final=True)
    code = f"model_config = {quoted_as_here(request.scene, told['made'] or told['made2'])}"
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        edit = insert(request.file.span(first)[1], f"\n\n{request.margin(first)}{code}")
    else:
        edit = insert(request.file.span(first)[0], f"{code}\n\n{request.margin(first)}")
    modules = {"ConfigDict": "pydantic"}
    return request.step_edits(
        Operation.ADD, f"begin {node.name} with `{code}`", [edit], [code], (), modules
    )


_MARK = re.compile(
    r"(?:(?:add|put|use)\s+|(?:cache|decorate|wrap|mark)\s+"
    r"(?:it|(?P<name>[a-z_]\w*)(?:\(\))?)\s+with\s+)?"
    r"(?P<mark>@[\w.]+(?:\(.*\))?)(?:\s+(?:on|to|above)\s+(?P<name2>[a-z_]\w*)(?:\(\))?)?",
    re.IGNORECASE,
)


def decorated(request: Request) -> StepEdits | None:
    """*@lru_cache(maxsize=64)*: right above the one function that the finding is about."""
    told = _MARK.fullmatch(request.unticked)
    home = request.home()
    if told is None or home is None:
        return None
    name, code = told["name"] or told["name2"], told["mark"]
    mark = expression(code[1:])
    if (name and name != home.name) or mark is None or home.decorator_list:
        return None
    called = ast.unparse(mark.func if isinstance(mark, ast.Call) else mark)
    if called in {"property", "staticmethod", "classmethod"} or called.endswith(".setter"):
        return None
    begin = request.file.span(home)[0]
    edit = insert(begin, f"{quoted_as_here(request.scene, code)}\n{request.margin(home)}")
    return request.step_edits(Operation.ADD, f"mark {home.name} with {code}", [edit], [code])


CLASSES = (configured, decorated, dataclass_flags, derived_from, made_property)
