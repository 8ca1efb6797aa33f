"""A quoted command as the fix text shows it: with quotes, options or a guard that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.commands import Command, commands_in
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.fixes.settings.told.commands import OPENING, RUN_IN
from mendbook.model import Operation

_GUARD = re.compile(r"\s*\|\|\s*(?:exit|return)(?:\s+\d+)?$")
_STOP = re.compile(
    r"$|(?=[,;.]\s)|(?=\s+(?:so|instead|rather|here|and|in|for|as|which|not)\b)|(?=\))"
)
_EMPTY = re.compile(r"\$\{(\w+)(?::?\?[^}]*)?\}")


def command_shown(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted command written as shown; None where none is shown, or another."""
    if not RUN_IN.search(file.path) or saying.goes:
        return None
    text = saying.text.replace("`", "")
    made: dict[tuple[int, int], str] = {}
    for command in commands_in(file, span):
        for shown in _shown(text, command):
            if shown == command.text:
                continue
            made.setdefault((command.start, command.end), shown)
            break
    if len(made) == 1:
        (((begin, end), new),) = made.items()
        _refuse_new(file.text[begin:end], new)
        gone = file.text[begin:end]
        return (SettingEdit(begin, end, new, f"run `{new}`", Operation.REPLACE, (new,), (gone,)),)
    return _other_part(file, span, text) if not made else None


def _shown(text: str, command: Command) -> Iterator[str]:
    """Yield what the text shows from the program's name on, longest first."""
    for one in re.finditer(rf"(?<![\w./-]){re.escape(command.program)}(?=\s)", text):
        stops = sorted({stop.start() for stop in _STOP.finditer(text, one.end())}, reverse=True)
        for stop in stops:
            shown = text[one.start() : stop].strip()
            if is_same(command.text, shown):
                yield shown
                break


def is_same(held: str, shown: str) -> bool:
    """Tell whether a command has the operands of another in their order, and all its options."""
    bare, operands, options = _GUARD.sub("", shown), *_parts(held)
    wanted, given = _parts(bare)
    if not operands or wanted != operands:
        return False
    return all(any(one == each or _widens(each, one) for each in given) for one in options)


def _widens(cluster: str, held: str) -> bool:
    return all(re.fullmatch(r"-[A-Za-z]+", one) for one in (cluster, held)) and set(held) < set(
        cluster
    )


def _parts(command: str) -> tuple[list[str], list[str]]:
    """Return the operands and the options of a command, without quotes and guards."""
    words = [_EMPTY.sub(r"$\1", re.sub(r"[\"']", "", one)) for one in command.split()]
    return [one for one in words if not one.startswith("-")], [
        one for one in words if one[:1] == "-"
    ]


def _refuse_new(held: str, shown: str) -> None:
    bare = _GUARD.sub("", shown)
    if OPENING.search(shown) and not OPENING.search(held):
        raise Unreadable("the options would open what is closed, or run something else")
    if re.search(r"[|;&<>`]|\$\(", bare) and not re.search(r"[|;&<>`]|\$\(", held):
        raise Unreadable("it would run something new; that is not done by a fix text")


def _other_part(
    file: SettingsFile, span: tuple[int, int], text: str
) -> tuple[SettingEdit, ...] | None:
    """*npm ci, not npm install*: another thing that the same program does, with nothing given."""
    for command in commands_in(file, span):
        if not command.part:
            continue
        own, name = re.escape(command.part), re.escape(command.program)
        old = rf"(?:{name}\s+)?{own}"
        told = re.search(
            rf"(?<![\w./-]){name}\s+(?P<part>[a-z][a-z-]*),?\s+(?:not|instead\s+of|rather\s+than|in\s+place"
            rf"\s+of)\s+{old}(?![\w-])",
            text,
        )
        if told is None or told["part"] == command.part or command.text.split()[2:]:
            continue
        new = f"{command.program} {told['part']}"
        gone = file.text[command.start : command.head]
        return (SettingEdit(command.start, command.head, new, f"run `{new}`", Operation.REPLACE,
                            (new,), (gone,)),)  # fmt: skip
    return None
