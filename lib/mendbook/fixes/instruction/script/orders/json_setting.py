"""A setting in a file of JSON that is switched or given another value."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from mendbook.code.json_text import JsonError, object_at, object_ways, value_text, with_pair
from mendbook.code.modules import loose_json
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.data_files import usual_home
from mendbook.fixes.instruction.operations.values.change_value import refuse_direction
from mendbook.fixes.instruction.script.ask import whole_ask
from mendbook.fixes.instruction.script.orders.setting_order import (
    OFF,
    ON,
    SettingOrder,
    setting_order,
    verb_of,
)
from mendbook.fixes.instruction.script.orders.wording import OUGHT, order
from mendbook.fixes.read_as import read_proposal
from mendbook.fixes.run_sections import says_what_is_run
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation, Proposal

_SEVERITIES = {"off", "warn", "error", "none", "on"}


def json_setting(task: Task, path: str) -> Proposal | None:
    """Return one setting of a file of JSON as the text has it; None where it speaks of more."""
    told = setting_order(order(whole_ask(task.finding.fix)))
    if told is not None and path.endswith(told.section):
        told = replace(told, section="")
    text = task.snapshot.get(path)
    if told is None or text is None:
        return None
    data = loose_json(text)
    places = _places(data, told)
    if len(places) > 1:
        raise Abstain(f"{told.key} stands at {len(places)} places of {path}")
    try:
        if places:
            way, key = places[0]
            held = value_text(text, way, key)
            new = _as_json(told.value, held)
        else:
            way, key = _home(path, data, told)
            held, new = "", _as_json(told.value, "")
        if (
            not new
            or (way and says_what_is_run(path, way[0]))
            or (not way and says_what_is_run(path, key))
        ):
            return None
        if new == held:
            raise Abstain(f"{key} is {new} already")
        if told.old and told.old.strip("'\"") not in held:
            raise Abstain(f"{key} is {held}, and not {told.old}")
        refuse_direction(verb_of(task.finding.fix), key, held, new)
        after = with_pair(text, way, key, new)
    except JsonError as reason:
        raise Abstain(str(reason)) from reason
    said = f"set {'.'.join((*way, key))} to {new}"
    contract = Contract(operation=Operation.SET, file=path, read_as=said, adds=(f'"{key}": {new}',))
    return read_proposal(task, "instruction", [said], {path: after}, (contract,))


def _places(data: dict[str, object], told: SettingOrder) -> list[tuple[tuple[str, ...], str]]:
    """Return where a key stands, by its own name or by its path."""
    section = told.section.rpartition(".")[2]
    return [
        (way, key)
        for way in ((), *object_ways(data))
        if not told.section or section in way
        for key, value in object_at(data, way).items()
        if f".{'.'.join((*way, key))}".endswith(f".{told.key}") and not isinstance(value, dict)
    ]


def _home(path: str, data: dict[str, object], told: SettingOrder) -> tuple[tuple[str, ...], str]:
    """Return the one object that a new key belongs into, as the text or the file's kind says."""
    *above, last = told.key.split(".") if "/" not in told.key else [told.key]
    wanted = told.section.rpartition(".")[2] or (above[-1] if above else "")
    if not wanted and (way := usual_home(path, data, [(last, told.value)])):
        return way, last
    if not wanted:
        raise Abstain(f"where {told.key} belongs is not said")
    homes = [way for way in object_ways(data) if way[-1] == wanted]
    if len(homes) != 1:
        raise Abstain(f"{wanted} stands {len(homes)} times")
    return homes[0], last


def _as_json(value: str, held: str) -> str:
    """Return a value as JSON of the kind that is held; empty where it is of another kind."""
    plain, low = value.strip("'\""), value.lower()
    if held in {"true", "false"} or not held:
        flag = ON.get(low) or OFF.get(low) or (low if low in {"true", "false"} else "")
        if flag or held:
            return flag
    if held[:1] == "[":
        first = re.match(r'\[\s*"(?P<word>off|warn|error)"', held)
        if first is None or plain.lower() not in {"off", "warn", "error"}:
            return ""
        return held[: first.start("word")] + plain.lower() + held[first.end("word") :]
    if re.fullmatch(r"-?[\d.]+", held):
        if plain.lower() in {"off", "warn", "error"} and held in {"0", "1", "2"}:
            return json.dumps(plain.lower())
        return plain if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else ""
    if held[:1] == '"' or not held:
        if not held and re.fullmatch(r"-?\d+", plain) and value[:1] not in "'\"":
            return plain
        if low in {"true", "false", *ON} and value[:1] not in "'\"":
            return ""
        if held and low in OFF and held.strip('"') not in _SEVERITIES:
            return ""
        return json.dumps("off" if low in OFF else plain)
    return ""


_DEV = re.compile(
    rf"(?P<name>[@\w][\w./@-]*) (?:belongs (?:in|into|to|under)|{OUGHT} (?:be|move to|go to|go"
    rf" into|be in|be moved to|live in|be listed in)) "
    r"(?:an? |the )?(?P<to>dev|peer|optional)?[ -]?dependenc(?:y|ies)"
    r"|make (?P<name2>[@\w][\w./@-]*) (?:an? )?(?P<to2>dev|peer|optional)?[ -]?dependenc(?:y|ies)",
    re.IGNORECASE,
)


def moved_dependency(text: str) -> str:
    """Return *x belongs in devDependencies* as an order to move it; empty for other texts."""
    told = _DEV.fullmatch(order(whole_ask(text)).unticked)
    if told is None:
        return ""
    kind = (told["to"] or told["to2"] or "").lower()
    section = f"{kind}Dependencies" if kind else "dependencies"
    return f"Move `{told['name'] or told['name2']}` to `{section}`"
