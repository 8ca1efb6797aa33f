"""Promises: calls awaited together, a call that blocks by the one that is awaited."""

from __future__ import annotations

import itertools
import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    ITEM,
    innermost_function,
    quoted_calls,
    step_edits,
)
from mendbook.fixes.instruction.tree.syntax import (
    awaits_callee,
    callee,
    end,
    is_async,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced, semicolon
from mendbook.model import Operation

_TOGETHER = re.compile(
    r"(?:fetch|run|load|await|execute|do|start|perform|query|make|request|get|issue|use|combine"
    r"|gather|replace)\b(?=[^;]*\b(?:in\s+parallel|concurrently|at\s+once|together|"
    r"simultaneously)\b)"
    r"(?=[^;]*(?:\bPromise\.all\b|⟦\d+⟧))[^;]*",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"const\s+\[(?P<names>[\w$,\s]+)\]\s*=\s*await\s+Promise\.all\(\[(?P<calls>.*)\]\);?", re.DOTALL
)


def awaited_together(work: Work, ask: Ask) -> StepEdits | None:
    """*Fetch both in parallel using `Promise.all`*: the awaited declarations that are quoted."""
    scene = work.scene
    codes = [one.text for one in ask.told]
    shown = next((one for one in map(_WRITTEN.fullmatch, codes) if one is not None), None)
    words = _TOGETHER.fullmatch(ask.text)
    if shown is None and (words is None or not re.search(r"Promise\.all(?!\w)", ask.written)):
        return None
    if re.search(r"\b(?:each|every|loop|iteration|map)\b", ask.text) or ".map(" in ask.written:
        return None
    run = _awaited(scene)
    if len(run) == 1 and shown is None:
        run = _run_of(run[0][0], ask)
    if len(run) < 2:
        return None
    names = [text_of(name) for _, name, _ in run]
    calls = [call for _, _, call in run]
    read = [_without_strings(call) for call in calls]
    for at, call in enumerate(calls):
        for name in names[:at]:
            bound = re.findall(r"[A-Za-z_$][\w$]*", name)
            spelled = [rf"(?<![\w$.]){re.escape(one)}(?![\w$])" for one in bound]
            if any(re.search(one, read[at]) for one in spelled):
                raise Abstain(f"`{squeezed(call)[:60]}` reads {name}, which is awaited before it")
    if shown is not None:
        told = [one.strip() for one in shown["names"].split(",")]
        if told != names or squeezed(shown["calls"]) != squeezed(", ".join(calls)):
            return None
    text = f"const [{', '.join(names)}] = await Promise.all([{', '.join(calls)}]){semicolon(scene)}"
    if len(text) > 100 - 4:
        lead = scene.text[scene.text.rfind("\n", 0, start(run[0][0])) + 1 : start(run[0][0])]
        rows = "".join(f"\n{lead}  {one}," for one in calls)
        text = f"const [{', '.join(names)}] = await Promise.all([{rows}\n{lead}]){semicolon(scene)}"
    edits = [Edit(start(run[0][0]), end(run[-1][0]), text)]
    said = f"await {', '.join(names)} together"
    return step_edits(scene, Operation.REPLACE, said, edits, ["Promise.all(["])


def _without_strings(code: str) -> str:
    """Return code without what its plain strings say; a template may read what it is given."""
    return re.sub(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"", "''", code)


_MANY = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


def _run_of(first: SgNode, ask: Ask) -> list[tuple[SgNode, SgNode, str]]:
    """Return the awaited declarations around the one quoted: as many as, or as named, is told."""
    statements: list[SgNode] = [first]
    while (above := statements[0].prev()) is not None and _one_awaited(above) is not None:
        statements.insert(0, above)
    while (below := statements[-1].next()) is not None and _one_awaited(below) is not None:
        statements.append(below)
    run = [held for one in statements if (held := _one_awaited(one)) is not None]
    into = re.search(
        r"\b(?:destructure|collect|assign|read)\b.*?\b(?:in)?to\s+(?P<names>.+)$", ask.written
    )
    told = (
        set(re.findall(r"[A-Za-z_$][\w$]*", into["names"])) - {"and", "const"}
        if into is not None
        else set()
    )
    counted = re.search(rf"\b({'|'.join(_MANY)})\b", ask.text, re.IGNORECASE)
    if told and told != {name.text() for _, name, _ in run}:
        return []
    if counted is not None and _MANY[counted[1].lower()] != len(run):
        return []
    return run if told or counted is not None else []


def _awaited(scene: Scene) -> list[tuple[SgNode, SgNode, str]]:
    """Return the quoted declarations, one behind the other, that each await a call: with it."""
    run: list[tuple[SgNode, SgNode, str]] = []
    for one in of_kinds(scene.root, DECLARED):
        if not any(first <= start(one) < last for first, last in scene.quotes):
            continue
        held = _one_awaited(one)
        if held is None:
            return []
        run.append(held)
    for (first, _, _), (second, _, _) in itertools.pairwise(run):
        behind = first.next()
        if behind is None or not same(behind, second):
            return []
    return run


def _one_awaited(declared: SgNode) -> tuple[SgNode, SgNode, str] | None:
    """Return a plain ``const`` that awaits a call, with its name and the call; else None."""
    if declared.kind() not in DECLARED:
        return None
    inner = [each for each in declared.named_children() if each.kind() == "variable_declarator"]
    value = value_of(inner[0]) if len(inner) == 1 else None
    name = inner[0].field("name") if inner else None
    typed = inner[0].field("type") if inner else None
    if value is None or name is None or typed is not None or "=" in name.text():
        return None
    call = awaited_call(value)
    if not call or not declared.text().startswith("const "):
        return None
    return declared, name, call


def awaited_call(value: SgNode) -> str:
    """Return what a value awaits as it is written; empty for one that awaits nothing."""
    if value.kind() == "await_expression" or awaits_callee(value):
        return re.sub(r"^await\s+", "", value.text())
    return ""


_ASYNC = re.compile(
    rf"(?:switch\s+to\s+the\s+promise(?:s|-based)?\s+api:\s+)?import\s+(?P<new1>{ITEM})\s+from\s+"
    rf"(?P<module1>⟦\d+⟧|'[^']*'|[\w:/]+)\s+and\s+await\s+it\s+(?:in\s+place\s+of|instead\s+of|"
    rf"rather\s+than)\s+(?P<old1>{ITEM})"
    rf"|(?:use|call|prefer|await)\s+(?:the\s+)?(?:async(?:hronous)?\s+|promise-based\s+|"
    rf"awaited\s+|non-blocking\s+)*(?P<new2>{ITEM})(?:\s+with\s+(?:an?\s+)?(?:await|⟦\d+⟧))?(?"
    rf":\s+from\s+(?P<module2>⟦\d+⟧|'[^']*'))?\s+{INSTEAD_OF}"
    rf"\s+(?:the\s+)?(?:blocking\s+|synchronous\s+|sync\s+)?(?P<old2>{ITEM})"
    rf"|(?:replace|swap)\s+(?:the\s+)?(?:blocking\s+|synchronous\s+|sync\s+)?(?P<old3>{ITEM})\s+"
    rf"(?:with|by|for)\s+(?:an?\s+)?(?:the\s+)?(?:async(?:hronous)?\s+|awaited\s+|"
    rf"promise-based\s+)*(?P<new3>{ITEM})(?:\s+from\s+(?P<module3>⟦\d+⟧|'[^']*'))?",
    re.IGNORECASE,
)


def awaited_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Await `readFile` of `node:fs/promises` instead of `readFileSync`*, in an async function."""
    scene = work.scene
    told = _ASYNC.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123" if groups[f"new{one}"])
    new = ask.code(groups[f"new{at}"]).removeprefix("await ").removesuffix("()")
    old = ask.called(groups[f"old{at}"])
    module = ask.code(groups[f"module{at}"] or "").strip("'\"")
    if not old.endswith("Sync") or new.rpartition(".")[2] != old.rpartition(".")[2].removesuffix(
        "Sync"
    ):
        return None
    calls = quoted_calls(scene, old.rpartition(".")[2])
    target = callee(calls[0]) if len(calls) == 1 else None
    home = innermost_function(scene, calls[0]) if len(calls) == 1 else None
    if target is None or home is None:
        return None
    if not is_async(home):
        raise Abstain(f"{name_of(home) or 'the function'} is not async, and its callers would wait")
    if not module and "." not in new:
        return None
    parent = calls[0].parent()
    member = parent is not None and parent.kind() == "member_expression"
    whole = scene.text[start(target) : end(calls[0])].replace(target.text(), new, 1)
    text = f"(await {whole})" if member else f"await {whole}"
    modules = {new: module} if module else {}
    said = f"await {new} in the place of {old}"
    return step_edits(
        scene,
        Operation.REPLACE,
        said,
        [replaced(calls[0], text)],
        [f"await {new}("],
        [old],
        modules,
    )


ASYNC_FORMS = (awaited_together, awaited_instead)
