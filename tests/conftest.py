"""Fixtures that every part of the suite shares: throw-away git repositories, and a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ["MENDBOOK_CACHE"] = tempfile.mkdtemp(prefix="mendbook-tests-")
"""What is computed once is kept for these tests alone, and for the processes they start."""

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
"""How long an example takes is measured in the benchmarks; a busy machine fails no test."""

_LONG = re.compile(
    r"tests/(?:run|notebooks|fleet|browser|ledger|sample)/|test_(?:wheel|scheduling)\.py"
)
"""Files of few tests that take long: whole runs, kernels, a browser."""

MakeRepository = Callable[[Mapping[str, str]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: _LONG.search(item.nodeid) is None)


def pytest_unconfigure() -> None:
    """Remove what the tests have computed."""
    shutil.rmtree(os.environ["MENDBOOK_CACHE"], ignore_errors=True)


def git(root: Path, *arguments: str) -> str:
    """Run git as the fixture's own author and return what it prints."""
    identity = ["-c", "user.name=Ada Auditor", "-c", "user.email=ada@example.org"]
    done = subprocess.run(
        ["git", *identity, "-c", "init.defaultBranch=main", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def make_repository(tmp_path: Path) -> MakeRepository:
    """Return a function that commits ``files`` (path to text) to a new repository."""

    def make(files: Mapping[str, str]) -> Path:
        root = tmp_path / f"repository-{len(list(tmp_path.iterdir()))}"
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        git(tmp_path, "init", "--quiet", str(root))
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", "first", "--date", "2026-01-05T10:00:00Z")
        return root

    return make


_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium: the one ``CHROMIUM`` names, or the first on the path."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("Chromium was not found; install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*_FLAGS])
        yield started
        started.close()
