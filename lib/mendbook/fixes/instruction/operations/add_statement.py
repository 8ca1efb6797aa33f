"""Put a statement where the text says: a guard, a call, an early return, a clean-up."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause, Phrase
from mendbook.fixes.instruction.editing import (
    block_end,
    block_start,
    conditional,
    line_after,
    line_before,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.fixes.instruction.fragments import Fragment, Shape
from mendbook.fixes.instruction.scene import (
    Scene,
    around,
    begins_in_quote,
    function_of,
    pick,
    touches_quote,
)
from mendbook.fixes.instruction.syntax import (
    arguments,
    body_of,
    call_name,
    end,
    field,
    inside,
    line,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    statement_of,
    text_of,
    walk,
)
from mendbook.fixes.instruction.targets import (
    PARTS,
    called,
    hint_words,
    identifiers,
    same_code,
    scopes_in,
)
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_BEFORE = ("before", "ahead of", "prior to", "in front of", "above")
_AFTER = ("after", "behind", "below")
_TOP = ("at the top of", "at the start of", "at the beginning of")
_END = ("at the end of",)
_IF = ("when", "if", "unless", "whenever", "for")
_EXIT = re.compile(r"^(?:return|throw|raise|continue|break)\b")


def add_statement(work: Work, clause: Clause) -> Made | None:
    """Insert the statement that the clause gives; None where it gives none."""
    scene = work.scene
    if (made := _conditioned(scene, clause)) is not None:
        return made
    code = _statement(scene, clause)
    if code is None:
        return None
    edit, where = _placed(scene, clause, code)
    wanted = squeezed(code)
    if any(wanted == squeezed(one.text()) for one in _near(scene)):
        raise Abstain(f"`{_short(code)}` already stands there")
    operation = Operation.GUARD if code.startswith("if") else Operation.CALL
    edits = [edit, *_done_twice(scene, code)]
    return Made(operation, f"add `{_short(code)}` {where}", edits_in(scene, edits), adds=(code,))


def _done_twice(scene: Scene, code: str) -> list[Edit]:
    """Return what takes away the plain call that a new ``defer`` of it would repeat."""
    call = re.fullmatch(r"defer\s+(.+)", code, re.DOTALL)
    if call is None:
        return []
    plain = [one for one in _near(scene) if squeezed(one.text()) == squeezed(call[1])]
    if len(plain) > 1:
        raise Abstain(f"`{call[1]}` is called {len(plain)} times there, and would be called again")
    return [
        Edit(line_start(scene.text, start(one)), line_end(scene.text, end(one)), "")
        for one in plain
    ]


def _conditioned(scene: Scene, clause: Clause) -> Made | None:
    """Return the edit that runs a call only under a condition: ``add if (C) guard before f()``."""
    tests = [one for one in clause.codes if re.match(r"if\s*\(.*\)$", one.text, re.DOTALL)]
    head = tests[0].text if len(tests) == 1 else ""
    if not head or _matching(head, head.index("(")) != len(head):
        return None
    where = clause.behind(*_BEFORE, "around", "for", "to")
    target = clause.object if clause.verb is Verb.GUARD else where
    if target is None or clause.verb in {Verb.RETURN, Verb.THROW, Verb.REMOVE}:
        return None
    at = _anchor(scene, clause, target, scopes_in(scene, clause, tests))
    if at is None or at.kind() != "expression_statement":
        return None
    if any(
        squeezed(text_of(one.field("condition"))) == squeezed(head[head.index("(") :])
        for one in at.ancestors()
        if one.kind() == "if_statement"
    ):
        raise Abstain("the call is guarded so already")
    lead = indent(scene.text, start(at))
    inner = quoted_as_here(scene, head[head.index("(") + 1 : -1])
    written = conditional(scene, inner, at.text()).replace("\n", f"\n{lead}")
    return Made(
        Operation.GUARD,
        f"run `{_short(at.text())}` only if `{inner}`",
        edits_in(scene, [replaced(at, written)]),
        adds=(f"if ({inner})",),
    )


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) < 80 else flat[:79] + "…"


def _near(scene: Scene) -> list[SgNode]:
    """Return the statements of the functions that the finding is about."""
    return [
        one
        for home in around(scene) or [scene.root]
        for one in walk(home)
        if one.is_named()
        and (parent := one.parent()) is not None
        and parent.kind() in scene.language.blocks
    ]


def _statement(scene: Scene, clause: Clause) -> str | None:
    """Return the statement to add in the language of the file, or None."""
    codes = list(clause.object.codes)
    behind = clause.behind(":")
    if not codes and behind is not None:
        codes = list(behind.codes)
    if not codes and clause.verb is Verb.LOG and (how := clause.behind("with", "using", "via")):
        codes = list(how.codes)
    said = next((one for one in clause.phrases if one.preposition in _IF and _tells(one)), None)
    tested = next((one for one in codes if re.match(r"if\s*\(.*\)$", one.text)), None)
    if clause.verb in {Verb.RETURN, Verb.THROW} and tested is not None:
        inner = tested.text[tested.text.index("(") + 1 : -1]
        others = [one for one in codes if one is not tested]
        value = quoted_as_here(scene, others[0].text) if others else _literal(clause)
        word = "return" if clause.verb is Verb.RETURN else "throw"
        return conditional(scene, inner, f"{word} {value}".rstrip())
    if clause.verb in {Verb.RETURN, Verb.THROW, Verb.GUARD} and said is not None:
        return _guard(scene, clause, said, codes)
    if (left := _exit(scene, clause, codes)) is not None:
        return left
    if len(codes) != 1:
        return None
    code = codes[0]
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


def _exit(scene: Scene, clause: Clause, codes: Sequence[Fragment]) -> str | None:
    """Return a bare exit: ``rethrow``, a ``return`` behind a call, a value at the end."""
    mark = semicolon(scene)
    where = clause.behind(*_AFTER)
    if clause.verb is Verb.THROW and not codes and clause.word.startswith("re"):
        caught = _caught(scene)
        if scene.language.python:
            return "raise"
        return f"throw {caught}{mark}" if caught else None
    bare = [one for one in codes if one.text == "return"] or clause.object.words[:2] in {
        ("a", "return"), ("return",), ("return", "statement"), ("the", "missing")}  # fmt: skip
    if clause.verb is Verb.ADD and where is not None and len(codes) <= 1 and bare:
        return f"return{mark}"
    last = clause.verb is Verb.RETURN and clause.behind(*_END, "at") is not None
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
        found = re.match(r"if\s+(.+?):\s*(\S.*)$", text, re.DOTALL)
        return conditional(scene, found[1], found[2]) if found else None
    head = re.match(r"if\s*\(", text)
    close = _matching(text, head.end() - 1) if head else 0
    action = text[close:].strip()
    if not action:
        return None
    return text if action.startswith("{") else text + semicolon(scene)


def _matching(text: str, bracket: int) -> int:
    depth = 0
    for at in range(bracket, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at + 1
    return len(text)


def _guard(scene: Scene, clause: Clause, said: Phrase, codes: list[Fragment]) -> str | None:
    """Return ``return X when C`` as a guard."""
    condition = _condition(scene, said)
    if condition is None:
        return None
    if said.preposition == "unless":
        condition = _negated(scene, condition)
    value = quoted_as_here(scene, codes[0].text) if codes else _literal(clause)
    if codes and codes[0].shape is Shape.NUMBER and clause.object.has(*_NO_NUMBERS):
        raise Abstain(f"what is returned is not said in code ({' '.join(clause.object.words)})")
    if _EXIT.match(value):
        action = value
    elif clause.verb is Verb.THROW:
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


def _condition(scene: Scene, said: Phrase) -> str | None:
    """Return the condition that a phrase tells, in the file's language."""
    python = scene.language.python
    if told := _comparison(scene, said):
        return told
    names = [one.text for one in said.codes] or identifiers(said, scene)[:1]
    if not names:
        return None
    text = names[0]
    words = [word for word in said.words if word not in {"the", "a", "an", text.lower()}]
    tail = " ".join(words)
    if not words and said.codes and said.codes[0].shape is not Shape.NAME:
        return quoted_as_here(scene, text)
    if len(names) != 1:
        return None
    if python and not said.codes and (told := _python_condition(scene, said)):
        return told
    empty = f"not {text}" if python else f"{text}.length === 0"
    missing = f"{text} is None" if python else f"!{text}"
    conditions = {
        "is empty": empty,
        "is missing": missing,
        "is not set": missing,
        "is unset": missing,
        "is undefined": f"{text} === undefined",
        "is null": f"{text} === null",
        "is none": f"{text} is None",
        "is falsy": f"not {text}" if python else f"!{text}",
        "is not given": missing,
        "is absent": missing,
        "is zero": f"{text} == 0" if python else f"{text} === 0",
        "is negative": f"{text} < 0",
        "is not found": missing,
        "does not exist": missing,
        "is false": f"not {text}" if python else f"!{text}",
        "is true": text,
        "is set": f"{text} is not None" if python else text,
    }
    if tail in conditions:
        return conditions[tail]
    if not words and said.codes:
        return text
    return None


_COMPARED = {
    "is": "==", "equals": "==", "is equal": "==", "is not": "!=", "differs": "!=",
    "is greater": ">", "is larger": ">", "is more": ">", "exceeds": ">", "is less": "<",
    "is smaller": "<", "is longer": ">", "is shorter": "<", "is at least": ">=",
    "is at most": "<=",
}  # fmt: skip


def _comparison(scene: Scene, said: Phrase) -> str:
    """Return ``x is -1``, ``x exceeds LIMIT`` as a comparison; nothing for what is none."""
    if len(said.codes) != 2:
        return ""
    words = " ".join(one for one in said.words if one not in {"the", "a", "an", "than", "to"})
    mark = _COMPARED.get(words)
    if mark is None:
        return ""
    left, right = (one.text for one in said.codes)
    if mark in {"==", "!="}:
        if scene.language.python:
            mark = (
                mark if right not in {"None", "True", "False"} else f"is{' not' * (mark == '!=')}"
            )
        elif scene.language.script:
            mark += "="
    return f"{left} {mark} {quoted_as_here(scene, right)}"


def _python_condition(scene: Scene, said: Phrase) -> str:
    """Return a phrase that is an expression of Python as it stands: ``not rows``."""
    text = " ".join(said.spelled)
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return ""
    names = [one.id for one in ast.walk(tree) if isinstance(one, ast.Name)]
    return text if names and all(scene.knows(one) for one in names) else ""


def _negated(scene: Scene, condition: str) -> str:
    if scene.language.python:
        return f"not ({condition})" if " " in condition else f"not {condition}"
    return f"!({condition})" if re.search(r"\s", condition) else f"!{condition}"


def _placed(scene: Scene, clause: Clause, code: str) -> tuple[Edit, str]:
    """Return the edit that puts ``code`` where the clause says, and the place in words."""
    bound = scopes_in(scene, clause)
    if clause.verb is Verb.THROW and clause.word.startswith("re"):
        handlers = ("catch_clause", "except_clause")
        return _last_in(scene, clause, handlers, code)
    for phrase in clause.phrases:
        if phrase.preposition in _BEFORE and (at := _anchor(scene, clause, phrase, bound)):
            return line_before(scene, at, code), f"before line {line(at)} of {scene.path}"
        if phrase.preposition in _AFTER and (at := _anchor(scene, clause, phrase, bound)):
            if _EXIT.match(at.text()):
                raise Abstain("what follows a return is never reached")
            return line_after(scene, at, code), f"after line {line(at)} of {scene.path}"
    for phrase in clause.phrases:
        top = phrase.preposition in _TOP or phrase.has("top", "start", "beginning", "first")
        finish = phrase.preposition in _END or (phrase.has("end") and phrase.preposition == "at")
        if top or finish:
            body = _callback(scene, phrase) or _body(scene, clause, bound)
            if top:
                blank = code.startswith("if") and "\n" in code
                return block_start(scene, body, code, blank), f"at the top of {_title(body)}"
            return block_end(scene, body, code), f"at the end of {_title(body)}"
    if any(one.has("effect", "callback") for one in clause.phrases):
        return _in_callback(scene, clause, code)
    handlers = ("catch_clause", "except_clause")
    quoted = [
        one for one in of_kinds(scene.root, handlers)
        if touches_quote(scene, one)
    ]  # fmt: skip
    if clause.verb is Verb.LOG and clause.object.has("it", "error", "exception") and quoted:
        return _in_block(scene, clause, "catch", handlers, code, bound)
    for word, kinds in _BLOCKS.items():
        if any(p.has(word) or word in p.preposition for p in clause.phrases if p.preposition):
            return _in_block(scene, clause, word, kinds, code, bound)
    return _by_condition(scene, clause, code, bound)


_BLOCKS = {
    "catch": ("catch_clause", "except_clause"),
    "except": ("except_clause",),
    "finally": ("finally_clause",),
    "constructor": (),
}


def _in_block(
    scene: Scene,
    clause: Clause,
    word: str,
    kinds: Sequence[str],
    code: str,
    bound: Sequence[SgNode],
) -> tuple[Edit, str]:
    if word == "constructor":
        body = _body(scene, clause, bound)
        return block_end(scene, body, code), "in the constructor"
    found = of_kinds(scene.root, kinds)
    outer = [one for one in bound if one.kind() not in kinds]
    clause_node = pick(scene, found, clause, f"a {word} block", outer)[0]
    body_node = field(clause_node, "body") or next(
        (one for one in clause_node.children() if one.kind() in scene.language.blocks), None
    )
    if body_node is None:
        raise Abstain(f"the {word} block has no body")
    where = f"in the {word} block of line {line(clause_node)}"
    inner = body_node.named_children()
    if len(inner) == 1 and inner[0].kind() == "pass_statement":
        return replaced(inner[0], code), where
    if re.match(r"(?:logger|log|console|logging)\b", code) or word == "catch":
        return block_start(scene, body_node, code), where
    return block_end(scene, body_node, code), where


def _last_in(scene: Scene, clause: Clause, kinds: Sequence[str], code: str) -> tuple[Edit, str]:
    """Put an exit last in the handler that the evidence points at."""
    found = of_kinds(scene.root, kinds)
    held = [one for one in found if touches_quote(scene, one)]
    inner = [one for one in held if not any(inside(o, one) and not same(o, one) for o in held)]
    node = pick(scene, inner or found, clause, "a handler")[0]
    body = field(node, "body") or next(
        (one for one in node.children() if one.kind() in scene.language.blocks), None
    )
    inner = [one for one in body.named_children() if "comment" not in one.kind()] if body else []
    if body is None or not inner:
        raise Abstain("the handler does nothing yet")
    if any(_EXIT.match(one.text()) for one in inner):
        raise Abstain("the handler leaves by itself already")
    return block_end(scene, body, code), f"at the end of the handler of line {line(node)}"


def _in_callback(scene: Scene, clause: Clause, code: str) -> tuple[Edit, str]:
    """Put ``code`` last in the function that a hook is given."""
    found = []
    for one in of_kinds(scene.root, scene.language.calls):
        given = arguments(one)
        hook = re.match(r"use[A-Z]\w*$|on[A-Z]\w*$", call_name(one))
        if hook and given and given[0].kind() in scene.language.functions:
            found.append(one)
    call = pick(scene, found, clause, "the effect", words=hint_words(clause, scene))[0]
    body = body_of(arguments(call)[0])
    if body is None or body.kind() not in scene.language.blocks:
        raise Abstain("the effect has no block to put a statement in")
    last = [one for one in body.named_children() if "comment" not in one.kind()][-1:]
    if last and _EXIT.match(last[0].text()) and _EXIT.match(code):
        raise Abstain("the effect returns something already")
    return block_end(scene, body, code), f"at the end of {call_name(call)}"


def _anchor(scene: Scene, clause: Clause, phrase: Phrase, bound: Sequence[SgNode]) -> SgNode | None:
    """Return the statement that a phrase such as ``after the call of X`` means."""
    found: list[SgNode] = []
    for code in phrase.codes:
        found += same_code(scene, code.text)
    homes = bound or around(scene)
    for more in (called(scene, phrase), _by_words(scene, phrase)):
        if not any(inside(one, at) for one in found for at in homes):
            found = more if any(inside(one, at) for one in more for at in homes) else found or more
    if phrase.has("error", "err") and phrase.has("check"):
        found = _error_check(scene)
    if not found and phrase.has("loop"):
        found = _loops(scene)
    if not found:
        return None
    inner = [one for one in found if any(inside(one, at) for at in homes)]
    statements: list[SgNode] = []
    for one in inner or found:
        at = statement_of(one, scene.language)
        if not any(same(at, other) for other in statements):
            statements.append(at)
    if phrase.preposition in _BEFORE and inner and not phrase.has("each", "every"):
        statements = _first_of_run(scene, statements)
    if len(statements) > 1:
        listed = ", ".join(f"{scene.path}:{line(one)}" for one in statements)
        raise Abstain(f"`{' '.join(phrase.words)}` fits several places ({listed})")
    return statements[0]


def _loops(scene: Scene) -> list[SgNode]:
    """Return the loops that the evidence begins, else all where the finding points."""
    found = [one for home in around(scene) for one in of_kinds(home, PARTS["loop"])]
    quoted = [one for one in found if begins_in_quote(scene, one)]
    return quoted or found


def _error_check(scene: Scene) -> list[SgNode]:
    """Return the first ``if`` behind the quote that tests an error; else the last before it."""
    begin = min((first for first, _ in scene.quotes), default=0)
    tests = [
        one
        for home in around(scene) or [scene.root]
        for one in of_kinds(home, ("if_statement",))
        if re.search(r"\berr", text_of(one.field("condition")))
    ]
    behind = [one for one in tests if start(one) >= begin]
    return behind[:1] or tests[-1:]


def _first_of_run(scene: Scene, statements: list[SgNode]) -> list[SgNode]:
    quoted = [one for one in statements if begins_in_quote(scene, one)]
    return quoted if len(quoted) == 1 else statements


def _by_words(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return what a phrase means by its words: a name that is set, a call by its stem."""
    homes = around(scene) or [scene.root]
    found: list[SgNode] = []
    for word in phrase.spelled:
        stem = re.sub(r"(?:ting|ing|ed|es|s)$", "", word.lower())
        stem = stem[:-1] if re.search(r"([bdgmnpr])\1$", stem) else stem
        if len(stem) < 3 or word.lower() in {"the", "are", "is", "being", "built", "any", "each"}:
            continue
        for home in homes:
            assigned = of_kinds(home, scene.language.assignments)
            found += [one for one in assigned if name_of(one) == word]
            found += [one for one in of_kinds(home, scene.language.calls) if _is_said(one, stem)]
        if found:
            return found
    return []


def _is_said(call: SgNode, stem: str) -> bool:
    """Tell whether a word's stem names a call: ``log`` for ``logger.info(…)``."""
    logs = stem == "log" and call.text().lower().startswith(("log", "console"))
    return logs or call_name(call).lower().startswith(stem)


def _body(scene: Scene, clause: Clause, bound: Sequence[SgNode]) -> SgNode:
    """Return the body of the one function that the clause, else the finding, means."""
    functions = [function_of(one, scene.language) for one in bound] or around(scene)
    found = [one for one in functions if one is not None]
    if len(found) != 1:
        raise Abstain("which function gets the statement is not said")
    body = body_of(found[0])
    if body is None or body.kind() not in scene.language.blocks:
        raise Abstain("the function has no block to put a statement in")
    return body


def _callback(scene: Scene, phrase: Phrase) -> SgNode | None:
    """Return the body of the one function that the evidence hands to a call, if it is meant."""
    if not phrase.has("callback", "listener"):
        return None
    found = [
        body
        for one in of_kinds(scene.root, scene.language.functions)
        if begins_in_quote(scene, one)
        and (holder := one.parent()) is not None
        and holder.kind() in {"arguments", "argument_list"}
        and (body := body_of(one)) is not None
        and body.kind() in scene.language.blocks
    ]
    return found[0] if len(found) == 1 else None


def _title(body: SgNode) -> str:
    function = body.parent()
    name = name_of(function) if function is not None else ""
    return name or "the function"


def _by_condition(
    scene: Scene, clause: Clause, code: str, bound: Sequence[SgNode]
) -> tuple[Edit, str]:
    """Place a guard that says no place: above the evidence's statement, where its names are set."""
    if not code.startswith("if"):
        raise Abstain(f"where `{_short(code)}` goes is not said")
    homes = around(scene)
    if len(homes) != 1 and not bound:
        raise Abstain(f"where `{_short(code)}` goes is not said")
    body = _body(scene, clause, bound)
    names = set(re.findall(r"[A-Za-z_$][\w$]*", code.split("\n")[0]))
    statements = [one for one in body.named_children() if "comment" not in one.kind()]
    setting = [
        at
        for at, one in enumerate(statements)
        if any(name_of(each) in names for each in of_kinds(one, scene.language.assignments))
        and end(one) <= end(body)
    ]
    quoted = [at for at, one in enumerate(statements) if touches_quote(scene, one)]
    if setting:
        at = statements[max(setting)]
        return line_after(scene, at, code), f"after line {line(at)} of {scene.path}"
    if quoted and statements[quoted[0]] is not None:
        at = statements[quoted[0]]
        return line_before(scene, at, code), f"before line {line(at)} of {scene.path}"
    return block_start(scene, body, code), f"at the top of {_title(body)}"
