"""Tell what new code says that nobody can mean, though it parses and its names are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.fixes.instruction.checks.html_attributes import unfit_attributes
from mendbook.fixes.instruction.checks.misused import misused
from mendbook.fixes.instruction.checks.unused_names import undeclared_name
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    field,
    of_kinds,
    squeezed,
    text_of,
)

_STATUS = re.compile(r"[1-5]\d\d")
_TEXTS = re.compile(
    r"(?:^|\.)(?:randomUUID|uuid(?:v4)?|nanoid|ulid|cuid|toString|toFixed|toISOString)$"
)
_FUNCTIONS = {"function_declaration", "function_expression", "arrow_function", "method_definition"}
_PURE = re.compile(
    r"(?:String|Number|Boolean|BigInt|Array\.from|JSON\.stringify|encodeURIComponent|parseInt"
    r"|parseFloat|structuredClone|Object\.(?:keys|values|entries|fromEntries)|Math\.\w+"
    r"|path\.(?:basename|join|resolve|normalize|extname|dirname)|crypto\.randomUUID|Date\.now)"
)


def senseless(before: str, after: str, language: Language, *, declares: bool = False) -> str:
    """Return why a piece of new code cannot be meant; nothing where all can.

    ``declares`` says that a variable is asked for by itself, whoever may read it.
    """
    old, new = _said_of(language, before), _said_of(language, after)
    for known, several in zip(old, new, strict=True):
        for said in several:
            if said not in known:
                return said
    asks = language.script and not declares
    return undeclared_name(parse(language, before), parse(language, after)) if asks else ""


@lru_cache(maxsize=512)
def _said_of(language: Language, text: str) -> tuple[tuple[str, ...], ...]:
    """Return what each of the questions says of a whole text."""
    root = parse(language, text)
    asks = (
        (_unreached, _nothing_as_value, _out_of_loop, _error_as_value)
        if not language.script
        else (
            _unreached,
            _out_of_loop,
            _unlike_tags,
            unfit_attributes,
            _nested_alike,
            _text_of_text,
            _idle_call,
            _lone_status,
            _read_unsettled,
            _awaited_each,
            _set_anew,
            _number_as_text,
            _thrown_class,
            _error_as_value,
            _tested_twice,
            _settled_test,
            _length_of_number,
            misused,
        )
    )
    return tuple(tuple(ask(root)) for ask in asks)


_EXITS = ("return_statement", "throw_statement", "raise_statement", "break_statement",
          "continue_statement")  # fmt: skip
_HOISTED = ("function_declaration", "class_declaration", "type_alias_declaration", "comment")


_GIVES_NONE = re.compile(r"(?:^|[.)\]])(?:append|extend|insert|sort|reverse)$")


def _nothing_as_value(root: SgNode) -> Iterator[str]:
    """Yield each assignment of what a call that only changes a list gives: it gives None."""
    for one in of_kinds(root, ("assignment",)):
        value = one.field("right")
        if value is None or value.kind() != "call":
            continue
        if _GIVES_NONE.search(callee_text(value)):
            yield f"`{squeezed(value.text())[:40]}` gives nothing that could be kept"


_KEEPS = {
    "assignment": ("left", "right"),
    "assignment_expression": ("left", "right"),
    "variable_declarator": ("name", "value"),
}
_MAKES_ERROR = re.compile(r"(?:\w+\.)*(?:[A-Z]\w*)?(?:Error|Exception)")
_FOR_ERRORS = re.compile(r"(?i)err|exc|reason|cause|fail|fault|problem|abort|reject|\be[x]?$")


def _error_as_value(root: SgNode) -> Iterator[str]:
    """Yield each name that is given a new error, and is none for errors by its own words.

    *Refuse the crate with WeightError* throws it, and does not keep it in place of the crate.
    """
    for one in of_kinds(root, tuple(_KEEPS)):
        target, value = (one.field(name) for name in _KEEPS[one.kind()])
        if target is None or value is None or _FOR_ERRORS.search(target.text()):
            continue
        made = value.field("constructor") or value.field("function")
        if made is not None and _MAKES_ERROR.fullmatch(made.text()):
            yield f"`{squeezed(one.text())[:60]}` would keep an error as if it were a value"


def _unreached(root: SgNode) -> Iterator[str]:
    """Yield the statements behind one that leaves their block."""
    for one in of_kinds(root, _EXITS):
        below = one.next()
        while below is not None and (not below.is_named() or "comment" in below.kind()):
            below = below.next()
        holder = one.parent()
        in_row = holder is not None and ("block" in holder.kind() or "body" in holder.kind())
        if below is not None and in_row and below.kind() not in _HOISTED:
            said = squeezed(below.text())[:60]
            yield f"`{said}` would never be reached behind `{one.text()[:40]}`"


_TURNS = re.compile(
    r"for_|while_|do_|switch|case|select|match|loop|enhanced_for|range|communication"
)


def _out_of_loop(root: SgNode) -> Iterator[str]:
    """Yield the ``continue`` and ``break`` that stand in no loop of their function."""
    for one in of_kinds(root, ("break_statement", "continue_statement")):
        for outer in one.ancestors():
            if (
                _TURNS.match(outer.kind())
                or "switch" in outer.kind()
                or outer.kind() == "labeled_statement"
            ):
                break
            if "function" in outer.kind() or "method" in outer.kind() or outer.parent() is None:
                yield f"`{squeezed(one.text())}` would stand in no loop"
                break


def _tested_twice(root: SgNode) -> Iterator[str]:
    """Yield the tests of a name that the chain behind them tests again: ``a && a?.b``."""
    for one in of_kinds(root, ("binary_expression",)):
        left, right = text_of(one.field("left")), text_of(one.field("right"))
        if text_of(one.field("operator")) == "&&" and right.startswith(f"{left}?."):
            yield f"`{squeezed(one.text())[:60]}` would test {left} twice"


def _settled_test(root: SgNode) -> Iterator[str]:
    """Yield the tests of an ``if`` that are a text or a number, and always or never hold."""
    for one in of_kinds(root, ("if_statement", "ternary_expression")):
        test = one.field("condition")
        inner = test.named_children() if test is not None else []
        settled = inner[0] if len(inner) == 1 and test and "paren" in test.kind() else test
        if settled is not None and settled.kind() in {"string", "number"}:
            yield f"`{settled.text()[:40]}` would be tested, which is always the same"


def _length_of_number(root: SgNode) -> Iterator[str]:
    """Yield the lengths that are asked of a parameter which is a number or a flag."""
    for one in of_kinds(root, ("required_parameter", "optional_parameter")):
        name, home = text_of(one.field("pattern")), _function(one)
        if home is None or not re.fullmatch(r":\s*(?:number|boolean)", text_of(one.field("type"))):
            continue
        if re.search(rf"(?<![\w$.]){re.escape(name)}\.length\b", home.text()):
            yield f"{name} is no list and no text, and has no length"


def _thrown_class(root: SgNode) -> Iterator[str]:
    """Yield what is thrown by a class's kind of name alone: how an error is made is not said."""
    for one in of_kinds(root, ("throw_statement",)):
        inner = one.named_children()
        if len(inner) == 1 and inner[0].kind() == "identifier" and inner[0].text()[:1].isupper():
            name = inner[0].text()
            yield f"{name} is thrown as it is; how an error is made of a class is not said"


def _number_as_text(root: SgNode) -> Iterator[str]:
    """Yield the messages that are a number, as a status is: it is said beside the body."""
    for one in of_kinds(root, ("pair",)):
        value = text_of(one.field("value"))
        if text_of(one.field("key")) in _MESSAGES and re.fullmatch(r"\d+", value):
            yield f"`{squeezed(one.text())}` would have a number for its text"


_MESSAGES = {"error", "message", "reason", "title", "detail", "msg"}


def _set_anew(root: SgNode) -> Iterator[str]:
    """Yield the names that are given another value though they are declared for good."""
    text = root.text()
    fixed = set(_FIXED.findall(text))
    for one in of_kinds(root, ("assignment_expression", "augmented_assignment_expression")):
        left = one.field("left")
        if left is None or left.kind() != "identifier" or left.text() not in fixed:
            continue
        name = re.escape(left.text())
        other = re.search(rf"\b(?:let|var)\s[^;\n]*\b{name}\b|[(,{{]\s*{name}\s*[,:)=}}]", text)
        if other is None:
            yield f"{left.text()} is declared for good, and cannot be set"


_FIXED = re.compile(
    r"^(?:export\s+)?(?:const|(?:async\s+)?function|class)\s+([A-Za-z_$\u0080-\U0010ffff][\w$]*)",
    re.MULTILINE,
)
"""The names that a file's top level declares for good."""


def _unlike_tags(root: SgNode) -> Iterator[str]:
    """Yield the elements whose closing tag is not that of their opening one."""
    for one in of_kinds(root, ("jsx_element",)):
        tags = [
            text_of(each.field("name"))
            for each in one.children()
            if each.kind() in {"jsx_opening_element", "jsx_closing_element"}
        ]
        if len(tags) == 2 and tags[0] != tags[1]:
            yield f"<{tags[0]}> would be closed by </{tags[1]}>"


def _nested_alike(root: SgNode) -> Iterator[str]:
    """Yield the keys that are given an object of which they are the only key again."""
    for one in of_kinds(root, ("pair",)):
        value = one.field("value")
        inner = value.named_children() if value is not None and value.kind() == "object" else []
        if len(inner) == 1 and text_of(inner[0].field("key")) == text_of(one.field("key")):
            yield f"`{squeezed(one.text())[:60]}` would hold its own key once more"


def _text_of_text(root: SgNode) -> Iterator[str]:
    """Yield the texts that are written out in some base, as only numbers are."""
    for one in of_kinds(root, ("call_expression",)):
        target = field(one, "function")
        owner = target.field("object") if target is not None else None
        given = text_of(one.field("arguments"))
        if (
            owner is None
            or owner.kind() != "call_expression"
            or not re.fullmatch(r"\(\d+\)", given)
        ):
            continue
        if text_of(target and target.field("property")) == "toString" and _TEXTS.search(
            callee_text(owner)
        ):
            said = squeezed(owner.text())[:60]
            yield f"`{said}` is a text already; `toString{given}` is for numbers"


def _idle_call(root: SgNode) -> Iterator[str]:
    """Yield the statements that compute a value and leave it."""
    for one in of_kinds(root, ("expression_statement",)):
        inner = one.named_children()
        call = inner[0] if len(inner) == 1 and inner[0].kind() == "call_expression" else None
        if call is not None and _PURE.fullmatch(callee_text(call)):
            yield f"`{squeezed(call.text())[:60]}` would be a statement that does nothing"


def _function(node: SgNode) -> SgNode | None:
    return next((one for one in node.ancestors() if one.kind() in _FUNCTIONS), None)


def _lone_status(root: SgNode) -> Iterator[str]:
    """Yield the returns of a number that is a status, in functions that answer otherwise."""
    returns = of_kinds(root, ("return_statement",))
    for one in returns:
        inner = one.named_children()
        if len(inner) != 1 or not _STATUS.fullmatch(inner[0].text()):
            continue
        home = _function(one)
        if home is None or "number" in text_of(home.field("return_type")):
            continue
        others = [
            each.named_children()
            for each in of_kinds(home, ("return_statement",))
            if each.text() != one.text()
        ]
        if not any(each and each[0].kind() == "number" for each in others):
            yield f"`{inner[0].text()}` is a status; how it is answered is not said"


def _read_unsettled(root: SgNode) -> Iterator[str]:
    """Yield the names that hold what calls settled to, and are read as what the calls gave."""
    for one in of_kinds(root, ("variable_declarator",)):
        name, home = one.field("name"), _function(one)
        if name is None or not _SETTLES.match(text_of(one.field("value"))):
            continue
        around = text_of(home) if home is not None else root.text()
        rest = around.replace(one.text(), "", 1)
        reads = [
            each
            for each in re.findall(r"[A-Za-z_$][\w$]*", name.text())
            if re.search(rf"(?<![\w$.]){re.escape(each)}\b(?!\.length)", rest)
        ]
        if reads and not re.search(r"\.(?:status|value|reason)\b|\b(?:status|reason)\b", rest):
            yield f"{reads[0]} would hold what calls settled to, and is read as what they gave"


_SETTLES = re.compile(r"\s*await\s+Promise\.allSettled\(")


def _awaited_each(root: SgNode) -> Iterator[str]:
    """Yield the awaits of what gives no promise back, whatever its callback does."""
    for one in of_kinds(root, ("await_expression",)):
        inner = one.named_children()
        called = inner[0] if inner and inner[0].kind() == "call_expression" else None
        if called is not None and callee_text(called).endswith(".forEach"):
            yield f"`{callee_text(called)}` gives nothing to await"
