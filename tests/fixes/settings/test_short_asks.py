"""Settings asked for in few words: a limit with its unit, an empty value, quotes."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

MILL = """name: mill
on: [push]
jobs:
  grind:
    runs-on: ubuntu-24.04
    steps:
      - run: ./grind.sh
  sieve:
    needs: grind
    runs-on: ubuntu-24.04
    steps:
      - run: ./sieve.sh
"""
SHEDS = "SHED_URL=http://shed:9000\nSHED_TOPIC=shed/#\n"
PACK = """#!/bin/sh
DIR=${2:-/srv/oats}
find "$DIR" -name '*.sack' -print
gzip -9 $DIR/last.sack
cp $DIR/last.sack $1
"""
CASES = [
    (".github/workflows/mill.yml", MILL, "Give `sieve` a limit of 45 minutes (timeout-minutes).",
     "sieve:\n    needs: grind", ["+    timeout-minutes: 45"]),
    (".github/workflows/mill.yml", MILL, "Limit the sieve job to 30 minutes.",
     "sieve:\n    needs: grind", ["+    timeout-minutes: 30"]),
    (".github/workflows/mill.yml", MILL, "Give every job a timeout of 15 minutes.", "",
     ["+    timeout-minutes: 15", "+    timeout-minutes: 15"]),
    (".env.example", SHEDS, "List SHED_HOOK_URL (empty) in .env.example", "", ["+SHED_HOOK_URL="]),
    (".env.example", SHEDS, "Document SHED_HOOK_URL here with an empty value.", "",
     ["+SHED_HOOK_URL="]),
    (".env.example", SHEDS, "Add SHED_HOST= and SHED_PORT=587.", "",
     ["+SHED_HOST=", "+SHED_PORT=587"]),
    (".env.example", SHEDS, "Default SHED_TOPIC to yard/# in the example file.",
     "SHED_TOPIC=shed/#", ["-SHED_TOPIC=shed/#", "+SHED_TOPIC=yard/#"]),
    ("pack.sh", PACK, 'Double quote it: "$DIR/last.sack"', "gzip -9 $DIR/last.sack",
     ["-gzip -9 $DIR/last.sack", '+gzip -9 "$DIR/last.sack"']),
    ("pack.sh", PACK, "Quote it.", "gzip -9 $DIR/last.sack",
     ["-gzip -9 $DIR/last.sack", '+gzip -9 "$DIR/last.sack"']),
    ("pack.sh", PACK, "Put double quotes around $1.", "cp $DIR/last.sack $1",
     ["-cp $DIR/last.sack $1", '+cp $DIR/last.sack "$1"']),
    ("pack.sh", "#!/bin/sh\n# Packs.\ncd /srv/oats\n", "Start with `set -eu` (below the comment).",
     "cd /srv/oats", ["+set -eu"]),
    ("Dockerfile", "FROM golang:1.22-alpine AS build\n\nFROM alpine\nCMD [\"oats\"]\n",
     "FROM alpine → FROM alpine:3.20.1", "FROM alpine\nCMD", ["-FROM alpine",
                                                              "+FROM alpine:3.20.1"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "said", "evidence", "expected"), CASES)
def test_few_words_are_enough(
    path: str, text: str, said: str, evidence: str, expected: list[str]
) -> None:
    """What the words leave out, the key in brackets or the evidence says."""
    assert changed(path, text, said, evidence) == expected


def test_which_of_two_words_is_to_be_quoted_must_be_said() -> None:
    """Two words of the line lack their quotes."""
    assert answer("pack.sh", PACK, "Quote it.", "cp $DIR/last.sack $1") == (
        "what is to be quoted is not said"
    )
