"""Calls of Go: a lock that another method takes, a defer, a context handed on, an error checked."""

from __future__ import annotations

import re

from mendbook.code.edits import step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.told.go_errors import leaves_of
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    callee_text,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, line_after, replaced
from mendbook.model import Operation

_LOCK = re.compile(
    rf"(?:(?:take|hold|acquire)\s+(?:the\s+)?(?:lock|mutex|⟦\d+⟧)\s+in\s+(?P<a>{ITEM})"
    rf"|guard\s+(?P<b>{ITEM})\s+with\s+(?:the\s+)?(?:lock|mutex|⟦\d+⟧)"
    rf"|make\s+(?P<c>{ITEM})\s+(?:take|hold|lock)\s+the\s+(?:lock|mutex))"
    r"(?:\s+(?:as\s+well|too))?(?:\s*[(:,].*)?",
    re.IGNORECASE,
)


def locked_as_beside(work: Work, ask: Ask) -> StepEdits | None:
    """*Take the lock in Len as well*: as another method of the same type takes it."""
    told = _LOCK.fullmatch(ask.text)
    if told is None or re.search(r"(?i)\b(?:read|RLock|RWMutex|only|around)\b", ask.written):
        return None
    scene = work.scene
    name = ask.called(told["a"] or told["b"] or told["c"]).rpartition(".")[2]
    homes = scene.named(frozenset({"method_declaration"}), name)
    body = body_of(homes[0]) if len(homes) == 1 else None
    receiver = (
        re.search(r"\((\w+)\s+\*(\w+)\)", text_of(homes[0].field("receiver"))) if homes else None
    )
    if body is None or receiver is None:
        return None
    locks = {
        match[1]
        for one in of_kinds(scene.root, ("method_declaration",))
        for head in [re.search(r"\((\w+)\s+\*?(\w+)\)", text_of(one.field("receiver")))]
        if head is not None and head[2] == receiver[2]
        for match in re.finditer(rf"\b{head[1]}\.([\w.]+)\.Lock\(\)", one.text())
    }
    if len(locks) != 1:
        return None
    lock = f"{receiver[1]}.{locks.pop()}"
    if re.search(rf"{re.escape(lock)}\.R?Lock\(\)", body.text()):
        raise Abstain(f"{name} takes {lock} already")
    others = [
        one.text()
        for one in of_kinds(scene.root, ("method_declaration",))
        if start(one) != start(homes[0])
    ]
    if any(f".{name}(" in text and ".Lock()" in text for text in others):
        raise Abstain(f"a method that holds the lock calls {name}")
    code = f"{lock}.Lock()\ndefer {lock}.Unlock()"
    edit = block_start(scene, body, code)
    said = f"hold `{lock}` in {name}"
    return step_edits(
        scene, Operation.GUARD, said, [edit], [f"{lock}.Lock()", f"defer {lock}.Unlock()"]
    )


_DEFER = re.compile(
    r"(?:(?:stop|close|release|cancel)\s+(?:it|the\s+\w+)\s+(?:with|by|in)\s+(?:an?\s+)?"
    r"(?P<a>⟦\d+⟧)"
    r"|(?:add|put|insert|call)\s+(?P<b>⟦\d+⟧)(?:\s+(?:right\s+|directly\s+|just\s+)?(?:after"
    r"|behind|below)\s+"
    r"(?:(?!and\b|then\b)\S+\s*){1,4})?)",
    re.IGNORECASE,
)


def deferred_behind(work: Work, ask: Ask) -> StepEdits | None:
    """*Stop the ticker with `defer ticker.Stop()`*: behind the one line that makes it."""
    told = _DEFER.fullmatch(ask.text)
    code = ask.code(told["a"] or told["b"]) if told is not None else ""
    call = re.fullmatch(r"defer\s+(\w+)\.(\w+)\(\);?", code)
    homes = around(work.scene)
    if call is None or len(homes) != 1:
        return None
    scene = work.scene
    statements = [
        one
        for one in of_kinds(homes[0], ("short_var_declaration",))
        if text_of(one.field("left")) == call[1] and touches_quote(scene, one)
    ]
    if len(statements) != 1:
        return None
    if re.search(rf"\b{call[1]}\.{call[2]}\(\)", homes[0].text()):
        raise Abstain(f"{call[1]}.{call[2]}() is called there already")
    text = code.rstrip(";")
    return step_edits(
        scene, Operation.CALL, f"add `{text}`", [line_after(scene, statements[0], text)], [text]
    )


_PASS = re.compile(
    rf"(?:pass|hand|give)\s+(?P<new>{ITEM})\s+(?:on\s+)?to\s+(?P<call>{ITEM})\s+(?:instead\s+of"
    rf"|rather\s+than)\s+"
    r"(?P<old>⟦\d+⟧)",
    re.IGNORECASE,
)
_USE = re.compile(
    r"(?:use|call|write)\s+(?P<new>⟦\d+⟧)\s+(?:instead\s+of|rather\s+than|not"
    r"|in\s+place\s+of)\s+(?P<old>⟦\d+⟧|\d+)",
    re.IGNORECASE,
)


def handed_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Pass ctx to p.fetch instead of `context.Background()`*: the argument of that call."""
    told, used = _PASS.fullmatch(ask.text), _USE.fullmatch(ask.text)
    homes = around(work.scene)
    if len(homes) != 1 or (told is None and used is None):
        return None
    scene = work.scene
    if told is not None:
        new, old = ask.code(told["new"]), ask.code(told["old"])
        name = ask.called(told["call"])
    else:
        whole = re.fullmatch(r"([\w.]+)\(([^(),]+)\)", ask.code(used["new"]) if used else "")
        if whole is None or used is None:
            return None
        name, new, old = whole[1], whole[2], ask.code(used["old"])
    old_arguments = [
        given
        for one in of_kinds(homes[0], ("call_expression",))
        if callee_text(one) == name or callee_text(one).endswith(f".{name}")
        for given in arguments(one)
        if squeezed(given.text()) == squeezed(old)
    ]
    if len(old_arguments) != 1 or not re.fullmatch(r"[\w.]+", new):
        return None
    if new not in re.findall(r"[\w.]+", homes[0].text()) and "." not in new:
        raise Abstain(f"{new} is no name of the function")
    said = f"hand {new} to {name} and not {old}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(old_arguments[0], new)], [new])


_CHECK = re.compile(
    rf"(?:check|handle)\s+the\s+error\s+(?:of|from)\s+(?P<a>{ITEM})\s+and\s+return\s+it"
    rf"(?:\s+wrapped)?"
    r"(?:\s*[:,]\s*(?:wrapped\s+)?(?:as\s+|with\s+|in\s+)?(?P<w>⟦\d+⟧))?"
    rf"|(?:do\s+not|don't)\s+ignore\s+the\s+error\s+(?:of|from)\s+(?P<b>{ITEM})[;,:]\s*return\s+it",
    re.IGNORECASE,
)


def checked_and_returned(work: Work, ask: Ask) -> StepEdits | None:
    """*Check the error of `strconv.Atoi` and return it*: where it is put into ``_``."""
    told = _CHECK.fullmatch(ask.text)
    homes = around(work.scene)
    if told is None or len(homes) != 1:
        return None
    scene = work.scene
    name = re.sub(r"\(.*$", "", ask.code(told["a"] or told["b"]), flags=re.DOTALL)
    assignments = [
        one
        for one in of_kinds(homes[0], ("short_var_declaration",))
        if (right := one.field("right")) is not None
        and (calls := of_kinds(right, ("call_expression",)))
        and callee_text(calls[0])
        in {name} | {f"{each}.{name}" for each in ("strconv", "os", "json")}
        and re.search(r",\s*_$", text_of(one.field("left")))
    ]
    result = text_of(homes[0].field("result"))
    if len(assignments) != 1 or not re.search(r"\berror\)?$", result):
        return None
    leaves = leaves_of(homes[0], result)
    if told["w"]:
        code = re.sub(r"^return\s+", "", ask.code(told["w"]))
        if not re.fullmatch(r"fmt\.Errorf\(.*%w.*\berr\)", code, re.DOTALL):
            return None
        leaves = re.sub(r"\berr$", lambda _: code, leaves)
    left = assignments[0].field("left")
    if left is None:
        return None
    head = re.sub(r"_$", "err", left.text())
    check = f"if err != nil {{\n{step(scene.text)}{leaves}\n}}"
    edits = [replaced(left, head), line_after(scene, assignments[0], check)]
    said = f"check the error of `{name}`"
    return step_edits(scene, Operation.GUARD, said, edits, ["if err != nil", leaves])


GO_CALLS = (locked_as_beside, deferred_behind, handed_instead, checked_and_returned)
