"""Layers of a Dockerfile: what is installed before the source is copied, runs that become one."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.line_files import edit_dockerfile
from mendbook.fixes.settings.meant.blocks import stands_often
from mendbook.fixes.settings.meant.wish import Wish
from mendbook.fixes.settings.told.layers import joined_layers, lists_removed
from mendbook.model import Operation

_DOCKER = re.compile(r"(?:^|/)(?:Dockerfile|Containerfile)[\w.-]*$|\.[Dd]ockerfile$")
_MANIFESTS = re.compile(
    r"(?<![\w./*-])(?P<path>(?:[\w.-]+/)*(?:package(?:-lock|\*)?\.json|npm-shrinkwrap\.json|yarn\.lock"
    r"|pnpm-lock\.yaml|\.npmrc|requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml"
    r"|poetry\.lock|uv\.lock|Pipfile(?:\.lock)?|go\.(?:mod|sum)|Gemfile(?:\.lock)?|Cargo\.(?:toml|lock)"
    r"|pom\.xml|composer\.(?:json|lock)|build\.gradle(?:\.kts)?|setup\.(?:py|cfg)))(?![\w*/-])"
)
_INSTALLS = re.compile(
    r"(?:npm\s+(?:ci|install|i)|yarn(?:\s+install)?|pnpm\s+(?:install|i|fetch)|pip3?\s+install"
    r"|python3?\s+-m\s+pip\s+install|poetry\s+install|uv\s+sync|go\s+mod\s+download|bundle\s+install"
    r"|cargo\s+fetch|composer\s+install|pipenv\s+(?:install|sync))(?:\s+[\w./=:@-]+)*"
)
_OF_SOURCE = re.compile(r"(?:^|\s)(?:\.|-e)(?=\s|$)")
_ORDER = re.compile(
    r"\b(?:first|before|then|afterwards?|after|ahead|later|layer|cached?|only\s+then|own)\b", re.I
)
_COPY = re.compile(
    r"(?m)^COPY[ \t]+(?P<options>(?:--\S+[ \t]+)*)(?P<source>\.|\./|[\w./-]+/)[ \t]+"
    r"(?P<to>\S+)[ \t]*$"
)
_RUN = re.compile(r"(?m)^RUN[ \t]+(?P<body>[^\n]*)$")
_OPEN = re.compile(r"\b(?:either|or|unless|maybe|consider|not|never|without)\b|\?", re.I)


def copied_first(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*Copy package.json first, install, then copy the rest*: the order that keeps a layer."""
    if not _DOCKER.search(file.path) or not _ORDER.search(wish.text):
        return None
    names = list(dict.fromkeys(one["path"] for one in _MANIFESTS.finditer(wish.text)))
    words = _MANIFESTS.sub(" ", wish.text)
    if not names or _OPEN.search(words):
        return None
    spans = file.quoted()
    copies = [
        one
        for one in _COPY.finditer(file.text)
        if any(a < one.end() and one.start() < b for a, b in spans)
    ]
    if len(copies) != 1:
        return None
    copy = copies[0]
    run = _RUN.match(file.text, file.line_end(copy.end()))
    if run is None or not _INSTALLS.fullmatch(run["body"].strip()):
        raise Unreadable("no plain install stands right below the COPY that is quoted")
    if _OF_SOURCE.search(run["body"]):
        raise Unreadable("what is installed is the source itself")
    source = copy["source"].removeprefix("./").rstrip("/").removeprefix(".")
    paths = [
        one if not source or one.startswith(f"{source}/") else f"{source}/{one}" for one in names
    ]
    to = copy["to"]
    if len(paths) > 1 or "*" in paths[0] or to not in {"."}:
        to = to if to.endswith("/") else f"{to}/"
    head = f"COPY {copy['options']}{' '.join(paths)} {to}"
    if re.search(rf"(?m)^COPY[^\n]*{re.escape(paths[0])}", file.text[: copy.start()]):
        raise Unreadable(f"{paths[0]} is copied before already")
    new = file.newline.join([head, run[0].rstrip(), copy[0].rstrip()])
    gone = file.text[copy.start() : run.end()]
    return (
        SettingEdit(
            copy.start(),
            run.end(),
            new,
            f"copy {', '.join(paths)} and install before the rest",
            Operation.REPLACE,
            (head,),
            (gone,),
        ),
    )


def runs_joined(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*Make one RUN of the two lines*: those that the finding quotes."""
    rows = [one for one in file.finding.evidence.splitlines() if one.strip().startswith("RUN ")]
    if not _DOCKER.search(file.path) or len(rows) < 2 or wish.is_open([]):
        return None
    if not re.search(
        r"(?i)\b(?:one|single|same|joined?|merged?|combined?|chain(?:ed)?|&&)", wish.text
    ):
        return None
    if not re.search(r"\bRUNs?\b|\blayers?\b", wish.text):
        return None
    count = re.search(r"(?i)\b(two|three|four|five)\b(?!\s+layers)", wish.text)
    return joined_layers(file, f"Join the {count[1] + ' ' if count else ''}RUN instructions")


def lists_gone(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*End that layer with rm -rf /var/lib/apt/lists/**: whatever words lead to the command."""
    bare = wish.text.replace("`", "")
    if "rm -rf /var/lib/apt/lists/*" not in bare or not _DOCKER.search(file.path):
        return None
    rest = bare.replace("rm -rf /var/lib/apt/lists/*", "")
    if _OPEN.search(rest) or re.search(r"[/\\$|&]|--", rest):
        return None
    return lists_removed(file, "Add rm -rf /var/lib/apt/lists/*")


_ENV = re.compile(r"(?<![\w./$-])(?P<key>[A-Z][A-Z\d_]+)=(?P<value>[\w./:-]*[\w/])(?![\w=])")


def variables_put(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*PYTHONUNBUFFERED=1 should be set in the image*: an ENV for what is spelled out."""
    if not _DOCKER.search(file.path) or re.search(r"\b(?:RUN|ARG|build[- ]arg)", wish.text):
        return None
    told = list(_ENV.finditer(wish.text.replace("`", " ")))
    if not told or len(told) > 2 or wish.is_open([one.span() for one in told]):
        return None
    if any(re.search(rf"(?m)^(?:ENV|ARG)[ \t].*\b{one['key']}[= ]", file.text) for one in told):
        raise Unreadable(f"{told[0]['key']} is set already")
    line = "ENV " + " ".join(f"{one['key']}={one['value']}" for one in told)
    return edit_dockerfile(file, Ask(Verb.WRITE, wish.text, line=line))


_FROM = re.compile(r"(?m)^FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>(?P<name>[\w./-]+)(?:[:@][\w.:-]+)?)")


def base_given(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*nginx:1.27-alpine does for that stage*: the quoted base with the tag that is written out."""
    if not _DOCKER.search(file.path) or stands_often(file):
        return None
    spans = file.quoted()
    bases = [
        one for one in _FROM.finditer(file.text) if any(a <= one.start() < b for a, b in spans)
    ]
    if len(bases) != 1:
        return None
    name = bases[0]["name"]
    told = {
        one[0]: one.span()
        for one in re.finditer(rf"(?<![\w./-]){re.escape(name)}:[\w][\w.-]*\w", wish.text)
        if one[0] != bases[0]["image"]
    }
    if len(told) != 1 or wish.is_open(list(told.values())):
        return None
    (image,) = told
    if re.search(r":(?:latest|main|master|edge|nightly)\b", image):
        raise Unreadable(f"{image} is no fixed version")
    return (
        SettingEdit(
            *bases[0].span("image"),
            image,
            f"build on `{image}`",
            Operation.SET,
            (image,),
            (bases[0]["image"],),
        ),
    )


LAYERS = (copied_first, runs_joined, lists_gone, variables_put, base_given)
