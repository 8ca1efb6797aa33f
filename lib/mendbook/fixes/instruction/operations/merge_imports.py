"""Write two imports of one module as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, line_end, line_start, start
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import line
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_WORDS = ("import", "imports", "require", "requires")
_FORMS = (
    re.compile(
        r"(?P<head>import\s+(?:type\s+)?\{)(?P<names>[^{}]*)(?:\}\s*from\s*"
        r"(?P<module>'[^']*'|\"[^\"]*\"))"
    ),
    re.compile(
        r"(?P<head>(?:const|let|var)\s+\{)(?P<names>[^{}]*)(?:\}\s*=\s*require\(\s*"
        r"(?P<module>'[^']*'|\"[^\"]*\")\s*\))"
    ),
    re.compile(r"(?P<head>from\s+(?P<module>[\w.]+)\s+import\s+)(?P<names>[\w ,]+)"),
)


def merge_imports(work: Work, clause: Clause) -> StepEdits | None:
    """Join the imports of one module that the clause tells to join; None for another clause."""
    if clause.word not in {"merge", "combine", "join", "fold", "unite", "consolidate"}:
        return None
    if not any(one.has(*_WORDS) for one in clause.phrases):
        return None
    scene = work.scene
    told = [
        code.text.strip("'\"")
        for one in clause.all_behind("of", "from", "for")
        for code in one.codes
        if code.shape in {Shape.PATH, Shape.TEXT, Shape.NAME, Shape.CODE}
    ]
    groups: dict[tuple[str, str], list[tuple[SgNode, re.Match[str]]]] = {}
    for one in scene.root.children():
        for form in _FORMS:
            if (match := form.match(one.text())) is not None:
                key = (re.sub(r"\s", "", match["head"]), match["module"].strip("'\""))
                groups.setdefault(key, []).append((one, match))
    doubled = [
        (module, each)
        for (_, module), each in groups.items()
        if len(each) > 1 and (not told or module in told)
    ]
    if len(doubled) != 1:
        raise Unplaced("which imports are to be one is not clear")
    module, several = doubled[0]
    return StepEdits(
        Operation.REPLACE,
        f"import what comes from {module} by one statement",
        edits_in(scene, _joined(scene, several)),
        removes=tuple(one.text().rstrip(";") for one, _ in several[1:]),
        follows_up=("second", "other", "duplicate"),
    )


def _names(several: Sequence[tuple[SgNode, re.Match[str]]]) -> tuple[str, ...]:
    listed = [name.strip() for _, one in several for name in one["names"].split(",")]
    return tuple(dict.fromkeys(name for name in listed if name))


def _joined(scene: Scene, several: Sequence[tuple[SgNode, re.Match[str]]]) -> list[Edit]:
    (first, match), *others = several
    if "\n" in match["names"]:
        raise Abstain(f"the import on line {line(first)} is written over several lines")
    at = start(first) + match.start("names")
    inner = match["names"]
    pad = inner[: len(inner) - len(inner.lstrip())]
    edits = [Edit(at, at + len(inner), f"{pad}{', '.join(_names(several))}{pad}")]
    for other, _ in others:
        begin, stop = line_start(scene.text, start(other)), line_end(scene.text, end(other))
        beside = scene.text[begin : start(other)] + scene.text[end(other) : stop]
        if beside.strip(" ;\r\n"):
            raise Abstain(f"line {line(other)} holds more than the import")
        edits.append(Edit(begin, stop, ""))
    return edits
