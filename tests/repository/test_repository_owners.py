"""Who owns what: GitHub's CODEOWNERS rules, then history, then the path."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.model import Owner
from mendbook.repository import Snapshot, open_target
from mendbook.repository.history import History, read_history
from mendbook.repository.owners import owner_of, read_rules

NOBODY = History()


def owned(codeowners: str, *paths: str) -> Owner:
    """Return the owner of ``paths`` under a CODEOWNERS text, without any history."""
    return owner_of(paths, read_rules(Snapshot.of({"CODEOWNERS": codeowners})), NOBODY)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*", "src/a.ts", True),
        ("*.ts", "src/deep/a.ts", True),
        ("*.ts", "src/a.tsx", False),
        ("/build/logs/", "build/logs/x.txt", True),
        ("/build/logs/", "src/build/logs/x.txt", False),
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/deep/a.md", False),
        ("apps/", "src/apps/a.ts", True),
        ("apps/", "src/apps", False),
        ("/docs/", "docs/deep/a.md", True),
        ("**/logs", "build/deep/logs/x.txt", True),
        ("/apps/github", "apps/github/a.ts", True),
        ("/apps/github", "apps/githubx", False),
        ("src/**/test/", "src/a/b/test/x.ts", True),
        ("src/**/test/", "src/test/x.ts", True),
        ("/a/**", "a/b/c.ts", True),
        ("a?.ts", "src/ab.ts", True),
        ("a?.ts", "src/a/.ts", False),
        ("with\\ space/", "with space/a.ts", True),
        ("src/a+b.ts", "src/a+b.ts", True),
        ("!src/a.ts", "src/a.ts", False),
        ("src/[ab].ts", "src/a.ts", False),
    ],
)
def test_patterns_match_as_on_github(pattern: str, path: str, matches: bool) -> None:
    """Anchors, folders, stars and escapes mean what GitHub's documentation says."""
    found = owned(f"{pattern} @team\n", path)
    assert (found == Owner("@team", "CODEOWNERS:1")) is matches


def test_the_last_match_wins_and_is_named_by_its_line() -> None:
    """Later lines overrule earlier ones, comments and blank lines count as lines."""
    text = "# who\n* @all\n\nsrc/media/ @org/media # streams\nsrc/media/x.ts @ada ada@example.org\n"
    assert owned(text, "a.ts") == Owner("@all", "CODEOWNERS:2")
    assert owned(text, "src/media/y.ts") == Owner("@org/media", "CODEOWNERS:4")
    assert owned(text, "src/media/x.ts") == Owner("@ada, ada@example.org", "CODEOWNERS:5")


def test_a_line_without_owners_leaves_its_files_to_the_path() -> None:
    """GitHub lets a later line take owners away; then nobody is named by CODEOWNERS."""
    text = "* @all\nsrc/domains/media/\n"
    assert owned(text, "src/domains/media/x.ts") == Owner("media-team", "path")


def test_most_files_decide() -> None:
    """Of several owners the one of most files is named, the first of equals."""
    text = "a/ @a\nb/ @b\n"
    assert owned(text, "a/1", "b/1", "b/2").name == "@b"
    assert owned(text, "a/1", "b/1").name == "@a"


def test_only_the_first_of_the_three_places_counts() -> None:
    """``.github/`` comes before the root, and the root before ``docs/``."""
    texts = {"docs/CODEOWNERS": "* @docs", "CODEOWNERS": "* @root"}
    assert read_rules(Snapshot.of(texts))[0].owners == ("@root",)
    texts[".github/CODEOWNERS"] = "* @github"
    (rule,) = read_rules(Snapshot.of(texts))
    assert (rule.owners, rule.source) == (("@github",), ".github/CODEOWNERS:1")
    assert read_rules(Snapshot.of({})) == ()


@pytest.mark.parametrize(
    ("path", "team"),
    [
        ("src/domains/media/media.handler.ts", "media-team"),
        ("src/infrastructure/redis.ts", "infrastructure-team"),
        ("packages/server/src/modules/Chat/x.ts", "chat-team"),
        ("src/domains/gift/", "gift-team"),
        (".github/workflows/ci.yml", "github-team"),
        ("tests/unit/a.ts", "unit-team"),
        ("src/index.ts", "maintainers"),
        ("package.json", "maintainers"),
    ],
)
def test_the_path_names_a_team_when_nothing_else_does(path: str, team: str) -> None:
    """The first folder that means a domain gives the team's name, and the source says so."""
    assert owner_of([path], (), NOBODY) == Owner(team, "path")


def as_author(root: Path, name: str, email: str, path: str, text: str) -> None:
    """Commit one file under somebody's name."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "work", "--author", f"{name} <{email}>")


def test_the_main_author_owns_what_codeowners_does_not(make_repository: MakeRepository) -> None:
    """Commits are joined by e-mail, bots do not own, and the count is shown."""
    root = make_repository({"src/a.ts": "0\n", "src/b.ts": "0\n"})
    as_author(root, "Grace", "grace@example.org", "src/a.ts", "1\n")
    as_author(root, "renovate[bot]", "bot@example.org", "src/a.ts", "2\n")
    as_author(root, "renovate[bot]", "bot@example.org", "src/a.ts", "3\n")
    as_author(root, "Grace Hopper", "GRACE@example.org", "src/a.ts", "4\n")
    as_author(root, "renovate[bot]", "bot@example.org", "src/c.ts", "5\n")
    history = read_history(open_target(root))
    assert owner_of(["src/a.ts"], (), history) == Owner(
        "Grace Hopper", "git history (2 of 3 commits)"
    )
    assert owner_of(["src/b.ts"], (), history) == Owner(
        "Ada Auditor", "git history (1 of 1 commits)"
    )
    assert owner_of(["src/c.ts"], (), history).name == "renovate[bot]"
    assert history.commits(["src/a.ts", "src/b.ts"]) == 5


def test_a_renamed_file_keeps_its_history(make_repository: MakeRepository) -> None:
    """Commits before a rename, and a rename of a rename, count for the file of today."""
    text = "".join(f"line {number}\n" for number in range(30))
    root = make_repository({"old.ts": text})
    as_author(root, "Grace", "g@example.org", "old.ts", f"{text}more\n")
    git(root, "mv", "old.ts", "mid.ts")
    git(root, "commit", "--quiet", "--message", "rename")
    (root / "src").mkdir()
    git(root, "mv", "mid.ts", "src/new name.ts")
    git(root, "commit", "--quiet", "--message", "rename again")
    as_author(root, "Eve", "e@example.org", "old.ts", "a new file of the old name\n")
    history = read_history(open_target(root))
    assert history.commits(["src/new name.ts"]) == 4
    assert history.commits(["old.ts"]) == 1


def test_history_ends_at_the_pinned_commit(make_repository: MakeRepository) -> None:
    """What happened after the audit does not count."""
    root = make_repository({"a.ts": "0\n"})
    first = git(root, "rev-parse", "HEAD")
    as_author(root, "Grace", "g@example.org", "a.ts", "1\n")
    assert read_history(open_target(root, first)).commits(["a.ts"]) == 1
    assert read_history(open_target(root)).commits(["a.ts"]) == 2


def test_a_shallow_clone_does_not_credit_its_oldest_commit(make_repository: MakeRepository) -> None:
    """Where a clone is cut off, a commit looks as if it had added every file; it is left out."""
    root = make_repository({"a.ts": "0\n", "src/chat/b.ts": "0\n"})
    as_author(root, "Grace", "g@example.org", "a.ts", "1\n")
    as_author(root, "Eve", "e@example.org", "a.ts", "2\n")
    git(root.parent, "clone", "--quiet", "--depth", "2", f"file://{root}", "shallow")
    history = read_history(open_target(root.parent / "shallow"))
    assert owner_of(["a.ts"], (), history) == Owner(
        "Eve", "git history (1 of 1 commits, history is cut off)"
    )
    assert owner_of(["src/chat/b.ts"], (), history) == Owner("chat-team", "path")
