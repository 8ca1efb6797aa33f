"""The built-in samples: small repositories with a history, an audit of each, and measurements.

The first, a server, lies in ``data/sample/server`` as plain files; others lie in
``data/samples/<name>/tree``. Each becomes a git repository when it is first needed. Authors, dates,
bytes and modes all come from the sample's folder, so its last commit has the same hash everywhere:
the one that its audit names, or else its ``history.yaml``.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mendbook import project
from mendbook.errors import InputError, RepositoryError, UsageError
from mendbook.marks import mark
from mendbook.repository import git
from mendbook.text.closest import did_you_mean
from mendbook.text.plain import one_line

_BRANCH = "main"
_PROFILES = ("server.cpuprofile", "autocannon-health.json", "metrics.prom")
SERVER = "server"
"""The name of the first sample, which is planned where none is named."""


@dataclass(frozen=True, slots=True)
class SampleInputs:
    """Where a sample's audit and profiles are, and what people decided about it."""

    audit: Path
    profiles: tuple[Path, ...]
    overrides: Path
    home: Path
    """The sample's own folder."""
    tree: Path
    """The files of its last commit."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A commit's replacement of one text, found exactly once in the file, by another."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SampleCommit:
    """One commit: whole files that it adds, and texts that it changes."""

    author: str
    date: str
    message: str
    adds: tuple[str, ...] = ()
    changes: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """``history.yaml``: the authors by their short names, and the commits, oldest first."""

    authors: dict[str, str]
    commits: tuple[SampleCommit, ...]
    commit: str = ""
    """The hash of the last commit, where the audit names none."""


def sample_names() -> tuple[str, ...]:
    """Return the names of the built-in samples, the one that needs no name first."""
    others = sorted(path.name for path in (project.data() / "samples").glob("*") if path.is_dir())
    return (SERVER, *others)


def sample_inputs(name: str = SERVER) -> SampleInputs:
    """Return where the audit and the profiles of the sample called ``name`` are.

    Raises ``UsageError`` for a name that none has, ``InputError`` where its files are not there.
    """
    if name not in sample_names():
        meant = did_you_mean(name, sample_names())
        known = ", ".join(sample_names())
        raise UsageError(f"--sample-name {one_line(name, 40)!r}: choose from {known}{meant}")
    first = name == SERVER
    folder = project.data() / "sample" if first else project.data() / "samples" / name
    audit = next(iter(sorted(folder.glob("audit-*"))), None)
    if audit is None:
        message = f"{folder}: the sample is not there; install Mendbook again"
        raise InputError(message)
    measured = _PROFILES if first else sorted(path.name for path in folder.glob("profiles/*"))
    return SampleInputs(
        audit,
        tuple(folder / "profiles" / each for each in measured),
        project.data() / "overrides" / audit.stem,
        folder,
        folder / (SERVER if first else "tree"),
    )


def materialise_sample(destination: Path, name: str = SERVER) -> Path:
    """Make a sample's git repository at ``destination`` and return where it is.

    One that is there already is left as it is. Where something else is there, a folder beside it
    is used, named with the commit: nothing is ever overwritten.
    """
    sample = sample_inputs(name)
    commit = _commit(sample)
    destination = destination.absolute()
    if destination.exists() and not _holds(destination, commit):
        destination = destination.with_name(f"{destination.name}-{commit[:12]}")
    if not _holds(destination, commit):
        _publish(destination, commit, sample)
    return destination


def read_history(sample: SampleInputs | None = None) -> History:
    """Return a sample's history as its ``history.yaml`` tells it; that of the first without one."""
    home = (sample or sample_inputs()).home
    return msgspec.yaml.decode((home / "history.yaml").read_bytes(), type=History)


def _commit(sample: SampleInputs) -> str:
    """Return the hash of the sample's last commit, which its audit or its history names."""
    if said := read_history(sample).commit:
        return said
    return str(json.loads(sample.audit.read_bytes())["meta"]["commit"])


def _holds(folder: Path, commit: str) -> bool:
    """Tell whether ``folder`` is itself a repository that has ``commit``."""
    if not (folder / ".git").is_dir():
        return False
    return git.run(folder, "cat-file", "-e", f"{commit}^{{commit}}").returncode == 0


def _publish(destination: Path, commit: str, sample: SampleInputs) -> None:
    """Build the repository beside ``destination`` and give it its name in one step."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=mark("saving")) as scratch:
        built = Path(scratch) / "server"
        _build(built, sample)
        try:
            built.rename(destination)
        except OSError as error:  # another run was faster, or the name is taken
            if not _holds(destination, commit):
                message = f"{destination}: could not be created ({error.strerror}); free that name"
                raise RepositoryError(message) from error


def _build(root: Path, sample: SampleInputs) -> None:
    """Write the sample's files to ``root`` and commit their history."""
    history = read_history(sample)
    files = {path: _read(sample, path) for commit in history.commits for path in commit.adds}
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    git.output(root, "init", "--quiet", "--template=", "--object-format=sha1", f"-b{_BRANCH}")
    git.output(root, "config", "core.autocrlf", "false")
    stream = b"".join(_stream(history, files))
    git.output(root, "fast-import", "--quiet", "--done", stdin=stream)
    git.output(root, "read-tree", _BRANCH)


def _read(sample: SampleInputs, path: str) -> str:
    """Return a file of the sample with the line endings it is committed with."""
    return (sample.tree / path).read_bytes().decode().replace("\r\n", "\n")


def _stream(history: History, files: dict[str, str]) -> Iterator[bytes]:
    """Yield the history in the language of ``git fast-import``."""
    for commit, written in zip(history.commits, _written(history, files), strict=True):
        when = int(dt.datetime.fromisoformat(commit.date).timestamp())
        who = f"{history.authors[commit.author]} {when} +0000"
        yield f"commit refs/heads/{_BRANCH}\nauthor {who}\ncommitter {who}\n".encode()
        yield _data(commit.message + "\n")
        for path, text in sorted(written.items()):
            yield f"M 100644 inline {path}\n".encode() + _data(text)
    yield b"done\n"


def _data(text: str) -> bytes:
    """Return ``text`` as a counted block."""
    content = text.encode()
    return b"data %d\n%s\n" % (len(content), content)


def _written(history: History, files: dict[str, str]) -> list[dict[str, str]]:
    """Return what each commit writes, path to text, by undoing the changes from the last on."""
    now = dict(files)
    written: list[dict[str, str]] = []
    for commit in reversed(history.commits):
        touched = {*commit.adds, *(change.path for change in commit.changes)}
        written.append({path: now[path] for path in touched})
        for change in reversed(commit.changes):
            now[change.path] = _undo(change, now[change.path])
    return written[::-1]


def _undo(change: TextChange, text: str) -> str:
    """Return ``text`` as it was before ``change``."""
    if text.count(change.after) != 1:
        message = (
            f"data/sample/history.yaml: {change.path} does not hold {change.after!r} exactly once; "
            "make the history say what the file says"
        )
        raise RepositoryError(message)
    return text.replace(change.after, change.before)
