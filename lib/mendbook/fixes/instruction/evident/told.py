"""The record that every schema reads: what a text says in code, in words, and of which place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.asks import GIVES_WAY, Ask, asks_of, kinds_of, plainly
from mendbook.fixes.instruction.evident.mood import stated
from mendbook.fixes.instruction.evident.notes import (
    compared_too,
    is_note,
    noted,
    told_by,
    without_siblings,
)
from mendbook.fixes.instruction.evident.said import named_too, spells, without_others
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.names.python_imports import python_file
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, statement_of

_HEDGE = re.compile(
    r"\b(?:or(?=\s+\S)|either|one\s+of|any(?!\s+(?:more|longer)\b)|consider|maybe|perhaps|ideally|possibly|optionally|alternatively"
    r"|unless|until|once|while|every|throughout|some|several|appropriate|suitable|something|similar"
    r"|etc|would|could|might|wrong|broken|breaks?|last|another|others?|except\s+(?:for|when|where|in|if))\b"
    r"|\b(?:do|does|did|need|should|must|can)\s*(?:not|n't|n’t)\s+(?:be\s+|get\s+)?(?!there|here|have\b)"
    r"[a-z]+\b|\bmay\s+(?:be\s+)?(?:missing|lack|need)\b"
    r"|⟦\d+⟧,?\s+and\s+(?:an?|the|its|more)\s+[a-z]|\b(?:is|are)\s+(?:not|hardly)\s+(?:needed|necessary|wanted|asked)\b|\bcannot\b",
    re.IGNORECASE,
)
"""Words of a choice, a doubt, a limit in time, or of what is not to be done."""
_IDLE = re.compile(
    r"\b(?:is|are|was)\s+(?:never|not|n't)\s+(?:read|used|called|needed)\b"
    r"|\b(?:does|do)\s+not\s+(?:use|read|need)\b|\bor\s+so\b"
    r"|(?:\band|,)\s+(?:is\s+)?never\s+(?:read|used|called|needed)\b",
    re.IGNORECASE,
)
"""What only says why something may go, or what is there."""
_AS_WELL = re.compile(r"\bas\s+well\b(?!\s+as\b)")
_SAME = re.compile(r"\b(?:is|says|means|does)\s+the\s+same\s+as\b")
_LEAVES = re.compile(r"(?:return|throw|raise)\b")
_PLAIN_GIVEN_UP = re.compile(
    rf"(?P<lead>{GIVES_WAY}\s+(?:the\s+|an?\s+)?)(?P<name>[A-Za-z_$][\w$]*)(?=\s*(?:$|[.,;:]|\b(?:is|are|has|should|must|in|for|here)\b))"
)
_IMPORTED = re.compile(
    r",?\s*(?:\(|\bwith\b|\band\b)?\s*⟦(?P<name>\d+)⟧\s+(?:is\s+)?(?:imported|which\s+comes)\s+from\s+"
    r"⟦(?P<module>\d+)⟧\)?",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?P<lead>⟦(?P<name>\d+)⟧)\s+(?:from|of|in)\s+⟦(?P<module>\d+)⟧")
_KEYED = re.compile(
    r"(?<![\w⟦.])(?:(?P<key>[A-Z]\w*)|⟦(?P<at>\d+)⟧):\s+(?P<value>[a-z]\w*)(?=\s|[.,;]|$)"
)
_NOT_DO = re.compile(r"(?:^|(?<=[.;:,]\s))[^.;:,⟦]*\b(?:should|must)\s+not\b[^.;:,⟦]*[,;:]\s")
"""That something should not be done, beside the order to remove what does it."""
_PARTS = re.compile(r"[.;:,]\s+|\bso\b|\bas\b|\bbecause\b")
_STATES = re.compile(
    r"\b(?:is|are|was|were)\s+(?:not\s+)?(?!an?\b|the\b|missing\b|enough\b|plenty\b)"
)
_WHEN = re.compile(r"\b(?:if|when|whenever|where|wherever|before|after|without)\b", re.IGNORECASE)
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_COUNTED = re.compile(rf"\b(?:{'|'.join(_COUNTS)})\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|all|each)\b", re.IGNORECASE)
_NOTED = frozenset({Ask.COME, Ask.CHANGE})
"""What a note without any verb asks for: the code that it names."""
_GIVEN_UP = re.compile(rf"{GIVES_WAY}\s+(?:the\s+|an?\s+|two\s+|both\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A fix text beside the code that its finding quotes."""

    scene: Scene
    words: str
    """The text with its code as ``⟦n⟧``; what stays, or has it already, is left out."""
    codes: tuple[Fragment, ...]
    asks: tuple[frozenset[Ask], ...]
    count: int
    """How many places are spoken of; 1 where none is counted."""
    conditions: frozenset[str]
    """The words of a condition, a time or a lack that are in it: *if*, *when*, *without*."""
    ordinal: bool
    modules: dict[str, str]
    """Name to the module that the text says it comes from."""
    stated: bool = False
    """Whether questions, notes and reasons are read as what they state."""

    def numbers(self) -> list[int]:
        """Return the numbers of the code that is left in the words, each once."""
        return list(dict.fromkeys(int(one) for one in re.findall(r"⟦(\d+)⟧", self.words)))

    def given_up(self) -> list[int]:
        """Return the numbers of the code that is said to give way."""
        marks = re.finditer(r"⟦(\d+)⟧", self.words)
        return [int(one[1]) for one in marks if _GIVEN_UP.search(self.words[: one.start()])]

    def new(self) -> list[int]:
        """Return the numbers of the code that does not stand in the quoted code yet."""
        return [
            at
            for at in self.numbers()
            if self.codes[at].shape not in {Shape.PATH, Shape.LINES}
            and not holds(self.quoted, self.codes[at].text)
            and not self.names(self.codes[at])
            and not self.is_reason(at)
        ]

    def is_reason(self, at: int) -> bool:
        """Tell whether a literal stands in a part that asks for nothing: *3 is too few*.

        Another part must name code then, which is what the text asks for.
        """
        if self.codes[at].shape not in {Shape.NUMBER, Shape.TEXT}:
            return False
        held = [one for one in _PARTS.split(self.words) if f"⟦{at}⟧" in one]
        if len(held) != 1 or _STATES.search(held[0]) is None or asks_of(held[0]) != []:
            return False
        return len(re.findall("⟦", self.words)) > len(re.findall("⟦", held[0]))

    @property
    def quoted(self) -> str:
        """The code that the evidence quotes."""
        return "\n".join(self.scene.text[first:last] for first, last in self.scene.quotes)

    def names(self, code: Fragment) -> bool:
        """Tell whether a piece of code is one of the finding's own symbols."""
        name = code.text.removesuffix("()").rpartition(".")[2]
        whole = self.scene.task.finding.symbols
        return name in {part for one in whole for part in one.split(".")}

    def agree(self, kinds: Collection[Ask]) -> bool:
        """Tell whether the text asks for something, and for nothing but ``kinds``."""
        return bool(self.asks) and all(one & frozenset(kinds) for one in self.asks)

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` stands among the words of the text."""
        told = set(re.findall(r"[a-z-]+", self.words.lower()))
        return bool(told & set(words))

    @property
    def spelled(self) -> str:
        """The words with their code in its place."""
        return re.sub(r"⟦(\d+)⟧", lambda one: self.codes[int(one[1])].text, self.words)

    def notes(self, form: re.Pattern[str]) -> bool:
        """Tell whether the text asks for something, or is a note that names ``form``."""
        return bool(self.asks) or noted(self.spelled, form)

    def nodes(self, kinds: Collection[str]) -> list[SgNode]:
        """Return the nodes of ``kinds`` that begin in the quoted code."""
        found = of_kinds(self.scene.root, frozenset(kinds), self.scene.language)
        return [one for one in found if begins_in_quote(self.scene, one)]

    def spoken(self, name: str) -> bool:
        """Tell whether the text spells ``name``, as code or as a word."""
        return spells(self.words, self.codes, name)

    def chosen(self, nodes: Sequence[SgNode]) -> list[SgNode]:
        """Return those of ``nodes`` that the text means: all it counts, or the one it tells best.

        What tells them apart is the code and the names of their statements that the text spells.
        """
        if len(nodes) == self.count or not nodes:
            return list(nodes)
        told = [self._told_of(one) for one in nodes]
        best = [one for one, number in zip(nodes, told, strict=True) if number == max(told)]
        return best if len(best) == self.count == 1 else []

    def _told_of(self, node: SgNode) -> int:
        text = statement_of(node, self.scene.language).text()
        names = set(re.findall(r"[A-Za-z_$][\w$]+", text)) - {"name", "the", "is", "to", "of", "in"}
        spelled = sum(self.spoken(one) for one in names)
        whole = [self.codes[at].text for at in self.numbers()]
        return spelled + sum(holds(text, one) for one in whole)


def told_of(scene: Scene) -> Iterator[Told]:
    """Yield what the finding's fix text tells: as it stands, and as it states what is to hold.

    Nothing where it leaves open, doubts or forbids.
    """
    as_it_stands = scene.task.finding.fix.strip()
    yield from _told(scene, scan(_plain(as_it_stands)), spoken=False)
    if scene.language.script:
        quoted = " ".join(scene.text[first:last] for first, last in scene.quotes)
        masked, codes = scan(_plain(stated(as_it_stands, quoted)))
        words, codes = compared_too(masked, codes, quoted)
        yield from _told(scene, (without_siblings(words, codes, scene), codes), spoken=True)


def _plain(text: str) -> str:
    return _SAME.sub("equals", _AS_WELL.sub("too", text))


def _told(
    scene: Scene, scanned: tuple[str, tuple[Fragment, ...]], *, spoken: bool
) -> Iterator[Told]:
    masked, codes = scanned
    words, codes = named_too(without_others(masked), codes, scene)
    words, codes = _given_up_too(_exits(words, codes), codes, scene)
    words, codes = _keyed_too(words, codes, scene)
    modules = {codes[int(one["name"])].text: codes[int(one["module"])].text.strip("'\"")
               for one in _IMPORTED.finditer(words)}  # fmt: skip
    words = _IMPORTED.sub("", words)
    words, homes = _homes(words, codes, scene)
    modules |= homes
    words = plainly(words.strip(" .,;"))
    words = _NOT_DO.sub("", words) if re.search(r"\bremove\b", words) else words
    bare = _IDLE.sub(" ", words)
    if (
        not scene.quotes
        or _HEDGE.search(bare)
        or re.search(r"\bnever\b(?!\s+(?:by|with|from))", bare)
    ):
        return
    asks = asks_of(bare)
    counted = {_COUNTS[one[0].lower()] for one in _COUNTED.finditer(words)}
    if asks is None or len(counted) > 1:
        return
    if spoken and not asks:
        kinds = kinds_of(told_by(words))
        asks = [_NOTED] if is_note(words) else [kinds] if kinds else []
    yield Told(
        scene,
        words,
        codes,
        tuple(asks),
        counted.pop() if counted else 1,
        frozenset(one[0].lower() for one in _WHEN.finditer(words)),
        _ORDINAL.search(words) is not None,
        modules,
        spoken,
    )


def _homes(words: str, codes: Sequence[Fragment], scene: Scene) -> tuple[str, dict[str, str]]:
    """Return masked words without the files that names are told to be from, and those by name.

    *LIMIT from depot.limits* tells where the name stands, and not what is done.
    """
    homes = {}
    for told in _FROM.finditer(words):
        name, home = codes[int(told["name"])].text, codes[int(told["module"])].text.strip("'\"")
        path = home if home in scene.task.snapshot else python_file(scene.task.snapshot, home)
        if path and re.search(rf"\b{re.escape(name)}\b", scene.task.snapshot.text(path)):
            homes[name] = home
    return _FROM.sub(lambda one: one["lead"] if codes[int(one["name"])].text in homes else one[0],
                     words), homes  # fmt: skip


def _exits(words: str, codes: Sequence[Fragment]) -> str:
    """Return masked words with the verb of a statement that leaves, ``throw E``."""
    leaves = {f"⟦{at}⟧" for at, one in enumerate(codes) if _LEAVES.match(one.text)}
    return re.sub(r"⟦\d+⟧", lambda one: f"return {one[0]}" if one[0] in leaves else one[0], words)


def _keyed_too(
    words: str, codes: Sequence[Fragment], scene: Scene
) -> tuple[str, tuple[Fragment, ...]]:
    """Return words and codes with ``Key: name`` of a Go struct as one piece of code."""
    named = list(codes)

    def join(told: re.Match[str]) -> str:
        key = told["key"] or named[int(told["at"])].text
        if not scene.knows(told["value"]) or not re.fullmatch(r"[A-Z]\w*", key):
            return told[0]
        named.append(Fragment(f"{key}: {told['value']}", Shape.PAIR))
        return f"⟦{len(named) - 1}⟧"

    return (_KEYED.sub(join, words) if scene.language.name == "go" else words), tuple(named)


def _given_up_too(
    words: str, codes: Sequence[Fragment], scene: Scene
) -> tuple[str, tuple[Fragment, ...]]:
    """Return words and codes with the plain names of the quote that are said to give way."""
    named = list(codes)
    quoted = " ".join(scene.text[first:last] for first, last in scene.quotes)

    def mask(told: re.Match[str]) -> str:
        if not holds(quoted, told["name"]):
            return told[0]
        named.append(Fragment(told["name"], Shape.NAME))
        return f"{told['lead']}⟦{len(named) - 1}⟧"

    return _PLAIN_GIVEN_UP.sub(mask, words), tuple(named)


def holds(text: str, code: str) -> bool:
    """Tell whether ``text`` says ``code``, layout aside, and not as a part of a longer name."""
    needle, hay = squeezed(code.removesuffix("()")), squeezed(text)
    at = hay.find(needle) if needle else -1
    while at >= 0:
        before, behind = hay[at - 1 : at], hay[at + len(needle) : at + len(needle) + 1]
        open_left = not re.match(r"[\w$]", needle) or not re.match(r"[\w$]", before)
        open_right = not re.search(r"[\w$]$", needle) or not re.match(r"[\w$]", behind)
        if open_left and open_right:
            return True
        at = hay.find(needle, at + 1)
    return False
