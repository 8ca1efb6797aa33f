"""Split a fix text into clauses, and a clause into its verb and the phrases around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mendbook.fixes.instruction.fragments import Fragment, Shape, scan
from mendbook.fixes.instruction.ledger import (
    Account,
    Entry,
    dropped,
    entry,
    may_ask,
    taken_out,
    unmasked,
)
from mendbook.fixes.instruction.rephrased import rephrased, rephrased_whole
from mendbook.fixes.instruction.said import is_fact, is_kept, without_asides
from mendbook.fixes.instruction.verbs import ADVERBS, Verb, verb_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands behind one preposition: its words in lower case, and its code."""

    preposition: str
    """Empty for the object of the verb."""
    words: tuple[str, ...] = ()
    codes: tuple[Fragment, ...] = ()
    spelled: tuple[str, ...] = ()
    """The words as they are written."""

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is said here."""
        return any(word in self.words for word in words)

    @property
    def code(self) -> Fragment | None:
        """The first fragment."""
        return self.codes[0] if self.codes else None


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a fix text tells to do."""

    text: str
    """As written, for messages."""
    verb: Verb
    word: str
    """The verb as written, in lower case."""
    phrases: tuple[Phrase, ...]

    @property
    def object(self) -> Phrase:
        """What the verb acts on."""
        found = next((one for one in self.phrases if not one.preposition), None)
        return found or Phrase("")

    def behind(self, *prepositions: str) -> Phrase | None:
        """Return the first phrase that one of ``prepositions`` begins."""
        return next((one for one in self.phrases if one.preposition in prepositions), None)

    def all_behind(self, *prepositions: str) -> list[Phrase]:
        """Return every phrase that one of ``prepositions`` begins."""
        return [one for one in self.phrases if one.preposition in prepositions]

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the clause, in lower case, the verb first."""
        return (self.word, *(word for one in self.phrases for word in one.words))

    @property
    def codes(self) -> tuple[Fragment, ...]:
        """All fragments of the clause, in order."""
        return tuple(code for one in self.phrases for code in one.codes)

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is said."""
        return any(word in self.words for word in words)


PREPOSITIONS = (
    "instead of", "in place of", "rather than", "in favour of", "in favor of", "in front of",
    "ahead of", "prior to", "on top of", "such as", "as part of", "at the top of", "at the end of",
    "at the start of", "at the beginning of",
    "in", "into", "inside", "within", "to", "onto", "on", "at", "before", "after", "from", "with",
    "by", "of", "for", "around", "under", "via", "using", "without", "as", "when", "whenever",
    "if", "unless", "where", "above", "below", "behind", "through", "while", "over",
)  # fmt: skip
_PLACES = "|".join(re.escape(one) for one in sorted(PREPOSITIONS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<code>⟦\d+⟧)|(?P<prep>\b(?:{_PLACES})\b)|(?P<word>[\w'’/-]+)|(?P<mark>[:(),—–→])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[.;!?])\s+(?=\S)|;\s*|\n+(?:\s*[-*•]\s+|\s*\d+[.)]\s+)?|\s+[—–]\s+|\s+-\s+(?=[a-z])"
)
_PURPOSE = re.compile(
    r",?\s*\b(?:so that|so the|so it|so a|in order to|to avoid|to prevent|to ensure|to make sure"
    r"|to keep|to stop|to allow|to guarantee|because|since it|since the|otherwise|as it is|as it"
    r"|which|thereby|to match|to be safe|to fail|to satisfy|to silence|to reflect|to reduce the"
    r"|to surface|to let|to protect|to bound|to free)\b.*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:the\s+)?"
    r"(?:(?:literal|value|constant|number|type|call|field|option|parameter|call of)\s+)?"
    r"(?P<subject>⟦\d+⟧|(?:log |error |return |status |response |default |http )?[\w$]+)"
    r"(?:\s+(?:field|parameter|property|option|constant))?\s+"
    r"(?P<verb>becomes|gets|should be|must be|should say|should read|should become|→|->"
    r"|needs|should have|should use)\s+",
    re.IGNORECASE,
)
_STOP = {"and", "or", "a", "an", "the", "its", "their", "this", "that", "it", "them"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A fix text as clauses, with what was only said about them."""

    clauses: tuple[Clause, ...]
    ledger: tuple[Entry, ...] = ()
    """Every piece of the text, in order, and what it is taken for."""
    codes: tuple[Fragment, ...] = ()
    unwanted: tuple[Fragment, ...] = ()
    """What the text says to avoid."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is only said about the code."""
        said = {Account.REASON, Account.STAYS}
        return tuple(one.text for one in self.ledger if one.account in said)

    @property
    def unread(self) -> tuple[str, ...]:
        """What may tell to do something, and is not read."""
        return tuple(one.text for one in self.ledger if one.account is Account.OPEN)


def read(text: str) -> Reading:
    """Return the clauses of a fix text, in order.

    No split is made within code, quotes or brackets. A sentence without a verb that the table
    knows is a remark.
    """
    masked, codes = scan(_plain(text.strip()))
    masked = _ALWAYS_RUNS.sub(r"\g<lead> and call \g<code> in finally", masked)
    masked = re.sub(r",\s+not\s+(?=⟦\d+⟧\s*(?:$|[.;]))", " instead of ", masked)
    masked = _CALLED_SO.sub(r"rename \1 to \2", masked)
    for told, plain in _LISTS:
        masked = told.sub(plain, masked)
    whole = _ONE_WORD.sub(r"\1", masked)
    masked = without_asides(whole, codes)
    masked = _THAT_IS.sub(lambda found: "(" if found[0][0] == "(" else ": ", masked)
    clauses: list[Clause] = []
    ledger = list(taken_out(whole, masked, codes))
    remark = head = ""
    for sentence in _SENTENCE.split(masked):
        place, rest = _headed(sentence, codes)
        if place is not None:
            ledger.append(entry(Account.STEP, place, codes))
            head = head if rest else place
        whole_step = rephrased_whole(_bare(rest))
        parts = [_bare(rest)] if whole_step else list(_parts(_bare(rest), codes))
        for said in parts:
            part = _placed(whole_step or rephrased(said), (place if rest else None) or head, codes)
            stated = is_kept(part) or (_has_gerund(part) and is_fact(part))
            clause = None if stated else _clause(_meant(part, remark), codes)
            if clause is not None:
                clauses.append(_spelled_out(_referring(clause, remark, codes)))
                ledger.append(entry(Account.STEP, said, codes))
            elif part.strip():
                account = _account(part, begun=bool(clauses))
                remark = part if account is not Account.OPEN else remark
                ledger.append(entry(account, part, codes))
        ledger += dropped(rest, parts, codes)
    avoided = tuple(codes[int(found[1])] for found in _AVOIDED.finditer(masked))
    return Reading(tuple(clauses), tuple(ledger), codes, avoided)


def _headed(sentence: str, codes: tuple[Fragment, ...]) -> tuple[str | None, str]:
    """Return the place that a sentence begins with, and the rest; no place where it has none."""
    found = _HEAD.fullmatch(sentence.strip())
    if found is None:
        return None, sentence
    shape, rest = codes[int(found["at"])].shape, found["rest"]
    first = re.match(r"[A-Za-z-]+", rest)
    tells = not rest or (first is not None and verb_of(first[0]) is not None)
    tells = tells or _INSTEAD.match(rest) is not None
    if shape not in {Shape.LINES, Shape.NAME} or not tells:
        return None, sentence
    return f"⟦{found['at']}⟧", rest


def _placed(part: str, head: str, codes: tuple[Fragment, ...]) -> str:
    """Return a part with the place that stands at the head of it; lines are the evidence's own."""
    lines = bool(head) and codes[int(head[1:-1])].shape is Shape.LINES
    within = not head or lines or re.match(rf"(?:{_PLACES})\b[^,]*,", part, re.IGNORECASE)
    return part if within or not part.strip() else f"in {head}, {part.strip()}"


def _account(part: str, begun: bool) -> Account:
    """Return what a sentence without a clause is taken for; ``begun``: behind a clause."""
    if is_kept(part):
        return Account.STAYS
    if not begun and _GOAL.match(part) is not None:
        return Account.REASON
    if re.fullmatch(r"\s*(?:[\w'-]+\s*){1,3}:\s*", part):  # a label: *Before:*
        return Account.REASON
    said = _is_remark(part) or is_fact(part) or _DESCRIBED.match(part) is not None
    return Account.REASON if said and not may_ask(part) else Account.OPEN


def _bare(sentence: str) -> str:
    """Return a sentence without its end, and without brackets that hold it whole."""
    bare = sentence.strip(" .;,")
    whole = re.fullmatch(r"\(([^()⟦]*⟦\d+⟧[^()]*|[^()⟦]+)\)", bare)
    return whole[1].strip(" .;,") if whole is not None else bare


_NUMBERED = re.compile(r"(?:^|(?<=[.;:!?])\s+|\n)\s*\(?(?:\d|[a-c])\)\s+(?=[A-Za-z`])")
"""The number of an item of a list within a line."""
_HEAD = re.compile(
    r"(?:(?:in|inside|within|for|at|on)\s+)?(?:(?:the|method|function)\s+)*⟦(?P<at>\d+)⟧"
    r"(?:\s+(?:method|function|class|handler|component))?\s*:\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A place in front of what is to be done there: ``In `send`:``."""
_THAT_IS = re.compile(
    r"\(\s*(?:i\.e\.|that is),?(?: to say,?)?\s+|,?\s*\b(?:i\.e\.|namely|viz\.),?\s+", re.I
)
_ALWAYS_RUNS = re.compile(
    r"(?P<lead>\btry\s*/\s*finally\b[^.;]*?),?\s+so(?: that)?\s+(?P<code>⟦\d+⟧)\s+"
    r"(?:is\s+)?(?:always|still|also|in any case)\b[^.;⟦]*",
    re.IGNORECASE,
)
"""What a clean-up is told for in a purpose: it is the call that ``finally`` makes."""
_CALLED_SO = re.compile(
    r"(⟦\d+⟧)\s+(?:should|must|ought to)\s+be\s+(?:called|named|renamed(?:\s+to)?)\s+(⟦\d+⟧)", re.I
)
_NTH = r"first|second|third|fourth|fifth|last|final|\d(?:st|nd|rd|th)"
_LISTS = (
    (re.compile(r"(?<=⟧)(?:/|,?\s+(?:as well as|(?:along|together) with|plus|&)\s+)"
                r"(?=(?:the\s+)?⟦)", re.I), " and "),
    (re.compile(r"(?<=⟧)\s*\(\s*(?:and|plus|as well as|(?:along|together) with)\s+"
                r"([^()]*⟦[^()]*)\)", re.I), r" and \1"),
    (re.compile(r"\bnot only (⟦\d+⟧),? but(?: also)? (⟦\d+⟧)", re.I), r"both \1 and \2"),
    (re.compile(rf"\b({_NTH}) (?:occurrence|instance|mention|appearance) of (?:the )?(?=⟦)", re.I),
     r"\1 "),
    (re.compile(rf"\b({_NTH}) call (?:of|to) (?:the )?(⟦\d+⟧)", re.I), r"\1 \2 call"),
)  # fmt: skip
"""Lists and counts in other words, and as they are read."""
_DESCRIBED = re.compile(
    r"(?:all|both|most|many|some|the|other|others|such|these|those|each|every|one)\s[^⟦]*$", re.I
)
"""What has a subject, and names no code: it tells of something."""
_ONE_WORD = re.compile(r"\b(?:for|while|with|if)[ -](loop|block|statement|condition)\b", re.I)
"""What is named by two words, the first of which begins a phrase elsewhere."""


def _has_gerund(part: str) -> bool:
    return re.match(r"[A-Z][a-z]+ing\b", part) is not None


_GOAL = re.compile(
    r"(?!⟦)(?:[\w'-]+\s+){1,4}?(?:should|must|ought to|needs? to)\s[^⟦]*$", re.IGNORECASE
)
"""What must hold, said without code before the step that makes it so."""
_AVOIDED = re.compile(
    r"\b(?:avoid|never|don't|do not)\s+(?:us(?:e|ing)\s+|call(?:ing)?\s+)?(?:the\s+)?⟦(\d+)⟧",
    re.IGNORECASE,
)


def _meant(part: str, remark: str) -> str:
    """Return ``it should be X`` with what the remark before it speaks of for ``it``."""
    said = re.match(r"it\s+(?=(?:should|must) (?:be|say|read|become)\b)", part, re.IGNORECASE)
    about = _ABOUT.match(remark) if said is not None else None
    if said is None or about is None or not re.match(r"the\s", about["subject"], re.IGNORECASE):
        return part
    return f"{about['subject']} {part[said.end() :]}"


def _referring(clause: Clause, remark: str, codes: tuple[Fragment, ...]) -> Clause:
    """Return a clause about ``it`` as one about what the remark before it speaks of."""
    target = clause.object
    about = _ABOUT.match(remark) or _DOES.match(remark)
    if _is_said_kind(clause) and (found := re.match(r"⟦(\d+)⟧\s", remark)) is not None:
        told = replace(target, codes=(codes[int(found[1])],))
        return replace(
            clause, phrases=tuple(told if one is target else one for one in clause.phrases)
        )
    if target.codes or target.words[:1] not in {("it",), ("this",), ("them",)} or about is None:
        return clause
    if about["subject"].lower() in {"it", "this", "that", "nothing", "there", "they"}:
        return clause
    subject = _phrases(about["subject"], codes)
    phrases = [one for one in clause.phrases if one is not target]
    return replace(clause, phrases=(*subject, *phrases))


def _is_said_kind(clause: Clause) -> bool:
    """Tell whether a clause takes away what it calls by its kind alone: ``drop the parameter``."""
    target = clause.object
    named = target.words in {("the", one) for one in _KINDS}
    return clause.verb is Verb.REMOVE and named and not target.codes


_KINDS = ("parameter", "argument", "field", "import", "method", "function", "property", "class")


def _spelled_out(clause: Clause) -> Clause:
    """Return ``a limit of 8 seconds (`limit=8`)`` as ``limit=8``: the brackets say it in code."""
    if (valued := _revalued(clause)) is not None:
        return valued
    aside = clause.behind("(")
    if clause.verb not in {Verb.ADD, Verb.SET} or aside is None or clause.object.codes:
        return clause
    told = aside.codes[0] if len(aside.codes) == 1 and not aside.words else None
    others = [one for one in clause.codes if one is not told]
    if told is None or told.shape is not Shape.PAIR:
        return clause
    if not all(one.shape is Shape.NUMBER and _as_number(told) == _as_number(one) for one in others):
        return clause
    target = replace(clause.object, codes=(told,))
    rest = [one for one in clause.phrases if one not in {clause.object, aside}]
    rest = [one for one in rest if not set(one.codes) & set(others)]
    return replace(clause, phrases=(target, *rest))


def _revalued(clause: Clause) -> Clause | None:
    """Return ``change `size=64` to 8`` as ``set `size=8```; None for another clause."""
    old, target = clause.object, clause.behind("to")
    if clause.verb is not Verb.REPLACE or target is None or len(clause.codes) != 2:
        return None
    pair, value = old.code, target.code
    if pair is None or value is None or pair.shape is not Shape.PAIR or target.words:
        return None
    if value.shape not in {Shape.NUMBER, Shape.TEXT, Shape.NAME} or not pair.value:
        return None
    lead = pair.text[: pair.text.rindex(pair.value)]
    told = Fragment(f"{lead}{value.text}", Shape.PAIR, pair.quoted)
    rest = [one for one in clause.phrases if one not in {old, target}]
    return replace(clause, verb=Verb.SET, phrases=(replace(old, codes=(told,)), *rest))


def _as_number(code: Fragment) -> float | None:
    try:
        return float(code.value or code.text)
    except ValueError:
        return None


_IDIOMS = (
    (r"\bget(?:ting)? rid of\b", "remove"),
    (r"\bdo away with\b", "remove"),
    (r"\b(?:take|leave|cut|rip) out\b", "remove"),
    (r"\bmake use of\b", "use"),
    (r"\bswitch(?: over)? (?=(?:from )?\S+ to\b)", "change "),
    (r"\bswitch(?: over)? to\b", "use"),
    (r"\b(?:swap|trade)(?: out)? (.{1,80}?) for\b", r"replace \1 with"),
    (r"\bgive (\S+) a(?: \w+)? name:? (?=`?(?-i:[A-Z][A-Z_]{2,}))", r"extract \1 to the constant "),
    (r"\bturn off\b", "disable"),
    (
        r"\b(?:start|begin) (?:the|this) (?:function|method|handler|body) with:? $",
        "add at the top of the function: ",
    ),
    (r"\b(?:bring|take|turn|dial|cut|scale) (\S+) (?:down|up|back) to\b", r"change \1 to"),
    (r"\bbail out\b", "return"),
    (r"(?:^|(?<=[.;] )|\b(?<=should )|\b(?<=must ))no longer (\w+)\b", r"stop \1"),
    (r"^missing (?=$|(?:await|return|break)\b)", "add "),
    (r"^(?:forgot|forgets) to (?=\w)", ""),
    (r"\bearly[- ]return\b", "return early"),
    (r"^should (?=[a-z]{3,} )", ""),
    (r"\bnullish coalescing(?: operator)?\b(?! ?\()", "`??`"),
    (r"\bstrict (?:equality|comparison)(?: operator)?\b(?! ?\()", "`===`"),
    (r"\bstrict inequality(?: operator)?\b(?! ?\()", "`!==`"),
    (r"\breturn early with\b", "return"),
)


def _plain(text: str) -> str:
    """Return ``text`` with verbs of several words as the one word that they mean."""
    quoted = re.split(r"(`[^`]*`|'[^'\n]*'|\"[^\"\n]*\")", text)
    for at in range(0, len(quoted), 2):
        quoted[at] = _NUMBERED.sub(" " if at else "", quoted[at])
        for idiom, plain in _IDIOMS:
            quoted[at] = re.sub(
                idiom, lambda found, p=plain: _cased(found, p), quoted[at], flags=re.I
            )
    return "".join(quoted)


def _cased(found: re.Match[str], plain: str) -> str:
    written = found.expand(plain)
    return written[:1].upper() + written[1:] if found[0][:1].isupper() else written


def _parts(sentence: str, codes: tuple[Fragment, ...]) -> Iterator[str]:
    """Yield the clauses of one sentence: split where another verb begins one."""
    sentence = _PURPOSE.sub("", sentence)
    lead = re.match(r"^(?P<lead>[^:]*):\s+(?P<rest>.+)$", sentence, re.DOTALL)
    if lead is not None and _is_header(lead["lead"], lead["rest"]):
        yield from _parts(lead["rest"], codes)
        return
    how = _HOW.match(sentence)
    if how is not None and verb_of(how["how"]) and verb_of(how["word"]) is not Verb.REPLACE:
        yield from _parts(how["rest"], codes)
        return
    begin = 0
    for found in re.finditer(
        r",?\s+(?:and(?:\s+then)?|then|but)\s+|,\s+(?!and\s|then\s|or\s)", sentence
    ):
        rest = sentence[found.end() :]
        if found[0].strip() == "," and _is_place(sentence[begin : found.start()]):
            continue
        whole = _depth(sentence[begin : found.start()]) == 0
        if whole and _begins(rest, codes, comma=found[0].strip() == ","):
            yield sentence[begin : found.start()]
            begin = found.end()
    yield sentence[begin:]


def _is_place(text: str) -> bool:
    """Tell whether ``text`` only says where or when: ``before logging``."""
    first = re.match(rf"\s*(?:{_PLACES})\b", text, re.IGNORECASE)
    return first is not None and verb_of(first[0].strip()) is None


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


def _is_header(lead: str, rest: str) -> bool:
    """Tell whether what stands before a colon only announces the clauses behind it."""
    first = re.match(r"[\w'-]+", rest)
    if _SUBJECT.match(rest):
        return True
    said = re.match(r"[\w'-]+", lead.strip())
    known = verb_of(said[0]) if said else None
    verb = verb_of(first[0]) if first else None
    plain = "⟦" not in lead or is_fact(lead)
    if known is None and re.match(r"⟦\d+⟧", rest) and plain and " and " not in lead:
        return True
    if "⟦" not in lead and re.match(r"(?:if|when|unless)\s[^,]+,\s+[a-z]", rest):
        return True
    if verb is None and known is None and _INSTEAD.search(rest):
        return "⟦" not in lead or _warns(lead)
    if verb is None or first is None or first[0][0].isupper():
        return False
    if "⟦" in lead:
        return _is_remark(lead) or _warns(lead)
    if known in {Verb.GUARD, Verb.CATCH} and verb is Verb.ADD:
        return True
    again = re.match(r"[\w'-]+\s+(?:it|them|the|⟦)", rest) is not None
    return known is None or (again and known not in {Verb.WRAP, Verb.CATCH, Verb.GUARD, Verb.USE})


_HOW = re.compile(
    r"(?P<word>[A-Za-z-]+)\s[^⟦:]*?\bby\s+(?P<rest>(?P<how>[a-z]+ing)\s.+)$", re.DOTALL
)
_INSTEAD = re.compile(r"^⟦\d+⟧\s+(?:instead of|rather than|in place of)\s+⟦\d+⟧")
_WARNS = re.compile(r"\s*(?:avoid|never|don't|do not|no)\b", re.IGNORECASE)


def _warns(lead: str) -> bool:
    """Tell whether a lead only says what is not to be done: what is, stands behind the colon."""
    return _WARNS.match(lead) is not None


def _begins(rest: str, codes: tuple[Fragment, ...], comma: bool) -> bool:
    """Tell whether a new clause begins with ``rest``."""
    if (code := re.match(r"⟦(\d+)⟧", rest)) is not None:
        found = codes[int(code[1])]
        if found.shape is Shape.STATEMENT and not found.quoted:
            return True
    if is_kept(rest):
        return True
    if _SUBJECT.match(rest) or re.match(r"⟦\d+⟧\s+(?:passes|calls|takes|returns)\b", rest):
        return True
    words = re.findall(r"⟦\d+⟧|[\w'/-]+|[.,:()]", rest)[:4]
    while words and words[0].lower() in ADVERBS:
        words = words[1:]
    if not words:
        return False
    verb = verb_of(words[0])
    if verb is None or words[0][0].isupper() or words[0].lower().endswith("ing"):
        return comma and _is_remark(rest)
    following = words[1].lower() if len(words) > 1 else ""
    if words[0].lower() in _NOUNS:
        objects = {"the", "a", "an", "it", "them", "this", "its", "with", "each", "every", "all"}
        return following.startswith("⟦") or following in objects
    return following not in {"of", ""} or words[0].lower() in {"rethrow", "return"}


_NOUNS = {
    "call", "log", "type", "name", "guard", "catch", "check", "cap", "limit", "document", "test",
    "default", "mark", "fix", "get", "close", "release", "turn", "switch", "change", "flush",
    "bound", "flag", "cut", "hang",
}  # fmt: skip
_STATES = (
    r"(?:is|are|was|has|have|does|isn't|aren't|hasn't|doesn't|awaits|takes|reads|returns|exists"
    r"|declares|handles|covers|supports|accepts|already|never|only|always|cannot|can't|can|may"
    r"|will|itself|do|don't)"
)
_PLAINLY = (
    r"(?:is|are|was|has|have|does|do|isn't|aren't|hasn't|doesn't|don't|awaits|exists|already|never"
    r"|cannot|can|can't|may|might|could|will|would|won't)"
)
_REMARK = re.compile(
    rf"^(?:[\w$]+\s+{_PLAINLY}\b|⟦\d+⟧(?:\s+\([^)]*\))?\s+{_STATES}\b"
    r"|⟦\d+⟧\s+(?:only\s+|also\s+|always\s+)?(?!passes|calls|takes|returns|gets|becomes|needs)"
    r"[a-z]{2,}s\b(?!\s*:)"
    rf"|nothing|nobody|no one|no\s|it\s|they\s|this\s|that\s|these\s|there\s|as\s|like\s|just as"
    rf"|(?:the|an?|every|each|all|most|such)\s+(?:[\w$⟦⟧()-]+\s+){{1,6}}?{_STATES}\b)",
    re.IGNORECASE,
)
_DOES = re.compile(r"^(?P<subject>⟦\d+⟧)\s+(?:only\s+|also\s+)?[a-z]{2,}s\b")
_ABOUT = re.compile(rf"^(?P<subject>.+?)\s+{_STATES}\b", re.IGNORECASE | re.DOTALL)


def _is_remark(rest: str) -> bool:
    return bool(_REMARK.match(rest)) and not re.match(r"[^⟦]*\b(?:has|have|had) to\b", rest)


def _clause(part: str, codes: tuple[Fragment, ...]) -> Clause | None:
    part = part.strip(" ,.")
    written = unmasked(part, codes)
    if not part or _is_remark(part):
        return None
    lead: list[Phrase] = []
    opening = re.match(
        rf"^(?P<place>(?:{_PLACES})\b[^,:]*?)[,:]\s+(?P<rest>.+)$", part, re.IGNORECASE | re.DOTALL
    )
    if opening is not None:
        lead = _phrases(opening["place"], codes)
        part = opening["rest"]
    active = re.match(r"^(⟦\d+⟧|[\w$]+)\s+(?:should|must|needs to|ought to)\s+([a-z]+)\b", part)
    if active is not None and active[2] not in {"be", "become", "have", "use", "not"}:
        done = verb_of(active[2])
        if done is None:
            return None
        behind = [*_phrases(part[active.end() :], codes), *_phrases(f"in {active[1]}", codes)]
        return Clause(written, done, active[2], (*lead, *behind))
    subject = _SUBJECT.match(part)
    if subject is not None:
        return _told(subject, part, codes, written, lead)
    words = list(re.finditer(r"⟦\d+⟧|[\w'’/-]+|[^\s\w]", part))
    at = 0
    while at < len(words) and words[at][0].lower() in ADVERBS:
        at += 1
    if at >= len(words):
        return None
    first = words[at][0]
    rest = part[words[at].start() :]
    if (passing := re.match(r"(⟦\d+⟧)\s+(passes|calls|returns)\b", rest)) is not None:
        phrases = (*_phrases(rest[passing.end() :], codes), *_phrases(f"in {passing[1]}", codes))
        return Clause(written, verb_of(passing[2].rstrip("es")) or Verb.ADD, passing[2], phrases)
    if first.startswith("⟦"):
        code = codes[int(first[1:-1])]
        verb = Verb.CODE
        word = ""
        if re.match(r"(?:return|throw|raise)\b", code.text) and code.shape is Shape.STATEMENT:
            verb = Verb.RETURN if code.text.startswith("return") else Verb.THROW
        return Clause(written, verb, word, (*lead, *_phrases(rest, codes)))
    found = verb_of(first)
    body = rest[len(first) :]
    made = re.match(
        r"\s+(?:it|them|this|these|that|the [\w-]+|⟦\d+⟧)?\s*(?:instead\s+)?"
        r"(?:with|using|via|from|through|by calling|by)\s+(?:the environment\s*(?:with|:|,)?\s*)?"
        r"(?P<code>⟦\d+⟧.*)$",
        body,
        re.DOTALL,
    )
    unknown = found is None and first[0].isupper()
    if found is None and _SWAPS.match(body):
        behind = _phrases(body, codes)
        if behind and behind[0].preposition == "with":
            behind[0] = replace(behind[0], preposition="")
        return Clause(written, Verb.USE, first.lower(), (*lead, *behind))
    if made is not None and (unknown or first.lower() in {"read", "create", "build"}):
        behind = _phrases(made["code"], codes)
        merged = replace(behind[0], words=("it", *behind[0].words))
        return Clause(written, Verb.USE, first.lower(), (*lead, merged, *behind[1:]))
    if found is None:
        return None
    if first.lower() == "raise" and re.match(r"[^,]*\s(?:to|from)\s", body):
        found = Verb.REPLACE
    if found is Verb.CONSIDER:
        inner = re.match(r"\s+([\w-]+ing)\b", body)
        told = verb_of(inner[1]) if inner else None
        if inner is None or told in {None, Verb.CONSIDER}:
            return Clause(written, Verb.CONSIDER, first.lower(), tuple(_phrases(body, codes)))
        found, first, body = told or found, inner[1], body[inner.end() :]
    behind = _phrases(body, codes)
    given = _given(first, behind)
    if found is Verb.WRAP and given is not behind:
        found, first = Verb.ADD, "pass"
    return Clause(written, found, first.lower(), (*lead, *given))


_SWAPS = re.compile(
    r"\s+(?:an?\s+|the\s+|with\s+(?:an?\s+)?)?⟦\d+⟧\s+(?:\w+\s+)?"
    r"(?:instead of|rather than|in place of)\s"
)


_GIVING = {"provide", "supply", "call", "invoke", "configure", "run", "open", "create", "construct",
           "build", "start"}  # fmt: skip


def _given(verb: str, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases of ``extend A with B`` as those of ``add B to A``."""
    what = next((at for at, one in enumerate(phrases) if one.preposition == "with"), None)
    target = next((at for at, one in enumerate(phrases) if not one.preposition), None)
    if what is None or target is None or not phrases[what].codes:
        return phrases
    swaps = verb.lower() in {"extend", "augment", "equip", "complement", "supplement"}
    shapes = {one.shape for one in phrases[what].codes}
    held = {one.shape for one in phrases[target].codes}
    gives = verb.lower() in {
        "provide",
        "supply",
        "call",
        "invoke",
        "configure",
        "run",
        "open",
        "create",
        "construct",
        "build",
        "start",
    }
    blocks = any(one.has("block", "statement", "manager") for one in phrases)
    if not swaps and not (
        gives and not blocks and shapes == {Shape.PAIR} and Shape.PAIR not in held
    ):
        return phrases
    found = list(phrases)
    found[what] = replace(phrases[what], preposition="")
    found[target] = replace(phrases[target], preposition="to")
    return [found[what], *(one for at, one in enumerate(found) if at != what)]


def _told(
    subject: re.Match[str],
    part: str,
    codes: tuple[Fragment, ...],
    written: str,
    lead: list[Phrase],
) -> Clause:
    """Return ``X becomes Y`` and ``X gets Y`` as a clause about X."""
    about = _phrases(subject["subject"], codes)
    rest = _phrases(part[subject.end() :], codes)
    word = subject["verb"].lower()
    passive = re.match(r"[a-z]+", part[subject.end() :])
    if passive is not None and word.endswith(" be") and (told := _passive(passive[0])):
        behind = _phrases(part[subject.end() + passive.end() :], codes)
        return Clause(written, told[1], told[0], (*lead, *about, *behind))
    named = [replace(one, preposition="of") for one in about]
    verb = Verb.ADD if word in {"gets", "needs", "should have"} else Verb.BECOME
    return Clause(written, verb, word, (*lead, *rest, *named))


def _passive(word: str) -> tuple[str, Verb] | None:
    """Return the verb that a participle is of: ``awaited``, ``dropped``, ``removed``."""
    if not word.endswith("ed"):
        return None
    stems = (word[:-2], word[:-1], word[:-3] if word[-3:-2] == word[-4:-3] else word[:-2])
    for stem in stems:
        if (verb := verb_of(stem)) is not None:
            return stem, verb
    return None


def _phrases(text: str, codes: tuple[Fragment, ...]) -> list[Phrase]:
    """Return the phrases of a clause without its verb."""
    found: list[Phrase] = []
    preposition = ""
    words: list[str] = []
    inner: list[Fragment] = []
    spelled: list[str] = []

    def close() -> None:
        if words or inner or preposition:
            found.append(Phrase(preposition, tuple(words), tuple(inner), tuple(spelled)))

    for token in _TOKEN.finditer(text):
        if token["code"]:
            inner.append(codes[int(token["code"][1:-1])])
        elif token["prep"]:
            close()
            preposition, words, inner, spelled = token["prep"].lower(), [], [], []
        elif token["mark"]:
            if token["mark"] in ":(→":
                close()
                preposition, words, inner, spelled = token["mark"], [], [], []
            elif token["mark"] == ")":
                close()
                preposition, words, inner, spelled = ")", [], [], []
        else:
            words.append(token["word"].lower())
            spelled.append(token["word"])
    close()
    return [one for one in found if one.preposition not in {")"} or one.words or one.codes]
