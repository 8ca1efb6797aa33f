"""What comes into a run from outside, and how a change of it is noticed.

A file is known by its bytes, a command by the files it names, everything else by its value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from mendbook import effort, profiling
from mendbook.errors import InputError, MendbookError, PolicyError
from mendbook.fixes.sources.curated import read_curated
from mendbook.judgements import NAME as JUDGEMENTS
from mendbook.ledger.spent import FILE as SPENT
from mendbook.ledger.spent import read_spent, spent_cases
from mendbook.overrides import NAME as OVERRIDES
from mendbook.planning.sprints.schedule import NAME as SCHEDULE
from mendbook.policy import default_policy
from mendbook.policy.libraries import FILE as LIBRARIES
from mendbook.policy.platform import FILE as PLATFORM
from mendbook.policy.platform import platform_beside
from mendbook.run.given import Given
from mendbook.run.stage import Source, unchanging


def sha256(path: Path, refusal: type[MendbookError] = InputError) -> str:
    """Return the SHA-256 of the file at ``path``; raise ``refusal`` where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path"
        raise refusal(message) from error


def _files(
    paths: Callable[[Given], Iterable[Path]], refusal: type[MendbookError] = InputError
) -> Callable[[Given], str]:
    return lambda given: "\n".join(f"{path} {sha256(path, refusal)}" for path in paths(given))


def _if_there(*paths: Path) -> tuple[Path, ...]:
    return tuple(path for path in paths if path.is_file())


def _policy(given: Given) -> Path:
    return given.inputs.policy or default_policy()


def _beside_policy(name: str) -> tuple[Path, ...]:
    return _if_there(default_policy().with_name(name))


def _platform(given: Given) -> tuple[Path, ...]:
    """Return the platform's file beside the policy that was named, else the default one."""
    beside = platform_beside(given.inputs.policy)
    return (beside,) if beside is not None else _beside_policy(PLATFORM)


def _overrides(given: Given) -> Path | None:
    """Return the file or folder of overrides; None where none was named and none is there."""
    return given.decisions if given.inputs.overrides or given.decisions.exists() else None


def _overrides_files(given: Given) -> tuple[Path, ...]:
    return _if_there(given.decisions, given.decisions / OVERRIDES)


def _history(given: Given) -> tuple[tuple[Path, Path], ...]:
    return tuple((path, effort.audit_of(path)) for path in given.inputs.history)


def _spent(given: Given) -> tuple[effort.Case, ...]:
    """Return what the hours that people spent on findings of earlier runs say."""
    file = given.decisions / SPENT
    if not file.is_file():
        return ()
    from mendbook.ledger.shelf import Shelf  # all that reads earlier plans
    from mendbook.ledger.trace import line_of

    audit = line_of(given.inputs.audit.stem, "")
    traces = (each for each in Shelf(given.out).traces() if line_of(each.audit, "") == audit)
    return spent_cases((each for trace in traces for each in trace.findings), read_spent(file))


def _beside(given: Given) -> str:
    """Return a fingerprint of the scripts and source maps that the measurements lead to."""
    paths = (path for each in given.inputs.profiles for path in profiling.beside(each))
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in paths)


def _field_map(given: Given) -> tuple[Path, ...]:
    return (given.inputs.field_map,) if given.inputs.field_map else ()


def _drafts(given: Given) -> tuple[Path, ...]:
    return (given.inputs.drafts,) if given.inputs.drafts else ()


SOURCES = (
    Source("audit_file", lambda g: g.inputs.audit, _files(lambda g: [g.inputs.audit])),
    Source("tool_reports", lambda g: g.inputs.tools, _files(lambda g: g.inputs.tools)),
    Source("field_map", lambda g: g.inputs.field_map, _files(_field_map)),
    Source("only", lambda g: g.inputs.only),
    Source("include_closed", lambda g: g.inputs.include_closed),
    Source("repository", lambda g: g.inputs.repo),
    Source("commit_asked", lambda g: g.inputs.commit),
    Source("policy_file", _policy, _files(lambda g: [_policy(g)], PolicyError)),
    Source(
        "libraries_file",
        lambda _: _beside_policy(LIBRARIES),
        _files(lambda _: _beside_policy(LIBRARIES), PolicyError),
    ),
    Source(
        "platform_file",
        lambda g: platform_beside(g.inputs.policy),
        _files(_platform, PolicyError),
    ),
    Source("measurements", lambda g: g.inputs.profiles, _files(lambda g: g.inputs.profiles)),
    Source("source_maps", lambda _: None, _beside),
    Source("history", _history, _files(lambda g: [path for pair in _history(g) for path in pair])),
    Source("spent", _spent),
    Source("overrides_file", _overrides, _files(_overrides_files, PolicyError)),
    Source(
        "schedule_file",
        lambda g: g.decisions,
        _files(lambda g: _if_there(g.decisions / SCHEDULE), PolicyError),
    ),
    Source(
        "judgements_file",
        lambda g: g.decisions,
        _files(lambda g: _if_there(g.decisions / JUDGEMENTS), PolicyError),
    ),
    Source("curated_files", lambda g: read_curated(g.decisions)),
    Source("today", lambda g: g.today),
    Source("hours", lambda g: g.inputs.capacity),
    Source("provider", lambda g: g.inputs.references),
    Source("drafts_file", lambda g: g.inputs.drafts, _files(_drafts)),
    Source("gates", lambda g: g.inputs.chosen_gates),
    Source("trusts_drafts", lambda g: g.inputs.trust_drafts),
    Source("parameters", lambda g: g.inputs.chosen()),
    Source("input_hashes", lambda g: g.inputs.hashes(g.decisions)),
    Source("stamp", lambda g: g.stamp),
    Source("cache", lambda g: g.cache, unchanging),
    Source("jobs", lambda g: g.jobs, unchanging),
    Source("progress", lambda g: g.progress, unchanging),
)
"""All that stages may read and that no stage makes."""
