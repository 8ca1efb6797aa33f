"""Find TypeScript's native compiler where somebody installed it, or install it when asked to."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from mendbook.code.references.installing import installed_whole, run_installer
from mendbook.errors import CollectError

PACKAGE = "typescript@7"
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64", "armv7l": "arm"}


def cache_folder() -> Path:
    """Return the folder of Mendbook's own that ``install_compiler`` installs into."""
    return platformdirs.user_cache_path("mendbook") / "exact"


def find_compiler(root: Path | None = None) -> Path | None:
    """Return the native ``tsc`` in Mendbook's cache, else in the target at ``root``, else None."""
    folders = [cache_folder(), *([root] if root is not None else [])]
    compilers = (path for folder in folders for path in _candidates(folder))
    return next((path for path in compilers if path.is_file()), None)


def install_compiler() -> Path:
    """Install the native compiler into Mendbook's cache with npm, and return its path.

    Raise ``CollectError`` when npm is not there, refuses, or has nothing for this platform.
    """
    return compiler_path(installed_whole(cache_folder(), _install))


def _install(folder: Path) -> None:
    options = ["--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
    said = run_installer(
        ["npm", "install", *options, "--", PACKAGE], folder, PACKAGE, needs="Node.js"
    )
    if said or not compiler_path(folder).is_file():
        why = said or "no message"
        message = f"{folder}: npm install {PACKAGE} gave no compiler ({why}); try again"
        raise CollectError(message)


def compiler_path(folder: Path) -> Path:
    """Return where npm puts the compiler for this platform when it installs into ``folder``."""
    binary = "tsc.exe" if sys.platform == "win32" else "tsc"
    return folder / "node_modules" / "@typescript" / _platform() / "lib" / binary


def _candidates(folder: Path) -> Iterator[Path]:
    yield compiler_path(folder)
    kept = sorted(folder.glob(f"node_modules/.pnpm/@typescript+{_platform()}@*"))
    yield from (compiler_path(one) for one in reversed(kept))


def _platform() -> str:
    machine = platform.machine().lower()
    return f"typescript-{sys.platform}-{_MACHINES.get(machine, machine)}"
