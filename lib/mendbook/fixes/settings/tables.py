"""Tables and lists of TOML told in words: a table that is new, a rule more, an option more."""

from __future__ import annotations

import re
import tomllib

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_HEADER = re.compile(r"^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:#.*)?$", re.M)
_PAIR = r"[\w.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|[\w.+-]+)"
_TABLE = re.compile(
    r"(?:please\s+)?(?:add|create|introduce|configure|put)\s+(?:an?\s+|the\s+)?"
    r"`?\[(?P<name>[\w.-]+)\]`?"
    r"(?:\s+(?:table|section|block))?(?:\s+(?:with|containing|and\s+set|setting)\s+|:\s*|\n)"
    rf"(?P<pairs>`?{_PAIR}`?(?:(?:,\s*|,?\s+and\s+|\n)`?{_PAIR}`?)*)`?",
    re.I,
)
_NAME = r"(?:[`\"'][\w/.-]+[`\"']+|(?-i:[A-Z]{1,4}\d*)(?![\w]))"
_ITEM = re.compile(
    r"(?:please\s+)?(?:add|append|include|enable)\s+(?:the\s+)?(?:rules?\s+)?"
    rf"(?P<items>{_NAME}(?:(?:,\s*|,?\s+and\s+){_NAME})*)(?:\s+rules?)?\s+(?:to|in|into|for"
    rf"|under)\s+(?:the\s+)?(?P<place>.+)",
    re.I,
)
_FLAG = re.compile(
    r"(?:please\s+)?(?:add|append|pass)\s+`?(?P<flag>--?[\w-]+(?:=\S+?)?)`?\s+(?:to|in)\s+"
    r"(?:the\s+)?"
    r"`?(?P<key>[\w-]+)`?(?:\s+(?:of|in|under)\s+.*)?",
    re.I,
)
_WORDS = {
    "select": {"select", "selected", "selection", "rules", "ruleset", "ruff", "lint"},
    "ignore": {"ignore", "ignored", "ignores"},
    "extend-select": {"extend-select"},
    "exclude": {"exclude", "excluded", "excludes"},
}
"""The keys of lists, and the words that people have for each."""
_PLAIN = {"list", "of", "in", "the", "for", "rule", "set", "tool", "config"}


def table_told(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edit of a table, a list or an option that the words name; None for others."""
    if not file.path.endswith(".toml"):
        return None
    text = step.strip().rstrip(".")
    if re.search(r"(?i)\b(?:not|never|or|either|unless|except|instead)\b|n['’]t\b", text):
        return None
    text = _worded(file, text)
    for form in (_new_table, _listed, _flagged):
        if (edits := form(file, text)) is not None:
            after = file.text
            for each in sorted(edits, key=lambda one: one.start, reverse=True):
                after = each.applied(after)
            try:
                tomllib.loads(after)
            except tomllib.TOMLDecodeError as error:
                raise Unreadable(f"the edit would not parse ({error})") from error
            return edits
    return None


_RULES = re.compile(
    r"(?:please\s+)?(?:select|add|enable|turn\s+on)\s+(?:the\s+)?(?:rules?\s+)?(?P<items>"
    r"(?-i:[A-Z]{1,4}\d*)(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?-i:[A-Z]{1,4}\d*))*)"
    r"(?:\s+rules?|\s+rule\s+sets?)?(?:\s+(?:as\s+well|too|also))?",
    re.I,
)
_HELD_FLAG = re.compile(
    r"(?:put\s+)?(?P<flag>--[\w-]+(?:=\S+)?)\s+(?:in|into|to)\s+(?P<key>[\w-]+)",
    re.I,
)


def _worded(file: SettingsFile, text: str) -> str:
    """Return *add the S rules* and *--strict in addopts* with the list or key left out."""
    if (flag := _HELD_FLAG.fullmatch(text)) is not None:
        return f"add {flag['flag']} to {flag['key']}"
    told = _RULES.fullmatch(text)
    quoted = [file.text[begin:end] for begin, end in file.quoted()]
    key = next((one for one in map(str.strip, quoted) if one.startswith("select")), "")
    if told is None or not key:
        return text
    return f"add {told['items']} to select"


def _new_table(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    told = _TABLE.fullmatch(text)
    if told is None:
        return None
    pairs = [" ".join(one.split()) for one in re.findall(_PAIR, told["pairs"])]
    rows = [re.sub(r"\s*=\s*", " = ", one, count=1) for one in pairs]
    heads = [one for one in _HEADER.finditer(file.text) if one["name"].strip() == told["name"]]
    if len(heads) > 1:
        raise Unreadable(f"[{told['name']}] stands {len(heads)} times")
    if heads:
        following = _HEADER.search(file.text, heads[0].end())
        stop = following.start() if following else len(file.text)
        body = file.text[heads[0].end() : stop]
        for row in rows:
            key = re.escape(row.partition(" ")[0])
            if re.search(rf"^[ \t]*{key}[ \t]*=", body, re.M):
                raise Unreadable(f"{row.partition(' ')[0]} stands there already")
        at = file.line_end(heads[0].end() + max(0, len(body.rstrip()) - 1))
        block = file.newline.join(rows)
        return (file.inserted(at, block, f"add `{'; '.join(rows)}` to [{told['name']}]"),)
    gap = "" if file.text.endswith(f"{file.newline}{file.newline}") else file.newline
    block = file.newline.join([f"[{told['name']}]", *rows])
    at = len(file.text)
    edit = file.inserted(at, f"{gap}{block}", f"add the table [{told['name']}]")
    return (edit,)


def _listed(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """``"UP" to the ruff lint selection``: the list whose key and table the words name."""
    told = _ITEM.fullmatch(text)
    if told is None:
        return None
    words = {one.lower() for one in re.findall(r"[\w-]+", told["place"])}
    matches = []
    for key, said in _WORDS.items():
        line = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*\[(?P<held>[^\[\]]*)\]", re.M)
        for one in line.finditer(file.text) if words & said else ():
            above = [each for each in _HEADER.finditer(file.text) if each.start() < one.start()]
            table = above[-1]["name"].strip() if above else ""
            if words - said - _PLAIN <= {part.lower() for part in re.split(r"[.\s]", table)}:
                matches.append(one)
    if not matches:
        return None
    begin, end = only([one.span("held") for one in matches], f"the list of {told['place']}")
    held = file.text[begin:end]
    items = [one.strip("`\"'") for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", told["items"])]
    if "\n" in held or any(f'"{one}"' in held or f"'{one}'" in held for one in items):
        raise Unreadable("it stands there already, or over several lines")
    mark = "'" if held.lstrip().startswith("'") else '"'
    written = ", ".join(f"{mark}{one}{mark}" for one in items)
    at = begin + len(held.rstrip().rstrip(","))
    joined = f", {written}" if held.strip() else written
    read_as = f"add {', '.join(items)} to the list"
    adds = tuple(f"{mark}{one}{mark}" for one in items)
    return (SettingEdit(at, at, joined, read_as, Operation.ADD, adds),)


def _flagged(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """``--strict-markers to addopts``: an option more in a text of options."""
    told = _FLAG.fullmatch(text)
    if told is None:
        return None
    line = re.compile(rf"^[ \t]*{re.escape(told['key'])}[ \t]*=[ \t]*\"(?P<held>[^\"\n]*)\"", re.M)
    spans = [one.span("held") for one in line.finditer(file.text)]
    if len(spans) != 1:
        return None
    begin, end = spans[0]
    held = file.text[begin:end]
    flag = told["flag"]
    if flag.split("=")[0] in [one.split("=")[0] for one in held.split()]:
        raise Unreadable(f"{flag} stands there already")
    if held and not held.startswith("-"):
        return None
    new = f'"{held} {flag}"' if held else f'"{flag}"'
    old = f'"{held}"'
    return (SettingEdit(begin - 1, end + 1, new, f"add `{flag}`", Operation.SET, (new,), (old,)),)
