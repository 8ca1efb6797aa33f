"""What the pickers bring in."""

from __future__ import annotations

from pydantic import BaseModel

SPOILED = ["bruised", "split", "wormy", "rotten"]


class Crate(BaseModel):
    """One crate of one tree."""

    tree: str
    kilos: float
    marks: list[str] = []


def add(crate: Crate, crates: list[Crate] = []) -> list[Crate]:
    """Add a crate to those that came in before."""
    crates.append(crate)
    return crates


def total_weight(crates: list[Crate]) -> float:
    """Sum what is fit to be sold."""
    total = 0.0
    for crate in crates:
        if not any(mark in SPOILED for mark in crate.marks):
            total = total + crate.kilos
    return total


def average_weight(crates: list[Crate]) -> float:
    """Say what a crate weighs on average."""
    return total_weight(crates) / len(crates)
