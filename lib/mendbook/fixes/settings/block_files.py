"""Files of directives in blocks of braces (nginx and its kind)."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.literal import edit_literal
from mendbook.model import Operation

_BLOCK_WORD = re.compile(r"(?i)\s+(?:block|context|section|stanza)$")


def edit_blocks(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a file of blocks: a directive added to one, or given another value."""
    if "{" not in file.text:
        raise Unreadable(f"{file.path} has no blocks")
    if ask.verb is Verb.SET and len(ask.pairs) == 1 and not ask.line:
        return (_valued(file, *ask.pairs[0]),)
    if ask.verb in {Verb.REPLACE, Verb.REMOVE, Verb.REWRITE}:
        return edit_literal(file, ask)
    if ask.verb is not Verb.ADD or not ask.line.rstrip().endswith(";"):
        raise Unreadable("what is to change is not a directive")
    if ask.relation:
        return (_beside(file, ask),)
    if re.search(rf"^[ \t]*{re.escape(ask.line)}[ \t]*\r?$", file.text, re.M):
        raise Unreadable("it stands there already")
    name = _BLOCK_WORD.sub("", ask.place).strip()
    found = _blocks(file, name) or _blocks(file, " ".join(reversed(name.split())))
    begin, end = only(_narrowed(file, found), f"`{name}` block")
    alike = _alike(file, begin, end, ask.line.split()[0])
    at = file.line_end(alike) if alike >= 0 else file.line_end(begin)
    indent = file.indent(alike) if alike >= 0 else file.indent(at)
    if alike < 0:
        at = file.line_start(end)
        indent = file.indent(begin) + ("    " if "\t" not in file.indent(begin) else "\t")
    rows = re.split(r"(?<=;)\s*(?:,\s*and|,|and)\s+", ask.line)
    made = file.newline.join(f"{indent}{row}" for row in rows)
    return (file.inserted(at, made, f"add `{ask.line}` to the block `{name}`"),)


def _beside(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the directive put before or after the one that the text names."""
    anchor = r"\s+".join(re.escape(part) for part in ask.anchor.rstrip(";").split())
    lines = [each.span() for each in re.finditer(rf"^[ \t]*{anchor}\b[^\n]*", file.text, re.M)]
    begin, _ = only(lines, f"`{ask.anchor}`")
    at = begin if ask.relation == "before" else file.line_end(begin)
    return file.inserted(at, f"{file.indent(begin)}{ask.line}", f"add `{ask.line}`")


def _blocks(file: SettingsFile, name: str) -> list[tuple[int, int]]:
    """Return where the blocks called ``name`` begin, and where their closing braces are."""
    heads = re.compile(rf"^[ \t]*{re.escape(name)}\b[^{{;\n]*\{{", re.M)
    found = []
    for match in heads.finditer(file.text):
        depth, at = 1, match.end()
        while at < len(file.text) and depth:
            depth += {"{": 1, "}": -1}.get(file.text[at], 0)
            at += 1
        found.append((match.end() - 1, at - 1))
    return found


def _narrowed(file: SettingsFile, blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the blocks that hold the evidence, where it tells them apart."""
    if len(blocks) < 2:
        return blocks
    quoted = file.quoted()
    return [each for each in blocks if len(quoted) == 1 and each[0] < quoted[0][0] < each[1]]


def _alike(file: SettingsFile, begin: int, end: int, word: str) -> int:
    """Return where the last directive of that name stands in the block itself; -1 without one."""
    depth, last = 0, -1
    for match in re.finditer(r"[{}]|^[ \t]*([\w-]+)", file.text[begin + 1 : end], re.M):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[1] == word:
            last = begin + 1 + match.start(1)
    return last


def _valued(file: SettingsFile, key: str, value: str) -> SettingEdit:
    line = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]+(?P<value>[^;{{\n]+);", re.M)
    begin, end = only([match.span("value") for match in line.finditer(file.text)], key)
    wanted, before = value.rstrip(";"), file.text[begin:end]
    if before == wanted:
        raise Unreadable(f"{key} is already {wanted}")
    said = f"set `{key}` to `{wanted}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))
