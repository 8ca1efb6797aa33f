"""Later steps that a fix text tells without any code, *and document it in the README*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.sentences.said import is_kept
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.text.plain import one_line
from mendbook.text.stems import stems

_LEADS_ON = r"(?:and|then|and\s+then|and\s+also)"
_OBJECT = (
    r"(?:the|an?|its|their|it|them|all|any|every|each|some|more|both|this|that|these|those|another"
    r"|tests?|docs?|documentation|comments?|metrics?)"
)
_STEP = re.compile(
    rf"(?:,?\s+{_LEADS_ON}|[.;]\s+(?=[A-Z]|then\b|also\b|next\b|finally\b)"
    r"|[.;,]\s+(?:then|also|next|finally|in\s+addition|besides),?)\s*\b"
    r"(?:(?:also|then|please)\s+)*(?P<verb>[A-Za-z]{3,})\s+"
    rf"(?P<what>{_OBJECT}\b[^.;:⟦]*)(?=$|[.;:,])",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\bwith\s+(?:the|its|an?)\s+(?P<what>(?:[a-z]+\s+){1,2}(?:taken|read|coming|loaded|derived"
    r"|chosen|passed|computed|supplied)\s+(?:from|by|in|as|through|via)\s+[^.;:⟦]+)",
    re.IGNORECASE,
)
"""Where a value is to come from."""
_CALLERS = re.compile(
    rf"\b{_LEADS_ON}\s+(?P<step>(?:update|adapt|adjust|fix|change|migrate|switch)\s+"
    r"(?:(?:all|the|its|every|each|other)\s+)*(?:callers?|call\s?sites?|calls|references|usages?"
    r"|consumers|importers)\b[^.;:⟦]*)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:and|,|also)\s+(?P<step>(?:in|at|for|to)\s+(?:(?:all|the|its|both|two|three|four|\d+)\s+)*"
    r"others?\s+(?:[\w-]+\s+)?(?:places?|spots?|sites?|files?|modules?|functions?|methods?|handlers?"
    r"|routes?|services?|jobs?|tests?|calls?|lines?|occurrences?)\b[^.;:⟦]*)",
    re.IGNORECASE,
)
_MORE_VERBS = frozenset(
    re.findall(
        r"\w+",
        "validate verify retry notify measure monitor record count report track audit cache clean"
        " tidy reset restart write warn tell send store save keep cover explain describe mention",
    )
)
"""Verbs of steps beside those that the reader of instructions knows."""
_USED = re.compile(
    r"(?:re-?use|use|import|call|refer\s+to|reference)\s+(?:it|them|that)\b"
    r"|keep\s+(?:the|their|its)\s+(?:order|sequence|names?|signature)\b"
    r"|.*\b(?:otherwise|as\s+before|as\s+(?:it|they)\s+(?:is|are|was|were))\s*$",
    re.IGNORECASE,
)
"""The first step's own edit in other words: where it is used, or what stays beside it."""
_PURPOSE = re.compile(
    r"\b(?:so\s+that|in\s+order\s+to|because|since|which|who|can|could|would|will)\b"
    r"|(?<!has\s)(?<!have\s)(?<!ought\s)(?<!need\s)(?<!needs\s)(?<!is\s)\bto\s+(?P<verb>[a-z]{3,})\b",
    re.IGNORECASE,
)
_NO_MATTER = frozenset(
    stems(
        "use argument parameter import caller callsite site reference usage place occurrence value"
        " type name line function method variable constant field property return result error"
        " exception code block branch body class module condition check loop statement expression"
        " literal string number object array option default call entry both other second third"
        " first last here there again instead everywhere accordingly directly itself properly"
        " already still same local elsewhere before"
        " after once only also then well with from into that"
        " this them their when where which what have been does",
        least=3,
        length=5,
        singular=True,
    )
)
"""What a step may name that is the reader's own business, or says nothing by itself."""


def steps_in_words(fix: str, before: str, after: str) -> Iterator[str]:
    """Yield the steps of ``fix`` of which no line that changes has a word.

    Only steps behind the first: whatever that one names in words, the edit itself answers. Callers
    that are to be adapted, and other places, are met where more than one place changes.
    """
    runs = line_runs(before, after)
    changed = _stems("\n".join(line for run in runs for line in (*run.written, *run.gone)))
    masked, _ = scan(fix)
    for told in _STEP.finditer(masked):
        head = re.split(r"[.;:]\s", masked[: told.start()])[-1]
        step = f"{told['verb']} {told['what']}"
        used = _USED.match(step) or is_kept(step)
        waits = told["verb"].lower() == "await" and "await" in changed
        if waits or used or _is_purpose(head):
            continue
        if _is_order(told["verb"].lower()):
            yield from _without(changed, f"{told['verb'].lower()} {told['what']}", told["what"])
    for told in _WITH.finditer(masked):
        yield from _without(changed, told["what"], told["what"])
    if len(runs) < 2:
        for form in (_CALLERS, _OTHERS):
            yield from (one_line(told["step"], 80) for told in form.finditer(masked))


def _is_purpose(head: str) -> bool:
    """Tell whether the words before a step tell what something is for, or what others can do."""
    return any(
        match["verb"] is None or verb_of(match["verb"]) is not None
        for match in _PURPOSE.finditer(head)
    )


def _is_order(word: str) -> bool:
    return word in _MORE_VERBS or (verb_of(word) is not None and not word.endswith("ing"))


def _without(changed: set[str], said: str, what: str) -> Iterator[str]:
    """Yield what is ``said`` where it has words of its own, and none of them in ``changed``."""
    own = _stems(what) - _NO_MATTER
    if own and not own & changed:
        yield one_line(said, 80)


def _stems(text: str) -> set[str]:
    return set(stems(text, least=4, length=5, singular=True))
