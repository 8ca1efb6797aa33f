"""Executed notebooks kept in the cache: one that would show the same again is not executed again.

A notebook is kept under a hash of all that it reads: itself, its parameters, Mendbook's code, the
packages of its kernel, the plan and what the plan rests on. It is executed with a stamp that
stands for any other, which is replaced by the run's own when the notebook is published; so a later
run, whose stamp is all that differs, takes what is kept. Its cells keep the times of their
execution. What is exported of a notebook is kept in the same way.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from mendbook import project
from mendbook.notebook.execute import execute
from mendbook.publish import write_files
from mendbook.run.given import Progress
from mendbook.run.run import Run
from mendbook.run.stage_cache import Saved, StageCache
from mendbook.text.phrasing import moment

STAND_IN = "1000-01-01-0000"
"""The stamp of no run, with which notebooks are executed; it is as long as any other."""
_ENCODER = msgspec.json.Encoder(enc_hook=str)


def execute_or_take(
    run: Run,
    notebooks: Sequence[Path],
    parameters: Mapping[str, Any],
    folder: Path,
    progress: Progress,
) -> dict[str, bytes]:
    """Write ``notebooks`` executed into ``folder``; return each, with no run's stamp, by its stem.

    ``parameters`` are the run's, but for its stamp. Raises ``ReportError`` where a cell fails;
    the notebooks, as far as they came, are in ``folder`` then.
    """
    cache = StageCache(run.given.cache / "notebooks")
    state = _state(run)
    shown = {**parameters, "stamp": STAND_IN}
    keys = {path: _key(path, shown, state) for path in notebooks}
    saved = {path: cache.read(path.stem, keys[path]) for path in notebooks}
    kept = {path.name: each.encoded for path, each in saved.items() if each is not None}
    write_files(folder, kept)
    if kept:
        progress(f"{len(kept)} of {len(notebooks)} notebooks as executed before: nothing changed")
    plain: dict[str, bytes] = {}
    try:
        execute(
            [path for path in notebooks if saved[path] is None], shown, folder, progress=progress
        )
        for path in notebooks:
            plain[path.stem] = (folder / path.name).read_bytes()
            if saved[path] is None:
                cache.write(path.stem, keys[path], Saved.of(plain[path.stem]))
    finally:
        for path in folder.glob("*.ipynb"):
            path.write_bytes(_stamped(path.read_bytes(), run.stamp))
    return plain


def export_or_take(
    run: Run, name: str, plain: bytes, export: Callable[[str], Mapping[str, str]]
) -> dict[str, bytes]:
    """Return what ``export`` makes of the ``plain`` notebook, with the run's stamp.

    What was exported of the same notebook before is taken. It is known by what was executed and
    not by what is published: a run's stamp is also the minute in which cells were executed.
    """
    cache = StageCache(run.given.cache / "exports")
    parts = (project.code_sha256().encode(), _packages().encode(), plain)
    key = hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
    saved = cache.read(name, key)
    if saved is None:
        exported = export(plain.decode()).items()
        texts = {kind: text.encode("utf-8", "backslashreplace") for kind, text in exported}
        saved = Saved.of(zlib.compress(msgspec.msgpack.encode(texts), 1))
        cache.write(name, key, saved)
    kept = msgspec.msgpack.decode(zlib.decompress(saved.encoded), type=dict[str, bytes])
    return {kind: _stamped(text, run.stamp) for kind, text in kept.items()}


def _stamped(text: bytes, stamp: str) -> bytes:
    """Return ``text`` with the run's own ``stamp`` for the one that stands for any.

    It stands there as a name, as ISO 8601 has it, and in words.
    """
    for spelled in (str, _iso, _words):
        text = text.replace(spelled(STAND_IN).encode(), spelled(stamp).encode())
    return text


def _iso(stamp: str) -> str:
    return f"{stamp[:10]}T{stamp[11:13]}:{stamp[13:15]}"


def _words(stamp: str) -> str:
    return moment(_iso(stamp))


def _state(run: Run) -> str:
    """Return a hash over what every notebook of ``run`` may read, whatever the run's stamp."""
    flow = run.flow
    shown = (flow.key("plan"), flow.key("basis"), flow.fingerprint("schedule"))
    parts = (*shown, project.code_sha256(), _packages(), run.given.today.isoformat())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _key(notebook: Path, parameters: Mapping[str, Any], state: str) -> str:
    given = _ENCODER.encode(dict(sorted(parameters.items())))
    return hashlib.sha256(state.encode() + given + b"\0" + notebook.read_bytes()).hexdigest()[:32]


def _packages() -> str:
    """Return the interpreter and every package that a kernel may import, with their versions."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    names = {path.name for folder in folders for path in folder.glob("*.dist-info")}
    return "\n".join((sys.version, *sorted(names)))
