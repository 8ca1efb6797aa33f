"""Ports that a compose file publishes: bound to one address, or published no more."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_ADDRESS = r"(?:127\.0\.0\.1|localhost|(?:the\s+)?loopback(?:\s+(?:interface|address))?)"
_WHAT = (
    r"(?:it|them|this|(?:the\s+)?(?:[\w-]+['’]s\s+)?(?:published\s+|host\s+"
    r"|host\s+side\s+of\s+the\s+)?ports?"
    r"(?:\s+mapping)?(?:\s+`?(?P<port>\d+)`?)?|`?(?P<pair>\d+:\d+)`?|\"(?P<quoted>\d+:\d+)\"|`?"
    r"(?P<number>\d+)`?)"
)
_BOUND = re.compile(
    rf"(?:please\s+)?(?:publish|bind|expose|restrict|limit|listen|map|prefix|keep)\s+"
    rf"(?:{_WHAT}\s+)?(?:only\s+)?(?:on|to|at|with|by)\s+"
    rf"(?:host\s+)?{_ADDRESS}:?(?:\s+only)?(?:\s*[:(]\s*[\"`]*127\.0\.0\.1:"
    rf"(?P<spelled>\d+:\d+)[\"`]*\)?)?",
    re.I,
)
_UNPUBLISHED = re.compile(
    r"(?:please\s+)?(?:remove|delete|drop)\s+(?:the\s+)?(?:published\s+)?(?:port\s+mapping\s+"
    r"(?:for\s+)?(?:port\s+)?`?\"?(?P<a>\d+(?::\d+)?)\"?`?"
    r"|`?\"?(?P<b>\d+(?::\d+)?)\"?`?(?:\s+(?:ports?|port\s+mapping|mapping|entry))|port\s+`?"
    r"(?P<c>\d+)`?(?:\s+mapping)?)"
    r"(?:\s+(?:from|of|in)\s+(?:the\s+)?`?[\w-]+`?(?:\s+service)?)?",
    re.I,
)
_ITEM = re.compile(
    r"^[ \t]*-[ \t]+(?P<whole>(?P<mark>[\"']?)(?P<pair>(?P<host>\d+):(?P<inner>\d+)(?:/\w+)?)"
    r"(?P=mark))[ \t]*(?:#.*)?\r?$",
    re.M,
)


def published(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Bind port 8080 to 127.0.0.1*: the one mapping that is named, or quoted."""
    if not file.path.endswith((".yml", ".yaml")):
        return None
    text = plain(said)
    if (told := _BOUND.fullmatch(text)) is not None:
        number = told["port"] or told["pair"] or told["quoted"] or told["number"] or ""
        item = _item(file, told["spelled"] or number)
        mark = item["mark"] or '"'
        new = f"{mark}127.0.0.1:{item['pair']}{mark}"
        read_as = f"publish {item['pair']} on the loopback only"
        return (
            SettingEdit(*item.span("whole"), new, read_as, Operation.SET, (new,), (item["whole"],)),
        )
    if (told := _UNPUBLISHED.fullmatch(text)) is not None:
        item = _item(file, told["a"] or told["b"] or told["c"])
        block = file.text[: item.start()].rsplit("\n", 2)[-2:]
        alone = not _ITEM.match(file.text, file.line_end(item.end("whole"))) and not any(
            _ITEM.match(row) for row in block
        )
        if alone:
            raise Unreadable("it is the only port that is published there")
        return (file.removed(item.start("whole"), f"publish {item['pair']} no more"),)
    return None


def _item(file: SettingsFile, told: str) -> re.Match[str]:
    matches = list(_ITEM.finditer(file.text))
    if told:
        matches = [one for one in matches if told in {one["pair"], one["host"], one["inner"]}]
    spans = file.quoted()
    if len(matches) > 1 and spans:
        matches = [one for one in matches if any(a <= one.start("whole") < b for a, b in spans)]
    if len(matches) != 1:
        raise Unreadable(f"{len(matches)} ports are published there")
    return matches[0]
