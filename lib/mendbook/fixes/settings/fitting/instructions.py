"""Whole things of well-known files that a few words mean: COPY for ADD, a port on the loopback."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.model import Operation

_ADD = re.compile(r"(?m)^(?P<word>ADD)(?=[ \t]+(?P<rest>[^\n]*))")
_REMOTE = re.compile(
    r"://|\.(?:tar|tgz|tbz2?|txz|zip|gz|xz|bz2)\b|^git@|--(?:checksum|keep-git-dir)"
)
_PORT = re.compile(
    r"(?m)^[ \t]*-[ \t]+(?P<whole>(?P<mark>[\"']?)(?P<pair>\d+:\d+(?:/\w+)?)(?P=mark))"
    r"[ \t]*(?:#.*)?$"
)
_MOUNT = re.compile(
    r"(?m)^[ \t]*-[ \t]+(?P<mark>[\"']?)(?P<pair>[.~/$\w][^\s:\"']*:/[^\s:\"']*)(?P=mark)"
    r"[ \t]*(?:#.*)?$"
)
_EVERYWHERE = ("0.0.0.0",)  # noqa: S104 the text may name what is open now
_LOOPBACK = re.compile(r"127\.0\.0\.1|\bloopback\b|\blocalhost\b", re.I)
_PHONY = re.compile(r"(?m)^\.PHONY[ \t]*:[ \t]*(?P<held>[^\n#\\]*?)[ \t]*$")


def copied(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted ADD of local files as a COPY, where the text wants that."""
    if not re.search(r"ockerfile|ontainerfile", file.path):
        return None
    lines = [one for one in _ADD.finditer(file.text, *span) if not _REMOTE.search(one["rest"])]
    if len(lines) != 1 or not re.search(r"(?<![\w-])COPY(?![\w-])", saying.text):
        return None
    if re.search(r"(?:not|instead\s+of|rather\s+than)\s+(?:an?\s+)?COPY\b|COPY\s+--", saying.text):
        return None
    if any(
        one.text not in lines[0]["rest"] and one.text not in {"COPY", "ADD"} for one in saying.told
    ):
        return None
    begin, end = lines[0].span("word")
    new = f"COPY {lines[0]['rest'].strip()}"
    gone = f"ADD {lines[0]['rest'].strip()}"
    return (SettingEdit(begin, end, "COPY", f"write `{new}`", Operation.REPLACE, ("COPY",),
                        (gone,) if " " not in gone[4:] else ("ADD",)),)  # fmt: skip


def on_loopback(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted port published on the loopback only."""
    if (
        not file.path.endswith((".yml", ".yaml"))
        or not _LOOPBACK.search(saying.text)
        or saying.goes
    ):
        return None
    ports = list(_PORT.finditer(file.text, *span))
    if len(ports) != 1:
        return None
    pair = ports[0]["pair"]
    known = {
        "127.0.0.1",
        "localhost",
        pair,
        f"127.0.0.1:{pair}",
        *_EVERYWHERE,
        *re.split(r"[:/]", pair),
    }
    if any(one.text.strip("\"'") not in known for one in saying.told):
        return None
    if any(_LOOPBACK.search(one.text) for one in saying.olds):
        return None
    mark = ports[0]["mark"] or '"'
    new = f"{mark}127.0.0.1:{pair}{mark}"
    said = f"publish {pair} on the loopback only"
    return (
        SettingEdit(
            *ports[0].span("whole"), new, said, Operation.SET, (new,), (ports[0]["whole"],)
        ),
    )


def read_only(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted mount of a compose file with ``:ro`` behind it."""
    if not file.path.endswith((".yml", ".yaml")) or saying.goes:
        return None
    if (
        not re.search(r"(?<!\w):ro\b|\bread[- ]only\b(?!:)", saying.text)
        or "read_only" in saying.text
    ):
        return None
    mounts = list(_MOUNT.finditer(file.text, *span))
    if len(mounts) != 1:
        return None
    pair = mounts[0]["pair"]
    known = {":ro", f"{pair}:ro", pair, *pair.split(":")}
    if any(one.text.strip("\"'") not in known for one in saying.told):
        return None
    new = f"{pair}:ro"
    said = f"mount {pair} read-only"
    return (SettingEdit(*mounts[0].span("pair"), new, said, Operation.SET, (new,), ()),)


def phony(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the targets quoted, and named, among the phony ones."""
    if not re.search(r"(?:^|/)(?:GNU)?[Mm]akefile$|\.mk$", file.path) or saying.goes:
        return None
    held = list(_PHONY.finditer(file.text))
    targets = re.findall(r"(?m)^([\w-]+)[ \t]*:(?!=)", file.text[slice(*span)])
    if len(held) != 1 or not targets or not re.search(r"(?i)\bphony\b", saying.text):
        return None
    fresh = [one for one in targets if one not in held[0]["held"].split() and saying.says(one)]
    if not fresh or any(
        one.text.strip(".").upper() != "PHONY" and one.text not in fresh for one in saying.told
    ):
        return None
    new = " ".join([*held[0]["held"].split(), *fresh])
    said = f"make {', '.join(f'`{one}`' for one in fresh)} phony"
    return (SettingEdit(*held[0].span("held"), new, said, Operation.SET, (new,), ()),)
