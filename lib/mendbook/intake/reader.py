"""The one reader of input files: checked before it is believed, redacted before it is returned."""

from __future__ import annotations

import codecs
import gc
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mendbook.intake.encodings import told_encoding
from mendbook.intake.faults import find_fault
from mendbook.intake.problem import Problem, RefusedError
from mendbook.intake.redact import HINTS, hints_in, redact
from mendbook.intake.values import TooDeepError, clean

MAX_FILE_BYTES = 100_000_000
_VALUE = re.compile(r"[^ \t\r\n]")


@dataclass(frozen=True, slots=True)
class Document:
    """One input file, decoded, without its secrets."""

    path: str
    sha256: str
    """Of the file's bytes as they are on disk."""
    data: Any
    """Dicts, lists, strings without lone surrogates, finite numbers, booleans and None."""
    redactions: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One input file as text, not yet decoded and not yet redacted."""

    path: str
    sha256: str
    text: str
    encoding: str = "UTF-8"
    """What the file was saved in."""


def read_json(path: Path) -> Document:
    """Read the JSON file at ``path``; raise ``InputError`` in one line for what is wrong with it.

    A file of several objects or arrays, one after the other or one a line, is read as their list.
    Duplicate keys, NaN, infinite numbers, nesting above ``faults.MAX_DEPTH``, other encodings than
    UTF-8 and files above ``MAX_FILE_BYTES`` are refused; a byte order mark is not.
    """
    return decode(read_text(path))


def read_text(path: Path) -> Text:
    """Read the file at ``path`` as strict UTF-8; raise ``InputError`` when it is not that."""
    return text_of(path, read_bytes(path))


def text_of(path: Path, raw: bytes) -> Text:
    """Return the bytes of the file at ``path`` as strict UTF-8; raise as ``read_text`` does."""
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(raw) - len(body)
        raise _problem(path, f"byte {offset}", "not UTF-8", "save it as UTF-8") from error
    return Text(str(path), hashlib.sha256(raw).hexdigest(), text)


def read_any_text(path: Path) -> Text:
    """Read the file at ``path`` in UTF-8 or whatever else it was surely saved in.

    A spreadsheet saves Windows-1252, a shell on Windows UTF-16. Raises ``InputError`` where the
    encoding cannot be told.
    """
    raw = read_bytes(path)
    try:
        return text_of(path, raw)
    except RefusedError as error:
        encoding = told_encoding(raw)
        if not encoding:
            problem = replace(error.problem, what=_UNTOLD)
            raise problem.refusal() from error
        return Text(str(path), hashlib.sha256(raw).hexdigest(), raw.decode(encoding), encoding)


_UNTOLD = "neither UTF-8 nor surely UTF-16 or Windows-1252"


def decode(source: Text) -> Document:
    """Decode the JSON in ``source`` and replace its secrets; refuse as ``read_json`` does."""
    with _refusing(source), collector_paused():
        data = _value_or_lines(source.text)
        # an escape could hide a letter of a hint from a look at the text as it is written
        hints = HINTS if "\\u" in source.text else hints_in(source.text)
        data, redactions = clean(data, hints)
    return Document(source.path, source.sha256, data, redactions)


def decode_to_judge(source: Text) -> Any:  # noqa: ANN401 - any JSON value
    """Decode the JSON in ``source`` with its secrets: for a verdict that shows nothing of it.

    Raises as ``read_json`` does, but for nesting.
    """
    with _refusing(source), collector_paused():
        return _value_or_lines(source.text)


@contextmanager
def _refusing(source: Text) -> Iterator[None]:
    """Say in one line of ``source`` why it cannot be decoded."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise _malformed(source, error) from error
    except (_FaultError, RecursionError, TooDeepError) as error:
        raise _refused(source) from error


def redacted(source: Text) -> tuple[str, int]:
    """Return the text of a file that is not JSON without its secrets, and how many there were."""
    return redact(source.text.encode("utf-8", "replace").decode())


class _FaultError(ValueError):
    """Stop the decoder; ``find_fault`` then says where and why."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the regular file at ``path``; raise ``InputError`` for any other."""
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        said = (getattr(error, "strerror", None) or "not a usable file name").lower()
        raise _problem(path, "", f"cannot be opened ({said})", "check the path") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise _problem(path, "", "not a regular file", "name a file, not a folder or device")
    with os.fdopen(descriptor, "rb") as file:
        # as much as it holds and no more: what is asked for is taken from memory at once
        raw = b"" if status.st_size > MAX_FILE_BYTES else file.read(status.st_size + 1)
        if len(raw) > status.st_size:  # it grew, or tells no size
            raw += file.read(MAX_FILE_BYTES + 1 - len(raw))
    if status.st_size > MAX_FILE_BYTES or len(raw) > MAX_FILE_BYTES:
        megabytes = max(status.st_size, len(raw)) / 1e6
        what = f"{megabytes:.0f} MB is above the limit of {MAX_FILE_BYTES // 1_000_000} MB"
        raise _problem(path, "", what, "split it, or leave out what is not needed")
    return raw


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector while many objects are built that all stay alive.

    It would look through ever more of them for nothing: 3.4 s against 1.3 s for 90 MB of JSON.
    What was built counts as old afterwards, so that it is not looked through at once either.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _value_or_lines(text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return _decoder().decode(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return _sequence(text, error)


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_unique,
        parse_int=_integer,
        parse_float=_number,
        parse_constant=_number,
    )


def _sequence(text: str, extra: json.JSONDecodeError) -> list[Any]:
    """Return the containers that ``text`` holds one after the other; refuse anything between."""
    decoder, containers, at = _decoder(), [], 0
    while match := _VALUE.search(text, at):
        value, at = decoder.raw_decode(text, match.start())
        if not isinstance(value, dict | list):
            raise extra
        containers.append(value)
    return containers


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _FaultError
    return mapping


def _integer(token: str) -> int | float:
    # beyond 64 bits no JSON encoder agrees with another: such a number is read as a float
    return int(token) if len(token) < 19 else _wide(token)


def _wide(token: str) -> int | float:
    if len(token) <= 20 and -(2**63) <= (value := int(token)) < 2**64:
        return value
    return _number(token)


def _number(token: str) -> float:
    value = float(token)
    if value - value != 0:
        raise _FaultError
    return value


def _malformed(source: Text, error: json.JSONDecodeError) -> RefusedError:
    if not source.text.strip():
        return _problem(source.path, "", "the file is empty", "give it a JSON document")
    if error.pos >= len(source.text.rstrip()):
        what, remedy = "the file ends too early", "write it again, whole"
    else:
        what, remedy = f"not JSON ({error.msg[0].lower()}{error.msg[1:]})", "correct it there"
    return _problem(source.path, _counted(source, error.pos), what, remedy)


def _counted(source: Text, at: int) -> str:
    """Return how far into its file the character number ``at`` of ``source`` stands."""
    if source.encoding != "UTF-8":
        return f"character {at}"
    return f"byte {len(source.text[:at].encode())}"


def _refused(source: Text) -> RefusedError:
    fault = find_fault(source.text)
    if fault is None:
        return _problem(source.path, "", "not JSON", "write it again, whole")
    counted = _counted(source, fault.offset)
    place = f"{fault.path} ({counted})" if fault.path else counted
    return _problem(source.path, place, fault.what, "correct it there")


def _problem(path: Path | str, place: str, what: str, remedy: str) -> RefusedError:
    return Problem(str(path), place, what, remedy).refusal()
