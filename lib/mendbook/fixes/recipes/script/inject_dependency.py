"""Let a class be given what it makes, or takes from its surroundings, by its constructor."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, start
from mendbook.code.functions import declarations, free_names, function_around, inside
from mendbook.code.imports import add_import, unused_imports
from mendbook.code.module_text import (
    Module,
    imported,
    imports,
    parse_text,
    specifier_for,
    uses,
)
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.constructed import handed_over, home_of, interface_of
from mendbook.fixes.constructor_parameter import (
    member_name,
    members,
    parameter_label,
    parameters,
    with_parameter,
)
from mendbook.fixes.denied import is_left_open
from mendbook.fixes.given_parameter import Given, given_parameters
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import quoted
from mendbook.model import Contract, Operation

_CLASSES = ("class_declaration", "abstract_class_declaration", "class")
_TYPED = (".ts", ".tsx", ".mts", ".cts")
_INJECTED = re.compile(
    r"\binject|\bconstructor (?:parameter|argument)|\b(?:by|via|through|to|into|in) (?:the|its)"
    r" constructor\b"
    r"|\bfrom outside\b|\bhand(?:ed)? in\b",
    re.IGNORECASE,
)
_BUILT_IN = re.compile(
    r"^(?:\(|typeof\b|number|string|boolean|Date\b|Map\b|Set\b|Record\b|Promise\b)"
)
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class _Plan:
    """A class, the parameter that it gets, and what gives way to it."""

    module: Module
    node: SgNode
    given: Given
    field: SgNode | None
    """The field that makes the dependency itself."""
    made: str
    """What the field is given: what a caller has to hand over."""
    uses: tuple[Edit, ...] = ()
    """Where the class takes the default of the parameter from its surroundings."""


def _rewrite(task: Task) -> RecipeChange | str:
    if is_left_open(task.finding.fix):
        return "the fix leaves open what is to be handed in"
    reason = "no class is named by the finding"
    for module in targets(task):
        owner = _class(task, module)
        if owner is None:
            continue
        plan = _plan(task, module, owner)
        answer = plan if isinstance(plan, str) else _change(task, plan)
        if isinstance(answer, RecipeChange):
            return answer
        reason = answer
    return reason


def _class(task: Task, module: Module) -> SgNode | None:
    """Return the class that the finding names, or in which its evidence stands."""
    for symbol in task.finding.symbols:
        for part in symbol.split("."):
            named = [one for one in declarations(module.root, part) if one.kind() in _CLASSES]
            if len(named) == 1:
                return named[0]
    spans = quoted(module.text, task.finding)
    around = [
        one for one in find_all(module.root, *_CLASSES)
        if any(start(one) <= first < end(one) for first, _ in spans)
    ]  # fmt: skip
    return around[0] if len(around) == 1 else None


def _plan(task: Task, module: Module, owner: SgNode) -> _Plan | str:
    fix, typed = task.finding.fix, module.path.endswith(_TYPED)
    if not typed:
        return "the class is not written in TypeScript"
    known = {parameter_label(one) for one in parameters(owner)}
    given = [one for one in given_parameters(fix, typed=True) if one.name not in known]
    fields = {member_name(one): one for one in members(owner, "public_field_definition")}
    if len(given) > 1:
        return "the fix writes out several parameters"
    if given:
        field = fields.get(given[0].name)
        return _with_field(module, owner, given[0], field) if field else _taken(
            module, owner, given[0])  # fmt: skip
    spans = quoted(module.text, task.finding)
    meant = [
        one for one in fields.values()
        if any(first < end(one) and start(one) < last for first, last in spans)
        and (value := one.field("value")) is not None and value.kind() == "new_expression"
    ]  # fmt: skip
    if _INJECTED.search(fix) is None:
        return "the fix does not say what the constructor is to be given"
    if len(meant) != 1:
        return "the fix writes out no parameter, and no field that is made new is quoted"
    kind = meant[0].field("value")
    label = kind.field("constructor") if kind is not None else None
    plain = Given("", member_name(meant[0]), interface_of(task, label.text() if label else ""))
    if re.search(r"\bdefault\w*\b|\boptional\b", fix) and kind is not None:
        plain = replace(plain, default=kind.text())
    return _with_field(module, owner, plain, meant[0])


def _with_field(module: Module, owner: SgNode, given: Given, field: SgNode) -> _Plan | str:
    value = field.field("value")
    if value is None:
        return f"{given.name} is given no value where it is declared"
    if any(one.kind() == "static" for one in field.children()):
        return f"{given.name} belongs to the class, and not to one object"
    marks = re.match(r"(?:(?:private|protected|public|readonly)\s+)*", field.text())
    plain = given.marks or (marks[0] if marks is not None else "")
    return _Plan(module, owner, replace(given, marks=plain or "public "), field, value.text())


def _taken(module: Module, owner: SgNode, given: Given) -> _Plan | str:
    """Return the plan where the default is what the class takes from its surroundings."""
    if not given.default:
        return f"nothing in the class gives way to {given.name}"
    if not given.marks:
        return f"whether {given.name} is kept by the class is not said"
    body = owner.field("body")
    wanted = re.sub(r"^\(\)\s*=>\s*", "", given.default)
    called = (
        wanted != given.default or "." in given.default or given.type.startswith(("(", "typeof"))
    )
    found: list[Edit] = []
    for node in find_all(owner, "call_expression", "new_expression", "identifier"):
        around = function_around(node)
        if body is None or around is None or not inside(node, body):
            continue
        edit = _use(node, wanted, given, called, whole=wanted != given.default)
        if edit is None:
            continue
        if any(one.kind() == "static" for one in _method(node)):
            return "a static method takes it, too"
        if _label_of_method(node) == "constructor":
            return "the constructor itself takes it"
        found.append(edit)
    if not found:
        return f"the class does not take {wanted}"
    return _Plan(module, owner, given, None, given.default, tuple(dict.fromkeys(found)))


def _use(node: SgNode, wanted: str, given: Given, called: bool, whole: bool) -> Edit | None:
    """Return what a use of the default becomes; None for what is none."""
    own = f"this.{given.name}"
    if whole:
        return Edit(start(node), end(node), f"{own}()") if node.text() == wanted else None
    if called:
        callee = node.field("function") if node.kind() == "call_expression" else None
        if callee is None or callee.text() != wanted:
            return None
        return Edit(start(callee), end(callee), own)
    parent = node.parent()
    owned = parent is not None and parent.kind() == "member_expression"
    if node.kind() != "identifier" or node.text() != wanted or not owned:
        return None
    return Edit(start(node), end(node), own)


def _method(node: SgNode) -> list[SgNode]:
    for outer in node.ancestors():
        if outer.kind() == "method_definition":
            return list(outer.children())
    return []


def _label_of_method(node: SgNode) -> str:
    outer = next((one for one in node.ancestors() if one.kind() == "method_definition"), None)
    return member_name(outer) if outer is not None else ""


def _change(task: Task, plan: _Plan) -> RecipeChange | str:
    module, given = plan.module, plan.given
    before = parameters(plan.node)
    if not given.default and any(
        one.kind() == "optional_parameter" or one.field("value") is not None for one in before
    ):
        return f"{given.name} would have to be given behind a parameter that may be left out"
    grown = with_parameter(module, plan.node, given, plan.field)
    if isinstance(grown, str):
        return grown
    own = [*grown, *plan.uses]
    text = _imports(task, plan, apply(module.text, own))
    if text is None:
        return f"where {given.type} is declared cannot be seen"
    changed: dict[str, str | None] = {module.path: text}
    removes = [plan.field.text()] if plan.field is not None else []
    said = f"hand `{given.name}` to the constructor of {member_name(plan.node)}"
    contracts: list[Contract] = [
        claim(module.path, module.text, own, Operation.ADD, said, [given.code], removes)
    ]
    if not given.default:
        sites = handed_over(task, module, plan.node, plan.made)
        if isinstance(sites, str):
            return sites
        for path, (after, contract) in sites.items():
            changed[path] = after
            contracts.append(contract)
    return RecipeChange(
        summary=f"Hand {given.name} to {member_name(plan.node)}",
        edits=changed,
        why="What a class is given can be another one in a test.",
        contracts=tuple(contracts),
    )


def _imports(task: Task, plan: _Plan, text: str) -> str | None:
    """Return the class's file with its imports as the new code needs them; None where unknown."""
    module = parse_text(plan.module.path, text)
    gone = _left(plan, module)
    kind = re.match(r"[A-Z][\w$]*", plan.given.type)
    name = kind[0] if kind is not None and not _BUILT_IN.match(plan.given.type) else ""
    known = not name or imported(module, name) or declarations(module.root, name)
    home = None if known else home_of(task, name)
    if not known and home is None:
        return None
    if home is None:
        return apply(text, unused_imports(module, gone))
    specifier = specifier_for(task.snapshot, module, home)
    same = [one for one in imports(module) if one.specifier == specifier]
    dying = [one for one in same if one.local in gone]
    lone = "type " if _says_type(task) else ""
    if len(dying) == 1 and dying[0].part.kind() == "import_specifier":
        alone = len(same) == 1
        new = name if alone or not lone else f"type {name}"
        edits = [Edit(start(dying[0].part), end(dying[0].part), new)]
        if alone and lone and not dying[0].type_only:
            edits.append(insert(start(dying[0].node) + len("import "), "type "))
        return apply(text, edits)
    valued = [one for one in same if one.part.kind() == "import_specifier" and not one.type_only]
    if valued:
        return apply(text, [insert(end(valued[-1].part), f", {lone}{name}")])
    return apply(text, add_import(module, name, specifier, type_only=bool(lone)))


def _left(plan: _Plan, module: Module) -> set[str]:
    """Return the names of what the field was given that the file does not use any more."""
    if plan.field is None:
        return set()
    value = plan.field.field("value")
    names = free_names(value) if value is not None else set()
    return {one for one in names if imported(module, one) and not uses(module.root, one)}


def _says_type(task: Task) -> bool:
    return any(
        re.search(r"^import type\b", task.snapshot.text(path), re.MULTILINE)
        for path in task.snapshot.files
        if path.endswith(_TYPED)
    )


_KILN = """\
import { WallClock } from './clock';

export class Kiln {
  private readonly clock = new WallClock();

  constructor(private readonly hot: number) {}

  log(heat: number): string {
    return `${this.clock.now()} ${heat > this.hot}`;
  }
}
"""
_CLOCK = """\
export interface Clock {
  now(): number;
}

export class WallClock implements Clock {
  now(): number {
    return 1;
  }
}
"""
_SHED = """\
import { Kiln } from './kiln';

export const kiln = new Kiln(900);
"""
_HANDED = asking(
    "Kiln makes its own clock",
    "Inject the clock by the constructor: private readonly clock: Clock",
    "src/kiln.ts",
    "Kiln",
)
_POND = """\
export class Pond {
  private fed = 0;

  feed(): void {
    this.fed = Date.now();
  }

  isHungry(): boolean {
    return Date.now() - this.fed > 60_000;
  }
}
"""

RECIPE = Recipe(
    name="inject-dependency",
    message="A class that makes what it needs cannot be given another one.",
    words=r"construct|inject|hand(?:ed)? in|from outside|\bDI\b",
    remedy=r"construct|inject|hand(?:ed)? in|from outside",
    rewrite=_rewrite,
    suffixes=_TYPED,
    examples=(
        Example(
            "a field that the class makes, handed over by who constructs it",
            _HANDED,
            {"src/kiln.ts": _KILN, "src/clock.ts": _CLOCK, "src/shed.ts": _SHED},
            {
                "src/kiln.ts": _KILN.replace("{ WallClock }", "{ Clock }")
                .replace("  private readonly clock = new WallClock();\n\n", "")
                .replace(
                    "constructor(private readonly hot: number) {}",
                    "constructor(\n    private readonly hot: number,\n"
                    "    private readonly clock: Clock,\n  ) {}",
                ),
                "src/shed.ts": _SHED.replace("Kiln(900)", "Kiln(900, new WallClock())").replace(
                    "'./kiln';\n", "'./kiln';\nimport { WallClock } from './clock';\n"
                ),
            },
        ),
        Example(
            "what the class takes from its surroundings becomes the default",
            asking(
                "Time cannot be set in tests",
                "Add constructor(private readonly now: () => number = Date.now) and use this.now()",
                "src/pond.ts",
                "Pond",
            ),
            {"src/pond.ts": _POND},
            {
                "src/pond.ts": _POND.replace("Date.now()", "this.now()").replace(
                    "fed = 0;\n",
                    "fed = 0;\n\n  constructor(private readonly now: () => number = Date.now) {}\n",
                )
            },
        ),
        Example(
            "a caller that gives other arguments than the class takes",
            _HANDED,
            {
                "src/kiln.ts": _KILN,
                "src/clock.ts": _CLOCK,
                "src/shed.ts": _SHED.replace("900", "900, 1"),
            },
            refuses="other arguments",
        ),
        Example(
            "a class that nobody constructs",
            _HANDED,
            {"src/kiln.ts": _KILN, "src/clock.ts": _CLOCK},
            refuses="nothing constructs Kiln",
        ),
        Example(
            "a default that the class does not take",
            asking(
                "Time cannot be set in tests",
                "Inject private readonly now: () => number = performance.now",
                "src/pond.ts",
                "Pond",
            ),
            {"src/pond.ts": _POND},
            refuses="does not take performance.now",
        ),
    ),
)
