"""Steps of settings that no frame of keys and values has: stages, directives, tables, schemas."""

from __future__ import annotations

import re

import pytest
from test_settings_reader import answer, changed

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.needed import refuse_needed
from mendbook.repository.snapshot import Snapshot

MILL = 'FROM golang:latest AS build\nRUN pip install .\n\nFROM golang:latest\nCMD ["mill"]\n'
OVEN = "FROM python:latest\nRUN pip install -r requirements.txt\n"
SITE = """server {
    listen 80;
    server_name ferry.example;
    ssl_protocols TLSv1 TLSv1.2;

    location /tides/ {
        proxy_read_timeout 300s;
    }
}
"""
YARD = """[project]
name = "yard"
requires-python = ">=3.9"

[tool.ruff.lint]
select = ["E", "F"]

[tool.pytest.ini_options]
addopts = "-q"
"""
INN = """CREATE TABLE guests (
    id BIGSERIAL PRIMARY KEY,
    email TEXT
);

CREATE TABLE stays (
    guest_id BIGINT REFERENCES guests (id),
    nights INTEGER NOT NULL,
    arrived_at TIMESTAMP
);
CREATE INDEX stays_guest ON stays (guest_id);
"""
SHOP = """{
  "dependencies": {
    "apples": "^4.18.0",
    "pears": "^3.0.0"
  },
  "devDependencies": {
    "oats": "1.0.0",
    "rye": "2.0.0"
  }
}
"""
FERRY = """services:
  gate:
    image: gate:2
    restart: always
  tides:
    image: tides:16
"""
CASES = [
    ("Dockerfile", MILL, "FROM golang:latest AS build", "Pin both stages to `golang:1.22-alpine`.",
     ["-FROM golang:latest AS build", "+FROM golang:1.22-alpine AS build",
      "-FROM golang:latest", "+FROM golang:1.22-alpine"]),
    ("Dockerfile", MILL, "", "Pin both FROM lines to golang:1.22.",
     ["-FROM golang:latest AS build", "+FROM golang:1.22 AS build",
      "-FROM golang:latest", "+FROM golang:1.22"]),
    ("Dockerfile", MILL, "", "Pin the build stage to golang:1.22.",
     ["-FROM golang:latest AS build", "+FROM golang:1.22 AS build"]),
    ("Dockerfile", OVEN, "FROM python:latest",
     "Use python:3.12-slim as the base image; latest moves.",
     ["-FROM python:latest", "+FROM python:3.12-slim"]),
    ("Dockerfile", MILL, "RUN pip install .", "Use `pip install --no-cache-dir .`",
     ["-RUN pip install .", "+RUN pip install --no-cache-dir ."]),
    ("site.conf", SITE, "ssl_protocols TLSv1 TLSv1.2;",
     "Restrict ssl_protocols to TLSv1.2 TLSv1.3 and lower proxy_read_timeout from 300s to 30s.",
     ["-    ssl_protocols TLSv1 TLSv1.2;", "+    ssl_protocols TLSv1.2 TLSv1.3;",
      "-        proxy_read_timeout 300s;", "+        proxy_read_timeout 30s;"]),
    ("site.conf", SITE, "listen 80;", "Turn server_tokens off.", ["+    server_tokens off;"]),
    ("site.conf", SITE, "listen 80;", "Enable gzip.", ["+    gzip on;"]),
    ("site.conf", SITE, "listen 80;", "Add the header X-Frame-Options: DENY.",
     ["+    add_header X-Frame-Options DENY always;"]),
    ("pyproject.toml", YARD, "", 'Raise requires-python to ">=3.11" and add "UP" to the ruff lint '
     "selection",
     ['-requires-python = ">=3.9"', '+requires-python = ">=3.11"', '-select = ["E", "F"]',
      '+select = ["E", "F", "UP"]']),
    ("pyproject.toml", YARD, "", "Add a `[tool.mypy]` table with `strict = true`.",
     ["+", "+[tool.mypy]", "+strict = true"]),
    ("pyproject.toml", YARD, "", "Add `--strict-markers` to addopts.",
     ['-addopts = "-q"', '+addopts = "-q --strict-markers"']),
    ("schema.sql", INN, "arrived_at TIMESTAMP",
     "Let the stays_guest index cover (guest_id, arrived_at).",
     ["-CREATE INDEX stays_guest ON stays (guest_id);",
      "+CREATE INDEX stays_guest ON stays (guest_id, arrived_at);"]),
    ("schema.sql", INN, "", "Default arrived_at to now().",
     ["-    arrived_at TIMESTAMP", "+    arrived_at TIMESTAMP DEFAULT now()"]),
    ("schema.sql", INN, "", "Add a CHECK that `nights > 0`.",
     ["-    nights INTEGER NOT NULL,", "+    nights INTEGER NOT NULL CHECK (nights > 0),"]),
    ("schema.sql", INN, "", "Add a `room text not null` column to guests.",
     ["-    email TEXT", "+    email TEXT,", "+    room text not null"]),
    ("package.json", SHOP, "", "Move pears to devDependencies.",
     ['-    "apples": "^4.18.0",', '-    "pears": "^3.0.0"', '+    "apples": "^4.18.0"',
      '+    "pears": "^3.0.0",']),
    ("compose.yaml", FERRY, "image: tides:16",
     "Give the tides service restart: always, like the other one.", ["+    restart: always"]),
]  # fmt: skip


GRIND = """name: mill
on: [push]
jobs:
  grind:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        stone: [1, 2]
    steps:
      - run: ./grind.sh || true
"""
TOOLS = """repos:
  - repo: https://yard.example/basic-hooks
    rev: v1
    hooks:
      - id: end-of-line
  - repo: https://yard.example/oats
    rev: v2
    hooks:
      - id: oats
"""
LOCKS = """services:
  gate:
    image: gate:2
    privileged: true
    ports:
      - "7000:7000"
"""
CASES += [
    ("requirements.txt", "flask\noats>=1.0\n", "", "Pin flask==3.0.1 and raise oats to >=1.2.",
     ["-flask", "+flask==3.0.1", "-oats>=1.0", "+oats>=1.2"]),
    ("Dockerfile", "FROM a:1\nCMD serve --port 80\n", "CMD serve --port 80",
     'Use the exec form: CMD ["serve", "--port", "80"]',
     ["-CMD serve --port 80", '+CMD ["serve", "--port", "80"]']),
    ("Dockerfile", "FROM a:1\nCMD serve --port 80\n", "", "Use the exec form for CMD.",
     ["-CMD serve --port 80", '+CMD ["serve", "--port", "80"]']),
    ("compose.yaml", LOCKS, '- "7000:7000"', "Publish the gate on the loopback only "
     '("127.0.0.1:7000:7000"), and remove privileged: true from gate',
     ["-    privileged: true", '-      - "7000:7000"', '+      - "127.0.0.1:7000:7000"']),
    (".github/workflows/mill.yml", GRIND, "- run: ./grind.sh || true",
     "Drop the `|| true`, set fail-fast: false under strategy, and use ubuntu-24.04 as runner",
     ["-    runs-on: ubuntu-latest", "+    runs-on: ubuntu-24.04", "+      fail-fast: false",
      "-      - run: ./grind.sh || true", "+      - run: ./grind.sh"]),
    ("go.mod", "module mill\n\ngo 1.20\n\nrequire example.org/oats v0.9.1\n", "",
     "Raise the go directive to 1.22", ["-go 1.20", "+go 1.22"]),
    ("go.mod", "module mill\n\ngo 1.20\n\nrequire example.org/oats v0.9.1\n", "",
     "Bump example.org/oats to v0.10.2",
     ["-require example.org/oats v0.9.1", "+require example.org/oats v0.10.2"]),
    ("pom.xml", "<project>\n  <dependency>\n    <artifactId>oats-core</artifactId>\n"
     "    <version>2.14.1</version>\n  </dependency>\n</project>\n", "",
     "Update oats-core to 2.23.1",
     ["-    <version>2.14.1</version>", "+    <version>2.23.1</version>"]),
    ("build.gradle", "dependencies {\n    implementation 'org.oats:oats:31.0'\n}\n", "",
     "Update oats to 33.2", ["-    implementation 'org.oats:oats:31.0'",
                            "+    implementation 'org.oats:oats:33.2'"]),
    ("compose.yaml", FERRY, "", "Pin gate to 3.1 and tides to 16.3",
     ["-    image: gate:2", "+    image: gate:3.1", "-    image: tides:16",
      "+    image: tides:16.3"]),
    ("compose.yaml", "version: \"3\"\nservices:\n  a:\n    image: a:1\n", "",
     "Remove the obsolete version key", ['-version: "3"']),
    (".pre-commit-config.yaml", TOOLS, "- id: end-of-line",
     "Add the no-keys hook to the basic-hooks repo and oats-format after oats",
     ["+      - id: no-keys", "+      - id: oats-format"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "evidence", "said", "expected"), CASES)
def test_words_that_no_frame_has_are_read_by_the_kind_of_file(
    path: str, text: str, evidence: str, said: str, expected: list[str]
) -> None:
    """Each step of a sentence is carried out, and nothing beside it."""
    assert sorted(changed(path, text, said, evidence)) == sorted(expected)


@pytest.mark.parametrize(
    ("path", "text", "evidence", "said"),
    [
        ("Dockerfile", OVEN, "", "Pin both stages to python:3.12."),
        ("Dockerfile", MILL, "", "Use golang:1.22 as the base image."),
        ("Dockerfile", OVEN, "FROM python:latest", "Use debian:12 as the base image."),
        ("Dockerfile", OVEN, "RUN pip install -r requirements.txt",
         "Use `pip install --upgrade flask`."),
        ("site.conf", SITE, "listen 80;", "Do not turn server_tokens off."),
        ("site.conf", SITE, "listen 80;", "Lower proxy_read_timeout from 60s to 30s."),
        ("pyproject.toml", YARD, "", 'Add "UP" to the isort selection'),
        ("pyproject.toml", YARD, "", "Add a `[tool.mypy]` table with the strict settings."),
        ("schema.sql", INN, "", "Let the stays_guest index cover (guest_id, floor)."),
        ("schema.sql", INN, "", "Add a CHECK that `floor > 0`."),
        ("package.json", SHOP, "", "Move plums to devDependencies."),
        ("Dockerfile", "FROM a:1\nCMD serve $PORT\n", "", "Use the exec form for CMD."),
        ("Dockerfile", "FROM a:1\nCMD serve\n", "", 'Use the exec form: CMD ["sh", "-c", "rm"]'),
        ("requirements.txt", "flask\n", "", "Pin oats==3.0.1."),
        (".github/workflows/mill.yml", GRIND, "- run: ./grind.sh || true",
         "Add environment: yard to deploy"),
        ("compose.yaml", FERRY, "", "Set restart: always on tides until the leak is found"),
        ("application.properties", "oats.limit=5\n", "", "Raise oats.limit by 3"),
        ("application.properties", "oats.limit=5\n", "", "Set oats.limit=8 if the yard agrees"),
        ("go.mod", "module mill\n\ngo 1.20\n", "", "Bump example.org/oats to v0.10.2"),
        ("application.yml", "jpa:\n  show-sql: true\n", "show-sql: true",
         "Set open-in-view: false"),
        ("application.yml", "jpa:\n  show-sql: true\n", "show-sql: true",
         "Enable graceful shutdown (server.shutdown: graceful)"),
        ("compose.yaml", LOCKS, "", 'Publish it on the loopback only ("127.0.0.1:7001:7001")'),
        ("site.conf", SITE, "", "Restrict ssl_protocols to something sensible."),
        ("site.conf", SITE, "listen 80;", "Add the header X-A: b to the /tides/ location."),
        (".env", "OATS=1\n", "OATS=1", "Set OATS to 2 only in production."),
        (".env", "OATS=1\n", "OATS=1", "Set OATS to a suitable value, e.g. 5."),
    ],
)  # fmt: skip
def test_what_the_file_does_not_bear_out_is_not_written(
    path: str, text: str, evidence: str, said: str
) -> None:
    """Another image, another value than the text says, a column that is not there: no edit."""
    assert isinstance(answer(path, text, said, evidence), str)


@pytest.mark.parametrize(
    ("path", "text", "said", "others", "why"),
    [
        (".github/workflows/mill.yml", "name: mill\non: [push]\njobs:\n  grind:\n    runs-on: a\n"
         "    steps:\n      - run: ./grind\n  sieve:\n    needs: grind\n    runs-on: a\n"
         "    steps:\n"
         "      - run: ./sieve ${{ needs.grind.outputs.v }}\n", "Remove needs: grind from sieve",
         {}, "needs.grind is still read"),
        ("requirements.txt", "flask==3.0.0\noats-binary==2.9\n", "Remove the unused oats-binary",
         {"app.py": 'URL = "mill+oats://x"\n'}, "app.py names oats"),
        ("requirements.txt", "flask==3.0.0\noats==2.9\n", "Remove oats",
         {"Dockerfile": 'CMD ["oats", "app:app"]\n'}, "Dockerfile names oats"),
    ],
)  # fmt: skip
def test_what_is_needed_elsewhere_is_not_taken_away(
    path: str, text: str, said: str, others: dict[str, str], why: str
) -> None:
    """A job whose outputs are read, a package that a command or an address names."""
    with pytest.raises(Unreadable, match=re.escape(why)):
        refuse_needed(Snapshot.of({path: text, **others}), path, text, _without(text, said))


def _without(text: str, said: str) -> str:
    """Return the text without the line that is to go."""
    name = said.split()[-1] if "needs" not in said else "needs: grind"
    return "".join(row for row in text.splitlines(keepends=True) if name not in row)
