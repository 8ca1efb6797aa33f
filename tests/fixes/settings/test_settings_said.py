"""Reasons around a setting are told from what is asked, and half a text is never carried out."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, carried_out

CLINIC = """\
services:
  ward:
    image: clinic/ward:3
    ports:
      - "9042:9042"
  archive:
    image: clinic/archive:3
    ports:
      - "9043:9043"
"""
PROBES = """\
readinessProbe:
  path: /ready
  periodSeconds: 2
  timeoutSeconds: 1
"""
LINT = """\
[tool.lines]
width = 120
strict = false
"""
RELEASE = """\
name: release
permissions:
  contents: write
"""
OVEN = """\
FROM kiln AS build
RUN fire
FROM clay:latest
COPY --from=build /pot /pot
"""
CASES = [
    ("a value with more before it", "compose.yml", CLINIC, '- "9042:9042"',
     "The ward listens to everybody. Bind it to this machine, i.e. `\"127.0.0.1:9042:9042\"`; the"
     " archive is behind a wall already.", {'"9042:9042"': '"127.0.0.1:9042:9042"'}),
    ("it is what the reason names", "compose.yml", CLINIC, "image: clinic/archive:3",
     "After a storm `archive` stays down until somebody looks. Give it `restart: always`.",
     {'      - "9043:9043"\n': '      - "9043:9043"\n    restart: always\n'}),
    ("one verb for two keys", "probe.yaml", PROBES, "periodSeconds: 2",
     "A question each two seconds is a load. Raise `periodSeconds` to 20 and `timeoutSeconds` to"
     " 5.", {"periodSeconds: 2": "periodSeconds: 20", "timeoutSeconds: 1": "timeoutSeconds: 5"}),
    ("a lead and a place", "lint.toml", LINT, "strict = false",
     "ruff lets long lines pass. Turn on the strict mode: `strict = true` under `[tool.lines]`.",
     {"strict = false": "strict = true"}),
    ("is enough", ".github/workflows/release.yml", RELEASE, "contents: write",
     "The job only reads the tree, so `contents: read` is enough.",
     {"contents: write": "contents: read"}),
    ("a goal, then the step", "ward.json", '{\n  "cameras": true,\n  "lamps": true\n}\n',
     '"cameras": true', "Cameras must be opt-in. `cameras` should be `false` by default.",
     {'"cameras": true': '"cameras": false'}),
    ("a quote in Markdown's ticks", ".github/workflows/release.yml", RELEASE, "`name: release`",
     "Replace `name: release` with `name: ship`.", {"name: release": "name: ship"}),
    ("the line of a base image", "Dockerfile", OVEN, "FROM kiln", "Pin it: `FROM kiln:3.2-slim`.",
     {"FROM kiln AS build": "FROM kiln:3.2-slim AS build"}),
    ("a base image with another tag", "Dockerfile", OVEN, "FROM clay:latest",
     "Pin the image: `FROM clay:1.4`.", {"clay:latest": "clay:1.4"}),
    ("should be", ".env.sample", "PORT=80\nTRACE=all\n", "TRACE=all",
     "People copy this file and then trace each request. The default should be `TRACE=none`.",
     {"TRACE=all": "TRACE=none"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "evidence", "fix", "edits"), [one[1:] for one in CASES],
    ids=[one[0] for one in CASES],
)  # fmt: skip
def test_a_setting_is_changed_whatever_the_reason_says(
    path: str, text: str, evidence: str, fix: str, edits: dict[str, str]
) -> None:
    """The one place changes to what is written out, and the sentences around it are reasons."""
    carried_out(path, text, evidence, fix, edits)


@pytest.mark.parametrize(
    "fix",
    [
        'The ward listens to everybody. Bind it to this machine, i.e. `"10.0.0.1:80"`.',
        "Set `image: clinic/ward:4` in `ward`. The same goes for the archive.",
        "Set `image: clinic/ward:4` in `ward`. Restrict the archive to the ward.",
        "Give it `restart: always`.",
    ],
)
def test_what_is_left_over_is_no_reason(fix: str) -> None:
    """A value of another shape, a wish beside the setting and an `it` of nothing are refused."""
    assert isinstance(answer("compose.yml", CLINIC, fix, '- "9042:9042"'), str)
