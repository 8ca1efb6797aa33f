"""Give two copies of one function a home that both import."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import apply, remove
from mendbook.code.exports import exports
from mendbook.code.functions import FUNCTIONS, free_names, local_names
from mendbook.code.imports import add_import, is_commonjs, quote, required, semicolon
from mendbook.code.module_text import Module, imports, load, parse_text, specifier_for
from mendbook.code.trees import is_source
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import files
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation

_COUNTS = {"both": 2, "two": 2, "three": 3}
_COUNT = re.compile(r"(?i)\b(both|two|three)\s+(?:component|file|module|page|route|place|cop)")
_PATH = re.compile(r"[\w@./-]+\.[cm]?[jt]sx?\b")


def _rewrite(task: Task) -> RecipeChange | str:
    finding = task.finding
    said = f"{finding.fix} {finding.problem}"
    named = list(dict.fromkeys(_PATH.findall(finding.fix)))
    homes = [
        path for path in named if path not in task.snapshot and is_source(path) and "/" in path
        and not any(one.endswith(f"/{path}") for one in task.snapshot.files)
    ]  # fmt: skip
    if len(homes) > 1:
        return "the fix does not name one new file that the copies are to move to"
    names = [
        *(symbol.rpartition(".")[2] for symbol in finding.symbols),
        *re.findall(r"\b[a-z$_][\w$]*\b", said),
    ]
    for name in dict.fromkeys(names):
        copies = [
            (module, node)
            for path in task.snapshot.files
            if is_source(path)
            and re.search(rf"\b(?:function|const) {name}\b", task.snapshot.text(path))
            if (module := load(task.snapshot, path)) is not None
            for node in _functions(module, name)
        ]
        shared = [] if homes else [one for one in copies if _is_named(one[0].path, named)
                                   and _exports(one[0], name)]  # fmt: skip
        copies = _meant(task, named, [one for one in copies if one not in shared])
        if len(copies) > 1 or (shared and copies):
            told = _COUNT.search(finding.fix)
            if told is not None and _COUNTS[told[1].lower()] != len(copies):
                return f"{name} is declared in {len(copies)} files"
            if homes:
                return _extract(task, homes[0], name, copies)
            if len(shared) == 1:
                return _share(task, shared[0], name, copies)
    if not homes:
        return "the fix does not name one new file that the copies are to move to"
    return "no function that the finding names is declared in two files"


def _exports(module: Module, name: str) -> bool:
    """Tell whether a module hands out ``name``, by ``export`` or by ``module.exports``."""
    spelled = rf"module\.exports\s*=\s*\{{[^}}]*(?<![\w$]){name}(?![\w$:])|exports\.{name}\s*="
    return name in exports(module) or re.search(spelled, module.text) is not None


def _is_named(path: str, named: Sequence[str]) -> bool:
    return any(path == one or path.endswith(f"/{one.lstrip('./')}") for one in named)


def _meant(
    task: Task, named: Sequence[str], copies: list[tuple[Module, SgNode]]
) -> list[tuple[Module, SgNode]]:
    """Return the copies of the files that a text names beside the finding's own; all without."""
    said = [one for one in copies if _is_named(one[0].path, named)]
    own = [one for one in copies if one[0].path in files(task)]
    return [one for one in copies if one in said or one in own] if said else copies


def _share(
    task: Task, shared: tuple[Module, SgNode], name: str, copies: list[tuple[Module, SgNode]]
) -> RecipeChange | str:
    """Take the copies away of a function that a module of the tree exports already."""
    home, original = shared
    wanted = _plain(home, original)
    for module, copy in copies:
        if _plain(module, copy) != wanted:
            return f"{name} of {module.path} does something else than that of {home.path}"
        if copy.kind() == "export_statement":
            return f"{name} is exported by {module.path}, so others may import it from there"
    return _imported_instead(task, name, copies, home.path, {}, [])


def _plain(module: Module, node: SgNode) -> str:
    """Return a function as it is compared: no layout, no export, constants by their values."""
    text = re.sub(r"^export\s+(?:default\s+)?", "", node.text()).replace('"', "'")
    for name in sorted(free_names(node) - local_names(node)):
        declared = re.search(
            rf"^(?:export\s+)?const {re.escape(name)}(?:\s*:[^=]+)?\s*=\s*"
            r"(\{[^{}]*\}|\[[^\[\]]*\]|'[^'\n]*'|\"[^\"\n]*\"|[\d_.]+)(?:\s+as\s+const)?;?$",
            module.text,
            re.MULTILINE,
        )
        if declared is not None:
            parts = re.split(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", text)
            text = str(declared[1]).replace('"', "'").join(parts)
    return re.sub(r",(?=[)\]}])", "", re.sub(r"\s+", "", text).replace(";", ""))


def _imported_instead(
    task: Task,
    name: str,
    copies: list[tuple[Module, SgNode]],
    home: str,
    edits: dict[str, str | None],
    contracts: list[Contract],
) -> RecipeChange:
    """Return the change that takes the copies away and imports their home, beside ``edits``."""
    edits, contracts = dict(edits), list(contracts)
    for one, copy in copies:
        edits[one.path] = _without(task, one, copy, name, home)
        cut = remove(one.text, copy)
        said = f"import `{name}` from {home} instead of declaring it"
        regions = [cut, *add_import(one, name, _specifier(task, one, home))]
        contracts.append(
            claim(one.path, one.text, regions, Operation.REMOVE, said, [], [copy.text()])
        )
    where = ", ".join(one.path for one, _ in copies)
    return RecipeChange(
        summary=f"Keep {name} once, in {home}",
        edits=edits,
        risk=f"A change of {name} now reaches {where} together.",
        contracts=tuple(contracts),
    )


def _functions(module: Module, name: str) -> list[SgNode]:
    """Return the top-level declarations of functions called ``name``, arrow functions too."""
    functions = []
    for node in module.root.children():
        declared = node.field("declaration") or node
        bound = [one for one in declared.named_children() if one.kind() == "variable_declarator"]
        value = bound[0].field("value") if len(bound) == 1 else None
        held = value is not None and value.kind() in FUNCTIONS
        label = bound[0].field("name") if held else declared.field("name")
        is_function = held or declared.kind() in FUNCTIONS
        if is_function and label is not None and label.text() == name:
            functions.append(node)
    return functions


def _extract(
    task: Task, home: str, name: str, copies: list[tuple[Module, SgNode]]
) -> RecipeChange | str:
    texts = {re.sub(r"\s+", " ", node.text()) for _, node in copies}
    if len(texts) > 1:
        return f"the copies of {name} are not the same"
    module, node = copies[0]
    if node.kind() == "export_statement":
        return f"{name} is exported, so others may import it from where it is"
    outer = free_names(node) - local_names(node) - {name}
    own = {one.local for one in imports(module)} | {*required(module)} | _top_level(module)
    if needed := sorted(outer & own):
        return f"{name} uses {', '.join(needed)} of its file"
    kinds = {is_commonjs(one) for one, _ in copies}
    if len(kinds) > 1:
        return "one of the files requires and the other imports"
    edits: dict[str, str | None] = {home: _home(module, node, name, kinds.pop())}
    kept = Contract(Operation.EXTRACT, home, f"keep `{name}` in {home}", adds=(node.text(),))
    return _imported_instead(task, name, copies, home, edits, [kept])


def _top_level(module: Module) -> set[str]:
    names = set()
    for node in module.root.children():
        declared = node.field("declaration") or node
        for one in [declared, *declared.children()]:
            label = one.field("name")
            names |= {label.text()} if label is not None else set()
    return names


def _home(module: Module, node: SgNode, name: str, commonjs: bool) -> str:
    text = node.text().replace("\r\n", "\n")
    if not commonjs:
        return f"export {text}\n"
    mark, stop = quote(module), semicolon(module)
    strict = (
        f"{mark}use strict{mark}{stop}\n\n" if re.search(r"^['\"]use strict", module.text) else ""
    )
    return f"{strict}{text}\n\nmodule.exports = {{ {name} }}{stop}\n"


def _without(task: Task, module: Module, copy: SgNode, name: str, home: str) -> str:
    text = apply(module.text, [remove(module.text, copy)])
    after = parse_text(module.path, text)
    return apply(text, add_import(after, name, _specifier(task, module, home)))


def _specifier(task: Task, module: Module, home: str) -> str:
    """Return how ``module`` spells ``home``; a module that requires leaves the suffix away."""
    if not is_commonjs(module):
        return specifier_for(task.snapshot, module, home)
    relative = posixpath.relpath(home, posixpath.dirname(module.path) or ".")
    dotted = relative if relative.startswith(".") else f"./{relative}"
    suffixed = any(one.endswith((".js", ".cjs")) for one in required(module).values())
    return dotted if suffixed else re.sub(r"\.c?js$", "", dotted)


_COPY = "function clamp(n) {\n  return Math.min(9, Math.max(0, n));\n}\n"
_ONE = (
    "'use strict';\n\nconst fs = require('fs');\n\n"
    + _COPY
    + "\nmodule.exports = (n) => clamp(n);\n"
)
_TWO = "'use strict';\n\n" + _COPY + "\nexports.two = () => clamp(2);\n"
_TS_COPY = "function initials(name: string): string {\n  return name.slice(0, 2);\n}\n"
_ARROW = "const initials = (name: string) => name.slice(0, 2);\n\n"
_CARD = (
    'import { ink } from "./ink";\n\n' + _TS_COPY + "\nexport const card = (n: string) => "
    "ink(initials(n));\n"
)
_BADGE = _TS_COPY + "\nexport const badge = (n: string) => initials(n);\n"

RECIPE = Recipe(
    name="extract-duplicate",
    message="Two copies of one function drift apart.",
    words=(
        r"duplicat|cop(y|ies|ied)\b|\bDRY\b|same (function|helper)|repeated"
        r"|\b(both|two|each|all)\s+(component|file|module|page|route|handler|place|caller)"
        r"|\bnamed export\b|\bimport(s|ed)?\s+it\b|\bshared?\b|\bonce in\b"
        r"|\bimported (by|in|from)\b|\btwice\b|\bhome\b|\blocal(ly)?\b|\bre-?declare"
        r"|\b(move|extract|drop|delete|remove|put|pull)\b[^.]*[\w-]\.[cm]?[jt]sx?\b"
    ),
    remedy=(
        r"extract|move|shar|helper|util|import|common|single|one place|reus|dedup|once|export|both"
        r"|\brequire|\bhome\b|delete|drop|remove"
    ),
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "files that require",
            asking("clamp is duplicated", "Extract clamp to lib/math.js", "lib/one.js", "clamp"),
            {"lib/one.js": _ONE, "lib/two.js": _TWO},
            {
                "lib/math.js": f"'use strict';\n\n{_COPY}\nmodule.exports = {{ clamp }};\n",
                "lib/one.js": _ONE.replace(_COPY + "\n", "").replace(
                    "require('fs');\n", "require('fs');\nconst { clamp } = require('./math');\n"
                ),
                "lib/two.js": "'use strict';\n\nconst { clamp } = require('./math');\n\n"
                "exports.two = () => clamp(2);\n",
            },
        ),
        Example(
            "files that import",
            asking(
                "initials is copied in card.ts and badge.ts",
                "Move initials to src/text/initials.ts and import it",
                "src/card.ts",
                "initials",
            ),
            {"src/card.ts": _CARD, "src/badge.ts": _BADGE},
            {
                "src/text/initials.ts": f"export {_TS_COPY}",
                "src/card.ts": 'import { ink } from "./ink";\n'
                'import { initials } from "./text/initials";\n\n'
                "export const card = (n: string) => ink(initials(n));\n",
                "src/badge.ts": 'import { initials } from "./text/initials";\n\n'
                "export const badge = (n: string) => initials(n);\n",
            },
        ),
        Example(
            "arrow functions, in the files that the text counts",
            asking(
                "initials stands in two places",
                "Put initials in src/text/initials.ts and use it from both files",
                "src/card.ts",
            ),
            {
                "src/card.ts": f"{_ARROW}export const card = initials;\n",
                "src/badge.ts": f"{_ARROW}export const badge = initials;\n",
            },
            {
                "src/text/initials.ts": f"export {_ARROW.strip()}\n",
                "src/card.ts": 'import { initials } from "./text/initials.js";\n\n'
                "export const card = initials;\n",
                "src/badge.ts": 'import { initials } from "./text/initials.js";\n\n'
                "export const badge = initials;\n",
            },
        ),
        Example(
            "more copies than the text counts",
            asking(
                "initials stands in two places",
                "Put initials in src/text/initials.ts and use it from both files",
                "src/card.ts",
            ),
            {
                f"src/{name}.ts": f"{_ARROW}export const {name} = initials;\n"
                for name in ("card", "badge", "label")
            },
            refuses="declared in 3 files",
        ),
        Example(
            "copies that differ stay",
            asking("clamp is duplicated", "Extract clamp to lib/math.js", "lib/one.js", "clamp"),
            {"lib/one.js": _ONE, "lib/two.js": _TWO.replace("9", "8")},
            refuses="are not the same",
        ),
        Example(
            "a function that needs its file stays",
            asking("clamp is duplicated", "Extract clamp to lib/math.js", "lib/one.js", "clamp"),
            {
                "lib/one.js": _ONE.replace("0, n", "fs, n"),
                "lib/two.js": _TWO.replace("0, n", "fs, n"),
            },
            refuses="clamp uses fs of its file",
        ),
    ),
)
