"""Edits of Python, Go and Java that stand where the words do not point, or cannot compile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.line_runs import line_runs, new_lines, split_lines
from mendbook.fixes.instruction.checks.java_kinds import unfit_kind
from mendbook.fixes.instruction.checks.kind_told import other_kind_of_code
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import declarations, last_line, line, of_kinds, text_of
from mendbook.fixes.task import Task
from mendbook.text.plain import one_line

_NAMED = re.compile(
    r"(?P<lead>\b\w+\s+)?\b(?:in|from|inside|within)\s+(?:the\s+)?`?(?P<name>[A-Za-z_]\w*)`?(?:\(\))?"
    r"(?=\s*(?:$|[.,;:]|and\b|with\b|to\b|so\b|instead\b|as\b))"
)
_GIVEN = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<lead>(?:[Gg]ive|[Ll]et|[Hh]ave|[Mm]ake)\s+)(?:the\s+)?"
    r"`?(?P<name>[A-Za-z_]\w*)`?(?:\(\))?\s+(?=[a-z])"
)
"""A function that is told to get or to do something: *give cool a parameter*."""
_LIKENESS = {"as", "like", "than", "does", "is", "same"}
_DOUBLED = re.compile(r"(?<![\w.])(?P<f>[\w.]*\w)\((?P=f)\(")
_NO_COMPILE = (
    (re.compile(r"\bfinal\s+[A-Z]\w*\("), "a constructor cannot be final"),
    (re.compile(r"[<>]=?\s*[\w.]+\.isEmpty\(\)|\.isEmpty\(\)\s*[<>]"),
     "a yes or no would be compared with a number"),
)  # fmt: skip


_AGREED = re.compile(
    r"\b(?:if|once|when|as soon as|provided)\s+(?:the\s+|our\s+|all\s+)?"
    r"(?:customers?|team|users?|you|we|they|everyone|nobody|product|stakeholders?|owners?|clients)\s+(?:agree|want|need|confirm|accept"
    r"|approve|decide|can|are|do|have)",
    re.IGNORECASE,
)
"""What is only to be done where people agree."""


def astray(fix: str, before: str, after: str, edits: Sequence[Edit], language: Language) -> str:
    """Return what is wrong with the place or the shape of an edit; nothing where nothing is."""
    if _AGREED.search(fix):
        return "somebody is to agree first"
    return (
        other_function(fix, before, after, language)
        or _doubled(before, after)
        or _stammered(before, after)
        or other_kind_of_code(fix, before, edits, language)
        or _unlike(fix, before, edits)
        or (_other_kind(fix, before, after) if language.name == "java" else "")
        or (_still_used(before, after) if language.name == "java" else "")
        or (unfit_kind(before, after, language) if language.name == "java" else "")
        or (_uncompiled(before, after) if language.name in {"go", "java"} else "")
        or (_field_gone(before, after, language) if language.name == "go" else "")
        or (_other_results(before, edits) if language.name == "go" else "")
        or (_dropped_result(before, after) if language.name == "go" else "")
        or (_in_its_loop(before, after, language) if language.name in {"go", "java"} else "")
    )


def elsewhere(task: Task, path: str, after: str | None) -> str:
    """Return what is wrong with the function that an edited file changes in; nothing where none is.

    A file that goes, or whose language is not read, stands in no function.
    """
    language = language_of(path)
    if language is None or after is None:
        return ""
    return other_function(task.finding.fix, task.snapshot.get(path) or "", after, language)


def other_function(fix: str, before: str, after: str, language: Language) -> str:
    """Return the function that the text names, where other functions change and it does not."""
    bare = re.sub(r"\([^()]*\)", " ", fix)
    names = {
        match["name"]
        for form in (_NAMED, _GIVEN)
        for match in form.finditer(bare)
        if (match["lead"] or "").strip().lower() not in _LIKENESS
    }
    root = parse(language, before)
    homes = [
        one
        for name in names
        for one in declarations(root, name, language)
        if one.kind() in language.functions
    ]
    if not homes or len({text_of(one.field("name")) for one in homes}) < len(
        names & _all(root, language)
    ):
        return ""
    rows = [
        row
        for run in line_runs(before, after)
        for row in range(run.old_start + 1, max(run.old_end, run.old_start + 1) + 1)
    ]
    functions = of_kinds(root, language.functions, language)
    inner = [row for row in rows if any(line(one) <= row <= last_line(one) for one in functions)]
    told = [row for row in inner if any(line(one) <= row <= last_line(one) for one in homes)]
    if not inner or told:
        return ""
    return f"the text names {text_of(homes[0].field('name'))}, and another function would change"


_INSTEAD = re.compile(
    r"\b(?:instead|rather|replac\w*|in place of|swap\w*|chang\w*|switch\w*)\b|→|->", re.IGNORECASE
)


_CALL = re.compile(r"[\w.]+\(.*\);?", re.DOTALL)
_LEAVES = re.compile(r"log\.Fatal|panic|os\.Exit|sys\.exit|System\.exit")


def _is_whole(text: str, edit: Edit) -> bool:
    """Tell whether an edit replaces all of a line, its margin and its semicolon aside."""
    begin, stop = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    row = text[begin : stop if stop >= 0 else len(text)]
    return row.strip().rstrip(";") == text[edit.start : edit.end].strip().rstrip(";")


def _words(code: str) -> set[str]:
    return set(re.findall(r"\w{3,}", code))


def _unlike(fix: str, before: str, edits: Sequence[Edit]) -> str:
    """Return what would stand in the place of a statement, or of a call, that it has nothing of."""
    if _INSTEAD.search(fix):
        return ""
    for edit in edits:
        old, new = before[edit.start : edit.end].strip(), edit.text.strip().rstrip(";")
        if re.fullmatch(r"-?\d[\w.]*", new) and re.search(r"[(\[]", old):
            return f"`{new}` would stand in the place of `{one_line(old, 40)}`"
        if not _is_whole(before, edit) or not all(_CALL.fullmatch(each) for each in (old, new)):
            continue
        plain = not re.search(r"(?i)\b(?:log|print)", f"{old} {fix}")
        if (plain or _LEAVES.match(old)) and not _words(old) & _words(new):
            return f"`{one_line(old, 40)}` would go, and nothing says so"
    return ""


def _all(root: SgNode, language: Language) -> set[str]:
    return {text_of(one.field("name")) for one in of_kinds(root, language.functions, language)}


def _doubled(before: str, after: str) -> str:
    """Return a call that would be handed itself: ``f(f(x))``."""
    for match in _DOUBLED.finditer(after):
        if match[0] not in before:
            return f"{match['f']} would be handed what it returns"
    return ""


_STAMMER = re.compile(r"(?<![\w.])(?P<owner>[a-z]\w*)\.(?P=owner)\.\w")


def _stammered(before: str, after: str) -> str:
    """Return an owner that would be asked for itself: ``a.a.b``."""
    for match in _STAMMER.finditer(after):
        if match[0] not in before and f"{match['owner']}.{match['owner']}" not in before:
            return f"`{match[0][:-2]}` would ask {match['owner']} for itself"
    return ""


_WORDS_BEFORE = r"(?:(?:private|protected|public|static|final)\s+)"
_FIELD = re.compile(rf"\s*{_WORDS_BEFORE}+[\w<>\[\], .]+\s+(\w+)\s*(?:=.*)?;")
_HEAD = re.compile(rf"\s*{_WORDS_BEFORE}*[\w<>\[\]]+\s+(\w+)\((.*)\)\s*(?:throws .*)?\{{")
_CALLED_BY_NAME = re.compile(
    r"@(?:Override|Bean|Scheduled|\w*Listener|\w*Handler|\w*Mapping|Pre\w+|Post\w+)\b"
)


def _still_used(before: str, after: str) -> str:
    """Return a field that goes though the class reads it, or a parameter that a caller hands over.

    A method that a framework calls has the parameters that the framework gives it.
    """
    old = split_lines(before)
    for run in line_runs(before, after):
        for row in run.gone:
            field = _FIELD.match(row)
            kept = field is not None and any(_FIELD.match(one) for one in run.written)
            if (
                field
                and not kept
                and re.search(rf"(?<![\w.\"]){field[1]}\b|\bthis\.{field[1]}\b", after)
            ):
                return f"{field[1]} is still read there"
        heads = [
            (_HEAD.match(one), _HEAD.match(other))
            for one, other in zip(run.gone, run.written, strict=False)
        ]
        above = "".join(old[max(0, run.old_start - 4) : run.old_start]).rpartition("}")[2]
        for first, second in heads:
            if (
                first
                and second
                and first[1] == second[1]
                and len(first[2]) > len(second[2])
                and (_CALLED_BY_NAME.search(above))
            ):
                return f"a framework calls {first[1]}, with the arguments that it has"
    return ""


_MARK = re.compile(r"\b(?:static|final|private|public)\s+")
_METHOD = re.compile(rf"\s*(?:{_MARK.pattern})+[\w<>\[\]]+\s+\w+\(.*\{{")


def _other_kind(fix: str, before: str, after: str) -> str:
    """Return a method that would be marked where the text speaks of a field."""
    if not re.search(r"\bfields?\b", fix) or re.search(r"\b(?:methods?|functions?)\b", fix):
        return ""
    plain = {_MARK.sub("", row) for row in before.split("\n")}
    for row in new_lines(before, after):
        if _METHOD.match(row) and _MARK.sub("", row) in plain:
            return "a method would be marked, and the text speaks of a field"
    return ""


def _uncompiled(before: str, after: str) -> str:
    for row in new_lines(before, after):
        for form, why in _NO_COMPILE:
            if form.search(row):
                return why
    return ""


def _field_gone(before: str, after: str, language: Language) -> str:
    """Return the field of a struct of Go that is declared no more, and is read still."""
    old, new = (
        {
            each.text()
            for one in of_kinds(parse(language, text), ("field_declaration",))
            for each in one.children()
            if each.kind() == "field_identifier"
        }
        for text in (before, after)
    )
    reads = {
        text_of(one.field("field"))
        for one in of_kinds(parse(language, after), ("selector_expression",))
    }
    gone = sorted((old - new) & reads)
    return f"{gone[0]} is still read there" if gone else ""


_KIN = (
    {"Print", "Println", "Fatal", "Error", "Log", "Skip"},
    {"Printf", "Fatalf", "Panicf", "Errorf", "Logf", "Skipf"},
)
"""Functions that take the same arguments and return nothing."""


def _other_results(before: str, edits: Sequence[Edit]) -> str:
    """Return a function of Go that takes the place of another with its arguments and results.

    One of the same name in another package fits; of any other that cannot be told.
    """
    for edit in edits:
        old, new = before[edit.start : edit.end], edit.text
        name = r"\w+\.([A-Z]\w*)"
        first, second = re.fullmatch(name, old), re.fullmatch(name, new)
        if first is None or second is None or before[edit.end : edit.end + 1] != "(":
            continue
        prints = any({first[1], second[1]} <= kin for kin in _KIN)
        if first[1] != second[1] and not prints:
            return f"whether {new} takes and returns what {old} does is not said"
    return ""


_DISCARDS = re.compile(r"\b_\s*,\s*\w+\s*:?=\s*(?P<call>[\w.]*\w)\(")


def _dropped_result(before: str, after: str) -> str:
    """Return a call of Go whose result is dropped as that of the call in its place was.

    What filled a buffer that it was given may be called for its error alone; what takes its place
    may give the data instead.
    """
    for run in line_runs(before, after):
        old = {match["call"] for row in run.gone for match in _DISCARDS.finditer(row)}
        new = {match["call"] for row in run.written for match in _DISCARDS.finditer(row)}
        if old and (other := next(iter(sorted(new - old)), "")):
            return f"what {other} gives would be dropped"
    return ""


_OVER = re.compile(r"\brange\s+([\w.]+)\s*\{|for\s*\([^;:()]+:\s*([\w.()]+)\)")


def _in_its_loop(before: str, after: str, language: Language) -> str:
    """Return what a loop goes over, where a turn of it would newly do something with all of it."""
    old = set(split_lines(before))
    new = split_lines(after)
    root = parse(language, after)
    kinds = {"for_statement", "enhanced_for_statement"}
    for one in of_kinds(root, kinds):
        head = _OVER.search(one.text().split("\n")[0])
        over = (head[1] or head[2]) if head is not None else ""
        if not over:
            continue
        for row in new[line(one) : last_line(one) - 1]:
            if row not in old and re.search(
                rf"\([^()]*(?<![\w.]){re.escape(over)}(?![\w(.\[])", row
            ):
                return f"a loop goes over `{over}` there; the whole of it is to go"
    return ""
