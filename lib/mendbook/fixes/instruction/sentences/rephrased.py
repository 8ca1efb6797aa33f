"""Bring what people write for an instruction into the imperative that clauses are read from.

A sentence that no form fits is returned as it is: each form says the same in other words.
"""

from __future__ import annotations

import re

from mendbook.fixes.instruction.sentences.hiding import HIDING
from mendbook.fixes.instruction.sentences.naming import NAMING
from mendbook.fixes.instruction.sentences.said import allowed

_CODE = r"⟦\d+⟧"
_THING = rf"(?:(?:the|its|this|that|each|every)\s+)?(?:[\w'-]+\s+){{0,3}}?(?:{_CODE}|[\w'-]+)"
_SHOULD = r"(?:should|must|ought to|has to|have to|needs to|need to|is to|could|can)"
_NO_LONGER = r"(?:,?\s+(?:any\s?more|any longer|at all))?"
_FORMS: tuple[tuple[str, str], ...] = (
    *NAMING,
    *HIDING,
    (
        rf"(?P<what>{_CODE})\s+(?:need not|needn't|(?:does not|doesn't) (?:need|have) to"
        r"|(?:should|must|ought to|needs to|has to) (?:not|no longer|stop)|shouldn't|mustn't)"
        rf"\s+be\s+exported{_NO_LONGER}",
        r"unexport \g<what>",
    ),
    (
        r"(?:(?:stop|cease|quit|avoid)\s+exporting|(?:do not|don't|never|no longer)\s+export)\s+"
        rf"(?:the\s+\w+\s+)?(?P<what>{_CODE})"
        rf"(?:\s+from\s+(?:(?:the|this|its)\s+(?:module|file)|here))?{_NO_LONGER}",
        r"unexport \g<what>",
    ),
    (
        rf"(?P<verb>remove|delete|drop)\s+(?:the|this)\s+call\s+(?:of|to)\s+(?P<what>{_CODE})",
        r"\g<verb> the \g<what> call",
    ),
    (
        r"call\s+(?:it|this|this one|the (?:variable|function|constant|parameter))\s+"
        rf"(?P<new>{_CODE})\s*,?\s*(?:instead of|rather than|and not|not)\s+(?P<old>{_CODE})",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"(?P<what>{_THING})\s+{_SHOULD}\s+(?:also\s+)?be\s+(?:declared|annotated|typed|marked)\s+"
        rf"(?:to return|as returning|so that it returns)\s+(?P<type>{_CODE})(?P<rest>.*)",
        r"declare that \g<what> returns \g<type>\g<rest>",
    ),
    (
        rf"(?P<what>{_THING})(?:'s)?\s+(?:return type|return annotation)\s+{_SHOULD}\s+"
        rf"(?:be|read|say)\s+(?P<type>{_CODE})(?P<rest>.*)",
        r"declare that \g<what> returns \g<type>\g<rest>",
    ),
    (
        rf"(?P<what>{_THING})\s+(?:also\s+)?(?:needs?|wants?|lacks?|misses|is missing|are missing"
        rf"|{_SHOULD}\s+(?:also\s+)?(?:carry|have|bear|get|pass|take|include|set))\s+"
        rf"(?:an?\s+|the\s+|its\s+)?(?P<given>{_CODE})(?:\s+(?:as well|too))?"
        r"(?:\s+in\s+(?:its|the)\s+(?:options|config|configuration|settings|arguments))?",
        r"add \g<given> to \g<what>",
    ),
    (
        rf"(?:cut|trim|halve|double|bring|get|scale|drop|take)\s+(?P<what>{_THING})\s+"
        rf"(?:(?:back|down|up)\s+)?to\s+(?P<new>{_CODE})(?P<rest>.*)",
        r"change \g<what> to \g<new>\g<rest>",
    ),
    (
        rf"(?:the\s+)?(?:while\s+)?loop\s+{_SHOULD}\s+(?:only\s+)?"
        r"(?:run|go on|continue|spin|last)\s+"
        rf"(?:only\s+)?(?:while|as long as)\s+(?P<new>{_CODE})(?:\s+(?:holds|is true))?",
        r"the condition should be \g<new>",
    ),
    (
        rf"(?:loop|run|go on|continue|spin)\s+(?:only\s+)?(?:while|as long as)\s+(?P<new>{_CODE})"
        rf"(?:\s+(?:instead of|rather than)\s+(?:{_CODE}|forever|for ever|endlessly))?",
        r"the condition should be \g<new>",
    ),
    (
        rf"(?:read|used|shared|referenced)\s+(?:by|in)\s+(?:both\s+)?(?P<who>{_CODE}|\w+)\s+and\s+"
        rf"(?:(?:by|in)\s+)?(?P<other>{_CODE}|\w+)",
        r"use it in \g<who> and \g<other>",
    ),
    (
        r"in\s+(?:its|the|that)\s+(?:catch|except|handler)(?:\s+(?:block|clause))?"
        rf"(?:\s*\(\w+\))?,?\s+(?:do|call|run)\s+(?P<done>{_CODE})",
        r"call \g<done>",
    ),
    (
        rf"call\s+(?:the|this)\s+(?:(?:private|public|local)\s+)?(?:field|method|function|variable"
        rf"|parameter|class|constant|helper)\s+(?P<new>{_CODE}|\w+)\s+(?:instead\s+of|rather\s+than"
        rf"|,?\s*not)\s+(?P<old>{_CODE}|\w+)",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"(?P<what>{_CODE})\s+{_SHOULD}\s+be\s+(?:registered|mounted|installed)\s+"
        r"(?P<where>before|after|above|below|ahead of)\s+(?P<rest>.+)",
        r"register \g<what> \g<where> \g<rest>",
    ),
    (
        rf"(?P<what>{_CODE})\s+{_SHOULD}\s+be\s+(?:called|placed|moved|run)\s+"
        r"(?P<where>before|after|above|below|ahead of)\s+(?P<rest>.+)",
        r"move \g<what> \g<where> \g<rest>",
    ),
    (
        rf"(?:pass|give|use)\s+(?P<given>{_CODE})\s+as\s+(?:its|an?|the)\s+"
        r"(?P<role>(?!\w*\s*(?:argument|parameter|option|prop|default|key|name)\b)[a-z]+(?:\s[a-z]+)?)"
        rf"\s+(?:of|to|for)\s+(?P<call>{_CODE}|\w+)",
        r"pass the \g<role> \g<given> to \g<call>",
    ),
    (
        rf"(?P<what>{_THING})\s+{_SHOULD}\s+reject\s+(?P<test>{_CODE})\s+(?:by|with|and|,)\s+"
        rf"(?:(?P<verb>rais|throw)(?:e|ing)?\s+)?(?:an?\s+)?(?P<error>{_CODE})",
        r"throw \g<error> if \g<test> at the start of \g<what>",
    ),
    (
        rf"(?:reject|refuse)\s+(?P<test>{_CODE})\s+(?:by|with|and|,)\s+"
        rf"(?:(?:rais|throw)(?:e|ing)?\s+)?(?:an?\s+)?(?P<error>{_CODE})",
        r"throw \g<error> if \g<test>",
    ),
    (
        rf"(?P<what>{_THING})\s+{_SHOULD}\s+(?:be\s+(?:of\s+(?:the\s+)?type|typed(?:\s+as)?)|have\s+"
        rf"(?:the\s+)?type)\s+(?P<type>{_CODE}|[A-Z]\w+)(?P<from>\s*\([^()]*\))?"
        r"(?:\s*,?\s*(?:instead of|rather than|not)\s.*)?",
        r"declare \g<what> as \g<type>",
    ),
    (
        rf"(?:the\s+)?comparison(?P<where>\s+(?:in|of)\s+{_THING})?\s+{_SHOULD}\s+(?:be|use)\s+"
        rf"(?:an?\s+)?(?:inclusive|exclusive|strict|loose|\w+)?[\s,:(]*(?P<mark>{_CODE})\)?",
        r"use \g<mark>\g<where>",
    ),
    (
        rf"(?:(?:(?:it|this|that|the \w+)|(?:the\s+)?(?P<what>{_CODE})"
        rf"(?:\s+(?:message|line|log|entry))?)\s+)?{_SHOULD}\s+(?:only\s+)?(?:be\s+(?:logged\s+)?(?:(?:as|at)\s+)?|go\s+(?:in)?to\s+)"
        r"(?:(?:an?|the)\s+)?(?P<level>debug|info|warning|warn|error|critical|trace)"
        r"(?:\s+(?:level|message))?(?:\s*(?:,|and)\s*not\s+.*|\s+(?:instead of|rather than)\s.*)?",
        r"log \g<what> at \g<level>",
    ),
)
_WHOLE_FORMS: tuple[tuple[str, str], ...] = (
    (
        rf"(?:before\s+[^,⟦]+,\s+)?(?:check|test|verify|make sure of)\s+(?:that\s+|for\s+)?"
        rf"(?P<test>{_CODE})(?:\s+(?:holds|is true))?,?\s+and\s+(?P<verb>throw|raise|return)\s+"
        rf"(?:an?\s+)?(?P<error>{_CODE})\s+(?:otherwise|if not|when not|else"
        r"|if it (?:is not|isn't|does not|fails))(?:,?\s+(?:like|as|just as)\s+.*)?",
        r"\g<verb> \g<error> unless \g<test>",
    ),
)
"""Forms of a whole sentence, which would else be parted at its ``and``."""
_COMPILED = tuple((re.compile(form, re.IGNORECASE | re.DOTALL), said) for form, said in _FORMS)
_COMPILED_WHOLE = tuple(
    (re.compile(form, re.IGNORECASE | re.DOTALL), said) for form, said in _WHOLE_FORMS
)


def rephrased_whole(sentence: str) -> str:
    """Return a masked sentence that tells one step by two verbs as one; else nothing."""
    for form, said in _COMPILED_WHOLE:
        if (match := form.fullmatch(sentence.strip(" ."))) is not None:
            return match.expand(said)
    return ""


def rephrased(part: str) -> str:
    """Return a masked sentence as the imperative it means; itself where it is none of the forms."""
    bare = part.strip(" .")
    for form, said in _COMPILED:
        match = form.fullmatch(bare)
        if match is not None and not _NOTHING.match(match.groupdict().get("what") or "x"):
            return re.sub(r"\bThe\b", "the", _expanded(match, said))
    return allowed(part)


def _expanded(match: re.Match[str], said: str) -> str:
    """Return ``said`` with what ``match`` caught; nothing for a group that caught nothing."""
    return re.sub(r"\\g<(\w+)>", lambda group: match[group[1]] or "", said)


_NOTHING = re.compile(r"(?:there|nothing|nobody|no|it|this|that|which|if|when)\b", re.IGNORECASE)
