"""One text in the place of another, as often as a fix text says: in both jobs, everywhere."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_WORD = (
    r"(?:`[^`]+`|\"[^\"]+\"|'[^']+'|(?!(?:the|a|an|it|both|all|each"
    r"|every)\b)[^\s,;`\"']*[^\s,;.:`\"'])"
)
_KIND = (
    r"(?:jobs|services|containers|stages|steps|places|occurrences|lines|spots|images"
    r"|instructions|locations"
    r"|servers|blocks|sections|entries|calls|commands|times|queries|statements|workflows|ones"
    r"|of\s+them)"
)
_MANY = (
    rf"(?P<many>both(?:\s+{_KIND})?|(?:all|the)\s+(?:of\s+the\s+)?(?:two|three|four|five"
    rf"|six)\s+{_KIND}"
    rf"|(?:two|three|four|five|six)\s+{_KIND}|all(?:\s+(?:of\s+)?(?:the\s+)?{_KIND})?"
    rf"|every\s+\w+|each\s+\w+|everywhere|throughout|twice"
    r"|wherever\s+it\s+(?:stands|is\s+used|appears|occurs))"
)
_IN = r"(?:(?:in|on|at|for|of)\s+)?"
_FORMS = tuple(
    re.compile(each, re.I)
    for each in (
        r"(?:please\s+)?(?:replace|change|switch|swap|turn|update|bump|move|pin|set|raise|lower"
        r"|upgrade)\s+(?:the\s+)?"
        rf"(?P<old>{_WORD})(?:\s+tags?)?\s+(?:with|by|to|for|into|→|->)\s+"
        rf"(?P<new>{_WORD})\s+{_IN}{_MANY}",
        r"(?:please\s+)?(?:use|write|run|put|take|set|pin)\s+(?P<new>"
        rf"{_WORD})\s+(?:{INSTEAD_OF}|for)\s+"
        rf"(?P<old>{_WORD})\s+{_IN}{_MANY}",
        rf"{_IN}{_MANY}[,:]?\s+(?:use|write|run|put|set)\s+(?P<new>{_WORD})\s+(?:instead\s+of"
        rf"|in\s+place"
        rf"\s+of|rather\s+than|for)\s+(?P<old>{_WORD})",
        rf"{_IN}{_MANY}[,:]?\s+(?:replace|change|switch|swap)\s+(?P<old>{_WORD})\s+(?:with|by"
        rf"|to|for|into)"
        rf"\s+(?P<new>{_WORD})",
        rf"(?P<old>{_WORD})\s*(?:→|->|=>|⇒)\s*(?P<new>{_WORD})[,:]?\s+{_IN}{_MANY}",
        rf"(?P<new>{_WORD})\s+{INSTEAD_OF}\s+"
        rf"(?P<old>{_WORD})[,:]?\s+{_IN}{_MANY}",
    )
)
_COUNTS = {"both": 2, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def everywhere(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Replace a with b in both jobs*: each place in what the finding quotes, else in the file."""
    text = " ".join(said.split()).strip().rstrip(".;")
    told = next((match for form in _FORMS if (match := form.fullmatch(text)) is not None), None)
    if told is None or told["old"].strip("`\"'") not in file.text:
        return _pinned(file, text)
    old, new = told["old"].strip("`\"'"), told["new"].strip("`\"'")
    if old == new or len(old) < 2 or re.match(r"-", new):
        return None
    return _replaced(file, old, new, told["many"])


_PIN = re.compile(
    r"(?:please\s+)?(?:(?:pin|set|move|switch|bump|update|upgrade)\s+(?:the\s+)?"
    r"(?:[a-z-]+\s+){0,2}(?:to|at)|use|take|run\s+on)\s+"
    rf"`?(?P<new>[a-z][\w./-]*?[-:@]v?\d[\w.-]*)`?(?:\s+as\s+(?:the\s+)?runner)?\s+{_IN}{_MANY}",
    re.I,
)


_MOVED = re.compile(
    rf"(?:please\s+)?(?:move|switch|pin|update|bump|upgrade)\s+{_MANY}\s+to\s+`?"
    r"(?P<new>[a-z][\w./-]*?[-:@]v?\d[\w.-]*)`?",
    re.I,
)


def _pinned(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """*Use ubuntu-24.04 in both jobs*: for the one other version of it that stands there."""
    told = _PIN.fullmatch(text) or _MOVED.fullmatch(text)
    if told is None:
        return None
    name = re.match(r".*?[-:@](?=v?\d)", told["new"])
    form = re.compile(rf"(?<![\w./-]){re.escape(name[0] if name else '')}[\w.]+(?![\w-])")
    others = {one[0] for one in form.finditer(file.text)} - {told["new"]}
    if len(others) != 1:
        raise Unreadable(f"{len(others)} other versions of `{told['new']}` stand there")
    return _replaced(file, others.pop(), told["new"], told["many"])


def _replaced(file: SettingsFile, old: str, new: str, many: str) -> tuple[SettingEdit, ...]:
    words = many.lower().split()
    count = next((_COUNTS[one] for one in words if one in _COUNTS), None)
    spans = _standing(file, old)
    near = [one for one in spans if any(a <= one[0] < b for a, b in file.quoted())]
    if count is None or len(spans) == count:
        chosen = spans
    elif len(near) == count:
        chosen = near
    else:
        raise Unreadable(f"`{old}` stands {len(spans)} times, and the text says {many}")
    if len(chosen) < 2:
        raise Unreadable(f"`{old}` stands {len(chosen)} times, and the text says {many}")
    read_as = f"replace `{old}` with `{new}`"
    return tuple(
        SettingEdit(begin, end, new, read_as, Operation.REPLACE, (new,), (old,))
        for begin, end in chosen
    )


def _standing(file: SettingsFile, old: str) -> list[tuple[int, int]]:
    """Return where ``old`` stands as a whole value, remarks left out."""
    form = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-]|\.\w|:\w)")
    return [
        one.span()
        for one in form.finditer(file.text)
        if not re.match(r"\s*(?:#|//|;|--\s)", file.text[file.line_start(one.start()) : one.end()])
    ]
