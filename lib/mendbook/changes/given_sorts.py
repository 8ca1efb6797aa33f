"""Sorts of changes of what counts as given, of errors in place of values, and of what is told."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.error_words import (
    given_on_error,
    given_on_error_seen,
    kept_on,
    no_more_than,
    no_more_than_seen,
    thrown_on,
    thrown_on_seen,
    with_cause,
)
from mendbook.changes.given_words import (
    alike,
    alike_seen,
    branch_gone,
    branch_gone_seen,
    counted,
    first_left_out,
    only_missing,
    only_missing_seen,
    other_charset,
    other_charset_seen,
    other_status_named,
    other_status_seen,
    timer_dropped,
    told_instead,
)
from mendbook.changes.sort_rows import Sort, sort

_CODE = r"`?[A-Za-z_$][\w$.]*`?"

GIVEN: Sequence[Sort] = (
    sort(
        r"^(?!.*\b(?:change|replace)\b|.*(?<!\d)[2-5]\d\d(?!\d))"
        rf"(?:use|answer|return|send|pass|set|respond|throw"
        rf"|reply)\b.*?(?P<new>(?<![\w.])(?:{_CODE}[._:]+)?"
        r"(?-i:(?:Status)?[A-Z][A-Za-z_]*[A-Za-z]))(?=`?(?:$|[\s.,;)]))",
        other_status_named,
        proof=other_status_seen,
        raw=True,
    ),
    sort(
        r"^(?:compare|test|check|ask|use|distinguish|tell|write)\b.*\b(?:undefined|null|nil|None"
        r"|is not"
        r" None|nullish)\b.*?\b(?:instead of|rather than|and not)\b.*\b(?:truth\w*|fals(?:y"
        r"|i\w+)|plain"
        r" (?:check|test)|bool\w*|or)\b",
        only_missing,
        proof=only_missing_seen,
    ),
    sort(
        r"^(?:check|test|compare|ask|use|write)\b(?!.*\b(?:instead|rather)\b).*\b(?:explicit\w*"
        r"|strict\w*)\b"
        r".*\b(?:undefined|null|nil|None)\b|^(?:check|test|compare|ask)\b.*\b(?:undefined|null"
        r"|nil|None)\b"
        r".*\b(?:explicit\w*|strict\w*)\b",
        only_missing,
        proof=only_missing_seen,
    ),
    sort(
        r"^(?:treat|handle|take|count|read|regard)\s(?P<a>(?!(?:it|them|this"
        r"|that)\b)\S+(?:\s\S+){0,3}?)\s"
        r"(?:like|as if it were|the same (?:way )?as|just like"
        r"|exactly like)\s(?P<b>[^:,;]+?)(?=$|[:,;.])",
        alike,
        proof=alike_seen,
    ),
    sort(
        r"^(?:skip|leave out|omit|ignore|suppress|drop)\s(?:the\s)?(?P<which>first|initial|last)\s"
        r"(?P<what>run|call|render|pass|round|tick|turn|execution|invocation|effect|event"
        r"|emission|fire"
        r"|notification)\b",
        first_left_out,
        proof="does nothing at the {which} {what}",
    ),
    sort(
        r"^(?:pass|use|set|specify|give|add|open|read|decode|write|name|state)\b.*?"
        r"(?P<charset>`?(?-i:(?:StandardCharsets\.)?(?:UTF_8|ISO_8859_1|US_ASCII)"
        r"|[\"']?(?:utf-?8|UTF-8|iso-8859-1|ISO-8859-1|latin-?1|us-ascii)[\"']?)`?)(?!\w)",
        other_charset,
        proof=other_charset_seen,
        needs=r"(?i)charset|encod|platform|locale|reader|writer|open\(|getBytes|new String|ASCII",
    ),
    sort(
        r"^(?:increment|increase|bump|count|record|observe|add|emit|report|track|introduce"
        r"|expose)\b.*"
        r"\b(?:counters?|metrics?|gauges?|histograms?|statsd|prometheus)\b(?!.*\b(?:remove"
        r"|instead)\b)",
        counted,
    ),
    sort(
        r"\b(?:clearInterval|clearTimeout)\b",
        timer_dropped,
        proof="nothing runs on once it is gone",
        needs=r"\bset(?:Timeout|Interval)\b|(?i:timer|timeout|interval)",
    ),
    sort(
        r"^(?:delete|remove|drop|take out)\s(?:the|this|that|its)\s(?:(?:whole|second|first"
        r"|extra|special"
        r"|early)\s)?(?:branch|case|condition|check|guard|special case|early return|if)\b",
        branch_gone,
        proof=branch_gone_seen,
    ),
    sort(
        r"^(?:throw|raise|panic)(?:\s|\()`?(?P<value>(?-i:[a-z_$])[\w$.]*)`?\)?;?$",
        thrown_on,
        proof=thrown_on_seen,
    ),
    sort(
        r"^(?:catch|handle|rescue|except)\s(?:only\s|the\s|an?\s)?(?P<error>`?(?-i:[A-Z])[\w.]*"
        r"(?:(?:,\s|\s(?:and|or)\s)`?(?-i:[A-Z])[\w.]*)*`?)(?:\s(?:there|here))?,?\s(?:and\s"
        r"|then\s)"
        r"return\s(?P<what>[^,;]+?)(?=,?\s(?:as|like|and|so|because|just as)\b|[,;.]|$)",
        given_on_error,
        proof=given_on_error_seen,
    ),
    sort(
        r"\bstill\s(?P<verb>return|answer|send|call|give|hand|deliver|pass|show)\s(?P<what>[^,;]+?)"
        r"(?=,?\s(?:when|if|even|where|once)\b|[,;.]|$)",
        kept_on,
    ),
    sort(
        r"^(?:pass|give|keep|attach|hand|add|set|include|preserve|chain|wrap|raise"
        r"|use)\b.*(?:\bcause\b"
        r"|\bfrom\s(?:exc?|err(?:or)?|e)\b|%w|\{\s*cause\b)|^(?:pass|give|hand|add)\s`?(?:e|ex"
        r"|exc|err|error"
        r"|cause)`?\s(?:on\s)?(?:as|to)\b.*\b(?:argument|parameter|(?-i:[A-Z]\w*(?:Error"
        r"|Exception)))\b",
        with_cause,
        proof="the error has the first one as its cause",
    ),
    sort(
        r"\b(?:at most|up to|no more than|maximum of|max(?:imum)?\.?|limited to|bounded to"
        r"|capped at)\s"
        r"(?P<most>\d+)\s(?P<what>threads?|workers?|goroutines?|connections?|tasks?|jobs?"
        r"|processes|requests"
        r"|sockets|clients|coroutines)\b(?!\sper\b)",
        no_more_than,
        proof=no_more_than_seen,
    ),
)
"""The first that fits a clause speaks for it; they go before all others."""
TOLD_INSTEAD = sort(
    r"^(?:send|return|answer|show|give|use|put|respond|reply|write|print)\s(?:with\s)?"
    r"(?P<new>(?:an?\s|the\s)(?:generic|fixed|short|neutral|static|plain|general|own|common"
    r"|stable)\s"
    r"[^,;]+?)\s(?:in place of|instead of|rather than)\s(?P<old>(?:the|an?|its|raw)\s?[^,;]+?)"
    r"(?=,?\s(?:when|if|where|and|so)\b|[,;.]|$)",
    told_instead,
)
"""What is told in place of what, where no narrower sort speaks for it."""
