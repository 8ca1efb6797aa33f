"""Plain orders that most fixes begin with: set a value, fall back, throw a text, answer more."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.fact_sorts import FACTS
from mendbook.changes.given_sorts import GIVEN
from mendbook.changes.kept_sorts import KEPT
from mendbook.changes.match_sorts import MATCHES
from mendbook.changes.place_sorts import PLACED
from mendbook.changes.plain_words import (
    accepted_only,
    answered_more,
    assigned,
    done_first,
    done_only,
    failed_and_done,
    failed_seen,
    failing,
    failing_seen,
    fallen_back,
    handed_in,
    in_thread,
    only_a_type,
    promise_ended,
    promise_seen,
    stopped,
    text_thrown,
    with_login,
)
from mendbook.changes.sort_rows import Sort, sort
from mendbook.changes.spot_sorts import SPOTS

_WHEN = r"(?P<when>(?:when|if|unless|where|while|for)\s.+)"
_ANSWER = (
    r"(?:answer|response|reply|payload|body|result|acknowledge?ment|ack|callback|event|message"
    r"|JSON|output)s?"
)

PLAIN: Sequence[Sort] = (
    *SPOTS,
    *GIVEN,
    *KEPT,
    *FACTS,
    *PLACED,
    *MATCHES,
    sort(
        r"^accept\s+only\s+(?P<what>.+)$",
        accepted_only,
    ),
    sort(
        r"^(?!return\b)(?P<does>[a-z]+(?:\s[^,]{1,40}?)?)\s+only\s+(?P<when>(?:when|if|where)\s"
        r"(?!.*\b(?:flag|option|setting)\b).+)$",
        done_only,
    ),
    sort(
        r"^(?:keep|use|have|create|give|hold|make|add)\b.*?"
        r"\b(?:one|an own|its own|a separate|an?)\s"
        r"(?P<what>\w+(?:\s\w+)?)\s(?:per|for (?:each|every))\s(?P<of>\w+(?:\s[\w]+)?)"
        r"(?=\s(?:in|and|with|so|by|on)\b|[,.;]|$)",
        "Each {of} has its own {what} from then on, where all shared one.",
        needs=r"(?i)\b(?:shared?|shares|all|global|common|single|every(?:body|one)?|one)\b",
    ),
    sort(
        r"^(?:test|check|ask|look|match|catch|handle)\s(?:for\s)?"
        r"(?-i:(?P<first>[A-Z]\w+))\s(?:before|ahead of)\s(?-i:(?P<then>[A-Z]\w+))",
        "What is both is taken as {first} from then on, where {then} took it until now.",
        proof="what is both {first} and {then} is taken as {first}",
    ),
    sort(
        r"^(?:write|save|store|dump|build|create)\b.*\b(?:temp(?:orary)? (?:file|path|name)|\.tmp\b"
        r"|tempfile|sibling file)(?=.*\b(?:renam\w+|mov\w+|replac\w+|swap\w*)\b)",
        "The old file stays until the new one is whole: its folder must be writable and have room"
        " for both, and a link to the old file keeps what it had.",
        proof="the old file is as it was when writing the new one fails",
    ),
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
        r"^replace\s+(?:the\s)?`?(?:any|unknown|object|Any|interface\{\})`?\s+(?:with|by)\b",
        only_a_type,
    ),
    sort(
        r"^(?:remove|delete|drop)\s+(?:the|this|that|its)\s(?P<what>.*?\b(?:branch(?:es)?"
        r"|blocks?|checks?|conditions?|cases?|else|code|statements?|lines?|clause)\b.*)$",
        "None, if it is never reached, as the audit says; if it is, the {what} is missing there.",
        needs=r"(?i)never (?:be )?(?:reached|true|run|executed|called)|unreachable"
        r"|\bdead (?:code|branch)|cannot be reached|can never",
    ),
    sort(
        r"^(?:catch|handle|rescue|intercept)\s+(?P<what>(?:[\w.'()]+\s){0,5}?(?:[\w.]*[Ee]rrors?"
        r"|[\w.]*[Ee]xceptions?|rejections?|failures?)\b(?:\s(?:of|from|in)\s\S+?)?)"
        r"(?:,\s|\sand\s|\sby\s|\swith\s)(?P<does>(?!throw|rais|re-?throw|return|answer"
        r"|respond).+)$",
        failing,
        proof=failing_seen,
    ),
    sort(
        r"^(?:add|attach|append|put|register)\s+(?:an?\s)?`?(?:\.?catch\b(?:\(\))?(?:\s(?:block"
        r"|clause"
        r"|handler))?|(?:error|rejection) (?:handler|listener|callback))`?\s(?P<what>.*?)"
        r"\b(?:that|which|and)\s(?P<does>[a-z]+\s.+)$",
        failing,
        proof=failing_seen,
    ),
    sort(
        r"^(?:wrap|surround|enclose|put)\b(?P<what>.*?)\b(?:try\s?/\s?(?:catch|except)|try-catch"
        r"|try)\b(?:\s(?:block|statement))?(?:,\s(?:and\s)?|\sand\s|\sthat\s)(?P<does>[a-z]+\s.+)$",
        failing,
        proof=failing_seen,
    ),
    sort(
        r"^(?:do not|don't|never)\s(?:wait|block|hang)\b.*?\s(?:longer|more) than\s"
        r"(?P<time>\S+\s?(?:ms|s|min|h|[a-z]+)\b)",
        "What takes longer than {time} is given up from then on, where it was waited for.",
        proof="gives up after {time}",
    ),
    sort(
        r"\b(?:clear|cancel|stop)\s+(?:it|them|the timer)\s+(?P<where>before\s.+)$",
        "The timer is stopped {where}: what it still had to do is not done.",
        proof="the timer does not fire any more",
        needs=r"\bset(?:Timeout|Interval)\(|\bticker\b|NewTicker|NewTimer|\bTimer\(|(?i:\btimers?\b)",
    ),
    sort(
        r"^(?P<how>reject|resolve)\s+(?:the\s|its\s)?(?:returned\s|outer\s)?promise\s+"
        r"(?P<when>(?:when|if|once|after|on|with)\s.+)$",
        promise_ended,
        proof=promise_seen,
    ),
    sort(
        r"^(?P<does>(?!log\b|warn\b)[a-z]+\b(?:(?!\b(?:when|if|once)\b).)*?)\s(?:when|if|once)\s"
        r"(?P<call>`?[\w$]+(?:\.[\w$]+)+(?:\(\))?`?|(?!(?:it|that|this|which|one|they|he|what)\s)"
        r"`?[A-Za-z_$][\w$]*(?:\(\))?`?)\s"
        r"(?:fails|errors|throws|rejects|is rejected|returns an err(?:or)?)$",
        failed_and_done,
        proof=failed_seen,
    ),
    sort(
        r"^(?:add|append|provide)\s+(?:an?\s)?(?:final\s|default\s)?`?(?:else|default)`?\s"
        r"(?:branch|case|clause|block)\s(?:that|which)\s(?P<does>.+)$",
        "Where none of the conditions before it holds, it {does}; until now nothing was done "
        "there.",
        proof="{does} where none of the conditions before it holds",
    ),
    sort(
        r"^(?:use|add|include|change|put|escape|quote|print|write|drop|remove|replace|reword"
        r"|prefix)\b.*"
        r"\b(?:log|logged|logger|logging)\s(?:call|line|message|entry|statement|record|output"
        r"|text|format)s?\b",
        "None for its callers: only what is logged changes, for what searches or parses these "
        "lines.",
    ),
    sort(
        r"^(?:change|set|restrict|tighten|use|lower|create|open"
        r"|write)\b.*\b(?P<mode>0o?[0-7]{3,4})\b(?!.*\b0o?[0-7]{3})",
        "Files and folders that are made from then on have mode {mode}: another user than the owner"
        " may not read them; those that are there keep theirs.",
        proof="what it makes has mode {mode}",
        needs=r"(?i)OpenFile|MkdirAll|Mkdir\b|WriteFile|chmod|mkdir|umask|os\.open|open\(|\bmode\b",
    ),
    sort(
        r"^(?:pre-?compile|compile|pre-?compute|hoist|build)\b.*?\b(?:once|static|module"
        r"|start-?up)\b",
        "All calls share what is made once: what one leaves in it, the next one meets.",
        proof="a second call gives the same as the first",
    ),
    sort(
        r"\b(?:clear|cancel|stop)\s+(?:it|them)\s+(?P<where>(?:in|on|when|once|after|with)\s.+)$",
        "The timer no longer fires {where}: what it still had to do then is not done.",
        proof="the timer no longer fires {where}",
        needs=r"\bset(?:Timeout|Interval)\(|\bticker\b|NewTicker|NewTimer|\bTimer\(|(?i:\binterval\b)",
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
        r"|pending|former)\s`?[\w.]+`?",
        "Of several, only the last one fires: what an earlier one was to do is not done.",
        proof="of two, only the last one fires",
        needs=r"(?i)\btimers?\b|\bset(?:Timeout|Interval)\b|\bintervals?\b|\bschedul|\bdelay",
    ),
    sort(
        r"^(?:raise|lower|set|increase|decrease|change|reduce)\s+the\s(?P<name>limit|time ?out"
        r"|size|interval"
        r"|delay)\s(?:from\s\S+\s)?to\s(?P<value>\S+(?:\s[a-z]+)?)$",
        "`{call}` works with {value} for its {name} from then on, where it was another.",
        proof="the {name} of {call} is {value}",
    ),
    sort(
        r"^(?:add|keep|maintain|introduce|build|use|create|store)\b.*\b(?:map|index|lookup table"
        r"|dict|HashMap"
        r"|set)\b.*\b(?:look-?ups?|O\(1\)|constant time|by (?:its |their )?(?:id|key|name))(?!\w)",
        "The same is held twice from then on: where one is added, moved or removed without the"
        " other, the lookup finds nothing, or what is gone.",
        proof="what is removed is no longer found",
    ),
    sort(
        r"^(?:change|turn|convert)\s+(?P<name>`?(?:\w+\.)*\w*(?:[a-z][A-Z]"
        r"|_)\w*`?)\s+(?:in)?to\s+(?:an?\s)?"
        r"(?:map|set|dict|array|list|record|WeakMap|object|Map|Set)\b",
        "`{name}` holds something else: every place that fills or reads it must change with it.",
        proof="{name} holds the new form wherever it is filled",
    ),
    sort(
        r"\b(?:emit|send|notify|publish|deliver|push)\s+(?:it\s|them\s)?(?:directly|only|just)\b",
        "Only who is addressed gets it: who got it with all others until now gets nothing.",
        proof="only who is addressed gets it",
    ),
    sort(
        r"^(?:accept|take|inject)\s+(?P<what>(?:the\s|an?\s)?[\w.$`]+)\s+(?:as|through|by|via)\s+"
        r"(?:an?\s|the\s)?(?:constructor|parameter|argument)\b",
        handed_in,
        proof="uses the {what} that it is given",
    ),
    sort(
        r"^default\s+(?:\w+\s)?to\s+(?P<value>`[^`]+`|[\w.]+:\s[\w.'\"-]+|[\w.'\"-]+)(?=\s(?:and"
        r"|in)\b|[,;]|$)",
        "Who sets nothing gets {value} from then on, and no longer what it was.",
        proof="{value} applies where nothing is set",
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
        r"^(?!.*\brequests?\b)(?:return|include|add|send|expose|put|report)\s+(?!(?:an?\s)?(?:index|header|test"
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
