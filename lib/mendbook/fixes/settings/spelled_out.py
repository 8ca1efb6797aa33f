"""Settings that a sentence spells out whole, whatever words lead to them.

``Limit the ship job with `timeout-minutes: 30` `` says a key with its value; its other words say
where, and no verb of them has to be known. A sentence that denies, chooses, takes away, compares
or sets a condition is not read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.settings.ask import Ask, Verb
from mendbook.fixes.settings.sentences import only_says
from mendbook.fixes.settings.wording import CODE, codes_in, put_back

_WHOLE = re.compile(
    r"[\"']?[\w./-]+[\"']?:\s+\S.*"
    r"|[A-Za-z_][\w.-]*\s*=(?!=)\s*\S*(?:\s\S+)*"
    r"|[\w.-]+(?:\[[\w,-]+\])?\s*(?:==|>=|<=|~=|!=|<|>)\s*\d[^\s]*"
    r"|(?:ARG|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|STOPSIGNAL|USER|VOLUME|WORKDIR)\s+\S.*"
    r"|[a-z][a-z_]*\s[^;{}]+;"
    r"|[a-z][\w./-]*[\w]:v?\d[\w.-]*[a-z0-9]"
    r"|(?:set|shopt|umask)\s+-?\w.*"
    r"|(?i:CREATE\s+(?:UNIQUE\s+)?INDEX\s.*)"
    r"|\"?[a-z_]\w*\"?\s+[A-Z][A-Z0-9 ]+(?:\([\d, ]+\))?(?:\s+.*)?",
    re.S,
)
"""A key with its value, a requirement, an instruction, a directive, an option, a declaration."""
_BARE = re.compile(
    r"(?P<code>\bHEALTHCHECK\s.*\bCMD\s.+|\b(?:USER|STOPSIGNAL|WORKDIR|EXPOSE|FROM)\s+"
    r"(?!(?:to|as|for|in|on|with|from|and|or|line|instruction|before|after|at)\b)[\w.:/@${}-]*[\w}]"
    r"|\bENV\s+\w+=\S+|\bset -[a-z]+(?: pipefail)?\b|\b[a-z]+_[a-z_]+ [^;:]+;"
    r"|(?:(?<=: )|(?<=[Ww]rite )|(?<=[Aa]ppend )|(?<=[Aa]dd ))[A-Za-z_][\w.-]*"
    r"(?::\s+|\s?=\s?)[^\s=]*(?=$|\sto\sthe\sfile$)"
    r"|\bCREATE (?:UNIQUE )?INDEX\s.+\);?"
    r"|\b[a-z][\w.-]*(?:[=<>~]=|[<>])[\d.]*\d(?:,[=<>!]=?[\d.]*\d)*"
    r"|(?<![\w/.:-])[a-z][\w./-]*\w:v?\d[\w.-]*[a-z0-9](?![\w:/]))"
)
"""The same without backticks, where it can be nothing else."""
_UNSURE = re.compile(
    r"\b(?:not|never|no|without|instead|rather|than|except|unless|if|when|while|until|either|or"
    r"|neither|nor|remove|delete|drop|strip|replace|rename|move|swap|comment(?=\s+(?:out|it"
    r"|this|that|the))|revert|undo|like"
    r"|is|are|such as|e\.g|for example|was|were|today|currently|both|all|each|every"
    r"|everywhere|maybe|already|then|first of all|and|install|create|perhaps|consider|could"
    r"|might|avoid|stop|loosen)\b"
    r"|n['’]t\b|\?|\bfrom\b.*\bto\b|→|->|=>|⇒",
    re.I,
)
_JOINED = re.compile(rf"(?<={CODE})(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?={CODE})")
_TELLS = re.compile(
    r"(?P<first>[\w./-]+)\s+(?:also\s+|only\s+|still\s+)?(?!needs\b|lacks\b|misses\b|wants\b|gets\b"
    r"|belongs\b|is\b)[a-z]{2,}[^s\W]s\s",
)
"""A name and what it does: ``mypy complains about …``."""
_BESIDE = re.compile(
    r",?\s*\b(?:(?:right|just|directly|immediately)\s+)?(?P<relation>before|after|above|below"
    r"|beneath|behind|in front of|ahead of|prior to|following|under(?=\s+the\s+(?:shebang|first)))"
    r"\s+(?:the\s+)?(?P<anchor>[^,;]+?)(?=\s+(?:in|of|to|so)\s|[,;.]|$)",
    re.I,
)
_BEFORE = {"before", "above", "in front of", "ahead of", "prior to"}


_BRACKETED = re.compile(
    r"\s*\(((?:(?:right|just|directly)\s+)?(?:before|after|above|below|beneath|under)\s[^()]+)\)"
)
"""A place that is said in brackets."""


def spelled_out(sentence: str, codes: Sequence[str]) -> tuple[Ask, ...]:
    """Return one ask for each setting that ``sentence`` spells out; none where it is unsure."""
    held = list(codes)
    sentence = _BRACKETED.sub(r" \1", sentence)
    if not re.search(CODE, sentence):
        sentence = _BARE.sub(lambda match: _marked(match["code"], held), sentence, count=1)
    sentence = _JOINED.sub(" ", sentence)
    wholes = [code for code in codes_in(sentence, held) if _WHOLE.fullmatch(code)]
    if not wholes or len(wholes) > 3 or only_says(sentence) or _tells(sentence):
        return ()
    words = re.sub(
        CODE, lambda mark: "" if put_back(mark[0], held) in wholes else put_back(mark[0], held),
        sentence,
    )  # fmt: skip
    if _UNSURE.search(re.sub(r"\bor\s+(?:later|newer|above|higher)\b", "", words)) or re.search(
        r"[\"'`=<>(){}]", re.sub(r"['’]s\b", "", words)
    ):
        return ()
    beside = list(_BESIDE.finditer(words))
    if len(beside) > 1:
        return ()
    relation = anchor = ""
    if beside:
        relation = "before" if beside[0]["relation"].lower() in _BEFORE else "after"
        anchor = beside[0]["anchor"].strip()
        words = _BESIDE.sub("", words)
    text = put_back(sentence, held)
    return tuple(
        Ask(Verb.WRITE, text, line=one, relation=relation, anchor=anchor, around=words)
        for one in wholes
    )


def _tells(sentence: str) -> bool:
    told = _TELLS.match(sentence)
    return told is not None and verb_of(told["first"]) is None


def _marked(code: str, held: list[str]) -> str:
    held.append(code.strip())
    return chr(ord(CODE[1]) + len(held) - 1)


_OWNER = re.compile(
    r"(?<![\w./-])(?P<name>[\w./-]+)\s+(?:service|job|step|stage|location|section|table)s?\b"
    r"|\b(?:service|job|step|stage|location|section|table)\s+(?P<called>[\w./-]+)"
)
_NO_OWNER = frozenset(
    {
        "the",
        "this",
        "that",
        "a",
        "an",
        "its",
        "same",
        "own",
        "final",
        "last",
        "new",
        "of",
        "in",
        "to",
    }
    | {
        "other",
        "others",
        "only",
        "one",
        "single",
        "these",
        "those",
        "every",
        "whole",
        "which",
        "what",
    }
    | {"for", "on", "with", "level", "block", "at", "by", "and", "from", "runtime", "as", "well"}
)


def owners_in(words: str) -> list[str]:
    """Return what ``words`` call a service, a job, a step, a stage, a location or a section."""
    names = [each["name"] or each["called"] for each in _OWNER.finditer(words)]
    return [one for one in names if one.lower() not in _NO_OWNER]


def pair_of(line: str) -> tuple[str, str] | None:
    """Return the key and the value that a line spells out; None where it is no such pair."""
    match = re.fullmatch(r"[\"']?([\w./-]+)[\"']?\s*(?::\s+|=(?!=)\s*)(.*)", line, re.S)
    return (match[1], match[2].strip()) if match is not None else None
