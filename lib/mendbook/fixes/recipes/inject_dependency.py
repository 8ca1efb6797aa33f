"""Give a class what it imports, through its constructor."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, replace, start, step
from mendbook.code.exports import exports
from mendbook.code.functions import FUNCTIONS, class_of, declarations, parameters
from mendbook.code.imports import add_import, remove_import
from mendbook.code.module_text import (
    Import,
    Module,
    imported,
    imports,
    load,
    modules,
    parse_text,
    specifier_for,
    uses,
)
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> Change | str:
    said = f"{task.finding.problem} {task.finding.evidence} {task.finding.fix}"
    reason = "the finding names no class with a constructor that uses an import it names"
    for module in targets(task):
        for owner in _classes(task, module):
            for one in imports(module):
                named = re.search(rf"\b{re.escape(one.local)}\b", said, re.IGNORECASE)
                if named and not one.type_only and one.local[0].islower():
                    answer = _inject(task, module, owner, one)
                    if isinstance(answer, Change):
                        return answer
                    reason = answer
    return reason


def _classes(task: Task, module: Module) -> list[SgNode]:
    named = [one for name in task.finding.symbols for one in declarations(module.root, name)]
    return [one for one in named if "class" in one.kind()]


def _inject(task: Task, module: Module, owner: SgNode, given: Import) -> Change | str:
    name = given.local
    label = owner.field("name")
    places = [one for one in uses(module.root, name) if class_of(one) == owner]
    home = resolve(task.snapshot, module.path, given.specifier)
    typed = _type(task, home, name)
    made = _constructor(owner)
    if label is None or not places or home is None:
        return f"the class does not use the import {name}"
    if typed is None:
        return f"{home} exports no type for {name}"
    if made is None or name in parameters(made):
        return f"{label.text()} has no constructor to add {name} to"
    if any(not _has_this(one, owner) for one in places):
        return f"{name} is used where `this` is not the instance"
    edits = [replace(one, f"this.{name}") for one in places]
    edits.append(_parameter(module, made, f"private readonly {name}: {typed}"))
    text = apply(module.text, edits)
    after = parse_text(module.path, text)
    texts: dict[str, str | None] = {module.path: _imports(after, name, typed, given.specifier)}
    reason = _construct(task, texts, module.path, label.text(), name, home)
    if reason:
        return reason
    return Change(
        summary=f"Give {label.text()} its {name} through the constructor",
        edits=texts,
        risk="Whoever constructs it has to give one more argument; all of this repository do.",
    )


def _type(task: Task, home: str | None, name: str) -> str | None:
    module = load(task.snapshot, home) if home is not None else None
    wanted = name[0].upper() + name[1:]
    return wanted if module is not None and wanted in exports(module) else None


def _constructor(owner: SgNode) -> SgNode | None:
    for node in find_all(owner, "method_definition"):
        label = node.field("name")
        if label is not None and label.text() == "constructor" and class_of(node) == owner:
            return node if parameters(node) else None
    return None


def _has_this(node: SgNode, owner: SgNode) -> bool:
    """Tell whether ``this`` is the instance at ``node``: arrow functions in a method of it."""
    for outer in node.ancestors():
        if outer == owner:
            return False
        if outer.kind() == "method_definition":
            named = outer.field("name")
            static = any(child.kind() == "static" for child in outer.children())
            return not static and named is not None and named.text() != "constructor"
        if outer.kind() in FUNCTIONS and outer.kind() != "arrow_function":
            return False
    return False


def _parameter(module: Module, made: SgNode, text: str) -> Edit:
    listed = made.field("parameters")
    if listed is None:
        return insert(end(made), "")
    own = [one for one in listed.named_children() if one.kind() != "comment"]
    margin = re.match(r"[ \t]*", module.text[module.text.rfind("\n", 0, start(made)) + 1 :])
    outer = margin[0] if margin else ""
    inner = outer + step(module.text)
    if "\n" in listed.text():
        return insert(end(own[-1]), f",\n{inner}{text}")
    lines = "".join(f"{inner}{one.text()},\n" for one in own)
    return replace(listed, f"(\n{lines}{inner}{text},\n{outer})")


def _imports(after: Module, name: str, typed: str, specifier: str) -> str:
    """Return the text with the type imported, and the value no longer when nothing uses it."""
    known = imported(after, typed) is not None
    text = after.text if known else apply(after.text, add_import(after, typed, specifier, True))
    current = parse_text(after.path, text)
    found = imported(current, name)
    unused = found is not None and not [
        one
        for one in uses(current.root, name)
        if (above := one.parent()) is not None and above.kind() != "required_parameter"
    ]
    return apply(text, [remove_import(current, found)]) if found and unused else text


def _construct(
    task: Task, texts: dict[str, str | None], own: str, made: str, name: str, home: str
) -> str:
    """Add the argument wherever the class is constructed; return why that cannot be done."""
    for module in modules(task.snapshot.edited(texts), f"new {made}("):
        calls = [
            one
            for one in find_all(module.root, "new_expression")
            if (built := one.field("constructor")) is not None and built.text() == made
        ]
        if calls and is_test(module.path):
            return f"{module.path} constructs {made}; a test has to say what it gives"
        edits = []
        for call in calls:
            arguments = call.field("arguments")
            given = arguments.named_children() if arguments is not None else []
            if not given:
                return f"{module.path} constructs {made} without arguments"
            edits.append(insert(end(given[-1]), f", {name}"))
        known = imported(module, name)
        if known is not None and resolve(task.snapshot, module.path, known.specifier) != home:
            return f"{module.path} has another {name}"
        if calls and known is None:
            if module.path == own or re.search(rf"\b{name}\b", module.text):
                return f"{module.path} has another {name}"
            edits += add_import(module, name, specifier_for(task.snapshot, module, home))
        if calls:
            texts[module.path] = apply(module.text, edits)
    return ""


_REPO = """\
import type { Redis } from "ioredis";
import { logger } from "./logger.js";

export class Repo {
  constructor(private readonly redis: Redis) {}

  async get(id: string) {
    logger.debug({ id }, "get");
    return this.redis.get(id);
  }
}
"""
_LOGGER = "export const logger = pino();\nexport type Logger = typeof logger;\n"
_MAIN = (
    'import { logger } from "./logger.js";\nimport { Repo } from "./repo.js";\n\n'
    'export const repo = new Repo(redis);\nlogger.info("up");\n'
)
_ASKED = asking(
    "Logger imported directly instead of constructor injection",
    "Accept logger as constructor parameter",
    "src/repo.ts",
    "Repo",
)

RECIPE = Recipe(
    name="inject-dependency",
    message="What a class is given can be replaced in a test; what it imports cannot.",
    words=r"constructor (param|inject)|inject",
    rewrite=_rewrite,
    examples=(
        Example(
            "the class takes it, and whoever constructs it gives it",
            _ASKED,
            {"src/repo.ts": _REPO, "src/logger.ts": _LOGGER, "src/main.ts": _MAIN},
            {
                "src/repo.ts": """\
import type { Redis } from "ioredis";
import type { Logger } from "./logger.js";

export class Repo {
  constructor(
    private readonly redis: Redis,
    private readonly logger: Logger,
  ) {}

  async get(id: string) {
    this.logger.debug({ id }, "get");
    return this.redis.get(id);
  }
}
""",
                "src/main.ts": _MAIN.replace("new Repo(redis)", "new Repo(redis, logger)"),
            },
        ),
        Example(
            "without a type to declare it stays",
            _ASKED,
            {
                "src/repo.ts": _REPO,
                "src/logger.ts": "export const logger = pino();\n",
                "src/main.ts": _MAIN,
            },
            refuses="exports no type for logger",
        ),
        Example(
            "a function inside that has a `this` of its own keeps the import",
            _ASKED,
            {
                "src/repo.ts": _REPO.replace(
                    'logger.debug({ id }, "get");', "each(function () { logger.debug(id); });"
                ),
                "src/logger.ts": _LOGGER,
                "src/main.ts": _MAIN,
            },
            refuses="`this` is not the instance",
        ),
    ),
)
