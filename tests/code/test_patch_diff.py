"""The diff: git's own form, literally, and git gives exactly the texts it was made from."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.code.diff import diff_of, file_diff, line_counts, quoted, touched_lines
from mendbook.code.line_runs import line_runs, new_lines, split_lines
from mendbook.model import Proposal
from mendbook.repository.snapshot import Snapshot

OLD = """\
import { a } from "./a.js";

export function start(port: number) {
  const server = listen(port);
  server.on("close", () => {
    log("closed");
  });
  return server;
}

export function stop() {
  log("stop");
}
"""
NEW = OLD.replace(
    '    log("closed");\n', '    log("closed");\n    metrics.closed.inc();\n'
).replace('  log("stop");\n', "")

lines = st.lists(
    st.sampled_from(
        [
            "",
            "}",
            "  return 1;",
            "a",
            "b",
            "\ta ",
            "é€",
            "\x0c",
            "a\r",
            "\r",
            "--- a",
            "+++ b",
            "@@ -1 @@",
        ]
    ),
    max_size=14,
)
texts = st.one_of(
    st.none(),
    st.builds(
        lambda parts, end: "\n".join(parts) + end, lines, st.sampled_from(["", "\n", "\r\n"])
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
)


def git_apply(folder: Path, diff: str, *options: str) -> None:
    """Apply ``diff`` with real git, away from any configuration."""
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", *options],
        cwd=folder,
        input=diff.encode(),
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )


def read(path: Path) -> str | None:
    """Return a file's text byte for byte, or None."""
    return path.read_bytes().decode() if path.exists() else None


def test_a_changed_file_is_written_as_git_writes_it(tmp_path: Path) -> None:
    """The diff of an edited file equals ``git diff`` of the same change, to the byte."""
    (tmp_path / "a.ts").write_text(OLD)
    run = ["git", "-c", "user.name=a", "-c", "user.email=b", "-c", "core.abbrev=12"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*run, *command], cwd=tmp_path, check=True)
    (tmp_path / "a.ts").write_text(NEW)
    theirs = subprocess.run([*run, "diff"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert diff_of({"a.ts": NEW}, Snapshot.of({"a.ts": OLD})) == theirs.decode()


def test_a_new_a_deleted_and_an_empty_file_carry_their_mode() -> None:
    """Files that come, go, or are empty are written with git's extended headers."""
    before = Snapshot.of({"old.ts": "gone\n", "keep.ts": "x\n"})
    edits = {"old.ts": None, "new dir/new.ts": "no end", "keep.ts": "x\n", "empty.ts": ""}
    assert diff_of(edits, before) == (
        "diff --git a/empty.ts b/empty.ts\n"
        "new file mode 100644\n"
        "index 000000000000..e69de29bb2d1\n"
        "diff --git a/new dir/new.ts b/new dir/new.ts\n"
        "new file mode 100644\n"
        "index 000000000000..d514c78b7520\n"
        "--- /dev/null\n"
        "+++ b/new dir/new.ts\t\n"
        "@@ -0,0 +1 @@\n"
        "+no end\n"
        "\\ No newline at end of file\n"
        "diff --git a/old.ts b/old.ts\n"
        "deleted file mode 100644\n"
        "index 286c5f577691..000000000000\n"
        "--- a/old.ts\n"
        "+++ /dev/null\n"
        "@@ -1 +0,0 @@\n"
        "-gone\n"
    )


@settings(deadline=None, max_examples=60)
@given(old=texts, new=texts)
def test_git_applies_and_reverts_any_diff_byte_for_byte(old: str | None, new: str | None) -> None:
    """For any two texts, ``git apply`` gives the new one and ``git apply -R`` the old one back."""
    diff = file_diff("src/a.ts", old, new)
    if not diff:
        assert old == new
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "src" / "a.ts"
        path.parent.mkdir()
        if old is not None:
            path.write_bytes(old.encode())
        git_apply(Path(name), diff)
        assert read(path) == new
        git_apply(Path(name), diff, "--reverse")
        assert read(path) == old


@pytest.mark.parametrize(
    "path", ['say "hi".ts', "back\\slash.ts", "tab\there.ts", "ünïcode dir/ö.ts"]
)
def test_git_reads_awkward_file_names(path: str, tmp_path: Path) -> None:
    """A file name with quotes, backslashes, tabs or accents survives the way through git."""
    git_apply(tmp_path, file_diff(path, None, "x\n"))
    assert (tmp_path / path).read_text() == "x\n"


def test_only_names_that_need_it_are_quoted() -> None:
    """Names are C-quoted exactly where git could misread them."""
    assert quoted("a/é b.ts") == "a/é b.ts"
    assert quoted('a/"\\\n\x01.ts') == '"a/\\"\\\\\\n\\001.ts"'


@given(old=texts, new=texts)
def test_runs_rebuild_the_new_lines(old: str | None, new: str | None) -> None:
    """Replacing each changed run of the old lines gives the new lines; equal lines stay outside."""
    lines = split_lines(old or "")
    rebuilt: list[str] = []
    at = 0
    for run in line_runs(old, new):
        assert run.old_start > at or at == 0
        assert run.gone == tuple(lines[run.old_start : run.old_end])
        assert len(run.written) == run.new_end - run.new_start
        rebuilt += [*lines[at : run.old_start], *run.written]
        at = run.old_end
    assert "".join(rebuilt + lines[at:]) == (new or "")


def test_new_lines_stand_nowhere_in_the_old_text() -> None:
    """A line that only moves is not new, nor is one that only gets its line ending."""
    assert new_lines("a\nb\nc", "c\nb\nd\na\n") == ["d", ""]
    assert new_lines("a\nb\n", "b\na\n") == []


@given(text=st.text())
def test_lines_end_at_newlines_only(text: str) -> None:
    """Joined lines are the text, and form feeds or lone carriage returns do not end a line."""
    assert "".join(split_lines(text)) == text
    assert all("\n" not in line[:-1] for line in split_lines(text))


def test_touched_lines_are_old_lines() -> None:
    """Touched ranges are 1-based lines of the old file; an insertion touches its neighbours."""
    before = Snapshot.of({"a.ts": "1\n2\n3\n4\n5\n", "b.ts": "x\n", "same.ts": "s\n"})
    proposal = Proposal(
        "X-1",
        "curated",
        "Change",
        {"a.ts": "1\nTWO\n3\n4\nnew\n5\n", "b.ts": None, "c.ts": "1\n", "same.ts": "s\n"},
    )
    assert touched_lines(proposal, before) == {
        "a.ts": ((2, 2), (4, 5)),
        "b.ts": ((1, 1),),
        "c.ts": ((1, 1),),
    }
    assert line_counts(proposal.edits, before) == (3, 2)


MOVED = """\
diff --git a/bin/größe.sh b/bin/maß.sh
similarity index 81%
rename from bin/größe.sh
rename to bin/maß.sh
index e87dda03c82e..34c431d7963e 100644
--- a/bin/größe.sh
+++ b/bin/maß.sh
@@ -1,4 +1,4 @@
 #!/bin/sh
-echo 1
+echo 2
 echo two
 echo three
"""


def test_a_file_that_gets_another_name_is_renamed_and_keeps_its_mode(tmp_path: Path) -> None:
    """Git is told of the rename, so what was executable stays so."""
    old = "#!/bin/sh\necho 1\necho two\necho three\n"
    new = old.replace("1", "2")
    edits = {"bin/größe.sh": None, "bin/maß.sh": new, "bin/other.sh": "#!/bin/sh\nexit 1\n"}
    diff = diff_of(edits, Snapshot.of({"bin/größe.sh": old}))
    assert diff.startswith(MOVED)
    assert "new file mode 100644" in diff[len(MOVED) :]
    script = tmp_path / "bin" / "größe.sh"
    script.parent.mkdir()
    script.write_text(old)
    script.chmod(0o755)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "apply"], input=diff.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "bin" / "maß.sh").read_text() == new
    assert (tmp_path / "bin" / "maß.sh").stat().st_mode & 0o111
    assert not script.exists()


def test_a_rename_without_a_change_says_only_that() -> None:
    """Of a file that is the same under another name nothing else is written."""
    edits = {"a b.txt": None, "c.txt": "one\ntwo\n"}
    assert diff_of(edits, Snapshot.of({"a b.txt": "one\ntwo\n"})) == (
        "diff --git a/a b.txt b/c.txt\nsimilarity index 100%\nrename from a b.txt\n"
        "rename to c.txt\n"
    )
