"""Opening a target: any state of a repository a person may have, one commit pinned."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.errors import RepositoryError
from mendbook.repository import Target, open_target

FILES = {"package.json": '{"name": "a"}\n', "src/a.ts": "export const a = 1;\n"}


def commit(root: Path, path: str, text: str) -> str:
    """Write and commit one file; return the commit's hash."""
    (root / path).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", f"change {path}")
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    """Return a repository with one commit."""
    return make_repository(FILES)


def test_without_a_commit_what_is_checked_out_is_pinned(root: Path) -> None:
    """No commit given means HEAD, by its full hash."""
    head = git(root, "rev-parse", "HEAD")
    target = open_target(root)
    assert (target.root, target.commit, target.head) == (root, head, head)
    assert (target.branch, target.snapshot.files) == ("main", ("package.json", "src/a.ts"))
    assert target.warnings == ()


def test_a_short_hash_a_branch_and_a_tag_name_a_commit(root: Path) -> None:
    """However an audit names its commit, the full hash is pinned, and its files are read."""
    first = git(root, "rev-parse", "HEAD")
    git(root, "tag", "v1.0")
    git(root, "branch", "release/1.x")
    second = commit(root, "src/a.ts", "export const a = 2;\n")
    for name in (first[:7], first, "v1.0", "release/1.x"):
        target = open_target(root, name)
        assert (target.commit, target.head) == (first, second)
        assert target.snapshot.text("src/a.ts") == "export const a = 1;\n"


def test_a_commit_marked_dirty_is_pinned_with_a_warning(root: Path) -> None:
    """What the auditor had not committed cannot be read, and the reader is told."""
    head = git(root, "rev-parse", "HEAD")
    target = open_target(root, f"{head[:7]}-dirty")
    assert target.commit == head
    assert target.warnings == (
        f"the audit looked at uncommitted changes on top of its commit ({head[:7]}-dirty)",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("deadbee", "no commit deadbee in this repository; fetch it, or name another commit"),
        ("--output=x", "'--output=x' is not the name of a commit; give a hash, a branch or a tag"),
        ("HEAD~1", "'HEAD~1' is not the name of a commit; give a hash, a branch or a tag"),
        ("main..x", "'main..x' is not the name of a commit; give a hash, a branch or a tag"),
        ("a\nb", "'a\\nb' is not the name of a commit; give a hash, a branch or a tag"),
    ],
)
def test_an_unknown_commit_is_refused_in_one_line(root: Path, name: str, said: str) -> None:
    """A commit that is not there, or that is an expression or an option, is named and refused."""
    with pytest.raises(RepositoryError) as caught:
        open_target(root, name)
    assert str(caught.value) == f"{root}: {said}"


def test_an_ambiguous_hash_asks_for_more_digits(root: Path) -> None:
    """Digits that several commits begin with are not guessed at."""
    stream = "".join(
        f"commit refs/heads/many\ncommitter A <a@example.org> {at} +0000\ndata 0\n"
        for at in range(1_000)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream.encode(), check=True)
    counts = Counter(made[:4] for made in git(root, "rev-list", "many").splitlines())
    ((shared, several),) = counts.most_common(1)
    assert several > 1
    with pytest.raises(RepositoryError) as caught:
        open_target(root, shared)
    said = f"{root}: several objects begin with {shared}; give more digits of the commit"
    assert str(caught.value) == said


def test_a_folder_of_a_repository_opens_the_whole_and_says_so(root: Path) -> None:
    """Paths in audits are relative to the repository's root, so that is what is opened."""
    target = open_target(root / "src")
    assert target.root == root
    said = f"{root / 'src'} is a folder of the repository {root}, which is planned as a whole"
    assert target.warnings == (said,)


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    """A folder that git does not know, or that does not exist, is named with what to do."""
    with pytest.raises(RepositoryError) as caught:
        open_target(tmp_path)
    said = f"{tmp_path}: no git repository; clone one there, or plan without a repository"
    assert str(caught.value) == said
    with pytest.raises(RepositoryError, match="no such folder; name the folder of a git"):
        open_target(tmp_path / "nowhere")


def test_a_repository_without_a_commit_is_refused(tmp_path: Path) -> None:
    """There is nothing to plan on before the first commit."""
    git(tmp_path, "init", "--quiet", "empty")
    with pytest.raises(RepositoryError, match="nothing has been committed here yet"):
        open_target(tmp_path / "empty")


def test_git_not_installed_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the message names git, not a Python error."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(RepositoryError, match="git could not be run; install git"):
        open_target(root)


def test_a_repository_of_another_user_says_how_to_trust_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git's own safety is not switched off; the message gives the command that does."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a repository away")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for path in (root, root / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(RepositoryError) as caught:
        open_target(root)
    assert f"git config --global --add safe.directory '{root}'" in str(caught.value)
    assert "\n" not in str(caught.value)


def _detached(root: Path) -> Path:
    git(root, "checkout", "--quiet", "--detach")
    return root


def _dirty(root: Path) -> Path:
    (root / "src/a.ts").write_text("changed\n")
    (root / "package.json").unlink()
    (root / "new.ts").write_text("new\n")
    git(root, "add", "new.ts")
    return root


def _merging(root: Path) -> Path:
    git(root, "checkout", "--quiet", "-b", "other")
    commit(root, "src/a.ts", "theirs\n")
    git(root, "checkout", "--quiet", "main")
    commit(root, "src/a.ts", "export const a = 1;\n// ours\n")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")
    return root


def _bare(root: Path) -> Path:
    git(root.parent, "clone", "--quiet", "--bare", str(root), "bare.git")
    return root.parent / "bare.git"


def _worktree(root: Path) -> Path:
    git(root, "worktree", "add", "--quiet", str(root.parent / "linked"), "-b", "linked")
    return root.parent / "linked"


def _shallow(root: Path) -> Path:
    commit(root, "src/b.ts", "b\n")
    git(root.parent, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    return root.parent / "shallow"


STATES = {
    "detached": (_detached, "HEAD"),
    "dirty": (_dirty, "main"),
    "merging": (_merging, "main"),
    "bare": (_bare, "main"),
    "worktree": (_worktree, "linked"),
    "shallow": (_shallow, "main"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_repository_is_read_at_its_commit(root: Path, state: str) -> None:
    """Detached, dirty, mid-merge, bare, linked and shallow repositories are read all the same."""
    make, branch = STATES[state]
    opened = make(root)
    target: Target = open_target(opened)
    assert (target.root, target.branch) == (opened, branch)
    assert target.commit == git(opened, "rev-parse", "HEAD")
    assert target.snapshot.text("src/a.ts").startswith("export const a = 1;\n")
    assert target.shallow == (state == "shallow")
    assert any("shallow" in warning for warning in target.warnings) == (state == "shallow")


def test_a_commit_beyond_a_shallow_history_says_how_to_get_it(root: Path) -> None:
    """The remedy for a missing commit in a shallow clone is to deepen it."""
    first = git(root, "rev-parse", "HEAD")
    with pytest.raises(RepositoryError, match="in this shallow clone; run git fetch --unshallow"):
        open_target(_shallow(root), first)


def test_a_configured_worktree_elsewhere_is_not_followed(root: Path, tmp_path: Path) -> None:
    """``core.worktree`` cannot send the reader into another repository."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root, elsewhere)
    git(root, "config", "core.worktree", str(elsewhere))
    assert open_target(root).root == root
