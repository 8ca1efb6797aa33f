"""Sections of JSON files that say which programs are run, or whose packages are installed."""

from __future__ import annotations

import re

_RUN_BY_NAME = frozenset(
    {"scripts", "tasks", "bin", "husky", "lint-staged", "simple-git-hooks", "hooks"}
)
_OF_MANIFESTS = frozenset({"config", "overrides", "resolutions"})
_MANIFEST = re.compile(r"(?:^|/)(?:package|composer|deno|bower)\.jsonc?$")


def says_what_is_run(path: str, section: str) -> bool:
    """Tell whether a top-level ``section`` of a JSON file names programs or sources of packages."""
    return section in _RUN_BY_NAME or (
        section in _OF_MANIFESTS and _MANIFEST.search(path) is not None
    )
