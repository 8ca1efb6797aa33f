"""Put code that stands alone in a text in the place of the one thing that it is another form of.

``Use `f"{a} {b}"`` names nothing that goes: what goes is the one expression of the evidence that is
made of the same values, the one head of the same function, the one decorator of the same name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.editing import (
    conditional,
    line_after,
    line_before,
    quoted_as_here,
    replaced,
)
from mendbook.fixes.instruction.fragments import Fragment
from mendbook.fixes.instruction.language import Language, parse
from mendbook.fixes.instruction.operations.counterpart import claims
from mendbook.fixes.instruction.scene import Scene, around, begins_in_quote, touches_quote
from mendbook.fixes.instruction.syntax import (
    body_of,
    callee,
    callee_text,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    same,
    squeezed,
    start,
    text_of,
    tokens,
    walk,
)
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_Found = tuple[str, str, list[Edit]]
"""What goes, what comes, and the edits."""


def stands_alone(work: Work, clause: Clause) -> Made | None:
    """Return the edit that writes a clause's one code over what it mends; None without one."""
    if not work.scene.quotes or (told := _told(clause)) is None:
        return None
    code = told.text.strip().rstrip(";")
    if re.search(r"\.\.\.|…", code):
        return None
    forms = _BY_VERB.get(clause.verb, _FORMS)
    for form in forms:
        found = form(work.scene, code)
        if found is not None:
            old, new, edits = found
            adds, removes = claims(work.scene.language, old, new) if old else ((new,), ())
            shown = f"write `{new}` for `{' '.join(old.split())[:70]}`" if old else f"add `{new}`"
            return Made(
                Operation.REPLACE if old else Operation.GUARD,
                shown,
                edits_in(work.scene, edits),
                adds=adds,
                removes=removes,
            )
    return None


def _told(clause: Clause) -> Fragment | None:
    """Return the one code of a clause that says nothing else: ``Use C``, ``C``, ``Return C``."""
    if len(clause.codes) != 1:
        return None
    left = {"the", "a", "an", "with", "so", "then", "simply", "just", ""}
    said = " ".join(one for one in clause.words if one not in left)
    if clause.verb is Verb.ADD:
        return clause.codes[0] if _ADDED.fullmatch(said) else None
    if clause.verb is Verb.REMOVE:
        return clause.codes[0] if said in {clause.word, f"{clause.word} redundant"} else None
    said = re.sub(r"^(?:use|read|return|replace|code)\b\s*", "", said)
    return clause.codes[0] if _SAID.fullmatch(said) and clause.verb in _VERBS else None


_ADDED = re.compile(
    r"add guard quoted statement|add statement quoted (?:returning|raising|throwing)"
)
_SAID = re.compile(r"it|signature|quoted code|loop(?: \w+)?|")
_VERBS = {Verb.USE, Verb.CODE, Verb.RETURN, Verb.REPLACE}


# --- heads of functions and classes -------------------------------------------------------------


def _signature(scene: Scene, code: str) -> _Found | None:
    """``f(self, x: T) -> R``: the head of the function f, which has the same parameters."""
    if not scene.language.python:
        return None
    head = re.fullmatch(r"(?:async\s+)?(?:def\s+)?"
                        r"(?P<rest>(?P<name>\w+)\(.*\)(?:\s*->\s*[^:]+)?):?",
                        code, re.DOTALL)  # fmt: skip
    made = parse(scene.language, f"def {head['rest']}: ...") if head is not None else None
    new = next(iter(of_kinds(made, ("function_definition",))), None) if made is not None else None
    if head is None or new is None or (":" not in head["rest"] and "->" not in head["rest"]):
        return None
    found = [one for one in around(scene) if name_of(one) == head["name"]]
    if len(found) != 1 or body_of(found[0]) is None:
        return None
    old = found[0]
    if [parameter_name(one) for one in parameters(old)] != [
        parameter_name(one) for one in parameters(new)
    ]:
        return None
    label, colon = old.field("name"), _colon(old)
    if label is None or colon is None:
        return None
    return (scene.text[start(label) : start(colon)], head["rest"],
            [Edit(start(label), start(colon), head["rest"])])  # fmt: skip


def _colon(function: SgNode) -> SgNode | None:
    return next((one for one in function.children() if one.kind() == ":"), None)


def _decorator(scene: Scene, code: str) -> _Found | None:
    """``@dataclass(frozen=True)``: the decorator of that name, with other arguments."""
    name = re.match(r"@[\w.]+", code)
    kinds = ("decorator", "annotation", "marker_annotation")
    found = [
        one
        for one in of_kinds(scene.root, kinds)
        if name is not None
        and re.match(r"@[\w.]+", one.text()) is not None
        and (re.match(r"@[\w.]+", one.text()) or name)[0] == name[0]
        and touches_quote(scene, one)
    ]
    return _instead(scene, found, code)


def _instead(scene: Scene, found: Sequence[SgNode], code: str) -> _Found | None:
    new = quoted_as_here(scene, code)
    if len(found) != 1 or squeezed(found[0].text()) == squeezed(new):
        return None
    return found[0].text(), new, [replaced(found[0], new)]


# --- statements ---------------------------------------------------------------------------------


def _raise_from(scene: Scene, code: str) -> _Found | None:
    """``raise E(…) from error``: the same raise, in a handler that names its error."""
    head = re.fullmatch(r"(?P<raise>raise\s+.+)\s+from\s+(?P<name>[a-z_]\w*)", code, re.DOTALL)
    if head is None or not scene.language.python:
        return None
    found = [
        one
        for one in of_kinds(scene.root, ("raise_statement",))
        if touches_quote(scene, one) and squeezed(one.text()) == squeezed(head["raise"])
    ]
    if len(found) != 1:
        return None
    handler = next((one for one in found[0].ancestors() if one.kind() == "except_clause"), None)
    colon = _colon(handler) if handler is not None else None
    if handler is None or colon is None:
        return None
    lead = scene.text[start(handler) : start(colon)].rstrip()
    bound = re.search(r"\sas\s+(\w+)$", lead)
    name = bound[1] if bound is not None else head["name"]
    new = f"{found[0].text()} from {name}"
    edits = [replaced(found[0], new)]
    if bound is None:
        if lead == "except" or _is_bound(scene, name):
            return None
        edits.append(Edit(start(handler), start(colon), f"{lead} as {name}"))
    return found[0].text(), new, edits


def _is_bound(scene: Scene, name: str) -> bool:
    return any(
        one.text() == name
        for one in of_kinds(scene.root, scene.language.names)
        if (holder := one.parent()) is not None and holder.kind() != "attribute"
    )


def _guarded(scene: Scene, code: str) -> _Found | None:
    """``if T: leave``: above the one statement quoted, or below it where that sets its name."""
    test = re.match(r"if\s*\(?(?:not\s+|!)?(?P<name>[A-Za-z_]\w*)", code)
    olds = _quoted_statements(scene)
    if test is None or len(olds) != 1:
        return None
    sets = {name for each in walk(olds[0]) if (name := _target(each))}
    text = _broken_up(scene, code)
    if text is None or squeezed(text) in squeezed(scene.text):
        return None
    write = line_after if test["name"] in sets else line_before
    return "", code, [write(scene, olds[0], text)]


def _before_exit(scene: Scene, code: str) -> _Found | None:
    """``log(…)``: above the one exit that the evidence quotes."""
    kinds = ("return_statement", "raise_statement", "throw_statement")
    found = [one for one in of_kinds(scene.root, kinds) if touches_quote(scene, one)]
    if len(found) != 1 or re.match(r"if\b", code) or squeezed(code) in squeezed(scene.text):
        return None
    ended = f"{code};" if scene.language.name == "java" else code
    return "", code, [line_before(scene, found[0], quoted_as_here(scene, ended))]


def _needless_test(scene: Scene, code: str) -> _Found | None:
    """``== True``: the comparison of the evidence that ends so, which is its left side alone."""
    if re.fullmatch(r"(?:==|is)\s*(?:True|true)", code) is None:
        return None
    found = [
        one
        for one in of_kinds(scene.root, ("comparison_operator", "binary_expression"))
        if touches_quote(scene, one)
        and len(one.named_children()) == 2
        and squeezed(one.text()).endswith(squeezed(code))
    ]
    if len(found) != 1:
        return None
    left = found[0].named_children()[0]
    return found[0].text(), left.text(), [Edit(end(left), end(found[0]), "")]


def _broken_up(scene: Scene, code: str) -> str | None:
    """Return a guard on one line as the file writes such guards."""
    if scene.language.python:
        guard = re.fullmatch(r"if\s+(.+?):\s*(\S[^\n]*)", code)
    else:
        guard = re.fullmatch(r"if\s+\(?(.+?)\)?\s*\{\s*(.+?);?\s*\}", code)
    if guard is None:
        return None
    return conditional(scene, guard[1], quoted_as_here(scene, guard[2]))


def _statements(scene: Scene, code: str) -> _Found | None:
    """Write a statement over all that the evidence quotes, which does no more than it."""
    new = _one_statement(scene, code)
    olds = _quoted_statements(scene)
    if new is None or not olds or new.kind() in _BARE:
        return None
    target = _target(new)
    known = _names(scene, olds) | {one.text() for one in _literals(scene.language, olds)}
    if not (target and len(olds) == 1) and not _data(scene.language, new) & known:
        return None
    written = {name for one in olds for each in walk(one) if (name := _target(each))}
    if len(olds) == 1:
        pair = (olds[0].kind(), new.kind())
        fits = bool(target) and written == {target}
        fits = fits or pair == ("assert_statement", "if_statement")
        fits = fits or (scene.language.name != "go" and set(pair) == {"return_statement"})
    else:
        kept = written - ({target} if target else set())
        fits = (bool(target) and target in written) or olds[-1].kind() == new.kind()
        fits = fits and not any(_is_read_below(scene, olds[-1], name) for name in kept)
    inner = [one for one in olds if one.kind() != new.kind() and _leaves(one)]
    ends = new.kind() == "return_statement" and inner == olds[-1:] and _always_returns(inner[-1])
    if not (fits or ends) or (inner and not ends and not _awaits_only(inner)):
        return None
    text = _laid_out(scene, code, new, olds)
    if text is None:
        return None
    first, last = start(olds[0]), end(olds[-1])
    old = scene.text[first:last]
    ended = ";" if old.endswith(";") and not text.endswith((";", "}")) else ""
    return old, code, [Edit(first, last, text + ended)]


_BARE = {"expression_statement", "comment"}


def _laid_out(scene: Scene, code: str, new: SgNode, olds: Sequence[SgNode]) -> str | None:
    if new.kind() != "if_statement":
        return quoted_as_here(scene, code)
    guard = re.fullmatch(r"if\s+(.+?):\s*(\S[^\n]*)", code)
    if not scene.language.python or guard is None:
        return None
    lead = indent(scene.text, start(olds[0]))
    made = conditional(scene, guard[1], quoted_as_here(scene, guard[2]))
    return made.replace("\n", f"\n{lead}")


def _one_statement(scene: Scene, code: str) -> SgNode | None:
    name = scene.language.name
    frame = {
        "python": "async def _():\n    {0}\n",
        "go": "package p\nfunc f() {{\n{0}\n}}\n",
        "java": "class C {{ Object f() {{ {0}; }} }}\n",
    }.get(name)
    if frame is None:
        return None
    text = frame.replace("{{", "{").replace("}}", "}").replace("{0}", code)
    root = parse(scene.language, text)
    if root.find(kind="ERROR") is not None:
        return None
    body = next(iter(of_kinds(root, ("block",))), None)
    inner = _children(body) if body is not None else []
    inner = [_bare(one) for one in inner if one.text() != ";"]
    return inner[0] if len(inner) == 1 else None


def _children(block: SgNode) -> list[SgNode]:
    inner = [one for one in block.named_children() if "comment" not in one.kind()]
    if len(inner) == 1 and inner[0].kind() == "statement_list":
        return [one for one in inner[0].named_children() if "comment" not in one.kind()]
    return inner


def _bare(statement: SgNode) -> SgNode:
    """Return the assignment that a statement is, else the statement."""
    inner = statement.named_children()
    if statement.kind() == "expression_statement" and len(inner) == 1 and _target(inner[0]):
        return inner[0]
    return statement


def _quoted_statements(scene: Scene) -> list[SgNode]:
    """Return the statements in a row that the evidence quotes whole, and nothing else."""
    blocks = scene.language.blocks | {"statement_list"}
    found = []
    for one in walk(scene.root):
        parent = one.parent()
        if not one.is_named() or parent is None or parent.kind() not in blocks:
            continue
        if one.kind() == "statement_list" or "comment" in one.kind():
            continue
        if any(first <= start(one) and end(one) <= last + 1 for first, last in scene.quotes):
            found.append(one)
    outer = [one for one in found if not any(inside(one, o) and not same(one, o) for o in found)]
    covered = sum(len("".join(one.text().split()).rstrip(";")) for one in outer)
    quoted = sum(len("".join(scene.text[a:b].split()).rstrip(";")) for a, b in scene.quotes)
    for one, following in itertools.pairwise(outer):
        if scene.text[end(one) : start(following)].strip(" \t\r\n;"):
            return []
    return outer if outer and abs(covered - quoted) <= len(outer) else []


def _target(node: SgNode) -> str:
    """Return the plain name that a statement or assignment writes."""
    if node.kind() in {"assignment", "augmented_assignment", "assignment_expression",
                       "assignment_statement", "short_var_declaration"}:  # fmt: skip
        left = text_of(node.field("left"))
        return left if re.fullmatch(r"[A-Za-z_$][\w$]*", left) else ""
    if node.kind() == "for_statement" and node.field("left") is not None:
        left = text_of(node.field("left"))
        return left if re.fullmatch(r"[A-Za-z_]\w*", left) else ""
    if node.kind() in {"var_spec", "variable_declarator"}:
        return text_of(node.field("name"))
    return ""


def _is_read_below(scene: Scene, last: SgNode, name: str) -> bool:
    home = next((one for one in last.ancestors() if one.kind() in scene.language.functions), None)
    return any(
        one.text() == name and start(one) > end(last)
        for one in of_kinds(home or scene.root, scene.language.names)
    )


def _always_returns(statement: SgNode) -> bool:
    """Tell whether an ``if`` with an ``else`` does nothing but return in both."""
    text = statement.text()
    return (
        statement.kind() == "if_statement"
        and len(of_kinds(statement, ("return_statement",))) == 2
        and re.search(r"\belse\b", text) is not None
        and not of_kinds(statement, ("expression_statement", "assignment"))
    )


def _awaits_only(nodes: Sequence[SgNode]) -> bool:
    kinds = ("return_statement", "raise_statement", "throw_statement", "yield")
    return not any(of_kinds(one, kinds) for one in nodes)


def _leaves(statement: SgNode) -> bool:
    kinds = ("return_statement", "raise_statement", "throw_statement", "yield", "await")
    return bool(of_kinds(statement, kinds))


def _names(scene: Scene, nodes: Iterable[SgNode]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        found |= _data(scene.language, node)
        found |= {one.text() for one in of_kinds(node, scene.language.names)}
    return found


def _literals(language: Language, nodes: Iterable[SgNode]) -> list[SgNode]:
    kinds = language.strings | language.numbers
    return [one for node in nodes for one in of_kinds(node, kinds)]


# --- expressions --------------------------------------------------------------------------------


def _get_for_subscript(scene: Scene, code: str) -> _Found | None:
    """``.get(key, default)``: the mapping that the evidence reads by that key."""
    head = re.fullmatch(
        r"(?P<owner>[\w.]+)?\.get\((?P<key>[^,()]+),\s*(?P<rest>.+)\)", code, re.DOTALL
    )
    if head is None or not scene.language.python:
        return None
    found = [
        one
        for one in of_kinds(scene.root, ("subscript",))
        if touches_quote(scene, one)
        and squeezed(text_of(one.field("subscript"))) == squeezed(head["key"])
        and (not head["owner"] or squeezed(text_of(one.field("value"))) == head["owner"])
        and not _is_written(one)
    ]
    if len(found) != 1:
        return None
    owner = text_of(found[0].field("value"))
    given = f"({head['key']}, {head['rest']})"
    return _instead(scene, found, f"{owner}.get{given}")


def _is_written(node: SgNode) -> bool:
    holder = node.parent()
    sets = holder is not None and "assignment" in holder.kind()
    left = holder.field("left") if holder is not None and sets else None
    return (left is not None and same(left, node)) or (
        holder is not None and holder.kind() == "delete_statement"
    )


def _same_method(scene: Scene, code: str) -> _Found | None:
    """``read(charset)``: the one call of that method in the evidence, with other arguments."""
    head = re.fullmatch(r"\.?(?P<name>[A-Za-z_]\w*)(?P<given>\(.*\))", code, re.DOTALL)
    if head is None:
        return None
    found = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if touches_quote(scene, one)
        and callee_text(one).rpartition(".")[2] == head["name"]
        and "." in callee_text(one)
    ]
    listed = found[0].field("arguments") if len(found) == 1 else None
    if listed is None or not _keeps(listed, head["given"], scene.language):
        return None
    if squeezed(listed.text()) == squeezed(head["given"]):
        return None
    new = quoted_as_here(scene, head["given"])
    whole = scene.text[start(found[0]) : start(listed)] + new
    return found[0].text(), whole, [replaced(listed, new)]


def _keeps(listed: SgNode, given: str, language: Language) -> bool:
    """Tell whether new arguments have all the old ones."""
    return all(squeezed(one.text()) in squeezed(given) for one in listed.named_children())


def _literal_of_type(scene: Scene, code: str) -> _Found | None:
    """``&T{…}``: the one value of that type that the evidence makes, with other fields."""
    head = re.match(r"&?(?P<type>[\w.]+)\{", code)
    if head is None or scene.language.name != "go" or not code.endswith("}"):
        return None
    found = [
        one
        for one in of_kinds(scene.root, ("composite_literal",))
        if touches_quote(scene, one) and text_of(one.field("type")) == head["type"]
    ]
    if len(found) != 1:
        return None
    if not all(squeezed(one.text()) in squeezed(code) for body in found[0].children()
               if body.kind() == "literal_value" for one in body.named_children()):  # fmt: skip
        return None
    return _instead(scene, found, code.lstrip("&"))


_SIMPLE = {
    *("identifier", "attribute", "field_access", "selector_expression", "field_identifier"),
    *("string", "string_literal", "interpreted_string_literal", "integer", "float"),
}
_TESTS = {"binary_expression", "comparison_operator", "boolean_operator", "not_operator"}
_ASKS = re.compile(
    r"(?:^|\.)(?:is[A-Z_]\w*|has[A-Z_]\w*|isinstance|issubclass|any|all|equals\w*|contains"
    r"|starts_?[wW]ith|ends_?[wW]ith|EqualFold|HasPrefix|HasSuffix|Contains)\("
)


def _alike(scene: Scene, code: str) -> _Found | None:
    """Write an expression over the one of the evidence that is made of the same values."""
    new = _expression(scene, code)
    if new is None or new.kind() in _SIMPLE:
        return None
    wanted = _data(scene.language, new)
    found = [
        one
        for one in walk(scene.root)
        if one.is_named()
        and begins_in_quote(scene, one)
        and any(end(one) <= last + 1 for _, last in scene.quotes)
        and _is_expression(one)
        and _data(scene.language, one) == wanted
    ]
    if not found or any(tokens(one) == tokens(new) for one in found):
        return None
    if _is_test(new):
        found = [one for one in found if one.kind() in _TESTS]
        found = [
            one for one in found if not any(inside(one, o) and not same(one, o) for o in found)
        ]
        if len(found) == 1 and _polarity(found[0]) != _polarity(new):
            return None
    else:
        found = [one for one in found if one.kind() not in _TESTS or new.kind() in _TESTS]
    return _instead(scene, found, code)


def _is_test(node: SgNode) -> bool:
    if node.kind() in {"comparison_operator", "boolean_operator", "not_operator"}:
        return True
    marks = re.search(r"[=!]=|&&|\|\||\s[<>]=?\s", node.text())
    if node.kind() == "binary_expression" and marks:
        return True
    return node.kind() in {"call", "call_expression", "method_invocation"} and bool(
        _ASKS.search(f".{callee_text(node).rpartition('.')[2]}(")
    )


def _polarity(node: SgNode) -> str:
    """Return what a test asks: for nothing there, for something, for another, or for this one."""
    text = squeezed(node.text())
    if re.search(
        r"(?:==|\bis )(?:''|0|\[\]|\{\}|None|null|nil|False|false)$|is(?:Empty|Blank)\(\)$", text
    ):
        return "full" if text.startswith("!") else "empty"
    if re.search(r"(?:!=|\bis not )(?:''|0|\[\]|\{\}|None|null|nil)$|[^=]>0$", text):
        return "full"
    if re.match(r"(?:!|not\b)", text):
        return "empty" if re.fullmatch(r"(?:!|not )\s*[\w.]+", text) else "not"
    return "not" if re.search(r"!=|\bis not\b|\bnot in\b", text) else "plain"


def _is_expression(node: SgNode) -> bool:
    kind = node.kind()
    return kind not in _SIMPLE and (
        kind in {"call", "subscript", "list", "set", "dictionary", "tuple", "index_expression",
                 "call_expression", "method_invocation", "array_access", "string_concatenation",
                 "conditional_expression", "ternary_expression", "composite_literal", "await",
                 "object_creation_expression", "list_comprehension", "generator_expression"}
        or kind in _TESTS
        or kind == "binary_operator"
    )  # fmt: skip


def _expression(scene: Scene, code: str) -> SgNode | None:
    if scene.language.script:
        return None
    made = _one_statement(scene, f"x = {code}")
    value = field(made, "value", "right") if made is not None else None
    if value is not None and value.kind() == "expression_list" and len(value.named_children()) == 1:
        value = value.named_children()[0]
    return value if value is not None and squeezed(value.text()) == squeezed(code) else None


_CHAINS = {"attribute", "selector_expression", "field_access"}


def _data(language: Language, node: SgNode) -> set[str]:
    """Return the values that an expression is made of: names, members, and texts without names.

    What is called is none of them; what it is called on is.
    """
    found: set[str] = set()
    texts: set[str] = set()
    stack = [node]
    while stack:
        one = stack.pop()
        if one.kind() in language.calls:
            target = callee(one)
            owner = one.field("object") if one.kind() == "method_invocation" else None
            if target is not None and target.kind() in _CHAINS:
                owner = field(target, "object", "value", "operand")
            given = one.field("arguments")
            stack += [each for each in (owner, given) if each is not None]
            if one.kind() == "object_creation_expression" and target is not None:
                found.add(re.sub(r"<.*", "", squeezed(target.text())))
            continue
        if one.kind() in _CHAINS and re.fullmatch(r"[\w.$\s]+", one.text()):
            found.add(squeezed(one.text()))
            continue
        if one.kind() in {"keyword_argument", "keyed_element"}:
            stack += one.named_children()[1:]
            continue
        if one.kind() in language.strings and not of_kinds(one, ("interpolation",)):
            texts.add(squeezed(one.text()))
            continue
        if one.kind() in language.names:
            found.add(one.text())
            continue
        stack += one.named_children()
    return found or texts


_BY_VERB: dict[Verb, tuple[Callable[[Scene, str], _Found | None], ...]] = {
    Verb.ADD: (_guarded, _before_exit),
    Verb.REMOVE: (_needless_test,),
}
_FORMS: tuple[Callable[[Scene, str], _Found | None], ...] = (
    _signature,
    _decorator,
    _raise_from,
    _get_for_subscript,
    _literal_of_type,
    _statements,
    _alike,
    _same_method,
)
