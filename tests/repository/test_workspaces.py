"""Which manifests are members of a workspace, as the package managers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.repository.manifest import read_manifests
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import Target

FOLDERS = (
    "apps/web",
    "apps/web/e2e",
    "apps/mobile",
    "packages/ui",
    "packages/old",
    "tools/lint",
    "tools/build/cli",
)


@pytest.mark.parametrize(
    ("patterns", "members"),
    [
        (["apps/*"], ["apps/mobile", "apps/web"]),
        (["apps/**"], ["apps/mobile", "apps/web", "apps/web/e2e"]),
        (["apps/{web,mobile}"], ["apps/mobile", "apps/web"]),
        (["packages/*", "!packages/old"], ["packages/ui"]),
        (["**", "!apps/**"], ["packages/old", "packages/ui", "tools/build/cli", "tools/lint"]),
        (["./tools/*/"], ["tools/lint"]),
        (["tools/**/cli"], ["tools/build/cli"]),
        (["*"], []),
    ],
)
def test_the_members_of_a_workspace(patterns: list[str], members: list[str]) -> None:
    """A star is one folder, two are any depth, braces are either, and ``!`` takes out again."""
    listed = ", ".join(f'"{each}"' for each in patterns)
    texts = {f"{folder}/package.json": "{}" for folder in FOLDERS}
    texts["package.json"] = f'{{"workspaces": [{listed}]}}'
    read = read_manifests(Target(Path("/nowhere"), "", "", "", Snapshot.of(texts)))
    assert read[0].path == "package.json"
    assert sorted(Path(each.path).parent.as_posix() for each in read[1:]) == members
