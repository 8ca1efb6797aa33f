"""A text that only says how things are changes nothing; one that gives a value does."""

from __future__ import annotations

import pytest
from test_settings_reader import answer

from mendbook.model import Proposal

YARD = """services:
  gate:
    image: yard/gate:2.4
    mem_limit: 256m
    environment:
      LOG_LEVEL: debug
      PUMPS: "2"
    healthcheck:
      test: ["CMD", "gate-up"]
      timeout: 5s
    deploy:
      replicas: 1
  store:
    image: redis:7.2
    deploy:
      replicas: 2
"""
MILL = """name: mill
on: [push]
jobs:
  grind:
    runs-on: ubuntu-22.04
    timeout-minutes: 60
    steps:
      - run: make
"""
POND = """server {
    server_tokens on;
    keepalive_timeout 75s;
}
"""
KILN = """kind: Deployment
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: kiln
          image: yard/kiln:1
          imagePullPolicy: Always
          resources:
            limits:
              memory: 256Mi
"""
TIDE = "TIDE_URL=amqp://tide\nTIDE_TIMEOUT=30\n"
PINS = "anyio==4.2.0\nredis==5.0.1\n"
FLOUR = "[tool.sifter]\ntimeout = 30\nretries = 3\n"
BAKE = "FROM node:18 AS build\nRUN make\n"
STATED = [
    ("compose.yaml", YARD, "replicas: 1", "replicas: 3 is how the staging stack runs"),
    ("compose.yaml", YARD, "timeout: 5s", "timeout: 10s is what the balancer uses"),
    ("compose.yaml", YARD, "mem_limit: 256m", "mem_limit: 512m is the default of the other stack"),
    ("compose.yaml", YARD, "LOG_LEVEL: debug", "LOG_LEVEL: info is set by the operators anyway"),
    ("compose.yaml", YARD, 'PUMPS: "2"', "PUMPS of 4 makes the pool too large"),
    ("compose.yaml", YARD, 'PUMPS: "2"', "4 PUMPS exhausted the pool last week"),
    ("compose.yaml", YARD, "image: redis:7.2", "redis:7.4 is what the tests run against"),
    ("compose.yaml", YARD, "replicas: 1", "gate should have 3 replicas of the store"),
    (".github/workflows/mill.yml", MILL, "timeout-minutes: 60",
     "timeout-minutes: 360 is the default"),
    ("etc/pond.conf", POND, "keepalive_timeout 75s;",
     "keepalive_timeout 20s would be lower than the balancer has"),
    ("etc/pond.conf", POND, "server_tokens on;", "server_tokens off hides the version only"),
    ("k/kiln.yaml", KILN, "replicas: 2", "replicas: 3 costs another node"),
    ("k/kiln.yaml", KILN, "memory: 256Mi", "512Mi is the limit of the namespace"),
    ("k/kiln.yaml", KILN, "imagePullPolicy: Always", "IfNotPresent is the default with a tag"),
    ("requirements.txt", PINS, "redis==5.0.1", "redis 5.0.4 is what runs in production"),
    ("pyproject.toml", FLOUR, "timeout = 30", "timeout = 60 is the sifter's own default"),
    (".env.example", TIDE, "TIDE_TIMEOUT=30", "TIDE_TIMEOUT=10 is what the cluster has"),
    (".env.example", TIDE, "TIDE_TIMEOUT=30", "The proxy waits for TIDE_TIMEOUT=10"),
    ("Dockerfile", BAKE, "FROM node:18 AS build", "node:20 is what the developers have"),
]  # fmt: skip
WANTED = [
    ("compose.yaml", YARD, "timeout: 5s", "timeout: 10s is what the check needs", "timeout: 10s"),
    ("compose.yaml", YARD, "replicas: 1", "replicas: 3 is what gate should have", "replicas: 3"),
    ("etc/pond.conf", POND, "keepalive_timeout 75s;", "keepalive_timeout 20s is enough",
     "keepalive_timeout 20s;"),
    (".github/workflows/mill.yml", MILL, "timeout-minutes: 60",
     "timeout-minutes: 20 is plenty here", "timeout-minutes: 20"),
    (".env.example", TIDE, "TIDE_TIMEOUT=30", "TIDE_TIMEOUT=10 is the value we want",
     "TIDE_TIMEOUT=10"),
    ("k/kiln.yaml", KILN, "memory: 256Mi", "The limit ought to be 512Mi", "memory: 512Mi"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix"), STATED, ids=[one[3] for one in STATED]
)
def test_a_fact_changes_nothing(path: str, text: str, evidence: str, fix: str) -> None:
    """What others have, a default, what a value would do: no order."""
    assert isinstance(answer(path, text, fix, evidence), str)


@pytest.mark.parametrize(("path", "text", "evidence", "fix", "line"), WANTED)
def test_a_value_that_is_wanted_is_set(
    path: str, text: str, evidence: str, fix: str, line: str
) -> None:
    """The same sentence with a word that wants it."""
    said = answer(path, text, fix, evidence)
    assert isinstance(said, Proposal), said
    assert said.edits == {path: text.replace(evidence, line)}


POOL = """server {
    server_name pool.test;
    server_tokens on;

    location /lanes/ {
        proxy_pass http://lanes;
        proxy_read_timeout 300s;
    }

    location /swim/ {
        proxy_pass http://swim;
        proxy_read_timeout 300s;
        proxy_buffering on;
    }
}
"""
PAIR = """server {
    server_name north.test;
    client_max_body_size 1m;
    gzip off;
}
server {
    server_name south.test;
    client_max_body_size 1m;
    gzip off;
}
"""
TABLES = "[tool.reader]\ntimeout = 30\nretries = 3\n\n[tool.writer]\ntimeout = 30\nretries = 3\n"


@pytest.mark.parametrize(
    ("fix", "evidence", "edits"),
    [
        ("Switch server_tokens off; for /lanes/ a proxy_read_timeout of 20s is enough",
         "server_tokens on;", [("server_tokens on", "server_tokens off"), ("300s", "20s")]),
        ("server_tokens off, and in /swim/ proxy_buffering off", "server_tokens on;",
         [("server_tokens on", "server_tokens off"),
          ("proxy_buffering on", "proxy_buffering off")]),
    ],
)  # fmt: skip
def test_each_directive_changes_where_its_clause_says(
    fix: str, evidence: str, edits: list[tuple[str, str]]
) -> None:
    """The quoted line changes where it stands, the other one in its location."""
    said = answer("etc/pool.conf", POOL, fix, evidence)
    assert isinstance(said, Proposal), said
    wanted = POOL
    for old, new in edits:
        wanted = wanted.replace(old, new, 1)
    assert said.edits == {"etc/pool.conf": wanted}


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix"),
    [
        ("etc/pair.conf", PAIR, "server_name north.test;\n    client_max_body_size 1m;",
         "gzip on in north.test and client_max_body_size 8m in south.test"),
        ("pyproject.toml", TABLES, "[tool.reader]\ntimeout = 30\nretries = 3",
         "timeout = 10 in the reader and retries = 5 in the writer"),
    ],
)  # fmt: skip
def test_a_value_of_one_block_is_not_written_into_another(
    path: str, text: str, evidence: str, fix: str
) -> None:
    """Two blocks, each with a value of its own, are not made one."""
    assert isinstance(answer(path, text, fix, evidence), str)


def test_the_first_of_two_orders_is_not_lost() -> None:
    """Where its words are written nowhere, the second alone would be the half of what is asked."""
    manifest = '{\n  "name": "quay",\n  "version": "1.0.0"\n}\n'
    fix = 'Mark it private and add "type": "module"'
    said = answer("package.json", manifest, fix, '"version": "1.0.0"')
    assert said == "`Mark it private` would be left out"
