"""Write the test cases that a fix text gives by example: a call, and what must come of it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from mendbook.code.edits import apply
from mendbook.code.exports import exports
from mendbook.code.imports import add_import, is_commonjs, quote, semicolon
from mendbook.code.module_text import load, parse_text, specifier_for
from mendbook.code.python_source import import_module, import_name, load_python, parse_python
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import layout_of
from mendbook.code.trees import is_source
from mendbook.fixes.expectations import Expectation, examples_of
from mendbook.fixes.instruction.names.python_imports import module_name
from mendbook.fixes.reach import files
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.written_tests import (
    VITEST,
    Runner,
    Unit,
    literal_of,
    pytest_runner,
    script_runner,
)
from mendbook.model import Contract, Operation
from mendbook.text.squeezed import flatten


def _rewrite(task: Task) -> RecipeChange | str:
    told = examples_of(task.finding.fix)
    if not told.told:
        return "the fix gives no call with what must come of it"
    names = {one.name for one in told.told}
    if len(names) > 1:
        return f"the examples are of several functions: {', '.join(sorted(names))}"
    name = names.pop()
    units = [path for path in files(task) if path in task.snapshot and not is_test(path)]
    for path in units:
        if path.endswith(".py"):
            answer = _python(task, path, name, told.told)
        else:
            answer = _script(task, path, name, told.told) if is_source(path) else ""
        if isinstance(answer, RecipeChange):
            left = (told.rest,) if re.search(r"\w", told.rest) else ()
            first, *rest = answer.contracts
            return replace(answer, contracts=(replace(first, open=left), *rest))
        if answer:
            return answer
    return f"{name} is not declared for others in the files of the finding"


def _values(told: Sequence[Expectation], language: str) -> tuple[Expectation, ...] | str:
    """Return the examples with their values as the language writes them, or what is none."""
    tests = []
    for one in told:
        listed = f"[{one.given}]"
        if not literal_of(listed, language):
            return f"`{one.call}` is given more than plain values"
        value = one.value if one.error else literal_of(one.value, language)
        if not one.error and not value:
            return f"`{one.value}` is no plain value"
        tests.append(replace(one, value=value))
    return tuple(tests)


def _script(task: Task, path: str, name: str, told: Sequence[Expectation]) -> RecipeChange | str:
    module = load(task.snapshot, path)
    node = exports(module).get(name) if module is not None else None
    if module is None or node is None:
        return ""
    runner = script_runner(_packages(task, path))
    if runner is None:
        return "no runner of tests is named by a package.json of this repository"
    if is_commonjs(module):
        return f"{path} is CommonJS, and its tests are not written here"
    cases = _values(told, "script")
    if isinstance(cases, str):
        return cases
    test = layout_of(task.snapshot).test_file(path, task.facts.tests)
    before = task.snapshot.get(test)
    current = parse_text(test, before if before is not None else _beside(task, test))
    unit = Unit(
        name,
        specifier_for(task.snapshot, current, path),
        is_async=re.match(r"(?:export\s+)?(?:default\s+)?async\b", node.text()) is not None,
        mark=quote(module),
        stop=semicolon(module),
    )
    body = runner.write(unit, cases)
    if before is None:
        head = [runner.imports.format(mark=unit.mark, stop=unit.stop)] if runner.imports else []
        own = f"import {{ {name} }} from {unit.mark}{unit.source}{unit.mark}{unit.stop}"
        text = "\n\n".join(["\n".join([*head, own]) if head else own, body])
    else:
        if (lacks := _lacks(runner, before)) is not None:
            return f"{test} does not import `{lacks}`, which the cases call"
        text = apply(before, add_import(current, name, unit.source))
        text = _below(text, f"\n{body}")
    return _change(test, name, cases, text, before or "")


def _lacks(runner: Runner, text: str) -> str | None:
    """Return what the cases of ``runner`` call and an existing test does not bring; else None."""
    if not runner.imports:
        return None
    called = ("describe", "expect", "it") if runner is VITEST else ("describe", "assert", "it")
    is_global = not re.search(r"from\s+['\"](?:vitest|node:test)['\"]", text)
    if runner is VITEST and is_global:
        return None
    return next((one for one in called if not re.search(rf"\b{one}\b", text)), None)


def _beside(task: Task, test: str) -> str:
    """Return the text of a test that the repository has: new ones spell their imports like it."""
    layout = layout_of(task.snapshot)
    others = [one for one in task.snapshot.files if one != test and layout.is_run(one)]
    suffix = PurePosixPath(test).suffix
    near = [one for one in others if one.endswith(suffix)]
    return task.snapshot.text(near[0]) if near else ""


def _packages(task: Task, path: str) -> list[dict[str, object]]:
    packages = []
    for folder in PurePosixPath(path).parents:
        text = task.snapshot.get(str(folder / "package.json"))
        if text is None:
            continue
        try:
            value = json.loads(text)
        except ValueError:
            continue
        packages += [value] if isinstance(value, dict) else []
    return packages


def _python(task: Task, path: str, name: str, told: Sequence[Expectation]) -> RecipeChange | str:
    file = load_python(task.snapshot, path)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    held = [one for one in file.tree.body if isinstance(one, kinds)] if file is not None else []
    node = next((one for one in held if one.name == name), None)
    if node is None:
        return ""
    runner = pytest_runner(task.snapshot)
    if runner is None:
        return "no file of this repository says that its tests are run by pytest"
    cases = _values(told, "python")
    if isinstance(cases, str):
        return cases
    own = {"ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError"}
    raised = {one.error for one in cases if one.error} - own
    stem = PurePosixPath(path).stem
    beside = [one for one in task.snapshot.files if one.endswith(f"/test_{stem}.py")]
    test = beside[0] if len(beside) == 1 else f"tests/test_{stem}.py"
    before = task.snapshot.get(test)
    source = module_name(task.snapshot, test, path, before if before is not None else "")
    is_async = isinstance(node, ast.AsyncFunctionDef)
    body = runner.write(Unit(name, source, is_async), cases)
    needed = [one for one in ("asyncio", "pytest") if f"{one}." in body]
    if before is None:
        heads = [f"import {one}\n" for one in needed]
        text = "\n".join([*heads, f"from {source} import {', '.join(sorted({name, *raised}))}\n"])
    else:
        text = before
        for module in needed:
            text = _with(test, text, module, "")
        for each in (name, *sorted(raised)):
            text = _with(test, text, source, each)
    return _change(test, name, cases, _below(text, body), before or "")


def _below(text: str, body: str) -> str:
    """Return ``body`` below ``text``, with the line ends of it."""
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text.rstrip()}{end}{body.replace(chr(10), end)}"


def _with(path: str, text: str, module: str, name: str) -> str:
    """Return a Python text that imports ``name`` of ``module``; the module where it is empty."""
    file = parse_python(path, text)
    if file is None:
        return text
    return apply(text, import_name(file, module, name) if name else import_module(file, module))


def _change(
    test: str, name: str, cases: Sequence[Expectation], text: str, before: str
) -> RecipeChange | str:
    flat = flatten(before)
    if all(flatten(one.call) in flat for one in cases):
        return f"{test} has these cases already"
    new = "" if before else "new "
    count = "one case" if len(cases) == 1 else f"{len(cases)} cases"
    return RecipeChange(
        summary=f"Test {name} by the examples of the finding",
        edits={test: text},
        why=f"{count} of {name} in the {new}file {test}, each with the values that the fix gives.",
        risk="None at run time: only a test file changes. A case fails where the code does not do "
        "yet what the finding says; the tests were not run for this patch unless a gate says so.",
        contracts=(
            Contract(
                Operation.ADD,
                test,
                f"test {name} by {count}",
                adds=tuple(one.call for one in cases),
            ),
        ),
    )


_SLUG = """export function slugify(title: string): string {
  return title.trim().toLowerCase().replace(/\\s+/g, '-');
}
"""
_VITEST = '{"devDependencies": {"vitest": "^3.0.0"}}\n'
_PENCE = """def pence(amount):
    if amount < 0:
        raise ValueError("negative")
    return round(amount * 100)
"""

RECIPE = Recipe(
    name="told-tests",
    message="The fix gives the cases of a test by their values.",
    words=r"\btests?\b|\bcover(?:s|ed|age)?\b",
    suffixes=(*SCRIPTS, ".py"),
    remedy=r"test|cover|case|assert|spec",
    rewrite=_rewrite,
    examples=(
        Example(
            "cases of a function that nothing tests",
            asking(
                "slugify has no tests",
                "Add unit tests: slugify('A b') returns 'a-b', and slugify('') returns ''",
                "src/slug.ts",
                "slugify",
            ),
            {"src/slug.ts": _SLUG, "package.json": _VITEST},
            {
                "src/slug.test.ts": (
                    "import { describe, expect, it } from 'vitest';\n"
                    "import { slugify } from './slug.js';\n\n"
                    "describe('slugify', () => {\n"
                    "  it(\"returns 'a-b' for slugify('A b')\", () => {\n"
                    "    expect(slugify('A b')).toEqual('a-b');\n"
                    "  });\n\n"
                    "  it(\"returns '' for slugify('')\", () => {\n"
                    "    expect(slugify('')).toEqual('');\n"
                    "  });\n"
                    "});\n"
                )
            },
        ),
        Example(
            "a value and an error",
            asking(
                "pence is untested",
                "Add tests: pence(1.5) returns 150 and pence(-1) raises ValueError",
                "till/money.py",
                "pence",
            ),
            {
                "till/money.py": _PENCE,
                "tests/test_till.py": "def test_opens():\n    assert True\n",
            },
            {
                "tests/test_money.py": (
                    "import pytest\n\n"
                    "from till.money import pence\n\n\n"
                    "def test_pence_returns_150_for_1_5() -> None:\n"
                    "    assert pence(1.5) == 150\n\n\n"
                    "def test_pence_raises_value_error_for_minus_1() -> None:\n"
                    "    with pytest.raises(ValueError):\n"
                    "        pence(-1)\n"
                )
            },
        ),
        Example(
            "behind the cases that are there",
            asking(
                "only one case of pence is tested",
                "Add a test: pence(0.1) returns 10",
                "till/money.py",
                "pence",
            ),
            {
                "till/money.py": _PENCE,
                "tests/test_money.py": (
                    "from till.money import pence\n\n\ndef test_zero():\n    assert pence(0) == 0\n"
                ),
            },
            {
                "tests/test_money.py": (
                    "from till.money import pence\n\n\n"
                    "def test_zero():\n    assert pence(0) == 0\n\n\n"
                    "def test_pence_returns_10_for_0_1() -> None:\n"
                    "    assert pence(0.1) == 10\n"
                )
            },
        ),
        Example(
            "a promise, by the runner of Node.js",
            asking(
                "depth is untested",
                "Test that depth('north') returns 12 and depth('') throws RangeError",
                "src/well.js",
                "depth",
            ),
            {
                "src/well.js": (
                    "export async function depth(well) {\n"
                    "  if (!well) throw new RangeError('no well');\n"
                    "  return 12;\n}\n"
                ),
                "package.json": '{"type": "module", "scripts": {"test": "node --test"}}\n',
            },
            {
                "src/well.test.js": (
                    "import assert from 'node:assert/strict';\n"
                    "import { describe, it } from 'node:test';\n"
                    "import { depth } from './well.js';\n\n"
                    "describe('depth', () => {\n"
                    "  it(\"returns 12 for depth('north')\", async () => {\n"
                    "    assert.deepEqual(await depth('north'), 12);\n"
                    "  });\n\n"
                    "  it(\"throws RangeError for depth('')\", async () => {\n"
                    "    await assert.rejects(() => depth(''), RangeError);\n"
                    "  });\n"
                    "});\n"
                )
            },
        ),
        Example(
            "no values given",
            asking("pence is untested", "Add tests for pence", "till/money.py", "pence"),
            {"till/money.py": _PENCE},
            refuses="no call with what must come of it",
        ),
        Example(
            "no runner",
            asking(
                "slugify has no tests",
                "Add a test: slugify('A b') returns 'a-b'",
                "src/slug.ts",
                "slugify",
            ),
            {"src/slug.ts": _SLUG, "package.json": "{}\n"},
            refuses="no runner of tests",
        ),
        Example(
            "more than plain values",
            asking(
                "pence is untested",
                "Add a test: pence(order.total) returns 150",
                "till/money.py",
                "pence",
            ),
            {"till/money.py": _PENCE, "conftest.py": ""},
            refuses="more than plain values",
        ),
    ),
)
