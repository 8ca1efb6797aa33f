"""Ways to say that others shall no longer reach a name, each as the order that says so plainly."""

from __future__ import annotations

_CODE = r"⟦\d+⟧"
_OUGHT = r"(?:should|must|ought\s+to|has\s+to|needs\s+to|can|could|may|might)"
_KIND = r"(?:helper|function|method|class|type|interface|constant|variable|hook|utility|detail)"
_WHAT = rf"(?:the\s+)?(?:{_KIND}\s+)?(?P<what>{_CODE})"
_NAMED = rf"(?:the\s+)?(?:{_KIND}\s+)?(?P<what>{_CODE}|[\w$]+)"
_OWN = r"(?:(?:the|this|its)\s+(?:own\s+)?(?:module|file))"
_ALONE = (
    rf"(?:(?:module|file)[- ](?:private|local|internal)|(?:private|local|internal)\s+to\s+{_OWN})"
)
_HELPER = rf"(?:\s+(?:\w+\s+)?{_KIND})?"
_OTHERS = (
    r"(?:\s+from\s+(?:(?:all\s+|the\s+)?(?:other|outside)\s+(?:modules|files|code|world)|outside"
    r"|everybody\s+else|importers|the\s+outside|(?:the\s+)?public\s+(?:API|surface|interface)))?"
)

HIDING: tuple[tuple[str, str], ...] = (
    (
        rf"(?:make|keep|turn|mark)\s+{_NAMED}\s+(?:into\s+|as\s+)?(?:an?\s+)?{_ALONE}{_HELPER}"
        r"(?:\s+by\s+(?:removing|dropping|deleting)\s+(?:the|its)\s+[`⟦\d⟧\w ]*)?",
        r"make \g<what> module-private",
    ),
    (
        rf"{_WHAT}\s+{_OUGHT}\s+(?:be|stay|become)\s+(?:made\s+)?(?:an?\s+)?{_ALONE}{_HELPER}",
        r"make \g<what> module-private",
    ),
    (
        rf"(?:limit|restrict|confine|narrow)\s+{_WHAT}\s+to\s+{_OWN}",
        r"make \g<what> module-private",
    ),
    (
        rf"(?:make|keep|turn)\s+{_WHAT}\s+(?:into\s+)?(?:an?\s+)private\s+{_KIND}",
        r"make \g<what> private",
    ),
    (
        rf"{_WHAT}\s+{_OUGHT}\s+(?:be|become)\s+(?:made\s+)?(?:an?\s+)?private{_HELPER}",
        r"make \g<what> private",
    ),
    (
        rf"(?:hide|privati[sz]e|(?:stop|cease|quit|avoid)\s+exposing|(?:do\s+not|don['’]t|never)"
        rf"\s+expose)\s+{_WHAT}{_OTHERS}",
        r"make \g<what> hidden",
    ),
    (
        rf"(?P<list>{_CODE})\s+{_OUGHT}\s+(?:not|no\s+longer)\s+(?:list|name|hold|offer"
        rf"|contain|include|mention)\s+{_WHAT}",
        r"remove \g<what> from \g<list>",
    ),
    (
        rf"{_WHAT}\s+{_OUGHT}\s+(?:not|no\s+longer|stop)\s+be\s+(?:in|listed\s+in|part\s+of)\s+"
        rf"(?P<list>{_CODE})",
        r"remove \g<what> from \g<list>",
    ),
    (
        r"(?:take|strip|lose|shed|peel|get)\s+(?P<part>(?:(?:the|its)\s+)?"
        rf"(?:{_CODE}|[a-z]+)(?:\s+(?:keyword|modifier|decorator|annotation))?)\s+off\s+(?:of\s+)?"
        rf"(?P<what>(?:the\s+)?(?:{_KIND}\s+)?{_CODE})",
        r"remove \g<part> from \g<what>",
    ),
    (
        rf"(?:lose|shed)\s+(?P<part>(?:the|its)\s+(?:{_CODE}|[a-z]+)(?:\s+(?:keyword|modifier"
        rf"|decorator|annotation))?)\s+(?:on|of|from)\s+(?P<what>(?:the\s+)?(?:{_KIND}\s+)?{_CODE})",
        r"remove \g<part> from \g<what>",
    ),
)
"""Each form with the order it stands for; the code is masked."""
