"""What frameworks and tools read by convention: exports and members that no code names.

A row of ``_TABLE`` is a reader, the packages that show it is there, the files it reads, and the
names it takes from them. Adding a framework is adding rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_CODE = r"\.(?:[cm]?[jt]sx?|vue|svelte|astro)$"
_VERBS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_NEXT_PAGE = (
    "default|metadata|generateMetadata|generateStaticParams|viewport|generateViewport|revalidate"
    "|dynamic|dynamicParams|fetchCache|runtime|preferredRegion|maxDuration|alt|size|contentType"
    "|generateImageMetadata|generateSitemaps|experimental_ppr|unstable_\\w+|config|prefetch"
)
_REMIX = (
    "default|loader|action|meta|links|headers|handle|shouldRevalidate|ErrorBoundary|CatchBoundary"
    "|HydrateFallback|Layout|clientLoader|clientAction|clientMiddleware|middleware"
    "|unstable_\\w+|handleRequest|handleDataRequest|handleError|streamTimeout"
)


_DOCUSAURUS = r"@docusaurus/(?:core|preset-.*|plugin-.*)"
_MIGRATIONS = "(?:migrations?|seeds?|seeders?)"
_MIGRATING = (
    r"knex|typeorm(?:-\w+)?|@?mikro-orm(?:/.*)?|sequelize(?:-\w+)?|umzug|kysely(?:-\w+)?|objection"
    r"|node-pg-migrate|db-migrate|postgrator|migrate(?:-\w+)?|mongodb-migrations|ts-migrate-mongoose"
    r"|@emigrate/.*|.*-migrate|bookshelf|@adonisjs/lucid|@strapi/.*"
    r"|@payloadcms/.*|payload"
)
"""Packages that run what stands in a folder of migrations, by whatever name it exports it."""


@dataclass(frozen=True, slots=True)
class Convention:
    """One habit of a reader: in files that ``path`` matches it takes the exports ``names``.

    ``packages`` is a pattern of dependencies, one of which shows that the reader is there; empty
    where the file's own name says it.
    """

    reader: str
    packages: str
    path: str
    names: str = r".*"


_TABLE = (
    Convention("Next.js", "next", rf"(?:^|/)app/(?:.*/)?route{_CODE}", f"{_VERBS}|{_NEXT_PAGE}"),
    Convention("Next.js", "next", rf"(?:^|/)app/.*{_CODE}", _NEXT_PAGE),
    Convention(
        "Next.js",
        "next",
        rf"(?:^|/)pages/.*{_CODE}",
        "default|getStaticProps|getServerSideProps|getStaticPaths|getInitialProps|config|runtime"
        "|reportWebVitals|unstable_\\w+|middleware",
    ),
    Convention(
        "Next.js", "next", rf"(?:^|/)(?:middleware|proxy){_CODE}", "default|middleware|proxy|config"
    ),
    Convention(
        "Next.js",
        "next",
        rf"(?:^|/)(?:instrumentation(?:-client)?|mdx-components){_CODE}",
        "register|onRequestError|onRouterTransitionStart|useMDXComponents",
    ),
    Convention(
        "Remix", r"@remix-run/.*|@react-router/.*|react-router", rf"(?:^|/)app/.*{_CODE}", _REMIX
    ),
    Convention(
        "SvelteKit",
        "@sveltejs/kit",
        rf"(?:^|/)\+(?:page|layout|server|error)(?:\.server)?{_CODE}",
        f"load|actions|prerender|ssr|csr|trailingSlash|config|entries|fallback|{_VERBS}",
    ),
    Convention(
        "SvelteKit",
        "@sveltejs/kit",
        rf"(?:^|/)(?:hooks(?:\.server|\.client)?|service-worker|params/\w+|instrumentation.*){_CODE}",
        "handle\\w*|init|reroute|transport|getSession|externalFetch|match|register",
    ),
    Convention(
        "Nuxt",
        "nuxt3?|nuxt-nightly|nuxt-edge",
        rf"(?:^|/)(?:composables|utils|stores?|shared|components|server)/.*{_CODE}",
    ),
    Convention(
        "Nuxt",
        "nuxt3?|nuxt-nightly|nuxt-edge",
        rf"(?:^|/)(?:pages|layouts|plugins|middleware|modules|app\.config|error|app/).*{_CODE}",
        "default",
    ),
    Convention(
        "unplugin-auto-import",
        "unplugin-auto-import|unplugin-vue-components",
        rf"(?:^|/)(?:composables|hooks|utils|stores?|components|api)/.*{_CODE}",
    ),
    Convention(
        "Astro",
        "astro",
        rf"(?:^|/)src/pages/.*{_CODE}",
        f"default|{_VERBS}|ALL|all|get|post|del|prerender|partial|getStaticPaths",
    ),
    Convention(
        "Astro",
        "astro",
        rf"(?:^|/)src/(?:middleware|actions|content|content\.config|live\.config)(?:/.*)?{_CODE}",
        "onRequest|server|collections",
    ),
    Convention(
        "SolidStart",
        "@solidjs/start|solid-start",
        rf"(?:^|/)routes/.*{_CODE}",
        f"default|route|{_VERBS}",
    ),
    Convention("Qwik", "@builder.io/qwik-city|@qwik.dev/router", rf"(?:^|/)routes/.*{_CODE}"),
    Convention(
        "TanStack Router",
        "@tanstack/.*-(?:router|start).*",
        rf"(?:^|/)routes/.*{_CODE}",
        "Route|ServerRoute|APIRoute",
    ),
    Convention("Vike", "vike|vite-plugin-ssr", rf"(?:^|/)(?:\+\w+|.*\.page(?:\.\w+)?){_CODE}"),
    Convention(
        "Expo Router",
        "expo-router",
        rf"(?:^|/)app/.*{_CODE}",
        "default|ErrorBoundary|unstable_settings|generateStaticParams",
    ),
    Convention(
        "React Native",
        r"react-native(?:-.*)?|@react-native/.*|expo",
        rf"\.(?:ios|android|native|web|windows|macos){_CODE}",
    ),
    Convention("Docusaurus", _DOCUSAURUS, rf"(?:^|/)src/theme/.*{_CODE}"),
    Convention("Docusaurus", _DOCUSAURUS, rf"(?:^|/)src/pages/.*{_CODE}", "default"),
    Convention("VitePress", "vitepress|vuepress.*", rf"(?:^|/)\.(?:vite|vue)press/.*{_CODE}"),
    Convention(
        "VitePress", "vitepress", rf"\.(?:data|paths){_CODE}", "default|load|data|watch|paths"
    ),
    Convention("Eleventy", "@11ty/.*", rf"(?:^|/)_data/.*{_CODE}|\.11ty{_CODE}"),
    Convention(
        "Umi",
        r"umi|@umijs/.*|dumi",
        rf"(?:^|/)src/(?:(?:pages|layouts|models|wrappers)/.*|app|access){_CODE}",
    ),
    Convention("WXT", "wxt", rf"(?:^|/)entrypoints/.*{_CODE}", "default|main"),
    Convention(
        "Plasmo",
        "plasmo",
        rf"(?:^|/)(?:contents?|popup|options|newtab|sidepanel|background|tabs|sandboxes)"
        rf"(?:/.*)?{_CODE}",
    ),
    Convention(
        "Medusa",
        "@medusajs/.*",
        rf"(?:^|/)src/(?:api|subscribers|jobs|workflows|modules|links|loaders|admin)/.*{_CODE}",
    ),
    Convention("Strapi", "@strapi/.*", rf"(?:^|/)(?:src|config|database)/.*{_CODE}", "default"),
    Convention(
        "RedwoodJS",
        "@redwoodjs/.*|@cedarjs/.*",
        rf"(?:^|/)(?:web|api)/src/(?:pages|layouts|functions|services|graphql|directives"
        rf"|subscriptions|components/.*Cell)/.*{_CODE}",
    ),
    Convention("Gatsby", "gatsby", rf"(?:^|/)gatsby-[\w-]+{_CODE}"),
    Convention(
        "Gatsby",
        "gatsby",
        rf"(?:^|/)src/(?:pages|templates|api)/.*{_CODE}",
        "default|query|Head|config|getServerData|pageQuery",
    ),
    Convention(
        "Fastify's autoload",
        "@fastify/autoload|fastify-autoload",
        rf"(?:^|/)(?:routes|plugins|hooks|modules)/.*{_CODE}",
    ),
    Convention(
        "Nitro",
        "nitropack|nitro|h3",
        rf"(?:^|/)(?:routes|api|middleware|plugins|tasks)/.*{_CODE}",
        "default",
    ),
    Convention("Storybook", "", rf"\.stories{_CODE}|(?:^|/)\.storybook/"),
    Convention(
        "Playwright and Vitest",
        "",
        rf"(?:^|/)global[.-]?(?:setup|teardown|Setup|Teardown)\w*{_CODE}",
    ),
    Convention("the mocking test runner", "", r"(?:^|/)__mocks__/"),
    Convention("the migration tool", _MIGRATING, rf"(?:^|/){_MIGRATIONS}/.*{_CODE}"),
    Convention(
        "the migration tool",
        "",
        rf"(?:^|/){_MIGRATIONS}/.*{_CODE}",
        "default|up|down|seed|run|change|config|name|migrate|rollback|description|transaction",
    ),
    Convention(
        "k6",
        "",
        rf"(?:^|/)(?:k6|load-?tests?)/.*{_CODE}",
        "default|options|setup|teardown|handleSummary",
    ),
    Convention(
        "the tool it configures",
        "",
        r"(?:^|/)(?:[\w.-]+\.config|[\w.-]+\.conf|\.\w+rc|\.eslintrc\.\w+|gulpfile|Gruntfile|plopfile"
        r"|vite\.\w+|jest[.-]setup|vitest\.\w+|karma\.\w+|protractor\.\w+|hardhat\.\w+|knexfile"
        r"|ormconfig|data-?source)(?:\.\w+)?\.[cm]?[jt]sx?$|(?:^|/)\.pnpmfile\.c?js$",
    ),
    Convention(
        "Vercel",
        "@vercel/node|vercel",
        rf"(?:^|/)api/.*{_CODE}",
        f"default|config|runtime|maxDuration|{_VERBS}",
    ),
    Convention(
        "Netlify", "@netlify/functions", rf"(?:^|/)functions/.*{_CODE}", "default|handler|config"
    ),
    Convention(
        "AWS Lambda",
        r"@types/aws-lambda|serverless|aws-cdk-lib|sst|@middy/core|aws-lambda|@aws-cdk/.*",
        _CODE,
        "handler|lambdaHandler|\\w+Handler",
    ),
    Convention("Firebase", "firebase-functions", rf"(?:^|/)index{_CODE}"),
    Convention("Azure Functions", "@azure/functions", _CODE, "default|run"),
    Convention(
        "Cloudflare Workers",
        "wrangler|@cloudflare/workers-types",
        rf"(?:^|/)(?:index|worker|main|_worker){_CODE}",
    ),
)
_ROWS = tuple(
    (row.reader, re.compile(row.packages), re.compile(row.path), re.compile(row.names))
    for row in _TABLE
)
_LANGUAGE = re.compile(
    r"constructor|toJSON|toString|toLocaleString|valueOf|then|next|return|throw|inspect"
    r"|\[.*\]|asyncDispose|dispose"
)
_HOOKS = re.compile(
    r"(?:connected|disconnected|adopted|attributeChanged|formAssociated|formReset|formDisabled"
    r"|formStateRestore)Callback|observedAttributes|formAssociated|handleEvent"
    r"|ng(?:OnInit|OnDestroy|OnChanges|DoCheck|After(?:View|Content)(?:Init|Checked))"
    r"|on(?:Module|Application)(?:Init|Destroy|Bootstrap|Shutdown)|beforeApplicationShutdown"
    r"|configure|intercept|canActivate|canDeactivate|canMatch|resolve|transform|use|catch|validate"
    r"|afterInit|handle(?:Connection|Disconnect)"
    r"|component(?:DidMount|WillUnmount|DidUpdate|DidCatch|WillMount|WillReceiveProps|WillUpdate)"
    r"|render|shouldComponentUpdate|getSnapshotBeforeUpdate|getDerivedState\w+|getInitialProps"
    r"|getChildContext|up|down|_(?:read|write|writev|transform|flush|final|destroy|construct)"
)


def reader_of_export(path: str, name: str, packages: Callable[[], Iterator[str]]) -> str:
    """Return the framework or tool that reads the export ``name`` of ``path``; else nothing.

    ``packages`` gives the dependencies of the packages around the file.
    """
    fitting = [row for row in _ROWS if row[3].fullmatch(name) and row[2].search(path)]
    if not fitting:
        return ""
    known = tuple(packages())
    for reader, wanted, _, _ in fitting:
        if not wanted.pattern or any(wanted.fullmatch(one) for one in known):
            return reader
    return ""


def caller_of_member(name: str) -> str:
    """Return who calls a method called ``name`` without naming it; else nothing."""
    if _LANGUAGE.fullmatch(name):
        return "the language"
    return "the framework" if _HOOKS.fullmatch(name) else ""
