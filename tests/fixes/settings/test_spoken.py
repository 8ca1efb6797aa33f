"""Settings in the words that people use: lists, steps, quotes, substitutions, longer lines."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

MILL = """\
name: mill
on: push
jobs:
  grind:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: mill/setup-stones@v2
        with:
          stone-version: 2.10
      - run: npm install --global grinder

      - run: make flour
"""
WATCH = """\
groups:
  - name: orchard
    rules:
      - alert: frost
        expr: celsius < 1
        for: 10m
      - alert: drought
        expr: litres < 5
        for: 30m
  - name: barn
    rules:
      - alert: fire
        expr: smoke > 1
        for: 0s
"""
HERD = """\
linters:
  enable:
    - awe
    - cow
    - dog
    - hen
feeds:
  - oats
  - barley
"""
QUAY = """\
services:
  crane:
    image: quay/crane:2
    ports:
      - "8080:8080"
      - "9000:9000"
  gate:
    image: quay/gate:1
    volumes:
      - /:/host:ro
  scale:
    image: quay/scale:1
    volumes:
      - /:/host:ro
"""
POST = """\
[post]
harakiri = 20
post-buffering = 1024

[tool.sorter]
line-length = 88
target-version = "py38"

[tool.stamper]
target-version = "py38"
"""
PARLOUR = "TEA=green\nOLD_CUP=1\nOLD_SAUCER=2\nSUGAR=no\n"
FERRY = """\
server {
    listen 80;
    location / {
        proxy_set_header X-Deck $deck_asked;
        proxy_pass http://ferry;
    }
}
"""
BAKERY = """\
FROM python:3.12-slim
RUN apt-get update && \\
    rm -rf /var/oven/cache
"""
SHOP = """\
{
  "name": "shop",
  "scripts": {
    "open": "till open till run",
    "close": "till close"
  }
}
"""
SQL = """\
INSERT INTO berths
SELECT id, name, depth FROM old_berths;
"""


@pytest.mark.parametrize(
    ("path", "text", "fix", "evidence", "rows"),
    [
        (
            ".github/workflows/mill.yml",
            MILL,
            "setup-stones has done this already. Delete the npm install step.",
            "- run: npm install --global grinder",
            ["-      - run: npm install --global grinder"],
        ),
        (
            ".github/workflows/mill.yml",
            MILL,
            "Put the version in quotes.",
            "stone-version: 2.10",
            ["-          stone-version: 2.10", '+          stone-version: "2.10"'],
        ),
        (
            "alerts/orchard.rules",
            WATCH,
            "Let drought wait an hour before it fires (for: 60m instead of 30m).",
            "- alert: drought",
            ["-        for: 30m", "+        for: 60m"],
        ),
        (
            "alerts/orchard.yml",
            WATCH,
            "Add a rule after the frost one:\n\n```yaml\n- alert: heat\n  expr: celsius > 40\n"
            "  for: 5m\n```",
            "- alert: frost",
            [
                "+      - alert: heat",
                "+        expr: celsius > 40",
                "+        for: 5m",
            ],
        ),
        (
            "herd.yml",
            HERD,
            "Enable bee and goat too; the list is in alphabetical order.",
            "- cow",
            ["+    - bee", "+    - goat"],
        ),
        ("herd.yml", HERD, "Add rye to the list as well.", "- oats", ["+  - rye"]),
        (
            "compose.yml",
            QUAY,
            'Bind 9000 to loopback: "127.0.0.1:9000:9000". Leave the other published port.',
            '- "9000:9000"',
            ['-      - "9000:9000"', '+      - "127.0.0.1:9000:9000"'],
        ),
        (
            "post.ini",
            POST.partition("\n[tool")[0] + "\n",
            "post-buffering is meant to be 4096",
            "post-buffering = 1024",
            ["-post-buffering = 1024", "+post-buffering = 4096"],
        ),
        (
            "pyproject.toml",
            POST.partition("[tool")[1] + POST.partition("[tool")[2],
            "Raise sorter's target-version to match (py311).",
            'target-version = "py38"',
            ['-target-version = "py38"', '+target-version = "py311"'],
        ),
        (
            ".env.example",
            PARLOUR,
            "The two OLD_* entries can go.",
            "OLD_CUP=1",
            ["-OLD_CUP=1", "-OLD_SAUCER=2"],
        ),
        (
            "nginx.conf",
            FERRY,
            "Send $deck_sold in X-Deck instead of $deck_asked.",
            "proxy_set_header X-Deck $deck_asked;",
            [
                "-        proxy_set_header X-Deck $deck_asked;",
                "+        proxy_set_header X-Deck $deck_sold;",
            ],
        ),
        (
            "Dockerfile",
            BAKERY,
            "s#/var/oven/cache#/var/cache/oven#",
            "rm -rf /var/oven/cache",
            ["-    rm -rf /var/oven/cache", "+    rm -rf /var/cache/oven"],
        ),
        (
            "package.json",
            SHOP,
            '`open` should be just "till open".',
            '"open": "till open till run",',
            ['-    "open": "till open till run",', '+    "open": "till open",'],
        ),
        (
            "db/fill.sql",
            SQL,
            "Spell the columns out: INSERT INTO berths (id, name, depth)",
            "INSERT INTO berths",
            ["-INSERT INTO berths", "+INSERT INTO berths (id, name, depth)"],
        ),
    ],
)
def test_people_name_settings_by_what_they_are(
    path: str, text: str, fix: str, evidence: str, rows: list[str]
) -> None:
    """Steps, rules, lists, owners and patterns are what the file has of them."""
    assert changed(path, text, fix, evidence) == rows


@pytest.mark.parametrize(
    ("path", "text", "fix", "evidence", "reason"),
    [
        ("compose.yml", QUAY, "Drop the /:/host:ro mount.", "- /:/host:ro", "names 0 items"),
        ("herd.yml", HERD, "Enable cow too.", "- dog", "cow stands there already"),
        (".env.example", PARLOUR, "The three OLD_* entries can go.", "", "OLD_* stands 2 times"),
        ("package.json", SHOP, '`close` should be just "till drop".', "", "says what is run"),
        (
            "alerts/orchard.yml",
            WATCH,
            "Add a rule after the storm one:\n\n```yaml\n- alert: heat\n```",
            "- alert: frost",
            "`storm one` names 0 items",
        ),
    ],
)
def test_what_is_not_one_thing_there_stays(
    path: str, text: str, fix: str, evidence: str, reason: str
) -> None:
    """The reason says what is not there, is there already, or stands twice."""
    said = answer(path, text, fix, evidence)
    assert isinstance(said, str)
    assert reason in said
