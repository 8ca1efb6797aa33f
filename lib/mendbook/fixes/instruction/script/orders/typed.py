"""Types that are told by what they are for: a parameter, a result, what ``any`` stands for."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import OUGHT
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import end, name_of, of_kinds, squeezed, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_TYPE = (
    r"(?P<t{0}>(?:readonly )?[A-Za-z_$][\w$.]*(?:<.+>)?(?:\[\])*(?: \| [\w$.'\"<>\[\]]+)*"
    r"|Promise<.+>)"
)
_NAME = r"(?P<n{0}>[A-Za-z_$][\w$]*)"
_OLD = r"(?:any|unknown|object|Function|\{\})"
_FORMS = re.compile(
    rf"(?:type|annotate|declare) {_NAME.format(1)}(?: (?:parameter|state|field|variable|result))?"
    rf" (?:as|with|by) {_TYPE.format(1)}(?:,? (?:instead of|rather than|not|in place of) {_OLD})?"
    rf"|{_NAME.format(2)}: {_TYPE.format(2)}"
    rf"|(?:use )?{_TYPE.format(3)}(?: here)?(?:,? (?:instead of|rather than|not|in place of))"
    rf" {_OLD}"
    rf"|(?:replace|change) {_OLD} (?:with|by|to) {_TYPE.format(4)}"
    rf"|give {_NAME.format(5)} type {_TYPE.format(5)}"
    rf"|{_NAME.format(6)} {OUGHT} be (?:typed |declared |annotated )?(?:as )?(?:of type"
    rf" )?{_TYPE.format(6)}(?:,? (?:instead of|rather than|not|in place of) {_OLD})?",
)
_RESULT = re.compile(
    rf"(?:[A-Za-z_$][\w$]* {OUGHT} return|(?:type|annotate|declare) (?:result|return value|return"
    rf" type)(?: of [\w$]+)? (?:as|with|by)|"
    rf"(?:return|result) type:?) (?P<t>Promise<.+>|[A-Z]\w*(?:<.+>)?(?:\[\])*|(?:string|number"
    rf"|boolean|void)(?:\[\])*)",
)
_LOOSE = {"any", "unknown", "object", "Function", "{}", "any[]", "unknown[]"}


def typed(work: Work, ask: Ask) -> StepEdits | None:
    """*Type silo as Silo*, *Silo instead of any*: the one loose type that is quoted."""
    scene = work.scene
    text = ask.unticked
    told = _FORMS.fullmatch(
        text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z]+ ", text) else text
    )
    told = told or _FORMS.fullmatch(text)
    if told is None or scene.language.name == "javascript":
        return None
    at = next(one for one in "123456" if told[f"t{one}"])
    kind, name = told[f"t{at}"], told.groupdict().get(f"n{at}") or ""
    if is_broken(scene.language, f"type A = {kind};") or not _is_type(scene, kind):
        return None
    loose = [
        one
        for one in of_kinds(
            scene.root, ("predefined_type", "type_identifier", "array_type", "object_type")
        )
        if begins_in_quote(scene, one) and one.text() in _LOOSE
    ]
    loose = [one for one in loose if not any(each.text() == f"{one.text()}[]" for each in loose)]
    if name and name not in _NOUNS:
        loose = [one for one in loose if _belongs(one, name)]
    elif len(loose) > 1:
        raise Abstain("which of several loose types is meant is not said", final=True)
    if len(loose) != 1:
        return None
    said = f"type it as {kind}"
    return step_edits(scene, Operation.ANNOTATE, said, [replaced(loose[0], kind)], [kind])


_NOUNS = {"it", "parameter", "state", "argument", "variable", "field", "property", "type", "value"}
_PLAIN = {"string", "number", "boolean", "unknown", "void", "null", "undefined", "never", "Date",
          "Record", "Promise", "Map", "Set", "Array", "Error", "Buffer", "ReadonlyArray", "Partial",
          "Pick", "Omit", "bigint", "symbol", "Uint8Array", "URL", "RegExp"}  # fmt: skip


def _is_type(scene: Scene, kind: str) -> bool:
    """Tell whether the first name of a type is one that the file knows, or the language has."""
    first = re.match(r"[\w$]+", kind.removeprefix("readonly "))
    if first is None or first[0] in {"any", "true", "false"}:
        return False
    return first[0] in _PLAIN or (
        first[0][:1].isupper() and (scene.knows(first[0]) or not first[0].isupper())
    )


def _belongs(node: SgNode, name: str) -> bool:
    """Tell whether a type is that of the parameter, the field or the variable of a name."""
    for one in node.ancestors():
        if one.kind() in {"required_parameter", "optional_parameter"}:
            return text_of(one.field("pattern")) == name
        if one.kind() in {"variable_declarator", "public_field_definition", "property_signature"}:
            return name in re.findall(r"[\w$]+", name_of(one))
        if one.kind() in {"statement_block", "program"}:
            return False
    return False


def result(work: Work, ask: Ask) -> StepEdits | None:
    """*`f` should return Promise<Row[]>*: its result has none, or a loose one."""
    scene = work.scene
    told = _RESULT.fullmatch(ask.unticked)
    if told is None or scene.language.name == "javascript":
        return None
    homes = [one for one in around(scene) if one.field("parameters") is not None]
    if len(homes) != 1 or is_broken(scene.language, f"type A = {told['t']};"):
        return None
    is_async = homes[0].text().split("(")[0].find("async") >= 0
    if is_async and not told["t"].startswith("Promise<"):
        return None
    held, given = homes[0].field("return_type"), homes[0].field("parameters")
    if held is not None and not re.search(r"\b(?:any|unknown|object)\b", held.text()):
        if squeezed(held.text()) == squeezed(f": {told['t']}"):
            raise Abstain(f"it returns {told['t']} already")
        return None
    text = f": {told['t']}"
    if given is None or not (touches_quote(scene, homes[0]) or scene.scopes):
        return None
    edit = replaced(held, text) if held is not None else insert(end(given), text)
    return step_edits(scene, Operation.ANNOTATE, f"return {told['t']}", [edit], [told["t"]])


TYPED = (typed, result)
