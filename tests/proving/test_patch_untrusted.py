"""Diffs from outside: applied when they are harmless, refused with the reason when they are not."""

from __future__ import annotations

import json

import pytest

from mendbook.code.diff import diff_of
from mendbook.errors import PatchError
from mendbook.proving.vet_diff import foreign_edits
from mendbook.repository.snapshot import Snapshot

PACKAGE = json.dumps({"name": "x", "scripts": {"test": "vitest"}}, indent=2) + "\n"
TREE = Snapshot(
    "",
    {
        "src/a.ts": "one\ntwo\nthree\n",
        "src/crlf.ts": "one\r\ntwo\r\n",
        "package.json": PACKAGE,
        ".github/workflows/ci.yml": "on: push\n",
        ".husky/pre-commit": "npm test\n",
        ".gitignore": "dist\n",
    },
    other=("link", "logo.png"),
)


def test_a_git_diff_gives_whole_new_texts() -> None:
    """Edits, new files, deletions and line endings come out exactly as the diff says."""
    edits = {"src/a.ts": None, "src/crlf.ts": "one\r\nTWO\r\n", "docs/new file.md": "# é\nno end"}
    assert foreign_edits(diff_of(edits, TREE), TREE) == edits


@pytest.mark.parametrize(
    "diff",
    [
        "Here you are:\n\n```diff\n--- a/src/a.ts\n+++ b/src/a.ts\n"
        "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n```\n",
        "--- src/a.ts\n+++ src/a.ts\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
        "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,9 +1,7 @@\n one\n-two\n+2\n three\n",
    ],
    ids=["in prose", "without prefixes", "miscounted"],
)
def test_what_people_and_programs_write_is_understood(diff: str) -> None:
    """Prose around the diff, missing prefixes and wrong line counts do not matter."""
    assert foreign_edits(diff, TREE) == {"src/a.ts": "one\n2\nthree\n"}


def test_a_rename_removes_the_old_file() -> None:
    """A rename is a file that goes and a file that comes."""
    diff = (
        "diff --git a/src/a.ts b/src/b.ts\nsimilarity index 100%\n"
        "rename from src/a.ts\nrename to src/b.ts\n"
    )
    assert foreign_edits(diff, TREE) == {"src/a.ts": None, "src/b.ts": "one\ntwo\nthree\n"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("i/src/a.ts", "w/src/a.ts"), ("c/src/a.ts", "i/src/a.ts"), ("src/a.ts", "src/a.ts")],
)
def test_prefixes_of_other_settings_are_understood(old: str, new: str) -> None:
    """Git names the sides by other letters, or by none, where it is configured so."""
    diff = f"--- {old}\n+++ {new}\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
    assert foreign_edits(diff, TREE) == {"src/a.ts": "one\n2\nthree\n"}


def test_a_quoted_rename_is_of_the_file_that_git_means() -> None:
    """Names in quotes have their bytes in octal."""
    tree = Snapshot.of({"docs/übung.md": "one\n"})
    diff = (
        'diff --git "a/docs/\\303\\274bung.md" b/docs/task.md\nsimilarity index 100%\n'
        'rename from "docs/\\303\\274bung.md"\nrename to docs/task.md\n'
    )
    assert foreign_edits(diff, tree) == {"docs/task.md": "one\n", "docs/übung.md": None}


def test_an_executable_that_stays_one_is_no_change_of_mode() -> None:
    """Its text may change, and it may go; made executable it may not be."""
    tree = Snapshot.of({"bin/serve": "one\n"})
    change = (
        "diff --git a/bin/serve b/bin/serve\nindex 5626abf..f719efd 100755\n"
        "--- a/bin/serve\n+++ b/bin/serve\n@@ -1 +1 @@\n-one\n+two\n"
    )
    assert foreign_edits(change, tree) == {"bin/serve": "two\n"}
    gone = (
        "diff --git a/bin/serve b/bin/serve\ndeleted file mode 100755\nindex 5626abf..0000000\n"
        "--- a/bin/serve\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n"
    )
    assert foreign_edits(gone, tree) == {"bin/serve": None}


def new_file(path: str, mode: str = "100644") -> str:
    """Return a diff that creates ``path``."""
    return (
        f"diff --git a/{path} b/{path}\nnew file mode {mode}\nindex 0000000..1\n"
        f"--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n"
    )


def edited(path: str, old: str, new: str) -> str:
    """Return a diff that replaces one line in ``path``."""
    return diff_of({path: TREE.text(path).replace(old, new)}, TREE)


@pytest.mark.parametrize(
    ("diff", "reason"),
    [
        ("no diff at all", "git cannot read it as a diff"),
        (new_file("../outside.ts"), "names ../outside.ts, which is not a path inside the tree"),
        (new_file("/etc/passwd"), "not a path inside the tree"),
        (new_file(".git/hooks/pre-commit"), "reaches into .git"),
        (new_file("src/.GIT/config"), "reaches into .git"),
        (new_file("run.sh", "100755"), "sets a file mode, symlink or submodule"),
        (new_file("way", "120000"), "sets a file mode, symlink or submodule"),
        (new_file("vendor", "160000"), "sets a file mode, symlink or submodule"),
        ("diff --git a/src/a.ts b/src/a.ts\nold mode 100644\nnew mode 100755\n", "file mode"),
        (new_file("link/inside.ts"), "touches link, which is not a regular text file"),
        (new_file("logo.png"), "touches logo.png, which is not a regular text file"),
        (new_file(".github/workflows/evil.yml"), "(CI configuration), which the finding is not"),
        (edited(".gitignore", "dist", "src"), "touches .gitignore (git's own files)"),
        (edited(".husky/pre-commit", "npm", "curl"), "touches .husky/pre-commit (hooks)"),
        (new_file(".npmrc"), "touches .npmrc (package manager configuration)"),
        (edited("package.json", "vitest", "curl evil"), "changes the scripts of package.json"),
        (edited("src/a.ts", "two", "2").replace(" one", " ONE"), "does not apply to the audited"),
        ("diff --git a/x b/x\nGIT binary patch\nliteral 1\n", "is a binary patch"),
        (new_file("src/a.ts"), "does not apply to the audited commit"),
    ],
)
def test_a_patch_may_not_touch(diff: str, reason: str) -> None:
    """What a patch may not touch is refused before anything is used, with the reason."""
    with pytest.raises(PatchError, match=r"^[^\n]*$") as refused:
        foreign_edits(diff, TREE)
    assert reason in str(refused.value)


def test_the_very_file_of_the_finding_may_be_touched() -> None:
    """A finding about a CI file or the manifest may change just that file."""
    workflow = edited(".github/workflows/ci.yml", "push", "[push]")
    assert foreign_edits(workflow, TREE, {".github/workflows/ci.yml"}) == {
        ".github/workflows/ci.yml": "on: [push]\n"
    }
    manifest = edited("package.json", "vitest", "vitest run")
    assert list(foreign_edits(manifest, TREE, {"package.json"})) == ["package.json"]
    assert list(foreign_edits(edited("package.json", '"x"', '"y"'), TREE)) == ["package.json"]
