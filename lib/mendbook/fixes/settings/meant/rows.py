"""What a text means in files of rows: sections of TOML, variables, targets of a Makefile, SQL."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.line_files import edit_environment
from mendbook.fixes.settings.meant.blocks import stands_often
from mendbook.fixes.settings.meant.wish import Wish, wish_of
from mendbook.fixes.settings.told.constraints import constrained
from mendbook.fixes.settings.told.entries import IGNORED, ignored_entries, phony_targets
from mendbook.fixes.settings.toml_file import edit_toml
from mendbook.model import Operation

_MAKEFILE = re.compile(r"(?:^|/)(?:GNU)?[Mm]akefile$|\.mk$")
_ENVIRONMENT = re.compile(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$")
_HEADER = re.compile(r"(?m)^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:#.*)?$")
_TABLE = re.compile(
    r"(?<![\w\]])\[(?P<name>[A-Za-z][\w-]*(?:\.[\w-]+)+)\](?=`?\s+(?:table|section|block)\b)"
)
_GIVEN = re.compile(
    r"(?<![\w.$-])(?P<key>[A-Za-z_][\w-]*)\s?=\s?(?P<value>\"[^\"]*\"|'[^']*'|\[[^\]]*\]|true|false|-?\d[\w.]*)"
)


def table_put(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return a table that is not there, with what it holds: *a [x.y] table with a = true*."""
    if not file.path.endswith(".toml"):
        return None
    names = list(_TABLE.finditer(wish.text))
    pairs = list(_GIVEN.finditer(wish.text))
    if len(names) != 1 or not 0 < len(pairs) < 4:
        return None
    if wish.is_open([one.span() for one in (*names, *pairs)]):
        return None
    name = names[0]["name"]
    if any(one["name"].strip() == name for one in _HEADER.finditer(file.text)):
        return None
    root = name.rpartition(".")[0]
    near = [one for one in _HEADER.finditer(file.text) if one["name"].strip() == root]
    if near and re.search(
        rf"(?m)^{re.escape(name.rpartition('.')[2])}[ \t]*[.=]", file.text[near[0].end() :]
    ):
        raise Unreadable(f"{name} is written in {root}")
    rows = [f"{one['key']} = {one['value']}" for one in pairs]
    end = len(file.text.rstrip("\r\n \t"))
    tail = file.newline * 2
    new = tail + file.newline.join([f"[{name}]", *rows])
    said = f"add the table `{name}` with {', '.join(f'`{one}`' for one in rows)}"
    return (SettingEdit(end, end, new, said, Operation.ADD, (f"[{name}]", *rows)),)


_ENTRY = re.compile(
    r"\b(?:empty|blank|bare)\s+(?:entry|line|placeholder|one)\b|\b(?:entry|line|placeholder)\s+without\s+a\s+value\b",
    re.I,
)
_UNLISTED = re.compile(
    r"\b(?:but\s+)?(?:is\s+)?not\s+(?:yet\s+)?(?:documented|listed|mentioned|here|there)\b", re.I
)
_VARIABLE = re.compile(r"(?<![\w.$-])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?![\w(])")


def variable_listed(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*PAYMENT_KEY is not documented here, an empty entry is enough*."""
    if not _ENVIRONMENT.search(file.path) or not _ENTRY.search(wish.text) or "=" in wish.text:
        return None
    names = set(_VARIABLE.findall(wish.text))
    held = set(re.findall(r"(?m)^(?:export[ \t]+)?(\w+)=", file.text))
    fresh = names - held
    if len(fresh) != 1 or wish.codes([]) not in ([], [next(iter(fresh))]):
        return None
    if wish_of(_UNLISTED.sub("", wish.text)).is_open([]):
        return None
    (name,) = fresh
    return edit_environment(file, Ask(Verb.ADD, wish.text, pairs=((name, ""),)))


_TARGET = re.compile(r"(?m)^(?P<name>[A-Za-z][\w-]*)[ \t]*:(?!=)(?P<needs>[^\n#;]*)")
_NEEDS = re.compile(
    r"(?P<a>[\w-]+)(?:\s+target)?\s+(?:should|must|has\s+to|needs\s+to|ought\s+to|can)?\s*(?:only\s+|also\s+)?"
    r"(?:depends?\s+on|needs?|requires?|runs?\s+after|come\s+after|builds?\s+on)\s+(?:the\s+)?(?P<b>[\w-]+)",
    re.I,
)
_OF = re.compile(
    r"(?P<b>[\w-]+)\s+(?:is|as|should\s+be|must\s+be|has\s+to\s+be|becomes?|be)?\s*(?:an?\s+)?prerequisite\s+(?:of|for)"
    r"\s+(?:the\s+)?(?P<a>[\w-]+)",
    re.I,
)


def target_needs(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*test should depend on build*: a prerequisite more for a target of the Makefile."""
    if not _MAKEFILE.search(file.path) or wish.is_open([], asked=True):
        return None
    targets = {one["name"]: one for one in _TARGET.finditer(file.text)}
    told = {
        (one["a"], one["b"])
        for form in (_NEEDS, _OF)
        for one in form.finditer(wish.text)
        if one["a"] in targets and one["b"] in targets
    }
    if len(told) != 1:
        return None
    (name, other), *_ = told
    held = targets[name]
    rows = [one for one in _TARGET.finditer(file.text) if one["name"] == name]
    if len(rows) != 1 or name == other:
        raise Unreadable(f"{name} stands {len(rows)} times")
    if other in held["needs"].split():
        raise Unreadable(f"{name} needs {other} already")
    if name in targets[other]["needs"].split():
        raise Unreadable(f"{other} needs {name} itself")
    at = held.end("needs") - len(held["needs"]) + len(held["needs"].rstrip())
    return (
        SettingEdit(
            at,
            at,
            f" {other}",
            f"make `{other}` a prerequisite of `{name}`",
            Operation.ADD,
            (other,),
        ),
    )


_NO_FILES = re.compile(
    r"\b(?:is|are|make|makes|build|builds|create|creates|write|writes)\s+(?:no|not\s+an?)\s+(?:real\s+)?files?(?:\s+either)?\b",
    re.I,
)


def phony_named(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*test and clean are no files either; list them as phony*: the targets that are listed."""
    if not _MAKEFILE.search(file.path) or not re.search(r"(?i)\bphony\b", wish.text):
        return None
    if wish_of(_NO_FILES.sub("", wish.text)).is_open([]):
        return None
    targets = {one["name"] for one in _TARGET.finditer(file.text)}
    runs = re.findall(r"[\w-]+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)[\w-]+)*", wish.text)
    named = [re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", one) for one in runs]
    listed = [one for one in named if set(one) <= targets]
    if len(listed) != 1:
        return None
    return phony_targets(file, f"Add {', '.join(listed[0])} to .PHONY")


_ASSIGNED = re.compile(
    r"(?<![\w./-])(?P<name>[A-Z][A-Z\d_]*)\s*(?P<mark>[:?+]?=)\s*(?P<value>[^\s,;`]+)"
)


def variable_given(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*GOFLAGS = -mod=readonly keeps go.mod as it is*: the quoted variable of the Makefile."""
    told = list(_ASSIGNED.finditer(wish.text))
    spans = file.quoted()
    if not _MAKEFILE.search(file.path) or len(told) != 1 or len(spans) != 1:
        return None
    if wish.is_open([told[0].span()]) or re.search(r"[$`|;&]", told[0]["value"]):
        return None
    held = list(
        re.compile(
            rf"(?m)^{told[0]['name']}[ \t]*(?P<mark>[:?+]?=)[ \t]*(?P<value>[^\n#]*?)[ \t]*$"
        ).finditer(file.text, *spans[0])
    )
    if len(held) != 1 or held[0]["mark"] != told[0]["mark"] or "$(shell" in held[0]["value"]:
        return None
    new = told[0]["value"].rstrip(".")
    if new == held[0]["value"]:
        raise Unreadable(f"{told[0]['name']} is {new} already")
    return (
        SettingEdit(
            *held[0].span("value"),
            new,
            f"set `{told[0]['name']}` to `{new}`",
            Operation.SET,
            (new,),
            (held[0]["value"],),
        ),
    )


def keys_given(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*strip = true makes it smaller, put it next to lto*: keys of the section that is meant."""
    if not file.path.endswith((".toml", ".ini", ".cfg", ".service")):
        return None
    told = list(_GIVEN.finditer(wish.text))
    if not 0 < len(told) < 4 or wish.is_open([one.span() for one in told]) or stands_often(file):
        return None
    headers = list(_HEADER.finditer(file.text))
    named = [
        one
        for one in headers
        if f"[{one['name'].strip()}]" in wish.text or wish.says(one["name"].strip())
    ]
    spans = file.quoted()
    above = [one for one in headers if len(spans) == 1 and one.start() < spans[0][1]]
    home = named[0] if len(named) == 1 else above[-1] if above and not named else None
    if home is None or re.search(
        r"\[[\w.-]+\]",
        wish.without([one.span() for one in told]).replace(f"[{home['name'].strip()}]", ""),
    ):
        return None
    pairs = tuple((one["key"], one["value"]) for one in told)
    return edit_toml(file, Ask(Verb.ADD, wish.text, pairs=pairs, place=home["name"].strip()))


_IGNORED = re.compile(
    r"\b(?:(?:do(?:es)?|should|must)\s+not\s+(?:belong|go|be)|(?:belongs?|goes)\s+(?:in|into|among)\s+the\s+(?:ignored|list)"
    r"|ignored?|keep\s+out|kept\s+out|leave\s+out|excluded?|no\s+business)\b",
    re.I,
)
_ENTRY_NAME = re.compile(
    r"(?<![\w./*-])(?:[\w-]*\.[\w.*-]*\w|\*\.\w+|\.\w[\w.-]*|[\w.-]+/)(?![\w/])"
)


def ignored_named(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*x.xml and .y do not belong in the repository*: entries of a file of patterns."""
    if not IGNORED.search(file.path) or not _IGNORED.search(wish.text):
        return None
    text = _IGNORED.sub("add", wish.text)
    names = [
        one
        for one in dict.fromkeys(_ENTRY_NAME.findall(text))
        if one != file.path.rpartition("/")[2]
    ]
    if not names or len(names) > 4 or wish_of(text).is_open([], asked=True):
        return None
    return ignored_entries(file, f"Add {', '.join(names)}")


_KEY = re.compile(r"\b(?P<clause>(?:PRIMARY\s+KEY|UNIQUE)\s*\([\w,\s]+\))")


def key_of_table(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return a table with the key told: *readings has none; PRIMARY KEY (a, b) would do*."""
    told = list(_KEY.finditer(wish.text))
    if not file.path.endswith(".sql") or len(told) != 1:
        return None
    if wish.is_open([told[0].span()]):
        return None
    tables = re.findall(r"(?i)CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?(\w+)", file.text)
    named = [one for one in tables if wish.says(one)] or [
        one for one in tables if one == file.finding.function
    ]
    if len(named) != 1:
        return None
    return constrained(file, f"Add {told[0]['clause']} to {named[0]}")


_LIMIT = re.compile(r"\bLIMIT\s+(?P<n>\d+)\b")
_STATEMENT = re.compile(r"(?is)\bSELECT\b[^;]*;?")


def limited(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*Bound the result by LIMIT 500*: at the end of the one query that is quoted."""
    told = list(_LIMIT.finditer(wish.text))
    if not file.path.endswith(".sql") or len(told) != 1 or wish.is_open([told[0].span()]):
        return None
    spans = file.quoted()
    queries = [
        one
        for one in _STATEMENT.finditer(file.text)
        if len(spans) == 1 and one.start() <= spans[0][0] < one.end()
    ]
    if len(queries) != 1 or stands_often(file):
        return None
    query = queries[0][0]
    if (
        re.search(r"(?i)\b(?:LIMIT|FETCH|TOP|FOR\s+UPDATE|INSERT|CREATE)\b", query)
        or "(" in query.partition("FROM")[2]
    ):
        raise Unreadable("the query is bound already, or is not plain")
    end = queries[0].start() + len(query.rstrip().rstrip(";").rstrip())
    gap = file.newline if "\n" in query.strip() else " "
    new = f"{gap}{told[0][0]}"
    return (
        SettingEdit(
            end, end, new, f"bound the query by `{told[0][0]}`", Operation.ADD, (told[0][0],)
        ),
    )


ROWS = (
    variable_given,
    keys_given,
    ignored_named,
    key_of_table,
    table_put,
    variable_listed,
    target_needs,
    phony_named,
    limited,
)
