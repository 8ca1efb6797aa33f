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
from mendbook.model import Skipped
from mendbook.text.plain import one_line

_FILES = ("package.json", "package-lock.json", ".npmrc")
_OTHERS = ("yarn.lock", "pnpm-lock.yaml", "bun.lockb", "bun.lock")
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
        if refusal := _refusal(folder):
            return Skipped(_WHAT, refusal)
        with self._lock:
            installed = self._installed(folder)
        if isinstance(installed, Skipped):
            return installed
        _link(installed, folder / "node_modules")
        return None

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
        partial = Path(tempfile.mkdtemp(dir=home.parent, prefix=".installing-"))
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


def _refusal(folder: Path) -> str:
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "node and npm are not on the PATH; install Node.js to run gates"
    try:
        manifest = json.loads((folder / "package.json").read_bytes())
    except FileNotFoundError:
        return "the tree has no package.json"
    except (ValueError, RecursionError):
        return "package.json is not JSON"
    if not isinstance(manifest, dict) or manifest.get("workspaces"):
        return "package.json uses workspaces, which Mendbook cannot install apart"
    if not (folder / "package-lock.json").is_file():
        other = next((name for name in _OTHERS if (folder / name).exists()), "")
        seen = f"only {other}" if other else "no lock file"
        return f"npm ci needs package-lock.json; the tree has {seen}"
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
