"""What a fix text only says: facts that are reasons, what is to stay, what code says again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.sentences.verbs import verb_of

_OBLIGED = re.compile(
    r"\b(?:should|must|shall|ought|needs?|has to|have to|had to|want|wants|wanted|belongs|better"
    r"|same|likewise|ditto|similarl?y?|too|as well|missing|required|expected|supposed|meant"
    r"|as follows|(?:goes|applies|holds) (?:for|to))\b",
    re.IGNORECASE,
)
"""Words of a wish, or of a place that is to be treated as another one."""
_ADVERB = r"(?:also|only|just|merely|silently|still|never|always|often|then|here|there|now|thus)"
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|has|have|had|can|cannot|may|might|will|would|could|never"
    r"|don't|doesn't|isn't|aren't|wasn't|won't|can't)"
)
_FINITE = rf"(?:{_AUXILIARY}|[a-z]{{2,}}(?:[^s\W\d_]s|sses|ed))"
_DETERMINER = r"(?:the|an?|every|each|any|this|that|these|those|our|its|their|your|such)"
_FACTS = re.compile(
    rf"{_DETERMINER}\s+(?:[\w'⟦⟧/-]+\s+){{1,6}}?{_FINITE}\b\s*\S"
    rf"|(?P<first>[\w'-]+)\s+(?!{_DETERMINER}\b|all\b|both\b|it\b|them\b|to\b|in\b|on\b|with\b)"
    rf"(?:(?!(?:what|that|which|who|whom|if|when|where|because|so)\b)[\w'⟦⟧-]+\s+){{0,3}}?"
    rf"{_AUXILIARY}\s+\S"
    rf"|(?-i:[a-z])[\w.]*\s+{_ADVERB}\s+[a-z]{{2,}}[^s\W\d_]s\b"
    rf"|(?-i:[A-Z])[a-z]+ing\s+(?:(?:[\w'-]+|⟦\d+⟧)\s+){{1,6}}?"
    rf"(?:{_ADVERB}\s+|(?<=⟧)\s*){{1,2}}[a-z]{{2,}}[^s\W\d_]s\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    rf"(?:if|when|while|after|before|since|once|whenever|until|with|as long as)\s[^.]*?{_FINITE}\b",
    re.IGNORECASE,
)
_CODE_DOES = re.compile(
    r"⟦\d+⟧\s+(?:only\s+|also\s+)?(?!passes|calls|takes|returns|gets|becomes|needs|suffices|fixes"
    r"|solves|helps|does|avoids|prevents|works)[a-z]{2,}s\b(?!\s*:)",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"(?:please\s+|but\s+)?(?:leave\s+(?!out\b|a\s|an\s|room)(?!.*\b(?:comment|note|todo)\b)"
    r"|(?:do not|don't|never)\s+(?:touch|change|alter|modify)\b"
    r"|keep\s+(?:the\s+)?⟦\d+⟧(?:\s+(?:call|line|statement)s?)?\s*$"
    r"|(?:keep|retain|preserve)\s+(?:the|its|this|that)\s+(?:declaration|definition|function"
    r"|method|class|type|interface|enum|constant|implementation|body|signature|code)"
    r"(?:\s+(?:itself|in place|where it is))?\s*$"
    r"|keep\s+(?=.*\b(?:as (?:it|they)\b|as-is|alone|untouched|unchanged|the others?\b|the rest\b"
    r"|(?:its|their) own))"
    r"|(?!if\b|when\b|make\b|ensure\b)[^.;:]*?\s(?:can|could|may|should|must|shall|will|has to"
    r"|ha(?:ve|d) to)\s+(?:\w+ly\s+|both\s+|all\s+|then\s+)*"
    r"(?:stay|remain|be kept|be left|(?:still|continue to|go on to)\s+[a-z]+)\b"
    r"(?!\s+(?:out|within|between|below|under|above|inside|at|in sync|positive|non-\w+)\b)"
    r"|(?!if\b|when\b)[^.;:]*?\s(?:keeps|(?:can|may|should|must|will)\s+keep)\s+(?:on\s+)?[a-z]+ing\b"
    r"|(?!if\b|when\b)[^.;:]*?\s(?:is|are|and)\s+to\s+(?:be kept|stay|remain)\b"
    r"|(?!if\b|when\b)[^.;:]*?\s(?:is|are)\s+(?:fine|all right|good|correct|right)"
    r"(?:\s+as\s+(?:it is|they are|is)|\s+there)?\s*$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:both|all|each|every|two|three|four|five|either|except|other|others|twice|once|also"
    r"|before|after|inside|within|top|start|end|beginning|in front of|not|never|without)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"(?P<lead>(?:^|(?<=[.;!?\n]\s)|(?<=\n))[^⟦.;!?\n—–]*?)"
    r"(?:\s+[—–]\s+|\s*,?\s*\b(?:i\.e\.,?|that is,?(?: to say,?)?)\s+)"
    r"(?P<code>⟦(?P<at>\d+)⟧)(?=\s*(?:$|[.;]|[—–]))",
    re.IGNORECASE,
)
_MERELY_PLACED = re.compile(
    r",?\s*\be\.g\.,?\s+(?:right\s+|directly\s+)?"
    r"(?:next to|beside|near|alongside|close to)\s[^,;.()]*",
    re.IGNORECASE,
)


def is_fact(part: str) -> bool:
    """Tell whether a sentence states something and tells nothing to do: ``A crash loses it``."""
    if _OBLIGED.search(part):
        return False
    if _CODE_DOES.match(part):
        return not _tells(part)
    if _SUBORDINATE.match(part):
        return not _tells(part)
    match = _FACTS.match(part)
    if match is None:
        return _is_plain(part)
    return not match["first"] or verb_of(match["first"]) is None


_TELLING = re.compile(
    r"(?:^|[,;:—]\s*|\b(?:and|then|please|so)\s+)(?:(?:and|then|please|just|simply)\s+)*"
    r"(?P<first>[A-Za-z-]+)|\b(?P<lead>[A-Za-z-]+)\s+(?P<before>[A-Za-z-]+)"
    r"(?=\s+(?:⟦|the\b|an?\b|it\b|them\b))"
)


def _tells(part: str) -> bool:
    """Tell whether a verb in its plain form begins a clause, or stands before what it acts on."""
    for match in _TELLING.finditer(part):
        word = match["first"] or match["before"]
        noun = (match["lead"] or "").lower() in _NOUN_LEADS
        if verb_of(word) is not None and not word.endswith("ing") and not noun:
            return True
    return False


_NOUN_LEADS = {"the", "a", "an", "to", "every", "each", "any", "this", "that", "its", "their", "no",
               "one", "of", "in", "would", "can", "may", "will", "not", "than"}  # fmt: skip


def _is_plain(part: str) -> bool:
    """Tell whether a name, or people, do something: ``tar lets others in``, ``Users copy it``."""
    words = re.findall(r"[\w'⟦⟧-]+", part)
    if len(words) < 4 or verb_of(words[0]) is not None:
        return False
    lower = words[0][:1].islower() and re.fullmatch(r"[a-z]{2,}[^s\W\d_]s", words[1])
    people = words[0] in {"People", "Users", "Callers", "Clients", "Readers", "Developers", "They"}
    lets = words[1] in {"lets", "makes", "helps"}
    return bool(lower or people) and (lets or not _tells(" ".join(words[2:])))


def states(part: str) -> bool:
    """Tell whether a sentence has a verb that says how things are, behind its first word."""
    return not _OBLIGED.search(part) and re.search(rf"\S\s+{_FINITE}\b", part) is not None


def is_obliged(part: str) -> bool:
    """Tell whether a sentence has a word of a wish: ``should``, ``needs``, ``as well``."""
    return _OBLIGED.search(part) is not None


_MAY_GO = re.compile(
    r"(?P<what>.*?(?:⟦\d+⟧|\b(?:it|they)\b).*?)\s+(?:can|could|may|should|must|will)\s+"
    r"(?:(?:also|then|now|safely|simply|just|therefore|thus|hence|afterwards|too)\s+)*"
    r"(?:go(?:\s+away)?|disappear|leave|vanish)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MAY_BE = re.compile(
    r"(?P<what>.*?⟦\d+⟧.*?)\s+(?:can|could|may)\s+"
    r"(?:(?:also|then|now|safely|simply|just|therefore|thus|hence|afterwards|too)\s+)*be\s+"
    r"(?P<done>removed|dropped|deleted|stripped|discarded|replaced|renamed|awaited|simplified"
    r"|shortened|reduced|inlined|moved|hoisted|extracted|wrapped|marked|changed)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BELONGS = re.compile(
    r"(?P<what>[^⟦]*⟦\d+⟧[^⟦]*?)\s+(?:belongs?|(?:should|must)\s+(?:go|come|stand|sit))\s+"
    r"(?P<where>(?:in|into|inside|before|after|behind|above|below|at)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_FORMS = {"stripped": "strip", "dropped": "drop", "wrapped": "wrap", "renamed": "rename",
                "marked": "mark", "awaited": "await", "discarded": "discard",
                "shortened": "shorten", "hoisted": "hoist", "extracted": "extract",
                "simplified": "simplify"}  # fmt: skip


def allowed(part: str) -> str:
    """Return what is said to be allowed as what is to be done: ``X can then go`` is ``remove X``.

    Another sentence, and one that says what code is able to do, is returned as it is.
    """
    if (gone := _MAY_GO.fullmatch(part)) is not None and _is_thing(gone["what"]):
        rest = re.sub(r"^\s*(?:,?\s*(?:then|now|too|as well|also|afterwards))+", "", gone["rest"])
        return f"remove {_inner(gone['what'])}{rest}"
    if (belongs := _BELONGS.fullmatch(part)) is not None and _is_thing(belongs["what"]):
        return f"move {_inner(belongs['what'])} {belongs['where']}"
    done = _MAY_BE.fullmatch(part)
    if done is None or not _is_thing(done["what"]):
        return part
    word = done["done"].lower()
    rest = re.sub(r"^\s+(?:then|now|too|as well|also|afterwards)\b", "", done["rest"])
    return f"{_PLAIN_FORMS.get(word, word[:-1])} {_inner(done['what'])}{rest}"


def _inner(subject: str) -> str:
    """Return the subject of a sentence as it stands behind a verb."""
    return re.sub(r"^(?:The|This|That|These|It|They|An?)\b", lambda one: one[0].lower(),
                  subject.strip())  # fmt: skip


def _is_thing(text: str) -> bool:
    """Tell whether a subject is a thing with its name, and no clause of its own."""
    words = [one.lower() for one in re.findall(r"[\w'-]+|⟦\d+⟧", text)]
    return len(words) <= 6 and not {"if", "when", "while", "which", "that", "not", "no", "nothing",
                                    "so", "because", "after", "since"} & set(words)  # fmt: skip


def is_kept(part: str) -> bool:
    """Tell whether a sentence only says what is to stay: ``leave the other call as it is``.

    Whether a whole text says so beside what it asks is ``fixes.words.sets_apart``.
    """
    return _STAYS.match(part) is not None


def without_asides(masked: str, codes: Sequence[Fragment]) -> str:
    """Return a masked text without words that the code behind them says again.

    ``Build it from a string — `Money("1.5")` —`` is ``Money("1.5")``: the words name no code, no
    place and no number of places, so that the code says all that they say.
    """
    masked = _MERELY_PLACED.sub("", masked)
    return _APPOSED.sub(lambda match: _said_again(match, codes), masked)


def _said_again(match: re.Match[str], codes: Sequence[Fragment]) -> str:
    shape = codes[int(match["at"])].shape
    if shape not in {Shape.CODE, Shape.STATEMENT} or _COUNTED.search(match["lead"]):
        return match[0]
    return match["code"]
