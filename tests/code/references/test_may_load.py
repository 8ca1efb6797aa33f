"""A text that may load a module by a call is told from one that only speaks of loading."""

from __future__ import annotations

import pytest

from mendbook.code.references.loading import may_load

LOADS = [
    'const tide = await import("./tide");',
    'const tide = require ("./tide")',
    'import\n("./tide")',
    'import.meta.glob("./berths/*.ts")',
    'require.context("./berths", true)',
    'vi.mock("./tide")',
    'jest.doMock("./tide")',
    'j.unMock("./tide")',
    'importActual("./tide")',
    'await vi.requireActual("./tide")',
    'my.import("./tide")',
]
SPEAKS = [
    'import { high } from "./tide";',
    "reimport(boats)",
    "prerequire(boats)",
    "// we require a permit (once a year)",
    "block(boats); stock(boats)",
    "important(boats)",
    "xrequireActual()",
    "",
]


@pytest.mark.parametrize(
    ("text", "loads"), [(t, True) for t in LOADS] + [(t, False) for t in SPEAKS]
)
def test_only_what_may_load_is_read_for_loads(text: str, loads: bool) -> None:
    """The word alone, inside another word or before a name, loads nothing."""
    assert may_load(text) is loads
    assert may_load(f"const a = 1;\n{text}\n") is loads
