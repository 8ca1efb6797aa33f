"""What an order keeps, asks once, lets wait or hands through something else first."""

from __future__ import annotations

import re

from mendbook.changes.sort_rows import begun
from mendbook.changes.today import Clause, Today
from mendbook.model import Citation, Said
from mendbook.text.phrasing import listed

_PAST = {
    "deleting": "deleted", "removing": "removed", "clearing": "cleared", "resetting": "reset",
    "overwriting": "overwritten", "mutating": "changed", "changing": "changed",
    "modifying": "changed", "dropping": "dropped", "emptying": "emptied", "popping": "taken out",
    "truncating": "cut", "closing": "closed", "discarding": "discarded", "replacing": "replaced",
    "stripping": "taken away", "sorting": "sorted", "sharing": "shared",
}  # fmt: skip
_SEVERAL = re.compile(r"\sand\s|,|(?:[^s]s)$")
_MOST_LINES = 8
_TIMER = re.compile(r"(?P<name>[\w$.]+)\??\.unref\(")


def left_alone(match: re.Match[str], _: Clause) -> str:
    """Return what stays as it was, where it was deleted or changed until now."""
    done, what = _PAST.get(match["doing"].lower(), ""), match["what"].strip(" `.,")
    if not done or re.match(r"(?i)(?:it|them|this|that)\b", what):
        return ""
    thing = re.split(r"\s(?:from|in|of|on)\s", what)[0]
    several = _SEVERAL.search(thing) is not None
    were, look = ("were", "them") if several else ("was", "it")
    named = what.replace(" from ", " of ", 1)
    return (
        f"Left alone from then on: {named}, which {were} {done} until now. Who looks for {look}"
        f" afterwards still meets {look}."
    )


def left_alone_seen(match: re.Match[str], _: str) -> str:
    """Return what a test finds as it was."""
    done, what = _PAST.get(match["doing"].lower(), ""), match["what"].strip(" `.,")
    if not done or re.match(r"(?i)(?:it|them|this|that)\b", what):
        return ""
    return f"leaves {what.replace(' from ', ' of ', 1)} alone"


def through_first(match: re.Match[str], clause: Clause) -> str:
    """Return that something goes through a call first, which may change or refuse it."""
    what, by = match["what"].strip(" `"), match["by"].strip(" `")
    if re.match(r"(?i)(?:it|them|this|that)\b", what):
        return ""
    shown = f"`{what}`" if re.fullmatch(r"[\w$.]+", what) and what in clause.evidence else what
    return begun(
        f"{shown} goes through `{by}` first: what that changes, refuses or waits for is met from"
        " then on."
    )


def keyed_otherwise(match: re.Match[str], clause: Clause) -> Said | str:
    """Return which lines look into what is keyed by something else from then on."""
    what, by = match["what"].strip("`"), match["by"].strip(" `")
    lines = lines_with(what.rpartition(".")[2], clause.today)
    if not lines:
        return ""
    places = tuple(Citation(clause.today.path, line) for line in lines)
    at = listed([str(line) for line in lines])
    use, them = ("lines", "use") if len(lines) > 1 else ("line", "uses")
    return Said(f"`{what}` is keyed by {by}: {use} {at} {them} it and must do the same.", places)


def lines_with(name: str, today: Today) -> list[int]:
    """Return the other lines of the file that have ``name``; none where they are many."""
    used = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$=])")
    text = today.snapshot.get(today.path) or ""
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if number != today.line and used.search(line) and not line.lstrip().startswith(("#", "//"))
    ]
    return lines if len(lines) <= _MOST_LINES else []


def unreferenced(match: re.Match[str], clause: Clause) -> str:
    """Return that a timer does not keep the process any more."""
    timer = _TIMER.search(clause.raw)
    name = f"`{timer['name']}`" if timer is not None else "The timer"
    return (
        f"{name} no longer keeps the process alive: where nothing else does, it ends before what"
        " was to come then."
    )


def buffered(match: re.Match[str], _: Clause) -> str:
    """Return what waits within a buffer, and is lost with it."""
    most = match["most"].strip()
    return (
        f"Up to {most} are taken without waiting for who works on them: what is still in it when"
        " the process ends is lost."
    )


def preset_of_setting(match: re.Match[str], _: Clause) -> str:
    """Return what holds where a setting that is read anew is not set."""
    key, value = match["key"].strip("`"), match["value"].strip("`., ")
    return f"{key} is read from then on: where it is not set, it is {value}."


def preset_of_setting_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of a setting with a default."""
    key, value = match["key"].strip("`"), match["value"].strip("`., ")
    return f"takes {value} where {key} is not set, and {key} where it is"
