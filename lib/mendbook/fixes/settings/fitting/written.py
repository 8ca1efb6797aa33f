"""Settings that a fix text spells out whole, put where the code quoted stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import Editor, SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.focus import lines_in
from mendbook.fixes.settings.fitting.saying import TOKEN, Saying
from mendbook.fixes.settings.kinds import kind_of
from mendbook.fixes.settings.known_keys import INNER_KEYS, is_known_anywhere, level_of
from mendbook.fixes.settings.shell_value import runs_nothing
from mendbook.fixes.settings.yaml_place import documents
from mendbook.model import Operation

_VALUE = (
    r"(?:[^\s,;`]*\$\{\{[^}]*\}\}[^\s,;`]*|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|'[^']*'"
    r"|[^\s,;()`\"'\[\]{}]*[^\s,;.:()`\"'\[\]{}])"
)
_PAIR = re.compile(
    rf"(?<![\w./@-])(?P<mark>[\"']?)(?P<key>[A-Za-z_][\w./-]*)(?P=mark):[ ]+"
    rf"(?P<inner>(?:[A-Za-z_][\w-]*:[ ]+)*)(?P<value>{_VALUE})(?=[\s,;.)`]|$)"
)
_GIVEN = re.compile(
    r"(?<![\w.$-])(?P<key>[A-Za-z_][\w.-]*)(?P<eq>=(?!=)|\s=\s)(?P<value>\$\([^()\n]*\)|\"[^\"]*\"|\[[^\]]*\]|[^\s,;`\"\[]*)"
)
_INSTRUCTION = re.compile(
    r"(?<!\w)(?P<line>(?:USER|STOPSIGNAL|WORKDIR|EXPOSE)\s+(?!(?:to|as|for|in|on|with|from|and|or"
    r"|line|instruction|before|after|at|is|should|must)\b)[\w.:/${}-]*[\w}]"
    r"|ENV\s+\w+=[^\s,;`]+|HEALTHCHECK\s[^`]*?\bCMD\s[^`]+)"
)
_DIRECTIVE = re.compile(r"(?<![\w$./-])(?P<line>[a-z][a-z_]*[a-z][ ]+[^;`{}\n]+?);")
_SHELL = re.compile(
    r"(?<![\w-])(?P<line>(?:set\s+-[a-z]+(?:\s+pipefail)?|shopt\s+-s\s+\w+|umask\s+\d+))(?![\w-])"
)
_SECRET = re.compile(
    r"(?i)^[\w.-]*(?:secret|token|passw\w*|credential|api_?key|_key)\"?\s*[:=]\s*(?!\$|<|changeme|change-me|\"\"|'')\S"
)
_ASSIGNED = re.compile(r"\s*(?:local\s+|readonly\s+|export\s+)?(\w+)=")
_LEVEL = re.compile(
    r"\b(?:whole|entire)\s+(?:workflow|file|pipeline)\b|\b(?:workflow|root|top|file|document)[- ]"
    r"level\b|\btop\s+of\s+the\s+(?:workflow|file)\b",
    re.I,
)


def spelled(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the settings spelled out, in the place of what has their name there, else new."""
    if saying.goes or saying.olds:
        return None
    lines = _lines(file, span, saying.text)
    kind = kind_of(file.path)
    if not lines or kind is None or len(lines) > 3:
        return None
    if _left(file, span, saying, [line for line, _ in lines]):
        return None
    if any(_is_aside(saying.text, *spot) for _, spot in lines):
        return None
    if any(_SECRET.search(line) for line, _ in lines):
        raise Unreadable("the fix text gives a secret; none is written")
    level = _LEVEL.search(saying.text)
    around = level[0] if level is not None else ""
    around = saying.text if kind.name == "environment" else around
    edits: list[SettingEdit] = []
    for line, _ in lines:
        edits += _put(file, span, kind.edit, line, around)
    return tuple(edits)


def _is_aside(text: str, begin: int, end: int) -> bool:
    """Tell whether something stands in brackets, and may say how things are."""
    return text.count("(", 0, begin) > text.count(")", 0, begin) and ")" in text[end - 1 :]


def _put(
    file: SettingsFile, span: tuple[int, int], edit: Editor, line: str, around: str
) -> tuple[SettingEdit, ...]:
    """Return the edits of one setting: in the block quoted whole where only that can have it."""
    if file.path.endswith(".conf") and (held := _held_directive(file, span, line)) is not None:
        return (held,)
    if file.path.endswith((".yml", ".yaml")) and (block := _block(file, span, line)):
        key, _, value = line.partition(": ")
        return edit(file, Ask(Verb.ADD, line, pairs=((key, value),), place=block))
    return edit(file, Ask(Verb.WRITE, line, line=line, around=around))


def _held_directive(file: SettingsFile, span: tuple[int, int], line: str) -> SettingEdit | None:
    """Return the one quoted directive of that name with the values of ``line``; None without."""
    name, _, value = line.rstrip(";").partition(" ")
    form = re.compile(rf"(?m)^[ \t]*{re.escape(name)}[ \t]+(?P<value>[^;{{}}\n]+);")
    rows = list(form.finditer(file.text, *span))
    if len(rows) != 1 or name in {"add_header", "proxy_set_header", "allow", "deny", "server"}:
        return None
    if rows[0]["value"] == value:
        raise Unreadable(f"{name} is already {value}")
    said = f"set `{name}` to `{value}`"
    gone = (rows[0]["value"],)
    return SettingEdit(*rows[0].span("value"), value, said, Operation.SET, (value,), gone)


def _block(file: SettingsFile, span: tuple[int, int], line: str) -> str:
    """Return the way to the block that is quoted; empty where a key is not for that."""
    key = line.partition(":")[0].strip("\"'")
    mappings = documents(file.text, file.path)
    known = key in INNER_KEYS or is_known_anywhere(file.path, mappings, key)
    keys = [(name.start_mark.index, value) for one in mappings for name, value in one.node.value
            if span[0] <= name.start_mark.index < span[1]]  # fmt: skip
    if known or not keys:
        return ""
    first = min(keys, key=lambda one: one[0])[1]
    inner = next((one for one in mappings if one.node is first), None)
    if inner is None or len(keys) < 2 or inner.way[:-1] in {("services",), ("jobs",)}:
        return ""
    return ".".join(inner.way)


_Lines = list[tuple[str, tuple[int, int]]]


def _lines(file: SettingsFile, span: tuple[int, int], text: str) -> _Lines:
    path = file.path
    if path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        return _pairs(text, _keys_of(file, text), plain=_is_plain(file, span))
    if re.search(r"ockerfile|ontainerfile", path):
        return _all(_INSTRUCTION, text)
    if re.search(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$|\.properties$", path):
        return [(f"{one['key']}={one['value']}", one.span()) for one in _GIVEN.finditer(text)]
    if path.endswith((".toml", ".ini", ".cfg", ".cnf", ".service", ".timer", ".socket")):
        return [(f"{one['key']}{one['eq']}{one['value']}", one.span())
                for one in _GIVEN.finditer(text)]  # fmt: skip
    if path.endswith(".conf") and "{" in file.text:
        return _directives(file, text)
    if path.endswith((".sh", ".bash")):
        return _script(file, span, text)
    return []


def _all(form: re.Pattern[str], text: str) -> _Lines:
    return [(" ".join(one["line"].split()), one.span()) for one in form.finditer(text)]


def _keys_of(file: SettingsFile, text: str) -> Callable[[str], bool]:
    mappings = documents(file.text, file.path)
    keys = {str(key.value) for each in mappings for key, _ in each.node.value
            if each.way not in {("services",), ("jobs",)}}  # fmt: skip

    inputs = ".github/workflows/" in file.path and bool(
        re.search(r"(?i)\binputs?\b|\bwith\s+block\b", text)
    )

    def knows(key: str) -> bool:
        return (
            inputs
            or key in keys
            or key in INNER_KEYS
            or is_known_anywhere(file.path, mappings, key)
        )

    return knows


def _is_plain(file: SettingsFile, span: tuple[int, int]) -> bool:
    """Tell whether what is quoted is a block of no well-known kind, with keys of its own."""
    mappings = documents(file.text, file.path)
    if not any(level_of(file.path, mappings, one) for one in mappings):
        return True
    begin, end = span
    quoted = [one for one in mappings for name, _ in one.node.value
              if begin <= name.start_mark.index < end]  # fmt: skip
    return bool(quoted) and not level_of(file.path, mappings, quoted[-1])


def _pairs(text: str, knows: Callable[[str], bool], *, plain: bool) -> _Lines:
    """Return the pairs of keys that a file knows; in a ``plain`` one, of others as well."""
    lines = []
    at = 0
    while (one := _PAIR.search(text, at)) is not None:
        spelled_as_code = re.search(r"[a-z][A-Z]|[_.-]\w", one["key"]) is not None
        coded = plain and (spelled_as_code or bool(one["mark"]))
        at = one.end("key")
        if knows(one["key"]) or coded:
            key = f"{one['mark']}{one['key']}{one['mark']}"
            lines.append((f"{key}: {one['inner']}{one['value']}", one.span()))
            at = one.end()
    return lines


def _directives(file: SettingsFile, text: str) -> _Lines:
    """Return the directives: their names stand in the file, or have an underscore."""
    lines = []
    for one in _DIRECTIVE.finditer(text):
        words = one["line"].split()
        starts = [at for at, word in enumerate(words) if _names_directive(file, word)]
        if len(starts) == 1 and len(words) > starts[0] + 1:
            line = " ".join(words[starts[0] :])
            lines.append((f"{line};", (one.end() - len(line) - 1, one.end())))
    return lines


_USUAL = frozenset(
    {"expires", "gzip", "etag", "internal", "sendfile", "autoindex", "resolver", "charset"}
)


def _names_directive(file: SettingsFile, word: str) -> bool:
    coded = re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)+", word) is not None
    held = re.search(rf"(?m)^[ \t]*{re.escape(word)}[ \t]", file.text) is not None
    return coded or word in _USUAL or (held and len(word) > 3)


def _script(file: SettingsFile, span: tuple[int, int], text: str) -> _Lines:
    lines = _all(_SHELL, text)
    if lines:
        return lines
    names = {
        one[1]
        for begin, end in lines_in(file, span)
        if (one := _ASSIGNED.match(file.text, begin, end)) is not None
    }
    given = [one for one in _GIVEN.finditer(text) if one["key"] in names and one["eq"] == "="]
    if any(not runs_nothing(one["value"]) for one in given):
        raise Unreadable("the value would run something new; none is written")
    return [(one[0], one.span()) for one in given]


def _left(file: SettingsFile, span: tuple[int, int], saying: Saying, lines: list[str]) -> bool:
    """Tell whether the text has another piece of code than the settings, or what is quoted."""
    rest = saying.text
    for line in lines:
        rest = rest.replace(line, " ").replace(line.rstrip(";"), " ")
    quoted = file.text[slice(*span)]
    for one in TOKEN.finditer(rest):
        text = (one["ticked"] or one["double"] or one["single"] or one[0]).strip("\"'")
        stands: object = re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", quoted)
        stands = stands or any(re.match(rf"{re.escape(text)}\s*[:=]", line) for line in lines)
        if not stands and text != file.path and not file.path.endswith(f"/{text}"):
            return True
    return False
