"""Run Python's tests and see which lines they run: ``pytest --cov`` of pytest-cov."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_files


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order
    return (
        *("-q", "-p", "no:cacheprovider", "--cov=.", "--cov-report"),
        f"json:{scratch / 'coverage.json'}",
    )


PYTEST_COV = Tool(
    name="pytest-cov",
    program="pytest",
    feeds="--profile",
    on_path=True,
    install="python -m pip install pytest pytest-cov",
    arguments=_arguments,
    judge=by_files,
    # what the tests that pass have run is measured even where others fail
    exits={0: "all tests passed", 1: "tests failed"},
    stack=PYTHON,
)
