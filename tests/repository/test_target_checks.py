"""The checks that a target itself has, in each ecosystem, each with the line it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.model import Citation
from mendbook.repository.checks import target_checks
from mendbook.repository.declared import Declared, declared_packages
from mendbook.repository.snapshot import Snapshot

PACKAGE = """{
  "scripts": {
    "lint": "eslint .",
    "test:unit": "mocha",
    "check-types": "tsc -b",
    "build": "vite build"
  }
}
"""
NO_TEST = '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}'


@pytest.mark.parametrize(
    ("files", "checks"),
    [
        (
            {"package.json": PACKAGE, "yarn.lock": ""},
            [
                "yarn run check-types  package.json:5",
                "yarn run lint  package.json:3",
                "yarn run test:unit  package.json:4",
                "yarn run build  package.json:6",
            ],
        ),
        ({"package.json": NO_TEST}, []),
        (
            {"package.json": '{"packageManager": "pnpm@9.1.0", "scripts": {"test": "vitest"}}'},
            ["pnpm run test  package.json:1"],
        ),
        (
            {
                "pyproject.toml": "[project]\nname = 'a'\n[tool.mypy]\n[tool.ruff.lint]\n",
                "uv.lock": "",
                "tests/conftest.py": "",
                "a.py": "",
            },
            [
                "uv run mypy .  pyproject.toml:3",
                "uv run ruff check .  pyproject.toml:4",
                "uv run pytest  tests/conftest.py:1",
            ],
        ),
        (
            {"requirements-dev.txt": "pytest==8\nflake8\n", "a.py": ""},
            ["flake8  requirements-dev.txt:2", "pytest  requirements-dev.txt:1"],
        ),
        (
            {"manage.py": "", "requirements.txt": "Django\n"},
            ["python manage.py test  manage.py:1"],
        ),
        ({"tox.ini": "[tox]\n", "a.py": ""}, ["tox  tox.ini:1"]),
        (
            {"test_a.py": "import unittest\n\nclass T(unittest.TestCase):\n    pass\n"},
            ["python -m unittest  test_a.py:3"],
        ),
        (
            {"api/go.mod": "module x\n"},
            [
                "(cd api && go vet ./...)  api/go.mod:1",
                "(cd api && go test ./...)  api/go.mod:1",
                "(cd api && go build ./...)  api/go.mod:1",
            ],
        ),
        (
            {"Cargo.toml": "[package]\n"},
            ["cargo check  Cargo.toml:1", "cargo test  Cargo.toml:1"],
        ),
        (
            {"pom.xml": "<project/>", "mvnw": "#!/bin/sh\n"},
            ["./mvnw -B test  pom.xml:1", "./mvnw -B -DskipTests package  pom.xml:1"],
        ),
        (
            {"build.gradle.kts": ""},
            ["gradle test  build.gradle.kts:1", "gradle assemble  build.gradle.kts:1"],
        ),
        (
            {"composer.json": '{"scripts": {"test": "pest", "phpstan": "phpstan"}}'},
            ["composer run phpstan  composer.json:1", "composer run test  composer.json:1"],
        ),
        (
            {"Shop.sln": "", "Shop/Shop.csproj": ""},
            ["dotnet test  Shop.sln:1", "dotnet build  Shop.sln:1"],
        ),
        (
            {"Gemfile": "gem 'rspec'\ngem 'rubocop'\n"},
            ["bundle exec rubocop  Gemfile:2", "bundle exec rspec  Gemfile:1"],
        ),
        ({"Makefile": "all: x\ntest:\n\tctest\n", "a.c": ""}, ["make test  Makefile:2"]),
        ({"README.md": "npm run test\n"}, []),
    ],
)
def test_the_checks_of_each_ecosystem(files: dict[str, str], checks: list[str]) -> None:
    """Only what scripts and configuration say is named, never a command of another stack."""
    found = target_checks(Snapshot.of(files))
    assert [f"{check.shown}  {check.source}" for check in found] == checks


POETRY = "[tool.poetry.dependencies]\npython = '3'\nArq = '^1'\n"
MAVEN = "<dependency>\n<groupId>a</groupId><artifactId>b</artifactId></dependency>"
GO = "module x\nrequire github.com/gin-gonic/gin v1.9.1\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("package.json", '{\n"dependencies": {"zod": "^3"}}', ("node", "zod", "^3", 2)),
        (
            "pyproject.toml",
            "[project]\ndependencies = ['attrs[x]>=23']\n",
            ("python", "attrs", ">=23", 2),
        ),
        ("pyproject.toml", POETRY, ("python", "arq", "^1", 3)),
        ("pyproject.toml", "[dependency-groups]\ndev = ['nox']\n", ("python", "nox", "", 2)),
        ("requirements.txt", "# first\nattrs==2 ; x\n-e .\n", ("python", "attrs", "==2", 2)),
        ("setup.py", "setup(install_requires=['flask>=2'])\n", ("python", "flask", ">=2", 1)),
        ("go.mod", GO, ("go", "github.com/gin-gonic/gin", "v1.9.1", 2)),
        ("Cargo.toml", "[dependencies]\naxum = { version = '0.7' }\n", ("rust", "axum", "0.7", 2)),
        ("pom.xml", MAVEN, ("jvm", "a:b", "", 1)),
        ("build.gradle", "deps {\n implementation 'a.b:c:1.0'\n}", ("jvm", "a.b:c", "1.0", 2)),
        ("composer.json", '{"require": {"php": "8", "a/b": "^2"}}', ("php", "a/b", "^2", 1)),
        (
            "A/A.csproj",
            '<PackageReference Include="Dapper" Version="2" />',
            ("dotnet", "Dapper", "2", 1),
        ),
        ("Gemfile", "source 'x'\ngem 'rails', '~> 7'\n", ("ruby", "rails", "~> 7", 2)),
        ("node_modules/a/package.json", '{"dependencies": {"b": "1"}}', None),
        ("package.json", "{", None),
    ],
)
def test_each_manifest_is_read(
    path: str, text: str, expected: tuple[str, str, str, int] | None
) -> None:
    """Name, range and line of what each kind of manifest asks for."""
    wanted: tuple[Declared, ...] = ()
    if expected:
        ecosystem, name, asked, line = expected
        wanted = (Declared(ecosystem, name, asked, Citation(path, line)),)
    assert declared_packages(Snapshot.of({path: text})) == wanted


@given(
    st.text(max_size=200), st.sampled_from(["package.json", "pyproject.toml", "go.mod", "pom.xml"])
)
def test_a_broken_manifest_declares_nothing_and_ends_nothing(text: str, name: str) -> None:
    """Whatever stands in a manifest, it is read without an error."""
    snapshot = Snapshot.of({name: text, "a.py": ""})
    assert all(one.source.path == name for one in declared_packages(snapshot))
    assert isinstance(target_checks(snapshot), tuple)
