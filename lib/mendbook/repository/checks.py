"""The checks that a target itself has: how its people typecheck, lint, test and build it.

Each is read from the target's own scripts and configuration, in whatever ecosystem, and names the
line it rests on. A check that the target does not have is not in the list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from mendbook.model import CheckKind, Citation, TargetCheck
from mendbook.repository.declared import Declared, declared_packages
from mendbook.repository.snapshot import Snapshot

_SCRIPTS: dict[CheckKind, tuple[str, ...]] = {
    CheckKind.TYPECHECK: (
        "typecheck",
        "type-check",
        "check-types",
        "check:types",
        "types:check",
        "check:ts",
        "tsc",
        "types",
    ),
    CheckKind.LINT: ("lint", "lint:check", "eslint", "lint:ci", "check:lint", "lint:js"),
    CheckKind.TEST: ("test", "test:unit", "test:ci", "test:run", "unit", "tests"),
    CheckKind.BUILD: ("build", "compile", "build:prod"),
}
"""Names that people give to the script of each kind, the most usual first."""
_NO_TEST = re.compile(r"no test specified|^\s*(exit 1|true|echo\b[^&|;]*)\s*$")
_MAKE = re.compile(r"^([A-Za-z][\w.-]*)\s*:(?!=)", re.MULTILINE)


def target_checks(snapshot: Snapshot) -> tuple[TargetCheck, ...]:
    """Return the checks of the target, ecosystem by ecosystem; none of them twice."""
    packages = declared_packages(snapshot)
    checks: list[TargetCheck] = []
    for read in ECOSYSTEMS:
        for check in read(snapshot, packages):
            if not any(one.kind is check.kind and one.command == check.command for one in checks):
                checks.append(check)
    if not checks:
        checks = list(_make(snapshot))
    return tuple(sorted(checks, key=lambda check: tuple(CheckKind).index(check.kind)))


# --- Node.js ---------------------------------------------------------------------------------


def _node(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    for path in _shallowest(snapshot, "package.json"):
        scripts = _scripts(snapshot.text(path))
        folder = _folder(path)
        run = _runner(snapshot, folder)
        for kind, names in _SCRIPTS.items():
            name = next((one for one in names if _is_real(scripts.get(one))), "")
            if name:
                line = _line(snapshot.text(path), f'"{name}"')
                yield TargetCheck(kind, (*run, name), Citation(path, line), folder)


def _scripts(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    scripts = data.get("scripts") if isinstance(data, dict) else None
    return scripts if isinstance(scripts, dict) else {}


def _is_real(script: object) -> bool:
    return isinstance(script, str) and not _NO_TEST.search(script)


def node_manager(snapshot: Snapshot, folder: str = "") -> str:
    """Return ``npm``, ``pnpm``, ``yarn`` or ``bun``: whose lock file or declaration there is."""
    there = {*snapshot.files, *snapshot.other}
    for place in dict.fromkeys((folder, "")):
        for name, manager in (
            ("package-lock.json", "npm"),
            ("npm-shrinkwrap.json", "npm"),
            ("pnpm-lock.yaml", "pnpm"),
            ("yarn.lock", "yarn"),
            ("bun.lock", "bun"),
            ("bun.lockb", "bun"),
        ):
            if (f"{place}/{name}" if place else name) in there:
                return manager
    declared = re.search(
        r'"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@', snapshot.get("package.json") or ""
    )
    return declared[1] if declared else "npm"


def _runner(snapshot: Snapshot, folder: str) -> tuple[str, ...]:
    return (node_manager(snapshot, folder), "run")


# --- Python ----------------------------------------------------------------------------------


def _python(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    ours = {one.name: one for one in packages if one.ecosystem == "python"}
    if not any(path.endswith(".py") for path in snapshot.files):
        return
    prefix = _python_runner(snapshot)
    for kind, tools in _PYTHON_TOOLS.items():
        for tool, command, configs in tools:
            where = _configured(snapshot, configs) or (ours[tool].source if tool in ours else None)
            if where:
                yield TargetCheck(kind, (*prefix, *command), where)
                break
    if "pytest" not in ours and not _configured(snapshot, _PYTEST):
        for path in _shallowest(snapshot, "manage.py"):
            command = (*(prefix or ("python",)), "manage.py", "test")
            if prefix:
                command = (*prefix, "python", "manage.py", "test")
            yield TargetCheck(CheckKind.TEST, command, Citation(path, 1), _folder(path))
            return
        for name, command in (("tox.ini", ("tox",)), ("noxfile.py", ("nox",))):
            if name in snapshot:
                yield TargetCheck(CheckKind.TEST, command, Citation(name, 1))
                return
        case = _unittest(snapshot)
        if case:
            yield TargetCheck(CheckKind.TEST, (*prefix, "python", "-m", "unittest"), case)


_PYTEST = (
    ("pytest.ini", ""),
    ("pyproject.toml", r"^\[tool\.pytest"),
    ("setup.cfg", r"^\[tool:pytest\]"),
    ("tox.ini", r"^\[pytest\]"),
    ("conftest.py", ""),
    ("tests/conftest.py", ""),
)
_PYTHON_TOOLS: dict[
    CheckKind, tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], ...]
] = {
    CheckKind.TYPECHECK: (
        (
            "mypy",
            ("mypy", "."),
            (
                ("mypy.ini", ""),
                (".mypy.ini", ""),
                ("pyproject.toml", r"^\[tool\.mypy\]"),
                ("setup.cfg", r"^\[mypy\]"),
            ),
        ),
        (
            "pyright",
            ("pyright",),
            (("pyrightconfig.json", ""), ("pyproject.toml", r"^\[tool\.pyright\]")),
        ),
        ("basedpyright", ("basedpyright",), (("pyproject.toml", r"^\[tool\.basedpyright\]"),)),
    ),
    CheckKind.LINT: (
        (
            "ruff",
            ("ruff", "check", "."),
            (("ruff.toml", ""), (".ruff.toml", ""), ("pyproject.toml", r"^\[tool\.ruff")),
        ),
        (
            "flake8",
            ("flake8",),
            ((".flake8", ""), ("setup.cfg", r"^\[flake8\]"), ("tox.ini", r"^\[flake8\]")),
        ),
        ("pylint", ("pylint", "."), ((".pylintrc", ""), ("pylintrc", ""))),
    ),
    CheckKind.TEST: (("pytest", ("pytest",), _PYTEST),),
}
"""Kind to its tools: package, command, and the files (with a pattern in them) that configure it."""


def _configured(snapshot: Snapshot, configs: tuple[tuple[str, str], ...]) -> Citation | None:
    for path, pattern in configs:
        text = snapshot.get(path)
        match = re.search(pattern, text, re.MULTILINE) if text is not None else None
        if text is not None and match is not None:
            return Citation(path, text.count("\n", 0, match.start()) + 1)
    return None


def _python_runner(snapshot: Snapshot) -> tuple[str, ...]:
    for lock, runner in (
        ("uv.lock", "uv"),
        ("poetry.lock", "poetry"),
        ("pdm.lock", "pdm"),
        ("Pipfile.lock", "pipenv"),
    ):
        if lock in snapshot or lock in snapshot.other:
            return (runner, "run")
    return ()


def _unittest(snapshot: Snapshot) -> Citation | None:
    for path in snapshot.files:
        if path.endswith(".py") and "test" in path:
            match = re.search(r"\bTestCase\b", snapshot.text(path))
            if match is not None:
                line = snapshot.text(path).count("\n", 0, match.start()) + 1
                return Citation(path, line)
    return None


# --- Others ----------------------------------------------------------------------------------


def _go(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    for path in _shallowest(snapshot, "go.mod"):
        where, folder = Citation(path, 1), _folder(path)
        yield TargetCheck(CheckKind.TYPECHECK, ("go", "vet", "./..."), where, folder)
        yield TargetCheck(CheckKind.TEST, ("go", "test", "./..."), where, folder)
        yield TargetCheck(CheckKind.BUILD, ("go", "build", "./..."), where, folder)
        for config in (".golangci.yml", ".golangci.yaml", ".golangci.toml"):
            if config in snapshot:
                yield TargetCheck(
                    CheckKind.LINT, ("golangci-lint", "run"), Citation(config, 1), folder
                )


def _rust(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    for path in _shallowest(snapshot, "Cargo.toml"):
        where, folder = Citation(path, 1), _folder(path)
        yield TargetCheck(CheckKind.TYPECHECK, ("cargo", "check"), where, folder)
        yield TargetCheck(CheckKind.TEST, ("cargo", "test"), where, folder)
        for config in ("clippy.toml", ".clippy.toml"):
            if config in snapshot:
                yield TargetCheck(CheckKind.LINT, ("cargo", "clippy"), Citation(config, 1), folder)


def _jvm(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    for path in _shallowest(snapshot, "pom.xml"):
        folder = _folder(path)
        tool = "./mvnw" if _at(folder, "mvnw") in {*snapshot.files, *snapshot.other} else "mvn"
        yield TargetCheck(CheckKind.TEST, (tool, "-B", "test"), Citation(path, 1), folder)
        command = (tool, "-B", "-DskipTests", "package")
        yield TargetCheck(CheckKind.BUILD, command, Citation(path, 1), folder)
    for name in ("build.gradle.kts", "build.gradle"):
        for path in _shallowest(snapshot, name):
            folder = _folder(path)
            there = {*snapshot.files, *snapshot.other}
            tool = "./gradlew" if _at(folder, "gradlew") in there else "gradle"
            yield TargetCheck(CheckKind.TEST, (tool, "test"), Citation(path, 1), folder)
            yield TargetCheck(CheckKind.BUILD, (tool, "assemble"), Citation(path, 1), folder)


def _php(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    for path in _shallowest(snapshot, "composer.json"):
        scripts, text = _scripts(snapshot.text(path)), snapshot.text(path)
        names = {
            CheckKind.TYPECHECK: ("phpstan", "stan", "psalm", "analyse", "analyze"),
            CheckKind.LINT: ("lint", "cs", "cs-check", "phpcs", "pint"),
            CheckKind.TEST: ("test", "tests", "phpunit"),
        }
        for kind, listed in names.items():
            name = next((one for one in listed if one in scripts), "")
            if name:
                where = Citation(path, _line(text, chr(34) + name + chr(34)))
                yield TargetCheck(kind, ("composer", "run", name), where, _folder(path))
        if not any(name in scripts for name in names[CheckKind.TEST]):
            for config in ("phpunit.xml", "phpunit.xml.dist"):
                if config in snapshot:
                    yield TargetCheck(CheckKind.TEST, ("vendor/bin/phpunit",), Citation(config, 1))
                    break


def _dotnet(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    solutions = [path for path in snapshot.files if path.endswith((".sln", ".slnx"))]
    solutions += [path for path in snapshot.files if path.endswith(".csproj")]
    if solutions:
        where = Citation(min(solutions, key=lambda path: (path.count("/"), path)), 1)
        yield TargetCheck(CheckKind.TEST, ("dotnet", "test"), where)
        yield TargetCheck(CheckKind.BUILD, ("dotnet", "build"), where)


def _ruby(snapshot: Snapshot, packages: tuple[Declared, ...]) -> Iterator[TargetCheck]:
    gems = {one.name: one for one in packages if one.ecosystem == "ruby"}
    for kind, gem, command in (
        (CheckKind.LINT, "rubocop", ("bundle", "exec", "rubocop")),
        (CheckKind.TEST, "rspec-rails", ("bundle", "exec", "rspec")),
        (CheckKind.TEST, "rspec", ("bundle", "exec", "rspec")),
        (CheckKind.TEST, "rails", ("bin/rails", "test")),
    ):
        if gem in gems and not (gem == "rails" and {"rspec", "rspec-rails"} & gems.keys()):
            yield TargetCheck(kind, command, gems[gem].source)


def _make(snapshot: Snapshot) -> Iterator[TargetCheck]:
    """Yield the targets of a Makefile, where nothing else says how the code is checked."""
    text = snapshot.get("Makefile") or ""
    rules = {match[1]: text.count("\n", 0, match.start()) + 1 for match in _MAKE.finditer(text)}
    for kind, names in _SCRIPTS.items():
        name = next((one for one in names if one in rules), "")
        if name:
            yield TargetCheck(kind, ("make", name), Citation("Makefile", rules[name]))


ECOSYSTEMS: tuple[Callable[[Snapshot, tuple[Declared, ...]], Iterator[TargetCheck]], ...] = (
    _node,
    _python,
    _go,
    _rust,
    _jvm,
    _php,
    _dotnet,
    _ruby,
)
"""Readers of each ecosystem's checks; another one is a function and a row."""


def _shallowest(snapshot: Snapshot, name: str) -> list[str]:
    """Return the files called ``name`` that stand least deep, one only at the top."""
    paths = [path for path in snapshot.files if PurePosixPath(path).name == name]
    paths = [path for path in paths if "node_modules" not in path and "vendor/" not in path]
    least = min((path.count("/") for path in paths), default=0)
    return [path for path in paths if path.count("/") == least][:3]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _at(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _line(text: str, words: str) -> int:
    at = text.find(words, max(text.find('"scripts"'), 0))
    return text.count("\n", 0, max(at, 0)) + 1
