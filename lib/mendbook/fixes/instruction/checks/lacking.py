"""What a fix text names and an edit leaves out: then the edit is a half of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.line_runs import line_runs, split_lines
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import PROSE
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.ledger import Entry
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    end,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    start,
)

_ITEM = r"(?:`[^`\n]+`|[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\(\))?)"
_LISTED = re.compile(
    rf"(?:{_ITEM})(?:(?:,\s+(?!and\b|or\b){_ITEM})*,?\s+(?:and|plus|as well as)\s+"
    rf"(?:(?:also\s+)?(?:to|in|on|from|for|of)\s+)?(?:the\s+)?(?:{_ITEM}))"
)
_WITH_IT = re.compile(
    rf"\band\s+(?P<other>{_ITEM})\s+(?:by|with|to|gets?|takes?|needs?|has)\s+"
    r"(?:it|that|this|them|one|the\s+same)\b",
    re.IGNORECASE,
)
"""A second thing that gets what the first one gets: *extend A with x, and B with it*."""
_WRITTEN = re.compile(r"`|[a-z\d][A-Z]|[\w$][._]\w|\$|^[A-Z][a-z]+(?:Error|Exception)$|\(\)$")
_TWICE = re.compile(r"\bhere and (?:also )?(?:in|at|on)\s", re.IGNORECASE)
_WHOLE = {Shape.CODE, Shape.STATEMENT}


@dataclass(frozen=True, slots=True)
class _Changed:
    """The lines that an edit takes away and writes, and where they stood."""

    lines: str
    spans: tuple[tuple[int, int], ...]


def lacking(scene: Scene, clauses: Sequence[Clause], edits: Mapping[str, str]) -> tuple[str, ...]:
    """Return what ``clauses`` name beside the changed code and ``edits`` leave out."""
    changed = _changed(scene, edits)
    if any(_RETURN_TYPE.search(one.text) for one in clauses) and not _returns_typed(scene, edits):
        return ("the return type is left out",)
    after = "\n".join(edits.values())
    return tuple(
        dict.fromkeys(
            one
            for clause in clauses
            for one in (
                *_left_of_lists(scene, clause, changed),
                *_left_with_it(scene, clause, changed),
                *_left_of_places(clause, changed),
                *_unwritten(scene, clause.codes, after),
            )
        )
    )


_RETURN_TYPE = re.compile(
    r"^(?:annotate|declare|type|add|specify|give)\b.*\band the return type\b",
    re.IGNORECASE | re.DOTALL,
)


def _returns_typed(scene: Scene, edits: Mapping[str, str]) -> bool:
    """Tell whether an edit of the file says what a function returns that did not say it."""
    told = re.compile(r"\)\s*(?::|->)\s*")
    after = edits.get(scene.path, scene.text)
    return len(told.findall(after)) > len(told.findall(scene.text))


def answered(scene: Scene, told: Entry, edits: Mapping[str, str]) -> bool:
    """Tell whether ``edits`` do what a sentence that is not read says of its code.

    What it says to end must stand in no edited file any more; all else that it names must stand
    on the changed lines.
    """
    if (imported := _IMPORTED.search(told.text)) is not None:
        return any(_imports(text, imported[1]) for text in edits.values())
    names = [one.bare.strip(".") for one in told.codes]
    if not names:
        return False
    if _ENDED.search(told.text):
        return not any(has_word(text, name) for name in names for text in edits.values())
    changed = _changed(scene, edits)
    return all(_is_touched(scene, one.text, changed) for one in told.codes)


def has_word(text: str, code: str) -> bool:
    """Tell whether ``code`` stands in ``text``, and not as a part of a longer name."""
    return re.search(rf"(?<![\w$]){re.escape(code)}(?![\w$])", text) is not None


_IMPORTED = re.compile(
    r"`?([A-Za-z_$][\w$]*)`?\s+(?:then\s+|also\s+)?(?:has to|needs to|must|should|ha(?:s|ve) to)\s+"
    r"(?:then\s+|also\s+)?be\s+imported"
)


def _imports(text: str, name: str) -> bool:
    """Tell whether a line of ``text`` imports ``name``."""
    return (
        any(
            re.match(r"\s*(?:import|from|\}?\s*from|const .*require)\b", line)
            and has_word(line, name)
            for line in text.split("\n")
        )
        or re.search(rf"import\s*\{{[^}}]*\b{re.escape(name)}\b", text) is not None
    )


_ENDED = re.compile(
    r"\b(?:unused|obsolete|superfluous|redundant|unnecessary|needless|dead|no longer"
    r"|not (?:needed|used|required)|go(?:es)?|disappears?|remove|drop|delete)\b",
    re.IGNORECASE,
)


def _changed(scene: Scene, edits: Mapping[str, str]) -> _Changed:
    rows: list[str] = []
    spans: list[tuple[int, int]] = []
    for path, text in edits.items():
        before = scene.task.snapshot.get(path) or ""
        starts = [0]
        for line in split_lines(before):
            starts.append(starts[-1] + len(line))
        for run in line_runs(before, text):
            rows += [*run.gone, *run.written]
            if path == scene.path:
                spans.append((starts[run.old_start], starts[run.old_end]))
    return _Changed("".join(rows), tuple(spans))


def _left_of_lists(scene: Scene, clause: Clause, changed: _Changed) -> Iterator[str]:
    """Yield the members of ``A, B and C`` that are untouched where another one is touched."""
    for match in _LISTED.finditer(clause.text):
        items = [one.strip("`") for one in re.findall(_ITEM, _without_joints(match[0]))]
        known = [one for one in items if _is_name(scene, one, match[0])]
        if len(known) < len(items):
            continue
        touched = [_is_touched(scene, one, changed) for one in known]
        if any(touched) and not all(touched):
            yield from (
                f"{one} is left out" for one, so in zip(known, touched, strict=True) if not so
            )


def _left_with_it(scene: Scene, clause: Clause, changed: _Changed) -> Iterator[str]:
    """Yield the second thing that is to get the same, where it is untouched."""
    for match in _WITH_IT.finditer(clause.text):
        name = match["other"].strip("`")
        if _is_name(scene, name, match[0]) and not _is_touched(scene, name, changed):
            yield f"{name} is left out"


def _without_joints(text: str) -> str:
    joint = (
        r",?\s+(?:and|plus|as well as)\s+(?:also\s+)?(?:(?:to|in|on|from|for|of)\s+)?(?:the\s+)?"
    )
    return re.sub(rf"{joint}|,\s+", " ", text)


def _is_name(scene: Scene, name: str, said: str) -> bool:
    """Tell whether a word is code: quoted, spelled as no word is, or a name of the file."""
    if f"`{name}`" in said or _WRITTEN.search(name):
        return True
    if name[:1].isupper():
        return scene.knows(name)
    return bool(_holders(scene, name))


def _holders(scene: Scene, name: str) -> list[SgNode]:
    """Return what bears a name: what declares it, else its keys and parameters in the file."""
    if declared := bearers(scene.root, name, scene.language):
        return declared
    if name in PROSE:
        return []
    keys = of_kinds(scene.root, scene.language.pairs)
    given = [
        each for one in of_kinds(scene.root, scene.language.functions) for each in parameters(one)
    ]
    return [
        *(one for one in keys if name_of(one) == name),
        *(one for one in given if parameter_name(one) == name),
    ]


def _is_touched(scene: Scene, name: str, changed: _Changed) -> bool:
    bare = squeezed(name).removesuffix("()")
    if bare and bare.replace('"', "'") in squeezed(changed.lines).replace('"', "'"):
        return True
    return any(
        start(one) <= first and last <= end(one) + 1
        for one in _holders(scene, bare.rpartition(".")[2])
        for first, last in changed.spans
    )


def _left_of_places(clause: Clause, changed: _Changed) -> Iterator[str]:
    if _TWICE.search(clause.text) and len(changed.spans) < 2:
        yield f"only one place changes of `{clause.text}`"


def _unwritten(scene: Scene, codes: Iterable[Fragment], after: str) -> Iterator[str]:
    """Yield the code that stands neither in the file nor in what becomes of it."""
    for one in codes:
        spelled = one.shape is Shape.CHAIN and "(" in one.text and "()" not in one.text
        if (one.shape not in _WHOLE and not spelled) or re.search(r"\.\.\.|…|\n", one.text):
            continue
        loads = re.fullmatch(r"import\s+(\"[\w./-]+\")", one.text)  # Go lists them in brackets
        written = loads[1] if loads is not None and scene.language.name == "go" else one.text
        plain = one.quoted and _PLAIN_EXIT.fullmatch(written)
        if plain and not _stands_whole(written, after):
            yield f"`{one.text}` is left out"
        elif not _stands(written, scene.text) and not _stands(written, after):
            yield f"`{one.text}` is not written as it stands there"


_PLAIN_EXIT = re.compile(r"return\s+(?:null|undefined|true|false|-?[\d.]+|'[^']*'|\"[^\"]*\");?")


def _stands_whole(code: str, text: str) -> bool:
    """Tell whether a plain exit, ``return null``, stands in ``text`` as it is."""
    said, flat = (one.replace('"', "'") for one in (code.rstrip(";"), text))
    return re.search(rf"\b{re.escape(said)}(?![\w$(.\[])", flat) is not None


def _stands(code: str, text: str) -> bool:
    return _plain(re.sub(r"^(?:await|new|return)\s+", "", code)) in _plain(text)


def _plain(code: str) -> str:
    return re.sub(r"[\s;,(){}]+", "", code).replace('"', "'").replace("`", "'").rstrip(":")
