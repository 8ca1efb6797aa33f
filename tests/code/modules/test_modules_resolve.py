"""Promises of the one resolver of module names."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.code.modules import loose_json, modules_of, resolve
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """An import of ``source`` in ``file`` means ``target`` among ``files``."""

    name: str
    files: dict[str, str]
    file: str
    source: str
    target: str | None


def _paths(paths: dict[str, list[str]], **more: object) -> str:
    return json.dumps({"compilerOptions": {"paths": paths, **more}})


_SHOP = {
    "package.json": '{"private": true, "workspaces": ["packages/*", "apps/*"]}',
    "packages/tax/package.json": json.dumps(
        {
            "name": "@shop/tax",
            "exports": {
                ".": {"types": "./dist/index.d.ts", "import": "./dist/index.mjs"},
                "./rates": "./src/rates.ts",
                "./rules/*": {"default": "./dist/rules/*.js"},
            },
            "imports": {"#tables/*": "./src/tables/*.ts", "#clock": {"node": "./src/clock.ts"}},
        }
    ),
    "packages/tax/src/index.ts": "",
    "packages/tax/src/rates.ts": "",
    "packages/tax/src/rules/eu.ts": "",
    "packages/tax/src/tables/vat.ts": "",
    "packages/tax/src/clock.ts": "",
    "packages/ui/package.json": '{"name": "ui", "main": "lib/index.js"}',
    "packages/ui/lib/index.js": "",
    "packages/ui/button/index.jsx": "",
    "apps/store/package.json": '{"name": "store", "dependencies": {"logs": "file:../../logs"}}',
    "apps/store/src/main.ts": "",
    "logs/package.json": '{"name": "@old/logs"}',
    "logs/index.js": "",
}
_ALIASED = {
    "tsconfig.base.json": _paths({"@parts/*": ["./packages/parts/*"]}),
    "apps/lab/tsconfig.json": '{"extends": ["../../tsconfig.base", "./strict.json"]}',
    "apps/lab/strict.json": '{"compilerOptions": {"strict": true}}',
    "apps/lab/bench.ts": "",
    "apps/till/tsconfig.json": '// app\n{"extends": "@conf/ts/web.json", "compilerOptions": {},}',
    "apps/till/src/scan.ts": "",
    "packages/conf/package.json": '{"name": "@conf/ts"}',
    "packages/conf/web.json": _paths({"~/*": ["${configDir}/src/*"]}),
    "packages/parts/screw.ts": "",
    "apps/plain/jsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}',
    "apps/plain/src/store/index.js": "",
    "apps/plain/src/main.js": "",
    "apps/split/tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
    "apps/split/tsconfig.app.json": _paths({"@/*": ["./src/*"]}),
    "apps/split/src/view.tsx": "",
    "apps/kit/package.json": '{"name": "kit"}',
    "apps/kit/src/lib/date.ts": "",
    "apps/kit/src/routes/+page.svelte": "",
}
_ENDED = {
    "a.ts": "",
    "card/index.tsx": "",
    "old/index.cjs": "",
    "wide.mts": "",
    "tight.cts": "",
    "data.json": "{}",
    "view.vue": "",
    "dotted.config.ts": "",
    "types.d.ts": "",
    "deep/b.ts": "",
}
CASES = (
    Case("a folder's index", _ENDED, "a.ts", "./card", "card/index.tsx"),
    Case("a folder with a slash", _ENDED, "a.ts", "./card/", "card/index.tsx"),
    Case("an index in CommonJS", _ENDED, "a.ts", "./old", "old/index.cjs"),
    Case("what is emitted as .mjs", _ENDED, "a.ts", "./wide.mjs", "wide.mts"),
    Case("what is emitted as .cjs", _ENDED, "a.ts", "./tight.cjs", "tight.cts"),
    Case("what is emitted as .js", _ENDED, "deep/b.ts", "../a.js", "a.ts"),
    Case("an ending written out", _ENDED, "deep/b.ts", "../a.ts", "a.ts"),
    Case("JSON without its ending", _ENDED, "a.ts", "./data", "data.json"),
    Case("a component", _ENDED, "a.ts", "./view.vue", "view.vue"),
    Case("a query", _ENDED, "a.ts", "./view.vue?raw", "view.vue"),
    Case("a query behind a stem", _ENDED, "a.ts", "./wide?worker&inline", "wide.mts"),
    Case("a dot in the name", _ENDED, "a.ts", "./dotted.config", "dotted.config.ts"),
    Case("declarations only", _ENDED, "a.ts", "./types", "types.d.ts"),
    Case("the folder above", {"index.ts": "", "x/a.ts": ""}, "x/a.ts", "..", "index.ts"),
    Case("nothing there", _ENDED, "a.ts", "./gone", None),
    Case("out of the repository", _ENDED, "a.ts", "../../a", None),
    Case("a package", _ENDED, "a.ts", "card", None),
    Case("a workspace built elsewhere", _SHOP, "apps/store/src/main.ts", "@shop/tax",
         "packages/tax/src/index.ts"),
    Case("a subpath it exports", _SHOP, "apps/store/src/main.ts", "@shop/tax/rates",
         "packages/tax/src/rates.ts"),
    Case("a pattern it exports", _SHOP, "apps/store/src/main.ts", "@shop/tax/rules/eu",
         "packages/tax/src/rules/eu.ts"),
    Case("imports of its own", _SHOP, "packages/tax/src/index.ts", "#tables/vat",
         "packages/tax/src/tables/vat.ts"),
    Case("imports by condition", _SHOP, "packages/tax/src/index.ts", "#clock",
         "packages/tax/src/clock.ts"),
    Case("a main file", _SHOP, "apps/store/src/main.ts", "ui", "packages/ui/lib/index.js"),
    Case("a file below a package", _SHOP, "apps/store/src/main.ts", "ui/button",
         "packages/ui/button/index.jsx"),
    Case("a dependency on a folder", _SHOP, "apps/store/src/main.ts", "logs", "logs/index.js"),
    Case("an alias two configs up", _ALIASED, "apps/lab/bench.ts", "@parts/screw",
         "packages/parts/screw.ts"),
    Case("an alias from a package", _ALIASED, "apps/till/src/scan.ts", "~/scan",
         "apps/till/src/scan.ts"),
    Case("an alias of another app", _ALIASED, "apps/lab/bench.ts", "~/scan", None),
    Case("baseUrl alone", _ALIASED, "apps/plain/src/main.js", "store",
         "apps/plain/src/store/index.js"),
    Case("a config that refers", _ALIASED, "apps/split/src/view.tsx", "@/view",
         "apps/split/src/view.tsx"),
    Case("an alias of a framework", _ALIASED, "apps/kit/src/routes/+page.svelte", "$lib/date",
         "apps/kit/src/lib/date.ts"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_import_means_the_file_that_the_tools_would_load(case: Case) -> None:
    """Endings, folders, aliases, workspaces and conditions lead where compilers find them."""
    assert resolve(Snapshot.of(case.files), case.file, case.source) == case.target


def test_the_nearest_config_decides() -> None:
    """Two apps use one alias for two folders; each file gets its own."""
    files = {
        "tsconfig.json": _paths({"@/*": ["./shared/*"]}),
        "shared/x.ts": "",
        "shared/y.ts": "",
        "apps/a/tsconfig.json": _paths({"@/*": ["./*"]}),
        "apps/a/x.ts": "",
    }
    snapshot = Snapshot.of(files)
    assert resolve(snapshot, "apps/a/x.ts", "@/x") == "apps/a/x.ts"
    assert resolve(snapshot, "apps/a/x.ts", "@/y") == "shared/y.ts"
    assert resolve(snapshot, "shared/y.ts", "@/x") == "shared/x.ts"


def test_configs_that_extend_each_other_end() -> None:
    """A circle of configs means what each of them says itself."""
    files = {
        "tsconfig.json": '{"extends": "./other.json", "compilerOptions": {"baseUrl": "a"}}',
        "other.json": '{"extends": "./tsconfig.json"}',
        "a/b.ts": "",
    }
    assert resolve(Snapshot.of(files), "a/b.ts", "b") == "a/b.ts"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"a": "x//y", /* "b": 2, */ "c": ["/*", "*/"],}', {"a": "x//y", "c": ["/*", "*/"]}),
        ('{"a": ",}"} // end', {"a": ",}"}),
        ("[1]", {}),
        ("{", {}),
    ],
)
def test_configuration_is_read_as_people_write_it(text: str, value: object) -> None:
    """Comments, trailing commas and a byte order mark are no obstacle; other things are nothing."""
    assert loose_json(text) == value


@settings(deadline=None)  # two shared cores may be slow
@given(
    st.text(st.sampled_from("@~#$./*ab?"), min_size=1, max_size=9),
    st.text(st.sampled_from('{}"*/,ab:.\\'), max_size=30),
)
def test_no_name_and_no_config_stops_the_search(source: str, config: str) -> None:
    """Whatever is imported under whatever config, the answer is a file that is there, or none."""
    files = {"tsconfig.json": config, "package.json": config, "a/b.ts": "", "a.ts": ""}
    snapshot = Snapshot.of(files)
    answer = modules_of(snapshot).resolve("a/b.ts", source)
    assert answer is None or answer in snapshot


@pytest.mark.parametrize(
    ("links", "source", "found"),
    [
        ({"barge/build.js": "shared/build.js"}, "./build.js", "shared/build.js"),
        ({"barge/lib": "shared"}, "./lib/build", "shared/build.js"),
        ({"barge/a.js": "barge/b.js", "barge/b.js": "shared/build.js"}, "./a", "shared/build.js"),
        ({"barge/a.js": "barge/b.js", "barge/b.js": "barge/a.js"}, "./a.js", None),
        ({"barge/build.js": "../outside.js"}, "./build.js", None),
        ({"barge/other.js": "shared/build.js"}, "./build.js", None),
    ],
)
def test_a_link_is_the_file_that_it_leads_to(
    links: dict[str, str], source: str, found: str | None
) -> None:
    """What a package takes through a link of the tree, it takes from that file."""
    texts = {"shared/build.js": "export const build = 1;\n", "barge/tug.ts": ""}
    assert resolve(Snapshot("", texts, links=links), "barge/tug.ts", source) == found
