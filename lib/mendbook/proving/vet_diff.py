"""Turn a diff that came from outside into edits: checked first, then applied by git in scratch."""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from mendbook.disk import refuse_faulty_disk
from mendbook.errors import PatchError
from mendbook.model import Finding, FindingFacts
from mendbook.repository import git
from mendbook.repository.snapshot import MAX_FILE_BYTES, Snapshot
from mendbook.text.plain import one_line

_MODES = re.compile(
    # an executable that stays one, or goes with its file, is no change of mode
    r"^(?:(?:old|new) mode \d{6}|new file mode (?!100644)\d{6}"
    r"|deleted file mode (?!100(?:644|755))\d{6}"
    r"|index [0-9a-f]+\.\.[0-9a-f]+ (?!100(?:644|755))\d{6})\s*$",
    re.MULTILINE,
)
_BINARY = re.compile(r"^(?:GIT binary patch|Binary files .* differ)\s*$", re.MULTILINE)
_RENAMED = re.compile(r"^(?:rename|copy) from (.+)$", re.MULTILINE)
_OLD_NAME = re.compile(r"^--- (\S.*)\n\+\+\+ (\S.*)$", re.MULTILINE)
_PREFIXED = re.compile(r'"?([a-z])/')
_OCTAL = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = dict(zip(b"ntrabfv", b"\n\t\r\a\b\f\v", strict=True))
_GUARDED = (
    (re.compile(r"(^|/)\.github(/|$)"), "CI configuration"),
    (re.compile(r"(^|/)\.git[^/]*(/|$)"), "git's own files"),
    (re.compile(r"(^|/)(\.husky|\.?githooks|\.?hooks|\.lefthook)/"), "hooks"),
    (re.compile(r"(^|/)(lefthook\.ya?ml|\.pre-commit-config\.ya?ml)$"), "hooks"),
    (re.compile(r"(^|/)(\.gitlab-ci\.yml|\.travis\.yml|\.drone\.yml|jenkinsfile)$"), "CI"),
    (re.compile(r"(^|/)(azure|bitbucket)-pipelines\.ya?ml$"), "CI configuration"),
    (re.compile(r"(^|/)(\.circleci|\.buildkite|\.woodpecker|\.ci)/"), "CI configuration"),
    (re.compile(r"(^|/)(\.npmrc|\.yarnrc[^/]*|\.pnpmfile\.cjs)$"), "package manager configuration"),
)
"""Lower-case path patterns that a patch may not touch unless the finding is about the very file."""
_UNCONFIGURED = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def foreign_edits(
    diff: str, snapshot: Snapshot, about: Collection[str] = ()
) -> dict[str, str | None]:
    """Return what ``diff`` makes of ``snapshot``, as whole new texts of the files it touches.

    ``about`` holds the files that the finding is about. Raises ``PatchError`` with the reason where
    the diff is malformed, does not apply, or touches what a patch may not touch.
    """
    _refuse_unreadable(diff)
    with tempfile.TemporaryDirectory(prefix="mendbook-foreign-") as name:
        folder = Path(name)
        level = _strip_level(diff)
        paths = _named_paths(folder, diff, level)
        for path in sorted(paths):
            _refuse_guarded(path, snapshot, about)
        known = {path: text for path in paths if (text := snapshot.get(path)) is not None}
        _write(folder, known)
        _apply(folder, diff, level)
        after = dict(_read(folder))
    edits: dict[str, str | None] = {path: after.get(path) for path in {*known, *after}}
    edits = {path: text for path, text in sorted(edits.items()) if snapshot.get(path) != text}
    refuse_forbidden(edits, snapshot, about)
    return edits


def refuse_forbidden(
    edits: Mapping[str, str | None], snapshot: Snapshot, about: Collection[str] = ()
) -> None:
    """Raise ``PatchError`` where ``edits`` touch what a patch may not touch."""
    for path, text in edits.items():
        _refuse_guarded(path, snapshot, about)
        if text is not None and ("\0" in text or len(text.encode()) > MAX_FILE_BYTES):
            raise PatchError(f"it makes {_shown(path)} binary or too large; text files only")
        manifest = PurePosixPath(path).name == "package.json" and path not in about
        if manifest and _scripts(snapshot.get(path)) != _scripts(text):
            raise PatchError(f"it changes the scripts of {_shown(path)}; leave them out")


def subjects(finding: Finding, facts: FindingFacts) -> frozenset[str]:
    """Return the files that ``finding`` itself is about."""
    return frozenset((*facts.files, *(place.path for place in finding.places)))


def _refuse_unreadable(diff: str) -> None:
    if len(diff) > MAX_FILE_BYTES:
        raise PatchError("the diff is larger than 2 MB; split it")
    if "\0" in diff or _BINARY.search(diff):
        raise PatchError("it is a binary patch; only text files can be patched")
    if mode := _MODES.search(diff):
        said = one_line(mode[0], 60)
        raise PatchError(f"it sets a file mode, symlink or submodule ({said}); leave that out")


def _refuse_guarded(path: str, snapshot: Snapshot, about: Collection[str]) -> None:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or "\\" in path or not path.isprintable():
        raise PatchError(f"it names {_shown(path)}, which is not a path inside the tree")
    above = {str(parent) for parent in PurePosixPath(path).parents} | {path}
    if blocked := sorted(above & set(snapshot.other)):
        raise PatchError(f"it touches {_shown(blocked[0])}, which is not a regular text file")
    if ".git" in (part.lower() for part in parts):
        raise PatchError("it reaches into .git; that is never a patch's business")
    if path in about:
        return
    for pattern, what in _GUARDED:
        if pattern.search(path.lower()):
            raise PatchError(f"it touches {_shown(path)} ({what}), which the finding is not about")


def _strip_level(diff: str) -> str:
    """Return ``-p0`` where names carry no prefix, else ``-p1``.

    git writes ``a/`` and ``b/``, under ``diff.mnemonicPrefix`` two other letters, and under
    ``diff.noprefix`` nothing.
    """
    pairs = [pair for pair in _OLD_NAME.findall(diff) if "/dev/null" not in pair]
    single = [name for pair in _OLD_NAME.findall(diff) for name in pair if name != "/dev/null"]
    prefixed = any(name.startswith(("a/", '"a/', "b/", '"b/')) for name in single)
    if not single or prefixed or (pairs and all(_two_letters(*pair) for pair in pairs)):
        return "-p1"
    return "-p0"


def _two_letters(old: str, new: str) -> bool:
    """Tell whether two names of one file begin with different letters of one character each."""
    first, second = _PREFIXED.match(old), _PREFIXED.match(new)
    return bool(first and second and first[1] != second[1])


def _unquoted(name: str) -> str:
    """Return a name as git means it: in quotes it has C's escapes, bytes in octal."""
    name = name.strip()
    if not (len(name) > 1 and name[0] == name[-1] == '"'):
        return name
    raw = _OCTAL.sub(lambda match: _byte(match[1]), name[1:-1].encode())
    return raw.decode("utf-8", "replace")


def _byte(escape: bytes) -> bytes:
    if len(escape) == 3:
        return bytes([int(escape, 8) & 0xFF])
    return bytes([_ESCAPES.get(escape[0], escape[0])])


def _named_paths(folder: Path, diff: str, level: str) -> set[str]:
    done = git.run(
        folder,
        "apply",
        level,
        "--numstat",
        "-z",
        "--recount",
        stdin=diff.encode(),
        env=_ceiling(folder),
    )
    if done.returncode:
        raise PatchError(f"git cannot read it as a diff ({_said(done.stderr)})")
    rows = done.stdout.decode("utf-8", "replace").split("\0")
    paths = {row.split("\t", 2)[2] for row in rows if row.count("\t") >= 2}
    return paths | {_unquoted(name) for name in _RENAMED.findall(diff)}


def _apply(folder: Path, diff: str, level: str) -> None:
    said = b""
    # a hand-edited diff often miscounts its lines; git can count them itself
    for options in ((), ("--recount",)):
        done = git.run(
            folder,
            *("-c", "core.autocrlf=false"),
            *("apply", "--whitespace=nowarn", level, *options),
            stdin=diff.encode(),
            env=_ceiling(folder),
        )
        if done.returncode == 0:
            return
        refuse_faulty_disk(folder, done.returncode, done.stderr)
        said = said or done.stderr
    raise PatchError(f"it does not apply to the audited commit ({_said(said)})")


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files in ``folder`` and their texts; anything but plain text files is refused."""
    for file in sorted(folder.rglob("*")):
        mode = file.lstat().st_mode
        path = file.relative_to(folder).as_posix()
        if stat.S_ISDIR(mode):
            continue
        if not stat.S_ISREG(mode) or mode & 0o111:
            raise PatchError(f"it makes {_shown(path)} something else than a plain file")
        try:
            yield path, file.read_bytes().decode()
        except UnicodeDecodeError as error:
            raise PatchError(f"it makes {_shown(path)} something else than UTF-8 text") from error


def _ceiling(folder: Path) -> dict[str, str]:
    """Keep git from taking a repository above the scratch folder for its own."""
    return {**_UNCONFIGURED, "GIT_CEILING_DIRECTORIES": str(folder.parent)}


def _scripts(text: str | None) -> object:
    try:
        package = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return "unreadable"
    return package.get("scripts") if isinstance(package, dict) else None


def _said(stderr: bytes) -> str:
    return one_line(git.complaint(stderr), 160)


def _shown(path: str) -> str:
    return one_line(path, 120)
