"""The words of an order without its articles, and the slots that code and names stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.tree.syntax import declarations, function_around, inside, start

CODE = r"⟦\d+⟧"
NAME = rf"(?:{CODE}|[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\(\))?)"
VALUE = rf"(?:{CODE}|-?\d[\d_.]*|true|false|null|undefined)"
JOINT = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
OUGHT = r"(?:should|must|has to|have to|needs? to|ought to|can|could|may)"
GIVE = r"(?:add|give|pass|set|hand|supply|provide|include|specify|put|use|call|configure|create)"

_FILLER = re.compile(
    r"(?<![\w`'⟦])(?:please|simply|just|also|explicitly|explicit|own|properly|(?<!is )missing)\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?<![\w`'⟦.-])(?:an?|the|its|this|that|these|their)\s+"
    r"(?!and\b|or\b|to\b|in\b|is\b|as\b|should\b|must\b|,|of\b)",
    re.IGNORECASE,
)
_END = re.compile(r",?\s+(?:here|instead|too|as well|there|everywhere else)$", re.IGNORECASE)
_MARKED = re.compile(r"⟦(\d+)⟧")
_WORD = re.compile(r"[A-Za-z_$][\w$'-]*")


def order(ask: Ask) -> Ask:
    """Return an ask without articles and words that say nothing, its layout evened out."""
    text = " ".join(ask.text.split()).strip(" .;!")
    text = _ARTICLE.sub("", _FILLER.sub("", text))
    return replace(ask, text=_END.sub("", text))


def named(ask: Ask, mark: str) -> str:
    """Return the name that a slot holds, its call brackets left out; empty for other code."""
    text = ask.code(mark).strip().removesuffix("()")
    return text if re.fullmatch(r"#?[A-Za-z_$][\w$]*(?:\.[\w$]+)*", text) else ""


def listed(ask: Ask, text: str) -> list[str]:
    """Return the names of a list in words: ``a, b and c``; nothing where one is no name."""
    marks = [one for one in re.split(rf"{JOINT}", text.strip()) if one]
    names = [named(ask, re.sub(r"^(?:both|to|in|of|on)\s+", "", one)) for one in marks]
    return names if all(names) else []


def words_of(ask: Ask) -> list[str]:
    """Return the words of an ask, its code left out, in small letters."""
    return [one.lower() for one in _WORD.findall(_MARKED.sub(" ", ask.text))]


def only_words(ask: Ask, allowed: Iterable[str], names: Iterable[str] = ()) -> bool:
    """Tell whether the words of an ask, code aside, are all among ``allowed`` or ``names``."""
    known = {*allowed, *(one.lower() for one in names)}
    return all(one in known for one in words_of(ask))


def function_names(scene: Scene) -> set[str]:
    """Return the names of the functions, classes and variables around what the finding quotes."""
    names = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    return names | set(re.findall(r"[\w$]+", scene.path))


def pointed(scene: Scene, nodes: Sequence[SgNode]) -> list[SgNode]:
    """Return those of ``nodes`` that the evidence quotes, else those in the finding's symbols.

    All where neither holds one of them.
    """
    for near in (
        [one for one in nodes if begins_in_quote(scene, one)],
        [one for one in nodes if touches_quote(scene, one)],
        [one for one in nodes if any(inside(one, at) for at in scene.scopes)],
    ):
        if near:
            return near
    return list(nodes)


def counted(scene: Scene, nodes: Sequence[SgNode], count: str) -> list[SgNode]:
    """Return as many of ``nodes`` as a word counts, at the narrowest level that has so many.

    *both* and *two* are two, *all* and *every* all of the quote's function; one without a word.
    Nothing where no level has so many.
    """
    number = _COUNTS.get(count.lower().strip())
    quoted = [one for one in nodes if begins_in_quote(scene, one)]
    homes = {start(at): at for one in quoted if (at := function_around(one, scene.language))}
    near = [one for one in nodes if any(inside(one, at) for at in homes.values())]
    scoped = [one for one in nodes if any(inside(one, at) for at in scene.scopes)]
    levels = (quoted, near, scoped, list(nodes))
    if number == 0:
        return next((one for one in levels[1:] if one), [])
    return next((one for one in levels if len(one) == (number or 1)), [])


_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "all": 0, "every": 0, "each": 0}
COUNT = r"(?:both|all|two|three|four|every|each)(?: two| three| four)?(?: of)?"


def one_named(scene: Scene, name: str) -> SgNode | None:
    """Return the one declaration of ``name`` in the file; None for none or several."""
    nodes = declarations(scene.root, name, scene.language)
    near = pointed(scene, nodes) if len(nodes) > 1 else nodes
    return near[0] if len(near) == 1 else None
