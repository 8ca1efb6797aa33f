"""The rules: one form of words each, and the imperative that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.gaps import gapped
from mendbook.fixes.instruction.reading.parts import SECOND
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks
from mendbook.fixes.instruction.sentences.conditions import guard, is_condition
from mendbook.fixes.instruction.sentences.led_to import AWAY, BESIDE, IS_THERE, TOGETHER

_INSTEAD = rf"(?:{INSTEAD_OF}|and\s+not|not)"
_THE = r"(?:(?:the|a|an|its|this)\s+)?"
_MORE = re.compile(
    r"\b(?:early|also|both|every|everywhere|each|all|occurrences|uses|first|similar|same"
    r"|twice|others?"
    r"|elsewhere|before|after|when|unless|if|while|around|inside|not|never)\b",
    re.IGNORECASE,
)
"""Words that say more than the code behind them: when, where, or how often."""


def _for_calls(match: re.Match[str], marks: Marks) -> str:
    """*B in place of the two f calls* is B alone: the words only say what it is made of."""
    if re.search(r"\b(?:two|three|calls|pair|combination)\b", match["a"]):
        return f"Use {match['b']}"
    return match.expand(r"Replace \g<a> by \g<b>")


def _by(words: str) -> Make:
    return lambda match, _: match.expand(words)


def _rejects(match: re.Match[str], marks: Marks) -> str:
    """*f must reject n < 0 by raising E*: the guard, written out, at the top of f."""
    told = match.groupdict()
    owner = told.get("owner") or told.get("at") or ""
    code = guard(marks.text(match["test"]), marks.text(match["exit"]), marks.language)
    return _guarded(code, f"{owner or 'the function'}")


def _starts(match: re.Match[str], marks: Marks) -> str:
    owner = match.groupdict().get("owner") or "the function"
    return f"Add {match['code']} at the top of {owner}"


def _guarded(code: str, owner: str) -> str:
    if not code:
        return ""
    return f"Add at the top of {owner}: `{code}`"


def _returns_when(match: re.Match[str], marks: Marks) -> str:
    """*Return V early if T, before …*: the guard before what is quoted."""
    verb = match["verb"].lower()
    if not is_condition(test := _unmask(match["test"], marks), marks.language):
        return ""
    value = marks.text(match["exit"])
    code = guard(test, value if value.startswith(verb) else f"{verb} {value}", marks.language)
    return f"Add the guard `{code}` to the quoted statement" if code else ""


def _unmask(masked: str, marks: Marks) -> str:
    return re.sub(CODE, lambda match: marks.text(match[0]), masked)


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?P<b>{CODE})\s+{OUGHT}\s+be\s+(?:used|called|preferred|written)\s+{_INSTEAD}\s+"
         rf"(?P<a>.+)",
         _for_calls),
        (rf"(?P<b>{ITEM})\s+is\s+what\s+(?:{OUGHT}\s+be\s+(?:used|called)|to\s+use)\s+"
         rf"{_INSTEAD}\s+"
         rf"(?P<a>{ITEM})(?:\s+for\s+(?:(?!⟦).)+)?", _by(r"Replace \g<a> by \g<b>")),
        (rf"{_THE}(?P<a>{ITEM})\s+(?:{OUGHT}\s+be|is\s+to\s+be)\s+(?:replaced|swapped"
         rf"|exchanged)\s+"
         r"(?:by|with|for)\s+(?P<b>.+)", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?P<b>{CODE})\s+{_INSTEAD}\s+(?P<a>{CODE})", _by(r"Use \g<b> instead of \g<a>")),
        (rf"(?:{_THE}[\w' -]+?\s+)?{OUGHT}\s+be\s+(?P<b>{CODE})\s+{_INSTEAD}\s+(?P<a>{CODE})",
         _by(r"Use \g<b> instead of \g<a>")),
        (rf"(?:use|write|have|put)\s+(?P<b>{CODE})\s+and\s+not\s+(?P<a>{CODE})",
         _by(r"Use \g<b> instead of \g<a>")),
        (rf"prefer\s+(?P<b>{ITEM})\s+(?:over|to)\s+(?:(?:the|a)\s+)?(?:(?:bare|plain|literal|raw|"
         rf"hard-?coded|magic)\s+)?(?P<a>{ITEM}|{CODE}"
         rf"|\d[\w.]*)", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?P<a>{CODE})\s+{OUGHT}\s+(?:be|become|read|say)\s+(?P<b>{CODE})", _other),
        (rf"(?P<a>{ITEM})\s+is\s+(?:deprecated|superseded|obsolete)\s+in\s+favou?r\s+of\s+"
         rf"(?P<b>{ITEM})", _by(r"Replace \g<a> by \g<b>")),
        (rf"(?:pass|use|give|take|add|set|name)\s+(?:(?!⟦)[^,:])+,\s+(?P<b>{CODE}"
         rf")", _written_call),
        (rf"before\s+(?P<exit>returning|raising|throwing)(?:(?!⟦)[^,])*,\s+(?:log|call|add|emit)\s+"
         rf"(?:(?!⟦)[^,])*?(?P<b>{CODE})", _before_exit),
        (rf"(?P<c>{CODE})\s+should\s+(?:also\s+)?(?:get|have|take|pass|set)\s+(?P<d>{CODE})"
         rf"(?P<e>\s+and\s+{CODE})?", _gets),
        (rf"(?:{_THE}(?:(?:whole|entire)\s+)?(?:loop|block|if/else|function|method|body"
         rf"|branch|lines|"
         rf"statements|code)|it|this|{ITEM})\s+(?:can|could|should|may)\s+(?:simply\s+|just\s+)?"
         rf"(?:(?:be|become|be\s+written\s+as|be\s+reduced\s+to|collapse\s+to|shrink\s+to)\s+)?"
         rf"(?P<b>{CODE})", _whole),
        (rf"make\s+(?P<a>{ITEM})\s+an?\s+(?:(?!⟦)[^,:])+[,:]\s+(?P<b>{CODE})",
         _by(r"Set \g<a> to \g<b>")),
        (rf"(?P<owner>{ITEM})\s+{OUGHT}\s+[^:]+:\s+add\s+(?P<code>{CODE})\s+as\s+(?:its|the)\s+"
         r"(?:very\s+)?first\s+(?:statement|line)", _starts),
        (rf"(?P<a>{ITEM})\s+{OUGHT}\s+be\s+(?P<how>raised|lowered|reduced|increased|set"
         rf"|changed)\s+to\s+"
         rf"(?P<b>{CODE}|\d[\w.]*)", _raised),
        (rf"(?P<b>{CODE}(?:\s+with\s+the\s+same\s+\w+)?)\s+(?:does\s+it|does\s+the\s+same|reads\s+better|is\s+(?:clearer|simpler|safer|faster|enough)"
         rf"|suffices)"
         r"(?:\s+than\s+(?:(?!⟦).)+)?", _by(r"Use \g<b>")),
        (rf"{ITEM}\s+needs\s+(?P<b>{CODE})", _decorated),
        (rf"(?P<a>{ITEM})\s+{OUGHT}\s+(?:be|come|stand|run)\s+(?:the\s+)?(?:very\s+)?first"
         rf"(?:\s+(?:statement|thing|line|call|step))?\s+(?:of|in)\s+(?P<f>{ITEM})"
         rf"(?:,?\s+(?:ahead\s+of|before|above)\s+{ITEM})?",
         _by(r"Move \g<a> to the top of \g<f>")),
        (rf"(?P<a>[\w.]+(?:\(\))?)\s+{OUGHT}\s+(?:be|become|read|say)\s+(?P<b>{CODE})", _becomes),
        (rf"(?:{_THE}(?:local|variable|name|function|method|field|attribute|parameter)\s+)"
         rf"(?P<a>{ITEM})\s+{OUGHT}\s+be(?:\s+(?:called|named|spelled))?\s+(?P<b>{ITEM})",
         _by(r"Rename \g<a> to \g<b>")),
        (rf"{_THE}(?:(?:call|promise)\s+(?:to|of|from|returned\s+by)\s+)?(?P<a>{ITEM})"
         rf"(?:\s+call)?\s+(?:(?:is\s+[^⟦]+?\s+and\s+)?{OUGHT}\s+be\s+awaited"
         rf"|(?:needs|lacks|is\s+missing)\s+(?:an?\s+|its\s+|the\s+)?`?await`?)",
         _by(r"Await \g<a>")),
        (rf"rename\s+(?P<a>{ITEM})\s+to\s+(?P<b>{ITEM}),?\s+(?:including|along\s+with|"
        r"together\s+with"
         r"|as\s+well\s+as|and\s+(?:update|adjust|adapt|fix))\s+(?:(?:the|its|all|both|two|"
         r"three|four|every|other"
         r"|remaining|imports?|calls?|uses?|usages?|callers?|references?|occurrences?|sites?|"
         r"and|in|of|to|it|from|there|,)"
         rf"(?:\s+|(?=,)|$)|{CODE}(?:\s+|$))+", _renamed_in),
        (rf"(?P<a>{CODE})\s+(?:(?:is|has|was)\s+[^⟦]+?\s+and\s+){OUGHT}\s+be\s+"
         rf"(?P<m>final|static|"
         r"private|async|readonly|abstract|protected|public)", _by(r"Make \g<a> \g<m>")),
        (rf"(?:(?P<owner>{ITEM})\s+{OUGHT}\s+)?(?:reject|refuse|guard\s+against)\s+"
         rf"(?P<test>{CODE}|"
         rf"{_THE}negative\s+\w+)(?:\s+(?:in|at)\s+(?P<at>{ITEM}))?\s+(?:by\s+raising|by\s+throwing|with|by\s+returning)\s+"
         r"(?:an?\s+)?(?P<exit>⟦\d+⟧)(?:\s+before\s+(?:(?!⟦).)+)?", _rejects),
        (rf"(?P<owner>{ITEM})\s+{OUGHT}\s+[^:⟦]+:\s+(?:start|begin|open)\s+with\s+"
         rf"(?P<code>{CODE})",
         _starts),
        (rf"(?:start|begin)\s+(?:(?P<owner>{ITEM})\s+)?with\s+(?P<code>{CODE})", _starts),
        (r"(?P<verb>return|raise|throw)\s+(?P<exit>.+?)(?:\s+early)?,?\s+(?:if|when"
         r"|where)\s+(?P<test>"
         r".+?)(?:,?\s+before\s+(?:(?!⟦).)+)?", _returns_when),
        (rf"{_THE}[^:⟦]+?\s+needs\s+(?:an?\s+)?[\w ]+\s+(?:check|guard):\s+(?P<verb>return"
         rf"|raise|throw)\s+"
         r"(?P<exit>.+?)\s+(?:if|when)\s+(?P<test>.+)", _returns_when),
        (rf"(?:{ITEM}\s+needs\s+(?:an?\s+)?[\w ]*(?:check|guard):\s+)?(?P<exit>⟦\d+⟧)(?:\s+"
         rf"early)?\s+"
         r"(?:if|when)\s+(?P<test>.+)", _exits_when),
        (rf"(?:in\s+(?P<owner>{ITEM}),\s+)?{_THE}default\s+(?:value\s+)?(?:of|for)\s+"
         rf"(?P<p>{ITEM})\s+"
         r"(?:should|must|has\s+to|needs\s+to)\s+be\s+(?P<v>None)(?:,\s+with\s+(?:(?!⟦).)+)?",
         _by(r"Default \g<p> to None")),
        (rf"{_THE}(?:handler|catch|except(?:\s+clause)?|exception|clause)\s+(?:{OUGHT}\s+"
         rf"be|is\s+to\s+be"
         rf")\s+(?:narrowed|limited|restricted)\s+to\s+(?P<k>{ITEM})", _catches),
        (rf"(?:narrow|limit|restrict)\s+{_THE}(?:it|handler|catch|except(?:\s+clause)?"
         rf"|clause|exception)\s+(?:from\s+(?P<a>"
         rf"{ITEM})\s+)?to\s+(?P<k>{ITEM})", _catches),
        (rf"catch\s+(?P<k>{CODE})\s+only", _catches),
        (rf"(?P<c>{CODE})\s+(?:needs|lacks|is\s+missing|is\s+without|should\s+(?:have"
         rf"|get))\s+(?:its\s+|an?"
         rf"\s+|the\s+)?(?P<d>{CODE})(?:\s+(?:annotation|decorator|argument|modifier))?",
         _by(r"Add \g<d> to \g<c>")),
        (rf"(?P<c>[\w.]+)\s+(?:needs|lacks|is\s+missing|is\s+without)\s+(?:its\s+|an?\s+|the\s+)?"
         rf"(?P<d>{CODE})(?:\s+(?:annotation|decorator|argument|modifier))?",
         _by(r"Add \g<d> to \g<c>")),
        (rf"(?P<c>{CODE})\s+(?:needs|should\s+(?:have|get)|must\s+have)\s+a\s+default\s+"
         rf"(?:value\s+)?of\s+"
         rf"(?P<d>{CODE}|\S+)", _default),
        (rf"(?P<a>{ITEM})\s+should\s+default\s+to\s+(?:(?!⟦).)+?\s+(?:through|via|with|using)\s+"
         rf"(?P<b>{CODE})", _by(r"Set \g<a> to \g<b>")),
        (rf"(?:drop|remove|delete)\s+{_THE}(?:unused\s+)?import\s+(?:of|for)\s+(?P<a>{ITEM})",
         _unimport),
        (rf"(?:tighten|relax|widen|loosen|correct|move|alter|shift|adjust|trim|extend)\s+"
         rf"{_THE}[\w ]+?\s+"
         rf"from\s+(?P<a>{CODE}|\d\w*)\s+to\s+(?P<b>{CODE}|\d\w*)", _values),
        (rf"(?:write|say|put|have)\s+(?P<b>{CODE})", _by(r"Use \g<b>")),
        (rf"(?P<a>{ITEM})\s+and\s+(?P<b>{ITEM})\s+are\s+(?:imported\s+(?:and|but)\s+"
         rf")?(?:never\s+used|"
         rf"unused|not\s+used):\s+(?:remove|drop|delete)\s+(?:both|them)(?:\s+imports)?",
         _unimport),
        (rf"(?:turn|convert|make|rewrite|change)\s+(?:this|it|this\s+one|the\s+(?:assert|assertion|"
         rf"statement|line|check|test|call|loop))\s+(?:in)?to\s+(?P<b>{CODE})",
         _by(r"Replace the quoted code by \g<b>")),
        (rf"(?:simplify|shorten|reduce)\s+(?:it\s+|this\s+|the\s+[\w/ -]+?\s+)?to\s+(?P<b>{CODE})",
         _by(r"Replace the quoted code by \g<b>")),
        (rf"(?:hold|keep|store|put|save|compute|read)\s+(?P<x>{CODE})\s+(?:once\s+)?in\s+"
         r"(?:an?\s+|one\s+)?(?:single\s+|shared\s+)?(?:module|file|top)(?:[- ]level)?\s+"
         rf"(?:constant|const|variable)\s+(?:called\s+|named\s+|\()?(?P<n>{ITEM})\)?"
         r"(?:,?\s+and\s+(?:let|have|make)\s+(?P<who>.+?)\s+"
         r"(?:both\s+|all\s+)?(?:refer\s+to|use|read|point\s+(?:to|at))\s+it)?", _held),
        (rf"(?P<a>{ITEM})\s+{OUGHT}\s+(?:match|equal|point\s+(?:to|at)|"
        r"refer\s+to)\s+(?:(?!⟦)[^:])+:\s+"
         rf"(?P<b>{CODE}|[\w-]+)", _matches),
        (rf"call\s+(?:it|this\s+one)\s+(?P<b>{ITEM})(?:\s+instead)?(?:\s+\([^()]*\))?", _renamed),
        (rf"compare\s+(?:it\s+|them\s+|both\s+)?(?:with|using|by|through)\s+(?P<b>{CODE})"
         r"(?:\s+(?:there|here))?", _by(r"Use \g<b>")),
        (rf"(?:(?!⟦)[^:—–])*?\b(?:right|directly|immediately)\s+after\s+(?:it|this|that|they)\s+"
         r"(?:is|was|has\s+been|are|have\s+been)\s+(?:created|made|opened|declared|built|"
         r"set(?:\s+up)?"
         rf"|constructed|initiali[sz]ed|read)\s*[:,]?\s*(?P<b>{CODE})", _after_it),
        (rf"(?P<lead>[A-Za-z][\w-]+\s(?:[^()⟦:]|{CODE})*?)\s*(?:\(|:\s+)(?P<b>{CODE})\)?", _shown),
        (r"(?:you(?:['’]ll|\s+will)?\s+(?:also\s+)?need|(?:this|it|that)\s+(?:also\s+)?needs"
         rf"|(?:this|it|that)\s+requires)\s+(?:the\s+import\s+)?(?P<b>{CODE})"
         r"(?:\s+(?:for|to)\s(?:(?!⟦).)*)?", _import),
        (rf"(?:annotate|type)\s+(?:(?!⟦)[^:])+:\s+(?P<b>{CODE})", _typed),
        (rf"annotate\s+(?P<b>{CODE})", _signature),
        (rf"(?:annotate|type|declare)\s+(?P<f>{ITEM})\s+(?:as|with|to\s+be)\s+(?P<b>{CODE})",
         _typed_whole),
        (r"(?:add|give|write|use)\s+(?:(?:the|its|explicit|full|missing)\s+)*(?:type\s+)?"
         rf"(?:hints?|annotations?|signature|types)\s*[^⟦:]*:\s+(?P<b>{CODE}):?", _signature),
        (rf"(?P<verb>merge|combine|join|fold)\s+(?:the\s+)?(?:(?:two|both|second|duplicate|repeated"
         rf"|separate|double)\s+)?(?:import|require)s?\s+(?:of|from|for)\s+(?P<m>{CODE})"
         r"(?:\s+(?:in)?to\s+(?:the\s+(?:first|other|existing)(?:\s+one)?|one(?:\s+(?:import"
         r"|statement|line))?))?(?:\s+\([^()]*\))?", _by(r"Merge the imports of \g<m>")),
        (rf"(?:merge|combine|join|fold)\s+(?:the\s+)?(?:(?:two|both|duplicate|repeated)\s+)?"
         rf"(?P<m>{CODE}|\w+)\s+imports(?:\s+into\s+one)?",
         lambda match, marks: f"Merge the imports of `{marks.text(match['m'])}`"),
        (rf"(?:preallocate|chain|parameterised?|name|give|make|lazy|bind)\b[^⟦.]*?(?::\s+"
         rf"|\s+\()(?P<b>"
         rf"{CODE})\)?", _use),
        (rf"(?:[A-Z][\w -]+?\s+(?:reads?|is|are)\s+(?:better|clearer|safer|simpler|faster)[^⟦:]*|"
         rf"[A-Z][\w -]+?\s+belong\s+to\s+[^⟦:]+|[A-Z][\w ,-]+?):\s+(?P<b>{CODE})"
         rf"(?:\s+{_INSTEAD}\s+(?:comparing|calling|using|the)?\s*(?P<a>.+))?", _use),
        (rf"use\s+[^⟦,:]+,\s+(?P<b>{CODE})", _use),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _use(match: re.Match[str], marks: Marks) -> str:
    """Return ``Use B`` where the words before B say nothing more than B does."""
    exits = marks.language == "go" and marks.text(match["b"]).startswith("return")
    more = _MORE.search(re.sub(r"\bfirst(?=:)", "", match.string))
    key = re.match(r"[a-z]\w*:\s", match.string)
    words = match.string[: match.start("b")]
    beside = any(form.match(words) for form in (BESIDE, AWAY, TOGETHER, IS_THERE))
    if exits or more or key or beside or SECOND.search(match.string):
        return ""
    return f"Use {match['b']}"


def _becomes(match: re.Match[str], marks: Marks) -> str:
    known = re.search(r"[._()]|[a-z][A-Z]", match["a"])
    return match.expand(r"Replace \g<a> by \g<b>") if known else ""


def _other(match: re.Match[str], marks: Marks) -> str:
    if marks.shape(match["b"]) is Shape.OPERATOR:
        return match.expand(r"Use \g<b> instead of \g<a>")
    return match.expand(r"Replace \g<a> by \g<b>")


def _written_call(match: re.Match[str], marks: Marks) -> str:
    return _use(match, marks) if marks.shape(match["b"]) is Shape.CODE else ""


def _before_exit(match: re.Match[str], marks: Marks) -> str:
    return f"Add the statement {match['b']} to the quoted {match['exit'].lower()}"


def _gets(match: re.Match[str], marks: Marks) -> str:
    return f"Add {match['d']}{match['e'] or ''} to {match['c']}"


def _whole(match: re.Match[str], marks: Marks) -> str:
    """Return what *the loop can be B* means, where B is a statement of its own."""
    told = re.match(r"return\b|[\w.]+\s*(?::?=)(?!=)", marks.text(match["b"]))
    more = told is None or _MORE.search(match.string)
    return "" if more else f"Replace the quoted code by {match['b']}"


_RAISED = {"raised": "Raise", "lowered": "Lower", "reduced": "Reduce", "increased": "Increase",
           "set": "Set", "changed": "Change"}  # fmt: skip


def _raised(match: re.Match[str], marks: Marks) -> str:
    return f"{_RAISED[match['how'].lower()]} {match['a']} to {match['b']}"


def _decorated(match: re.Match[str], marks: Marks) -> str:
    given = re.fullmatch(r"@[\w.]+\(.+\)", marks.text(match["b"]), re.DOTALL)
    return f"Use {match['b']}" if given is not None else ""


def _renamed_in(match: re.Match[str], marks: Marks) -> str:
    """*Rename a to b, including the import and the two calls in f* renames all there is."""
    behind = re.findall(CODE, match[0][match.end("b") :])
    if any(marks.shape(one) is not Shape.PATH for one in behind):
        return ""
    return f"Rename {match['a']} to {match['b']}"


def _renamed(match: re.Match[str], marks: Marks) -> str:
    """Return *rename it* for *call it n instead*, where n is a name and no call."""
    name = marks.text(match["b"])
    return f"Rename it to `{name}`" if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else ""


def _after_it(match: re.Match[str], marks: Marks) -> str:
    return f"Add the statement {match['b']} after the quoted statement"


def _held(match: re.Match[str], marks: Marks) -> str:
    name, value = marks.text(match["n"]), marks.text(match["x"])
    places = f" in {match['who']}" if match["who"] else ""
    return f"Declare the module-level constant `{name} = {value}` and use it{places}"


def _matches(match: re.Match[str], marks: Marks) -> str:
    """Return *set a to the text v* for *a has to match the id of B: v*."""
    value = marks.text(match["b"]).strip("'\"")
    return f'Change the value of {match["a"]} to `"{value}"`'


def _shown(match: re.Match[str], marks: Marks) -> str:
    """Return ``Use B`` where B shows the whole of it, with something left out that stays."""
    code = marks.text(match["b"])
    named = [marks.text(one) for one in re.findall(CODE, match["lead"])]
    parts = all(re.sub(r"\s", "", one) in re.sub(r"\s", "", code) for one in named)
    return f"Use {match['b']}" if gapped(code).gaps and parts else ""


def _import(match: re.Match[str], marks: Marks) -> str:
    return f"Add {match['b']}" if marks.text(match["b"]).startswith("import ") else ""


def _typed(match: re.Match[str], marks: Marks) -> str:
    told = re.match(
        r"(?:(?:const|let|var)\s+)?(?P<name>[\w$]+)\s*:\s*(?P<type>[^=]+?)\s*(?:=[^=>].*)?$",
        marks.text(match["b"]),
    )
    return f"Declare `{told['name']}` as `{told['type']}`" if told is not None else ""


def _signature(match: re.Match[str], marks: Marks) -> str:
    return f"Use the signature {match['b']}" if "(" in marks.text(match["b"]) else ""


def _typed_whole(match: re.Match[str], marks: Marks) -> str:
    """Return the whole signature for *annotate f as (x: T) -> R*."""
    name, code = marks.text(match["f"]), marks.text(match["b"])
    whole = re.fullmatch(r"\(.*\)\s*->\s*.+", code, re.DOTALL)
    return f"Use the signature `{name}{code}`" if whole is not None else ""


def _exits_when(match: re.Match[str], marks: Marks) -> str:
    code = marks.text(match["exit"])
    test = _unmask(match["test"], marks)
    if not re.match(r"(?:return|raise|throw)\b", code) or not is_condition(test, marks.language):
        return ""
    guard_code = guard(test, code, marks.language)
    return f"Add the guard `{guard_code}` to the quoted statement" if guard_code else ""


def _unimport(match: re.Match[str], marks: Marks) -> str:
    names = (match[one] for one in ("a", "b") if one in match.groupdict())
    return ". ".join(f"Remove the unused import `{marks.text(one)}`" for one in names)


def _values(match: re.Match[str], marks: Marks) -> str:
    old, new = (one if one.startswith("⟦") else f"`{one}`" for one in (match["a"], match["b"]))
    return f"Replace {old} by {new}"


def _catches(match: re.Match[str], marks: Marks) -> str:
    kind = re.sub(r"^except\s+|:$", "", marks.text(match["k"]))
    if not re.fullmatch(r"[\w.]+|\([\w., ]+\)|[\w., |]+", kind):
        return ""
    if (old := match.groupdict().get("a")) is not None:
        return f"Catch `{kind}` instead of `{marks.text(old)}`"
    return f"Catch `{kind}`"


def _default(match: re.Match[str], marks: Marks) -> str:
    call, value = marks.text(match["c"]), marks.text(match["d"])
    inner = re.fullmatch(r"(?P<lead>[\w.]+\.get)\((?P<key>[^,()]+)\)", call)
    if inner is None:
        return ""
    return f"Replace `{call}` by `{inner['lead']}({inner['key']}, {value})`"


RULES = tuple(_rules())
