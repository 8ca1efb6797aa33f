"""Cases of a switch: the one by default, and one for another value."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import function_names, only_words, pointed
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import body_of, end, of_kinds, squeezed, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.cases import case_rows, runs_on
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_DEFAULT = {
    "add", "a", "an", "default", "case", "branch", "clause", "to", "switch", "in", "of", "that",
    "which",
    "throws", "throwing", "throw", "returns", "returning", "return", "needs", "should", "must",
    "have",
    "get", "give", "end", "finish", "with", "it", "statement", "include", "introduce", "as", "and",
    "last", "put", "extend", "by", "for", "unknown", "other", "values", "kinds", "close", "has",
}  # fmt: skip


def default_case(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a default case to the switch: throw …*: last in the one that the finding points at."""
    scene = work.scene
    if not re.search(r"\bdefault\b", ask.text, re.I) or not re.search(
        r"\b(?:switch|case|branch|clause|default:)", ask.text, re.I
    ):
        return None
    codes = [one for one in ask.told if one.text.removesuffix("()") not in function_names(scene)]
    if len(codes) != 1 or not only_words(ask, _DEFAULT, function_names(scene)):
        return None
    code = codes[0].text.strip().rstrip(";")
    code = re.sub(r"^default\s*:\s*", "", code)
    if not re.match(r"throw\b|return\b", code):
        verb = re.search(r"\b(throw|return)(?:s|ing)?\b", ask.text, re.IGNORECASE)
        code = f"{verb[1].lower()} {code}" if verb is not None else ""
    if not code or is_broken(scene.language, f"async function* f() {{ {code} }}"):
        return None
    body = _switch(scene)
    if body is None or of_kinds(body, ("switch_default",)):
        return None
    cases = [one for one in body.named_children() if one.kind() == "switch_case"]
    if not cases:
        return None
    if runs_on(cases[-1]):
        raise Abstain("the last case runs on into what comes behind it")
    code = quoted_as_here(scene, code)
    rows = case_rows(scene, cases[-1], "default", code)
    edit = insert(line_end(scene.text, end(cases[-1])), rows)
    return step_edits(scene, Operation.ADD, f"by default `{code[:60]}`", [edit], ["default:", code])


_CASE = {
    "add", "a", "an", "case", "branch", "to", "switch", "in", "of", "for", "that", "which", "and",
    "returns", "returning", "return", "throws", "throwing", "throw", "needs", "should", "must",
    "has", "have", "its", "own", "it", "with", "by", "get", "give", "handle", "cover", "include",
    "put", "there", "lacks", "is", "missing", "one", "more", "another", "before", "default",
    "statement", "extend", "value", "as", "answer", "answers", "answering",
}  # fmt: skip
_WHOLE = re.compile(r"case\s+(?P<value>[^:]+):\s*(?P<code>\S.*)", re.DOTALL)


def another_case(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a case 'gone' that returns 0 to the switch*: before the default, else as the last."""
    scene = work.scene
    told = _case_told(ask)
    body = _switch(scene) if told is not None else None
    if told is None or body is None or not only_words(ask, _CASE, function_names(scene)):
        return None
    value, code = (quoted_as_here(scene, one) for one in told)
    if is_broken(
        scene.language, f"async function* f() {{ switch (a) {{ case {value}: {code} }} }}"
    ):
        return None
    cases = [one for one in body.named_children() if one.kind() == "switch_case"]
    if not cases:
        return None
    if any(squeezed(text_of(one.field("value"))) == squeezed(value) for one in cases):
        raise Abstain(f"the switch has a case for {value} already", final=True)
    default = next(iter(of_kinds(body, ("switch_default",))), None)
    if runs_on(cases[-1]):
        raise Abstain("the last case runs on into what comes behind it", final=True)
    flat = "\n" not in cases[-1].text()
    rows = case_rows(scene, cases[-1], f"case {value}", code, flat=flat)
    at = line_end(scene.text, end(cases[-1]))
    if default is not None and start(default) > start(cases[-1]):
        at = line_start(scene.text, start(default))
    said = f"in the case {value} `{code[:60]}`"
    return step_edits(scene, Operation.ADD, said, [insert(at, rows)], [f"case {value}:", code])


def _case_told(ask: Ask) -> tuple[str, str] | None:
    """Return the value of another case, and the statement that it is left by."""
    if not re.search(r"\b(?:switch|case|branch)\b|^\w+ ⟦\d+⟧ for ⟦\d+⟧$", ask.text, re.IGNORECASE):
        return None
    codes = [one.text.strip().rstrip(";") for one in ask.told]
    if len(codes) == 1 and (whole := _WHOLE.fullmatch(codes[0])) is not None:
        return whole["value"], whole["code"]
    if len(codes) != 2:
        return None
    verb = re.search(r"\b(return|throw|answer)(?:s|ing)?\s+⟦(\d+)⟧", ask.text, re.IGNORECASE)
    codes = [re.sub(r"^case\s+|:$", "", one) for one in codes]
    if verb is not None:
        word = "throw" if verb[1].lower() == "throw" else "return"
        result = ask.codes[int(verb[2])].text.strip().rstrip(";")
        value = next((one for one in codes if one != result), "")
        return (value, f"{word} {result}") if _LABEL.fullmatch(value) else None
    value, result = codes
    leaves = re.match(r"(?:return|throw)\s", result)
    return (value, result) if leaves and _LABEL.fullmatch(value) else None


_LABEL = re.compile(r"'[^']*'|\"[^\"]*\"|-?\d+|[A-Z][\w$]*(?:\.[\w$]+)+|[A-Z][A-Z\d_]*")
"""What a case is for: a literal, a member of an enumeration, a constant."""


def _switch(scene: Scene) -> SgNode | None:
    """Return the body of the one switch that the finding points at."""
    switches = pointed(scene, of_kinds(scene.root, ("switch_statement",)))
    return body_of(switches[0]) if len(switches) == 1 else None


SWITCHES = (default_case, another_case)
