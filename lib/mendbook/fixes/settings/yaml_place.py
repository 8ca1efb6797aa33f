"""Which mapping of a YAML file a text means: the place named, the evidence's, the only one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.fixes.settings.edit import SettingsFile

_ROOT = re.compile(
    r"(?i)(?:(?:the )?(?:workflow|top|root|file|document)(?:[- ]level)?(?: level)?"
    r"|root(?: level)?|the (?:workflow|file|document|root|top(?: level)?))"
    r"(?: of the (?:file|workflow))?"
)
_PLAIN = frozenset(
    {"service", "services", "job", "jobs", "step", "block", "section", "table", "level", "stage"}
    | {"container", "containers", "workflow", "mapping", "file", "context", "group", "stanza"}
    | {"object", "key", "entry", "root", "the", "a", "an", "its", "of", "in", "on", "for", "and"}
    | {"to", "this", "own", "template", "definition", "configuration", "config", "settings"}
    | {"resource", "manifest", "that"}
)
_LONG = 5


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping of a document, the keys that lead to it, and what else it is called."""

    way: tuple[str, ...]
    node: yaml.MappingNode
    called: tuple[str, ...] = ()
    """Kind and name of its document."""

    def value(self, key: str) -> yaml.Node | None:
        """Return what ``key`` holds; None without one."""
        return next((value for own, value in self.node.value if own.value == key), None)

    @property
    def shown(self) -> str:
        """The way to it in words."""
        return ".".join(self.way) or "the document"

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the text."""
        return self.node.start_mark.index, self.node.end_mark.index


def documents(text: str, path: str) -> list[Mapping]:
    """Return every mapping of every document of ``text``, outer ones first."""
    try:
        plain = _without_remarks(text) if is_json(path) else text
        roots = [each for each in yaml.compose_all(plain, Loader=yaml.SafeLoader) if each]
    except yaml.YAMLError as error:
        raise Unreadable(f"{path} does not parse") from error
    mappings = [each for root in roots for each in _mappings(root, (), _titles(root))]
    if not mappings:
        raise Unreadable(f"{path} holds no mapping")
    return mappings


def is_json(path: str) -> bool:
    """Tell whether a file holds JSON, with or without comments."""
    return path.endswith((".json", ".jsonc"))


_REMARK = re.compile(r"(?P<text>\"(?:[^\"\\\n]|\\.)*\")|//[^\n]*|/\*.*?\*/", re.S)


def _without_remarks(text: str) -> str:
    """Return JSON with blanks for its comments and its tabs, so that every offset stays."""

    def blank(match: re.Match[str]) -> str:
        return match[0] if match["text"] else re.sub(r"[^\n]", " ", match[0])

    return _REMARK.sub(blank, text).replace("\t", " ")


def _titles(root: yaml.Node) -> tuple[str, ...]:
    """Return a manifest's kind and name."""
    if not isinstance(root, yaml.MappingNode):
        return ()
    held = {str(key.value): value for key, value in root.value}
    meta = held.get("metadata")
    inner = meta.value if isinstance(meta, yaml.MappingNode) else []
    titles = [held.get("kind"), *(value for key, value in inner if key.value == "name")]
    return tuple(str(one.value) for one in titles if isinstance(one, yaml.ScalarNode))


def _mappings(node: yaml.Node, way: tuple[str, ...], called: tuple[str, ...]) -> Iterator[Mapping]:
    if isinstance(node, yaml.MappingNode):
        yield Mapping(way, node, called)
        for key, value in node.value:
            yield from _mappings(value, (*way, str(key.value)), called)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value, (*way, _item_name(value)), called)


def _item_name(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in {"name", "id", "uses"}:
                return str(value.value)
    return "-"


def home_of(file: SettingsFile, mappings: list[Mapping], ask: Ask, key: str) -> Mapping:
    """Return the one mapping that is meant: the place named, the finding's, or the evidence's."""
    if ask.place and _ROOT.fullmatch(ask.place):
        roots = [each for each in mappings if not each.way]
        return _single(file, roots, ask.place)
    if ask.place:
        return placed(file, mappings, ask.place)
    holders = [each for each in mappings if each.value(key) is not None]
    function = file.finding.function.strip()
    named = [each for each in mappings if function and ".".join(each.way) == function]
    spans = file.quoted()
    beside = None if named else evidence_home(file, mappings)
    step = evidence_home(file, mappings)
    if len(named) == 1 and step is not None and _is_step_of(file, step, named[0]):
        named = [step]
    own = named[0] if len(named) == 1 else beside
    if len(holders) == 1 and not _are_parted(own, holders[0]):
        return holders[0]
    if len(spans) == 1:
        begin, end = spans[0]
        begin += len(file.indent(begin))
        inside = [each for each in holders if _within(each, key, begin, end)]
        if len(inside) == 1:
            return inside[0]
        around = [each for each in holders if each.span[0] < end and begin < each.span[1]]
        inner = [each for each in around if each.span[0] == max(one.span[0] for one in around)]
        if len(inner) == 1 and not inside:
            return inner[0]
    if len(named) == 1 and not (len(holders) > 1 and named[0] not in holders):
        return named[0]
    if beside is not None and (not holders or _are_parted(beside, holders[0])):
        return beside
    raise Unreadable(
        f"{key} stands {len(holders)} times" if holders else f"where {key} belongs is not said"
    )


def _is_step_of(file: SettingsFile, step: Mapping, job: Mapping) -> bool:
    """Tell whether the text speaks of a step, and the one quoted is one of a job."""
    inside = job.span[0] <= step.span[0] and step.span[1] <= job.span[1]
    return (
        inside
        and step.way[-2:-1] == ("steps",)
        and job.way[-2:-1] == ("jobs",)
        and re.search(r"(?i)\bstep\b", file.finding.fix) is not None
    )


def _are_parted(one: Mapping | None, other: Mapping) -> bool:
    """Tell whether two mappings are two services, jobs or containers, or parts of two."""
    if one is None:
        return False
    for group in ("services", "jobs", "containers", "initContainers"):
        at = one.way.index(group) + 1 if group in one.way else 0
        if 0 < at < min(len(one.way), len(other.way)) and one.way[:at] == other.way[:at]:
            return one.way[at] != other.way[at]
    return False


def first_key_quoted(
    file: SettingsFile, mappings: Sequence[Mapping]
) -> tuple[Mapping, yaml.Node] | None:
    """Return the mapping of the first key quoted, and the key's value; None without one quote."""
    spans = file.quoted()
    if len(spans) != 1:
        return None
    begin, end = spans[0]
    held = [
        (key.start_mark.index, each, value)
        for each in mappings
        for key, value in each.node.value
        if begin <= key.start_mark.index < end
    ]
    if not held:
        return None
    _, home, value = min(held, key=lambda one: one[0])
    return home, value


def evidence_home(file: SettingsFile, mappings: list[Mapping]) -> Mapping | None:
    """Return the mapping that the evidence is about; None where that is not plain.

    That is what holds the first key quoted; or, where that key is a service's, a job's or a
    step's, what the key holds.
    """
    if (first := first_key_quoted(file, mappings)) is None:
        return None
    home, value = first
    if isinstance(value, yaml.ScalarNode):
        return home
    inner = [each for each in mappings if each.node is value and each.way[:-1] == home.way]
    if home.way in {("services",), ("jobs",)} and inner:
        return inner[0]
    return None


def placed(file: SettingsFile, mappings: list[Mapping], place: str) -> Mapping:
    """Return the mapping that ``place`` names, in the text's words."""
    if re.search(r"(?i)\b(?:each|every|all|both|other)\b", place):
        raise Unreadable(f"there is no one {place}: it may name several places")
    exact = place.strip("[]\"'")
    for name in (exact, re.sub(r"(?i)\s+\w+$", "", exact)):
        dotted = tuple(name.split("."))
        ways = [each for each in mappings if each.way[-len(dotted) :] == dotted]
        if len(ways) == 1:
            return ways[0]
    words = [
        word.removesuffix("'s").removesuffix("’s").strip("\"'[](),")
        for word in re.split(r"\s+|\.(?=\w)", exact)
    ]
    pod = any(word.lower() in {"pod", "pods"} for word in words)
    wanted = [word for word in words if word and word.lower() not in _PLAIN | {"pod", "pods"}]
    if not wanted and not pod:
        raise Unreadable(f"there is no {place}")
    fitting = [each for each in mappings if _fits(each, wanted, pod)]
    if not fitting:
        raise Unreadable(f"there is no {' '.join(wanted) or place}")
    if any(word.lower() in {"container", "containers"} for word in words):
        fitting = [each for each in fitting if _CONTAINERS & set(each.way)] or fitting
    elif not pod and len(quoted := [each for each in fitting if _is_quoted(file, each)]) == 1:
        return quoted[0]
    least = min(len(each.way) for each in fitting)
    return _single(file, [each for each in fitting if len(each.way) == least], place)


_CONTAINERS = {"containers", "initContainers"}


def _is_quoted(file: SettingsFile, mapping: Mapping) -> bool:
    """Tell whether the evidence quotes where a mapping begins."""
    return any(begin <= mapping.span[0] < end for begin, end in file.quoted())


def _fits(mapping: Mapping, wanted: list[str], pod: bool) -> bool:
    """Tell whether every word names a step of the way or the document, one the last step."""
    steps = [_key(one) for one in mapping.way]
    if pod and "template" not in steps[:-1]:
        return False
    if not steps or not all(_key(one) in steps or _titled(mapping, one) for one in wanted):
        return False
    if not wanted:
        return steps[-1] == "spec"
    return any(_key(one) == steps[-1] for one in wanted)


def _titled(mapping: Mapping, word: str) -> bool:
    return _key(word) in {_key(one) for one in mapping.called}


def _key(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _single(file: SettingsFile, ways: list[Mapping], what: str) -> Mapping:
    if len(ways) > 1 and len(spans := file.quoted()) == 1:
        begin, end = spans[0]
        ways = [
            each for each in ways
            if (each.span[0] < end and begin < each.span[1])
            or file.line_start(each.span[0] - 1) <= begin < each.span[1]
        ]  # fmt: skip
    if len(ways) != 1:
        raise Unreadable(f"{what} names {len(ways)} places" if ways else f"there is no {what}")
    return ways[0]


def _within(home: Mapping, key: str, begin: int, end: int) -> bool:
    value = home.value(key)
    return value is not None and begin <= value.start_mark.index < end


def place_for(file: SettingsFile, home: Mapping) -> int:
    """Return where a new key goes: at the end, or before the long blocks that end the mapping."""
    pairs = home.node.value
    ends = [last_line(value) - value.start_mark.line > _LONG for _, value in pairs]
    if ends[-1] and (short := _short_before(pairs, ends)) is not None:
        return _after(file, short)
    if ends[-1]:
        return file.line_start(pairs[-1][0].start_mark.index)
    return _after(file, pairs[-1][1])


def _short_before(pairs: list[tuple[yaml.Node, yaml.Node]], ends: list[bool]) -> yaml.Node | None:
    """Return the last value of one line that stands above the long blocks at the end."""
    first = len(ends) - ends[::-1].index(False) if False in ends else 0
    values = [value for _, value in pairs[:first]]
    if values and isinstance(values[-1], yaml.ScalarNode):
        return values[-1]
    return None


def _after(file: SettingsFile, node: yaml.Node) -> int:
    at = 0
    for _ in range(last_line(node) + 1):
        at = file.line_end(at)
    return at


def last_line(node: yaml.Node) -> int:
    """Return the 0-based line that a node really ends on, blank lines and comments left out."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return last_line(node.value[-1])
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return int(node.start_mark.line) + str(node.value).rstrip("\n").count("\n") + 1
    return int(node.end_mark.line)


def window_of(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> tuple[int, int] | None:
    """Return where the place named begins and ends; a list is in what it is a list of."""
    if not ask.place:
        return None
    try:
        return placed(file, mappings, ask.place).span
    except Unreadable:
        inner = re.split(r"\s+(?:of|in|on|for)\s+(?:the\s+)?", ask.place, maxsplit=1)
        if len(inner) < 2:
            raise
        return placed(file, mappings, inner[1]).span
