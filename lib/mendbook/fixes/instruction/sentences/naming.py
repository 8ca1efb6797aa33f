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
)
"""Each form with the order it stands for; the code is masked."""
