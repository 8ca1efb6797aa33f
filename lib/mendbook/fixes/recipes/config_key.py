"""Make a hard-coded number a validated configuration key, with its line in ``.env.example``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, insert, replace, start
from mendbook.code.functions import within
from mendbook.code.imports import add_import
from mendbook.code.module_text import Module, imported, specifier_for
from mendbook.code.schemas import Config, config
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Contract, Followup, Operation

_KEY = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_NUMBER = re.compile(r"(?<![\w.])(\d[\d_,]*(?:\.\d+)?)(?![\w.])")
_ENV = ".env.example"


def _rewrite(task: Task) -> RecipeChange | str:
    if not re.search(r"\bconfig|\benv|\.env|schema", task.finding.fix, re.IGNORECASE):
        return "the fix does not ask for configuration"
    configuration = config(task.snapshot)
    if configuration is None:
        return "no configuration is parsed from process.env by a z.object"
    key = next(
        (word for word in _KEY.findall(task.finding.fix) if word not in configuration.keys), None
    )
    if key is None:
        return "the fix names no configuration key that is missing"
    for module in targets(task):
        if module.path == configuration.module.path:
            continue
        numbers = _numbers(task, module)
        if numbers:
            return _change(task, configuration, module, key, numbers)
    return f"no number that {key} could stand for is written in the code that the finding names"


def _numbers(task: Task, module: Module) -> list[SgNode]:
    """Return the literals of the value that the fix or the evidence gives."""
    nodes = [
        node
        for scope in scopes(task, module)
        for node in find_all(scope, "number")
        if not within(node, "literal_type")
    ]
    asked = re.search(rf"default(s| of| to)*\s*:?\s*{_NUMBER.pattern}", task.finding.fix)
    said = (
        {_value(asked[2])}
        if asked
        else {_value(one) for one in _NUMBER.findall(f"{task.finding.evidence} {task.finding.fix}")}
    )
    same = [node for node in nodes if _value(node.text()) in said]
    chosen = meant(same, module, task.finding)
    return chosen if len({node.text() for node in chosen}) == 1 else []


def _value(text: str) -> str:
    return re.sub(r"[_,]", "", text)


def _change(
    task: Task, configuration: Config, module: Module, key: str, numbers: list[SgNode]
) -> RecipeChange | str:
    known = imported(module, configuration.name)
    specifier = specifier_for(task.snapshot, module, configuration.module.path)
    if known is None and re.search(rf"\b{configuration.name}\b", module.text):
        return f"{module.path} has another {configuration.name}"
    number = numbers[0].text()
    edits = [replace(node, f"{configuration.name}.{key}") for node in numbers]
    texts: dict[str, str | None] = {
        module.path: apply(
            module.text, [*edits, *add_import(module, configuration.name, specifier)]
        ),
        configuration.module.path: _with_key(configuration, key, number),
    }
    example = task.snapshot.get(_ENV)
    if example is not None and not re.search(rf"^[#\s]*{key}=", example, re.MULTILINE):
        texts[_ENV] = _with_line(example, key, _value(number))
    return RecipeChange(
        summary=f"Read {key} from the configuration",
        edits=texts,
        risk=f"None while {key} is unset: the default is the old value, {number}. A test that "
        "mocks the configuration must give the key.",
        docs=(Followup(_ENV, key),),
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"read {key} from the configuration instead of writing {number}",
                [f"{configuration.name}.{key}"],
                [number],
            ),
            *_declared(task, configuration.module.path, texts, key),
        ),
    )


def _declared(task: Task, home: str, texts: dict[str, str | None], key: str) -> Iterator[Contract]:
    for path in (home, _ENV):
        old, new = task.snapshot.get(path), texts.get(path)
        if old is not None and new is not None:
            at = next(
                (n for n, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1),
                len(old),
            )
            said = f"declare {key} in {path}"
            new_line = next(line for line in new.splitlines() if key in line)
            yield claim(
                path, old, [insert(at, "")], Operation.ADD, said, [new_line] * (new_line[0] != "#")
            )


def _with_key(configuration: Config, key: str, number: str) -> str:
    beside = _beside(list(configuration.keys), key)
    pair = configuration.keys[beside]
    text = configuration.module.text
    kind = "z.coerce.number().positive()" if "." in number else "z.coerce.number().int().positive()"
    line = f"{indent(text, start(pair))}{key}: {kind}.default({number}),\n"
    comma = pair.next()
    if comma is None or comma.kind() != ",":
        whole = text[: end(pair)] + "," + text[end(pair) :]
        return apply(whole, [after_line(whole, end(pair), line)])
    return apply(text, [after_line(text, end(pair), line)])


def _beside(keys: list[str], key: str) -> str:
    """Return the key that shares most leading words with ``key``; of several, the last."""
    words = key.split("_")

    def shared(other: str) -> int:
        pairs = zip(words, other.split("_"), strict=False)
        return next((n for n, (a, b) in enumerate(pairs) if a != b), len(words))

    return max(reversed(keys), key=shared)


def _with_line(example: str, key: str, value: str) -> str:
    newline = "\r\n" if "\r\n" in example else "\n"
    lines = example.splitlines(keepends=True)
    names = {
        match[1]: index
        for index, line in enumerate(lines)
        if (match := re.match(r"[#\s]*([A-Z][A-Z0-9_]+)=", line))
    }
    commented = any(re.match(r"#\s*[A-Z][A-Z0-9_]+=", line) for line in lines)
    line = f"{'# ' if commented else ''}{key}={value}{newline}"
    beside = _beside(list(names), key) if names else ""
    related = beside and beside.split("_")[0] == key.split("_")[0]
    at = names[beside] + 1 if related else len(lines)
    before = "".join(lines[:at])
    missing = newline if before and not before.endswith("\n") else ""
    return before + missing + line + "".join(lines[at:])


_CONFIG = """\
const schema = z.object({
  PORT: z.coerce.number().default(1),
  API_URL: z.string().url(),
  API_KEY: z.string(), // secret
  LOG: z.string(),
});

export const config = schema.parse(process.env);
"""
_CLIENT = """\
import { log } from "./log.js";

export async function call() {
  const timer = setTimeout(() => stop(), 10_000);
  return fetch("/", { timer, retries: 3 });
}
"""

RECIPE = Recipe(
    name="config-key",
    message="What operators may have to turn belongs in the validated configuration.",
    words=r"hard-?coded|magic number|configurable|config(uration)? (schema|key)|env",
    remedy=r"config|\benv|setting|schema",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a time limit becomes a key beside its relatives",
            asking(
                "Timeout (10s) is hardcoded",
                "Add API_TIMEOUT_MS to config schema with default 10000",
                "src/client.ts",
                "call",
            ),
            {
                "src/config.ts": _CONFIG,
                "src/client.ts": _CLIENT,
                ".env.example": "PORT=1\nAPI_URL=http://localhost\n# LOG=info",
            },
            {
                "src/config.ts": _CONFIG.replace(
                    "// secret\n",
                    "// secret\n  API_TIMEOUT_MS: z.coerce.number().int().positive()"
                    ".default(10_000),\n",
                ),
                "src/client.ts": _CLIENT.replace("10_000", "config.API_TIMEOUT_MS").replace(
                    'log.js";\n', 'log.js";\nimport { config } from "./config.js";\n'
                ),
                ".env.example": "PORT=1\nAPI_URL=http://localhost\n# API_TIMEOUT_MS=10000\n"
                "# LOG=info",
            },
        ),
        Example(
            "a key that exists is not added again",
            asking("Timeout is hardcoded", "Add API_KEY to config", "src/client.ts", "call"),
            {"src/config.ts": _CONFIG, "src/client.ts": _CLIENT},
            refuses="no configuration key that is missing",
        ),
        Example(
            "a number that is not there is not looked for elsewhere",
            asking(
                "Timeout is hardcoded",
                "Add config API_WAIT_MS, default 500",
                "src/client.ts",
                "call",
            ),
            {"src/config.ts": _CONFIG, "src/client.ts": _CLIENT},
            refuses="no number that API_WAIT_MS could stand for",
        ),
    ),
)
