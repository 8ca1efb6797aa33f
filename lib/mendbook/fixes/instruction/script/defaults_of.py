"""Values told by what they belong to: *the LEVEL default from 'trace' to 'info'*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, squeezed, string_of, value_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_ONE = (
    r"(?:the\s+)?(?:default\s+(?:of|for)\s+)?(?:the\s+)?(?P<key>⟦\d+⟧|"
    r"[A-Za-z_$][\w$.-]*)(?:'s)?(?:\s+(?:default|fallback|value|setting|constant|limit|"
    r"timeout))*\s+"
    r"from\s+(?P<old>⟦\d+⟧|'[^']*'|\"[^\"]*\"|-?\d[\w.]*|true|false|null)\s+to\s+(?P<new>⟦\d+⟧|"
    r"'[^']*'|\"[^\"]*\"|-?\d[\w.]*|true|false|null)"
)
_VERB = r"(?:change|set|raise|lower|increase|decrease|reduce|bump|move|switch|alter|cut|shorten)"
_SEVERAL = re.compile(
    rf"{_VERB}\s+(?P<all>{re.sub(r'[?]P<[a-z]+>', '?:', _ONE)}(?:(?:,\s+|"
    rf",?\s+and\s+)(?:{_VERB}\s+)?{re.sub(r'[?]P<[a-z]+>', '?:', _ONE)})*)",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    r"(?:⟦\d+⟧|[A-Z][A-Z\d_]+)\s+(?:should|must|has\s+to|needs\s+to)\s+be\s+(?:⟦\d+⟧|-?\d[\d_.]*)"
    r"(?:(?:,\s+|,?\s+and\s+)(?:⟦\d+⟧|[A-Z][A-Z\d_]+)\s+(?:(?:should|must)\s+be\s+)?(?:⟦\d+⟧|"
    r"-?\d[\d_.]*))+",
    re.IGNORECASE,
)
_PAIR = (
    r"(?P<key>⟦\d+⟧|[A-Z][A-Z\d_]+)\s+(?:(?:should|must|has\s+to|"
    r"needs\s+to)\s+be\s+)?(?P<new>⟦\d+⟧|-?\d[\d_.]*)"
)
_LITERALS = ("string", "number", "true", "false", "null")


def changed_of(work: Work, ask: Ask) -> StepEdits | None:
    """*Change the A default from 1 to 2 and the B default from 3 to 4*: each by its own name."""
    scene = work.scene
    told = _SEVERAL.fullmatch(ask.text)
    if told is None:
        return None
    edits, adds, told_of = [], [], []
    for one in re.finditer(_ONE, told["all"], re.IGNORECASE):
        key, old, new = (ask.code(one[each]) for each in ("key", "old", "new"))
        literals = _of_key(scene, key, old)
        if len(literals) != 1:
            return None
        new = quoted_as_here(scene, new)
        edits.append(replaced(literals[0], new))
        adds.append(new)
        told_of.append(f"{key} from {old} to {new}")
    said = f"{ask.text.partition(' ')[0].lower()} {', '.join(told_of)[:80]}"
    return step_edits(scene, Operation.REPLACE, said, edits, adds)


def _of_key(scene: Scene, key: str, old: str) -> list[SgNode]:
    """Return the literals ``old`` that stand with ``key``: its value, default or argument."""
    literals = []
    for one in of_kinds(scene.root, _LITERALS):
        same = squeezed(one.text()).replace('"', "'") == squeezed(old).replace('"', "'")
        if same and _belongs(one, key):
            literals.append(one)
    return literals


def _belongs(node: SgNode, key: str) -> bool:
    """Tell whether the expression around a literal, or what holds that, bears the key."""
    last = key.rpartition(".")[2]
    for at, one in enumerate(node.ancestors()):
        if one.kind() in _HOLDERS:
            name = name_of(one) or (one.named_children()[0].text() if one.named_children() else "")
            return last == re.split(r"[.:]", name)[-1].strip() or _bears(one, last, at)
        if one.kind() in {"call_expression", "binary_expression"} and _bears(one, last, at):
            return True
        if one.kind() in {"statement_block", "program", "arrow_function"}:
            return False
    return False


_HOLDERS = {
    "pair", "variable_declarator", "public_field_definition", "assignment_expression",
    "assignment_pattern", "object_assignment_pattern", "required_parameter",
}  # fmt: skip


def _bears(node: SgNode, key: str, depth: int) -> bool:
    """Tell whether a name or a string of ``key`` stands in a small expression."""
    if depth > 4 or (of_kinds(node, ("pair", "statement_block")) and node.kind() != "pair"):
        return False
    names = {one.text() for one in of_kinds(node, ("identifier", "property_identifier"))}
    return key in names or key in {string_of(one) for one in of_kinds(node, ("string",))}


def each_value(work: Work, ask: Ask) -> StepEdits | None:
    """Read *A should be 5 and B 2000*: the plain values that the constants of these names hold."""
    scene = work.scene
    if _PAIRS.fullmatch(ask.text) is None:
        return None
    edits, adds = [], []
    for one in re.finditer(_PAIR, ask.text):
        key, new = ask.code(one["key"]), ask.code(one["new"])
        declarators = [
            each for each in of_kinds(scene.root, ("variable_declarator",)) if name_of(each) == key
        ]
        value = value_of(declarators[0]) if len(declarators) == 1 else None
        if value is None or value.kind() not in {"number", "string"} or value.text() == new:
            return None
        if not re.fullmatch(r"-?[\d_.]+|'[^']*'|\"[^\"]*\"", new):
            return None
        edits.append(replaced(value, quoted_as_here(scene, new)))
        adds.append(f"= {new}")
    return step_edits(scene, Operation.SET, f"set {', '.join(adds)[:60]}", edits, adds)


DEFAULTS_OF = (changed_of, each_value)
