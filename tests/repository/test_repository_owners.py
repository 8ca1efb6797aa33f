"""Who owns what: CODEOWNERS as its host reads it, then the people of the history, else nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.model import Owner
from mendbook.repository import Snapshot, open_target
from mendbook.repository.codeowners import read_rules
from mendbook.repository.history import History, read_history
from mendbook.repository.owners import owner_of

NOBODY = History()
NOT_KNOWN = Owner("unknown", "no CODEOWNERS and no history of it")


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
        ("/*", "a.ts", True),
        ("/*", "src/a.ts", False),
        ("src/a.ts", "lib/src/a.ts", False),
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


def test_a_line_without_owners_leaves_its_files_to_nobody() -> None:
    """GitHub lets a later line take owners away; then nobody is named by CODEOWNERS."""
    text = "* @all\nsrc/domains/media/\n"
    assert owned(text, "src/domains/media/x.ts") == NOT_KNOWN
    assert owned(text, "src/other.ts").name == "@all"


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("*.rs @org/kiln-team", "@org/kiln-team"),
        ("*.rs kiln@example.org", "kiln@example.org"),
        ("*.rs kiln", "@all"),
        ("*.rs @kiln someone", "@all"),
        ("[ab].rs @kiln", "@all"),
        ("!a.rs @kiln", "@all"),
        ("\\#a.rs @kiln", "@all"),
        ("*.rs @kiln # the oven", "@kiln"),
    ],
)
def test_a_line_that_the_host_cannot_use_is_skipped(line: str, owner: str) -> None:
    """An owner that is none, a range or a negation: the line before it stands."""
    assert owned(f"\ufeff* @all\r\n{line}\r\n", "a.rs").name == owner


SECTIONS = """\
* @everyone

[Documents][2] @writers
docs/
*.md @editors # but not these

^[Optional] @watchers
*.rs

[documents]
LICENSE
"""


@pytest.mark.parametrize(
    ("path", "owner", "line"),
    [
        ("docs/a.txt", "@everyone, @writers", 1),
        ("README.md", "@everyone, @editors", 1),
        ("src/docs/b.txt", "@everyone, @writers", 1),
        ("kiln.rs", "@everyone", 1),
        ("LICENSE", "@everyone", 1),
    ],
)
def test_sections_have_owners_of_their_own(path: str, owner: str, line: int) -> None:
    """GitLab: the last match of each section, its default where the line names nobody."""
    rules = read_rules(Snapshot.of({".gitlab/CODEOWNERS": SECTIONS}))
    assert owner_of([path], rules, NOBODY) == Owner(owner, f".gitlab/CODEOWNERS:{line}")


def test_an_optional_section_counts_where_no_other_does() -> None:
    """Its owners are asked when nobody else is; a section's name is one in any case."""
    rules = read_rules(Snapshot.of({"CODEOWNERS": SECTIONS.replace("* @everyone\n", "")}))
    assert owner_of(["kiln.rs"], rules, NOBODY) == Owner("@watchers", "CODEOWNERS:7")
    assert owner_of(["LICENSE"], rules, NOBODY).name == "unknown"


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*", "a.ts", True),
        ("/*", "src/a.ts", False),
        ("/src/*", "src/a.ts", True),
        ("/src/*", "src/deep/a.ts", False),
        ("src/a.ts", "lib/src/a.ts", True),
        ("/src/a.ts", "lib/src/a.ts", False),
        ("with space.ts", "x", False),
    ],
)
def test_gitlab_anchors_only_what_begins_with_a_slash(
    pattern: str, path: str, matches: bool
) -> None:
    """A path in the middle of the tree is found there, unlike on GitHub."""
    rules = read_rules(Snapshot.of({".gitlab/CODEOWNERS": f"{pattern} @team\n"}))
    assert (owner_of([path], rules, NOBODY).name == "@team") is matches


EXCLUDED = """\
[Wards][2] @nurses
*.rb
!wards/made/*.rb
wards/made/kept.rb @@maintainer
wards/icu.rb @icu
\\#notes/ @scribes

[Lint] @lint
*.rb
"""


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("a.rb", "@nurses, @lint"),
        ("wards/made/x.rb", "@lint"),
        ("wards/made/kept.rb", "@lint"),
        ("wards/icu.rb", "@icu, @lint"),
        ("#notes/a.txt", "@scribes"),
    ],
)
def test_gitlab_takes_files_out_of_a_section(path: str, owner: str) -> None:
    """What is excluded once stays so in its section, and other sections go on as ever."""
    rules = read_rules(Snapshot.of({"docs/CODEOWNERS": EXCLUDED}))
    assert owner_of([path], rules, NOBODY).name == owner


OF_ORCHARDS = (
    "*\t@keepers   \n\n  # note\norchard/**/*.rs\t@pruners @org/pressers # both\n/Orchard/ @shout\n"
    "*.cfg # nobody\n**/graft\\ notes/ @grafters grafts@example.org\n"
)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("x", "@keepers"),
        ("orchard/north/rows/a.rs", "@pruners, @org/pressers"),
        ("orchard/a.rs", "@pruners, @org/pressers"),
        ("sub/orchard/a.rs", "@keepers"),
        ("Orchard/x", "@shout"),
        ("orchard/x.cfg", "unknown"),
        ("deep/graft notes/1.txt", "@grafters, grafts@example.org"),
    ],
)
def test_github_reads_tabs_case_and_lines_for_nobody(path: str, owner: str) -> None:
    """Patterns keep their case, a middle slash anchors, and a blank in a name is escaped."""
    assert owned(OF_ORCHARDS, path).name == owner


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
    "path",
    [
        "src/domains/media/media.handler.ts",
        "C:/build/work/src/a.ts",
        "c:",
        ".github/workflows/ci.yml",
        "tests/unit/a.ts",
        "package.json",
    ],
)
def test_a_path_never_names_an_owner(path: str) -> None:
    """Where nothing tells who owns a file, nobody is made up."""
    assert owner_of([path], (), NOBODY) == NOT_KNOWN
    assert owner_of([], (), NOBODY) == Owner("unknown", "no file is named")


def as_author(
    root: Path, name: str, email: str, path: str, text: str, message: str = "work"
) -> None:
    """Commit one file under somebody's name."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message, "--author", f"{name} <{email}>")


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
    assert owner_of(["src/c.ts"], (), history) == Owner(
        "unknown", "no CODEOWNERS, and only bots and agents have changed it"
    )
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
    assert owner_of(["src/chat/b.ts"], (), history) == NOT_KNOWN


def test_the_commits_mailmap_joins_addresses(make_repository: MakeRepository) -> None:
    """It is read from the pinned commit: neither the work tree's nor a user's own counts."""
    mailmap = "Ada Lovelace <ada@example.org> <ada@old.example>\n"
    root = make_repository({".mailmap": mailmap, "a.c": "0\n"})
    as_author(root, "Bob", "bob@example.org", "a.c", "1\n")
    as_author(root, "Bob", "bob@example.org", "a.c", "2\n")
    as_author(root, "al", "ada@old.example", "a.c", "3\n")
    as_author(root, "Ada Lovelace", "ada@example.org", "a.c", "4\n")
    as_author(root, "Ada Lovelace", "ada@home.example", "a.c", "5\n")
    (root / ".mailmap").write_text("Bob <bob@example.org> <ada@example.org>\n")
    git(root, "config", "mailmap.file", str(root / ".mailmap"))
    history = read_history(open_target(root))
    assert owner_of(["a.c"], (), history) == Owner("Ada Lovelace", "git history (4 of 6 commits)")


CO = "work\n\nCo-authored-by: {}\nSigned-off-by: Eve <eve@example.org>"


@pytest.mark.parametrize(
    ("name", "address", "message", "owner"),
    [
        ("Copilot", "198982749+Copilot@users.noreply.github.com", CO, "Ada Byron"),
        ("Claude Code", "noreply@anthropic.com", CO, "Ada Byron"),
        ("devin-ai-integration[bot]", "1+devin-ai@users.noreply.github.com", "work", "unknown"),
        ("Cursor Agent", "cursoragent@cursor.com", "work", "Ada Auditor"),
        ("Renovate Bot", "bot@renovateapp.com", "work", "unknown"),
        ("semantic-release-bot", "semantic-release-bot@martynus.net", "work", "unknown"),
        ("github-actions", "github-actions@github.com", "work", "unknown"),
        ("Claude Monet", "claude@example.org", CO, "Claude Monet"),
        ("Robot Jones", "robot.jones@example.org", "work", "Robot Jones"),
        ("Abbott Lee", "abbott@example.org", "work", "Abbott Lee"),
    ],
)
def test_programs_own_nothing(
    name: str, address: str, message: str, owner: str, make_repository: MakeRepository
) -> None:
    """An agent's work is its co-author's, else of whoever committed it; a bot's is nobody's."""
    mailmap = "Ada Byron <ada@example.org> <ada@old.example>\n"
    root = make_repository({".mailmap": mailmap})
    said = message.format("Ada <ada@old.example>")
    as_author(root, name, address, "b.c", "1\n", said)
    assert owner_of(["b.c"], (), read_history(open_target(root))).name == owner


def test_a_clone_without_old_files_still_tells_its_people(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    """Renames cannot be followed there, commits can be counted; no history at all is said."""
    root = make_repository({"a.c": "0\n"})
    as_author(root, "Grace Hopper", "grace@example.org", "a.c", "1\n")
    git(root, "mv", "a.c", "b.c")
    as_author(root, "Grace Hopper", "grace@example.org", "b.c", "2\n")
    git(root, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    git(root, "clone", "--quiet", "--filter=blob:none", f"file://{root}", str(clone))
    target = open_target(clone)
    assert owner_of(["b.c"], (), read_history(target)).name == "Grace Hopper"
    lost = read_history(replace(target, commit="0" * 40))
    assert owner_of(["b.c"], (), lost).source.startswith("not looked up: the history is not here")
