"""Set, add, remove and pin in YAML (and JSON), by the places of the parsed nodes.

Only the characters of the value or the line change. A writer that keeps comments (``ruamel.yaml``)
lays out quotes, indents and long lines of the whole file anew, and its diff would show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.inline_lists import put_inline, taken_inline
from mendbook.fixes.settings.known_keys import at_home, is_known_anywhere, misplaced
from mendbook.fixes.settings.literal import edit_literal
from mendbook.fixes.settings.pair_edits import pair_gone, value_set
from mendbook.fixes.settings.several_places import places_of
from mendbook.fixes.settings.spelled_out import pair_of
from mendbook.fixes.settings.workflow_keys import block_of
from mendbook.fixes.settings.yaml_adding import added, nested, within_blocks
from mendbook.fixes.settings.yaml_items import (
    is_item,
    put_in_list,
    put_item_beside,
    removed_item,
)
from mendbook.fixes.settings.yaml_pins import pinned
from mendbook.fixes.settings.yaml_place import (
    Mapping,
    documents,
    home_of,
    last_line,
    placed,
    window_of,
)
from mendbook.fixes.settings.yaml_written import as_told
from mendbook.model import Operation

_SPRING = re.compile(r"(?:^|/)application[\w-]*\.ya?ml$")
"""Settings whose blocks nobody can tell from a key alone."""
_LISTED = re.compile(
    r"^environment(?:\s+variables)?(?:\s+(?:of|in|for)\s+(?:the\s+)?|$)", re.IGNORECASE
)


def edit_yaml(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a YAML or JSON file; each document must parse before and after."""
    mappings = documents(file.text, file.path)
    edits = _edits(file, mappings, ask)
    after = file.text
    for each in sorted(edits, key=lambda one: one.start, reverse=True):
        after = each.applied(after)
    refuse_unsound(file.path, mappings, documents(after, file.path))
    return edits


def refuse_unsound(path: str, before: list[Mapping], after: list[Mapping]) -> None:
    """Raise ``Unreadable`` where a key has lost its value, or stands in a block without it."""
    if _emptied(before, after):
        raise Unreadable("the edit would leave a key without a value")
    if wrong := misplaced(path, before, after):
        raise Unreadable(wrong)


def _emptied(before: list[Mapping], after: list[Mapping]) -> bool:
    """Tell whether a key has lost its value, or one of the documents all of its keys."""
    return _empty(after) > _empty(before)


def _empty(mappings: list[Mapping]) -> int:
    values = [value for each in mappings for _, value in each.node.value]
    return sum(
        isinstance(one, yaml.ScalarNode) and one.value == "" and not one.style for one in values
    )


def _edits(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> tuple[SettingEdit, ...]:
    if several := places_of(mappings, ask.place):
        return _edits_of_all(file, mappings, [replace(ask, place=place) for place in several])
    if ask.verb is Verb.WRITE:
        ask = as_told(file, mappings, ask)
    if ask.verb is Verb.PIN:
        return (pinned(file, mappings, ask),)
    if ask.verb in {Verb.SET, Verb.ADD} and ask.pairs:
        return tuple(
            edit for key, value in ask.pairs for edit in _put(file, mappings, ask, key, value)
        )
    named = ask.verb is Verb.ADD and ask.line and not ask.relation and ask.place
    if named and (put := put_inline(file, ask)) is not None:
        return put
    if ask.verb is Verb.REMOVE and (taken := taken_inline(file, ask)) is not None:
        return taken
    if ask.verb is Verb.REMOVE and pair_of(ask.name) is not None:
        return (_removed_pair(file, mappings, ask),)
    if ask.verb is Verb.REMOVE and re.search(r"\S\s+\w+$", ask.name):
        return (removed_item(file, mappings, ask),)
    if ask.verb is Verb.REMOVE:
        try:
            return (_removed(file, mappings, ask),)
        except Unreadable:
            return edit_literal(file, ask, window_of(file, mappings, ask))
    if ask.verb is Verb.QUOTE:
        return (_quoted(file, mappings, ask),)
    if ask.verb is Verb.ADD and ask.relation and is_item(ask.line):
        return (put_item_beside(file, mappings, ask),)
    if ask.verb is Verb.ADD and ask.line and ask.relation:
        return (_beside(file, mappings, ask),)
    if ask.verb is Verb.ADD and ask.line and ask.place not in {"", "list"}:
        return (_listed(file, mappings, ask),)
    if ask.verb is Verb.ADD and ask.line:
        return put_in_list(file, mappings, ask)
    if ask.verb in {Verb.REPLACE, Verb.REWRITE, Verb.FLAG}:
        return edit_literal(file, ask, window_of(file, mappings, ask))
    raise Unreadable("what is to change is not a key and its value")


def _edits_of_all(
    file: SettingsFile, mappings: list[Mapping], asks: list[Ask]
) -> tuple[SettingEdit, ...]:
    """Return the edits of each place; one that is as asked already needs none."""
    edits: list[SettingEdit] = []
    met: list[Unreadable] = []
    for ask in asks:
        try:
            edits += _edits(file, mappings, ask)
        except Unreadable as reason:
            if "already" not in str(reason):
                raise
            met.append(reason)
    if not edits:
        raise met[0]
    return tuple(edits)


def _quoted(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the quoted line's one value in quotes, of the kind that the file has most."""
    words = ask.line.strip("\"'` ").lower()
    spans = file.quoted()
    bare = [
        value
        for each in mappings
        for key, value in each.node.value
        if len(spans) == 1
        and isinstance(value, yaml.ScalarNode)
        and not value.style
        and value.value
        and spans[0][0] <= value.start_mark.index < spans[0][1]
        and (words in str(key.value).lower() or words == str(value.value).lower())
    ]
    if not words or len(bare) != 1:
        raise Unreadable(f"`{ask.line}` names {len(bare)} values without quotes")
    begin, end = bare[0].start_mark.index, bare[0].end_mark.index
    mark = "'" if file.text.count("'") > file.text.count('"') else '"'
    new = f"{mark}{file.text[begin:end]}{mark}"
    said = f"put `{bare[0].value}` in quotes"
    return SettingEdit(begin, end, new, said, Operation.SET, (new,), ())


def _beside(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the key put above or below the one line that the text names."""
    pair = re.fullmatch(r"([\w./-]+):\s+(\S.*)", ask.line)
    spans = [
        each.span()
        for each in re.finditer(rf"^[ \t]*{re.escape(ask.anchor)}[ \t]*\r?$", file.text, re.M)
    ]
    if pair is None or len(spans) != 1:
        raise Unreadable(f"`{ask.anchor}` stands {len(spans)} times" if pair else
                         "what is to change is not a key and its value")  # fmt: skip
    at = spans[0][0] if ask.relation == "before" else file.line_end(spans[0][0])
    edit = file.inserted(at, f"{file.indent(spans[0][0])}{ask.line}", f"add `{ask.line}`")
    homes = [each for each in mappings if each.value(pair[1]) is not None]
    if len([e for e in documents(edit.applied(file.text), file.path) if e.value(pair[1])]) != (
        len(homes) + 1
    ):
        raise Unreadable(f"{pair[1]} stands there already")
    return edit


def _listed(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the item put at the end of the list that the place names."""
    words = re.split(r"\s+(?:of|in|on|for)\s+(?:the\s+)?", ask.place, maxsplit=1)
    key = re.sub(r"(?i)\s+(?:list|array|section|key|block)$", "", words[0].strip("\"'"))
    inside = placed(file, mappings, words[1]) if len(words) > 1 else None
    homes = [
        value
        for each in mappings
        if inside is None or each.node is inside.node
        for own, value in each.node.value
        if own.value == key and isinstance(value, yaml.SequenceNode) and not value.flow_style
    ]
    if len(homes) != 1 or not homes[0].value:
        raise Unreadable(f"{ask.place} names {len(homes)} lists" if homes else "what is to change "
                         "is not a key and its value")  # fmt: skip
    items = homes[0].value
    if any(str(one.value) == ask.line.strip("\"'") for one in items):
        raise Unreadable("it stands there already")
    column = items[-1].start_mark.column
    line = file.text[file.line_start(items[-1].start_mark.index) :]
    dash = line.find("-")
    at = 0
    for _ in range(last_line(items[-1]) + 1):
        at = file.line_end(at)
    text = f"{' ' * dash}-{' ' * max(1, column - dash - 1)}{ask.line.removeprefix('- ')}"
    return file.inserted(at, text, f"add `{ask.line}` to `{key}`")


def _put(
    file: SettingsFile, mappings: list[Mapping], ask: Ask, key: str, value: str
) -> Iterator[SettingEdit]:
    own, _, last = key.rpartition(".")
    ways = [each for each in mappings if own and ".".join(each.way) == own]
    ways = ways or [each for each in mappings if own and ".".join(each.way).endswith(f".{own}")]
    if own and len(ways) == 1:
        home, key = ways[0], last
    elif (spoken := _spoken(file, mappings, key)) is not None:
        home, key = spoken
    elif item := _named_value(file, mappings, key):
        home, key = item, "value"
    elif (row := _row(file, mappings, ask, key)) is not None:
        yield _assigned(file, row, key, value)
        return
    elif own and (edit := nested(file, mappings, ask, key, value)) is not None:
        yield edit
        return
    elif own:
        raise Unreadable(f"there is no {own}")
    else:
        if not re.fullmatch(r"[\w./-]+", key):
            raise Unreadable(f"there is no {key}")
        home = home_of(file, mappings, ask, key)
    held = home.value(key)
    if held is None:
        shown = re.search(r"[:=]", ask.text) or (_is_name(key) and home.way[-1:] == (ask.place,))
        shown = shown or is_known_anywhere(file.path, mappings, key)
        if _SPRING.search(file.path) and not ask.place and not own:
            raise Unreadable(f"where {key} belongs is not said")
        if ask.verb is Verb.SET and not shown:
            raise Unreadable(f"there is no {key}")
        if (block := block_of(file.path, key)) and home.way[-1:] != (block,):
            raise Unreadable(f"{key} belongs below {block}")
        home, blocks = at_home(file.path, mappings, home, key)
        if (held := home.value(key)) is not None:
            yield value_set(file, home, held, key, value, ask.old)
            return
        said = f"add `{key}: {value}` to `{home.shown}`"
        yield added(file, home, *within_blocks(blocks, key, value), said)
        return
    yield value_set(file, home, held, key, value, ask.old)


def _is_name(key: str) -> bool:
    """Tell whether ``key`` can be no word of prose: ``retry_after``, ``fail-fast``, ``maxAge``."""
    return re.search(r"[a-z\d][_-][a-z\d]|[a-z][A-Z]", key) is not None


def _spoken(file: SettingsFile, mappings: list[Mapping], key: str) -> tuple[Mapping, str] | None:
    """Return the value that words like ``memory limit`` name: a key and the mapping around it."""
    bare = re.sub(r"['’]s\b", "", key)
    words = [re.sub(r"s$", "", one.lower()) for one in re.split(r"[\s.]+", bare) if one]
    words = [one for one in words if one not in {"of", "the", "in", "for", "on", "container"}]
    if len(words) < 2 or not re.fullmatch(r"[\w\s.'-]+", key):
        return None
    hits = []
    for each in mappings:
        for own, value in each.node.value:
            steps = [re.sub(r"s$", "", re.sub(r"[^a-z0-9]", "", step.lower())) for step in each.way]
            last = re.sub(r"s$", "", re.sub(r"[^a-z0-9]", "", str(own.value).lower()))
            rest = [one for one in words if one != last]
            if (
                len(rest) < len(words)
                and isinstance(value, yaml.ScalarNode)
                and all(one in steps or one in {"the", "container", "service"} for one in rest)
            ):
                hits.append((each, str(own.value), value))
    spans = file.quoted()
    if len(hits) > 1 and len(spans) == 1:
        hits = [one for one in hits if spans[0][0] <= one[2].start_mark.index < spans[0][1]]
    return (hits[0][0], hits[0][1]) if len(hits) == 1 else None


def _named_value(file: SettingsFile, mappings: list[Mapping], key: str) -> Mapping | None:
    """Return the item ``- name: KEY`` whose ``value`` the text means."""
    items = [
        each
        for each in mappings
        if each.way[-1:] == (key,)
        and len(each.way) > 1
        and (name := each.value("name")) is not None
        and name.value == key
        and each.value("value") is not None
    ]
    spans = file.quoted()
    if len(items) > 1 and len(spans) == 1:
        items = [one for one in items if spans[0][0] <= one.span[0] < spans[0][1]]
    return items[0] if len(items) == 1 else None


def _row(file: SettingsFile, mappings: list[Mapping], ask: Ask, key: str) -> yaml.ScalarNode | None:
    """Return the item ``KEY=value`` of a list of assignments."""
    rows = [
        item
        for each in mappings
        for _, value in each.node.value
        if isinstance(value, yaml.SequenceNode)
        for item in value.value
        if isinstance(item, yaml.ScalarNode) and str(item.value).startswith(f"{key}=")
    ]
    place = _LISTED.sub("", ask.place)
    if place and len(rows) > 1:
        begin, end = placed(file, mappings, place).span
        rows = [one for one in rows if begin <= one.start_mark.index < end]
    return rows[0] if len(rows) == 1 else None


def _assigned(file: SettingsFile, row: yaml.ScalarNode, key: str, value: str) -> SettingEdit:
    begin, end = row.start_mark.index, row.end_mark.index
    before = file.text[begin:end]
    mark = before[0] if before[:1] in "\"'" else ""
    wanted = f"{mark}{key}={value}{mark}"
    if before == wanted:
        raise Unreadable(f"{key} is already {value}")
    said = f"set `{key}` to `{value}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def _removed_pair(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the key gone that has the value which the text spells out with it."""
    key, value = pair_of(ask.name) or ("", "")
    named = replace(ask, name=key)
    held = home_of(file, mappings, named, key).value(key)
    if not isinstance(held, yaml.ScalarNode) or str(held.value) != value.strip("\"'"):
        raise Unreadable(f"{key} is not {value} there")
    return _removed(file, mappings, named)


def _removed(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    name = ask.name.rpartition(".")[2].rstrip(":")
    home = home_of(file, mappings, ask, name)
    pair = next((each for each in home.node.value if each[0].value == name), None)
    if pair is None:
        raise Unreadable(f"there is no {ask.name}")
    key, value = pair
    return pair_gone(file, home, key, value, ask.name)
