"""Understand the ``function`` of a finding: names to look up in code, and socket events."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[A-Za-z_$][\w$]*"
_SYMBOL = re.compile(rf"#?{_NAME}(?:\.#?{_NAME})*")
_CALL = re.compile(rf"(#?{_NAME}(?:(?:\.|#|::)#?{_NAME})*)\s*(?:<[^()]*>)?\((.*)\)", re.DOTALL)
_BRACED = re.compile(rf"({_NAME})\.\{{(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*)\}}")
_WITH_ASIDE = re.compile(r"(.*\S)\s+\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_EVENT = re.compile(r"[A-Za-z][\w-]*(?::[\w.-]+)+")
_ROUTE = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(/\S*)", re.I)
_REGISTRATION = re.compile(
    r"(?:[\w$.]+\.)?(?:on|once|off|emit|addListener)\(\s*['\"`]([^'\"`]+)['\"`].*", re.DOTALL
)
_HANDLER = re.compile(
    r"(?:the\s+)?[\"'`]?([\w:.-]+)[\"'`]?\s+(?:event\s+)?(?:handlers?|listeners?|events?)",
    re.I,
)
_LEADING = re.compile(
    r"(?:(?:export|default|async|function|class|new|const|static|private|public|get|set)\s+)+"
)
_ROLE = re.compile(
    r"\s+(?:constructor|class|method|function|interface|type|enum|constant|schema|middleware|hook"
    r"|factory|helper|callback|module|object|instance|initiali[sz]ation|bootstrap)\Z",
    re.I,
)
_SEVERAL = re.compile(
    r"(?:multiple|various|several|all|many)\b[\w\s]*?\s*[(:]\s*(.*?)\)?\s*\Z", re.I | re.DOTALL
)
_NOTHING = re.compile(
    r"\W*(?:n/?a|none|null|unknown|not applicable|tbd|anonymous|constructor)?\W*"
    r"|(?:multiple|various|several|all|many|entire|whole|global|module|file|top)\b[\w\s/-]*",
    re.I,
)
_SEPARATORS = re.compile(
    r"\s*(?:[,;+&|\n]|→|->|=>|\band\b|\bor\b|(?<=[\w)])\s*/\s*(?=[A-Za-z_$]))\s*"
)
_KEYWORDS = {
    "constructor",
    "export",
    "default",
    "function",
    "class",
    "import",
    "async",
    "anonymous",
}
_OPEN, _CLOSE = "([{", ")]}"
_LONGEST = 500
"""Characters; keeps hostile text from costing more than linear time."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a field was understood as; ``why`` says what was normalised or not understood."""

    symbols: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    nothing_meant: bool = False
    """The audit itself says that no function applies: ``N/A``."""


def read_names(written: str) -> Names:
    """Return the symbols and events that ``written`` names."""
    text = written.strip().strip("`").strip()
    if len(text) > _LONGEST:
        return Names(why=("too long to be a name",))
    if _SYMBOL.fullmatch(text) and not _NOTHING.fullmatch(text):
        name = _tidy(text)
        return Names((name,), why=() if name == text else ("the name alone",))
    why: list[str] = []
    if (match := _SEVERAL.fullmatch(text)) and match[1].strip():
        text = match[1]
        why.append("several, listed in brackets")
    if _NOTHING.fullmatch(text):
        meant = text == "" or re.fullmatch(r"\W*(?:n/?a|none|null|not applicable)?\W*", text, re.I)
        return Names(why=("no single function is named",), nothing_meant=bool(meant))
    symbols: list[str] = []
    events: list[str] = []
    parts = _split(text)
    for part in parts:
        names = _read_part(part)
        symbols.extend(names.symbols)
        events.extend(names.events)
        why.extend(names.why)
    if len(parts) > 1:
        why.insert(0, f"{len(parts)} names")
    return Names(
        tuple(dict.fromkeys(symbols)), tuple(dict.fromkeys(events)), tuple(dict.fromkeys(why))
    )


def _split(text: str) -> list[str]:
    """Split at separators that stand outside brackets and quotes; a route keeps its slash."""
    if _ROUTE.match(text):
        return [part.strip() for part in re.split(r"\s*[,;]\s*", text) if part.strip()]
    depth, shielded = 0, []
    for char in text:
        depth += (char in _OPEN) - (char in _CLOSE and depth > 0)
        shielded.append("\0" if depth and char not in _OPEN else char)
    cover = "".join(shielded)
    parts, start = [], 0
    for match in _SEPARATORS.finditer(cover):
        parts.append(text[start : match.start()])
        start = match.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _read_part(part: str) -> Names:
    text = part.strip("`").strip()
    if match := _ROUTE.fullmatch(text):
        return Names(events=(f"{match[1].upper()} {match[2]}",), why=("an HTTP route",))
    if match := _REGISTRATION.fullmatch(text):
        return Names(events=(match[1],), why=("the event that is registered there",))
    if match := _BRACED.fullmatch(text):
        members = [name.strip() for name in match[2].split(",")]
        return Names(
            tuple(f"{match[1]}.{name}" for name in members), why=("the members in braces",)
        )
    if match := _WITH_ASIDE.fullmatch(text):
        return _with_aside(match[1], match[2])
    if match := _CALL.fullmatch(text):
        return Names((_tidy(match[1]),), why=("the name without its call brackets",))
    bare = text.strip("\"'").strip()
    if _EVENT.fullmatch(bare) and "::" not in bare:
        return Names(events=(bare,), why=("a socket event",))
    if match := _HANDLER.fullmatch(bare):
        return Names(events=(match[1],), why=(f"the handler of the event {match[1]}",))
    return _plain_name(bare, text)


def _plain_name(bare: str, text: str) -> Names:
    name = _ROLE.sub("", _LEADING.sub("", bare)).strip()
    name = re.sub(r"<.*>\Z", "", name).replace("::", ".").replace(".prototype.", ".")
    name = re.sub(rf"({_NAME})#({_NAME})", r"\1.\2", name)
    if match := _CALL.fullmatch(name):
        name = match[1]
    if not _SYMBOL.fullmatch(name) or name in _KEYWORDS:
        return Names(why=(f"no name of a function in {text!r}",))
    why = () if name == text else ("the name alone",)
    return Names((_tidy(name),), why=why)


def _with_aside(before: str, aside: str) -> Names:
    """Read ``OrderHandler.handle (order:place)`` and ``RoomManager (createRoom, closeRoom)``."""
    outer = _read_part(before)
    inside = [item.strip().strip("`'\"") for item in re.split(r"\s*[,;/+&]\s*", aside)]
    events = [item for item in inside if _EVENT.fullmatch(item)]
    if events:
        why = (*outer.why, "the event in brackets")
        return Names(outer.symbols, (*outer.events, *events), why)
    members = [item.removesuffix("()") for item in inside if _is_member(item, len(inside))]
    if (
        len(outer.symbols) == 1
        and outer.symbols[0][0].isupper()
        and members == [item.removesuffix("()") for item in inside]
    ):
        owner = outer.symbols[0]
        why = (*outer.why, "the members in brackets")
        return Names(tuple(f"{owner}.{member}" for member in members), outer.events, why)
    why = (*outer.why, f"the remark ({aside}) is left aside")
    return Names(outer.symbols, outer.events, why)


def _is_member(item: str, beside: int) -> bool:
    name = item.removesuffix("()")
    if not re.fullmatch(rf"#?{_NAME}", name) or name == "constructor":
        return False
    return name != item or re.search(r"[a-z][A-Z]", name) is not None or beside > 1


def _tidy(symbol: str) -> str:
    dotted = re.sub(r"(?<=[\w$])(?:::|#)", ".", symbol).replace(".prototype.", ".")
    return dotted.removeprefix("this.").removesuffix(".constructor")
