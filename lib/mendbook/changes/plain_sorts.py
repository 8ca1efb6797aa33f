"""Plain orders that most fixes begin with: set a value, fall back, throw a text, answer more."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.plain_words import (
    answered_more,
    assigned,
    done_first,
    fallen_back,
    in_the_end,
    in_thread,
    only_a_type,
    stopped,
    text_thrown,
    with_login,
)
from mendbook.changes.sort_rows import Sort, sort

_WHEN = r"(?P<when>(?:when|if|unless|where|while|for)\s.+)"
_ANSWER = (
    r"(?:answer|response|reply|payload|body|result|acknowledge?ment|ack|callback|event|message"
    r"|JSON|output)s?"
)

PLAIN: Sequence[Sort] = (
    sort(
        r"^(?:change|fix|correct|narrow|widen|tighten|add|declare|give|use|replace|update|set|drop"
        r"|remove|type|annotate)\b(?!.*\b(?:to|at) run ?time\b).*\b(?:(?:return |type "
        r"|parameter )?annotations?"
        r"|(?:return|parameter|prop|argument|static) types?|type (?:hint|alias|parameter"
        r"|argument|guard)s?"
        r"|generics?|interfaces?|typings?)\b",
        only_a_type,
    ),
    sort(
        r"\b(?:try\s?[/-]\s?finally|(?:in|into|to|with|inside) (?:a|the) `?finally`?\b"
        r"|`?finally`? (?:block"
        r"|clause))",
        in_the_end,
    ),
    sort(
        r"^(?:throw|raise|reject|fail|end|abort|answer)\s+(?:with\s+)?(?:an?\s+(?:error"
        r"|exception)\s+)?"
        rf"(?P<text>'[^'\n]+'|\"[^\"\n]+\")\s*,?\s*{_WHEN}$",
        text_thrown,
        proof="ends with {text} {when}",
    ),
    sort(
        r"^(?:run|move|offload|do|execute|put|call|use|wrap)\b.*\b(?:(?:in|on|to|into) (?:a |an "
        r"|the |its )?"
        r"(?:own |separate |background )?(?:threads?|executor|thread ?pool|process pool"
        r"|worker threads?)\b"
        r"|to_thread|run_in_(?:executor|threadpool))",
        in_thread,
        proof="another request is answered while {call} runs",
    ),
    sort(
        r"^(?:call|run|do|invoke|perform|make|compute)\s+(?P<what>.+?)\s+(?:before|ahead of)\s+"
        r"(?P<where>return\w*|throw\w*|rais\w*|exit\w*)\b(?P<rest>.*)$",
        done_first,
    ),
    sort(
        r"\b(?:clear|cancel|stop)\s+(?:the\s|any\s|its\s)?(?:earlier|previous|old|existing"
        r"|pending|former)"
        r"\s(?:one|timer|timeout|interval|job|run)\b",
        "Of several, only the last one fires: what an earlier one was to do is not done.",
        proof="of two, only the last one fires",
        needs=r"(?i)\btimers?\b|\bset(?:Timeout|Interval)\b|\bintervals?\b|\bschedul|\bdelay",
    ),
    sort(
        rf"^(?:fall back|default)\s+to\s+(?P<new>.+?)\s+{_WHEN}$",
        fallen_back,
        proof="goes on with {new} {when}",
    ),
    sort(
        r"^(?:set|reset|initiali[sz]e)\s+(?P<name>`?(?:[A-Za-z_$]\w*\.)*[A-Za-z_$]\w*`?)\s+(?:back\s+)?to\s+"
        r"(?P<value>.+?)(?P<then>\s+(?:before|after|when|once|if|in|on|as soon as|unless)\s.+)?$",
        assigned,
        proof="{name} is {value} afterwards",
        needs=r"[\w\])]\.\w+\s*(?:=[^=>]|\(|\+=)|^\s*\w+\s*=|[A-Za-z_]\w*\(",
    ),
    sort(
        r"^(?:return|include|add|send|expose|put|report)\s+(?!(?:an?\s)?(?:index|header|test"
        r"|check|log)\b)"
        rf"(?P<what>.+?)\s+(?:in|to|with|as part of)\s+(?:the|its|each"
        rf"|every)\s+(?:\w+\s)?{_ANSWER}\b",
        answered_more,
        proof="the answer has {what}",
    ),
    sort(
        r"^(?:require|demand|enforce|add|put|use)\b.*\b(?:get_current_\w+|log(?:ged[- ]?)?in\b"
        r"|login|"
        r"authentication|a (?:valid )?(?:session|token|user)|current user|authenticat\w+ (?:user"
        r"|caller)s?)\b",
        with_login,
        proof="refuses a request without a login",
        needs=r"(?i)\blogin\b|\bauth|\bunauth|\banybody\b|\banyone\b|\beverybody\b|\bpublic\b|\banonymous",
    ),
    sort(
        r"^(?:clear|cancel|stop|clearTimeout|clearInterval)\s+"
        r"(?P<what>(?:(?:the|its|any|every)\s)?(?:\w+\s)?(?:timers?|intervals?|timeouts?"
        r"|tickers?)|`?[\w$.]*(?i:timer|interval|timeout|ticker)\w*`?)\s+"
        r"(?P<where>(?:in|when|on|once|after|before|as soon as|with)\s.+)$",
        stopped,
        proof="{what} no longer fires {where}",
    ),
)
"""The first that fits a clause speaks for it; they go before all others."""
