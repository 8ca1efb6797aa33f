"""Short phrases out of what a finding says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mendbook.changes.imperatives import declared
from mendbook.changes.order_first import order_first
from mendbook.model import Finding
from mendbook.text.escape import visible
from mendbook.text.lead_ins import LIST_MARK
from mendbook.text.phrasing import headline

_CLAUSE_ENDS = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)[.;]\s|\s[—–]\s|:\s|,?\s(?:so that|because|since)\s"
)
WHERE_FIRST = re.compile(r"^(?:Before|After|In|At|On|Inside|Within)\s[^,`]{1,40},\s(?=[a-z])")
"""Where a clause is to be carried out, told before what is to be done."""
_DO_IT = re.compile(r"^(\w+) it: `?([\w$.]+(?:\[[^\]]*\])?)\s*[:+|-]?=(?!=).*$", re.S)
"""*Cap it:* and the new code: what is capped says enough."""
_THIS = re.compile(r"(?i)\b(?:(?:this|the) (?:method|function|class)|this field)\b")
_INSTEAD = re.compile(r"\sinstead$")
"""Points at what the problem says; the name of the code says where."""
_HERE_TOO = re.compile(
    r",?\s(?:here,?\s)?(?:too|as well)$|\shere$"
    r"|,?\s(?:as|like) (?:in|on|at) (?:the|its)\s(?:\w+\s){1,2}(?:below|above|before|beside it)$"
)
_EITHER = re.compile(r"(?i)^(?:(?:either|please|should|also|then)\s+)+")
_ASIDE = re.compile(
    r"(?<!\bfor)(?<!\bif)(?<!\bwhile)(?<!\bswitch)(?<!\bcatch)(?<!\bto)(?<!\bwith)(?<!\bby)"
    r"(?<!\bexcept)(?<!\bas)(?<!\bfrom)\s\([^()`]*\)(?=[\s.,;]|$)(?=(?:[^`]*`[^`]*`)*[^`]*$)"
)
"""What stands in brackets beside the sentence; what stands in code is none."""
_CONDITION_ONLY = re.compile(
    r"(\s(?:when|whenever|if|unless|where)\s[^,;`]*?)\s(?:instead of|rather than)\s[a-z]+ing\b"
    r"[^,;`]*$"
)
"""A condition, and behind it what is no longer done: that is told of the order and not of it."""
_TOLD_TOO = re.compile(
    r",?\sand\s(?:mention|document|describe|explain|announce|note)\s(?:it|this|that|them|the\s\w+)\b"
    r"[^,;.]*$"
)
"""What is to be written about it, and is seen by no test."""
_EXAMPLE = re.compile(r",?\s(?:e\.g\.|for example|for instance),?\s[^,;]*(?=[,;]|$)")
"""What is only one way to do it."""
_IT = re.compile(r"([A-Za-z]+) (?:it|them)\b(?!:)")
_SET = re.compile(
    r"(?:(?:const|let|var|val|final|static|private|public|export)\s+)*"
    r"[\"']?([A-Za-z_$][\w$.-]*)[\"']?\s*(?::=|[:=](?!=))"
)
_CALLING = {"run", "call", "move", "schedule", "await", "invoke", "execute", "do", "start"}
_SETTING = {"lower", "raise", "increase", "reduce", "decrease", "change", "shorten", "lengthen"}
_THE_CALL = re.compile(r"([A-Za-z]+) the call\b(?!\s(?:of|to|with|for)\b)")
_ANY_CALL = re.compile(r"(?:(?:->|\.|::|@)\s*|(?<![\w$.>:]))([A-Za-z_$][\w$]*)\(")
_BARE_CALL = re.compile(r"(?:await\s+|go\s+)?([A-Za-z_$][\w$.]*)\(")
_GIVEN_CALL = re.compile(r"(?<![=!<>])(?::=|=(?![=>]))\s*(?:await\s+)?([A-Za-z_$][\w$.]*)\(")
"""A call whose result is kept: of *run it elsewhere* it is what runs."""
_INDEXED = re.compile(r"[\w$.]+\[[\"']([A-Za-z_][\w-]*)[\"']\]\s*=(?!=)")
_MADE = re.compile(r"\bnew\s+([A-Z]\w+)\s*\(")
_SPOKEN_CODE = re.compile(
    r"`((?:and|or|not|where|if|when|in|is|as|for|to|with|on|by|from|of|order by|group by)\s[^`]+)`"
)
"""Code that begins like a part of the sentence around it: its marks stay, as quotes."""
_NUMBERED = re.compile(rf"^{LIST_MARK}\s+")
_BARE_CODE = re.compile(
    r"`?(?:(?:return|await|const|let|var|val|go|defer|new|raise|throw)\s+)*"
    r"(?:[\w$@.\[\]'\"]+\s*(?:[:+|-]?=(?!=)|:=)\s*\S.*|[\w$@.]+[!?]?\(.*\))(?:\sfrom\s\w+)?"
    r"[`;.]{0,3}",
    re.S,
)
"""A fix that is the new code, without a word of what to do."""
_CHANGE_TO = re.compile(
    r"(?i)^(?:change|fix|correct|rewrite)(?:\s(?:it|this|that|the line))?\s(?:to|as):?\s(?=`)"
)
"""Begins a fix that is the new code alone."""
_ASKING = (
    "accept allow answer await batch bound cache call cap check clamp clear close collect "
    "declare define derive disable enable encrypt fetch lower paginate raise redirect reduce "
    "respond run sign stream test turn "
    "compare compute convert count create debounce deduplicate defer encode enforce escape "
    "fail fall filter forget give guard handle ignore include initialise initialize iterate keep "
    "limit load lock log mask merge open parse persist prefer prevent propagate protect "
    "publish queue read record refuse reject release require reset respect restrict return "
    "reuse rotate round sanitise sanitize save schedule scope send serialise serialize set "
    "share skip sort start stop store strip support throttle throw track trim truncate update "
    "use validate wait wrap write add apply bypass catch do ensure flush hash implement introduce "
    "make pass replace retry switch verify"
)
_KEEPING = frozenset(
    [
        "annotate",
        "comment",
        "delete",
        "deprecate",
        "document",
        "drop",
        "export",
        "extract",
        "hoist",
        "inline",
        "mark",
        "move",
        "name",
        "remove",
        "rename",
        "reorder",
        "split",
        "un-export",
        "unexport",
    ]
)
"""Verbs of fixes after which code behaves as before."""
_ORDER = re.compile(
    r"(?i)^\W*(?:move|reorder|hoist)\b.*?\s(?:before|after|behind|above|below|ahead of|outside"
    r"|inside|out of (?:the|its)|to the (?:end|start|beginning|top|bottom) of)\s"
)
"""A move that changes what is done when, and so can be seen."""
_OF_CODE = {
    "split": re.compile(
        r"(?i)^\W*split\s(?:`|(?-i:[a-z]*[A-Z_.(/]\S*)|it\b|this\b|(?:\S+\s){0,3}?(?:files?|modules?|class(?:es)?"
        r"|functions?|methods?|components?|handlers?|hooks?|types?|interfaces?|tests?|services?"
        r"|stores?|controllers?|routers?|packages?|routes?|switch|statements?|expressions?)\b)"
    ),
    "mark": re.compile(
        r"(?i)\b(?:deprecated|final|read-?only|static|private|internal|unsafe|pure|const|abstract"
        r"|experimental|sealed|async|TODO)\b"
    ),
}
"""Of these verbs only those keep behaviour that are about code: a line is split at run time."""
_ERASING = {"delete", "remove", "drop"}
_AT_RUN_TIME = re.compile(
    r"(?i)\s(?:when|whenever|once|after|before|if|unless|until|as soon as"
    r"|on (?:start|startup|stop|close|exit|logout|shutdown|disconnect|every|each)"
    r"|from the (?:database|cache|queue|store|map|set|list|table|index|session|registry))\b"
    r"|\b(?:expired|stale|old|orphaned|temporary|user'?s)\b"
    r"|^\W*\w+\s(?:(?:the|all|its|their|every|each)\s)?(?:\w+\s){0,2}?(?:tokens|sessions|rows"
    r"|records|entries|cookies?|uploads|messages|jobs|subscriptions|drafts|copies|accounts)\b"
)
_FROM_RESULT = re.compile(
    r"(?i)^\W*\w+\s+\S+\s+from\s+(?:what\b|(?:the\s|its\s|every\s"
    r"|each\s)?(?:\w+\s)?(?:responses?|results?"
    r"|answers?|payloads?|outputs?|logs?|tokens?|cookies?|state|bod(?:y|ies))\b)"
)
"""What is dropped from a result is seen by who gets it."""
IMPERATIVES = frozenset({*_ASKING.split(), *_KEEPING})
"""Verbs that the clauses of a fix begin with."""
_REASONS = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)[.;]\s|\s[—–]\s|,?\s(?:so that|because|since|as this)\s|,\swhich\s"
)
_PHRASES = re.compile(r",\s|\s(?:and|when|if|unless|so|instead of|before|after|with|in)\s")
_NOT_SEEN = re.compile(
    r"(?i)^\W*(?:keep|leave)\s+(?:only\s)?(?:the|one)\s(?:\w+\s)?(?:call|line|statement|import"
    r"|copy|definition|declaration)s?\b"
    r"|^\W*(?:add|write|create|extend)\s+(?:an?\s+|the\s+|more\s+|some\s+)?(?:\w+\s+){0,2}"
    r"(?:tests?|specs?|coverage|jsdoc|docstrings?|docs|documentation|comments?|types?|type hints?"
    r"|annotations?)\b"
    r"|^\W*(?:tell|say|note|mention|write|explain|announce|state|document|describe)\b.*"
    r"\bin (?:the\s|its\s|an?\s)?(?:release notes?|change-?log|readme|docs|documentation"
    r"|upgrade (?:guide|notes?)|comment)\b"
    r"|^\W*(?:update|adjust|change|fix|see|check)\s+(?:[\w@.-]+/)*[\w@-]+\.\w+(?:$|\s(?:and|too"
    r"|as)\b)"
    r"|^\W*(?:update|adjust|fix|change)\s+(?:its|the|all|every|each)?\s*(?:\w+\s+)?"
    r"(?:callers?|call ?sites?|usages?|imports?|references?|docs|documentation|readme|tests?)\b"
    r"|^\W*replace\s+(?:the\s)?`?(?:any|unknown|object|Any)`?\s+(?:with|by)\b"
    r"|^\W*(?:change|fix|correct|narrow|widen|tighten|update|declare|set)\b.*"
    r"\b(?:annotations?|return type|type hints?|typings?)\b"
    r"|^\W*(?:use|convert|switch|turn|write|prefer|introduce|define|extract)\b.*\b(?:(?:for|while)\b.*\bloop"
    r"|template literals?|optional chaining|destructuring|helper|type alias|union type|enum"
    r"|(?:named )?constants?"
    r"|early returns?|guard clauses?|list comprehension|arrow functions?)\b"
)
"""Clauses of which no test of the code sees anything: its callers, tests, documents and form."""
_ANSWERS = re.compile(r"(?i)(?:answer|respond|reply|return|fail)\s(?:with\s)?[1-5]\d\d$")
_SECOND = re.compile(r",?\sand\s(?:then\s)?(?P<verb>[a-z]+)\s(?!(?:it|them|its|their)\b)")
_SECOND_ORDERS = frozenset(
    {"require", "return", "answer", "raise", "throw", "reject", "refuse", "allow", "accept"}
)
"""Orders that a test sees whatever goes before them."""
_PAIR = re.compile(
    r"[A-Za-z_$][\w$-]*:\s(?:true|false|null|None|True|False|nil|undefined|-?\d|[\"'`\[{])"
)
"""A key and its value, which stand in a sentence as one word."""
_SHORT_HEAD = 3
"""Words before a colon that say too little without what is behind it."""
_LONGEST_TITLE = 120
_QUOTED = re.compile(r"`[^`]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)")
_OBJECT = re.compile(r"\s(?:the|an?|its?|each|every|all|both|them|that|this)\b")
"""What stands behind a verb: *Run the job* is an order, though a function is called ``Run``."""
_OPEN, _CLOSED = "([{<", ")]}>"


def intention(finding: Finding) -> str:
    """Return what the fix asks for: its first clause, of alternatives the first."""
    plain = _EITHER.sub("", _NUMBERED.sub("", " ".join(visible(finding.fix).split())))
    head = bare_condition(first_clause(plain).rstrip(" ."))
    plain = head if head != first_clause(plain).rstrip(" .") else plain
    head = first_clause(plain)
    plain = f"{order_first(head)}{plain[len(head) :]}"
    plain = _DO_IT.sub(lambda each: f"{each[1]} {each[2]}", WHERE_FIRST.sub("", plain))
    if is_bare_code(finding.fix):
        return lowered(first_clause(headline_of(finding)), finding.symbols)
    said = one_sentence(_ASIDE.sub("", _named(_EXAMPLE.sub("", plain), finding.evidence)))
    clause = first_clause(said) or first_clause(one_sentence(finding.problem)) or finding.id
    if not finding.symbols:
        return lowered(clause)
    own = finding.symbols[0]
    clause = _HERE_TOO.sub("", clause)
    named = _INSTEAD.sub(f" in {own}", _THIS.sub(lambda _: own, clause))
    return lowered(named, finding.symbols)


def _named(plain: str, evidence: str) -> str:
    """Put what the quoted line sets or makes in place of *it* behind the first verb of a fix."""
    order = _IT.match(plain)
    what = _SET.match(evidence.strip()) or _INDEXED.match(evidence.strip())
    made = _MADE.search(evidence)
    if (call := _THE_CALL.match(plain)) and (made_by := _ANY_CALL.search(evidence)):
        return f"{call[1]} the call of {made_by[1]}{plain[call.end() :]}"
    if order is not None and order[1].lower() in _SETTING and what is None:
        what = _ANY_CALL.search(evidence)
    if order is not None and order[1].lower() in _CALLING:
        what = _GIVEN_CALL.search(evidence) or what or _BARE_CALL.match(evidence.strip())
    name = made[1] if made is not None else (what[1] if what is not None else "")
    if order is None or not name:
        return plain
    return f"{order[1]} {name}{plain[order.end() :]}"


def bare_condition(clause: str) -> str:
    """Return ``clause`` without *instead of doing* behind its condition."""
    return _CONDITION_ONLY.sub(r"\1", clause)


def is_bare_code(fix: str) -> bool:
    """Tell whether ``fix`` is the new code alone: what it is for stands in the problem."""
    first = _CHANGE_TO.sub("", fix.strip()).partition(". ")[0].partition("` ")[0]
    return _BARE_CODE.fullmatch(first) is not None


def asserted(clause: str, *, whole: bool = False) -> str:
    """Return what holds once ``clause`` of a fix is done, as a test title says it; empty if none.

    ``Limit the queue to 100 jobs`` becomes ``limits the queue to 100 jobs``. What only removes
    code, and what does not ask for anything, has no such title. It fits a title unless the
    ``whole`` is asked for.
    """
    said = one_sentence(_ASIDE.sub("", _NUMBERED.sub("", " ".join(visible(clause).split()))))
    said = _TOLD_TOO.sub("", _EXAMPLE.sub("", said))
    asked = said[: next(ends(said, _REASONS), len(said))]
    head, colon, _ = asked.partition(": ")
    colon = "" if is_pair(asked, len(head)) else colon
    inside = any(head.count(left) > head.count(right) for left, right in ("()", "[]", "{}"))
    if colon and not inside and (len(head.split()) > _SHORT_HEAD or _ANSWERS.match(head)):
        asked = head
    if keeps_behaviour(asked) and (behind := _seen_order(asked)):
        asked = behind
    if keeps_behaviour(asked) or _NOT_SEEN.search(asked):
        return ""
    held = _INSTEAD.sub("", declared(asked)).rstrip(" ,")
    return held if whole else fitted(held)


def _seen_order(asked: str) -> str:
    """Return the order behind one that keeps what code does: *drop abs and require it above 0*."""
    joint = next((each for each in _SECOND.finditer(asked) if each["verb"] not in _KEEPING), None)
    known = joint is not None and joint["verb"] in _SECOND_ORDERS
    return asked[joint.start("verb") :] if joint is not None and known else ""


def fitted(held: str) -> str:
    """Return ``held`` as far as a title has room for it, cut where a phrase ends."""
    return held if len(held) <= _LONGEST_TITLE else held[: next(_cuts(held), len(held))]


def _cuts(text: str) -> Iterator[int]:
    """Yield the last place first where ``text`` may end and still fits a title."""
    fitting = [end for end in ends(text, _PHRASES) if end <= _LONGEST_TITLE]
    yield from reversed(fitting)


def is_form_only(clause: str) -> bool:
    """Tell whether ``clause`` asks for what no test of the code sees: form, tests, documents."""
    return _NOT_SEEN.search(one_sentence(clause)) is not None


def first_word(text: str) -> str:
    """Return the first word of ``text`` in lower case, a number before it left out."""
    return _NUMBERED.sub("", one_sentence(text)).partition(" ")[0].lower()


def keeps_behaviour(fix: str) -> bool:
    """Tell whether ``fix`` begins by asking for what no test can see: rename, move, document.

    What is deleted *when* something happens is data and not code, and can be seen.
    """
    word = first_word(fix)
    if word not in _KEEPING or _ORDER.search(fix):
        return False
    if word in _OF_CODE and _OF_CODE[word].search(fix) is None:
        return False
    if word in _ERASING and _FROM_RESULT.search(fix):
        return False
    return word not in _ERASING or not _AT_RUN_TIME.search(first_clause(one_sentence(fix)))


def headline_of(finding: Finding) -> str:
    """Return what is wrong: the title, else the first sentence of the problem, cut short."""
    return one_sentence(headline(finding.title, finding.problem)) or finding.id


def first_clause(text: str) -> str:
    """Return ``text`` up to where its first clause ends; a colon behind few words ends none."""
    clause_ends = (end for end in ends(text, _CLAUSE_ENDS) if not _is_short_head(text, end))
    return text[: next(clause_ends, len(text))]


def is_pair(text: str, end: int) -> bool:
    """Tell whether the colon at ``end`` parts a key from its value: *with ok: false*."""
    return _PAIR.match(text, text.rfind(" ", 0, end) + 1) is not None


def _is_short_head(text: str, end: int) -> bool:
    if _ANSWERS.match(text[:end]):
        return False
    if is_pair(text, end):
        return True
    return text[end] == ":" and len(text[:end].split()) <= _SHORT_HEAD


def one_sentence(text: str) -> str:
    """Return ``text`` on one visible line, without code marks and full stop."""
    plain = _SPOKEN_CODE.sub(r"“\1”", " ".join(visible(text).split()))
    return plain.replace("`", "").rstrip(".")


def lowered(text: str, symbols: Sequence[str] = ()) -> str:
    """Lower the first letter unless the first word is a name: ``Add``, but not ``JSON``.

    The last parts of ``symbols`` are names, too.
    """
    first = text.split(" ", 1)[0]
    named = first in {each.rpartition(".")[2] for each in symbols}
    if named and _OBJECT.match(text, len(first)) is None:
        return text
    plain = first.isalpha() and (first[1:].islower() or first == "A")
    return text[0].lower() + text[1:] if plain else text


def ends(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where ``pattern`` matches outside of brackets and quotes."""
    depth, place = 0, 0
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if any(start < match.start() < end for start, end in quotes):
            continue
        between = text[place : match.start()]
        depth += sum(char in _OPEN for char in between) - sum(char in _CLOSED for char in between)
        place = match.start()
        if depth <= 0 and place:
            yield place
