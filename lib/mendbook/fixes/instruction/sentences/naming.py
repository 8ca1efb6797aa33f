"""Ways to say that something gets another name, each as the order to rename it."""

from __future__ import annotations

_CODE = r"⟦\d+⟧"
_KIND = (
    r"(?:function|method|class|type|interface|constant|variable|parameter|field|property|helper)"
)
_OLD = rf"(?:(?:the|this|our)\s+)?(?:{_KIND}\s+)?(?P<old>{_CODE})"
_NEW = rf"(?P<new>{_CODE})"
_BETTER = (
    r"(?:(?:an?|the)\s+)?(?:better|clearer|right|correct|proper|fitting|plainer|more\s+\w+|new)\s+"
)
_OUGHT = r"(?:should|must|ought\s+to|has\s+to|needs\s+to|wants\s+to|had\s+better)"
_IT = r"(?P<it>it|this|that|this\s+one|(?:the|this)\s+" + _KIND + r")"
_BE_NAMED = r"(?:rather\s+|better\s+)?be\s+(?:called|named|renamed(?:\s+to)?)"
_EVERYWHERE = r"(?:\s+(?:everywhere|throughout|wherever\s+it\s+(?:is\s+used|stands)))?"

NAMING: tuple[tuple[str, str], ...] = (
    (
        r"(?:change|alter|adjust|correct|switch|turn|shorten|update|set)\s+(?:the|its)\s+"
        rf"(?:{_KIND}\s+)?name\s+(?:of|for|from)\s+{_OLD}\s+(?:in)?to\s+{_NEW}{_EVERYWHERE}",
        r"rename \g<old> to \g<new>",
    ),
    (
        r"(?:change|alter|adjust|correct|switch|shorten|update|set)\s+its\s+name\s+(?:in)?to\s+"
        rf"{_NEW}{_EVERYWHERE}",
        r"rename it to \g<new>",
    ),
    (
        rf"(?:give|assign)\s+{_OLD}\s+(?:the|{_BETTER})\s*(?:{_KIND}\s+)?name\s+(?:of\s+)?{_NEW}",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"(?:{_BETTER})name\s+(?:for|of)\s+{_OLD}\s+(?:is|would\s+be|might\s+be)\s+{_NEW}",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"{_OLD}\s+(?:would|could|might|should|had|is)\s+(?:better|rather)\s+(?:be\s+)?"
        rf"(?:called|named)\s+{_NEW}",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"(?:use|choose|pick|take|prefer)\s+(?:the\s+name\s+)?{_NEW}\s+as\s+(?:the|a)\s+"
        rf"(?:better\s+|new\s+)?name\s+(?:of|for)\s+{_OLD}",
        r"rename \g<old> to \g<new>",
    ),
    (
        rf"(?:use|choose|pick|take|prefer)\s+the\s+name\s+{_NEW}\s+"
        rf"(?:for|over|to|instead\s+of|rather\s+than)\s+{_OLD}",
        r"rename \g<old> to \g<new>",
    ),
    (rf"{_IT}\s+{_OUGHT}\s+{_BE_NAMED}\s+{_NEW}{_EVERYWHERE}", r"rename \g<it> to \g<new>"),
    (rf"{_OUGHT}\s+{_BE_NAMED}\s+{_NEW}", r"rename it to \g<new>"),
    (rf"(?:name|rename)\s+{_IT}\s+(?:as\s+)?{_NEW}(?:\s+instead)?", r"rename \g<it> to \g<new>"),
    (
        rf"(?:the|its)\s+(?:new\s+)?name\s+(?:of\s+{_IT}\s+)?{_OUGHT}\s+(?:be|become)\s+{_NEW}",
        r"rename \g<it> to \g<new>",
    ),
    (
        rf"(?:the|this)\s+(?P<kind>{_KIND})['’]s\s+name\s+{_OUGHT}\s+(?:be|become)\s+{_NEW}",
        r"rename the \g<kind> to \g<new>",
    ),
    (
        rf"{_BETTER}name(?:\s+(?:for|of)\s+{_IT})?\s+(?:is|would\s+be|might\s+be)\s+{_NEW}",
        r"rename \g<it> to \g<new>",
    ),
    (
        rf"{_NEW}\s+(?:is|would\s+be|might\s+be)\s+{_BETTER}name(?:\s+(?:for|of)\s+{_IT})?",
        r"rename \g<it> to \g<new>",
    ),
    (
        rf"(?:use|choose|pick|take|prefer)\s+the\s+name\s+{_NEW}\s+(?:for|on)\s+{_IT}",
        r"rename \g<it> to \g<new>",
    ),
)
"""Each form with the order it stands for; the code is masked."""
