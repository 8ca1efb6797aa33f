"""Sorts of changes that exchange a part of the quoted line, or move it across a block's edge."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.fact_words import (
    any_case,
    bounded,
    compared,
    fewer_tries,
    finer_lock,
    flag_set,
    handed_other,
    handed_other_seen,
    kept_zero,
    kept_zero_seen,
    moved,
    other_member,
    told_nothing,
    unwrapped,
)
from mendbook.changes.sort_rows import Sort, sort

_NAME = r"`?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\([^()]*\))?`?"
_END = r"(?=$|[,;.](?:\s|$)|\s(?:and|so|as|instead|too|there|here|in)\b)"

FACTS: Sequence[Sort] = (
    sort(
        r"^(?:compare|match|look (?:it|them) up|test|check)\b.*\b(?:in lower[- ]?case"
        r"|case[- ]?insensitive(?:ly)?|(?:without|ignoring|regardless of) (?:letter )?case)\b"
        r"|^(?:lower|lower-?case|casefold|upper-?case)\s(?!\d|.*\bto\s`?\d)\S+.*"
        r"\b(?:before|first|for)\b",
        any_case,
        proof="takes capitals and small letters for the same",
    ),
    sort(rf"^compare\s(?P<a>{_NAME})\s(?:with|to|against)\s(?P<b>{_NAME}){_END}", compared),
    sort(
        rf"^(?:use|read|take|send|return|show|write|store)\s(?P<new>{_NAME})(?=[.;]?$|\sthere\b"
        rf"|\shere\b|\sinstead\b)",
        other_member,
    ),
    sort(
        rf"^(?:pass|give|hand|use)\s(?P<new>{_NAME}|nil|null|None|undefined|true|false|\d[\w.]*)\s"
        rf"(?:instead of|in place of|rather than)\s(?P<old>{_NAME}){_END}",
        handed_other,
        proof=handed_other_seen,
    ),
    sort(
        r"^(?:move|put)\s(?P<what>.+?)\s(?P<how>in|into|inside|within|out of|outside|outside of)\s"
        r"(?:of\s)?(?:the|an?|that|this|its)\s(?:\w+\s)?`?"
        r"(?P<block>(?:if|else|elif|try|loop|for|while|case|catch|except|rescue|branch|condition"
        r"|lock|mutex|body of the (?:if|loop))\b(?:\s(?:block|branch|body|clause|loop))?)"
        r"(?!\s\w+\s(?:function|method))",
        moved,
    ),
    sort(
        r"\block per (?P<of>\w+)\b|\bper-(?P<each>\w+) lock\w*"
        r"|\b(?:finer|striped|separate|sharded) locks?\b",
        finer_lock,
        proof="a call for one does not wait for a call for another",
    ),
    sort(
        r"^(?:retry|try again|repeat|try it again|re-?run)\b.*?\b(?:at most|no more than|only"
        r"|up to)\s(?P<most>once|twice|\w+ times)\b",
        fewer_tries,
    ),
    sort(
        r"^(?:bound|limit|cap|restrict)\s(?:the\s)?(?:number|count|amount)?\s?(?:of\s)?"
        r"(?P<what>[\w ]+?)?\s?(?:that (?:run|are)|handled|running|started|in flight|run|open"
        r"|processed|sent)?\s?(?:at once|at a time|at the same time|in parallel|concurrently)\b",
        bounded,
        proof="no more than that many run at once",
    ),
    sort(
        r"^set\s(?P<name>`?[\w$.]+`?)\s(?:back\s)?to\s`?(?P<value>true|false|True|False)`?\s"
        r"(?P<then>(?:before|ahead of|as soon as|right after|after|first)\b.*)$",
        flag_set,
        proof="{name} is {value} {then}",
    ),
    sort(r"^use\s`?\?\?`?\s(?:instead of|for)\s`?\|\|`?", kept_zero, proof=kept_zero_seen),
    sort(
        r"^(?:drop|remove|delete|take out|leave out)\s(?:the\s(?:call\s(?:of|to)\s)?)?"
        r"(?P<call>`?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(\))?`?)(?=$|\s(?:and|call|from|in)\b|[,;.])",
        unwrapped,
    ),
    sort(
        r"^require\s(?P<what>(?:the|its|an?)\s.+?)\sto be\s(?P<how>.+?)(?=,|;|$)",
        "Where {what} is not {how}, it no longer counts.",
        proof="does not count where {what} is not {how}",
    ),
    sort(
        r"^recover\b.*\bpanics?\b|\bpanics?\b.*\brecover(?:ed|s)?\b|^(?:add|use|put) (?:an? )?"
        r"(?:deferred )?recover\b",
        "A panic there no longer ends the process: what it left half done stays so, and the rest"
        " goes on with it.",
        proof="a panic there does not end the process",
    ),
    sort(
        r"^return\s(?P<what>`?Err[A-Z]\w*`?|`?[A-Z]\w*(?:Error|Exception)`?)\sfrom\s"
        r"(?P<names>\w[\w$.,\s`]*)$",
        told_nothing,
        proof="returns {what} from {names}",
    ),
    sort(
        r"\bwait for the (?P<what>(?:running|pending|current|other|earlier|first|ongoing)"
        r"\s[a-z]+)\b",
        "It ends later, once the {what} has ended: one that hangs holds it.",
        proof="ends only after the {what} has ended",
    ),
)
"""The first that fits a clause and the quoted line speaks for it; they go before all others."""
