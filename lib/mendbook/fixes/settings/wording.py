"""Bring what people write about a setting into the few words that the frames of ``ask`` read.

Codes stand in a text as one character each (U+E000 to U+F8FF), so that no rule looks into them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from mendbook.fixes.settings.verbs import BEGINS, IMPERATIVE, OUGHT, REMOVE, TURNED
from mendbook.text.lead_ins import LIST_MARK, leading_on

CODE = "[\ue000-\uf8ff]"
"""A piece of code in backticks, as one character."""
_FIRST = ord("\ue000")
_KEY = rf"(?:{CODE}|[A-Za-z_][\w.\"'/\[\]-]*)"
_WORD = rf"(?:{CODE}|\"[^\"]*\"|'[^']*'|[^\s,;()]+)"
_DOING = rf"(?:{IMPERATIVE}|(?:migrate|go|back|try|need|has|have|due|up|in|on|prefer|convert|it)\b)"
_VERSION = rf"(?:{CODE}|v?\d[\w.-]*)"
_BACKTICKS = re.compile(r"`([^`]+)`")
_ITEM = re.compile(rf"(?m)^[ \t]*{LIST_MARK}[ \t]+(?=\S)")
_INLINE_ITEM = re.compile(r"(?:^|(?<=[.;:,])\s+|\s+(?=\(\d))\(?(?<!\d)\d{1,2}\)\s+(?=\S)")
_LEADS = re.compile(rf"^(?:{leading_on('instead', 'next', 'likewise')}[,:]?\s+)+", re.I)
_ASIDE = re.compile(r"\s+\((?:[^()\ue000-\uf8ff:=]|:(?!\s))*\)")
_TAIL = re.compile(
    r"(?:\s+[-–—]\s+|,\s+(?:like|as|since|which|that|because|the same as)\s+)"
    r"(?![^\ue000-\uf8ff]*\b(?:add|set|use|remove|replace|change|pin)\b)[^\ue000-\uf8ff]*$"
    r"|,\s+[^,\ue000-\uf8ff]+\s+(?:already\s+)?(?:has|have|does|do)\s+(?:it|so|that)"
    r"(?:\s+already)?$"
    r"|\s+in\s+(?:the|this)\s+(?:example|sample|env(?:ironment)?|config(?:uration)?"
    r"|settings?)\s+file$"
    r"|\s+here$|\s+(?:too|as well|like|just like|the way|as)"
    r"(?:\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?\s+(?:does|do|has|have|is|are))?$",
    re.I,
)
_RULES: tuple[tuple[str, str], ...] = (
    # a form of words, and the words that say the same
    (rf"(?:refer\s+to|reference|use|take|name)\s+(?:the\s+)?(?P<n>{_KEY})(?:\s+(?:image|action|package))?"
     rf"\s+(?:by|at|with|under)\s+(?:its\s+|the\s+)?(?:(?:tag|version)\s+)?(?P<v>{_VERSION})"
     r"(?:\s+tag)?(?:\s+(?:instead\s+of|rather\s+than|not)\s+(?:the\s+)?(?P<o>[\w.-]+))?",
     r"pin \g<n> to \g<v>"),
    (rf"(?:replace|change|swap|switch|turn)\s+(?:the\s+)?(?:tag\s+(?P<o>[\w.-]+)|(?P<t>[\w.-]+)\s+tag)"
     rf"(?:\s+of\s+.+?)?\s+(?:with|by|for|to|into)\s+(?:the\s+)?(?:tag\s+)?(?P<v>{_VERSION})"
     rf"(?:\s+tag)?",
     r"replace \g<o>\g<t> with \g<v>"),
    (rf"tag\s+it\s+(?P<v>{_VERSION})\s+(?:instead\s+of|rather\s+than|not)\s+(?P<o>[\w.-]+)",
     r"replace \g<o> with \g<v>"),
    (rf"(?:fix|pin|lock|set|freeze)\s+the\s+version\s+of\s+(?P<n>{_KEY})\s+(?:at|to)\s+(?P<v>{_VERSION})",
     r"pin \g<n> to \g<v>"),
    (rf"give\s+(?P<n>{_KEY})\s+(?:the\s+)?(?:exact\s+|fixed\s+)?version\s+(?P<v>{_VERSION})",
     r"pin \g<n> to \g<v>"),
    (rf"(?:bump|upgrade|update|pin|move|set)\s+(?P<n>{_KEY})\s+in\s+(?:the\s+)?(?P<p>[\w./-]+(?:\s+job)?)"
     rf"\s+to\s+(?P<v>{_VERSION})", r"pin \g<n> to \g<v> in the \g<p>"),
    (rf"(?:the\s+)?(?P<p>[\w./-]+)(?:\s+job)?\s+{OUGHT}\s+run\s+on\s+(?P<v>{_WORD})",
     r"set runs-on: \g<v> in the \g<p>"),
    (rf"(?:pin|fix|set|lock)\s+the\s+runner(?:\s+image)?\s+(?:to|at)\s+(?P<v>{_WORD})",
     r"set runs-on to \g<v>"),
    (r"(?:list|document|add|include|mention|put|declare|define)\s+(?P<n>[A-Z][A-Z0-9_]*_[A-Z0-9_]+)"
     r"(?:\s+here)?,?\s+(?:without|with\s+(?:no|an?\s+(?:empty|blank)))\s+(?:an?\s+)?value"
     r"(?:\s+(?:in|to)\s+\S+)?", r"add \g<n>="),
    (r"(?:list|document|add|include|put)\s+an?\s+(?:empty|blank)\s+(?P<n>[A-Z][A-Z0-9_]*_[A-Z0-9_]+)"
     r"(?:\s+(?:in|to)\s+\S+)?", r"add \g<n>="),
    # a limit of so many of a unit that its key names
    (r"(?:give|grant)\s+(?P<p>(?:the\s+|every\s+|each\s+)?[\w.-]+\s+jobs?|every\s+job|each\s+job|both\s+jobs"
     r"|all\s+jobs)\s+an?\s+(?:time\s*out|time\s+limit|limit)\s+of\s+(?P<v>\d+)\s+minutes?"
     r"(?:\s+each)?",
     r"set timeout-minutes: \g<v> on \g<p>"),
    (r"(?:limit|cap|bound|restrict)\s+(?P<p>(?:the\s+|every\s+|each\s+|both\s+|all\s+)?(?:[\w.-]+\s+)?jobs?)\s+"
     r"(?:to|at)\s+(?P<v>\d+)\s+minutes?(?:\s+(?:with|by|using|through)\s+timeout-minutes)?",
     r"set timeout-minutes: \g<v> on \g<p>"),
    (rf"give\s+(?:the\s+)?(?P<p>[\w.-]+\s+(?:service|job|container|step))\s+(?P<n>[a-z][\w-]*):\s+"
     rf"(?P<v>{_WORD})", r"set \g<n>: \g<v> on the \g<p>"),
    (r"(?:remove|delete|drop)\s+the\s+(?:obsolete|unused|redundant|deprecated|needless|superfluous)\s+"
     r"(?P<n>[\w-]+)(?:\s+(?:key|line|entry|setting))?", r"remove \g<n>"),
    (rf"(?:take|throw|kick)\s+(?P<n>{_KEY})\s+out(?:\s+of\s+.+)?", r"remove \g<n>"),
    (rf"(?:get\s+rid\s+of|do\s+away\s+with)\s+(?:the\s+)?(?P<n>{_KEY})", r"remove \g<n>"),
    (rf"(?P<n>{_KEY})\s+(?:can|could|should|may|must)\s+(?:go|be\s+(?:removed|deleted|dropped))",
     r"remove \g<n>"),
    (rf"(?:uninstall|unpin)\s+(?P<n>{_KEY}):\s+remove\s+it(?:\s+from\s+.+)?", r"remove \g<n>"),
    (rf"{REMOVE}\s+(?:the\s+)?(?P<n>{_KEY})\s+(?:requirement|dependency|package|pin|variable|directive|flag|option)"
     r"(?:\s+from\s+.+)?", r"remove \g<n>"),
    (rf"(?:the\s+)?(?P<n>{_KEY})\s*:?\s+(?P<o>{_WORD})\s*(?:→|->|=>|⇒)\s*(?P<v>{_WORD})",
     r"set \g<n> from \g<o> to \g<v>"),
    (rf"extend\s+(?:the\s+)?(?P<n>[\w.-]+)(?:\s+list)?\s+(?:with|by)\s+(?P<l>{_WORD}(?:(?:,\s*|,?\s+and\s+)"
     rf"{_WORD})*)", r"add \g<l> to \g<n>"),
    (r"FROM\s+(?P<o>[\w./:@-]+)\s*(?:→|->|=>|⇒)\s*(?:FROM\s+)?(?P<v>[\w./:@-]+)",
     r"pin \g<o> to \g<v>"),
    (rf"(?P<o>{_WORD})\s*(?:→|->|=>|⇒)\s*(?P<v>{_WORD})", r"change \g<o> to \g<v>"),
    (rf"(?:the\s+)?(?P<n>{_KEY})\s+(?:{OUGHT}|can|could)\s+be\s+"
     rf"(?:{TURNED}\s+)?(?:down\s+|up\s+)?(?:from\s+(?P<o>{_WORD})\s+)?to\s+(?P<v>{_WORD})"
     r"(?P<r>(?:\s+(?:in|on|under|for)\s.+)?)", r"set \g<n> from \g<o> to \g<v>\g<r>"),
    (rf"(?P<l>[^()]+?)\s*\((?P<n>{_KEY})(?::\s+|\s*=\s*)(?P<v>{_WORD})\s+(?:instead\s+of|rather\s+than|not)"
     rf"\s+(?P<o>{_WORD})\)", r"set \g<n> from \g<o> to \g<v>"),
    (rf"(?:send|pass|put|set|write)\s+(?P<v>{_WORD})\s+(?:in|as|for)\s+(?:the\s+)?{_KEY}\s+"
     rf"(?:instead\s+of|rather\s+than)\s+(?P<o>{_WORD})", r"replace \g<o> with \g<v>"),
    (rf"(?:the\s+)?(?P<n>{_KEY})\s+(?:{OUGHT}\s+be\s+)?(?:just|simply|only|merely)\s+"
     r"(?P<v>[\ue000-\uf8ff]|\"[^\"]*\"|'[^']*')", r"set \g<n> to \g<v>"),
    (r"(?:put|wrap|set|write|have)\s+(?:the\s+)?(?P<l>[\w.\ue000-\uf8ff-]+)(?:\s+(?:number|value|string))?"
     r"\s+(?:in|between|inside)\s+(?:double\s+|single\s+)?quotes", r"quote \g<l>"),
    (rf"(?:the\s+)?(?P<n>{_KEY})\s+(?:{OUGHT}|(?:is|was)\s+(?:meant|supposed|intended|expected)\s+to)\s+"
     rf"(?:be|read|say|equal)\s+"
     rf"(?P<v>{CODE}|\"[^\"]*\"|[\w.-]*\d[\w.-]*|true|false|on|off)"
     r"(?P<r>(?:\s+(?:in|on|under|for)\s.+)?)", r"set \g<n> to \g<v>\g<r>"),
    (rf"(?:an?\s+|the\s+)?(?P<n>{_KEY})\s+(?:of|at|=)\s+(?P<o>{_WORD})\s+is\s+(?:far\s+|much\s+|way\s+)?"
     rf"too\s+\w+[,;:]?\s+(?:and\s+)?(?P<v>{_WORD})\s+(?:is|would\s+be|should\s+be|will\s+be)\s+"
     r"(?:plenty|enough|fine|sufficient|ample)", r"set \g<n> from \g<o> to \g<v>"),
    (r"(?P<n>[A-Za-z_][\w.]*)=(?P<v>[\w.]+)\s+(?:is|would\s+be)\s+(?:plenty|enough|sufficient)",
     r"set \g<n> to \g<v>"),
    (r"(?:under|below|in|to|inside)\s+(?:the\s+)?(?P<p>[\w./-]+),?\s+(?P<v>add|set|put|include)\s+"
     r"(?P<r>.+)", r"\g<v> \g<r> to the \g<p>"),
    (r"(?:the\s+)?(?P<l>(?:(?:two|three|four|five|six|all)\s+)?[\w.\ue000-\uf8ff-]*\*[\w*]*)"
     r"(?:\s+(?:entries|entry|lines|keys|variables|settings|values))?\s+(?:can|could|should|may)\s+"
     r"(?:all\s+|both\s+)?(?:go|be\s+(?:removed|deleted|dropped))", r"remove \g<l>"),
    (r"(?:add|insert|put)\s+(?:an?|another|the)\s+[\w -]+?\s+(?P<w>before|after|above|below)\s+"
     rf"(?P<a>[^:\ue000-\uf8ff]+?):?\s+(?P<l>{CODE})", r"add \g<l> \g<w> \g<a>"),
    (rf"(?P<l>{CODE})\s+is\s+missing\s+(?:right\s+|just\s+)?(?P<w>before|after|above|below)\s+"
     r"(?P<a>.+)", r"add \g<l> \g<w> \g<a>"),
    (rf"(?:[\w-]+\s+form\s+for|write)\s+[\w-]+:\s+(?P<l>{CODE})", r"rewrite: \g<l>"),
    (rf"(?P<l>{CODE})\s+(?:(?:should|must|has\s+to|is\s+to|to)\s+be\s+)?(?:added|introduced)"
     r"(?P<r>.*)", r"add \g<l>\g<r>"),
    (rf"default\s+(?:the\s+)?(?P<n>{_KEY})\s+to\s+(?P<v>{_WORD})", r"set \g<n> to \g<v>"),
    (rf"(?:flip|toggle|drop|get|bring|keep|dial|scale)\s+(?:the\s+)?(?P<n>{_KEY})\s+"
     rf"(?:down\s+|up\s+|back\s+)?to\s+(?P<v>{_WORD})", r"set \g<n> to \g<v>"),
    (r"(?:there\s+should\s+be|there\s+must\s+be|we\s+need|it\s+needs|it\s+should\s+have)\s+"
     rf"(?:an?\s+)?(?P<l>{CODE})(?P<r>.*)", r"add \g<l>\g<r>"),
    (rf"(?:the\s+)?(?P<p>[\w./-]+(?:\s+[\w-]+)?)\s+(?:needs|lacks|should\s+(?:have|get|set|declare)|"
     rf"must\s+(?:have|set|declare)|is\s+missing|gets)\s+(?:an?\s+)?(?P<l>{CODE}(?:(?:,|\s+and)\s+"
     rf"{CODE})*),?\s+(?:right\s+|just\s+|directly\s+)?(?P<w>before|after|above|below"
     rf"|ahead\s+of)\s+"
     r"(?P<a>.+)", r"add \g<l> to the \g<p>, \g<w> \g<a>"),
    (rf"(?:the\s+)?(?P<p>[\w./-]+(?:\s+[\w-]+)?)\s+(?:needs|should\s+(?:have|get|set|declare)|"
     rf"must\s+(?:have|set|declare)|is\s+missing|gets)\s+(?:an?\s+)?(?P<l>{CODE}(?:(?:,|\s+and)\s+"
     rf"{CODE})*)", r"add \g<l> to the \g<p>"),
    (rf"(?:the\s+)?(?P<p>[\w./-]+(?:\s+[\w./-]+)?)\s+(?:lacks|misses|has\s+no|is\s+without|is\s+missing)"
     rf"\s+[^:\ue000-\uf8ff]+:\s+(?:add|set|put)\s+(?P<l>{CODE})(?:\s+(?:there|in\s+it))?",
     r"add \g<l> to the \g<p>"),
    (rf"(?:the\s+)?(?P<p>[\w./-]+(?:\s+[\w-]+)?)\s+(?:should|must)\s+use\s+"
     rf"(?P<n>{CODE}|[\w./-]+)@(?P<v>[\w.-]+)", r"pin \g<n> to \g<v> in the \g<p>"),
    (r"(?:double\s+)?quotes\s+are\s+(?:needed|missing|required)\s+(?:around|on|at)\s+(?P<l>.+)",
     r"quote \g<l>"),
    (rf"(?:both\s+)?(?P<l>{CODE}(?:(?:,|\s+and)\s+{CODE})*)\s+"
     rf"{OUGHT}\s+be\s+"
     r"(?:double[- ])?quoted(?P<r>.*)", r"quote \g<l>\g<r>"),
    (rf"(?!{_DOING})(?P<n>{_KEY})\s+(?:down\s+|up\s+)?to\s+(?P<v>{_WORD})",
     r"set \g<n> to \g<v>"),
    (r"(?P<n>[A-Za-z_][\w./-]*)(?::\s+|\s*=\s*)(?P<v>[^\s:=]+)", r"set \g<n>: \g<v>"),
    (r"[A-Z][a-z]+\s[^:\ue000-\uf8ff]{2,70}:\s+(?P<n>[a-z_][\w-]*(?:[._-][\w-]+)+):\s+"
     r"(?P<v>\[[^\]]*\]|[^\s:=\[{]+)(?P<r>(?:\s+(?:on|in|for|under)\s.+)?)",
     r"set \g<n>: \g<v>\g<r>"),
)  # fmt: skip
_MATCHED = re.compile(r"\bto\s+match\s*\(([^()\s]+)\)", re.I)
_TOO_MANY = re.compile(r"\bfrom\s+to\b", re.I)
_HEAD = re.compile(
    rf"(?:(?:in|on|for|under)\s+)?(?:the\s+)?(?P<place>{CODE}|[\w./-]+(?:\s+(?:service|job|step"
    rf"|section|block"
    rf"|table|stage|container))?):\s+(?P<rest>(?!{CODE}$).+)",
    re.I | re.S,
)
_THERE = re.compile(r"\s+there$", re.I)
_BESIDE = re.compile(r"(?:(?:right|just|directly)\s+)?(?:before|after|above|below|ahead)\b", re.I)
"""What follows a comma and says where: no instruction of its own."""
_BOUNDARY = re.compile(r",?\s+(?:and|plus|as well as)\s+(?:also\s+)?|[,;]\s+(?:also\s+)?", re.I)


def without_fences(text: str) -> tuple[str, list[str]]:
    """Return ``text`` with each fenced block as one character, behind what leads to it."""
    blocks: list[str] = []

    def mark(match: re.Match[str]) -> str:
        blocks.append(textwrap.dedent(match["code"]).strip("\n"))
        return f" {chr(_FIRST + len(blocks) - 1)}"

    return _FENCE.sub(mark, text), blocks


_FENCE = re.compile(r"\s*^[ \t]*```\w*[ \t]*\n(?P<code>.*?)^[ \t]*```[ \t]*$", re.M | re.S)


def with_marks(text: str, blocks: Sequence[str] = ()) -> tuple[str, list[str]]:
    """Return ``text`` with each piece of code in backticks as one character, and the pieces.

    ``blocks`` stand in it as such characters already.
    """
    codes: list[str] = list(blocks)

    def mark(match: re.Match[str]) -> str:
        codes.append(match[1].strip())
        return chr(_FIRST + len(codes) - 1)

    return " ".join(_BACKTICKS.sub(mark, text).split()), codes


def codes_in(text: str, codes: Sequence[str]) -> list[str]:
    """Return the pieces of code that a marked ``text`` has, in order."""
    return [codes[ord(mark) - _FIRST] for mark in re.findall(CODE, text)]


def put_back(text: str, codes: Sequence[str]) -> str:
    """Return a marked ``text`` with its pieces of code as they were written."""
    return re.sub(CODE, lambda match: codes[ord(match[0]) - _FIRST], text)


def itemised(text: str) -> str:
    """Return ``text`` with each item of a list as a sentence of its own."""
    whole = _ITEM.sub("\n", text)
    rows = [row.strip() for row in whole.splitlines() if row.strip()] if whole != text else [text]
    ended = (
        row if row[-1] in ".:;!" or at == len(rows) - 1 else f"{row}."
        for at, row in enumerate(rows)
    )
    return _INLINE_ITEM.sub(_unless_closing, " ".join(ended)).strip()


def _unless_closing(match: re.Match[str]) -> str:
    """Return a mark of a list as a space, and what closes a bracket, ``(cap: 32)``, as it is."""
    before = match.string[: match.start()]
    opens = before.rfind("(") > before.rfind(")") and "(" not in match[0]
    return match[0] if opens else " "


_SHOWN_BESIDE = (
    (
        re.compile(
            rf"(?:give|grant)\s+(?P<p>(?:the\s+)?(?:{CODE}|[\w.-]+)(?:\s+(?:job|service"
            rf"|step)s?)?)\s+an?\s+"
            r"[\w ]+?\s+of\s+(?P<v>\d+)\s+\w+\s*\((?P<n>[a-z][\w.]*[-_][\w.-]+)\)",
            re.I,
        ),
        r"set \g<n>: \g<v> on \g<p>",
    ),
    (
        re.compile(
            r"(?:list|document|add|include|mention|put|declare|define)\s+(?P<n>"
            r"(?-i:[A-Z][A-Z0-9_]*))"
            r"\s*\((?:empty|blank|no\s+value)\)(?:\s+(?:in|to)\s+\S+)?",
            re.I,
        ),
        r"add \g<n>=",
    ),
)
"""What a sentence says with its key, or its value, in brackets."""


def plainly(sentence: str) -> str:
    """Return what ``sentence`` asks for without asides, in the words of an instruction."""
    for form, words in _SHOWN_BESIDE:
        if (shown := form.fullmatch(sentence.strip(" ."))) is not None:
            return shown.expand(words)
    said = _MATCHED.sub(r"to \1", sentence)
    said = _LEADS.sub("", _ASIDE.sub("", said)).strip(" ,.;")
    said = _THERE.sub(" in it", said)
    while (shorter := _TAIL.sub("", said).strip(" ,.;")) != said:
        said = shorter
    for form, words in _rules():
        if (match := form.fullmatch(said)) is not None:
            return _TOO_MANY.sub("to", match.expand(words))
    return said


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rules as patterns: making them takes longer than most runs' settings do."""
    return tuple((re.compile(form, re.I | re.S), words) for form, words in _RULES)


def instructs(sentence: str) -> bool:
    """Tell whether ``sentence`` begins with what is to be done."""
    return BEGINS.match(sentence) is not None


def headed(sentence: str) -> tuple[str, str]:
    """Return the place that a sentence begins with, ``api: …``, and what it says of it."""
    match = _HEAD.fullmatch(sentence)
    return (match["place"], match["rest"]) if match is not None else ("", sentence)


def steps(sentence: str, reads: Callable[[str], bool]) -> list[str]:
    """Return the instructions of ``sentence``; one that leaves out its verb has that before it.

    ``reads`` tells whether a text is an instruction; where the parts are not, the sentence is one.
    """
    if reads(sentence):
        return [sentence]
    for left, right in _halves(sentence):
        if not reads(left := plainly(left)):
            continue
        verb = BEGINS.match(left)
        for said in (plainly(right), f"{verb[0]} {right}" if verb else right):
            rest = steps(said, reads)
            if all(reads(each) for each in rest):
                return [left, *rest]
    return [sentence]


def _halves(sentence: str) -> Iterator[tuple[str, str]]:
    for mark in _BOUNDARY.finditer(sentence):
        if _BESIDE.match(sentence, mark.end()):
            continue
        yield sentence[: mark.start()], sentence[mark.end() :]
