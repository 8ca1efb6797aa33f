"""Refuse to choose between two places of a YAML file that only a line number tells apart."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import Mapping, documents, is_json


def refuse_told_by_line(file: SettingsFile, edits: list[SettingEdit]) -> None:
    """Raise ``Unreadable`` where the code quoted stands twice, and no word says which is meant.

    Two services with the same limit, two containers with the same policy: a line of an audit is
    soon another's, and the one that is left would keep the fault.
    """
    places, quoted = file.alike(), file.quoted()
    if not file.path.endswith((".yml", ".yaml")) or is_json(file.path):
        return
    if len(places) < 2 or len(quoted) != 1 or len(edits) != 1:
        return
    mappings = documents(file.text, file.path)
    chosen = _names(mappings, quoted[0][0], file)
    others = {
        name for place in places if place not in quoted for name in _names(mappings, place[0], file)
    }
    if not chosen & _names(mappings, edits[0].start, file) - others:
        return  # the edit stands elsewhere, or in what both places share
    finding = file.finding
    said = " ".join(
        (finding.fix, finding.problem, finding.title, finding.function, finding.evidence)
    )
    words = {one.lower() for one in re.findall(r"[A-Za-z][\w-]*", said)}
    if not any(part in words for name in chosen - others for part in _parts(name)):
        raise Unreadable(
            f"what is quoted stands {len(places)} times; the text does not say which is meant"
        )


def _names(mappings: list[Mapping], at: int, file: SettingsFile) -> set[str]:
    """Return the keys and names that lead to what stands at an offset."""
    at += len(file.indent(at))
    around = [one for one in mappings if one.span[0] <= at <= one.span[1]]
    return {name for one in around for name in (*one.way, *one.called)}


def _parts(name: str) -> set[str]:
    """Return a name and its parts, in small letters: *signs-north* is spoken of as the north."""
    return {name.lower(), *(one.lower() for one in re.split(r"[-_.]", name) if len(one) > 2)}
