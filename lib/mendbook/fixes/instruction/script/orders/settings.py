"""A setting that is switched or given another value, in code and in files of JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from ast_grep_py import SgNode

from mendbook.code.json_text import JsonError, value_text, with_pair
from mendbook.code.modules import loose_json
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.operations.data_files import usual_home
from mendbook.fixes.instruction.operations.values.change_value import refuse_direction
from mendbook.fixes.instruction.scene import touches_quote
from mendbook.fixes.instruction.script.ask import Ask, whole_ask
from mendbook.fixes.instruction.script.orders.wording import OUGHT, order, pointed
from mendbook.fixes.instruction.syntax import inside, name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.fixes.read_as import read_proposal
from mendbook.fixes.run_sections import says_what_is_run
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation, Proposal

_KEY = r"(?P<k{0}>[@\w$][\w$./@-]*[\w$]|[\w$])"
_TEXT = r"'[^']*'|\"[^\"]*\"|[\^~<>=]*\d[\w.*-]*|true|false|on|off|error|warn|none"
_VALUE = rf"(?P<v{{0}}>{_TEXT})"
_IN = r"(?: (?:in|of|to|under|inside) (?P<s{0}>[\w.-]+?)(?: section| block| options?| object)?)?"
_CHANGE = (
    r"(?:set|change|raise|lower|increase|decrease|reduce|bump|switch|move|make|cut|flip|upgrade|"
    r"downgrade|pin|turn|put|update|correct)"
)
_FORMS = re.compile(
    rf"(?:turn|switch|flip) (?P<v1>on|off) {_KEY.format(1)}{_IN.format(1)}"
    rf"|(?:turn|switch|flip) {_KEY.format(2)} (?P<v2>on|off){_IN.format(2)}"
    rf"|(?P<v3>enable|activate|disable|deactivate) {_KEY.format(3)}{_IN.format(3)}"
    rf"|{_CHANGE} {_KEY.format(4)}(?: from (?P<o4>{_TEXT}|[\w.-]+))? to (?:exactly"
    rf" )?{_VALUE.format(4)}{_IN.format(4)}"
    rf"|{_KEY.format(5)} {OUGHT} be (?:an? )?(?:set to |pinned to |switched |turned"
    rf" )?(?P<v5>{_TEXT}|enabled|disabled){_IN.format(5)}"
    rf"|(?:add |set |[A-Za-z][\w ]*: )?[\"']?{_KEY.format(6)}[\"']?:"
    rf" {_VALUE.format(6)}{_IN.format(6)}"
    rf"|make {_KEY.format(7)} (?:an? )?{_VALUE.format(7)}"
    rf"|use {_VALUE.format(8)} (?:as|for) {_KEY.format(8)}"
    rf"|add rule [\"']?{_KEY.format(9)}[\"']?: {_VALUE.format(9)}",
    re.IGNORECASE,
)
_ON = {"on": "true", "enable": "true", "activate": "true", "enabled": "true"}
_OFF = {"off": "false", "disable": "false", "deactivate": "false", "disabled": "false"}
_SEVERITIES = {"off", "warn", "error", "none", "on"}


@dataclass(frozen=True, slots=True)
class _Setting:
    key: str
    value: str
    section: str
    old: str
    is_rule: bool


def _told(ask: Ask) -> _Setting | None:
    """Return what a text sets; None for other texts."""
    text = ask.unticked
    told = _FORMS.fullmatch(text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123456789" if groups[f"k{one}"])
    section = groups.get(f"s{at}") or ("rules" if at == "9" else "")
    return _Setting(
        groups[f"k{at}"], groups[f"v{at}"], section, groups.get(f"o{at}") or "", at == "9"
    )


def setting(work: Work, ask: Ask) -> Made | None:
    """*Turn build.sourcemap off*: the plain value of the one key that is named and pointed at."""
    scene = work.scene
    told = _told(ask)
    if told is None or told.is_rule:
        return None
    *above, last = told.key.split(".")
    if told.section:
        above = [*above, *told.section.split(".")]
    values = [
        value
        for one in of_kinds(scene.root, ("pair", "public_field_definition", "variable_declarator"))
        if name_of(one) == last and (value := value_of(one)) is not None
        and value.kind() in {"true", "false", "string", "number"} and _is_under(one, above)
    ]  # fmt: skip
    near = pointed(scene, values)
    if len(near) != 1 or not (touches_quote(scene, near[0]) or len(values) == 1 or any(
        inside(near[0], at) for at in scene.scopes)):  # fmt: skip
        return None
    new = _as_code(told.value, near[0])
    if not new:
        return None
    new = quoted_as_here(scene, new)
    if new == near[0].text():
        raise Abstain(f"{told.key} is {new} already")
    if told.old and told.old.strip("'\"") != near[0].text().strip("'\""):
        raise Abstain(f"{told.key} is {near[0].text()}, and not {told.old}")
    refuse_direction(_verb(ask.written), told.key, near[0].text(), new)
    said = f"set {told.key} to {new}"
    return Made(Operation.SET, said, edits_in(scene, [replaced(near[0], new)]), adds=(new,))


def _verb(text: str) -> str:
    """Return the first word of an order, in lower case."""
    match = re.match(r"\W*([A-Za-z]+)", text)
    return match[1].lower() if match is not None else ""


def _is_under(node: SgNode, above: list[str]) -> bool:
    """Tell whether the keys or the variables around a node bear the names of its path."""
    around = {
        name_of(one)
        for one in node.ancestors()
        if one.kind()
        in {"pair", "variable_declarator", "class_declaration", "interface_declaration"}
    }
    return all(one in around for one in above)


def _as_code(value: str, old: SgNode) -> str:
    """Return a value as code of the kind that stands there; empty for another kind."""
    kind, low = old.kind(), value.lower()
    if kind in {"true", "false"}:
        return _ON.get(low) or _OFF.get(low) or (low if low in {"true", "false"} else "")
    if kind == "number":
        return value if re.fullmatch(r"-?\d[\d_.]*", value) else ""
    if value[:1] in "'\"":
        return value
    return ""


def json_setting(task: Task, path: str) -> Proposal | None:
    """Return one setting of a file of JSON as the text has it; None where it speaks of more."""
    told = _told(order(whole_ask(task.finding.fix)))
    if told is not None and path.endswith(told.section):
        told = replace(told, section="")
    text = task.snapshot.get(path)
    if told is None or text is None:
        return None
    data = loose_json(text)
    places = _ways(data, told)
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
        refuse_direction(_verb(task.finding.fix), key, held, new)
        after = with_pair(text, way, key, new)
    except JsonError as reason:
        raise Abstain(str(reason)) from reason
    said = f"set {'.'.join((*way, key))} to {new}"
    contract = Contract(operation=Operation.SET, file=path, read_as=said, adds=(f'"{key}": {new}',))
    return read_proposal(task, "instruction", [said], {path: after}, (contract,))


def _ways(
    data: object, told: _Setting, above: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], str]]:
    """Return where a key stands, by its own name or by its path."""
    if not isinstance(data, dict):
        return []
    places = []
    for key, value in data.items():
        path = ".".join((*above, key))
        is_named = key == told.key or path == told.key or path.endswith(f".{told.key}")
        is_there = not told.section or told.section.rpartition(".")[2] in above
        if is_named and is_there and not isinstance(value, dict):
            places.append((above, key))
        places += _ways(value, told, (*above, key))
    return places


def _home(path: str, data: dict[str, object], told: _Setting) -> tuple[tuple[str, ...], str]:
    """Return the one object that a new key belongs into, as the text or the file's kind says."""
    *above, last = told.key.split(".") if "/" not in told.key else [told.key]
    wanted = told.section.rpartition(".")[2] or (above[-1] if above else "")
    if not wanted and (way := usual_home(path, data, [(last, told.value)])):
        return way, last
    if not wanted:
        raise Abstain(f"where {told.key} belongs is not said")
    homes = _objects(data, wanted)
    if len(homes) != 1:
        raise Abstain(f"{wanted} stands {len(homes)} times")
    return homes[0], last


def _objects(data: object, name: str, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(data, dict):
        return []
    own = [(*above, name)] if isinstance(data.get(name), dict) else []
    return own + [
        one for key, value in data.items() for one in _objects(value, name, (*above, key))
    ]


def _as_json(value: str, held: str) -> str:
    """Return a value as JSON of the kind that is held; empty where it is of another kind."""
    plain, low = value.strip("'\""), value.lower()
    if held in {"true", "false"} or not held:
        flag = _ON.get(low) or _OFF.get(low) or (low if low in {"true", "false"} else "")
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
        if low in {"true", "false", *_ON} and value[:1] not in "'\"":
            return ""
        if held and low in _OFF and held.strip('"') not in _SEVERITIES:
            return ""
        return json.dumps("off" if low in _OFF else plain)
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


SETTINGS = (setting,)
