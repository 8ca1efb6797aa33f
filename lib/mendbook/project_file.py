"""``mendbook.toml``: options that need not be typed again, for all commands or for one.

```toml
capacity = 24
policy = "policy.yaml"

[collect]
duration = 30
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mendbook.errors import UsageError
from mendbook.text.closest import did_you_mean

NAME = "mendbook.toml"

Options = Mapping[str, frozenset[str]]
"""Each command's options, by the command's name."""


def read_options(
    folder: Path, options: Options, several: frozenset[str] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Return what ``mendbook.toml`` in ``folder`` says, by command; nothing without the file.

    ``options`` are those that exist, ``several`` those that may be given more than once. Raises
    ``UsageError`` for a file that is not TOML and for what is no option.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    said = _read(path)
    shared = {_named(key): value for key, value in said.items() if not isinstance(value, Mapping)}
    every = frozenset(name for names in options.values() for name in names)
    _refuse_unknown(path, "", shared, every)
    tables = {key: value for key, value in said.items() if isinstance(value, Mapping)}
    _refuse_unknown(path, "", tables, frozenset(options))
    by_command: dict[str, dict[str, Any]] = {}
    for command, names in options.items():
        own = {_named(key): value for key, value in tables.get(command, {}).items()}
        _refuse_unknown(path, f"{command}.", own, names)
        chosen = {**{key: value for key, value in shared.items() if key in names}, **own}
        by_command[command] = {
            key: [value] if key in several and not isinstance(value, list) else value
            for key, value in chosen.items()
        }
    return by_command


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be read as TOML ({' '.join(str(error).split())}); correct it"
        raise UsageError(message) from error


def _named(key: str) -> str:
    return key.replace("-", "_")


def _refuse_unknown(
    path: Path, where: str, given: Mapping[str, object], known: frozenset[str]
) -> None:
    for key in given:
        if key not in known:
            meant = did_you_mean(key, known) or "; remove it"
            raise UsageError(f"{path}: {where}{key[:60]}: no such option{meant}")
