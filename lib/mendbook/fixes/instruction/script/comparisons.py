"""Comparisons: a yes-or-no call in the place of a whole one, a condition as a whole."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.checks.misused import is_answer
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import parsed, step_edits
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_USE = re.compile(
    r"(?:(?:use|prefer|write|call|do|replace\s+(?:it|this|that|the\s+[\w\s-]+?)\s+(?:with|by))\s+"
    r"|(?:this|it|the\s+(?:check|test|comparison|condition))\s+should\s+be\s+)(?P<new>⟦\d+⟧)"
    rf"(?:\s+{INSTEAD_OF}\s+(?P<old>[^,;]+))?",
    re.IGNORECASE,
)
_LOOPS = (
    r"(?:the|this|that)\s+(?:(?:inner|outer|for|while)\s+)?loop\s+(?:should|must|has\s+to|needs"
    r"\s+to)\s+(?:only\s+)?(?:stop\s+at|end\s+at|(?:run|go\s+on|continue|iterate)\s+(?:only\s+)?"
    r"while)|(?:loop|iterate|count)\s+(?:only\s+)?(?:while|as\s+long\s+as)"
)
_CONDITION = re.compile(
    r"(?:(?:the|this|that|its)\s+(?:(?:loop|while|for|if|exit|guard)\s+)?(?:condition|check|test"
    r"|bound)\s+(?:should|must|has\s+to|needs\s+to)\s+(?:be|read|say)|(?:change|set|fix|correct)"
    r"\s+(?:the\s+)?(?:(?:loop|while|for|if)\s+)?(?:condition|check|test)\s+to"
    rf"|{_LOOPS})\s+(?P<new>⟦\d+⟧|[\w.⟦⟧]+\s*(?:[<>]=?|[!=]==?)\s*[\w.⟦⟧]+)"
    r"(?:\s+(?:instead\s+of|rather\s+than|not)\s+(?P<old>⟦\d+⟧))?",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:the|this)\s+(?:for\s+|while\s+)?loop\s+(?:must|should|has\s+to|needs\s+to|"
    r"ought\s+to)\s+(?:only\s+)?(?:stop|end|run|go\s+on"
    r"|iterate|continue|be\s+bounded)\s+(?:at|while|as\s+long\s+as)\s+(?P<new>[^;:]+)",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    r"(?:check|test|guard|compare|allow|cover|handle|accept|reject|include|"
    r"exclude)\b[^⟦:;]*:\s*(?P<new>⟦\d+⟧)",
    re.IGNORECASE,
)


def answer_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `Number.isNaN(x)`* for ``x === NaN``: the whole comparison of the same names goes."""
    scene = work.scene
    told = _USE.fullmatch(ask.text)
    if told is None:
        return None
    new = ask.code(told["new"]).rstrip(";")
    node = parsed(new, scene.language)
    bare, denied = _undenied(node)
    if bare is None or not is_answer(bare):
        return None
    names = {one.text() for one in of_kinds(bare, ("identifier",))}
    comparisons = [one for one in _comparisons(scene) if _names(one) >= _own(names)]
    if len(comparisons) != 1:
        return None
    negative = _is_negative(comparisons[0])
    if negative is None:
        return None
    text = new
    if negative and not denied:
        text = f"!({new})" if bare.kind() == "binary_expression" else f"!{new}"
    elif denied and not negative:
        return None
    if bare.kind() == "binary_expression" and text == new and _is_part(comparisons[0]):
        text = f"({new})"
    said = f"write `{text}` in the place of `{squeezed(comparisons[0].text())}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(comparisons[0], text)], [new])


def _own(names: set[str]) -> set[str]:
    return {one for one in names if one not in {"Number", "Array", "Object", "Math", "isNaN"}}


def _names(node: SgNode) -> set[str]:
    return {one.text() for one in of_kinds(node, ("identifier", "property_identifier"))}


def _undenied(node: SgNode | None) -> tuple[SgNode | None, bool]:
    if node is not None and node.kind() == "unary_expression" and node.text().startswith("!"):
        inner = node.named_children()
        return (inner[0] if len(inner) == 1 else None), True
    return node, False


def _comparisons(scene: Scene) -> list[SgNode]:
    return [
        one
        for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one)
        and re.fullmatch(r"[!=]==?|[<>]=?", text_of(one.field("operator")))
    ]


def _is_negative(one: SgNode) -> bool | None:
    """Tell whether a comparison holds where the yes-or-no call says no; None if not certain."""
    sign, right = text_of(one.field("operator")), text_of(one.field("right"))
    if right == "-1" or right == "0":
        left = text_of(one.field("left"))
        if re.search(r"\)\.length$", left):
            return {"> 0": False, "!== 0": False, "!= 0": False, "=== 0": True,
                    "== 0": True}.get(f"{sign} {right}")  # fmt: skip
        if re.search(r"(?:indexOf|search|findIndex|lastIndexOf)\(", left) is None:
            return None
        return {"!== -1": False, "!= -1": False, "> -1": False, ">= 0": False, "=== -1": True,
                "== -1": True, "< 0": True}.get(f"{sign} {right}")  # fmt: skip
    if right in {"NaN", "Number.NaN", "'object'", '"object"', "Array"}:
        return sign.startswith("!") if sign in {"===", "==", "!==", "!="} else None
    return None


def _is_part(node: SgNode) -> bool:
    """Tell whether an expression is an operand of a larger one."""
    parent = node.parent()
    return parent is not None and parent.kind() in {
        "binary_expression", "unary_expression", "as_expression", "await_expression",
    }  # fmt: skip


_TESTED = ("if_statement", "for_statement", "while_statement", "do_statement", "ternary_expression")


def condition_as_told(work: Work, ask: Ask) -> StepEdits | None:
    """*Change the condition to `i < n`*: that of the one statement quoted, as a whole."""
    scene = work.scene
    told = (
        _CONDITION.fullmatch(ask.text) or _STOPS.fullmatch(ask.text) or _CHECKED.fullmatch(ask.text)
    )
    if told is None:
        return None
    shown = told.re is _CHECKED
    new = ask.code(told["new"]).rstrip(";")
    if parsed(new, scene.language) is None:
        return None
    heads = [
        held
        for one in of_kinds(scene.root, _TESTED)
        if begins_in_quote(scene, one) and (held := one.field("condition")) is not None
    ]
    heads = [one for one in heads if touches_quote(scene, one)]
    if len(heads) != 1:
        return None
    at = heads[0]
    while at.kind() in {"parenthesized_expression", "expression_statement"}:
        at = at.named_children()[0]
    if shown and not _widens(at, parsed(new, scene.language)):
        return None
    if (
        not shown
        and told.groupdict().get("old")
        and squeezed(ask.code(told["old"])) not in squeezed(at.text())
    ):
        return None
    if not _words_of(new) & _words_of(at.text()):
        return None
    said = f"let the condition be `{new}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(at, new)], [new], [at.text()])


def _widens(old: SgNode, new: SgNode | None) -> bool:
    """Tell whether a condition holds the old one as a part, or compares the same thing."""
    if new is None or new.kind() != "binary_expression":
        return False
    if re.fullmatch(r"&&|\|\|", text_of(new.field("operator"))):
        parts = {squeezed(one.text()) for one in of_kinds(new, (old.kind(),))}
        return squeezed(old.text()) in parts
    compared = re.compile(r"[!=]==?|[<>]=?")
    return (
        old.kind() == "binary_expression"
        and compared.fullmatch(text_of(old.field("operator"))) is not None
        and compared.fullmatch(text_of(new.field("operator"))) is not None
        and text_of(old.field("left")) == text_of(new.field("left"))
    )


def _words_of(code: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_$][\w$]*", code))


_EVERY = re.compile(
    r"(?:both|all)\s+(?:the\s+)?(?P<what>defaults|fallbacks|comparisons|checks|equality\s+checks)"
    r"\s+"
    r"(?:should|must|need\s+to|have\s+to|ought\s+to)\s+(?:use|be)\s+(?:the\s+)?(?P<new>⟦\d+⟧)"
    r"|(?:use|prefer)\s+(?:the\s+)?(?P<new2>⟦\d+⟧)\s+(?:for|in)\s+(?:both|all)\s+(?:the\s+)?"
    r"(?P<what2>defaults|fallbacks|comparisons|checks|equality\s+checks|places)",
    re.IGNORECASE,
)
_OLD = {"??": ("||",), "===": ("==",), "!==": ("!=",)}


def every_operator(work: Work, ask: Ask) -> StepEdits | None:
    """*Both defaults should use `??`*: every operator of its kind that the evidence quotes."""
    scene = work.scene
    told = _EVERY.fullmatch(ask.text)
    if told is None:
        return None
    new = ask.code(told["new"] or told["new2"])
    olds = _OLD.get(new)
    if olds is None:
        return None
    signs = [
        sign
        for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one)
        and (sign := one.field("operator")) is not None
        and sign.text() in olds
        and begins_in_quote(scene, one)
    ]
    if len(signs) < 2 or (re.match(r"both|.*\bboth\b", ask.text, re.I) and len(signs) != 2):
        return None
    edits = [replaced(one, new) for one in signs]
    return step_edits(
        scene, Operation.REPLACE, f"use `{new}` at each place quoted", edits, [new], olds
    )


COMPARISONS = (answer_instead, condition_as_told, every_operator)
