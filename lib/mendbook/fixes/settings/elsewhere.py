"""An edit of one job, service or section, where the text speaks of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.conf_blocks import blocks_of
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import documents

_HEADER = re.compile(r"^[ \t]*\[{1,2}(?P<name>[^\[\]\n]+)\]{1,2}[ \t]*(?:[#;].*)?\r?$", re.M)
_GROUPS = ("jobs", "services", "containers", "initContainers")


@dataclass(frozen=True, slots=True)
class Owner:
    """A block with a name of its own, beside others of its ``group``, and where it stands."""

    group: str
    name: str
    start: int
    end: int


def refuse_elsewhere(file: SettingsFile, said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where an edit is in a place that ``said`` does not name, beside one."""
    _refuse_unknown(file, said)
    _refuse_opposite(file, said, edits)
    edits = list(edits)
    _refuse_no_key(file, said, edits)
    owners = list(_owners(file))
    asked = _FACT.sub(lambda one: one[0] if _ASKS.search(one[0]) else " ", said)
    named = [one for one in owners if _is_named(one.name, asked)]
    _refuse_half(named, asked, edits)
    _refuse_other_stage(file, said, edits)
    _refuse_strange(file, owners, asked)
    for edit in edits:
        home = [one for one in owners if one.start <= edit.start < one.end]
        for one in home:
            others = [each.name for each in named if each.group == one.group]
            if others and one.name not in others and not any(one.name in e.adds for e in edits):
                raise Unreadable(f"the text speaks of {others[0]}, and {one.name} would change")
            for each in owners:
                if each.group == one.group and each.name != one.name:
                    _refuse_of_other(each.name, asked, edit)
    _refuse_other_clause([*owners, *_tables(file)], asked, edits)


def _refuse_of_other(name: str, said: str, edit: SettingEdit) -> None:
    """Raise ``Unreadable`` where what an edit writes is told of another block: *3 of the cache*."""
    told = [one for new in edit.adds for one in re.findall(r"[\w.-]*\w", new)]
    words = "|".join(re.escape(one) for one in told if len(one) > 1 or one.isdigit())
    other = rf"(?:of|from)\s+(?:the\s+)?[`\"']?{re.escape(name)}(?![\w-])"
    if words and re.search(rf"(?<![\w-])(?:{words})[`\"']?\s+(?:[a-z]+\s+)?{other}", said):
        raise Unreadable(f"the text speaks of what {name} has")


_CUT = re.compile(r"[;,]\s+|\.\s+|\s+(?:and|but)\s+")
_LIKE = r"(?<!\w)(?:un)?(?:like|as)\s+(?:(?:in|on|for)\s+)?(?:the\s+)?[`\"']?(?:{names})(?![\w-])"
_JOINED = r"(?<![\w-])({names})[`\"']?\s+and\s+(?:the\s+)?[`\"']?({names})(?![\w-])"


def _refuse_other_clause(owners: Sequence[Owner], said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where each clause that has a new value names other blocks only."""
    named = [one for one in owners if _is_named(one.name, said)]
    if len(named) < 2:
        return
    names = "|".join(sorted({re.escape(one.name) for one in named}, key=len, reverse=True))
    alone = re.sub(_LIKE.format(names=names), " ", said)
    clauses = _CUT.split(re.sub(_JOINED.format(names=names), r"\1 \2", alone))
    for edit in edits:
        for home in (one for one in named if one.start <= edit.start < one.end):
            others = [one.name for one in named if one.group == home.group]
            told = [
                {name for name in others if _is_named(name, each)}
                for each in clauses
                if any(_gives(each, new) for new in edit.adds)
            ]
            if any(name in new for name in others for new in edit.adds):
                continue
            if told and all(each and home.name not in each for each in told):
                raise Unreadable(f"the text speaks of {min(told[0])}, and {home.name} would change")


def _gives(clause: str, new: str) -> bool:
    """Tell whether a clause has the value that an edit writes."""
    value = re.split(r"[\s:=]+", new.strip(" ;\n\"'"))[-1].strip("\"'")
    return bool(value) and re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", clause) is not None


def _tables(file: SettingsFile) -> Iterator[Owner]:
    """Return the tables of a TOML file."""
    return _sections(file.text, "tables") if file.path.endswith(".toml") else iter(())


def _sections(text: str, group: str) -> Iterator[Owner]:
    """Yield what begins with a name in square brackets."""
    heads = list(_HEADER.finditer(text))
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        yield Owner(group, head["name"].strip(), head.start(), stop)


def _refuse_half(named: Sequence[Owner], said: str, edits: Sequence[SettingEdit]) -> None:
    """Raise ``Unreadable`` where *a and b need it* would change one of the two."""
    changed = [one for one in named if any(one.start <= edit.start <= one.end for edit in edits)]
    for one in changed:
        for other in named:
            ways = [(one.name, other.name), (other.name, one.name)]
            joined = any(re.search(_PAIR.format(*map(re.escape, way)), said) for way in ways)
            if other.group == one.group and other not in changed and joined:
                raise Unreadable(f"{other.name} would be left out")


_PAIR = r"(?<![\w-])(?:{})[`\"']?\s*(?:,|/|&|\band\b)\s*(?:the\s+)?[`\"']?(?:{})(?![\w-])"
_STAGES = {"first": 0, "second": 1, "third": 2, "last": -1, "final": -1}


def _refuse_other_stage(file: SettingsFile, said: str, edits: Sequence[SettingEdit]) -> None:
    """Raise ``Unreadable`` where an edit of a Dockerfile is in another stage than the one told."""
    heads = [one.start() for one in re.finditer(r"(?m)^FROM\b", file.text)]
    told = re.search(r"\b(first|second|third|last|final)\s+(?:stage|image)\b", said)
    if len(heads) < 2 or told is None or "ockerfile" not in file.path:
        return
    wanted = _STAGES[told[1]] % len(heads)
    for edit in edits:
        stage = sum(head <= edit.start for head in heads) - 1
        if stage >= 0 and stage != wanted and edit.start != edit.end:
            raise Unreadable(f"the text speaks of the {told[1]} stage, and another would change")


_SUBJECT = re.compile(
    r"(?:^|[.;]\s+)`?(?P<name>[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)`?\s+(?:should|must|has\s+to|ought\s+to|needs"
    r"|wants|lacks|gets|may)\b"
)
_GIVEN_TO = re.compile(
    r"[\w-]+:\s+\S+\s+(?:for|on|in)\s+`?(?P<name>[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)`?\s*$"
)


def _refuse_strange(file: SettingsFile, owners: Sequence[Owner], said: str) -> None:
    """Raise ``Unreadable`` where the job or service that is to get something is not in the file."""
    if len(owners) < 2 or not file.path.endswith((".yml", ".yaml")):
        return
    held = file.text.lower()
    for form in (_SUBJECT, _GIVEN_TO):
        for one in form.finditer(said.strip(" .")):
            known = one["name"] in _ANY or one["name"] in _NO_OWNER
            if not known and one["name"].rstrip("s") not in held:
                raise Unreadable(f"there is no {one['name']}")


_NO_OWNER = frozenset(
    {"it", "they", "we", "you", "one", "there", "which", "that", "now", "here", "logging", "memory"}
    | {"pulling", "everything", "nothing", "safety", "resilience", "stability", "all", "them"}
    | {
        "caching",
        "concurrency",
        "permissions",
        "retries",
        "limits",
        "requests",
        "probes",
        "timeout",
    }
)
"""Subjects that are no job and no service."""


_FACT = re.compile(
    r"(?<=[;.])\s+(?!(?:to|in|for|on|at|of|into|from)\b)[^;.]*(?:\.(?=\S)[^;.]*)*[;.]?\s*$"
)
_ASKS = re.compile(
    r"\b(?:should|must|ha(?:s|ve)\s+to|ought|wants?|lacks?|missing|needs?(?!\s+(?:its|none|no)\b))\b"
    r"|^\s*(?:add|set|bind|limit|give|put|use|make|do|let|keep|change|raise|lower|also|then)\b",
    re.IGNORECASE,
)
"""A last part that says how another place is, and what would make it an order."""


_KEY = re.compile(
    r"(?i:\b(?:set|change|turn|raise|lower|reduce|increase|bump|cut|switch)\s+(?:the\s+)?)"
    r"[`'\"]?(?P<key>[A-Z][A-Z\d_]{2,})[`'\"]?\s+(?:of|in|for|from|to)\b"
)


def _refuse_no_key(file: SettingsFile, said: str, edits: Sequence[SettingEdit]) -> None:
    """Raise ``Unreadable`` where a variable is to change that is nowhere, now or then."""
    written = " ".join(added for edit in edits for added in edit.adds)
    for told in _KEY.finditer(said):
        if not re.search(rf"\b{told['key']}\b", f"{file.text} {written}"):
            raise Unreadable(f"there is no {told['key']}")


_OPPOSITES = (("requests", "limits"), ("livenessProbe", "readinessProbe", "startupProbe"))
"""Blocks of a manifest that hold the same keys."""


def _refuse_opposite(file: SettingsFile, said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where an edit is in ``requests`` and the text speaks of a limit."""
    if not file.path.endswith((".yml", ".yaml")):
        return
    for one in documents(file.text, file.path):
        for group in _OPPOSITES if one.way else ():
            if one.way[-1] not in group or any(_speaks_of(each, said) for each in one.way[-1:]):
                continue
            other = next((each for each in group if _speaks_of(each, said)), "")
            fresh = any(other in added for edit in edits for added in edit.adds)
            if (
                other
                and not fresh
                and any(one.span[0] <= edit.start < one.span[1] for edit in edits)
            ):
                raise Unreadable(f"the text speaks of {other}, and {one.way[-1]} would change")


def _speaks_of(block: str, said: str) -> bool:
    stem = block.removesuffix("Probe").removesuffix("s")
    return re.search(rf"(?i)\b{stem}(?:s|ness)?\b|\b{re.escape(block)}\b", said) is not None


_OWNED = re.compile(
    r"\b(?:on|in|for|to|of|under)\s+(?:the\s+)?`?(?P<name>[\w./-]+)`?\s+(?:job|service"
    r"|container|section|stage)\b",
    re.I,
)
_SECTION = re.compile(r"\b(?:for|under)\s+(?:the\s+)?`?(?P<name>[a-z][\w.-]*)`?\s*$", re.I)
_ANY = frozenset(
    [
        "the",
        "this",
        "that",
        "its",
        "a",
        "an",
        "same",
        "each",
        "every",
        "both",
        "all",
        "final",
        "last",
        "first",
        "new",
        "own",
        "whole",
        "single",
        "runtime",
        "production",
        "build",
        "main",
        "top",
        "root",
        "pod",
        "web",
        "config",
        "settings",
        "following",
        "right",
    ]
)


def _refuse_unknown(file: SettingsFile, said: str) -> None:
    """Raise ``Unreadable`` where a job, service or section is named that the file does not have."""
    held = file.text.lower()
    names = [one["name"] for one in _OWNED.finditer(said)]
    if file.path.endswith((".ini", ".cfg")) and len(_HEADER.findall(file.text)) > 1:
        names += [one["name"] for one in _SECTION.finditer(said.strip(" ."))]
    for name in names:
        if name.lower() not in _ANY and name.lower() not in held:
            raise Unreadable(f"there is no {name}")


def _is_named(name: str, said: str) -> bool:
    last = re.split(r"[.:]", name)[-1]
    return any(
        re.search(
            rf"(?<![\w./:@=-]){re.escape(one)}(?![\w/@=-]|[.:]\w)",
            said,
            re.I if len(one) > 2 else re.NOFLAG,
        )
        for one in {name, last}
        if len(one) > 1
    )


def _owners(file: SettingsFile) -> Iterator[Owner]:
    if file.path.endswith((".yml", ".yaml")):
        for one in documents(file.text, file.path):
            if len(one.way) > 1 and one.way[-2] in _GROUPS:
                yield Owner(f"{one.called}{one.way[:-1]}", one.way[-1], *one.span)
    elif file.path.endswith(".conf"):
        yield from locations_in(file.text)
        yield from _servers(file.text)
    elif file.path.endswith((".ini", ".cfg", ".service")):
        yield from _sections(file.text, "sections")


def locations_in(text: str) -> Iterator[Owner]:
    """Yield the locations of a file of blocks, but the one of all paths."""
    for one in blocks_of(text):
        path = one.of.rpartition(" ")[2]
        if one.kind == "location" and len(path) > 1:
            yield Owner("locations", path, one.head, one.end + 1)


_SERVER_NAME = re.compile(r"(?m)^[ \t]*server_name[ \t]+(?P<names>[^;#\n]+);")


def _servers(text: str) -> Iterator[Owner]:
    """Yield the servers of nginx by each of their names."""
    for one in blocks_of(text):
        named = _SERVER_NAME.search(text, one.begin, one.end) if one.kind == "server" else None
        for name in named["names"].split() if named is not None else ():
            yield Owner("servers", name, one.head, one.end + 1)
