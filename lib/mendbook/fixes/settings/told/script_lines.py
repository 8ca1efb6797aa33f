"""Lines of a script shown as they are to be: a value, a guard behind a command, another form."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.shell_value import runs_nothing
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_SHELL = re.compile(r"\.(?:sh|bash)$")
_SHOW = (
    r"(?:please\s+)?(?:(?:use|write|make\s+it|make\s+this|set|change\s+it\s+to|it\s+should\s+"
    r"(?:be|read))\s+)?"
)
_ASSIGNED = re.compile(
    rf"{_SHOW}`?(?P<name>[A-Za-z_]\w*)=(?P<value>[^`\s]\S*|\"[^\"`]*\")`?(?:\s+instead)?",
    re.I,
)
_GUARD = r"(?P<guard>\|\|\s*(?:exit|return)(?:\s+\d+)?)"
_GUARDED = re.compile(rf"{_SHOW}`?(?P<command>[a-z][^`|]*?)\s+{_GUARD}`?", re.I)
_APPENDED = re.compile(
    rf"(?:please\s+)?(?:add|append|put)\s+(?:an?\s+|the\s+)?`?{_GUARD}`?\s+(?:to|after|behind"
    rf"|at\s+the\s+end\s+of|on)\s+(?:the\s+)?`?"
    r"(?P<command>[a-z][\w.-]*(?:\s+[^\s`]+)?)`?(?:\s+(?:call|command|line))?",
    re.I,
)
_TICKS = re.compile(
    r"(?:please\s+)?(?:(?:use|write|prefer)\s+)?`?\$\((?:\.\.\.|…|\s*)\)`?\s+(?:instead\s+of"
    r"|rather\s+than|in\s+place\s+of|not|for)\s+(?:the\s+)?"
    r"(?:back[- ]?(?:ticks|quotes)|`+…?`+)"
    r"|(?:please\s+)?(?:replace|change|turn|convert)\s+(?:the\s+)?back[- ]?(?:ticks|quotes)\s+"
    r"(?:with|by|to|into)\s+`?\$\((?:\.\.\.|…|\s*)\)`?",
    re.I,
)
_MKTEMP = re.compile(
    r"(?:please\s+)?(?:(?:use|take|create\s+it\s+(?:with|by)|make\s+it\s+with|get\s+it\s+from"
    r"|call)\s+)?`?(?:\$\()?(?P<call>mktemp(?:\s+-d)?)\)?`?"
    rf"(?:\s+(?:{INSTEAD_OF}|for)\s+(?:the\s+|a\s+)?(?:fixed"
    r"|predictable|hard-?coded|guessable|constant|static|temporary|temp)?\s*"
    r"(?:name|path|file|folder|directory|file\s+name|/tmp/\S+)?)?",
    re.I,
)
_NAMED = re.compile(
    r"^[ \t]*(?:local[ \t]+|readonly[ \t]+|export[ \t]+)?(?P<name>\w+)="
    r"(?P<value>\S[^\n]*?)[ \t]*\r?$",
    re.M,
)


def shown_line(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*dir=${1:?}*, *cd "$dir" || exit 1*, *$(…) instead of backticks*: the quoted line so."""
    if not _SHELL.search(file.path):
        return None
    text = plain(said)
    for form, make in (
        (_TICKS, _unticked),
        (_MKTEMP, _made_anew),
        (_APPENDED, _appended),
        (_GUARDED, _guarded),
        (_ASSIGNED, _assigned),
    ):
        if (told := form.fullmatch(text)) is not None:
            return (make(file, told),)
    return None


def _quoted_lines(file: SettingsFile) -> list[tuple[int, int]]:
    """Return the lines of the evidence, each without its line end."""
    lines = []
    for begin, end in file.quoted():
        at = file.line_start(begin)
        while at < end:
            stop = file.line_end(at)
            lines.append((at, at + len(file.text[at:stop].rstrip("\r\n"))))
            at = stop
    return lines


def _assigned(file: SettingsFile, told: re.Match[str]) -> SettingEdit:
    name, value = told["name"], told["value"]
    if not runs_nothing(value):
        raise Unreadable("the value would run something new; none is written")
    matches = [
        one
        for begin, end in _quoted_lines(file)
        for one in _NAMED.finditer(file.text, begin, end)
        if one["name"] == name
    ]
    if len(matches) != 1:
        raise Unreadable(f"{name} is set {len(matches)} times in the code quoted")
    old = matches[0]["value"]
    if old == value:
        raise Unreadable(f"{name} is {value} already")
    begin, end = matches[0].span("value")
    line, gone = f"{name}={value}", f"{name}={old}"
    return SettingEdit(begin, end, value, f"set `{line}`", Operation.SET, (line,), (gone,))


def _bare(code: str) -> str:
    return re.sub(r"[\"'\s]+", " ", code).strip()


def _guarded(file: SettingsFile, told: re.Match[str]) -> SettingEdit:
    wanted = _bare(told["command"])
    spans = [
        (begin, end) for begin, end in _quoted_lines(file) if _bare(file.text[begin:end]) == wanted
    ]
    if len(spans) != 1:
        raise Unreadable(f"`{told['command']}` stands {len(spans)} times in the code quoted")
    begin, end = spans[0]
    begin += len(file.indent(begin))
    new = f"{told['command'].strip()} {' '.join(told['guard'].split())}"
    gone = file.text[begin:end]
    return SettingEdit(begin, end, new, f"write `{new}`", Operation.REPLACE, (new,), (gone,))


def _appended(file: SettingsFile, told: re.Match[str]) -> SettingEdit:
    words = _bare(told["command"])
    spans = [
        (begin, end)
        for begin, end in _quoted_lines(file)
        if f"{_bare(file.text[begin:end])} ".startswith(f"{words} ")
    ]
    if len(spans) != 1:
        raise Unreadable(f"`{told['command']}` stands {len(spans)} times in the code quoted")
    begin, end = spans[0]
    if re.search(r"\|\||&&|#|\\$|[|;]", file.text[begin:end]):
        raise Unreadable("the line is more than one command")
    guard = " ".join(told["guard"].split())
    return SettingEdit(end, end, f" {guard}", f"add `{guard}`", Operation.ADD, (guard,))


def _unticked(file: SettingsFile, told: re.Match[str]) -> SettingEdit:
    form = re.compile(r"`(?P<call>[^`\\\n]+)`")
    calls = [
        one for begin, end in _quoted_lines(file) for one in form.finditer(file.text, begin, end)
    ]
    if len(calls) != 1:
        raise Unreadable(f"{len(calls)} calls stand in backticks in the code quoted")
    new = f"$({calls[0]['call']})"
    return SettingEdit(*calls[0].span(), new, f"write `{new}`", Operation.REPLACE, (new,), ())


def _made_anew(file: SettingsFile, told: re.Match[str]) -> SettingEdit:
    matches = [
        one
        for begin, end in _quoted_lines(file)
        for one in _NAMED.finditer(file.text, begin, end)
        if re.match(r"[\"']?(?:/tmp/|\$\{?TMPDIR)", one["value"])
    ]
    if len(matches) != 1:
        raise Unreadable(f"{len(matches)} temporary names are set in the code quoted")
    name = matches[0]["name"]
    folder = re.search(rf"mkdir\b[^\n]*\"?\$\{{?{name}\b", file.text) is not None
    if folder and "-d" not in told["call"]:
        raise Unreadable(f"{name} is made a folder below")
    new = f"$({' '.join(told['call'].split())})"
    gone = matches[0]["value"]
    return SettingEdit(
        *matches[0].span("value"), new, f"set {name} to `{new}`", Operation.SET, (new,), (gone,)
    )
