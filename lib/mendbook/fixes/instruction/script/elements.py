"""Elements of JSX: an attribute that is told, another tag, another element."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ELEMENTS, quoted_nodes, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    end,
    inside,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z][\w-]*(?::[\w-]+)?)=(?P<value>\"[^\"]*\"|'[^']*'|\{.*\})", re.DOTALL
)
_TELLS = re.compile(
    r"(?:add|set|use|provide|give|include|specify|pass|put|supply|have|need|change|replace|switch"
    r"|make)s?\b"
    r"|[^⟦]*?\b(?:should|must|needs?|has\s+to|have\s+to|ought\s+to)\b",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?:an?\s+|the\s+)?(?P<name>⟦\d+⟧|[a-z]+-[a-z]+|alt|role|title|type|rel|key|loading|lang)\s+"
    r"(?:attribute\s+|prop\s+)?"
    r"(?:of|=|set\s+to|with\s+(?:the\s+)?(?:value|text)|:)\s*(?P<value>⟦\d+⟧|\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\b(?:and|then)\s+(?:also\s+)?(?:remove|delete|drop|wrap|move|import|rename|add\s+a\s+"
    r"handler|handle|call|log"
    r"|associate|extract|render)\b",
    re.IGNORECASE,
)


def attribute_told(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a key: `key={item.id}`*: the attributes that are told, on the one element quoted."""
    scene = work.scene
    shown = re.search(r"^(?!.*\b(?:and|then)\b).*:\s*⟦\d+⟧$", ask.text) is not None
    if not (_TELLS.match(ask.text) or shown) or _SECOND.search(ask.text):
        return None
    if len(re.findall(r"\b(?:to|on)\s+(?:the|an?|its|each)\s", ask.text)) > 1:
        return None
    told = attributes_in(ask) or _set_to(ask)
    element = _quoted_element(scene, ask)
    if not told or element is None:
        return None
    edits: list[Edit] = []
    for name, value in told.items():
        old = attribute_of(element, name)
        if old is not None:
            if squeezed(old.text()) == squeezed(f"{name}={value}"):
                return None
            edits.append(replaced(old, f"{name}={value}"))
    fresh = [
        f"{name}={value}" for name, value in told.items() if attribute_of(element, name) is None
    ]
    if fresh:
        edits.append(attributes_added(scene, element, fresh))
    said = (
        f"give <{text_of(element.field('name'))}> {' '.join(f'{a}={b}' for a, b in told.items())}"
    )
    adds = [f"{name}={value}" for name, value in told.items()]
    return step_edits(scene, Operation.SET, said, edits, adds)


def attributes_in(ask: Ask) -> dict[str, str]:
    """Return the attributes that a sentence writes out; nothing where it names other code, too."""
    attributes: dict[str, str] = {}
    names: set[str] = set()
    for one in ask.told:
        whole = re.fullmatch(rf"(?:{_ATTRIBUTE.pattern}\s*)+", one.text.strip(), re.DOTALL)
        if whole is not None:
            for each in _ATTRIBUTE.finditer(one.text):
                attributes[each["name"]] = each["value"]
        else:
            names.add(re.sub(r"^</?|\s*/?>$", "", one.text))
    if not attributes and (tagged := _TAGGED.search(ask.text)) is not None:
        name, value = ask.code(tagged["name"]), ask.code(tagged["value"])
        if re.fullmatch(r"[A-Za-z][\w-]*", name) and re.fullmatch(r"\"[^\"]*\"|'[^']*'", value):
            attributes[name] = f'"{value[1:-1]}"' if '"' not in value[1:-1] else value
            names -= {name, value}
    for each in _ATTRIBUTE.finditer(re.sub(r"⟦\d+⟧", "", ask.text)):
        attributes[each["name"]] = each["value"]
    rest = {one for one in names if one not in attributes and not re.fullmatch(r"[\w.]+", one)}
    return {} if rest else attributes


_SET_TO = re.compile(
    r"(?:set|change)\s+(?:its\s+|the\s+)?(?P<name>⟦\d+⟧|alt|title|key|role|href|lang|type|"
    r"loading)(?:\s+(?:attribute|prop))?\s+to\s+"
    r"(?:the\s+\w+\s+)?(?P<value>⟦\d+⟧|\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)


def _set_to(ask: Ask) -> dict[str, str]:
    """Return the attribute of *set `alt` to `o.title`*."""
    told = _SET_TO.fullmatch(ask.text)
    if told is None:
        return {}
    name, value = ask.code(told["name"]), ask.code(told["value"])
    if not re.fullmatch(r"[A-Za-z][\w-]*", name) or name not in _ATTRIBUTES:
        return {}
    if re.fullmatch(r"\"[^\"]*\"|'[^']*'", value):
        return {name: f'"{value[1:-1]}"'}
    return {name: f"{{{value}}}"} if re.fullmatch(r"[\w$.?]+(?:\([^()]*\))?", value) else {}


_ATTRIBUTES = frozenset(
    [
        "alt",
        "title",
        "key",
        "role",
        "href",
        "lang",
        "type",
        "loading",
        "id",
        "htmlFor",
        "name",
        "aria-label",
        "className",
        "autoComplete",
        "rel",
        "target",
        "disabled",
        "tabIndex",
    ]
)


def _quoted_element(scene: Scene, ask: Ask) -> SgNode | None:
    """Return the one opening tag that the evidence quotes: of the tag named, else the outermost."""
    elements = [one for one in of_kinds(scene.root, ELEMENTS) if begins_in_quote(scene, one)]
    tags = {re.sub(r"^</?|\s*/?>$", "", one.text) for one in ask.told}
    named = [one for one in elements if text_of(one.field("name")) in tags]
    words = set(re.findall(r"[a-z]+", ask.text.lower()))
    meant = [one for one in elements if words & SPOKEN.get(text_of(one.field("name")), set())]
    held = named or meant or elements
    outer = [
        one
        for one in held
        if not any(_is_below(one, other) for other in held if not same(one, other))
    ]
    known = {word for several in SPOKEN.values() for word in several}
    if (
        words & known
        and not meant
        and not any(
            word in text_of(one.field("name")).lower() for one in elements for word in words & known
        )
    ):
        return None
    if len(elements) > 1 and not named and not meant and len(outer) != len(elements):
        kids = [one for one in elements if not any(same(one, each) for each in outer)]
        if kids and len(outer) != 1:
            return None
    return outer[0] if len(outer) == 1 else None


SPOKEN: Mapping[str, Set[str]] = {
    "a": {"link", "links", "anchor"},
    "img": {"image", "images", "img"},
    "button": {"button", "buttons"},
    "input": {"input", "field"},
    "select": {"select", "dropdown"},
    "table": {"table"},
    "form": {"form"},
    "iframe": {"iframe"},
    "svg": {"svg"},
    "textarea": {"textarea"},
    "label": {"label"},
}
"""Tags, and the words that a sentence calls each by."""


def _is_below(one: SgNode, other: SgNode) -> bool:
    """Tell whether the element of one opening tag stands within that of another."""
    parent = other.parent()
    return parent is not None and parent.kind() == "jsx_element" and inside(one, parent)


def attribute_of(element: SgNode, name: str) -> SgNode | None:
    """Return the attribute ``name`` of an opening tag; None where it has none."""
    return next((one for one in element.named_children()
                 if one.kind() == "jsx_attribute" and name_of(one) == name), None)  # fmt: skip


def attributes_added(scene: Scene, element: SgNode, fresh: list[str]) -> Edit:
    """Return the edit that adds attributes behind the last one, in its layout."""
    given = [one for one in element.named_children()
             if one.kind() in {"jsx_attribute", "jsx_expression"}]  # fmt: skip
    name = element.field("name")
    typed = element.field("type_arguments")
    last = given[-1] if given else (typed or name or element)
    gap = " "
    if given:
        before = scene.text[: start(given[-1])]
        line = before[before.rfind("\n") + 1 :]
        if not line.strip() and before.count("\n") and len(given) > 0:
            gap = f"\n{line}"
    return insert(end(last), "".join(f"{gap}{one}" for one in fresh))


_TAG = re.compile(
    r"(?:(?:use|render|make\s+it|prefer)\s+(?:an?\s+)?(?:real\s+|native\s+|semantic\s+)?(?"
    r"P<new>⟦\d+⟧)(?:\s+(?:element|tag|here))?"
    rf"(?:\s+{INSTEAD_OF}\s+(?:an?\s+|the\s+)?(?:clickable\s+)?"
    r"(?P<old>⟦\d+⟧|div|span|anchor|link|image)(?:\s+(?:element|tag))?)"
    r"|(?:replace|change|swap|convert|turn)\s+(?:the\s+|this\s+)?(?:clickable\s+)?(?P<old2>⟦\d+⟧|"
    r"div|span|anchor|link|image)"
    r"(?:\s+(?:element|tag))?"
    r"\s+(?:with|by|to|into|for)\s+(?:an?\s+)?(?:real\s+|native\s+|semantic\s+)?(?P<new2>⟦\d+⟧)(?"
    r":\s+(?:element|tag))?)",
    re.IGNORECASE,
)
_OPEN_TAG = re.compile(
    r"<(?P<tag>[A-Za-z][\w.]*)(?P<given>(?:\s+[^<>]*)?)\s*/?>(?:\s*</[\w.]*>)?", re.DOTALL
)


def other_tag(work: Work, ask: Ask) -> StepEdits | None:
    """*Use a `<button type="button">` instead of the `<div>`*: both tags, and what is told."""
    scene = work.scene
    told = _TAG.fullmatch(ask.text)
    if told is None:
        return None
    new = _OPEN_TAG.fullmatch(ask.code(told["new"] or told["new2"]))
    spelled = ask.code(told["old"] or told["old2"])
    spelled = {"anchor": "a", "link": "a", "image": "img"}.get(spelled.lower(), spelled)
    old = re.fullmatch(r"<?/?(?P<tag>[A-Za-z][\w.]*)\s*/?>?", spelled)
    if new is None or old is None:
        return None
    elements = [
        one
        for one in of_kinds(scene.root, ELEMENTS)
        if begins_in_quote(scene, one) and text_of(one.field("name")) == old["tag"]
    ]
    if len(elements) != 1:
        return None
    element, given = elements[0], new["given"].strip()
    name, whole = element.field("name"), element.parent()
    if name is None or (given and any(
        attribute_of(element, each["name"]) is not None for each in _ATTRIBUTE.finditer(given)
    )):  # fmt: skip
        return None
    edits = [replaced(name, f"{new['tag']} {given}" if given else new["tag"])]
    if element.kind() == "jsx_opening_element":
        closing = (
            [one for one in whole.children() if one.kind() == "jsx_closing_element"]
            if whole
            else []
        )
        held = closing[0].field("name") if len(closing) == 1 else None
        if held is None:
            return None
        edits.append(replaced(held, new["tag"]))
    said = f"make the <{old['tag']}> a <{new['tag']}>"
    return step_edits(scene, Operation.REPLACE, said, edits, [f"<{new['tag']}"], [f"<{old['tag']}"])


_WHOLE = re.compile(
    r"(?:render|use|write|replace|show|display|output)\b(?:(?!⟦)[^,;])*?(?::|\s(?:as|with|by|"
    r"using|use))\s*(?P<new>⟦\d+⟧)"
    r"|(?:use|write|render)\s+(?P<new2>⟦\d+⟧)",
    re.IGNORECASE,
)


def other_element(work: Work, ask: Ask) -> StepEdits | None:
    """*Render it as text: `<p>{note}</p>`*: the one element quoted, of the same tag, as a whole."""
    scene = work.scene
    told = _WHOLE.fullmatch(ask.text)
    new = ask.code(told["new"] or told["new2"]) if told is not None else ""
    tag = re.match(r"<([A-Za-z][\w.]*)", new)
    if (
        tag is None
        or "..." in re.sub(r"\{\.\.\.[\w.]+\}", "", new)
        or not re.search(r"/>$|</[\w.]*>$", new)
    ):
        return None
    outer = quoted_nodes(scene, ("jsx_element", "jsx_self_closing_element"))
    if len(outer) != 1 or not re.match(rf"<{re.escape(tag[1])}\b", outer[0].text()):
        return None
    if not _is_quoted_whole(scene, outer[0]):
        return None
    said = f"render `{new[:60]}` in the place of what is quoted"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(outer[0], new)], [new], [outer[0].text()]
    )


def _is_quoted_whole(scene: Scene, node: SgNode) -> bool:
    return any(first <= start(node) and end(node) <= last for first, last in scene.quotes)


_ATTRIBUTE_GONE = re.compile(
    r"(?:remove|drop|delete|strip)\s+(?:the\s+|this\s+|its\s+)?(?:(?:inline|redundant|unneeded|"
    r"unused|unsafe|positive|needless)\s+)*(?P<name>⟦\d+⟧)(?:\s+(?:attribute|prop|property))?"
    r"(?:\s+(?:from|on|of)\s+(?:the\s+|this\s+)?(?:⟦\d+⟧|[\w-]+)(?:\s+(?:element|tag))?)?",
    re.IGNORECASE,
)


def attribute_gone(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the inline `style` from the span*: of the one element quoted."""
    scene = work.scene
    told = _ATTRIBUTE_GONE.fullmatch(ask.text)
    element = _quoted_element(scene, ask) if told is not None else None
    if told is None or element is None:
        return None
    name = ask.code(told["name"]).split("=")[0]
    old = attribute_of(element, name)
    if old is None:
        return None
    first = start(old)
    while first > 0 and scene.text[first - 1] in " \t\n\r":
        first -= 1
    said = f"take `{name}` off <{text_of(element.field('name'))}>"
    edits = [Edit(first, end(old), "")]
    return step_edits(scene, Operation.REMOVE, said, edits, [], [old.text()])


ELEMENT_FORMS = (other_tag, other_element, attribute_told, attribute_gone)
