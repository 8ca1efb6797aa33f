"""Write a snapshot's sources to a scratch folder as one TypeScript project, tests included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mendbook.code import trees as syntax
from mendbook.code.modules import Modules, compiler_options, modules_of
from mendbook.repository.snapshot import Snapshot

_MANIFEST = "package.json"
_DROPPED = ("rootDir", "rootDirs", "outDir", "composite", "incremental", "baseUrl", "paths")
"""Options about what is emitted where, which do not matter when nothing is emitted."""


def write_project(snapshot: Snapshot, folder: Path, root: Path | None = None) -> None:
    """Write the sources and manifests of ``snapshot`` below ``folder``, with one tsconfig.

    The tsconfig takes every source file in and knows the aliases of all tsconfigs, because a
    project's own often leaves its tests out. Packages installed in ``root`` are linked, not copied.
    """
    modules = modules_of(snapshot)
    wanted = [path for path in snapshot.files if _belongs(path)]
    for parent in sorted({path.rpartition("/")[0] for path in wanted}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for path in wanted:
        with open(f"{folder}/{path}", "xb") as file:  # noqa: PTH123 - twice as fast
            file.write(snapshot.text(path).encode("utf-8", "surrogatepass"))
    (folder / "tsconfig.json").write_text(json.dumps(_config(snapshot, modules)), encoding="utf-8")
    installed = root / "node_modules" if root is not None else None
    if installed is not None and installed.is_dir() and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(installed.resolve(), target_is_directory=True)


def _belongs(path: str) -> bool:
    """Tell whether ``path`` is a source or a manifest that cannot leave the folder."""
    below = not path.startswith("/") and ".." not in path.split("/")
    return below and (syntax.is_source(path) or path.endswith(_MANIFEST))


def _config(snapshot: Snapshot, modules: Modules) -> dict[str, Any]:
    own = compiler_options(snapshot, "tsconfig.json")
    options = {name: value for name, value in own.items() if name not in _DROPPED}
    untyped = any(syntax.is_source(path) and syntax.is_untyped(path) for path in snapshot.files)
    return {
        "compilerOptions": {
            **options,
            "noEmit": True,
            "skipLibCheck": True,
            "allowJs": untyped,
            "declaration": False,
            "declarationMap": False,
            "paths": modules.paths(),
        },
        "include": ["**/*"],
        "exclude": ["**/node_modules", "dist", "build", "coverage"],
        "typeAcquisition": {"enable": False},
    }
