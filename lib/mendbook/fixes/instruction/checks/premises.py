"""Refuse an edit that passes over a condition which the text puts on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mendbook.code.line_runs import line_runs, split_lines
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.sentences.ledger import unmasked
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.task import Task
from mendbook.text.plain import one_line
from mendbook.text.stems import stems

_ONLY_IF = re.compile(
    r"\b(?:unless(?!-)|only if|only when|only where|provided that|providing that|as long as"
    r"|so long as|assuming|in case|on (?:the )?condition that)\b"
    r"(?! (?:it is )?(?:set|configured|given|specified|overridden)\b"
    r"| (?:that|it|this|the \w+) (?:is|has|was) (?:through|done|over|finished|complete)\b)"
    r"[^.;:]*"
    r"|[,(]\s*(?:provided|if\s+(?:possible|feasible|supported|applicable|available))\b[^.;:]*",
    re.IGNORECASE,
)
_ONLY_IN = re.compile(
    r"\bonly\s+(?:in|on|for|during|while|outside|under|with)\s+(?!(?:the|this|that|its|these|those"
    r"|both)\s|⟦|(?-i:[A-Z_]{2,})|[\w.]+\()(?:an?\s+)?(?P<where>[a-z][\w-]*)\b[^.;:⟦]*",
    re.IGNORECASE,
)
"""In which surroundings it is to be so: *only in production*, *only for admins*."""
_WHEN_DONE = re.compile(
    r"\b(?:once|as\s+soon\s+as|after|when|until|before)\s+(?:(?:all|the|every|our|we|your|this)\s+)*"
    r"(?:[\w-]+\s+){0,2}?(?:clients?|users?|customers?|teams?|partners?|consumers?|migration|rollout"
    r"|release|deploy(?:ment)?|upgrade|deprecation|backfill|cut-?over|sunset|approval|sign-?off)\b"
    r"[^.;:⟦]*",
    re.IGNORECASE,
)
"""What people must have done before it may be so."""
_WHICH_TIME = re.compile(
    r"\b(?:after|once|until|when|on|before)\s+(?:[\w-]+\s+){0,3}?(?:last|final|first|second|third"
    r"|next|previous|\d+(?:st|nd|rd|th)?|all|several|repeated|consecutive|too many|max(?:imum)?)\s+"
    r"(?:[\w-]+\s+){0,2}?(?:attempts?|retr(?:y|ies)|tr(?:y|ies)|iterations?|failures?|times?|rounds?"
    r"|pass(?:es)?)\b",
    re.IGNORECASE,
)
_THEN = (
    r"(?:(?<!\bby\s)(?<!\bsince\s)(?<!\buntil\s)(?<!\bof\s)(?<!\bthe\s)(?<!ing\s)(?<!\band\s)then"
    r"|in\s+(?:that|this|such\s+a)\s+case)"
)
_IN_THAT_CASE = re.compile(
    rf"(?<=[.;:]\s)(?:(?P<verb>[A-Za-z-]+)(?:\s[^.;:]*?)?|(?P<code>⟦\d+⟧))\s{_THEN}"
    r"(?=\s*(?:$|[.;]))"
    r"|\b[Ii]n\s+(?:that|this|such\s+a)\s+case,?\s+(?:(?P<later>[A-Za-z-]+)|⟦\d+⟧)[^.;:]*"
)
"""An order for a case that is told before: *the count may be 0: return early then*."""
_FROM_TO = re.compile(
    r"\bfrom\s+⟦(?P<now>\d+)⟧\s+(?:down\s+|up\s+|back\s+)?to\s+⟦(?P<then>\d+)⟧", re.IGNORECASE
)
"""What a value is said to be now, and what it is to become."""
_TESTS = re.compile(
    r"\b(?:if|elif|unless|when|while|until|switch|case|match|and|or|not|for)\b|&&|\|\||\?|[<>=]="
)


def refuse_unmet(task: Task, edits: Mapping[str, str | None]) -> None:
    """Raise ``Abstain`` where the text asks on a condition only, and ``edits`` test nothing new.

    *Raise the limit, unless the store is shared* and *after the last attempt, throw* say when; a
    change that is made always is another one.
    """
    fix = task.finding.fix
    masked, codes = scan(fix)
    _refuse_other_start(task, edits, [(codes[int(one["now"])].text, codes[int(one["then"])].text)
                                      for one in _FROM_TO.finditer(masked)])  # fmt: skip
    told = [
        *_conditions(fix),
        *(each[0] for each in _WHICH_TIME.finditer(fix)),
        *(
            unmasked(each[0], codes)
            for each in _IN_THAT_CASE.finditer(masked)
            if (verb := each["verb"] or each["later"]) is None or verb_of(verb) is not None
        ),
    ]
    new = "\n".join(_new_lines(task, edits))
    unmet = [one for one in told if not (_TESTS.search(new) and _speaks_of(one, new))]
    outside = [
        unmasked(each[0], codes)
        for pattern in (_ONLY_IN, _WHEN_DONE)
        for each in pattern.finditer(masked)
        if not _is_place(task, each) and not _speaks_of(unmasked(each[0], codes), new)
    ]
    if first := next(iter((*unmet, *outside)), ""):
        said = one_line(first, 80).strip(" ,(")
        raise Abstain(f"it is to be so `{said}`, which the edit does not test")


def _refuse_other_start(
    task: Task, edits: Mapping[str, str | None], told: Sequence[tuple[str, str]]
) -> None:
    """Raise ``Abstain`` where *from a to b* writes ``a``, which is not there now."""
    runs = [
        run for path, after in edits.items() for run in line_runs(task.snapshot.get(path), after)
    ]
    gone = _values("".join(line for run in runs for line in run.gone))
    written = _values("".join(line for run in runs for line in run.written))
    for now, then in told:
        wrong = _values(now) <= written and not _values(now) <= gone
        if wrong and not _values(then) <= written:
            raise Abstain(f"what stands there is not {one_line(now, 60)}")


def _values(text: str) -> set[str]:
    return set(re.findall(r"[\w.-]+", re.sub(r"(?<=\d)_(?=\d)", "", text)))


def _is_place(task: Task, told: re.Match[str]) -> bool:
    """Tell whether *only in x* names something that the finding's files declare or call."""
    where = told.groupdict().get("where")
    named = re.compile(rf"\b(?:def|function|class|func|const|let|var)\s+{where}\b|\b{where}\(")
    texts = (task.snapshot.get(place.path) or "" for place in task.finding.places)
    return bool(where) and any(named.search(text) for text in texts)


def _speaks_of(condition: str, new: str) -> bool:
    """Tell whether new lines have a word of a condition, or it has none of its own to look for."""
    own = set(stems(condition)) - _PLAIN
    return not own or bool(own & set(stems(new)))


_PLAIN = frozenset(
    stems(
        "unless only provided providing that long assuming case condition possible feasible when"
        " where while the and are was were has have had been being there this them they its empty"
        " null none undefined missing given defined needed required present absent valid invalid"
        " positive negative zero true false equal equals same other otherwise already still not"
        " after once until before last final first next max maximum several too many all every"
        " value values something anything nothing"
    )
)


def _conditions(text: str) -> tuple[str, ...]:
    """Return the conditions in words that a fix text puts on what it asks; code says none."""
    masked, codes = scan(text)
    return tuple(unmasked(match[0], codes) for match in _ONLY_IF.finditer(masked))


def _new_lines(task: Task, edits: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the lines that ``edits`` write, those that only move left out."""
    for path, after in edits.items():
        before = task.snapshot.get(path) or ""
        kept = {line.strip() for line in split_lines(before)}
        for run in line_runs(before, after):
            yield from (line for line in run.written if line.strip() not in kept)
