"""Read one run of a SARIF log: its results as observations, by its rules, files and units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from mendbook.intake.fingerprint import FINGERPRINT
from mendbook.intake.formats.sarif_log import (
    NO_PROPERTIES,
    ArtifactLocation,
    Component,
    Fix,
    Location,
    Properties,
    Result,
    Rule,
    Run,
    SarifRegion,
)
from mendbook.intake.formats.sarif_message import message_of
from mendbook.intake.formats.sarif_paths import SarifPaths
from mendbook.intake.formats.sarif_severity import levels_of, score_of, severity_of
from mendbook.intake.formats.tags import dimension_of, is_security_tool, listed
from mendbook.intake.observation import Observation
from mendbook.intake.texts import file_digest, text_digest
from mendbook.model import (
    Dimension,
    Note,
    OfferedFix,
    Place,
    PlaceKind,
    Region,
    Status,
)

_R = TypeVar("_R")
_OPEN = Status.OPEN
_UNITS = {"utf16CodeUnits": "utf-16", "unicodeCodePoints": "characters"}
_LONGEST_HELP = 300
"""Characters: a longer help is a page about the rule, not what to do about one result."""
_FUNCTIONS = {"function", "member", "method"}
_NAME = re.compile(r"[A-Za-z_$][\w$.]{0,200}\Z")
_LOOKED_AT = 50
"""Results whose URIs tell whether the run writes absolute ones."""


@dataclass(frozen=True, slots=True)
class _About:
    """What all results of a rule share."""

    name: str
    dimension: Dimension
    help: str
    extra: dict[str, str]
    """The page about the rule; one for all its results, of which there may be 100,000."""


class RunReader(Generic[_R]):
    """Reads one run: its rules, its files and its unit of columns are looked up again and again.

    ``decoded`` makes a ``Result`` of what the log holds, ``clean`` takes secrets out of a text.
    """

    def __init__(
        self, run: Run[_R], decoded: Callable[[_R], Result], clean: Callable[[str], str]
    ) -> None:
        self.run = run
        self.decoded = decoded
        self.clean = clean
        self.tool = clean(run.tool.driver.name) or "SARIF"
        self.levels = levels_of(self.tool)
        self.rules = {rule.id: rule for rule in run.tool.driver.rules}
        for extension in run.tool.extensions:
            self.rules |= {rule.id: rule for rule in extension.rules}
        self.abouts: dict[int, _About] = {}
        artifacts = [item.location or ArtifactLocation() for item in run.artifacts]
        first = self._absolute_uris()
        self.paths = SarifPaths(run.original_uri_base_ids, artifacts, first, clean)
        self.digests = dict(self._digests())

    def observations(
        self, place: str, left_out: Counter[str], bad: list[Note]
    ) -> Iterator[Observation]:
        """Yield the results that ask for something; count the others by the reason.

        One that cannot be decoded becomes a note in ``bad``; ``place`` is the results' JSON path.
        """
        good = 0
        refused: list[msgspec.ValidationError] = []
        for index, written in enumerate(self.run.results or ()):
            try:
                result = self.decoded(written)
            except msgspec.ValidationError as error:
                bad.append(_bad(f"{place}[{index}]", error))
                refused.append(error)
                continue
            good += 1
            if reason := _reason_to_leave(result):
                left_out[reason] += 1
            else:
                yield self._observation(result)
        if refused and not good and len(bad) == len(refused):
            said, _ = _said(refused[0])
            raise msgspec.ValidationError(f"{said} - at `$.{bad[0].field}`")

    def _observation(self, result: Result) -> Observation:
        clean = self.clean
        rule = self._rule(result)
        about = self.abouts.get(id(rule)) or self._about(rule)
        first = result.locations[0] if result.locations else None
        physical = first.physical_location if first else None
        region = physical.region if physical else None
        message = clean(message_of(result, rule))
        path, written = self.paths.place(physical.artifact_location if physical else None)
        code = region.snippet.text.strip() if region and region.snippet else ""
        symbol = _symbol(first) if first and first.logical_locations else ""
        return Observation(
            tool=self.tool,
            rule=about.name,
            path=path,
            written=written,
            message=message,
            severity=severity_of(result, rule, self.levels),
            dimension=_dimension(result.properties, about.dimension),
            line=region.start_line if region else None,
            end_line=region.end_line if region else None,
            code=clean(code) if code else "",
            symbol=clean(symbol) if symbol else "",
            fix=about.help if about.help != message else "",
            also=tuple(self._further(result)) if len(result.locations) > 1 else (),
            fixes=self._offered(result, message, path, region) if result.fixes else (),
            identity=_identity(result),
            mark=_mark(result),
            status=_status(result) if result.suppressions else _OPEN,
            extra=about.extra,
        )

    def _rule(self, result: Result) -> Rule:
        reference = result.rule
        name = result.rule_id or (reference.id if reference else "")
        index = result.rule_index if reference is None else max(reference.index, result.rule_index)
        component = self.run.tool.driver
        if reference and reference.tool_component and reference.tool_component.index >= 0:
            component = self._extension(reference.tool_component.index, component)
        if not name and 0 <= index < len(component.rules):
            return component.rules[index]
        known = self.rules.get(name)
        if known is None:
            # an id may name a rule and, after slashes, what of it was found
            parent = name.rpartition("/")[0]
            known = self.rules.get(parent) or self.rules.setdefault(name, Rule(id=name))
        return known

    def _extension(self, index: int, driver: Component) -> Component:
        extensions = self.run.tool.extensions
        return extensions[index] if index < len(extensions) else driver

    def _about(self, rule: Rule) -> _About:
        known = rule.properties or NO_PROPERTIES
        tags = [*listed(known.tags), *(["cwe"] if known.cwe else [])]
        secure = score_of(known.security_severity) or is_security_tool(self.tool)
        default = Dimension.SECURITY if secure else Dimension.CODE_QUALITY
        said = self.clean(rule.help.text.strip()) if rule.help else ""
        about = self.abouts[id(rule)] = _About(
            name=self.clean(rule.id),
            dimension=dimension_of(tags, default),
            help=said if len(said) <= _LONGEST_HELP else "",
            extra={"helpUri": page} if (page := self.clean(rule.help_uri)) else {},
        )
        return about

    def _further(self, result: Result) -> Iterator[Place]:
        for location in result.locations[1:]:
            physical = location.physical_location
            path = self.paths.path(physical.artifact_location) if physical else ""
            region = physical.region if physical else None
            line = (region.start_line if region else 0) or 0
            end = (region.end_line if region else 0) or 0
            if path:
                lines = (line, end if end > line else None) if line > 0 else (None, None)
                yield Place(path, PlaceKind.FILE, *lines)

    def _offered(
        self, result: Result, message: str, path: str, region: SarifRegion | None
    ) -> tuple[OfferedFix, ...]:
        """Return the replacements of the first fix; the others are other ways to do it."""
        quoted = region.snippet.text if region and region.snippet else ""
        line = region.start_line if region and quoted else 0
        return tuple(
            fix
            for item in result.fixes[:1]
            for fix in self._fixes(item, message, (path, quoted, line))
        )

    def _fixes(self, fix: Fix, message: str, quoted: tuple[str, str, int]) -> Iterator[OfferedFix]:
        said = fix.description.text if fix.description else message
        for change in fix.artifact_changes:
            path = self.paths.path(change.artifact_location)
            for replacement in change.replacements:
                deleted = replacement.deleted_region
                if deleted is None:
                    continue
                inserted = replacement.inserted_content
                quote, line = quoted[1:] if quoted[0] == path else ("", 0)
                if deleted.snippet and deleted.start_line:
                    quote, line = deleted.snippet.text, deleted.start_line
                yield OfferedFix(
                    path=path,
                    start=-1,
                    end=-1,
                    text=self.clean(inserted.text) if inserted else "",
                    tool=self.tool,
                    description=self.clean(said.strip()),
                    region=_region(deleted, self.run.column_kind),
                    digest=self.digests.get(path, ""),
                    quote=self.clean(quote),
                    quote_line=line,
                )

    def _digests(self) -> Iterator[tuple[str, str]]:
        for artifact in self.run.artifacts:
            hashed = artifact.hashes.get("sha-256", "")
            if artifact.contents and artifact.contents.text:
                yield self.paths.path(artifact.location), text_digest(artifact.contents.text)
            elif hashed:
                yield self.paths.path(artifact.location), file_digest(hashed)

    def _absolute_uris(self) -> list[ArtifactLocation]:
        results = self.run.results or []
        sample = list(self._locations(results[:_LOOKED_AT]))
        if any(item.uri.startswith(("/", "file:")) or ":" in item.uri[:3] for item in sample):
            return list(self._locations(results))
        return []

    def _locations(self, results: Sequence[_R]) -> Iterator[ArtifactLocation]:
        for written in results:
            try:
                locations = self.decoded(written).locations
            except msgspec.ValidationError:
                continue
            for location in locations[:1]:
                physical = location.physical_location
                if physical and physical.artifact_location:
                    yield physical.artifact_location


def _dimension(own: Properties | None, default: Dimension) -> Dimension:
    if own is None or not own.tags or default is Dimension.SECURITY:
        return default
    return dimension_of(listed(own.tags), default)


def _bad(place: str, error: msgspec.ValidationError) -> Note:
    said, below = _said(error)
    return Note(f"{place}{below}", "", "", f"left out: {said}")


def _said(error: msgspec.ValidationError) -> tuple[str, str]:
    """Return what msgspec says is wrong, and the rest of the path to it."""
    said, _, below = str(error).partition(" - at `$")
    return f"{said[:1].lower()}{said[1:]}", below.strip("`")


def _region(region: SarifRegion, column_kind: str) -> Region:
    unit = _UNITS.get(column_kind, "")
    if not region.start_line:
        chars = region.char_offset >= 0
        return Region(
            line=0,
            column=0,
            end_line=0,
            end_column=0,
            unit=unit,
            offset=region.char_offset if chars else region.byte_offset,
            length=region.char_length if chars else region.byte_length,
            offset_unit=unit if chars else "bytes",
        )
    return Region(
        line=region.start_line,
        column=region.start_column or 1,
        end_line=region.end_line or region.start_line,
        end_column=region.end_column,
        unit=unit,
    )


def _reason_to_leave(result: Result) -> str:
    if not (result.kind or result.baseline_state):
        return ""
    if result.kind in {"pass", "notApplicable"}:
        return "they passed or do not apply"
    if result.baseline_state == "absent":
        return "they are gone since the tool's baseline"
    return ""


def _status(result: Result) -> Status:
    """Return *accepted* for a result that the tool's users suppressed."""
    accepted = any(item.status in {"", "accepted"} for item in result.suppressions or ())
    return Status.ACCEPTED if accepted else _OPEN


def _identity(result: Result) -> str:
    ours = result.partial_fingerprints.get(FINGERPRINT, "")
    return ours if isinstance(ours, str) else ""


def _mark(result: Result) -> str:
    """Return the tool's own fingerprint: the whole one, else that of the line, else all parts."""
    for written in filter(None, (result.fingerprints, result.partial_fingerprints)):
        line = written.get("primaryLocationLineHash")
        if line and isinstance(line, str):
            return line
        parts = {name: value for name, value in written.items() if isinstance(value, str)}
        if parts:
            return "\0".join(f"{name}={parts[name]}" for name in sorted(parts))
    return ""


def _symbol(location: Location | None) -> str:
    for logical in location.logical_locations if location else ():
        name = logical.fully_qualified_name or logical.name
        if logical.kind in _FUNCTIONS and _NAME.match(name):
            return name
    return ""
