"""A setting that is spelled out whole goes where the words around it say, whatever their verb."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

IMAGE = """\
FROM python:3.12-slim
WORKDIR /mill
COPY requirements.txt .
RUN pip install -r requirements.txt
ENTRYPOINT ["python", "-m", "mill"]
"""
STAGES = """\
FROM node:20 AS build
RUN npm ci

FROM nginx:latest
EXPOSE 8080
CMD ["nginx", "-g", "daemon off;"]
"""
FERRIES = """\
services:
  ferry:
    image: ferries/api:1.4
    environment:
      TIDE_URL: http://tide:9000
  tide:
    image: ferries/tide
    restart: always
    privileged: true
"""
HARVEST = """\
name: harvest

on:
  push:

jobs:
  count:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v3
      - run: pytest
  ship:
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/checkout@v4
"""
CLINIC = """\
server {
    listen 80;
    server_name clinic.example;
    return 301 https://$host$request_uri;
}

server {
    listen 443 ssl;
    server_name clinic.example;
    server_tokens on;
    add_header X-Content-Type-Options "nosniff" always;

    location /api/ {
        proxy_read_timeout 600s;
    }

    location /charts/ {
        root /srv;
    }
}
"""
ORCHARD = """\
CREATE TABLE rows (
  id BIGINT PRIMARY KEY
);

CREATE TABLE trees (
  id BIGINT PRIMARY KEY,
  row_id BIGINT REFERENCES rows (id),
  kind TEXT,
  planted DATE
);
"""
WEAVER = """\
[project]
dependencies = [
  "httpx>=0.20",
]

[tool.mypy]
warn_unused_ignores = true

[tool.pytest.ini_options]
addopts = "-q"
"""
NEEDS = "flask>=2.0\nnose==1.3.7\nrequests\nmock==5.0.1  # tests\n"
BELLS = "#!/usr/bin/env bash\nROPE=$1\ncp $ROPE/plan /backup\n"
ENV = "PORT=8080\nPOOL_SIZE=5\n"
ENTRY = 'ENTRYPOINT ["python", "-m", "mill"]'
HEADER = 'add_header X-Content-Type-Options "nosniff" always;'
CHECK = "HEALTHCHECK --interval=1m CMD wget -qO- http://localhost:8080/ || exit 1"
WORKFLOW = ".github/workflows/harvest.yml"
NGINX = "deploy/clinic.conf"
READ = ["+permissions:", "+  contents: read"]


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix", "rows"),
    [
        ("Dockerfile", IMAGE, ENTRY, "Insert a `USER mill` line ahead of the ENTRYPOINT.",
         ["+USER mill"]),
        ("Dockerfile", IMAGE, ENTRY, "Run as non-root: USER mill before ENTRYPOINT",
         ["+USER mill"]),
        ("Dockerfile", IMAGE, ENTRY,
         "Switch to an unprivileged user with `USER 1000` just above the entrypoint",
         ["+USER 1000"]),
        ("Dockerfile", IMAGE, "WORKDIR /mill",
         "Add an `ENV PYTHONUNBUFFERED=1` line below the WORKDIR", ["+ENV PYTHONUNBUFFERED=1"]),
        ("Dockerfile", STAGES, "EXPOSE 8080", f"Add this instruction: `{CHECK}`", [f"+{CHECK}"]),
        ("Dockerfile", STAGES, "EXPOSE 8080", f"Declare a health check: {CHECK}", [f"+{CHECK}"]),
        ("Dockerfile", STAGES, "EXPOSE 8080",
         "Declare `USER nginx` in the final stage, before CMD", ["+USER nginx"]),
        ("Dockerfile", STAGES, "FROM nginx:latest", "Name a version: nginx:1.27.2-alpine",
         ["-FROM nginx:latest", "+FROM nginx:1.27.2-alpine"]),
        ("Dockerfile", STAGES, "FROM nginx:latest", "Use nginx:1.27.2 rather than latest",
         ["-FROM nginx:latest", "+FROM nginx:1.27.2"]),
        ("Dockerfile", STAGES, "FROM nginx:latest", "Replace the latest tag with 1.27.2",
         ["-FROM nginx:latest", "+FROM nginx:1.27.2"]),
        ("compose.yaml", FERRIES, "image: ferries/api:1.4",
         "Limit ferry to half a gigabyte with `mem_limit: 512m`", ["+    mem_limit: 512m"]),
        ("compose.yaml", FERRIES, "image: ferries/api:1.4", "Add `restart: on-failure`",
         ["+    restart: on-failure"]),
        ("compose.yaml", FERRIES, "image: ferries/api:1.4",
         "The ferry service lacks `restart: on-failure`; add it.", ["+    restart: on-failure"]),
        ("compose.yaml", FERRIES, "environment:", "Under environment of ferry, set `TZ: UTC`",
         ["+      TZ: UTC"]),
        ("compose.yaml", FERRIES, "privileged: true", "Remove `privileged: true` from tide",
         ["-    privileged: true"]),
        ("compose.yaml", FERRIES, "image: ferries/tide", "Pin `ferries/tide` to `2.0.1`",
         ["-    image: ferries/tide", "+    image: ferries/tide:2.0.1"]),
        (WORKFLOW, HARVEST, "name: harvest\n\non:\n  push:",
         "Restrict the token for the whole workflow to `permissions: contents: read`", READ),
        (WORKFLOW, HARVEST, "name: harvest",
         "At the top of the workflow, set `permissions: contents: read`", READ),
        (WORKFLOW, HARVEST, "name: harvest", "Set default permissions to `contents: read`", READ),
        (WORKFLOW, HARVEST, "ship:\n    runs-on: ubuntu-22.04",
         "Limit the ship job to half an hour with `timeout-minutes: 30`",
         ["+    timeout-minutes: 30"]),
        (WORKFLOW, HARVEST, "- uses: actions/checkout@v4",
         "Add `persist-credentials: false` to the checkout step of ship",
         ["+        with:", "+          persist-credentials: false"]),
        (WORKFLOW, HARVEST, "count:\n    runs-on: ubuntu-latest", "Add `fail-fast: false`",
         ["+    strategy:", "+      fail-fast: false"]),
        (WORKFLOW, HARVEST, "- uses: actions/checkout@v3", "Bump checkout in the count job to v4",
         ["-      - uses: actions/checkout@v3", "+      - uses: actions/checkout@v4"]),
        (WORKFLOW, HARVEST, "runs-on: ubuntu-latest", "The count job should run on ubuntu-22.04",
         ["-    runs-on: ubuntu-latest", "+    runs-on: ubuntu-22.04"]),
        (NGINX, CLINIC, HEADER,
         "In the server block for 443 put `add_header Referrer-Policy no-referrer always;`",
         ["+    add_header Referrer-Policy no-referrer always;"]),
        (NGINX, CLINIC, "", "Send `add_header X-Frame-Options DENY always;` from the TLS server",
         ["+    add_header X-Frame-Options DENY always;"]),
        (NGINX, CLINIC, "server_tokens on;", "`server_tokens off;`",
         ["-    server_tokens on;", "+    server_tokens off;"]),
        (NGINX, CLINIC, "", "Reduce the patience of /api/: `proxy_read_timeout 60s;`",
         ["-        proxy_read_timeout 600s;", "+        proxy_read_timeout 60s;"]),
        (NGINX, CLINIC, "", "Add `expires 30d;` to the /charts/ location",
         ["+        expires 30d;"]),
        (NGINX, CLINIC, "listen 443 ssl;",
         "Restrict protocols: add `ssl_protocols TLSv1.3;` below the listen directive",
         ["+    ssl_protocols TLSv1.3;"]),
        ("db/orchard.sql", ORCHARD, "kind TEXT,", "Make the column mandatory: `kind TEXT NOT NULL`",
         ["-  kind TEXT,", "+  kind TEXT NOT NULL,"]),
        ("db/orchard.sql", ORCHARD, "planted DATE", "Change planted to TIMESTAMPTZ",
         ["-  planted DATE", "+  planted TIMESTAMPTZ"]),
        ("db/orchard.sql", ORCHARD, "", "The row_id column needs an index",
         ["+", "+CREATE INDEX idx_trees_row_id ON trees (row_id);"]),
        ("db/orchard.sql", ORCHARD, "",
         "For the foreign key: CREATE INDEX trees_row_idx ON trees (row_id);",
         ["+", "+CREATE INDEX trees_row_idx ON trees (row_id);"]),
        ("db/orchard.sql", ORCHARD, "", "Add a composite index over row_id and planted of trees",
         ["+", "+CREATE INDEX idx_trees_row_id_planted ON trees (row_id, planted);"]),
        ("pyproject.toml", WEAVER, "[tool.mypy]", "In the mypy section, add `strict = true`",
         ["+strict = true"]),
        ("pyproject.toml", WEAVER, "", "Turn on strict mode for mypy: strict = true",
         ["+strict = true"]),
        ("pyproject.toml", WEAVER, '"httpx>=0.20"', "Raise the floor of httpx to 0.27",
         ['-  "httpx>=0.20",', '+  "httpx>=0.27",']),
        ("pyproject.toml", WEAVER, '"httpx>=0.20"', "Require httpx 0.27 or later: `httpx>=0.27`",
         ['-  "httpx>=0.20",', '+  "httpx>=0.27",']),
        ("requirements.txt", NEEDS, "", "Drop the mock requirement.", ["-mock==5.0.1  # tests"]),
        ("requirements.txt", NEEDS, "", "nose can go", ["-nose==1.3.7"]),
        ("requirements.txt", NEEDS, "", "Bound flask: flask>=2.0,<4",
         ["-flask>=2.0", "+flask>=2.0,<4"]),
        ("requirements.txt", NEEDS, "", "Replace nose by pytest==8.3.3",
         ["-nose==1.3.7", "+pytest==8.3.3"]),
        ("requirements.txt", NEEDS, "", "Fix the version of requests at 2.32.3",
         ["-requests", "+requests==2.32.3"]),
        ("ring.sh", BELLS, "", "Start the script with set -euo pipefail", ["+set -euo pipefail"]),
        (".env.example", ENV, "", "List the missing variable `TIDE=low`", ["+TIDE=low"]),
    ],
)  # fmt: skip
def test_the_setting_stands_where_the_words_say(
    path: str, text: str, evidence: str, fix: str, rows: list[str]
) -> None:
    """The diff is what is spelled out, and nothing else."""
    assert changed(path, text, fix, evidence) == rows


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix"),
    [
        ("Dockerfile", IMAGE, ENTRY, "Do not add `USER mill` before the ENTRYPOINT"),
        ("Dockerfile", IMAGE, ENTRY, "The base image already has `USER mill`"),
        ("Dockerfile", IMAGE, ENTRY, "Run the container with `USER root`"),
        ("Dockerfile", STAGES, "RUN npm ci", "In the build stage, add `USER node` before npm ci"),
        ("Dockerfile", STAGES, "EXPOSE", "Add `HEALTHCHECK CMD /check.sh` and write the script"),
        ("compose.yaml", FERRIES, "", "Let ferry and tide use `read_only: true`"),
        ("compose.yaml", FERRIES, "image: ferries/api:1.4", "Add `tty: true` to the pier service"),
        ("compose.yaml", FERRIES, "", "Unless it is needed, set `privileged: false` on tide"),
        (WORKFLOW, HARVEST, "ship:", "Give the deploy job `timeout-minutes: 10`"),
        (WORKFLOW, HARVEST, "ship:", "Publish from ship with `id-token: write`"),
        (WORKFLOW, HARVEST, "- run: pytest", "Add `continue-on-error: true` to the flaky step"),
        (NGINX, CLINIC, "listen 443 ssl;", "Add `gzip on;` to both servers"),
        (NGINX, CLINIC, "", "Add `return 404;` to the admin location"),
        (NGINX, CLINIC, "", "Add `gzip on;`"),
        ("db/orchard.sql", ORCHARD, "", "Backfill kind, then `kind TEXT NOT NULL`"),
        ("ring.sh", BELLS, "", "Use `set -e` in a subshell around cp"),
        ("pyproject.toml", WEAVER, "[tool.mypy]", "mypy complains about `strict = true`"),
        ("requirements.txt", NEEDS, "", "requests>=2.0 is too loose"),
    ],
)
def test_what_is_unsure_stays(path: str, text: str, evidence: str, fix: str) -> None:
    """A denial, a fact, a choice, several places, an unknown place, another right: no edit."""
    assert isinstance(answer(path, text, fix, evidence), str)


def test_a_directive_of_two_servers_goes_to_the_one_that_is_named() -> None:
    """Both servers hear on a port and have the name; the words tell them apart."""
    fix = "In the server for 443 put `gzip on;`"
    said = answer(NGINX, CLINIC, fix)
    assert not isinstance(said, str)
    text = said.edits[NGINX] or ""
    assert text.index("gzip on;") > text.index("listen 443 ssl;")
