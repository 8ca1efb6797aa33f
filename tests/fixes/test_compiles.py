"""The optional job: the installed compilers before and after every example of an edit.

    PATH=$PATH:node_modules/.bin pytest tests/fixes/test_compiles.py

Python compiles its own; the rest needs ``tsc`` on the path, and is skipped without it. All trees
are compiled in one go, each in a folder of its own, as it is and with modern syntax below it.
"""

from __future__ import annotations

import ast
import collections
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from file_conditions import CONDITIONS
from mendbook.code.trees import is_source
from mendbook.fixes.recipes import RECIPES

sys.path.insert(0, str(Path(__file__).parent / "instruction"))
from test_conditions import WANTED

Texts = Mapping[str, str | None]
_AS_IT_IS = ("", "modern syntax", "directives")
_OPTIONS = {
    "noEmit": True,
    "allowJs": True,
    "target": "esnext",
    "module": "preserve",
    "skipLibCheck": True,
    "moduleDetection": "force",
    "jsx": "preserve",
    "experimentalDecorators": True,
    "types": [],
}
_INSTALLED = frozenset(["TS2307", "TS2304", "TS2552", "TS2591", "TS2580", "TS7016", "TS2875"])
"""What is said where packages and their types are not installed, as here none is."""
_ASKED_FOR = {
    "harbour: typed": "TS2554: Expected 0 arguments, but got 1.",
    "kitchen: list": "TS2322: Type '\"lower-aft\"' is not assignable to type 'Deck'.",
    "kitchen: promise all2": "TS2339: Property 'drain' does not exist on type 'Ferry'.",
    "lanes: guarded call": "TS2339: Property 'closed' does not exist on type 'Lanes'.",
    "other_orders: where it belongs": "TS2339: Property 'settle' does not exist on type 'Lock'.",
    "lanes: chain unref": "TS2339: Property 'unref' does not exist on type 'number'.",
}
"""Texts that spell out what the types of their small examples do not have."""
_ERROR = re.compile(
    r"^(?:\.\./)*(?P<tree>\d+)/[^(]*\([\d,]+\): error (?P<code>TS\d+): (?P<said>.*)$"
)


def trees() -> Iterator[tuple[str, Texts, Texts]]:
    """Yield each example of the recipes and of the instruction reader: its name, before, after."""
    for recipe in RECIPES:
        for example in recipe.examples:
            if example.after:
                name = f"{recipe.name}: {example.name}"
                yield name, example.before, {**example.before, **example.after}
    for name, (case, edits) in WANTED.items():
        before = {**case.files, case.path: case.code}
        yield name, before, {**before, **edits}


TREES = list(trees())


def test_python_compiles_every_example() -> None:
    """No edit of Python leaves what Python does not take."""
    for name, _, after in TREES:
        for path, text in after.items():
            if path.endswith(".py") and text is not None:
                ast.parse(text, f"{name}: {path}")


@pytest.mark.node
@pytest.mark.parametrize("condition", _AS_IT_IS, ids=lambda name: name or "as it is")
def test_tsc_finds_no_new_error_in_any_example(condition: str, tmp_path: Path) -> None:
    """What the compiler says of a tree after an edit it said before."""
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("tsc is not on the path")
    before = _errors(tsc, tmp_path / "before", [tree for _, tree, _ in TREES], condition)
    after = _errors(tsc, tmp_path / "after", [tree for _, _, tree in TREES], condition)
    new: dict[str, set[str]] = collections.defaultdict(set)
    for at, said in after.items():
        name = TREES[at][0]
        if more := said - before[at] - {_ASKED_FOR.get(name)}:
            new[name] |= more
    assert not new, json.dumps({name: sorted(said) for name, said in new.items()}, indent=1)


def _errors(tsc: str, folder: Path, several: list[Texts], condition: str) -> dict[int, set[str]]:
    """Return what the compiler says of each tree, by its number, places left out."""
    files = []
    for number, texts in enumerate(several):
        for path, text in texts.items():
            if text is None or not is_source(path):
                continue
            place = folder / str(number) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(CONDITIONS[condition].writes(path, text) if condition else text)
            files.append(str(place.relative_to(folder)))
    config = {"compilerOptions": _OPTIONS, "files": files}
    (folder / "tsconfig.json").write_text(json.dumps(config))
    done = subprocess.run([tsc], cwd=folder, capture_output=True, text=True, check=False)
    found: dict[int, set[str]] = collections.defaultdict(set)
    told = [match for line in done.stdout.splitlines() if (match := _ERROR.match(line))]
    assert told or not done.returncode, done.stdout[:2000]
    for match in told:
        if match["code"] not in _INSTALLED:
            found[int(match["tree"])].add(f"{match['code']}: {match['said']}")
    return found
