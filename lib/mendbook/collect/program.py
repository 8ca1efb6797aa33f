"""Find a tool's program and its version, and the environment it is run in. Nothing is fetched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from mendbook.collect.tool import Tool
from mendbook.patches.plain import one_line
from mendbook.patches.process import run_bounded

_USUAL = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
_VERSION_SECONDS = 10.0


def find_program(tool: Tool, repo: Path) -> str:
    """Return the path of the tool's program: the repository's own, or the machine's; or nothing."""
    if tool.package:
        for folder in _packages(repo):
            path = folder / ".bin" / tool.program
            if path.is_file() and os.access(path, os.X_OK):
                return str(path)
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
    """Return what a tool sees: no secret of the user's unless it needs it, no terminal, no home.

    Tools execute the repository's configuration files. Caches go to ``home``, which is thrown away.
    """
    theirs = {name: value for name, value in os.environ.items() if name in _USUAL}
    given = {name: value for name, value in os.environ.items() if tool.sees(name)}
    own_npmrc = Path.home() / ".npmrc"
    npm = {"npm_config_userconfig": str(own_npmrc)} if tool.program == "npm" else {}
    return {
        "HOME": str(home),
        **npm,
        **theirs,
        **given,
        "TMPDIR": str(home),
        "CI": "1",
        "NO_COLOR": "1",
        "NO_INSIGHT": "1",
        "npm_config_cache": str(home / "npm"),
        "npm_config_logs_max": "0",
        "npm_config_update_notifier": "false",
    }


def _packages(repo: Path) -> Iterator[Path]:
    """Yield ``node_modules`` of the folder and of those above it, up to the repository's top."""
    for folder in (repo, *repo.parents):
        yield folder / "node_modules"
        if (folder / ".git").exists():
            return
