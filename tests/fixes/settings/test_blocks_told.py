"""Blocks of manifests, compose files and workflows that a text shows or tells in words."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

BAKERY = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: bakery
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: oven
          image: yard.example/oven:1.4.2
          ports:
            - containerPort: 7070
        - name: scale
          image: yard.example/scale:2.0.0
          resources:
            limits:
              memory: 32Mi
"""
FERRY = """services:
  gate:
    image: ferry-gate:2
    environment:
      TIDE: high
  tides:
    image: tides:16
    ports:
      - "7000:7000"
"""
MILL = """name: mill
on: [push]
jobs:
  grind:
    runs-on: ubuntu-24.04
    steps:
      - run: ./grind.sh
"""
HARBOUR = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: harbour
spec:
  rules: []
"""
OVEN = "image: yard.example/oven:1.4.2"
CASES = [
    ("k/bakery.yaml", BAKERY, OVEN,
     "Add resource requests of 100m CPU and 64Mi memory and limits of 500m CPU to the `oven` "
     "container.",
     ["+          resources:", "+            requests:", "+              cpu: 100m",
      "+              memory: 64Mi", "+            limits:", "+              cpu: 500m"]),
    ("k/bakery.yaml", BAKERY, OVEN, "Set a memory limit of 128Mi.",
     ["+          resources:", "+            limits:", "+              memory: 128Mi"]),
    ("k/bakery.yaml", BAKERY, "image: yard.example/scale:2.0.0",
     "Add a cpu limit of 200m to the scale container.", ["+              cpu: 200m"]),
    ("k/bakery.yaml", BAKERY, OVEN,
     "Add a readiness probe on /heat, port 7070, every 10 seconds.",
     ["+          readinessProbe:", "+            httpGet:", "+              path: /heat",
      "+              port: 7070", "+            periodSeconds: 10"]),
    ("k/bakery.yaml", BAKERY, OVEN,
     "Add a `securityContext` with `runAsNonRoot: true` and `allowPrivilegeEscalation: false` to "
     "the container.",
     ["+          securityContext:", "+            runAsNonRoot: true",
      "+            allowPrivilegeEscalation: false"]),
    ("k/bakery.yaml", BAKERY, OVEN,
     "Set `readOnlyRootFilesystem: true` in the container's securityContext.",
     ["+          securityContext:", "+            readOnlyRootFilesystem: true"]),
    ("k/harbour.yaml", HARBOUR, "kind: Ingress", 'Add the annotation `harbour.io/tls: "strict"`.',
     ["+  annotations:", '+    harbour.io/tls: "strict"']),
    ("k/harbour.yaml", HARBOUR, "kind: Ingress", "Add the label `harbour.io/tier: 2`.",
     ["+  labels:", '+    harbour.io/tier: "2"']),
    ("compose.yaml", FERRY, "image: tides:16",
     "Add\n```yaml\nhealthcheck:\n  test: [\"CMD\", \"tide-up\"]\n  interval: 10s\n```\n"
     "to the tides service.",
     ["+    healthcheck:", '+      test: ["CMD", "tide-up"]', "+      interval: 10s"]),
    ("compose.yaml", FERRY, "image: tides:16",
     "Add restart: unless-stopped to the tides service", ["+    restart: unless-stopped"]),
    (".github/workflows/mill.yml", MILL, "on: [push]",
     "Add a concurrency group `mill-${{ github.ref }}` with cancel-in-progress.",
     ["+concurrency:", "+  group: mill-${{ github.ref }}", "+  cancel-in-progress: true"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "evidence", "said", "expected"), CASES)
def test_a_block_goes_where_its_keys_belong(
    path: str, text: str, evidence: str, said: str, expected: list[str]
) -> None:
    """The container, service or workflow that is named or quoted gets the lines, and no other."""
    assert changed(path, text, said, evidence) == expected


@pytest.mark.parametrize(
    ("path", "text", "evidence", "said"),
    [
        ("k/bakery.yaml", BAKERY, "kind: Deployment", "Set a memory limit of 128Mi."),
        ("k/bakery.yaml", BAKERY, OVEN, "Add limits to both containers: 200m CPU."),
        ("k/bakery.yaml", BAKERY, OVEN, "Do not set a memory limit of 128Mi."),
        ("k/bakery.yaml", BAKERY, OVEN, "Set a suitable memory limit, e.g. 128Mi."),
        ("k/bakery.yaml", BAKERY, "image: yard.example/scale:2.0.0",
         "Set a memory limit of 64Mi on the scale container."),
        ("k/bakery.yaml", BAKERY, OVEN, "Set a memory limit of 128Mi, but only in production."),
        ("k/bakery.yaml", BAKERY, OVEN, "Should we set a memory limit of 128Mi?"),
        ("k/bakery.yaml", BAKERY, OVEN, "Add a readiness probe on /heat."),
        ("k/bakery.yaml", BAKERY, OVEN,
         "Add a `securityContext` with `allowPrivilegeEscalation: true` to the container."),
        ("compose.yaml", FERRY, "image: tides:16",
         "Add\n```yaml\nprivileged: true\n```\nto the tides service."),
    ],
)  # fmt: skip
def test_a_block_without_one_place_or_value_is_not_put_in(
    path: str, text: str, evidence: str, said: str
) -> None:
    """Several containers, another value that stands there, more rights: nothing is written."""
    assert isinstance(answer(path, text, said, evidence), str)
