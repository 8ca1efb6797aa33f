"""A fix text of which only the code and a few words are understood, whatever its sentences are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import PROSE
from mendbook.fixes.instruction.sentences.verbs import ADVERBS, VERBS

_OPEN = re.compile(
    r"\b(?:or|either|one\s+of|two|three|four|any|consider|maybe|perhaps|ideally|possibly"
    r"|optionally|alternatively|if|when|unless"
    r"|while|until|once|both|each|every|all|first|second|third|last|everywhere|throughout|some"
    r"|several|appropriate|suitable|something|similar|etc|never)\b",
    re.IGNORECASE,
)
"""Words that leave a choice, name a condition or speak of more than the one place."""
_PARTS = re.compile(r"[.;:,]\s+|\s+[–—-]\s+|\band\b|\bthen\b|\bbut\b")
_SIBLING = re.compile(
    r",?\s*\b(?:just\s+)?(?:as|like|the\s+way|the\s+same\s+way\s+as|exactly\s+as|similar\s+to)\s+"
    r"(?:⟦\d+⟧|[\w.()]+)(?:\s+and\s+(?:⟦\d+⟧|[\w.()]+))?\s*"
    r"(?:already\s+)?(?:does|do|has|have|is|are|uses?)?(?:\s+(?:it|that|so|already))*(?=\s*(?:[.;,:]|$))",
    re.IGNORECASE,
)
"""What has it already, *the way f() already does*: it tells no more than that."""
_STAYS = re.compile(
    r"(?:^|[.;,]|\band\b|\bbut\b)\s*(?:the\s+)?(?:⟦\d+⟧|[\w-]+)(?:\s+(?:⟦\d+⟧|[\w-]+)){0,4}?\s+"
    r"(?:(?:may|can|should|must)\s+)?(?:stays?|keeps?|remains?)\b"
    r"[^.;]*",
    re.IGNORECASE,
)
"""What is told to stay as it is."""
_GIVES_WAY = re.compile(
    r"(?:\bnot|\bnot\s+with|\bnot\s+an?|\binstead\s+of|\brather\s+than|\bin\s+place\s+of|\bno\s+longer"
    r"|\breplac(?:es?|ing)|\bfrom|\bkeeps?|\bstays?)\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OUGHT = re.compile(
    r"\b(?:should|must|shall|ought|has\s+to|have\s+to|needs?\s+to|is\s+to|are\s+to)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:(?:do|does|did|must|should|can|could|would|may|need|is|are)\s*(?:not|n't|n’t)\s+(?!⟦)[a-z]+"
    r"|cannot|won't|would|could|might|wrong|broken|breaks?|right|fine|correct)\b",
    re.IGNORECASE,
)
"""What says that something is right or wrong as it is, or might be: no order follows from that."""
_AND_DO = re.compile(
    r"\b(?:and|then)\s+(?:also\s+|then\s+)?(?!in\b|of\b|for\b|at\b|on\b|to\b|from\b|by\b)"
    r"[a-z]+\s+(?:it|them|this|that|those|the|an?|its|⟦)"
)
_CALLED = re.compile(
    r"\b(?:helper|function|method|constant|variable|name)\s+(?P<name>[A-Za-z_$][\w$]*)\b"
    r"|\b(?P<from>[a-z_][\w$]*)(?=\s+(?:from|of|in)\s+⟦)|(?<![\w$⟦])(?P<caps>[A-Z][A-Z\d_]+)\b"
)
"""Names that are written without a mark of code: behind what they are, or in capitals."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its code as ``⟦n⟧``, and that code."""

    masked: str
    codes: Sequence[Fragment]

    def wanted(self) -> Iterator[int]:
        """Yield the numbers of the code that is not said to give way, or to stay."""
        for match in re.finditer(r"⟦(\d+)⟧", self.masked):
            if _GIVES_WAY.search(self.masked[: match.start()]) is None:
                yield int(match[1])

    def given_up(self) -> list[int]:
        """Return the numbers of the code that is said to give way, or to stay elsewhere."""
        wanted = set(self.wanted())
        told = [int(one) for one in re.findall(r"⟦(\d+)⟧", self.masked)]
        return [one for one in told if one not in wanted]

    def asks_more(self, own: Collection[str] = ()) -> bool:
        """Tell whether a part of the text begins with a verb that is none of ``own``."""
        for part in _PARTS.split(self.masked):
            words = [one for one in re.findall(r"[a-z-]+", part.lower()) if one not in ADVERBS]
            if words and words[0] in VERBS and words[0] not in own:
                return True
        return any(one[0].split()[-2] not in own for one in _AND_DO.finditer(self.masked))

    def spells(self, name: str) -> bool:
        """Tell whether the text spells ``name``, as code or as a word."""
        return spells(self.masked, self.codes, name)


def spells(masked: str, codes: Sequence[Fragment], name: str) -> bool:
    """Tell whether a masked text spells ``name``: as a word, or as code that is left in it."""
    told = {codes[int(one)].text.removesuffix("()") for one in re.findall(r"⟦(\d+)⟧", masked)}
    if name in told or any(one.endswith(f".{name}") for one in told):
        return True
    return re.search(rf"(?<![\w$⟦]){re.escape(name)}(?![\w$])", masked) is not None


def heard(scene: Scene) -> Said | None:
    """Return what is said of one place without a choice or a condition; None for other texts.

    What is told to stay, and who has it already, is left out: it asks for nothing.
    """
    masked, codes = scan(scene.task.finding.fix.strip())
    bare = without_others(masked)
    if _OPEN.search(bare) or _DENIES.search(bare) or len(_OUGHT.findall(bare)) > 1:
        return None
    words, codes = named_too(bare, codes, scene)
    return Said(words.strip(" .,;"), codes)


def without_others(masked: str) -> str:
    """Return a masked text without what is told to stay, and without who has it already."""
    return _STAYS.sub("", _SIBLING.sub("", masked))


def named_too(
    masked: str, codes: Sequence[Fragment], scene: Scene
) -> tuple[str, tuple[Fragment, ...]]:
    """Return a masked text and its codes with the names that it gives without a mark of code."""
    named = list(codes)

    def mask(told: re.Match[str]) -> str:
        name = told["name"] or told["from"] or told["caps"]
        if name in PROSE or not scene.knows(name):
            return told[0]
        named.append(Fragment(name, Shape.NAME))
        return told[0].replace(name, f"⟦{len(named) - 1}⟧")

    return _CALLED.sub(mask, masked), tuple(named)


def are_places(said: Said, rest: Sequence[int], scene: Scene) -> bool:
    """Tell whether each of the ``rest`` of the code only says where: a path, or what is quoted."""
    quoted = "".join(scene.text[first:last] for first, last in scene.quotes)
    return all(_is_place(said.codes[one], quoted, scene) for one in rest)


def _is_place(code: Fragment, quoted: str, scene: Scene) -> bool:
    if code.shape is Shape.PATH:
        return True
    name = code.text.removesuffix("()").rpartition(".")[2]
    around = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    return name in around or (code.shape is not Shape.PAIR and code.text in quoted)
