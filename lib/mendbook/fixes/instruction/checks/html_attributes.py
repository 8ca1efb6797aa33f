"""Which elements of HTML have an attribute, where few do (HTML Living Standard, attributes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, text_of

_FORM = frozenset({"button", "fieldset", "input", "optgroup", "option", "select", "textarea"})
_HOLDERS: Mapping[str, frozenset[str]] = {
    "alt": frozenset({"area", "img", "input"}),
    "htmlFor": frozenset({"label", "output"}),
    "for": frozenset({"label", "output"}),
    "href": frozenset({"a", "area", "base", "link"}),
    "target": frozenset({"a", "area", "base", "form"}),
    "rel": frozenset({"a", "area", "form", "link"}),
    "srcSet": frozenset({"img", "source"}),
    "decoding": frozenset({"img"}),
    "loading": frozenset({"iframe", "img"}),
    "placeholder": frozenset({"input", "textarea"}),
    "checked": frozenset({"input"}),
    "colSpan": frozenset({"td", "th"}),
    "scope": frozenset({"th"}),
    "disabled": _FORM | {"link"},
    "sandbox": frozenset({"iframe"}),
}


def unfit_attributes(root: SgNode) -> Iterator[str]:
    """Yield the attributes of elements of HTML that have none of that name."""
    for one in of_kinds(root, ("jsx_opening_element", "jsx_self_closing_element")):
        tag = text_of(one.field("name"))
        if not tag.islower() or "-" in tag:
            continue
        for each in one.named_children():
            name = name_of(each) if each.kind() == "jsx_attribute" else ""
            if name in _HOLDERS and tag not in _HOLDERS[name]:
                yield f"an element <{tag}> has no {name}"
