"""Say what a fix text asks for in the plain imperatives that the clauses are read from.

Auditors write one wish in many forms: *B should be used in place of A*, *A blocks the loop: it has
to be B*, *f must reject n < 0 by raising E(n)*. Code stands in a text as ``⟦n⟧``, so that no rule
looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.reading.idioms import plain_verbs
from mendbook.fixes.instruction.reading.parts import PLACED
from mendbook.fixes.instruction.rewording.around import AROUND
from mendbook.fixes.instruction.rewording.by_nouns import BY_NOUNS
from mendbook.fixes.instruction.rewording.defaults import DEFAULTS
from mendbook.fixes.instruction.rewording.entries import ENTRIES
from mendbook.fixes.instruction.rewording.from_to import FROM_TO
from mendbook.fixes.instruction.rewording.goes import GOES
from mendbook.fixes.instruction.rewording.guards import GUARDS
from mendbook.fixes.instruction.rewording.leads import LEADS
from mendbook.fixes.instruction.rewording.marks import CODE, OUGHT, Marks, with_ticks
from mendbook.fixes.instruction.rewording.private_names import PRIVATE_NAMES
from mendbook.fixes.instruction.rewording.rules import RULES
from mendbook.fixes.instruction.rewording.said_shortly import SAID_SHORTLY
from mendbook.fixes.instruction.rewording.shown_whole import SHOWN_WHOLE
from mendbook.fixes.instruction.rewording.spoken import SPOKEN
from mendbook.fixes.instruction.rewording.told_by_kind import TOLD_BY_KIND, UNREAD
from mendbook.fixes.instruction.rewording.unused_imports import UNUSED_IMPORTS
from mendbook.fixes.instruction.rewording.usual import USUAL
from mendbook.fixes.instruction.rewording.whole_things import WHOLE_THINGS
from mendbook.fixes.instruction.sentences.said import is_fact
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.sed import Substitution, substitution
from mendbook.text.lead_ins import LIST_MARK, leading_on

_HEDGES = re.compile(
    r"\b(?:or|either|consider|maybe|perhaps|ideally|possibly|optionally|alternatively|if possible"
    r"|something|similar to"
    r"|where possible|where needed|as needed|as appropriate|unless)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    rf"^(?:{LIST_MARK}\s+"
    r"|(?:nit|typo|minor|suggestion|fix|todo|recommendation|note)\s*(?::|[-–—])\s+"
    r"|⟦(?P<lines>\d+)⟧\s*:\s+"
    rf"|{leading_on('so', 'better')}[,:]?\s+)+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:nit|typo|minor|suggestion|fix|todo|recommendation|note|remedy)\s*(?::|[-–—])\s+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:,?\s+(?:please|too|as well|here|instead|as elsewhere|throughout the (?:function|method"
    r"|file|module|class)|everywhere in the (?:function|method))"
    r"|,?\s+(?:the\s+same\s+)?(?:as|like)\s+(?:(?:it|is|are|we|the|everywhere|all|in)\b\s*)"
    rf"(?:(?!{CODE})[^,;])*"
    rf"|,\s+(?:just\s+)?as\s+(?:{CODE}|/?[\w./-]+)(?:\(\))?\s+(?:is|does|has)(?:\s+(?:it|already))*"
    r"|,?\s+so\s+that\s+(?:(?!⟦)[^;])*"
    r"|,\s+(?:we|which|as|since|because|so|otherwise|else|like|(?:it|this)\s+is|nothing|nobody)\s+"
    r"(?:(?!⟦)[^;])*"
    r"|\s+(?:for|in|of)\s+(?:the|this|that|an?)\s+(?:[a-z-]+\s+){0,2}(?:test|check"
    r"|concatenation|log|"
    r"message|lookup|call|comparison|membership|calls|computation|query|conversion|line))+$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s+\((?!(?:name|call)\s+(?:it|this)\b)(?:(?!⟦)[^()])*\)")
_IMPORT_ASIDE = re.compile(rf"\s+\(import\s+({CODE}|[\w.]+\w)\)\.?", re.IGNORECASE)
_EXAMPLE = re.compile(
    rf",?\s*\(?\s*\b(?:i\.e\.|e\.g\.|namely|that\s+is|for\s+example)[,:]?\s+(?={CODE})",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    rf"\s+[–—-]\s+(?P<code>{CODE}[^⟦.;–—]*?)\s+[–—-]\s+(?P<and>and\b)", re.IGNORECASE
)
"""A name set between dashes, within what is asked."""
_AND_LIST = re.compile(
    r"\s+[–—-]\s+and\s+((?:list|add|put|document)\s+it\s+(?:in|to)\b)", re.IGNORECASE
)
_ADDED = re.compile(r"(?:please\s+)?(?:add|include|put)\s+it(?:\s+there)?", re.IGNORECASE)
"""What only tells to do what the sentence before says is missing."""
_SPLIT = re.compile(r"(?<=[.!?])\s+(?=\S)|;\s+|\n+\s*|\s+[–—-]\s+(?=\S)")
_COMMA = re.compile(
    r",\s+(?=(?:it|this|that)\s+(?:has\s+to|must|should|needs\s+to|ought\s+to)\s)", re.IGNORECASE
)
_EMPTY = re.compile(
    r"\breturn\s+(?:an?\s+)?empty\s+(?P<what>list|array|string)(?:\s+early|\s+at\s+once)?\b", re.I
)
_EMPTIES = {"list": "[]", "array": "[]", "string": "''"}
_COMES = re.compile(
    r"so\s+that\s+it\s+(?:comes|stands|runs|happens)\s+(?P<where>before|after|above|below)\b", re.I
)
"""Where something goes, told as what it is for."""
_WARNS = re.compile(r"(?:do\s+not|don't|never|avoid)\b[^⟦]*", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:one|two|three|four|both|several|some|\d+)\s[^⟦]*\b(?:is|are)\s+(?:missing|wrong)",
    re.IGNORECASE,
)
"""How many things there are to do, before they are told."""
_JOINED = re.compile(
    r",\s+(?:and|then|and\s+then)\s+(?=(?:also\s+)?(?:drop|remove|delete|add|import|rename"
    r"|pass|return|raise"
    r"|catch|replace)\s)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^(?P<fact>.+?)(?:,\s+(?:so|hence|therefore|thus)|:|,\s+and\s+so|\s+and\s+so|,\s+"
    r"which\s+is\s+why)"
    r"\s+(?P<rest>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
_IT = re.compile(
    rf"^(?:it|this|that|this\s+one|(?:the|this)\s+(?:call|line|name|literal|test|check|condition|"
    rf"comparison|expression|assert|assertion))\s+(?P<rest>{OUGHT}\s.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FACT = re.compile(
    rf"^(?:(?:the|an?|this|that|these|those|every|each|any|it|there|only|{CODE}|[A-Z][\w-]*|"
    r"[a-z_][\w.]*\(\)|[a-z]+_\w+)\s+)"
    r"(?:[\w'’⟦⟧.()-]+\s+){0,8}?(?:is|are|was|were|has|have|can|cannot|may|might|could|would|will|"
    r"does|do|never|always|already|no longer|[a-z]{2,}[^s\W\d_]s|loses|vanish|drop|leak)\b",
)
_DOING = re.compile(r"[A-Z][a-z]+ing\s+(?:[\w⟦⟧.()]+\s+){1,4}?[a-z]{2,}[^s\W\d_]s\b(?!\s*:)")
_OBLIGES = re.compile(
    r"\b(?:should|must|shall|ought|needs?|has to|have to|want|wants|better|same|likewise|similarly"
    r"|superfluous|redundant|(?:can|may|could)\s+(?:then\s+)?(?:go|be)\b"
    r"|too(?!\s+\w)|as well|also|missing|lacks?|required|expected|supposed|applies|belongs?)\b",
    re.IGNORECASE,
)


_FORMS = (
    *(*AROUND, *ENTRIES, *SHOWN_WHOLE, *GUARDS, *UNUSED_IMPORTS, *GOES, *DEFAULTS, *BY_NOUNS),
    *(*FROM_TO, *WHOLE_THINGS, *USUAL, *TOLD_BY_KIND, *RULES, *SAID_SHORTLY, *SPOKEN),
    *(*PRIVATE_NAMES, *LEADS),
)
"""Every form, the first that fits being taken."""


def rewordings(text: str, language: str) -> Iterator[str]:
    """Yield ``text`` in plain imperatives, where it can be said in them without leaving out code.

    ``language`` is the name of the grammar of the finding's file: conditions that stand in words
    are written in it. A text that leaves something to choose is never said in another way.
    """
    if (edited := substitution(text)) is not None:
        yield _in_words(edited) + edited.rest
        return
    bare = re.sub(rf"(?m)^\s*{LIST_MARK}\s+", "", plain_verbs(text.strip()))
    bare = re.sub(r"(?:^|(?<=[.;:]\s))\(\d{1,2}\)\s+(?=\S)", "", bare)
    told, _ = scan(_LABEL.sub("", bare))
    bare = _EMPTY.sub(lambda match: f"return `{_EMPTIES[match['what'].lower()]}`", bare)
    masked, codes = scan(_LABEL.sub("", bare))
    masked = _COMES.sub(r"\g<where>", masked)
    masked = _COMMA.sub("; ", _IMPORT_ASIDE.sub(r". Import \1.", masked))
    if _HEDGES.search(masked):
        return
    masked = _AND_LIST.sub(r" and \1", masked)
    if (unread := UNREAD.fullmatch(masked)) is not None:
        masked = (
            f"Remove the unused {unread['p']} parameter of {unread['f']} and drop the argument at "
            "its call sites"
        )
        yield with_ticks(masked, codes)
    said = list(_sentences(masked, Marks(codes, language)))
    wording = ". ".join(said)
    if wording and wording != told:
        yield with_ticks(wording, codes)


def _in_words(edited: Substitution) -> str:
    """Return what ``s/old/new/`` says: a name is renamed, other code replaced."""
    old, new = edited.old, edited.new
    if re.fullmatch(r"[A-Za-z_$][\w$]*", old) and re.fullmatch(r"[A-Za-z_$][\w$]*", new):
        return f"Rename `{old}` to `{new}`"
    return f"Replace `{old}` with `{new}`{' everywhere' if edited.everywhere else ''}"


def _sentences(masked: str, marks: Marks) -> Iterator[str]:
    masked = _APPOSED.sub(r" (\g<code>), \g<and>", masked)
    masked = _EXAMPLE.sub(lambda match: " (" if "(" in match[0] else ": ", masked)
    about, told = "", False
    parts = list(_with_their_code(_SPLIT.split(_JOINED.sub(". ", masked))))
    for at, sentence in enumerate(parts):
        rest = any("⟦" in one for one in parts[at + 1 :])
        said = sentence.strip(" .,;!")
        while said and (shorter := _shorter(said, marks)) != said:
            said = shorter
        if not said or (rest and (_WARNS.fullmatch(said) or _COUNTED.fullmatch(said))):
            continue
        if told and _ADDED.fullmatch(said):
            continue
        plain = _plain(said, about, marks)
        if plain is None:
            about = said
            if told and "⟦" in said:  # what is said behind an instruction may ask for more
                yield said
            continue
        told = True
        yield plain


def _with_their_code(parts: Sequence[str]) -> Iterator[str]:
    """Yield sentences; one that tells where something goes, with the code that stands behind it."""
    waiting = ""
    for part in parts:
        if waiting and re.fullmatch(rf"\s*{CODE}[\s.;]*", part):
            yield f"{waiting.rstrip(' .:;,')}: {part.strip()}"
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = part if "⟦" not in part and PLACED.search(part) else ""
        if not waiting:
            yield part
    if waiting:
        yield waiting


def _shorter(said: str, marks: Marks) -> str:
    """Return a sentence without its lead, an aside in words, or an end that asks for nothing."""
    lead = _LEADS.match(said)
    if lead is not None and (
        lead["lines"] is None or marks.codes[int(lead["lines"])].shape is Shape.LINES
    ):
        said = said[lead.end() :]
    said = _ASIDE.sub("", said)
    return _ENDS.sub("", said).strip(" .,;!")


def _plain(said: str, about: str, marks: Marks) -> str | None:
    """Return a sentence as an imperative; None for one that only states something."""
    it = _IT.match(said)
    subject = _subject(about) if about else ""
    if it is not None and subject:
        said = f"{subject} {it['rest']}"
    if (critic := _criticised(said, about)) is not None:
        return critic
    for form, make in _FORMS:
        match = form.fullmatch(said)
        if match is not None and (reworded := make(match, marks)):
            return reworded
    reason = _REASON.match(said)
    if reason is not None and (says_what_is(reason["fact"]) or _is_given(reason)):
        plain = _plain(reason["rest"], reason["fact"], marks)
        return plain and plain[:1].upper() + plain[1:]
    return None if says_what_is(said) else said


def _is_given(reason: re.Match[str]) -> bool:
    """Tell whether ``so`` makes a fact of what stands before it, which tells nothing to do."""
    first = re.match(r"[A-Za-z-]+", reason["fact"])
    tells = first is not None and verb_of(first[0]) is not None
    return ", so " in reason[0] and not tells and not _OBLIGES.search(reason["fact"])


def says_what_is(said: str) -> bool:
    """Tell whether a sentence states something and asks for nothing."""
    if _OBLIGES.search(said) or re.search(r"[:()]", re.sub(r"\(\)", "", said)):
        return False
    if is_fact(said) or _DOING.match(said):
        return True
    first = re.match(r"[A-Za-z-]+", said)
    if first is not None and verb_of(first[0]) is not None and not said.startswith("Only"):
        return False
    return _FACT.match(said) is not None


def _subject(about: str) -> str:
    """Return the one code that a statement is about: what is said of ``it`` is said of that."""
    codes = re.findall(CODE, about)
    if len(codes) == 1:
        return str(codes[0])
    bare = re.findall(
        r"(?<![\w.])(?:[a-z_]\w*\.)+[a-z_]\w*(?![\w(])|(?<![\w.])[a-z_]\w*\(\)", about
    )
    return str(bare[0]) if not codes and len(bare) == 1 else ""


def _criticised(said: str, about: str) -> str | None:
    """Return ``Replace A by B`` for *A is deprecated. Call B*."""
    told = re.fullmatch(rf"(?:call|use|write|prefer|say)\s+(?P<new>{CODE})", said, re.IGNORECASE)
    subject = _subject(about) if about else ""
    if told is None or not subject:
        return None
    return f"Replace {subject} by {told['new']}"
