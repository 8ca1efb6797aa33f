"""Directives that a fix text spells out, in the block of a file of blocks that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.block_files import edit_blocks
from mendbook.fixes.settings.conf_blocks import Block, blocks_of
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.meant.blocks import stands_often
from mendbook.fixes.settings.meant.wish import Span, Wish
from mendbook.model import Operation

_NAME = r"[a-z]+(?:_[a-z0-9]+)+"
_USUAL = (
    "expires|gzip|etag|internal|sendfile|autoindex|resolver|charset|listen|root|index|aio|deny"
    "|allow"
)
_ARG = r"(?:\"[^\"]*\"|'[^']*'|[^\s,;{}()\"'`]*[^\s,;:.{}()\"'`])"
_STOP = (
    r"(?!(?:in|into|on|for|to|there|ought|is|are|and|should|must|has|needs|inside|within|at|below|above|beside"
    r"|here|too|so|as|instead|next|from|of|with|directive|line|block|would|does|will|the)\b)"
)
_ENDED = re.compile(rf"(?<![\w$./-])(?P<name>{_NAME}|{_USUAL})(?P<args>(?:[ ]+{_ARG})+);")
_OPEN = re.compile(rf"(?<![\w$./-])(?P<name>{_NAME})(?P<args>(?:[ ]+{_STOP}{_ARG})+)")
_MANY = frozenset(
    {
        "add_header",
        "proxy_set_header",
        "allow",
        "deny",
        "rewrite",
        "error_page",
        "set",
        "include",
        "server",
        "limit_req",
        "limit_conn",
        "fastcgi_param",
    }
)
_VALUE = re.compile(r"(?<![\w./:-])(?P<value>\d[\w.]*|on|off)(?![\w./:-])")
_OPENS = re.compile(r"\bautoindex\s+on\b|\ballow\s+all\b")


def directives_put(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return the edits that write the directives spelled out; None where none is."""
    if not file.path.endswith(".conf") or "{" not in file.text:
        return None
    told = list(_told(wish))
    if not told and (valued := _valued(file, wish)) is not None:
        return valued
    if not told or len(told) > 4 or wish.is_open([span for _, span in told]):
        return None
    if any(_OPENS.search(line) for line, _ in told):
        raise Unreadable("it would open what is closed")
    block = _meant(file, wish.without([span for _, span in told]))
    edits: list[SettingEdit] = []
    news: list[str] = []
    for line, _ in told:
        name = line.split()[0]
        held = [one for one in _held(file, block) if one["name"] == name]
        if name in _MANY:
            lead = " ".join(line.rstrip(";").split()[:2])
            if any(" ".join(one[0].split()).startswith(lead) for one in held):
                raise Unreadable(f"`{lead}` stands there already")
            held = []
        if len(held) > 1:
            raise Unreadable(f"{name} stands several times")
        if held:
            edits.append(_set(held[0], line))
        else:
            news.append(line)
    return (*edits, *([_added(file, block, news)] if news else []))


def _told(wish: Wish) -> Iterator[tuple[str, Span]]:
    """Yield each directive with where it is spelled out: up to its semicolon, or its last word."""
    at = 0
    while at < len(wish.text):
        ended, bare = _ENDED.search(wish.text, at), _OPEN.search(wish.text, at)
        one = ended if ended and (not bare or ended.start() <= bare.start()) else bare
        if one is None:
            return
        if "`" in one["args"]:
            at = one.end("name")
            continue
        yield f"{one['name']} {' '.join(one['args'].split())};", one.span()
        at = one.end()


def _meant(file: SettingsFile, words: str) -> Block:
    """Return the one block that the words name, of the finding, or around what is quoted."""
    blocks = blocks_of(file.text)
    named = [one for one in blocks if one.kind == "location" and _names_path(words, one)]
    kinds = re.findall(
        r"\b(http|events|stream|server|upstream)\s+(?:block|context|section|level)\b", words
    )
    kinds += (
        re.findall(r"\b(?:the|every|each)\s+(server|http)\b(?!['’]s)", words) if not kinds else []
    )
    if not named and kinds:
        named = [one for one in blocks if one.kind == kinds[0]]
        hosts = set(re.findall(r"[\w-]+(?:\.[\w-]+)+", words))
        if hosts and any(hosts & set(file.text[b.begin : b.end].split()) for b in named):
            named = [
                b for b in named if hosts & set(re.findall(r"[\w.-]+", file.text[b.begin : b.end]))
            ]
    own = [
        one
        for one in blocks
        if f"{one.kind} {one.of}".strip() == " ".join(file.finding.function.split())
    ]
    spans = file.quoted()
    around: list[Block] = []
    if len(spans) == 1:
        begin, end = spans[0]
        around = [one for one in blocks if begin <= one.head < end][:1]
        around = around or [b for b in blocks if b.begin <= begin and end - 1 <= b.end]
    if len(named) > 1:
        named = [one for one in named if one in around or one in own]
    if len(named) == 1:
        if spans and not any(named[0].head < b and a < named[0].end for a, b in spans):
            raise Unreadable("what is quoted stands in another block")
        return named[0]
    if named or kinds:
        raise Unreadable("the block that is meant is not plain")
    if len(own) == 1:
        return own[0]
    if around and not stands_often(file):
        return max(around, key=lambda one: one.head)
    raise Unreadable("which block is meant is not said")


def _names_path(words: str, one: Block) -> bool:
    path = one.of.split()[-1] if one.of else ""
    if path == "/":
        return re.search(r"\blocation\s+/(?![\w.])", words) is not None
    bare = path.rstrip("/")
    return bool(bare) and re.search(rf"(?<![\w/.]){re.escape(bare)}/?(?![\w/])", words) is not None


def _held(file: SettingsFile, block: Block) -> Iterator[re.Match[str]]:
    """Yield the directives of a block itself, without those of blocks within it."""
    inner = [one for one in blocks_of(file.text) if block.begin <= one.head and one.end < block.end]
    for one in re.compile(r"(?m)^[ \t]*(?P<name>[a-z][\w]*)[ \t]+(?P<args>[^;{}\n]+);").finditer(
        file.text, block.begin, block.end
    ):
        if not any(each.head <= one.start("name") < each.end for each in inner):
            yield one


def _set(held: re.Match[str], line: str) -> SettingEdit:
    new, gone = line.rstrip(";"), held[0].strip().rstrip(";")
    if " ".join(gone.split()) == new:
        raise Unreadable("it stands there already")
    begin = held.start("name")
    return SettingEdit(
        begin, held.end("args"), new, f"write `{line}`", Operation.SET, (new,), (gone,)
    )


def _added(file: SettingsFile, block: Block, lines: list[str]) -> SettingEdit:
    at = file.line_start(block.end)
    if file.text[at : block.end].strip():
        raise Unreadable("the block is written on one line")
    held = list(_held(file, block))
    lead = file.indent(held[-1].start("name")) if held else file.indent(block.head) + "    "
    if held:
        at = file.line_end(held[-1].end())
    rows = file.newline.join(f"{lead}{one}" for one in lines)
    said = f"add {', '.join(f'`{one}`' for one in lines)} to `{block.kind}`"
    return SettingEdit(at, at, f"{rows}{file.newline}", said, Operation.ADD, tuple(lines))


def _valued(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return a directive that is named with another value: *proxy_read_timeout ought to be 1h*."""
    names = re.findall(rf"(?<![\w$./-])(?:{_NAME})(?![\w-])", wish.text)
    values = list(_VALUE.finditer(wish.text))
    if re.search(r"\band\b|;", wish.text):
        return None
    if len(set(names)) != 1 or not values or wish.is_open([one.span() for one in values]):
        return None
    block = _meant(file, wish.text)
    held = [one for one in _held(file, block) if one["name"] == names[0]]
    given = re.findall(rf"{names[0]}[`]?\s+(?:of|to|at|as|=|:)\s+[`]?(\d\w*|on|off)\b", wish.text)
    if not held and len(set(given)) == 1 == len(values):
        return (_added(file, block, [f"{names[0]} {given[0]};"]),)
    if len(held) != 1:
        raise Unreadable(f"{names[0]} stands {len(held)} times there")
    news = {one["value"] for one in values} - {held[0]["args"].strip()}
    if len(news) != 1:
        return None
    return (_set(held[0], f"{names[0]} {news.pop()};"),)


def line_gone(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted directive gone, where the text names it and lets it go."""
    rows = [one.strip() for one in file.finding.evidence.splitlines() if one.strip()]
    spans = file.quoted()
    if not file.path.endswith(".conf") or len(rows) != 1 or len(spans) != 1 or stands_often(file):
        return None
    told = re.fullmatch(r"(?P<name>[a-z_]+)[ \t]+[^;{}]+;", rows[0])
    if told is None or not _GOES.search(wish.text) or not wish.says(told["name"]):
        return None
    others = [one for one in wish.codes([]) if one not in rows[0]]
    if others or _KEPT.search(wish.text):
        return None
    return tuple(edit_blocks(file, Ask(Verb.REMOVE, wish.text, name=rows[0])))


_GOES = re.compile(
    r"\b(?:remove|delete|drop|strip|discard)\s+(?:the\s+)?|\bget\s+rid\s+of\b|\b(?:must|should|has\s+to|can)\s+go\b",
    re.I,
)
_KEPT = re.compile(
    r"\b(?:or|not|never|unless|if|when|keep|instead|replace|add|set|only)\b|n['’]t\b", re.I
)
