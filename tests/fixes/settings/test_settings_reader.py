"""A fix text about a file of settings becomes exactly that edit, or a true reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.code.diff import diff_of
from mendbook.code.references import find_references
from mendbook.fixes.settings.reader import read_settings
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Place, Proposal
from mendbook.repository.snapshot import Snapshot

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: billing  # the name is public
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: api
          image: registry.local/billing:1.4
          resources:
            limits:
              cpu: 500m
        - name: proxy
          image: envoyproxy/envoy:v1.29.0
"""
WORKFLOW = """name: release
on: [push]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@main
      - uses: actions/setup-go@v5
  publish:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
      - run: ./publish.sh
      - run: echo done
"""
TOML = """[tool.ruff]
line-length = 120  # wide
select = ["E"]

[tool.pytest.ini_options]
addopts = "-q"
"""
DOCKERFILE = """FROM node:latest AS build
RUN npm ci

FROM node:22-slim
COPY --from=build /srv /srv
CMD ["node", "server.js"]
"""
NGINX = """http {
    keepalive_timeout 65;
    server {
        listen 80;
        gzip on;
    }
}
"""
SCHEMA = """CREATE TABLE readings (
    meter_id BIGINT NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL
);
"""
SHELL = """#!/bin/sh
cd $WORKDIR
rm -r $WORKDIR/cache
"""


def answer(
    path: str, text: str, fix: str, evidence: str = "", function: str = ""
) -> Proposal | str:
    """Return what is proposed for a finding about ``path``, or the reason why nothing is."""
    about = finding("F-1", file=path, fix=fix)
    about = replace(about, places=(Place(path),), evidence=evidence, function=function)
    snapshot = Snapshot.of({path: text})
    lookup = find_references((about,), snapshot, None, "syntax")
    task = Task(about, FindingFacts("F-1", (path,)), snapshot, lookup)
    found = read_settings(task)
    return found if isinstance(found, Proposal) else found.reason


def carried_out(path: str, text: str, evidence: str, fix: str, edits: Mapping[str, str]) -> None:
    """Assert that a fix changes each key of ``edits``, which stands once, and nothing else."""
    wanted = text
    for old, new in edits.items():
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)
    found = answer(path, text, fix, evidence)
    assert isinstance(found, Proposal), found
    assert found.edits == {path: wanted}


def changed(path: str, text: str, fix: str, evidence: str = "", function: str = "") -> list[str]:
    """Return the lines that go and come, with their marks."""
    made = answer(path, text, fix, evidence, function)
    assert isinstance(made, Proposal), made
    rows = diff_of(made.edits, Snapshot.of({path: text})).splitlines()
    return [row for row in rows if row[:1] in "+-" and not row.startswith(("+++", "---"))]


@pytest.mark.parametrize(
    ("path", "text", "fix", "rows"),
    [
        (
            "k8s/billing.yaml",
            DEPLOYMENT,
            "Raise replicas to 3",
            ["-  replicas: 1", "+  replicas: 3"],
        ),
        (
            "k8s/billing.yaml",
            DEPLOYMENT,
            "Add memory: 256Mi to limits so that a leak cannot take the node down.",
            ["+              memory: 256Mi"],
        ),
        (
            "k8s/billing.yaml",
            DEPLOYMENT,
            "Set `imagePullPolicy: Always` on the proxy container",
            ["+          imagePullPolicy: Always"],
        ),
        (
            "k8s/billing.yaml",
            DEPLOYMENT,
            "Bump envoyproxy/envoy to v1.31.2",
            [
                "-          image: envoyproxy/envoy:v1.29.0",
                "+          image: envoyproxy/envoy:v1.31.2",
            ],
        ),
        (
            ".github/workflows/release.yml",
            WORKFLOW,
            "Pin the action actions/checkout to v4.2.2",
            ["-      - uses: actions/checkout@main", "+      - uses: actions/checkout@v4.2.2"],
        ),
        (
            ".github/workflows/release.yml",
            WORKFLOW,
            "Add timeout-minutes: 10 to the publish job",
            ["+    timeout-minutes: 10"],
        ),
        (
            ".github/workflows/release.yml",
            WORKFLOW,
            "Add `permissions: contents: read` at the top level",
            ["+permissions:", "+  contents: read"],
        ),
        (
            "pyproject.toml",
            TOML,
            "Reduce line-length from 120 to 100",
            ["-line-length = 120  # wide", "+line-length = 100  # wide"],
        ),
        (
            "pyproject.toml",
            TOML,
            "Add xfail_strict = true to [tool.pytest.ini_options]",
            ["+xfail_strict = true"],
        ),
        ("Dockerfile", DOCKERFILE, "Add USER node before CMD", ["+USER node"]),
        (
            "Dockerfile",
            DOCKERFILE,
            "Pin the base image to node:22.11.0",
            ["-FROM node:latest AS build", "+FROM node:22.11.0 AS build"],
        ),
        (
            "Dockerfile",
            DOCKERFILE,
            "Add a health check: HEALTHCHECK CMD wget -qO- http://localhost:3000/live || exit 1",
            ["+HEALTHCHECK CMD wget -qO- http://localhost:3000/live || exit 1"],
        ),
        (
            "requirements/base.txt",
            "django>=4\ndjango-filter==24.1\n",
            "Pin django to 5.1.2",
            ["-django>=4", "+django==5.1.2"],
        ),
        (
            "requirements.txt",
            "six==1.16\nhttpx==0.27\n",
            "Remove six from requirements.txt",
            ["-six==1.16"],
        ),
        (
            ".env.example",
            "PORT=80\n",
            "Add METER_TOPIC=meters to .env.example",
            ["+METER_TOPIC=meters"],
        ),
        (
            ".env.example",
            "PORT=80\nA=1\n",
            "Change PORT to 8080",
            ["-PORT=80", "+PORT=8080"],
        ),
        (
            "conf/site.conf",
            NGINX,
            "Add `client_max_body_size 10m;` to the server block",
            ["+        client_max_body_size 10m;"],
        ),
        (
            "conf/site.conf",
            NGINX,
            "Set keepalive_timeout to 30",
            ["-    keepalive_timeout 65;", "+    keepalive_timeout 30;"],
        ),
        (
            "db/schema.sql",
            SCHEMA,
            "Create an index on readings(meter_id, taken_at)",
            [
                "+",
                "+CREATE INDEX idx_readings_meter_id_taken_at ON readings (meter_id, taken_at);",
            ],
        ),
        ("bin/run.sh", SHELL, "Add set -eu after the shebang", ["+set -eu"]),
        (
            "config/kiln.json",
            '{\n  "firing": {\n    "hours": 9\n  }\n}\n',
            "Add `cooling: 14` to the firing section",
            ['-    "hours": 9', '+    "hours": 9,', '+    "cooling": 14'],
        ),
        (
            "config/limits.json",
            '{\n  "upload": {"max": 10, "kind": "any"},\n  "download": {"max": 10}\n}\n',
            "Set upload.max to 25",
            [
                '-  "upload": {"max": 10, "kind": "any"},',
                '+  "upload": {"max": 25, "kind": "any"},',
            ],
        ),
    ],
)
def test_a_setting_is_changed_and_nothing_else(
    path: str, text: str, fix: str, rows: list[str]
) -> None:
    """The diff is the one line that a person would change by hand, its comment kept."""
    assert changed(path, text, fix) == rows


def test_the_evidence_tells_equal_lines_apart() -> None:
    """Of two services with one setting, the one that is quoted is meant."""
    text = "services:\n  door:\n    restart: no\n    ports: [80]\n  gate:\n    restart: no\n"
    evidence = "gate:\n    restart: no"
    rows = changed("compose.yml", text, "Set restart: always", evidence)
    assert rows == ["-    restart: no", "+    restart: always"]
    assert "+    restart: always" in rows
    assert answer("compose.yml", text, "Set restart: always") == "restart stands 2 times"


def test_quoting_changes_the_quoted_lines_only() -> None:
    """Words that stand in quotes already, and other lines, stay."""
    rows = changed("bin/run.sh", SHELL, 'Quote "$WORKDIR/cache"', "rm -r $WORKDIR/cache")
    assert rows == ["-rm -r $WORKDIR/cache", '+rm -r "$WORKDIR/cache"']


@pytest.mark.parametrize(
    ("path", "text", "fix", "reason"),
    [
        ("a.yml", "retries: 3\n", "Set retries: 3", "retries is already 3"),
        ("a.yml", "retries: 3\n", "Lower retries from 5 to 2", "retries is 3, and the text says 5"),
        ("a.yml", "a: [1\n", "Set a: 2", "a.yml does not parse"),
        (
            "a.yml",
            "url: http://queue\n",
            "Set url: https://collect.example.org/in",
            "the fix text brings a new host, https://collect.example.org; none is written",
        ),
        (
            "a.yml",
            "token: x\n",
            "Set token: ${DEPLOY_TOKEN}",
            "the fix text asks for secrets; none are written",
        ),
        (
            ".github/workflows/a.yml",
            WORKFLOW,
            "Add `permissions: contents: write` at the workflow level",
            "the fix text asks for more rights or for something to run",
        ),
        (
            "Dockerfile",
            DOCKERFILE,
            "Add RUN make install before CMD",
            "RUN would run or fetch something; it is not written from a fix text",
        ),
        (
            "Dockerfile",
            DOCKERFILE,
            "Pin the runtime image by digest",
            "`Pin the runtime image by digest` is not one setting to change",
        ),
        (
            "a.toml",
            TOML,
            "Either set strict = true or drop the section",
            "the text offers a choice",
        ),
        (
            "a.toml",
            TOML,
            "Set strict = true under [tool.mypy]",
            "no tool.mypy is there",
        ),
        ("db/schema.sql", SCHEMA, "Add index on readings(site)", "readings has no column site"),
        ("conf/site.conf", NGINX, "Add `gzip on;` to the server block", "it stands there already"),
        ("src/a.ts", "let a = 1;\n", "Set a: 2", "the finding does not ask for it"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_reason(
    path: str, text: str, fix: str, reason: str
) -> None:
    """Nothing is written that brings a host, a right, a secret or something to run."""
    assert answer(path, text, fix) == reason
