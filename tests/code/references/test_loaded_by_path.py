"""Promises of modules that are loaded by a path or name written as text: their exports stay."""

from __future__ import annotations

import pytest

from mendbook.code.references import find_references
from mendbook.code.references.python.by_text import loaded_by_text
from mendbook.repository.snapshot import Snapshot

FUNCTION = "export function {0}() {{\n  return 1;\n}}\n"
ROWS: tuple[tuple[str, str, str, dict[str, str], str], ...] = (
    ("a server that renders pages", "src/entry-server.ts", "render",
     {"server.js": 'start();\nconst page = await vite.ssrLoadModule("/src/entry-server.ts");'},
     "server.js:2"),
    ("the built file of it", "src/entry-server.ts", "render",
     {"server.js": 'const { render } = await import("./dist/server/entry-server.js");\n'},
     "server.js:1"),
    ("an import of the built file", "src/loans.ts", "lend",
     {"bin.mjs": 'import { read, lend as l } from "./dist/loans.js";\n'}, "bin.mjs:1"),
    ("an import of another name of it", "src/loans.ts", "lend",
     {"bin.mjs": 'import { read, type Loan } from "./dist/loans.js";\n'}, ""),
    ("all of it by require", "src/loans.ts", "lend",
     {"bin.cjs": "const { read, ...rest } = require('./dist/loans.js');\n"}, "bin.cjs:1"),
    ("some of it by require", "src/loans.ts", "lend",
     {"bin.cjs": "const { read: r = 1 } = require('./dist/loans.js');\n"}, ""),
    ("an import of no name", "src/loans.ts", "lend",
     {"a.ts": 'import type {} from "./dist/loans.js";\n'}, "a.ts:1"),
    ("a worker beside it", "mill/grind.js", "grind",
     {"mill/start.js": 'run(new Worker("./grind.js"));\n'}, "mill/start.js:1"),
    ("a worker by its address", "mill/grind.ts", "grind",
     {"mill/start.ts": "\nnew Worker(new URL('./grind.ts', import.meta.url));\n"},
     "mill/start.ts:2"),
    ("a worker whose path is joined", "mill/jobs/grind.ts", "grind",
     {"mill/start.ts": 'fork(path.join(__dirname, "jobs", "grind.js"));\n'}, "mill/start.ts:1"),
    ("a setup file of tests", "test/setup-tides.ts", "tides",
     {"jest.config.js": 'module.exports = {\n  setupFiles: ["<rootDir>/test/setup-tides"],\n};\n'},
     "jest.config.js:2"),
    ("a setup file that the manifest names", "test/tides.ts", "tides",
     {"package.json": '{\n  "private": true,\n  "jest": {"setupFiles": ["./test/tides.ts"]}\n}\n'},
     "package.json:3"),
    ("a function of a cloud with the entry of its code", "src/ward.ts", "ward",
     {"stack.ts": 'new NodejsFunction(this, "ward", { entry: "./src/ward.ts" });\n'},
     "stack.ts:1"),
    ("a command of a package in a folder", "packages/ferry/src/cli.ts", "sail",
     {"packages/ferry/package.json": '{"private": true, "bin": {"ferry": "./dist/cli.js"}}\n'},
     "packages/ferry/package.json:1"),
    ("a release tool's file beside its settings", ".changeset/changelog.js", "getReleaseLine",
     {".changeset/config.json": '{\n  "changelog": "./changelog.js"\n}\n'},
     ".changeset/config.json:2"),
    ("a handler", "src/loans.ts", "lend",
     {"stack.ts": 'new Lambda({ runtime, handler: "src/loans.lend" });\n'}, "stack.ts:1"),
    ("a handler of another name", "src/loans.ts", "lend",
     {"stack.ts": 'new Lambda({ runtime, handler: "src/loans.main" });\n'}, ""),
    ("a plugin in YAML", "tools/berths.cjs", "berths",
     {".crew.yml": "plugins:\n  - tools/berths.cjs\n"}, ".crew.yml:2"),
    ("a page", "src/till.ts", "till",
     {"index.html": '<body>\n<script type="module" src="/src/till.ts"></script>\n'},
     "index.html:2"),
    ("a table of settings", "tools/pears.ts", "pears",
     {"orchard.toml": '[hooks]\nafter = "tools/pears.ts"\n'}, "orchard.toml:2"),
    ("nobody", "src/till.ts", "till", {}, ""),
    ("a name for imports that nobody writes", "src/till.ts", "till",
     {"vite.config.ts": 'use({ resolve: { alias: { "tills": "./src/till.ts" } } });\n'}, ""),
    ("a name for imports that is not followed", "src/till.ts", "till",
     {"jest.config.js": 'module.exports = { moduleNameMapper: {\n  "^tills$": '
      '"<rootDir>/src/till.ts" } };\n', "src/a.ts": 'import { till } from "tills";\n'},
     "jest.config.js:2"),
    ("a pattern for imports", "test/style.js", "style",
     {"jest.config.js": 'module.exports = { moduleNameMapper: {\n  "[.]css$": '
      '"<rootDir>/test/style.js" } };\n'}, "jest.config.js:2"),
    ("the package's own name, given to its source", "src/till.ts", "till",
     {"vite.config.ts": "use({ alias: { a: b(), tills: resolve(import.meta.dirname, 'src', "
      "'till.ts') } });\n", "test/a.ts": 'import { other } from "tills";\n',
      "package.json": '{"private": true, "name": "tills", "main": "dist/till.js"}\n'}, ""),
    ("rows of names", "src/till.ts", "till",
     {"vite.config.ts": "use({ alias: [{ find: 'tills', replacement: fileURLToPath(new URL("
      "'./src/till.ts', import.meta.url)) }] });\n"}, ""),
    ("an import of another name", "src/till.ts", "till",
     {"a.ts": 'import { other } from "./src/till.js";\n'}, ""),
    ("a comment", "src/till.ts", "till", {"a.ts": '// as in "./src/till.ts"\n'}, ""),
    ("a file that is read as text", "src/till.ts", "till",
     {"a.js": 'const text = readFileSync("./src/till.ts", "utf8");\n'}, ""),
    ("the address of a page", "till/open.ts", "till", {"a.ts": 'go("/till/open");\n'}, ""),
    ("a folder", "src/index.ts", "till", {"a.config.ts": 'const alias = { "@": "./src" };\n'}, ""),
    ("what a compiler takes in", "src/till.ts", "till",
     {"tsconfig.json": '{"files": ["src/till.ts"]}\n'}, ""),
    ("what a check leaves out", "src/till.ts", "till",
     {"eslint.config.js": 'module.exports = [{ ignores: ["src/a.ts", "src/till.ts"] }];\n',
      ".cover.yml": "ignore:\n  - src/a.ts\n  - src/till.ts\n"}, ""),
    ("what is counted by file", "src/till.ts", "till",
     {"known.json": '{"src/till.ts": {"no-any": 2}}\n'}, ""),
    ("a report", "src/till.ts", "till", {"knip-report.json": '{"unused": ["src/till.ts"]}\n'}, ""),
    ("the main file of an application", "src/till.ts", "till",
     {"package.json": '{"private": true, "main": "./dist/till.js"}\n'}, ""),
)  # fmt: skip


BUILT: tuple[tuple[str, str, str], ...] = (
    ("webpack.config.js", 'module.exports = { entry: { ward: "./src/ward" } };\n', ":1"),
    ("webpack.prod.js", 'pack({\n  entry: path.join(__dirname, "src", "ward.ts"),\n});\n', ":2"),
    ("vite.config.ts", "lib({\n  entry: [\n    './src/keys.ts',\n    './src/ward.ts',\n  ],\n});\n",
     ":4"),
    ("webpack.old.js", "module.exports = { entry: __dirname + '/src/ward.ts' };\n", ":1"),
    ("rollup.config.mjs", "export default { input: 'src/ward.ts', output: 'a.js' };\n", ":1"),
    ("tools/pack.mjs", "await build({ bundle: true, entryPoints: ['src/ward.ts'] });\n", ":1"),
    ("tools/types.js", "const all = ts.createProgram(['src/ward.ts'], set, host);\n", ":1"),
)  # fmt: skip


@pytest.mark.parametrize(("settings", "text", "place"), BUILT, ids=[row[0] for row in BUILT])
def test_what_is_only_built_may_be_called_otherwise(settings: str, text: str, place: str) -> None:
    """A build hands an entry's exports on to whoever takes the product; it names none of them."""
    tree = {"package.json": '{"private": true}', settings: text,
            "src/ward.ts": FUNCTION.format("ward")}  # fmt: skip
    found = find_references((), Snapshot.of(tree), provider="syntax")
    said = f"src/ward.ts is an entry of the build at {settings}{place}"
    assert found.needed("ward", "src/ward.ts") == found.taken("ward", "src/ward.ts") == said
    assert found.loaded("ward", "src/ward.ts") == ""


@pytest.mark.parametrize("manifest", ["jsr.json", "packages/ward/deno.jsonc"])
def test_what_another_registry_offers_may_be_called_otherwise(manifest: str) -> None:
    """The exports that such a manifest lists are public: they stay, and name nobody here."""
    folder = manifest.rpartition("/")[0]
    file = f"{folder}/src/ward.ts".lstrip("/")
    tree = {"package.json": '{"private": true}', file: FUNCTION.format("ward"),
            manifest: '{\n  "exports": { ".": "./src/ward.ts" }\n}\n'}  # fmt: skip
    found = find_references((), Snapshot.of(tree), provider="syntax")
    assert found.needed("ward", file) == f"{file} is offered at {manifest}:2"
    assert found.loaded("ward", file) == ""


def test_what_is_built_and_loaded_is_loaded() -> None:
    """A place that loads a module counts before those that build it."""
    tree = {"src/ward.ts": FUNCTION.format("ward"),
            "a.config.ts": "pack({ entryPoints: ['src/ward.ts'] });\n",
            "night.js": "new Worker('./src/ward.ts');\n"}  # fmt: skip
    by_name = tree | {"night.js": "import { ward } from './dist/ward.js';\n"}
    said = "src/ward.ts is loaded by its path at night.js:1"
    for one in (tree, by_name):
        found = find_references((), Snapshot.of(one), provider="syntax")
        assert found.loaded("ward", "src/ward.ts") == said


@pytest.mark.parametrize(
    ("file", "name", "files", "place"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_exports_of_a_module_that_is_loaded_by_its_path_stay(
    file: str, name: str, files: dict[str, str], place: str
) -> None:
    """Neither the declaration nor its export may go, and the place of the path is said."""
    tree = {"package.json": '{"private": true}', file: FUNCTION.format(name)} | files
    found = find_references((), Snapshot.of(tree), provider="syntax")
    said = f"{file} is loaded by its path at {place}" if place else ""
    assert found.needed(name, file) == said
    assert found.taken(name, file) == said


def test_exports_that_such_a_module_hands_on_stay() -> None:
    """What a loaded module re-exports is reached where it is declared."""
    tree = {"src/loans.ts": FUNCTION.format("lend"), "src/all.ts": 'export * from "./loans";\n',
            "a.js": 'vite.load("/src/all.ts");\n'}  # fmt: skip
    found = find_references((), Snapshot.of(tree), provider="syntax")
    said = "src/all.ts is loaded by its path at a.js:1"
    assert found.needed("lend", "src/loans.ts") == found.taken("lend", "src/loans.ts") == said


def test_what_such_a_module_does_not_export_may_go() -> None:
    """A loader reaches exports only; a helper that nobody calls is dead."""
    tree = {"src/till.ts": "function old() {}\n\nexport const a = 1;\n",
            "index.html": '<script type="module" src="/src/till.ts"></script>\n'}  # fmt: skip
    found = find_references((), Snapshot.of(tree), provider="syntax")
    assert found.needed("old", "src/till.ts") == found.taken("old", "src/till.ts") == ""


JOBS = "def prune():\n    return 1\n"
PYTHON = (
    ("an entry point", {"pyproject.toml": '[project.scripts]\na = "orchard.jobs:prune"\n'},
     "path at pyproject.toml:2"),
    ("a server's own settings", {"gunicorn.conf.py": 'wsgi_app = "orchard.jobs:prune()"\n'},
     "path at gunicorn.conf.py:1"),
    ("a command", {"Procfile": "web: gunicorn orchard.jobs:prune --bind :80\n"},
     "path at Procfile:1"),
    ("a setting", {"site/settings.py": 'HOOK = "orchard.jobs.prune"\n'},
     "path at site/settings.py:1"),
    ("a function in the cloud", {"serverless.yml": "a:\n  handler: orchard/jobs.prune\n"},
     "path at serverless.yml:2"),
    ("its module by name", {"run.py": 'm = importlib.import_module("orchard.jobs")\n'},
     "name at run.py:1"),
    ("every module of its package", {"run.py": 'm = import_module(f"orchard.{name}")\n'},
     "name at run.py:1"),
    ("another name", {"pyproject.toml": '[project.scripts]\na = "orchard.jobs:sow"\n'}, ""),
    ("another module of that name", {"pyproject.toml": 'a = "vineyard.jobs:prune"\n'}, ""),
    ("another module by name", {"run.py": 'm = import_module("orchard.trees")\n'}, ""),
    ("a logger", {"log.py": 'log = getLogger("orchard.jobs")\n'}, ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("files", "place"), [row[1:] for row in PYTHON], ids=[row[0] for row in PYTHON]
)
def test_a_python_name_that_a_text_loads_stays(files: dict[str, str], place: str) -> None:
    """Entry points, servers, settings and imports by name keep a function, and are named."""
    snapshot = Snapshot.of({"src/orchard/jobs.py": JOBS} | files)
    said = f"src/orchard/jobs.py is loaded by its {place}" if place else ""
    assert loaded_by_text(snapshot, "src/orchard/jobs.py", "prune") == said
