"""Say what a fix text asks for in the plain imperatives that the clauses are read from.

Auditors write one wish in many forms: *B should be used in place of A*, *A blocks the loop: it has
to be B*, *f must reject n < 0 by raising E(n)*. Each rule here is one form of words and the
imperative that says the same. Code stands in a text as ``⟦n⟧``, so that no rule looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from mendbook.fixes.instruction.conditions import guard, is_condition
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.said import is_fact
from mendbook.fixes.instruction.verbs import verb_of

_CODE = r"⟦\d+⟧"
_ITEM = rf"(?:{_CODE}|[A-Za-z_][\w.]*(?:\(\))?)"
_OUGHT = r"(?:should|must|has\s+to|have\s+to|needs?\s+to|ought\s+to)"
_INSTEAD = r"(?:instead\s+of|in\s+place\s+of|rather\s+than|and\s+not|not)"
_THE = r"(?:(?:the|a|an|its|this)\s+)?"
_HEDGES = re.compile(
    r"\b(?:or|either|consider|maybe|perhaps|ideally|possibly|optionally|alternatively|if possible"
    r"|where possible|where needed|as needed|as appropriate|unless)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:\(?\d{1,2}[.)]|\([a-z]\)|[-*•])\s+"
    r"|(?:nit|typo|minor|suggestion|fix|todo|recommendation|note)\s*(?::|[-–—])\s+"
    r"|⟦(?P<lines>\d+)⟧\s*:\s+"
    r"|(?:also|and|then|so|please|simply|just|additionally|in addition|finally|better)[,:]?\s+)+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:nit|typo|minor|suggestion|fix|todo|recommendation|note|remedy)\s*(?::|[-–—])\s+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:,?\s+(?:please|too|as well|here|instead|as elsewhere|throughout the (?:function|method"
    r"|file|module|class)|everywhere in the (?:function|method))"
    r"|,?\s+(?:the\s+same\s+)?(?:as|like)\s+(?:(?:it|is|are|we|the|everywhere|all|in)\b\s*)"
    rf"(?:(?!{_CODE})[^,;])*"
    r"|,?\s+so\s+that\s+(?:(?!⟦)[^;])*"
    r"|,\s+(?:we|which|as|since|because|so|otherwise|else|like)\s+(?:(?!⟦)[^;])*"
    r"|\s+(?:for|in|of)\s+(?:the|this|that|an?)\s+(?:[a-z-]+\s+){0,2}(?:test|check"
    r"|concatenation|log|"
    r"message|lookup|call|comparison|membership|calls|computation|query|conversion|line))+$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s+\((?:(?!⟦)[^()])*\)")
_EXAMPLE = re.compile(
    rf",?\s*\(?\s*\b(?:i\.e\.|e\.g\.|namely|that\s+is|for\s+example)[,:]?\s+(?={_CODE})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?<=[.!?])\s+(?=\S)|;\s+|\n+\s*|\s+[–—-]\s+(?=\S)")
_COMMA = re.compile(
    r",\s+(?=(?:it|this|that)\s+(?:has\s+to|must|should|needs\s+to|ought\s+to)\s)", re.IGNORECASE
)
_WARNS = re.compile(r"(?:do\s+not|don't|never|avoid)\b[^⟦]*", re.IGNORECASE)
_JOINED = re.compile(
    r",\s+(?:and|then|and\s+then)\s+(?=(?:also\s+)?(?:drop|remove|delete|add|import|rename"
    r"|pass|return|raise"
    r"|catch|replace)\s)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^(?P<fact>.+?)(?:,\s+(?:so|hence|therefore|thus)|:|,\s+and\s+so|\s+and\s+so|,\s+"
    r"which\s+is\s+why)"
    r"\s+(?P<rest>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
_IT = re.compile(
    rf"^(?:it|this|that|this\s+one|(?:the|this)\s+(?:call|line|name|literal|test|check|condition|"
    rf"comparison|expression|assert|assertion))\s+(?P<rest>{_OUGHT}\s.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FACT = re.compile(
    rf"^(?:(?:the|an?|this|that|these|those|every|each|any|it|there|only|{_CODE}|[A-Z][\w-]*|"
    r"[a-z_][\w.]*\(\)|[a-z]+_\w+)\s+)"
    r"(?:[\w'’⟦⟧.()-]+\s+){0,8}?(?:is|are|was|were|has|have|can|cannot|may|might|could|would|will|"
    r"does|do|never|always|already|no longer|[a-z]{2,}[^s\W\d_]s|loses|vanish|drop|leak)\b",
)
_DOING = re.compile(r"[A-Z][a-z]+ing\s+(?:[\w⟦⟧.()]+\s+){1,4}?[a-z]{2,}[^s\W\d_]s\b(?!\s*:)")
_MORE = re.compile(
    r"\b(?:early|also|both|every|everywhere|each|all|occurrences|uses|first|similar|same"
    r"|twice|others?"
    r"|elsewhere|before|after|when|unless|if|while|around|inside|not|never)\b",
    re.IGNORECASE,
)
"""Words that say more than the code behind them: when, where, or how often."""
_OBLIGES = re.compile(
    r"\b(?:should|must|shall|ought|needs?|has to|have to|want|wants|better|same|likewise|similarly"
    r"|superfluous|redundant|(?:can|may|could)\s+(?:then\s+)?(?:go|be)\b"
    r"|too(?!\s+\w)|as well|also|missing|lacks?|required|expected|supposed|applies|belongs?)\b",
    re.IGNORECASE,
)


def rewordings(text: str, language: str) -> Iterator[str]:
    """Yield ``text`` in plain imperatives, where it can be said in them without leaving out code.

    ``language`` is the name of the grammar of the finding's file: conditions that stand in words
    are written in it. A text that leaves something to choose is never said in another way.
    """
    bare = re.sub(r"(?m)^\s*(?:\(?\d{1,2}[.)]|\([a-z]\)|[-*•])\s+", "", text.strip())
    masked, codes = scan(_LABEL.sub("", bare))
    masked = _COMMA.sub("; ", masked)
    if _HEDGES.search(masked):
        return
    said = list(_sentences(masked, Marks(codes, language)))
    found = ". ".join(said)
    if found and found != masked:
        yield _written(found, codes)


class Marks:
    """The codes of one text by their marks, and the language that new code is written in."""

    def __init__(self, codes: Sequence[Fragment], language: str) -> None:
        """Hold what ``⟦n⟧`` stands for, and the language."""
        self.codes = codes
        self.language = language

    def text(self, mark: str) -> str:
        """Return what a mark stands for; another text as it is."""
        found = re.fullmatch(r"⟦(\d+)⟧", mark.strip())
        return self.codes[int(found[1])].text if found is not None else mark.strip()

    def shape(self, mark: str) -> Shape | None:
        """Return the shape of a mark; None for words."""
        found = re.fullmatch(r"⟦(\d+)⟧", mark.strip())
        return self.codes[int(found[1])].shape if found is not None else None


def _written(masked: str, codes: Sequence[Fragment]) -> str:
    """Return a masked text with each code in backticks, also what is quoted within one."""
    return re.sub(
        r"⟦(\d+)⟧", lambda found: f"`{codes[int(found[1])].text.replace('`', '')}`", masked
    )


def _sentences(masked: str, marks: Marks) -> Iterator[str]:
    masked = _EXAMPLE.sub(lambda found: " (" if "(" in found[0] else ": ", masked)
    about, told = "", False
    parts = _SPLIT.split(_JOINED.sub(". ", masked))
    for at, sentence in enumerate(parts):
        rest = any("⟦" in one for one in parts[at + 1 :])
        said = sentence.strip(" .,;!")
        while said and (shorter := _shorter(said, marks)) != said:
            said = shorter
        if not said or (rest and _WARNS.fullmatch(said)):
            continue
        plain = _plain(said, about, marks)
        if plain is None:
            about = said
            if told and "⟦" in said:  # what is said behind an instruction may ask for more
                yield said
            continue
        told = True
        yield plain


def _shorter(said: str, marks: Marks) -> str:
    """Return a sentence without its lead, an aside in words, or an end that asks for nothing."""
    lead = _LEADS.match(said)
    if lead is not None and (
        lead["lines"] is None or marks.codes[int(lead["lines"])].shape is Shape.LINES
    ):
        said = said[lead.end() :]
    said = _ASIDE.sub("", said)
    return _ENDS.sub("", said).strip(" .,;!")


def _plain(said: str, about: str, marks: Marks) -> str | None:
    """Return a sentence as an imperative; None for one that only states something."""
    it = _IT.match(said)
    subject = _subject(about) if about else ""
    if it is not None and subject:
        said = f"{subject} {it['rest']}"
    if (critic := _criticised(said, about)) is not None:
        return critic
    for form, make in _RULES:
        found = form.fullmatch(said)
        if found is not None and (made := make(found, marks)):
            return made
    reason = _REASON.match(said)
    if reason is not None and (_says_what_is(reason["fact"]) or _is_given(reason)):
        plain = _plain(reason["rest"], reason["fact"], marks)
        return plain and plain[:1].upper() + plain[1:]
    return None if _says_what_is(said) else said


def _is_given(reason: re.Match[str]) -> bool:
    """Tell whether ``so`` makes a fact of what stands before it, which tells nothing to do."""
    first = re.match(r"[A-Za-z-]+", reason["fact"])
    tells = first is not None and verb_of(first[0]) is not None
    return ", so " in reason[0] and not tells and not _OBLIGES.search(reason["fact"])


def _says_what_is(said: str) -> bool:
    """Tell whether a sentence states something and asks for nothing."""
    if _OBLIGES.search(said) or re.search(r"[:()]", re.sub(r"\(\)", "", said)):
        return False
    if is_fact(said) or _DOING.match(said):
        return True
    first = re.match(r"[A-Za-z-]+", said)
    if first is not None and verb_of(first[0]) is not None and not said.startswith("Only"):
        return False
    return _FACT.match(said) is not None


def _subject(about: str) -> str:
    """Return the one code that a statement is about: what is said of ``it`` is said of that."""
    codes = re.findall(_CODE, about)
    if len(codes) == 1:
        return str(codes[0])
    bare = re.findall(
        r"(?<![\w.])(?:[a-z_]\w*\.)+[a-z_]\w*(?![\w(])|(?<![\w.])[a-z_]\w*\(\)", about
    )
    return str(bare[0]) if not codes and len(bare) == 1 else ""


def _criticised(said: str, about: str) -> str | None:
    """Return ``Replace A by B`` for *A is deprecated. Call B*."""
    told = re.fullmatch(rf"(?:call|use|write|prefer|say)\s+(?P<new>{_CODE})", said, re.IGNORECASE)
    subject = _subject(about) if about else ""
    if told is None or not subject:
        return None
    return f"Replace {subject} by {told['new']}"


Make = Callable[[re.Match[str], Marks], str]


def _for_calls(found: re.Match[str], marks: Marks) -> str:
    """*B in place of the two f calls* is B alone: the words only say what it is made of."""
    if re.search(r"\b(?:two|three|calls|pair|combination)\b", found["a"]):
        return f"Use {found['b']}"
    return found.expand(r"Replace \g<a> by \g<b>")


def _by(words: str) -> Make:
    return lambda found, _: found.expand(words)


def _rejects(found: re.Match[str], marks: Marks) -> str:
    """*f must reject n < 0 by raising E*: the guard, written out, at the top of f."""
    owner = found.groupdict().get("owner") or ""
    code = guard(marks.text(found["test"]), marks.text(found["exit"]), marks.language)
    return _guarded(code, f"{owner or 'the function'}")


def _starts(found: re.Match[str], marks: Marks) -> str:
    owner = found.groupdict().get("owner") or "the function"
    return f"Add {found['code']} at the top of {owner}"


def _guarded(code: str, owner: str) -> str:
    if not code:
        return ""
    return f"Add at the top of {owner}: `{code}`"


def _returns_when(found: re.Match[str], marks: Marks) -> str:
    """*Return V early if T, before …*: the guard before what is quoted."""
    verb = found["verb"].lower()
    if not is_condition(test := _unmask(found["test"], marks), marks.language):
        return ""
    value = marks.text(found["exit"])
    code = guard(test, value if value.startswith(verb) else f"{verb} {value}", marks.language)
    return f"Add the guard `{code}` to the quoted statement" if code else ""


def _unmask(masked: str, marks: Marks) -> str:
    return re.sub(_CODE, lambda found: marks.text(found[0]), masked)


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?P<b>{_CODE})\s+{_OUGHT}\s+be\s+(?:used|called|preferred|written)\s+{_INSTEAD}\s+"
         rf"(?P<a>.+)",
         _for_calls),
        (rf"(?P<b>{_ITEM})\s+is\s+what\s+(?:{_OUGHT}\s+be\s+(?:used|called)|to\s+use)\s+"
         rf"{_INSTEAD}\s+"
         rf"(?P<a>{_ITEM})(?:\s+for\s+(?:(?!⟦).)+)?", _by(r"Replace \g<a> by \g<b>")),
        (rf"{_THE}(?P<a>{_ITEM})\s+(?:{_OUGHT}\s+be|is\s+to\s+be)\s+(?:replaced|swapped"
         rf"|exchanged)\s+"
         r"(?:by|with|for)\s+(?P<b>.+)", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?P<b>{_CODE})\s+{_INSTEAD}\s+(?P<a>{_CODE})", _by(r"Use \g<b> instead of \g<a>")),
        (rf"(?:{_THE}[\w' -]+?\s+)?{_OUGHT}\s+be\s+(?P<b>{_CODE})\s+{_INSTEAD}\s+(?P<a>{_CODE})",
         _by(r"Use \g<b> instead of \g<a>")),
        (rf"(?:use|write|have|put)\s+(?P<b>{_CODE})\s+and\s+not\s+(?P<a>{_CODE})",
         _by(r"Use \g<b> instead of \g<a>")),
        (rf"prefer\s+(?P<b>{_ITEM})\s+(?:over|to)\s+(?:(?:the|a)\s+)?(?:(?:bare|plain|literal|raw|"
         rf"hard-?coded|magic)\s+)?(?P<a>{_ITEM}|{_CODE}"
         rf"|\d[\w.]*)", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?P<a>{_CODE})\s+{_OUGHT}\s+(?:be|become|read|say)\s+(?P<b>{_CODE})", _other),
        (rf"(?P<a>{_ITEM})\s+is\s+(?:deprecated|superseded|obsolete)\s+in\s+favou?r\s+of\s+"
         rf"(?P<b>{_ITEM})", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?:pass|use|give|take|add|set|name)\s+(?:(?!⟦)[^,:])+,\s+(?P<b>{_CODE}"
         rf")", _written_call),
        (rf"before\s+(?P<exit>returning|raising|throwing)(?:(?!⟦)[^,])*,\s+(?:log|call|add|emit)\s+"
         rf"(?:(?!⟦)[^,])*?(?P<b>{_CODE})", _before_exit),
        (rf"(?P<c>{_CODE})\s+should\s+(?:also\s+)?(?:get|have|take|pass|set)\s+(?P<d>{_CODE})"
         rf"(?P<e>\s+and\s+{_CODE})?", _gets),
        (rf"(?:{_THE}(?:(?:whole|entire)\s+)?(?:loop|block|if/else|function|method|body"
         rf"|branch|lines|"
         rf"statements|code)|it|this|{_ITEM})\s+(?:can|could|should|may)\s+(?:simply\s+|just\s+)?"
         rf"(?:(?:be|become|be\s+written\s+as|be\s+reduced\s+to|collapse\s+to|shrink\s+to)\s+)?"
         rf"(?P<b>{_CODE})", _whole),
        (rf"make\s+(?P<a>{_ITEM})\s+an?\s+(?:(?!⟦)[^,:])+[,:]\s+(?P<b>{_CODE})",
         _by(r"Set \g<a> to \g<b>")),
        (rf"(?P<owner>{_ITEM})\s+{_OUGHT}\s+[^:]+:\s+add\s+(?P<code>{_CODE})\s+as\s+(?:its|the)\s+"
         r"(?:very\s+)?first\s+(?:statement|line)", _starts),
        (rf"(?P<a>{_ITEM})\s+{_OUGHT}\s+be\s+(?P<how>raised|lowered|reduced|increased|set"
         rf"|changed)\s+to\s+"
         rf"(?P<b>{_CODE}|\d[\w.]*)", _raised),
        (rf"(?P<b>{_CODE})\s+(?:reads\s+better|is\s+(?:clearer|simpler|safer|faster|enough)"
         rf"|suffices)"
         r"(?:\s+than\s+(?:(?!⟦).)+)?", _by(r"Use \g<b>")),
        (rf"{_ITEM}\s+needs\s+(?P<b>{_CODE})", _decorated),
        (rf"(?P<a>[\w.]+(?:\(\))?)\s+{_OUGHT}\s+(?:be|become|read|say)\s+(?P<b>{_CODE})", _becomes),
        (rf"(?:{_THE}(?:local|variable|name|function|method|field|attribute|parameter)\s+)"
         rf"(?P<a>{_ITEM})\s+{_OUGHT}\s+be(?:\s+(?:called|named|spelled))?\s+(?P<b>{_ITEM})",
         _by(r"Rename \g<a> to \g<b>")),
        (rf"(?P<a>{_CODE})\s+(?:is\s+[^⟦]+?\s+and\s+)?{_OUGHT}\s+be\s+"
         rf"awaited", _by(r"Await \g<a>")),
        (rf"(?P<a>{_CODE})\s+(?:(?:is|has|was)\s+[^⟦]+?\s+and\s+){_OUGHT}\s+be\s+"
         rf"(?P<m>final|static|"
         r"private|async|readonly|abstract|protected|public)", _by(r"Make \g<a> \g<m>")),
        (rf"(?:(?P<owner>{_ITEM})\s+{_OUGHT}\s+)?(?:reject|refuse|guard\s+against)\s+"
         rf"(?P<test>{_CODE}|"
         rf"{_THE}negative\s+\w+)\s+(?:by\s+raising|by\s+throwing|with|by\s+returning)\s+"
         r"(?:an?\s+)?(?P<exit>⟦\d+⟧)(?:\s+before\s+(?:(?!⟦).)+)?", _rejects),
        (rf"(?P<owner>{_ITEM})\s+{_OUGHT}\s+[^:⟦]+:\s+(?:start|begin|open)\s+with\s+"
         rf"(?P<code>{_CODE})",
         _starts),
        (rf"(?:start|begin)\s+(?:(?P<owner>{_ITEM})\s+)?with\s+(?P<code>{_CODE})", _starts),
        (r"(?P<verb>return|raise|throw)\s+(?P<exit>.+?)(?:\s+early)?,?\s+(?:if|when"
         r"|where)\s+(?P<test>"
         r".+?)(?:,?\s+before\s+(?:(?!⟦).)+)?", _returns_when),
        (rf"{_THE}[^:⟦]+?\s+needs\s+(?:an?\s+)?[\w ]+\s+(?:check|guard):\s+(?P<verb>return"
         rf"|raise|throw)\s+"
         r"(?P<exit>.+?)\s+(?:if|when)\s+(?P<test>.+)", _returns_when),
        (rf"(?:{_ITEM}\s+needs\s+(?:an?\s+)?[\w ]*(?:check|guard):\s+)?(?P<exit>⟦\d+⟧)(?:\s+"
         rf"early)?\s+"
         r"(?:if|when)\s+(?P<test>.+)", _exits_when),
        (rf"(?:in\s+(?P<owner>{_ITEM}),\s+)?{_THE}default\s+(?:value\s+)?(?:of|for)\s+"
         rf"(?P<p>{_ITEM})\s+"
         r"(?:should|must|has\s+to|needs\s+to)\s+be\s+(?P<v>None)(?:,\s+with\s+(?:(?!⟦).)+)?",
         _by(r"Default \g<p> to None")),
        (rf"{_THE}(?:handler|catch|except(?:\s+clause)?|exception|clause)\s+(?:{_OUGHT}\s+"
         rf"be|is\s+to\s+be"
         rf")\s+(?:narrowed|limited|restricted)\s+to\s+(?P<k>{_ITEM})", _catches),
        (rf"(?:narrow|limit|restrict)\s+{_THE}(?:it|handler|catch|except(?:\s+clause)?"
         rf"|clause|exception)\s+(?:from\s+(?P<a>"
         rf"{_ITEM})\s+)?to\s+(?P<k>{_ITEM})", _catches),
        (rf"catch\s+(?P<k>{_CODE})\s+only", _catches),
        (rf"(?P<c>{_CODE})\s+(?:needs|lacks|is\s+missing|is\s+without|should\s+(?:have"
         rf"|get))\s+(?:its\s+|an?"
         rf"\s+|the\s+)?(?P<d>{_CODE})(?:\s+(?:annotation|decorator|argument|modifier))?",
         _by(r"Add \g<d> to \g<c>")),
        (rf"(?P<c>[\w.]+)\s+(?:needs|lacks|is\s+missing|is\s+without)\s+(?:its\s+|an?\s+|the\s+)?"
         rf"(?P<d>{_CODE})(?:\s+(?:annotation|decorator|argument|modifier))?",
         _by(r"Add \g<d> to \g<c>")),
        (rf"(?P<c>{_CODE})\s+(?:needs|should\s+(?:have|get)|must\s+have)\s+a\s+default\s+"
         rf"(?:value\s+)?of\s+"
         rf"(?P<d>{_CODE}|\S+)", _default),
        (rf"(?P<a>{_ITEM})\s+should\s+default\s+to\s+(?:(?!⟦).)+?\s+(?:through|via|with|using)\s+"
         rf"(?P<b>{_CODE})", _by(r"Set \g<a> to \g<b>")),
        (rf"(?:drop|remove|delete)\s+{_THE}(?:unused\s+)?import\s+(?:of|for)\s+(?P<a>{_ITEM})",
         _unimport),
        (rf"(?:tighten|relax|widen|loosen|correct|move|alter|shift|adjust|trim|extend)\s+"
         rf"{_THE}[\w ]+?\s+"
         rf"from\s+(?P<a>{_CODE}|\d\w*)\s+to\s+(?P<b>{_CODE}|\d\w*)", _values),
        (rf"(?:write|say|put|have)\s+(?P<b>{_CODE})", _by(r"Use \g<b>")),
        (rf"(?P<a>{_ITEM})\s+and\s+(?P<b>{_ITEM})\s+are\s+(?:imported\s+(?:and|but)\s+"
         rf")?(?:never\s+used|"
         rf"unused|not\s+used):\s+(?:remove|drop|delete)\s+(?:both|them)(?:\s+imports)?",
         _unimport),
        (rf"(?:turn|convert|make|rewrite|change)\s+(?:this|it|this\s+one|the\s+(?:assert|assertion|"
         rf"statement|line|check|test|call|loop))\s+(?:in)?to\s+(?P<b>{_CODE})",
         _by(r"Replace the quoted code by \g<b>")),
        (rf"(?:simplify|shorten|reduce)\s+(?:it\s+|this\s+|the\s+[\w/ -]+?\s+)?to\s+(?P<b>{_CODE})",
         _by(r"Replace the quoted code by \g<b>")),
        (rf"annotate\s+(?P<b>{_CODE})", _signature),
        (rf"(?:preallocate|chain|parameterised?|name|give|make|lazy|bind)\b[^⟦.]*?(?::\s+"
         rf"|\s+\()(?P<b>"
         rf"{_CODE})\)?", _use),
        (rf"(?:[A-Z][\w -]+?\s+(?:reads?|is|are)\s+(?:better|clearer|safer|simpler|faster)[^⟦:]*|"
         rf"[A-Z][\w -]+?\s+belong\s+to\s+[^⟦:]+|[A-Z][\w ,-]+?):\s+(?P<b>{_CODE})"
         rf"(?:\s+{_INSTEAD}\s+(?:comparing|calling|using|the)?\s*(?P<a>.+))?", _use),
        (rf"use\s+[^⟦,:]+,\s+(?P<b>{_CODE})", _use),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _use(found: re.Match[str], marks: Marks) -> str:
    """Return ``Use B`` where the words before B say nothing more than B does."""
    exits = marks.language == "go" and marks.text(found["b"]).startswith("return")
    return "" if exits or _MORE.search(found.string) else f"Use {found['b']}"


def _becomes(found: re.Match[str], marks: Marks) -> str:
    known = re.search(r"[._()]|[a-z][A-Z]", found["a"])
    return found.expand(r"Replace \g<a> by \g<b>") if known else ""


def _other(found: re.Match[str], marks: Marks) -> str:
    if marks.shape(found["b"]) is Shape.OPERATOR:
        return found.expand(r"Use \g<b> instead of \g<a>")
    return found.expand(r"Replace \g<a> by \g<b>")


def _written_call(found: re.Match[str], marks: Marks) -> str:
    return _use(found, marks) if marks.shape(found["b"]) is Shape.CODE else ""


def _before_exit(found: re.Match[str], marks: Marks) -> str:
    return f"Add the statement {found['b']} to the quoted {found['exit'].lower()}"


def _gets(found: re.Match[str], marks: Marks) -> str:
    return f"Add {found['d']}{found['e'] or ''} to {found['c']}"


def _whole(found: re.Match[str], marks: Marks) -> str:
    """Return what *the loop can be B* means, where B is a statement of its own."""
    told = re.match(r"return\b|[\w.]+\s*(?::?=)(?!=)", marks.text(found["b"]))
    more = told is None or _MORE.search(found.string)
    return "" if more else f"Replace the quoted code by {found['b']}"


_RAISED = {"raised": "Raise", "lowered": "Lower", "reduced": "Reduce", "increased": "Increase",
           "set": "Set", "changed": "Change"}  # fmt: skip


def _raised(found: re.Match[str], marks: Marks) -> str:
    return f"{_RAISED[found['how'].lower()]} {found['a']} to {found['b']}"


def _decorated(found: re.Match[str], marks: Marks) -> str:
    given = re.fullmatch(r"@[\w.]+\(.+\)", marks.text(found["b"]), re.DOTALL)
    return f"Use {found['b']}" if given is not None else ""


def _signature(found: re.Match[str], marks: Marks) -> str:
    return f"Use the signature {found['b']}" if "(" in marks.text(found["b"]) else ""


def _exits_when(found: re.Match[str], marks: Marks) -> str:
    code = marks.text(found["exit"])
    test = _unmask(found["test"], marks)
    if not re.match(r"(?:return|raise|throw)\b", code) or not is_condition(test, marks.language):
        return ""
    made = guard(test, code, marks.language)
    return f"Add the guard `{made}` to the quoted statement" if made else ""


def _unimport(found: re.Match[str], marks: Marks) -> str:
    names = (found[one] for one in ("a", "b") if one in found.groupdict())
    return ". ".join(f"Remove the unused import `{marks.text(one)}`" for one in names)


def _values(found: re.Match[str], marks: Marks) -> str:
    old, new = (one if one.startswith("⟦") else f"`{one}`" for one in (found["a"], found["b"]))
    return f"Replace {old} by {new}"


def _catches(found: re.Match[str], marks: Marks) -> str:
    kind = re.sub(r"^except\s+|:$", "", marks.text(found["k"]))
    if not re.fullmatch(r"[\w.]+|\([\w., ]+\)|[\w., |]+", kind):
        return ""
    if (old := found.groupdict().get("a")) is not None:
        return f"Catch `{kind}` instead of `{marks.text(old)}`"
    return f"Catch `{kind}`"


def _default(found: re.Match[str], marks: Marks) -> str:
    call, value = marks.text(found["c"]), marks.text(found["d"])
    inner = re.fullmatch(r"(?P<lead>[\w.]+\.get)\((?P<key>[^,()]+)\)", call)
    if inner is None:
        return ""
    return f"Replace `{call}` by `{inner['lead']}({inner['key']}, {value})`"


_RULES = tuple(_rules())
