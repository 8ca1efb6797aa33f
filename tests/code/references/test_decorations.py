"""A function of a module is used where a plugin handed out the object that holds it."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.code.references.find import find_references
from mendbook.repository.snapshot import Snapshot

FILES = {
    "src/plugins/tides.ts": (
        "import fp from 'fastify-plugin';\n"
        "const tides = { highAt, low: lowAt };\n"
        "export async function highAt(day: string) {\n  return day;\n}\n"
        "export async function lowAt(day: string) {\n  return day;\n}\n"
        "export default fp(async (app) => {\n  app.decorate('tideTable', tides);\n});\n"
    ),
    "src/moon.ts": "export class MoonTable {\n  highAt(day: string) {\n    return day;\n  }\n}\n",
    "src/routes/harbour.ts": (
        "export default async (app) => {\n"
        "  const { tideTable } = app;\n"
        "  app.get('/high', async () => tideTable.highAt('today'));\n"
        "  app.get('/low', async (req) => req.server.tideTable.low('today'));\n"
        "  app.get('/moon', async () => app.moonTable.highAt('today'));\n"
        "};\n"
    ),
}


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("highAt", ["src/routes/harbour.ts:3 call"]), ("lowAt", ["src/routes/harbour.ts:4 call"])],
)
def test_what_a_plugin_decorates_with_is_used_by_its_name(symbol: str, expected: list[str]) -> None:
    """The name tells which object is meant; another table's function is another one."""
    about = finding("T", file="src/plugins/tides.ts", symbols=(symbol,))
    (row,) = find_references([about], Snapshot.of(FILES), provider="syntax").by_finding["T"]
    elsewhere = [use for use in row.references if use.file != "src/plugins/tides.ts"]
    assert [f"{use.file}:{use.line} {use.kind}" for use in elsewhere] == expected
