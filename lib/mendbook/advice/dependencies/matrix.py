"""What is known of the packages of one manifest."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.advice.dependencies.judge import Package, Verdict
from mendbook.advice.dependencies.locked import Locked
from mendbook.model import AdviceRow
from mendbook.repository.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Matrix:
    """One manifest, and the verdict on each package that it declares."""

    manifest: Manifest
    folder: str
    root: bool
    locked: Locked
    judged: list[tuple[Package, Verdict]]
    undeclared: tuple[AdviceRow, ...]
    node: tuple[int, int]
