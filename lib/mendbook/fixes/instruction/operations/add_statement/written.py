"""The statement that a clause asks for, as its file writes such statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.add_statement.anchors import bracket_end
from mendbook.fixes.instruction.operations.add_statement.conditions import (
    condition_in_words,
    membership,
)
from mendbook.fixes.instruction.operations.add_statement.placed import AFTER, END, EXIT
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, text_of
from mendbook.fixes.instruction.writing.editing import conditional, quoted_as_here, semicolon

_IF = ("when", "if", "unless", "whenever", "for")


def statement_told(scene: Scene, clause: Clause) -> str | None:
    """Return the statement to add in the language of the file, or None."""
    codes = list(clause.object.codes)
    behind = clause.behind(":")
    if not codes and behind is not None:
        codes = list(behind.codes)
    if behind is not None and clause.verb in _EXITS and (guard := _whole_guard(behind)):
        codes = [guard]
    by = clause.behind("with", "using", "via", "by")
    if not codes and clause.verb in {Verb.LOG, Verb.GUARD} and by is not None:
        codes = list(by.codes)
    said = next((one for one in clause.phrases if one.preposition in _IF and _tells(one)), None)
    tested = next((one for one in codes if re.match(r"if\s*\(.*\)$", one.text)), None)
    if clause.verb in {Verb.RETURN, Verb.THROW} and tested is not None:
        inner = tested.text[tested.text.index("(") + 1 : -1]
        others = [one for one in codes if one is not tested]
        value = quoted_as_here(scene, others[0].text) if others else _literal(clause)
        word = "return" if clause.verb is Verb.RETURN else "throw"
        return conditional(scene, inner, f"{word} {value}".rstrip())
    shown = [one for one in codes if one.shape is Shape.STATEMENT and re.match(r"if\b", one.text)]
    if clause.verb in _EXITS and said is not None and not shown:
        return _guard(scene, clause, membership(scene, clause, said), codes)
    if (left := _exit(scene, clause, codes)) is not None:
        return left
    if len(codes) != 1:
        return None
    code = codes[0]
    if clause.verb is Verb.CALL and (whole := _on_owner(scene, clause, code)):
        code = whole
    mark = semicolon(scene)
    text = quoted_as_here(scene, code.text.rstrip().rstrip(";"))
    if code.shape is Shape.STATEMENT and re.match(r"if\b", text):
        return _conditional(scene, text)
    if code.shape in {Shape.STATEMENT, Shape.ASSIGNMENT} or _is_call(text):
        if re.match(r"(?:import|from)\b|except\b|with\b|for\b|while\b", text):
            return None
        if re.match(r"(?:const|let|var)\b", text) or code.shape is not Shape.ASSIGNMENT:
            return text + mark
        return text + (mark if "=" in text else "")
    return None


_EXITS = frozenset({Verb.RETURN, Verb.THROW, Verb.GUARD})


def _whole_guard(shown: Phrase) -> Fragment | None:
    """Return the guard that the text shows whole: it tells what its words tell, and how."""
    code = shown.codes[0] if len(shown.codes) == 1 else None
    whole = code is not None and code.shape is Shape.STATEMENT and re.match(r"if\b", code.text)
    return code if whole else None


def _on_owner(scene: Scene, clause: Clause, code: Fragment) -> Fragment | None:
    """Return ``x.f()`` for *call f() on x*; x may be the one name that the evidence sets."""
    on = clause.behind("on")
    if on is None or re.fullmatch(r"\.?\w+\(.*\)", code.text, re.DOTALL) is None:
        return None
    if on.code is not None:
        owners = [on.code.text] if on.code.shape is Shape.NAME else []
    else:
        owners = [
            name
            for one in of_kinds(scene.root, scene.language.assignments)
            if begins_in_quote(scene, one)
            and (name := name_of(one))
            and on.words[-1:] == (name.rpartition(".")[2].lower(),)
        ]
    if len(owners) != 1:
        return None
    return Fragment(f"{owners[0]}.{code.text.lstrip('.')}", Shape.CODE)


def _exit(scene: Scene, clause: Clause, codes: Sequence[Fragment]) -> str | None:
    """Return a bare exit: ``rethrow``, a ``return`` behind a call, a value at the end."""
    mark = semicolon(scene)
    where = clause.behind(*AFTER)
    if clause.verb is Verb.THROW and not codes and clause.word.startswith("re"):
        caught = _caught(scene)
        if scene.language.python:
            return "raise"
        return f"throw {caught}{mark}" if caught else None
    leaves = next((one.text for one in codes if one.text in {"break", "continue"}), "")
    if where is not None and clause.verb is Verb.ADD and leaves and len(codes) <= 2:
        return f"{leaves}{mark}"
    bare = [one for one in codes if one.text == "return"] or clause.object.words[:2] in {
        ("a", "return"), ("return",), ("return", "statement")} or (
        clause.object.words == ("the", "missing", "return"))  # fmt: skip
    told = clause.verb is Verb.RETURN and not codes and not clause.object.words
    if where is not None and (told or (clause.verb is Verb.ADD and len(codes) <= 1 and bare)):
        return f"return{mark}"
    last = clause.verb is Verb.RETURN and clause.behind(*END, "at") is not None
    if last and len(codes) == 1 and codes[0].shape in _VALUES:
        return f"return {quoted_as_here(scene, codes[0].text)}{mark}"
    return None


_VALUES = {Shape.NAME, Shape.NUMBER, Shape.TEXT, Shape.CODE}


def _caught(scene: Scene) -> str:
    """Return what the one handler that the evidence points at binds."""
    handlers = [
        one for one in of_kinds(scene.root, ("catch_clause",))
        if touches_quote(scene, one)
    ]  # fmt: skip
    bound = handlers[-1].field("parameter") if handlers else None
    return text_of(bound)


def _tells(phrase: Phrase) -> bool:
    return bool(phrase.codes) or bool(phrase.words)


def _is_call(text: str) -> bool:
    return bool(re.fullmatch(r"(?:await\s+)?[\w$.?#]+\(.*\)", text, re.DOTALL))


def _conditional(scene: Scene, text: str) -> str | None:
    """Return ``if (…) action`` as the file writes such a guard; None where it does nothing."""
    if scene.language.python:
        match = re.match(r"if\s+(.+?):\s*(\S.*)$", text, re.DOTALL)
        return conditional(scene, match[1], match[2]) if match else None
    head = re.match(r"if\s*\(", text)
    close = bracket_end(text, head.end() - 1) if head else 0
    action = text[close:].strip()
    if not action:
        return None
    if scene.language.script and head and (one := _ONE_LINE.fullmatch(action)) is not None:
        return conditional(scene, text[head.end() : close - 1], one[1])
    return text if action.startswith("{") else text + semicolon(scene)


_ONE_LINE = re.compile(r"\{[ \t]*((?:[^{};\n]|\{[^{}\n]*\})+?);?[ \t]*\}")
"""A block that holds one statement, all on one line."""


def _guard(scene: Scene, clause: Clause, said: Phrase, codes: list[Fragment]) -> str | None:
    """Return ``return X when C`` as a guard."""
    condition = condition_in_words(scene, said)
    if condition is None:
        return None
    if said.preposition == "unless":
        condition = _negated(scene, condition)
    value = quoted_as_here(scene, codes[0].text) if codes else _literal(clause)
    if codes and codes[0].shape is Shape.NUMBER and clause.object.has(*_NO_NUMBERS):
        raise Abstain(f"what is returned is not said in code ({' '.join(clause.object.words)})")
    if EXIT.match(value):
        action = value
    elif clause.verb is Verb.THROW:
        if scene.language.name == "java" and re.match(r"[A-Z][\w.]*\(", value):
            value = f"new {value}"
        action = f"{'raise' if scene.language.python else 'throw'} {value}"
    elif clause.verb is Verb.RETURN:
        action = f"return {value}".rstrip()
    else:
        return None
    return conditional(scene, condition, action)


_NO_NUMBERS = ("error", "response", "status", "code", "page", "message", "exception", "result")


def _literal(clause: Clause) -> str:
    words = {"none": "None", "null": "null", "undefined": "undefined", "false": "false"}
    words |= {"true": "true", "early": "", "zero": "0", "immediately": ""}
    said = [word for word in clause.object.words if word not in {"an", "a", "the", "and"}]
    if not said:
        return ""
    if said[0] not in words or len(said) > 2:
        raise Abstain(f"what is returned is not said in code ({' '.join(said)})")
    spelled = clause.object.spelled[clause.object.words.index(said[0])]
    return spelled if spelled in {"None", "True", "False"} else words[said[0]]


def _negated(scene: Scene, condition: str) -> str:
    if scene.language.python:
        return f"not ({condition})" if " " in condition else f"not {condition}"
    return f"!({condition})" if re.search(r"\s", condition) else f"!{condition}"
