"""Edit ``package.json`` and ``package-lock.json`` line by line, as npm lays them out."""

from __future__ import annotations

import json
import re
from typing import Any

from mendbook.code.json_text import is_json

_SECTIONS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")


def removed(text: str, package: str) -> str | None:
    """Return the file without ``package`` and, in a lock file, without what only it needed.

    None when the file is not laid out with one entry on a line.
    """
    before = json.loads(text)
    after = _without_line(text, package)
    if after is None:
        return None
    for key in _unreached(before, package):
        after = _without_block(after, key)
        if after is None:
            return None
    return after if is_json(after) else None


def moved(text: str, package: str, section: str) -> str | None:
    """Return the file with ``package`` in ``section``; a lock file's marks follow."""
    before = json.loads(text)
    root = before.get("packages", {}).get("", before)
    old = next((one for one in _SECTIONS if package in root.get(one, {})), None)
    if old is None or section not in root:
        return None
    line = _without_line(text, package)
    after = _with_line(line, section, package, root[old][package]) if line is not None else None
    if after is None:
        return None
    if section == "devDependencies":
        for key in _only_dev(json.loads(after)) - _only_dev(before):
            after = _mark_dev(after, key)
    return after if is_json(after) else None


def _without_line(text: str, package: str) -> str | None:
    """Cut the first ``"package": "range"`` line, which is the root's."""
    match = re.search(rf'^[ \t]*"{re.escape(package)}": "[^"\n]*"(,?)\r?\n', text, re.MULTILINE)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    return (before if match[1] else re.sub(r",(\s*)\Z", r"\1", before)) + after


def _with_line(text: str, section: str, package: str, version: str) -> str | None:
    """Insert the package in its alphabetical place in the first ``section``."""
    opened = re.search(rf'^([ \t]*)"{section}": \{{\r?\n', text, re.MULTILINE)
    if opened is None:
        return None
    closed = re.compile(rf"^{opened[1]}\}}", re.MULTILINE).search(text, opened.end())
    if closed is None:
        return None
    lines = text[opened.end() : closed.start()].splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in text else "\n"
    margin = re.match(r"[ \t]*", lines[0])[0] if lines else opened[1] + "  "  # type: ignore[index]
    names = [match[1] for line in lines if (match := re.match(r'\s*"([^"]+)"', line))]
    ordered = names == sorted(names)
    at = sum(name < package for name in names) if ordered else len(lines)
    if at and at == len(lines):
        lines[-1] = re.sub(r"(\r?\n)\Z", r",\1", lines[-1])
    comma = "," if at < len(lines) else ""
    lines.insert(at, f'{margin}"{package}": "{version}"{comma}{newline}')
    return text[: opened.end()] + "".join(lines) + text[closed.start() :]


def _without_block(text: str, key: str) -> str | None:
    block = _block(text, key)
    if block is None:
        return None
    before, after = text[: block.start()], text[block.end() :]
    return (
        before if block[0].rstrip().endswith(",") else re.sub(r",(\s*)\Z", r"\1", before)
    ) + after


def _block(text: str, key: str) -> re.Match[str] | None:
    pattern = rf'^([ \t]*)"{re.escape(key)}": \{{\r?\n(?:.*\r?\n)*?\1\}},?\r?\n'
    return re.search(pattern, text, re.MULTILINE)


def _mark_dev(text: str, key: str) -> str:
    """Write ``"dev": true`` where npm does: behind version, resolved and integrity."""
    block = _block(text, key)
    if block is None:
        return text
    lines = block[0].splitlines(keepends=True)
    at = 1
    while at < len(lines) and re.match(r'\s*"(version|resolved|integrity)"', lines[at]):
        at += 1
    margin = re.match(r"[ \t]*", lines[1])[0]  # type: ignore[index]
    newline = "\r\n" if "\r\n" in text else "\n"
    if at > 1 and not lines[at - 1].rstrip().endswith(","):
        lines[at - 1] = lines[at - 1].rstrip() + "," + newline
    last = re.match(r"\s*\}", lines[at])
    lines.insert(at, f'{margin}"dev": true{"" if last else ","}{newline}')
    return text[: block.start()] + "".join(lines) + text[block.end() :]


def _unreached(lock: dict[str, Any], package: str) -> list[str]:
    """Return the lock's entries that nothing but ``package`` needs."""
    packages = lock.get("packages", {})
    if not packages:
        return []
    kept = _reached(
        packages, {name for one in _SECTIONS for name in packages[""].get(one, {})} - {package}
    )
    before = _reached(packages, {name for one in _SECTIONS for name in packages[""].get(one, {})})
    return sorted(before - kept)


def _only_dev(lock: dict[str, Any]) -> set[str]:
    packages = lock.get("packages", {})
    if not packages:
        return set()
    shipped = ("dependencies", "optionalDependencies", "peerDependencies")
    needed = _reached(packages, {name for one in shipped for name in packages[""].get(one, {})})
    return _reached(packages, set(packages[""].get("devDependencies", {}))) - needed


def _reached(packages: dict[str, Any], names: set[str]) -> set[str]:
    """Return the entries that Node.js finds for ``names`` from the root, and all they need."""
    queue = [entry for name in names if (entry := _resolved(packages, "", name))]
    seen: set[str] = set()
    while queue:
        key = queue.pop()
        if key in seen:
            continue
        seen.add(key)
        for one in ("dependencies", "optionalDependencies", "peerDependencies"):
            for name in packages[key].get(one, {}):
                entry = _resolved(packages, key, name)
                queue += [entry] if entry else []
    return seen


def _resolved(packages: dict[str, Any], key: str, name: str) -> str:
    """Return the entry that ``name`` means in the package at ``key``: the nearest folder wins."""
    while True:
        entry = f"{key}/node_modules/{name}".lstrip("/")
        if entry in packages or not key:
            return entry if entry in packages else ""
        key = key.rpartition("node_modules/")[0].rstrip("/")
