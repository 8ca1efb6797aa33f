"""Find TypeScript's native compiler where somebody installed it, or install it when asked to."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from mendbook.errors import CollectError
from mendbook.marks import mark

PACKAGE = "typescript@7"
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64", "armv7l": "arm"}
_SECONDS = 300


def cache_folder() -> Path:
    """Return the folder of Mendbook's own that ``install_compiler`` installs into."""
    return platformdirs.user_cache_path("mendbook") / "exact"


def find_compiler(root: Path | None = None) -> Path | None:
    """Return the native ``tsc`` in Mendbook's cache, else in the target at ``root``, else None."""
    folders = [cache_folder(), *([root] if root is not None else [])]
    found = (path for folder in folders for path in _candidates(folder))
    return next((path for path in found if path.is_file()), None)


def install_compiler() -> Path:
    """Install the native compiler into Mendbook's cache with npm, and return its path.

    It is made beside the one that may be there and takes its place whole: an installation that is
    killed leaves the old one, or none. Raise ``CollectError`` when npm is not there, refuses, or
    has nothing for this platform.
    """
    home = cache_folder()
    made = home.with_name(f"{home.name}{mark('saving')}")
    made.mkdir(parents=True)
    try:
        _install(made)
        return compiler_path(_put(made, home))
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put(made: Path, home: Path) -> Path:
    """Give ``made`` the name ``home``, in place of what has it."""
    before = home.with_name(f"{home.name}{mark('saving')}")
    if home.exists():
        home.rename(before)
    made.rename(home)
    shutil.rmtree(before, ignore_errors=True)
    return home


def _install(folder: Path) -> None:
    arguments = ["--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            ["npm", "install", *arguments, "--", PACKAGE],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = (
            f"{folder}: npm could not install {PACKAGE} ({error}); install Node.js and try again"
        )
        raise CollectError(message) from error
    found = compiler_path(folder)
    if done.returncode or not found.is_file():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        message = f"{folder}: npm install {PACKAGE} gave no compiler ({said[-1]}); try again"
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
