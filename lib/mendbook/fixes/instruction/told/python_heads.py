"""Heads of Python: what a decorator, a field or a parameter is declared with."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.pythonic.fields import bounded, declared_line
from mendbook.fixes.instruction.pythonic.request import step_request
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    field,
    inside,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    add_item,
    block_start,
    quoted_as_here,
    replaced,
)
from mendbook.model import Operation

_GIVEN = r"(?P<given>⟦\d+⟧(?:(?:,\s+|,?\s+and\s+)⟦\d+⟧)*)"
_DECORATOR = re.compile(
    rf"(?:add|pass|give|set)\s+{_GIVEN}\s+(?:to|in|on)\s+(?:the\s+|its\s+)?(?P<which>⟦\d+⟧|@?[\w.]+)\s+decorator"
    rf"(?:\s+(?:of|on)\s+(?P<owner>{ITEM}))?"
    rf"|(?:add|pass|give|set)\s+(?P<given2>⟦\d+⟧(?:(?:,\s+|,?\s+and\s+)⟦\d+⟧)*)\s+(?:to|in|on)\s+"
    rf"(?:the\s+|its\s+)?decorator\s+(?:of|on)\s+(?P<owner2>{ITEM})"
    r"|(?:mark|make|declare)\s+(?:the\s+|this\s+)?(?:data)?class\s+(?:as\s+)?(?P<frozen>frozen|slotted|kw_only)",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"(?:the\s+|its\s+)?(?P<which>(?:GET|POST|PUT|PATCH|DELETE|route|⟦\d+⟧|@?[\w.]+))\s+decorator\s+(?:should|must|needs"
    r"\s+to)\s+(?:carry|have|get|be\s+given|pass)\s+" + _GIVEN,
    re.IGNORECASE,
)
_VERBS = {"get", "post", "put", "patch", "delete"}
_ROUTES = re.compile(r"@[\w.]+\.(?:get|post|put|patch|delete|head|options|route|api_route)\b")
_MARKS = {"frozen": "frozen=True", "slotted": "slots=True", "kw_only": "kw_only=True"}


def decorated_with(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `frozen=True` to the dataclass decorator*: of the class or function that is meant."""
    told = _DECORATOR.fullmatch(ask.text)
    if told is None and (carries := _CARRIES.fullmatch(ask.text)) is not None:
        return _given(work, ask, carries["which"], carries["given"])
    if told is None:
        return None
    scene = work.scene
    if told["frozen"]:
        which, pairs = "dataclass", [_MARKS[told["frozen"].lower()]]
    else:
        which = ask.code(told["which"] or "").lstrip("@")
        listed_pairs = told["given"] or told["given2"]
        pairs = [ask.code(one) for one in re.findall(r"⟦\d+⟧", listed_pairs)]
    owner = ask.called(told["owner"] or told["owner2"] or "")
    if not all(re.fullmatch(r"\w+\s*=\s*[^=].*", one, re.DOTALL) for one in pairs):
        return None
    decorators = [
        one
        for one in of_kinds(scene.root, ("decorator",))
        if _is_called(one, which) and (_owner(one) == owner if owner else _is_meant(scene, one))
    ]
    if len(decorators) != 1 and owner:
        raise Abstain(f"{owner} has no one such decorator", final=True)
    if len(decorators) != 1:
        return None
    made_of = decorators[0].named_children()[0]
    listed = made_of.field("arguments") if made_of.kind() == "call" else None
    keys = [one.split("=")[0].strip() for one in pairs]
    if any(re.search(rf"\b{key}\s*=", decorators[0].text()) for key in keys):
        raise Abstain(f"the decorator is given {keys[0]} already")
    text = quoted_as_here(scene, ", ".join(pairs))
    if listed is None:
        edit = insert(end(made_of), f"({text})")
    else:
        inner = listed.named_children()
        at = end(inner[-1]) if inner else start(listed) + 1
        if inner and "\n" in listed.text():
            raise Abstain("the decorator is written over several lines")
        edit = insert(at, f", {text}" if inner else text)
    return step_edits(
        scene, Operation.ADD, f"give {which or 'the decorator'} `{text}`", [edit], pairs
    )


def _given(work: Work, ask: Ask, which: str, given: str) -> StepEdits | None:
    """Return the pairs given to the one decorator of that name, or of that kind of request."""
    scene, word = work.scene, ask.code(which).lstrip("@").lower()
    pairs = [ask.code(one) for one in re.findall(r"⟦\d+⟧", given)]
    decorators = [
        one
        for one in of_kinds(scene.root, ("decorator",))
        if (
            re.match(rf"@[\w.]+\.{word}\(", one.text()) is not None
            if word in _VERBS
            else _is_called(one, word)
        )
        and _is_meant(scene, one)
    ]
    call = decorators[0].named_children()[0] if len(decorators) == 1 else None
    listed = call.field("arguments") if call is not None else None
    if listed is None or not all(re.fullmatch(r"\w+\s*=\s*[^=].*", one, re.S) for one in pairs):
        return None
    keys = [one.split("=")[0].strip() for one in pairs]
    if any(re.search(rf"\b{key}\s*=", listed.text()) for key in keys):
        raise Abstain(f"the decorator is given {keys[0]} already")
    text = quoted_as_here(scene, ", ".join(pairs))
    return step_edits(
        scene, Operation.ADD, f"give the decorator `{text}`", [add_item(scene, listed, text)], pairs
    )


_AS = rf"{ITEM}\s+as\s+⟦\d+⟧"
_DECLARED_AS = re.compile(
    rf"(?:declare|define|write)\s+(?P<all>{_AS}(?:(?:,\s+|,?\s+and\s+){_AS})*)", re.I
)


def declared_as(work: Work, ask: Ask) -> StepEdits | None:
    """*Declare `limit` as `Query(50, le=200)`*: the default of a parameter or of a field."""
    told = _DECLARED_AS.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    edits, adds = [], []
    for one in re.findall(rf"({ITEM})\s+as\s+(⟦\d+⟧)", told["all"]):
        name, code = ask.code(one[0]), quoted_as_here(scene, ask.code(one[1]))
        nodes = _named(scene, name)
        if len(nodes) != 1:
            return None
        value, typed = field(nodes[0], "value", "right"), nodes[0].field("type")
        shown = re.fullmatch(
            r"(?P<type>[\w.\[\] |]+?)\s*=\s*(?P<made>[\w.]+\(.*\))", code, re.DOTALL
        )
        made_by = re.fullmatch(r"([\w.]+)\(.*\)", shown["made"] if shown else code, re.DOTALL)
        if made_by is None or typed is None:
            return None
        if shown is not None and squeezed(shown["type"]) != squeezed(typed.text()):
            raise Abstain(f"{name} is {typed.text()} there")
        new = shown["made"] if shown else code
        if value is None and shown is None:
            raise Abstain(f"{name} has no default there")
        if value is not None and not value.text().startswith(f"{made_by[1]}("):
            raise Abstain(f"the default of {name} is {value.text()}")
        edits.append(
            replaced(value, new) if value is not None else insert(end(nodes[0]), f" = {new}")
        )
        adds.append(new)
    return step_edits(scene, Operation.REPLACE, f"declare {', '.join(adds)}", edits, adds)


def _named(scene: Scene, name: str) -> list[SgNode]:
    """Return the typed parameters and fields of that name in what the finding is about."""
    kinds = ("typed_default_parameter", "typed_parameter", "assignment")
    nodes = [
        one
        for one in of_kinds(scene.root, kinds)
        if (parameter_name(one) if "parameter" in one.kind() else text_of(one.field("left")))
        == name
        and one.field("type") is not None
    ]
    meant = [one for one in nodes if any(inside(one, scope) for scope in scene.scopes)]
    return meant or nodes


def _owner(one: SgNode) -> str:
    """Return what a decorator stands above, by its name."""
    holder = one.parent()
    inner = holder.field("definition") if holder is not None else None
    return text_of(inner.field("name")) if inner is not None else ""


def _is_called(one: SgNode, which: str) -> bool:
    if not which:
        return True
    if which.lower() in {"route", "router", "endpoint"}:
        return _ROUTES.match(one.text()) is not None
    name = re.match(r"@([\w.]+)", one.text())
    return name is not None and (name[1] == which or name[1].endswith(f".{which}"))


def _is_meant(scene: Scene, one: SgNode) -> bool:
    holder = one.parent()
    if holder is None:
        return False
    if touches_quote(scene, holder) and not scene.scopes:
        return True
    return any(start(holder) <= start(scope) <= end(holder) for scope in scene.scopes)


_OPTIONAL = re.compile(
    rf"make\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+field)?\s+optional\s*[(:]\s*(?P<typed>⟦\d+⟧)\)?",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"(?P<what>⟦\d+⟧)\s+(?:to|on|for)\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+field)?", re.IGNORECASE
)
_BOUNDS = re.compile(
    r"(?:ge|gt|le|lt|min_length|max_length|pattern|regex|multiple_of|min_items|max_items|description"
    r"|examples|alias|strict|decimal_places|max_digits)\s*=\s*[^=].*",
    re.DOTALL,
)


def optional_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Make `note` optional: `str | None = None`*: the field of the class, declared anew."""
    told = _OPTIONAL.fullmatch(ask.text)
    if told is None:
        return None
    name, typed = ask.code(told["name"]), ask.code(told["typed"])
    one = _declared(work.scene, name)
    if one is None or not re.search(r"=\s*None$", typed):
        return None
    if text_of(field(one, "right")).startswith("Field("):
        raise Abstain(f"what {name} is bounded by would go")
    rest = typed.partition(":")[2].strip() if typed.startswith(f"{name}:") else typed
    return _anew(work.scene, one, f"{name}: {rest}")


def declared_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Declare it as `weight: int = Field(gt=0)`*: as where it is the whole of a fix text."""
    request = step_request(work, ask.unticked)
    return (bounded(request) or declared_line(request)) if request is not None else None


def _anew(scene: Scene, one: SgNode, code: str) -> StepEdits:
    if squeezed(one.text()) == squeezed(code):
        raise Abstain("it already reads so")
    gone = [] if one.text() in code else [one.text()]
    return step_edits(
        scene, Operation.REPLACE, f"declare `{code}`", [replaced(one, code)], [code], gone
    )


def _declared(scene: Scene, name: str) -> SgNode | None:
    """Return the one annotated field of that name in the class that is meant."""
    fields = [
        one
        for one in of_kinds(scene.root, ("assignment",))
        if text_of(one.field("left")) == name
        and one.field("type") is not None
        and any(each.kind() == "class_definition" for each in one.ancestors()[1:4])
        and (
            any(start(scope) <= start(one) <= end(scope) for scope in scene.scopes)
            or (not scene.scopes and touches_quote(scene, one))
        )
    ]
    return fields[0] if len(fields) == 1 else None


def bounded_fields(work: Work, ask: Ask) -> StepEdits | None:
    """*Set `max_length=200` on `note` and `ge=1` on `count`*: bounds of fields of a model."""
    verb = re.match(r"(?:add|set|put)\s+", ask.text, re.IGNORECASE)
    parts = re.split(r",?\s+and\s+(?=⟦)", ask.text[verb.end() :]) if verb is not None else []
    told = [_EACH.fullmatch(one) for one in parts]
    if not told or not all(told) or "pydantic" not in work.scene.text:
        return None
    scene = work.scene
    edits: list[Edit] = []
    adds = []
    for one in told:
        given, name = (ask.code(one["what"]), ask.code(one["name"])) if one else ("", "")
        node = _declared(scene, name)
        if node is None or _BOUNDS.fullmatch(given) is None:
            return None
        value = field(node, "right")
        text = quoted_as_here(scene, given)
        if value is None:
            edits.append(insert(end(node), f" = Field({text})"))
        elif re.match(r"Field\(", value.text()) and "\n" not in value.text():
            if re.search(rf"\b{given.split('=')[0].strip()}\s*=", value.text()):
                raise Abstain(f"{name} has that bound already")
            inside = value.text()[len("Field(") : -1].strip()
            edits.append(insert(end(value) - 1, f", {text}" if inside else text))
        else:
            raise Abstain(f"how the default of {name} is to be kept is not said")
        adds.append(text)
    modules = {"Field": "pydantic"}
    return step_edits(
        scene, Operation.ADD, f"bound with {', '.join(adds)}", edits, adds, (), modules
    )


_CONFIG = re.compile(
    r"(?:[\w ]+:\s+|(?:add|set|put)\s+)?(?P<code>⟦\d+⟧)"
    r"(?:\s+(?:to|on|in)\s+the\s+(?:class|model)(?:\s+body)?)?",
    re.IGNORECASE,
)


def configured_model(work: Work, ask: Ask) -> StepEdits | None:
    """*Forbid extra fields: `model_config = ConfigDict(…)`*: what a class begins with."""
    told = _CONFIG.fullmatch(ask.text)
    code = ask.code(told["code"]) if told is not None else ""
    if not re.fullmatch(r"(?:model_config|__slots__)\s*=\s*\S.*", code, re.DOTALL):
        return None
    scene = work.scene
    classes = [one for one in scene.scopes if one.kind() == "class_definition"]
    body = body_of(classes[0]) if len(classes) == 1 else None
    if body is None or re.search(rf"^\s*{code.split('=')[0].strip()}\s*=", body.text(), re.M):
        return None
    edit = block_start(scene, body, quoted_as_here(scene, code))
    gap = Edit(edit.start, edit.end, edit.text + "\n")
    return step_edits(scene, Operation.ADD, f"begin the class with `{code}`", [gap], [code])


_TYPED = re.compile(
    rf"(?:make|type|annotate|declare)\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+(?:parameter|argument))?\s+"
    r"(?:(?:as\s+)?an?|as)\s+(?P<type>⟦\d+⟧|int|str|float|bool|bytes)",
    re.IGNORECASE,
)


def retyped_parameter(work: Work, ask: Ask) -> StepEdits | None:
    """*Make `slot_id` an `int`*: the annotation of a parameter of the function that is meant."""
    told = _TYPED.fullmatch(ask.text)
    if told is None:
        return None
    name, typed = ask.code(told["name"]), ask.code(told["type"])
    if not re.fullmatch(r"[\w.\[\], |]+", typed):
        return None
    homes = around(work.scene)
    nodes = [one for home in homes for one in parameters(home) if parameter_name(one) == name]
    old = nodes[0].field("type") if len(nodes) == 1 and len(homes) == 1 else None
    if old is None:
        return None
    if squeezed(old.text()) == squeezed(typed):
        raise Abstain(f"{name} is {typed} already")
    said = f"type {name} as `{typed}`"
    return step_edits(
        work.scene, Operation.REPLACE, said, [replaced(old, typed)], [f"{name}: {typed}"], []
    )


_BEGIN = re.compile(
    r"(?:start|begin|initiali[sz]e(?:\s+it)?)\s+(?:from|with|at|the\s+sum\s+(?:with|from))\s+(?P<new>⟦\d+⟧)\s+"
    r"(?:instead\s+of|rather\s+than|not)\s+(?:from\s+|with\s+|at\s+)?(?P<old>⟦\d+⟧)",
    re.IGNORECASE,
)


def begun_with(work: Work, ask: Ask) -> StepEdits | None:
    """*Start from `Decimal("0")` instead of `0.0`*: the first value that is quoted."""
    told = _BEGIN.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    new, old = ask.code(told["new"]), ask.code(told["old"])
    values = [
        value
        for one in of_kinds(scene.root, ("assignment",))
        if touches_quote(scene, one)
        and (value := field(one, "right")) is not None
        and squeezed(value.text()) == squeezed(old)
    ]
    if len(values) != 1:
        return None
    text = quoted_as_here(scene, new)
    said = f"start with `{new}` and not with `{old}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(values[0], text)], [text], [])


PYTHON_HEADS = (
    declared_as,
    decorated_with,
    optional_field,
    bounded_fields,
    declared_field,
    configured_model,
    retyped_parameter,
    begun_with,
)
