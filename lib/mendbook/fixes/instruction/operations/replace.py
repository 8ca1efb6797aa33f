"""Put one piece of code in the place of another: an expression, a call, a literal, a type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause, Phrase
from mendbook.fixes.instruction.constants import same_number, value_of_constant
from mendbook.fixes.instruction.editing import (
    drop_item,
    quoted_as_here,
    refuse_flattening,
    replaced,
)
from mendbook.fixes.instruction.fragments import Fragment, Shape, classify
from mendbook.fixes.instruction.helper import inlined_call, inlined_in
from mendbook.fixes.instruction.language import parse
from mendbook.fixes.instruction.module_level import declare_edits
from mendbook.fixes.instruction.names import is_global
from mendbook.fixes.instruction.operations.elided import filled
from mendbook.fixes.instruction.operations.in_string import bare_text, swapped
from mendbook.fixes.instruction.operations.quoted_part import part_becomes
from mendbook.fixes.instruction.scene import Scene, begins_in_quote, narrow, pick
from mendbook.fixes.instruction.syntax import (
    arguments,
    callee,
    callee_text,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.targets import (
    calls_of,
    fragment_tokens,
    hint_words,
    identifiers,
    same_code,
    scopes_in,
)
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in, named_file
from mendbook.model import Operation

_INSTEAD = ("instead of", "in place of", "rather than", "in favour of", "in favor of")
_WITH = ("with", "by", "to", "into", "→")
_MAGIC = (
    "magic", "literal", "number", "hard-coded", "hardcoded", "value", "constant", "string",
    "literals", "numbers",
)  # fmt: skip
_GONE_WITH = {("load", "safe_load"): {"Loader"}, ("load_all", "safe_load_all"): {"Loader"}}
"""Arguments that the safe form of a call does not take."""


def replace_code(work: Work, clause: Clause) -> Made | None:
    """Replace the code that the text names by the code that it gives; None where it gives none."""
    new, old = _sides(clause)
    scene = work.scene
    behind = clause.behind(*_WITH)
    if new is None and clause.verb is Verb.REPLACE and behind is not None and not behind.codes:
        plain = [one for one in behind.spelled if one not in {"the", "a"}]
        before = identifiers(clause.object, scene)
        if len(plain) == 1 and len(before) == 1 and not clause.object.codes:
            new = Fragment(plain[0], Shape.NAME)
            old = Phrase("", (), (Fragment(before[0], Shape.NAME),))
    if new is None and clause.verb is Verb.USE and not clause.object.codes:
        helper = re.search(
            r"\b([A-Za-z_]\w+) (?:helper|function|utility|constant)\b",
            " ".join(clause.object.spelled),
        )
        words = [helper[1]] if helper else identifiers(clause.object, scene)
        new = Fragment(words[0], Shape.NAME) if len(words) == 1 else None
    if new is None and clause.verb is Verb.CATCH and scene.language.python:
        kinds = _caught(clause)
        new = Fragment(f"except {kinds}", Shape.STATEMENT) if kinds else None
    if new is None or (clause.verb is Verb.RETURN and old is None and not _returns(scene)):
        return None
    if new.shape in {Shape.OPERATOR, Shape.PAIR, Shape.LINES, Shape.PATH, Shape.DECORATOR}:
        return None
    if new.shape is Shape.STATEMENT and not re.match(r"(?:except|return|throw|raise)\b", new.text):
        return None
    if new.text.startswith("except"):
        return _except(scene, clause, new)
    if (concrete := filled(scene, clause, new, old.code if old is not None else None)) is not None:
        new, old = concrete[0], Phrase("", (), (concrete[1],))
    modules = _modules(work, clause, new)
    declared = _declared(scene, clause)
    said = old is not None and (old.codes or identifiers(old, scene) or old.has(*_MAGIC, "loop"))
    if (
        new.text.endswith("()")
        and not said
        and (kin := _kin(scene, clause, new, _bound(scene, clause, clause.codes))) is not None
    ):
        edits, gone = kin
    elif new.text.endswith("()") and not said:
        node, call = inlined_in(work, new.bare, named_file(work, clause))
        edits, gone = [replaced(node, call)], f"`{_flat(node)}`"
    elif old is not None and (said or clause.verb is Verb.REPLACE):
        edits, gone = _old_edits(work, clause, new, old)
    else:
        edits, gone = _like(work, clause, new)
    _refuse_doubled(scene, edits)
    adds: tuple[str, ...] = (new.bare,) if new.text.endswith("()") else (new.text,)
    if any(one.text == new.text for one in edits):
        adds = (new.text,)
    removes: tuple[str, ...] = ()
    if said and old is not None and old.code is not None:
        adds, removes = _claims(scene, old.code.text, new, adds)
    return Made(
        Operation.REPLACE,
        f"replace {gone} by `{new.text}`",
        edits_in(scene, [*edits, *declared]),
        adds=adds,
        removes=removes,
        modules=modules,
    )


def _refuse_doubled(scene: Scene, edits: Sequence[Edit]) -> None:
    """Raise ``Abstain`` where new code ends in the method that is called on its place already."""
    for edit in edits:
        last = re.search(r"\.(\w+)\([^()]*\)$", edit.text)
        if last is not None and re.match(rf"\.{last[1]}\(", scene.text[edit.end :]):
            raise Abstain(f"`.{last[1]}()` is called on its place already; more of it is to go")


def _claims(
    scene: Scene, old: str, new: Fragment, adds: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must come and go; code that is a part of what it replaces only makes that go."""
    before, after = (fragment_tokens(one, scene.language) for one in (old, new.text))
    size = len(after)
    holds = any(before[at : at + size] == after for at in range(len(before) - size + 1))
    return ((), (old,)) if holds and size else (adds, ())


def _returns(scene: Scene) -> bool:
    """Tell whether the evidence quotes one return."""
    found = [
        one for one in of_kinds(scene.root, ("return_statement",))
        if begins_in_quote(scene, one)
    ]  # fmt: skip
    return len(found) == 1


_TELLING = {
    Verb.USE, Verb.CALL, Verb.RETURN, Verb.CODE, Verb.ADD, Verb.THROW, Verb.LOG,
}  # fmt: skip


def _sides(clause: Clause) -> tuple[Fragment | None, Phrase | None]:
    """Return the new code and the phrase for the old, whichever way round the text says it."""
    instead = clause.behind(*_INSTEAD)
    if clause.verb is Verb.REPLACE:
        target = clause.behind(*_WITH)
        if target is None or (target.code is None and not target.words):
            return None, None
        if target.code is not None and _tells(target):
            return None, None
        new = target.code
        old = clause.object if clause.object.codes or clause.object.words else None
        if (old is None or not old.codes) and (begin := clause.behind("from")) is not None:
            old = begin if begin.codes else old
        return new, old
    if clause.verb is Verb.CATCH:
        told = [one for one in clause.codes if one.text.startswith("except")]
        return (told[-1] if told else None), None
    if clause.verb in _TELLING:
        if clause.verb in {Verb.ADD, Verb.THROW} and instead is None:
            return None, None
        if clause.verb is Verb.LOG and (instead is None or not instead.codes):
            return None, None
        codes = list(clause.object.codes)
        if not codes and clause.word in {"compare", "comparing", "check", "test"}:
            codes = [one for p in clause.all_behind("with", "to", "against") for one in p.codes]
        if not codes and clause.verb is Verb.LOG:
            codes = [one for p in clause.all_behind("with", "using", "via") for one in p.codes]
        for phrase in clause.all_behind(":", ")"):
            codes += [one for one in phrase.codes if one.shape is not Shape.ASSIGNMENT]
        if clause.verb is Verb.RETURN and instead is None and _plain_return(clause) and codes:
            return classify(re.sub(r"^return\s+", "", codes[0].text)), None
        if (
            clause.verb in {Verb.CALL, Verb.RETURN}
            and instead is None
            and not clause.has("instead")
        ):
            return None, None
        return (codes[0] if len(codes) == 1 else None), instead
    return None, None


_FILLERS = {
    "here", "instead", "there", "everywhere",
    "the", "a", "an", "new", "named", "constant", "literal", "value", "call", "calls", "function",
    "helper", "method", "single", "safe", "strict", "type", "just", "plain", "explicit", "its",
    "shared", "existing", "operator", "use", "only", "own", "simple", "proper", "one", "built-in",
    "native", "standard", "imported", "expression", "class", "error", "exception", "enum", "both",
}  # fmt: skip


def _tells(target: Phrase) -> bool:
    """Tell whether the words before a value say more than that it is one: ``to produce X``."""
    first = target.words[0] if target.words else ""
    return target.preposition in {"to", "into"} and bool(first) and first not in _FILLERS


def _plain_return(clause: Clause) -> bool:
    """Tell whether a clause only says what is returned, neither when nor where."""
    return len(clause.codes) == 1 and all(one.preposition in {"", ":"} for one in clause.phrases)


def _modules(work: Work, clause: Clause, new: Fragment) -> dict[str, str]:
    """Return where the text says the new code's name comes from."""
    root = re.match(r"(?:await\s+|new\s+)?([A-Za-z_$][\w$]*)", new.text)
    if root is None or is_global(root[1], work.scene.language):
        return {}
    for phrase in clause.all_behind("from", "(", "in"):
        for code in phrase.codes:
            path = work.file(code.text) if code.shape is Shape.PATH else None
            if path is not None and path != work.scene.path:
                return {root[1]: path}
            named = code.shape is Shape.NAME and not same_code(work.scene, code.text)
            if phrase.preposition == "from" and named:
                return {root[1]: code.text}
            if phrase.preposition == "from" and code.shape is Shape.TEXT:
                return {root[1]: code.text.strip("'\"")}
    return {}


def _declared(scene: Scene, clause: Clause) -> list[Edit]:
    """Return the module-level declaration that the text gives in brackets, where it is missing."""
    for phrase in clause.all_behind("("):
        for code in phrase.codes:
            if code.shape is Shape.ASSIGNMENT and code.key and not scene.knows(code.key):
                return declare_edits(scene, quoted_as_here(scene, code.text))
    return []


def _caught(clause: Clause) -> str:
    """Return the kinds of errors that a clause tells to catch, all of them; empty for none."""
    instead = {one for phrase in clause.all_behind(*_INSTEAD) for one in phrase.codes}
    kinds = [
        one.text
        for one in clause.codes
        if one not in instead and re.fullmatch(r"[\w.]*(?:Error|Exception)|\([\w., ]+\)", one.text)
    ]
    return f"({', '.join(kinds)})" if len(kinds) > 1 else "".join(kinds)


def _except(scene: Scene, clause: Clause, new: Fragment) -> Made:
    found = of_kinds(scene.root, ("except_clause",))
    if clause.object.has("bare"):
        found = [one for one in found if re.match(r"except\s*:", one.text())]
    node = pick(scene, found, clause, "the except clause", scopes_in(scene, clause))[0]
    colon = next(one for one in node.children() if one.kind() == ":")
    head = new.text.rstrip().rstrip(":")
    bound = re.search(r"\s+as\s+\w+\s*$", scene.text[start(node) : start(colon)])
    if bound is not None and " as " not in head:
        head += bound[0].rstrip()
    if squeezed(scene.text[start(node) : start(colon)]) == squeezed(head):
        raise Abstain(f"it already reads `{head}:`")
    return Made(
        Operation.REPLACE,
        f"replace `{scene.text[start(node) : end(colon)]}` by `{head}:`",
        edits_in(scene, [Edit(start(node), start(colon), head)]),
        adds=(head,),
    )


def _old_edits(work: Work, clause: Clause, new: Fragment, old: Phrase) -> tuple[list[Edit], str]:
    """Return the edits that replace what ``old`` names, and how it is called."""
    scene = work.scene
    bound = _bound(scene, clause, [*clause.codes])
    code = old.code
    if code is not None and clause.verb is Verb.THROW and old.has("returning", "return"):
        return _raised(scene, clause, new, code, bound)
    if code is not None and code.shape is Shape.OPERATOR:
        return _comparison(scene, clause, new, code, bound)
    if code is not None and code.shape is Shape.CHAIN and new.shape is Shape.CHAIN:
        return _methods(scene, clause, code, new, bound)
    if code is not None:
        return _code_edits(work, clause, new, code, bound)
    if new.shape is Shape.STATEMENT and old.has("returning", "return"):
        quoted = [
            one for one in of_kinds(scene.root, ("return_statement",))
            if begins_in_quote(scene, one)
        ]  # fmt: skip
        node = pick(scene, quoted, clause, "a return", bound)[0]
        return [replaced(node, quoted_as_here(scene, new.text))], f"`{_flat(node)}`"
    named = [one for one in identifiers(old, scene) if one not in _MAGIC]
    if new.shape is Shape.NAME and old.has(*_MAGIC) and not named:
        return _constant(work, clause, new, bound)
    if old.has("loop"):
        raise Abstain("a loop is not replaced by one expression here")
    calls = _worded_calls(scene, old)
    if calls:
        return _calls_edits(work, clause, new, calls, bound)
    roots = list(identifiers(old, scene))
    values = [
        one for one in _quoted_values(scene)
        if any(re.search(rf"\b{re.escape(root)}\b", one.text()) for root in roots)
    ]  # fmt: skip
    if roots and len(values) == 1 and _complete(new):
        return [replaced(values[0], quoted_as_here(scene, new.text))], f"what {roots[0]} makes"
    if (part := part_becomes(scene, " ".join(old.words), new)) is not None:
        return [edit for _, edit in part.edits], f"the {' '.join(old.words)}"
    raise Abstain(f"what stands for `{' '.join(old.words)}` is not clear")


def _raised(
    scene: Scene, clause: Clause, new: Fragment, old: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edit that raises ``new`` where the value ``old`` is returned, and nothing else."""
    word = "throw" if scene.language.script else "raise"
    if not re.match(r"(?:raise|throw)\b", new.text) and "(" not in new.text:
        raise Abstain(f"what the {new.text} says is not given")
    found = [
        one for one in of_kinds(scene.root, ("return_statement",))
        if [squeezed(inner.text()) for inner in one.named_children()] == [squeezed(old.text)]
    ]  # fmt: skip
    node = pick(scene, found, clause, f"a return of `{old.text}`", bound)[0]
    lead = "" if re.match(r"(?:raise|throw)\b", new.text) else f"{word} "
    return [replaced(node, quoted_as_here(scene, f"{lead}{new.text}"))], f"`{_flat(node)}`"


def _comparison(
    scene: Scene, clause: Clause, new: Fragment, mark: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edit that puts a call in the place of the comparison of what it is given."""
    kinds = ("binary_expression", "comparison_operator", "boolean_operator")
    found = []
    for one in of_kinds(scene.root, kinds):
        inner = one.named_children()
        between = scene.text[end(inner[0]) : start(inner[1])] if len(inner) == 2 else ""
        wanted = squeezed(new.text)
        if between.strip() == mark.text and all(squeezed(each.text()) in wanted for each in inner):
            found.append(one)
    nodes = pick(scene, found, clause, f"a comparison by `{mark.text}`", bound)
    return [replaced(one, new.text) for one in nodes], f"`{_flat(nodes[0])}`"


def _bound(scene: Scene, clause: Clause, skip: Sequence[Fragment]) -> list[SgNode]:
    phrases = [one for one in clause.phrases if one.preposition in {"in", "inside", "within", "of"}]
    codes = {one for phrase in phrases for one in phrase.codes}
    return scopes_in(scene, clause, [one for one in skip if one not in codes])


def _complete(new: Fragment) -> bool:
    """Tell whether new code can stand as it is: a call with its arguments, or any expression."""
    return not re.search(r"\w\(\s*\)$", new.text) or new.text.count("(") > 1 or new.quoted


def _handed_over(scene: Scene, code: Fragment, new: Fragment) -> SgNode | None:
    """Return the one call of ``code`` that is given what the new code does without it."""
    inner = squeezed(re.sub(r"^await\s+", "", new.text))
    found = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if begins_in_quote(scene, one)
        and code.bare in {callee_text(one), callee_text(one).rpartition(".")[2]}
        and [squeezed(each.text()) for each in arguments(one)] == [inner]
    ]
    return found[0] if len(found) == 1 and "(" in inner else None


def _unended(node: SgNode, new: Fragment) -> SgNode:
    """Return what a statement does where new code does not end as one, so that its end stays."""
    inner = node.named_children()
    ended = node.kind() == "expression_statement" and node.text().endswith(";")
    return inner[0] if ended and len(inner) == 1 and not new.text.endswith(";") else node


def _code_edits(
    work: Work, clause: Clause, new: Fragment, code: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    scene = work.scene
    shown = f"`{code.text}`"
    exact = [_unended(one, new) for one in same_code(scene, code.text)]
    if code.shape is Shape.NUMBER:
        exact = [one for one in exact if one.kind() in scene.language.numbers | {"unary_expression",
                 "unary_operator"}]  # fmt: skip
    if re.fullmatch(r"[A-Z]\w*<.*>", new.text, re.DOTALL):
        exact = [one for one in exact if "type" in one.kind()]
        if not exact:
            raise Abstain(f"`{new.text}` is a type, and {shown} stands where a value is")
    if exact and code.shape is not Shape.NAME:
        _refuse_value(work, scene, new, code)
        nodes = pick(scene, exact, clause, shown, bound, several=True)
        return [replaced(one, quoted_as_here(scene, new.text)) for one in nodes], shown
    if (held := _handed_over(scene, code, new)) is not None:
        return [replaced(held, quoted_as_here(scene, new.text))], shown
    calls = calls_of(scene, code.bare)
    if calls and code.shape in {Shape.NAME, Shape.CODE}:
        if new.shape is Shape.NAME or new.text.endswith("()") or not _complete(new):
            nodes = pick(scene, calls, clause, shown, bound, several=True)
            return [_callee_edit(one, code.bare, new.bare) for one in nodes], shown
        return _calls_edits(work, clause, new, calls, bound)
    if exact:
        nodes = pick(scene, exact, clause, shown, bound, several=True)
        return [replaced(one, quoted_as_here(scene, new.text)) for one in nodes], shown
    declared = [
        one
        for one in of_kinds(scene.root, scene.language.assignments | scene.language.pairs)
        if name_of(one) == code.text.rpartition(".")[2] and value_of(one) is not None
    ]
    if declared:
        return _value_edit(scene, clause, declared, new, bound), shown
    roots = re.match(r"[A-Za-z_$][\w$]*", code.text)
    values = [
        one for one in _quoted_values(scene)
        if roots and re.search(rf"\b{re.escape(roots[0])}\b", one.text())
    ]  # fmt: skip
    if len(values) == 1 and code.shape is Shape.NAME and _complete(new):
        return [replaced(values[0], quoted_as_here(scene, new.text))], shown
    raise Abstain(f"{shown} does not stand in {scene.path} at this commit")


def _refuse_value(work: Work, scene: Scene, new: Fragment, code: Fragment) -> None:
    """Raise ``Abstain`` where a named constant is known to have another value than the literal."""
    if new.shape is not Shape.NAME or code.shape not in {Shape.NUMBER, Shape.TEXT}:
        return
    value = value_of_constant(work, new.text, None)
    if (
        value is not None
        and _plain(value) != _plain(code.text)
        and not same_number(value, code.text)
    ):
        raise Abstain(f"{new.text} is {value} and not {code.text}")


def _plain(text: str) -> str:
    return text.replace("_", "").replace('"', "'").rstrip("n")


def _callee_edit(call: SgNode, old: str, new: str) -> Edit:
    """Return the edit that calls ``new`` where ``old`` was called; the arguments stay."""
    target = callee(call)
    if target is None:
        name = call.field("name")
        if name is None:
            raise Abstain("the call has no name")
        return replaced(name, new.rpartition(".")[2])
    text = target.text()
    if text.endswith(old) and not text.endswith(f"?.{old}"):
        return Edit(end(target) - len(old), end(target), new)
    last = field(target, "property", "attribute")
    if last is not None and "." not in new:
        return replaced(last, new)
    return replaced(target, new)


def _methods(
    scene: Scene, clause: Clause, old: Fragment, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    before, after = (re.sub(r"\(.*$", "", one.text).strip("?.") for one in (old, new))
    found = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None
        and text_of(field(target, "property", "attribute", "field")) == before
    ]
    given = [re.sub(r"^[^(]*", "", one.text) for one in (old, new)]
    empty = {"", "(", "()"}
    if all(one not in empty and "..." not in one for one in given):
        found = [
            one for one in found if squeezed(text_of(one.field("arguments"))) == squeezed(given[0])
        ]
    nodes = pick(scene, found, clause, f"`.{before}()`", bound, several=True)
    edits = []
    if given[1] not in empty and "..." not in given[1]:
        return [
            edit for one in nodes for edit in _method_edits(scene, one, after, given[1])
        ], f"`{old.text}`"
    for one in nodes:
        label = field(callee(one) or one, "property", "attribute", "field")
        if label is not None:
            edits.append(replaced(label, after))
    return edits, f"`.{before}()`"


def _method_edits(scene: Scene, call: SgNode, name: str, given: str) -> list[Edit]:
    """Return the edits that give a call another method and other arguments."""
    label = field(callee(call) or call, "property", "attribute", "field")
    listed = call.field("arguments")
    if label is None or listed is None:
        raise Abstain("the call has no arguments to replace")
    return [replaced(label, name), replaced(listed, quoted_as_here(scene, given))]


def _worded_calls(scene: Scene, old: Phrase) -> list[SgNode]:
    for word in old.spelled:
        if word.lower() in {"the", "inline", "call", "a", "literal", "bare", "existing", "own"}:
            continue
        found = calls_of(scene, word) or [
            one
            for one in of_kinds(scene.root, scene.language.calls)
            if callee_text(one).rpartition(".")[2] == word
        ]
        if found:
            return found
    return []


def _calls_edits(
    work: Work,
    clause: Clause,
    new: Fragment,
    calls: Sequence[SgNode],
    bound: Sequence[SgNode],
) -> tuple[list[Edit], str]:
    """Return the edits that put ``new`` in the place of whole calls."""
    scene = work.scene
    node = pick(scene, calls, clause, f"`{callee_text(calls[0])}`", bound)[0]
    if new.shape is Shape.NAME:
        return [_callee_edit(node, callee_text(node), new.text)], f"`{callee_text(node)}`"
    shown = f"`{' '.join(node.text().split())[:60]}`"
    if _complete(new):
        node = _unit(scene, node)
        shown = f"`{_flat(node)}`"
        return [replaced(node, quoted_as_here(scene, new.text))], shown
    home = named_file(work, clause)
    written = inlined_call(work, new.bare, node, home)
    return [replaced(node, written)], shown


def _unit(scene: Scene, call: SgNode) -> SgNode:
    """Return what a whole call replaces: the quoted value, where the call is one part of a loop."""
    loops = {"generator_expression", "list_comprehension", "set_comprehension"}
    if any(one.kind() in loops for one in call.ancestors()):
        holding = [one for one in _quoted_values(scene) if inside(call, one)]
        return holding[0] if len(holding) == 1 else call
    return call


def _like(work: Work, clause: Clause, new: Fragment) -> tuple[list[Edit], str]:
    """Return the edits for ``use B``: B replaces what the evidence has of the same kind."""
    scene = work.scene
    text = quoted_as_here(scene, new.text)
    bound = _bound(scene, clause, clause.codes)
    if new.shape is Shape.ASSIGNMENT:
        declared = [
            one
            for one in of_kinds(scene.root, scene.language.assignments)
            if name_of(one) == new.key
        ]
        value = Fragment(new.value, Shape.CODE)
        return _value_edit(scene, clause, declared, value, bound), f"the value of {new.key}"
    if new.shape is Shape.CHAIN:
        return _chain(scene, clause, new, bound)
    if (node := _other_operator(scene, clause, new, bound)) is not None:
        return [replaced(node, text)], f"`{node.text()}`"
    if re.fullmatch(r"(?:await\s+)?[\w$.]+\(.*\)", new.text, re.DOTALL):
        made = _call_like(work, clause, new, bound)
        if made is not None:
            return made
    if new.shape is Shape.NAME and (kin := _kin(scene, clause, new, bound)) is not None:
        return kin
    if new.shape is Shape.NAME:
        return _constant(work, clause, new, bound)
    values = _quoted_values(scene)
    told = clause.has("instead", "it", "environment") or _is_replace(clause)
    if len(values) == 1 and told and _stands_for(scene, clause, new, values[0]):
        return [replaced(values[0], text)], f"`{' '.join(values[0].text().split())[:60]}`"
    raise Abstain(f"what `{new.text}` stands for is not said")


def _stands_for(scene: Scene, clause: Clause, new: Fragment, old: SgNode) -> bool:
    """Tell whether new code can be the whole of what the evidence sets, returns or does."""
    if clause.behind("inside", "within", "in") is not None and clause.verb is Verb.USE:
        return False
    holder = old.parent()
    target = field(holder, "left", "name") if holder is not None else None
    if target is not None and new.text.startswith(f"{target.text()}."):
        return False
    root = parse(scene.language, new.text)
    top = next(iter(root.named_children()), root)
    while top.kind() in {"expression_statement", "parenthesized_expression", "program", "module"}:
        inner = top.named_children()
        if not inner:
            break
        top = inner[0]
    tests = {"binary_expression", "comparison_operator", "boolean_operator", "not_operator"}
    marks = re.search(r"[=!]=|&&|\|\||\s[<>]=?\s|\b(?:and|or|not|is|in)\b", top.text())
    return top.kind() not in tests or not marks or old.kind() in tests


def _is_replace(clause: Clause) -> bool:
    return clause.verb in {Verb.REPLACE, Verb.USE, Verb.RETURN}


def _chain(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    raise Abstain(f"what `{new.text}` is called on is not said")


def _other_operator(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> SgNode | None:
    """Return the expression that is ``new`` but for its operator."""
    wanted = re.fullmatch(
        r"(.+?)\s+(===|!==|\?\?|\|\||&&|<=|>=|<|>|==|!=|is not|is)\s+(.+)", new.text
    )
    if wanted is None:
        return None
    kinds = ("binary_expression", "comparison_operator", "boolean_operator", "binary_operator")
    found = []
    for one in of_kinds(scene.root, kinds):
        inner = one.named_children()
        if len(inner) == 2 and (
            squeezed(inner[0].text()) == squeezed(wanted[1])
            and squeezed(inner[1].text()) == squeezed(wanted[3])
        ):
            if squeezed(one.text()) == squeezed(new.text):
                raise Abstain(f"it already reads `{new.text}`")
            found.append(one)
    return pick(scene, found, clause, f"`{new.text}`", bound)[0] if found else None


def _call_like(
    work: Work, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str] | None:
    """Return the edits for a call whose like the evidence has: same name, or same owner."""
    scene = work.scene
    bare = new.bare
    quoted = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if begins_in_quote(scene, one) and (not bound or any(inside(one, at) for at in bound))
    ]
    named = [one for one in quoted if callee_text(one) == bare]
    if named and _complete(new):
        node = pick(scene, named, clause, f"`{bare}`", bound)[0]
        if squeezed(node.text()) == squeezed(new.text):
            raise Abstain(f"it already reads `{new.text}`")
        return [replaced(node, quoted_as_here(scene, new.text))], f"`{_flat(node)}`"
    owner, _, method = bare.rpartition(".")
    kin = [one for one in quoted if owner and callee_text(one).rpartition(".")[0] == owner]
    kin = [one for one in kin if callee_text(one) != bare]
    if kin:
        node = pick(scene, kin, clause, f"a call of {owner}", bound)[0]
        if _complete(new):
            return [replaced(node, quoted_as_here(scene, new.text))], f"`{_flat(node)}`"
        gone = _GONE_WITH.get((callee_text(node).rpartition(".")[2], method), set())
        drops = [one for one in arguments(node) if text_of(one.field("name")) in gone]
        return [
            _callee_edit(node, callee_text(node), bare),
            *(drop_item(scene, one) for one in drops),
        ], f"`{_flat(node)}`"
    if not _complete(new):
        home = named_file(work, clause)
        values = _quoted_values(scene)
        if len(values) != 1:
            raise Abstain(f"what `{new.text}` stands for is not said")
        return [replaced(values[0], inlined_call(work, bare, values[0], home))], "the code quoted"
    return None


def _kin(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str] | None:
    """Return the edit that calls ``owner.new`` where the evidence calls another of the owner."""
    name = new.bare
    owner = name.rpartition(".")[0]
    kin = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if owner and callee_text(one).rpartition(".")[0] == owner
        and callee_text(one) != name and begins_in_quote(scene, one)
    ]  # fmt: skip
    if not kin:
        return None
    node = pick(scene, kin, clause, f"a call of {owner}", bound)[0]
    gone = _GONE_WITH.get((callee_text(node).rpartition(".")[2], name.rpartition(".")[2]), set())
    drops = [one for one in arguments(node) if text_of(one.field("name")) in gone]
    edits = [_callee_edit(node, callee_text(node), name)]
    return [*edits, *(drop_item(scene, one) for one in drops)], f"`{_flat(node)}`"


def _flat(node: SgNode) -> str:
    return " ".join(node.text().split())[:60]


def _constant(
    work: Work, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edits that put a named constant where the evidence has its value."""
    scene = work.scene
    value = value_of_constant(work, new.text, named_file(work, clause))
    if value is None:
        node, call = inlined_in(work, new.text, named_file(work, clause))
        return [replaced(node, call)], f"`{_flat(node)}`"
    found = [
        one for one in same_code(scene, value)
        if not any(name_of(o) == new.text for o in one.ancestors())
    ]  # fmt: skip
    nodes = pick(scene, found, clause, f"`{value}`", bound, several=True)
    return [replaced(one, new.text) for one in nodes], f"`{value}`"


def _quoted_values(scene: Scene) -> list[SgNode]:
    """Return the values that the quoted statements set, return or are."""
    found: list[SgNode] = []
    for first, last in scene.quotes:
        for one in of_kinds(scene.root, scene.language.assignments | {"pair", "keyword_argument"}):
            value = value_of(one)
            reached = value is not None and (end(value) <= last + 1 or start(value) <= last + 3)
            if value is not None and first - 8 <= start(one) < last and reached:
                found.append(value)
        for one in of_kinds(scene.root, ("return_statement",)):
            inner = one.named_children()
            if inner and first <= start(one) < last:
                found.append(inner[0])
        if not found:
            found += [
                inner[0]
                for one in of_kinds(scene.root, ("expression_statement",))
                if first <= start(one) < last and (inner := one.named_children())
            ]
    outer = [one for one in found if not any(inside(one, o) and not same(one, o) for o in found)]
    kept: list[SgNode] = []
    for one in outer:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def _value_edit(
    scene: Scene,
    clause: Clause,
    declared: Sequence[SgNode],
    new: Fragment,
    bound: Sequence[SgNode],
) -> list[Edit]:
    """Return the edit that gives a declared name another value."""
    if not declared:
        raise Abstain("what gets the new value is not declared here")
    near = narrow(
        scene, [one for one in declared if not bound or any(inside(one, b) for b in bound)]
    )
    nodes = pick(
        scene, near or declared, clause, name_of(declared[0]), words=hint_words(clause, scene)
    )
    edits = []
    for one in nodes:
        value = value_of(one)
        if value is None:
            raise Abstain(f"{name_of(one)} has no value here")
        if squeezed(value.text()) == squeezed(new.text):
            raise Abstain(f"{name_of(one)} is already {new.text}")
        refuse_flattening(scene.language, name_of(one), value, new.text)
        edits.append(replaced(value, quoted_as_here(scene, new.text)))
    return edits


def _says_more(clause: Clause) -> bool:
    return bool(clause.object.words) and clause.object.words[0] not in _FILLERS


def become(work: Work, clause: Clause) -> Made | None:
    """Give the field that the clause is about the value it becomes."""
    about = clause.all_behind("of")
    code = clause.object.code or next((one for one in clause.codes), None)
    if (
        clause.verb is Verb.BECOME
        and about
        and code
        and (made := part_becomes(work.scene, " ".join(about[-1].words), code))
    ):
        return made
    if clause.verb is not Verb.BECOME or not about or code is None or _says_more(clause):
        return None
    scene = work.scene
    names = [one.text for one in about[-1].codes] or list(about[-1].spelled)
    old = [one for one in about[-1].codes if one.shape not in {Shape.NAME}]
    if code.shape is Shape.OPERATOR:
        return None
    if (
        old
        and not same_code(scene, old[0].text)
        and (made := swapped(scene, bare_text(old[0]), bare_text(code)))
    ):
        return made
    if old:
        edits, shown = _code_edits(work, clause, code, old[0], [])
        return Made(Operation.REPLACE, f"replace {shown} by `{code.text}`", edits_in(scene, edits),
                    adds=(code.text,))  # fmt: skip
    declared = [
        one
        for one in of_kinds(
            scene.root, scene.language.pairs | scene.language.assignments | scene.language.fields
        )
        if name_of(one) in names
    ]
    edits = _value_edit(scene, clause, declared, code, [])
    return Made(
        Operation.SET,
        f"set {names[0]} to `{code.text}`",
        edits_in(scene, edits),
        adds=(code.text,),
    )
