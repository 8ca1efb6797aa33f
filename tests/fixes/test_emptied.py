"""A module that a deletion leaves empty goes with it, where no file asks for it."""

from __future__ import annotations

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.propose import propose
from mendbook.fixes.recipe import asking
from mendbook.fixes.sources.sources import sources_for
from mendbook.model import FindingFacts
from mendbook.repository.snapshot import Snapshot

KILN = "export function kiln() {\n  return 1;\n}\n"
OTHER = {"src/glaze.ts": "export const glaze = 3;\n"}


def _deleted(name: str, path: str, files: dict[str, str]) -> dict[str, str | None]:
    """Return the edits of the first patch that ``Delete name`` is given."""
    tree = Snapshot.of(files | OTHER)
    finding = asking(f"`{name}` is unused", f"Delete `{name}`.", path, name)
    lookup = find_references([finding], tree, provider="syntax")
    facts = [FindingFacts(finding.id, (path,))]
    [made] = propose([finding], facts, tree, lookup, sources_for())
    assert made.proposal is not None, made.tried
    return made.proposal.edits


@pytest.mark.parametrize(
    "text",
    [
        KILN.replace("kiln", "Vase"),
        "import React from 'react';\n\nexport const Vase = () => <div />;\n",
        "/* (c) Potters */\nimport React from 'react';\n\nexport const Vase = () => <div />;\n",
        "/** @jsx h */\nimport { h } from 'preact';\n\nexport const Vase = () => <p />;\n",
        "'use client';\n\nexport function Vase() {\n  return null;\n}\n",
    ],
)
def test_a_component_goes_with_its_file(text: str) -> None:
    """Its head, and the import that only made its tags, are no reason to keep the file."""
    assert _deleted("Vase", "src/Vase.tsx", {"src/Vase.tsx": text}) == {"src/Vase.tsx": None}


def test_a_barrel_that_hands_it_on_loses_its_line() -> None:
    """Nobody takes the name there, so nothing asks for the file any more."""
    barrel = "export { kiln } from './kiln';\nexport { glaze } from './glaze';\n"
    assert _deleted("kiln", "src/kiln.ts", {"src/kiln.ts": KILN, "src/index.ts": barrel}) == {
        "src/kiln.ts": None,
        "src/index.ts": "export { glaze } from './glaze';\n",
    }


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("src/kiln.ts", {"src/main.ts": "import './kiln';\n"}),
        ("src/kiln.ts", {"src/index.ts": "export * from './kiln';\n"}),
        ("src/pages/kiln.ts", {}),
        ("src/kiln.ts", {"docs/build.txt": "The bundle begins with src/kiln.ts.\n"}),
    ],
)
def test_a_file_that_is_asked_for_stays_a_module(path: str, others: dict[str, str]) -> None:
    """An import, a text or a place may ask for the file as a whole."""
    assert _deleted("kiln", path, {path: KILN, **others}) == {path: "export {};\n"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"import './fire.css';\n\n{KILN}", "import './fire.css';\n"),
        (
            f'/// <reference types="node" />\n{KILN}',
            '/// <reference types="node" />\n\nexport {};\n',
        ),
    ],
)
def test_a_file_that_does_something_else_stays(text: str, left: str) -> None:
    """What it loads, or declares for others, is no part of what was deleted."""
    assert _deleted("kiln", "src/kiln.ts", {"src/kiln.ts": text}) == {"src/kiln.ts": left}


@pytest.mark.parametrize("ending", ["android.ts", "ios.tsx", "web.ts", "native.js"])
def test_the_form_of_a_platform_stays(ending: str) -> None:
    """Who imports ``./kiln`` takes ``kiln.web.ts`` on the web, and names it nowhere."""
    files = {
        f"src/kiln.{ending}": KILN,
        "src/kiln.ts": KILN,
        "src/main.ts": "import { kiln } from './kiln';\n\nkiln();\n",
        "package.json": '{"dependencies": {"react-native": "0.75.0"}}',
    }
    tree = Snapshot.of(files)
    finding = asking("`kiln` is unused", "Delete `kiln`.", f"src/kiln.{ending}", "kiln")
    lookup = find_references([finding], tree, provider="syntax")
    facts = [FindingFacts(finding.id, (f"src/kiln.{ending}",))]
    [made] = propose([finding], facts, tree, lookup, sources_for())
    assert made.proposal is None
