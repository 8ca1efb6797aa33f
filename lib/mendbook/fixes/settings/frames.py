"""The frames that instructions of settings stand in, each matched whole or not at all."""

from __future__ import annotations

import re
from functools import cache

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Verb
from mendbook.fixes.settings.verbs import OUGHT, PUT, REMOVE, TURN
from mendbook.fixes.settings.wording import CODE

_IN = r"(?:to|on|in|under|at|inside|within|for|into|of|from)"
_PLACE = rf"{_IN}\s+(?P<place>(?:the\s+|each\s+|its\s+)?[^,;]+?)"
_NARROW = (
    r"(?:to|on|in|under|at|inside|within|for|into|of)\s+(?:the\s+)?(?P<place>[\w.\[\]\"'/@:-]+"
    r"(?:\s+(?:service|job|step|block|section|table|level|stage|container|workflow|deployment|"
    r"mapping|file|context|group|stanza|object|key|entry|root|list|array|matrix)){0,2})"
)
_VALUE = (
    r"(?!(?:to|in|on|under|at|for|of|from|into)\s)"
    rf"(?:{CODE}|\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{{[^}}]*\}}|[\w-]+:\s\S+|[^\s,;]+)"
)
"""A value is one word, unless it is quoted, bracketed, or a key and value of its own."""
_PAIR = rf"[\w.\"'/-]+(?::\s+|\s*=\s*){_VALUE}"
CODES = rf"{CODE}(?:(?:\s*,|\s+and|,\s+and)\s+(?:the\s+)?{CODE})*"
_INNER = rf"(?:{CODE}|{_PAIR})(?:(?:,|;|\s+and|,\s+and)\s+(?:{CODE}|{_PAIR}))*"
_WITHIN = (
    rf"(?:\((?:with\s+)?(?P<within>{_INNER})\)|with\s+(?P<inside>{_INNER}))"
    r"(?:\s+(?:to|on|in|for)\s+(?:the\s+)?(?P<beneath>[\w./-]+(?:\s+[\w-]+)?))?"
)
"""The keys of a block: in brackets, or after ``with``."""
_DEFINED = (
    rf"(?:{CODE}|(?:unique)|(?-i:(?:NOT NULL|UNIQUE|ON DELETE [A-Z]+(?: [A-Z]+)?|DEFAULT [\w.()']+"
    r"|[A-Z][A-Z0-9]+(?:\([\d, ]+\))?)(?: NOT NULL| UNIQUE| DEFAULT [\w.()']+)*))"
)
"""What a column may be declared as."""
_COLUMN = rf"(?:the\s+)?(?:columns?\s+)?(?P<name>{CODE}|[\w.\"]+)(?:\s+column)?"
_NOUN = (
    r"(?:\s+(?:block|key|setting|option|line|directive|entry|label|field|header|instruction"
    r"|statement|attribute|argument|flag|parameter|rule|port|mapping|property|variable|volume"
    r"|target|permission|declaration|package|dependency|environment variable)s?)?"
)
_RELATION = r"before|after|above|below|behind|in front of|ahead of|prior to|following"
_ADJECTIVE = (
    r"(?:(?:an?|the|its|this)\s+)?"
    r"(?:(?!(?:with|by|to|in|on|for|of|and|from|at|through|via)\b)[\w-]+\s+){0,3}?"
)
_FRAMES: tuple[tuple[Verb, str], ...] = (
    (Verb.REWRITE, rf"(?P<anchor>[^:]+?):\s+(?P<line>{CODE}|\"[^\"]+\"|'[^']+')"),
    (
        Verb.SET,
        rf"(?:the|its)\s+[\w -]+?\s+{OUGHT}\s+(?:be|read|say)\s+"
        rf"(?P<pairs>{CODE})",
    ),
    (
        Verb.SET,
        rf"(?P<name>{CODE})\s+{OUGHT}\s+be\s+(?P<value>{CODE})(?:\s+by\s+default)?",
    ),
    (
        Verb.SET,
        rf"[^\ue000-\uf8ff]+,\s+so\s+(?P<pairs>{CODE})\s+(?:is\s+enough|suffices|will\s+do)",
    ),
    (Verb.SET, rf"(?P<pairs>{CODE})\s+{_IN}\s+(?:the\s+)?(?P<place>{CODE}|[\w.-]+(?:[ -]level)?)"),
    (
        Verb.INDEX,
        r"(?:add|create)\s+(?:an?\s+)?(?:btree\s+)?index\s+(?:on|for|to)\s+"
        r"(?P<name>[\w.]+)\s*\(\s*(?P<value>\w+(?:\s*,\s*\w+)*)\s*\)",
    ),
    (
        Verb.INDEX,
        r"(?:add|create|put|define)\s+(?:an?\s+)?(?:btree\s+|composite\s+|compound\s+)?index\s+"
        r"(?:on|for|to|over)\s+"
        r"(?:the\s+)?(?:columns?\s+)?(?P<value>\w+(?:(?:\s*,\s*|\s+and\s+)\w+)*)(?:\s+columns?)?\s+"
        r"(?:of|in)\s+(?:the\s+)?(?P<name>[\w.]+)(?:\s+table)?",
    ),
    (Verb.INDEX, r"index\s+(?P<name>\w+)\s*\(\s*(?P<value>\w+(?:\s*,\s*\w+)*)\s*\)"),
    (
        Verb.INDEX,
        r"(?:index|(?:add|create|put|define)\s+(?:an?\s+)?index\s+(?:on|for|to|over))\s+"
        r"(?:the\s+)?(?:column\s+)?(?P<name>\w+)\.(?P<value>\w+)",
    ),
    (
        Verb.INDEX,
        r"(?:(?:the\s+)?(?P<value>\w+)(?:\s+column)?\s+(?:needs|lacks|should\s+have|must\s+have"
        r"|wants)\s+an?\s+index|index\s+(?:the\s+)?(?:column\s+)?(?P<column>\w+)(?:\s+column)?)",
    ),
    (
        Verb.COLUMN,
        rf"(?:make|declare|turn)\s+{_COLUMN}\s+(?:to\s+be\s+|as\s+|into\s+)?(?P<value>{_DEFINED})",
    ),
    (
        Verb.COLUMN,
        rf"(?:declare|add|put|set|use|apply)\s+(?:an?\s+|the\s+)?(?P<value>{_DEFINED})"
        rf"(?:\s+constraint|\s+clause)?\s+(?:to|on|for)\s+{_COLUMN}",
    ),
    (
        Verb.COLUMN,
        rf"{_COLUMN}\s+{OUGHT}\s+(?:be|have|get)\s+"
        rf"(?:an?\s+)?(?P<value>{_DEFINED})",
    ),
    (
        Verb.COLUMN,
        rf"(?:[^:\ue000-\uf8ff]+:\s+)?(?P<value>{_DEFINED})\s+(?:on|for)\s+{_COLUMN}",
    ),
    (Verb.COLUMN, rf"{_COLUMN}\s+needs\s+(?:an?\s+)?(?P<value>{_DEFINED})"),
    (
        Verb.QUOTE,
        rf"(?:double-)?quote\s+(?:the\s+)?(?P<line>{CODES}|\$\{{?\w+\}}?)\s+(?:in|of|on)\s+"
        rf"(?:the\s+)?"
        r"(?P<place>[\w./-]+)(?:\s+(?:call|command|invocation|line|step|statement))?",
    ),
    (
        Verb.QUOTE,
        rf"(?:double-)?quote\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?P<line>{CODES})(?:\s+.+)?",
    ),
    (
        Verb.QUOTE,
        rf"(?:put|wrap|enclose|surround)\s+(?P<line>{CODES})\s+(?:in|with|by|inside)\s+"
        r"(?:double\s+)?quotes(?:\s+.+)?",
    ),
    (
        Verb.QUOTE,
        r"(?:double[- ])?quote\s+(?:it|this|that|(?:the|this)\s+\w+)(?::\s*(?P<line>.+))?",
    ),
    (
        Verb.QUOTE,
        r"(?:put|wrap|add|use)\s+(?:double\s+)?quotes\s+(?:around|on|for)\s+(?P<line>\S+)",
    ),
    (Verb.QUOTE, r"(?:double[- ])?quote\s+(?P<line>.+)"),
    (
        Verb.PIN,
        r"(?:switch|move|change|set|update|upgrade|bump|pin)\s+(?:the\s+|its\s+)?"
        r"(?:base|runtime|build|builder|final)?\s*image\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})",
    ),
    (
        Verb.PIN,
        rf"use\s+(?:the\s+)?(?:(?:tag|version)\s+)?(?P<value>{_VALUE})\s+(?:tag\s+"
        rf"|version\s+)?of\s+"
        rf"(?:the\s+)?(?:image\s+|action\s+)?(?P<name>{_VALUE})",
    ),
    (
        Verb.SET,
        rf"give\s+(?P<place>(?:the\s+)?[^,;]+?)\s+(?:an?\s+|the\s+)?(?P<pairs>{CODES}){_NOUN}",
    ),
    (
        Verb.ADD,
        rf"give\s+(?P<place>(?:the\s+)?[^,;]+?)\s+(?:an?\s+|the\s+)?(?P<name>{CODE}"
        rf"|[\w-]+){_NOUN}\s*"
        rf"{_WITHIN}",
    ),
    (
        Verb.ADD,
        rf"{PUT}\s+{_ADJECTIVE}(?P<level>top-level\s+|workflow-level\s+|root-level\s+)?"
        rf"(?P<name>{CODE}|[\w-]+){_NOUN}(?:\s+(?:to|on|in|for)\s+(?P<place>"
        rf"(?:the\s+)?[^,;\ue000-\uf8ff(]+?))?\s*"
        rf"{_WITHIN}",
    ),
    (
        Verb.REPLACE,
        rf"(?:(?:use|prefer|write|call|run|set|pin\s+.*?\bto)\s+)?(?P<value>{_VALUE})\s+"
        rf"(?:{INSTEAD_OF}|over)\s+(?:the\s+|plain\s+|bare\s+)?"
        rf"(?P<old>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.PIN,
        rf"(?:use|switch\s+to|move\s+to)\s+(?P<value>{_VALUE})\s+(?:as|for)\s+(?:the|a|its)\s+"
        r"(?:[\w-]+\s+)?image",
    ),
    (
        Verb.PIN,
        r"(?:pin|lock|upgrade|bump|update)\s+(?:the\s+)?(?:(?:base|build|runtime)\s+)?"
        r"(?:(?:image|package|action|dependency|version)\s+)?(?:of\s+)?(?P<name>[\w@./-]+)?\s*"
        r"(?:from\s+(?P<old>[\w@.:=<>~^/-]+)\s+)?(?:to|at)\s+(?P<value>[\w@.:=<>~^/+-]+)",
    ),
    (
        Verb.PIN,
        rf"(?:pin|lock|fix|upgrade|bump|update)\s+(?:the\s+)?(?P<name>{_VALUE})?"
        r"(?:\s+(?:[\w-]+\s+)?(?:image|package|action|dependency|version|module|crate|plugin"
        rf"|provider))*\s*(?:from\s+(?P<old>{_VALUE})\s+)?(?:to|at)\s+(?:version\s+)?"
        rf"(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.REPLACE,
        rf"(?:change|replace|switch|swap|update|turn|move|convert)\s+{_ADJECTIVE}"
        rf"(?:from\s+)?(?P<old>{_VALUE})\s+(?:to|with|by|for|into)\s+(?P<value>{_VALUE})"
        rf"(?:\s+{_PLACE})?",
    ),
    (
        Verb.ADD,
        rf"(?:add|insert|put|place)\s+(?:(?:an?|the)\s+)?(?P<line>{CODE})\s+(?:to|in|into"
        rf"|on)\s+(?:the\s+)?"
        r"(?P<place>[^,;]+?),?\s+(?:right\s+|directly\s+|just\s+|immediately\s+)?"
        rf"(?P<relation>{_RELATION})\s+(?:the\s+)?(?P<anchor>.+)",
    ),
    (
        Verb.FLAG,
        rf"(?:add|pass|append|include|use|give)\s+(?:the\s+)?(?:flag\s+|option\s+)?"
        rf"(?P<value>{CODE}|--?\w[\w-]*(?:=\S+)?){_NOUN}\s+(?:to|on|for|in|with)\s+(?:the\s+)?"
        r"(?P<anchor>.+?)(?:\s+(?:command|instruction|call|invocation|step|line))?",
    ),
    (
        Verb.ADD,
        r"(?:add|insert|put|place)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+(?:right\s+|"
        rf"directly\s+|just\s+|immediately\s+)?(?P<relation>{_RELATION})\s+(?:the\s+)?"
        r"(?P<anchor>.+)",
    ),
    (
        Verb.ADD,
        rf"(?P<line>{CODE})\s+(?:right\s+|directly\s+|just\s+)?(?P<relation>{_RELATION})\s+"
        rf"(?:the\s+)?"
        r"(?P<anchor>.+)",
    ),
    (
        Verb.ADD,
        rf"{PUT}\s+{_ADJECTIVE}(?P<level>top-level\s+|workflow-level\s+|root-level\s+)?"
        rf"(?P<pairs>{CODES}){_NOUN}(?:\s+{_PLACE})?",
    ),
    (Verb.SET, rf"{PUT}\s+(?P<pairs>{_PAIR}(?:(?:,|\s+and)\s+{_PAIR})*)(?:\s+{_NARROW})?"),
    (Verb.SET, rf"{PUT}\s+(?P<pairs>{_PAIR}(?:(?:,|\s+and)\s+{_PAIR})*)(?:\s+{_PLACE})?"),
    (
        Verb.SET,
        rf"{TURN}\s+(?:the\s+)?(?P<name>[\w.\"'-]+|{CODE})\s+(?:from\s+(?P<old>{_VALUE})\s+)?to\s+"
        rf"(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.SET,
        rf"{TURN}\s+(?:the\s+)?(?P<name>[\w .\"'\ue000-\uf8ff-]+?)\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.SET,
        rf"{TURN}\s+(?:the\s+)?(?P<name>\w+)\s+{_IN}\s+(?:the\s+)?(?P<place>[^,;]+?)\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})",
    ),
    (
        Verb.REMOVE,
        rf"{REMOVE}\s+(?:the\s+)?(?P<name>(?:(?:two|three|four|five|six|all)\s+)?[\w.-]*\*[\w*]*"
        r"|[\w.@:/ -]+?\s+(?:step|job|entry|item|mount|volume|port|target|rule))",
    ),
    (
        Verb.ADD,
        r"(?:enable|add|include|list|append|allow)\s+(?P<line>[\w./@-]+(?:(?:,\s*"
        r"|,?\s+and\s+)[\w./@-]+)*)"
        r"(?:\s+(?:too|as\s+well|also))?",
    ),
    (
        Verb.REMOVE,
        rf"{REMOVE}\s+(?:the\s+)?(?P<name>[\w.@/-]+)(?:\s+(?:line|key|entry|package|"
        r"setting|option))?(?:\s+from\s+(?:the\s+)?(?P<place>[\w./-]+(?:\s+\w+)?))?",
    ),
    (
        Verb.REMOVE,
        rf"{REMOVE}\s+(?P<name>{_VALUE}(?:(?:,\s*|,?\s+and\s+){_VALUE})*)\s+from\s+(?:the\s+)?"
        r"(?P<place>[\w.\"/-]+(?:\s+\w+)?)",
    ),
    (Verb.REMOVE, rf"{REMOVE}\s+(?:the\s+)?(?P<name>[\w./-]+:\s+[^\s,;]+)(?:\s+{_PLACE})?"),
    (
        Verb.REMOVE,
        rf"{REMOVE}\s+{_ADJECTIVE}(?P<name>{CODE}){_NOUN}"
        rf"(?:\s+{_PLACE})?",
    ),
    (Verb.ADD, rf"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+{_NARROW}"),
    (Verb.ADD, rf"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>{CODE})\s+{_PLACE}"),
    (Verb.ADD, r"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+)"),
)


@cache
def frames() -> tuple[tuple[Verb, re.Pattern[str]], ...]:
    """Return the frames as patterns: making them takes longer than most runs' settings do."""
    return tuple((verb, re.compile(frame, re.I | re.S)) for verb, frame in _FRAMES)
