"""Find the places of findings in a tree, so that from then on only real paths exist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from mendbook.intake.fixes import Texts
from mendbook.model import Finding, Note, Place, PlaceKind

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")


class Tree:
    """The files of a tree, looked up by their whole path, its end, or its stem.

    ``links`` maps its symbolic links to what they lead to.
    """

    def __init__(self, files: Iterable[str], links: Mapping[str, str]) -> None:
        self.files, self.links = set(files), links
        self.composed = {
            unicodedata.normalize("NFC", path): path for path in self.files if not path.isascii()
        }
        self.by_name: dict[str, list[str]] = {}
        self.by_stem: dict[str, list[str]] = {}
        for path in sorted(self.files):
            self.by_name.setdefault(PurePosixPath(path).name, []).append(path)
            self.by_stem.setdefault(path.rpartition(".")[0], []).append(path)
        self.folders = {
            str(folder) for path in self.files for folder in PurePosixPath(path).parents
        }

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def ending(self, path: str) -> str:
        """Return the only file whose path ends with ``path``; empty for none or several."""
        name = PurePosixPath(path).name
        paths = [one for one in self.by_name.get(name, ()) if one.endswith(f"/{path}")]
        return paths[0] if len(paths) == 1 else ""


def resolve_places(
    findings: Iterable[Finding],
    files: Iterable[str],
    text_of: Texts,
    links: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return ``findings`` with their places as the tree of ``files`` has them, each change noted.

    A path as it was written wins, then what a link leads to, the same letters composed otherwise
    (as one system writes ``ü`` and another does not), then the only file whose path ends with it,
    then a guess that it is relative to another place's folder. Lines beyond the end of a file are
    taken away.
    """
    tree = Tree(files, links or {})
    return tuple(_resolved(finding, tree, text_of) for finding in findings)


def _resolved(finding: Finding, tree: Tree, text_of: Texts) -> Finding:
    places: list[Place] = []
    notes: list[Note] = []
    finding = _in_folder(finding, tree)
    for place in finding.places:
        tree_place, why = _find(place, tree)
        tree_place, beyond = _within(tree_place, tree, text_of)
        places.append(tree_place)
        if why or beyond:
            reasons = "; ".join(filter(None, (why, beyond)))
            notes.append(Note(f"{finding.id}: place", place.path, tree_place.path, reasons))
    if not notes and tuple(places) == finding.places:
        return finding
    # a fix is for the file that its finding is about, wherever that turned out to be
    now = {old.path: new.path for old, new in zip(finding.places, places, strict=True)}
    fixes = tuple(replace(fix, path=now.get(fix.path, fix.path)) for fix in finding.offered_fixes)
    return replace(
        finding,
        places=tuple(dict.fromkeys(places)),
        notes=(*finding.notes, *notes),
        offered_fixes=fixes,
    )


def _in_folder(finding: Finding, tree: Tree) -> Finding:
    """Return a finding whose place is one word at the folder of that name, if there is one.

    ``Backend`` is a part of a program for one audit and a folder for another: the tree knows.
    """
    word = finding.file.strip(" `/")
    named = [place for place in finding.places if "/" not in place.path.rstrip("/")]
    if not finding.places and word in tree.folders:
        note = Note(f"{finding.id}: place", word, f"{word}/", "a folder of the tree has the name")
        places = (Place(word, PlaceKind.DIRECTORY),)
        return replace(finding, places=places, notes=(*finding.notes, note))
    if len(finding.places) == len(named) == 1 and re.fullmatch(r"\w+", word):
        place = named[0]
        gone = place.kind is PlaceKind.DIRECTORY and place.path == word and not place.said_missing
        if gone and word not in tree.folders and not tree.by_stem.get(word):
            note = Note(f"{finding.id}: place", word, "", "no file or folder has the name")
            return replace(finding, places=(), notes=(*finding.notes, note))
    return finding


def _find(place: Place, tree: Tree) -> tuple[Place, str]:
    if place.kind is PlaceKind.PATTERN:
        return place, ""
    for path, why in _candidates(place, tree):
        if path:
            kind = PlaceKind.FILE if path in tree else place.kind
            return replace(place, path=path, kind=kind, written=""), why
    return place, ""


def _candidates(place: Place, tree: Tree) -> Iterator[tuple[str, str]]:
    if place.kind is PlaceKind.OUTSIDE:
        yield _without_root(place.path, tree), "the end of the absolute path stands in the tree"
        return
    if _ABSOLUTE.match(place.written):
        # a report's own root is a guess; the tree knows better
        whole = _without_root(place.written, tree)
        yield whole, "" if whole == place.path else "the end of the path that the tool wrote"
    elif place.written:
        yield place.written if place.written in tree else "", "the path as it was written"
        yield tree.ending(place.written), "the only file whose path ends so"
    path = place.path.rstrip("/")
    if path in tree or path in tree.folders:
        yield place.path, ""
    target = tree.links.get(path, "")
    yield target if target in tree else "", f"a link to {target}"
    composed = tree.composed.get(unicodedata.normalize("NFC", path), "")
    yield composed, "the same letters, composed otherwise"
    yield tree.ending(path), "the only file whose path ends so"
    stems = tree.by_stem.get(path, [])
    yield stems[0] if len(stems) == 1 else "", "the only file of that name"


def _without_root(path: str, tree: Tree) -> str:
    """Return the longest end of an absolute path that is a file of the tree; empty for none."""
    parts = [part for part in path.partition("://")[2].split("/") or () if part] or [
        part for part in path.split("/") if part
    ]
    if ".." in parts:
        return ""
    ends = ("/".join(parts[start:]) for start in range(1, len(parts)))
    return next((end for end in ends if end in tree), "")


def _within(place: Place, tree: Tree, text_of: Texts) -> tuple[Place, str]:
    if place.line is None or place.path not in tree:
        return place, ""
    text = text_of(place.path)
    count = text.count("\n") + (not text.endswith("\n")) if text else 0
    if text is None or place.line <= count:
        return place, ""
    why = f"line {place.line} is beyond the end of the file, which has {count}"
    return replace(place, line=None, end_line=None), why
