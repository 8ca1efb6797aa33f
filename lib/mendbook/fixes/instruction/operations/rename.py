"""Rename a symbol with all its uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.facts.kept import why_kept
from mendbook.fixes.instruction.facts.together import together
from mendbook.fixes.instruction.facts.uses import Use, is_local, spelled, uses_outside
from mendbook.fixes.instruction.operations.rename_attribute import attribute_edits
from mendbook.fixes.instruction.operations.rename_export import rename_export
from mendbook.fixes.instruction.operations.rename_member import member_edits
from mendbook.fixes.instruction.operations.rename_python import rename_python
from mendbook.fixes.instruction.operations.renamed_names import new_name, old_name
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    begins_in_quote,
    function_of,
    touches_quote,
)
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    field,
    function_around,
    name_of,
    of_kinds,
    owner_of,
    parameter_name,
    parameters,
    same,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation


def rename_symbol(work: Work, clause: Clause) -> StepEdits | None:
    """Rename what the clause names, at its declaration and all uses; None for another clause."""
    if clause.verb is not Verb.RENAME:
        return None
    target = clause.behind("to", "into", "as", "→")
    if target is None:
        raise Abstain("the new name is not said")
    if (wide := _WIDE.search(clause.text)) is not None:
        raise Abstain(f"a rename {wide[0]} reaches more than the uses in the code", final=True)
    both = _TWO.search(clause.text)
    if both is None:
        return renamed(work, clause, old_name(work, clause), new_name(clause))
    first = renamed(work, clause, both["old"], both["new"])
    second = renamed(work, clause, both["old2"], both["new2"])
    return replace(
        first,
        read_as=f"{first.read_as}; {second.read_as}",
        edits=(*first.edits, *second.edits),
        adds=(*first.adds, *second.adds),
        removes=(*first.removes, *second.removes),
    )


_AND = r"\s*(?:/|,|,?\s+and\s)\s*"
_TWO = re.compile(
    rf"`?(?P<old>[A-Za-z_$][\w$]*)`?{_AND}`?(?P<old2>[A-Za-z_$][\w$]*)`?\s+(?:to|into|as|→|->)\s+"
    rf"`?(?P<new>[A-Za-z_$][\w$]*)`?{_AND}`?(?P<new2>[A-Za-z_$][\w$]*)`?"
)
"""Two names that become two others: *rename a / setA to b / setB*."""


def renamed(work: Work, clause: Clause, old: str, new: str) -> StepEdits:
    """Return the rename of one symbol."""
    scene = work.scene
    if (of_class := attribute_edits(scene, clause, old, new)) is not None:
        return _step(old, new, of_class)
    declared = _declared(scene, clause, old)
    if scene.language.name == "go" and declared.kind() == "field_declaration":
        raise Abstain(f"{old} is a field, and whether that is what is to be renamed is not said")
    private = new if not name_of(declared).startswith("#") else f"#{new.lstrip('#')}"
    if _CONSTANT.fullmatch(new) and function_of(declared, scene.language) is not None:
        raise Abstain(f"{new} is the name of a constant, and {old} is a function")
    if kept := why_kept(work.task, scene, declared, going=False):
        raise Abstain(f"{kept}; its name stays")
    edits = _edits(work, scene, declared, old, private)
    files = {path for path, _ in edits}
    for path in files:
        refuse_path(work.task, path)
        _refuse_taken(work, scene, path, declared, new)
    return _step(old, new, edits)


def _step(old: str, new: str, edits: list[tuple[str, Edit]]) -> StepEdits:
    return StepEdits(
        Operation.RENAME,
        f"rename {old} to {new} at {len(edits)} places",
        tuple(edits),
        adds=(new,),
        removes=(old,),
        follows_up=("uses", "callers", "references", "imports", "import", "usages", "sites"),
    )


_CONSTANT = re.compile(r"[A-Z][A-Z\d]*_[A-Z\d_]+")
_WIDE = re.compile(
    r"\b(?:throughout|across|everywhere\s+in)\s+(?:the\s+)?(?:whole\s+|entire\s+)?(?:code\s?base|"
    r"project|repo(?:sitory)?"
    r"|application|system|stack|product|services?)\b|\b(?:in|and|"
    r",)\s+(?:the\s+)?(?:\w+\s+)?(?:database|tables?|columns?"
    r"|stored\s+\w+|public\s+\w+|feeds?|payloads?|clients|APIs?|documents|migrations?)\b",
    re.IGNORECASE,
)
"""Places that a name has beside the code, where no tool sees its uses."""


def _caught(scene: Scene, old: str) -> list[SgNode]:
    """Return the names that handlers of a script bind to what they catch."""
    handlers = of_kinds(scene.root, ("catch_clause",), scene.language)
    bound = [one.field("parameter") for one in handlers]
    return [one for one in bound if one is not None and one.text() == old]


def _is_pointed_at(scene: Scene, function: SgNode) -> bool:
    """Tell whether what the finding quotes, or the symbol it names, stands in a function."""
    if not scene.quotes:
        return True
    return touches_quote(scene, function) or any(
        start(function) <= start(one) < end(function) or start(one) <= start(function) < end(one)
        for one in scene.scopes
    )


def _declared(scene: Scene, clause: Clause, old: str) -> SgNode:
    declared = declarations(scene.root, old, scene.language)
    for function in of_kinds(scene.root, scene.language.functions, scene.language):
        declared += [
            one for one in parameters(function)
            if parameter_name(one) == old and _is_pointed_at(scene, function)
        ]  # fmt: skip
    if len(declared) > 1 and len(together(scene, declared[0])) >= len(declared):
        declared = declared[:1]
    bound = _in_patterns(scene, old)
    quoted = [one for one in bound if begins_in_quote(scene, one)]
    declared = quoted or declared or bound or _caught(scene, old)
    fields = clause.object.has("field", "property")
    if fields:
        declared = [one for one in declared if one.kind() in scene.language.fields] or declared
    elif clause.object.has("parameter"):
        declared = [
            one for one in declared if "parameter" in one.kind() or one.kind() == "identifier"
        ]
    homes = [one for one in declared if any(start(s) <= start(one) <= end(s) for s in scene.scopes)]
    near = narrow(scene, homes or declared) if homes or declared else []
    if len(near) == 1:
        return near[0]  # *both calls* counts the uses
    return pick(scene, homes or declared, clause, f"the declaration of {old}")[0]


def _in_patterns(scene: Scene, name: str) -> list[SgNode]:
    """Return the names that a loop's head or a pattern binds in a function: ``for (const a of b)``.

    A name that an object's pattern takes over from its key is bound in it, too.
    """
    return [
        one
        for one in spelled(scene.root, name, scene.language)
        if function_around(one, scene.language) is not None and _is_bound(one)
    ]


def _is_bound(node: SgNode) -> bool:
    inner = node
    for outer in node.ancestors():
        if outer.kind() in _LOOPS:
            left = field(outer, "left")
            return left is not None and same(left, inner)
        if outer.kind() == "variable_declarator":
            named = outer.field("name")
            return named is not None and same(named, inner)
        if outer.kind() not in _PATTERNS:
            return False
        inner = outer
    return False


_LOOPS = frozenset({"for_in_statement", "for_statement", "range_clause", "for_in_clause"})
_PATTERNS = frozenset(
    {"array_pattern", "object_pattern", "pattern_list", "tuple_pattern", "expression_list"}
)


def _edits(
    work: Work, scene: Scene, declared: SgNode, old: str, new: str
) -> list[tuple[str, Edit]]:
    home = _home(scene, declared)
    if scene.language.script and home is None:
        _refuse_in_namespace(declared, old)
    member = owner_of(declared, scene.language) is not None and home is None
    if home is not None:
        return [(scene.path, one) for one in _within(home, scene.language, old, new)]
    if member:
        return member_edits(work, scene, declared, old, new)
    if scene.language.script and (step := rename_export(work, scene, old, new)) is not None:
        return step
    edits = [(scene.path, one) for one in _within(scene.root, scene.language, old, new)]
    if is_local(scene, declared):
        return edits
    outside = [
        one
        for one in uses_outside(work.task, scene, declared, old)
        if one.path != scene.path or one.node is None
    ]
    unread = [one for one in outside if one.node is None]
    _refuse_unread(old, [one for one in unread if not one.path.endswith(".py")])
    if scene.language.python:
        return rename_python(work, scene, old, new)
    _refuse_unread(old, unread)
    for path in dict.fromkeys(one.path for one in outside):
        language = language_of(path)
        if language is None:
            continue
        root = parse(language, work.task.snapshot.text(path))
        edits += [(path, one) for one in _within(root, language, old, new)]
    return edits


def _refuse_unread(old: str, uses: Sequence[Use]) -> None:
    """Raise ``Abstain`` where a name is used in a text that no edit can be made of."""
    for use in uses:
        raise Abstain(f"{old} is used at {use.shown}, which cannot be read")


def _refuse_in_namespace(declared: SgNode, old: str) -> None:
    """Raise ``Abstain`` for what a namespace holds: others name it through the namespace."""
    if any(one.kind() in {"internal_module", "module"} for one in declared.ancestors()):
        raise Abstain(f"{old} is a member of a namespace, and may be used through it")


def _home(scene: Scene, declared: SgNode) -> SgNode | None:
    """Return the function that a local or a parameter belongs to, or None."""
    if owner_of(declared, scene.language) is not None and (
        declared.kind() in scene.language.fields | scene.language.functions
    ):
        return None
    if "parameter" in declared.kind() or declared.kind() == "identifier":
        return function_around(declared, scene.language)
    return function_around(declared, scene.language)


def _within(root: SgNode, language: Language, old: str, new: str) -> list[Edit]:
    """Return the edits of the variables spelled ``old`` below ``root``; members are left alone."""
    edits = []
    for one in spelled(root, old, language):
        parent = one.parent()
        if one.kind() == "property_identifier" or parent is None:
            continue
        if language.python and _is_attribute(one, parent):
            continue
        if one.kind() in {"shorthand_property_identifier", "shorthand_property_identifier_pattern"}:
            edits.append(replaced(one, f"{old}: {new}"))
            continue
        edits.append(replaced(one, new))
    return edits


def _is_attribute(one: SgNode, parent: SgNode) -> bool:
    label = field(parent, "attribute") if parent.kind() == "attribute" else None
    if parent.kind() == "keyword_argument":
        label = parent.field("name")
    return label is not None and start(label) == start(one)


def _refuse_taken(work: Work, scene: Scene, path: str, declared: SgNode, new: str) -> None:
    """Raise ``Abstain`` where the new name already means something where it would stand."""
    language = language_of(path)
    text = work.task.snapshot.get(path)
    if language is None or text is None:
        return
    member = owner_of(declared, scene.language) is not None and _home(scene, declared) is None
    taken = spelled(parse(language, text), new, language)
    if member:
        members = [
            one for one in taken
            if one.kind() in {"property_identifier", "private_property_identifier"}
            and (one.parent() or one).kind() in {
                *scene.language.fields, *scene.language.functions, "member_expression"}
            and not _other_object(one)
        ]  # fmt: skip
        if members:
            raise Abstain(f"the name {new} is taken in {path}")
        return
    if language.python and _home(scene, declared) is not None:
        taken = [one for one in taken if not _is_of_an_object(one)]
    if [one for one in taken if one.kind() not in {"property_identifier"} or language.python]:
        raise Abstain(f"the name {new} is taken in {path}")


def _is_of_an_object(one: SgNode) -> bool:
    """Tell whether a name of Python is a member or a keyword, which no local variable hides."""
    holder = one.parent()
    if holder is None:
        return False
    member = field(holder, "attribute") if holder.kind() == "attribute" else None
    label = field(holder, "name")
    body = holder.parent()
    owner = body.parent() if body is not None else None
    method = (
        holder.kind() == "function_definition"
        and owner is not None
        and owner.kind() == "class_definition"
    )
    keyed = holder.kind() == "keyword_argument" or method
    return (member is not None and start(member) == start(one)) or (
        keyed and label is not None and start(label) == start(one)
    )


def _other_object(one: SgNode) -> bool:
    parent = one.parent()
    holder = field(parent, "object") if parent is not None else None
    return holder is not None and holder.text() != "this"
