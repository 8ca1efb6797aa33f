"""Code of several words in the place of other code that the finding quotes."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.literal import said_again
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_CODE = r"(?:`[^`]+`|\S(?:[^`]*?\S)?)"
_VERB = r"(?:please\s+)?"
_OUGHT = r"(?:should|must|has\s+to|ought\s+to|needs\s+to|is\s+to)"
_HERE = r"(?:\s+(?:here|there|too|in\s+(?:this|that|the(?:\s+\w+)?)\s+\w+))?"
_FORMS = tuple(
    re.compile(each, re.I)
    for each in (
        rf"{_VERB}(?:(?:use|write|prefer|call|say|take|make\s+(?:it|this|that)|it\s+should\s+be"
        rf"|it\s+must\s+be)\s+)?(?P<new>{_CODE})"
        rf",?\s+(?:{INSTEAD_OF}|not)\s+(?:the\s+|a\s+|plain\s+"
        rf"|bare\s+)?(?P<old>{_CODE})",
        rf"{_VERB}(?:replace|swap|exchange)\s+(?:the\s+)?(?P<old>{_CODE})\s+(?:with|by|for)\s+"
        rf"(?P<new>{_CODE})",
        rf"{_VERB}(?:change|turn|switch|convert)\s+(?:the\s+)?(?P<old>{_CODE})\s+(?:to|into)\s+"
        rf"(?P<new>{_CODE})",
        rf"{_VERB}(?P<old>{_CODE})\s*(?:→|->|=>|⇒)\s*(?P<new>{_CODE})",
        rf"(?P<old>`[^`]+`)\s+{_OUGHT}\s+(?:be|become|read|say)\s+(?P<new>`[^`]+`){_HERE}",
        rf"(?:it|this|that)\s+{_OUGHT}\s+(?:be|become|read|say)\s+(?P<new>`[^`]+`),?\s+"
        rf"(?:{INSTEAD_OF}|not)\s+(?P<old>`[^`]+`){_HERE}",
    )
)
_CODED = re.compile(r"[(){}\[\]:=./$\"'*@|<>%]|(?:^|\s)--?[a-zA-Z]|_|\d")
_INSTRUCTION = re.compile(r"(?:USER|WORKDIR|EXPOSE|ENV|STOPSIGNAL|LABEL|ARG)\s+\S+$")
_PROSE = re.compile(
    r"\b(?:the|a|an|that|this|which|its|your|our|some|any|and|or|then|with|for|so|it|each|both"
    r"|all|every"
    r"|everywhere|to|by|of|at|in|on|from|as|is|be|must|should)\b"
)
_ONCE = re.compile(r"\b(?:both|all|each|every|everywhere|twice|either|or|unless|only|not)\b")


def swapped(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Use command -v instead of which*: what stands once in the evidence, and is code."""
    text = plain(said)
    text = re.sub(r"^[A-Z][a-z]+(?: [a-z]+){1,6}: (?=\S)", "", text)
    spans = file.quoted()
    if not spans:
        return None
    for form in _FORMS:
        told = form.fullmatch(text)
        if told is None:
            continue
        old, new = told["old"].strip("`"), told["new"].strip("`")
        marked = told["new"].startswith("`") and told["old"].startswith("`")
        places = [
            (begin + one.start(), begin + one.end())
            for begin, end in spans
            for one in _form(old).finditer(file.text[begin:end])
        ]
        if len(places) != 1 or old == new or len(old) < 2:
            continue
        if _OBLIGED.search(text) and not _is_same_program(old, new, file.text):
            raise Unreadable(f"`{new}` would run something else than `{old}`")
        begin, end = places[0]
        if re.match(r"\s*(?:#|//|--\s)", file.text[file.line_start(begin) : begin + 1]):
            continue
        first = said_again(file, begin, new)
        if not marked and first == begin and not _is_pair(new, old):
            continue
        begin = first
        end += _said_on(file.text[end:], new)
        gone = file.text[begin:end]
        read_as = f"replace `{old}` with `{new}`"
        return (SettingEdit(begin, end, new, read_as, Operation.REPLACE, (new,), (gone,)),)
    return None


_OBLIGED = re.compile(rf"`\s+{_OUGHT}\s|^(?:it|this|that)\s+{_OUGHT}\s", re.I)


def _is_same_program(old: str, new: str, text: str) -> bool:
    """Tell whether code is no command, or one of a program that the file runs already."""
    first = new.split()[0]
    if not re.fullmatch(r"[a-z][\w.-]*", first):
        return True
    runs = re.search(rf"(?<![\w./-]){re.escape(first)}(?![\w-])", text) is not None
    more = re.search(r"[;|&<>`]|\$\(|https?:", new.replace(old, "")) is not None
    return (runs or first == old.split()[0] or old.split()[0] == "which") and not more


def _said_on(rest: str, new: str) -> int:
    """Return how much behind the old code the new one says again: *COPY a/ in place of ADD*."""
    words = new.split()
    for first in range(1, len(words)):
        again = re.match(rf"[ \t]+{re.escape(' '.join(words[first:]))}(?=\s|$)", rest)
        if again is not None:
            return again.end()
    return 0


def _is_pair(new: str, old: str) -> bool:
    """Tell whether both are code: by themselves, or as two commands of the same program."""
    program = re.fullmatch(r"[a-z][\w.-]*(?: [\w.=/-]+)+", new) is not None and (
        new.split()[0] == old.split()[0] or old in {"which"}
    )
    single = re.fullmatch(r"[\w.-]+", old) is not None and old not in _ARTICLES
    return (_is_code(new) or program) and (single or program or _is_code(old))


_ARTICLES = {"the", "a", "an", "it", "this", "that", "them", "one"}


def _is_code(text: str) -> bool:
    """Tell whether a piece of a sentence is code: no word of prose, and a mark or capitals."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    if _PROSE.search(bare) or _ONCE.search(bare) or len(text) > 120:
        return False
    return (
        _CODED.search(text) is not None
        or _INSTRUCTION.match(text) is not None
        or re.fullmatch(r"[A-Z][A-Z ]+", text) is not None
    )


def _form(old: str) -> re.Pattern[str]:
    head = r"(?<![\w.-])" if re.match(r"\w", old) else (r"(?<!\S)" if old[0] == "-" else "")
    tail = r"(?![\w-]|\.\w)" if re.search(r"\w$", old) else ""
    return re.compile(head + r"\s+".join(map(re.escape, old.split())) + tail)
