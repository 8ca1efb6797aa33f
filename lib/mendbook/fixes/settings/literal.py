"""Put text in the place of other text, or take a line away: the same in every file of settings."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_MARKS = re.compile(r"[\"'{}\[\],\s]")


def edit_literal(
    file: SettingsFile, ask: Ask, window: tuple[int, int] | None = None
) -> tuple[SettingEdit, ...]:
    """Return the edit that a text spells out whole; ``window`` bounds where it may stand."""
    if ask.verb is Verb.REPLACE:
        return (_replaced(file, ask, window),)
    if ask.verb is Verb.REMOVE:
        return (_removed(file, ask, window),)
    if ask.verb is Verb.REWRITE:
        return (_rewritten(file, ask),)
    if ask.verb is Verb.FLAG:
        return (_flagged(file, ask),)
    raise Unreadable("what is to change is not spelled out")


def _replaced(file: SettingsFile, ask: Ask, window: tuple[int, int] | None) -> SettingEdit:
    old, new = ask.old, ask.value
    if len(old) < 2 or not re.search(r"\w", new):
        raise Unreadable("what is to change is not spelled out")
    begin, end = _one(file, _spans(file, old), f"`{old}`", window)
    if re.match(r"[\"']?[ \t]*[:=][ \t]*(?:\S|\r?\n)", file.text[end:]) and not re.search(
        r"[:=]", old
    ):
        raise Unreadable(f"`{old}` is a name there, and not a value")
    begin = said_again(file, begin, new)
    said = f"replace `{old}` with `{new}`"
    gone = file.text[begin:end]
    return SettingEdit(begin, end, new, said, Operation.REPLACE, (new,), (gone,))


def said_again(file: SettingsFile, begin: int, new: str) -> int:
    """Return where what ``new`` says again begins: ``redis:7`` for ``latest`` of ``redis:latest``.

    Nothing but a whole name with its mark is said again.
    """
    heads = [new[: one.end()] for one in re.finditer(r"(?:[:@=]|==)?\s+|[:@]|==", new)]
    said = [one for one in heads if re.match(r"\w", one) and file.text[:begin].endswith(one)]
    return begin - max(map(len, said), default=0)


def _spans(file: SettingsFile, text: str) -> list[tuple[int, int]]:
    """Return where ``text`` stands as a whole word, comments left out."""
    head = r"(?<![\w.-])" if re.match(r"\w", text) else ""
    tail = r"(?![\w-]|\.\w|:\d)" if re.search(r"\w$", text) else ""
    parts = r"\s+".join(re.escape(part) for part in text.split())
    matches = re.finditer(f"{head}{parts}{tail}", file.text)
    return [each.span() for each in matches if not _is_comment(file, each.start())]


def _is_comment(file: SettingsFile, at: int) -> bool:
    return (
        re.match(r"\s*(?:#|//|;|--\s)", file.text[file.line_start(at) : file.line_end(at)])
        is not None
    )


def _one(
    file: SettingsFile, spans: list[tuple[int, int]], what: str, window: tuple[int, int] | None
) -> tuple[int, int]:
    """Return the one span: that in the window, else in the evidence, else in the file."""
    if window is not None:
        spans = [each for each in spans if window[0] <= each[0] < window[1]]
    quoted = file.quoted()
    if len(spans) > 1 and len(quoted) == 1:
        begin, end = quoted[0]
        spans = [each for each in spans if begin <= each[0] < end]
    if len(spans) != 1:
        raise Unreadable(f"{what} stands {len(spans)} times" if spans else f"there is no {what}")
    return spans[0]


def _removed(file: SettingsFile, ask: Ask, window: tuple[int, int] | None) -> SettingEdit:
    wanted = ask.name.strip()
    line = re.compile(
        rf"^[ \t]*(?:-[ \t]+)?[\"']?{re.escape(wanted)}[\"']?[ \t]*;?[ \t]*(?:[#].*)?\r?$", re.M
    )
    spans = [each.span() for each in line.finditer(file.text)]
    begin, _ = _one(file, spans, f"line `{wanted}`", window)
    return file.removed(begin, f"remove `{wanted}`")


def _rewritten(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the line written out in the place of the one that differs in quotes alone."""
    wanted = _MARKS.sub("", ask.line)
    lines = [
        each.span()
        for each in re.finditer(r"^[^\n]+$", file.text, re.M)
        if _MARKS.sub("", each[0]) == wanted and each[0].strip() != ask.line
    ]
    if not lines and (widened := _widened(file, ask)) is not None:
        return widened
    begin, end = _one(file, lines, f"line like `{ask.line}`", None)
    before = file.text[begin:end].rstrip("\r")
    lead = before[: len(before) - len(before.lstrip())]
    said = f"write `{ask.line}`"
    edit = SettingEdit(begin, begin + len(before), lead + ask.line, said, Operation.REPLACE,
                       (ask.line,), (before.strip(),))  # fmt: skip
    if not wanted or ask.line.count('"') < before.count('"'):
        raise Unreadable("what is to change is not spelled out")
    return edit


def _widened(file: SettingsFile, ask: Ask) -> SettingEdit | None:
    """Return the quoted line's one value with the value that has it whole and more; or None."""
    quoted = file.quoted()
    if len(quoted) != 1 or "\n" in file.text[slice(*quoted[0])].strip():
        return None
    begin = file.line_start(quoted[0][0])
    line = file.text[begin : file.line_end(begin)].rstrip("\r\n")
    value = re.search(r"(?:^\s*-\s+|[:=]\s+)([\"']?)(?P<value>[^\s\"'#]+)\1\s*$", line)
    wanted = ask.line.strip("\"'")
    if value is None or len(value["value"]) < 3 or " " in wanted:
        return None
    if not wanted.endswith((f":{value['value']}", f"/{value['value']}")):
        return None
    mark, old = value[1], value["value"]
    at = begin + value.start("value") - len(mark)
    new = f"{mark}{wanted}{mark}"
    said = f"replace `{old}` with `{wanted}`"
    stop = at + len(old) + 2 * len(mark)
    return SettingEdit(at, stop, new, said, Operation.REPLACE, (new,), ())


def written_over(file: SettingsFile, ask: Ask, head: str) -> SettingEdit:
    """Return the line spelled out in the place of the one quoted line that begins with ``head``.

    A mark that ends the line there, a comma or a remark, stays.
    """
    lines = [
        (start, file.text[start : file.line_end(start)].rstrip("\r\n"))
        for begin, end in file.quoted()
        for start in (begin, *(at + 1 for at in range(begin, end - 1) if file.text[at] == "\n"))
    ]
    line = re.compile(rf"\s*(?P<code>{re.escape(head)}(?![\w.-])[^#]*?)(?:,?(?:\s+#.*)?)")
    rows = [(at, hit) for at, row in lines if (hit := line.fullmatch(row)) is not None]
    if len(rows) != 1:
        raise Unreadable(f"`{head}` stands {len(rows)} times in the code quoted")
    at, hit = rows[0]
    before, wanted = hit["code"], ask.line.rstrip(",")
    if before == wanted:
        raise Unreadable("it stands there already")
    said = f"write `{wanted}`"
    start = at + hit.start("code")
    return SettingEdit(
        start, start + len(before), wanted, said, Operation.REPLACE, (wanted,), (before,)
    )


_FLAG = re.compile(
    r"-{1,2}[A-Za-z][\w-]*(?:[= ][\w.:/,%-]+)?(?: --[A-Za-z][\w-]*(?:[= ][\w.:/,%-]+)?)*"
)


def _flagged(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the option put behind the words of the command that it is for."""
    if not _FLAG.fullmatch(ask.value):
        raise Unreadable(f"`{ask.value[:60]}` is no option of a command")
    anchor = re.sub(r"^(?:the|each)\s+", "", ask.anchor).strip()
    begin, end = _one(file, _spans(file, anchor), f"`{anchor}`", None)
    line = file.text[begin : file.line_end(begin)]
    name = re.split(r"[= ]", ask.value)[0]
    if re.search(rf"(?<!\S){re.escape(name)}\b", line):
        raise Unreadable(f"{name} stands there already")
    if re.match(r"HEALTHCHECK\b", line):
        given = re.match(r"HEALTHCHECK(?:[ \t]+--\S+)*", line)
        end = begin + (given.end() if given else 0)
    said = f"add `{ask.value}` to `{anchor}`"
    return SettingEdit(end, end, f" {ask.value}", said, Operation.ADD, (ask.value,))
