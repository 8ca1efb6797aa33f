"""The commands that packages install, and how each package manager adds and removes one."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from mendbook.advice.dependencies.judge import Outcome
from mendbook.repository.checks import node_manager
from mendbook.repository.snapshot import Snapshot

COMMANDS: dict[str, tuple[str, ...]] = {
    "typescript": ("tsc", "tsserver"),
    "@nestjs/cli": ("nest",),
    "@angular/cli": ("ng",),
    "@biomejs/biome": ("biome",),
    "@babel/cli": ("babel",),
    "@babel/node": ("babel-node",),
    "@swc/cli": ("swc",),
    "@commitlint/cli": ("commitlint",),
    "@changesets/cli": ("changeset",),
    "@graphql-codegen/cli": ("graphql-codegen", "graphql-code-generator"),
    "@playwright/test": ("playwright",),
    "@vue/cli-service": ("vue-cli-service",),
    "@sveltejs/kit": ("svelte-kit",),
    "@remix-run/dev": ("remix",),
    "@redocly/cli": ("redocly",),
    "@sentry/cli": ("sentry-cli",),
    "aws-cdk": ("cdk",),
    "firebase-tools": ("firebase",),
    "npm-check-updates": ("ncu",),
    "npm-run-all": ("run-s", "run-p", "npm-run-all"),
    "npm-run-all2": ("run-s", "run-p", "npm-run-all"),
    "sequelize-cli": ("sequelize", "sequelize-cli"),
    "serverless": ("serverless", "sls"),
    "start-server-and-test": ("start-server-and-test", "start-test"),
    "ts-node": ("ts-node", "ts-node-esm", "ts-node-dev"),
    "ts-node-dev": ("tsnd", "ts-node-dev"),
    "web-ext": ("web-ext",),
    "wait-on": ("wait-on",),
}
"""Packages whose commands are not called as they are; a lock file says it of any other."""


@dataclass(frozen=True, slots=True)
class Manager:
    """How a package manager removes a package, moves it, and audits them all."""

    name: str
    remove: str
    development: str
    production: str
    within: str
    """Puts a command into the folder of a workspace's member."""
    audit: tuple[str, ...]

    def change(self, outcome: Outcome, package: str, folder: str) -> str:
        """Return the line that brings about ``outcome`` in the manifest of ``folder``."""
        changes = {Outcome.REMOVE: self.remove, Outcome.TO_DEVELOPMENT: self.development}
        said = changes.get(outcome, self.production)
        line = f"{said} {package}"
        return (
            f"{self.within.format(folder=shlex.quote(folder))} {line}"
            if folder
            else f"{self.name} {line}"
        )


_NPM = Manager(
    "npm",
    "uninstall",
    "install --save-dev",
    "install --save-prod",
    "npm --prefix {folder}",
    ("npx depcheck", "npm audit --audit-level=high"),
)
_PNPM = Manager(
    "pnpm",
    "remove",
    "add --save-dev",
    "add --save-prod",
    "pnpm --dir {folder}",
    ("pnpm dlx depcheck", "pnpm audit --audit-level=high"),
)
_YARN = Manager(
    "yarn",
    "remove",
    "add --dev",
    "add",
    "yarn --cwd {folder}",
    ("yarn dlx depcheck", "yarn npm audit --severity high"),
)
_YARN_CLASSIC = Manager(
    "yarn",
    "remove",
    "add --dev",
    "add",
    "yarn --cwd {folder}",
    ("npx depcheck", "yarn audit --level high"),
)
_BUN = Manager(
    "bun", "remove", "add --dev", "add", "bun --cwd {folder}", ("bunx depcheck", "bun audit")
)


def manager_of(snapshot: Snapshot) -> Manager:
    """Return the package manager that the target uses; npm where nothing says which."""
    name = node_manager(snapshot)
    if name == "yarn":
        berry = (
            ".yarnrc.yml" in snapshot or "__metadata:" in (snapshot.get("yarn.lock") or "")[:600]
        )
        return _YARN if berry else _YARN_CLASSIC
    return {"pnpm": _PNPM, "bun": _BUN}.get(name, _NPM)
