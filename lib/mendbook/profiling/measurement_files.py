"""Load measurements, whatever their format, into one set of profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode, read_text
from mendbook.model import Profiles
from mendbook.profiling.formats import FORMATS, Format
from mendbook.repository.snapshot import Snapshot


def load_profiles(paths: Sequence[Path], snapshot: Snapshot) -> Profiles:
    """Read the measurements at ``paths`` and join them to the files of ``snapshot``.

    A format is known by the end of the file's name, else by its keys. Raises ``InputError`` for
    the first file that cannot be read or is of none of the ``FORMATS``.
    """
    read = []
    for path in paths:
        text = read_text(path)
        read.append(_format(text).read(text, snapshot))
    return Profiles(
        functions=tuple(one for profiles in read for one in profiles.functions),
        measurements=tuple(one for profiles in read for one in profiles.measurements),
        sources=tuple(one for profiles in read for one in profiles.sources),
        not_run=tuple(one for profiles in read for one in profiles.not_run),
        files=tuple(one for profiles in read for one in profiles.files),
    )


def _format(text: Text) -> Format:
    name = Path(text.path).name.lower()
    for known in FORMATS:
        if name.endswith(known.suffixes):
            return known
    if not text.text.lstrip().startswith("{"):
        return next(known for known in FORMATS if not known.keys)
    data = decode(text).data
    for known in FORMATS:
        if known.keys and isinstance(data, Mapping) and set(known.keys) <= set(data):
            return known
    names = ", ".join(dict.fromkeys(known.name for known in FORMATS))
    raise Problem(text.path, "", "no measurement that is known", f"give one of: {names}").refusal()
