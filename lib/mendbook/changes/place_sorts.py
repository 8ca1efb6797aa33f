"""Sorts of changes that say nothing without the place: a loop, an exit, a function handed in."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.place_words import (
    called_back,
    called_back_seen,
    called_once,
    called_once_seen,
    given_instead,
    given_instead_seen,
    gone_on,
    handed_on,
    in_one_job,
    in_the_end,
    in_the_end_seen,
    kept_running,
    left_off,
    on_each_error,
    on_each_error_seen,
    passed_by,
)
from mendbook.changes.sort_rows import Sort, sort

PLACED: Sequence[Sort] = (
    sort(
        r"^(?P<does>.+?)\s(?:in|on|for|from)\s(?:both|all|every|each|either|the)\s(?:of\sthe\s)?(?:error"
        r"|failure|failing)\s(?:branch(?:es)?|paths?|cases?|handlers?|exits?|callbacks?)\b",
        on_each_error,
        proof=on_each_error_seen,
    ),
    sort(
        r"\b(?:in|as) (?:one|a single) (?:function|closure|job|task|callback|lambda)\s"
        r"(?:that\sis\s)?(?:passed|given|handed|submitted)\sto\s(?P<name>`?[\w$.]+(?:\(\))?`?)",
        in_one_job,
    ),
    sort(
        r"^(?!(?:remove|delete|drop)\s(?:the|a|that|this)\s`?(?:try|finally))"
        r"(?:.*?\b(?P<verb>(?!(?:and|then|also)\b)[a-z]+)\s(?P<what>(?:(?!\b(?:and|try|so|to)\b)[^,;])+?)\s"
        r"(?:in|into|inside|from|within)\s(?:an?|the|its)\s`?finally\b"
        r"|.*?(?:\btry\s?[/-]\s?finally|\b(?:in|into|to|with|inside) (?:an?|the|its) `?finally`?\b"
        r"|`?finally`? (?:block|clause|handler|callback)))",
        in_the_end,
        proof=in_the_end_seen,
    ),
    sort(r"^(?:skip|pass over|ignore|leave out)\s+(?P<what>\S.*)$", passed_by),
    sort(
        r"\b(?:go on|continue|carry on|proceed)\b(?:\swith\s(?:the\s)?(?:others?|rest|next"
        r"|remaining)\b.*)?$",
        gone_on,
    ),
    sort(
        r"\b(?:drop|remove|delete|take out)\s(?:the|that|this)\s`?(?:return|break)`?\b"
        r"(?:\s(?:from|in|out of|of|inside)\b.*)?$",
        gone_on,
    ),
    sort(
        r"^set\s(?P<name>`?[\w$.]+`?)\sto\s`?(?:null|undefined|None|nil|false)`?"
        r"(?=,|$|\s(?:before|after|and|in|once|when|as)\b)",
        called_once,
        proof=called_once_seen,
    ),
    sort(
        r"^(?:stop|end|leave|break|quit)\b.*?\s(?P<when>(?:once|when|as soon as|after|if)\s.+)$",
        left_off,
    ),
    sort(r"^return\s+(?P<new>\S.*)$", given_instead, proof=given_instead_seen),
    sort(
        r"^(?:call|invoke|run|fire)\s+(?P<what>`?[\w$.]+`?\([^()]*\)`?|`[\w$.]+`"
        r"|(?:the|its)\s(?:\w+\s)?(?:callback|handler|continuation)|(?!(?:the|its)\s)[\w$]+)(?![\w(])"
        r"(?!\s(?:through|via|into|over|against)\b)(?P<rest>.*)$",
        called_back,
        proof=called_back_seen,
    ),
    sort(
        r"^(?:pass|hand|give)\s(?P<what>`?[\w.]+`?)\s(?:on\s)?to\s(?P<to>`?[\w.]+`?)"
        r"(?=,|;|$|\s(?:too|also|as well|and|so)\b)",
        handed_on,
    ),
    sort(
        r"\b(?:instead of|rather than) (?:exiting|ending|stopping|killing|crashing|panicking"
        r"|aborting|(?:the|an?)\s(?:exit|panic|crash|abort))\b",
        kept_running,
    ),
)
"""The first that fits a clause and its place speaks for it; they go before all others."""
