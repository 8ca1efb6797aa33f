"""The parameters of a notebook: checked in its first cell, before anything is computed.

papermill sets any variable and only warns of a name that no cell declares; a schedule would run
with defaults for years. So the first cell hands over all of its names, and what is not a
parameter, or has no value that one can take, is refused in one line.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from mendbook.errors import UsageError
from mendbook.notebook.execute import OPTIONS
from mendbook.run.run import open_run
from mendbook.text.closest import did_you_mean

RUN = "run"
_NOT_HERE = {"jobs", "progress"}
_JUPYTERS = {"In", "Out"}
_PLAIN = (str, int, float, list, tuple, dict, Path, type(None))
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def defaults() -> dict[str, Any]:
    """Return what a run takes, by name, with the value that stands for *not given*."""
    taken = inspect.signature(open_run).parameters
    return {name: each.default for name, each in taken.items() if name not in _NOT_HERE}


def read_parameters(names: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the published run to open, or "", and what was given of a run's parameters.

    ``names`` are all names of the notebook. Raises ``UsageError`` for a name that is no parameter,
    a value that it cannot take, and a parameter beside a run that has it already.
    """
    known = defaults()
    options = names.get(OPTIONS) or {}
    if not isinstance(options, Mapping):
        message = f'options = {options!r}: names and values are needed, such as {{"gates": "all"}}'
        raise UsageError(message)
    written = {name: value for name, value in names.items() if _is_written(name, value)}
    given = {**{name: each for name, each in written.items() if name != RUN}, **options}
    _refuse_unknown(given, (RUN, *known))
    values = {
        name: value_of(name, value, known[name])
        for name, value in given.items()
        if not _not_given(value, known[name])
    }
    run = value_of(RUN, names.get(RUN) or "", "")
    if run and values:
        message = f"{next(iter(values))}: the run has its own; leave it, or leave run empty"
        raise UsageError(message)
    return run, values


def read_named(names: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of ``known`` parameters among a notebook's ``names``, by their defaults.

    Raises ``UsageError`` for a name that is no parameter and a value that cannot be taken.
    """
    _refuse_unknown((name for name, value in names.items() if _is_written(name, value)), known)
    return {
        name: default
        if _not_given(names.get(name), default)
        else value_of(name, names[name], default)
        for name, default in known.items()
    }


def value_of(name: str, value: object, default: object) -> Any:  # noqa: ANN401 - by ``default``
    """Return ``value`` in the kind that ``default`` is of; ``UsageError`` where it cannot be."""
    if isinstance(default, bool):
        read: Any = value if isinstance(value, bool) else _TRUTH.get(str(value).strip().lower())
        needed = "true or false is"
    elif isinstance(default, float):
        read, needed = _number(value), "a number is"
    elif isinstance(default, tuple):
        read, needed = _paths(value), 'paths are needed, such as ["a.json", "b.json"]; one is'
    else:
        read = str(value) if isinstance(value, (str, Path)) else None
        needed = "text is"
    if read is None:
        message = f"{name} = {value!r}: {needed} needed"
        raise UsageError(message)
    return read


def _refuse_unknown(written: Iterable[str], known: Collection[str]) -> None:
    for name in written:
        if name not in known:
            message = f"{name}: no such parameter{did_you_mean(str(name), known)}; there are "
            raise UsageError(message + ", ".join(known))


def _is_written(name: str, value: object) -> bool:
    """Return whether a person or papermill wrote this name, and not Jupyter or an import."""
    return not (name.startswith("_") or name in _JUPYTERS or name == OPTIONS) and isinstance(
        value, _PLAIN
    )


def _not_given(value: object, default: object) -> bool:
    empty = value is None or (isinstance(value, (str, list, tuple)) and not value)
    return empty or value == default


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _paths(value: object) -> list[str] | None:
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            try:
                return _paths(json.loads(value))
            except ValueError:
                return None
        alone = Path(value).exists() or "," not in value
        return [value] if alone else [each.strip() for each in value.split(",") if each.strip()]
    if isinstance(value, (list, tuple)) and all(isinstance(each, (str, Path)) for each in value):
        return [str(each) for each in value]
    return None
