"""An edit keeps how a file is written: line ends, marks, tabs, comments, quotes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instruction_cases import Case, propose

from mendbook.code.references import find_references
from mendbook.fixes.instruction import read_fix
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.recipe import asking
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

SHELF = """\
// the shelf of the library
import { stack } from './stack';

export function shelve(id: string): void {
\tstack.push(id, {
\t\trow: 4, // from the left
\t});
}
"""
WISH = "Pass `dry: true` in the options of stack.push"
EVIDENCE = "stack.push(id, {"


def _made(code: str) -> str:
    answer = propose(Case("", WISH, code, evidence=EVIDENCE, function="shelve"))
    assert isinstance(answer, Proposal), answer.reason
    return answer.edits["src/a.ts"] or ""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_marks_and_tabs_stay(ending: str, mark: str) -> None:
    """Only the new line is new, and it ends and is indented as its neighbours are."""
    code = mark + SHELF.replace("\n", ending)
    wanted = SHELF.replace("// from the left\n", "// from the left\n\t\tdry: true,\n")
    assert _made(code) == mark + wanted.replace("\n", ending)


def test_the_quotes_of_the_file_are_used() -> None:
    """A string that the text writes in other quotes is written as the file's are."""
    wish = 'Pass mode: "soft" in the options of stack.push'
    answer = propose(Case("", wish, SHELF, evidence=EVIDENCE, function="shelve"))
    assert isinstance(answer, Proposal)
    assert "mode: 'soft'," in (answer.edits["src/a.ts"] or "")


def test_what_is_done_is_not_done_again() -> None:
    """The edit applied, the same text is answered by a reason and no edit."""
    answer = propose(Case("", WISH, _made(SHELF), evidence=EVIDENCE, function="shelve"))
    assert isinstance(answer, Skipped)
    assert "already" in answer.reason


WORDS = st.sampled_from(
    [
        *("add", "remove", "replace", "use", "with", "to", "in", "the", "call", "shelve", "and"),
        *("stack.push", "`dry: true`", "`", "(", ")", "[", "'", '"', "if (", "=>", "?.", "=", ":"),
        *(
            "4",
            "row",
            "either",
            "or",
            "instead of",
            "{",
            "}",
            "async",
            "rename",
            "wrap",
            "try/catch",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is read; what it gives is an edit with a contract, or a reason."""
    masked, fragments = scan(text)
    assert masked.count("⟦") == len(fragments)
    read(text)
    answer = propose(Case("", text, SHELF, evidence=EVIDENCE, function="shelve"))
    assert isinstance(answer, Skipped) or answer.contracts


def test_a_file_that_cannot_be_read_is_named_with_its_reason() -> None:
    """What is not UTF-8, too large or a link is left alone, and the text says which."""
    finding = asking("it is wrong", "Delete `tide`.", "src/a.ts", "tide", "")
    tree = Snapshot("", {"src/b.ts": "x\n"}, unread={"src/a.ts": "not UTF-8 (Latin-1?)"})
    lookup = find_references([finding], tree, provider="syntax")
    answer = read_fix(Task(finding, FindingFacts(finding.id, ()), tree, lookup))
    assert isinstance(answer, Skipped)
    assert answer.reason == "src/a.ts is not UTF-8 (Latin-1?)"
