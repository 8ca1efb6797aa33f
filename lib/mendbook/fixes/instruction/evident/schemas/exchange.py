"""One name, call or value for another that the text says to give way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.asks import Ask
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told, holds
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee_text,
    end,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_EXPRESSIONS = {Shape.NAME, Shape.CODE, Shape.NUMBER, Shape.TEXT, Shape.CHAIN}
_BESIDE = ("also", "too", "beside", "besides", "next", "along", "together", "follow", "follows",
           "before", "after", "and", "both", "first", "then", "additionally", "over", "all",
           "each", "every", "concurrently", "parallel")  # fmt: skip
_CHECKS = re.compile(
    r"(?:check|guard|verify|ensure|validate|test|assert)\b"
    r"|.*\b(?:followed|preceded)\s+by\b|.*\ban?\s+(?:check|test|guard)\s+of\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words of a test that comes beside what stands there, and not in its place."""


def exchange(told: Told) -> Iterator[Made]:
    """Yield the exchange: *a name is text: textContent, not innerHTML*."""
    new = told.new()
    if len(new) != 1 or new[0] in told.given_up() or not _is_expression(told.codes[new[0]]):
        return
    code = told.codes[new[0]]
    olds = [at for at in told.numbers() if at in told.given_up() or _is_alike(told, code, at)]
    given_up = [at for at in olds if at in told.given_up()]
    olds = given_up or ([] if told.has(*_BESIDE) else olds)
    if not olds and not told.has(*_BESIDE):
        yield from _of_one_owner(told, new[0])
        return
    if len(olds) != 1 or not _is_expression(told.codes[olds[0]]):
        return
    owner, old, plain = _matched(told.codes[olds[0]].text, code.text)
    nodes = [one for one in _named(told, old) if not owner or _is_of(told, one, owner)]
    if any(_is_declared_as(one) for one in nodes):
        return
    chosen = nodes if len(nodes) == 1 else _owned(told, nodes, {*new, *olds})
    if len(chosen) != 1:
        return
    held = re.fullmatch(r"(?P<owner>[\w$.]+)\.(?P<name>[\w$]+)", plain)
    if held is not None and told.scene.text[: start(chosen[0])].endswith("."):
        if told.scene.language.script or not _is_of(told, chosen[0], held["owner"]):
            return  # another owner would stand behind the one that is there
        plain = held["name"]
    text = quoted_as_here(told.scene, plain)
    yield made(
        told,
        (*new, *olds),
        Operation.REPLACE,
        f"write `{plain}` for `{old}`",
        [replaced(chosen[0], text)],
        adds=(text,),
        removes=(old,),
    )


def _of_one_owner(told: Told, at: int) -> Iterator[Made]:
    """Yield ``log.info`` over the one quoted member of ``log``; a call, if it is given the same."""
    code = told.codes[at].text
    member = re.fullmatch(
        r"(?P<owner>[\w$.]+)\.(?P<name>[\w$]+)(?P<given>\(.*\))?", code, re.DOTALL
    )
    if _CHECKS.match(told.words):
        return
    if member is None or Ask.CHANGE not in {one for kinds in told.asks for one in kinds}:
        return
    calls = [one for one in told.nodes(told.scene.language.calls)
             if callee_text(one).rpartition(".")[0] == member["owner"]]  # fmt: skip
    if len(calls) != 1 or call_name(calls[0]) == member["name"]:
        return
    given = text_of(calls[0].field("arguments"))
    if member["given"] not in {None, "()"} and squeezed(member["given"]) != squeezed(given):
        return
    now = call_name(calls[0])
    names = [one for one in told.nodes(told.scene.language.names)
             if one.text() == now and _is_of(told, one, member["owner"])]  # fmt: skip
    if len(names) == 1 and end(names[0]) <= end(calls[0]):
        yield made(told, [at], Operation.REPLACE, f"call `{member['owner']}.{member['name']}`",
                   [replaced(names[0], member["name"])], adds=(member["name"],),
                   removes=(names[0].text(),))  # fmt: skip


def _is_declared_as(node: SgNode) -> bool:
    """Tell whether a node is the name of a declaration; another one has uses that follow."""
    holder = node.parent()
    above = holder.parent() if holder is not None else None
    if holder is not None and above is not None and holder.text().startswith(("self.", "this.")):
        left = above.field("left")
        if left is not None and (start(left), end(left)) == (start(holder), end(holder)):
            return True
    if holder is None or not re.search(r"declar|definition|^assignment$", holder.kind()):
        return False
    name = holder.field("name") or holder.field("left")
    return name is not None and (start(name), end(name)) == (start(node), end(node))


def _is_expression(code: Fragment) -> bool:
    return code.shape in _EXPRESSIONS


def _is_alike(told: Told, code: Fragment, at: int) -> bool:
    """Tell whether other code is quoted, and is written as ``code`` is: a name, a path, a call."""
    other = told.codes[at]
    if other.shape is not code.shape or not holds(told.quoted, other.text):
        return False
    names = [set(re.findall(r"[A-Za-z_$][\w$]*", one.text)) for one in (code, other)]
    if code.shape is Shape.CODE and names[0] & names[1] and "=" in other.text:
        return True
    return re.sub(r"[\w$]+", "x", other.text) == re.sub(r"[\w$]+", "x", code.text)


def _matched(old: str, new: str) -> tuple[str, str, str]:
    """Return the owner that two pieces of code share, and what of each is its own."""
    old, new = _unbracketed(old, new)
    both = [re.fullmatch(r"(?P<owner>[\w$.]+)\.(?P<name>[\w$]+)", one) for one in (old, new)]
    if both[0] and both[1] and both[0]["owner"] == both[1]["owner"]:
        return both[0]["owner"], both[0]["name"], both[1]["name"]
    return "", old, new


def _unbracketed(old: str, new: str) -> tuple[str, str]:
    """Return two pieces of code without the empty brackets that both, or the new one, have."""
    if new.endswith("()") and (old.endswith("()") or re.fullmatch(r"[\w$.]+", old)):
        return old.removesuffix("()"), new.removesuffix("()")
    if old.endswith("()") and re.fullmatch(r"[\w$.]+", new):
        return old.removesuffix("()"), new
    return old, new


def _named(told: Told, code: str) -> list[SgNode]:
    """Return the quoted nodes that are ``code``; several of one place are one."""
    kinds = told.scene.language.names
    plain = re.fullmatch(r"[\w$]+", code) is not None
    found = (
        [one for one in told.nodes(kinds) if one.text() == code]
        if plain and not code.isdigit()
        else [one for one in same_code(told.scene, code) if begins_in_quote(told.scene, one)]
    )
    spans = {(start(one), end(one)): one for one in found}
    return list(spans.values())


def _owned(told: Told, nodes: list[SgNode], used: set[int]) -> list[SgNode]:
    """Return those of equal names that belong to code which the text names: *a.b needs c()*."""
    owners = [told.codes[at].text for at in told.numbers() if at not in used]
    return [one for one in nodes if any(_is_of(told, one, owner) for owner in owners)]


def _is_of(told: Told, node: SgNode, owner: str) -> bool:
    before = told.scene.text[: start(node)]
    return before.endswith(f"{owner}.") and not re.search(rf"[\w$.]{re.escape(owner)}\.$", before)
