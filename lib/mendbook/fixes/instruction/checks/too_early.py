"""What an edit of a script may not do whatever its text says: read too early, leave a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.left_standing import left_standing
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds, start
from mendbook.fixes.task import Task

_LISTS = re.compile(
    r"\b(?:dependency (?:array|list)|deps\b|(?:from|out of|in|to|into|of) (?:the |its |their )?"
    r"dependencies\b|no (?:longer a )?dependency\b|lea(?:ve|ves) (?:the |its )?dependencies\b)",
    re.IGNORECASE,
)
_HOOK = re.compile(r"(?:React\.)?use(?:Effect|LayoutEffect|InsertionEffect|Callback|Memo)")
_EFFECT = re.compile(r"(?:React\.)?use(?:Layout|Insertion)?Effect")
_ENDING = re.compile(
    r"\bclean(?:ed)?-?\s?up\b|\bunmount|\btear(?:s|ing)?\s?down\b|\btorn down\b", re.I
)
_EXITS = ("return_statement", "throw_statement", "continue_statement", "break_statement")


def refuse_unsound(task: Task, edits: Mapping[str, str | None]) -> None:
    """Raise ``Abstain`` where an edit reads a member before the check that its owner is there.

    Also where a statement that is to give way as a whole stays, or a call is taken back at once.

    Also where the text speaks of the dependencies of a hook, and no list of them changes, and
    where it speaks of the end of an effect, and a call comes to stand at its beginning.
    """
    for path, after in edits.items():
        language, before = language_of(path), task.snapshot.get(path)
        if language is None or after is None or before is None:
            continue
        if standing := left_standing(task.finding.fix, before, after, language):
            raise Abstain(standing)
        if language.script:
            _refuse_unsound(task.finding.fix, before, after, language)


def _refuse_unsound(text: str, before: str, after: str, language: Language) -> None:
    root = parse(language, after)
    if _LISTS.search(text) and (old := _lists(parse(language, before))) and old == _lists(root):
        raise Abstain("the dependencies that the text speaks of would stay as they are")
    new = set(_added(before, after))
    if not new:
        return
    if _ENDING.search(text) and (early := _at_once(root, after, new)):
        raise Abstain(f"`{early}` would run at once, and not when the effect ends")
    for block in of_kinds(root, ("statement_block", "program")):
        inner = [one for one in block.named_children() if "comment" not in one.kind()]
        for at, one in enumerate(inner):
            if one.kind() != "if_statement" or one.range().start.line not in new:
                continue
            read = _owners_read(one)
            for later in inner[at + 1 :]:
                if (name := _checked(later)) in read:
                    raise Abstain(f"{name} is read before the check that it is there")


def _at_once(root: SgNode, after: str, new: set[int]) -> str:
    """Return a new call that an effect makes by itself, where it does not come to return one."""
    for effect in of_kinds(root, ("call_expression",)):
        given = effect.field("arguments")
        inner = given.named_children()[:1] if given is not None else []
        block = inner[0].field("body") if inner and _EFFECT.fullmatch(callee_text(effect)) else None
        rows = block.named_children() if block is not None else []
        added = [one for one in rows if after.count("\n", 0, start(one)) in new]
        calls = [one for one in added if one.kind() == "expression_statement"]
        if calls and not any(one.kind() == "return_statement" for one in added):
            return calls[0].text().rstrip(";")[:60]
    return ""


def _lists(root: SgNode) -> list[str]:
    return [
        parts[-1].text()
        for one in of_kinds(root, ("call_expression",))
        if _HOOK.fullmatch(callee_text(one)) and (given := one.field("arguments")) is not None
        and (parts := given.named_children()) and parts[-1].kind() == "array"
    ]  # fmt: skip


def _added(before: str, after: str) -> Iterator[int]:
    """Yield the numbers, from 0, of the lines that an edit writes and takes none away for."""
    for run in line_runs(before, after):
        if run.old_start == run.old_end:
            yield from range(run.new_start, run.new_end)


def _owners_read(statement: SgNode) -> set[str]:
    """Return the names whose members the condition of a statement reads, ``?.`` left out."""
    test = statement.field("condition")
    owners: set[str] = set()
    for one in of_kinds(test, ("member_expression",)) if test is not None else ():
        owner = one.field("object")
        if owner is not None and owner.kind() == "identifier" and "?." not in one.text():
            owners.add(owner.text())
    return owners


def _checked(statement: SgNode) -> str:
    """Return the name that a statement leaves for, where it is not there; empty for others."""
    test = statement.field("condition") if statement.kind() == "if_statement" else None
    if test is None or not of_kinds(statement, _EXITS):
        return ""
    told = re.fullmatch(
        r"\(\s*(?:!(?P<a>[\w$]+)|(?P<b>[\w$]+)\s*===?\s*(?:null|undefined))\s*\)", test.text()
    )
    return (told["a"] or told["b"]) if told is not None else ""
