"""Sorts of changes of what a pattern matches, of calls that are shared, of errors unseen."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.match_words import (
    error_seen,
    error_seen_in_a_test,
    held_up_no_more,
    joined,
    joined_in_a_test,
    number_given,
    number_given_in_a_test,
    treated_as,
)
from mendbook.changes.sort_rows import Sort, sort

_PATTERN = (
    r"(?i)reg(?:ex|exp|ular exp)|\bRegExp\b|MustCompile|\bre\.\w+\(|(?<![\w/])/[^/\s][^/\n]*/"
    r"|\bpattern|\bexpression"
)

MATCHES: Sequence[Sort] = (
    sort(
        r"\bO_EXCL\b|\bCREATE_NEW\b|['\"]wx['\"]|\bmode\s['\"]?x\b|\bexclusive(?:ly)?\b(?=.*\b(?:open"
        r"|creat)\w*)|\b(?:open|create)\w*\b.*\bexclusive(?:ly)?\b",
        "Of two that create it at once, one does, and the other meets the error that it is there.",
    ),
    sort(
        r"\b(?:count|number|increment)\b.*?\b(?P<what>the\s\w+s)\b.*"
        r"\b(?:instead of|rather than)\b.*\brandom\w*",
        "{what} follow each other: who sees one can tell the next, and none is given out twice.",
    ),
    sort(
        r"^(?:use|pass|set|give|write|make it|change it to)\s\d[\d_.]*(?:\s?[*+/-]\s?\d[\d_.]*)+",
        number_given,
        proof=number_given_in_a_test,
    ),
    sort(
        r"\basynchronous(?:ly)?\b|\basync\b|\bnon-?blocking\b|\bfs\.promises\b|^stream\b",
        held_up_no_more,
    ),
    sort(r"^(?:treat|regard|count)\s(?P<what>.+?)\sas\s(?P<how>.+)$", treated_as),
    sort(
        r"\b(?:g|global) flag\b|\breplaceAll\b|\b(?:all|each|every) (?:of the )?occurrences?\b",
        "Each place that matches is replaced, and no longer the first one alone.",
        proof="each place that matches is replaced",
        needs=r"(?i)replace|\bsub\(",
    ),
    sort(
        r"\b(?:double|grow|lengthen|increase|raise)s?\b.*\b(?:pauses?|delays?|waits?|sleeps?|intervals?"
        r"|back-?off)\b.*\b(?:after|with|on|for) (?:each|every)\b(?:.*?(?P<most>\bup to [^,;]+))?",
        "It waits longer after each error: what could be done again is done that much later.",
        proof="waits longer after the second error in a row than after the first",
    ),
    sort(
        r"^(?:add|include|put)\s(?P<what>.+?)\s(?:to|in|into)\s(?:the\s|its\s)?(?:cache\s)?key\b",
        "What differs in {what} is kept apart: there are more entries, and the old one stays until"
        " it is dropped.",
        proof="two that differ in {what} do not share an entry",
        needs=r"(?i)cache|memo",
    ),
    sort(
        r"^(?:anchor\b|(?:match|compare|test)\b.*\b(?:whole|entire|full(?:y)?|from start to end)\b"
        r"|use\b.*\bfull_?match\b)",
        "What only holds a match is matched no more: an entry that counted on that must name the"
        " whole.",
        needs=_PATTERN,
    ),
    sort(
        r"^escape\s(?:(?:the|each|every|its|all)\s)?(?P<what>dots?|periods?|question marks?"
        r"|plus(?: sign)?s?|stars?|asterisks?|brackets?|parenthes[ie]s|pipes?|dollar signs?)\b",
        "The {what} of the pattern stands for itself alone: what another character matched there is"
        " matched no more.",
        needs=_PATTERN,
    ),
    sort(
        r"\b(?:single-?flight|coalesc\w+)\b|\b(?:running|pending|in[- ]flight|ongoing|same)"
        r"\s(?:\w+\s)?(?:query|quer(?:y|ies)|requests?|calls?|fetch(?:es)?|loads?|promises?|futures?|tasks?"
        r"|computation)\b.*\b(?:wait\w*|share\w*|join\w*|reuse\w*|await\w*)\b",
        joined,
        proof=joined_in_a_test,
    ),
    sort(
        r"^(?:check|handle|look at|test)\s(?:the\s|its\s|that\s)?(?:returned\s)?err(?:or)?\b"
        r"(?:\s(?:of|from)\s(?P<of>[\w$.]+))?(?:,?\s(?:and|then)\s|,\s)(?P<does>.+)$",
        error_seen,
        proof=error_seen_in_a_test,
    ),
)
"""The first that fits a clause speaks for it."""
