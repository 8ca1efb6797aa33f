"""The branch: everything that is promised, and nothing else changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import MakeRepository, git
from mendbook.errors import RepositoryError
from mendbook.repository import BranchCommit, commit_artefacts

ARTEFACTS = {
    "PATCHES/001-A-1-fix.patch": b"From 0\r\n",
    "PATCHES/series": b"001-A-1-fix.patch\n",
    "docs/remediation/2026-02-12-0924.md": "# Plän\n".encode(),
    "reports/remediation-2026-02-12-0924.json": b"{}\n",
}
STAMP, DATE = "2026-02-12-0924", "2026-02-12"
BRANCH = "chore/ai-remediate-202602120924"


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    """Return a repository with one commit and something on its stash."""
    root = make_repository({"src/a.ts": "a\n", "reports/old.json": "{}\n"})
    (root / "src/a.ts").write_text("stashed\n")
    git(root, "stash")
    return root


def commit(root: Path) -> BranchCommit:
    """Commit the artefacts on top of HEAD."""
    return commit_artefacts(root, git(root, "rev-parse", "HEAD"), ARTEFACTS, STAMP, DATE)


def state(root: Path) -> dict[str, str]:
    """Return a hash of every file there is, new objects and the new branch left out."""
    kept: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_file() and "objects/" not in name and BRANCH not in name:
            kept[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return kept


def test_the_commit_holds_the_base_and_the_artefacts(root: Path) -> None:
    """Branch, message, author, date, parent and files are as promised, contents byte for byte."""
    base = git(root, "rev-parse", "HEAD")
    made = commit(root)
    assert made.branch == BRANCH
    assert made.commit == git(root, "rev-parse", BRANCH)
    shown = git(root, "log", "-1", "--format=%P|%an <%ae>|%cn <%ce>|%aI|%B", BRANCH)
    who = "Mendbook <mendbook@localhost>"
    message = "chore(remediate): comprehensive fix plan 2026-02-12"
    assert shown == f"{base}|{who}|{who}|2026-02-12T09:24:00Z|{message}".replace("Z|", "+00:00|")
    names = git(root, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    assert names == sorted([*ARTEFACTS, "reports/old.json", "src/a.ts"])
    for path, content in ARTEFACTS.items():
        shown_bytes = subprocess.run(
            ["git", "show", f"{BRANCH}:{path}"], cwd=root, check=True, capture_output=True
        ).stdout
        assert shown_bytes == content


def test_a_second_run_in_the_same_minute_gets_a_suffix(root: Path) -> None:
    """Nothing is overwritten: the first branch stays, the second is numbered."""
    first, second, third = commit(root), commit(root), commit(root)
    assert [first.branch, second.branch, third.branch] == [BRANCH, f"{BRANCH}-2", f"{BRANCH}-3"]
    assert git(root, "rev-parse", BRANCH) == first.commit


def _dirty(root: Path) -> None:
    (root / "src/a.ts").write_text("unsaved\n")
    (root / "PATCHES").mkdir()
    (root / "PATCHES/series").write_text("mine\n")
    (root / "reports/staged.json").write_text("staged\n")
    git(root, "add", "reports/staged.json")


def _merging(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "other")
    (root / "src/a.ts").write_text("theirs\n")
    git(root, "commit", "--quiet", "--all", "--message", "theirs")
    git(root, "checkout", "--quiet", "main")
    (root / "src/a.ts").write_text("ours\n")
    git(root, "commit", "--quiet", "--all", "--message", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")


def _detached(root: Path) -> None:
    git(root, "checkout", "--quiet", "--detach")


def _locked(root: Path) -> None:
    (root / ".git/index.lock").write_text("")


def _without_index(root: Path) -> None:
    (root / ".git/index").unlink()


def _special_index(root: Path) -> None:
    git(root, "config", "core.splitIndex", "true")
    git(root, "config", "core.untrackedCache", "true")
    git(root, "config", "core.sparseCheckout", "true")
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/sparse-checkout").write_text("/src/\n")


def _failing_hooks(root: Path) -> None:
    names = ["pre-commit", "commit-msg", "prepare-commit-msg", "post-commit", "post-checkout"]
    for name in [*names, "reference-transaction", "post-index-change", "update", "post-rewrite"]:
        hook = root / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {root}/hook-ran\nexit 1\n")
        hook.chmod(0o755)


STATES = (_dirty, _merging, _detached, _locked, _without_index, _special_index, _failing_hooks)


@pytest.mark.parametrize("prepare", STATES)
def test_nothing_of_the_users_changes(root: Path, prepare: object) -> None:
    """HEAD, index, work tree, stash, configuration, hooks and refs stay byte for byte."""
    assert callable(prepare)
    prepare(root)
    before = state(root)
    made = commit(root)
    assert state(root) == before
    assert git(root, "rev-parse", made.branch) == made.commit


def test_a_bare_repository_without_an_identity_takes_the_branch(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No work tree, no user name, no home: the commit is Mendbook's own."""
    bare = root.parent / "bare.git"
    git(root.parent, "clone", "--quiet", "--bare", str(root), str(bare))
    for name in ("HOME", "XDG_CONFIG_HOME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    before = state(bare)
    made = commit(bare)
    assert state(bare) == before
    assert git(bare, "log", "-1", "--format=%an", made.branch) == "Mendbook"


def test_a_repository_of_sha256_takes_the_branch(tmp_path: Path) -> None:
    """Longer hashes change nothing."""
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "modern")
    root = tmp_path / "modern"
    git(root, "commit", "--quiet", "--allow-empty", "--message", "first")
    assert len(commit(root).commit) == 64


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../out.md", "'../out.md': not a path inside the repository; nothing was committed"),
        ("/etc/x", "'/etc/x': not a path inside the repository; nothing was committed"),
        (".git/config", "'.git/config': not a path inside the repository; nothing was committed"),
        ("a/.GIT/x", "'a/.GIT/x': not a path inside the repository; nothing was committed"),
        ("a//b", "'a//b': not a path inside the repository; nothing was committed"),
        ("a\nb", "'a\\nb': not a path inside the repository; nothing was committed"),
        ("", "'': not a path inside the repository; nothing was committed"),
        ("src", "{root}: src is in the way of src; nothing was committed"),
        ("src/a.ts/x", "{root}: src/a.ts is in the way of src/a.ts/x; nothing was committed"),
    ],
)
def test_a_path_that_is_not_free_is_refused(root: Path, path: str, said: str) -> None:
    """Paths that leave the repository, or that something else holds, leave no branch behind."""
    with pytest.raises(RepositoryError) as caught:
        commit_artefacts(root, git(root, "rev-parse", "HEAD"), {path: b""}, STAMP, DATE)
    assert str(caught.value) == said.format(root=root)
    assert git(root, "branch", "--list", "chore/*") == ""


def test_a_branch_in_the_way_of_the_folder_is_refused(root: Path) -> None:
    """A branch called ``chore`` leaves no room for one below it; the message shows git's reason."""
    git(root, "branch", "chore")
    with pytest.raises(RepositoryError, match=r"cannot be made .*refs/heads/chore"):
        commit(root)


@pytest.mark.parametrize("stamp", ["202602120924", "2026-02-12-0924", "2026-02-12-0924-2"])
def test_a_stamp_is_read_as_runs_write_it(root: Path, stamp: str) -> None:
    """With hyphens, without, and with the suffix of a second run in one minute."""
    head = git(root, "rev-parse", "HEAD")
    assert commit_artefacts(root, head, ARTEFACTS, stamp, DATE).branch == BRANCH


@pytest.mark.parametrize("stamp", ["today; rm", "2026-02-30-0924", "2026-02-12-0924-x", ""])
def test_a_stamp_that_is_none_is_refused(root: Path, stamp: str) -> None:
    """A branch name is never made from text that is not a minute."""
    head = git(root, "rev-parse", "HEAD")
    with pytest.raises(RepositoryError, match="should read like 2026-02-12-0924"):
        commit_artefacts(root, head, ARTEFACTS, stamp, DATE)


KILLED = """
import os, signal, sys
from pathlib import Path
from mendbook.repository import git, commit_artefacts
real, left = git.subprocess.run, int(sys.argv[2])
def dying(*arguments, **options):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
git.subprocess.run = dying
root = Path(sys.argv[1])
commit_artefacts(root, sys.argv[3], {"a/b.md": b"x"}, "202602120924", "2026-02-12")
"""


def test_a_run_killed_anywhere_leaves_no_branch_or_the_whole(root: Path, tmp_path: Path) -> None:
    """Whichever git call is the last, the user's files are as before and no branch is half made."""
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    head, before = git(root, "rev-parse", "HEAD"), state(root)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    for count in range(1, 50):
        done = subprocess.run(
            [sys.executable, str(program), str(root), str(count), head],
            env=environment,
            check=False,
            capture_output=True,
        )
        assert state(root) == before
        branches = git(root, "branch", "--list", "chore/*", "--format=%(refname:short)")
        if done.returncode == 0:
            assert branches == BRANCH
            assert git(root, "show", f"{BRANCH}:a/b.md") == "x"
            return
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert branches == ""
    pytest.fail("the run never came to its end")


# git refuses what a Mac or Windows would take for ".git"
names = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40
).filter(lambda name: name.isprintable() and not {"/", "~", "."} & set(name))


@settings(max_examples=8, deadline=None)
@given(
    st.dictionaries(
        names.map(lambda name: f"reports/new/{name}.md"), st.binary(), min_size=1, max_size=3
    )
)
def test_any_artefact_is_committed_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, artefacts: dict[str, bytes]
) -> None:
    """Whatever an artefact is called and holds, git gives it back as it was."""
    root = tmp_path_factory.mktemp("any")
    git(root, "init", "--quiet")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "first")
    made = commit_artefacts(root, git(root, "rev-parse", "HEAD"), artefacts, STAMP, DATE)
    for path, content in artefacts.items():
        blob = git(root, "rev-parse", f"{made.commit}:{path}")
        assert (
            subprocess.run(
                ["git", "cat-file", "blob", blob], cwd=root, check=True, capture_output=True
            ).stdout
            == content
        )
    shutil.rmtree(root)
