"""Say in the imperative what a fix text asks for in any other mood: *could you*, *X must go*.

A sentence asks for the same whether it orders, proposes, asks or obliges; only its grammar differs.
So each mood is brought to the imperative by its grammar alone, and what is asked stays word for
word as it was. A sentence in no such mood, and one whose verb is not known in the form it needs, is
returned as it is. Code in quotes is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mendbook.fixes.instruction.sentences.questions import proposed_by
from mendbook.fixes.instruction.sentences.verbs import VERBS, verb_of
from mendbook.text.lead_ins import LIST_MARK
from mendbook.text.word_forms import verbs_of_gerund, verbs_of_participle

_QUOTED = re.compile(r"`[^`]*`|(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"")
_SENTENCE_END = re.compile(
    r"((?<=[\w)\]}\x00\"'][.!?;])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bviz\.)\s+|\n+)"
)
_EASED = (
    r"(?:(?:also|please|just|simply|rather|really|instead|maybe|perhaps|better|always|only)\s+)*"
)
_LEAD = re.compile(
    rf"(?:{LIST_MARK}\s+|(?:nit|minor|suggestion|todo|note|remark)\s*(?::|[-–—])\s+"
    r"|(?:hmm+|so|hence|therefore|here|instead|then|please)\s*,?\s+)+",
    re.IGNORECASE,
)
_OUGHT = (
    r"(?:should|must|shall|ought\s+to|needs?\s+to|has\s+to|have\s+to|had\s+better|(?:is|are)\s+to)"
)
_BEST = r"(?:better|best|safer|cleaner|simpler|easier|enough|good|nicer|wiser|cheaper|worth)"
_VERB = r"(?P<verb>[A-Za-z][a-z-]+)"
_DOING = r"(?P<doing>[A-Za-z][a-z-]+ing)"
_WHAT = r"(?P<what>\s.+)"
_MOODS = tuple(
    re.compile(form + _WHAT, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:(?:I|we)(?:\s+would|['’]d)?\s+)?(?:suggest|recommend|propose|advise|vote\s+for)\s+{_DOING}",
        rf"(?:could|can|would|will|shall)\s+(?:you|we|I)\s+{_EASED}{_VERB}",
        rf"(?:you|we|I|one|somebody|someone)\s+(?:should|must|need\s+to|have\s+to|ought\s+to|could"
        rf"|can|would|want\s+to|(?:may|might)\s+want\s+to)\s+{_EASED}{_VERB}",
        rf"(?:you|we|I)(?:'d|’d)\s+(?:better\s+|like\s+to\s+|rather\s+)?{_EASED}{_VERB}",
        rf"(?:let's|let’s|let\s+us|let\s+me)\s+{_EASED}{_VERB}",
        rf"why\s+(?:not|don't\s+we)\s+{_EASED}{_VERB}",
        rf"(?:the\s+)?(?:\w+\s+)?(?:fix|remedy|solution|cure|change|way\s+out|answer|thing)\s+"
        rf"(?:here\s+)?(?:is|would\s+be)\s+(?:simply\s+|just\s+)?to\s+{_EASED}{_VERB}",
        rf"(?:it|this|that)\s+(?:is|would\s+be|['’]d\s+be)\s+{_BEST}\s+to\s+{_VERB}",
        rf"(?:all|what)\s+(?:is|it)\s+(?:needed|takes|needs)\s+is\s+to\s+{_VERB}",
        rf"{_BEST}(?:\s+(?:to|would\s+be\s+to))\s+{_VERB}",
        rf"(?:make\s+sure|be\s+sure|remember|please|it\s+is\s+time|time|take\s+care|don['’]t\s+forget"
        rf"|do\s+not\s+forget|we\s+need|need|you\s+need)\s+to\s+{_EASED}{_VERB}",
        rf"(?:my\s+|the\s+)?(?:suggestion|proposal|recommendation|advice|fix|remedy|solution)\s*"
        rf"(?::|is|would\s+be)\s+{_DOING}",
        rf"(?:how|what)\s+about\s+{_DOING}",
        rf"(?:worth|try|start\s+by|begin\s+by)\s+{_DOING}",
    )
)
_SUFFICES = re.compile(
    rf"{_DOING}{_WHAT[:-1]}?)\s+(?:(?:would|will|should|does)\s+(?:fix|solve|cure|do|help|suffice|be"
    r"\s+(?:enough|sufficient|better|safer|best))|fixes|solves|cures|suffices|helps|is\s+(?:enough"
    r"|sufficient|better|safer|best))(?:\s+(?:it|this|that|the\s+(?:problem|issue|bug|leak|race)))?",
    re.IGNORECASE | re.DOTALL,
)
_WORD = r"(?:[\w$.'’/@#-]+(?:\(\))?|\x00+)"
_STOPS = (
    r"(?!(?:it|this|that|they|these|those|which|who|there|nothing|nobody|no|if|when|while|because"
    r"|since|is|are|was|has|have|can|cannot|not|never|and|or|but|so|to)\b)"
)
_THING = (
    rf"(?P<thing>(?:(?:the|an?|every|each|both|all|its|this|that)\s+)?(?:{_STOPS}{_WORD})"
    rf"(?:\s+(?:(?:of|in|from|on|for|and)\s+(?:the\s+)?)?{_STOPS}{_WORD}){{0,5}})"
)
_EVER = r"(?:(?:also|both|all|instead|then|only|simply|just|really|always|first|now)\s+)*"
_OBLIGED = re.compile(
    rf"{_THING}\s+(?:{_OUGHT}\s+{_EVER}be\s+{_EVER}(?P<done>[a-z-]+)"
    r"|(?:needs?|wants?|deserves?|requires?)\s+(?P<doing>[a-z-]+ing)"
    r"|(?:can|may|could)\s+(?:safely\s+)?be\s+(?P<gone>removed|deleted|dropped|inlined))"
    r"(?P<rest>(?:\s.*)?)",
    re.IGNORECASE | re.DOTALL,
)
_SO = re.compile(
    r"(?P<why>(?:(?<=^)|(?<=[.!?;]\s))[^.!?;\n]+?),\s+(?:and\s+)?(?:so|hence|thus|therefore"
    r"|which\s+is\s+why|that['’]s\s+why),?\s+(?:please\s+)?"
    rf"(?=(?P<then>(?:{'|'.join(sorted(VERBS))}|(?:we|you)\s+(?:should|must|need)|let['’]s)\s))",
    re.IGNORECASE,
)
"""A reason and what follows from it; not where the reason itself tells something to do."""
_Spans = tuple[tuple[int, int], ...]
_Mood = Callable[[str], tuple[str, _Spans] | None]
"""Reads a sentence: the verb of what it asks for, and where the rest of that stands in it."""
_ALIKE = frozenset({"set", "put", "cut", "read", "split"})
"""Participles that are also words of code: *should be set -eu* gives a line."""
_GOES_ON = re.compile(
    r"\s*(?:$|[,:(]|(?:to|in|into|from|as|at|by|with|on|for|before|after|above|below|once|only)\b)",
    re.IGNORECASE,
)


_ON = r"(?:[^.;\n]|\.(?=\d))+?"
_EARLY = re.compile(
    rf"(?P<whole>\b(?:[Ii]f|[Ww]hen)\s{_ON},\s+(?:return|throw|raise|skip)\s{_ON}),?\s+"
    r"(?:first|early|up\s+front|at\s+once|beforehand|right\s+away|before\s+"
    r"(?:(?:it|anything|something|that)\s+(?:is|gets)\s+[a-z]+"
    r"|the\s+(?:division|rest|work|computation|calculation|sum)))(?=\s*(?:$|[.;]))"
)
"""A guard that is told to come before what it guards, which every guard does."""


def as_orders(text: str) -> str:
    """Return a fix text with each sentence that asks or proposes as an order or a wish."""
    return _EARLY.sub(r"\g<whole>", _sentences(_answered(text), _asked))


def obliged_as_orders(text: str) -> str:
    """Return a fix text with each sentence that says what must be done to a thing as an order."""
    return _sentences(text, _obliged)


def reasons_apart(text: str) -> str:
    """Return a text whose reasons are sentences of their own: *it leaks, so close it*."""
    masked = hidden(text)
    for match in reversed([*_SO.finditer(masked)]):
        first = re.match(r"[A-Za-z-]+", masked[match.start("why") :])
        if first is not None and verb_of(first[0]) is not None and not first[0].endswith("ing"):
            continue
        at, then = match.end("why"), match.start("then")
        text = f"{text[:at]}. {text[then].upper()}{text[then + 1 :]}"
    return text


def _answered(text: str) -> str:
    """Return a text with each question that proposes something as a statement."""
    masked = hidden(text)
    out, at = [], 0
    for start, stop in sentence_spans(masked):
        said = proposed_by(text[start:stop], masked[start:stop])
        out += [text[at:start], said or text[start:stop]]
        at = stop
    return "".join([*out, text[at:]])


def _sentences(text: str, mood: _Mood) -> str:
    masked = hidden(text)
    out, at = [], 0
    for start, stop in sentence_spans(masked):
        out += [text[at:start], _order(text[start:stop], masked[start:stop], mood)]
        at = stop
    return "".join([*out, text[at:]])


def sentence_spans(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends in a text whose quotes are masked (``hidden``)."""
    at = 0
    for gap in _SENTENCE_END.finditer(masked):
        yield at, gap.start()
        at = gap.end()
    yield at, len(masked)


def hidden(text: str) -> str:
    """Return a text of the same length with what is quoted masked."""
    return _QUOTED.sub(lambda match: "\x00" * len(match[0]), text)


def _order(sentence: str, masked: str, mood: _Mood) -> str:
    """Return one sentence as an order; ``masked`` is the same with what is quoted masked."""
    lead = _LEAD.match(masked)
    start = lead.end() if lead is not None else 0
    stop = len(masked.rstrip(" .;!?"))
    bare = masked[start:stop]
    said = mood(bare)
    if said is None and start and mood is _asked:
        said = _bare_order(bare)
    if said is None:
        return sentence
    verb, pieces = said
    rest = "".join(sentence[start + first : start + last] for first, last in pieces)
    rest = _ARTICLE.sub(lambda match: match[0].lower(), rest.strip())
    end = sentence[stop:].replace("?", ".").replace("!", ".")
    return f"{verb[:1].upper()}{verb[1:]} {rest}{end}"


_ARTICLE = re.compile(r"(?:The|An?|Its|This|That|Each|Every|Both|All)(?=\s)")


def _bare_order(bare: str) -> tuple[str, _Spans] | None:
    """Return an order as it stands: what led on to it is left out."""
    match = re.match(rf"{_VERB}(?=\s)", bare)
    if match is None or match["verb"].lower() not in VERBS:
        return None
    return match["verb"], ((match.end(), len(bare)),)


def _asked(bare: str) -> tuple[str, _Spans] | None:
    """Return the verb that a sentence asks for, and where the rest of what it asks stands."""
    for mood in (*_MOODS, _SUFFICES):
        match = mood.fullmatch(bare)
        if match is None:
            continue
        told = match.groupdict()
        verb = told["verb"].lower() if told.get("verb") else verb_of_gerund(told["doing"])
        if verb is not None and verb not in {"be", "have", "not"}:
            return verb, (match.span("what"),)
    return None


def _obliged(bare: str) -> tuple[str, _Spans] | None:
    """Return what is to be done to a thing: *X must be removed from Y* as *remove X from Y*."""
    match = _OBLIGED.fullmatch(bare)
    if match is None:
        return None
    form = match["done"] or match["gone"]
    verb = _of_participle(form) if form else verb_of_gerund(match["doing"])
    if verb is None or (form in _ALIKE and not _GOES_ON.match(match["rest"])):
        return None
    return verb, (match.span("thing"), match.span("rest"))


def _of_participle(word: str) -> str | None:
    """Return the verb of a participle; None for one that is not known."""
    return next((one for one in verbs_of_participle(word) if one in _KNOWN), None)


def verb_of_gerund(word: str) -> str | None:
    """Return the verb of a gerund; None for one that is not known."""
    return next((one for one in verbs_of_gerund(word) if one in _KNOWN), None)


_KNOWN = VERBS.keys() | {"bind", "inline", "pin", "validate", "escape", "write"}
