"""What a change that is not written yet can break, by the sort of thing that its fix asks for.

Each sort has words of its own; what the fix names goes into them as it was written. Whom it
reaches and who would notice is said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.changes.answer_words import called_anew, when_it_fails
from mendbook.changes.branches import branch_of
from mendbook.changes.clauses import alternatives, orders, plain_clause, steps
from mendbook.changes.exchanges import exchanged
from mendbook.changes.held import condition, fault_gone, held, visible_part
from mendbook.changes.imperatives import (
    VERBS,
    plain_order,
    says_what_it_does,
    verb_of,
)
from mendbook.changes.phrases import asserted, is_form_only, lowered, one_sentence
from mendbook.changes.reliance import UNREAD, reliance
from mendbook.changes.sort_rows import Sort
from mendbook.changes.sort_words import FAILED, failed_with
from mendbook.changes.sorts import SORTS
from mendbook.changes.symptoms import says_something
from mendbook.changes.today import Clause, Today, named
from mendbook.model import AuditField, Citation, Dimension, Finding, FindingFacts, Said
from mendbook.repository.snapshot import Snapshot

_MOST = 2
_WHOLE = 3
"""Words of which a sentence on today's behaviour has at least so many."""
_LONGEST = 240
_SENTENCES = re.compile(r"(?<=[\w)\]\"'`}][.!?])\s(?=[A-Z\"'`(])")
_QUOTING = 2
"""Lines that quote the same text; more say no more."""
_LITERAL = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
_EXCHANGING = re.compile(
    r"(?i)^(?:use|call|replace|switch|convert|change|turn|move|compare|hash|store|keep|put|save"
    r"|read|load)\b"
)
_GIVEN = re.compile(
    r"[\"']?(?P<key>[A-Za-z_$][\w$]*)[\"']?\s*[:=](?!=)\s*(?P<value>[^\n{[]{1,60}?),?$"
)
"""A quoted line that gives a key of an answer or an argument its value."""
_LEADS_ON = re.compile(
    r"(?i)(?:also\s)?(?:check|catch|handle|rescue|wrap|ensure|verify|assert|test|read|load|look)\b"
)
"""Orders of which the next one says what is done in that case."""
_CHECKS = re.compile(r"(?i)(?:validate|verify|check)\b")
_TURNED_AWAY = "does not pass the check of"
_TO_READ = re.compile(
    r"(?i)\b(?:hard(?:er)? to (?:read|follow|understand)|readab\w+|nois[ey]|verbose|redundant"
    r"|needless(?:ly)?|unnecessar\w+|clutter\w*|confusing to read|inconsistent (?:style|naming))\b"
)
"""What is wrong with code that does what it should."""
_CONCERNED = re.compile(
    r"\b(?:Who|who|[Cc]lients|[Cc]allers|Whoever|Users)\b|\b[A-Z]{3,7} /|\d: |:\d"
)
"""Words of a sentence that names whom a change reaches."""
_POINTS = re.compile(r"\b(?:that|this|these|those|such) (?:\w+)\b(?<!that is)|\b(?:it|they|them)\b")
"""Words whose meaning another sentence has."""
_CATCHES = re.compile(r"(?i)(?:catch|handle|rescue|intercept|wrap|surround|enclose)\b")
"""Orders of which what follows says what is done with an error."""
_CONDITIONS = re.compile(r"\b(?:when|whenever|if|unless)\b")
_IN_PLACE = re.compile(r"\s(?:instead of|rather than|in place of)\s")
_TEXT = re.compile(r"\w.*\s.*\w")
_ABOUT_TEXT = re.compile(r"(?i)\b(?:messages?|texts?|labels?|titles?|wording|strings?)\b")


_LET = re.compile(
    r"(?i)^let\s(?!(?:the|it|them|an?)\b)`?[a-z_$][\w$.]*(?:\(\))?`?\s(?P<verb>[a-z]+)\s"
)
"""Begins an order to a function: *let register return false*."""
_DECIDES_ON = re.compile(
    r"(?i)(?:decide|agree|settle)\s(?:(?:together\s)?with\s(?:the\s)?[\w-]+(?:\s[\w-]+)?\s)?"
    r"(?:(?:on|upon)\s(?P<what>.+?)|(?P<asks>(?:which|how|what|where|who|when)\s[^,;]+?))"
    r"(?=,|;|\.(?:\s|$)|\s(?:and|for example|such as|like|with)\s|$)"
)
"""Begins a fix that leaves something to be decided."""


def foreseen(
    finding: Finding, facts: FindingFacts, snapshot: Snapshot, *, told: bool = False
) -> tuple[Said, ...]:
    """Return what the change can break, one sentence for each sort of thing it does.

    What the code around relies on is said beside it. Where neither is known that is said, and how
    it is today, unless it is ``told`` elsewhere who else is concerned. Of alternatives nothing is
    foreseen.
    """
    choices = alternatives(finding.fix)
    if choices:
        offered = " or ".join(lowered(one_sentence(choice)) for choice in choices)
        to = "to " if verb_of(choices[0]) else ""
        return (Said(f"Not known until it is decided whether {to}{offered}."),)
    today = Today(facts, snapshot)
    open_one = _DECIDES_ON.match(one_sentence(finding.fix))
    known = by_sort(finding, today) or _key(finding, today) or _anew(finding, today)
    known = known or _only_then(finding)
    relied = None if _only_reads(finding) else reliance(today)
    none = any(each.words.startswith("None") for each in known)
    tells = relied is not None and not (known and relied.words.endswith(UNREAD))
    if relied is not None and tells and not none and not any(map(_tells_who, known)):
        known = (*known, relied)
    known = known or _not_known(finding, facts, told=told)
    if open_one is not None:
        what = (open_one["what"] or open_one["asks"]).strip(" `")
        settled = f"{what} is decided on" if open_one["what"] else f"it is decided {what}"
        known = (Said(f"Not known in full until {settled}."), *known)
    return (*known, *_only_when(known, today), *_quoted(finding, today))


def _only_when(known: Sequence[Said], today: Today) -> tuple[Said, ...]:
    """Say when the quoted line runs at all, unless that was said or nothing changes there."""
    branch = branch_of(today)
    before = " ".join(each.words for each in known)
    if branch is None or before.startswith("None") or branch.when in before:
        return ()
    if (
        today.node is not None
        and today.kinds is not None
        and today.node.kind() in today.kinds.catches
    ):
        return ()
    if branch.failing and f"`{branch.failing}` fails" in before:
        return ()
    words = f"Line {today.line} runs only when {branch.when} ({branch.place})."
    return (Said(words, (branch.place,)),)


def _tells_who(said: Said) -> bool:
    """Tell whether a sentence says already who is concerned, or which lines."""
    lines = any(isinstance(each, Citation) for each in said.grounds)
    return lines or _CONCERNED.search(said.words) is not None


def by_sort(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Return what the sorts of changes say that the fix asks for; empty where none fits."""
    sentences: dict[Said, None] = {}
    given, silent = "", False
    for each in steps(finding.fix):
        clause = _clause(plain_clause(each), finding, today, given)
        given = clause.when
        said = _each_order(clause)
        silent = silent or not (said or is_form_only(each))
        sentences.update(dict.fromkeys(said))
    telling = [each for each in sentences if not each.words.startswith("None")]
    if silent and not telling:
        return ()  # of what is asked besides nothing is known
    return tuple(telling or sentences)[:_MOST]


def _clause(text: str, finding: Finding, today: Today, given: str) -> Clause:
    text = _without_own_name(text, finding)
    let = _LET.match(text)
    if let is not None and let["verb"] in VERBS:
        text = text[let.start("verb") :]
    order = plain_order(one_sentence(text))
    shown = visible_part(asserted(text, whole=True))
    told = f"{finding.title}. {finding.problem} {finding.impact}"
    given = condition(shown or order) or given
    return Clause(order, finding.evidence, told, today, given, plain_order(text), text)


def _without_own_name(order: str, finding: Finding) -> str:
    """Say *it* for the code that the finding is about: *in login* tells of no login."""
    names = "|".join(re.escape(each.rpartition(".")[2]) for each in finding.symbols)
    if not names:
        return order
    return re.sub(rf"\b(in|of|inside|within) `?(?:{names})`?(?=$|[\s,.;])", r"\1 it", order)


def _each_order(clause: Clause) -> list[Said]:
    """Return what a clause can break: of each order in it, where more than one has a sort."""
    whole = _first(clause)
    if whole is not None and _CATCHES.match(clause.order):
        return [whole]
    cut = orders(clause.raw)
    if len(cut) > 1 and _LEADS_ON.match(cut[0]):
        cut[:2] = [f"{cut[0]} and {cut[1]}"]
    each = [_first(_part(clause, part)) for part in cut if len(cut) > 1]
    parts = [said for said in each if said is not None]
    if len(parts) < len(each) and all(said.words.startswith("None") for said in parts):
        parts = []  # of what is asked besides nothing is known
    answers = [said for said in parts if _TURNED_AWAY not in said.words]
    if answers and len(answers) < len(parts) and _CHECKS.match(clause.raw):
        return answers  # how what does not pass is refused says more than that it is
    if len(parts) > 1 or not whole:
        telling = [each for each in parts if not each.words.startswith("None")]
        return telling or parts[:1]
    return [whole]


def _part(clause: Clause, part: str) -> Clause:
    """Return one order of a clause, under its own condition or else that of the clause."""
    order = plain_order(one_sentence(part))
    several = len(_CONDITIONS.findall(clause.order)) > 1
    when = condition(order) or ("" if several else clause.when) or when_it_fails(clause.order)
    return replace(clause, raw=part, order=order, when=when)


def _first(clause: Clause) -> Said | None:
    """Return what the narrowest sort that fits a clause says."""
    said = (words for sort in SORTS if (words := _said(sort, clause)))
    return _exchange(clause) or next(said, None)


def _said(sort: Sort, clause: Clause) -> Said | None:
    match = sort.found(clause.order, clause.raw, f"{clause.evidence}\n{clause.told}")
    words = sort.words(match, clause) if match else ""
    return Said(words) if words and isinstance(words, str) else words or None


def _exchange(clause: Clause) -> Said | None:
    """Say what differs where a fix puts one well-known call in place of another."""
    exchange = exchanged(clause.evidence, clause.raw)
    if exchange is None or not _EXCHANGING.search(clause.order):
        return None
    head, colon, rest = exchange.differs.partition(": ")
    return Said(f"{head}{colon}{rest}"[:1].upper() + f"{head}{colon}{rest}."[1:])


def _key(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Say who reads the key whose value the quoted line gives, where the fix names that key."""
    given = _GIVEN.match(finding.evidence.strip())
    if given is None or not re.search(
        rf"(?<![\w.]){re.escape(given['key'])}(?![\w(])", finding.fix
    ):
        return ()
    key, value = given["key"], given["value"].strip(" ,")
    first = f"`{key}` is no longer `{value}`"
    readers = today.readers_of(key)
    if readers:
        reads = "reads" if len(readers) == 1 else "read"
        words = f"{first}: {named(readers)} {reads} it."
        return (Said(words, tuple(each.place for each in readers)),)
    who = f"clients of {today.routes} that read it" if today.routes else "who reads it"
    return (Said(f"{first}: {who} {'get' if today.routes else 'gets'} another value."),)


def _anew(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Say what the fix calls that the place does not call today, where no sort fits."""
    for each in steps(finding.fix):
        clause = _clause(each, finding, today, "")
        if (said := called_anew(each, clause)) is not None:
            return (said,)
    return ()


def _not_known(finding: Finding, facts: FindingFacts, *, told: bool) -> tuple[Said, ...]:
    """Say that it is not known what breaks, and how it is today in the audit's words."""
    if _only_reads(finding):
        return (Said("None is meant: only the form of the code changes."),)
    asked = (asserted(plain_clause(each), whole=True) for each in steps(finding.fix))
    said = next((each for each in asked if each), "") or next(iter(held(finding, facts)), "")
    if told or not said:
        return purpose(finding)
    gone = fault_gone(finding)
    if gone and _POINTS.search(gone) is None:
        return (Said(f"From then on {gone}{_not_known_who(facts)}."),)
    _, colon, rest = said.partition(": ")
    what = rest if colon and not re.search(r"\s", _) else said
    what = f"it {what}" if says_what_it_does(what) else what
    unknown = f"Not known: what can break once {what}; the code around it does not tell."
    return (Said(unknown), *purpose(finding))


def _only_then(finding: Finding) -> tuple[Said, ...]:
    """Say in which case alone the code does something else, where the fix gives that case."""
    parts = (part for each in steps(finding.fix) for part in orders(plain_clause(each)))
    failed = FAILED.search(f"{finding.problem} {finding.impact}")
    until = f", where it ended with {failed_with(failed[0])} until now" if failed else ""
    for each in parts:
        said = asserted(each, whole=True)
        when = condition(said)
        does = said.removesuffix(when).rstrip(" ,") if when else ""
        if _IN_PLACE.search(when):
            continue  # what is exchanged stands behind the condition, and is none
        if does and says_what_it_does(does) and does != said and len(does) + len(when) < _LONGEST:
            return (Said(f"It does something else only{when}: then it {does}{until}."),)
    return ()


def _not_known_who(facts: FindingFacts) -> str:
    """Say that it is not known who counts on today's behaviour, where no caller is known either."""
    callers = any(not site.test for site in facts.downstream) or facts.exposure
    return "" if callers else "; who counts on how it is today is not known"


def _only_reads(finding: Finding) -> bool:
    """Tell whether all that is wrong with the code is how it reads."""
    told = f"{finding.impact} {finding.problem}"
    return finding.dimension is Dimension.CODE_QUALITY and _TO_READ.search(told) is not None


def purpose(finding: Finding) -> tuple[Said, ...]:
    """Say how it is today, in the audit's own words: its impact, else its problem; else nothing.

    Whoever relies on that meets something else afterwards.
    """
    told = ((finding.impact, AuditField.IMPACT), (finding.problem, AuditField.PROBLEM))
    for text, field in told:
        first = _SENTENCES.split(one_sentence(text))[0].rstrip(".")
        whole = field is AuditField.IMPACT or says_something(first)
        if whole and len(first.split()) >= _WHOLE and len(first) <= _LONGEST and first[-1] != "?":
            return (Said(f"Until then, as the audit saw it: “{first}”.", (field,)),)
    return ()


def _quoted(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Say where else the text stands that the quoted line has, where its text is at issue."""
    words = f"{finding.problem} {finding.impact} {finding.fix}"
    for match in _LITERAL.finditer(finding.evidence):
        text = match[1] or match[2]
        if _TEXT.search(text) and (text in words or _ABOUT_TEXT.search(finding.fix)):
            places = today.quoting(text, _QUOTING)
            if places:
                at = named(places)
                words = f"“{text}” stands in {at} too: what changes here must agree with it."
                return (Said(words, tuple(each.place for each in places)),)
    return ()
