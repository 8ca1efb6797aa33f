"""Detect what the target is: the context table of a remediation plan, read from its files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from mendbook.model import Context, Fact
from mendbook.repository import git
from mendbook.repository.checks import target_checks
from mendbook.repository.manifest import Lock, Manifest, Requirement, read_lock, read_manifests
from mendbook.repository.target import Target

NOT_FOUND = "not found"

STACK: dict[str, dict[str, str]] = {
    "HTTP Framework": {
        "fastify": "Fastify",
        "express": "Express",
        "koa": "Koa",
        "@hapi/hapi": "hapi",
        "@nestjs/core": "NestJS",
        "hono": "Hono",
        "restify": "Restify",
        "polka": "Polka",
        "uWebSockets.js": "uWebSockets.js",
    },
    "Realtime Stack": {
        "socket.io": "Socket.io",
        "@socket.io/redis-adapter": "@socket.io/redis-adapter",
        "@socket.io/redis-streams-adapter": "@socket.io/redis-streams-adapter",
        "@socket.io/cluster-adapter": "@socket.io/cluster-adapter",
        "@socket.io/sticky": "@socket.io/sticky",
        "@socket.io/redis-emitter": "@socket.io/redis-emitter",
        "ws": "ws",
        "@fastify/websocket": "@fastify/websocket",
    },
    "Media Stack": {
        "mediasoup": "Mediasoup",
        "livekit-server-sdk": "LiveKit",
        "werift": "werift",
        "wrtc": "wrtc",
        "node-webrtc": "node-webrtc",
        "kurento-client": "Kurento",
    },
    "Redis Client": {"ioredis": "ioredis", "redis": "redis", "@redis/client": "@redis/client"},
    "Metrics": {
        "prom-client": "prom-client",
        "@opentelemetry/sdk-metrics": "@opentelemetry/sdk-metrics",
        "@opentelemetry/sdk-node": "@opentelemetry/sdk-node",
        "hot-shots": "hot-shots",
    },
    "Test Framework": {
        "vitest": "Vitest",
        "jest": "Jest",
        "mocha": "Mocha",
        "ava": "AVA",
        "tap": "tap",
        "@playwright/test": "Playwright",
    },
    "Build Tool": {
        "tsup": "tsup",
        "tsdown": "tsdown",
        "esbuild": "esbuild",
        "vite": "Vite",
        "rollup": "Rollup",
        "webpack": "webpack",
        "@swc/core": "swc",
        "unbuild": "unbuild",
    },
}
"""Row of the context table to the packages that answer it, and how each is called."""

CI_PROVIDERS: dict[str, str] = {
    ".github/workflows/*.y*ml": "GitHub Actions",
    ".gitlab-ci.yml": "GitLab CI",
    ".circleci/config.yml": "CircleCI",
    "Jenkinsfile": "Jenkins",
    "azure-pipelines.yml": "Azure Pipelines",
    "bitbucket-pipelines.yml": "Bitbucket Pipelines",
    ".buildkite/pipeline.y*ml": "Buildkite",
    ".drone.yml": "Drone",
    ".travis.yml": "Travis CI",
    ".woodpecker.y*ml": "Woodpecker",
}
"""Pattern of a file to the CI service that reads it."""


def detect_context(target: Target) -> Context:
    """Return the context table of ``target``, row for row, each with the place it was read from.

    A row whose answer is not in the repository says ``not found``. Warnings tell what a reader
    must know before trusting the table: another commit checked out, no or a broken package.json.
    """
    manifests = read_manifests(target)
    first = manifests[0] if manifests else Manifest("package.json", {})
    lock = read_lock(target, str(PurePosixPath(first.path).parent))
    facts = (
        Fact("Repo Root", str(target.root), "git"),
        Fact("Branch", "HEAD (detached)" if target.branch == "HEAD" else target.branch, "git"),
        Fact("Commit", target.commit[:7], "git"),
        _node(first),
        _manager(first, lock),
        _runtime(first, bool(manifests)),
        *(_stack(name, packages, manifests, lock) for name, packages in STACK.items()),
        _ci(target),
    )
    return Context(
        root=str(target.root),
        commit=target.commit,
        head=target.head,
        branch=target.branch,
        facts=facts,
        warnings=(
            *_elsewhere(target),
            *target.warnings,
            *_problems(manifests, lock),
            *_too_old(facts[3]),
        ),
        checks=target_checks(target.snapshot),
    )


def _node(manifest: Manifest) -> Fact:
    engines = manifest.data.get("engines")
    wanted = engines.get("node") if isinstance(engines, dict) else None
    here = _node_here() or "not installed here"
    if not isinstance(wanted, str):
        return Fact("Node Version", f"{here} (no required range found)", "node --version")
    return Fact("Node Version", f"{here} (requires {wanted})", manifest.line("engines", "node"))


def _too_old(node: Fact) -> tuple[str, ...]:
    """Warn where the Node of this machine is below the required one, as far as majors tell."""
    versions = re.match(r"v(\d+).*\(requires (?:>=|\^|~)?\s*v?(\d+)", node.value)
    if versions is None or int(versions[1]) >= int(versions[2]):
        return ()
    return (f"Node here is {node.value}: the target's own checks may fail for that reason",)


def _node_here() -> str:
    try:
        done = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _manager(manifest: Manifest, lock: Lock | None) -> Fact:
    if lock is not None:
        return Fact("Package Manager", f"{lock.manager} ({lock.path} present)", lock.path)
    declared = manifest.data.get("packageManager")
    if isinstance(declared, str):
        place = manifest.line("packageManager")
        return Fact("Package Manager", f"{declared} (no lock file)", place)
    return Fact("Package Manager", NOT_FOUND)


def _runtime(manifest: Manifest, present: bool) -> Fact:
    if not present:
        return Fact("Runtime", NOT_FOUND)
    if manifest.data.get("type") == "module":
        return Fact("Runtime", "Node.js ESM (type: module)", manifest.line("type"))
    said = "type: commonjs" if "type" in manifest.data else "no type: module"
    return Fact("Runtime", f"Node.js CommonJS ({said})", manifest.line("type"))


def _stack(
    name: str, packages: Mapping[str, str], manifests: tuple[Manifest, ...], lock: Lock | None
) -> Fact:
    wanted: dict[str, Requirement] = {}
    for manifest in manifests:
        wanted = {**manifest.requirements, **wanted}
    found = [(wanted[package], called) for package, called in packages.items() if package in wanted]
    if not found:
        return Fact(name, NOT_FOUND)
    value = " + ".join(f"{called} {_version(package, lock)}" for package, called in found)
    return Fact(name, value, ", ".join(package.source for package, _ in found))


def _version(package: Requirement, lock: Lock | None) -> str:
    installed = lock.versions.get(package.name) if lock else None
    return installed or f"{package.range} (not in a lock file)"


def _ci(target: Target) -> Fact:
    listed = [
        (path, provider)
        for pattern, provider in CI_PROVIDERS.items()
        for path in target.snapshot.files
        if fnmatchcase(path, pattern)
    ]
    if not listed:
        return Fact("CI Provider", NOT_FOUND)
    providers = " + ".join(dict.fromkeys(provider for _, provider in listed))
    return Fact("CI Provider", providers, ", ".join(path for path, _ in listed))


def _elsewhere(target: Target) -> tuple[str, ...]:
    if target.commit == target.head:
        return ()
    if not target.head:
        return (f"the plan is computed on {target.commit[:7]}; nothing is checked out",)
    return (
        f"the plan is computed on the audit's commit {target.commit[:7]}; checked out is "
        f"{target.head[:7]}, {_distance(target)}, so lines may stand elsewhere there",
    )


def _distance(target: Target) -> str:
    both = f"{target.commit}...{target.head}"
    counted = git.output(target.root, "rev-list", "--count", "--left-right", both)
    only_here, only_there = map(int, counted.split())
    if not only_here:
        return f"{only_there} commits later"
    return "on another line of history" if only_there else f"{only_here} commits earlier"


def _problems(manifests: tuple[Manifest, ...], lock: Lock | None) -> tuple[str, ...]:
    if not manifests:
        return ("there is no package.json, so the stack rows say not found",)
    problems = [manifest.problem for manifest in manifests if manifest.problem]
    if lock is None:
        problems.append("there is no lock file: versions are the ranges of package.json")
    elif lock.problem:
        problems.append(f"{lock.problem}: versions are the ranges of package.json")
    return tuple(problems)
