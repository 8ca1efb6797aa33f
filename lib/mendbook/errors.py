"""One base error, one subclass for each stage of the river.

A message is one line that says where the problem is, what it is and what to do. ``exit_code`` is
what the command line returns for it; the README lists them and a test holds the two together.
"""

from __future__ import annotations

from typing import ClassVar


class MendbookError(Exception):
    """Refuse to go on: the message is one line a person can act on."""

    exit_code: ClassVar[int] = 1

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the line a person can act on, and no traceback."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(MendbookError):
    """Refuse a parameter: not one that is known, or a value that no plan can be made with."""

    exit_code = 2


class InputError(MendbookError):
    """Refuse an input file: not readable, not JSON, or not what its schema asks for."""

    exit_code = 3


class RepositoryError(MendbookError):
    """Refuse a target repository: no git, an unknown commit, or an object that cannot be read."""

    exit_code = 4


class PolicyError(MendbookError):
    """Refuse a policy or override file."""

    exit_code = 5


class PlanningError(MendbookError):
    """Refuse to plan: the constraints contradict each other; the message names the culprit."""

    exit_code = 6


class PatchError(MendbookError):
    """Refuse a patch: malformed, outside the tree, or touching what a patch may not touch."""

    exit_code = 7


class ReportError(MendbookError):
    """Refuse to publish: the artefact is incomplete or invalid, or its name is taken."""

    exit_code = 8


class CollectError(MendbookError):
    """Refuse to run a tool: not installed, or not allowed to reach that address."""

    exit_code = 9


class FailOnError(MendbookError):
    """Say of a published plan that it holds what ``--fail-on`` names."""

    exit_code = 10


class GatesError(MendbookError):
    """Say of a published plan that gates were asked for and could not be run."""

    exit_code = 11


class FleetError(MendbookError):
    """Say of a fleet that is published that some of its audits could not be planned."""

    exit_code = 13


class LackOfMemoryError(MendbookError):
    """Say that there is less memory than the work needs."""

    exit_code = 14


class BusyError(MendbookError):
    """Refuse to run: another run of the same audit works in the same folder."""

    exit_code = 12
