"""What is asked of Java in a few usual words: final fields, a charset, an interrupt, a view."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    end,
    of_kinds,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, line_before, replaced
from mendbook.model import Operation

_NAMES = rf"{ITEM}(?:(?:,\s+(?:and\s+)?|\s+and\s+){ITEM})*"
_FINAL = re.compile(
    rf"(?:make|mark|declare)\s+(?:the\s+)?(?:private\s+)?(?:fields?\s+)?(?P<a>{_NAMES})"
    rf"(?:\s+fields?)?\s+(?:both\s+)?(?:as\s+)?(?:⟦\d+⟧|final)"
    rf"|(?:the\s+)?(?:fields?\s+)?(?P<b>{_NAMES})(?:\s+fields?)?\s+(?:should|must|can|could"
    rf"|may)\s+(?:both\s+)?be\s+(?:made\s+|declared\s+|marked\s+)?(?:private\s+)?(?:⟦\d+⟧|final)",
    re.IGNORECASE,
)
_SET = r"(?<![\w.])(?:this\.)?{0}\s*(?:[-+*/|&]?=(?!=)|\+\+|--)|(?:\+\+|--)(?:this\.)?{0}\b"


def fields_final(work: Work, ask: Ask) -> StepEdits | None:
    """*Make rows and prices final*, *rows should be final*: where nothing sets them again."""
    told = _FINAL.fullmatch(ask.text)
    if told is None or not re.search(r"\bfinal\b", ask.written):
        return None
    scene = work.scene
    names = [
        ask.called(one) for one in re.split(r",\s+(?:and\s+)?|\s+and\s+", told["a"] or told["b"])
    ]
    edits = []
    for name in names:
        fields = [
            one for one in of_kinds(scene.root, ("field_declaration",)) if _field(one) == name
        ]
        near = [one for one in fields if touches_quote(scene, one)]
        chosen = near if len(near) == 1 else fields
        if len(chosen) != 1:
            return None
        edits.append(_final(scene, chosen[0], name))
    said = f"make {' and '.join(names)} final"
    return step_edits(scene, Operation.ADD, said, edits, ["final"])


def _field(one: SgNode) -> str:
    declared = one.field("declarator")
    return text_of(declared.field("name")) if declared is not None else ""


def _final(scene: Scene, one: SgNode, name: str) -> Edit:
    typed = one.field("type")
    if typed is None:
        raise Abstain(f"{name} is declared with others")
    if re.search(r"\bfinal\b", one.text()[: start(typed) - start(one)]):
        raise Abstain(f"{name} is final already")
    refuse_set_again(scene, one, name)
    return insert(start(typed), "final ")


def refuse_set_again(scene: Scene, one: SgNode, name: str) -> None:
    """Raise ``Abstain`` where a field is not set once, by its declaration or each constructor."""
    typed, owner = one.field("type"), one.parent()
    if (
        typed is None
        or owner is None
        or (one.text().count(",") and not re.search(r"[<({]", one.text()))
    ):
        raise Abstain(f"{name} is declared with others")
    head = one.text()[: start(typed) - start(one)]
    if re.search(r"\bvolatile\b", head):
        raise Abstain(f"{name} is volatile")
    builders = of_kinds(owner, ("constructor_declaration",))
    spans = [(start(each), end(each)) for each in builders]
    form = re.compile(_SET.format(re.escape(name)))
    text = owner.text()
    base = start(owner)
    written = [
        base + hit.start()
        for hit in form.finditer(text)
        if not start(one) <= base + hit.start() < end(one)
    ]
    given = "=" in one.text()
    outside = [at for at in written if not any(a <= at < b for a, b in spans)]
    shadowed = [at for at in outside if not _is_own(scene, at)]
    if shadowed or (given and written):
        raise Abstain(f"{name} is written again; it cannot be final")
    sets = [sum(a <= at < b for at in written) for a, b in spans]
    if not given and (not sets or any(count != 1 for count in sets)):
        raise Abstain(f"{name} is not set once by every constructor")
    if re.search(rf"\.\s*{re.escape(name)}\s*=(?!=)", scene.text.replace(f"this.{name}", "")):
        raise Abstain(f"{name} is written through an object; it cannot be final")


def _is_own(scene: Scene, at: int) -> bool:
    """Tell whether what is set is a local or a parameter of that name, and not the field."""
    line = scene.text[line_start(scene.text, at) : at]
    return re.search(r"(?:\w[\w<>\[\], ]*\s)$", line) is not None and "this." not in line


_CHARSET = re.compile(
    r"(?:encode|decode|read|write|convert|specify|name|pass|use|give|state|set)\s+(?:it\s+"
    r"|them\s+|the\s+(?:bytes|text|string|file)\s+)?(?:as\s+|in\s+|with\s+)?"
    r"(?:an?\s+|the\s+)?(?:explicit\s+)?(?:charset|encoding)?\s*(?:,?\s*(?:of|:)?\s*)?"
    r"(?P<as>UTF-?8|StandardCharsets\.UTF_8|⟦\d+⟧)?(?:\s+(?:charset|encoding))?(?:\s+explicitly)?"
    rf"(?:\s+(?:to|in|for|of|with)\s+(?:the\s+)?(?P<call>{ITEM}|new\s+String)(?:\s+call)?)?",
    re.IGNORECASE,
)
_TAKES = {
    "getBytes",
    "readString",
    "readAllLines",
    "lines",
    "newBufferedReader",
    "newBufferedWriter",
}
_BUILDS = {
    "String",
    "InputStreamReader",
    "OutputStreamWriter",
    "FileReader",
    "FileWriter",
    "Scanner",
}


def with_charset(work: Work, ask: Ask) -> StepEdits | None:
    """*Pass StandardCharsets.UTF_8 to getBytes*, *encode as UTF-8*: the one such call quoted."""
    written = ask.unticked
    told = _CHARSET.fullmatch(ask.text)
    if told is None or not re.search(r"UTF-?_?8|StandardCharsets", written):
        return None
    scene = work.scene
    name = ask.called(told["call"] or "").rpartition(".")[2]
    calls = [
        one
        for one in of_kinds(scene.root, ("method_invocation",))
        if touches_quote(scene, one)
        and call_name(one) in _TAKES
        and (not name or call_name(one) == name)
    ]
    calls += [
        one
        for one in of_kinds(scene.root, ("object_creation_expression",))
        if touches_quote(scene, one)
        and text_of(one.field("type")) in _BUILDS
        and (not name or name in {text_of(one.field("type")), "String"})
    ]
    open_ones = [one for one in calls if "UTF_8" not in one.text() and "harset" not in one.text()]
    if len(open_ones) != 1:
        return None
    return _given(scene, open_ones[0], "StandardCharsets.UTF_8")


def _given(scene: Scene, call: SgNode, value: str) -> StepEdits:
    listed = call.field("arguments")
    if listed is None:
        raise Abstain("the call has no arguments to add to")
    lead = ", " if arguments(call) else ""
    edits = [insert(end(listed) - 1, f"{lead}{value}")]
    return step_edits(scene, Operation.ADD, f"pass `{value}`", edits, [value])


_LOCALE = re.compile(
    rf"(?:pass|use|give|specify|set|add)\s+(?:an?\s+|the\s+)?(?:explicit\s+)?(?:locale:?\s+)?"
    rf"(?P<value>Locale\.[A-Z]+|⟦\d+⟧)(?:\s+(?:to|in|for|with)\s+(?:the\s+)?(?P<call>{ITEM})"
    rf"(?:\s+call)?)?",
    re.IGNORECASE,
)


def with_locale(work: Work, ask: Ask) -> StepEdits | None:
    """*Use Locale.ROOT*: in the one quoted call that changes the case of a text."""
    told = _LOCALE.fullmatch(ask.text)
    value = ask.code(told["value"]) if told is not None else ""
    if told is None or re.fullmatch(r"Locale\.[A-Z]+", value) is None:
        return None
    scene = work.scene
    name = ask.called(told["call"] or "").rpartition(".")[2]
    calls = [
        one
        for one in of_kinds(scene.root, ("method_invocation",))
        if touches_quote(scene, one)
        and call_name(one) in {"toLowerCase", "toUpperCase"}
        and not arguments(one)
        and (not name or call_name(one) == name)
    ]
    return _given(scene, calls[0], value) if len(calls) == 1 else None


_INTERRUPT = re.compile(
    r"(?:(?:restore|re-?set|set|keep|preserve)\s+the\s+(?:interrupt(?:ed|ion)?\s+)?(?:flag"
    r"|status|state|interrupt)(?:\s*(?:[:,]|with|by|via|through)\s+(?:calling\s+)?⟦\d+⟧)?"
    r"|(?:re-?interrupt|interrupt)\s+the\s+(?:current\s+)?thread(?:\s+again)?(?:\s*(?:[:,]|with"
    r"|by)\s+(?:calling\s+)?⟦\d+⟧)?"
    r"|(?:call|add)\s+⟦\d+⟧(?:\s+again)?)"
    r"(?:\s+(?:in|inside|to)\s+the\s+(?:catch|handler)(?:\s+(?:block|clause))?)?",
    re.IGNORECASE,
)
_CALL = "Thread.currentThread().interrupt();"


def interrupted(work: Work, ask: Ask) -> StepEdits | None:
    """*Restore the interrupt flag*: what the quoted catch of InterruptedException begins with."""
    alone = re.fullmatch(r"⟦\d+⟧", ask.text) and re.search(
        r"(?i)\b(?:restore|re-?set|set|keep|preserve)\b.*\b(?:flag|status|interrupt)|\binterrupt",
        ask.about,
    )
    if _INTERRUPT.fullmatch(ask.text) is None and not alone:
        return None
    codes = [one.text.rstrip(";") for one in ask.codes if f"⟦{ask.codes.index(one)}⟧" in ask.text]
    if any(one != _CALL.rstrip(";") for one in codes):
        return None
    scene = work.scene
    catches = [
        one
        for one in of_kinds(scene.root, ("catch_clause",))
        if touches_quote(scene, one)
        and re.match(r"catch\s*\(\s*(?:final\s+)?InterruptedException\s+\w+", one.text())
    ]
    if len(catches) != 1:
        return None
    body = catches[0].field("body")
    if body is None:
        return None
    if ".interrupt()" in body.text():
        raise Abstain("the thread is interrupted there already")
    edits = [block_start(scene, body, _CALL)]
    return step_edits(scene, Operation.CALL, "restore the interrupt flag", edits, [_CALL])


_VIEW = re.compile(
    r"return\s+(?:an?\s+|the\s+)?(?P<how>unmodifiable|read-?only|immutable)\s+(?P<what>view"
    r"|copy|list|set|map|collection)"
    r"(?:\s+of\s+(?:the\s+|it\b)?(?:⟦\d+⟧|\w+)?)?(?:\s+(?:from|in)\s+(?:⟦\d+⟧|\w+(?:\(\))?))?"
    r"(?:\s+instead(?:\s+of\s+the\s+[\w ]+)?)?",
    re.IGNORECASE,
)


def view_returned(work: Work, ask: Ask) -> StepEdits | None:
    """*Return an unmodifiable view*: of the one collection that the quoted return hands out."""
    told = _VIEW.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    returns = [
        one for one in of_kinds(scene.root, ("return_statement",)) if touches_quote(scene, one)
    ]
    homes = around(scene)
    bare = [one for one in returns if re.fullmatch(r"return\s+(?:this\.)?\w+;", one.text())]
    value = bare[0].named_children() if len(bare) == 1 else []
    if len(value) != 1 or len(homes) != 1:
        return None
    typed = re.match(r"(List|Set|Map|Collection)<", text_of(homes[0].field("type")))
    if typed is None:
        return None
    copied = told["what"].lower() == "copy" or told["how"].lower() == "immutable"
    name = value[0].text()
    if copied and typed[1] == "Collection":
        return None
    code = f"{typed[1]}.copyOf({name})" if copied else f"Collections.unmodifiable{typed[1]}({name})"
    said = f"return `{code}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(value[0], code)], [code])


_OVERRIDE = re.compile(
    rf"(?:add|put|use|set)\s+(?:an?\s+|the\s+)?(?P<mark>⟦\d+⟧|@\w+)(?:\s+annotation)?(?:\s+"
    rf"(?:to|on|above|at)\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+method)?)?",
    re.IGNORECASE,
)


def overridden(work: Work, ask: Ask) -> StepEdits | None:
    """*Add @Override*: above the method that is named, or quoted."""
    told = _OVERRIDE.fullmatch(ask.text)
    mark = ask.code(told["mark"]) if told is not None else ""
    if told is None or mark not in {"@Override", "@Deprecated", "@FunctionalInterface"}:
        return None
    scene = work.scene
    name = ask.called(told["name"] or "").rpartition(".")[2]
    kinds = (
        ("method_declaration",) if mark != "@FunctionalInterface" else ("interface_declaration",)
    )
    declarations = [
        one
        for one in of_kinds(scene.root, kinds)
        if (text_of(one.field("name")) == name if name and name not in {"it", "method"} else
            _head_quoted(scene, one))
    ]  # fmt: skip
    if len(declarations) != 1:
        return None
    if mark in declarations[0].text().partition("(")[0]:
        raise Abstain(f"{mark} stands there already")
    edits = [line_before(scene, declarations[0], mark)]
    return step_edits(scene, Operation.ADD, f"add {mark}", edits, [mark])


def _head_quoted(scene: Scene, one: SgNode) -> bool:
    body = body_of(one)
    head = scene.text[start(one) : start(body) if body is not None else end(one)].strip()
    return any(head.startswith(part) or part.startswith(head) for part in _quoted_rows(scene))


def _quoted_rows(scene: Scene) -> list[str]:
    rows = scene.task.finding.evidence.splitlines()
    return [row.strip().rstrip("{").strip() for row in rows if len(row.strip()) > 8]


_TRACE = re.compile(
    r"(?:remove|drop|delete|take\s+out)\s+(?:the\s+)?(?:⟦\d+⟧|printStackTrace(?:\(\))?)(?:\s+"
    r"(?:call|line))?",
    re.IGNORECASE,
)


def trace_removed(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the printStackTrace*: where something else is left in the catch."""
    if _TRACE.fullmatch(ask.text) is None or "printStackTrace" not in ask.written:
        return None
    scene = work.scene
    statements = [
        one
        for one in of_kinds(scene.root, ("expression_statement",))
        if touches_quote(scene, one) and re.fullmatch(r"\w+\.printStackTrace\(\);", one.text())
    ]
    holder = statements[0].parent() if len(statements) == 1 else None
    if holder is None:
        return None
    if len(holder.named_children()) < 2:
        raise Abstain("nothing would be left in the catch")
    at = statements[0]
    gone = Edit(line_start(scene.text, start(at)), line_end(scene.text, end(at)), "")
    return step_edits(scene, Operation.REMOVE, "remove the stack trace", [gone], [], [at.text()])


JAVA_USUAL = (
    fields_final,
    with_charset,
    with_locale,
    interrupted,
    view_returned,
    overridden,
    trace_removed,
)
