"""The commands that a stretch of a script, a Dockerfile or a workflow calls, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mendbook.fixes.settings.edit import SettingsFile

_LEAD = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:(?:run|command|script|entrypoint):[ \t]*(?:[|>][+-]?[ \t]*)?)?"
    r"(?:RUN[ \t]+(?:--[\w=,./-]+[ \t]+)*)?@?"
    r"(?:(?:if|while|until|then|do|else|!|sudo|exec|time|nohup|env)[ \t]+)*"
)
_SPLIT = re.compile(r"\s*(?:&&|\|\||;(?!;)|\|)\s*|\\\r?\n[ \t]*(?=&&|\|)|\r?\n")
_PARTED = frozenset(
    {"apt-get", "apt", "apk", "pip", "pip3", "npm", "yarn", "pnpm", "docker", "go", "git", "cargo"}
    | {"kubectl", "helm", "poetry", "uv", "dnf", "yum", "gem", "bundle", "aws", "gcloud", "make"}
    | {
        "golangci-lint",
        "buf",
        "trivy",
        "ruff",
        "alembic",
        "flask",
        "celery",
        "prisma",
        "next",
        "nx",
        "mix",
    }
    | {
        "turbo",
        "hatch",
        "pdm",
        "django-admin",
        "hugo",
        "vite",
        "rails",
        "deno",
        "bun",
        "swift",
        "flutter",
    }
    | {"systemctl", "composer", "npx", "terraform", "dotnet"}
)
"""Programs whose first word says what they do."""
_INSTRUCTION = re.compile(r"(?:COPY|ADD|HEALTHCHECK)(?=[ \t])")


@dataclass(frozen=True, slots=True)
class Command:
    """One call of a program: where it stands, whole, and where its name ends."""

    program: str
    part: str
    """What the program does, its first word: ``install``; empty without one."""
    start: int
    head: int
    """Where the program, with its part, ends."""
    end: int
    text: str

    @property
    def options(self) -> tuple[str, ...]:
        """The options it is called with, without their values."""
        return tuple(re.findall(r"(?<!\S)(--?[A-Za-z][\w-]*)", self.text))


def commands_in(file: SettingsFile, span: tuple[int, int]) -> list[Command]:
    """Return the commands of a stretch, in order."""
    return list(_commands(file, *span))


def _commands(file: SettingsFile, begin: int, end: int) -> Iterator[Command]:
    at = file.line_start(begin)
    while file.text[end:].startswith((" ", "\t")) and file.text[:end].rstrip("\r\n").endswith("\\"):
        end = file.line_end(end)
    text = file.text[at:end]
    cuts = [(0, 0), *(one.span() for one in _cuts(text)), (len(text), len(text))]
    for (_, start), (stop, _) in pairwise(cuts):
        lead = _LEAD.match(text, start, stop)
        first = lead.end() if lead is not None else start
        whole = text[first:stop].rstrip(" \t\\\r\n")
        found = re.match(
            r"(?P<program>[a-z][\w.-]*)(?:[ \t]+(?P<part>[a-z][\w-]*)(?![\w./=:]))?", whole
        )
        instruction = _INSTRUCTION.match(whole)
        if instruction is not None:
            head = at + first + instruction.end()
            yield Command(instruction[0], "", at + first, head, at + first + len(whole), whole)
        if found is None or re.match(r"\w+=", whole):
            continue
        part = found["part"] or "" if found["program"] in _PARTED else ""
        head = at + first + (found.end("part") if part else found.end("program"))
        yield Command(found["program"], part, at + first, head, at + first + len(whole), whole)


def _cuts(text: str) -> Iterator[re.Match[str]]:
    """Yield what parts commands, but not within quotes, nor a line that goes on."""
    for one in _SPLIT.finditer(text):
        line = text[text.rfind("\n", 0, one.start()) + 1 : one.start()]
        if re.sub(r"\\.", "", line).count('"') % 2 or line.count("'") % 2:
            continue
        if one[0].strip(" \t") in {"\n", "\r\n"} and text[: one.start()].rstrip("\r").endswith(
            "\\"
        ):
            continue
        yield one
