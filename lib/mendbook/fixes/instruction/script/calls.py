"""Calls told anew: the same one with more in it, its options, a value handed through another."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, parsed, quoted_calls, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    end,
    name_of,
    of_kinds,
    outermost,
    squeezed,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_OPTIONS_AT = {
    "sign": 2, "verify": 2, "fetch": 1, "cookie": 2, "addEventListener": 2, "readFile": 1,
    "writeFile": 2, "mkdir": 1, "rm": 1, "request": 1,
}  # fmt: skip
"""Where the options of a well-known call stand, by its last name."""
_GIVEN = re.compile(
    r"(?:set|pass|add|provide|give|supply|specify|include|configure)\b(?:(?!⟦)[^;:])*?(?::|\(|\s)"
    r"\s*(?P<new>⟦\d+⟧)\)?"
    r"(?:\s+as\s+(?:the\s+|an?\s+)?(?P<as>options?|sign\s+options|(?:second|third)\s+(?:argument|"
    r"parameter)|configuration|config)(?:\s+(?:object|argument|parameter))?)?"
    rf"(?:\s+(?:to|of|for|in|on)\s+(?:the\s+)?(?P<call>{ITEM})(?:\s+call)?)?",
    re.IGNORECASE,
)


def options_given(work: Work, ask: Ask) -> StepEdits | None:
    """*Set an expiry: `{ expiresIn: '15m' }`*: as the options of the well-known call quoted.

    Raises ``Abstain`` where options are told and the call's own are not known to stand anywhere.
    """
    scene = work.scene
    told = _GIVEN.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    if told is None or not re.fullmatch(r"\{\s*[\w'\"-]+\s*:.*\}", new, re.DOTALL) or "..." in new:
        return None
    name = ask.called(told["call"] or "")
    calls = quoted_calls(scene, name) if name else [
        one for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and call_name(one) in _OPTIONS_AT
    ]  # fmt: skip
    if len(calls) != 1:
        return None
    at = _OPTIONS_AT.get(call_name(calls[0]))
    given = arguments(calls[0])
    if at is None or len(given) not in {at, at + 1}:
        if told["as"] and "option" in told["as"].lower() and at is None and given:
            raise Abstain(
                f"where the options of {call_name(calls[0])} stand is not known", final=True
            )
        return None
    if len(given) == at:
        edits = [insert(end(given[-1]), f", {new}")]
        return step_edits(
            scene, Operation.ADD, f"give {call_name(calls[0])} `{new[:60]}`", edits, [new]
        )
    if given[at].kind() != "object":
        return None
    pairs = [one for one in _pairs(scene, new) if not _has(given[at], one)]
    inner = given[at].named_children()
    if not pairs or len(pairs) != len(_pairs(scene, new)) or not inner:
        return None
    edits = [insert(end(inner[-1]), "".join(f", {one}" for one in pairs))]
    return step_edits(
        scene, Operation.ADD, f"give {call_name(calls[0])} `{new[:60]}`", edits, pairs
    )


def _pairs(scene: Scene, code: str) -> list[str]:
    node = parsed(f"({code})", scene.language)
    return [one.text() for one in node.named_children()] if node is not None else []


def _has(held: SgNode, pair: str) -> bool:
    key = pair.split(":")[0].strip("'\" ")
    return any(name_of(one) == key or one.text() == key for one in held.named_children())


def call_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Limit the body with `express.json({ limit: '1kb' })`*: the same call, with more in it."""
    scene = work.scene
    codes = [one.text.rstrip(";") for one in ask.told if "(" in one.text]
    if (
        len(codes) != 1
        or len(ask.told) > 2
        or re.search(r"\b(?:and|then|before|after)\b", ask.text)
    ):
        return None
    code = codes[0].removeprefix("await ").removeprefix("return ")
    node = parsed(code, scene.language)
    if node is None or node.kind() not in {"call_expression", "new_expression"} or "..." in code:
        return None
    calls = [
        one for one in of_kinds(scene.root, (node.kind(),))
        if touches_quote(scene, one) and callee_text(one) == callee_text(node)
    ]  # fmt: skip
    if len(calls) != 1:
        return None
    old, new = arguments(calls[0]), arguments(node)
    same = [squeezed(one.text()) for one in old] == [
        squeezed(one.text()) for one in new[: len(old)]
    ]
    if not same or len(new) <= len(old):
        return None
    said = f"call `{code[:60]}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(calls[0], code)], [code])


def is_used(node: SgNode) -> bool:
    """Tell whether a name is read as a value, and is no part of a longer one or a declaration."""
    parent = node.parent()
    if parent is None or parent.kind() in {
        "member_expression",
        "formal_parameters",
        "required_parameter",
    }:
        return False
    if parent.kind() == "variable_declarator":
        return text_of(parent.field("value")) == node.text()
    return parent.kind() in {
        "template_substitution", "binary_expression", "arguments", "pair", "return_statement",
        "assignment_expression", "jsx_expression", "parenthesized_expression",
    }  # fmt: skip


_TEMPLATE = re.compile(
    r"(?:use|build|make|write|create|construct|replace|switch|prefer)\b(?:(?!⟦)[^;:])*?"
    r"\btemplate\s+(?:literal|string)\b(?:(?!⟦)[^;:])*?(?::|\(|\s)\s*(?P<new>⟦\d+⟧)\)?",
    re.IGNORECASE,
)


def template_told(work: Work, ask: Ask) -> StepEdits | None:
    """*Use a template literal: `/a/${id}`*, with or without its own ticks, for what is joined."""
    scene = work.scene
    told = _TEMPLATE.fullmatch(ask.text)
    new = ask.code(told["new"]).strip() if told is not None else ""
    if told is None or "${" not in new or "..." in new:
        return None
    code = new if new.startswith("`") else f"`{new}`"
    node = parsed(code, scene.language)
    outer = outermost(
        one for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one) and text_of(one.field("operator")) == "+"
        and of_kinds(one, ("string",))
    )  # fmt: skip
    if node is None or node.kind() != "template_string" or len(outer) != 1:
        return None
    if not _letters(outer[0].text()) <= _letters(code):
        return None
    said = f"write `{code.strip('`')[:60]}` as a template literal"
    return step_edits(scene, Operation.REPLACE, said, [replaced(outer[0], code)], [code])


def _letters(code: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_$][\w$]*", code))


_FALLBACK = re.compile(
    r"(?:remove|drop|delete|strip|eliminate)\s+(?:the\s+|this\s+|its\s+)?(?:(?:hard-?coded|"
    r"insecure|unsafe|default|literal|dev(?:elopment)?|weak|built-in|secret)\s+)*(?:fallback|"
    r"default)"
    r"(?:\s+(?:value|secret|string|key|password))?(?:\s*\(?(?:of\s+)?(?P<value>⟦\d+⟧|'[^']*')\)?"
    r")?(?:\s+(?:for|of|from)\s+(?:the\s+)?(?:⟦\d+⟧|[\w ]+))?",
    re.IGNORECASE,
)


def without_fallback(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the hard-coded fallback `'dev'`*: what stands behind the one `||` that is quoted."""
    scene = work.scene
    told = _FALLBACK.fullmatch(ask.text)
    fallbacks = [
        one for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one) and text_of(one.field("operator")) in {"||", "??"}
    ]  # fmt: skip
    if told is None or len(fallbacks) != 1:
        return None
    left, right = fallbacks[0].field("left"), fallbacks[0].field("right")
    value = ask.code(told["value"] or "")
    if left is None or right is None or (value and squeezed(value) != squeezed(right.text())):
        return None
    said = f"take `{left.text()[:60]}` without a fallback"
    return step_edits(
        scene, Operation.REMOVE, said, [replaced(fallbacks[0], left.text())], [], [right.text()]
    )


_ELIDED = re.compile(
    r"(?P<head>.*?[\w$\])]\.?(?P<name>[A-Za-z_$][\w$]*))\((?:\.\.\.|…)\)", re.DOTALL
)
_SORTED = re.compile(
    r"(?:sort|reverse|use|copy|spread|call|"
    r"mutate)\b(?:(?!⟦)[^;])*?(?P<new>⟦\d+⟧)(?:\s+(?:instead\s+of|rather\s+than)\s+[^;]*)?",
    re.IGNORECASE,
)


def elided(work: Work, ask: Ask) -> StepEdits | None:
    """*Sort a copy, `[...rows].sort(...)`*: the quoted call keeps what it is given."""
    scene = work.scene
    told = _SORTED.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    gap = _ELIDED.fullmatch(new)
    if gap is None:
        return None
    copy = re.match(
        r"(?:\[\s*\.\.\.(?P<a>[\w$.]+)\s*\]|(?P<b>[\w$.]+)\.slice\(\)|"
        r"Array\.from\((?P<c>[\w$.]+)\))\.",
        new,
    )
    calls = list(quoted_calls(scene, gap["name"]))
    if copy is None or len(calls) != 1:
        return None
    target = calls[0].field("function")
    owner = target.field("object") if target is not None else None
    source = next(one for one in copy.groups() if one)
    if owner is None or owner.text() != source:
        return None
    head = gap["head"].rpartition(".")[0]
    said = f"{gap['name']} a copy of {source}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(owner, head)], [head])


_CALL_FOR = re.compile(
    rf"(?:prefer|use|call|write)\s+(?P<new>⟦\d+⟧)\s+(?:over|instead\s+of|rather\s+than|in\s+"
    rf"place\s+of)\s+(?:the\s+)?(?:global\s+|bare\s+|plain\s+|built-in\s+)*(?P<old>{ITEM})(?:\s+"
    rf"(?:function|call))?",
    re.IGNORECASE,
)


def call_for(work: Work, ask: Ask) -> StepEdits | None:
    """*Prefer `Number.isNaN(n)` over the global `isNaN`*: the call that is given the same."""
    scene = work.scene
    told = _CALL_FOR.fullmatch(ask.text)
    if told is None:
        return None
    new, old = ask.code(told["new"]).rstrip(";"), ask.called(told["old"])
    node = parsed(new, scene.language)
    if node is None or node.kind() != "call_expression" or "..." in new:
        return None
    given = [squeezed(one.text()) for one in arguments(node)]
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and callee_text(one) == old
        and [squeezed(each.text()) for each in arguments(one)] == given
    ]  # fmt: skip
    if len(calls) != 1:
        return None
    said = f"call `{new[:60]}` in the place of {old}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(calls[0], new)], [new])


_BOUND = re.compile(
    r"bind\s+(?:it|this|the\s+\w+)?\s*(?:[^⟦;]*?)(?:with|using|via|by|:)\s*(?P<new>⟦\d+⟧)",
    re.IGNORECASE,
)


def bound(work: Work, ask: Ask) -> StepEdits | None:
    """*Bind it with `this.save.bind(this)`*: where the evidence hands the method on."""
    scene = work.scene
    told = _BOUND.fullmatch(ask.text)
    new = re.fullmatch(r"(?P<of>[\w$.]+)\.bind\(this\)", ask.code(told["new"])) if told else None
    uses = [
        one for one in of_kinds(scene.root, ("member_expression", "identifier"))
        if new is not None and touches_quote(scene, one)
        and one.text() == new["of"] and is_used(one)
    ]  # fmt: skip
    if new is None or len(uses) != 1:
        return None
    said = f"bind {new['of']}"
    return step_edits(scene, Operation.WRAP, said, [replaced(uses[0], new[0])], [new[0]])


_BARE = re.compile(
    r"(?:(?:drop|remove|delete)\s+(?:it|that|(?:the|its)\s+(?:(?:locale|needless|useless|"
    r"superfluous)\s+)*"
    r"(?:argument|parameter|locale))"
    r"|call\s+(?P<call>⟦\d+⟧)\s+without\s+(?:an?\s+|the\s+|any\s+|its\s+)?(?:arguments?|"
    r"parameters?|locale"
    r"|options?|⟦\d+⟧))",
    re.IGNORECASE,
)
_TAKES_NONE = re.compile(
    r"(?P<call>⟦\d+⟧)\s+(?:takes|has|accepts|wants|expects)\s+no\s+(?:arguments?|parameters?|"
    r"options?)"
    r"(?:\s+at\s+all)?|(?P<call2>⟦\d+⟧)\s+(?:ignores)\s+(?:its|the|this|that|"
    r"every)\s+(?:argument|parameter)",
    re.IGNORECASE,
)


def bare_call(work: Work, ask: Ask) -> StepEdits | None:
    """*Call `now()` without an argument*: the one quoted call of that name, given one."""
    scene = work.scene
    told = _BARE.fullmatch(ask.text)
    about = _TAKES_NONE.fullmatch(ask.about) if told is not None and not told["call"] else None
    mark = told["call"] if told is not None else None
    mark = mark or ((about["call"] or about["call2"]) if about is not None else None)
    if told is None or mark is None:
        return None
    name = re.sub(r"\(.*$", "", ask.code(mark), flags=re.DOTALL).rpartition(".")[2]
    calls = quoted_calls(scene, name)
    if len(calls) != 1 or len(arguments(calls[0])) != 1:
        return None
    given = calls[0].field("arguments")
    if given is None:
        return None
    gone = arguments(calls[0])[0].text()
    said = f"call {name} without {gone[:40]}"
    edits = [replaced(given, "()")]
    return step_edits(scene, Operation.REMOVE, said, edits, [f"{name}()"], [f"{name}({gone})"])


CALLS = (
    bare_call,
    options_given,
    call_for,
    call_anew,
    bound,
    template_told,
    without_fallback,
    elided,
)
