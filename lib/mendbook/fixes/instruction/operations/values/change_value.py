"""Give a value that stands in the code another."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.constants import same_number
from mendbook.fixes.instruction.fragments.brackets import balanced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.operations.values.attributes import attribute_value
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import hint_words, identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, squeezed, value_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, refuse_flattening, replaced
from mendbook.model import Operation


def change_value(work: Work, clause: Clause) -> StepEdits | None:
    """Give a named value another one: ``increase X to 5``, ``change X from 3 to 5``."""
    if clause.verb not in {Verb.REPLACE, Verb.SET, Verb.MARK, Verb.USE, Verb.CODE, Verb.BECOME}:
        return None
    if (step := _assigned(work.scene, clause)) is not None:
        return step
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
    nodes = [
        one for one in of_kinds(scene.root, kinds)
        if name_of(one).rpartition(".")[2] == last and value_of(one) is not None
    ]  # fmt: skip
    if not nodes:
        return None
    bound = scopes_in(scene, clause, clause.object.codes, words=False)
    near = narrow(scene, [one for one in nodes if not bound or any(inside(one, b) for b in bound)])
    node = pick(scene, near or nodes, clause, names[0], words=hint_words(clause))[0]
    old = value_of(node)
    if old is None:
        return None
    if squeezed(old.text()) == squeezed(value) or same_number(old.text(), value):
        raise Abstain(f"{names[0]} is already {value}")
    before = clause.behind("from")
    if before is not None and before.code is not None:
        _refuse_other(names[0], before.code.text, old.text())
    refuse_flattening(scene.language, names[0], old, value)
    refuse_direction(clause.word, names[0], old.text(), value)
    written = quoted_as_here(scene, value)
    if node.kind() == "jsx_attribute":
        written = attribute_value(scene, old, value)
    adds, removes = claims(scene.language, old.text(), written)
    return StepEdits(
        Operation.SET,
        f"set {names[0]} to `{value}`",
        edits_in(scene, [replaced(old, written)]),
        adds=(written.strip("{}"),) if adds else (),
        removes=() if adds else removes,
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
    names: dict[str, None] = {}
    for one in of_kinds(scene.root, kinds):
        if value_of(one) is None or not begins_in_quote(scene, one):
            continue
        bare = re.sub(r"[^a-z]", "", name_of(one).rpartition(".")[2].lower())
        holders = " ".join(name_of(each).lower() for each in one.ancestors() if name_of(each))
        over = [word for word in words if word not in bare]
        spelled = sorted(word for word in words if word in bare)
        parts = re.findall(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+", name_of(one).rpartition(".")[2])
        if len(words) == 1 and words[0] in [part.lower() for part in parts]:
            names[name_of(one)] = None
        whole = len(spelled) > 1 and sum(map(len, spelled)) == len(bare)
        if whole and all(word in holders for word in over):
            names[name_of(one)] = None
    return list(names) if len(names) == 1 else []


def _assigned(scene: Scene, clause: Clause) -> StepEdits | None:
    """Return what ``set X = 5`` makes where X is declared with another value.

    ``change X = 3 to X = 5`` shows both; the first is what stands there.
    """
    codes = clause.object.codes
    if clause.behind("to", "into", "with", "by", "→") is not None:
        return None
    if len(codes) != 1 or codes[0].shape is not Shape.ASSIGNMENT or not codes[0].value:
        return None
    name, value = codes[0].key.rpartition(".")[2], codes[0].value
    declared = [
        one for one in of_kinds(scene.root, scene.language.assignments | scene.language.fields)
        if name_of(one).rpartition(".")[2] == name and value_of(one) is not None
    ]  # fmt: skip
    if not declared:
        return None
    node = pick(scene, declared, clause, name, words=hint_words(clause))[0]
    old = value_of(node)
    if old is None:
        return None
    typed = scene.language.python and re.match(r"[\w.]+\s*:(?!=)", codes[0].text) is not None
    if typed and squeezed(node.text()) != squeezed(codes[0].text):
        written = quoted_as_here(scene, codes[0].text)
        return StepEdits(
            Operation.SET,
            f"write `{codes[0].text}`",
            edits_in(scene, [replaced(node, written)]),
            adds=(written,),
        )
    if squeezed(old.text()) == squeezed(value):
        raise Abstain(f"{name} is already {value}")
    return StepEdits(
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
    text = _without_brackets(to.code.text)
    unit = next((word for word in to.words if word in _UNITS), None)
    if unit is None or to.code.shape is not Shape.NUMBER:
        return text
    if re.search(r"(?:_MS|Ms|_ms|Millis|_MILLIS)$", name):
        return str(int(float(text.replace("_", "")) * _UNITS[unit]))
    if re.search(r"(?:_S|_SECONDS|_SECS?|Seconds|_seconds|_s)$", name):
        seconds = float(text.replace("_", "")) * _UNITS[unit] / 1000
        return str(int(seconds)) if seconds == int(seconds) else str(seconds)
    raise Abstain(f"the unit of {name} is not said by its name; {text} {unit} could be anything")


def _without_brackets(text: str) -> str:
    """Return ``(60 * 60)`` without its brackets; a tuple, or a call, as it is."""
    whole = text.startswith("(") and balanced(text, 0) == len(text) and "," not in text
    return text[1:-1].strip() if whole else text


def refuse_direction(word: str, name: str, old: str, new: str) -> None:
    """Raise ``Abstain`` where ``word`` says to lower what it would raise, or the other way."""
    try:
        before, after = float(old.replace("_", "")), float(new.replace("_", ""))
    except ValueError:
        return
    up, down = {"increase", "raise"}, {"reduce", "lower", "decrease", "shorten"}
    if (word in up and after < before) or (word in down and after > before):
        raise Abstain(f"{name} is {old} now; {word} to {new} would do the opposite")
