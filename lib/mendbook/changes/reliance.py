"""How the code around a change relies on it: what the line at issue gives, and to whom.

It is read from the trees of today's code, whatever the fix says: where no sort of change is known,
this is what a change of the line can be noticed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.changes.syntax_kinds import Kinds, kinds_of
from mendbook.changes.today import Today, handled
from mendbook.changes.value_use import Use, UseKind, kept_use, statement_use, use_of
from mendbook.model import Citation, Reference, ReferenceKind, Said
from mendbook.text.phrasing import listed

_MOST = 3
_NAMED = re.compile(r"[\w$]+$")
_LOGS = re.compile(r"(?i)(?:^|\.)(?:console|log\w*|print\w*|debug|warn|info|trace)(?:\.|$)")
_CONVERTS = re.compile(
    r"len|str|int|float|bool|list|dict|tuple|set|repr|isinstance|sorted|print|String|Number|Boolean"
    r"|filter|map|any|all|sum|min|max|zip|enumerate|reversed|copy|delete|Array\.from|strings\.\w+"
    r"|parseInt|Array\.isArray|Object\.\w+|JSON\.\w+|json\.\w+|fmt\.\w+|string|append|cap|make"
)
"""Functions of any program: that a value is handed to one tells nothing of this one."""
_MANY = {
    "returns": "return",
    "throws": "throw",
    "decides": "decide",
    "goes": "go",
    "keeps": "keep",
    "hands": "hand",
    "does": "do",
}
"""Verbs of one caller, and of several."""
_UNREAD = "does not look at it"
UNREAD = "look at it."
"""Ends a sentence that says that nobody uses what is given."""
_CALLS_BACK = re.compile(
    r"(?:return\s+|await\s+)*(?P<name>(?:cb|callback|done|next|resolve|reject|fn|handler|on[A-Z]\w*"
    r"|\w+(?:Cb|Callback|Handler|Fn)))\("
)
"""Calls a function that was handed in: what it is given goes there, and not to who called."""
_MAKES = re.compile(r"(?:^|\.)(?:__init__|constructor|init)$")
"""Functions that return nothing of their own."""
_MANY_LINES = 6
"""Lines that a sentence can name."""
_LOCAL = re.compile(r"\$[A-Za-z_]\w*")
"""A variable of PHP, which is of its function alone."""
_COMMENT = re.compile(r"\s*(?:#|//|\*|/\*)")
_ENDS = re.compile(r"\b(?:throw|raise|panic)\b")


def reliance(today: Today) -> Said | None:
    """Say what the line at issue gives and who uses that; None where neither is certain."""
    node, kinds = today.node, today.kinds
    if node is None or kinds is None:
        return None
    place = Citation(today.path, today.line)
    if node.kind() in kinds.catches:
        return _caught(node, place, today)
    if node.kind() in kinds.functions:
        return _given(f"What `{today.name}` returns", today) if today.name else None
    if (called_back := _called_back(node, place, today)) is not None:
        return called_back
    use = statement_use(node, kinds)
    if use is None:
        return None
    kept = ""
    if use.kind is UseKind.KEPT and today.function is not None:
        further = kept_use(use, today.function, kinds)
        kept = use.name if further is not None and re.fullmatch(r"[\w$]+", use.name) else ""
        use = further or use
    words = _told(use, place, today, kept)
    if not words:
        own = today.name and not today.in_closure
        return _given(f"What `{today.name}` returns", today) if own else None
    whole = f"{words}.", (place, Citation(today.path, use.line))
    if use.kind is UseKind.RETURNED and not today.in_closure:
        return _given(words, today, place) or Said(*whole)
    if use.kind is UseKind.THROWN and (said := _met(words, today, place)) is not None:
        return said
    return Said(*whole)


def _called_back(node: SgNode, place: Citation, today: Today) -> Said | None:
    """Say who gets what a line gives to a function that its own was handed."""
    called = _CALLS_BACK.match(node.text())
    if called is None or called["name"] not in today.parameters:
        return None
    callers = today.callers()[:_MOST]
    if not callers:
        return None
    hand = "hands" if len(callers) == 1 else "hand"
    by = f"{listed([str(each) for each in callers])} {hand} it in"
    words = f"`{called['name']}`, which `{today.name}` was handed, is given that: {by}."
    return Said(words, (place, *(each.place for each in callers)))


def _caught(clause: SgNode, place: Citation, today: Today) -> Said | None:
    """Say which lines' errors end in a clause that passes none of them on."""
    around = clause.parent()
    body = around.field("body") if around is not None else None
    if body is None or _ENDS.search(clause.text()):
        return None
    first, last = body.range().start.line + 1, body.range().end.line + 1
    tried = Citation(today.path, first, last if last > first else None)
    return Said(f"Errors of {tried} end in line {today.line} today.", (place, tried))


def _given(words: str, today: Today, *places: Citation) -> Said | None:
    """Say what the callers do with what the function returns; None where no call is read."""
    by = list(_callers(today))
    unread = all(does == _UNREAD for _, does, _ in by)
    if not by or (not places and (unread or _MAKES.search(today.name))):
        return None
    alike: dict[str, list[str]] = {}
    for who, does, _ in by:
        alike.setdefault(does, []).append(who)
    shown = [f"{listed(who)} {_do(does, len(who))}" for does, who in alike.items()]
    cited = tuple(each for _, _, each in by)
    return Said(f"{words}: {listed(shown)}.", (*places, *cited))


def _do(does: str, many: int) -> str:
    """Return what one caller ``does`` as ``many`` do it."""
    verb, _, rest = does.partition(" ")
    return does if many == 1 else f"{_MANY[verb]} {rest}"


def _met(words: str, today: Today, place: Citation) -> Said | None:
    """Say which callers catch what is thrown there."""
    calls = [use for use in today.calls() if use.kind is ReferenceKind.CALL][:_MOST]
    if not calls or today.in_closure:
        return None
    met = [
        f"{_who(use)} {'catches' if handled(use, today.snapshot) else 'does not catch'} it"
        for use in calls
    ]
    places = tuple(Citation(use.file, use.line) for use in calls)
    return Said(f"{words}: {listed(met)}.", (place, *places))


def _told(use: Use, place: Citation, today: Today, kept: str) -> str:
    name = f"`{today.name}`" if today.name and not today.in_unnamed else "its function"
    own = use.line == today.line
    at = "" if own else f" ({today.path}:{use.line})"
    head = str(place) if own else f"What {place} gives"
    head = f"`{kept}` ({place})" if kept else head
    if use.kind is UseKind.RETURNED:
        return f"{head} {'is' if own else 'goes into'} what {name} returns{at}"
    if use.kind is UseKind.THROWN:
        return f"{head} is how {name} ends with an error{at}"
    if use.kind is UseKind.DECIDES:
        if not use.name or _CONVERTS.fullmatch(use.name):
            return ""
        return f"{head} decides whether {name} comes to `{use.name}`{at}"
    if use.kind is UseKind.LOOPED:
        return f"{head} is what {name} goes through one by one{at}"
    if not use.name or _LOGS.search(use.name) or _CONVERTS.fullmatch(use.name):
        return ""
    if use.kind is UseKind.HANDED:
        return f"{head} is handed to `{use.name}`{at}"
    if use.kind is UseKind.KEPT:
        if own and re.fullmatch(r"\w+", use.name):
            return ""  # a variable of its own, and what is done with it is not known
        if own and _LOCAL.fullmatch(use.name):
            behind = _behind(use.name, today)
            return f"{behind} work with `{use.name}` of {place}" if behind else ""
        users = _beside(use.name, today) if own else ""
        said = f"{head} {'sets' if own else 'goes into'} `{use.name}`{at}{users}"
        return said if users or not own else ""
    return ""


def _behind(name: str, today: Today) -> str:
    """Return the lines of the function behind the place that have ``name``, as a subject."""
    if today.function is None:
        return ""
    first = today.function.range().start.line + 1
    used = re.compile(rf"(?<![\w$.>]){re.escape(name)}(?![\w$])")
    lines = [
        str(number)
        for number, line in enumerate(today.function.text().splitlines(), start=first)
        if number > today.line and used.search(line) and not _COMMENT.match(line)
    ]
    if not 1 < len(lines) <= _MANY_LINES:
        return ""
    return f"Lines {listed(lines)}"


def _beside(name: str, today: Today) -> str:
    """Return which other lines of the file have ``name``, as the end of a sentence."""
    text = today.snapshot.get(today.path) or ""
    used = re.compile(rf"(?<![\w$.]){re.escape(name)}(?![\w$])")
    lines = [
        str(number)
        for number, line in enumerate(text.splitlines(), start=1)
        if number != today.line and used.search(line)
    ]
    if not 0 < len(lines) <= _MANY_LINES:
        return ""
    several = len(lines) > 1
    word, use = ("lines", "use") if several else ("line", "uses")
    return f", which {word} {listed(lines)} {use} too"


def _callers(today: Today) -> Iterator[tuple[str, str, Citation]]:
    """Yield who calls the place's function, what it does with its result, and its line."""
    for use in today.calls()[:_MOST]:
        kinds, text = kinds_of(use.file), today.snapshot.get(use.file)
        call = _call_at(use, kinds.parse(text), kinds) if kinds and text is not None else None
        does = _does(call, kinds) if call is not None and kinds is not None else ""
        if does:
            yield _who(use), does, Citation(use.file, use.line)


def _who(use: Reference) -> str:
    named = use.enclosing if use.enclosing != "module" else ""
    place = f"{use.file}:{use.line}"
    if not named:
        return place
    return f"`{named}` ({place})" if re.fullmatch(r"[\w$.]+", named) else f"{named} ({place})"


def _does(call: SgNode, kinds: Kinds) -> str:
    """Return what is done with the result of ``call``; empty where that is not certain."""
    use = use_of(call, kinds)
    if use is None:
        return ""
    around = next((each for each in call.ancestors() if each.kind() in kinds.functions), None)
    if use.kind is UseKind.KEPT and around is not None:
        use = kept_use(use, around, kinds) or use
    said = {
        UseKind.RETURNED: "returns it in turn",
        UseKind.THROWN: "throws it",
        UseKind.DECIDES: "decides by it",
        UseKind.LOOPED: "goes through it",
        UseKind.KEPT: f"keeps it as `{use.name}`",
        UseKind.HANDED: f"hands it to `{use.name}`",
        UseKind.UNUSED: _UNREAD,
    }
    return said[use.kind]


def _call_at(use: Reference, root: SgNode, kinds: Kinds) -> SgNode | None:
    """Return the call that a reference stands for; None for a use that is none."""
    if use.kind not in {ReferenceKind.CALL, ReferenceKind.CONSTRUCT}:
        return None
    waiting = [root]
    while waiting:
        node = waiting.pop()
        span = node.range()
        if not span.start.line < use.line <= span.end.line + 1:
            continue
        if node.kind() in kinds.calls:
            function = node.field("function") or node.field("name") or node.field("constructor")
            end = function.range().end if function is not None else None
            name = _NAMED.search(function.text()) if function is not None else None
            if end is not None and name is not None and end.line + 1 == use.line:
                begins = end.column - len(name[0]) + 1
                if begins <= use.column <= end.column + 1:
                    return node
        waiting.extend(reversed(node.children()))
    return None
