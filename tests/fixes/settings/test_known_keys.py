"""A key goes where the file's kind has it, to every place that is named, or nowhere."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

INN = """services:
  desk:
    image: registry.example/desk:2.1
    ports:
      - "8000:8000"
  cellar:
    image: postgres:16
"""
SHIP = """name: ship
on: [push]
jobs:
  load:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - uses: actions/cache@v4
  sail:
    runs-on: ubuntu-24.04
    steps:
      - run: ./sail.sh
"""
OVEN = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: oven
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: bake
          image: shop/bake:1.2
"""
SHOP = """{
  // what is sold
  "shelf": {
    "rows": 4, // from below
    "strict": false,
  },
  "open": true,
}
"""
CASES = [
    ("compose.yml", INN, "Limit memory: deploy.resources.limits.memory: 512M on desk.", "",
     ["+    deploy:", "+      resources:", "+        limits:", "+          memory: 512M"]),
    ("compose.yml", INN, "Add `restart: unless-stopped` to both services.", "",
     ["+    restart: unless-stopped", "+    restart: unless-stopped"]),
    ("compose.yml", INN, "Add read_only: true to desk and cellar.", "",
     ["+    read_only: true", "+    read_only: true"]),
    ("compose.yml", INN.replace("    ports", "    init: true\n    ports"),
     "Give every service `init: true`", "", ["+    init: true"]),
    (".github/workflows/ship.yml", SHIP, "Add `cache: npm` to the setup-node step.", "",
     ["+          cache: npm"]),
    (".github/workflows/ship.yml", SHIP, "Add `key: npm-22` to the cache step.", "",
     ["+        with:", "+          key: npm-22"]),
    (".github/workflows/ship.yml", SHIP, "Set timeout-minutes: 20 on all jobs.", "",
     ["+    timeout-minutes: 20", "+    timeout-minutes: 20"]),
    ("deploy/oven.yaml", OVEN, "Set terminationGracePeriodSeconds: 60", "- name: bake",
     ["+      terminationGracePeriodSeconds: 60"]),
    ("deploy/oven.yaml", OVEN, "Set imagePullPolicy: IfNotPresent.", "- name: bake",
     ["+          imagePullPolicy: IfNotPresent"]),
    ("config/shop.jsonc", SHOP, "Set shelf.rows to 6.", "",
     ['-    "rows": 4, // from below', '+    "rows": 6, // from below']),
    ("config/shop.json", SHOP, "Enable strict.", '"strict": false,',
     ['-    "strict": false,', '+    "strict": true,']),
    ("Dockerfile", "FROM node:22\nWORKDIR /app\nCOPY . .\n", "Set WORKDIR to /srv", "",
     ["-WORKDIR /app", "+WORKDIR /srv"]),
    ("requirements.txt", "requests==2.19.0\nrich\n", "Upgrade requests to >=2.32.", "",
     ["-requests==2.19.0", "+requests>=2.32"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "said", "evidence", "expected"), CASES)
def test_a_key_goes_where_it_belongs(
    path: str, text: str, said: str, evidence: str, expected: list[str]
) -> None:
    """Up to the pod, down to ``with``, into blocks that are made, or to each one named."""
    assert changed(path, text, said, evidence) == expected


@pytest.mark.parametrize(
    ("path", "text", "said", "why"),
    [
        ("compose.yml", INN, "Make desk depend on cellar with `condition: service_healthy`.",
         "a service has no condition"),
        (".github/workflows/ship.yml", SHIP, "Add `retries: 3` to the sail job.",
         "a job has no retries"),
        ("compose.yml", INN, "Add restart: always to all three services.", "there are 2 services"),
        ("deploy/oven.yaml", OVEN, "Add `maxUnavailable: 0` to bake.",
         "a container has no maxUnavailable"),
    ],
)  # fmt: skip
def test_no_block_gets_a_key_that_it_cannot_have(path: str, text: str, said: str, why: str) -> None:
    """Neither by a slip of the text nor by one of the reader."""
    found = answer(path, text, said)
    assert isinstance(found, str)
    assert why in found
