"""Name a pull request by what its findings ask for, as a conventional commit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from mendbook.changes.clauses import alternatives, orders
from mendbook.changes.imperatives import verb_of
from mendbook.changes.match_words import other_number
from mendbook.changes.phrases import (
    IMPERATIVES,
    first_clause,
    headline_of,
    intention,
    is_bare_code,
    is_pair,
    lowered,
    one_sentence,
)
from mendbook.changes.sort_rows import called
from mendbook.changes.symptoms import says_something, without_fault
from mendbook.changes.title_cuts import ARTICLE, CONDITIONS, DANGLING, DECIDE, cut, phrase_of
from mendbook.changes.title_orders import telling_order, with_owner, with_subject
from mendbook.model import CURATED, TOOL, ChangeKind, Finding, Proposal
from mendbook.text.phrasing import count, listed

WIDTH = 72
_NAMES = 30
"""Characters of file names that a headline has room for."""
_ROOM = 54
"""Characters that a title has beside its kind and domain, more or less."""
_LIKE = re.compile(
    r",?\s(?:as|like) (?:in|on|at) [^,]*$|"
    r",\s(?:as|like|just as|the way|whatever|whether|no matter|regardless of)\s[^,]*$"
    r"|,?\sso that\s.*$"
)
"""What only compares, or says what for."""
_LAST_CONDITION = re.compile(
    r"\s(?:when|if(?!\s(?:block|branch|statement|clause|body)\b)|unless|once(?!\s(?:an?|per|every|each|hour|day|minute|second|week)\b)|until)\s(?!.*\s(?:when|if|unless|once)\s)"
)
_MESSAGE = re.compile(
    r"\s(?:with|and)\s(?:(?:the|an?)\s)?(?:(?:error|status|body|text|message|reason|detail)\s)*"
    r"[\"'“][^\"'”]*[\"'”]"
)
_AND_END = re.compile(r",?\s(?:and\s)?(?:then\s)?$")
_NO_OBJECT = re.compile(r"([a-z]+) (?=(?:with|by|through|via|using)\s)")
"""An order that only says how: *compare with …*."""
_ERROR = re.compile(
    r"(?:check|look at|test) the (?:returned )?err(?:or)?"
    r"(?=,|$|\s(?:and|when|if|before|after|first)\b)"
)
"""An order that does not say whose error is meant."""
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|there|one|this|that|these|those)\b")
"""Words of an order that mean something of the order before."""
_BESIDE = re.compile(r"\s(?:with|from|through|via|by|as|in|into|inside|within)\s")
"""Words before what an order is done with or where, which a title can leave out."""
_FEW = 3
_WORDS = 12
"""Words of a title that is made of the problem."""
_MOSTLY = 0.4
_POINTING = re.compile(r"\w+ (?:it|them|this|that|(?:the|this|that) \w+)")
"""An order of a verb and a word that says nothing where the finding does not stand beside it."""
_CUT_BARE = re.compile(
    r"(?:open|close|use|call|read|write|get|take|make|run|set|load|handle|change|update)"
    r" (?:the|this|that|its|an?) \w+(?: \w+)?"
)
"""What a cut leaves of an order that says nothing without how it is done."""
_SIGNS = re.compile(r"[(){}\[\]]|[=!]==?|=>|\|\||&&|\?\s")
_SWAP = re.compile(
    r"(?:replace|change|exchange)\s(?P<old>\S.*?)\s(?:with|by|to|for)\s"
    r"(?P<new>\S+(?:\(.*\))?|\S.*:)"
)
"""An order to write one name or call in place of another."""
_USE = re.compile(r"(?:use|call) [\w$.]+\([^()]*\)")
"""An order that says with its one call what is done."""
_JOINTS = re.compile(r",\s|\s(?:and|but|so|while|because|although|though|without)\s")
_SHORT_CALL = re.compile(
    r"[\w.$]+\((?:[\w.$]{0,16}|[\w.$]{1,12}, [\w.$]{1,12}|…)\)$"
    r"|\((?:[A-Z][\w.]*)(?:,\s[A-Z][\w.]*)*\)$"
)
"""What is read as a name: *cleanup()*, *maps.Clone(g.Labels)*, *(KeyError, TypeError)*."""
_CODE = re.compile(r"[\w.$]*\([^()]*(?:\([^()]*\)[^()]*)*\)|\{[^{}]*\}|\[[^\[\]]*\]")
"""Code that a title cannot be read for."""
_AT_LINE = re.compile(
    r"(?i)\s(?:of|at|in|on|before|after) (?:lines? \d+(?:[–-]\d+)?(?:\sof\s\S+)?|\d+ places\b)"
)
_EXPRESSION = re.compile(r"(?:write|use|put)\s[^ ]+\s(?:\|\||&&|\?\?|\?|==|[-+*/<>])")
"""An order that is a piece of code: cut short it would be another."""
_MADE = re.compile(r"(?:write|replace)\s.+\s(?:for|by|with)\s")
"""A summary that only says which code was written for which."""
_CODE_NAME = re.compile(r"[a-z0-9][A-Z]|\w[._]\w|\w\(|\d")
"""What stands in names of code and in no word."""
_WORD = re.compile(r"[a-z_$][\w$.]*|\d+")
_LEFT_OPEN = re.compile(
    r"(?i)(?:decide|agree|settle)\s(?:on|upon|how|which|what|where)\s[^,;]+?"
    r"(?=,|;|$|\sand\s|\sfor example\s|\ssuch as\s)"
)
"""An order to decide something: what is said behind it waits for that."""
_RETURNED = re.compile(r"`?(?P<code>return\s+(?!(?:early|types?|values?)\b)[^`;\n]+?)`?[;.]*")
"""A fix that is only the new return."""
_PROSE = re.compile(r"(?<![\"'\w])[a-z]{2,}\s(?!\w+\()[a-z]{2,}\b")
"""Two words of a sentence, one behind the other."""
_VALUE = re.compile(r"[^\w\s]|(?:true|false|null|None|True|False|nil|undefined)$")
"""What tells code from a word."""
_OWN_SOURCES = {CURATED, TOOL, "recipe", "instruction"}
"""Sources whose summaries say what a patch does that was judged."""
_SWAPPING = {
    *("replace", "by", "with", "a", "an", "the", "add", "set", "to", "from", "of", "in"),
    *("write", "for"),
}
"""Words that say how a patch was made; what a summary tells are the others."""


def room_beside(kind: ChangeKind, scope: str) -> int:
    """Return how many characters a title has beside its kind and its scope."""
    return WIDTH - len(_prefix(kind, scope))


def _prefix(kind: ChangeKind, scope: str) -> str:
    return f"{kind}({scope[:40]}): " if scope else f"{kind}: "


def headline(
    finding: Finding,
    proposal: Proposal | None,
    tested: Sequence[str] = (),
    room: int = _ROOM,
) -> str:
    """Return what is done about ``finding``: an imperative clause without full stop.

    It says as much as fits ``room``, the characters of a title beside its kind and domain.

    Where tests are to be written, ``tested`` names the files that they are for. What the fix leaves
    open is named as a decision, as none of the alternatives is taken yet. Of a patch its summary is
    taken, unless the fix says the same and more.
    """
    if tested:
        verb = "begin the tests of" if proposal is not None else "cover"
        names = [PurePosixPath(path).stem for path in tested]
        shown = names if len("".join(names)) < _NAMES else names[:2]
        rest = len(names) - len(shown)
        return f"{verb} {listed([*shown, *([count(rest, 'other file')] if rest else [])])}"
    if returned := _returned(finding, room):
        return returned
    if proposal is not None and _is_sure(proposal):
        done = _done(lowered(_AT_LINE.sub("", one_sentence(proposal.summary))), finding, proposal)
        told = _told(done, finding, room)
        return told if told != _wrong(finding) else _told(intention(finding), finding, room)
    choices = alternatives(finding.fix)
    if choices:
        offered = [intention(replace(finding, fix=each)) for each in choices]
        if not verb_of(choices[0]):
            return f"decide whether {offered[0]}"
        return f"{DECIDE}{' or '.join(offered)}"
    asked = _with_object(intention(finding), finding)
    told = _told(asked, finding, room)
    return told if told != asked else _placed(asked, finding, room)


def _is_sure(proposal: Proposal) -> bool:
    """Tell whether a title may say what a proposal does; of a draft only what is asked is known."""
    whole = not any(contract.open for contract in proposal.contracts)
    return proposal.source in _OWN_SOURCES and whole


def _returned(finding: Finding, room: int) -> str:
    """Return what is returned instead of what, where the fix is only that; else nothing."""
    new, old = _RETURNED.fullmatch(finding.fix.strip()), finding.evidence.strip().rstrip(";")
    if new is None or not re.fullmatch(r"return\s.+", old):
        return ""
    value = new["code"].removeprefix("return").strip()
    if _PROSE.search(value) or not _VALUE.search(value):
        return ""
    said = f"{new['code']} instead of {old.removeprefix('return ')}"
    return next((each for each in (said, new["code"]) if len(each) <= room), "")


def is_problem(head: str, finding: Finding) -> bool:
    """Tell whether a headline only says what is wrong, since no order fitted."""
    return bool(head) and head == _wrong(finding)


def _told(said: str, finding: Finding, room: int) -> str:
    """Return what is wrong in place of a piece of code, or of an order that its cut would spoil.

    An order is told with less beside it where that leaves it whole. Else the problem's first
    clause is taken where it is a whole sentence that fits a title.
    """
    if (left_open := _LEFT_OPEN.match(said)) is not None and left_open.end() <= room:
        return left_open[0]
    if len(said) > room:
        whole = next((each for each in _with_less(said) if len(each) <= room), "")
        if whole and _CODE.sub("", whole).strip():
            return whole
    short = cut(said, room)
    code = sum(len(match[0]) for match in _CODE.finditer(short) if not _SHORT_CALL.match(match[0]))
    left = said[len(short) :] if short != said else ""
    spoiled = CONDITIONS.search(left) is not None and not left.startswith(", and ")
    bare = short != said and _CUT_BARE.fullmatch(short) is not None
    points = bare or _POINTING.fullmatch(said) is not None
    head, colon, behind = said.partition(": ")
    level = head.count("{") == head.count("}") and head.count("(") == head.count(")")
    level = level and not is_pair(said, len(head))
    if colon and level and short != said and len(head.split()) >= _FEW and _SIGNS.search(behind):
        return head
    if short == said and (_SWAP.fullmatch(said) or _USE.fullmatch(said)):
        return said
    if (new := _SWAP.fullmatch(said)) and (called := _called(new["new"], finding, room)):
        return called
    little = short != said and len(short.split()) <= _FEW
    if code <= len(short) * _MOSTLY and not (spoiled or points or little) and "…" not in short:
        return said
    return _wrong(finding) or said


def _called(new: str, finding: Finding, room: int) -> str:
    """Return ``call seal(crate) in stow`` of the call that comes in place of another."""
    where = f" in {finding.symbols[0].rpartition('.')[2]}" if finding.symbols else ""
    said = f"call {new}{where}"
    return said if _CODE.fullmatch(new) and len(said) <= room else ""


def _with_less(said: str) -> Iterator[str]:
    """Yield an order without what is said beside it; each is whole, its condition with it.

    Last comes the one of several orders that has a condition: what is done when tells most.
    """
    plain = _LIKE.sub("", said)
    yield plain
    if second := telling_order(plain):
        yield second
    if first := _first_order(plain):
        yield first
    for text in (plain, ARTICLE.sub("", plain)):
        match = _LAST_CONDITION.search(text)
        if match is None:
            continue
        yield _MESSAGE.sub("", text)
        head, condition = text[: match.start()], text[match.start() :]
        for beside in reversed(list(_BESIDE.finditer(head))):
            if len(head[: beside.start()].split()) > 1 and " and " not in head[beside.start() :]:
                yield head[: beside.start()] + condition
    several = orders(plain)
    for order in several if len(several) > 1 else ():
        if _LAST_CONDITION.search(order) and not _POINTS_BACK.search(order):
            yield order


def _first_order(said: str) -> str:
    """Return the first of several orders, as many together as say something; else nothing."""
    several = orders(said)
    for taken in range(1, len(several)):
        first = said[: said.index(several[taken], len(" ".join(several[:taken])))]
        first = _AND_END.sub("", first)
        own = re.match(r"\w+\s(?:it|them)\b", several[taken]) is not None
        told = own or CONDITIONS.search(said[len(first) :]) is None or CONDITIONS.search(first)
        few = _FEW - 1 if _CODE_NAME.search(first) else _FEW
        if told and len(first.split()) > few and not DANGLING.search(first):
            return first
    return ""


def _with_object(said: str, finding: Finding) -> str:
    """Put what the problem says is done wrong into an order that does not say what of.

    ``Compare with digest_equal`` of ``The token is compared with ==`` becomes ``compare the token
    with digest_equal``.
    """
    if (error := _ERROR.match(said)) and (call := called(finding.evidence)):
        return f"{error[0]} of {call.rpartition('.')[2]}{said[error.end() :]}"
    said = with_subject(with_owner(said, finding), finding)
    bare = _NO_OBJECT.match(said)
    if bare is None:
        return said
    verb = bare[1]
    done = rf"{verb}d" if verb.endswith("e") else rf"{verb}(?:{verb[-1]})?ed"
    passive = re.match(
        rf"(?i)((?:the|an?|its|each|every|all)\s(?:[\w.-]+\s){{1,4}})(?:is|are)\s(?:\w+\s)?{done}\b",
        one_sentence(finding.problem),
    )
    return f"{verb} {lowered(passive[1])}{said[bare.end(1) + 1 :]}" if passive is not None else said


def _wrong(finding: Finding) -> str:
    """Return the problem's first clause, or the part before its *and*, as far as it fits."""
    whole = lowered(first_clause(headline_of(finding)), finding.symbols)
    parts = [whole, *(whole[: joint.start()] for joint in _JOINTS.finditer(whole))]
    fitting = (
        part
        for part in parts
        if len(part) <= _ROOM
        and _FEW < len(part.split()) <= _WORDS
        and not part.endswith((" only", " not", " even", " just"))
    )
    return next(
        (
            part
            for part in fitting
            if says_something(part) and (part == whole or without_fault(part, told=False))
        ),
        "",
    )


def _placed(said: str, finding: Finding, room: int) -> str:
    """Say where, in place of what does not fit a title, where little of it would be left."""
    if (number := other_number(said, finding.evidence)) is not None:
        new, old, call = number
        return f"pass {new} instead of {old} to {call.rpartition('.')[2]}"
    if len(said) > room and _EXPRESSION.match(said) and finding.symbols:
        return f"rewrite the expression in {finding.symbols[0]}"
    short = cut(said, room)
    if short == said or len(short.split()) > _FEW or not finding.symbols:
        return said
    return f"{short} in {finding.symbols[0]}"


def _done(summary: str, finding: Finding, proposal: Proposal) -> str:
    asked = intention(finding)
    if is_bare_code(finding.fix):
        return asked
    if re.search(r"\b(?:to|of|in) the (?:object|call|list|expression|value)$", summary):
        return asked
    if len(summary) > _ROOM >= len(asked):
        return asked
    orders = asked.partition(" ")[0] in IMPERATIVES
    if proposal.source == "instruction" and orders and _MADE.match(summary) and len(asked) <= _ROOM:
        return asked
    if proposal.source == "recipe" and _CODE_NAME.search(asked) and not _CODE_NAME.search(summary):
        return asked
    if proposal.source == "instruction" and _SWAP.fullmatch(summary) and not _SWAP.match(asked):
        return asked
    if CONDITIONS.search(asked) and not CONDITIONS.search(summary) and len(asked) <= _ROOM:
        return asked
    telling = set(_WORD.findall(summary.lower())) - _SWAPPING
    if not summary or summary.endswith("…") or telling <= set(_WORD.findall(asked.lower())):
        return asked
    return summary


def title(kind: ChangeKind, scope: str, headlines: Sequence[str]) -> str:
    """Return ``kind(scope): …`` of at most 72 characters that says as much as fits.

    As many headlines as possible stand in it, shortened to their first phrase where they must be;
    the rest are counted.
    """
    prefix = _prefix(kind, scope)
    width = WIDTH - len(prefix)
    heads = list(dict.fromkeys(headlines))
    if len(heads) == 1:
        return prefix + cut(heads[0], width).rstrip()
    for taken in range(len(heads), 0, -1):
        left_out = len(heads) - taken
        share = (width - len(_joined([""] * taken, left_out))) // taken
        for said in (
            heads,
            [cut(head, share) for head in heads],
            [phrase_of(head) for head in heads],
            [phrase_of(ARTICLE.sub("", head)) for head in heads],
        ):
            joined = _joined(said[:taken], left_out)
            if len(joined) <= width and "…" not in joined:
                return prefix + joined
    rest = f" and {_others(len(heads) - 1)}"
    return prefix + cut(heads[0], width - len(rest)) + rest


def _joined(heads: Sequence[str], left_out: int) -> str:
    if left_out:
        return f"{', '.join(heads)} and {_others(left_out)}"
    return f"{', '.join(heads[:-1])} and {heads[-1]}" if len(heads) > 1 else heads[0]


def _others(left_out: int) -> str:
    """Return what a title leaves out, so that it ends in a noun."""
    return count(left_out, "other change")
