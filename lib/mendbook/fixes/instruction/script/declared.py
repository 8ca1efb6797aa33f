"""Declarations as they are to be: another keyword, a type, a head or an import written out."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.functions import pattern_names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.imported import bound_names
from mendbook.fixes.instruction.script.place import DECLARED, step_edits
from mendbook.fixes.instruction.tree.language import is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    end,
    name_of,
    of_kinds,
    parameter_name,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ITEM = r"(?P<x{}>⟦\d+⟧|it|this|these|them|[a-z][\w$]*)"
_DECLARE = re.compile(
    rf"(?:declare|make|mark|define)\s+(?:the\s+)?{_ITEM.format(1)}(?:\s+(?:variable|binding))?\s+"
    rf"(?:with\s+|as\s+|using\s+|an?\s+)*"
    rf"(?P<w1>⟦\d+⟧|constants?|const|let)"
    rf"|(?:use|prefer)\s+(?P<w2>⟦\d+⟧|const|let)\s+(?:over|instead\s+of|rather\s+than|in\s+"
    rf"place\s+of)\s+(?:⟦\d+⟧|var|let)"
    rf"(?:\s+(?:for|on)\s+(?:the\s+)?{_ITEM.format(2)})?"
    rf"|(?:use)\s+(?P<w3>⟦\d+⟧|const|let)(?:\s+(?:for|here|on)(?:\s+(?:the\s+"
    rf")?{_ITEM.format(3)})?)?"
    rf"|(?:change|replace|switch|convert|turn)\s+(?:the\s+)?(?:⟦\d+⟧|var|let)\s+(?:to|with|by|"
    rf"into)\s+(?:an?\s+)?(?P<w4>⟦\d+⟧|const|let)"
    rf"|(?:the\s+)?{_ITEM.format(5)}(?:\s+(?:variable|binding))?\s+(?:should|can|could|must)\s+"
    rf"be\s+(?:declared\s+)?(?:with\s+|as\s+|an?\s+)*"
    rf"(?P<w5>⟦\d+⟧|constant|const|let)",
    re.IGNORECASE,
)


def keyword(work: Work, ask: Ask) -> StepEdits | None:
    """*`retries` should be a `const`*: the keyword of the declaration that is named or quoted."""
    scene = work.scene
    told = _DECLARE.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    word = next(ask.code(groups[f"w{at}"]) for at in range(1, 6) if groups[f"w{at}"])
    word = {"constant": "const", "constants": "const"}.get(word, word)
    spelled = next((groups[f"x{at}"] for at in (1, 2, 3, 5) if groups[f"x{at}"]), "it")
    name = ask.code(spelled)
    if word not in {"const", "let"}:
        return None
    statements = [
        one
        for one in of_kinds(scene.root, DECLARED)
        if any(name_of(each) == name for each in one.named_children())
        or (name in {"it", "this", "these", "them"} and begins_in_quote(scene, one))
    ]
    near = [one for one in statements if touches_quote(scene, one)]
    statements = near or statements
    many = re.search(r"\b(?:these|them|all|both|constants)\b", ask.text) is not None
    if not statements or (len(statements) > 1 and not many):
        return None
    edits = []
    for one in statements:
        first = one.children()[0]
        if first.text() == word:
            raise Abstain(f"line {one.range().start.line + 1} is declared by {word} already")
        if word == "const" and (changed := reassigned(scene, one)):
            raise Abstain(
                f"{changed} is given another value later; it cannot be a constant", final=True
            )
        edits.append(replaced(first, word))
    said = f"declare {name if name != 'it' else 'it'} with {word}"
    return step_edits(scene, Operation.REPLACE, said, edits, [word])


def reassigned(scene: Scene, declared: SgNode) -> str:
    """Return a name of a declaration that gets a value elsewhere, or none here; else nothing."""
    for one in declared.named_children():
        if one.kind() != "variable_declarator":
            continue
        name = one.field("name")
        parent = declared.parent()
        loops = parent is not None and parent.kind() in {"for_in_statement", "for_statement"}
        if value_of(one) is None and not loops:
            return text_of(name)
        for spelled in sorted(pattern_names(name)) if name is not None else []:
            rest = scene.text[: start(declared)] + scene.text[end(declared) :]
            if any(re.search(form.format(re.escape(spelled)), rest) for form in _AGAIN):
                return spelled
    return ""


_AGAIN = (
    r"(?<![\w$.]){}\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])|\+\+|--)",
    r"(?:\+\+|--)\s*{}(?![\w$])",
    r"[\[{{,]\s*{}\s*[,\]}}][^;\n]*\]?\s*=(?!=)(?!>)",
)
"""What gives a name another value: an assignment, a step, a pattern."""
_HEAD = re.compile(
    r"(?P<mods>(?:(?:export|default|public|private|protected|static|async|override|readonly|"
    r"function)\s+)*)"
    r"(?P<name>[A-Za-z_$#][\w$]*)\s*(?:<[^()]*>)?\((?P<given>.*)\)\s*(?::\s*(?P<type>[^{}=;]+(?"
    r":\{[^{}]*\}[^{}=;]*)?))?\s*\{?",
    re.DOTALL,
)
_FIELD = re.compile(
    r"(?:(?:private|protected|public|static|readonly|declare)\s+)*#?(?P<name>[A-Za-z_$][\w$]*)\s*"
    r"[?!]?\s*:\s*[^=;]+(?:=[^;]+)?;?",
    re.DOTALL,
)
_IMPORT = re.compile(r"import\s+(?:type\s+)?[\w*{][^;]*?\sfrom\s+['\"][^'\"]+['\"];?", re.DOTALL)
_BOUND = re.compile(
    r"\b(?:add|remove|extract|move|wrap|call|new\s+(?:method|function)|create|introduce|overload)"
    r"\b",
    re.IGNORECASE,
)


def written_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*`async load(): Promise<void>`*: a head, a field or an import that the text writes out."""
    scene = work.scene
    codes = [one for one in ask.told if len(one.text) > 8]
    if len(codes) != 1 or re.search(r"\b(?:and|then)\b", ask.text):
        return None
    code = codes[0].text.strip().removesuffix("{}").strip()
    if "..." in re.sub(r"\.\.\.[\w$]+", "", code) or _BOUND.search(ask.text):
        return None
    for write in (_import_anew, _field_anew, _head_anew):
        if (one := write(scene, code)) is not None:
            return one
    return None


def _import_anew(scene: Scene, code: str) -> StepEdits | None:
    if not _IMPORT.fullmatch(code):
        return None
    wanted = of_kinds(parse(scene.language, code), ("import_clause",))
    imports = [
        one for one in of_kinds(scene.root, ("import_statement",)) if begins_in_quote(scene, one)
    ]
    if len(imports) != 1 or not wanted:
        return None
    held = of_kinds(imports[0], ("import_clause",))
    if not held or not bound_names(held[0]) or bound_names(held[0]) != bound_names(wanted[0]):
        return None
    if squeezed(imports[0].text()) == squeezed(code):
        return None
    text = code.rstrip(";") + (";" if imports[0].text().endswith(";") else "")
    return step_edits(
        scene, Operation.REPLACE, f"import by `{text[:60]}`", [replaced(imports[0], text)], [code]
    )


def _field_anew(scene: Scene, code: str) -> StepEdits | None:
    told = _FIELD.fullmatch(code)
    if told is None or is_broken(scene.language, f"class A {{ {code.rstrip(';')}; }}"):
        return None
    fields = [
        one
        for one in of_kinds(scene.root, ("public_field_definition",))
        if name_of(one).lstrip("#") == told["name"] and touches_quote(scene, one)
    ]
    if len(fields) != 1:
        return None
    old, text = fields[0], code.rstrip("; ")
    if value_of(old) is not None and "=" not in text:
        return None
    if not re.match(r"(?:private|protected|public|#)", text) and re.match(
        r"(?:private|protected|public|#)", old.text()
    ):
        return None
    said = f"declare `{text[:60]}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(old, text)], [text])


def _head_anew(scene: Scene, code: str) -> StepEdits | None:
    told = _HEAD.fullmatch(code)
    if told is None or not (
        told["type"] or re.search(r"\b(?:async|function|export)\b", told["mods"])
    ):
        return None
    plain = code.rstrip("{ ")
    method = "function" not in told["mods"]
    shell = f"class A {{ {plain} {{}} }}" if method else f"{plain} {{}}"
    if is_broken(scene.language, shell):
        return None
    functions = [
        one
        for one in declarations(scene.root, told["name"], scene.language)
        if one.kind() in {"method_definition", "function_declaration"}
        and (touches_quote(scene, one) or any(start(one) == start(each) for each in scene.scopes))
    ]
    body = body_of(functions[0]) if len(functions) == 1 else None
    if body is None or (functions[0].kind() == "method_definition") != method:
        return None
    old = scene.text[start(functions[0]) : start(body)].rstrip()
    if _given(functions[0]) != _given_of(scene, shell) or squeezed(old) == squeezed(plain):
        return None
    mods = re.match(r"(?:(?:public|private|protected|static|override|readonly)\s+)*", old)
    lead = (
        mods[0]
        if mods is not None
        and not re.match(r"(?:public|private|protected|static|override)\b", plain)
        else ""
    )
    plain = (
        re.sub(r"^export\s+(?:default\s+)?", "", plain) if not old.startswith("export") else plain
    )
    if "async" in old.split("(")[0].split() and "async" not in plain.split("(")[0].split():
        return None
    text = f"{lead}{plain}"
    edit = Edit(start(functions[0]), start(functions[0]) + len(old), text)
    return step_edits(scene, Operation.ANNOTATE, f"let the head be `{text[:60]}`", [edit], [text])


def _given(function: SgNode) -> list[str]:
    listed = function.field("parameters")
    return [parameter_name(one) for one in listed.named_children()] if listed is not None else []


def _given_of(scene: Scene, shell: str) -> list[str]:
    kinds = ("method_definition", "function_declaration")
    functions = of_kinds(parse(scene.language, shell), kinds)
    return _given(functions[0]) if functions else ["?"]


DECLARED_ANEW = (keyword, written_anew)
