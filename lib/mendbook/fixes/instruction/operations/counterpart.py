"""Put code that is written out whole in the place of the one piece of the evidence it mends.

A fix text often gives the line as it should read: the same call with other arguments, the same
variable with another value, the same ``if`` with another test. What is written out says all that
the words around it say, so the words are not needed to find the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.clauses import Clause, Reading
from mendbook.fixes.instruction.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.fragments import Fragment, Shape
from mendbook.fixes.instruction.language import Language, is_broken, parse
from mendbook.fixes.instruction.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.syntax import (
    call_name,
    callee,
    callee_text,
    end,
    field,
    function_around,
    inside,
    of_kinds,
    parameter_name,
    parameters,
    same,
    squeezed,
    start,
    text_of,
    tokens,
)
from mendbook.fixes.instruction.targets import fragment_tokens, same_code
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_VERBS = {
    Verb.USE, Verb.REPLACE, Verb.CODE, Verb.GUARD, Verb.SET, Verb.RETURN, Verb.THROW, Verb.CALL,
    Verb.BECOME, Verb.UPDATE, Verb.MARK, Verb.DEFAULT,
    Verb.DECLARE,
}  # fmt: skip
_ELSEWHERE = {
    "before", "after", "above", "below", "ahead of", "prior to", "in front of", "when", "whenever",
    "unless", "if", "while", "behind", "around", "at the top of", "at the end of",
    "at the start of", "at the beginning of",
}  # fmt: skip
_MORE = re.compile(
    r"\b(?:early|also|both|every(?:where)?|each|all|occurrences?|uses|and then|as well|too|first"
    r"|e\.g\.|for example|such as|something like|or similar|either)\b|\.\.\.(?=\s*$)",
    re.IGNORECASE,
)


_WHOLE = {"loop", "block", "if/else", "branch", "body", "statements", "lines"}
"""What is more than the one piece that written code has a counterpart of."""


def written_out(work: Work, reading: Reading) -> Made | None:
    """Return the edit that writes the text's code over its counterpart; None where there is none.

    All code of the text must be that code, a part of it, or a part of what it replaces.
    """
    text = work.task.finding.fix
    if _MORE.search(re.sub(r"`[^`]*`", "", text)) or not work.scene.quotes:
        return None
    if len(reading.clauses) + len(reading.unread) != 1 or not _fits(reading.clauses):
        return None
    if any(_WHOLE.intersection(one.words) for one in reading.clauses):
        return None
    word = _exit_word(work.scene, reading.clauses)
    found = [
        (code, node, edit)
        for code in reading.codes
        if (hit := _counterpart(work.scene, code, reading, word)) is not None
        for node, edit in (hit,)
    ]
    if len(found) != 1:
        return None
    code, node, edit = found[0]
    adds, removes = claims(work.scene.language, node.text(), edit.text)
    others = [
        one.text
        for one in reading.codes
        if one is not code and not any(one.text in remark for remark in reading.remarks)
    ]
    if not all(_is_part(one, code.text, node.text()) for one in others):
        return None
    return Made(
        Operation.REPLACE,
        f"write `{_short(code.text)}` for `{_short(node.text())}`",
        edits_in(work.scene, [edit]),
        adds=adds,
        removes=removes,
    )


def _exit_word(scene: Scene, clauses: Sequence[Clause]) -> str:
    """Return the statement that a bare value stands for: ``raise X`` for *raise an X*."""
    verb = clauses[0].verb if clauses else None
    if verb is Verb.THROW:
        return "raise " if scene.language.python else "throw "
    return ""


def _fits(clauses: Sequence[Clause]) -> bool:
    return all(
        (one.verb in _VERBS or (one.verb is Verb.ADD and _only_announces(one)))
        and not any(phrase.preposition in _ELSEWHERE for phrase in one.phrases)
        for one in clauses
    )


def _only_announces(clause: Clause) -> bool:
    """Tell whether a clause names its code behind a colon only: *give it a message: raise …*."""
    return not clause.object.codes and clause.behind(":") is not None


def claims(language: Language, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a contract can count: the new code, and the old where the new lacks it."""
    before, after = fragment_tokens(old, language), fragment_tokens(new, language)
    adds = () if _runs_in(after, before) else (new,)
    kept = _runs_in(before, after) or (bool(adds) and squeezed(old) in squeezed(new))
    removes = () if kept else (old,)
    return adds, removes


def _runs_in(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Tell whether the tokens ``inner`` stand in a row in ``outer``."""
    size = len(inner)
    return any(tuple(outer[at : at + size]) == tuple(inner) for at in range(len(outer) - size + 1))


def _is_part(text: str, new: str, old: str) -> bool:
    """Tell whether a fragment only names what stands in the new code or in the old."""
    bare = squeezed(text).strip("()").rstrip(".")
    return bool(bare) and (bare in squeezed(new) or bare in squeezed(old))


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) < 70 else flat[:69] + "…"


def _counterpart(
    scene: Scene, code: Fragment, reading: Reading, word: str
) -> tuple[SgNode, Edit] | None:
    """Return what ``code`` is another form of, and the edit that writes it there."""
    text = code.text.strip().rstrip(";")
    if code.shape is Shape.PAIR:
        return _parameter(scene, text)
    others = [one for one in reading.codes if one is not code]
    if (found := _method(scene, text, others)) is not None:
        return found
    if word and re.match(r"(?:new\s+)?[A-Z][\w.]*\(", text):
        text = word + text
    if (
        "..." in re.sub(r"\.\.\.(?=[\w$\[({])", "", text)
        or "…" in text
        or (code.shape in _NO_CODE and "?." not in text[1:])
    ):
        return None
    for form in _FORMS:
        found = form(scene, text)
        if found is not None:
            return found
    return None


_NO_CODE = {Shape.NAME, Shape.NUMBER, Shape.TEXT, Shape.OPERATOR, Shape.PATH, Shape.LINES,
            Shape.TAG, Shape.DECORATOR, Shape.CHAIN, Shape.PAIR}  # fmt: skip


def _in_quotes(scene: Scene, kinds: Sequence[str] | frozenset[str]) -> list[SgNode]:
    """Return the nodes of ``kinds`` that begin in what the evidence quotes."""
    return [one for one in of_kinds(scene.root, kinds) if begins_in_quote(scene, one)]


def _written(scene: Scene, node: SgNode, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit that writes ``text`` over ``node``; None where it says the same already."""
    new = quoted_as_here(scene, text)
    if fragment_tokens(new, scene.language) == tokens(node) or squeezed(new) == squeezed(
        node.text()
    ):
        return None
    return node, replaced(node, new)


# --- the forms that code is written out in ------------------------------------------------------


def _test(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``if (…)``, ``while …:``: another test for the one that the evidence quotes."""
    python = scene.language.python
    head = re.fullmatch(
        r"(if|elif|while)\s+(.+?)\s*:" if python else r"(if|while)\s*(\(.*\))\s*\{?",
        text,
        re.DOTALL,
    )
    if head is None:
        return None
    kinds = {"while": ("while_statement",)}.get(head[1], ("if_statement", "elif_clause"))
    found = [one for one in _in_quotes(scene, kinds) if one.field("condition") is not None]
    if len(found) != 1:
        return None
    node = found[0].field("condition")
    if node is None:
        return None
    endless = head[1] == "while" and squeezed(node.text()).strip("()") in {"True", "true", "1"}
    if not endless and not _akin(scene.language, head[2], node.text()):
        return None
    return _written(scene, node, head[2])


def _akin(language: Language, one: str, other: str) -> bool:
    """Tell whether two expressions speak of a common name, or neither speaks of any."""
    mine, yours = _names(language, one), _names(language, other)
    return bool(mine & yours) or not mine | yours


def _names(language: Language, text: str) -> set[str]:
    plain = {"true", "false", "True", "False", "None", "null", "undefined", "self", "this"}
    root = parse(language, text)
    return {one.text() for one in of_kinds(root, language.names)} - plain


def _assignment(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``const x = …``: another value for the variable that the evidence sets."""
    head = re.match(
        r"(?:(?:export|const|let|var|final)\s+)*(?P<name>[\w$.\[\]'\"#]+)\s*"
        r"(?::(?P<type>[^=:]+))?\s=\s*(?P<value>\S.*)$",
        text,
        re.DOTALL,
    )
    if head is None:
        return None
    name = squeezed(head["name"])
    found = [
        one
        for one in _in_quotes(scene, scene.language.assignments | {"augmented_assignment"})
        if (label := field(one, "name", "left")) is not None and squeezed(label.text()) == name
    ]
    found = found or _declared_around(scene, name) or _declared_in(scene, name)
    if len(found) != 1:
        return None
    value = field(found[0], "value", "right")
    if value is None:
        return None
    if head["type"] and found[0].field("type") is None:
        label = field(found[0], "name", "left")
        typed = f"{text_of(label)}: {head['type'].strip()} = {head['value']}"
        return _written(scene, found[0], typed)
    return _written(scene, value, head["value"])


def _declared_around(scene: Scene, name: str) -> list[SgNode]:
    """Return the declarators whose keyword the quote begins with: ``const x = …``."""
    return [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if text_of(one.field("name")) == name
        and (outer := one.parent()) is not None
        and begins_in_quote(scene, outer)
    ]


def _declared_in(scene: Scene, name: str) -> list[SgNode]:
    """Return what sets ``name`` in the function whose head alone the evidence quotes."""
    homes = [
        one
        for one in around(scene)
        if (body := field(one, "body")) is not None
        and all(last <= start(body) for _, last in scene.quotes)
    ]
    return [
        one
        for home in homes
        for one in of_kinds(home, scene.language.assignments)
        if squeezed(text_of(field(one, "name", "left"))) == name
    ]


def _exit(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``return …``, ``throw …``: the exit that the evidence quotes, with another value."""
    head = re.match(r"(return|throw|raise)\b\s*(.*)$", text, re.DOTALL)
    if head is None or head[2].strip() in {"await", "new", "async", "yield", "…"}:
        return None
    kind = f"{head[1]}_statement"
    found = _in_quotes(scene, (kind,))
    if not found and head[1] == "return":
        return _returned(scene, text, head[2])
    if len(found) != 1:
        return None
    old = found[0].text().rstrip(";")
    whole = any(squeezed(scene.text[a:b]) == squeezed(old) for a, b in scene.quotes)
    if not whole and not _akin(scene.language, head[2], old.partition(" ")[2]):
        return None
    new = text + (";" if found[0].text().endswith(";") else "")
    return _written(scene, found[0], new)


def _returned(scene: Scene, text: str, value: str) -> tuple[SgNode, Edit] | None:
    """Return the call that the evidence makes without returning what the text returns."""
    found = [
        one
        for one in _in_quotes(scene, ("expression_statement",))
        if squeezed(one.text()) == squeezed(value)
    ]
    if len(found) != 1 or function_around(found[0], scene.language) is None:
        return None
    return _written(scene, found[0], text + (";" if found[0].text().endswith(";") else ""))


def _call(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``f(…)``: the call of the same function that the evidence quotes, with other arguments."""
    inner = f"async def _():\n    {text}" if scene.language.python else f"async () => {{ {text} }}"
    if re.match(r"(?:if|for|while|with)\b", text) or is_broken(scene.language, inner):
        return None
    root = parse(scene.language, text)
    top = next(iter(root.named_children()), None)
    while top is not None and top.kind() in {"expression_statement", "await_expression", "await"}:
        top = next(iter(top.named_children()), None)
    if top is None or top.kind() not in scene.language.calls:
        return None
    name = callee_text(top)
    found = [one for one in _in_quotes(scene, scene.language.calls) if callee_text(one) == name]
    found = [one for one in found if not any(inside(one, o) and not same(one, o) for o in found)]
    if len(found) != 1 or top.kind() != found[0].kind():
        return None
    node = found[0]
    holder = node.parent()
    if text.startswith("await ") and holder is not None and holder.kind() in _AWAITS:
        node = holder
    elif text.startswith("new ") and node.kind() != "new_expression":
        return None
    return _written(scene, node, text)


_AWAITS = {"await_expression", "await"}


def _parameter(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``name: type = value``: the parameter of that name, declared in another way."""
    head = re.match(r"(\w+)\??\s*(?::|=)\s*\S", text)
    if head is None or re.match(r"(?:const|let|var)\b", text):
        return None
    found = [
        one
        for function in around(scene)
        for one in parameters(function)
        if parameter_name(one) == head[1]
    ]
    if len(found) != 1 or not any(
        first <= start(found[0]) < last or start(found[0]) <= first < end(found[0])
        for first, last in scene.quotes
    ):
        return None
    return _written(scene, found[0], text)


def _method(scene: Scene, text: str, others: Sequence[Fragment]) -> tuple[SgNode, Edit] | None:
    """``slice(0, 3)``: another method for the one that the text names and the evidence calls."""
    head = re.fullmatch(r"\.?([a-z_$][\w$]*)\((.*)\)", text, re.DOTALL)
    if head is None or not others or _is_own(scene, head[1]):
        return None
    named = {one.bare.strip(".?").rpartition(".")[2] for one in others}
    found = [
        one
        for one in _calls_in_quotes(scene)
        if call_name(one) in named - {head[1]} and "." in callee_text(one)
    ]
    if len(found) != 1:
        return None
    label = field(callee(found[0]) or found[0], "property", "attribute")
    listed = found[0].field("arguments")
    if label is None or listed is None:
        return None
    given = scene.text[start(listed) + 1 : end(listed) - 1].strip()
    spelled = [one for one in others if squeezed(one.text).endswith(squeezed(f"({given})"))]
    if given and not head[2].strip() and not spelled:
        return found[0], replaced(label, head[1])
    new = quoted_as_here(scene, f"{head[1]}({head[2]})")
    return found[0], Edit(start(label), end(found[0]), new)


def _is_own(scene: Scene, name: str) -> bool:
    """Tell whether the file calls ``name`` as a function of its own or an imported one."""
    return any(callee_text(one) == name for one in of_kinds(scene.root, scene.language.calls))


def _calls_in_quotes(scene: Scene) -> list[SgNode]:
    """Return the calls whose method or function stands in what the evidence quotes."""
    return [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None
        and any(
            first <= start(field(target, "property", "attribute") or target) < last
            for first, last in scene.quotes
        )
    ]


def _chained(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``a?.b``: the same expression, which may now be missing on the way."""
    if "?." not in text or not scene.language.script:
        return None
    wanted = squeezed(text.replace("?.[", "[").replace("?.(", "(").replace("?.", "."))
    kinds = scene.language.calls | {"member_expression", "subscript_expression"}
    found = [one for one in _in_quotes(scene, kinds) if squeezed(one.text()) == wanted]
    if len(found) != 1:
        return None
    owner = squeezed(text.split("?.")[0])
    for outer in found[0].ancestors():
        if outer.kind() == "if_statement" and (
            squeezed(text_of(outer.field("condition"))).strip("()") == owner
        ):
            return _whole_if(scene, outer, found[0], text)
    return _written(scene, found[0], text)


def _whole_if(scene: Scene, outer: SgNode, call: SgNode, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit of ``if (a) { a() }`` to ``a?.()``; None where the branch does more."""
    body = field(outer, "consequence")
    inner = list(body.named_children()) if body is not None else []
    alone = len(inner) == 1 and squeezed(inner[0].text()) == squeezed(call.text())
    if outer.field("alternative") is not None or not alone:
        return None
    return outer, replaced(outer, text + (";" if inner[0].text().endswith(";") else ""))


def _mutation(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``xs.append(…)``: a change of what the evidence sets anew."""
    head = re.fullmatch(
        r"([\w$.]+)\.(?:append|push|add|extend|update|insert|set)\(.*\)", text, re.DOTALL
    )
    if head is None:
        return None
    found = [
        one
        for one in _in_quotes(scene, ("assignment", "assignment_expression"))
        if squeezed(text_of(one.field("left"))) == squeezed(head[1])
    ]
    return _written(scene, found[0], text) if len(found) == 1 else None


def _comparison(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``a.b() === c``: the comparison of the same thing by the same operator, or its bare test."""
    head = re.fullmatch(r"(.+?)\s+(===?|!==?|<=?|>=?|is not|is|in|not in)\s+(.+)", text, re.DOTALL)
    if head is None or re.search(r"&&|\|\||\?\?|\band\b|\bor\b|=>|\?", text):
        return None
    kinds = ("binary_expression", "comparison_operator")
    root = re.match(r"[\w$]+", head[1])
    found = [
        one
        for one in _in_quotes(scene, kinds)
        if len(inner := one.named_children()) == 2
        and re.sub(r"\s+", " ", scene.text[end(inner[0]) : start(inner[1])].strip()) == head[2]
        and root is not None
        and re.match(rf"{re.escape(root[0])}(?![\w$])", one.text())
    ]
    if len(found) == 1:
        return _written(scene, found[0], text)
    return _tested(scene, head[1], text) if not found else None


def _tested(scene: Scene, left: str, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit of an ``if`` that tests ``left`` by its truth alone."""
    found = []
    for one in _in_quotes(scene, ("if_statement", "while_statement", "elif_clause")):
        test = one.field("condition")
        if test is not None and squeezed(test.text()).strip("()") == squeezed(left):
            found.append(test)
    if len(found) != 1:
        return None
    bracket = found[0].text().startswith("(") and not scene.language.python
    return _written(scene, found[0], f"({text})" if bracket else text)


def _around(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``f(x)``: the ``x`` that the evidence reads bare, handed to ``f``."""
    head = re.fullmatch(r"([A-Za-z_$][\w$.]*)\(([\w$.]+)\)", text)
    if head is None or re.fullmatch(r"[\d.]+", head[2]):
        return None
    found = [
        one for one in same_code(scene, head[2]) if begins_in_quote(scene, one) and _is_read(one)
    ]
    if len(found) != 1:
        return None
    return _written(scene, found[0], text)


_READERS = {"binary_expression", "template_substitution", "interpolation", "comparison_operator",
            "binary_operator", "pair", "keyword_argument", "return_statement"}  # fmt: skip


def _is_read(node: SgNode) -> bool:
    """Tell whether a node is an operand, a part of a text, or the value of a pair."""
    holder = node.parent()
    if holder is None or holder.kind() not in _READERS:
        return False
    key = field(holder, "key", "name")
    return key is None or not same(key, node)


_FORMS: tuple[Callable[[Scene, str], tuple[SgNode, Edit] | None], ...] = (
    _test,
    _exit,
    _parameter,
    _assignment,
    _chained,
    _mutation,
    _comparison,
    _call,
    _around,
)
