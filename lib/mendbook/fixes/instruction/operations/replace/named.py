"""Replace what the text names: by its code, its operator, its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.constants import same_number, value_of_constant
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.quoted_part import part_becomes
from mendbook.fixes.instruction.operations.replace.calls import (
    call_edits,
    callee_edit,
    worded_calls,
)
from mendbook.fixes.instruction.operations.replace.membership import membership_edit
from mendbook.fixes.instruction.operations.replace.methods import method_edits
from mendbook.fixes.instruction.operations.replace.sides import MAGIC
from mendbook.fixes.instruction.operations.replace.values import (
    bound_by,
    constant_edits,
    flat,
    is_complete,
    quoted_values,
    value_edits,
)
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, calls_in_quote
from mendbook.fixes.instruction.places.targets import calls_of, identifiers, same_code
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    name_of,
    of_kinds,
    squeezed,
    start,
    statement_of,
    value_of,
)
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def edits_of_named(
    work: Work, clause: Clause, new: Fragment, old: Phrase
) -> tuple[list[Edit], str]:
    """Return the edits that replace what ``old`` names, and how it is called."""
    scene = work.scene
    bound = bound_by(scene, clause, [*clause.codes])
    code = old.code
    if code is not None and clause.verb is Verb.THROW and old.has("returning", "return"):
        return _raised(scene, clause, new, code, bound)
    if code is not None and code.shape is Shape.NUMBER and old.has(*_ANSWERS):
        return _answered(scene, clause, new, code, bound)
    if code is not None and code.shape is Shape.OPERATOR:
        return _comparison(scene, clause, new, code, bound)
    if code is not None and code.shape is Shape.CHAIN and new.shape is Shape.CHAIN:
        return method_edits(scene, clause, code, new, bound)
    if code is not None:
        return code_edits(work, clause, new, code, bound)
    if new.shape is Shape.STATEMENT and old.has("returning", "return"):
        quoted = [
            one for one in of_kinds(scene.root, ("return_statement",))
            if begins_in_quote(scene, one)
        ]  # fmt: skip
        node = pick(scene, quoted, clause, "a return", bound)[0]
        return [replaced(node, quoted_as_here(scene, new.text))], f"`{flat(node)}`"
    named = [one for one in identifiers(old, scene) if one not in MAGIC]
    if new.shape is Shape.NAME and old.has(*MAGIC) and not named:
        return constant_edits(work, clause, new, bound)
    if old.has("loop"):
        raise Abstain("a loop is not replaced by one expression here")
    calls = worded_calls(scene, old)
    if calls:
        return call_edits(work, clause, new, calls, bound)
    roots = list(identifiers(old, scene))
    values = [
        one for one in quoted_values(scene)
        if any(re.search(rf"\b{re.escape(root)}\b", one.text()) for root in roots)
    ]  # fmt: skip
    if roots and len(values) == 1 and is_complete(new):
        return [replaced(values[0], quoted_as_here(scene, new.text))], f"what {roots[0]} makes"
    if (part := part_becomes(scene, " ".join(old.words), new)) is not None:
        return [edit for _, edit in part.edits], f"the {' '.join(old.words)}"
    raise Unplaced(f"what stands for `{' '.join(old.words)}` is not clear")


_ANSWERS = ("answering", "responding", "sending", "replying", "answer", "response", "reply")


def _answered(
    scene: Scene, clause: Clause, new: Fragment, status: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edit that does ``new`` where a ``status`` is answered: *instead of a 500*."""
    held = [
        one
        for one in of_kinds(scene.root, scene.language.numbers)
        if one.text() == status.text and begins_in_quote(scene, statement_of(one, scene.language))
    ]
    number = pick(scene, held, clause, f"an answer of {status.text}", bound)[0]
    node = statement_of(number, scene.language)
    inner = node.named_children()
    if node.kind() not in {"expression_statement", "return_statement"} or len(inner) != 1:
        raise Abstain(f"what answers {status.text} is no statement of its own")
    return [replaced(inner[0], quoted_as_here(scene, new.text))], f"`{flat(node)}`"


def _raised(
    scene: Scene, clause: Clause, new: Fragment, old: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edit that raises ``new`` where the value ``old`` is returned, and nothing else."""
    word = "throw" if scene.language.script else "raise"
    if not re.match(r"(?:raise|throw)\b", new.text) and "(" not in new.text:
        raise Abstain(f"what the {new.text} says is not given")
    returns = [
        one for one in of_kinds(scene.root, ("return_statement",))
        if [squeezed(inner.text()) for inner in one.named_children()] == [squeezed(old.text)]
    ]  # fmt: skip
    node = pick(scene, returns, clause, f"a return of `{old.text}`", bound)[0]
    lead = "" if re.match(r"(?:raise|throw)\b", new.text) else f"{word} "
    return [replaced(node, quoted_as_here(scene, f"{lead}{new.text}"))], f"`{flat(node)}`"


def _comparison(
    scene: Scene, clause: Clause, new: Fragment, mark: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edit that puts a call in the place of the comparison of what it is given."""
    kinds = ("binary_expression", "comparison_operator", "boolean_operator")
    comparisons = []
    for one in of_kinds(scene.root, kinds):
        inner = one.named_children()
        between = scene.text[end(inner[0]) : start(inner[1])] if len(inner) == 2 else ""
        wanted = squeezed(new.text)
        if between.strip() == mark.text and all(squeezed(each.text()) in wanted for each in inner):
            comparisons.append(one)
    nodes = pick(scene, comparisons, clause, f"a comparison by `{mark.text}`", bound)
    return [replaced(one, new.text) for one in nodes], f"`{flat(nodes[0])}`"


def _handed_over(scene: Scene, code: Fragment, new: Fragment) -> SgNode | None:
    """Return the one call of ``code`` that is given what the new code does without it."""
    inner = squeezed(re.sub(r"^await\s+", "", new.text))
    calls = [
        one
        for one in calls_in_quote(scene)
        if code.bare in {callee_text(one), callee_text(one).rpartition(".")[2]}
        and [squeezed(each.text()) for each in arguments(one)] == [inner]
    ]
    return calls[0] if len(calls) == 1 and "(" in inner else None


def _unended(node: SgNode, new: Fragment) -> SgNode:
    """Return what a statement does where new code does not end as one, so that its end stays."""
    inner = node.named_children()
    ended = node.kind() == "expression_statement" and node.text().endswith(";")
    return inner[0] if ended and len(inner) == 1 and not new.text.endswith(";") else node


def _ended(node: SgNode, text: str) -> str:
    """Return ``text`` with the end of the statement ``node``, where it has none of its own."""
    block = text.endswith("}") and not re.match(r"(?:const|let|var|return|throw)\b", text)
    return (
        f"{text};" if node.text().endswith(";") and not text.endswith(";") and not block else text
    )


def code_edits(
    work: Work, clause: Clause, new: Fragment, code: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edits that put ``new`` where ``code`` stands, and how that is called."""
    scene = work.scene
    shown = f"`{code.text}`"
    exact = [_unended(one, new) for one in same_code(scene, code.text)]
    if code.shape is Shape.NUMBER:
        exact = [one for one in exact if one.kind() in scene.language.numbers | {"unary_expression",
                 "unary_operator"}]  # fmt: skip
    if re.fullmatch(r"[A-Z]\w*<.*>", new.text, re.DOTALL):
        exact = [one for one in exact if "type" in one.kind()]
        if not exact:
            raise Abstain(f"`{new.text}` is a type, and {shown} stands where a value is")
    if exact and code.shape is not Shape.NAME:
        _refuse_value(work, new, code)
        nodes = pick(scene, exact, clause, shown, bound, several=True)
        text = quoted_as_here(scene, new.text)
        return [replaced(one, _ended(one, text)) for one in nodes], shown
    if (held := _handed_over(scene, code, new)) is not None:
        return [replaced(held, quoted_as_here(scene, new.text))], shown
    calls = calls_of(scene, code.bare)
    if calls and code.bare.endswith("indexOf") and new.bare.endswith("includes"):
        chosen = pick(scene, calls, clause, shown, bound, several=True)
        asked = [membership_edit(scene, one, "includes") for one in chosen]
        if all(asked):
            return [one for one in asked if one is not None], shown
    if calls and code.shape in {Shape.NAME, Shape.CODE}:
        if re.search(rf"\.{re.escape(code.bare.rpartition('.')[2])}$", new.text):
            nodes = pick(scene, calls, clause, shown, bound, several=True)
            return [callee_edit(one, code.bare, new.text) for one in nodes], shown
        if new.shape is Shape.NAME or new.text.endswith("()") or not is_complete(new):
            nodes = pick(scene, calls, clause, shown, bound, several=True)
            return [callee_edit(one, code.bare, new.bare) for one in nodes], shown
        return call_edits(work, clause, new, calls, bound)
    if exact:
        nodes = pick(scene, exact, clause, shown, bound, several=True)
        return [replaced(one, quoted_as_here(scene, new.text)) for one in nodes], shown
    declared = [
        one
        for one in of_kinds(scene.root, scene.language.assignments | scene.language.pairs)
        if name_of(one) == code.text.rpartition(".")[2] and value_of(one) is not None
    ]
    if declared:
        return value_edits(scene, clause, declared, new, bound), shown
    roots = re.match(r"[A-Za-z_$][\w$]*", code.text)
    values = [
        one for one in quoted_values(scene)
        if roots and re.search(rf"\b{re.escape(roots[0])}\b", one.text())
        and ("." not in code.text or scene.language.name != "go" or code.text in one.text())
    ]  # fmt: skip
    if len(values) == 1 and code.shape is Shape.NAME and is_complete(new):
        return [replaced(values[0], quoted_as_here(scene, new.text))], shown
    raise Unplaced(f"{shown} does not stand in {scene.path} at this commit")


def _refuse_value(work: Work, new: Fragment, code: Fragment) -> None:
    """Raise ``Abstain`` where a named constant is known to have another value than the literal."""
    if new.shape is not Shape.NAME or code.shape not in {Shape.NUMBER, Shape.TEXT}:
        return
    value = value_of_constant(work, new.text, None)
    if (
        value is not None
        and _plain(value) != _plain(code.text)
        and not same_number(value, code.text)
    ):
        raise Abstain(f"{new.text} is {value} and not {code.text}")


def _plain(text: str) -> str:
    return text.replace("_", "").replace('"', "'").rstrip("n")
