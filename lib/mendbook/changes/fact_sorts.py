"""Sorts of changes that exchange a part of the quoted line, or move it across a block's edge."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.fact_words import (
    any_case,
    bounded,
    compared,
    copy_given,
    fewer_tries,
    finer_lock,
    flag_set,
    gone_through,
    handed_besides,
    handed_besides_seen,
    handed_other,
    handed_other_seen,
    kept_zero,
    kept_zero_seen,
    moved,
    moved_behind,
    moved_behind_seen,
    only_when,
    only_when_seen,
    other_member,
    same_in_any_case,
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
        r"^(?:move|put|do|run)\s(?P<what>.+?)\s(?:below|behind|after|past)\s(?:the|that|this|its)\s"
        r"(?P<end>(?:\w+\s){0,2}?(?:return|exit|check|guard|condition|throw|raise))\b",
        moved_behind,
        proof=moved_behind_seen,
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
        r"^only\s(?P<verb>[a-z]+)\s(?P<what>.+?)\s(?P<when>(?:if|when|where|once|unless)\s.+)$",
        only_when,
        proof=only_when_seen,
    ),
    sort(
        r"^(?:put|add|include|name|mention|write)\s(?P<what>(?!it\b).+?)\s(?:in front of|before"
        r"|to|in|into|at the (?:start|beginning|end) of)\s(?:the|its|each)\s"
        r"(?:error\s|log\s|exception\s)?"
        r"(?:message|text)s?\b",
        "Only the text changes: who looks for the old one no longer finds it.",
        proof="the message has {what}",
        needs=r"(?i)throw|raise|error|exception|log|panic|warn|message",
    ),
    sort(
        r"\b(?:(?:that|which)\sis\s)?(?:off|disabled|false) by default\b",
        "Who sets nothing goes without it from then on.",
        proof="is not done where nothing is set",
    ),
    sort(
        r"\b(?:(?:that|which)\sis\s)?(?:on|enabled|true) by default\b",
        "Who sets nothing gets it from then on.",
        proof="is done where nothing is set",
    ),
    sort(
        r"^make\b(?!.*\bdefaults?\b).*\b(?:configurable|an? (?:option|setting|parameter))\b",
        "Where nothing is set it stays as it is, if the default is what stands there today.",
        proof="is as before where nothing is set",
    ),
    sort(
        r"^pass\s(?P<new>`?\{[^{}]*\}`?|`?[a-zA-Z_]\w*=[\w.'\"]+`?)(?=$|[.;]|\sto\b)",
        handed_besides,
        proof=handed_besides_seen,
        raw=True,
    ),
    sort(
        r"^(?:iterate|loop|walk|go)\s(?:over|through)\s(?P<over>.+?)(?=$|[,;]|\s(?:and|instead|so)\b)",
        gone_through,
    ),
    sort(
        r"^wait\s(?:on|for)\s(?P<what>an?\s(?:\w+\s)?(?:event|signal|condition|channel|notification))\b",
        "It goes on as soon as that comes, where it slept its time out.",
        proof="goes on before its time is over when it is told to",
        needs=r"(?i)sleep\(|\bsetTimeout\(|time\.After\(",
    ),
    sort(
        r"^use\s`?(?:\w+\.)?(?:equalsIgnoreCase|EqualFold|casefold|strcasecmp|eqIgnoreCase"
        r"|OrdinalIgnoreCase)\b",
        same_in_any_case,
        proof="takes capitals and small letters for the same",
    ),
    sort(
        r"^(?:set|write|store|update|save|remember|record|mark)\s(?P<what>(?!it\b|them\b).+?)\sonly\s"
        r"(?:after|once|when)\s(?P<until>.+\s(?:has|have|is|are|was|were)\s\w+)$",
        "Until {until}, {what} stays as it was: where that fails it is not set.",
        proof="{what} stays as it was until {until}",
    ),
    sort(
        r"^return\s(?:an?\s)(?:\w+\s)?(?P<what>copy|clone|snapshot)\b",
        copy_given,
        proof="what a caller changes in the {what} stays with the caller",
    ),
    sort(
        r"^(?:read|load|take|fetch|download|buffer|keep)\s"
        r"(?:at most|no more than|up to|only the first)\s(?P<most>\d[\d_.,]*"
        r"(?:\s?[a-zA-Z]+)?)\s(?:of|from)\s(?P<of>(?:the|its|each)\s\w+)",
        "What of {of} is beyond {most} is not read any more.",
        proof="takes no more than {most} of {of}",
    ),
    sort(
        r"\b(?:in|by) (?:batches|chunks|pages|blocks|groups) of (?:at most\s|up to\s)?"
        r"(?P<most>\d[\d_,]*)",
        "{most} at a time are done: where one fails, those before it are done already.",
        proof="more than {most} are done in several rounds",
    ),
    sort(
        r"\b(?:that|which)\sdiffer(?:s)? by (?P<by>(?:less|no more) than .+?|at most .+?) as "
        r"(?:equal|the same|identical)\b",
        "Two that differ by {by} are taken for equal, where they were not until now.",
        proof="two that differ by {by} are taken for equal",
    ),
    sort(
        r"^sort\s(?:(?:it|them|the \w+|all)\s)?(?:with|by)\s"
        r"(?P<by>`?[A-Za-z_$][\w$]*\.[\w$.]+`?)$",
        "They come in the order of `{by}`: who counts on today's order finds another.",
    ),
    sort(
        r"^wait for (?P<what>(?:the|an?)\s(?:\w+\s)?[a-z]+)\s"
        r"(?P<when>(?:once|when|if|while|before)\s.+)$",
        "It ends later {when}: one that hangs holds it.",
    ),
    sort(
        r"(?P<new>'[^']*'|\"[^\"]*\")\s(?:instead of|rather than|and not)\s"
        r"(?P<old>'[^']*'|\"[^\"]*\")",
        handed_other,
        proof=handed_other_seen,
    ),
    sort(
        r"^(?:remove|drop|delete|stop sending|leave out)\s(?P<what>(?:the|its|this)\s(?:[\w-]+\s)?"
        r"headers?)$",
        "{what} is no longer sent: the other side does as it does without it.",
        proof="{what} is not sent",
        needs=r"(?i)headers?\b.*[\[({.=]",
    ),
    sort(
        r"\b(?:retry|try|fetch|load|download|send)\s(?:it|them)\s(?:again\s)?"
        r"(?P<when>(?:on|in|with|at)\s"
        r"(?:the|its|each|every)\s(?:next|following|later)\s.+)$",
        "It is tried again {when}: until then it is missing.",
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
    sort(
        r"^(?:use|write|put)\s`?\?\?`?\s(?:instead of|for|in place of|rather than)\s`?\|\|`?",
        kept_zero,
        proof=kept_zero_seen,
    ),
    sort(
        r"^(?:drop|remove|delete|take out|leave out)\s(?:the\s(?:call\s(?:of|to)\s)?)?"
        r"(?P<call>`?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(\))?`?)(?=$|\s(?:and|call|from|in|of|on|behind"
        r"|around)\b|[,;.])",
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
