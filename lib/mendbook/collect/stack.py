"""Which stacks a work tree has, by the manifests at its top: what there is to run tools on."""

from __future__ import annotations

from pathlib import Path

NODE, PYTHON, GO, RUST = "node", "python", "go", "rust"
_MANIFESTS = {
    NODE: ("package.json",),
    PYTHON: ("pyproject.toml", "setup.py", "setup.cfg", "requirements*.txt", "Pipfile", "*.py"),
    GO: ("go.mod", "go.work"),
    RUST: ("Cargo.toml",),
}


def stacks(repo: Path) -> frozenset[str]:
    """Return the stacks whose manifests stand in ``repo``; Node's where none does.

    Its tools say themselves what they lack.
    """
    named = {
        name
        for name, patterns in _MANIFESTS.items()
        if any(path.is_file() for pattern in patterns for path in repo.glob(pattern))
    }
    return frozenset(named or {NODE})
