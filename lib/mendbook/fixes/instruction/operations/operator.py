"""Change an operator, a log level or a number of a named value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause, Phrase, read
from mendbook.fixes.instruction.constants import same_number
from mendbook.fixes.instruction.editing import quoted_as_here, refuse_flattening, replaced
from mendbook.fixes.instruction.fragments import Fragment, Shape
from mendbook.fixes.instruction.ledger import Account
from mendbook.fixes.instruction.scene import Scene, begins_in_quote, narrow, pick, quantity
from mendbook.fixes.instruction.syntax import (
    callee,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.targets import hint_words, identifiers, scopes_in
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_FROM = {
    "===": ("==",), "!==": ("!=",), "??": ("||",), "<=": ("<",), ">=": (">",), "<": ("<=",),
    ">": (">=",), "is": ("==",), "is not": ("!=",), "==": ("=", "==="), "!=": ("!==",),
    "&&": ("||", "&"), "||": ("&&", "|"), "is None": ("==",), "is not None": ("!=",),
}  # fmt: skip
_KINDS = ("binary_expression", "comparison_operator", "boolean_operator", "binary_operator")
_LEVELS = (
    "trace", "debug", "info", "warn", "warning", "error", "fatal", "critical", "notice",
    "exception", "verbose",
)  # fmt: skip
_LOGGED = (
    "level", "log", "logs", "logging", "message", "line", "entry", "downgrade", "demote",
)  # fmt: skip
_INSTEAD = ("instead of", "in place of", "rather than", "from")


def change_operator(work: Work, clause: Clause) -> Made | None:
    """Change an operator; None where the clause names none."""
    marks = [one for one in clause.codes if one.shape is Shape.OPERATOR]
    if not marks or clause.verb not in {Verb.USE, Verb.REPLACE, Verb.CODE, Verb.BECOME}:
        return None
    instead = clause.behind(*_INSTEAD)
    if instead is not None and len(marks) == 1 and instead.code is marks[0]:
        return None
    new, old = _sides(clause, marks)
    scene = work.scene
    olds = (old.text,) if old is not None else _FROM.get(new.text, ())
    found = [
        one for one in of_kinds(scene.root, _KINDS)
        if _operator(one) in olds and _fits(new, one)
        and not any(squeezed(each) in squeezed(one.text()) for each in _kept(scene))
    ]  # fmt: skip
    if not found:
        same_ones = [one for one in of_kinds(scene.root, _KINDS) if _operator(one) == new.text]
        if any(_quoted(scene, one) for one in same_ones):
            raise Abstain(f"it already uses `{new.text}`")
        raise Abstain(f"no operator that `{new.text}` could replace stands in {scene.path}")
    bound = scopes_in(scene, clause)
    nodes = _of_names(scene, clause, found) or _strict(clause, new, found, bound)
    nodes = nodes or pick(
        scene, found, clause, f"`{olds[0]}`", bound, words=hint_words(clause, scene)
    )
    if clause.verb is Verb.USE and not any(_quoted(scene, one) for one in nodes) and not bound:
        raise Abstain(f"which comparison is to use `{new.text}` is not said")
    word = new.text.removesuffix(" None")
    return Made(
        Operation.REPLACE,
        f"use `{new.text}` in `{' '.join(nodes[0].text().split())[:60]}`",
        edits_in(scene, [_edit(one, word) for one in nodes]),
        adds=(word,),
    )


def _strict(
    clause: Clause, new: Fragment, found: Sequence[SgNode], bound: Sequence[SgNode]
) -> list[SgNode]:
    """Return every comparison of the functions that are to compare strictly; else none."""
    counted = quantity(clause) is not None or re.search(r"\b(?:first|second|last)\b", clause.text)
    if new.text not in {"===", "!=="} or clause.codes[0] is not new or counted:
        return []
    named = [one for phrase in clause.all_behind("in", "inside", "within")
             for one in phrase.spelled or [code.text for code in phrase.codes]]  # fmt: skip
    return [one for one in found if any(inside(one, at) for at in bound)] if named else []


def _kept(scene: Scene) -> list[str]:
    """Return the code that the fix text says is to stay as it is."""
    ledger = read(scene.task.finding.fix).ledger
    return [one.text for each in ledger if each.account is Account.STAYS for one in each.codes]


def _of_names(scene: Scene, clause: Clause, found: Sequence[SgNode]) -> list[SgNode]:
    """Return the one operator of each of several variables that the text names; else none."""
    names = [
        name
        for phrase in clause.all_behind("for", "of", "in")
        for name in [one.text for one in phrase.codes if one.shape is Shape.NAME]
        or identifiers(phrase, scene)
    ]
    holders = [one for one in of_kinds(scene.root, scene.language.assignments)
               if name_of(one) in names]  # fmt: skip
    within = [[one for one in found if inside(one, holder)] for holder in holders]
    if not any(_quoted(scene, one) for one in holders):
        return []
    if len(names) < 2 or len(holders) != len(names) or any(len(one) != 1 for one in within):
        return []
    return [one for several in within for one in several]


def _sides(clause: Clause, marks: Sequence[Fragment]) -> tuple[Fragment, Fragment | None]:
    behind = clause.behind("with", "to", "by", "into")
    instead = clause.behind(*_INSTEAD)
    about = clause.behind("of")
    if clause.verb is Verb.BECOME and about is not None and about.code in marks:
        told = [one for one in marks if one is not about.code]
        if told:
            return told[0], about.code
    new = behind.code if behind is not None else None
    if clause.verb is Verb.REPLACE and new is not None and new in marks:
        old = next((one for one in marks if one is not new), None)
        return new, old
    old = instead.code if instead is not None and instead.code in marks else None
    new = next(one for one in marks if one is not old)
    return new, old


def _operator(node: SgNode) -> str:
    inner = node.named_children()
    if len(inner) != 2:
        return ""
    return " ".join(
        one.text() for one in node.children()
        if start(one) >= end(inner[0]) and end(one) <= start(inner[1])
    )  # fmt: skip


def _fits(new: Fragment, node: SgNode) -> bool:
    right = node.named_children()[-1].text()
    if new.text in {"is None", "is not None", "is", "is not"}:
        return right in {"None", "True", "False"} and (
            not new.text.endswith("None") or right == "None"
        )
    return True


def _quoted(scene: Scene, node: SgNode) -> bool:
    return begins_in_quote(scene, node)


def _edit(node: SgNode, word: str) -> Edit:
    inner = node.named_children()
    between = [
        one
        for one in node.children()
        if start(one) >= end(inner[0]) and end(one) <= start(inner[1])
    ]
    return Edit(start(between[0]), end(between[-1]), word)


def change_level(work: Work, clause: Clause) -> Made | None:
    """Log at another level; None where the clause speaks of no level."""
    scene = work.scene
    level = _level(clause)
    if level is None:
        return None
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None and _logs_at(scene, target)
    ]
    before = next((one for one in _mentioned(clause) if one != level), None)
    old = clause.behind("from", "instead of")
    if old is not None and before is not None:
        calls = [one for one in calls if _label(one).text() == before]
    spelled = _spelled(scene, level)
    found = [one for one in calls if _label(one).text() != spelled]
    if _names_logger(clause) and not _same_logger(clause):
        return None
    if calls and not found:
        raise Abstain(f"it already logs at {spelled}")
    quoted = [one for one in calls if _quoted(scene, one)]
    if quoted and all(_label(one).text() == spelled for one in quoted):
        raise Abstain(f"it already logs at {spelled}")
    bound = scopes_in(scene, clause, words=False)
    nodes = pick(scene, found, clause, "the log call", bound, words=hint_words(clause, scene))
    return Made(
        Operation.REPLACE,
        f"log `{' '.join(nodes[0].text().split())[:50]}` at {spelled}",
        edits_in(scene, [replaced(_label(one), spelled) for one in nodes]),
        adds=(f".{spelled}",),
        removes=(f".{_label(nodes[0]).text()}",),
    )


def _logs_at(scene: Scene, target: SgNode) -> bool:
    """Tell whether what is called is a level of a logger: of Go, whose levels are capitalised."""
    level = text_of(field(target, "property", "attribute", "field"))
    if scene.language.name != "go":
        return level in _LEVELS
    logger = text_of(target.field("operand")).rpartition(".")[2].removesuffix("()")
    return level.lower() in _LEVELS and re.search(r"(?i)log|zap|sugar|^l$", logger) is not None


def _names_logger(clause: Clause) -> bool:
    """Tell whether both sides of ``X instead of Y`` are spelled as code."""
    instead = clause.behind(*_INSTEAD)
    named = instead is not None and (bool(instead.codes) or instead.has("print"))
    return named and bool(clause.object.codes)


def _same_logger(clause: Clause) -> bool:
    """Tell whether only the level differs: ``log.warn`` instead of ``log.error``."""
    instead = clause.behind(*_INSTEAD)
    before = instead.codes[0].bare if instead is not None and instead.codes else ""
    if instead is not None and not before:
        return False
    after = clause.object.codes[0].bare if clause.object.codes else ""
    return not before.rpartition(".")[0] or before.rpartition(".")[0] == after.rpartition(".")[0]


def _label(call: SgNode) -> SgNode:
    target = callee(call)
    label = field(target, "property", "attribute", "field") if target is not None else None
    if label is None:
        raise Abstain("the log call has no level")
    return label


def _level(clause: Clause) -> str | None:
    """Return the level that the clause tells to log at."""
    if clause.verb is Verb.LOG:
        phrase = clause.behind("at", "as", "with", "on")
        return next((w for w in phrase.words if w in _LEVELS), None) if phrase else None
    if clause.verb not in {Verb.REPLACE, Verb.USE, Verb.SET, Verb.MARK, Verb.BECOME}:
        return None
    to = clause.behind("to", "at", "into", "with")
    if to is not None:
        found = next((w for w in to.words if w in _LEVELS), None) or _in_code(to)
        before = clause.behind("from")
        logs = _logs(clause.object) or (before is not None and _logs(before))
        spoken = clause.has(*_LOGGED) or logs
        return found if found and (spoken or not to.codes) else None
    if clause.verb is Verb.USE and clause.has("level"):
        return next((w for w in clause.object.words if w in _LEVELS), None)
    return _in_code(clause.object) if clause.verb is Verb.USE and not _has_call(clause) else None


def _has_call(clause: Clause) -> bool:
    return any("(" in one.text and not one.text.endswith("()") for one in clause.codes)


def _logs(phrase: Phrase) -> bool:
    return any(_in_code(Phrase("", (), (one,))) for one in phrase.codes)


_LOG_CALL = re.compile(r"(?:(?:this\.|self\.)?(?:\w*[lL]og\w*)\.)?(\w+)(?:\(\))?")


def _in_code(phrase: Phrase) -> str | None:
    for code in phrase.codes:
        found = re.fullmatch(r"(?:(?:this\.|self\.)?(?:\w*[lL]og\w*)\.)?(\w+)(?:\(\))?", code.text)
        if found and found[1] in _LEVELS and ("." in code.text or code.quoted):
            return found[1]
    return None


def _mentioned(clause: Clause) -> list[str]:
    coded = [_in_code(Phrase("", (), (one,))) for one in clause.codes]
    return [*(one for one in clause.words if one in _LEVELS), *(one for one in coded if one)]


def _spelled(scene: Scene, level: str) -> str:
    """Return a level as the file's logger spells it: ``warn`` in scripts, ``warning`` in Python."""
    if level in {"warn", "warning"}:
        level = "warning" if scene.language.python else "warn"
    return level.capitalize() if scene.language.name == "go" else level


def change_value(work: Work, clause: Clause) -> Made | None:
    """Give a named value another one: ``increase X to 5``, ``change X from 3 to 5``."""
    if clause.verb not in {Verb.REPLACE, Verb.SET, Verb.MARK, Verb.USE, Verb.CODE, Verb.BECOME}:
        return None
    if (made := _assigned(work.scene, clause)) is not None:
        return made
    to = clause.behind("to")
    code = to.code if to is not None else None
    if to is None or (code is None and not _word_value(to)):
        return None
    if to.words and to.words[0] not in {
        "the",
        "a",
        "an",
        "at",
        "least",
        "most",
        *_UNITS,
        *_low(to),
    }:
        return None
    scene = work.scene
    names = [one.bare for one in clause.object.codes if one.shape is Shape.NAME]
    names = names or identifiers(clause.object, scene)
    if set(clause.object.words) & {"default", "value"} and (owner := clause.behind("of", "for")):
        named = [one.bare for one in owner.codes if one.shape is Shape.NAME]
        names = named[:1] or identifiers(owner, scene)[:1] or names
    names = _composed(scene, clause.object) or names
    if not names:
        return None
    value = _value(to, names[0])
    last = names[0].rpartition(".")[2]
    kinds = scene.language.assignments | scene.language.pairs | scene.language.fields
    kinds = kinds | {"default_parameter", "typed_default_parameter", "jsx_attribute"}
    found = [
        one for one in of_kinds(scene.root, kinds)
        if name_of(one).rpartition(".")[2] == last and value_of(one) is not None
    ]  # fmt: skip
    if not found:
        return None
    bound = scopes_in(scene, clause, clause.object.codes, words=False)
    near = narrow(scene, [one for one in found if not bound or any(inside(one, b) for b in bound)])
    node = pick(scene, near or found, clause, names[0], words=hint_words(clause, scene))[0]
    old = value_of(node)
    if old is None:
        return None
    if squeezed(old.text()) == squeezed(value) or same_number(old.text(), value):
        raise Abstain(f"{names[0]} is already {value}")
    before = clause.behind("from")
    if before is not None and before.code is not None:
        _refuse_other(names[0], before.code.text, old.text())
    refuse_flattening(scene.language, names[0], old, value)
    _refuse_direction(clause, names[0], old.text(), value)
    written = quoted_as_here(scene, value)
    if old.kind() == "jsx_expression" and not written.startswith(("'", '"', "{")):
        written = f"{{{written}}}"
    return Made(
        Operation.SET,
        f"set {names[0]} to `{value}`",
        edits_in(scene, [replaced(old, written)]),
        adds=(value,),
    )


_SHORT = {"minimum": "min", "maximum": "max", "milliseconds": "ms", "number": "num",
          "expiration": "expiry", "configuration": "config"}  # fmt: skip


def _composed(scene: Scene, phrase: Phrase) -> list[str]:
    """Return the one quoted name that two or more words spell: *maximum upload size*.

    Words that are over must name what holds it: *minimum password length* is ``minlength`` of
    ``password``.
    """
    words = [one for one in phrase.words if re.fullmatch(r"[a-z]+", one)]
    words = [_SHORT.get(one, one) for one in words if one not in {"the", "a", "an", "default"}]
    if phrase.codes or not words:
        return []
    kinds = scene.language.assignments | scene.language.pairs | scene.language.fields
    kinds = kinds | {"default_parameter", "typed_default_parameter", "jsx_attribute"}
    found: dict[str, None] = {}
    for one in of_kinds(scene.root, kinds):
        if value_of(one) is None or not _quoted(scene, one):
            continue
        bare = re.sub(r"[^a-z]", "", name_of(one).rpartition(".")[2].lower())
        holders = " ".join(name_of(each).lower() for each in one.ancestors() if name_of(each))
        over = [word for word in words if word not in bare]
        spelled = sorted(word for word in words if word in bare)
        parts = re.findall(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+", name_of(one).rpartition(".")[2])
        if len(words) == 1 and words[0] in [part.lower() for part in parts]:
            found[name_of(one)] = None
        whole = len(spelled) > 1 and sum(map(len, spelled)) == len(bare)
        if whole and all(word in holders for word in over):
            found[name_of(one)] = None
    return list(found) if len(found) == 1 else []


def _assigned(scene: Scene, clause: Clause) -> Made | None:
    """Return what ``set X = 5`` makes where X is declared with another value."""
    codes = clause.object.codes
    if len(codes) != 1 or codes[0].shape is not Shape.ASSIGNMENT or not codes[0].value:
        return None
    name, value = codes[0].key.rpartition(".")[2], codes[0].value
    found = [
        one for one in of_kinds(scene.root, scene.language.assignments | scene.language.fields)
        if name_of(one).rpartition(".")[2] == name and value_of(one) is not None
    ]  # fmt: skip
    if not found:
        return None
    node = pick(scene, found, clause, name, words=hint_words(clause, scene))[0]
    old = value_of(node)
    if old is None:
        return None
    if squeezed(old.text()) == squeezed(value):
        raise Abstain(f"{name} is already {value}")
    return Made(
        Operation.SET,
        f"set {name} to `{value}`",
        edits_in(scene, [replaced(old, quoted_as_here(scene, value))]),
        adds=(value,),
    )


def _refuse_other(name: str, said: str, value: str) -> None:
    """Raise ``Abstain`` where what the text says is there is something else."""
    if squeezed(said) != squeezed(value) and not same_number(said, value):
        raise Abstain(f"{name} is {value} and not {said}")


def _low(to: Phrase) -> set[str]:
    return {one.lower() for one in to.spelled if one in _LITERALS}


def _word_value(to: Phrase) -> str:
    return next((one for one in to.spelled if one in _LITERALS), "")


_LITERALS = {"true", "false", "null", "undefined", "None", "True", "False"}
_UNITS = {
    "ms": 1, "millisecond": 1, "milliseconds": 1, "s": 1000, "sec": 1000, "second": 1000,
    "seconds": 1000, "minute": 60_000, "minutes": 60_000, "min": 60_000, "hour": 3_600_000,
    "hours": 3_600_000, "h": 3_600_000,
}  # fmt: skip


def _value(to: Phrase, name: str) -> str:
    """Return the value that is told, in the unit that the name says."""
    if to.code is None:
        return _word_value(to)
    text = to.code.text
    unit = next((word for word in to.words if word in _UNITS), None)
    if unit is None or to.code.shape is not Shape.NUMBER:
        return text
    if re.search(r"(?:_MS|Ms|_ms|Millis|_MILLIS)$", name):
        return str(int(float(text.replace("_", "")) * _UNITS[unit]))
    if re.search(r"(?:_S|_SECONDS|_SECS?|Seconds|_seconds|_s)$", name):
        seconds = float(text.replace("_", "")) * _UNITS[unit] / 1000
        return str(int(seconds)) if seconds == int(seconds) else str(seconds)
    raise Abstain(f"the unit of {name} is not said by its name; {text} {unit} could be anything")


def _refuse_direction(clause: Clause, name: str, old: str, new: str) -> None:
    """Raise ``Abstain`` where the text says to lower what it would raise, or the other way."""
    try:
        before, after = float(old.replace("_", "")), float(new.replace("_", ""))
    except ValueError:
        return
    up, down = {"increase", "raise"}, {"reduce", "lower", "decrease", "shorten"}
    if (clause.word in up and after < before) or (clause.word in down and after > before):
        raise Abstain(f"{name} is {old} now; {clause.word} to {new} would do the opposite")
