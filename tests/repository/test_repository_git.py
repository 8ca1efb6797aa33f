"""A repository's own configuration starts no program and its objects are read as they are."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.repository import Snapshot, commit_artefacts, detect_context, open_target
from mendbook.repository.history import read_history

HOOKS = ("reference-transaction", "post-index-change", "pre-commit", "post-commit", "pre-auto-gc")


def script(path: Path, mark: Path) -> Path:
    """Write a program that leaves ``mark`` when it runs."""
    path.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def configure(root: Path, settings: Iterable[tuple[str, str]]) -> None:
    """Set the repository's own configuration."""
    for name, value in settings:
        git(root, "config", name, value)


def test_nothing_that_a_repository_configures_is_run(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    """Hooks, monitors, drivers, filters, signature checks, pagers and aliases stay off."""
    root = make_repository(
        {"a.ts": "a\n", "package.json": "{}\n", ".gitattributes": "* diff=x filter=x merge=x\n"}
    )
    (root / "a.ts").write_text("dirty\n")
    mark = tmp_path / "ran"
    evil = str(script(tmp_path / "evil", mark))
    for hook in HOOKS:
        script(root / ".git/hooks" / hook, mark)
    configure(
        root,
        [
            ("core.fsmonitor", evil),
            ("core.pager", evil),
            ("core.sshCommand", evil),
            ("core.editor", evil),
            ("core.hooksPath", str(root / ".git/hooks")),
            ("log.showSignature", "true"),
            ("gpg.program", evil),
            ("commit.gpgSign", "true"),
            ("diff.external", evil),
            ("diff.x.command", evil),
            ("diff.x.textconv", evil),
            ("filter.x.clean", evil),
            ("filter.x.smudge", evil),
            ("filter.x.process", evil),
            ("alias.log", f"!{evil}"),
            ("alias.rev-parse", f"!{evil}"),
        ],
    )
    target = open_target(root)
    detect_context(target)
    read_history(target)
    commit_artefacts(root, target.commit, {"reports/a.json": b"{}"}, "202601051000", "2026-01-05")
    assert not mark.exists()


def test_a_missing_object_is_not_fetched(make_repository: MakeRepository, tmp_path: Path) -> None:
    """A partial clone whose remote is a program runs nothing; the file is left out with a note."""
    root = make_repository({"a.ts": "kept\n", "b.ts": "lost\n"})
    mark = tmp_path / "ran"
    configure(
        root,
        [
            ("core.repositoryFormatVersion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.url", f"ext::{script(tmp_path / 'evil', mark)}"),
            ("protocol.ext.allow", "always"),
        ],
    )
    oid = git(root, "rev-parse", "HEAD:b.ts")
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    target = open_target(root)
    assert target.snapshot.files == ("a.ts",)
    assert target.snapshot.absent == ("b.ts",)
    assert target.warnings == ("the clone is partial: 1 file is not in it and left out (b.ts)",)
    assert not mark.exists()


def test_replaced_objects_do_not_stand_in_for_the_pinned_ones(
    make_repository: MakeRepository,
) -> None:
    """A commit's hash means that commit, whatever ``refs/replace`` says."""
    root = make_repository({"a.ts": "original\n"})
    fake = root / "fake"
    fake.write_text("replaced\n")
    git(
        root, "replace", git(root, "rev-parse", "HEAD:a.ts"), git(root, "hash-object", "-w", "fake")
    )
    assert open_target(root).snapshot.text("a.ts") == "original\n"


def test_a_snapshot_holds_the_text_of_regular_files_only(make_repository: MakeRepository) -> None:
    """Odd names are read; links, modules, binaries and names that cannot be shown are set aside."""
    root = make_repository(
        {
            "src/with space.ts": "1\r\n2\r\n",
            "-option.ts": "dash\n",
            'src/quote".ts': "quote\n",
            "src/ünïcode.ts": "\ufeffbom\n",
            "src/new\nline.ts": "line\n",
            "binary.ts": "a\0b",
        }
    )
    (root / "link.ts").symlink_to("/etc/passwd")
    (root / "latin.txt").write_bytes(b"caf\xe9")
    (root / "large.json").write_bytes(b" " * 2_000_001)
    git(root, "add", "--all")
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},vendor/module")
    git(root, "commit", "--quiet", "--message", "second")
    snapshot = Snapshot.read(root, git(root, "rev-parse", "HEAD"))
    assert {path: snapshot.text(path) for path in snapshot.files} == {
        "-option.ts": "dash\n",
        'src/quote".ts': "quote\n",
        "src/with space.ts": "1\r\n2\r\n",
        "src/ünïcode.ts": "\ufeffbom\n",
    }
    aside = ["binary.ts", "large.json", "latin.txt", "link.ts", "src/new\nline.ts", "vendor/module"]
    assert list(snapshot.other) == aside
    assert snapshot.unread == {
        "binary.ts": "binary",
        "large.json": "larger than 2 MB",
        "latin.txt": "not UTF-8 (Latin-1?)",
        "link.ts": "a link to /etc/passwd",
        "src/new\nline.ts": "a path that cannot be printed",
        "vendor/module": "the submodule vendor/module",
    }


def test_many_large_files_are_read_in_parts(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading in parts gives the same files as reading at once."""
    files = {f"src/{number}.ts": f"{number}\n" * number for number in range(1, 30)}
    root = make_repository(files)
    monkeypatch.setattr("mendbook.repository.snapshot.CHUNK_BYTES", 100)
    snapshot = open_target(root).snapshot
    assert {path: snapshot.text(path) for path in snapshot.files} == files


def test_a_snapshot_answers_for_folders_and_edits() -> None:
    """Folders list what is below them, and an edited copy leaves the original as it was."""
    snapshot = Snapshot.of({"src/a.ts": "a", "src/b/c.ts": "c", "srcs/d.ts": "d"})
    assert snapshot.under("src") == snapshot.under("src/") == ("src/a.ts", "src/b/c.ts")
    edited = snapshot.edited({"src/a.ts": None, "new.ts": "n"})
    assert edited.files == ("new.ts", "src/b/c.ts", "srcs/d.ts")
    assert (snapshot.get("src/a.ts"), edited.get("src/a.ts")) == ("a", None)
