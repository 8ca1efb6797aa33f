"""Files of directives in blocks of braces (nginx and its kind)."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.literal import edit_literal
from mendbook.fixes.settings.spelled_out import owners_in
from mendbook.model import Operation

_BLOCK_WORD = re.compile(r"(?i)\s+(?:block|context|section|stanza)$")


def edit_blocks(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a file of blocks: a directive added to one, or given another value."""
    if "{" not in file.text:
        raise Unreadable(f"{file.path} has no blocks")
    if ask.verb is Verb.WRITE or (ask.verb is Verb.ADD and not ask.place and not ask.relation):
        return (_written(file, ask),)
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
    spans = _blocks(file, name) or _blocks(file, " ".join(reversed(name.split())))
    begin, end = only(_narrowed(file, spans), f"`{name}` block")
    return (_added(file, begin, end, ask.line, f"the block `{name}`"),)


def _added(file: SettingsFile, begin: int, end: int, line: str, where: str) -> SettingEdit:
    """Return the directive put into a block: below the last of its name, else at the end."""
    alike = _alike(file, begin, end, line.split()[0])
    at = file.line_end(alike) if alike >= 0 else file.line_end(begin)
    indent = file.indent(alike) if alike >= 0 else file.indent(at)
    if alike < 0:
        at = file.line_start(end)
        indent = file.indent(begin) + ("    " if "\t" not in file.indent(begin) else "\t")
    rows = re.split(r"(?<=;)\s*(?:,\s*and|,|and)\s+", line)
    block = file.newline.join(f"{indent}{row}" for row in rows)
    return file.inserted(at, block, f"add `{line}` to {where}")


_MANY = frozenset(
    {"add_header", "proxy_set_header", "allow", "deny", "rewrite", "error_page", "set", "include"}
    | {"server", "limit_req", "limit_conn", "location", "if", "fastcgi_param"}
)
"""Directives that a block may hold several times."""
_HTTPS = re.compile(r"\b(?:443|https|tls|ssl)\b", re.I)
_SECURE = re.compile(r"^[ \t]*listen[ \t][^;\n]*\b(?:443|ssl)\b", re.M)
_HTTP = re.compile(r"\b(?:80|http|plain)\b(?!\s+(?:block|context)\b)", re.I)


def _written(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return a directive that is spelled out, in the block that the words around it name."""
    if not ask.line.endswith(";") or re.search(r"[{}]", ask.line):
        raise Unreadable("what is to change is not a directive")
    begin, end = _meant(file, ask.around)
    word = ask.line.split()[0]
    if ask.relation:
        anchor = re.sub(r"(?i)\s+(?:directive|line|setting)$", "", ask.anchor).rstrip(";")
        at = _alike(file, begin, end, anchor)
        if at < 0 or re.search(r"\s", anchor):
            return _beside(file, ask)
        at = file.line_start(at) if ask.relation == "before" else file.line_end(at)
        line = f"{file.indent(_alike(file, begin, end, anchor))}{ask.line}"
        return file.inserted(at, line, f"add `{ask.line}` {ask.relation} `{anchor}`")
    there = _alike(file, begin, end, word)
    if there < 0:
        return _added(file, begin, end, ask.line, "its block")
    if word in _MANY:
        named = " ".join(ask.line.rstrip(";").split()[:2])
        if re.search(rf"^[ \t]*{re.escape(named)}(?![\w-])", file.text[begin:end], re.M):
            raise Unreadable(f"`{named}` stands there already")
        return _added(file, begin, end, ask.line, "its block")
    first = file.text[begin + 1 : there]
    if (
        re.search(rf"^[ \t]*{re.escape(word)}[ \t]", first, re.M)
        and _alike(file, begin, there, word) >= 0
    ):
        raise Unreadable(f"{word} stands several times")
    stop = file.text.index(";", there) + 1
    before = file.text[there:stop]
    if " ".join(before.split()) == " ".join(ask.line.split()):
        raise Unreadable("it stands there already")
    said = f"write `{ask.line}`"
    return SettingEdit(there, stop, ask.line, said, Operation.SET, (ask.line,), (before,))


def _meant(file: SettingsFile, words: str) -> tuple[int, int]:
    """Return the block that ``words`` name: a location by its path, a server by what it hears."""
    paths = [each[1] for each in re.finditer(r"^[ \t]*location\s+(?:[=~^*]+\s+)?(\S+)\s*\{",
                                             file.text, re.M)]  # fmt: skip
    spoken = [one.rstrip(":,.;") for one in words.split()]
    told = [one for one in dict.fromkeys(paths) if one in spoken]
    if unknown := [one for one in owners_in(words) if one not in paths]:
        raise Unreadable(f"there is no location {unknown[0]}")
    if told:
        spans = [
            each
            for each in _blocks(file, "location")
            if file.text[file.line_start(each[0]) : each[0]].split()[-1:] == [told[0]]
        ]
    elif re.search(r"\bservers?\b", words, re.I) or _HTTPS.search(words):
        spans = _blocks(file, "server")
        names = set(re.findall(r"[\w-]+(?:\.[\w-]+)+", words))
        if _HTTPS.search(words):
            spans = [each for each in spans if _SECURE.search(file.text, *each)]
        elif _HTTP.search(words):
            spans = [each for each in spans if not _SECURE.search(file.text, *each)]
        if names:
            spans = [each for each in spans if names & set(file.text[slice(*each)].split())]
    elif named := re.search(r"\b(http|events|stream|upstream)\s+(?:block|context|section)", words):
        spans = _blocks(file, named[1])
    else:
        return _around(file)
    return only(_narrowed(file, spans), "the block that is meant")


def _around(file: SettingsFile) -> tuple[int, int]:
    """Return the innermost block around the evidence; one that the evidence begins is that."""
    spans = file.quoted()
    if len(spans) != 1:
        raise Unreadable("which block is meant is not said")
    begin, end = spans[0]
    head = file.text.find("{", begin, file.line_end(begin))
    at = head + 1 if head >= 0 else begin
    depth = 0
    for here in range(at - 1, -1, -1):
        depth += {"}": 1, "{": -1}.get(file.text[here], 0)
        if depth < 0:
            break
    else:
        raise Unreadable("which block is meant is not said")
    depth, stop = 1, here + 1
    while stop < len(file.text) and depth:
        depth += {"{": 1, "}": -1}.get(file.text[stop], 0)
        stop += 1
    if stop - 1 < end - 1 and head < 0:
        raise Unreadable("which block is meant is not said")
    return here, stop - 1


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
    spans = []
    for match in heads.finditer(file.text):
        depth, at = 1, match.end()
        while at < len(file.text) and depth:
            depth += {"{": 1, "}": -1}.get(file.text[at], 0)
            at += 1
        spans.append((match.end() - 1, at - 1))
    return spans


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
