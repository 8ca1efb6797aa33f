"""One step in a file of data."""

from __future__ import annotations

import re

from mendbook.code.modules import loose_json
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.data_files import json_edit
from mendbook.fixes.instruction.proposed import SOURCE
from mendbook.fixes.instruction.sentences.clauses import Reading
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.read_as import read_proposal
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation, Proposal


def data_fix(task: Task, path: str, reading: Reading) -> Proposal:
    """Return the one step that a fix text asks of a file of data; raise ``Abstain`` for more."""
    if len(reading.clauses) != 1 or reading.unread:
        raise Abstain(f"more than one step is asked of {path}")
    text, said = json_edit(task, path, reading.clauses[0])
    before = task.snapshot.text(path)
    for one in reading.codes:
        name = (one.key or one.text).strip("'\"")
        if one.shape is not Shape.PATH and name not in before and name not in text:
            raise Abstain(f"`{name}` is named, and the edit leaves it out")
    _refuse_run(path, before, text)
    first = next(
        (at for at, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before)
    )
    contract = Contract(
        operation=Operation.SET,
        file=path,
        read_as=said,
        start_line=0 if reading.clauses[0].verb is Verb.MOVE else before.count("\n", 0, first) + 1,
        end_line=_last_line(before, text) + 1,
        adds=tuple(one.text for one in reading.clauses[0].object.codes if ":" in one.text),
    )
    return read_proposal(task, SOURCE, [said], {path: text}, (contract,))


def _last_line(before: str, after: str) -> int:
    """Return the last line of ``before``, counted from 1, that ``after`` does not have as it is."""
    pairs = zip(reversed(before), reversed(after), strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    return before.count("\n", 0, len(before) - same) + 1


def _refuse_run(path: str, before: str, after: str) -> None:
    """Raise ``Abstain`` where a package goes that a script of the same file runs."""
    if not path.endswith("package.json"):
        return
    old, new = loose_json(before), loose_json(after)
    scripts = " ".join(str(one) for one in _pairs(new.get("scripts")).values())
    for key, held in old.items():
        if not key.endswith("ependencies"):
            continue
        for name in set(_pairs(held)) - set(_pairs(new.get(key))):
            if re.search(rf"(?<![\w@/-]){re.escape(name)}(?![\w/-])", scripts):
                raise Abstain(f"{name} is run by a script")


def _pairs(held: object) -> dict[str, object]:
    return held if isinstance(held, dict) else {}
