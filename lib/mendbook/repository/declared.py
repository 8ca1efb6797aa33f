"""What packages the target declares, whatever ecosystem it belongs to, each with its line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mendbook.model import Citation
from mendbook.repository.snapshot import Snapshot
from mendbook.text.globs import matches

NOT_ITS_OWN = re.compile(
    r"(^|/)(node_modules|vendor|third_party|\.venv|venv|site-packages|fixtures|testdata"
    r"|__fixtures__|examples?)/"
)
"""What others wrote, or what is there to be looked at: nothing in it tells what the target is."""
_PYTHON = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)")
_GO = re.compile(r"^\s*(?:require\s+)?([\w.-]+\.[\w.-]+/\S+|[\w.-]+\.\w+)\s+(v\S+)", re.MULTILINE)
_GRADLE = re.compile(
    r"""(?:implementation|api|compileOnly|runtimeOnly|testImplementation|kapt|annotationProcessor)"""
    r"""\s*\(?\s*(?:platform\()?['"]([\w.-]+:[\w.-]+)(?::([^'"]+))?['"]"""
)
_GRADLE_PLUGIN = re.compile(
    r"""id\s*\(?\s*['"]([\w.-]+)['"]\)?(?:\s+version\s+['"]([^'"]+)['"])?"""
)
_MAVEN = re.compile(
    r"<(?:dependency|parent|plugin)>\s*(?:<groupId>([^<]+)</groupId>)?\s*"
    r"<artifactId>([^<]+)</artifactId>(?:\s*<version>([^<]+)</version>)?"
)
_DOTNET = re.compile(r"""<PackageReference\s+Include="([^"]+)"(?:\s+Version="([^"]+)")?""")
_GEM = re.compile(r"""^\s*gem\s+['"]([\w-]+)['"](?:\s*,\s*['"]([^'"]+)['"])?""", re.MULTILINE)
_POETRY = ("dependencies", "dev-dependencies")


@dataclass(frozen=True, slots=True)
class Declared:
    """One package that a manifest asks for."""

    ecosystem: str
    """``node``, ``python``, ``go``, ``rust``, ``jvm``, ``php``, ``dotnet`` or ``ruby``."""
    name: str
    range: str
    """As written; empty for any version."""
    source: Citation


@lru_cache(maxsize=2)
def declared_packages(snapshot: Snapshot) -> tuple[Declared, ...]:
    """Return every package that a manifest of the target asks for, shallow manifests first.

    A manifest that cannot be read declares nothing; installed and vendored ones do not count.
    """
    paths = [path for path in snapshot.files if not NOT_ITS_OWN.search(path)]
    packages: list[Declared] = []
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        for pattern, (ecosystem, read) in MANIFESTS.items():
            if matches(path, pattern):
                text = snapshot.text(path)
                packages += [
                    Declared(ecosystem, package, wanted, Citation(path, line))
                    for package, wanted, line in _lines(text, read)
                ]
                break
    return tuple(packages)


def names(packages: tuple[Declared, ...]) -> frozenset[str]:
    """Return the names of ``packages``."""
    return frozenset(package.name for package in packages)


def _lines(text: str, read: _Read) -> Iterator[tuple[str, str, int]]:
    """Yield name, range and line of each package; the line is the name's first in the text."""
    try:
        for name, wanted in read(text):
            place = _place(name, text)
            yield name, wanted, text.count("\n", 0, place) + 1
    except (ValueError, RecursionError, AttributeError, TypeError):
        return


def _place(name: str, text: str) -> int:
    """Return where ``text`` asks for ``name``: at a line's beginning, in quotes, else anywhere.

    Requirement files may spell a name in any case; a description may have it as a word.
    """
    spelled = rf"{re.escape(name)}(?![\w-])"
    for before in (r"^[ \t]*[\"']?()", r"[\"'>](?<!= [\"'])()", r"(?<![\w@/.-])()"):
        if match := re.search(before + spelled, text, re.IGNORECASE | re.MULTILINE):
            return match.start(1)
    return 0


_Read = Callable[[str], Iterator[tuple[str, str]]]


def _package_json(text: str) -> Iterator[tuple[str, str]]:
    data = json.loads(text.removeprefix("\ufeff"))
    sections = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
    for section in sections:
        for name, wanted in (data.get(section) or {}).items():
            yield name, str(wanted)


def _pyproject(text: str) -> Iterator[tuple[str, str]]:
    data = tomllib.loads(text)
    project: Mapping[str, Any] = data.get("project") or {}
    groups = [project.get("dependencies") or []]
    groups += (project.get("optional-dependencies") or {}).values()
    groups += (data.get("dependency-groups") or {}).values()
    for group in groups:
        for line in group:
            if isinstance(line, str):
                yield from _python_line(line)
    poetry = (data.get("tool") or {}).get("poetry") or {}
    sections = [poetry.get(name) or {} for name in _POETRY]
    sections += [one.get("dependencies") or {} for one in (poetry.get("group") or {}).values()]
    for section in sections:
        for name, wanted in section.items():
            if name != "python":
                shown = (
                    wanted if isinstance(wanted, str) else str((wanted or {}).get("version", ""))
                )
                yield normal(name), shown


def _python_line(line: str) -> Iterator[tuple[str, str]]:
    match = _PYTHON.match(line)
    if match and not line.lstrip().startswith(("-", "#", "git+", "http")):
        yield normal(match[1]), match[2].strip()


def normal(name: str) -> str:
    """Return a Python package's name as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.strip():
            yield from _python_line(line)


def _pipfile(text: str) -> Iterator[tuple[str, str]]:
    data = tomllib.loads(text)
    for section in ("packages", "dev-packages"):
        for name, wanted in (data.get(section) or {}).items():
            yield normal(name), wanted if isinstance(wanted, str) else ""


def _setup_cfg(text: str) -> Iterator[tuple[str, str]]:
    for block in re.findall(r"^\w*requires?\s*=\s*((?:\n?[ \t]+\S[^\n]*|[^\n]+\n)+)", text, re.M):
        yield from _requirements(block)


def _setup_py(text: str) -> Iterator[tuple[str, str]]:
    for block in re.findall(r"\b\w*_requires\s*=\s*\[([^\]]*)\]", text):
        for line in re.findall(r"""['"]([^'"]+)['"]""", block):
            yield from _python_line(line)


def _cargo(text: str) -> Iterator[tuple[str, str]]:
    data = tomllib.loads(text)
    workspace = data.get("workspace") or {}
    for table in (data, workspace):
        for section in ("dependencies", "dev-dependencies", "build-dependencies"):
            for name, wanted in (table.get(section) or {}).items():
                yield name, wanted if isinstance(wanted, str) else str(wanted.get("version", ""))


def _composer(text: str) -> Iterator[tuple[str, str]]:
    data = json.loads(text)
    for section in ("require", "require-dev"):
        for name, wanted in (data.get(section) or {}).items():
            if "/" in name:
                yield name, str(wanted)


def _maven(text: str) -> Iterator[tuple[str, str]]:
    for group, name, version in _MAVEN.findall(text):
        yield f"{group}:{name}" if group else name, version


def _pairs(pattern: re.Pattern[str]) -> _Read:
    return lambda text: ((match[1], match[2] or "") for match in pattern.finditer(text))


def _gradle(text: str) -> Iterator[tuple[str, str]]:
    yield from _pairs(_GRADLE)(text)
    yield from _pairs(_GRADLE_PLUGIN)(text)


MANIFESTS: dict[str, tuple[str, _Read]] = {
    "package.json": ("node", _package_json),
    "pyproject.toml": ("python", _pyproject),
    "requirements*.txt": ("python", _requirements),
    "requirements*.in": ("python", _requirements),
    "**/requirements/*.txt": ("python", _requirements),
    "Pipfile": ("python", _pipfile),
    "setup.cfg": ("python", _setup_cfg),
    "setup.py": ("python", _setup_py),
    "go.mod": ("go", _pairs(_GO)),
    "Cargo.toml": ("rust", _cargo),
    "pom.xml": ("jvm", _maven),
    "build.gradle": ("jvm", _gradle),
    "build.gradle.kts": ("jvm", _gradle),
    "composer.json": ("php", _composer),
    "*.csproj": ("dotnet", _pairs(_DOTNET)),
    "*.fsproj": ("dotnet", _pairs(_DOTNET)),
    "Gemfile": ("ruby", _pairs(_GEM)),
}
"""Pattern of a path to the ecosystem that it belongs to, and the reader of its packages.

A manifest of another ecosystem is a reader and a row.
"""
