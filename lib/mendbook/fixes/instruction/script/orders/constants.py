"""A literal that gets a name, in the functions that are told; a constant's new size."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.constants import same_number
from mendbook.fixes.instruction.places.literals import meant_in
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import (
    CODE,
    NAME,
    OUGHT,
    VALUE,
    named,
    one_named,
    only_words,
    pointed,
)
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
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

_NAMING = {
    "name", "extract", "introduce", "define", "declare", "move", "pull", "hoist", "give",
    "replace", "make",
    "turn", "put", "share", "create", "add", "lift", "into", "to", "as", "a", "an", "constant",
    "const",
    "variable", "shared", "module", "level", "module-level", "named", "called", "at", "top",
    "of", "file", "above",
    "below", "imports", "and", "use", "used", "using", "reuse", "it", "by", "in", "both", "all",
    "functions",
    "function", "places", "should", "be", "must", "with", "everywhere", "occurrences", "out",
    "from", "for",
    "number", "magic", "literal", "value", "two", "three", "there", "them", "string", "one",
    "single", "become",
    "becomes", "instances", "uses", "each", "instead",
}  # fmt: skip
_VERB = re.compile(
    r"(?:name|extract|introduce|define|declare|move|pull|hoist|give|replace|make|turn|put|share"
    r"|create|"
    r"add|lift)\b|.*\b(?:should|must) be(?:come)?\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:export\s+)?const\s+(?P<name>[A-Z][A-Z\d_]*)\s*(?::[^=]+)?=\s*(?P<value>.+)", re.S
)


def named_literal(work: Work, ask: Ask) -> StepEdits | None:
    """*Name the 0.2: const RATE = 0.2, used by f and g*: in each function told, or in none."""
    scene = work.scene
    told = _literal_told(ask)
    if told is None:
        return None
    name, value, rest = told
    homes = {one for one in rest if declarations(scene.root, one, scene.language)}
    words = re.findall(r"[A-Za-z_$][\w$-]*", re.sub(CODE, " ", ask.text))
    homes |= {
        one
        for one in words
        if one.lower() not in _NAMING and declarations(scene.root, one, scene.language)
    }
    if not only_words(ask, _NAMING, homes) or len(homes) < len(rest) or scene.knows(name):
        return None
    kinds = scene.language.numbers | scene.language.strings
    literals = [one for one in of_kinds(scene.root, kinds) if _is_same(one, value)]
    nodes: list[SgNode] = []
    if homes:
        for home in sorted(homes):
            at = one_named(scene, home)
            inner = [] if at is None else meant_in(at, literals, work.task.finding.fix)
            if not inner:
                raise Abstain(f"{value} does not stand in {home}", final=True)
            nodes += [one for one in inner if not any(start(one) == start(each) for each in nodes)]
    elif re.search(r"\b(?:both|all|everywhere|occurrences|two|three)\b", ask.text, re.IGNORECASE):
        nodes = literals
        wanted = (
            2
            if re.search(r"\b(?:both|two)\b", ask.text, re.I)
            else 3
            if re.search(r"\bthree\b", ask.text, re.I)
            else 0
        )
        if wanted and len(literals) != wanted:
            return None
    if len(nodes) < 2:
        return None
    first = min(nodes, key=start)
    before = top_level_start(first) if any(runs_at_load(scene, one) for one in nodes) else None
    whole = f"const {name} = {value}"
    edits = [*declare_edits(scene, quoted_as_here(scene, whole), before)]
    edits += [replaced(one, name) for one in nodes]
    said = f"name {value} as {name}"
    return StepEdits(
        Operation.EXTRACT, said, edits_in(scene, edits), adds=(name,), values={name: value}
    )


def _literal_told(ask: Ask) -> tuple[str, str, list[str]] | None:
    """Return the name, the literal and the other names that a text gives; None for other texts."""
    if _VERB.match(ask.text) is None:
        return None
    name, value, rest = "", "", []
    for one in ask.told:
        text = one.text.strip().rstrip(";")
        if (whole := _TOLD.fullmatch(text)) is not None:
            name, value = whole["name"], value or whole["value"]
        elif re.fullmatch(r"[A-Z][A-Z\d]*(?:_[A-Z\d]+)*", text) and len(text) > 1 and not name:
            name = text
        elif re.fullmatch(r"-?[\d_.]+|'[^']*'|\"[^\"]*\"", text):
            value = text
        elif re.fullmatch(r"[A-Za-z_$][\w$]*(?:\(\))?", text):
            rest.append(text.removesuffix("()"))
        else:
            return None
    numbers = re.findall(r"(?<![\w.⟦])-?\d[\d_.]*(?![\w⟧])", ask.text)
    value = value or (numbers[0] if len(numbers) == 1 else "")
    return (name, value, rest) if name and value else None


def _is_same(node: SgNode, value: str) -> bool:
    text = node.text()
    if re.match(r"-?[\d.]", value):
        return bool(re.match(r"[\d.]", text)) and same_number(text, value)
    return squeezed(text) == squeezed(value)


_CHANGE = (
    r"(?:raise|lower|increase|decrease|reduce|change|set|bump|cut|extend|shorten|limit|make|"
    r"double|halve)"
)
_UNIT = (
    r"(?P<amount>\d[\d_]*(?:\.\d+)?) ?(?P<unit>ms|milliseconds?|s|secs?|seconds?|min|mins?"
    r"|minutes?|h|hours?|"
    r"days?|d|kb|kib|mb|mib|gb|gib)"
)
_SIZE = re.compile(
    rf"(?:{_CHANGE} (?P<k1>{NAME})(?: from [^,]+?)? to|(?P<k2>{NAME}) {OUGHT} be) (?:{_UNIT})"
    rf"(?:,? ?(?:\(|i\.e\. |that is |: ?|(?=⟦))(?P<code>{VALUE}(?: ?\* ?{VALUE})*)\)?)?",
    re.IGNORECASE,
)
_FACTORS = {
    "ms": "", "s": "1000", "min": "60 * 1000", "h": "60 * 60 * 1000",
    "d": "24 * 60 * 60 * 1000", "kb": "1024", "mb": "1024 * 1024", "gb": "1024 * 1024 * 1024",
}  # fmt: skip


def sized(work: Work, ask: Ask) -> StepEdits | None:
    """*Raise LIMIT to 25 MB (25 * 1024 * 1024)*: as it is written out, else by the same factors."""
    scene = work.scene
    masked = re.sub(r"⟦\d+⟧(?= ?(?:ms|s|secs?|seconds?|mins?|minutes?|h|hours?|days?|[kmg]i?b)\b)",
                    lambda one: ask.code(one[0]), ask.text, flags=re.I)  # fmt: skip
    told = _SIZE.fullmatch(masked)
    if told is None:
        return None
    name = named(ask, told["k1"] or told["k2"])
    held = [
        (one, value)
        for one in of_kinds(scene.root, ("variable_declarator", "pair", "public_field_definition"))
        if name and name_of(one) == name.rpartition(".")[2] and (value := value_of(one)) is not None
        and value.kind() in {"number", "binary_expression"}
        and re.fullmatch(r"[\d_.*\s]+", value.text())
    ]  # fmt: skip
    near = pointed(scene, [value for _, value in held])
    if len(near) != 1:
        return None
    old = near[0].text()
    if told["code"]:
        new = re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), told["code"]).strip("()")
    else:
        unit = re.sub(r"i?b$", "b", told["unit"].lower())
        unit = (
            unit
            if unit in _FACTORS
            else {"se": "s", "mi": "min", "ho": "h", "da": "d"}.get(unit[:2], "ms")
        )
        factors = _FACTORS[unit]
        if unit == "ms" and re.fullmatch(r"[\d_]+", old):
            factors = ""
        elif not factors or not squeezed(old).endswith(squeezed(f"* {factors}")):
            return None
        new = f"{told['amount']} * {factors}" if factors else told["amount"]
    if not re.fullmatch(r"[\d_.]+(?:\s*\*\s*[\d_.]+)*", new) or squeezed(new) == squeezed(old):
        return None
    said = f"let {name} be {new}"
    return StepEdits(Operation.SET, said, edits_in(scene, [replaced(near[0], new)]), adds=(new,))


CONSTANTS = (named_literal, sized)
