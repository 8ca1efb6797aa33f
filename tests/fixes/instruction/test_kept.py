"""What runs without being called is not dead, in any language that the reader knows."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal, Skipped

_NEST = """\
export class Parcels {
  @Cron("0 4 * * *")
  sweep() {
    return 1;
  }

  total() {
    return 2;
  }
}
"""
_DECK = (
    "class Deck:\n    def {0}(self):\n        return 1\n\n    def other(self):\n        return 2\n"
)


def _dead(name: str, path: str, code: str, refuses: str, **files: str) -> Case:
    bare = name.rpartition(".")[2]
    return Case(
        name=f"{path}: {name}",
        fix=f"Delete `{bare}`.",
        problem=f"{bare} is never called",
        code=code,
        path=path,
        function=name,
        refuses=refuses,
        files=files,
    )


STAYS = [
    _dead(
        "render",
        "src/entry-server.ts",
        "export function render() {\n  return 1;\n}\n\nexport const a = 1;\n",
        "src/entry-server.ts is loaded by its path at server.js:2",
        **{
            "server.js": "const vite = await start();\n"
            'const page = await vite.ssrLoadModule("/src/entry-server.ts");\n'
        },
    ),
    _dead(
        "getReleaseLine",
        ".changeset/changelog.js",
        "export const getReleaseLine = async () => 1;\n\nexport const other = 2;\n",
        ".changeset/changelog.js is loaded by its path at .changeset/config.json:2",
        **{".changeset/config.json": '{\n  "changelog": "./changelog.js"\n}\n'},
    ),
    _dead(
        "berth",
        "tools/ferry.js",
        "const parts = {\n  berth() {\n    return 1;\n  },\n  other: 2,\n};\n\n"
        "module.exports = parts;\n",
        "tools/ferry.js is loaded by its path at crew.yml:1",
        **{"crew.yml": "plugin: ./tools/ferry.js\n"},
    ),
    _dead(
        "Logbook.onTideEnd",
        "tools/logbook.ts",
        "export default class Logbook {\n  onTideEnd() {}\n\n  other() {}\n}\n",
        "tools/logbook.ts is loaded by its path at vitest.config.ts:1",
        **{"vitest.config.ts": 'export default { test: { reporters: ["./tools/logbook"] } };\n'},
    ),
    _dead(
        "prune",
        "orchard/jobs.py",
        "def prune():\n    return 1\n\n\ndef other():\n    return 2\n",
        "orchard/jobs.py is loaded by its name at run.py:3",
        **{"run.py": "import importlib\n\njobs = importlib.import_module('orchard.jobs')\n"},
    ),
    _dead(
        "prune",
        "orchard/jobs.py",
        "def prune():\n    return 1\n\n\ndef other():\n    return 2\n",
        "prune is used at pyproject.toml:2",
        **{"pyproject.toml": '[project.scripts]\nprune = "orchard.jobs:prune"\n'},
    ),
    _dead("Parcels.sweep", "src/parcels.ts", _NEST, "sweep carries @Cron, which may call it"),
    _dead(
        "Map.ngOnInit",
        "src/map.ts",
        "export class Map {\n  ngOnInit() {}\n\n  b() {}\n}\n",
        "ngOnInit is called by the framework",
    ),
    _dead(
        "Vat.valueOf",
        "src/vat.ts",
        "export class Vat {\n  valueOf() {\n    return 1;\n  }\n}\n",
        "valueOf is called by the language",
    ),
    _dead(
        "Row.paint",
        "src/row.ts",
        'import { Base } from "kit";\n\n'
        "export class Row extends Base {\n  paint() {}\n\n  b() {}\n}\n",
        "Row extends or implements Base, which may ask for paint",
    ),
    _dead(
        "tide",
        "src/tide.ts",
        "export const tide = listen(80);\n\nexport const a = 1;\n",
        "declaring tide runs listen(80)",
    ),
    _dead(
        "load",
        "src/routes/fish/+page.ts",
        "export const load = () => ({ a: 1 });\n\nexport const b = 1;\n",
        "load is called by SvelteKit",
        **{"package.json": '{"private": true, "devDependencies": {"@sveltejs/kit": "2.0.0"}}'},
    ),
    _dead(
        "bake",
        "shop/jobs.py",
        "from shop import app\n\n\n@app.task\ndef bake(loaf):\n    return loaf\n",
        "bake carries @app.task, which may call it",
    ),
    _dead(
        "oven",
        "tests/conftest.py",
        "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef oven():\n    return 1\n",
        "oven carries @pytest.fixture, which may call it",
    ),
    _dead(
        "run_migrations_online",
        "alembic/env.py",
        "def run_migrations_online():\n    return 1\n",
        "run_migrations_online is called by Alembic",
    ),
    _dead("urlpatterns", "shop/urls.py", "urlpatterns = [1]\n", "urlpatterns is called by Django"),
    _dead(
        "knead",
        "shop/dough.py",
        '__all__ = ["knead"]\n\n\ndef knead():\n    return 1\n',
        "knead is offered in __all__",
    ),
    _dead(
        "Deck.__iter__", "shop/deck.py", _DECK.format("__iter__"), "__iter__ is called by Python"
    ),
    _dead(
        "Oven.form_valid",
        "shop/views.py",
        "from django.views import View\n\n\nclass Oven(View):\n    def form_valid(self):\n"
        "        return 1\n\n    def b(self):\n        return 2\n",
        "Oven is a View, which may call form_valid",
    ),
    _dead(
        "Loaf",
        "shop/models.py",
        "from django.db import models\n\n\nclass Loaf(models.Model):\n    x = 1\n",
        "Loaf is a models.Model, which knows its heirs",
    ),
    _dead(
        "main",
        "shop/cli.py",
        "def main():\n    return 1\n",
        "main is used at pyproject.toml:2",
        **{"pyproject.toml": '[project.scripts]\nbake = "shop.cli:main"\n'},
    ),
    _dead(
        "MarshalJSON",
        "internal/loaf/loaf.go",
        "package loaf\n\nfunc (l Loaf) MarshalJSON() ([]byte, error) {\n\treturn nil, nil\n}\n",
        "MarshalJSON is called by whoever asks for an interface with it",
    ),
    _dead(
        "Knead",
        "dough/dough.go",
        "package dough\n\nfunc Knead() int {\n\treturn 1\n}\n",
        "the module is a library, so Knead may be imported from outside",
    ),
    _dead(
        "sweep",
        "src/main/java/shop/Jobs.java",
        "class Jobs {\n    @Scheduled(fixedRate = 10)\n    void sweep() {\n    }\n}\n",
        "sweep carries @Scheduled, which may call it",
    ),
    _dead(
        "compareTo",
        "src/main/java/shop/Loaf.java",
        "class Loaf {\n    public int compareTo(Loaf o) {\n        return 0;\n    }\n}\n",
        "compareTo is called by the language",
    ),
]


@pytest.mark.parametrize("case", STAYS, ids=lambda case: case.name)
def test_what_runs_uncalled_stays(case: Case) -> None:
    """A finding that calls dead what a framework, a tool or the language calls gets the reason."""
    answer = propose(case)
    assert isinstance(answer, Skipped)
    assert case.refuses in answer.reason


_GOES = [
    (
        Case(
            name="all overloads, at once",
            problem="toll is never called",
            fix="Delete `toll`.",
            code="export function toll(a: 1): 1;\nexport function toll(a: 2): 2;\n"
            "export function toll(a: number) {\n  return a;\n}\n\nexport const km = 1;\n",
        ),
        "export const km = 1;\n",
    ),
    (
        Case(
            name="both halves of a merged interface",
            problem="Fare is unused",
            fix="Delete `Fare`.",
            code="export interface Fare {\n  a: 1;\n}\n\nexport const km = 1;\n\n"
            "export interface Fare {\n  b: 1;\n}\n",
        ),
        "export const km = 1;\n",
    ),
    (
        Case(
            name="a route that is asked to go, with its decorators",
            problem="A debug route answers anyone",
            fix="Remove the debug route `dump`.",
            code='export class Pier {\n  @Get("a")\n  list() {}\n\n  /** Debug */\n  @Get("dump")\n'
            '  @Role("all")\n  dump() {\n    return 1;\n  }\n\n  b() {}\n}\n',
        ),
        'export class Pier {\n  @Get("a")\n  list() {}\n\n  b() {}\n}\n',
    ),
    (
        Case(
            name="a mark on every signature that a caller sees",
            fix="Mark `toll` as deprecated.",
            code="export function toll(a: 1): 1;\nexport function toll(a: 2): 2;\n"
            "export function toll(a: number) {\n  return a;\n}\n",
        ),
        "/** @deprecated */\nexport function toll(a: 1): 1;\n/** @deprecated */\n"
        "export function toll(a: 2): 2;\nexport function toll(a: number) {\n  return a;\n}\n",
    ),
    (
        Case(
            name="the keyword of every overload",
            fix="Remove the `export` keyword from `toll`.",
            code="export function toll(a: 1): 1;\nexport function toll(a: number) {\n  return a;\n}"
            "\n\nexport const km = toll(1);\n",
        ),
        "function toll(a: 1): 1;\nfunction toll(a: number) {\n  return a;\n}\n\n"
        "export const km = toll(1);\n",
    ),
]


@pytest.mark.parametrize(("case", "after"), _GOES, ids=[case.name for case, _ in _GOES])
def test_all_declarations_of_a_name_or_none(case: Case, after: str) -> None:
    """What goes or is marked goes with every declaration of its name, decorators included."""
    answer = propose(case)
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == {case.path: after}


@pytest.mark.parametrize(
    ("path", "code", "refuses"),
    [
        ("src/p.ts", _NEST, "sweep carries @Cron"),
        ("shop/jobs.py", "@app.task\ndef sweep():\n    return 1\n", "sweep carries @app.task"),
        (
            "src/Jobs.java",
            "class Jobs {\n    @EventListener\n    void sweep() {\n    }\n}\n",
            "sweep carries @EventListener",
        ),
    ],
)
def test_what_is_called_by_its_name_keeps_it(path: str, code: str, refuses: str) -> None:
    """A name that a registration or a framework goes by is not changed."""
    answer = propose(Case(name=path, fix="Rename `sweep` to `tidy`.", code=code, path=path))
    assert isinstance(answer, Skipped)
    assert refuses in answer.reason


def test_what_a_loader_takes_by_its_path_keeps_its_name() -> None:
    """Who loads a module by its path asks for a name that nothing here could change."""
    code = "export function render() {\n  return 1;\n}\n"
    server = {"server.js": 'run(await vite.ssrLoadModule("/src/entry.ts"));\n'}
    fix = "Rename `render` to `draw`."
    answer = propose(Case(name="entry", fix=fix, code=code, path="src/entry.ts", files=server))
    assert isinstance(answer, Skipped)
    assert answer.reason == "src/entry.ts is loaded by its path at server.js:1; its name stays"
    free = propose(Case(name="entry", fix=fix, code=code, path="src/entry.ts"))
    assert isinstance(free, Proposal)
    assert free.edits == {"src/entry.ts": code.replace("render", "draw")}


@pytest.mark.parametrize(
    ("name", "code", "files", "refuses"),
    [
        (
            "Kiln.glaze",
            "export interface Kiln {\n  glaze: string;\n  heat: number;\n}\n",
            {"src/b.ts": "export const f = ({ glaze }: Kiln) => {\n  const g = { glaze };\n};\n"},
            "glaze is used at src/b.ts:1",
        ),
        (
            "Kiln.glaze",
            "interface Kiln {\n  glaze?: string;\n}\n\nexport const f = (k: Kiln) => k.glaze;\n",
            {},
            "glaze is used at src/a.ts:5",
        ),
        (
            "kiln.fire",
            "const kiln = {\n  fire() {\n    return 1;\n  },\n};\n\nkiln.fire();\n",
            {},
            "fire is used at src/a.ts:7",
        ),
    ],
)
def test_members_of_types_and_objects_are_used_through_what_holds_them(
    name: str, code: str, files: dict[str, str], refuses: str
) -> None:
    """A property that is read, written out or taken apart somewhere stays."""
    bare = name.rpartition(".")[2]
    answer = propose(
        Case(name, f"Delete `{bare}`.", code, function=name, files=files, problem="never read")
    )
    assert isinstance(answer, Skipped)
    assert refuses in answer.reason


SHELL = "export default function Shell() {\n  return null;\n}\n\nexport const kelp = 1;\n"
NEXT = {"shop/package.json": '{"private": true, "dependencies": {"next": "14.1"}}\n'}


@pytest.mark.parametrize(
    ("path", "code", "files", "refuses"),
    [
        ("shop/src/app/layout.tsx", SHELL, NEXT, "the default export is called by Next.js"),
        ("shop/src/parts/shell.tsx", SHELL, NEXT, ""),
        ("src/shell.tsx", SHELL, {"src/a.ts": 'import Hull from "./shell";\n\nHull();\n'},
         "default is imported by src/a.ts"),
        ("src/shell.ts", "const Shell = 1;\n\nexport { Shell as Hull };\n",
         {"src/a.ts": 'import { Hull } from "./shell";\n\nexport const two = Hull + 1;\n'},
         "Hull is imported by src/a.ts"),
    ],
)  # fmt: skip
def test_an_export_stays_that_is_taken_under_another_name(
    path: str, code: str, files: dict[str, str], refuses: str
) -> None:
    """A default export and an alias are taken by names that the declaration does not have."""
    answer = propose(
        Case(path, "Delete Shell.", code, function="Shell", files=files, path=path,
             problem="Shell is dead code.")
    )  # fmt: skip
    if refuses:
        assert isinstance(answer, Skipped)
        assert refuses in answer.reason
    else:
        assert isinstance(answer, Proposal)
