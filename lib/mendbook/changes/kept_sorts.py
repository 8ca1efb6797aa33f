"""Sorts of changes of what stays, is asked once, waits in a buffer or goes through a call first."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.kept_words import (
    buffered,
    keyed_otherwise,
    left_alone,
    left_alone_seen,
    preset_of_setting,
    preset_of_setting_seen,
    through_first,
    unreferenced,
)
from mendbook.changes.sort_rows import Sort, sort

KEPT: Sequence[Sort] = (
    sort(
        r"^(?:stop|quit|no longer|avoid|cease"
        r"|refrain from)\s(?P<doing>[a-z]+ing)\s(?P<what>[^;:]+?)"
        r"(?=\s(?:when|if|after|before|so|because|and\s[a-z]+\s(?:the|it|a))\b|[;:]|\.(?:\s|$)|$)",
        left_alone,
        proof=left_alone_seen,
    ),
    sort(
        r"^(?:run|pass|put|send|feed|route|hand|filter|lead)\s(?P<what>(?!(?:it"
        r"|them)\b)[^,;]+?)\sthrough\s"
        r"(?:the\s)?(?P<by>`?[A-Za-z_$][\w$]*(?:[.:]+[A-Za-z_$][\w$]*)*(?:\([^()]*\))?`?)"
        r"(?=$|[,;.]|\s(?:before|first|so|and|when|instead)\b)",
        through_first,
        needs=r"\w\(|\w\.\w|=",
    ),
    sort(
        r"^key\s(?P<what>`?[A-Za-z_$][\w$.]*`?)\s(?:also\s)?by\s(?P<by>.+?)"
        r"(?=\s(?:as well|too|and|so|instead)\b|[,;.]|$)",
        keyed_otherwise,
    ),
    sort(
        r"^(?:(?:call|add|use|apply|chain|put|invoke)\b[^;]*?\bunref\b(?!['’]d)|unref\s)",
        unreferenced,
        proof="the process can end while it waits",
        needs=r"set(?:Timeout|Interval|Immediate)\(|(?i:time(?:r|out)|interval)",
    ),
    sort(
        r"\b(?:buffer|capacity|bounded queue)\s(?:of|to|with|for)\s(?:up to\s|at most\s)?"
        r"(?P<most>\d[\d_]*(?:\s[a-z]+)?)(?!\s?[kKMG]i?B)|\bbuffer(?:ed)?\s(?:size"
        r"|length)\s(?:of|to)\s"
        r"(?P<other>\d+)",
        buffered,
        proof="takes {most} without waiting",
        needs=r"make\(chan|Queue\(|Channel|mpsc|(?i:\bqueue\b)",
    ),
    sort(
        r"^(?:read|take|get|load|accept|support|honou?r|add)\s(?:an?\s|the\s)?"
        r"(?P<key>`?(?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`?)\s(?:from|in|as|setting"
        r"|option)\b[^;]*?,?\s"
        r"(?:with\s)?(?:an?\s|the\s)?default(?:s|ing)?\s(?:to\s|of\s|value\s)?"
        r"(?P<value>`?[\w.'\"-]+`?)",
        preset_of_setting,
        proof=preset_of_setting_seen,
    ),
    sort(
        r"^(?:compute|calculate|look(?:\sit)?\sup|resolve|evaluate|determine|derive|read|load)\b"
        r"(?!.*\b(?:at|more than|per)\sonce\b).*\bonce\b(?!\s(?:it|the|a|an|that|this|all"
        r"|every)\b)",
        "It is asked for once: what changes behind it afterwards is not seen any more.",
        proof="asks once for what several calls need",
    ),
    sort(
        r"\brecovers?\b(?!.*\bpassword)",
        "A panic there no longer ends the process: what it left half done stays so, and the rest"
        " goes on with it.",
        proof="a panic there does not end the process",
        needs=r"(?i)\bpanic",
    ),
    sort(
        r"^(?:switch|change|move|convert|use|prefer|migrate)\b.*\bconstructor[- ](?:injection|based"
        r"|injected|parameters?)\b",
        "None is meant where a container builds it; who builds it by hand must hand it in.",
    ),
)
"""The first that fits a clause speaks for it; they go before all others."""
