"""Tell where a text speaks of several places, and an edit of a script changes only one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.tree.language import language_of
from mendbook.fixes.task import Task

_BOTH = re.compile(
    r"\b(?:both|all\s+(?:two|three|four))\s+(?:of\s+)?(?:the\s+|these\s+|its\s+)?(?:⟦\d+⟧\s+|[\w-]+\s+)?"
    r"[a-z]+s\b(?!\s+(?:and|in\s+one|into\s+one|together|at\s+once)\b)",
    re.IGNORECASE,
)
"""Several places, where the same part of the text names the code that they get."""
_EACH_WITH = re.compile(
    r"\b(?:each|every|all|both)\s+(?:the\s+)?(?:[\w-]+\s+){1,2}?(?:with|that\s+has|having)\s+⟦(?P<at>\d+)⟧",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\b(?:merge|combine|join|fold|one\s+call|together|at\s+once|in\s+parallel|allSettled|Promise\.all"
    r"|swap|exchange|extract|hoist|between|remove|delete|drop|strip|share)\w*",
    re.IGNORECASE,
)
"""What makes one place of several, or takes several away at once."""
_TOKEN = re.compile(r"[\w$]+|\s+|[^\w\s]")


def fewer_places(task: Task, edits: Mapping[str, str | None]) -> str:
    """Return what stays as it is, as one sentence; nothing where all that is counted changes."""
    masked, codes = scan(task.finding.fix)
    counted = any("⟦" in one and _BOTH.search(one) for one in re.split(r"[.;,]\s", masked))
    described = [codes[int(one["at"])].text for one in _EACH_WITH.finditer(masked)]
    if (not counted and not described) or _JOINS.search(task.finding.fix):
        return ""
    spots = 0
    for path, after in edits.items():
        before = task.snapshot.get(path)
        language = language_of(path)
        if before is None or after is None or language is None or not language.script:
            return ""
        spots += sum(1 for _ in _spots(before, after))
        if spots == 1 and any(before.count(code) > 1 for code in described):
            return "the text speaks of each such place, and only one would change"
    if not counted or spots != 1:
        return ""
    return "the text speaks of several places, and only one would change"


def _spots(before: str, after: str) -> Iterator[str]:
    """Yield each run of new code that nothing unchanged interrupts; imports aside."""
    for run in line_runs(before, after):
        rows = [one for one in run.written if not one.lstrip().startswith("import ")]
        if not rows:
            continue
        old, new = (_TOKEN.findall("".join(one)) for one in (run.gone, rows))
        yield from _differing(old, new)


def _differing(old: list[str], new: list[str]) -> Iterator[str]:
    for kind, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal" and "".join(new[first:last]).strip():
            yield "".join(new[first:last])
