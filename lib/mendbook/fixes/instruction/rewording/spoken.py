"""Wishes as they are spoken: *X needs Y*, *turn X off*, *A → B*, *X is not used: drop it*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_WORDS = r"(?:\s+[a-z][\w-]*){0,3}?"
_NEEDS = (
    rf"(?:needs?|lacks?|misses|miss|wants?|requires?|is\s+missing|are\s+missing|gets?|takes?"
    rf"|{OUGHT}\s+(?:have|get|carry|take|receive))"
)
_ARTICLE = r"(?:the\s+|an?\s+|its\s+(?:own\s+)?|their\s+)?"
_GIVEN = {Shape.PAIR, Shape.DECORATOR, Shape.CHAIN, Shape.TAG}
_TAKE = r"(?:remove|delete|drop|take|strip|cut|get\s+rid\s+of|leave|throw)"
_UNUSED = (
    r"(?:is|are)\s+(?:never\s+|not\s+)?(?:unused|used|dead|superfluous|redundant|unnecessary"
    r"|obsolete|needless|needed|read|called|reached|unreachable)(?:\s+(?:any\s*more|anywhere|at\s+all"
    r"|here))?"
)
_LEVEL = r"(?P<level>debug|info|warn(?:ing)?|error|trace|critical)"
_SURE = r"(?:non-null\s+assertion|type\s+assertion|assertion|cast|bang)"
_PLACE = r"(?P<place>\s+(?:in|of|inside|within|from|at)\s+.+)?"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?:the\s+)?(?P<x>{ITEM}(?:['’]s)?{_WORDS})\s+{_NEEDS}\s+{_ARTICLE}"
         rf"(?:[a-zA-Z]+\s+){{0,2}}?(?P<c>{CODE}(?:(?:,\s+|,?\s+and\s+){CODE})*)"
         rf"(?P<tail>\s.*)?", _given),
        (rf"(?:the\s+)?(?P<x>[A-Za-z][\w-]*(?:\s+[a-z][\w-]*){{0,2}})\s+{_NEEDS}\s+{_ARTICLE}"
         rf"(?P<c>{CODE}(?:(?:,\s+|,?\s+and\s+){CODE})*)(?P<tail>\s.*)?", _given),
        (rf"(?P<c>{CODE})\s+(?:is|are)\s+missing\s+(?:from|on|in|at)\s+(?:the\s+)?"
         rf"(?P<x>{ITEM}{_WORDS})(?P<tail>)", _given),
        (rf"(?:turn|switch|flip)\s+(?:the\s+)?(?P<x>{ITEM})\s+(?P<to>on|off){_PLACE}", _toggled),
        (rf"(?:turn|switch)\s+(?P<to>on|off)\s+(?:the\s+)?(?P<x>{ITEM}){_PLACE}", _toggled),
        (rf"(?P<to>enable|disable)\s+(?:the\s+)?(?P<x>{CODE}){_PLACE}", _toggled),
        (rf"(?:the\s+)?(?P<x>{ITEM})\s+{OUGHT}\s+be\s+(?:turned\s+|switched\s+|set\s+to\s+)?"
         rf"(?P<to>on|off|enabled|disabled|true|false){_PLACE}", _toggled),
        (rf"(?P<a>{CODE}|\w+)\s*(?:→|⇒|->)\s*(?P<b>{CODE}|\w+)", _arrow),
        (rf"(?:the\s+)?(?:[a-z]+\s+){{1,3}}{OUGHT}\s+(?:come|be\s+(?:taken|read|made|drawn))\s+"
         rf"(?:from|by|with)\s+(?P<c>{CODE})", _use),
        (rf"(?P<c>{CODE})\s+{INSTEAD_OF}\s+(?:the\s+)?{_SURE}", _use),
        (rf"(?:replace|exchange|swap)\s+the\s+{_SURE}\s+(?:by|with|for)\s+(?P<c>{CODE})",
         _use),
        (rf"(?P<c>{CODE})\s+{INSTEAD_OF}\s+the\s+"
         r"(?:literal|number|string|value|hard-?coded\s+\w+|constant)",
         lambda match, _: f"Replace the literal with {match['c']}"),
        (rf"(?:(?:it|this)\s+)?(?:should|must|ought\s+to|has\s+to|can)\s+be\s+(?:logged\s+)?(?:at|as)"
         rf"\s+(?:an?\s+)?{_LEVEL}(?:\s+level)?", _level),
        (rf"log\s+(?:it|this|that)\s+(?:as|at)\s+(?:an?\s+)?{_LEVEL}(?:\s+level)?", _level),
        (rf"{_LEVEL}\s+is\s+(?:enough|plenty|sufficient|(?:the\s+)?(?:right|proper|better)(?:\s+"
         r"(?:level|choice))?)(?:\s+(?:for|here)\b[^⟦]*)?", _level),
        (rf"(?:the\s+)?[a-z][\w\s-]*?\s+belongs?\s+(?:at|to|on)\s+{_LEVEL}(?:\s+level)?", _level),
        (rf"every\s+(?P<a>{CODE})\s+{OUGHT}\s+be(?:come)?\s+(?P<b>{CODE})",
         lambda match, _: f"Replace all {match['a']} with {match['b']}"),
        (rf"(?P<a>{CODE})\s+is\s+(?:deprecated|obsolete|legacy)[,:]?\s+(?:use|prefer|write)\s+"
         rf"(?P<b>{CODE})\s+(?:everywhere|throughout)",
         lambda match, _: f"Replace all {match['a']} calls with {match['b']}"),
        (rf"(?P<f>{ITEM})\s+(?:does\s+not|doesn['’]t|never)\s+(?:use|read|need)s?\s+(?P<p>{CODE})"
         rf"[:,]\s+(?:so\s+)?{_TAKE}\s+(?:it|the\s+\w+)\b[^⟦]*\b(?:call|caller|calls|callers)\b[^⟦]*",
         _parameter),
        (rf"(?P<f>{ITEM})\s+(?:does\s+not|doesn['’]t|never)\s+(?:use|read|need)s?\s+(?P<p>{CODE})"
         rf"[:,]\s+(?:so\s+)?{_TAKE}\s+(?:it|the\s+\w+)(?:\s+out)?",
         lambda match, _: f"Remove the unused {match['p']} of {match['f']}"),
        (rf"(?:get\s+rid\s+of|{_TAKE})\s+(?P<f>{ITEM})['’]s\s+(?P<p>{CODE})\s+(?:parameter|argument)"
         r"\b[^⟦]*\b(?:call|called|calls|callers)\b[^⟦]*", _parameter),
        (rf"(?:get\s+rid\s+of|{_TAKE})\s+(?:the\s+)?(?:unused\s+)?(?P<p>{ITEM})\s+(?:from|out\s+of)\s+"
         rf"(?P<f>{ITEM})\s+and\s+(?:from\s+)?(?:its|the|every|each|all(?:\s+its)?)\s+"
         r"(?:calls?|callers?|call\s+sites?)", _parameter),
        (rf"give\s+(?P<f>(?:both|all|every|the\s+two)\s+(?:the\s+)?{ITEM}(?:\s+calls?)?)\s+(?P<c>{CODE})",
         lambda match, _: f"Pass {match['c']} to {match['f']}"),
        (rf"[^:;⟦]*?(?P<x>{ITEM}):\s+(?P<c>{CODE})", _marked),
        (rf"import\s+(?P<x>[\w.]+)\s+{_UNUSED}", _import),
        (rf"(?P<x>[\w.]+)\s+{_UNUSED}[,:;]?\s+(?:so\s+)?{_TAKE}\s+(?:out\s+)?the\s+import",
         _import),
        (rf"(?:the\s+)?(?:branch\s+|test\s+|cast\s+)?(?P<x>{CODE})\s+{_UNUSED}[,:;]?\s+(?:so\s+)?"
         rf"{_TAKE}\s+it(?:\s+out|\s+off|\s+away)?", lambda match, _: f"Remove {match['x']}"),
        (rf"(?:the\s+)?(?:branch\s+)?(?P<x>{CODE})\s+can(?:not|\s+never|['’]t)\s+[^⟦:;,]*[,:;]\s+"
         rf"{_TAKE}\s+it", lambda match, _: f"Delete the dead {match['x']} branch"),
        (rf"(?:there\s+(?:is|already\s+is)\s+)?(?P<f>{CODE})\s+(?:in|from|of|exists\s+in)\s+(?P<p>{CODE})"
         rf"[:,;]\s+(?:call|use)\s+(?:it|that)\s+{INSTEAD_OF}\s+"
         r"(?P<rest>.+)",
         lambda match, _: f"Use {match['f']} from {match['p']} in place of {match['rest']}"),
        (rf"the\s+(?P<what>(?:inline|hand-?written|own|manual|local)\s+[\w-]+)\s+{OUGHT}\s+be(?:come)?\s+"
         rf"(?:a\s+call\s+of\s+)?(?P<f>{CODE})(?P<p>\s+(?:from|of|in)\s+{CODE})?",
         lambda match, _: f"Use {match['f']}{match['p'] or ''} in place of the {match['what']}"),
        (rf"give\s+(?:the\s+)?(?:private\s+|local\s+)?(?:field\s+|variable\s+|function\s+|method\s+)?"
         rf"(?P<a>{ITEM})\s+(?:an?|its)\s+(?:[\w-]+\s+)?name\b[^⟦:,]*[:,]\s+(?P<b>{ITEM})",
         lambda match, _: f"Rename {match['a']} to {match['b']}"),
        (rf"first\s+(?P<a>{CODE}),?\s+(?:and\s+)?(?:only\s+)?then\s+(?P<b>{CODE})",
         lambda match, _: f"Move {match['b']} after {match['a']}"),
        (rf"(?:if|when)\s+(?P<x>{ITEM})\s+is\s+(?P<how>empty|null|None|undefined|missing),?\s+"
         rf"(?P<r>{CODE})(?:\s+(?:first|early|at\s+once))?", _early),
        (rf"an?\s+(?P<how>empty|missing)\s+(?P<x>{ITEM})\s+{OUGHT}\s+(?P<r>{CODE}|return\s+{CODE})"
         r"(?P<tail>(?:\s+before\s+[^⟦]+)?)", _early),
        (rf"(?:write|say|use|call)\s+(?P<a>{CODE})(?P<p>\s*(?:\(|(?:from|of|in)\s+){CODE}\)?)?"
         rf"(?:\s+here)?,?\s+(?:and\s+)?not\s+(?:the\s+)?(?P<b>{CODE})", _not_that),
        (rf"say\s+(?P<a>{CODE})(?:\s+here)?", lambda match, _: f"Use {match['a']}"),
        (rf"(?:annotate|mark|declare)\s+(?:it|this|the\s+function)\s+as\s+returning\s+(?P<t>{CODE}|\w+)",
         lambda match, _: f"Declare the return type: {match['t']}"),
        (rf"(?:the\s+)?(?:function|method|it)\s+{OUGHT}\s+(?:say|declare|state)\s+that\s+it\s+returns\s+"
         rf"(?P<t>{CODE}|\w+)", lambda match, _: f"Declare the return type: {match['t']}"),
        (rf"(?P<a>{CODE})\s+{OUGHT}\s+(?:carry|have|bear|get)\s+(?:the\s+|a\s+)?(?:JSDoc\s+)?tag\s+"
         rf"(?P<c>{CODE})", lambda match, _: f"Add the JSDoc tag {match['c']} to {match['a']}"),
        (rf"(?:the\s+)?(?:two|three|both)\s+(?P<c>{CODE})(?:\s+(?:debug\s+)?(?:lines|calls|statements))?"
         rf"{_PLACE}\s+(?:should|must|can|may|have\s+to)\s+(?:go|be\s+(?:removed|deleted|dropped))",
         lambda match, _: f"Remove both {match['c']} lines{match['place'] or ''}"),
        (rf"default\s+(?:it\s+)?with\s+(?P<c>{CODE})", _use),
        (rf"do\s+(?:as|like)\s+{ITEM}(?:\s+does)?:\s+(?P<c>{CODE})(?P<tail>\s.*)?",
         lambda match, _: f"Set {match['c']}{match['tail'] or ''}"),
        (rf"(?P<v>{CODE})\s+is\s+(?P<n>{CODE})[,:;]\s+(?:so\s+)?use\s+the\s+(?:constant|name)",
         lambda match, _: f"Use {match['n']} instead of {match['v']}"),
        (r"(?:write|use)\s+return\s+await\s+(?:in|inside)\s+the\s+try(?:\s+block)?",
         lambda *_: "return await inside the try"),
        (r"the\s+return\s+(?:in|inside)\s+the\s+try(?:\s+block)?\s+(?:needs|lacks|misses)\s+(?:an\s+)?await",
         lambda *_: "return await inside the try"),
        (rf"(?P<f>{ITEM})\s+{OUGHT}\s+(?:begin|start|open)\s+with:?\s+(?P<c>{CODE})", _at_top),
        (rf"(?:the\s+)?(?:very\s+)?first\s+(?:thing|statement|line)\s+(?:in|of)\s+(?P<f>{ITEM}):?\s+"
         rf"(?P<c>{CODE})", _at_top),
        (rf"[a-z]+\s+(?P<x>{CODE})\s+to\s+[^⟦()]+?\s*\(?(?P<c>{CODE})\)?", _in_brackets),
        (rf"[a-z][\w\s-]*\((?P<c>{CODE})\)\s+{OUGHT}\s+be\s+used(?P<tail>\s.*)?",
         lambda match, _: f"Use {match['c']}{match['tail'] or ''}"),
        (rf"(?:[a-z]+\s+){{1,2}}(?P<a>{ITEM}):\s+rename\s+(?:it\s+)?to\s+(?P<b>{ITEM})",
         lambda match, _: f"Rename {match['a']} to {match['b']}"),
        (rf"(?P<a>{CODE})\s+[^⟦,;:]*[,;:]\s+(?:better\s+)?call\s+it\s+(?P<b>{CODE})"
         r"(?:\s+and\s+(?:update|rename|adapt|change)\s+[^⟦]*)?",
         lambda match, _: f"Rename {match['a']} to {match['b']}"),
        (rf"(?:set|add|give|pass|specify|use|put)\s+(?:an?|the)\s+[a-z-]+\s+(?:on|to|for|in)\s+(?:the\s+)?"
         rf"(?P<x>{ITEM}{_WORDS})\s*\((?P<c>{CODE})\)(?P<tail>)", _given),
        (rf"[a-z]+\s+(?:the\s+|an?\s+)?[a-z][\w\s-]*\s+\((?P<c>{CODE})\)", _set),
        (rf"[a-z]+\s+(?:the\s+|an?\s+)?[a-z][\w\s-]*\s+by\s+(?:setting|passing|adding)\s+"
         rf"(?P<c>{CODE})(?P<more>\s+and\s+{CODE})?", _set),
        (rf"add\s+an?\s+return\s+early\s+of\s+(?P<c>{CODE})\s+for\s+(?:an\s+)?empty\s+(?P<x>{ITEM})"
         r"(?:\s+at\s+the\s+(?:top|start))?",
         lambda match, marks: f"Return `{marks.text(match['c'])}` when {match['x']} is empty"),
        (rf"use\s+{CODE}\s+without\s+(?:the\s+)?(?P<c>{CODE})(?P<k>\s+cast)?",
         lambda match, _: f"Remove the {match['c']}{match['k'] or ''}"),
        (rf"(?P<a>{CODE})\s+is\s+[^:]*:\s+make\s+it\s+(?P<rest>an?\s+.+)", _turned_into),
        (rf"(?:the\s+)?condition\s+(?P<c>{CODE})\s+is\s+never\s+(?:true|met)[;,:]\s+{_TAKE}\s+the\s+"
         r"(?:if\s+)?(?:block|branch|test|if|statement)",
         lambda match, marks: f"Remove the dead `if ({marks.text(match['c'])})` branch"),
        (rf"move\s+(?P<a>{CODE})\s+so\s+that\s+it\s+(?:comes|stands|runs|happens|is\s+\w+)\s+"
         r"(?P<where>(?:before|after|above|below|ahead\s+of)\s+.+)",
         lambda match, _: f"Move {match['a']} {match['where']}"),
        (rf"(?:narrow|restrict|limit)\s+the\s+(?:bare\s+|broad\s+)?except(?:\s+clause)?\s+to\s+"
         rf"(?P<k>{CODE}|\({CODE}(?:,\s+{CODE})*\)),?\s+(?:and\s+)?bind\s+(?:it|the\s+error|the\s+exception)\s+(?:as|to)\s+"
         rf"(?P<n>\w+|{CODE})\s+and\s+(?:call|log\s+it\s+with|write)\s+(?P<log>{CODE})", _narrowed),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _given(match: re.Match[str], marks: Marks) -> str:
    """*X needs k: v*: what is given to X; only of shapes that something is given in."""
    codes = re.findall(CODE, match["c"])
    banned = re.search(r"\b(?:not|never|no|cannot)\b|n['’]t\b", match["x"], re.IGNORECASE)
    if banned or not all(marks.shape(one) in _GIVEN for one in codes):
        return ""
    place = re.sub(r"['’]s\b", "", match["x"])
    return f"Add {match['c']} to the {place}{match['tail'] or ''}"


def _toggled(match: re.Match[str], marks: Marks) -> str:
    """*Turn X off*: the value of X in the language of the file."""
    on = match["to"].lower() in {"on", "enable", "enabled", "true"}
    value = str(on) if marks.language == "python" else str(on).lower()
    return f"Set {match['x']} to `{value}`{match['place'] or ''}"


def _arrow(match: re.Match[str], marks: Marks) -> str:
    """Return a rename for ``a → b`` where both are plain names, else a replacement."""
    old, new = marks.text(match["a"]), marks.text(match["b"])
    plain = all(re.fullmatch(r"[A-Za-z_$][\w$]*", one) for one in (old, new))
    return f"Rename `{old}` to `{new}`" if plain else f"Replace `{old}` with `{new}`"


def _level(match: re.Match[str], _: Marks) -> str:
    return f"Change the log level to {match['level'].lower()}"


def _parameter(match: re.Match[str], _: Marks) -> str:
    return (
        f"Remove the unused {match['p']} parameter of {match['f']} and drop the argument at its "
        "call sites"
    )


def _use(match: re.Match[str], _: Marks) -> str:
    return f"Use {match['c']}"


def _marked(match: re.Match[str], marks: Marks) -> str:
    """*Freeze Key: @dataclass(frozen=True)*: the decorator that it is to have."""
    return f"Use {match['c']} for {match['x']}" if marks.text(match["c"]).startswith("@") else ""


def _import(match: re.Match[str], _: Marks) -> str:
    return f"Remove the unused import `{match['x']}`"


def _early(match: re.Match[str], marks: Marks) -> str:
    """*If x is empty return y*: an exit at the top of what the finding is about."""
    told = re.sub(r"^return\s+", "", marks.text(re.sub(r"^return\s+", "", match["r"])))
    if not marks.text(match["r"]).startswith("return"):
        return ""
    tail = match.groupdict().get("tail") or ""
    return f"Return `{told}` when {match['x']} is {match['how']}{',' if tail else ''}{tail}"


def _not_that(match: re.Match[str], _: Marks) -> str:
    """*Write A, not B*."""
    home = re.findall(CODE, match["p"] or "")
    place = f" from {home[0]}" if home else ""
    return f"Use {match['a']}{place} instead of {match['b']}"


def _set(match: re.Match[str], marks: Marks) -> str:
    """*Disable debug mode (debug=False)*: the pair."""
    codes = re.findall(CODE, match[0])
    if not all(marks.shape(one) is Shape.PAIR for one in codes):
        return ""
    return f"Set {' and '.join(codes)}"


def _turned_into(match: re.Match[str], marks: Marks) -> str:
    """*a.includes is slow: make it a Set*: what the method is called on."""
    name = re.fullmatch(r"([\w$.]+?)(?:\.\w+(?:\(.*\))?)?", marks.text(match["a"]), re.DOTALL)
    return f"Make `{name[1]}` {match['rest']}" if name is not None else ""


def _narrowed(match: re.Match[str], marks: Marks) -> str:
    kinds = re.sub(CODE, lambda one: marks.text(one[0]), match["k"])
    name = marks.text(match["n"])
    return f"Replace bare except with `except {kinds} as {name}:` and log it with {match['log']}"


def _in_brackets(match: re.Match[str], marks: Marks) -> str:
    """*Raise X to an hour (60 * MINUTE)*: the value in code."""
    told = re.fullmatch(r"\(?(?P<value>.+?)\)?", marks.text(match["c"]))
    written = "(" in match[0] or marks.text(match["c"]).startswith("(")
    return f"Set {match['x']} to `{told['value']}`" if told is not None and written else ""


def _at_top(match: re.Match[str], _: Marks) -> str:
    return f"Add {match['c']} at the top of {match['f']}"


SPOKEN = tuple(_rules())
