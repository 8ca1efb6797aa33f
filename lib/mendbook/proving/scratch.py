"""Throw-away git repositories, in which patches are tried: never the user's."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mendbook.disk import refuse_faulty_disk
from mendbook.errors import PatchError
from mendbook.repository import git
from mendbook.repository.git import complaint

_SETTINGS = (
    "core.autocrlf=false",
    "apply.whitespace=nowarn",
    "core.attributesFile=/dev/null",
    "user.name=Mendbook",
    "user.email=mendbook@localhost",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
_SINCE = "2000-01-01T00:00:00Z"


class Scratch:
    """A repository in a temporary folder, with plumbing to make trees and apply patches.

    Nothing of the user's or the machine's git configuration reaches it.
    """

    def __init__(self, folder: Path, object_format: str = "sha1") -> None:
        self.folder = folder
        branch = "--initial-branch=scratch"
        form = f"--object-format={object_format}"
        self.output("init", "--quiet", branch, "--template=", form, ".")

    def git(
        self, *arguments: str, stdin: bytes = b"", index: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git here; ``index`` names a private index file.

        Raises ``ReportError`` where the disk refused it: that says nothing of a patch.
        """
        extra = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(self.folder.parent),
            "GIT_AUTHOR_DATE": _SINCE,
            "GIT_COMMITTER_DATE": _SINCE,
        }
        if index:
            extra["GIT_INDEX_FILE"] = str(self.folder / ".git" / index)
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        done = git.run(self.folder, *settings, *arguments, stdin=stdin, env=extra)
        refuse_faulty_disk(self.folder, done.returncode, done.stderr)
        return done

    def output(self, *arguments: str, stdin: bytes = b"", index: str = "") -> str:
        """Return git's stripped output; raise ``PatchError`` where it fails."""
        done = self.git(*arguments, stdin=stdin, index=index)
        if done.returncode:
            message = f"git {arguments[0]} failed in a scratch repository: {complaint(done.stderr)}"
            raise PatchError(message)
        return done.stdout.decode("utf-8", "replace").strip()

    def tree_of(self, texts: Mapping[str, str]) -> str:
        """Return the tree that holds ``texts``, path to text, as regular files."""
        entries = []
        for path, text in texts.items():
            blob = self.output("hash-object", "-w", "--stdin", stdin=text.encode())
            entries.append(f"100644 {blob}\t{path}\0")
        self.output("read-tree", "--empty", index="made")
        listing = "".join(entries).encode()
        self.output("update-index", "-z", "--index-info", stdin=listing, index="made")
        return self.output("write-tree", index="made")

    def applied(self, tree: str, diff: str, *options: str) -> str | None:
        """Return the tree that ``diff`` makes of ``tree``, or None where it does not apply."""
        self.output("read-tree", tree, index="applied")
        done = self.git("apply", "--cached", *options, stdin=diff.encode(), index="applied")
        return self.output("write-tree", index="applied") if done.returncode == 0 else None

    def text(self, tree: str, path: str) -> str | None:
        """Return the text of ``path`` in ``tree``, or None where it has no such file."""
        done = self.git("cat-file", "blob", f"{tree}:{path}")
        return done.stdout.decode() if done.returncode == 0 else None

    def export(self, tree: str, folder: Path) -> None:
        """Write the files of ``tree`` into ``folder``; safe in several threads at once."""
        folder.mkdir()
        index = f"export-{folder.parent.name}"
        self.output("read-tree", tree, index=index)
        self.output("checkout-index", "--all", "--force", f"--prefix={folder}/", index=index)

    def check_out(self, tree: str) -> None:
        """Commit ``tree`` on the scratch branch and check it out."""
        commit = self.output("commit-tree", tree, "-m", "audited tree")
        self.output("update-ref", "HEAD", commit)
        self.output("reset", "--hard", "--quiet")


@contextmanager
def scratch_repository() -> Iterator[Scratch]:
    """Yield an empty scratch repository, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="mendbook-", ignore_cleanup_errors=True) as name:
        yield Scratch(Path(name))


@contextmanager
def scratch_copy(root: Path, commit: str) -> Iterator[tuple[Scratch, str]]:
    """Yield a scratch repository that holds the tree of ``commit``, and that tree.

    The tree's objects are copied. To borrow them (git's alternates) would be quicker, but git then
    sets the modification time of the lender's files.
    """
    revision = git.output(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}")
    tree = revision.decode().strip()
    form = git.output(root, "rev-parse", "--show-object-format").decode().strip()
    names = git.output(root, "rev-list", "--objects", "--no-object-names", tree)
    pack = git.output(root, "pack-objects", "--stdout", "--window=0", "-q", stdin=names)
    with tempfile.TemporaryDirectory(prefix="mendbook-", ignore_cleanup_errors=True) as name:
        scratch = Scratch(Path(name), form)
        scratch.output("index-pack", "--stdin", stdin=pack)
        yield scratch, tree
