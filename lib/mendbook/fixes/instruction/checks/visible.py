"""Tell whether the names that new code reads can be seen from where it stands."""

from __future__ import annotations

import re
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.line_runs import line_runs, new_lines
from mendbook.fixes.instruction.names.scope import binders, is_read
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import end, inside, of_kinds, start

_OUTER = {
    "function_declaration", "generator_function_declaration", "function_definition",
    "class_declaration", "class_definition", "abstract_class_declaration",
}  # fmt: skip


def unseen_name(before: str, after: str, language: Language) -> str:
    """Return a name that a changed line reads and that is bound only in other scopes, or nothing.

    A name that is bound nowhere is no concern of this one: it is imported, global, or refused.
    """
    lines = {at for run in line_runs(before, after) for at in range(run.new_start, run.new_end)}
    root = parse(language, after)
    bound: dict[str, list[SgNode]] = {}
    for one in binders(root, language):
        bound.setdefault(one.text(), []).append(one)
    for one in of_kinds(root, _READ, language):
        known = bound.get(one.text())
        if not known or one.range().start.line not in lines or not is_read(one, language):
            continue
        seen = [binder for binder in known if _sees(one, binder, language)]
        if not seen or all(_comes_later(one, binder, language) for binder in seen):
            return one.text()
    return ""


_READ = frozenset({"identifier", "shorthand_property_identifier"})
_PLAIN = frozenset({"identifier"})


def _sees(one: SgNode, binder: SgNode, language: Language) -> bool:
    """Tell whether what ``binder`` binds is in scope at ``one``."""
    scope = _scope(binder, language)
    return scope is None or inside(one, scope)


def _comes_later(one: SgNode, binder: SgNode, language: Language) -> bool:
    """Tell whether a local variable gets its first value below where it is read."""
    if start(binder) <= start(one):
        return False
    kinds = language.functions
    home = next((outer for outer in one.ancestors() if outer.kind() in kinds), None)
    scope = _scope(binder, language)
    holder = binder.parent()
    if holder is not None and holder.kind() == "expression_list":
        holder = holder.parent()
    loops = [outer for outer in one.ancestors() if outer.kind() in _LOOPS]
    return (
        home is not None
        and scope is not None
        and inside(scope, home)
        and holder is not None
        and holder.kind() in _VARIABLES
        and not any(inside(binder, loop) for loop in loops)
    )


_VARIABLES = {"assignment", "variable_declarator", "short_var_declaration", "pattern_list"}
_LOOPS = {
    *("for_statement", "while_statement", "for_in_statement", "do_statement"),
    *("list_comprehension", "set_comprehension", "dictionary_comprehension"),
    "generator_expression",
}


def _scope(binder: SgNode, language: Language) -> SgNode | None:
    """Return the function, class or block in which a binding holds; None for the whole module."""
    parent = binder.parent()
    outers = binder.ancestors()
    if parent is not None and parent.kind() in _OUTER:
        label = parent.field("name")
        if label is not None and (start(label), end(label)) == (start(binder), end(binder)):
            outers = parent.ancestors()
    kinds = language.functions | _INNER.get(language.name, frozenset())
    kinds |= language.classes if language.python else frozenset()
    return next((one for one in outers if one.kind() in kinds), None)


_INNER = {
    "go": frozenset(
        {
            *("block", "if_statement", "for_statement", "select_statement", "communication_case"),
            *("expression_switch_statement", "expression_case", "type_switch_statement"),
            "type_case",
        }
    ),
    "java": frozenset(
        {
            *("block", "for_statement", "enhanced_for_statement", "catch_clause", "switch_block"),
            "try_with_resources_statement",
        }
    ),
}
"""What a local variable lives in within a function, by language."""


def unowned_name(before: str, after: str, language: Language) -> tuple[str, str] | None:
    """Return a name that is newly read bare though the file has it only as a member, and of what.

    ``open`` of a condition is then ``self.open``, though the language has a name ``open`` as well.
    """
    root = parse(language, after)
    taken = _read_bare(language, before) | {one.text() for one in binders(root, language)}
    for one in of_kinds(root, _PLAIN, language):
        name = one.text()
        if name in taken or not _is_value(one) or not is_read(one, language):
            continue
        owned = re.search(rf"(?<![\w$.)\]])([A-Za-z_$][\w$]*\.{re.escape(name)})(?![\w$(])", before)
        if owned is not None:
            return name, owned[1]
    return None


@lru_cache(maxsize=256)
def _read_bare(language: Language, text: str) -> frozenset[str]:
    """Return the names that a text reads as values, and not as members."""
    known: set[str] = set()
    for one in of_kinds(parse(language, text), _PLAIN, language):
        name = one.text()
        if name not in known and _is_value(one) and is_read(one, language):
            known.add(name)
    return frozenset(known)


def _is_value(one: SgNode) -> bool:
    parent = one.parent()
    return one.kind() == "identifier" and parent is not None and parent.kind() not in _NO_VALUE


_NO_VALUE = {"call", "call_expression", "type", "keyword_argument", "pair", "jsx_attribute"}
"""Where an identifier is called, a type or a key: there a name of the language is meant."""


def self_compared(before: str, after: str, language: Language) -> str:
    """Return a new comparison of a call's answer with what the call is given, or nothing."""
    known = {one.text() for one in _comparisons(language, before)}
    for one in _comparisons(language, after):
        sides = one.named_children()
        if one.text() in known or len(sides) != 2:
            continue
        for call, other in (sides, sides[::-1]):
            given = call.field("arguments") if call.kind() in language.calls else None
            if given is not None and other.text() in {
                each.text() for each in given.named_children()
            }:
                return one.text()
    return ""


_COMPARED = frozenset({"comparison_operator", "binary_expression"})
_STATEMENTS = frozenset({"expression_statement"})


def _comparisons(language: Language, text: str) -> list[SgNode]:
    return [
        one
        for one in of_kinds(parse(language, text), _COMPARED, language)
        if one.kind() == "comparison_operator"
        or (one.kind() == "binary_expression" and re.fullmatch(r"[=!]==?", _sign(one)))
    ]


def _sign(one: SgNode) -> str:
    sign = one.field("operator")
    return sign.text() if sign is not None else ""


def idle_statement(language: Language, before: str, after: str) -> str:
    """Return a statement that only names something and is new, or nothing."""
    known = {one.text() for one in _idle(language, before)}
    return next((one.text() for one in _idle(language, after) if one.text() not in known), "")


def _idle(language: Language, text: str) -> list[SgNode]:
    kinds = {"identifier", "member_expression", "attribute", "number", "integer", "float"}
    statements = []
    for one in of_kinds(parse(language, text), _STATEMENTS, language):
        inner = one.named_children()
        in_class = language.python and any(
            outer.kind() == "class_definition" for outer in one.ancestors()[1:2]
        )
        if len(inner) == 1 and inner[0].kind() in (kinds | {"call"} if in_class else kinds):
            statements.append(one)
    return statements


def counted_answer(before: str, after: str) -> str:
    """Return a yes or no that a new line compares with a number, or twice; nothing for none."""
    matches = (_COUNTED_ANSWER.search(row) for row in new_lines(before, after))
    negated = (_NEGATED.search(row) for row in new_lines(before, after))
    told = (match[0] for match in (*matches, *negated) if match is not None)
    return next(told, "")


_NEGATED = re.compile(r"(?<![\w)])!\s*[\w.]+(?:\([^()]*\))?\s*[!=]==?\s*(?:true|false)\b")
"""A negation that is compared with a yes or no: one of the two is left over."""
_COUNTED_ANSWER = re.compile(
    r"\b(?:is[A-Z]\w*|is_\w+|has[A-Z_]\w*|isinstance|equals\w*|starts_?[wW]ith|ends_?[wW]ith|any|all"
    r"|includes|some|every|test)\([^()]*\)\s*(?:[=!]==?|[<>]=?)\s*-?\d+"
)
