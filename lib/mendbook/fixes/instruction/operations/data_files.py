"""Edit data that a finding is about: JSON settings, ``.env`` examples, a schema's defaults."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from mendbook.code.edits import Edit, apply
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause, Phrase
from mendbook.fixes.instruction.fragments import Shape
from mendbook.fixes.instruction.refusals import refuse_path
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.task import Task

_NEVER = {"scripts", "bin", "husky", "lint-staged", "hooks", "config", "overrides", "resolutions"}
_INDENT = re.compile(r"^([ \t]+)\S", re.MULTILINE)


def json_edit(task: Task, path: str, clause: Clause) -> tuple[str, str]:
    """Return the new text of a JSON file and what was read; raises ``Abstain`` where unclear."""
    text = task.snapshot.text(path)
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Abstain(f"{path} is no plain JSON") from error
    if clause.verb is Verb.MOVE:
        return _moved(text, data, clause)
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    if clause.verb in {Verb.ADD, Verb.SET, Verb.REPLACE} and pairs:
        return _added(text, data, clause)
    if clause.verb is Verb.REMOVE:
        return _removed(text, data, clause)
    raise Abstain(f"what is to change in {path} is not clear")


def _section(data: object, clause: Clause, skip: int = 0) -> tuple[str, ...]:
    """Return the way to the one object of ``data`` that the clause's places name."""
    if not isinstance(data, dict):
        raise Abstain("the file holds no object")
    phrases = clause.all_behind("to", "in", "into", "under", "of", "from", "on", "within")
    words = [word for one in phrases for word in _spoken(one)]
    ways = [way for way in _ways(data) if way and way[-1] in words]
    if not ways and not [one for one in words if one not in {"file"}]:
        return ()
    if len(ways) != 1:
        raise Abstain("which section of the file is meant is not clear")
    return ways[0]


def _spoken(phrase: Phrase) -> list[str]:
    codes = [one.text.strip("'\"") for one in phrase.codes if one.shape is not Shape.PATH]
    return [
        *codes,
        *(one for one in phrase.spelled if one.lower() not in {"the", "and", "section"}),
    ]


def _ways(data: dict[str, object], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += [(*above, key), *_ways(value, (*above, key))]
    return found


def _held(data: object, way: tuple[str, ...]) -> dict[str, object]:
    for key in way:
        data = data[key] if isinstance(data, dict) else {}
    if not isinstance(data, dict):
        raise Abstain("the section is no object")
    return data


def _written(text: str, data: object) -> str:
    """Return ``data`` as JSON in the layout of ``text``, as far as it is laid out by rule."""
    found = _INDENT.search(text)
    unit: str | int | None = found[1] if found else None
    made = json.dumps(data, indent=unit, ensure_ascii=False)
    again = json.dumps(json.loads(text), indent=unit, ensure_ascii=False)
    if again.strip() != text.strip().replace("\r\n", "\n"):
        raise Abstain("the file is laid out by hand; its lines would all change")
    end = "\r\n" if "\r\n" in text else "\n"
    tail = end if text.endswith("\n") else ""
    return made.replace("\n", end) + tail


def _added(text: str, data: object, clause: Clause) -> tuple[str, str]:
    way = _section(data, clause)
    _refuse(way)
    lines = text
    for one in clause.object.codes:
        try:
            key, value = next(iter(json.loads("{" + _quoted(one.text) + "}").items()))
        except ValueError as error:
            raise Abstain(f"`{one.text}` is no JSON") from error
        held = _held(data, way)
        if held.get(key) == value and key in held:
            raise Abstain(f"{key} is already {json.dumps(value)}")
        if not way:
            _refuse((key,))
        lines = _insert(lines, way, held, key, json.dumps(value, ensure_ascii=False))
        held[key] = value
        if json.loads(lines) != data:
            raise Abstain("the edit would change more than the section")
    return (
        lines,
        f"add {', '.join(one.text for one in clause.object.codes)} to {'.'.join(way) or 'it'}",
    )


def _quoted(pair: str) -> str:
    return re.sub(r"^([A-Za-z_][\w-]*)\s*:", r'"\1":', pair).replace("'", '"')


def _refuse(way: tuple[str, ...]) -> None:
    if way and way[0] in _NEVER:
        raise Abstain(f"{way[0]} says what is run; it is not edited from a fix text")


def _insert(text: str, way: tuple[str, ...], held: dict[str, object], key: str, value: str) -> str:
    """Insert or change one key of a section, touching no other line."""
    begin, stop = _span(text, way)
    section = text[begin:stop]
    if key in held:
        found = re.compile(rf'("{re.escape(key)}"\s*:\s*)').search(section)
        if found is None:
            raise Abstain(f"{key} is not found in the text")
        _, length = json.JSONDecoder().raw_decode(section[found.end() :])
        at = begin + found.end()
        return apply(text, [Edit(at, at + length, value)])
    if not held:
        raise Abstain("the section is empty")
    last = section.rstrip()[:-1].rstrip()
    line = section[: len(last)].rpartition("\n")[2]
    lead = re.match(r"[ \t]*", line)[0]  # type: ignore[index]
    own = "\n" in section
    new = f',\n{lead}"{key}": {value}' if own else f', "{key}": {value}'
    return apply(text, [Edit(begin + len(last), begin + len(last), new)])


def _span(text: str, way: tuple[str, ...]) -> tuple[int, int]:
    """Return where the object at ``way`` stands in ``text``."""
    begin = text.index("{")
    stop = begin + json.JSONDecoder().raw_decode(text[begin:])[1]
    for key in way:
        for found in re.finditer(rf'"{re.escape(key)}"\s*:\s*(?=\{{)', text[begin:stop]):
            at = begin + found.end()
            before = text[begin:at]
            if before.count("{") - before.count("}") == 1:
                begin, stop = at, at + json.JSONDecoder().raw_decode(text[at:])[1]
                break
        else:
            raise Abstain(f"{key} is not found in the text")
    return begin, stop


def _moved(text: str, data: object, clause: Clause) -> tuple[str, str]:
    """Move keys of one section to another of the same level: between kinds of dependencies."""
    to = clause.behind("to", "into", "under")
    if to is None or not isinstance(data, dict):
        raise Abstain("where to is not said")
    way = _section(data, clause)
    _refuse(way)
    names = [
        one
        for one in [
            *(code.text.strip("'\"") for code in clause.object.codes),
            *clause.object.spelled,
        ]
        if one not in {"and", "the", "package", "packages", "dependency", "dependencies", "both"}
    ]
    target = _held(data, way)
    for name in names:
        homes = [one for one in _ways(data) if name in _held(data, one) and one != way]
        if len(homes) != 1:
            raise Abstain(f"{name} stands in {len(homes)} sections")
        target[name] = _held(data, homes[0]).pop(name)
    ordered = sorted(target) if _was_sorted(text, way) else list(target)
    values = {key: target[key] for key in ordered}
    target.clear()
    target.update(values)
    return _written(text, data), f"move {', '.join(names)} to {'.'.join(way)}"


def _was_sorted(text: str, way: tuple[str, ...]) -> bool:
    before = list(_held(json.loads(text), way))
    return before == sorted(before)


def _removed(text: str, data: object, clause: Clause) -> tuple[str, str]:
    if not isinstance(data, dict):
        raise Abstain("the file holds no object")
    names = [one.text.strip("'\"") for one in clause.object.codes if one.shape is not Shape.PATH]
    names = names or [one for one in clause.object.spelled if one in text]
    for name in names:
        homes = [one for one in [(), *_ways(data)] if name in _held(data, one)]
        if len(homes) != 1:
            raise Abstain(f"{name} stands in {len(homes)} sections")
        _refuse((*homes[0], name))
        del _held(data, homes[0])[name]
    if not names:
        raise Abstain("what is removed is not said")
    return _written(text, data), f"remove {', '.join(names)}"


def env_edit(task: Task, path: str, key: str, value: str) -> str:
    """Return an ``.env`` example with one more key; raises ``Abstain`` where it is there."""
    refuse_path(task, path)
    text = task.snapshot.text(path)
    if re.search(rf"^\s*(?:export\s+)?{re.escape(key)}\s*=", text, re.MULTILINE):
        raise Abstain(f"{path} already has {key}")
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    return f"{text}{gap}{key}={value}{end}"


def is_data(path: str) -> bool:
    """Tell whether ``path`` is a file of settings that is edited here."""
    name = PurePosixPath(path).name
    return name.endswith(".json") or name in {".eslintrc", ".prettierrc", ".babelrc"}
