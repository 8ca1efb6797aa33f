"""Wrap statements: in ``try`` with a handler, in ``try`` with a clean-up, in ``with``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start, step
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    beginning_in_quote,
    begins_in_quote,
)
from mendbook.fixes.instruction.places.targets import (
    PARTS,
    called,
    hint_words,
    same_code,
    scopes_in,
)
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    end,
    inside,
    line,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    statement_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, semicolon
from mendbook.model import Operation


def wrap_try(work: Work, clause: Clause) -> StepEdits | None:
    """Wrap a call in try and catch with what the text puts in the handler; else None."""
    spoken = re.search(
        r"try\s*/\s*(?:catch|except)|\btry[-–]?(?:catch|except)|try block", clause.text
    )
    failures = {"errors", "error", "exceptions", "failures", "rejections", "exception", "failure"}
    quoted = beginning_in_quote(work.scene, of_kinds(work.scene.root, PARTS["catch"]))
    names_some = bool(failures & set(clause.object.words))
    catches = clause.verb is Verb.CATCH and names_some and not quoted
    if not catches and (
        spoken is None or clause.verb not in {Verb.WRAP, Verb.ADD, Verb.USE, Verb.GUARD}
    ):
        return None
    scene = work.scene
    handler, takes = _handler(scene, work, clause)
    if not handler:
        raise Abstain("what the handler does is not said")
    statements = _wrapped(scene, clause)
    first, last = statements[0], statements[-1]
    body = first.parent()
    holder = body.parent() if body is not None else None
    if holder is not None and holder.kind() == "try_statement":
        raise Abstain(f"line {line(first)} already stands in a try block")
    _refuse_scope(scene, statements)
    error = _error_name(handler)
    begin, stop = line_start(scene.text, start(first)), line_end(scene.text, end(last))
    lead, unit = indent(scene.text, start(first)), step(scene.text)
    inner = textwrap.indent(scene.text[begin:stop].replace("\r\n", "\n").rstrip("\n"), unit)
    caught = "\n".join(f"{lead}{unit}{one}" for one in handler)
    kind = _exception(clause)
    if scene.language.python:
        head = f"{lead}except {kind} as {error}:" if error else f"{lead}except {kind}:"
        text = f"{lead}try:\n{inner}\n{head}\n{caught}\n"
    else:
        bound = f" ({error})" if error else ""
        text = f"{lead}try {{\n{inner}\n{lead}}} catch{bound} {{\n{caught}\n{lead}}}\n"
    return StepEdits(
        Operation.WRAP,
        f"wrap line {line(first)} of {scene.path} in try and catch: {'; '.join(handler)}",
        edits_in(scene, [Edit(begin, stop, text)]),
        adds=tuple(one.rstrip(";") for one in handler),
        takes=takes,
        follows_up=("rethrow", "log", "error"),
    )


def _exception(clause: Clause) -> str:
    named = [one.text for one in clause.codes if re.fullmatch(r"\w*(?:Error|Exception)", one.text)]
    return named[0] if named else "Exception"


def _handler(scene: Scene, work: Work, clause: Clause) -> tuple[list[str], int]:
    """Return the handler's statements, and how many later clauses they come from."""
    mark = semicolon(scene)
    statements: list[str] = []
    for phrase in clause.phrases:
        if phrase.preposition not in {"", "around", "of", "to", "on", "for", "from"}:
            statements += [
                quoted_as_here(scene, one.text.rstrip(";")) + mark
                for one in phrase.codes
                if "(" in one.text or one.shape is Shape.STATEMENT
            ]
    if re.search(r"\b(?:re-?throws?|throws?(?: \w+)? again|re-?raises?)\b", clause.text):
        statements.append(_rethrow(scene, statements, clause, "") + mark)
    answer = _ANSWERS.search(clause.text)
    if answer is not None and statements and not scene.language.python:
        statements.append(f"return {answer['value']}{mark}")
    takes = 0
    for one in work.rest:
        code = one.object.code
        if one.verb is Verb.THROW and one.word in {
            "rethrow",
            "raise",
            "throw",
            "re-throw",
            "re-raise",
        }:
            statements.append(_rethrow(scene, statements, one, code.text if code else "") + mark)
        elif one.verb in {Verb.LOG, Verb.RETURN, Verb.CODE, Verb.CALL} and (
            code := code or next((c for c in one.codes if "(" in c.text), None)
        ):
            text = code.text
            if one.verb is Verb.RETURN and not text.startswith("return"):
                text = f"return {text}"
            statements.append(quoted_as_here(scene, text.rstrip(";")) + mark)
        else:
            break
        takes += 1
    return statements, takes


_ANSWERS = re.compile(
    r"\band\s+(?:then\s+)?(?:returns?|answers?|gives?(?:\s+back)?)\s+`?"
    r"(?P<value>null|undefined|false|true|\[\]|\{\}|''|0)`?\s*$"
)
"""What a handler gives once it has done what is told in code."""


def _rethrow(scene: Scene, handler: Sequence[str], clause: Clause, code: str) -> str:
    if scene.language.python:
        return "raise"
    if code.startswith("new ") or "(" in code:
        return f"throw {code}"
    named = [
        one for one in clause.object.spelled
        if one not in {"the", "error", "it", "again", "and"} and clause.verb is Verb.THROW
    ]  # fmt: skip
    return f"throw {code or (named[0] if named else _error_name(handler) or 'error')}"


def _error_name(handler: Sequence[str]) -> str:
    """Return the name that the handler uses for what was thrown, and that is bound nowhere."""
    text = "\n".join(re.sub(r"'[^']*'|\"[^\"]*\"", "", one) for one in handler)
    for name in ("err", "error", "exc", "e", "ex", "exception", "cause"):
        if re.search(rf"(?<![\w$.]){name}(?![\w$:(])", text):
            return name
    return ""


def _wrapped(scene: Scene, clause: Clause) -> list[SgNode]:
    """Return the statements that go into the try block."""
    phrases = [
        one for one in clause.phrases
        if one.preposition in {"", "around", "of", "to", "on", "for"}
    ]  # fmt: skip
    nodes: list[SgNode] = []
    for phrase in phrases:
        exact = [one for code in phrase.codes for one in same_code(scene, code.text)]
        nodes = exact or called(scene, phrase)
        if nodes:
            break
    bound = [at for at in scopes_in(scene, clause) if any(inside(one, at) for one in nodes)]
    if nodes:
        node = pick(scene, nodes, clause, "the call", bound, words=hint_words(clause))[0]
        return [statement_of(node, scene.language)]
    statements: list[SgNode] = []
    for first, last in scene.quotes:
        for one in walk(scene.root):
            parent = one.parent()
            if (
                parent is not None and parent.kind() in scene.language.blocks and one.is_named()
                and first <= start(one) < last and end(one) <= last + 1
                and not any(inside(one, other) for other in statements)
            ):  # fmt: skip
                statements.append(one)
    if not statements:
        raise Abstain("what is to be wrapped is not said")
    parents = [one.parent() for one in statements]
    if any(not same(one, parents[0]) for one in parents if one and parents[0]):
        raise Abstain("what is to be wrapped stands in different blocks")
    return statements


def _refuse_scope(scene: Scene, statements: Sequence[SgNode]) -> None:
    """Raise ``Abstain`` where what a wrapped statement declares is needed behind it."""
    if scene.language.python:
        return
    home = statements[0].parent()
    for one in statements:
        if one.kind() not in {"lexical_declaration", "variable_declaration"} or home is None:
            continue
        for declared in of_kinds(one, ("variable_declarator",)):
            later = [
                each for each in spelled(home, name_of(declared), scene.language)
                if start(each) > end(statements[-1])
            ]  # fmt: skip
            if later:
                raise Abstain(f"{name_of(declared)} is used behind the try block")


def open_with(work: Work, clause: Clause) -> StepEdits | None:
    """Open what the evidence opens in a ``with`` statement, without its ``close()``."""
    spoken = re.search(r"\bwith (?:statement|block)\b|context manager", clause.text) or any(
        one.text.startswith("with ") for one in clause.codes
    )
    if not spoken or not work.scene.language.python:
        return None
    scene = work.scene
    opened = [
        one
        for one in of_kinds(scene.root, ("assignment",))
        if begins_in_quote(scene, one) and (one.field("right") or one).kind() == "call"
    ]
    node = pick(scene, opened, clause, "what is opened")[0]
    name, value = name_of(node), node.field("right")
    statement = statement_of(node, scene.language)
    body = statement.parent()
    if body is None or value is None:
        return None
    siblings = body.named_children()
    at = next(n for n, one in enumerate(siblings) if same(one, statement))
    closing = next(
        (n for n, one in enumerate(siblings) if n > at and one.text() == f"{name}.close()"), None
    )
    used = [n for n, one in enumerate(siblings) if n > at and spelled(one, name, scene.language)]
    stop_at = closing if closing is not None else (used[-1] + 1 if used else 0)
    inner = siblings[at + 1 : stop_at]
    if not inner or (closing is not None and used and used[-1] > closing):
        raise Unplaced(f"where {name} is last needed is not clear")
    lead, unit = indent(scene.text, start(statement)), step(scene.text)
    begin = line_start(scene.text, start(statement))
    last = siblings[closing] if closing is not None else inner[-1]
    stop = line_end(scene.text, end(last))
    middle = scene.text[line_end(scene.text, end(statement)) : line_end(scene.text, end(inner[-1]))]
    given = [one.text for one in clause.codes if one.shape is Shape.PAIR]
    more = [one for one in given if squeezed(one) not in squeezed(value.text())]
    opening = f"{value.text()[:-1]}, {', '.join(more)})" if more else value.text()
    text = f"{lead}with {opening} as {name}:\n{textwrap.indent(middle.rstrip(), unit)}\n"
    return StepEdits(
        Operation.WRAP,
        f"open `{opening[:50]}` in a with statement",
        edits_in(scene, [Edit(begin, stop, text)]),
        adds=("with", *more),
        follows_up=("close", "close()", "explicit"),
    )
