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
from mendbook.notebook.execute import execute, recorded_results
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
) -> dict[str, dict[str, Any]]:
    """Write ``notebooks`` executed into ``folder``; return what each recorded, by its stem.

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
    try:
        execute(
            [path for path in notebooks if saved[path] is None], shown, folder, progress=progress
        )
        for path in notebooks:
            if saved[path] is None:
                encoded = (folder / path.name).read_bytes()
                cache.write(path.stem, keys[path], Saved.of(encoded))
    finally:
        for path in folder.glob("*.ipynb"):
            path.write_bytes(_stamped(path.read_bytes(), run.stamp))
    return {path.stem: recorded_results(folder / path.name) for path in notebooks}


def export_or_take(
    run: Run, executed: Path, export: Callable[[str], Mapping[str, str]]
) -> dict[str, bytes]:
    """Return what ``export`` makes of the text of the ``executed`` notebook, with the run's stamp.

    What was exported of the same notebook before is taken.
    """
    cache = StageCache(run.given.cache / "exports")
    plain = _respelled(executed.read_bytes(), run.stamp, STAND_IN)
    parts = (project.code_sha256().encode(), _packages().encode(), plain)
    key = hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
    saved = cache.read(executed.stem, key)
    if saved is None:
        made = {
            name: text.encode("utf-8", "backslashreplace")
            for name, text in export(plain.decode()).items()
        }
        saved = Saved.of(zlib.compress(msgspec.msgpack.encode(made), 1))
        cache.write(executed.stem, key, saved)
    kept = msgspec.msgpack.decode(zlib.decompress(saved.encoded), type=dict[str, bytes])
    return {name: _stamped(text, run.stamp) for name, text in kept.items()}


def _stamped(text: bytes, stamp: str) -> bytes:
    """Return ``text`` with the run's own ``stamp`` for the one that stands for any."""
    return _respelled(text, STAND_IN, stamp)


def _respelled(text: bytes, old: str, new: str) -> bytes:
    """Return ``text`` with a stamp for another: as a name, as ISO 8601 and in words."""
    for spelled in (str, _iso, _words):
        text = text.replace(spelled(old).encode(), spelled(new).encode())
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
