"""Lines and functions of shell scripts: a trap behind what it cleans up, a function used."""

from __future__ import annotations

import re
from itertools import pairwise

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_SHELL = re.compile(r"\.(?:sh|bash)$")
_KEPT = (
    r"(?:set\s+-[\w ]+|set\s+-o\s+\w+|shopt\s+-\w\s+\w+|umask\s+\d+|export\s+\w+=[^\s`]+"
    r"|readonly\s+\w+(?:=[^\s`]+)?|local\s+\w+(?:=[^\s`]+)?|IFS=[^\s`]+|cd\s+[^\s`]+(?:\s+\|\|\s+exit(?:\s+\d+)?)?)"
)
_TRAP = r"trap\s+(?:--\s+)?(?:'[^']*'|\"[^\"]*\"|\w+)\s+(?:EXIT|INT|TERM|HUP|ERR|0|\s)+"
_LINE = re.compile(
    r"(?:(?:please\s+)?(?:add|put|insert|place|install|set|register|use|include|clean\s+"
    r"(?:it\s+)?up\s+with|remove\s+it\s+with)\s+"
    r"(?:an?\s+|the\s+)?(?:line\s+)?)?"
    rf"`?(?P<line>{_TRAP}|{_KEPT})`?"
    r"(?:\s*,?\s*(?:(?:right|directly|just|immediately|straight)\s+)?(?P<relation>after"
    r"|before|above|below|behind|following|under|beneath|in\s+front\s+of|ahead\s+of)\s+"
    r"(?:the\s+)?(?P<anchor>.+?))?(?:\s+(?:line|call|command|assignment|statement))?",
    re.I,
)
_CLEANS = re.compile(
    r"(?:please\s+)?(?:(?:remove|delete|clean\s+up)\s+[`\"']?\$\{?(?P<gone>\w+)\}?[`\"']?\s+"
    r"(?:on|at)\s+exit\s+(?:with|by|in|via)\s+an?\s+trap"
    r"|(?:add|set|install|use|register|put)\s+an?\s+(?:EXIT\s+trap|trap(?:\s+"
    r"(?:on|for)\s+EXIT)?)\s+"
    r"(?:that|which|to)\s+(?:removes?|deletes?|cleans?(?:\s+up)?)\s+[`\"']?\$?\{?"
    r"(?P<name>\w+)\}?[`\"']?(?:\s+(?:on|at)\s+exit)?)",
    re.I,
)
_FOLLOW = re.compile(
    r"(?:follow|end|finish)\s+(?:the\s+)?(?P<anchor>\S+)(?:\s+(?:line|call|command))?\s+(?:with"
    r"|by)\s+(?:an?\s+)?`?(?P<line>(?:trap|set)\s[^`]+?)`?",
    re.I,
)
_HARMLESS = re.compile(
    r"(?:rm\s+-[rf]+\s+(?:--\s+)?(?:\"\$\{?\w+\}?\"|\$\{?\w+\}?)|kill\s+"
    r"(?:-\w+\s+)?\"?\$\{?\w+\}?\"?(?:\s+2>/dev/null)?|\w+)"
    r"(?:\s*(?:;|\|\|\s*true)\s*)?"
)
_VARIABLE = re.compile(r"\$\{?(\w+)\}?")


def line_beside(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add trap 'rm -rf "$dir"' EXIT right after mktemp*: an option or a trap, at its place."""
    if not _SHELL.search(file.path):
        return None
    text = plain(said)
    follow = _FOLLOW.fullmatch(text)
    text = f"add {follow['line']} after {follow['anchor']}" if follow is not None else text
    cleans = _CLEANS.fullmatch(text)
    told = _LINE.fullmatch(text)
    if cleans is not None:
        name = cleans["name"] or cleans["gone"]
        folder = re.search(rf"(?m)^[ \t]*{name}=.*\bmktemp\b.*-[a-z]*d", file.text) is not None
        line = f"trap 'rm -{'rf' if folder else 'f'} \"${name}\"' EXIT"
        relation, anchor = "", ""
    elif told is not None:
        line = told["line"].strip()
        relation, anchor = told["relation"] or "", (told["anchor"] or "").strip('`" ')
    else:
        return None
    if anchor.lower() == "first" and text.lower().endswith("first assignment"):
        anchor = "first assignment"
    _refuse_unsafe(file, line)
    if re.search(rf"(?m)^[ \t]*{re.escape(line)}[ \t]*\r?$", file.text):
        raise Unreadable("it stands there already")
    before = " ".join(relation.lower().split()) in {"before", "above", "in front of", "ahead of"}
    spots = _rows(file, anchor) if anchor else _set_in(file, line)
    if _ASSIGNED.fullmatch(anchor):
        rows = [one.start() for one in _ASSIGNMENT.finditer(file.text)]
        first = before or anchor.lower().endswith(("assignment", "variable"))
        spots = (rows[:1] if first else _together(file, rows)) if rows else []
    if len(spots) != 1:
        raise Unreadable(f"`{anchor or line}` names {len(spots)} lines")
    begin = spots[0]
    end = file.line_end(begin)
    while file.text[:end].rstrip("\r\n").endswith("\\") and end < len(file.text):
        end = file.line_end(end)
    at = begin if before else end
    return (file.inserted(at, f"{file.indent(begin)}{line}", f"add `{line}`"),)


_ASSIGNED = re.compile(
    r"(?:the\s+)?(?:first\s+(?:assignment|variable)|assignments|variables)", re.I
)
_ASSIGNMENT = re.compile(r"(?m)^(?:(?:readonly|export)[ \t]+)?[A-Za-z_]\w*=[^\n]*$")


def _together(file: SettingsFile, rows: list[int]) -> list[int]:
    """Return the last of the assignments that stand below each other; none where some are apart."""
    joined = all(file.line_end(one) == other for one, other in pairwise(rows))
    return rows[-1:] if joined else []


def _refuse_unsafe(file: SettingsFile, line: str) -> None:
    """Raise ``Unreadable`` for a trap that does more than clean up what the script has made."""
    trap = re.match(r"trap\s+(?:--\s+)?(?:'(?P<a>[^']*)'|\"(?P<b>[^\"]*)\"|(?P<c>\w+))", line)
    if trap is not None:
        body = trap["a"] or trap["b"] or trap["c"] or ""
        word = re.fullmatch(r"\w+", body)
        known = word is None or re.search(rf"(?m)^\s*(?:function\s+)?{body}\s*\(\)", file.text)
        if _HARMLESS.fullmatch(body) is None or not known:
            raise Unreadable("the trap would run something new; none is written")
    for name in _VARIABLE.findall(line):
        if not re.search(rf"(?m)\b{name}=", file.text) and not name.isdigit():
            raise Unreadable(f"the script sets no {name}")


def _rows(file: SettingsFile, anchor: str) -> list[int]:
    """Return where the lines begin that are the words, else those that have them."""
    words = re.sub(
        r"(?i)^(?:the|its)\s+|\s+(?:line|call|command|assignment|is\s+(?:set|made|created))$",
        "",
        anchor,
    )
    bare = words.strip("`\"'")
    if re.search(r"(?i)^(?:shebang|hashbang|first\s+line)$", bare):
        return [0] if file.text.startswith("#!") else []
    whole = [
        one.start() for one in re.finditer(rf"(?m)^[ \t]*{re.escape(bare)}[ \t]*\r?$", file.text)
    ]
    if whole:
        return whole
    form = re.compile(rf"(?m)^(?![ \t]*#)[^\n]*(?<![\w-]){re.escape(bare)}(?![\w-])[^\n]*$")
    rows = [one.start() for one in form.finditer(file.text)]
    near = [one for one in rows if any(begin <= one < end for begin, end in file.quoted())]
    return near if len(near) == 1 else rows


def _set_in(file: SettingsFile, line: str) -> list[int]:
    """Return the line that sets the last variable a trap cleans up; none for another line."""
    names = _VARIABLE.findall(line) if line.startswith("trap") else []
    if not names:
        return []
    return [one.start() for one in re.finditer(rf"(?m)^[ \t]*{names[-1]}=", file.text)]


_FUNCTION = re.compile(
    r"(?:please\s+)?(?:(?:introduce|extract|define|add|write|create|declare|make)\s+)?(?:an?\s+"
    r"|the\s+)?(?:(?:helper|shell|[a-z_]\w*)\s+)?(?:(?:function|helper)\s+)?"
    r"`?(?P<code>(?:function\s+)?(?P<name>[a-z_]\w*)\s*(?:\(\))?\s*\{(?P<body>.*)\})`?"
    r"(?P<use>,?\s+(?:(?:and|then)\s+(?:use|call)\s+(?:it|that|`?(?P=name)`?)\b|(?:function\s+"
    r"|helper\s+)?for\s+(?:the\s+)?(?:both|all|two|three|four|messages|lines|errors)).*)?",
    re.I | re.S,
)
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_HOLE = re.compile(r"\$(?:\*|@|\{\*\}|\{1\}|1)")


def function_used(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Introduce log() { echo "[x] $*"; } and use it*: for each line that says the same."""
    if not _SHELL.search(file.path):
        return None
    told = _FUNCTION.fullmatch(said.strip().rstrip(".;"))
    if told is None:
        return None
    name, body = told["name"], " ".join(told["body"].split()).rstrip("; ")
    if re.search(rf"(?m)^\s*(?:function\s+)?{name}\s*\(\)|\b{name}\(\)", file.text):
        raise Unreadable(f"{name} is a function of the script already")
    if len(_HOLE.findall(body)) != 1 or not told["use"]:
        raise Unreadable("which lines the function stands for is not plain")
    parts = [re.escape(one.strip()) for one in body.split(";")]
    pattern = r"(?:[ \t]*;[ \t]*|[ \t]*\n[ \t]*)".join(parts)
    hole = next(iter(_HOLE.findall(body)))
    quoted = re.search(rf"\"[^\"]*{re.escape(hole)}[^\"]*\"", body) is not None
    inner = r"(?P<hole>(?:[^\"\\\n]|\\.)+)" if quoted else r"(?P<hole>[^\n;|&]+?)"
    pattern = pattern.replace(re.escape(hole), inner).replace(r"\ ", r"[ \t]+")
    uses = list(
        re.finditer(rf"(?m)^(?P<lead>[ \t]*){pattern}(?=[ \t]*(?:#[^\n]*)?\r?$)", file.text)
    )
    count = next((n for word, n in _COUNTS.items() if re.search(rf"\b{word}\b", told["use"])), 0)
    if not uses or (count and len(uses) != count):
        raise Unreadable(f"the script says so {len(uses)} times")
    if re.search(r"\bname\b|\(\s*\)", body):
        raise Unreadable("which lines the function stands for is not plain")
    edits = []
    for one in uses:
        given = f'"{one["hole"]}"' if quoted else one["hole"]
        new = f"{name} {given}"
        begin = one.start() + len(one["lead"])
        edits.append(
            SettingEdit(begin, one.end(), new, f"use {name}", Operation.REPLACE, (new,), ())
        )
    code = " ".join(told["code"].split())
    at, gap = _top(file)
    if at > uses[0].start():
        raise Unreadable("the first use stands before where a function goes")
    block = f"{gap}{code}{file.newline}{file.newline}"
    edits.append(SettingEdit(at, at, block, f"add {name}", Operation.ADD, (code,)))
    return tuple(edits)


def _top(file: SettingsFile) -> tuple[int, str]:
    """Return where functions go: behind the remarks and options that a script begins with."""
    head = re.match(r"(?:(?:#[^\n]*|set [^\n]*|shopt [^\n]*|IFS=[^\n]*)?\r?\n)*", file.text)
    at = head.end() if head is not None else 0
    begun = file.text[:at]
    kept = begun.rstrip()
    gap = file.newline if kept and begun == kept + file.newline else ""
    return at, gap
