"""Verbs of several words, as the one word that they mean."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"(?:^|(?<=[.;:!?])\s+|\n)\s*\(?(?:\d|[a-c])\)\s+(?=[A-Za-z`])")
"""The number of an item of a list within a line."""
_IDIOMS = (
    (r"\bget(?:ting)? rid of\b", "remove"),
    (r"\bdo away with\b", "remove"),
    (r"\bun-export\b", "unexport"),
    (r"\b(?:take|leave|cut|rip) out\b", "remove"),
    (
        r"\b(?:take|leave|cut) ((?:the|its|this) [a-z]+|`[^`]+`|\w+(?:(?:, | and )\w+)*) out of\b",
        r"remove \1 from",
    ),
    (
        r"\bunless (?:it is )?(?:set|configured|given|specified|overridden)(?: otherwise)?\b",
        "by default",
    ),
    (r"\bmake use of\b", "use"),
    (
        r"^(?:pass|give|use) (None|0|False|True) as (?:the|a) default(?: value)? (?:to|for|of)"
        r" next(?:\(\))?",
        r"pass `\1` as the second argument to next",
    ),
    (
        r"^(?:pass|give) (?:a|the) default of (None|0|False|True) to next(?:\(\))?",
        r"pass `\1` as the second argument to next",
    ),
    (
        r"^(?:pass|give|use) (None|0|False|True) as (?:the|a) default(?: value)? (?:to|for|of)"
        r" getattr(?:\(\))?",
        r"pass `\1` as the third argument to getattr",
    ),
    (
        r"\s+[-–—]\s+(?=(?:right |just |directly )?(?:before|after|above|below|ahead of"
        r"|in front of)\s)",
        " ",
    ),
    (
        r",?\s+(?:including|along with|together with|as well as|and)\s+(?:what|whatever"
        r"|the arguments?|the values?)\s+(?:that\s+)?(?:the\s+|its\s+|all\s+|both\s+)*"
        r"(?:\w+\s+)?(?:callers?|calls?)\s+(?:pass|hand|give)(?:es|s)?(?:\s+(?:for|to)\s+it)?"
        r"(?:\s*\([^()]*\))?",
        " and from its callers",
    ),
    (
        r"^try-with-resources (?:around|for|on)\b",
        "use try-with-resources for",
    ),
    (r",? without the explicit \S+\.close\(\)", ""),
    (
        r"\b(?:this|the|that) import belongs (?:at|to|on) the top"
        r"(?: of (?:the|its) (?:file|module))?[;,.]?\s*(?:so\s+|please\s+)?"
        r"(?:move it (?:there|up))?",
        "move the import to the top of the module",
    ),
    (r"\bswitch(?: over)? (?=(?:from )?\S+ to\b)", "change "),
    (r"\bswitch(?: over)? to\b", "use"),
    (r"\b(?:swap|trade)(?: out)? (.{1,80}?) for\b", r"replace \1 with"),
    (r"\bgive (\S+) a(?: \w+)? name:? (?=`?(?-i:[A-Z][A-Z_]{2,}))", r"extract \1 to the constant "),
    (r"\bturn off\b", "disable"),
    (
        r"\b(?:start|begin) (?:the|this) (?:function|method|handler|body) with:? $",
        "add at the top of the function: ",
    ),
    (r"\b(?:bring|take|turn|dial|cut|scale) (\S+) (?:down|up|back) to\b", r"change \1 to"),
    (r"\bbail out(?: with)?\b", "return"),
    (r"(?:^|(?<=[.;] )|\b(?<=should )|\b(?<=must ))no longer (\w+)\b", r"stop \1"),
    (r"^missing (?=$|(?:await|return|break)\b)", "add "),
    (r"^(?:forgot|forgets) to (?=\w)", ""),
    (r"\bearly[- ]return\b", "return early"),
    (r"^should (?=[a-z]{3,} )", ""),
    (r"\bnullish coalescing(?: operator)?\b(?! ?\()", "`??`"),
    (r"\bstrict (?:equality|comparison)(?: operator)?\b(?! ?\()", "`===`"),
    (r"\bstrict inequality(?: operator)?\b(?! ?\()", "`!==`"),
    (r"\breturn early with\b", "return"),
)


def plain_verbs(text: str) -> str:
    """Return ``text`` with verbs of several words as the one word that they mean."""
    quoted = re.split(r"(`[^`]*`|'[^'\n]*'|\"[^\"\n]*\")", text)
    for at in range(0, len(quoted), 2):
        quoted[at] = _NUMBERED.sub(" " if at else "", quoted[at])
        for idiom, plain in _IDIOMS:
            quoted[at] = re.sub(
                idiom, lambda match, p=plain: _cased(match, p), quoted[at], flags=re.I
            )
    return "".join(quoted)


def _cased(match: re.Match[str], plain: str) -> str:
    written = match.expand(plain)
    return written[:1].upper() + written[1:] if match[0][:1].isupper() else written
