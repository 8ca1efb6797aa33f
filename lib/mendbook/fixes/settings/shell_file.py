"""Shell scripts: an option set after a line, or words put in quotes."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.literal import edit_literal, written_over
from mendbook.model import Operation

_SHELL_LINE = re.compile(r"(?:set|shopt|umask|trap|export|readonly|local|IFS)\b")
_QUOTED = re.compile(r"\"([^\"]+)\"")


def edit_shell(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a shell script: an option set after a line, or words put in quotes."""
    if ask.verb is Verb.QUOTE:
        return tuple(_quotes(file, ask))
    if ask.verb is Verb.WRITE and (given := re.match(r"\w+=", ask.line)) is not None:
        return (written_over(file, ask, given[0]),)
    if ask.verb is Verb.WRITE:
        ask = _at_the_start(ask)
    if ask.verb in {Verb.REPLACE, Verb.REWRITE, Verb.FLAG}:
        return edit_literal(file, ask)
    if ask.verb is not Verb.ADD or not ask.relation or not _SHELL_LINE.match(ask.line):
        raise Unreadable("what is to change is not an option of the script")
    if re.search(rf"^[ \t]*{re.escape(ask.line)}[ \t]*\r?$", file.text, re.M):
        raise Unreadable("it stands there already")
    if (wider := _wider_options(file, ask)) is not None:
        return (wider,)
    if re.fullmatch(r"(?i)(?:leading\s+|header\s+|first\s+)?(?:comments?|header)", ask.anchor):
        begin, end = 0, _below_remarks(file)
    elif re.search(r"(?i)shebang|hashbang|first line", ask.anchor):
        if not file.text.startswith("#!"):
            raise Unreadable("the script has no shebang")
        begin, end = 0, file.line_end(0)
    else:
        line = re.compile(rf"^[ \t]*{re.escape(ask.anchor)}[ \t]*\r?$", re.M)
        begin, _ = only([match.span() for match in line.finditer(file.text)], f"`{ask.anchor}`")
        end = file.line_end(begin)
    at = begin if ask.relation == "before" else end
    return (file.inserted(at, ask.line, f"add `{ask.line}` {ask.relation} `{ask.anchor}`"),)


_OPTIONS = re.compile(r"^set[ \t]+-(?P<flags>[a-z]+)(?P<rest>(?:[ \t]+\w+)?)[ \t]*(?=\r?$)", re.M)


def _wider_options(file: SettingsFile, ask: Ask) -> SettingEdit | None:
    """Return the one line of ``set`` with the options of another that has them all and more."""
    told = re.fullmatch(r"set\s+-(?P<flags>[a-z]+)(?P<rest>(?:\s+pipefail)?)", ask.line)
    lines = list(_OPTIONS.finditer(file.text))
    if told is None or len(lines) != 1:
        return None
    held = lines[0]
    if not set(held["flags"]) <= set(told["flags"]) or held["rest"].strip() not in told["rest"]:
        return None
    gone = held[0].rstrip()
    said = f"write `{ask.line}`"
    begin = held.start()
    end = begin + len(gone)
    return SettingEdit(begin, end, ask.line, said, Operation.SET, (ask.line,), (gone,))


def _below_remarks(file: SettingsFile) -> int:
    """Return where the first line of a script begins that is no comment."""
    at = 0
    while at < len(file.text) and file.text[at] == "#":
        at = file.line_end(at)
    return at


_PART = re.compile(
    r"\b(?:in|inside|around|within|for|to|into)\s+(?!(?:the\s+)?(?:script|file|first|top|start"
    r"|second)\b)",
    re.I,
)
"""Words that name a part of a script."""


def _at_the_start(ask: Ask) -> Ask:
    """Return an ask for an option of the script as one for its first line, unless it says where."""
    if _PART.search(ask.around):
        raise Unreadable("what is to change is not an option of the script")
    if re.match(r"(?:set|shopt)\s", ask.line) and not ask.relation:
        return replace(ask, verb=Verb.ADD, relation="after", anchor="shebang")
    return replace(ask, verb=Verb.ADD)


def _quotes(file: SettingsFile, ask: Ask) -> list[SettingEdit]:
    words = _QUOTED.findall(ask.line) or re.findall(r"\S*\$\S+", ask.line) or _unquoted(file)
    if not words:
        raise Unreadable("what is to be quoted is not said")
    edits = []
    for word in words:
        bare = re.compile(rf"(?<![\w\"'$/{{}}-]){re.escape(word)}(?![\w\"'/}}-])")
        spans = [
            match.span()
            for begin, end in _where(file, ask.place)
            for match in bare.finditer(file.text, begin, end)
        ]
        start, stop = only(spans, f"unquoted {word}")
        said = f'quote `"{word}"`'
        edits.append(SettingEdit(start, stop, f'"{word}"', said, Operation.REPLACE, (f'"{word}"',)))
    return edits


def _unquoted(file: SettingsFile) -> list[str]:
    """Return the one word of the evidence that has a variable and no quotes; else nothing."""
    spans = file.quoted()
    if len(spans) != 1:
        return []
    line = re.sub(
        r"\"[^\"\n]*\"|'[^'\n]*'|\$\(\([^\n]*?\)\)|#[^\n]*", " ", file.text[slice(*spans[0])]
    )
    words = [one for one in re.findall(r"\S*\$\{?\w\S*", line) if "=" not in one]
    return words if len(set(words)) == 1 and not re.search(r"[;|&()<>]", words[0]) else []


def _where(file: SettingsFile, command: str) -> list[tuple[int, int]]:
    """Return the lines that call ``command``; without one the evidence, else the whole script."""
    if command:
        calls = re.finditer(rf"^[^#\n]*\b{re.escape(command)}\b[^\n]*$", file.text, re.M)
        return [each.span() for each in calls]
    quoted = file.quoted()
    return [only(quoted, "the evidence")] if quoted else [(0, len(file.text))]
