"""Declarations by ``var``: the keyword that each one's use allows."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.functions import pattern_names
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.declared import reassigned
from mendbook.fixes.instruction.script.place import ITEM, innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import end, line, name_of, of_kinds, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_BOTH = r"(?:const\s*(?:/|,|and|or)\s*let|let\s*(?:/|,|and|or)\s*const)"
_THOSE = r"(?:which|that)?\s*(?:is|are|get|gets)?\s*(?:(?:never|not)\s+(?:be(?:ing)?\s+)?)"
_NEVER = (
    r"(?:(?:where|when|if|for)\s+(?:(?:the|a|each|every|all|those|everything|what|"
    r"it)\s+)*(?:(?:variables?|bindings?"
    rf"|names?|declarations?|values?)\s+)?{_THOSE}(?:re-?assigned|changes?|changed|"
    r"written\s+again|modified))"
)
_ELSE = (
    r"(?:otherwise|elsewhere|everywhere\s+else|(?:for|in)\s+(?:the\s+(?:rest|others?)|"
    r"all\s+others?)|where\s+(?:it|they)\s+(?:is|are))"
)
_MANY = (
    r"(?:all|every|each|the|these|those|remaining|any|occurrences?\s+of|uses?\s+of|declarations?)"
)
_BY_USE = re.compile(
    r"(?:(?:use|prefer|switch\s+to|declare\s+(?:them|these|"
    rf"those)\s+with)\s+{_BOTH}(?:\s+(?:{INSTEAD_OF}|over|for)"
    rf"\s+(?:{_MANY}\s+)*var(?:\s+declarations?|s)?)?"
    r"|(?:replace|change|convert|turn|"
    rf"switch)\s+(?:from\s+)?(?:{_MANY}\s+)*var(?:\s+declarations?|s)?\s+"
    rf"(?:with|by|to|into)\s+{_BOTH}"
    rf"|(?:(?:replace|change|convert|turn|switch)\s+(?:{_MANY}\s+)*var(?:\s+declarations?|"
    r"s)?\s+(?:with|by|to|into)"
    rf"|use)\s+const\s+{_NEVER},?\s+(?:and|or|but)\s+let\s*(?:{_ELSE})?)"
    r"(?:\s*,?\s*(?:as\s+(?:appropriate|needed|required|fits)|depending\s+on\s+(?:the\s+|"
    r"their\s+|its\s+)?(?:use|usage|reassignment)"
    r"|in\s+(?:this|the)\s+(?:function|file|module)|throughout|here))*",
    re.IGNORECASE,
)


def keyword_by_use(work: Work, ask: Ask) -> StepEdits | None:
    """*Use const/let instead of var*: ``let`` for what gets another value, ``const`` for the rest.

    Raises ``Abstain`` where a ``var`` is read outside the block that declares it.
    """
    plain = re.sub(r"[`']", "", ask.written)
    if _BY_USE.fullmatch(plain) is None or "var" not in f"{ask.about} {plain}":
        return None
    scene = work.scene
    declarations = [
        one
        for one in of_kinds(scene.root, ("variable_declaration", "for_in_statement"))
        if _keyword(one) is not None
    ]
    near = [one for one in declarations if begins_in_quote(scene, one)]
    if not near:
        return None
    homes = {_home(scene, one) for one in near}
    general = re.search(r"\b(?:this|that|here)\b(?!\s+(?:function|file|module))", plain) is None
    if general:
        near = [one for one in declarations if _home(scene, one) in homes]
    edits = []
    for one in near:
        _refuse_hoisted(scene, one)
        mark = _keyword(one)
        word = "let" if _changes(scene, one) else "const"
        edits += [replaced(mark, word)] if mark is not None else []
    said = "declare by `const` what keeps its value, and by `let` what does not"
    return step_edits(scene, Operation.REPLACE, said, edits, [], ["var"])


def _keyword(declared: SgNode) -> SgNode | None:
    return next((one for one in declared.children() if one.kind() == "var"), None)


def _home(scene: Scene, node: SgNode) -> int:
    around = innermost_function(scene, node)
    return start(around) if around is not None else -1


def _names(declared: SgNode) -> set[str]:
    if declared.kind() == "for_in_statement":
        left = declared.field("left")
        return pattern_names(left) if left is not None else set()
    return {
        each
        for one in declared.named_children()
        if one.kind() == "variable_declarator" and (name := one.field("name")) is not None
        for each in pattern_names(name)
    }


def _changes(scene: Scene, declared: SgNode) -> bool:
    if declared.kind() == "for_in_statement":
        return False
    return bool(reassigned(scene, declared))


def _refuse_hoisted(scene: Scene, declared: SgNode) -> None:
    """Raise ``Abstain`` where a name is used outside the block of its declaration, or before it."""
    home = innermost_function(scene, declared) or scene.root
    block = declared if declared.kind() == "for_in_statement" else declared.parent()
    if block is None:
        return
    for name in sorted(_names(declared)):
        uses = list(spelled(home, name, scene.language))
        if any(not start(block) <= start(one) < end(block) for one in uses):
            raise Abstain(f"{name} is used outside the block that declares it", final=True)
        if any(start(one) < start(declared) for one in uses):
            raise Abstain(f"{name} is used above its declaration", final=True)
        again = [
            one for one in of_kinds(home, ("variable_declarator",))
            if name_of(one) == name and not start(declared) <= start(one) < end(declared)
        ]  # fmt: skip
        if again:
            raise Abstain(f"{name} is declared again in line {line(again[0])}", final=True)


_BLOCK = re.compile(
    rf"(?:declare|make|mark)\s+(?:the\s+)?(?P<x1>{ITEM})\s+(?:with|by|using|as\s+an?|an?)\s+let"
    rf"|(?P<x2>{ITEM})\s+(?:should|must|has\s+to|needs\s+to|"
    r"ought\s+to)\s+be\s+(?:block[- ]scoped|declared\s+(?:with|by)\s+let)"
    r"(?:[:,;]\s+(?:declare|make)\s+it\s+(?:with|by|an?|using)\s+let)?",
    re.IGNORECASE,
)


def block_scoped(work: Work, ask: Ask) -> StepEdits | None:
    """*`n` should be block scoped: declare it with let*: the one ``var`` of that name."""
    told = _BLOCK.fullmatch(re.sub(r"⟦(\d+)⟧", lambda one: _word(ask, one[0]), ask.text))
    if told is None:
        return None
    scene = work.scene
    name = ask.code(told["x1"] or told["x2"])
    declarations = [one for one in of_kinds(scene.root, ("variable_declaration",))
                    if begins_in_quote(scene, one) and _names(one) == {name}]  # fmt: skip
    mark = _keyword(declarations[0]) if len(declarations) == 1 else None
    if mark is None:
        return None
    _refuse_hoisted(scene, declarations[0])
    return step_edits(scene, Operation.REPLACE, f"declare {name} by let", [replaced(mark, "let")],
                ["let"])  # fmt: skip


def _word(ask: Ask, mark: str) -> str:
    code = ask.code(mark)
    return code if code == "let" else mark


VAR_WORDS = (keyword_by_use, block_scoped)
