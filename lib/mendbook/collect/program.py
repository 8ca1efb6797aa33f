"""Find a tool's program and its version, and the environment it is run in. Nothing is fetched."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from mendbook.bounded_process import run_bounded
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.text.plain import one_line

_USUAL = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
_VERSION_SECONDS = 10.0


def find_program(tool: Tool, repo: Path) -> str:
    """Return the path of the tool's program: the repository's own, or the machine's; or nothing."""
    if tool.package:
        for folder in _packages(repo):
            path = folder / ".bin" / tool.program
            if path.is_file() and os.access(path, os.X_OK):
                return str(path)
    for name in (".venv", "venv") if tool.stack == PYTHON else ():
        own = repo / name / "bin" / tool.program
        if own.is_file() and os.access(own, os.X_OK):
            return str(own)
    return (shutil.which(tool.program) or "") if tool.on_path else ""


def version(tool: Tool, program: str, repo: Path, env: dict[str, str]) -> str:
    """Return the tool's version: from its package's manifest, else as it says itself."""
    for folder in _packages(repo):
        if tool.package and Path(program).is_relative_to(folder):
            try:
                manifest = json.loads((folder / tool.package / "package.json").read_bytes())
                return one_line(str(manifest["version"]), 80)
            except (OSError, ValueError, KeyError, TypeError):
                break
    ended = run_bounded([program, "--version"], repo, _VERSION_SECONDS, env=env)
    return one_line(ended.stdout.decode("utf-8", "replace"), 80) if ended.code == 0 else ""


def environment(tool: Tool, home: Path) -> dict[str, str]:
    """Return what a tool gets to see: no secret of the user's unless needed, its own home.

    Tools execute the repository's configuration files. Caches go to ``home``, which is thrown away.
    """
    ours = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "CI": "1",
        "NO_COLOR": "1",
        "npm_config_update_notifier": "false",
        "PYTHONDONTWRITEBYTECODE": "1",
        "COVERAGE_FILE": str(home / "coverage"),
    }
    npmrc = Path.home() / ".npmrc"
    registry = {"npm_config_userconfig": str(npmrc)} if tool.program == "npm" else {}
    theirs = {
        name: value for name, value in os.environ.items() if name in _USUAL or tool.sees(name)
    }
    # a variable that is the user's to set is not set for them, either
    defaults = {name: value for name, value in ours.items() if not tool.sees(name)}
    # clinic waits for an answer about usage statistics otherwise
    return {**defaults, **registry, **theirs, "NO_INSIGHT": "1"}


def _packages(repo: Path) -> tuple[Path, ...]:
    """Return ``node_modules`` of the folder and, in a repository, of those up to its top."""
    folders = [repo, *repo.parents]
    top = next((at for at, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return tuple(folder / "node_modules" for folder in folders[: top + 1])
