"""Where the files of one SARIF run lie: URIs, their bases, and the root that they share."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from mendbook.intake.formats.sarif_log import ArtifactLocation
from mendbook.intake.roots import Root, plain

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")
_MOST_BASES = 20
"""Bases above one another: more is a circle."""


class SarifPaths:
    """The paths of one run's artifact locations, relative to the root of what was looked at.

    A URI is taken with its base, and that with its own (SARIF 3.14.14). The root is the outermost
    absolute base that the run names, else what its absolute paths share.
    """

    def __init__(
        self,
        bases: Mapping[str, ArtifactLocation],
        artifacts: Iterable[ArtifactLocation],
        first: Iterable[ArtifactLocation],
        clean: Callable[[str], str],
    ) -> None:
        self.clean = clean
        self.bases = dict(bases)
        self.artifacts = list(artifacts)
        self.whole_bases: dict[str, str] = {}
        self.places: dict[tuple[str, str, int], tuple[str, str]] = {}
        named = [path for name in self.bases if _ABSOLUTE.match(path := self._base(name))]
        wholes = [self._whole(place) for place in (*self.artifacts, *first)]
        self.root = Root(filter(None, wholes), at=min(named, key=len, default=""))

    def place(self, location: ArtifactLocation | None) -> tuple[str, str]:
        """Return the path of ``location`` below the root, as written where it is not, and in full.

        In full it is empty where the run does not tell it; both are where there is no location.
        """
        if location is None:
            return "", ""
        key = (location.uri, location.uri_base_id, location.index)
        known = self.places.get(key)
        if known is None:
            whole = self._whole(location)
            path = self.clean(self.root.relative(whole)) if whole else ""
            told = _ABSOLUTE.match(whole)
            known = path, self.clean(posixpath.normpath(whole)) if told else ""
            self.places[key] = known
        return known

    def path(self, location: ArtifactLocation | None) -> str:
        """Return the path of ``location`` below the root; as it was written where it is not."""
        return self.place(location)[0]

    def _whole(self, location: ArtifactLocation) -> str:
        if not location.uri and 0 <= location.index < len(self.artifacts):
            location = self.artifacts[location.index]
        uri = _decoded(location.uri)
        if not uri or not (name := location.uri_base_id):
            return uri
        base = self.whole_bases.get(name)
        if base is None:
            base = self.whole_bases[name] = self._base(name)
        return self._joined(base, uri)

    def _base(self, name: str) -> str:
        path = ""
        for _ in range(_MOST_BASES):
            base = self.bases.get(name)
            if base is None or _ABSOLUTE.match(path):
                return path
            path = self._joined(_decoded(base.uri), path) if path else _decoded(base.uri)
            name = base.uri_base_id
        return path

    @staticmethod
    def _joined(base: str, path: str) -> str:
        if not base or _ABSOLUTE.match(path) or "://" in path:
            return path
        # a base is a folder, with a slash at its end or, in some tools, without
        return f"{base.rstrip('/')}/{path}"


def _decoded(uri: str) -> str:
    if uri.startswith("file:"):
        return plain(uri)
    return (unquote(uri) if "%" in uri else uri).replace("\\", "/")
