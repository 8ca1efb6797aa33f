"""What React remembers from one render to the next: values, callbacks, components."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced, semicolon
from mendbook.model import Operation

_DEPS = (
    r"(?:\s*,?\s*\(?(?:with|using|and|on|depending\s+on|keyed\s+(?:on|by)|passing)?\s*(?:an?\s+|"
    r"the\s+|its\s+)*"
    r"(?:deps|dependenc(?:y|ies)(?:\s+(?:array|list))?)?\s*(?:of|on|:|being|as)?\s*(?"
    r"P<deps{n}>⟦\d+⟧(?:(?:,\s*|,?\s+and\s+)⟦\d+⟧)*)"
    r"(?:\s+as\s+(?:its\s+|the\s+|an?\s+)?(?:deps|dependenc(?:y|ies)(?:\s+(?:array|list))?))?\)?)?"
)
_HOOK = r"(?P<hook{n}>⟦\d+⟧|React\.use\w+|use(?:Memo|Callback))(?:\s+hook)?"
_WHAT = (
    r"(?:the\s+|this\s+)?(?:(?:computation|calculation|derivation|value|definition|computed|derived"
    r"|callback|handler|function|expensive|identity)\s+)*(?:of\s+|for\s+)?(?:the\s+)?"
    rf"(?P<x{{n}}>{ITEM})(?:\s+(?:computation|calculation|value|callback|handler|function"
    r"|definition))?"
)
_REMEMBERED = re.compile(
    r"(?:wrap|memoi[sz]e|put|move|compute|stabili[sz]e|cache)\s+"
    + _WHAT.format(n=1)
    + r"\s+(?:in|into|inside|with|using|via|by)\s+(?:an?\s+)?"
    + _HOOK.format(n=1)
    + _DEPS.format(n=1)
    + "|"
    + _WHAT.format(n=2)
    + r"\s+(?:should|must|needs\s+to|could|can)\s+be\s+(?:memoi[sz]ed|wrapped|stabili[sz]ed|cached)"
    r"\s+(?:with|in|using|by|via)\s+(?:an?\s+)?"
    + _HOOK.format(n=2)
    + _DEPS.format(n=2)
    + r"|use\s+"
    + _HOOK.format(n=3)
    + r"\s+(?:for|on|around)\s+"
    + _WHAT.format(n=3)
    + _DEPS.format(n=3),
    re.IGNORECASE,
)


def remembered(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap `total` in `useMemo` (deps: `[rows]`)*: the value of that name, in the hook."""
    scene = work.scene
    told = _REMEMBERED.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123" if groups[f"x{one}"])
    hook = re.sub(r"\((?:\.\.\.)?\)$", "", ask.code(groups[f"hook{at}"]))
    name = ask.called(groups[f"x{at}"])
    kind = hook.rpartition(".")[2]
    if kind not in {"useMemo", "useCallback"}:
        return None
    declarators = [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if (touches_quote(scene, one) if name == "it" else name_of(one) == name)
        and innermost_function(scene, one) is not None
    ]
    if not declarators and not name.startswith("[") and re.fullmatch(r"[a-z]+", name):
        declarators = _made_by(scene, name)
    value = value_of(declarators[0]) if len(declarators) == 1 else None
    if value is None:
        return None
    if re.match(r"(?:React\.)?use[A-Z]", value.text()):
        raise Abstain(f"{name_of(declarators[0])} is given by a hook already")
    if (value.kind() in scene.language.functions) != (kind == "useCallback"):
        return None
    if of_kinds(value, ("await_expression",)) and kind == "useMemo":
        return None
    component = innermost_function(scene, declarators[0])
    mark = groups[f"deps{at}"]
    told_deps = [ask.code(one) for one in re.findall(r"⟦\d+⟧", mark or "")]
    if len(told_deps) > 1 or (told_deps and re.fullmatch(r"[\w$.]+", told_deps[0])):
        told_deps = [f"[{', '.join(told_deps)}]"]
    listed = told_deps[0] if told_deps else f"[{', '.join(_deps(component, value, scene))}]"
    if not re.fullmatch(r"\[[^\[\]]*\]", listed):
        return None
    spelled = _hook(scene, hook)
    inner = value.text()
    if kind == "useMemo":
        inner = f"() => ({inner})" if value.kind() == "object" else f"() => {inner}"
    text = f"{spelled}({inner}, {listed})"
    modules = {} if "." in spelled else {spelled: "react"}
    said = f"remember {name_of(declarators[0])} by {kind} with {listed}"
    edits = [replaced(value, text)]
    return step_edits(scene, Operation.WRAP, said, edits, [f"{spelled}("], modules=modules)


def _made_by(scene: Scene, word: str) -> list[SgNode]:
    """Return the quoted declarations whose value is a call of ``word``: *the filter*."""
    return [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if touches_quote(scene, one) and innermost_function(scene, one) is not None
        and (value := value_of(one)) is not None and value.kind() == "call_expression"
        and re.search(rf"\.{word}\(", value.text()) is not None
    ]  # fmt: skip


def _hook(scene: Scene, hook: str) -> str:
    """Return a hook as the file writes its others: ``React.useMemo`` or ``useMemo``."""
    bare = hook.rpartition(".")[2]
    owned = re.search(r"\bReact\.use[A-Z]", scene.text) or "." in hook
    plain = re.search(r"import\s*(?:React\s*,\s*)?\{[^}]*\buse[A-Z]", scene.text)
    return f"React.{bare}" if owned and not plain else bare


_STABLE = re.compile(r"(?:React\.)?use(?:Ref|Reducer|State|Transition)\b")


def _deps(component: SgNode | None, value: SgNode, scene: Scene) -> list[str]:
    """Return what a value reads of its component and may change from one render to the next.

    Raises ``Abstain`` where it reads a member of the component's props, whose share is a choice.
    """
    if component is None:
        raise Abstain("which component it belongs to cannot be seen")
    bound = dict(_bound(component, value, scene))
    inner = {name for one in of_kinds(value, scene.language.functions)
             for each in parameters(one) for name in _names(each)}  # fmt: skip
    inner |= {name_of(one) for one in of_kinds(value, ("variable_declarator",))}
    deps: list[str] = []
    for one in of_kinds(value, ("identifier", "shorthand_property_identifier")):
        name = one.text()
        if name in inner or name not in bound or bound[name] == "stable":
            continue
        parent = one.parent()
        member = parent is not None and parent.kind() == "member_expression"
        if bound[name] == "props" and member and parent is not None:
            name = f"{name}.{text_of(parent.field('property'))}"
            over = parent.parent()
            if over is not None and over.kind() == "call_expression":
                raise Abstain(f"whether {name} is a method of the props cannot be seen")
        if name not in deps:
            deps.append(name)
    return deps


def _names(node: SgNode) -> list[str]:
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    return [one.text() for one in [node, *of_kinds(node, kinds)] if one.kind() in kinds]


def _bound(component: SgNode, value: SgNode, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield what a component binds above ``value``, and whether it is always the same."""
    for one in parameters(component):
        plain = re.fullmatch(r"[\w$]+", parameter_name(one)) is not None
        pattern = one.field("pattern") or one
        for name in _names(pattern):
            yield name, "props" if plain else "value"
    for one in of_kinds(component, ("variable_declarator",)):
        at = innermost_function(scene, one)
        if at is None or start(at) != start(component) or end(one) > start(value):
            continue
        held, target = value_of(one), one.field("name")
        if target is None:
            continue
        names = _names(target)
        stable = _STABLE.match(text_of(held))
        for index, name in enumerate(names):
            whole = stable is not None and "Ref" in stable[0]
            setter = stable is not None and target.kind() == "array_pattern" and index == 1
            yield name, "stable" if whole or setter else "value"


_MEMO = re.compile(
    r"(?:wrap|memoi[sz]e)\s+(?:the\s+)?(?:(?P<x>⟦\d+⟧|(?-i:[A-Z])\w*)(?:\s+(?:component|export))?"
    r"|(?:default\s+)?(?:export|component))\s+(?:in|"
    r"with|using)\s+"
    r"(?:an?\s+)?(?P<memo>⟦\d+⟧|React\.memo|memo)",
    re.IGNORECASE,
)


def memo_component(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap `Row` in `React.memo`*: where the component is exported by name or holds a function."""
    scene = work.scene
    told = _MEMO.fullmatch(ask.text)
    if told is None:
        return None
    memo = ask.called(told["memo"]).removesuffix("(...)")
    name = re.sub(r"^<|\s*/?>$", "", ask.code(told["x"] or ""))
    exported = re.search(r"^export default ([A-Z]\w*);?$", scene.text, re.MULTILINE)
    name = name or (exported[1] if exported is not None else "")
    if memo not in {"React.memo", "memo"}:
        return None
    components = [one for one in declarations(scene.root, name, scene.language)
                  if one.kind() in {"function_declaration", "variable_declarator"}]  # fmt: skip
    if len(components) != 1 or re.search(
        rf"memo\(\s*(?:function\s+)?{re.escape(name)}\b", scene.text
    ):
        return None
    modules = {} if "." in memo else {"memo": "react"}
    said = f"wrap {name} in {memo}"
    default = [
        one
        for one in of_kinds(scene.root, ("export_statement",))
        if re.fullmatch(rf"export default {re.escape(name)};?", one.text())
    ]
    if default:
        last = of_kinds(default[0], ("identifier",))[-1]
        edits = [replaced(last, f"{memo}({name})")]
        return step_edits(scene, Operation.WRAP, said, edits, [f"{memo}({name})"], modules=modules)
    value = value_of(components[0]) if components[0].kind() == "variable_declarator" else None
    if value is not None and value.kind() in scene.language.functions:
        edits = [replaced(value, f"{memo}({value.text()})")]
        return step_edits(scene, Operation.WRAP, said, edits, [f"{memo}("], modules=modules)
    if components[0].kind() != "function_declaration" or _is_used_above(scene, components[0], name):
        return None
    parent = components[0].parent()
    if parent is not None and parent.text().startswith("export default"):
        return None
    text = f"const {name} = {memo}({components[0].text()}){semicolon(scene)}"
    edits = [replaced(components[0], text)]
    return step_edits(scene, Operation.WRAP, said, edits, [f"{memo}("], modules=modules)


def _is_used_above(scene: Scene, declared: SgNode, name: str) -> bool:
    return (
        re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", scene.text[: start(declared)])
        is not None
    )


HOOKS = (remembered, memo_component)
