"""Write examples of behaviour as test cases for the runner that a repository has."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mendbook.code.trees import parse
from mendbook.fixes.expectations import Expectation
from mendbook.repository.snapshot import Snapshot

_PLAIN = {"undefined", "null", "true", "false", "NaN", "Infinity"}
_PYTHON_WORDS = {"true": "True", "false": "False", "null": "None", "undefined": "None"}


@dataclass(frozen=True, slots=True)
class Unit:
    """The function under test, and how a test reaches it."""

    name: str
    source: str
    """The module as the test imports it."""
    is_async: bool = False
    commonjs: bool = False
    mark: str = "'"
    stop: str = ";"


@dataclass(frozen=True, slots=True)
class Runner:
    """How the cases of one runner are written: what they import, and each case."""

    name: str
    imports: str
    """The line that brings what the cases call; empty where it is global."""
    write: Callable[[Unit, Sequence[Expectation]], str]


def literal_of(code: str, language: str) -> str:
    """Return ``code`` as a value of ``language``; empty where it is no literal of it.

    ``language`` is *python* or *script*.
    """
    said = re.fullmatch(r"(?:an?\s+)?empty\s+(string|list|array|object|dict)", code.strip(), re.I)
    if said is not None:
        empties = {"string": "''", "list": "[]", "array": "[]", "object": "{}", "dict": "{}"}
        code = empties[said[1].lower()]
    if language == "python":
        text = _PYTHON_WORDS.get(code.lower(), "None" if code.lower() == "none" else code)
        try:
            ast.literal_eval(text)
        except (ValueError, SyntaxError):
            return ""
        return text
    text = "null" if code.lower() == "none" else code
    if re.fullmatch(r"true|false|null|undefined", text, re.IGNORECASE):
        text = text.lower()
    tree = parse("a.ts", f"({text});")
    if tree.find(kind="ERROR") is not None:
        return ""
    names = [one.text() for one in tree.find_all(kind="identifier")]
    calls = tree.find(kind="call_expression") or tree.find(kind="new_expression")
    return text if calls is None and all(one in _PLAIN for one in names) else ""


def _title(one: Expectation) -> str:
    outcome = f"throws {one.error}" if one.error else f"returns {one.value}"
    return f"{outcome} for {one.call}"


def _quoted(text: str, mark: str) -> str:
    other = '"' if mark == "'" else "'"
    mark = other if mark in text and other not in text else mark
    if mark == '"':
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _described(
    unit: Unit, told: Sequence[Expectation], line: Callable[[Unit, Expectation], str]
) -> str:
    """Return a ``describe`` of one case an example, each with the ``line`` that checks it."""
    head = "async () =>" if unit.is_async else "() =>"
    cases = [
        f"  it({_quoted(_title(one), unit.mark)}, {head} {{\n"
        f"    {line(unit, one)}{unit.stop}\n"
        f"  }}){unit.stop}\n"
        for one in told
    ]
    first = f"describe({_quoted(unit.name, unit.mark)}, () => {{\n"
    return first + "\n".join(cases) + f"}}){unit.stop}\n"


def _expect(unit: Unit, one: Expectation) -> str:
    """Return a check with ``expect``, as Vitest and Jest read it."""
    if one.error and unit.is_async:
        return f"await expect({one.call}).rejects.toThrow({one.error})"
    if one.error:
        return f"expect(() => {one.call}).toThrow({one.error})"
    return f"expect({_awaited(unit, one)}).toEqual({one.value})"


def _assert(unit: Unit, one: Expectation) -> str:
    """Return a check with ``assert``, as Node.js' own runner and Mocha read it."""
    if one.error:
        way = "await assert.rejects" if unit.is_async else "assert.throws"
        return f"{way}(() => {one.call}, {one.error})"
    return f"assert.deepEqual({_awaited(unit, one)}, {one.value})"


def _awaited(unit: Unit, one: Expectation) -> str:
    return f"await {one.call}" if unit.is_async else one.call


def _pytest(unit: Unit, told: Sequence[Expectation]) -> str:
    """Return one function a case, as pytest reads them."""
    rows: list[str] = []
    taken: set[str] = set()
    for one in told:
        given = re.sub(r"-(?=\d)", "minus ", one.given.lower())
        stem = "_".join(re.findall(r"[a-z0-9]+", given)) or "nothing"
        end = f"raises_{_snake(one.error)}" if one.error else f"returns{_short(one.value)}"
        name = f"test_{unit.name.strip('_')}_{end}_for_{stem}"[:90].rstrip("_")
        name = f"{name}_{len(taken) + 1}" if name in taken else name
        taken.add(name)
        call = f"asyncio.run({one.call})" if unit.is_async else one.call
        rows += ["", "", f"def {name}() -> None:"]
        if one.error:
            rows += [f"    with pytest.raises({one.error}):", f"        {call}"]
        elif one.value in {"None", "True", "False"}:
            rows.append(f"    assert {call} is {one.value}")
        else:
            rows.append(f"    assert {call} == {one.value}")
    return "\n".join([*rows, ""])


def _short(value: str) -> str:
    """Return a short value as a part of a name; nothing of a longer one."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"-(?=\d)", "minus ", value.lower()))
    return "".join(f"_{one}" for one in words) if len(value) <= _FEW else ""


_FEW = 16


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _expected(unit: Unit, told: Sequence[Expectation]) -> str:
    return _described(unit, told, _expect)


def _asserted(unit: Unit, told: Sequence[Expectation]) -> str:
    return _described(unit, told, _assert)


VITEST = Runner(
    "Vitest",
    "import {{ describe, expect, it }} from {mark}vitest{mark}{stop}",
    _expected,
)
JEST = Runner("Jest", "", _expected)
NODE = Runner(
    "node:test",
    "import assert from {mark}node:assert/strict{mark}{stop}\n"
    "import {{ describe, it }} from {mark}node:test{mark}{stop}",
    _asserted,
)
MOCHA = Runner("Mocha", "import assert from {mark}node:assert/strict{mark}{stop}", _asserted)
PYTEST = Runner("pytest", "import pytest", _pytest)


def script_runner(packages: Sequence[Mapping[str, object]]) -> Runner | None:
    """Return the runner that the nearest of ``packages`` (package.json, inner first) names."""
    for package in packages:
        held = [package.get(one) for one in ("devDependencies", "dependencies")]
        names = {name for one in held if isinstance(one, dict) for name in one}
        scripts = package.get("scripts")
        said = " ".join(str(one) for one in scripts.values()) if isinstance(scripts, dict) else ""
        for name, runner in (("vitest", VITEST), ("jest", JEST), ("mocha", MOCHA)):
            if name in names or re.search(rf"\b{name}\b", said):
                return runner
        if re.search(r"\bnode\b[^&|;]*--test\b", said):
            return NODE
    return None


def pytest_runner(snapshot: Snapshot) -> Runner | None:
    """Return pytest where a file of the repository's own says that it is used; else None."""
    told = ("pytest.ini", "conftest.py", "pyproject.toml", "setup.cfg", "tox.ini")
    listed = [
        path
        for path in snapshot.files
        if path.rpartition("/")[2] in told or re.search(r"requirements[\w-]*\.(?:txt|in)$", path)
    ]
    tests = [path for path in snapshot.files if re.search(r"(?:^|/)test_\w+\.py$", path)]
    seen = any("pytest" in snapshot.text(path) or path.endswith("conftest.py") for path in listed)
    plain = any(
        re.search(r"(?m)^\ufeff?(?:async )?def test_", snapshot.text(path)) for path in tests
    )
    return PYTEST if seen or plain else None
