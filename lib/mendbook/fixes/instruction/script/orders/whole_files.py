"""A file that goes as a whole, where no other file asks for it."""

from __future__ import annotations

import re

from mendbook.code.exports import exports
from mendbook.code.module_text import load
from mendbook.code.test_files import is_test
from mendbook.fixes.file_users import file_user, is_found_by_place
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.fragments.shape import PATHS, Shape
from mendbook.fixes.instruction.script.ask import Ask, whole_ask
from mendbook.fixes.instruction.script.orders.wording import CODE, order
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.read_as import read_proposal
from mendbook.model import Contract, Operation, Proposal

_GOES = re.compile(
    rf"(?:delete|remove|drop|get rid of) (?:(?:whole|entire|unused|dead|obsolete|old) )*(?:file )?"
    rf"(?P<path>{CODE})(?: (?:file|module|altogether|entirely|completely))?(?P<why>,? .*)?"
    rf"|(?:delete|remove|drop) (?:(?:whole|entire|unused|dead) )*(?:file|module)(?P<why2>,? .*)?"
    rf"|(?:whole |entire )?(?:file|module) (?:can|should|must) (?:go|be deleted|be removed)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r",? (?:nothing|nobody|no (?:file|module|one|code)|it|since|as|because|unused)\b[^:]*", re.I
)
_IS_TOLD = re.compile(
    rf"(?:(?:delete|remove|drop|get rid of|throw out|throw away) "
    rf"(?:(?:whole|entire|unused|dead|obsolete|old|module|file) )*(?P<what>{CODE})"
    rf"|(?P<it>{CODE})(?: file| module)? (?:can|may|should|must|has to)(?: safely| now| simply)?"
    rf" (?:go|be (?:deleted|removed|dropped)))"
    rf"(?: altogether| entirely| completely| now| as well| too)*(?P<path>)"
    rf"(?P<why>(?:[,;:.]| (?:since|because|as|now that|for)\b).*)?",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_MORE = re.compile(
    r"\b(?:after|once|when|until|unless|if|except|or|but|keep|move|rename|replace|update|import|add|merge|inline"
    r"|adapt|change|should|must|needs?|has to|have to|also|too|first|before|later|then|redirect)\b",
    re.IGNORECASE,
)


def _told(ask: Ask) -> re.Match[str] | None:
    """Return how a text asks for a file to go; None where it asks for none, or for more."""
    told = _GOES.fullmatch(ask.text)
    if told is not None and all(
        not told[one] or _WHY.fullmatch(told[one]) is not None for one in ("why", "why2")
    ):
        return told
    told = _IS_TOLD.fullmatch(ask.text)
    why = told["why"] or "" if told is not None else ""
    others = [ask.code(one) for one in re.findall(CODE, why)]
    plain = _ASKS_MORE.search(why) is None and all(PATHS.fullmatch(one) for one in others)
    return told if plain else None


def deleted_file(work: Work) -> Proposal | None:
    """Return the deletion of the file that the text names; None where it asks for none."""
    ask = order(whole_ask(work.task.finding.fix))
    told = _told(ask)
    if told is None:
        return None
    path = work.scene.path
    named = next((one for one in map(told.groupdict().get, ("path", "what", "it")) if one), "")
    if named:
        code = ask.marks().fragment(named)
        if code is None or code.shape is not Shape.PATH:
            return None
        file = work.file(code.text)
        if file is None:
            raise Abstain(f"{code.text} is no file of this commit")
        path = file
    refuse_path(work.task, path)
    if is_test(path):
        raise Abstain(f"{path} holds tests; it is not deleted")
    if (user := file_user(work.task.snapshot, path)) is not None:
        raise Abstain(f"{user} asks for {path}", final=True)
    if reason := _needed(work, path):
        raise Abstain(reason, final=True)
    if is_found_by_place(path):
        raise Abstain(f"{path} may be found by its place, without an import", final=True)
    said = f"delete {path}"
    contract = Contract(operation=Operation.REMOVE, file=path, read_as=said)
    return read_proposal(work.task, "instruction", [said], {path: None}, (contract,))


def _needed(work: Work, path: str) -> str:
    """Return why an export of ``path`` must stay, for what other files do; nothing where none."""
    module = load(work.task.snapshot, path)
    names = exports(module) if module is not None else {}
    reasons = (work.task.lookup.needed(name, path) for name in names)
    return next((one for one in reasons if one and f" {path}:" not in one), "")
