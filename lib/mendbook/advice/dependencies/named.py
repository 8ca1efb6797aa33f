"""Where packages are named outside of imports: by configuration, scripts, hooks, CI, images.

Tools load packages in many ways: by the whole name, by a short one (``airbnb-base`` for
``eslint-config-airbnb-base``), by a command, or only by a file of the tool's own being there. Any
of these is a use; a package that may be loaded in such a way is never said to be unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from mendbook.advice.dependencies.usage import Scope, Use
from mendbook.advice.production_code import is_built
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.model import Citation
from mendbook.repository.snapshot import Snapshot

_PROSE = re.compile(
    r"\.(md|mdx|markdown|rst|adoc|txt|svg|html?|csv|log|map|lock|snap|patch|diff)$"
    r"|(^|/)(CHANGELOG|LICEN[CS]E|NOTICE|AUTHORS|README)[^/]*$"
    r"|(^|/)(package-lock|npm-shrinkwrap|pnpm-lock|bun)\.(json|yaml|lockb?)$|(^|/)yarn\.lock$",
    re.IGNORECASE,
)
"""Files that name packages without using them."""
_OWN = re.compile(r"^\.|rc$|rc\.|\.config\.|\.json$|\.ya?ml$|\.toml$")
"""Names of files that a tool reads as its own."""
_PROSE_KEYS = re.compile(
    r'"(?:name|description|homepage|author)"\s*:\s*"[^"]*"|"keywords"\s*:\s*\[[^\]]*\]'
    r'|"(?:repository|bugs|funding)"\s*:\s*(?:"[^"]*"|\{[^}]*\})'
)
_REPORT = re.compile(
    r"(^|/)(reports?|docs?|coverage)/|(report|audit|result|sbom)[^/]*\.json$", re.I
)
_DEPENDENCIES = re.compile(
    r'"(?:dependencies|devDependencies|peerDependencies|optionalDependencies|bundleDependencies'
    r'|bundledDependencies|resolutions|overrides|pnpm|peerDependenciesMeta)"\s*:\s*[{\[]'
)
_TOOLS = (
    "eslint|babel|jest|stylelint|postcss|karma|grunt|gulp|commitlint|remark|rehype|vite|rollup"
    "|webpack|esbuild|tailwindcss|storybook|tsconfig|prettier|cypress|mocha|nyc|lint-staged|ts"
    "|serverless|semantic-release|release-it|graphql-codegen|svelte|metro|expo|nuxt|gatsby|typedoc"
    "|vitest|playwright|nodemon|pino|winston|swc|parcel|plugin"
)
_KINDS = (
    "config|plugin|preset|environment|transform|transformer|loader|addon|reporter|formatter"
    "|resolver|parser|runner|adapter|transport|coverage|codegen|module|theme"
)
_PLUGIN = re.compile(
    rf"^(?:@[^/]+/)?(?:(?:{_TOOLS})-(?:(?:{_KINDS})(?:$|-))?"
    rf"|[\w.-]*-(?:{_KINDS})(?:$|-)|(?:{_KINDS})(?:$|-))(?P<rest>.*)$"
)
_IMPLICIT = frozenset(
    {
        "pg",
        "pg-native",
        "pg-hstore",
        "mysql",
        "mysql2",
        "sqlite3",
        "better-sqlite3",
        "tedious",
        "oracledb",
        "mariadb",
        "core-js",
        "regenerator-runtime",
        "source-map-support",
        "@babel/runtime",
        "@swc/helpers",
        "bufferutil",
        "utf-8-validate",
        "sharp",
        "encoding",
        "supports-color",
        "graphql",
        "ejs",
        "pug",
        "hbs",
        "handlebars",
        "nunjucks",
        "mustache",
        "sass",
        "less",
        "stylus",
        "postcss",
        "autoprefixer",
        "tailwindcss",
        "class-validator",
        "class-transformer",
        "swagger-ui-express",
        "snappy",
        "kerberos",
        "aws4",
        "fsevents",
        "fastify-plugin",
    }
)
"""Packages that others load by themselves when they are there: drivers, engines, helpers."""


def named_packages(snapshot: Snapshot, declared: Iterable[str], folder: str) -> Iterator[Use]:
    """Yield the first place outside of source code that names each package below ``folder``.

    Configuration, hooks, scripts, CI and images are searched for the name and the short names
    that tools accept; the name of a tool's own file (``.prettierrc``) counts as well.
    """
    texts = list(_texts(snapshot, folder))
    own = list(_own_files(snapshot, folder))
    for name in declared:
        place = _place(name, texts, own)
        if place:
            component = place.path.endswith((".vue", ".svelte", ".astro"))
            scope = Scope.PRODUCTION if component else Scope.CONFIG
            yield Use(name, scope, place, named=True)


def may_be_loaded(name: str) -> str:
    """Return why ``name`` may be in use although nothing names it, or an empty string."""
    if name in _IMPLICIT:
        return "other packages load it by themselves when it is there"
    if _PLUGIN.match(name):
        return "a tool may load it by a short name"
    return ""


def short_names(name: str) -> tuple[str, ...]:
    """Return the other names under which tools accept ``name``.

    ``eslint-config-airbnb-base`` is ``airbnb-base``, ``@acme/eslint-config`` is ``@acme``.
    """
    scope, _, last = name.rpartition("/")
    match = _PLUGIN.match(last)
    if match is None:
        return ()
    rest = match["rest"]
    if scope:
        return (f"{scope}/{rest}", scope) if rest else (scope,)
    return (rest,) if len(rest) > 1 else ()


def _place(
    name: str, texts: list[tuple[str, str]], own: list[tuple[str, tuple[str, ...]]]
) -> Citation | None:
    spellings = [name, *short_names(name)]
    for path, text in texts:
        for spelled in spellings:
            if spelled not in text:
                continue
            quoted = spelled != name  # a short name is a common word: it must be quoted
            edge = r"""["'`]""" if quoted else ""
            plain = r"(?:(?<![\w@/.-])|(?<=node_modules/))"
            before = rf"{edge}(?:plugin:|module:)?" if quoted else plain
            after = r"""(?:/[\w./-]*)?["'`]""" if quoted else r"(?![\w-])"
            match = re.search(before + re.escape(spelled) + after, text)
            if match is not None:
                return Citation(path, text.count("\n", 0, match.start()) + 1)
    plain = re.sub(r"[^a-z0-9]", "", name.rpartition("/")[2])
    for path, parts in own if len(plain) > 3 else ():
        if any(plain in part for part in parts):
            return Citation(path, 1)
    return None


def _own_files(snapshot: Snapshot, folder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the files of tools' own, with the parts of their paths that may name the tool."""
    for path in snapshot.files:
        parts = path.lower().split("/")
        own = [part for part in parts[:-1] if part.startswith(".")]
        own += [parts[-1]] if _OWN.search(parts[-1]) else []
        if own and _below(path, folder) and not _REPORT.search(path):
            yield path, tuple(re.sub(r"[^a-z0-9]", "", part) for part in own)


def _texts(snapshot: Snapshot, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the files that may name a package in use, ``package.json`` without its lists."""
    for path in snapshot.files:
        skipped = _PROSE.search(path) or _REPORT.search(path) or is_built(path)
        if not _below(path, folder) or skipped or is_source(path) or is_test(path):
            continue
        text = snapshot.text(path)
        if len(text) > 200_000 or path.endswith(".py"):
            continue
        yield path, _without_lists(text) if PurePosixPath(path).name == "package.json" else text


def _without_lists(text: str) -> str:
    """Return a manifest's text with its lists of packages blanked, every line kept."""
    for match in reversed(list(_DEPENDENCIES.finditer(text))):
        depth, at = 0, match.end() - 1
        while at < len(text):
            depth += text[at] in "{["
            depth -= text[at] in "}]"
            at += 1
            if depth == 0:
                break
        held = text[match.start() : at]
        text = text[: match.start()] + re.sub(r"[^\n]", " ", held) + text[at:]
    for own in reversed(list(_PROSE_KEYS.finditer(text))):
        text = text[: own.start()] + re.sub(r"[^\n]", " ", own[0]) + text[own.end() :]
    return text


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
