"""Install a tree's npm packages once, and share them between the folders that gates run in."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.bounded_process import run_bounded
from mendbook.intake.redact import redact
from mendbook.marks import mark
from mendbook.model import Skipped
from mendbook.text.plain import one_line

_FILES = ("package.json", "package-lock.json", ".npmrc")
_OTHERS = {
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
}
_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
_WHAT = "npm ci"


def _node_version() -> str:
    ended = run_bounded(["node", "--version"], Path.cwd(), 30.0)
    return ended.stdout.decode("utf-8", "replace").strip()


@dataclass(slots=True)
class Packages:
    """``node_modules`` folders by what they were installed from, kept in ``cache``."""

    cache: Path
    seconds: float = 900.0
    """How long one ``npm ci`` may take."""
    node: str = field(default_factory=_node_version)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def provide(self, folder: Path) -> Skipped | None:
        """Give ``folder`` its ``node_modules``; return why that cannot be done here, if so.

        Scripts of packages never run. The folder is the gates' own, its entries are links into the
        cache: tools that keep files beside the packages do not meet in it.
        """
        manager = _manager(folder)
        if refusal := _refusal(folder, manager):
            return Skipped(_WHAT, refusal)
        if manager != "npm" or _has_workspaces(folder):
            return self._in_place(folder, manager)
        with self._lock:
            installed = self._installed(folder)
        if isinstance(installed, Skipped):
            return installed
        _link(installed, folder / "node_modules")
        return None

    def _in_place(self, folder: Path, manager: str) -> Skipped | None:
        """Install into ``folder`` itself, as managers do that link members to each other."""
        if (folder / "node_modules").exists():
            return None
        classic = manager == "yarn" and not (folder / ".yarnrc.yml").exists()
        arguments = _FROZEN["yarn 1" if classic else manager]
        environment = {**os.environ, "CI": "1", "NO_COLOR": "1"}
        with self._lock:
            ended = run_bounded([manager, *arguments], folder, self.seconds, env=environment)
        if ended.code == 0:
            (folder / "node_modules").mkdir(exist_ok=True)
            return None
        output = (ended.stderr + b"\n" + ended.stdout).decode("utf-8", "replace")
        said = redact(output)[0].strip().splitlines()
        why = ended.reason or one_line(next(iter(said), "no message"), 200)
        what = f"{manager} {arguments[0]}"
        return Skipped(what, f"{what} failed ({why}); gates need its packages")

    def _installed(self, folder: Path) -> Path | Skipped:
        given = [folder / name for name in _FILES if (folder / name).is_file()]
        digest = hashlib.sha256(self.node.encode())
        for path in given:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        home = self.cache / "npm" / digest.hexdigest()[:20]
        if home.is_dir():
            return home / "node_modules"
        home.parent.mkdir(parents=True, exist_ok=True)
        # installed under another name first: a folder under its final name is always whole
        partial = Path(tempfile.mkdtemp(dir=home.parent, prefix=mark("saving")))
        try:
            return self._install(given, partial, home)
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def _install(self, given: list[Path], partial: Path, home: Path) -> Path | Skipped:
        for path in given:
            shutil.copy(path, partial)
        environment = {**os.environ, "CI": "1", "NO_COLOR": "1"}
        ended = run_bounded(["npm", *_ARGUMENTS], partial, self.seconds, env=environment)
        if ended.code != 0:
            said = redact(ended.stderr.decode("utf-8", "replace"))[0].strip().splitlines()
            why = ended.reason or one_line(next(iter(said), "no message"), 200)
            return Skipped(_WHAT, f"npm ci failed ({why}); gates need its packages")
        (partial / "node_modules").mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # another run was faster
            partial.rename(home)
        return home / "node_modules"


_FROZEN = {
    "npm": _ARGUMENTS,
    "pnpm": ("install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"),
    "yarn": ("install", "--immutable", "--mode=skip-build"),
    "yarn 1": ("install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"),
    "bun": ("install", "--frozen-lockfile", "--ignore-scripts"),
}
"""How each manager installs what the lock file says, without running a package's scripts."""


def _manager(folder: Path) -> str:
    if (folder / "package-lock.json").is_file():
        return "npm"
    return next((named for lock, named in _OTHERS.items() if (folder / lock).exists()), "npm")


def _has_workspaces(folder: Path) -> bool:
    manifest = json.loads((folder / "package.json").read_bytes())
    return isinstance(manifest, dict) and bool(manifest.get("workspaces"))


def _refusal(folder: Path, manager: str) -> str:
    if shutil.which("node") is None and manager != "bun":
        return "node and npm are not on the PATH; install Node.js to run gates"
    if shutil.which(manager) is None:
        remedy = "Node.js" if manager == "npm" else manager
        return f"{manager} is not on the PATH; install {remedy} to run gates"
    try:
        manifest = json.loads((folder / "package.json").read_bytes())
    except FileNotFoundError:
        return "the tree has no package.json"
    except (ValueError, RecursionError):
        return "package.json is not JSON"
    if not isinstance(manifest, dict):
        return "package.json is not an object"
    if manager == "npm" and not (folder / "package-lock.json").is_file():
        return "npm ci needs package-lock.json; the tree has no lock file"
    return ""


def _link(installed: Path, target: Path) -> None:
    """Make ``target`` a folder of links to the packages in ``installed``, scopes included."""
    if target.is_symlink() or target.exists():
        return
    target.mkdir()
    for entry in sorted(installed.iterdir()):
        if entry.name.startswith("@") and entry.is_dir():
            (target / entry.name).mkdir()
            for package in sorted(entry.iterdir()):
                (target / entry.name / package.name).symlink_to(package)
        else:
            (target / entry.name).symlink_to(entry)
