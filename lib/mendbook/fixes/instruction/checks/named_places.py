"""Hold an edit against the places that a text names: each function, every occurrence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import declarations, last_line, line, whole
from mendbook.fixes.task import Task
from mendbook.text.plain import one_line

_NAME = r"(?:⟦\d+⟧|[A-Za-z_$][\w$]*(?:\(\))?)"
_LED = r"(?:(?:in|from|inside|within|of|to|by)\s+)?(?:also\s+)?(?:the\s+)?"
_LIST = rf"(?P<names>{_LED}{_NAME}(?:,\s+{_LED}{_NAME})*,?\s+and\s+{_LED}{_NAME})"
_LISTS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:in|inside|within|by)\s+(?:both\s+)?{_LIST}",
        rf"\b[Bb]oth\s+{_LIST}",
        rf"(?:^|[.;:]\s+){_LIST}\s+(?:should|must|have\s+to|need\s+to|ought\s+to|both)\b",
    )
)
_ALONE = re.compile(
    rf"(?:^|[.;:,]\s+(?:and\s+)?)(?P<name>{_NAME})\s+(?:should|must|has\s+to|needs\s+to|ought\s+to)\s+"
    r"[^.;]*\b(?:too|as\s+well|also)\b"
)
_TOO = re.compile(rf"\b(?:in|for)\s+(?P<name>{_NAME})\s+(?:too|as\s+well)\b")
"""A place beside the one that the finding is about."""
_EVERY = re.compile(
    r"\b(?:every|each|all)\s+(?:(?:occurrences?|uses?|copy|copies|instances?|literals?)\s+(?:of\s+)?)?"
    r"(?:the\s+)?(?P<code>⟦\d+⟧)|(?P<before>⟦\d+⟧)[^.;⟦]*\b(?:everywhere|wherever|at\s+every|at\s+each)\b"
    r"|\b(?:everywhere|wherever)\s+(?:the\s+)?(?:[a-z]+\s+)?(?P<behind>⟦\d+⟧)",
    re.IGNORECASE,
)


def left_of_places(task: Task, edits: Mapping[str, str | None]) -> str:
    """Return the place that the text names and an edit leaves as it is; nothing for none.

    ``edits`` are the new texts by path. A function counts where a line of it changes, and code
    that is told to go everywhere where none of it stands outside the constant that holds it.
    """
    masked, codes = scan(task.finding.fix)
    for path, after in edits.items():
        before, language = task.snapshot.get(path), language_of(path)
        if before is None or after is None or language is None:
            continue
        if left := _left_function(task, masked, before, after, language):
            return f"{left}, which the text names, would stay as it is"
        if left := _left_code(masked, codes, before, after):
            return f"`{one_line(left, 60)}` is to go everywhere, and would still stand there"
    return ""


def _left_function(task: Task, masked: str, before: str, after: str, language: Language) -> str:
    codes = scan(task.finding.fix)[1]
    rows = [
        row
        for run in line_runs(before, after)
        for row in range(run.old_start + 1, max(run.old_end, run.old_start + 1) + 1)
    ]
    root = parse(language, before)
    for match in _TOO.finditer(masked):
        several = _functions(root, name := _bare(match["name"], codes), language)
        told = any(task.finding.evidence.strip() in one.text() for one in several)
        if several and not told and all(_holds(one, row) for one in several for row in rows):
            return "the place that is quoted"
        if several and not any(_holds(one, row) for one in several for row in rows):
            return name
    for names in _named(masked, codes):
        homes = {name: _functions(root, name, language) for name in names}
        if not all(homes.values()):
            continue
        for name, several in homes.items():
            if not any(_holds(one, row) for one in several for row in rows):
                return name
    return ""


def _holds(declared: SgNode, row: int) -> bool:
    return line(whole(declared)) <= row <= last_line(whole(declared))


def _named(masked: str, codes: tuple[Fragment, ...]) -> Iterator[list[str]]:
    """Yield the names of each list of places, and of each place that is told to do as another."""
    for form in _LISTS:
        for match in form.finditer(masked):
            words = re.findall(_NAME, match["names"])
            yield [_bare(one, codes) for one in words if one.lower() not in _WORDS]
    for match in _ALONE.finditer(masked):
        yield [_bare(match["name"], codes)]


_WORDS = {"in", "from", "inside", "within", "of", "to", "by", "also", "the", "and", "both"}


def _bare(name: str, codes: tuple[Fragment, ...]) -> str:
    mark = re.fullmatch(r"⟦(\d+)⟧", name)
    text = codes[int(mark[1])].text if mark is not None else name
    return text.removesuffix("()").rpartition(".")[2]


def _functions(root: SgNode, name: str, language: Language) -> list[SgNode]:
    """Return the functions that a file declares by a name, whatever holds them."""
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
        return []
    held = language.functions | language.assignments
    found = []
    for one in declarations(root, name, language):
        value = one.field("value")
        if one.kind() in language.functions or (
            one.kind() in held and value is not None and value.kind() in language.functions
        ):
            found.append(one)
    return found


def _left_code(masked: str, codes: tuple[Fragment, ...], before: str, after: str) -> str:
    for match in _EVERY.finditer(masked):
        mark = match["code"] or match["before"] or match["behind"]
        code = codes[int(mark[1:-1])]
        if code.shape not in {Shape.TEXT, Shape.NUMBER} or len(code.text) < _SHORTEST:
            continue
        was, is_now = _count(before, code.text), _count(after, code.text)
        if was > is_now > (1 if _named_by(after, code.text) else 0):
            return code.text
    made = _MADE.search(after) if re.search(r"\beverywhere\b|\bwherever\b", masked) else None
    if made is not None and made[0] not in before and _count(after, made["value"]) > 1:
        return made["value"]
    return ""


_MADE = re.compile(r"^(?:export\s+)?(?:const\s+)?[A-Z][A-Z\d_]+\s*=\s*(?P<value>[^\s;]+);?$", re.M)
_SHORTEST = 2
"""Letters of code that is looked for: a lone digit stands for other things as well."""


def _count(text: str, code: str) -> int:
    plain = text.replace('"', "'")
    spelled = re.escape(code.replace('"', "'"))
    edge = r"(?<![\w.])" if code[:1].isdigit() else ""
    return len(re.findall(rf"{edge}{spelled}(?![\w.]*\d)", plain))


def _named_by(text: str, code: str) -> bool:
    """Tell whether a constant of the file holds the code."""
    spelled = re.escape(code.replace('"', "'"))
    return re.search(rf"\b[A-Z][A-Z\d_]*\b[^\n=]*=\s*{spelled}", text.replace('"', "'")) is not None
