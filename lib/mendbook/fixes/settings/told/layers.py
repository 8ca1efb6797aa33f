"""Layers of a Dockerfile: neighbouring RUN instructions as one, package lists cleaned up."""

from __future__ import annotations

import itertools
import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.rights import APT_LISTS
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_DOCKER = re.compile(r"(?:^|/)(?:Dockerfile|Containerfile)[\w.-]*$|\.[Dd]ockerfile$")
_RUN = re.compile(r"(?m)^RUN[ \t]+(?:[^\n\\]|\\(?!\r?\n)|\\\r?\n)+")
_COUNT = r"(?P<count>two|three|four|five|both|2|3|4|5)"
_LINES = (
    r"(?:`?RUNs?`?(?:\s+(?:instructions?|lines?|commands?|layers?|statements?|steps?))?|layers)"
)
_JOIN = re.compile(
    r"(?:please\s+)?(?:join|merge|combine|chain|fold|collapse|concatenate|fuse|put|squash|unite)\s+"
    rf"(?:(?:the|these|them|all)\s+)*(?:{_COUNT}\s+)?(?:of\s+)?(?:the\s+)?(?:adjacent\s+"
    rf"|consecutive\s+|separate\s+|neighbou?ring\s+)?{_LINES}"
    r"(?:\s+(?:together|into|to|in|as)(?:\s+(?:one|a\s+single|a|the\s+same)(?:\s+`?(?:RUN|layer"
    r"|instruction|line)`?(?:\s+(?:instruction|line))?)?)?)?"
    r"(?:\s+(?:with|by|using|through|via)\s+`?&&`?)?(?:\s+in(?:to)?\s+(?:one|a\s+single)\s+"
    r"(?:RUN|layer))?",
    re.I,
)
_UPDATE = re.compile(
    r"(?:please\s+)?(?:join|merge|combine|chain|fold|run|put|do)\s+(?:the\s+)?`?(?:apt-get\s+"
    r"|apt\s+|apk\s+)?(?P<a>update)`?\s+(?:and|with|into|in)\s+"
    r"(?:the\s+)?`?(?:apt-get\s+|apt\s+|apk\s+)?(?P<b>install)`?(?:\s+(?:together|into|in)"
    r"(?:\s+(?:one|a\s+single|the\s+same)\s+`?(?:RUN|layer)`?"
    r"(?:\s+(?:instruction|layer))?)?)?(?:\s+(?:with|by|using)\s+`?&&`?)?",
    re.I,
)
_NUMBERS = {"two": 2, "both": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}


def joined_layers(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Join the two RUN instructions with &&*: those that the finding quotes, one below another."""
    if not _DOCKER.search(file.path):
        return None
    text = plain(said)
    text = re.sub(
        r"(?i)^(\w+) (both|them|these)(?= (?:with|in|into|together))", r"\1 \2 RUNs", text
    )
    told = _JOIN.fullmatch(text) or _UPDATE.fullmatch(text)
    if told is None:
        return None
    runs = list(_RUN.finditer(file.text))
    spans = file.quoted()
    near = [one for one in runs if any(a < one.end() and one.start() < b for a, b in spans)]
    chosen = near if len(near) > 1 else _around(file, runs, near)
    number = told.groupdict().get("count")
    wanted = _NUMBERS[number.lower()] if number else len(chosen)
    if len(chosen) < 2 or len(chosen) != wanted:
        raise Unreadable(f"the finding is about {len(chosen)} RUN instructions")
    for left, right in itertools.pairwise(chosen):
        if file.text[left.end() : right.start()].strip():
            raise Unreadable("other instructions stand between them")
    bodies = [one[0][3:].strip() for one in chosen]
    if any(
        re.match(r"\[|--|<<", one) or "<<" in one or re.search(r"(?m)^\s*#", one) for one in bodies
    ):
        raise Unreadable("a RUN instruction is not a plain command")
    if any(re.search(r"\|\||;|(?<!&)&(?!&)", one) for one in bodies):
        raise Unreadable("a RUN instruction has more than commands joined by &&")
    glue = f" \\{file.newline}    && "
    joined = "RUN " + glue.join(bodies)
    begin, end = chosen[0].start(), chosen[-1].end()
    gone = tuple(one[0].strip() for one in chosen[1:])
    return (
        SettingEdit(
            begin, end, joined, "join the RUN instructions", Operation.REPLACE, (joined,), gone
        ),
    )


def _around(
    file: SettingsFile, runs: list[re.Match[str]], near: list[re.Match[str]]
) -> list[re.Match[str]]:
    """Return the quoted instruction with those right above and below it, or all of the file."""
    if not near:
        return runs
    at = next(n for n, one in enumerate(runs) if one.start() == near[0].start())
    first = last = at
    while first and not file.text[runs[first - 1].end() : runs[first].start()].strip():
        first -= 1
    while last + 1 < len(runs) and not file.text[runs[last].end() : runs[last + 1].start()].strip():
        last += 1
    return runs[first : last + 1]


_LISTS = re.compile(
    r"(?:please\s+)?(?:(?:(?:add|append|run|chain|put|include|do)\s+)?`?"
    r"(?:&&\s*)?rm\s+-rf\s+/var/lib/apt/lists/\*`?"
    r"|(?:remove|delete|clean(?:\s+up)?|clear|drop|purge)\s+(?:the\s+)?(?:`?/var/lib/apt/lists"
    r"(?:/\*)?`?|apt(?:-get)?(?:['’]s)?\s+(?:package\s+)?(?:lists?|cache|index(?:es)?)))"
    r"(?:\s+(?:to|in|at|after|behind|within|with)\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?"
    r"(?:same\s+)?[\w`& -]*?(?:RUN|layer|install|line|instruction|command|step"
    r"|rm\s+-rf\s+/var/lib/apt/lists/\*)`?"
    r"(?:\s+(?:instruction|line|layer|command))?)?",
    re.I,
)


def lists_removed(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Remove the apt lists in the same layer*: at the end of the RUN that installs packages."""
    if not _DOCKER.search(file.path):
        return None
    text = plain(said)
    if _LISTS.fullmatch(text) is None:
        return None
    runs = [
        one
        for one in _RUN.finditer(file.text)
        if re.search(r"\bapt(?:-get)?\b[^|&;]*\binstall\b", one[0])
    ]
    spans = file.quoted()
    near = [one for one in runs if any(a < one.end() and one.start() < b for a, b in spans)]
    chosen = near if spans else runs
    if len(chosen) != 1:
        raise Unreadable(f"{len(chosen)} RUN instructions install packages there")
    body = chosen[0][0].rstrip()
    if "/var/lib/apt/lists" in body:
        raise Unreadable("the lists are removed there already")
    if re.search(r"\|\||;|<<", body) or body.startswith("RUN ["):
        raise Unreadable("the RUN instruction has more than commands joined by &&")
    rows = body.splitlines()
    lead = re.match(r"\s*", rows[-1])
    indent = lead[0] if len(rows) > 1 and lead is not None else "    "
    front = re.search(r"(?m)^(?P<lead>[ \t]+)&&", body)
    trailing = (
        len(rows) > 1 and front is None and re.search(r"&&[ \t]*\\\r?$", body, re.M) is not None
    )
    glue = f" && \\{file.newline}{indent}" if trailing else f" \\{file.newline}{indent}&& "
    if front is not None:
        glue = f" \\{file.newline}{front['lead']}&& "
    at = chosen[0].start() + len(body)
    command = f"{glue}{APT_LISTS}"
    return (SettingEdit(at, at, command, "remove the package lists", Operation.ADD, (APT_LISTS,)),)
