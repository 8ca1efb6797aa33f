"""What a fix text spells out, what it says is to go, and whether it leaves a doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.instruction.sentences.verbs import verb_of

_PURPOSE = re.compile(
    r",?\s+(?:so\s+that|in\s+order\s+to|because|since|otherwise|to\s+(?:avoid|prevent|ensure|stop"
    r"|keep|make\s+sure))\b[^.;`\"]*",
    re.I,
)
_DOUBT = re.compile(
    r"\b(?:either|neither|unless|until|if|when|while|whether|once\s+the|maybe|perhaps|consider"
    r"|might|could|would|e\.g|for\s+(?:example|instance)|such\s+as|depending|everywhere|throughout"
    r"|was|were|had|used\s+to|previously|earlier|yesterday|try|think|ideally|optionally|roughly"
    r"|about\s+\d|around\s+\d|rename|swap|split|merge|comment|increment|multiply)\b"
    r"|\bor\b(?!\s+(?:later|newer|higher|above|more|upwards|up)\b)"
    r"|\b(?:above|below|over|under|exceed\w*|greater|longer|shorter|fewer|less|higher|lower|bigger"
    r"|smaller|up\s+to|between|than(?<!rather\sthan)(?<!other\sthan)"
    r"(?<!more\sthan))\s+[`\"']?\d"
    r"|(?<!no\s)\bmore\s+than\s+[`\"']?\d|\?|\bby\s+\d",
    re.I,
)
"""A condition, a choice, something that is over, or a bound that is no value."""
_SEVERAL = re.compile(
    r"\b(?:both|all|each|every|two|three|four|five)\s+(?:of\s+)?(?:(?:the|these|those|its|two|three)\s+)*"
    r"(?:jobs?|services?|containers?|stages?|steps?|places?|occurrences?|lines?|spots?|images?|servers?"
    r"|instructions?|locations?|blocks?|sections?|entr(?:y|ies)|calls?|commands?|quer(?:y|ies)|tables?"
    r"|statements?|workflows?|ones|of\s+them|columns?|keys?|files?|packages?|values?|⟦⟧)"
    r"|\bboth\b|\beverywhere\b|\bthroughout\b|\ball\s+of\b",
    re.I,
)
_GOES = re.compile(
    r"\b(?:remove|(?<!\bON )(?<!\bon )delete|drop|strip|omit|discard|unlist|uninstall)\b"
    r"|\bget\s+rid\s+of\b"
    r"|\btake\b[^.;]*?\b(?:off|out|away)\b|\b(?:can|has\s+to|must|should|may|needs?\s+to)\s+(?:go\b"
    r"(?!\s+(?:to|in|into|on|up|down|with))|leave\b|be\s+(?:removed|deleted|dropped|taken\s+out))"
    r"|\bnot\s+needed\b|\bsuperfluous\b|\bneedless\b|\boff\s+the\s+\w+",
    re.I,
)
ASKS = re.compile(
    r"\b(?:should|must|ha(?:s|ve)\s+to|needs?|ought|wants?|deserves?|lacks?|miss(?:es|ing)|belongs?|please"
    r"|(?:is|are)\s+to\b|enough|plenty|suffic\w+|will\s+do|instead|rather|had\s+better|prefer\w*|due"
    r"|(?:is|are)\s+(?:what|the|a|an|all)\b|current\s+\w+\s+is|that\s+is|i\.e\.|hence|thus|therefore"
    r"|let\s+(?:it|that|the)\b|goes?\s+(?:with|in|there|here)|too|as\s+well|without|does|may)\b|,\s+not\b|\band\s+not\b",
    re.I,
)
"""Words that want something."""
_INNER = r"[\w@$%./:=<>~^*+,{}\[\]()|-]"
TOKEN = re.compile(
    r"`(?P<ticked>[^`]+)`|\"(?P<double>[^\"\n]+)\"|(?<!\w)'(?P<single>[^'\n]+)'(?!\w)"
    r"|(?<![\w-])(?P<option>--?[A-Za-z][\w-]*(?:=[^\s,;)]*[^\s,;.):])?(?![\w-]))"
    r"|(?<![\w.$-])(?P<given>[A-Za-z_]\w*=(?!=)(?:\$\([^()\n]*\)|[^\s,;]*))"
    r"|(?<![\w-])(?P<policy>unless-stopped|on-failure)(?![\w-])"
    r"|(?<![\w.@/:-])(?P<coded>(?:[<>=~^!]{1,2}[@:]?|[@:/.~]{1,2}|(?!(?:i\.e|e\.g)\b)"
    r"(?=[^\s,;()]*(?:[\d_/@$]|\.\w)))"
    r"(?=[\w$])[\w@$%./:=<>~^*+-]*[\w*%])"
)
"""A piece of a sentence that is no word of it."""
_OLD = (
    r"(?:\b(?:not|never|instead\s+of|rather\s+than|in\s+place\s+of|other\s+than|from(?!\s+\S+\s+on(?:wards)?\b)|replacing"
    r"|replace|no\s+longer|over)\s+(?:(?:the|a|an|just|plain|bare|at|on|with|to|by)\s+)*"
    r"(?:[a-z]+\s+)?)"
)
_GONE = re.compile(
    r"^\s*(?:breaks?|fails?|crashes|hangs|waits)\b|^\s*(?:,?\s*(?:and|or)\s+\S+\s+)?(?:is|are|has|have|must|can|should)\s+(?:been\s+)?"
    r"(?:gone|broken|past|over|too|not|no|far|never|unsupported|obsolete|outdated|old|go\b|leave|forever)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a fix text that is code by its look: where it stands, and how it was marked."""

    text: str
    start: int
    end: int
    marked: bool
    """In backticks or quotes."""
    old: bool
    """The sentence says that it gives way, or how things are."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A fix text on one line: its pieces of code, its other words, and whether something goes."""

    text: str
    told: tuple[Told, ...]
    words: tuple[str, ...]
    goes: bool

    @property
    def asks(self) -> bool:
        """Tell whether the text wants something, and does not only say how things are.

        It may say so by a word, begin with a verb, set its code off by a colon, or be code alone.
        """
        if ASKS.search(self.text) or len(self.words) <= len(self.told) + 1:
            return True
        heads = re.findall(r"(?:^|[.;:,]\s+|,\s+(?:so|and)\s+)([A-Za-z]+)\b", self.text)
        if self.goes or any(is_order(one.lower()) for one in heads):
            return True
        return any(
            re.search(r"(?::|;|\.|,(?:\s+so)?)\s+[\"'`(]*$", self.text[: one.start])
            and not self.text[one.end :].strip(" .\"'`);")
            for one in self.told
        )

    @property
    def news(self) -> tuple[Told, ...]:
        """The pieces that are to be written."""
        return tuple(one for one in self.told if not one.old)

    @property
    def olds(self) -> tuple[Told, ...]:
        """The pieces that the text says are there now."""
        return tuple(one for one in self.told if one.old)

    def says(self, name: str) -> bool:
        """Tell whether a name, or the last part of one, stands in the text as a word."""
        parts = {name, name.rpartition("/")[2], name.rpartition(".")[2]}
        return any(
            re.search(rf"(?<![\w@/-]){re.escape(one)}(?![\w/-])", self.text, re.I)
            for one in parts
            if len(one) > 1
        )


_ORDERS = frozenset(
    {"freeze", "take", "let", "switch", "turn", "hand", "mount", "build", "deploy", "bind", "give"}
    | {
        "grant",
        "put",
        "say",
        "tell",
        "list",
        "pass",
        "nail",
        "lock",
        "publish",
        "restrict",
        "allow",
    }
)


def is_order(word: str) -> bool:
    """Tell whether a word in front of a sentence tells to do something."""
    return not word.endswith("ing") and (word in _ORDERS or verb_of(word) is not None)


def saying_of(said: str) -> Saying | None:
    """Return what ``said`` spells out; None where it leaves a doubt or names several places."""
    text = _PURPOSE.sub("", " ".join(said.split())).strip().rstrip(".")
    bare = _CALL.sub("⟦⟧", text)
    bare = TOKEN.sub(lambda one: one[0] if re.fullmatch(r"\d\S*", one[0]) else "⟦⟧", bare)
    if _DOUBT.search(bare) or _SEVERAL.search(bare):
        return None
    told = tuple(_told(text, one) for one in TOKEN.finditer(text))
    if _asks_more(text, told):
        return None
    words = tuple(one.lower() for one in re.findall(r"[A-Za-z][\w-]*", TOKEN.sub(" ", text)))
    return Saying(text, told, words, _GOES.search(bare) is not None)


_CALL = re.compile(r"\b[A-Z]{4,}\s*\((?:[^()]|\([^()]*\))*\)")
_MORE = re.compile(
    r"\s+and\s+(?!(?:not|never|no\s+longer)\b)|;\s+(?:also|then)\b|\balso\s+(?:add|set|make)\b",
    re.I,
)


def _asks_more(text: str, told: tuple[Told, ...]) -> bool:
    """Tell whether something is asked for in words behind the last piece of code."""
    news = [one for one in told if not one.old]
    if not news:
        return False
    behind = text[max(one.end for one in told) :]
    if _MORE.search(behind.partition(".")[0]):
        return True
    heads = re.findall(r"(?:^|[.;:]\s+)([A-Za-z]+)\b", behind)
    return any(verb_of(one.lower()) is not None for one in heads)


def _told(text: str, match: re.Match[str]) -> Told:
    marked = match["ticked"] or match["double"] or match["single"]
    before = text[: match.start()]
    old = re.search(rf"{_OLD}$", before, re.I) is not None and not re.search(
        r"\bnot\s+only\s+$|\bfrom\s+(?:now|here)\s+", before, re.I
    )
    old = old or re.search(r"\b(?:now|currently|today)\s+$", before, re.I) is not None
    if re.match(r"\s+on(?:wards)?\b,?", text[match.end() :]) and re.search(r"\bfrom\s+$", before):
        old = False
    old = old or _GONE.match(text[match.end() :]) is not None
    return Told(marked or match[0], match.start(), match.end(), marked is not None, old)
