"""Attributes and expressions of JSX: another name, a key, a count that is compared."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ELEMENTS, innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    end,
    inside,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_OF_HTML = {
    "className": "class", "htmlFor": "for", "tabIndex": "tabindex", "readOnly": "readonly",
    "maxLength": "maxlength", "autoComplete": "autocomplete", "autoFocus": "autofocus",
    "onClick": "onclick", "onChange": "onchange", "strokeWidth": "stroke-width",
}  # fmt: skip
"""The names of attributes in JSX, and in HTML."""
_NAMED = re.compile(
    r"(?:(?:in\s+)?(?:JSX|React)\s+(?:uses|wants|expects|needs|calls\s+(?:it|this))\s+|(?:use|"
    r"write|rename\s+(?:it|⟦\d+⟧|class|for)\s+to)\s+|"
    r"(?:it|this|that)\s+(?:should|must)\s+be\s+|(?:change|replace|"
    r"rename)\s+(?:the\s+)?(?:⟦\d+⟧|class|for)(?:\s+attribute)?\s+(?:to|with|by)\s+)"
    r"(?P<new>⟦\d+⟧)(?:\s+(?:attribute|prop))?(?:\s+(?:here|in\s+JSX|"
    rf"(?:{INSTEAD_OF})\s+(?:the\s+)?(?:⟦\d+⟧|class|for)(?:\s+in\s+JSX)?))?",
    re.IGNORECASE,
)


def named_for_jsx(work: Work, ask: Ask) -> StepEdits | None:
    """*JSX uses `className`*: the one attribute quoted that bears the name of HTML."""
    scene = work.scene
    told = _NAMED.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    old = _OF_HTML.get(new)
    attributes = [
        one for one in of_kinds(scene.root, ("jsx_attribute",))
        if old is not None and touches_quote(scene, one) and name_of(one) == old
    ]  # fmt: skip
    if old is None or len(attributes) != 1:
        return None
    element = attributes[0].parent()
    name = attributes[0].named_children()[0]
    others = {"in", "JSX", "React", old, new}
    if element is None or any(one.text not in others for one in ask.told):
        return None
    if any(name_of(one) == new for one in element.named_children()):
        return None
    said = f"write {old} as {new}"
    return step_edits(scene, Operation.RENAME, said, [replaced(name, new)], [new], [f"{old}="])


_COUNTED = re.compile(
    r"(?:compare\s+(?:it\s+|the\s+length\s+)?(?:with|to|against)|use|write|check|test\s+(?:for|"
    r"with)|coerce\s+(?:it\s+)?to\s+an?\s+boolean\s*(?::|with|by|using))\s+"
    r"(?P<new>⟦\d+⟧)(?:\s+(?:here|instead))?",
    re.IGNORECASE,
)


def count_compared(work: Work, ask: Ask) -> StepEdits | None:
    """Compare with `> 0`, *it renders 0*: what stands before the one ``&&`` quoted in JSX."""
    scene = work.scene
    told = _COUNTED.fullmatch(ask.text)
    if told is None:
        return None
    new = re.sub(r"\s*&&\s*(?:…|\.\.\.|\(\.\.\.\))?$", "", ask.code(told["new"]).strip())
    conjunctions = [
        one for one in of_kinds(scene.root, ("binary_expression",))
        if touches_quote(scene, one) and text_of(one.field("operator")) == "&&"
        and (holder := one.parent()) is not None and holder.kind() == "jsx_expression"
    ]  # fmt: skip
    left = conjunctions[0].field("left") if len(conjunctions) == 1 else None
    if left is None or not re.fullmatch(r"[\w$.?]+\.(?:length|size)|[\w$]*[cC]ount", left.text()):
        return None
    if not re.fullmatch(
        rf"(?:{re.escape(left.text())}\s*)?(?:>\s*0|!==?\s*0|>=\s*1)|!!{re.escape(left.text())}|"
        rf"Boolean\({re.escape(left.text())}\)",
        new,
    ):
        return None
    text = new if left.text() in new else f"{left.text()} {new}"
    said = f"test `{text}` before it is rendered"
    return step_edits(scene, Operation.REPLACE, said, [replaced(left, text)], [text])


_KEYED = re.compile(
    r"(?:use|set|make\s+it|pass|key\s+(?:it|them|the\s+\w+)\s+(?:by|on|"
    r"with))\s+(?P<key>⟦\d+⟧)(?:\s+as\s+(?:the\s+|its\s+|a\s+stable\s+)?(?:⟦\d+⟧|key))?"
    r",?\s+and\s+(?:drop|remove|delete)\s+(?:the\s+)?(?:(?:unused|superfluous|then\s+unused|"
    r"now\s+unused|now-unused)\s+)?(?P<index>⟦\d+⟧|index)(?:\s+(?:parameter|argument|variable))?",
    re.IGNORECASE,
)


def keyed(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `key={row.id}` and drop the `index` parameter*: of the one element that is quoted."""
    scene = work.scene
    told = _KEYED.fullmatch(ask.text)
    if told is None:
        return None
    code, index = ask.code(told["key"]), ask.code(told["index"])
    whole = re.fullmatch(r"(?:key=)?\{?(?P<value>[\w$.?`{}-]+?)\}?", code)
    elements = [one for one in of_kinds(scene.root, ELEMENTS) if touches_quote(scene, one)]
    keys = [each for one in elements for each in one.named_children()
            if each.kind() == "jsx_attribute" and name_of(each) == "key"]  # fmt: skip
    if whole is None or len(keys) != 1:
        return None
    home = innermost_function(scene, keys[0])
    held = parameters(home) if home is not None else []
    if home is None or len(held) < 2 or parameter_name(held[-1]) != index:
        return None
    uses = [one for one in spelled(home, index, scene.language) if not inside(one, held[-1])]
    if not uses or any(not inside(one, keys[0]) for one in uses):
        return None
    edits = [
        replaced(keys[0], f"key={{{whole['value']}}}"),
        Edit(end(held[-2]), end(held[-1]), ""),
    ]
    said = f"key by {whole['value']}, without {index}"
    return step_edits(scene, Operation.REPLACE, said, edits, [f"key={{{whole['value']}}}"])


_DEFAULT = re.compile(
    r"(?:drop|remove|delete)\s+(?:the|this)\s+(?:(?:unused|redundant|extra|"
    r"second)\s+)?(?:default\s+export|export\s+default|⟦\d+⟧)(?:\s+(?:line|statement))?"
    r"(?:,\s+(?:everything|everyone|all|nobody|nothing)\s+[^⟦;]*)?",
    re.IGNORECASE,
)


def default_gone(work: Work, ask: Ask) -> StepEdits | None:
    """*Drop the default export*: where the name is exported, and no file asks for the default."""
    scene = work.scene
    told = _DEFAULT.fullmatch(ask.text)
    if told is None or "default" not in ask.written:
        return None
    exports = [one for one in of_kinds(scene.root, ("export_statement",))
               if re.fullmatch(r"export default [\w$]+;?", one.text())]  # fmt: skip
    if len(exports) != 1 or not touches_quote(scene, exports[0]):
        return None
    name = re.sub(r"^export default |;$", "", exports[0].text())
    if not re.search(
        rf"\bexport\s+(?:async\s+)?(?:function\*?|class|const|let)\s+{re.escape(name)}\b",
        scene.text,
    ):
        return None
    if _is_asked_for(work):
        return None
    first, last = start(exports[0]), end(exports[0])
    before = scene.text[:first].rstrip("\n")
    behind = scene.text[last:].lstrip("\n")
    gap = "\n" if not behind.strip() else "\n\n"
    edits = [Edit(len(before), len(scene.text) - len(behind), gap)]
    return step_edits(
        scene,
        Operation.REMOVE,
        f"no longer export {name} as the default",
        edits,
        [],
        [exports[0].text()],
    )


def _is_asked_for(work: Work) -> bool:
    """Tell whether a file imports the default of this one, or everything of it."""
    stem = re.sub(r"(?:/index)?\.\w+$", "", work.scene.path).rpartition("/")[2]
    asks = re.compile(
        rf"(?:import\s+(?:\w+(?:\s*,\s*\{{[^}}]*\}})?|\*\s+as\s+\w+|\{{[^}}]*\bdefault\b[^}}]*\}})\s+from|import\(|require\(|lazy\([^)]*import\(|export\s+\{{[^}}]*\bdefault\b[^}}]*\}}\s+from|export\s+\*\s+from)\s*"
        rf"['\"][^'\"]*/{re.escape(stem)}(?:\.\w+)?['\"]"
    )
    tree = work.task.snapshot
    return any(
        asks.search(tree.text(path)) for path in tree.files
        if re.search(r"\.(?:[cm]?[jt]sx?|vue|svelte|mdx?|html)$", path) and path != work.scene.path
    )  # fmt: skip


ATTRIBUTES = (named_for_jsx, count_compared, keyed, default_gone)
