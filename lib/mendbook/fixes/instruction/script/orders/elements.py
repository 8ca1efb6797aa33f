"""Elements of JSX: what they render, their tags and attributes, their keys and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, OUGHT
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    end,
    name_of,
    of_kinds,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_OPENINGS = ("jsx_opening_element", "jsx_self_closing_element")
_WORDS = {
    "link": "a", "links": "a", "anchor": "a", "image": "img", "picture": "img", "field": "input",
    "frame": "iframe", "row": "tr", "item": "li", "cell": "td", "box": "input", "checkbox": "input",
}  # fmt: skip


def _elements(scene: Scene, word: str = "") -> list[SgNode]:
    """Return the opening tags in the quote, of the tag that a word means where it gives one."""
    elements = [one for one in of_kinds(scene.root, _OPENINGS) if begins_in_quote(scene, one)]
    if not elements:
        elements = [one for one in of_kinds(scene.root, _OPENINGS) if touches_quote(scene, one)]
        elements = [
            one
            for one in elements
            if not any(
                start(one) <= start(other) and end(other) <= end(one) and other is not one
                for other in elements
            )
        ]
    word = word.strip("<>`/").lower()
    tag = _WORDS.get(word, word)
    named = [one for one in elements if text_of(one.field("name")).lower() == tag]
    if named or not word:
        return named or elements
    return []


_ATTRIBUTE = r"(?P<{0}>[A-Za-z][\w-]*=(?:\"[^\"]*\"|'[^']*'|\{{[^{{}}]*\}}))"
_WHERE = (
    r"(?P<{0}>(?:icon |clear |close |submit |first |only |external )?<?[A-Za-z][\w.]*>?)"
    r"(?: (?:element|tag|component))?"
)
_ATTRIBUTES = re.compile(
    rf"(?:(?:add|set|put|give|use|include|pass|specify) )?{_ATTRIBUTE.format('a1')}(?: (?:to|on"
    rf"|for|in) {_WHERE.format('w1')})?"
    rf"|{_ATTRIBUTE.format('a2')} is missing (?:on|in|at|from) {_WHERE.format('w2')}"
    rf"|{_WHERE.format('w3')}(?: with \S+)? (?:needs?|lacks?|misses|{OUGHT} (?:have|get|carry|use"
    rf"|set)) {_ATTRIBUTE.format('a3')}"
    rf"|give {_WHERE.format('w4')} {_ATTRIBUTE.format('a4')}"
    rf"|.*: {_ATTRIBUTE.format('a5')}",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    rf"(?:add|give|set|use) (?:an? )?empty (?P<n1>alt|aria-label|title|rel)(?: attribute|"
    rf" text)?(?: (?:to|on|for) {_WHERE.format('w1')})?"
    rf"|give {_WHERE.format('w2')} (?:an? )?empty (?P<n2>alt|title)(?: attribute| text)?"
    rf"|give {_WHERE.format('w3')} (?:an? )?(?P<n3>[a-z][\w-]*) (?:of|with) (?P<v3>\{{[^{{}}]+\}}"
    rf"|\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)


def attribute(work: Work, ask: Ask) -> StepEdits | None:
    """Give an element what *the link needs rel="noopener"* tells: the one quoted or told."""
    scene = work.scene
    if scene.language.name == "typescript":
        return None
    text = ask.unticked
    told, empty = _ATTRIBUTES.fullmatch(text), _EMPTY.fullmatch(text)
    if told is not None:
        at = next(one for one in "12345" if told[f"a{one}"])
        written, where = told[f"a{at}"], told.groupdict().get(f"w{at}") or ""
    elif empty is not None:
        at = next(one for one in "123" if empty[f"n{one}"])
        value = empty["v3"] if at == "3" else '""'
        written, where = f"{empty[f'n{at}']}={value}", empty[f"w{at}"] or ""
    else:
        return None
    name = written.partition("=")[0]
    elements = _elements(scene, where.split(" ")[-1])
    if name == "rel" and len(elements) > 1:
        elements = [one for one in elements if "_blank" in one.text()]
    if len(elements) != 1:
        return None
    held = [
        one
        for one in elements[0].named_children()
        if one.kind() == "jsx_attribute" and name_of(one) == name
    ]
    if is_broken(scene.language, f"const a = <p {written} />;"):
        return None
    said = f"give the element {written}"
    if held:
        if squeezed(held[0].text()) == squeezed(written):
            raise Abstain(f"{written} stands there already")
        return step_edits(scene, Operation.SET, said, [replaced(held[0], written)], [written])
    return step_edits(
        scene, Operation.ADD, said, [behind_last(scene, elements[0], written)], [written]
    )


def behind_last(scene: Scene, opening: SgNode, written: str) -> Edit:
    """Return the edit that adds an attribute behind the others, laid out as they are."""
    parts = [
        one for one in opening.named_children() if one.kind().startswith("jsx_")
    ] or opening.named_children()
    last = parts[-1]
    line = scene.text[scene.text.rfind("\n", 0, start(last)) + 1 : start(last)]
    gap = f"\n{line}" if line and not line.strip() and start(last) > start(opening) + 1 else " "
    return insert(end(last), f"{gap}{written}")


_TAGGED = re.compile(
    rf"(?:(?:render|use|show|write|output|display|put)(?: [\w']+){{0,4}}?(?: as (?:plain"
    rf" )?text)?:? |replace (?:{CODE}|[\w ]+?) (?:by|with) )?"
    rf"(?P<code><(?P<tag>[A-Za-z][\w.]*)\b.*(?:</(?P=tag)>|/>))(?: (?:instead|instead of .*"
    rf"|rather than .*))?",
    re.IGNORECASE | re.DOTALL,
)


def element(work: Work, ask: Ask) -> StepEdits | None:
    """*Render it as text: <p>{note}</p>*: the one quoted element of the same tag, as a whole."""
    scene = work.scene
    told = _TAGGED.fullmatch(ask.unticked)
    if (
        told is None
        or scene.language.name == "typescript"
        or "…" in told["code"]
        or "..." in told["code"]
    ):
        return None
    code = told["code"]
    if is_broken(scene.language, f"const a = {code};"):
        return None
    elements = [
        one
        for one in of_kinds(scene.root, ("jsx_element", "jsx_self_closing_element"))
        if (touches_quote(scene, one)) and _tag(one) == told["tag"]
    ]
    elements = [one for one in elements if begins_in_quote(scene, one)] or elements
    if len(elements) != 1 or squeezed(elements[0].text()) == squeezed(code):
        return None
    lost = [
        one
        for one in _attributes(elements[0])
        if one not in code and one != "dangerouslySetInnerHTML"
    ]
    if lost:
        raise Abstain(f"{lost[0]} of the element would be lost")
    said = f"render `{code[:60]}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(elements[0], code)], [code])


def _tag(node: SgNode) -> str:
    opening = node if node.kind() == "jsx_self_closing_element" else node.named_children()[0]
    return text_of(opening.field("name"))


def _attributes(node: SgNode) -> list[str]:
    opening = node if node.kind() == "jsx_self_closing_element" else node.named_children()[0]
    return [name_of(one) for one in opening.named_children() if one.kind() == "jsx_attribute"]


_KEYED = re.compile(
    r"(?:use (?P<n1>[\w$.]+) (?:as|for)(?: react)? key|key (?:[\w ]+? )?(?:by|with|on)"
    r" (?P<n2>[\w$.]+)|key OUGHT be (?P<n3>[\w$.]+)|"
    r"set key to (?P<n4>[\w$.]+)|use (?P<n5>[\w$.]+) instead of (?:index|i|idx) (?:as|for) key"
    r"|key=\{(?P<n6>[\w$.]+)\})"
    r"(?:,? (?:and not|not|instead of|rather than)(?: \w+){1,2})?".replace("OUGHT", OUGHT),
    re.IGNORECASE,
)


def key(work: Work, ask: Ask) -> StepEdits | None:
    """*Key the rows by row.id*: the key of the one quoted element."""
    scene = work.scene
    told = _KEYED.fullmatch(ask.unticked.replace(", and", " and"))
    if told is None:
        return None
    name = next(one for one in told.groups() if one)
    keys = [
        one
        for one in of_kinds(scene.root, ("jsx_attribute",))
        if touches_quote(scene, one) and name_of(one) == "key" and value_of(one) is not None
    ]
    if len(keys) != 1 or "." not in name:
        return None
    new = f"key={{{name}}}"
    if keys[0].text() == new:
        raise Abstain(f"the key is {name} already")
    return step_edits(scene, Operation.SET, f"key it by {name}", [replaced(keys[0], new)], [new])


_SHOWN = re.compile(
    rf"(?:(?:compare with|use|write|render only|show it only|show only|render it only|test|check"
    rf"|make it) )?(?:when |if |with )?(?:> 0: )?"
    rf"\{{?(?P<test>[\w$.]+ ?(?:>|>=|!==|===) ?(?:\d+|null|undefined|''))(?: &&)?"
    rf"(?: ?(?:…|\.\.\.))?\}}?"
    rf"(?: (?:instead of|rather than|not) (?:just )?[\w$.]+(?: &&)?)?"
    rf"|condition {OUGHT} be (?P<test2>[\w$.]+ ?(?:>|>=|!==|===) ?(?:\d+|null|undefined))",
    re.IGNORECASE,
)


def condition(work: Work, ask: Ask) -> StepEdits | None:
    """*Render only when n > 0*: what stands before the one ``&&`` quoted in JSX."""
    scene = work.scene
    told = _SHOWN.fullmatch(ask.unticked)
    if told is None:
        return None
    test = told["test"] or told["test2"]
    name = re.split(r"\s*(?:>|!==|===)", test)[0].strip()
    conditions = [one for one in _shown_if(scene) if squeezed(one.text()) == squeezed(name)]
    if len(conditions) != 1:
        return None
    return step_edits(
        scene, Operation.REPLACE, f"render it where {test}", [replaced(conditions[0], test)], [test]
    )


def _shown_if(scene: Scene) -> Iterator[SgNode]:
    for one in of_kinds(scene.root, ("binary_expression",)):
        parent, left = one.parent(), one.field("left")
        if (
            parent is not None
            and parent.kind() == "jsx_expression"
            and left is not None
            and touches_quote(scene, one)
            and text_of(one.field("operator")) == "&&"
        ):
            yield left


_RETAG = re.compile(
    rf"(?:use|make it|render|turn it into|this {OUGHT} be|it {OUGHT} be|{OUGHT} be|write) (?:an?"
    rf" )?<?(?P<new1>[A-Za-z][\w.]*)(?P<more1>(?: [\w-]+=\S+)*)>?(?: element)?"
    rf"(?: (?:instead of|rather than|in place of|not)(?: an?)? <?(?P<old1>[A-Za-z][\w.]*)>?)?"
    rf"|<?(?P<new2>[a-z][\w]*)>? (?:instead of|rather than) <?(?P<old2>[a-z]\w*)>?"
    rf"|(?:change|turn|replace|convert) <?(?P<old3>[a-z]\w*)>? (?:to|into|by|with) (?:an?"
    rf" )?<?(?P<new3>[a-z][\w]*)(?P<more3>(?: [\w-]+=\S+)*)>?",
)
_HTML = {
    "a", "article", "aside", "b", "button", "dialog", "div", "em", "fieldset", "figure",
    "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "label", "legend", "li", "main", "menu", "nav", "ol",
    "output", "p", "section",
    "small", "span", "strong", "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "dl",
    "dt", "dd", "summary",
    "details", "address", "blockquote", "code", "pre",
}  # fmt: skip


def retagged(work: Work, ask: Ask) -> StepEdits | None:
    """*Use an h1 instead of the h2*: both tags of the one quoted element, with what is told."""
    scene = work.scene
    text = ask.unticked
    told = _RETAG.fullmatch(text[:1].lower() + text[1:])
    if told is None or scene.language.name == "typescript":
        return None
    groups = told.groupdict()
    at = next(one for one in "123" if groups[f"new{one}"])
    new, old = groups[f"new{at}"], groups.get(f"old{at}") or ""
    more = (groups.get(f"more{at}") or "").strip().rstrip(">")
    if new not in _HTML or (old and old not in _HTML):
        return None
    elements = [
        one
        for one in of_kinds(scene.root, ("jsx_element",))
        if begins_in_quote(scene, one) and (not old or _tag(one) == old)
    ]
    if len(elements) != 1 or _tag(elements[0]) == new or not elements[0].named_children():
        return None
    edits = []
    for one in elements[0].children():
        if one.kind() in {"jsx_opening_element", "jsx_closing_element"}:
            name = one.field("name")
            if name is None:
                return None
            extra = f" {more}" if more and one.kind() == "jsx_opening_element" else ""
            edits.append(replaced(name, f"{new}{extra}"))
    if len(edits) != 2:
        return None
    return step_edits(scene, Operation.REPLACE, f"make it <{new}>", edits, [f"<{new}"])


ELEMENTS = (attribute, element, key, condition, retagged)
