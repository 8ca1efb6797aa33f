"""What the steps of a fix text name in code, and an edit neither finds nor writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mendbook.code.line_runs import line_runs, new_lines
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.checks.named_places import left_of_places
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.sentences.clauses import Clause, Reading
from mendbook.fixes.instruction.sentences.directives import as_orders
from mendbook.fixes.instruction.sentences.ledger import Account
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.steps_in_words import steps_in_words
from mendbook.fixes.task import Task
from mendbook.fixes.untold import untold
from mendbook.fixes.untouched import untouched
from mendbook.model import Contract, Proposal
from mendbook.text.plain import one_line
from mendbook.text.squeezed import flatten

_NO_CODE = {Shape.PATH, Shape.LINES, Shape.OPERATOR, Shape.NUMBER, Shape.TAG}
_CONTAINERS = {"list", "set", "dict", "tuple", "frozenset", "Set", "Map", "Array", "Object"}
"""Types of values that a literal makes as well, so that their names need not be written."""
_ANSWERING = {Verb.REMOVE, Verb.ADD, Verb.CALL, Verb.LOG, Verb.THROW, Verb.RENAME, Verb.MOVE}
_ANEW = {Verb.ADD, Verb.CALL, Verb.LOG, Verb.THROW, Verb.RETURN}
_WHOLE = {Shape.CODE, Shape.STATEMENT, Shape.CHAIN}
_ELLIPSIS = re.compile(r"\.\.\.|…")
_WORD = re.compile(r"[A-Z]?[a-z]{3,}")
_MARKS = re.compile(r"(?<![\w`\"'-])(?:--[a-z][\w-]+|\d?>&\d)")
"""An option or a redirection of a shell, as it is written among words."""
_INSTEAD = re.compile(
    rf"{INSTEAD_OF}\s+(?:the\s+|a\s+|an\s+)?"
    r"(?:`(?P<code>[^`]+)`|(?P<name>\w+(?:[_.-]\w+)+)(?![\w(`]))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?i)\b(?:on|to|in|for|of|give|wrap|change|replace|mark|make|turn|set|let|remove|delete|drop)"
    r"\s+both\s+(?:the\s+)?[a-z]+s\b"
)
_TWO_OF = re.compile(r"^\W*(?:the\s+)?\w+\s+and\s+\w+\s+[a-z]+s\s*:\s")
"""Two things that a fix text begins with: *Batch and stop ids: …*."""
_MARK = r"(?:private|protected|public|readonly|static|abstract|override|final|async)"
_MADE = re.compile(
    rf"\b(?:[Mm]ake|[Mm]ark|[Dd]eclare)\s+\S+\s+(?:as\s+)?(?P<marks>{_MARK}(?:\s+{_MARK})+)"
)
_INSTEAD_OF_IT = re.compile(r"(?i)\binstead(?:\s*[:.,;]|$)")
_SAYING = {"this", "that", "them", "then", "here", "there", "with", "from", "into", "each", "both"}
_STEM = 4
_COPIES = {"copi", "dupl", "repe", "iden", "loca"}
"""Beginnings of what code is called that stands twice: no line of it says so."""


def unanswered(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return the steps of ``fix`` that an edit from ``before`` to ``after`` has not carried out.

    A step is open where code that it names stands neither there nor in what becomes of it, and
    where it is a second one, in words only, of which the changed lines have none.
    """
    reading = read(fix)
    rows = [*new_lines(after, before), *new_lines(before, after)]
    opened = (
        *_not_there(reading, flatten(before), flatten(after)),
        *_unread(reading, _changed(before, after)),
        *_in_words(reading, set(_stems(rows)), fewer=after.count("\n") < before.count("\n")),
        *(f"`{match[0]}` is not there" for match in _MARKS.finditer(fix)
          if match[0] not in before + after),
    )  # fmt: skip
    return tuple(dict.fromkeys(opened))


def _not_there(reading: Reading, old: str, new: str) -> Iterator[str]:
    """Yield the code of the steps that stands nowhere, and what a later one does not write anew.

    Of several ways, *a or b*, one is enough.
    """
    for clause in reading.clauses:
        if re.search(r"\bor\b", clause.text) and any(_grows(one, old, new) for one in clause.codes):
            continue
        for one in clause.codes:
            if not _stands(one, old, new):
                yield f"`{one_line(one.text, 80)}` is not there"
    for clause in reading.clauses[1:]:
        for one in clause.codes if clause.verb in _ANEW else ():
            whole = one.shape in _WHOLE and "(" in one.text
            if whole and _stands(one, old, new) and not _grows(one, old, new):
                yield f"`{one_line(one.text, 80)}` is not written anew"


def _unread(reading: Reading, rows: str) -> Iterator[str]:
    """Yield the sentences that could not be read, and whose code the changed lines have not all."""
    for told in reading.ledger:
        named = [one.bare.strip(".") for one in told.codes if one.shape not in _NO_CODE]
        choice = re.search(r"\bor\b", told.text) is not None
        written = all(one in rows or _value_of(one) in rows for one in named)
        if told.account is Account.OPEN and not choice and not written:
            yield one_line(told.text, 80)


def _changed(before: str, after: str) -> str:
    """Return the lines that go and come, also those of which a like one stands elsewhere."""
    runs = line_runs(before, after)
    return "".join(line for run in runs for line in (*run.gone, *run.written))


def _value_of(pair: str) -> str:
    """Return the text or call behind a word and a colon, ``the port: "…"``; else all of it."""
    said = re.fullmatch(r"[a-z]+:\s+(\"[^\"]+\"|'[^']+'|[\w$.]+\(.*\))", pair, re.DOTALL)
    return said[1] if said is not None else pair


def _in_words(reading: Reading, changed: set[str], *, fewer: bool) -> Iterator[str]:
    """Yield the later steps in words only of which the changed lines have none.

    ``fewer`` says that lines have gone: those of a copy are not called so.
    """
    for clause in reading.clauses[1:]:
        if clause.codes:
            continue
        if clause.verb is Verb.RETURN and "retu" not in changed:
            yield one_line(clause.text, 80)
        words = {*_words(clause), clause.word[:_STEM]}
        copies = clause.verb is Verb.REMOVE and fewer and words & _COPIES
        if clause.verb in _ANSWERING and not copies and not words & changed:
            yield one_line(clause.text, 80)


def _grows(code: Fragment, old: str, new: str) -> bool:
    """Tell whether a piece of code is written, or is what goes."""
    text = _ELLIPSIS.split(code.text)[0].removesuffix("()").rstrip(" (,;")
    wanted = flatten(text)
    return not wanted or new.count(wanted) != old.count(wanted)


def as_half(proposal: Proposal, task: Task, *, whole: bool) -> Proposal:
    """Return ``proposal`` with what its edits leave open of the fix text, if anything.

    ``whole`` asks for every step (``unanswered``) as well as for what is to go (``still_there``)
    and what falls short of a word (``short_of``).
    """
    paths = list(proposal.edits)
    before = "\n".join(task.snapshot.get(path) or "" for path in paths)
    after = "\n".join(proposal.edits[path] or "" for path in paths)
    fix = as_orders(task.finding.fix)
    left = (
        *still_there(fix, before, after),
        *short_of(fix, before, after),
        *untold(fix, before, after),
        *steps_in_words(fix, before, after),
        *(f"`{one_line(one.text, 60)}` is not there" for one in scan(fix)[1]
          if one.shape is Shape.CHAIN and not _stands(one, flatten(before), flatten(after))),
    )  # fmt: skip
    own = {f"`{name}` is not there" for path in paths for name in (path, path.rpartition("/")[2])}
    steps = tuple(one for one in unanswered(fix, before, after) if one not in own) if whole else ()
    places = filter(None, [left_of_places(task, proposal.edits)])
    left = (*steps, *left, *places, *untouched(fix, task, proposal.edits))
    return replace(proposal, contracts=with_open(proposal.contracts, left))


def short_of(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return what ``fix`` says of an edit that it does not have.

    *Both* are two places; *make it private readonly* is two marks; what is done *instead* takes the
    place of something.
    """
    masked, codes = scan(fix)
    both = _BOTH.search(masked) or _TWO_OF.search(masked)
    instead = _INSTEAD_OF_IT.search(masked)
    marked = list(_MADE.finditer(masked))
    left = [f"`{one_line(one, 60)}` still stands in the file" for one in _throughout(masked, codes)
            if flatten(one) in flatten(after)]  # fmt: skip
    if _BOTH_IMPORTS.search(masked) and len(_imported(before) - _imported(after)) == 1:
        left.append("both imports: one changes")
    left += [f"no `{name}` is there" for name in _BLOCK.findall(masked)
             if name.lower() not in _NO_BLOCK and not re.search(rf"\b{name}\b", after)]  # fmt: skip
    if _FLATTENS.search(masked) and not _is_flatter(before, after):
        left.append("the nesting is as deep as before")
    if not (both or instead or marked):
        return tuple(left)
    runs = [
        run
        for run in line_runs(before, after)
        if not run.written or not all(_IMPORTS.match(row) or not row.strip() for row in run.written)
    ]
    written = "".join(line for run in runs for line in run.written)
    if both is not None and len(runs) < 2 and written.count("\n") < 2:
        left.append(f"{both[0]}: one place changes")
    for marking in marked:
        left += [f"{one} is not written" for one in marking["marks"].split()
                 if one not in written.split()]  # fmt: skip
    if instead and runs and not any(run.gone for run in runs):
        left.append("nothing gives way to what is done instead")
    return tuple(left)


_BLOCK = re.compile(r"\b(?:an?|the)\s+([a-z][\w-]{3,})\s+(?:block|section|stanza|table)\b")
"""What is named by the block that it is to be: *a concurrency block: …*."""
_NO_BLOCK = frozenset(
    {"same", "whole", "code", "other", "single", "separate", "first", "second", "third", "last"}
    | {"next", "inner", "outer", "comment", "dead", "upper", "lower", "entire", "existing", "empty"}
    | {"small", "except", "catch", "finally", "else", "unused", "hash", "lookup", "database"}
)
_FLATTENS = re.compile(
    r"\b(?:un-?nest(?:ed|ing)?|dedent|without\s+(?:any\s+|the\s+)?nesting|no\s+(?:more\s+)?nesting"
    r"|(?:less|reduce|remove|avoid|drop|end)\s+(?:the\s+)?nest(?:ing|ed\s+(?:ifs?|conditions?|blocks?))"
    r"|flatten\b[^.;]*\b(?:ifs?|returns?|guards?|nest\w*|conditions?|branch(?:es)?|exits?))\b",
    re.IGNORECASE,
)
"""That code is to stand less deep, and not that a list is to be made flat."""


def _is_flatter(before: str, after: str) -> bool:
    """Tell whether a line of the old text stands further left in the new one."""
    runs = line_runs(before, after)
    depth = {row.strip(): _margin(row) for run in runs for row in run.gone if row.strip()}
    written = [row for run in runs for row in run.written]
    return any(_margin(row) < depth.get(row.strip(), 0) for row in written)


def _margin(row: str) -> int:
    return len(row) - len(row.lstrip())


_IMPORTS = re.compile(r"\s*(?:import|from)\b|.*\brequire\(")
_BOTH_IMPORTS = re.compile(r"\b(?:both|two)\s+(?:[a-z]+\s+){0,2}imports\b", re.IGNORECASE)


def _imported(text: str) -> set[str]:
    """Return the words of the lines that import."""
    rows = [row for row in text.split("\n") if _IMPORTS.match(row)]
    return {word for row in rows for word in re.findall(r"[A-Za-z_$][\w$]*", row)}


_EVERYWHERE = re.compile(
    r"\b(?:in\s+(?:this|the\s+whole)\s+(?:file|module)|throughout|everywhere)\b", re.IGNORECASE
)
_GIVES_WAY = re.compile(rf"{INSTEAD_OF}\s+(?:the\s+)?(?:[a-z]+\s+){{0,2}}⟦(\d+)⟧", re.I)


def _throughout(masked: str, codes: Sequence[Fragment]) -> list[str]:
    """Return the code that gives way in the whole file, by the words of a masked text."""
    if _EVERYWHERE.search(masked) is None:
        return []
    return [codes[int(at)].text for at in _GIVES_WAY.findall(masked)]


def with_open(contracts: Sequence[Contract], left: tuple[str, ...]) -> tuple[Contract, ...]:
    """Return ``contracts`` that say what is ``left``: the patch is a part of what was asked."""
    first, *rest = contracts or (None,)
    if first is None or not left:
        return tuple(contracts)
    return (replace(first, open=(*first.open, *left)), *(each for each in rest if each))


def still_there(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return what goes by the words of ``fix``, *b instead of a*, and stands as often as before."""
    said = [match["code"] or match["name"] for match in _INSTEAD.finditer(fix)]
    said += [f"{one}(" for one in _calls_to_go(fix) if f"{one}(" in before]
    return tuple(
        f"`{one_line(one, 80)}` still stands"
        for one in said
        if re.search(r"\w", one) and 0 < _count(one, before) <= _count(one, after)
    )


_GO = re.compile(
    rf"{INSTEAD_OF}\s+(?:[^.;:,]+)"
    r"|\breplace\s+(?:the\s+)?(?:[\w.()]+\s*(?:\+|/|and)\s*(?:the\s+)?[\w.()]+)\s+(?:by|with)\b",
    re.IGNORECASE,
)


def _calls_to_go(fix: str) -> list[str]:
    """Return the names of two calls that are to go together: *instead of acquire/release*.

    One that the text writes anew behind them stays.
    """
    calls: list[str] = []
    for told in _GO.finditer(fix):
        pairs = re.search(
            r"(?P<one>[A-Za-z_]\w*)(?:\(\))?\s*(?:/|\+|and)\s*(?P<two>[A-Za-z_]\w*)", told[0]
        )
        both = [pairs["one"], pairs["two"]] if pairs is not None else []
        calls += [one for one in both if f"{one}(" not in fix[told.end() :]]
    return calls


def _count(code: str, text: str) -> int:
    before, behind = ("", "") if code.endswith("(") else ("(?<![\\w.-])", "(?![\\w-])")
    return len(re.findall(rf"{before}(?<!\w){re.escape(code)}{behind}", text))


def _stands(code: Fragment, old: str, new: str) -> bool:
    if code.shape in _NO_CODE or code.text == ".of":  # of ``for...of``
        return True
    text = _ELLIPSIS.split(code.text)[0]
    if text != code.text or text.endswith("()"):
        text = text.removesuffix("()").rstrip(" (,")
    text = re.sub(r"^(?:await|new|return)\s+|<[\w\s,<>]*>$", "", text).strip(" ;:")
    if code.shape is Shape.NAME and not code.text.startswith("."):
        text = text.rpartition(".")[2]  # a member stands below its owner, and not beside it
    wanted = flatten(text)
    return not wanted or text in _CONTAINERS or wanted in old or wanted in new


def _words(clause: Clause) -> Iterator[str]:
    for phrase in clause.phrases:
        for word in phrase.words:
            if len(word) >= _STEM and word not in _SAYING:
                yield word[:_STEM]


def _stems(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for word in _WORD.findall(line):
            yield word.lower()[:_STEM]
