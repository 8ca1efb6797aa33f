"""What must hold once a fix is done: one sentence for each thing that it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mendbook.changes.clauses import alternatives, orders, plain_clause, steps
from mendbook.changes.headings import heading
from mendbook.changes.imperatives import VERBS, says_what_it_does, third_person
from mendbook.changes.phrases import (
    WHERE_FIRST,
    asserted,
    first_word,
    fitted,
    is_form_only,
    keeps_behaviour,
    one_sentence,
)
from mendbook.changes.proofs import proof_of
from mendbook.changes.spoken import spoken
from mendbook.changes.symptoms import HARMLESS, without_fault
from mendbook.model import Finding, FindingFacts, SymbolStatus

MOST = 3
"""Sentences for one finding; what a fix asks beyond stands in its steps."""
_SAME = re.compile(
    r"(?i)^(?:and\s+)?(?:(?:do|apply|use)\s+)?the same\s+(?:\w+\s+)?(?:in|for|to|at)\s+(.+)$"
)
_TOGETHER = re.compile(
    r"(?i)\b(?:others?|rest|remaining|all|both|each|every|two|three|four|five)\b"
)
"""Tells of several places without their names: *the other three handlers*."""
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_IN_FILE = re.compile(r"\s(?:in|at)\s`?(?:[\w@.-]+/)+[\w@.-]+\.\w+`?$")
_ANSWER = re.compile(r"(?:answers|responds|replies)\b.*?\b[45]\d\d\b")
_WHEN = re.compile(
    r"\s(?:when|if|unless|whenever|in both cases|in all cases)(?:\s.+?(?=[.;]\s|$)|$)"
)
_NEXT_ORDER = re.compile(
    r",?\s(?:and|then)\s(?P<verb>[a-z]+)\s(?=(?:the|an?|it|them|its|that|with|only)\s|`)"
)
"""An order behind a condition: *when init fails and rethrow the error*."""
_BESIDE_WHEN = re.compile(
    r"(?<=\w{3}),\s(?=(?:in|with|by|using|for|via|through|checked|held|guarded|told)\s)"
)
"""Where or how it is done, told behind a condition."""
_ROUTE = re.compile(r"[A-Z]+ /")
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|_")
_INNER = (
    "add append apply assert assign build calculate call cast catch check clone compare compute "
    "convert copy create declare decouple define derive do extend fetch get give guard handle have "
    "hold implement import include inherit initialise initialize inject insert instantiate "
    "introduce invoke iterate join load lock loop make map memoise memoize merge move narrow open "
    "parse pass "
    "perform prepend put query read replace run select set split store swap switch synchronise "
    "synchronize take test transform turn unwrap use verify wire wrap write"
)
_INSIDE = frozenset(map(third_person, _INNER.split()))
"""What says how code is written, and not what a test sees of it."""
_SHOWN = re.compile(
    r"(?i)\b(?:headers?|fields?|limits?|time ?outs?|messages?|parameters?|metrics?|buttons?|labels?"
    r"|cookies?|attributes?|status|property|flags?|links?|columns?|index(?:es)?|retr(?:y|ies))\b"
)
_ON_EVENT = re.compile(r"handles [^:]{1,40}: ")
_CODE = re.compile(r"[^({=]*[({=].*?\s(?:is|are)\s")
"""A sentence whose subject is a piece of code: how it is spelled is seen by no test."""
_JOINTS = re.compile(r"(?:,?\s(?:and|then)\s|:\s|,\s)")
_CALLED = re.compile(r"[a-z]+\s([\w$.]+\([^()]*\))")
_CAUGHT_OF = re.compile(
    r"(?:catches|handles)\s(?:the|an?|any|every)?\s?(?:errors?|exceptions?|failures?)\s(?:of"
    r"|from|in)"
    r"\s((?:(?:each|every|the|its|an?)\s)?[\w$.]+(?:\([^()]*\))?)"
)
_HERE = re.compile(r"\shere(?:\s(?:and|as well as)\sin\s\S+)?(?=$|[,.;])")
_RESULT = re.compile(r"(?i),?\s(?:so that|so)\s(.+)$")
_REQUIRED = re.compile(
    r"(?i)\b(?:assert|check|ensure|verify|make sure)\s+(?:that\s+)?(?P<what>`[^`]+`|[^,;:]+?)"
    r"(?=,?\s+(?:and|or|else)\b)"
)
_MADE_WITH = re.compile(
    r"(?:loads|fetches|reads|gets|takes|finds|looks up|parses|builds|creates|makes|computes)\s"
    r"((?:the|an?|its)\s[a-z]+)\s(?:with|by|using|via|through|from(?!\s(?:the\s)?env)|out of)\s"
)
"""*Loads the owner with findOwnerById*: what is loaded is *it*, and not the function."""
_FIRST_OF = re.compile(r"[a-z]+\s((?:the|both|all|its)\s[a-z]+s)(?:\sfirst)?")
"""*Compares the weights first*: the weights are *they* of what follows."""
_SHORT_CALL = 24
"""Characters of a call that stands in a title with its arguments."""
_CODE_NAME = re.compile(
    r"(?<![\w$.])(?:[a-z_$]\w*[A-Z]\w*|[A-Z]\w*[a-z]\w*[A-Z]\w*|[A-Z]+_[A-Z_\d]+|\w+(?:[._]\w+)+)"
)
_ANYTHINGS = re.compile(
    r"(?i)(?:the\s)?(?:memory|cpu|load|latency|traffic|cost|costs|logs?|bundle|disk|noise|bandwidth"
    r"|heap)(?:\s(?:usage|use|size))?\s(?:does|do|is|are|cannot)\b(?:\snot)?(?:\s\w+){0,2}"
)
"""What holds of any code: *memory does not grow* says nothing of this one."""
_LINKING = {"and", "or", "the", "in", "for", "of", "to", "method", "function", "class"}
_AFTER_THAT = re.compile(r"\bafter (?:that|this)(?: time)?\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:longer than|more than|within|after|up to|at most)\s(?P<time>\S+\s?(?:ms|seconds?"
    r"|minutes?|hours?|days?|s|min|h)\b)"
)
_NEEDLESS = re.compile(
    r"(?i)\b(?:un-?used|dead|never|not (?:used|called|needed)|nobody|no one|nothing|unreachable"
    r"|redundant|duplicat\w+|needless|unnecessary|obsolete|left-?overs?|noise|clutter\w*|stale"
    r"|deprecated|confus\w+|mislead\w*|maintain\w*|reads?|readers?)\b"
)
"""What is said of code that can go without anybody noticing."""
_EACH = re.compile(
    r"(?i)\bN\s?\+\s?1\b|\bquer(?:y|ies)\s+(?:per|for each|for every|in (?:a|the) loop)\b"
    r"|\beach\b.*\bmore queries\b|\b(?:for|per) (?:each|every)\b[^.]*\bquer(?:y|ies)\b"
)
_ONE_QUERY = re.compile(
    r"(?i)\b(?:join\w*|preload\w*|prefetch\w*|eager\w*|batch\w*|bulk|include|single query|one query"
    r"|\bload (?:them|all|these|it all) (?:at )?once\b|(?:them|all) with one"
    r"|select_related|populate|IN \(|(?-i:IN) quer(?:y|ies)|one \w+ query|dataloader|aggregate)\b"
)


def held(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    """Return what a test can see of the fix, each under the name of the code it is about.

    What a clause asks for counts where it can be seen from outside; of a clause that only says how
    the code is to be written, what the audit saw is turned round instead. Of alternatives one
    sentence says both. Empty where the fix keeps what code does, or nothing has a sentence.
    """
    subject = subject_of(finding, facts)
    choices = alternatives(finding.fix)
    if _EACH.search(f"{finding.problem} {finding.impact} {finding.fix}") and _ONE_QUERY.search(
        finding.fix
    ):
        return (_under(subject, "runs as many queries for many rows as for one"),)
    asked = [] if choices else list(_asked(finding, facts, subject))
    seen = [said for said, visible in asked if visible]
    clauses = map(plain_clause, steps(finding.fix))
    proven = any(proof_of(each, finding) for each in clauses) and not choices
    gone = fault_gone(finding) if (asked or choices) and not proven else ""
    if seen or gone:
        sentences = [
            *seen[: MOST - 1],
            *([_under(subject, gone)] if gone else []),
            *seen[MOST - 1 :],
        ]
        return tuple(dict.fromkeys(sentences))[:MOST]
    if choices:
        either = [asserted(choice) for choice in choices]
        whole = f"{' or '.join(either)}, as is decided"
        return (_under(subject, whole),) if all(either) else ()
    return tuple(dict.fromkeys(said for said, _ in asked))[:MOST]


def says_when(said: str) -> bool:
    """Tell whether a title says in which case what is seen: what the audit saw adds nothing."""
    return bool(condition(said)) or _ANSWER.search(said) is not None


def fault_gone(finding: Finding) -> str:
    """Return what holds once the fault is gone: of its impact, else of its problem; or nothing."""
    if HARMLESS.match(finding.impact.strip()):
        return ""
    told = without_fault(finding.impact)
    if _ANYTHINGS.fullmatch(told):
        told = ""
    return told or without_fault(finding.problem, told=False)


def _asked(finding: Finding, facts: FindingFacts, subject: str) -> Iterator[tuple[str, bool]]:
    """Yield what each clause asks for, under its subject, and whether a test sees it."""
    before, given, visible = "", "", False
    for written in _timed(steps(finding.fix)):
        clause = WHERE_FIRST.sub("", plain_clause(_HERE.sub("", written)))
        if same := _SAME.match(clause):
            alike = _first_alone(before)
            yield from ((_under(name, alike), visible) for name in _names(same[1]) if alike)
            continue
        before = asserted(clause) or before
        if proof := proof_of(plain_clause(written), finding):
            before = proof
            yield _under(subject, proof), True
            yield from _besides(plain_clause(written), proof, finding, subject)
            continue
        if not asserted(clause) and (result := _RESULT.search(one_sentence(clause))):
            yield _under(_answering(result[1], facts) or subject, result[1]), True
            continue
        if said := _IN_FILE.sub("", asserted(clause, whole=True)):
            shown = visible_part(said, subject)
            given = condition(said) or given
            shown = _unless(shown, clause)
            bare = _ANSWER.match(shown) and not condition(shown)
            title, visible = fitted((shown or said) + (given if bare else "")), bool(shown)
            yield _under(_answering(title, facts) or subject, title), visible


def _timed(clauses: Sequence[str]) -> Iterator[str]:
    """Yield the clauses of a fix, *after that* put by the time that one before it gives."""
    time = ""
    for clause in clauses:
        yield _AFTER_THAT.sub(f"after {time}", clause) if time else clause
        if told := _TIME.search(clause):
            time = told["time"]


def _besides(clause: str, proof: str, finding: Finding, subject: str) -> Iterator[tuple[str, bool]]:
    """Yield what a test sees of the orders behind the first, where ``proof`` is of that alone."""
    first, *others = orders(clause)
    if proof_of(first, finding) != proof:
        return
    for order in others:
        if re.match(r"\w+\s(?:before|after|when|first)\b", order):
            continue  # the same thing, only sooner
        said = proof_of(order, finding) or visible_part(asserted(order, whole=True), subject)
        if said and said != proof:
            yield _under(subject, fitted(said)), True


def _first_alone(said: str) -> str:
    """Return the first thing of several that ``said`` says is done: another place shares that."""
    for joint in _JOINTS.finditer(said):
        if says_what_it_does(said[joint.end() :]) and _level(said[: joint.start()]):
            return said[: joint.start()]
    return said


def _unless(shown: str, clause: str) -> str:
    """Put the condition that a clause requires in place of *otherwise*."""
    required = _REQUIRED.search(clause)
    if required is None or not re.search(r"\s(?:otherwise|if not|else)$", shown):
        return shown
    return re.sub(r"\s(?:otherwise|if not|else)$", f" unless {required['what'].strip('` ')}", shown)


def condition(said: str) -> str:
    """Return the condition in ``said`` with a space before it; empty for none."""
    match = _WHEN.search(said)
    told = _BESIDE_WHEN.split(match[0], maxsplit=1)[0] if match is not None else ""
    for joint in _NEXT_ORDER.finditer(told):
        if joint["verb"] in VERBS:
            return told[: joint.start()].rstrip(" .,")
    return told.rstrip(" .,")


def visible_part(said: str, subject: str = "") -> str:
    """Return the part of ``said`` that a test sees from outside; empty where it sees none.

    Of ``wraps load in try/catch and throws LoadError when it fails`` it is ``throws LoadError when
    load fails``.
    """
    own = subject.partition(", ")[0].rpartition(".")[2]
    if own:
        here = rf"\s(?:in|from|of) {re.escape(own)}(?:\(\))?(?=\s(?!and\b|or\b)|$)"
        said = re.sub(here, "", said, count=1)
    first = said.partition(" ")[0]
    if _is_seen(first) or (first == "has" and _SHOWN.search(said)) or _ON_EVENT.match(said):
        return said
    if not says_what_it_does(said):
        owns = re.search(r"\s(?:has|have)\s", said)
        return "" if _CODE.match(said) or (owns and not _SHOWN.search(said)) else said
    for joint in _JOINTS.finditer(said):
        rest = said[joint.end() :]
        if _is_seen(rest.partition(" ")[0]) and _level(said[: joint.start()]):
            shown = _without_pronoun(rest, said[: joint.start()]) or said
            failed = _CAUGHT_OF.match(said)
            return (
                shown if failed is None or condition(shown) else f"{shown} when {failed[1]} fails"
            )
    return ""


def _is_seen(word: str) -> bool:
    """Tell whether ``word`` is what code does to be seen from outside: ``refuses``, ``alerts``."""
    return says_what_it_does(word) and word not in _INSIDE


def _without_pronoun(rest: str, before: str) -> str:
    """Put what ``before`` is about where ``rest`` says *it*; empty where that is not certain."""
    both = _FIRST_OF.fullmatch(before)
    if both is not None and re.search(r"\bthey\b", rest):
        return re.sub(r"\bthey\b", both[1], rest, count=1)
    if not re.search(r"\b(?:it|them)\b", rest):
        return rest
    if (made := _MADE_WITH.match(before)) is not None:
        return re.sub(r"\b(?:it|them)\b", made[1], rest, count=1)
    if before.startswith(("catches ", "handles ")):
        return re.sub(r"\b(?:it|them)\b", "the error", rest, count=1)
    called = _CALLED.match(before)
    names = [called[1]] if called is not None else list(dict.fromkeys(_CODE_NAME.findall(before)))
    if len(names) != 1:
        return ""
    name = names[0] if len(names[0]) <= _SHORT_CALL else re.sub(r"\(.+\)$", "(…)", names[0])
    return re.sub(r"\b(?:it|them)\b", lambda _: name, rest, count=1)


def _level(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in ("()", "[]", "{}"))


def regression(finding: Finding, facts: FindingFacts) -> str:
    """Return a title for a fix that says nothing a title can be made of; empty if none is due."""
    if not alternatives(finding.fix):
        clauses = steps(finding.fix)
        kept = keeps_behaviour(finding.fix) and not _ends_a_fault(finding)
        if kept or (clauses and all(map(is_form_only, clauses))):
            return ""
    gone = fault_gone(finding) or f"regression: {one_sentence(heading(finding)) or finding.id}"
    return _under(subject_of(finding, facts), gone)


def _ends_a_fault(finding: Finding) -> bool:
    """Tell whether code that goes is what brings the fault, and not only code that nobody needs."""
    told = f"{finding.title} {finding.problem} {finding.impact}"
    goes = first_word(finding.fix) in {"remove", "delete", "drop"}
    return goes and bool(without_fault(finding.impact)) and _NEEDLESS.search(told) is None


def subject_of(finding: Finding, facts: FindingFacts) -> str:
    """Return the name of the code that the finding is about, or its event; empty for neither."""
    if finding.symbols:
        return f"{finding.symbols[0]}, {facts.case}" if facts.case else finding.symbols[0]
    if facts.symbols:
        first = facts.symbols[0]
        routes = [entry.name for entry in facts.exposure]
        if _ROUTE.match(first.symbol) and len(routes) == 1:
            return routes[0]
        if " " in first.symbol and first.status is SymbolStatus.MISSING:
            return ""
        return spoken(first.symbol, first.declarations[0].file if first.declarations else "")
    return f'"{finding.events[0]}"' if finding.events else ""


def _answering(said: str, facts: FindingFacts) -> str:
    """Return the route that answers with the status that ``said`` names, if one route does."""
    routes = [one.name for one in facts.exposure if _ROUTE.match(one.name)]
    return routes[0] if len(set(routes)) == 1 and _ANSWER.match(said) else ""


def _names(words: str) -> Sequence[str]:
    if _TOGETHER.search(words):
        return [words.strip(" .")]
    return [name for name in _NAME.findall(words) if name.lower() not in _LINKING]


def under(finding: Finding, said: str) -> str:
    """Return what holds under the name that the finding gives to its code, as far as it has one."""
    return _under(finding.symbols[0] if finding.symbols else "", said)


def _under(subject: str, said: str) -> str:
    """Put what holds under the name of the code, unless that name cannot but be meant in it."""
    own = subject.partition(", ")[0].rpartition(".")[2]
    named = re.search(rf"(?<![\w$]){re.escape(own)}(?![\w$])", said) and _DISTINCT.search(own)
    told = named and ", " not in subject
    if not subject or told or said.startswith("regression"):
        return said
    return f"{subject}: {said}"
