"""Items that a list gets by what they are called: jobs and services that are waited for, codes."""

from __future__ import annotations

import re

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.inline_lists import inline_lists, put_items
from mendbook.fixes.settings.meant.blocks import stands_often
from mendbook.fixes.settings.meant.wish import Wish, wish_of
from mendbook.fixes.settings.told.yaml_lists import put_nodes
from mendbook.fixes.settings.yaml_place import documents
from mendbook.model import Operation

_WAITS = re.compile(
    r"\b(?:needs?|depends?(?:_on|\s+on)|waits?|waiting|require[sd]?|starts?\s+(?:only\s+)?(?:after|behind)"
    r"|runs?\s+(?:only\s+)?(?:after|behind)|follows?|prerequisites?)\b",
    re.I,
)
_ALONE = re.compile(r"\bnot\s+(?:for|on)\s+\S+\s+(?:alone|only)\b|\bnot\s+(?:only|just)\b", re.I)
_ONLY = re.compile(
    r"\b(?:only|alone|instead|rather|no\s+longer|not|never|condition|healthy|healthcheck)\b", re.I
)


def waited_for(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*pages has to wait for unit too*: a job or a service more among those that one waits for."""
    if not file.path.endswith((".yml", ".yaml")) or not _WAITS.search(wish.text):
        return None
    text = _ALONE.sub(" ", wish.text)
    if wish_of(text).is_open([], asked=True) or _ONLY.search(text) or stands_often(file):
        return None
    spans = file.quoted()
    mappings = documents(file.text, file.path)
    for group, key in (("jobs", "needs"), ("services", "depends_on")):
        owners = [one for one in mappings if one.way[:-1] == (group,)]
        homes = [
            one
            for one in owners
            if one.value(key) is not None
            and len(spans) == 1
            and any(
                own.value == key and spans[0][0] <= own.start_mark.index < spans[0][1]
                for own, _ in one.node.value
            )
        ]
        if len(homes) != 1:
            continue
        home, held = homes[0], homes[0].value(key)
        values = (
            [str(one.value) for one in held.value] if isinstance(held, yaml.SequenceNode) else []
        )
        if isinstance(held, yaml.ScalarNode):
            values = [str(held.value)]
        names = [
            one.way[-1] for one in owners if one.way[-1] != home.way[-1] and wish.says(one.way[-1])
        ]
        fresh = [one for one in names if one not in values]
        own = wish.says(home.way[-1]) or home.way[-1] in file.finding.function
        if len(fresh) != 1 or not own or not values:
            return None
        if isinstance(held, yaml.SequenceNode):
            return put_nodes(file, held, fresh)
        if isinstance(held, yaml.ScalarNode):
            new = f"[{', '.join([*values, *fresh])}]"
            gone = file.text[held.start_mark.index : held.end_mark.index]
            return (
                SettingEdit(
                    held.start_mark.index,
                    held.end_mark.index,
                    new,
                    f"wait for `{fresh[0]}`, too",
                    Operation.SET,
                    (new,),
                    (gone,),
                ),
            )
    return None


_CODE = re.compile(r"(?<![\w./-])[A-Z]{1,6}\d{0,4}(?![\w/-]|\.\w)")
_PUTS = re.compile(
    r"\b(?:add|extend|append|include|belong\w*|miss\w*|lack\w*|want\w*|need\w*|also|as\s+well|too|enable\w*"
    r"|join\w*|should|must|has\s+to|put|select\w*|turn\s+on|switch\s+on|activate)\b",
    re.I,
)


def codes_put(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*Bugbear (B) and isort (I) belong among the selected rules*: codes like those of a list."""
    if not file.path.endswith((".toml", ".ini", ".cfg")) or wish.is_open([]) or stands_often(file):
        return None
    spans = file.quoted()
    lists = [
        one
        for one in inline_lists(file)
        if len(spans) == 1 and spans[0][0] <= file.line_start(one.start) < spans[0][1]
    ]
    if len(lists) != 1 or not _PUTS.search(wish.text):
        return None
    held = lists[0]
    values = [file.text[a:b].strip("\"'") for a, b in held.items]
    if not values or not all(_CODE.fullmatch(one) for one in values):
        return None
    codes = list(
        dict.fromkeys(one[0] for one in _CODE.finditer(wish.text) if not _is_word(one, wish.text))
    )
    fresh = [one for one in codes if one not in values]
    if not fresh or len(fresh) > 6:
        return None
    return put_items(file, held, fresh)


def _is_word(one: re.Match[str], text: str) -> bool:
    """Tell whether capitals are a word of the sentence: *A rule*, *I think*, *TOML*."""
    if text[one.start() - 1 : one.start()] in {"(", '"', "'", "`"}:
        return False
    return (len(one[0]) > 3 and one[0].isalpha()) or (
        one[0] in {"A", "I"} and not re.match(r"\s*(?:,|and\b|$)", text[one.end() :])
    )


_SPEC = re.compile(
    r"(?<![\w./-])(?P<name>[A-Za-z][\w.-]*)(?P<extra>\[[\w,-]+\])?(?P<spec>(?:[<>=!~]=?|===)\d[\w.*]*(?:,(?:[<>=!~]=?)\d[\w.*]*)*)"
)


def requirement_given(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*rich>=13.7,<14 keeps us on the tested line*: the quoted package with the versions told."""
    if not re.search(r"\.toml$|(?:requirements|constraints)[\w./-]*\.(?:txt|in)$", file.path):
        return None
    told = list(_SPEC.finditer(wish.text))
    spans = file.quoted()
    if len(told) != 1 or len(spans) != 1 or wish.is_open([told[0].span()]):
        return None
    one = told[0]
    held = re.compile(
        rf"(?m)(?P<q>[\"']?)(?<![\w.-])(?P<whole>(?P<name>{re.escape(one['name'])})"
        rf"(?P<extra>\[[^\]\n]*\])?(?P<spec>[ ]*(?:[<>=!~^][^\"';#\s]*"
        rf"(?:,\s*[<>=!~][^\"';#\s,]*)*)?))(?=[\"']|[ \t]*(?:;|#|$))",
        re.I,
    )
    rows = list(held.finditer(file.text, *spans[0]))
    if len(rows) != 1:
        return None
    new = f"{rows[0]['name']}{rows[0]['extra'] or ''}{one['spec']}"
    if rows[0]["whole"].replace(" ", "") == new:
        raise Unreadable("it stands there already")
    begin, end = rows[0].span("whole")
    mark = rows[0]["q"]
    if mark and file.text[end : end + 1] == mark:
        begin, end, new = begin - 1, end + 1, f"{mark}{new}{mark}"
    return (
        SettingEdit(
            begin, end, new, f"require `{new}`", Operation.SET, (new,), (file.text[begin:end],)
        ),
    )


LISTS = (waited_for, codes_put, requirement_given)
