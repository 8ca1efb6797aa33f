"""The parts of SARIF 2.1.0 that are read, as types; what they leave out is skipped in decoding."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

ResultT = TypeVar("ResultT")


class _Part(msgspec.Struct, rename="camel", gc=False):
    """A SARIF object: every property may be absent."""


class Message(_Part):
    """Text, or the id of one of the rule's texts with arguments."""

    text: str = ""
    markdown: str = ""
    id: str = ""
    arguments: list[str] = []


class ArtifactLocation(_Part):
    """A file by URI, or by its index in the run's artifacts."""

    uri: str = ""
    uri_base_id: str = ""
    index: int = -1


class Snippet(_Part):
    """The text of a region or of an artifact."""

    text: str = ""


class SarifRegion(_Part):
    """1-based lines and columns, end column exclusive; 0 stands for absent."""

    start_line: int = 0
    start_column: int = 0
    end_line: int = 0
    end_column: int = 0
    char_offset: int = -1
    char_length: int = 0
    byte_offset: int = -1
    byte_length: int = 0
    snippet: Snippet | None = None


class PhysicalLocation(_Part):
    """A file and a region in it."""

    artifact_location: ArtifactLocation | None = None
    region: SarifRegion | None = None


class LogicalLocation(_Part):
    """A function, class or the like."""

    name: str = ""
    fully_qualified_name: str = ""
    kind: str = ""


class Location(_Part):
    """Where a result is."""

    physical_location: PhysicalLocation | None = None
    logical_locations: list[LogicalLocation] = []


class Replacement(_Part):
    """A region to delete and text to put in its place."""

    deleted_region: SarifRegion | None = None
    inserted_content: Snippet | None = None


class ArtifactChange(_Part):
    """All replacements in one file."""

    artifact_location: ArtifactLocation | None = None
    replacements: list[Replacement] = []


class Fix(_Part):
    """A fix, all of whose changes belong together."""

    description: Message | None = None
    artifact_changes: list[ArtifactChange] = []


class Configuration(_Part):
    """A rule's configuration."""

    level: str = ""
    rank: float = -1.0


class Properties(_Part):
    """What tools keep in the property bags of rules and results, of whatever type."""

    tags: Any = None
    cwe: Any = None
    severity: Any = None
    security_severity: Any = msgspec.field(name="security-severity", default=None)
    issue_severity: Any = msgspec.field(name="issue_severity", default=None)
    problem_severity: Any = msgspec.field(name="problem.severity", default=None)


NO_PROPERTIES = Properties()


class Rule(_Part):
    """What a tool looks for."""

    id: str = ""
    name: str = ""
    short_description: Message | None = None
    full_description: Message | None = None
    help: Message | None = None
    help_uri: str = ""
    default_configuration: Configuration | None = None
    message_strings: dict[str, Message] = {}
    properties: Properties | None = None


class ComponentReference(_Part):
    """The driver (absent) or one of the tool's extensions."""

    index: int = -1


class RuleReference(_Part):
    """A rule by id, or by its index in a component."""

    id: str = ""
    index: int = -1
    tool_component: ComponentReference | None = None


class Suppression(_Part):
    """That somebody decided to live with a result."""

    status: str = ""


class Result(_Part):
    """One result."""

    message: Message | None = None
    rule_id: str = ""
    rule_index: int = -1
    rule: RuleReference | None = None
    level: str = ""
    rank: float = -1.0
    kind: str = ""
    baseline_state: str = ""
    fingerprints: dict[str, Any] = {}
    partial_fingerprints: dict[str, Any] = {}
    locations: list[Location] = []
    fixes: list[Fix] = []
    suppressions: list[Suppression] | None = None
    properties: Properties | None = None


class Component(_Part):
    """The tool, or an extension of it, and its rules."""

    name: str = ""
    rules: list[Rule] = []


class Tool(_Part):
    """The tool that ran."""

    driver: Component
    extensions: list[Component] = []


class Artifact(_Part):
    """A file that the run knows, perhaps with what stood in it."""

    location: ArtifactLocation | None = None
    contents: Snippet | None = None
    hashes: dict[str, str] = {}


class Provenance(_Part):
    """The commit that was looked at."""

    revision_id: str = ""
    branch: str = ""


class Invocation(_Part):
    """One execution of the tool."""

    end_time_utc: str = ""


class Run(_Part, Generic[ResultT]):
    """One run of one tool; its results are decoded one by one, so that a bad one costs no other."""

    tool: Tool
    results: list[ResultT] | None = None
    artifacts: list[Artifact] = []
    original_uri_base_ids: dict[str, ArtifactLocation] = {}
    column_kind: str = ""
    version_control_provenance: list[Provenance] = []
    invocations: list[Invocation] = []


class Log(_Part, Generic[ResultT]):
    """A SARIF file."""

    version: str
    runs: list[Run[ResultT]]
