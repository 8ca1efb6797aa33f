"""Promises of what keeps a name alive: each use, by whatever way, is named with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from mendbook.code.functions import class_name
from mendbook.code.references import References, find_references
from mendbook.code.trees import parse
from mendbook.repository.snapshot import Snapshot

LIB = "export function fee() {\n  return 1;\n}\n\nexport const rest = 2;\n"
PRIVATE = '{"private": true}'


def depends(*names: str) -> str:
    """Return a manifest that depends on ``names``."""
    return json.dumps({"private": True, "dependencies": dict.fromkeys(names, "1")})


def workspace(manifest: str) -> dict[str, str]:
    """Return a private root, and a workspace ``toll`` whose manifest says ``manifest``, too."""
    return {
        "package.json": '{"private": true, "workspaces": ["parts/*"]}',
        "parts/toll/package.json": f'{{"name": "@ferry/toll", "version": "0.0.0", {manifest}}}',
    }


@dataclass(frozen=True, slots=True)
class Case:
    """``symbol`` of ``file`` stays because of ``reason``; it may go where that is empty."""

    name: str
    files: dict[str, str]
    reason: str
    symbol: str = "fee"
    file: str = "src/fee.ts"
    home: str = LIB
    more: dict[str, str] = field(default_factory=dict)


NEEDED = (
    Case("nobody", {}, ""),
    Case("an import", {"a.ts": 'import { fee } from "./src/fee";\n'}, "imported by a.ts"),
    Case("an alias", {"a.ts": 'import { fee as f } from "./src/fee";\n'}, "imported by a.ts"),
    Case("a type", {"a.ts": 'import type { Fee } from "./src/fee";\n'}, "imported by a.ts",
         "Fee", home="export interface Fee {}\n"),
    Case("a test", {"test/a.test.ts": 'import { fee } from "../src/fee";\n'}, "test/a.test.ts"),
    Case("a barrel's own user",
         {"src/index.ts": 'export * from "./fee";\n', "a.ts": 'import { fee } from "./src";\n'},
         "imported by a.ts"),
    Case("a barrel with another name",
         {"src/index.ts": 'export { fee as cost } from "./fee";\n',
          "a.ts": 'import { cost } from "./src";\n'},
         "cost is imported by a.ts"),
    Case("a barrel nobody uses", {"src/index.ts": 'export { fee } from "./fee";\n'}, ""),
    Case("a helper in a folder of seeds that no tool is there to run", {}, "", file="seeds/fee.ts"),
    Case("what a migration tool calls, by its name", {}, "called by the migration tool", "up",
         "db/migrations/fee.ts", "export function up() {}\n"),
    Case("a migration of any name, of a tool that runs all of a folder",
         {"package.json": depends("typeorm")}, "called by the migration tool",
         file="db/migrations/fee.ts"),
    Case("export * as", {"src/index.ts": 'export * as money from "./fee";\n'},
         "re-exported by src/index.ts as money.fee"),
    Case("a page of a site, by the generator's own alias",
         {"docs/toll.mdx": "import { Fee } from '@site/src/fee'\n\n<Fee />\n"},
         "imported by docs/toll.mdx", "Fee", "src/fee.tsx", "export const Fee = () => null;\n"),
    Case("code that a script writes",
         {"tools/write.ts": "save(`import { fee } from '~/fee';\nfee();\n`);\n"},
         "imported by tools/write.ts"),
    Case("code that a script writes, with a hole for the path",
         {"tools/write.ts": "save(`import { fee } from '${home}';\nfee();\n`);\n"},
         "imported by tools/write.ts"),
    Case("a template of new files", {"plop/page.hbs": 'import { fee } from "../src/fee";\n'},
         "imported by plop/page.hbs"),
    Case("what the manual shows of the package",
         {"package.json": '{"name": "ferry", "private": true}',
          "README.md": '```ts\nimport { fee } from "ferry";\n```\n'},
         "imported by README.md"),
    Case("an alias that no config here tells", {"a.ts": 'import { fee } from "#toll/fee";\n'},
         "imported by a.ts"),
    Case("a dependency's file of that name",
         {"package.json": depends("toll"), "a.ts": 'import { fee } from "toll/fee";\n'}, ""),
    Case("what a script writes of another file",
         {"tools/write.ts": "save(`import { fee } from '~/toll';\n`);\n"}, ""),
    Case("what the manual shows of another name",
         {"package.json": '{"name": "ferry", "private": true}',
          "README.md": '```ts\nimport { rest } from "ferry";\n```\n'}, ""),
    Case("a namespace's member", {"a.ts": 'import * as f from "./src/fee";\nf.fee();\n'},
         "used at a.ts:2"),
    Case("a namespace's other member", {"a.ts": 'import * as f from "./src/fee";\nf.rest;\n'}, ""),
    Case("a namespace handed on", {"a.ts": 'import * as f from "./src/fee";\ncall(f);\n'},
         "may be reached through f at a.ts:2"),
    Case("a namespace by a computed name",
         {"a.ts": 'import * as f from "./src/fee";\nf[key]();\n'}, "through f at a.ts:2"),
    Case("import = require", {"a.ts": 'import f = require("./src/fee");\nf.fee();\n'},
         "used at a.ts:2"),
    Case("CommonJS", {"a.js": 'const { fee } = require("./src/fee");\n'}, "imported by a.js"),
    Case("CommonJS, another name", {"a.js": 'const { rest } = require("./src/fee");\n'}, ""),
    Case("CommonJS, whole", {"a.js": 'const f = require("./src/fee");\nmodule.exports = f;\n'},
         "through f at a.js:2"),
    Case("import() awaited", {"a.ts": 'const { fee } = await import("./src/fee");\n'},
         "imported by a.ts"),
    Case("import() in a function",
         {"a.ts": 'async function f() {\n  const m = await import("./src/fee");\n}\n'},
         "may be taken where a.ts loads"),
    Case("import() of one name", {"a.ts": 'import("./src/fee").then((m) => m.rest);\n'}, ""),
    Case("import() of this name", {"a.ts": 'import("./src/fee").then((m) => m.fee);\n'},
         "may be taken where a.ts loads"),
    Case("a template", {"a.ts": "const m = await import(`./src/${name}.ts`);\n"},
         "may be taken where a.ts loads ./src/*.ts"),
    Case("a template of what a build emits",
         {"a.ts": "const m = await import(`./src/${name}.js`);\n"},
         "fee may be taken where a.ts loads ./src/*.js"),
    Case("a template without an ending", {"a.js": "const m = require(`./src/${name}`);\n"},
         "may be taken where a.js loads"),
    Case("a glob", {"a.ts": 'const all = import.meta.glob("./src/**/*.ts");\n'},
         "may be taken where a.ts loads"),
    Case("a folder that is read",
         {"a.js": 'const dir = path.join(__dirname, "src");\n'
                  "readdirSync(dir).forEach((f) => require(path.join(dir, f)));\n"},
         "may be taken where a.js loads"),
    Case("a mock", {"a.test.ts": 'vi.mock("./src/fee", () => ({ fee: vi.fn() }));\n'},
         "may be taken where a.test.ts loads"),
    Case("JSDoc", {"a.js": '/** @type {import("./src/fee").Fee} */\nlet f;\n'},
         "may be taken where a.js loads", "Fee", home="export interface Fee {}\n"),
    Case("a component", {"A.vue": '<script setup>\nimport { fee } from "./src/fee"\n</script>\n'},
         "imported by A.vue"),
    Case("a page", {"a.astro": '---\nimport { fee } from "./src/fee";\n---\n<p>{fee()}</p>\n'},
         "imported by a.astro"),
    Case("a Svelte component", {"A.svelte": '<script>import { fee } from "./src/fee";</script>'},
         "imported by A.svelte"),
    Case("its own file", {}, "used at src/fee.ts:2", home="export const fee = 1;\nuse(fee);\n"),
    Case("its own file, in a decorator", {}, "used at src/fee.ts:2",
         home="export const fee = () => 1;\n@fee\nclass A {}\n"),
    Case("JSX", {}, "used at src/fee.tsx:2", "Fee", "src/fee.tsx",
         "const Fee = () => null;\nexport const all = <Fee />;\n"),
    Case("only itself", {}, "", home="export function fee(): number {\n  return fee();\n}\n"),
    Case("a shadow of it", {}, "",
         home="export const fee = 1;\nexport function f(fee: number) {\n  return fee;\n}\n"),
    Case("an effect", {}, "declaring fee runs startClock()", home="const fee = startClock();\n"),
    Case("a value made by a library", {}, "", home="const fee = z.object({}).strict();\n"),
    Case("a static block", {}, "declaring Fee runs", "Fee", home="class Fee {\n  static {}\n}\n"),
    Case("a decorated class", {}, "carries @Injectable", "Fee",
         home="@Injectable()\nexport class Fee {}\n"),
    Case("a custom element", {}, "carries @customElement", "Fee",
         home='@customElement("my-fee")\nexport class Fee extends LitElement {}\n'),
    Case("an augmented interface",
         {"a.ts": 'declare module "./src/fee" {\n  interface Fee {\n    b: 1;\n  }\n}\n'},
         "augmented at a.ts:2", "Fee", home="export interface Fee {}\n"),
    Case("a global of a script", {"b.ts": "const f: Fee = {};\n"}, "a global, and used at b.ts:1",
         "Fee", "types.d.ts", "interface Fee {}\n"),
    Case("a page that calls it", {"a.html": '<a onclick="fee()">a</a>\n'}, "named in a.html",
         file="fee.js", home="function fee() {}\n"),
    Case("a handler in settings", {"serverless.yml": "handler: src/fee.fee\n"},
         "named in serverless.yml"),
    Case("a report", {"knip-report.json": '{"files": ["src/fee.fee"]}\n'}, ""),
    Case("a published package", {}, "the package is published",
         more={"package.json": '{"name": "m", "main": "src/fee.ts"}'}),
    Case("a workspace that its neighbours take as source",
         workspace('"main": "./src/fee.ts", "types": "./src/fee.ts", "files": ["src"]'), "",
         file="parts/toll/src/fee.ts"),
    Case("a workspace with a map of sources",
         workspace('"exports": {".": "./src/fee.ts", "./*": "./src/*.tsx"}'), "",
         file="parts/toll/src/fee.ts"),
    Case("a workspace whose types alone are source",
         workspace('"main": "./dist/fee.js", "types": "./src/fee.ts"'),
         "the package is published", file="parts/toll/src/fee.ts"),
    Case("a workspace whose entries change when it is published",
         workspace('"main": "./src/fee.ts", "publishConfig": {"main": "./dist/fee.js"}'),
         "the package is published", file="parts/toll/src/fee.ts"),
    Case("a workspace of a registry that takes source",
         workspace('"main": "./src/fee.ts"') | {"parts/toll/jsr.json": "{}"},
         "the package is published", file="parts/toll/src/fee.ts"),
    Case("a workspace that a script publishes",
         workspace('"main": "./src/fee.ts", "scripts": {"prepublishOnly": "tsup"}'),
         "the package is published", file="parts/toll/src/fee.ts"),
    Case("an application that has a main file", {}, "",
         more={"package.json": '{"name": "m", "main": "a.js", "scripts": {"start": "node ."}}'}),
    Case("what a published package keeps to itself", {"src/index.ts": "export const a = 1;\n"}, "",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.js"}}'}),
    Case("a published package's entry hands it on", {"src/index.ts": 'export * from "./fee";\n'},
         "the package is published",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.js"}}'}),
    Case("a published package whose manifest is an entry, too", {"src/index.ts": LIB},
         "the package is published", file="src/index.ts",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.mjs", '
                               '"./package.json": "./package.json"}}'}),
    Case("what it keeps to itself", {"src/index.ts": "export const a = 1;\n"}, "",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.mjs", '
                               '"./package.json": "./package.json", "./a.css": "./a.css"}}'}),
    Case("an entry below the package's name", {"src/index.ts": "export const a = 1;\n"},
         "the package is published",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.js", '
                               '"./fee": {"types": "./dist/fee.d.ts", "import": "./dist/fee.js"}'
                               "}}"}),
    Case("entries that a build names", {"src/index.ts": "export const a = 1;\n"},
         "the package is published",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.js", '
                               '"./all": "./dist/bundled-all.js"}}'}),
    Case("what stands in for an entry under a condition", {"src/index.ts": LIB},
         "the package is published", file="src/index.react-server.ts",
         more={"package.json": '{"name": "m", "exports": {".": {"react-server": '
                               '"./dist/react-server.js", "default": "./dist/index.js"}}}'}),
    Case("what stands in for no entry", {"src/index.ts": LIB, "src/cost.ts": LIB}, "",
         file="src/cost.browser.ts",
         more={"package.json": '{"name": "m", "exports": {".": "./dist/index.js"}}'}),
    Case("what a code transform is tried on", {}, "is data that tests read",
         file="src/__testfixtures__/fee.ts"),
    Case("what a code transform should make", {}, "is data that tests read",
         file="mods/fee.output.tsx"),
    Case("a Markdown page of a site",
         {"docs/fees.md": '<script setup>\nimport { fee as f } from "../src/fee"\n</script>\n'},
         "imported by docs/fees.md"),
    Case("the markup of a page, through a namespace",
         {"docs/a.mdx": "import * as M from '../src/fee'\n\n# Fees\n\n<M.Fee />\n"},
         "used by the markup of docs/a.mdx", "Fee", "src/fee.tsx",
         "export const Fee = () => null;\n"),
    Case("the markup of a page, another name",
         {"docs/a.mdx": "import * as M from '../src/fee'\n\n<M.Rest />\n"}, "", "Fee",
         "src/fee.tsx", "export const Fee = () => null;\n"),
    Case("a Markdown page, another name",
         {"docs/fees.md": '<script setup>\nimport { rest } from "../src/fee"\n</script>\n'}, ""),
    Case("a glob with braces", {"a.ts": 'const all = import.meta.glob("./src/*.{ts,tsx}");\n'},
         "may be taken where a.ts loads"),
    Case("a part of a site's theme", {"site/package.json": depends("@docusaurus/core")},
         "the default export is called by Docusaurus", "Footer", "site/src/theme/Footer/index.tsx",
         "export default function Footer() {}\n"),
    Case("a theme of no site", {"site/package.json": depends("react")}, "", "Footer",
         "site/src/theme/Footer/index.tsx", "export default function Footer() {}\n"),
    Case("data of a site", {"package.json": depends("vitepress")}, "called by VitePress", "load",
         "docs/fees.data.ts", "export function load() {}\n"),
    Case("an extension's entry", {"package.json": depends("wxt")}, "called by WXT", "toll",
         "entrypoints/toll.ts", "export default function toll() {}\n"),
    Case("a page's cell", {"package.json": depends("@redwoodjs/core")}, "read by RedwoodJS",
         "QUERY", "web/src/components/FeeCell/FeeCell.tsx", "export const QUERY = 'fee';\n"),
    Case("a shop's subscriber", {"package.json": depends("@medusajs/framework")},
         "called by Medusa", file="src/subscribers/fee.ts"),
    Case("Next.js", {}, "loader is called by Remix", "loader", "app/routes/a.tsx",
         "export function loader() {}\n", {"package.json": depends("@remix-run/node")}),
    Case("SvelteKit", {}, "load is called by SvelteKit", "load", "src/routes/+page.ts",
         "export function load() {}\n", {"package.json": depends("@sveltejs/kit")}),
    Case("a name Next.js does not read", {}, "", "helper", "app/a/page.tsx",
         "export function helper() {}\n", {"package.json": depends("next")}),
    Case("a framework that is not there", {}, "", "load", "src/routes/+page.ts",
         "export function load() {}\n"),
    Case("a configuration", {}, "read by the tool it configures", "setup", "vitest.config.ts",
         "export const setup = {};\n"),
    Case("a Lambda handler", {}, "called by AWS Lambda", "handler", "src/fee.ts",
         "export async function handler() {}\n", {"package.json": depends("@types/aws-lambda")}),
    Case("what Nuxt imports by itself", {}, "called by Nuxt", "useFee", "composables/fee.ts",
         "export function useFee() {}\n", {"package.json": depends("nuxt")}),
)  # fmt: skip


def _found(case: Case) -> References:
    files = {"package.json": PRIVATE, case.file: case.home} | case.files | case.more
    return find_references((), Snapshot.of(files), provider="syntax")


@pytest.mark.parametrize("case", NEEDED, ids=lambda case: case.name)
def test_what_is_used_stays_and_says_who_needs_it(case: Case) -> None:
    """A name goes only when nothing imports, loads, reads or calls it; else the place is said."""
    answer = _found(case).needed(case.symbol, case.file)
    assert case.reason in answer
    assert bool(case.reason) == bool(answer)


def test_an_export_that_a_barrel_names_is_taken() -> None:
    """Taking ``export`` off breaks a barrel that names it, but not one that takes everything."""
    named = {"src/fee.ts": LIB, "src/index.ts": 'export { fee } from "./fee";\n'}
    every = {"src/fee.ts": LIB, "src/index.ts": 'export * from "./fee";\n'}
    first, second = (
        find_references((), Snapshot.of(files), provider="syntax") for files in (named, every)
    )
    assert first.taken("fee", "src/fee.ts") == "fee is re-exported by src/index.ts"
    assert second.taken("fee", "src/fee.ts") == ""


@pytest.mark.parametrize(
    ("home", "title"),
    [
        ("export default function fee() {}\n", "default"),
        ("const fee = 1;\n\nexport { fee as toll };\n", "toll"),
        ("type fee = 1;\n\nexport type { fee as toll };\n", "toll"),
    ],
)
def test_what_a_barrel_hands_on_by_another_name_is_no_edit_of_one_file(
    home: str, title: str
) -> None:
    """Whoever takes a declaration away must know the barrels that name its export."""
    files = {"fee.ts": home, "index.ts": f'export {{ {title} as Charge }} from "./fee";\n'}
    found = find_references((), Snapshot.of(files), provider="syntax")
    shown = "the default export" if title == "default" else title
    assert found.imported("fee", "fee.ts") == f"{shown} is re-exported by index.ts"
    assert found.needed("fee", "fee.ts") == ""


CLASS = "export class Till {\n  open() {}\n\n  other() {}\n}\n"
MEMBERS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("nobody", CLASS, {}, ""),
    ("a decorator", "class Till {\n  @Cron()\n  open() {}\n\n  other() {}\n}\n", {}, "@Cron"),
    ("the language", CLASS.replace("open", "toJSON"), {}, "toJSON is called by the language"),
    ("a symbol", CLASS.replace("open()", "[Symbol.iterator]()"), {}, "called by the language"),
    ("a framework", CLASS.replace("open", "onModuleInit"), {}, "called by the framework"),
    ("a name put together", CLASS, {"a.ts": "till[`op${rest}`]();\n"}, "what a.ts:1 puts together"),
    ("a name added up", CLASS, {"a.ts": 'till["op" + rest]();\n'}, "what a.ts:1 puts together"),
    ("a name put together for the type", CLASS,
     {"a.ts": "till[`op${rest}` as keyof Till]();\n"}, "what a.ts:1 puts together"),
    ("a name kept before it is used", CLASS,
     {"a.ts": 'const key = "op" + rest;\nreturn (till as any)[key]();\n'},
     "what a.ts:2 puts together"),
    ("one of two names kept", CLASS,
     {"a.ts": "let key = late ? `shut${rest}` : `op${rest}`;\ntill[key]();\n"},
     "what a.ts:2 puts together"),
    ("a name that a function makes", CLASS,
     {"a.ts": "const key = (n) => `${n}en`;\ntill[key(n)]();\n"}, "what a.ts:2 puts together"),
    ("the key of a record", CLASS, {"a.ts": "const id = `op-${n}`;\nrows[id] = 1;\n"}, ""),
    ("a text that is only shown", CLASS, {"a.ts": "const t = `op${n}`;\nrows[n] = t;\n"}, ""),
    ("an array of texts", CLASS, {"a.ts": "const a = [`op${rest}`];\n"}, ""),
    ("this by name", CLASS.replace("other() {}", "other(k) {\n    this[k]();\n  }"), {}, "reached"),
    ("an instance by name", CLASS, {"a.ts": 'import { Till } from "./t";\nnew Till()[k]();\n'},
     "may be reached at a.ts:2"),
    ("its name as text", CLASS, {"a.ts": 'run("open");\n'}, "written as text in a.ts"),
    ("its name as text in a folder of reports", CLASS, {"src/reports/a.ts": 'run("open");\n'},
     "written as text in src/reports/a.ts"),
    ("the markup of a site in docs/", CLASS, {"docs/index.html": '<b onclick="open()">x</b>\n'},
     "the markup of docs/index.html"),
    ("a settings file called audit", CLASS, {"audit.yaml": 'steps: ["open"]\n'},
     "written as text in audit.yaml"),
    ("its name in an audit", CLASS, {"docs/x.json": '[{"severity": "LOW", "problem": "open"}]\n'},
     ""),
    ("its name in prose", CLASS, {"docs/a.md": "`open` is old\n"}, ""),
    ("markup", CLASS, {"till.html": '<b (click)="open()">x</b>\n'}, "the markup of till.html"),
    ("an interface it may stand for", CLASS, {"a.ts": "interface Door {\n  open(): void;\n}\n"},
     "a member of a type at a.ts:2"),
    ("somebody unknown", CLASS, {"a.ts": "export const f = (x) => x.open();\n"}, "used at a.ts:1"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("home", "files", "reason"), [one[1:] for one in MEMBERS], ids=[one[0] for one in MEMBERS]
)
def test_a_member_stays_when_something_may_call_it(
    home: str, files: dict[str, str], reason: str
) -> None:
    """Decorators, protocols, names made at run time and types keep a member, and are named."""
    found = find_references((), Snapshot.of({"t.ts": home} | files), provider="syntax")
    methods = parse("t.ts", home).find_all(kind="method_definition")
    node = next(one for one in methods if not one.text().startswith("other"))
    answer = found.needed_member(node, class_name(node), "t.ts")
    assert reason in answer
    assert bool(reason) == bool(answer)
