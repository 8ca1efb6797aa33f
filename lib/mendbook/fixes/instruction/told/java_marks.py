"""Loops, tests and marks of Java: gone over directly, asked in words, marked as told."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import body_of, of_kinds, squeezed, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_before, replaced
from mendbook.model import Operation
from mendbook.text.word_forms import singular

_EACH = re.compile(
    r"(?:(?:use|write)\s+an?\s+(?:enhanced\s+for|for-?each|enhanced)(?:\s+loop)?(?:\s+over\s+"
    r"(?P<a>[\w.]+))?"
    r"(?:\s*[:(,]\s*(?P<head>⟦\d+⟧|for\s*\([^)]*\))\)?)?"
    r"|iterate\s+with\s+(?:for-?each|an?\s+enhanced\s+for(?:\s+loop)?)\s+over\s+(?P<b>[\w.]+)"
    r"|(?:iterate|loop)\s+over\s+(?P<c>⟦\d+⟧|[\w.]+)\s+directly)"
    r"(?:\s+(?:instead\s+of|rather\s+than)\s+.*)?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"for\s*\(\s*(?:final\s+)?(?P<type>[\w<>\[\], .]+?)\s+(?P<name>\w+)\s*:\s*(?P<over>[\w.]+)\s*\)"
)
_BY_INDEX = re.compile(
    r"for\s*\(\s*int\s+(?P<i>\w+)\s*=\s*0\s*;\s*(?P=i)\s*<\s*(?P<over>[\w.]+)\.size\(\)\s*;\s*"
    r"(?:(?P=i)\+\+|\+\+(?P=i))\s*\)"
)


def gone_over(work: Work, ask: Ask) -> StepEdits | None:
    """*Use an enhanced for loop: `for (Sack sack : sacks)`*: where the number only indexes."""
    told = _EACH.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    head = _HEAD.fullmatch(ask.code(told["head"])) if told["head"] else None
    if told["head"] and head is None:
        return None
    loops = [
        (one, by)
        for one in of_kinds(scene.root, ("for_statement",))
        if touches_quote(scene, one) and (by := _BY_INDEX.match(one.text())) is not None
    ]
    if len(loops) != 1:
        return None
    loop, by = loops[0]
    over, index = by["over"], by["i"]
    named = head["over"] if head else ask.code(told["a"] or told["b"] or told["c"] or "") or over
    if named != over:
        return None
    typed = head["type"] if head else _held(scene, over)
    name = head["name"] if head else singular(over.rpartition(".")[2].lstrip("_"))
    body = body_of(loop)
    if body is None or not typed or not name:
        return None
    reads = [
        one
        for one in of_kinds(body, ("method_invocation",))
        if squeezed(one.text()) == f"{over}.get({index})"
    ]
    uses = [one for one in of_kinds(body, ("identifier",)) if one.text() == index]
    if not reads or len(reads) != len(uses):
        raise Abstain(f"{index} is needed for more than {over}.get({index})")
    outer = next((one for one in loop.ancestors() if one.kind() in scene.language.functions), None)
    if outer is None or re.search(rf"(?<![\w.]){name}\b", outer.text()):
        raise Abstain(f"{name} is a name of the method already")
    if re.search(rf"\b{re.escape(over)}\.(?:add|remove|clear|set)\(", body.text()):
        raise Abstain(f"{over} is changed in the loop")
    edits = [Edit(start(loop), start(loop) + by.end(), f"for ({typed} {name} : {over})")]
    edits += [replaced(one, name) for one in reads]
    return step_edits(scene, Operation.REPLACE, f"go over {over} directly", edits,
                [f"for ({typed} {name} : {over})"])  # fmt: skip


def _held(scene: Scene, over: str) -> str:
    """Return the type of what a list holds, where one declaration of the file says so."""
    form = (
        rf"\b(?:List|Collection|ArrayList|Set)<([\w.]+)>\s+{re.escape(over.rpartition('.')[2])}\b"
    )
    types = set(re.findall(form, scene.text))
    return types.pop() if len(types) == 1 else ""


_EMPTY = re.compile(
    r"(?:(?:use|call|write|prefer|ask)\s+)?(?:⟦\d+⟧|isEmpty(?:\(\))?)(?:\s+(?:instead\s+of"
    r"|rather\s+than|over)\s+"
    r"(?:⟦\d+⟧(?:\s*(?:==|⟦\d+⟧)\s*(?:0|⟦\d+⟧))?|comparing\s+(?:the\s+)?(?:size|length"
    r"|⟦\d+⟧)\s+(?:with|to)\s+(?:0|zero)))?",
    re.IGNORECASE,
)


def asked_for_empty(work: Work, ask: Ask) -> StepEdits | None:
    """*Use isEmpty() instead of size() == 0*: the one such comparison that is meant."""
    told = _EMPTY.fullmatch(ask.text)
    if told is None or "isEmpty" not in ask.written:
        return None
    scene = work.scene
    homes = around(scene)
    comparisons = []
    for one in of_kinds(homes[0] if len(homes) == 1 else scene.root, ("binary_expression",)):
        test = re.fullmatch(
            r"(.+?)\.(?:size|length)\(\)\s*(==|!=|>|<)\s*(0|1)", one.text(), re.DOTALL
        )
        if test is None or (test[2], test[3]) not in {
            ("==", "0"),
            ("!=", "0"),
            (">", "0"),
            ("<", "1"),
        }:
            continue
        denied = test[2] in {"!=", ">"}
        comparisons.append((one, f"{'!' if denied else ''}{test[1]}.isEmpty()"))
    near = [one for one in comparisons if touches_quote(scene, one[0])]
    chosen = near if len(near) == 1 else comparisons
    if len(chosen) != 1:
        return None
    node, text = chosen[0]
    said = f"ask `{text}` and not `{node.text()}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(node, text)], [text])


_MARKED = re.compile(
    rf"(?:mark|annotate)\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+method)?\s+(?:with|as)\s+"
    rf"(?P<mark>⟦\d+⟧)",
    re.I,
)


def marked(work: Work, ask: Ask) -> StepEdits | None:
    """*Mark equals with `@Override`*: above the one method of that name."""
    told = _MARKED.fullmatch(ask.text)
    if told is None or ask.code(told["mark"]) not in {
        "@Override",
        "@Deprecated",
        "@FunctionalInterface",
    }:
        return None
    scene = work.scene
    name, mark = ask.called(told["name"]), ask.code(told["mark"])
    methods = scene.named(frozenset({"method_declaration"}), name)
    if len(methods) != 1:
        return None
    if mark in methods[0].text().partition("(")[0]:
        raise Abstain(f"{name} has {mark} already")
    return step_edits(scene, Operation.ADD, f"mark {name} with {mark}",
                [line_before(scene, methods[0], mark)], [mark])  # fmt: skip


_FINAL = re.compile(
    rf"make\s+(?:the\s+class\s+)?(?P<name>{ITEM})\s+final\s+and\s+(?:its|the|all"
    rf"(?:\s+its)?)\s+fields\s+"
    r"(?P<as>(?:private\s+)?final|private\s+and\s+final)",
    re.IGNORECASE,
)


def made_final(work: Work, ask: Ask) -> StepEdits | None:
    """*Make Sack final and its fields private final*: where nothing else sets a field."""
    told = _FINAL.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    classes = scene.named(frozenset({"class_declaration"}), ask.code(told["name"]))
    body = body_of(classes[0]) if len(classes) == 1 else None
    if body is None:
        return None
    edits = []
    head = classes[0].text().partition("{")[0]
    if not re.search(r"\bfinal\b", head):
        word = re.search(r"\bclass\b", head)
        edits.append(insert(start(classes[0]) + (word.start() if word else 0), "final "))
    built = of_kinds(body, ("constructor_declaration",))
    for one in [each for each in body.named_children() if each.kind() == "field_declaration"]:
        if re.search(r"\bstatic\b|=", one.text()) and "final" in one.text():
            continue
        name = _field(one)
        outside = body.text()
        for each in built:
            outside = outside.replace(each.text(), "")
        if re.search(
            rf"(?<![\w.])(?:this\.)?{name}\s*(?:[-+*/|&]?=(?!=)|\+\+|--)",
            outside.replace(one.text(), ""),
        ):
            raise Abstain(f"{name} is written outside the constructor; it cannot be final")
        if "=" not in one.text() and not all(
            re.search(rf"\b{name}\s*=(?!=)", e.text()) for e in built or [body]
        ):
            raise Abstain(f"{name} is not set by every constructor")
        edits += _marks(one, private="private" in told["as"].lower())
    return step_edits(
        scene, Operation.REPLACE, "make the class and its fields final", edits, ["final"]
    )


def _field(one: SgNode) -> str:
    declared = one.field("declarator")
    return text_of(declared.field("name")) if declared is not None else ""


def _marks(one: SgNode, *, private: bool) -> list[Edit]:
    text = one.text()
    typed = one.field("type")
    if typed is None or "@" in text:
        raise Abstain("a field has marks of its own")
    words = text[: start(typed) - start(one)].split()
    kept = [word for word in words if word not in {"private", "public", "protected", "final"}]
    access = (
        "private"
        if private
        else next((w for w in words if w in {"private", "public", "protected"}), "")
    )
    new = " ".join(filter(None, [access, *kept, "final"]))
    return [Edit(start(one), start(typed), f"{new} ")] if new != " ".join(words) else []


_GUARDED = re.compile(
    rf"(?:make|mark|declare)\s+(?:the\s+)?(?:methods?\s+|fields?\s+)?(?P<names>{ITEM}(?:(?:,\s+"
    rf"|,?\s+and\s+){ITEM})*)\s+"
    r"(?:as\s+)?(?P<word>synchronized|volatile|`synchronized`|`volatile`|⟦\d+⟧)",
    re.IGNORECASE,
)


def guarded(work: Work, ask: Ask) -> StepEdits | None:
    """*Make add synchronized*, *make count volatile*: of methods, or of fields."""
    told = _GUARDED.fullmatch(ask.text)
    word = ask.code(told["word"]).strip("`") if told is not None else ""
    if told is None or word not in {"synchronized", "volatile"}:
        return None
    scene = work.scene
    kind = "method_declaration" if word == "synchronized" else "field_declaration"
    edits = []
    for name in re.split(r",\s+(?:and\s+)?|\s+and\s+", told["names"]):
        bare = ask.called(name)
        declarations = [
            one
            for one in of_kinds(scene.root, (kind,))
            if (text_of(one.field("name")) if word == "synchronized" else _field(one)) == bare
        ]
        typed = declarations[0].field("type") if len(declarations) == 1 else None
        if typed is None:
            return None
        head = declarations[0].text()[: start(typed) - start(declarations[0])]
        if re.search(rf"\b{word}\b", head) or (word == "volatile" and "final" in head):
            raise Abstain(f"{bare} is {word} already, or final")
        edits.append(insert(start(typed), f"{word} "))
    return step_edits(scene, Operation.ADD, f"mark it {word}", edits, [word])


JAVA_MARKS = (guarded, gone_over, asked_for_empty, marked, made_final)
