"""What a check of the target needs beside its own files: a toolchain on this machine, packages.

What cannot be had here is a reason; nothing of the user's own environments is touched.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import threading
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.bounded_process import run_bounded
from mendbook.intake.redact import redact
from mendbook.marks import mark
from mendbook.model import Skipped, TargetCheck
from mendbook.proving.installation import Packages
from mendbook.text.plain import one_line

_RUNNERS = frozenset({"uv", "poetry", "pdm", "pipenv"})
_OWN_ENVIRONMENTS = frozenset({"tox", "nox"})
_PYTHON = frozenset(
    {"python", "pytest", "mypy", "pyright", "basedpyright", "ruff", "flake8", "pylint"}
)
_NODE = frozenset({"npm", "pnpm", "yarn", "bun"})
_KEPT = (
    *("PATH", "HOME", "LANG", "SYSTEMROOT", "HTTPS_PROXY", "https_proxy", "SSL_CERT_FILE"),
    *("PIP_INDEX_URL", "PIP_CERT", "PIP_CONFIG_FILE", "REQUESTS_CA_BUNDLE"),
)
_WHOLE = "mendbook-whole"
"""The file that an environment gets when all of it is there."""
_FILES = ("requirements*.txt", "pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "*.lock")


@dataclass(frozen=True, slots=True)
class Ready:
    """How a check is run: its command, and what the environment holds beside the usual."""

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    path: tuple[Path, ...] = ()
    """Folders that are searched for programs before all others."""


@dataclass(slots=True)
class Toolchains:
    """Toolchains by what a check is called with; what they download is kept in ``cache``."""

    packages: Packages
    cache: Path
    seconds: float = 900.0
    """How long one installation may take."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def provide(self, check: TargetCheck, tree: Path) -> Ready | Skipped:
        """Return how ``check`` is run in ``tree``, or why it cannot be here."""
        tool = check.command[0]
        if tool in _NODE:
            lacking = self.packages.provide(tree / check.folder)
            return lacking or Ready(check.command)
        if tool in _RUNNERS | _OWN_ENVIRONMENTS | _PYTHON:
            return self._python(check, tree)
        if tool.startswith("./") or "/" in tool:
            there = (tree / check.folder / tool).is_file()
            missing = "" if there else f"{tool} is not in the tree"
        else:
            missing = "" if shutil.which(tool) else f"{tool} is not on the PATH"
        if missing:
            return Skipped(tool, f"{missing}; install it to run this gate")
        return Ready(check.command, self._kept(tool))

    def version(self, check: TargetCheck) -> str:
        """Return what tells one toolchain from another, for what is remembered of a run."""
        program = shutil.which(check.command[0])
        if check.command[0] in _NODE or program is None:
            return self.packages.node
        return f"{program} {Path(program).stat().st_mtime_ns}"

    def _kept(self, tool: str) -> dict[str, str]:
        """Return the folders that a toolchain keeps its downloads in, so that they are kept."""
        name = tool.rpartition("/")[2]
        for tools, variables in _HOMES:
            if name in tools:
                return {key: value(self.cache) for key, value in variables.items()}
        return {}

    # Python: an environment of wheels only, so that no package's own code runs to install it

    def _python(self, check: TargetCheck, tree: Path) -> Ready | Skipped:
        if check.command[0] in _OWN_ENVIRONMENTS:
            tool = check.command[0]
            why = f"{tool} makes environments of its own; only its person can vouch for them"
            return Skipped(tool, why)
        command = check.command[2:] if check.command[0] in _RUNNERS else check.command
        with self._lock:
            installed = self._environment(command[0], tree)
        if isinstance(installed, Skipped):
            return installed
        roots = [str(tree), str(tree / "src"), str(tree / check.folder)]
        return Ready(
            command,
            {"PYTHONPATH": os.pathsep.join(roots), "PYTHONDONTWRITEBYTECODE": "1"},
            (installed / "bin", installed / "Scripts"),
        )

    def _environment(self, tool: str, tree: Path) -> Path | Skipped:
        wanted = _requirements(tree)
        extra = [] if tool == "python" else [tool]
        digest = hashlib.sha256(f"{sys.version}\0{tool}".encode())
        for path in sorted(path for pattern in _FILES for path in tree.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        home = self.cache / "python" / digest.hexdigest()[:20]
        whole = home / _WHOLE
        if whole.is_file():
            return home
        shutil.rmtree(home, ignore_errors=True)  # a run that was killed left half of it
        home.mkdir(parents=True)
        partial = Path(tempfile.mkdtemp(dir=home.parent, prefix=mark("saving")))
        try:
            # made under its final name: an environment cannot be moved
            for command in (
                [sys.executable, "-m", "venv", str(home)],
                [
                    str(home / ("Scripts" if os.name == "nt" else "bin") / "python"),
                    *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
                    *("--only-binary", ":all:", "--no-input"),
                    *extra,
                    *wanted,
                ],
            ):
                ended = run_bounded(command, tree, self.seconds, env=_clean(partial))
                if ended.code != 0:
                    shutil.rmtree(home, ignore_errors=True)
                    said = redact(ended.stderr.decode("utf-8", "replace"))[0].strip()
                    last = (said.splitlines() or ["no message"])[-1]
                    why = ended.reason or one_line(last, 200)
                    return Skipped("pip install", f"its packages cannot be installed ({why})")
            whole.touch()
            return home
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _clean(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "TMPDIR": str(home)}


def _requirements(tree: Path) -> list[str]:
    """Return pip's arguments for what the tree declares, its development tools included."""
    arguments: list[str] = []
    for path in sorted(tree.glob("requirements*.txt")):
        arguments += ["-r", path.name]
    try:
        data = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return arguments
    project = data.get("project") or {}
    groups = [project.get("dependencies") or []]
    groups += (project.get("optional-dependencies") or {}).values()
    groups += (data.get("dependency-groups") or {}).values()
    arguments += [line for group in groups for line in group if _is_requirement(line)]
    poetry = (data.get("tool") or {}).get("poetry") or {}
    sections = [poetry.get("dependencies") or {}, poetry.get("dev-dependencies") or {}]
    sections += [one.get("dependencies") or {} for one in (poetry.get("group") or {}).values()]
    for section in sections:
        arguments += [_pinned(name, wanted) for name, wanted in section.items() if name != "python"]
    return arguments


def _is_requirement(line: object) -> bool:
    return isinstance(line, str) and re.match(r"[A-Za-z0-9][\w.-]*", line) is not None


def _pinned(name: str, wanted: object) -> str:
    """Return a requirement of Poetry's as pip spells it: ``^1.2`` is at least ``1.2``."""
    extras = wanted.get("extras") if isinstance(wanted, dict) else None
    version = wanted.get("version", "") if isinstance(wanted, dict) else str(wanted)
    exact = re.fullmatch(r"[\^~]?\s*(\d[\w.]*)", str(version))
    spelled = f">={exact[1]}" if exact else str(version) if re.match(r"[<>=!~]", version) else ""
    chosen = f"[{','.join(map(str, extras))}]" if isinstance(extras, list) else ""
    return f"{name}{chosen}{spelled}"


def _in(*parts: str) -> Callable[[Path], str]:
    return lambda cache: str(cache.joinpath(*parts))


_HOMES: tuple[tuple[frozenset[str], dict[str, Callable[[Path], str]]], ...] = (
    (
        frozenset({"go", "golangci-lint"}),
        {
            "GOMODCACHE": _in("go", "mod"),
            "GOCACHE": _in("go", "build"),
            "GOFLAGS": lambda _: "-mod=readonly -modcacherw",
        },
    ),
    (
        frozenset({"cargo"}),
        {
            "CARGO_HOME": _in("cargo"),
            "RUSTUP_HOME": lambda _: os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")),
        },
    ),
    (
        frozenset({"mvn", "mvnw"}),
        {"MAVEN_ARGS": lambda cache: f"-Dmaven.repo.local={cache / 'maven'}"},
    ),
    (frozenset({"gradle", "gradlew"}), {"GRADLE_USER_HOME": _in("gradle")}),
    (frozenset({"composer"}), {"COMPOSER_HOME": _in("composer")}),
    (frozenset({"dotnet"}), {"NUGET_PACKAGES": _in("nuget"), "DOTNET_NOLOGO": lambda _: "1"}),
)
"""Programs, and the variables that name where they keep what they download."""
