"""The same instruction in the words that different people use for it, in every kind of settings."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, carried_out

from mendbook.model import Proposal

GALLERY = """\
services:
  tickets:
    image: gallery/tickets:2
    restart: always
  paintings:
    image: postgres:16
    environment:
      POSTGRES_USER: curator
  cloakroom:
    image: gallery/cloakroom:1
    deploy:
      resources:
        limits:
          memory: 64M
"""
NIGHTLY = """\
name: nightly
on:
  schedule:
    - cron: "0 1 * * *"
jobs:
  dust:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v3
      - run: ./dust.sh
  polish:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: ./polish.sh
"""
IMAGE = """\
FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /guide ./cmd/guide

FROM debian:12-slim
COPY --from=build /guide /guide
EXPOSE 8080
CMD ["/guide"]
"""
LIMITS = """\
{
  "tours": {
    "english": { "size": 25, "pauseMinutes": 5 },
    "french": { "size": 25, "pauseMinutes": 5 }
  },
  "lamps": { "dimAfterSeconds": 600 }
}
"""
LINT = """\
[tool.lines]
width = 120
strict = false

[tool.tests]
workers = 1
"""
SWEEP = """\
#!/usr/bin/env bash
set -e
ROOM=$1
cp $ROOM/plan.txt $TARGET/plan.txt
find $ROOM -name '*.tmp' -delete
"""
ENVIRONMENT = "PORT=8080\nTRACE=all\nPOOL=50\n"
SITE = """\
server {
    listen 80;
    client_max_body_size 50m;
    location /maps {
        proxy_pass http://maps;
    }
}
"""
CASES = [
    ("an aside in brackets", "Dockerfile", IMAGE, "CMD [\"/guide\"]",
     "Add `USER nobody` to the final stage, right before CMD (debian ships that user)",
     {'CMD ["/guide"]': 'USER nobody\nCMD ["/guide"]'}),
    ("should run as", "Dockerfile", IMAGE, "",
     "There should be a `USER nobody` ahead of the CMD",
     {'CMD ["/guide"]': 'USER nobody\nCMD ["/guide"]'}),
    ("needs", "Dockerfile", IMAGE, "",
     "The final stage needs `STOPSIGNAL SIGINT`, just above CMD",
     {'CMD ["/guide"]': 'STOPSIGNAL SIGINT\nCMD ["/guide"]'}),
    ("pin with the digest's tag", "docker/guide.Dockerfile", IMAGE, "FROM golang:1.22 AS build",
     "Pin the builder to golang:1.22.5 - the minor tag moves",
     {"golang:1.22 ": "golang:1.22.5 "}),
    ("headline", "Dockerfile", IMAGE, "FROM debian:12-slim", "debian:12-slim -> debian:12.6-slim",
     {"debian:12-slim": "debian:12.6-slim"}),
    ("a block with its keys", ".github/workflows/nightly.yml", NIGHTLY, "",
     "Set top-level `permissions:` with `contents: read`, and `timeout-minutes: 20` on the polish"
     " job.",
     {"name: nightly\n": "name: nightly\n", "jobs:\n": "permissions:\n  contents: read\njobs:\n",
      "      - run: ./polish.sh\n": "      - run: ./polish.sh\n    timeout-minutes: 20\n"}),
    ("a place, a colon, two arrows", "limits.json", LIMITS, '"size": 25, "pauseMinutes": 5',
     "tours.french: size 25 → 15 and pauseMinutes to 10. The English tour is fine, keep.",
     {'"french": { "size": 25, "pauseMinutes": 5 }':
      '"french": { "size": 15, "pauseMinutes": 10 }'}),
    ("is too much", "limits.json", LIMITS, "",
     "dimAfterSeconds of 600 is too long, 120 is plenty",
     {'"dimAfterSeconds": 600': '"dimAfterSeconds": 120'}),
    ("cut it to", "limits.json", LIMITS, '"dimAfterSeconds": 600',
     "Please cut `lamps.dimAfterSeconds` to 120.",
     {'"dimAfterSeconds": 600': '"dimAfterSeconds": 120'}),
    ("from and to, passive", "limits.json", LIMITS, "",
     "`dimAfterSeconds` should be lowered from 600 to 120",
     {'"dimAfterSeconds": 600': '"dimAfterSeconds": 120'}),
    ("a block in brackets", "compose.yaml", GALLERY, "image: postgres:16",
     "Give the paintings service a healthcheck (interval: 5s, retries: 10).",
     {"      POSTGRES_USER: curator\n": "      POSTGRES_USER: curator\n    healthcheck:\n"
      "      interval: 5s\n      retries: 10\n"}),
    ("a block with a list", "compose.yaml", GALLERY, "",
     'Add a healthcheck to paintings with `test: ["CMD", "pg_isready"]` and `interval: 10s`',
     {"      POSTGRES_USER: curator\n": "      POSTGRES_USER: curator\n    healthcheck:\n"
      '      test: ["CMD", "pg_isready"]\n      interval: 10s\n'}),
    ("other services named as right", "compose.yaml", GALLERY, "",
     "cloakroom needs `restart: always` too, tickets already has it",
     {"          memory: 64M\n": "          memory: 64M\n    restart: always\n"}),
    ("also", "compose.yaml", GALLERY, "memory: 64M",
     "Raise cloakroom's memory limit to 128M. Also set `read_only: true` there.",
     {"          memory: 64M\n": "          memory: 128M\n    read_only: true\n"}),
    ("instead, in words", ".github/workflows/nightly.yml", NIGHTLY, "actions/checkout@v3",
     "The dust job should use actions/checkout@v4 like polish does",
     {"actions/checkout@v3": "actions/checkout@v4"}),
    ("numbered steps", "pyproject.toml", LINT, "",
     "(1) Set `width = 100` in [tool.lines]. (2) Set `workers = 4` in [tool.tests].",
     {"width = 120": "width = 100", "workers = 1": "workers = 4"}),
    ("a list", "pyproject.toml", LINT, "", "- width: 100\n- strict: true",
     {"width = 120": "width = 100", "strict = false": "strict = true"}),
    ("flip it", "pyproject.toml", LINT, "strict = false", "Flip strict to true",
     {"strict = false": "strict = true"}),
    ("must be", ".env.example", ENVIRONMENT, "", "TRACE must be `none` here; POOL=10 is enough.",
     {"TRACE=all": "TRACE=none", "POOL=50": "POOL=10"}),
    ("default of", ".env.example", ENVIRONMENT, "POOL=50", "Default POOL to 10",
     {"POOL=50": "POOL=10"}),
    ("rather than, and quotes in a call", "sweep.sh", SWEEP, "",
     "Use `set -euo pipefail` rather than `set -e`. Also quote $ROOM in the find call.",
     {"set -e\n": "set -euo pipefail\n", "find $ROOM": 'find "$ROOM"'}),
    ("quotes wanted", "sweep.sh", SWEEP, "cp $ROOM/plan.txt $TARGET/plan.txt",
     "Double quotes are needed around `$ROOM/plan.txt` and `$TARGET/plan.txt`",
     {"cp $ROOM/plan.txt $TARGET/plan.txt": 'cp "$ROOM/plan.txt" "$TARGET/plan.txt"'}),
    ("lower a directive", "site.conf", SITE, "client_max_body_size 50m",
     "client_max_body_size should not exceed 5m; reduce it to 5m",
     {"client_max_body_size 50m": "client_max_body_size 5m"}),
    ("a directive in a block", "site.conf", SITE, "",
     "location /maps lacks a timeout: add `proxy_read_timeout 10s;` there",
     {"        proxy_pass http://maps;\n":
      "        proxy_pass http://maps;\n        proxy_read_timeout 10s;\n"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix", "edits"), [one[1:] for one in CASES],
    ids=[one[0] for one in CASES],
)  # fmt: skip
def test_each_wording_becomes_the_edit_that_it_asks_for(
    path: str, text: str, evidence: str, fix: str, edits: dict[str, str]
) -> None:
    """Nothing but what is written out changes."""
    carried_out(path, text, evidence, fix, edits)


NOTHING = [
    ("a wish without a value", "limits.json", LIMITS, "dimAfterSeconds of 600 is too long"),
    ("what must not be", ".env.example", ENVIRONMENT, "TRACE should not be `none`"),
    ("two places", "limits.json", LIMITS, "size 25 → 15"),
    ("half a block", "compose.yaml", GALLERY,
     "Give the paintings service a healthcheck (interval: 5s, as short as it may be)."),
    ("one step too many", "compose.yaml", GALLERY,
     "Give the paintings service a healthcheck (interval: 5s) and warm its cache."),
    ("a right in a block", "compose.yaml", GALLERY,
     "Give the paintings service a security block (privileged: true, read_only: true)."),
    ("nothing that `it` could be", "limits.json", LIMITS, "The lamps are bright; set it to 5."),
    ("a call that is not there", "sweep.sh", SWEEP, "Quote $ROOM in the rsync call."),
    ("a path with back slashes", "limits.json", LIMITS, r"store C:\quay → D:\gallery"),
    ("no key, a word", "limits.json", LIMITS, "Move lamps to the cellar"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "fix"), [one[1:] for one in NOTHING], ids=[one[0] for one in NOTHING]
)
def test_a_wording_that_leaves_something_open_changes_nothing(
    path: str, text: str, fix: str
) -> None:
    """Half an instruction is not carried out, and no value, place or right is guessed."""
    assert not isinstance(answer(path, text, fix), Proposal)


@pytest.mark.parametrize(
    ("fix", "wanted"),
    [
        ("Add an empty ORGAN_KEY= directly below ORGAN_URL",
         {"ORGAN_URL=https://o.example\n": "ORGAN_URL=https://o.example\nORGAN_KEY=\n"}),
        ("Add ORGAN_KEY=x above ORGAN_URL", {"ORGAN_URL=": "ORGAN_KEY=x\nORGAN_URL="}),
        ("Add ORGAN_KEY=x after the line of CHOIR_SIZE",
         {"CHOIR_SIZE=12\n": "CHOIR_SIZE=12\nORGAN_KEY=x\n"}),
        ("Add ORGAN_KEY=x", {"SMTP_PORT=587\n": "SMTP_PORT=587\nORGAN_KEY=x\n"}),
    ],
)  # fmt: skip
def test_a_key_stands_beside_the_one_that_is_named(fix: str, wanted: dict[str, str]) -> None:
    """A new variable goes where the text says; at the end where it does not say."""
    text = "CHOIR_SIZE=12\nORGAN_URL=https://o.example\n# mail\nSMTP_PORT=587\n"
    carried_out(".env.example", text, "ORGAN_URL=https://o.example", fix, wanted)


def test_a_key_beside_one_that_is_not_there_is_not_added() -> None:
    """Where it goes is not known then."""
    said = answer(".env.example", "A=1\n", "Add B=2 below ORGAN_URL", "A=1")
    assert isinstance(said, str)
