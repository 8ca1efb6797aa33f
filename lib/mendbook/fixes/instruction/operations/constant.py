"""Name a literal: declare the constant, and use it where the text says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.constants import same_number
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.literals import meant_in
from mendbook.fixes.instruction.places.pick import narrow, pick, quantity
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    end,
    function_around,
    inside,
    line,
    name_of,
    of_kinds,
    squeezed,
    start,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.writing.module_level import (
    declare_edits,
    runs_at_load,
    top_level_start,
)
from mendbook.model import Operation

_GIVEN = ("", "to", "as", "into", ":", "in", "with", "by")
_NAMING = {Verb.EXTRACT, Verb.ADD, Verb.USE, Verb.MOVE, Verb.DECLARE}
_CAPS = re.compile(r"[A-Z][A-Z\d]*(?:_[A-Z\d]+)*")
_EVERYWHERE = re.compile(r"\b(?:everywhere|throughout|wherever)\b", re.IGNORECASE)


def extract_constant(work: Work, clause: Clause) -> StepEdits | None:
    """Declare a constant and put it where its literal stands; None where none is asked."""
    told = _told(work.scene, clause)
    if told is None:
        return None
    name, value = told
    scene = work.scene
    local = _local_value(scene, value)
    if local is not None and (value is None or _same_value(value, value_of(local))):
        return _hoisted(scene, name, value, local)
    if value is None:
        if clause.has("object", "array", "options", "styles"):
            raise Abstain("what is to be named is more than one literal")
        value = _quoted_literal(scene)
    literals = _literals(scene, value)
    known = [
        one for one in of_kinds(scene.root, scene.language.assignments) if name_of(one) == name
    ]
    literals = [one for one in literals if not any(inside(one, at) for at in known)]
    uses = _uses(work)
    nodes = _places(work, clause, uses, literals, value)
    edits: list[Edit] = [replaced(one, name) for one in nodes]
    values = {name: value}
    if known:
        declared = value_of(known[0])
        if declared is None or not _same_value(value, declared):
            raise Abstain(f"{name} is declared with another value")
        values = {}
    else:
        if spelled(scene.root, name, scene.language):
            raise Abstain(f"the name {name} is taken in {scene.path}")
        loading = [top_level_start(one) for one in nodes if runs_at_load(scene, one)]
        code = _declaration(scene, clause, name, value)
        edits += declare_edits(scene, code, min(loading) if loading else None)
    return StepEdits(
        Operation.EXTRACT,
        f"name {_shown(value)} {name} and use it at {len(nodes)} place{'s' * (len(nodes) != 1)}",
        edits_in(scene, edits),
        adds=(name,),
        removes=(value,) if known else (),
        values=values,
        takes=len(uses),
        follows_up=("it", "literal", "constant", name.lower()),
    )


def _shown(value: str) -> str:
    """Return a value for a sentence; a text, which may be a secret, is not repeated."""
    return "the text" if value[:1] in "'\"`" or value[:2] in _PREFIXED else f"`{value}`"


_PREFIXED = {f"{letter}{mark}" for letter in "rbfuRBFU" for mark in "'\""}


def _told(scene: Scene, clause: Clause) -> tuple[str, str | None] | None:
    """Return the constant's name and its value, where the text gives them."""
    environment = re.search(r"\b(?:environment|env) (?:variable|var|setting)\b", clause.text)
    if environment and not re.search(r"\benv(?:iron)?\b(?! var)", clause.text):
        raise Abstain("how the program reads its environment is not said in code", final=True)
    level = "module" in clause.text.lower() or clause.has("constant", "top-level", "const")
    given = [one for p in clause.phrases if p.preposition in _GIVEN for one in p.codes]
    for code in given:
        named = code.shape is Shape.ASSIGNMENT and (code.key.isupper() or level)
        replaces = clause.verb is Verb.REPLACE and not scene.knows(code.key)
        if named and (clause.verb in _NAMING or replaces):
            return code.key, code.value
    if clause.verb not in {Verb.EXTRACT, Verb.MOVE, Verb.ADD, Verb.REPLACE, Verb.USE}:
        return None
    if clause.verb in {Verb.ADD, Verb.USE, Verb.REPLACE} and not clause.has(
        "constant", "const", "named"
    ):
        return None
    target = clause.behind("to", "into", "as", "in", "with", "by", "called", "named")
    names = [
        one for phrase in [target, *clause.phrases] if phrase is not None
        for one in _capitals(phrase)
    ]  # fmt: skip
    if not names:
        return None
    values = [
        one.text
        for one in clause.codes
        if one.shape in {Shape.NUMBER, Shape.TEXT, Shape.CODE} and one.text != names[0]
    ]
    return names[0], (values[0] if values else None)


def _capitals(phrase: Phrase) -> list[str]:
    named = [re.sub(r"^(?:export\s+)?(?:const|let|final)\s+", "", one.text) for one in phrase.codes]
    coded = [one for one in named if _CAPS.fullmatch(one)]
    return coded or [
        word for word in phrase.spelled if _CAPS.fullmatch(word) and ("_" in word or len(word) > 4)
    ]


def _local_value(scene: Scene, value: str | None) -> SgNode | None:
    """Return the quoted local variable whose value is to become the constant."""
    assignments = [
        one
        for one in of_kinds(scene.root, scene.language.assignments)
        if any(a <= start(one) < b or (start(one) <= a < end(one)) for a, b in scene.quotes)
        and function_around(one, scene.language) is not None
        and value_of(one) is not None
        and one.kind() not in {"assignment_expression"}
    ]
    near = list(narrow(scene, assignments))
    if len(near) != 1 or (value is not None and not _same_value(value, value_of(near[0]))):
        return None
    inner = value_of(near[0])
    return near[0] if inner is not None and _is_pure(inner, scene) else None


def _is_pure(value: SgNode, scene: Scene) -> bool:
    """Tell whether a value does not depend on where or when it is made."""
    if value.kind() in scene.language.numbers | scene.language.strings | {"regex"}:
        return "${" not in value.text()
    text = value.text()
    if value.kind() in {"array", "object"} and scene.language.script:
        return False
    if _FORMATS.match(text) and not of_kinds(value, ("identifier",))[1:]:
        return True
    constructed = re.match(
        r"(?:re\.compile|new RegExp|RegExp|new Set|frozenset|Pattern\.compile)\(", text
    )
    names = [one.text() for one in of_kinds(value, ("identifier",))]
    makers = {"re", "compile", "RegExp", "Set", "frozenset", "Pattern"}
    plain = all(one in makers or one.isupper() for one in names)
    return constructed is not None and plain


_FORMATS = re.compile(r"new (?:Intl\.\w+|TextEncoder|TextDecoder|Intl\.Collator)\(")
"""What is made of its options alone, and keeps nothing between its calls."""


def _same_value(told: str, value: SgNode | None) -> bool:
    if value is None:
        return False
    if squeezed(told) == squeezed(value.text()) or same_number(told, value.text()):
        return True
    return _as_regex(told) is not None and _as_regex(told) == _as_regex(value.text())


def _as_regex(text: str) -> tuple[str, str] | None:
    literal = re.fullmatch(r"/(.+)/([a-z]*)", text, re.DOTALL)
    if literal is not None:
        return literal[1].replace("\\/", "/"), literal[2]
    pattern = re.fullmatch(
        r"(?:new\s+)?RegExp\(\s*(['\"])(.*?)\1(?:\s*,\s*(['\"])(\w*)\3)?\s*\)", text
    )
    if pattern is None:
        return None
    return pattern[2].replace("\\\\", "\\").replace("\\/", "/"), pattern[4] or ""


def _hoisted(scene: Scene, name: str, value: str | None, local: SgNode) -> StepEdits:
    """Return the edits that make a local variable the module's constant."""
    inner = value_of(local)
    function = function_around(local, scene.language)
    if inner is None or function is None:
        raise Abstain("what is to be hoisted has no value")
    old = name_of(local)
    if name != old and spelled(scene.root, name, scene.language):
        raise Abstain(f"the name {name} is taken in {scene.path}")
    uses = [
        one for one in spelled(function, old, scene.language)
        if not inside(one, local) and one.kind() != "property_identifier"
    ]  # fmt: skip
    written = value or inner.text()
    flags = _as_regex(written)
    if flags is not None and set(flags[1]) & {"g", "y"}:
        stateful = re.search(rf"\b{re.escape(old)}\.(?:test|exec)\(", function.text())
        if stateful:
            raise Abstain(f"{old} keeps its place between calls (flag g); it stays local")
    statement = local.parent()
    if statement is None or len(statement.named_children()) != 1:
        raise Abstain(f"line {line(local)} declares more than {old}")
    first, last = line_start(scene.text, start(statement)), line_end(scene.text, end(statement))
    edits = [Edit(first, last, ""), *(replaced(one, name) for one in uses)]
    written = quoted_as_here(scene, written) if value else written
    edits += declare_edits(scene, f"{name} = {written}")
    return StepEdits(
        Operation.EXTRACT,
        f"hoist `{old}` to the module as {name}",
        edits_in(scene, edits),
        adds=(name,),
        values={name: written},
        follows_up=("it", "constant", name.lower()),
    )


def _quoted_literal(scene: Scene) -> str:
    """Return the one number or string that the evidence quotes."""
    kinds = scene.language.numbers | scene.language.strings
    literals = {
        one.text()
        for one in of_kinds(scene.root, kinds)
        if any(a <= start(one) and end(one) <= b for a, b in scene.quotes)
        and not any(outer.kind() in kinds for outer in one.ancestors())
    }
    numbers = {one for one in literals if re.match(r"[\d-]", one) and one not in {"0", "1"}}
    wanted = numbers or literals
    if len(wanted) != 1:
        raise Abstain("which literal is to be named is not said")
    return wanted.pop()


def _literals(scene: Scene, value: str) -> list[SgNode]:
    numbers = [
        one for one in of_kinds(scene.root, scene.language.numbers)
        if same_number(one.text(), value)
    ]  # fmt: skip
    return numbers or same_code(scene, value)


def _uses(work: Work) -> list[Clause]:
    """Return the clauses right behind that only say where the constant is used."""
    clauses = []
    for one in work.rest:
        says = one.verb in {Verb.USE, Verb.UPDATE, Verb.REPLACE} and (
            one.object.has("it", "constant", "them") or not one.object.codes
        )
        if not says:
            break
        clauses.append(one)
    return clauses


def _places(
    work: Work, clause: Clause, uses: Sequence[Clause], literals: Sequence[SgNode], value: str
) -> list[SgNode]:
    """Return the literals that become the constant."""
    scene = work.scene
    if not literals:
        raise Unplaced(f"`{value}` does not stand in {scene.path}; the constant would be unused")
    bound = [at for one in [*uses, clause] for at in scopes_in(scene, one)]
    if not bound and _EVERYWHERE.search(work.task.finding.fix):
        return list(literals)
    if bound:
        inner = [one for one in literals if any(inside(one, at) for at in bound)]
        lacking = [at for at in bound if not any(inside(one, at) for one in literals)]
        if lacking:
            raise Unplaced(f"`{value}` does not stand in {name_of(lacking[0])}")
        wanted = next((q for one in uses if (q := quantity(one)) is not None), None)
        if wanted or len(inner) == 1 or len(bound) > 1:
            return [one for at in bound for one in meant_in(at, inner, work.task.finding.fix)]
        literals = inner
    for one in [*uses, clause]:
        if quantity(one) is not None:
            return pick(scene, literals, one, f"`{value}`")
    return pick(scene, literals, clause, f"`{value}`", several=True)


def _declaration(scene: Scene, clause: Clause, name: str, value: str) -> str:
    said = next((one.text for one in clause.codes if one.shape is Shape.ASSIGNMENT), "")
    return quoted_as_here(scene, said if said else f"{name} = {value}")
