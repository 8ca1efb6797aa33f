"""How a file may be written, and what an edit must keep of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.code.python_source import parse_python
from mendbook.code.trees import is_source, parse

MODERN = """
enum Mode {
  Slow = "slow",
}
const settings = { mode: Mode.Slow } satisfies Record<string, Mode>;
class Dial {
  accessor level = 0;
  #hidden = 1;
  @seen private tuned = 2;
  static { Dial.count = 0; }
  declare static count: number;
}
async function dial() {
  await using handle = await settings;
  return handle ?? settings?.mode;
}
type DialLevel = `${Mode}-${number}`;
function assertLevel(value: unknown): asserts value is DialLevel {}
"""
MODERN_SCRIPT = """
class Dial {
  static #count = 0;
  static { Dial.#count ??= 1; }
  get level() { return Dial.#count; }
}
async function* levels() {
  for await (const one of [1n, 2_000n]) yield one ?? 0;
}
"""
MODERN_PYTHON = """

def _dial(level: int | None, /, *, mode: str = "slow") -> str:
    match level:
        case None | 0:
            return mode
        case int() as found if (double := found * 2) > 2:
            return f"{double!r:>4} {mode=}"
    with (open("a") as one, open("b") as other):
        return one.read() + other.read()
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a file may be written; ``writes`` makes it so, for the files with these suffixes."""

    name: str
    writes: Callable[[str, str], str]


def _crlf(_: str, text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _mark(path: str, text: str) -> str:
    return text if path.endswith(".json") else "\ufeff" + text


def _headed(path: str, text: str) -> str:
    """Put a license and a pragma above everything, where the language has comments."""
    if path.endswith(".py"):
        return "#!/usr/bin/env python3\n# Copyright 2031 The Ferry Line\n\n" + text
    if not is_source(path) or text.startswith(("#!", "'use", '"use')):
        return text
    head = "/* Copyright 2031 The Ferry Line */\n/* eslint-disable no-var */\n\n"
    return (_crlf(path, head) if "\r\n" in text else head) + text


def _tabbed(path: str, text: str) -> str:
    if not is_source(path) or "\t" in text or "`\n" in text:
        return text
    rows = [(row, len(row) - len(row.lstrip(" "))) for row in text.split("\n")]
    # The blank before the star of a comment is no indentation
    return "\n".join("\t" * (n // 2) + " " * (n % 2) + row.lstrip(" ") for row, n in rows)


def _with_emoji(path: str, text: str) -> str:
    if path.endswith(".py"):
        return f"# 🚢 Fähre\n\n{text}"
    head = _crlf(path, "// 🚢 Fähre\n\n") if "\r\n" in text else "// 🚢 Fähre\n\n"
    return f"{head}{text}" if is_source(path) and not text.startswith("#!") else text


def _modern(path: str, text: str) -> str:
    if path.endswith(".py"):
        return text + MODERN_PYTHON
    if not is_source(path) or path.endswith(("index.ts", "index.js")):
        return text
    more = MODERN if path.endswith((".ts", ".tsx")) else MODERN_SCRIPT
    return text + (more if ";\n" in text else more.replace(";", ""))


def _open_ended(path: str, text: str) -> str:
    return text if path.endswith(".json") else text.rstrip("\r\n")


def _directed(path: str, text: str) -> str:
    """Put a directive above the code of a script; a docstring and a future import in Python."""
    if path.endswith(".py"):
        return f'"""Ferries."""\n\nfrom __future__ import annotations\n\n{text}'
    barrel = path.endswith(("index.ts", "index.js"))
    if not is_source(path) or barrel or text.startswith(("#!", "'use", '"use')):
        return text
    word = "use client" if path.endswith("x") else "use strict"
    head = f'"{word}"{";" if ";" in text else ""}\n\n'
    return (_crlf(path, head) if "\r\n" in text else head) + text


def _started(path: str, text: str) -> str:
    if text.startswith("#!") or not (is_source(path) or path.endswith(".py")):
        return text
    head = f"#!/usr/bin/env {'python3' if path.endswith('.py') else 'node'}\n"
    return (_crlf(path, head) if "\r\n" in text else head) + text


def _long(path: str, text: str) -> str:
    numbers = ", ".join(str(number) for number in range(700))
    if path.endswith(".py"):
        return f"{text}\n\n_TIDES = [{numbers}]\n"
    if not is_source(path) or path.endswith(("index.ts", "index.js")):
        return text
    return f"{text}\nconst tides = [{numbers}]{';' if ';' in text else ''}\n"


_ALL = [
    Condition("Windows line ends", _crlf),
    Condition("byte order mark", _mark),
    Condition("license and pragma", _headed),
    Condition("tabs", _tabbed),
    Condition("emoji and umlauts", _with_emoji),
    Condition("modern syntax", _modern),
    Condition("no line end at the end", _open_ended),
    Condition("directives", _directed),
    Condition("hashbang", _started),
    Condition("a very long line", _long),
]
CONDITIONS = {one.name: one for one in _ALL}


def keeps_the_manner(path: str, old: str, new: str) -> None:
    """Hold line ends, byte order mark, head and syntax of an edited file."""
    if "\r\n" in old:
        assert "\n" not in new.replace("\r\n", ""), "a line end of its own"
    else:
        assert "\r" not in new
    assert new.startswith("\ufeff") == old.startswith("\ufeff")
    assert new.count("\ufeff") == old.count("\ufeff")
    for head in ("#!/usr/bin/env", "/* Copyright", "# Copyright", '"use strict"', '"use client"'):
        if old.removeprefix("\ufeff").startswith(head):
            assert new.removeprefix("\ufeff").startswith(head)
    if path.endswith(".py"):
        assert parse_python(path, new) is not None
    elif is_source(path):
        assert not parse(path, new).find_all(kind="ERROR")


def words_of(text: str) -> list[str]:
    """Return what two texts of the same code share, wherever a statement of its own stands."""
    return sorted(text.replace("\ufeff", "").split())
