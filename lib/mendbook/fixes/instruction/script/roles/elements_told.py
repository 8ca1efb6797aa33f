"""Elements of JSX by what they do: the link that opens a new tab, the e-mail field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.elements import behind_last
from mendbook.fixes.instruction.script.place import ELEMENTS, step_edits
from mendbook.fixes.instruction.script.roles.heard import FUNCTION_WORDS
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_TAGS = {
    "link": ("a",), "links": ("a",), "anchor": ("a",), "anchors": ("a",), "image": ("img",),
    "images": ("img",), "picture": ("img",), "img": ("img",), "frame": ("iframe",),
    "iframe": ("iframe",), "field": ("input", "textarea", "select"), "input": ("input",),
    "box": ("input",), "checkbox": ("input",), "button": ("button",), "buttons": ("button",),
    "form": ("form",), "table": ("table",), "heading": ("h1", "h2", "h3", "h4"),
    "label": ("label",), "video": ("video",), "audio": ("audio",), "nav": ("nav",),
    "navigation": ("nav",), "textarea": ("textarea",), "dropdown": ("select",),
    "select": ("select",), "dialog": ("dialog",), "inputs": ("input",), "fields": ("input",),
}  # fmt: skip
_ADDS = {
    "add", "attribute", "belongs", "carries", "carry", "does", "element", "get", "gets", "give",
    "has", "lack", "lacks", "misses", "missing", "needs", "no", "not", "own", "put", "set", "tag",
    "without",
}  # fmt: skip
_NEW_TAB = re.compile(
    r"\b(?:opens?|opening)(?: in)?(?: \w+)? (?:tab|window)s?\b|\bexternal\b"
    r"|\bleav(?:es|ing) (?:site|page|app)\b",
    re.IGNORECASE,
)
_TYPED = re.compile(r"\b(?:of )?type (?P<type>[a-z]+|⟦\d+⟧)|\bnamed (?P<name>[\w-]+|⟦\d+⟧)")
_WITHOUT = re.compile(r"\bwithout (?:an? )?(?P<name>[a-z][\w-]*)")
_PAIR = re.compile(r"(?P<name>[A-Za-z][\w-]*)=(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\})")


def attribute_told(work: Work, ask: Ask) -> StepEdits | None:
    """Give the element of *the link that opens a new tab lacks `rel="noopener"`* what it lacks."""
    scene = work.scene
    if scene.language.name == "typescript":
        return None
    pairs = [one for one in ask.told if _PAIR.fullmatch(one.text.strip("`"))]
    text = ask.text
    tests = [
        one
        for one in pairs[:-1]
        if re.search(rf"(?:with|of|has|is) {re.escape(_mark(ask, one))}", text)
    ]
    wanted = [one for one in pairs if not any(one is each for each in tests)]
    if len(wanted) != 1 or any(one.shape is Shape.STATEMENT for one in ask.told):
        return None
    written = wanted[0].text.strip("`")
    name = written.partition("=")[0]
    nodes = _told(scene, ask, text.replace(_mark(ask, wanted[0]), " "), [one.text for one in tests])
    if nodes is None:
        return None
    nodes = [one for one in nodes if name not in _attributes(one)] if len(nodes) > 1 else nodes
    every = re.search(r"\b(?:every|all|both|each)\b", text, re.IGNORECASE) is not None
    if not nodes or (len(nodes) > 1 and not every):
        raise Unplaced(f"{len(nodes)} elements are what the text tells", final=True)
    if any(name in _attributes(one) for one in nodes):
        raise Abstain(f"the element has its {name} already", final=True)
    if is_broken(scene.language, f"const a = <p {written} />;"):
        return None
    edits = [behind_last(scene, one, written) for one in nodes]
    return step_edits(scene, Operation.ADD, f"give the element {written}", edits, [written])


def _mark(ask: Ask, code: object) -> str:
    return f"⟦{next(at for at, one in enumerate(ask.codes) if one is code)}⟧"


def _told(scene: Scene, ask: Ask, text: str, tests: Sequence[str]) -> list[SgNode] | None:
    """Return the elements that words tell; None where no kind of element is among them."""
    words = [one.lower() for one in re.findall(r"[A-Za-z][\w-]*", re.sub(r"⟦\d+⟧", " ", text))]
    kinds = [one for one in words if one in _TAGS]
    if not kinds:
        return None
    tags = {tag for one in kinds for tag in _TAGS[one]}
    elements = [one for one in of_kinds(scene.root, ELEMENTS) if _tag(one) in tags]
    if scene.scopes:
        elements = [one for one in elements if any(inside(one, at) for at in scene.scopes)]
    told = _TYPED.search(text)
    plain = _TYPED.sub(" ", text)
    if told is not None:
        key = "type" if told["type"] else "name"
        value = ask.code(told["type"] or told["name"])
        elements = [one for one in elements if _value(one, key) == value]
    if _NEW_TAB.search(plain):
        elements = [one for one in elements if _value(one, "target") == "_blank"]
        plain = _NEW_TAB.sub(" ", plain)
    if (bare := _WITHOUT.search(plain)) is not None:
        elements = [one for one in elements if bare["name"] not in _attributes(one)]
        plain = _WITHOUT.sub(" ", plain)
    elements = [one for one in elements if all(each in one.text() for each in tests)]
    values = [ask.code(one) for one in re.findall(r"⟦\d+⟧", plain)]
    values = [one for one in values if one not in tests]
    elements = [
        one for one in elements if all(each.strip("'\"`<>/") in _whole(one) for each in values)
    ]
    rest = [one.lower() for one in re.findall(r"[A-Za-z][\w-]*", re.sub(r"⟦\d+⟧", " ", plain))]
    rest = [one for one in rest if one not in _TAGS and one not in _ADDS | FUNCTION_WORDS
            and one not in _COUNTED]  # fmt: skip
    spelled = [one.replace("-", "") for one in rest]
    if spelled:
        elements = [one for one in elements if all(each in _whole(one).lower() for each in spelled)]
        return elements or None
    if len(elements) > 1:
        elements = [one for one in elements if begins_in_quote(scene, one)] or elements
    return elements


_COUNTED = {
    "all", "attribute", "both", "each", "every", "first", "last", "second", "target",
}  # fmt: skip


def _tag(node: SgNode) -> str:
    return text_of(node.field("name")).lower()


def _attributes(node: SgNode) -> list[str]:
    return [name_of(one) for one in node.named_children() if one.kind() == "jsx_attribute"]


def _value(node: SgNode, key: str) -> str:
    for one in node.named_children():
        if one.kind() == "jsx_attribute" and name_of(one) == key:
            return one.text().partition("=")[2].strip("{}'\"`")
    return ""


def _whole(node: SgNode) -> str:
    """Return the text of an element: its tag and what stands in it."""
    parent = node.parent()
    opens = node.kind() == "jsx_opening_element"
    return parent.text() if opens and parent is not None else node.text()


ELEMENTS_TOLD = (attribute_told,)
