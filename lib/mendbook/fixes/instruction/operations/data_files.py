"""Edit data that a finding is about: JSON settings, ``.env`` examples, a schema's defaults."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from mendbook.code.edits import Edit
from mendbook.code.json_text import (
    JsonError,
    object_at,
    object_ways,
    value_text,
    with_pair,
    without_pair,
)
from mendbook.code.modules import loose_json
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.run_sections import says_what_is_run
from mendbook.fixes.task import Task


def json_edit(task: Task, path: str, clause: Clause) -> tuple[str, str]:
    """Return the new text of a JSON file and what was read; raises ``Abstain`` where unclear."""
    text = task.snapshot.text(path)
    data = loose_json(text)
    if not data:
        raise Abstain(f"{path} holds no object that can be read")
    try:
        return _edited(text, data, clause, path)
    except JsonError as reason:
        raise Abstain(str(reason)) from reason


def _edited(text: str, data: dict[str, object], clause: Clause, path: str) -> tuple[str, str]:
    if clause.verb is Verb.MOVE:
        return _moved(text, data, clause, path)
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    if clause.verb in {Verb.ADD, Verb.SET, Verb.REPLACE} and pairs:
        return _added(text, data, clause, path)
    named = clause.all_behind("in", "under", "of", "within", "on")
    if clause.word == "enable" and len(clause.object.codes) == 1 and named and not clause.has("or"):
        name = clause.object.codes[0].bare.strip("'\"")
        if re.fullmatch(r"[a-zA-Z][\w-]*", name):
            pair = Fragment(f'"{name}": true', Shape.PAIR)
            rest = [one for one in clause.phrases if one is not clause.object]
            on = replace(clause, phrases=(replace(clause.object, codes=(pair,)), *rest))
            return _added(text, data, on, path)
    if clause.verb is Verb.REMOVE:
        return _removed(text, data, clause, path)
    raise Unplaced(f"what is to change in {path} is not clear")


def _section(data: dict[str, object], clause: Clause) -> tuple[str, ...]:
    """Return the way to the one object of ``data`` that the clause's places name."""
    phrases = clause.all_behind("to", "in", "into", "under", "of", "from", "on", "within")
    words = [word for one in phrases for word in _spoken(one)]
    ways = [way for way in object_ways(data) if way and way[-1] in words]
    if not ways and not [one for one in words if one not in {"file"}]:
        return ()
    if len(ways) != 1:
        raise Unplaced("which section of the file is meant is not clear")
    return ways[0]


def _spoken(phrase: Phrase) -> list[str]:
    codes = [one.text.strip("'\"") for one in phrase.codes if one.shape is not Shape.PATH]
    return [
        *codes,
        *(one for one in phrase.spelled if one.lower() not in {"the", "and", "section"}),
    ]


def _added(text: str, data: dict[str, object], clause: Clause, path: str) -> tuple[str, str]:
    way = _section(data, clause)
    way = way or _home(data, [one.key for one in clause.object.codes])
    way = way or usual_home(path, data, [(one.key, one.value) for one in clause.object.codes])
    _refuse(path, way)
    lines = text
    held = dict(object_at(data, way))
    for one in clause.object.codes:
        try:
            key, value = next(iter(json.loads("{" + _quoted(one.text) + "}").items()))
        except ValueError as error:
            raise Abstain(f"`{one.text}` is no JSON") from error
        if held.get(key) == value and key in held:
            raise Abstain(f"{key} is already {json.dumps(value)}")
        if not way:
            _refuse(path, (key,))
        lines = with_pair(lines, way, key, json.dumps(value, ensure_ascii=False))
        held[key] = value
    return (
        lines,
        f"add {', '.join(one.text for one in clause.object.codes)} to {'.'.join(way) or 'it'}",
    )


def _home(data: dict[str, object], keys: list[str]) -> tuple[str, ...]:
    """Return the one section that has the first of ``keys``, where the file itself lacks it."""
    inner = [way for way in object_ways(data) if keys and keys[0] in object_at(data, way)]
    if not inner or keys[0] in data:
        return ()
    if len(inner) != 1:
        raise Abstain(f"{keys[0]} stands in {len(inner)} sections")
    return inner[0]


_OF_TSCONFIG = {
    *("$schema", "compilerOptions", "include", "exclude", "files", "extends", "references"),
    *("compileOnSave", "typeAcquisition", "watchOptions", "buildOptions", "ts-node", "display"),
    *("vueCompilerOptions", "angularCompilerOptions", "mdx", "glint", "tsc-alias"),
}
"""Keys of a tsconfig.json itself; whatever else is set there is an option of the compiler."""
_RULE = re.compile(r"\[?\s*[\"'](?:error|warn|off)[\"']")


def usual_home(
    path: str, data: dict[str, object], pairs: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """Return the section of a file of known form that ``pairs`` belong in; none for another."""
    name = PurePosixPath(path).name
    if re.match(r"(?:ts|js)config\b", name) and isinstance(data.get("compilerOptions"), dict):
        inner = all(key not in _OF_TSCONFIG for key, _ in pairs)
        return ("compilerOptions",) if inner else ()
    rules = name.startswith(".eslintrc") and isinstance(data.get("rules"), dict)
    return ("rules",) if rules and all(_RULE.match(value) for _, value in pairs) else ()


def _quoted(pair: str) -> str:
    return re.sub(r"^([A-Za-z_][\w-]*)\s*:", r'"\1":', pair).replace("'", '"')


def _refuse(path: str, way: tuple[str, ...]) -> None:
    if way and says_what_is_run(path, way[0]):
        raise Abstain(f"{way[0]} says what is run; it is not edited from a fix text")


def _moved(text: str, data: dict[str, object], clause: Clause, path: str) -> tuple[str, str]:
    """Move keys of one section to another of the same level: between kinds of dependencies."""
    to = clause.behind("to", "into", "under")
    if to is None:
        raise Abstain("where to is not said")
    way = _section(data, clause)
    _refuse(path, way)
    names = [
        one
        for one in [
            *(code.text.strip("'\"") for code in clause.object.codes),
            *clause.object.spelled,
        ]
        if one not in {"and", "the", "package", "packages", "dependency", "dependencies", "both"}
    ]
    ordered = list(object_at(data, way)) == sorted(object_at(data, way))
    for name in names:
        homes = [one for one in object_ways(data) if name in object_at(data, one) and one != way]
        if len(homes) != 1:
            raise Abstain(f"{name} stands in {len(homes)} sections")
        value = value_text(text, homes[0], name)
        text = without_pair(text, homes[0], name)
        text = with_pair(text, way, name, value, by_name=ordered)
    return text, f"move {', '.join(names)} to {'.'.join(way)}"


def _removed(text: str, data: dict[str, object], clause: Clause, path: str) -> tuple[str, str]:
    names = [one.text.strip("'\"") for one in clause.object.codes if one.shape is not Shape.PATH]
    names = names or [one for one in clause.object.spelled if one in text]
    for name in names:
        homes = [one for one in [(), *object_ways(data)] if name in object_at(data, one)]
        if len(homes) != 1:
            raise Abstain(f"{name} stands in {len(homes)} sections")
        _refuse(path, (*homes[0], name))
        text = without_pair(text, homes[0], name)
    if not names:
        raise Abstain("what is removed is not said")
    return text, f"remove {', '.join(names)}"


def env_edit(task: Task, path: str, key: str, value: str) -> tuple[str, Edit]:
    """Return the edit of an ``.env`` example that gets one more key, with the file that it is of.

    Raises ``Abstain`` where the key is there.
    """
    refuse_path(task, path)
    text = task.snapshot.text(path)
    if re.search(rf"^\s*(?:export\s+)?{re.escape(key)}\s*=", text, re.MULTILINE):
        raise Abstain(f"{path} already has {key}")
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    return path, Edit(len(text), len(text), f"{gap}{key}={value}{end}")


def is_data(path: str) -> bool:
    """Tell whether ``path`` is a file of settings that is edited here."""
    name = PurePosixPath(path).name
    return name.endswith((".json", ".jsonc")) or name in {".eslintrc", ".prettierrc", ".babelrc"}
