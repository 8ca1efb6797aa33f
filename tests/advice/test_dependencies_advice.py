from __future__ import annotations

import json
from dataclasses import replace

import pytest

from mendbook.advice import dependencies
from mendbook.advice.dependencies.locked import read_locked
from mendbook.advice.dependencies.node_version import least_node
from mendbook.advice.dependencies.usage import package_of
from mendbook.model import AdviceRow, Citation, Origin, Skipped
from mendbook.policy.platform import Platform
from surveyed import about, survey

MANIFEST = """\
{
  "name": "parlour",
  "engines": { "node": ">=22.0.0" },
  "scripts": {
    "build": "tsc -p .",
    "start": "node dist/index.js"
  },
  "dependencies": {
    "dotenv": "^16.4.0",
    "left-pad": "^1.3.0",
    "pino": "^9.5.0",
    "pino-pretty": "^13.0.0",
    "queue-thing": "^2.0.0",
    "uuid": "^9.0.0",
    "vitest": "^3.2.4"
  },
  "devDependencies": {
    "@types/node": "^22.0.0",
    "ioredis": "^5.4.1",
    "typescript": "^5.9.0"
  }
}
"""
LOCK = json.dumps(
    {
        "packages": {
            "": {"name": "parlour"},
            "node_modules/pino": {"version": "9.14.0", "dependencies": {"sonic-boom": "4"}},
            "node_modules/sonic-boom": {"version": "4.2.0", "dependencies": {"atomic-sleep": "1"}},
            "node_modules/atomic-sleep": {"version": "1.0.0"},
            "node_modules/globals": {"version": "14.0.0"},
            "node_modules/typescript": {"version": "5.9.3", "bin": {"tsc": "bin/tsc"}},
        }
    }
)
STOCK = Platform("stock", ("pino",))
FILES = {
    "package.json": MANIFEST,
    "package-lock.json": LOCK,
    "src/index.ts": (
        'import "dotenv/config";\nimport { randomBytes } from "crypto";\n'
        'import { Redis } from "ioredis";\nimport { v4 } from "uuid";\n'
        'import { later } from "queue-thing";\n'
    ),
    "src/logger.ts": 'import pino from "pino";\nexport const t = { target: "pino-pretty" };\n',
    "src/index.test.ts": 'import { it } from "vitest";\n',
    "eslint.config.js": 'import globals from "globals";\n',
}
DELETE = "Aggressively delete complexity"


def test_the_matrix_says_who_uses_what_and_what_to_do() -> None:
    """Unused, misplaced, replaced, unapproved and undeclared packages are told with their lines."""
    rows = dependencies.advise(survey(FILES, about("CQ-1", "package.json"), platform=STOCK)).rows
    assert [(row.what, row.spot, row.now, row.target) for row in rows] == [
        ("left-pad", "package.json:10", "dependencies, ^1.3.0; use not found", "remove"),
        (
            "pino-pretty",
            "package.json:12",
            "dependencies, ^13.0.0; production by name: src/logger.ts:2",
            "devDependencies, once production cannot reach src/logger.ts:2",
        ),
        (
            "queue-thing",
            "package.json:13",
            "dependencies, ^2.0.0; production: src/index.ts:5",
            "review",
        ),
        (
            "uuid",
            "package.json:14",
            "dependencies, ^9.0.0; production: src/index.ts:4",
            "replace by crypto.randomUUID",
        ),
        (
            "vitest",
            "package.json:15",
            "dependencies, ^3.2.4; tests: src/index.test.ts:1",
            "move to devDependencies",
        ),
        (
            "ioredis",
            "package.json:19",
            "devDependencies, ^5.4.1; production: src/index.ts:3",
            "move to dependencies",
        ),
        (
            "dotenv",
            "package.json:9",
            "dependencies, ^16.4.0; production: src/index.ts:1",
            "keep",
        ),
        (
            "pino",
            "package.json:11",
            "dependencies, ^9.5.0; 9.14.0 with 2 more; production: src/logger.ts:1",
            "keep",
        ),
        (
            "@types/node",
            "package.json:18",
            "devDependencies, ^22.0.0; needed by TypeScript",
            "keep",
        ),
        (
            "typescript",
            "package.json:20",
            "devDependencies, ^5.9.0; 5.9.3 with 0 more; build: package.json:5",
            "keep",
        ),
        (
            "globals",
            "eslint.config.js:1",
            "imported, not declared; 14.0.0 comes along with another package",
            "declare in devDependencies, or stop importing it",
        ),
    ]
    assert rows[0].why == f"no use was found; {DELETE}"
    assert rows[3].why == "Node.js has it since 14.17; Prefer native Node.js APIs"


def test_the_summary_and_the_commands_can_be_acted_on() -> None:
    """One sentence names the packages; each move is a line to copy."""
    found = dependencies.advise(survey(FILES, platform=STOCK))
    assert found.summary == (
        "Production declares 7 packages, development 3; left-pad can be removed; pino-pretty, "
        "vitest, ioredis stand in the wrong section; uuid repeats what Node.js has; queue-thing "
        "is not approved; globals is imported but not declared"
    )
    assert found.commands == (
        "npm uninstall left-pad",
        "npm install --save-dev vitest",
        "npm install --save-prod ioredis",
        "npx depcheck",
        "npm audit --audit-level=high",
    )


def test_without_a_platform_of_its_own_nothing_is_unapproved() -> None:
    """Lists of approved packages are a team's own: another team's packages need no approval."""
    found = dependencies.advise(survey(FILES))
    assert [row.target for row in found.rows if row.what == "queue-thing"] == ["keep"]
    assert "not approved" not in found.summary
    assert not any("Approved by name" in note for note in found.notes)


TOOLS = {
    "typescript": "5",
    "ts-jest": "29",
    "jest": "29",
    "ts-node": "10",
    "tsconfig-paths": "4",
    "eslint": "8",
    "eslint-config-acme": "15",
    "eslint-plugin-promise": "1",
    "@acme/eslint-config": "1",
    "lint-staged": "15",
    "husky": "9",
    "prettier": "3",
    "jest-junit": "1",
    "identity-obj-proxy": "3",
    "dotenv-cli": "7",
    "nodemon": "3",
    "pg": "8",
    "@commitlint/cli": "19",
    "stylelint-config-standard": "36",
    "sharp": "1",
}
TOOLED = {
    "package.json": json.dumps(
        {
            "scripts": {
                "build": "tsc",
                "debug": "node -r ts-node/register -r tsconfig-paths/register x.js",
                "dev": "nodemon x.js",
            },
            "jest": {
                "transform": {"^.+\\.ts$": "ts-jest"},
                "reporters": ["default", "jest-junit"],
                "moduleNameMapper": {"css$": "identity-obj-proxy"},
            },
            "devDependencies": TOOLS,
        }
    ),
    "package-lock.json": json.dumps({"packages": {"": {}}}),
    ".eslintrc.json": '{"extends": ["acme", "@acme", "plugin:promise/recommended"]}',
    ".lintstagedrc.json": '{"*.ts": "eslint"}',
    ".husky/pre-commit": "npx lint-staged\n",
    ".husky/commit-msg": "npx commitlint --edit $1\n",
    ".prettierrc": "{}\n",
    "Dockerfile": "FROM node\nCMD npx dotenv -- node x.js\nRUN npm i -g dotenv-cli\n",
    ".stylelintrc.yml": "extends: stylelint-config-standard\n",
    "src/a.ts": "export const a = 1;\n",
}


def test_no_command_removes_what_a_tool_loads() -> None:
    """Short names, transforms, registers, hooks, images and tools' own files are uses."""
    found = dependencies.advise(survey(TOOLED))
    assert found.commands == ("npx depcheck", "npm audit --audit-level=high")
    assert {row.what: row.target for row in found.rows if row.target != "keep"} == {
        "pg": "review",
        "sharp": "review",
    }


def test_without_a_lock_file_nobody_is_sure() -> None:
    """What needs a package beside itself is only in the lock file, so a person decides."""
    files = {
        "package.json": '{"dependencies": {"left-pad": "1"}}',
        "a.js": "export const a = 1;\n",
        "depcheck-report.json": '{"dependencies": ["left-pad"]}',
        "docs/intro.md": "We use left-pad.\n",
    }
    found = dependencies.advise(survey(files))
    assert [(row.target, row.why) for row in found.rows] == [
        (
            "review",
            "no use was found, but without an npm lock file nobody knows which package needs it "
            "beside itself",
        )
    ]
    assert not any("uninstall" in line for line in found.commands)


def test_each_manager_has_its_own_commands() -> None:
    """The lines to copy are those of the package manager that the target uses."""
    files = {
        "package.json": '{"private": true, "devDependencies": {"zod": "3"}}',
        "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
        "a.ts": 'import { z } from "zod";\nexport const a = z.string();\n',
    }
    assert dependencies.advise(survey(files)).commands == (
        "pnpm add --save-prod zod",
        "pnpm dlx depcheck",
        "pnpm audit --audit-level=high",
    )


def test_members_of_a_workspace_are_judged_by_their_own_manifest() -> None:
    """What a member imports is looked for in its manifest and the root's, and names are ours."""
    files = {
        "package.json": '{"private": true, "devDependencies": {"typescript": "5"}}',
        "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n",
        "packages/core/package.json": '{"name": "@shop/core", "dependencies": {"zod": "3"}}',
        "packages/core/src/a.ts": 'import { z } from "zod";\nimport ts from "typescript";\n',
        "packages/web/package.json": (
            '{"name": "web", "dependencies": {"@shop/core": "workspace:*"}}'
        ),
        "packages/web/src/b.ts": 'import "@shop/core";\nimport "react";\n',
    }
    rows = dependencies.advise(survey(files)).rows
    assert [(row.what, row.spot, row.target) for row in rows] == [
        ("typescript", "package.json:1", "keep"),
        (
            "react",
            "packages/web/src/b.ts:2",
            "declare in dependencies, or stop importing it",
        ),
    ]


def test_known_vulnerabilities_stand_with_their_package() -> None:
    """A finding of npm audit marks its package; one that comes along gets a row of its own."""
    pino = replace(
        about("NPM-1", "package.json"),
        problem="pino <9.15.0 is vulnerable: leak",
        fix="Update pino to 9.15.0",
        origins=(Origin("npm-audit", "npm audit", "GHSA-1"),),
    )
    sleep = replace(
        about("NPM-2", "package-lock.json"),
        problem="atomic-sleep * is vulnerable: wakes",
        fix="Run npm audit fix",
        origins=(Origin("npm-audit", "npm audit", "GHSA-2"),),
    )
    found = dependencies.advise(survey(FILES, pino, sleep, platform=STOCK))
    by_name = {row.what: row for row in found.rows}
    assert by_name["pino"].now.endswith("src/logger.ts:1; medium vulnerability")
    assert by_name["pino"].target == "keep; Update pino to 9.15.0"
    assert by_name["pino"].findings == ("NPM-1",)
    assert by_name["atomic-sleep"] == AdviceRow(
        "atomic-sleep",
        Citation("package-lock.json"),
        "comes along; medium vulnerability",
        "Run npm audit fix",
        "atomic-sleep * is vulnerable: wakes",
        findings=("NPM-2",),
    )
    assert found.not_run == ()


def test_without_a_report_vulnerabilities_are_not_known() -> None:
    """No npm audit report means that nothing is known, and that is said."""
    assert dependencies.advise(survey(FILES)).not_run == (
        Skipped(
            "known vulnerabilities",
            "no finding of an npm audit report is among the inputs; give npm audit --json as a "
            "tool's report",
        ),
    )


@pytest.mark.parametrize(
    ("files", "applies"),
    [
        ({}, False),
        ({"package.json": "{"}, False),
        ({"package.json": '{"name": "x"}'}, False),
        ({"package.json": '{"dependencies": {"zod": "3"}}'}, True),
        ({"pyproject.toml": '[project]\ndependencies = ["attrs"]\n'}, False),
    ],
)
def test_only_a_manifest_with_packages_has_a_matrix(files: dict[str, str], applies: bool) -> None:
    """A target without a package.json that asks for packages hears nothing of one."""
    assert dependencies.applies(survey(files)) is applies


def test_a_member_that_cannot_be_read_is_a_reason() -> None:
    """Of a workspace with a broken member the rest is judged, and the reader is told."""
    files = {
        "package.json": '{"workspaces": ["apps/*"], "dependencies": {"zod": "3"}}',
        "apps/a/package.json": "{",
    }
    assert dependencies.advise(survey(files)).not_run[0] == Skipped(
        "matrix", "apps/a/package.json is not JSON; nothing was read from it"
    )


def test_a_name_that_npm_would_not_take_is_in_no_command() -> None:
    """A package name is third-party text: it never becomes part of a command line."""
    manifest = json.dumps({"dependencies": {"x; rm -rf ~": "1", "--global": "1", "y": "1"}})
    files = {"package.json": manifest, "package-lock.json": LOCK, "a.ts": "export {};\n"}
    commands = dependencies.advise(survey(files)).commands
    assert commands[:-2] == ("npm uninstall y",)


@pytest.mark.parametrize(
    ("specifier", "package"),
    [
        ("zod", "zod"),
        ("dotenv/config", "dotenv"),
        ("@socket.io/redis-adapter/dist/x.js", "@socket.io/redis-adapter"),
        ("node:fs", ""),
        ("fs/promises", ""),
        ("./local.js", ""),
        ("@/config/index.js", ""),
        ("#internal", ""),
    ],
)
def test_a_specifier_is_read_as_node_does(specifier: str, package: str) -> None:
    """Files, aliases and Node.js' own modules are no packages."""
    assert package_of(specifier) == package


@pytest.mark.parametrize(
    ("engines", "version"),
    [
        ({"node": ">=22.0.0"}, (22, 0)),
        ({"node": "^20.12 || >=22"}, (20, 12)),
        ({"node": "18.x"}, (18, 0)),
        ({"node": ">14"}, (15, 0)),
        ({"node": "<=20"}, (0, 0)),
        ({"node": ">=18.12 <19 || ~20.11"}, (18, 12)),
        ({"node": "16 - 20"}, (16, 0)),
        ({"node": "lts/*"}, (0, 0)),
        ({"node": "*"}, (0, 0)),
        ({}, (0, 0)),
        ("22", (0, 0)),
    ],
)
def test_the_least_node_version_is_what_counts(engines: object, version: tuple[int, int]) -> None:
    """An API that the oldest allowed Node.js lacks is not recommended."""
    assert least_node({"engines": engines}) == version


def test_a_lock_file_that_requires_in_circles_ends() -> None:
    """Packages that need each other are counted once."""
    entry = {"version": "1.0.0"}
    locked = read_locked(
        json.dumps(
            {
                "packages": {
                    "node_modules/a": {**entry, "dependencies": {"b": "1"}},
                    "node_modules/a/node_modules/b": {**entry, "dependencies": {"a": "1"}},
                    "node_modules/b": {**entry, "dependencies": {"c": "1"}},
                }
            }
        )
    )
    assert (locked.along("a"), locked.along("b"), locked.along("absent")) == (1, 0, 0)
