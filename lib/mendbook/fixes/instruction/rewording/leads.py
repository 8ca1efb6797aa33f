"""Code behind a colon or in brackets, with the words before it that say what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.reading.parts import SECOND
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_LEAD = r"(?P<lead>[A-Za-z](?:[^⟦:(]|⟦\d+⟧)*?)"
_SHOWN = rf"\s*(?::\s+(?P<b>{CODE})|\((?P<c>{CODE})\))"
_VALUES = (
    r"(?:include|mention|store|save|keep|record|persist|assign|compute|derive|calculate|build|format|generate"
    r"|produce|encode|round|escape|normali[sz]e|trim|clamp|sanitize|answer|respond|reply|compare"
    r"|parse|read|take|quote|hash|sort|filter|divide|multiply|convert)"
)
_MORE = re.compile(
    r"\b(?:early|also|both|every|everywhere|each|all|first|twice|others?|elsewhere|before|after"
    r"|when|unless|if|while|around|inside|never|until|instead|two|three)\b",
    re.IGNORECASE,
)
"""Words that say more than the code behind them: when, where, or how often."""


_TELLS = (
    "set|add|put|use|pass|call|return|replace|remove|drop|delete|change|rename|insert|raise|throw"
    "|log|wrap|await|make|switch|append|include|catch|increase|reduce|lower|bump"
)


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"[A-Za-z][^⟦:]*?\s+(?P<where>before|after)\s+(?P<what>[^⟦:,]+?|[^⟦:,]*{CODE})"
         rf"\s*:\s+(?P<b>{CODE})", _placed),
        (rf"(?:set|reset)\s+(?P<a>{CODE}|\w+(?:\.\w+)+)\s+to\s+(?P<v>{CODE}|\w+)\s+"
         rf"(?P<where>before|after)\s+(?P<what>.+)", _set_then),
        (rf"(?P<who>both|all|the|these|each)\s+(?:equality\s+)?(?P<what>comparisons?|checks?|tests?"
         rf"|conditions?)\s+{OUGHT}\s+(?:be|use)\s+(?P<b>{CODE})", _compared),
        (rf"(?:the\s+)?(?P<a>{ITEM})\s+{OUGHT}\s+(?:be\s+)?(?P<how>required|mandatory|optional"
         r"|readonly)", lambda match, _: f"Mark {match['a']} {match['how'].lower()}"),
        (rf"make\s+(?:the\s+)?(?P<a>{ITEM})\s+(?P<how>required|mandatory)",
         lambda match, _: f"Mark {match['a']} {match['how'].lower()}"),
        (rf"make\s+(?:the\s+)?(?P<a>{ITEM})\s+(?:an?\s+)?(?P<b>{CODE})", _set_to_call),
        (rf"use\s+(?P<b>{CODE})\s+for\s+(?:the\s+)?(?P<a>{ITEM})", _set_to_call),
        (r"(?P<new>let|const)\s+(?:instead\s+of|rather\s+than|,?\s*not)\s+(?P<old>var|let)",
         lambda match, _: f"Use {match['new']} instead of {match['old']}"),
        (r"(?:replace|rewrite)\s+the\s+(?:whole\s+|entire\s+)?(?:function\s+)?(?:body|block"
         rf"|statements|lines|loop|branch|if(?:/else)?)\s+(?:by|with|as|to)\s+(?P<b>{CODE})",
         _body),
        (rf"(?:[A-Z][\w-]+\s+)(?:(?:it|them|all|these)\s+)?in\s+parallel\s+(?:with|using|via|by)\s+"
         rf"(?P<b>{CODE})", lambda match, _: f"Replace the quoted code by {match['b']}"),
        (rf"(?P<a>{ITEM})\s+{OUGHT}\s+[^⟦:]*:\s+(?P<b>{CODE})", _chained),
        (rf"(?:drop|remove|delete)\s+(?:the\s+)?(?P<a>{ITEM})\s+from\s+(?:the|this|its)\s+(?:[a-z]+\s+)?"
         r"(?:response|body|payload|object|options|result|reply|answer|record|log)(?:\s+body)?",
         lambda match, _: f"Remove the {match['a']} property"),
        (rf"(?P<a>{ITEM})\s+in\s+(?P<s>{ITEM}):\s+(?:append|add|chain)\s+(?P<b>{CODE})",
         lambda match, _: f"Add {match['b']} to {match['a']} in {match['s']}"),
        (rf"(?P<a>{ITEM})\s+in\s+(?P<s>{CODE})", _of_schema),
        (rf"(?P<b>{CODE})\s+(?:once|after|when|as\s+soon\s+as)\s+the\s+err(?:or)?\s+"
         r"(?:has\s+been|is|was)\s+checked",
         lambda match, _: f"Add {match['b']} after the error check"),
        (rf"[A-Z][\w-]+\s+(?P<many>both|all|every)?[^⟦]*?\s(?:with|by|from|using|via)\s+(?P<b>{CODE})"
         rf"(?:\s+from\s+(?:the\s+)?(?P<m>{CODE}|[\w@/:.-]+?)(?:\s+(?:package|module|library))?)?"
         rf",?\s+(?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+(?:with\s+|by\s+)?(?P<a>{CODE})",
         _rather),
        (rf"[^⟦]*?:\s+(?P<a>{CODE})\s+(?:on|at)\s+(?:the\s+)?module\s+level,?\s+(?:then|and)\s+"
         rf"(?P<b>{CODE})\s+(?:in\s+place\s+of|instead\s+of|for)\s+(?:the\s+)?(?P<c>[\w.]+|{CODE})",
         lambda match, _: f"Add {match['a']} at module level. Replace the {match['c']} call by "
         f"{match['b']}"),
        (rf"replace\s+(?:the|this|that)\s+(?:[^⟦]|{CODE})*?\s(?:by|with)\s+(?:a\s+call\s+(?:of|to)\s+)?"
         rf"(?P<b>{ITEM})\s*(?:\(|from\s+|of\s+|in\s+)(?P<p>{CODE})\)?", _shared),
        (rf"(?P<b>{CODE})\s+belongs?\s+(?:in|into|inside|to)\s+(?P<at>.+)",
         lambda match, _: f"Add {match['b']} to {match['at']}"),
        (rf"(?P<place>(?:in|inside|within|for|on)\s+(?:(?:[\w'-]+|{CODE})\s+){{1,5}}?)"
         rf"(?P<rest>(?:{_TELLS})\s.+)", lambda match, _: f"In {match['place'].strip()}, "
         f"{match['rest']}"),
        (rf"(?:read|use|access|call|write|pass|compare|return)\s+(?:it|this|{ITEM})\s+(?:directly\s+)?"
         rf"without\s+(?:the\s+)?(?P<b>{CODE})", lambda match, _: f"Remove {match['b']}"),
        (rf"(?P<a>{ITEM})\s+(?:can|could|may|should|must|has\s+to|needs?\s+to)\s+(?:just\s+)?be\s+"
         r"(?:made\s+)?(?:synchronous|sync)\b(?:(?:,|:|\s+[-–—])\s+.*)?",
         lambda match, _: f"Remove async from {match['a']}"),
        (rf"make\s+(?P<a>{ITEM})\s+(?:synchronous|sync)",
         lambda match, _: f"Remove async from {match['a']}"),
        (rf"(?P<a>{ITEM})\s+(?:then\s+|can\s+|may\s+)*calls?\s+(?:it|{ITEM})\s+without\s+(?:the\s+|an\s+)?"
         r"await(?:\s+then)?", lambda match, _: f"Update the caller {match['a']}"),
        (r"(?:an?\s+|the\s+)?new\s+(?:environment\s+|env\s+|config\w*\s+)?(?:setting|variable|option"
         rf"|key|entry)\s+(?P<key>{ITEM}),?\s*\(?(?:(?P<v>{CODE}|[\w.]+)\s+by\s+default|(?:with\s+)?"
         rf"(?:an?\s+|the\s+)?default(?:ing)?(?:\s+(?:of|to))?\s+(?P<w>{CODE}|[\w.]+))\)?\s*[:,]\s*"
         r"(?P<rest>.+)", _new_setting),
        (rf"give\s+(?P<a>{CODE}|[\w.]+)\s+(?:its|an?|the)\s+(?P<what>[a-z]+(?:\s(?!of\b)[a-z]+)?)"
         rf"(?:\s+of)?\s+(?:\((?P<b>{CODE}|[\w.]+)\)|(?P<c>{CODE}|\d[\w.]*))",
         _given),
        (rf"[A-Z][\w-]+\s+(?:[^⟦:]*?\s)?(?:with|by\s+passing|by\s+setting|using|via|through)\s+"
         rf"(?P<b>{CODE})", _option),
        (rf"{_VALUES}\s+{_LEAD}{_SHOWN}", _value),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _placed(match: re.Match[str], marks: Marks) -> str:
    """*Sort the rows before slicing: rows.sort()*: the statement, put before what is named."""
    shape = marks.shape(match["b"])
    called = re.fullmatch(r"(?:await\s+)?[\w$.]+\(.*\);?", marks.text(match["b"]), re.DOTALL)
    if shape not in {Shape.STATEMENT, Shape.ASSIGNMENT} and called is None:
        return ""
    return f"Add the statement {match['b']} {match['where']} {match['what']}"


def _of_schema(match: re.Match[str], marks: Marks) -> str:
    """Return *change a of s to f(1)* for *a in s: f(1)*."""
    pair = marks.fragment(match["s"])
    if pair is None or pair.shape is not Shape.PAIR or "(" not in pair.value:
        return ""
    return f"Change the value of {match['a']} in `{pair.key}` to `{pair.value}`"


def _rather(match: re.Match[str], marks: Marks) -> str:
    """Return *replace a by b from m*, everywhere if the words say so."""
    source = f" from `{marks.text(match['m'])}`" if match["m"] else ""
    many = " everywhere" if match["many"] else ""
    return f"Replace {match['a']} by {match['b']}{source}{many}"


def _shared(match: re.Match[str], marks: Marks) -> str:
    """Return *use b() from p in place of the code* for *replace the … by b (p)*."""
    name = re.sub(r"\(\)$", "", marks.text(match["b"]))
    if marks.shape(match["p"]) is not Shape.PATH or not re.fullmatch(r"[A-Za-z_]\w*", name):
        return ""
    return f"Use `{name}()` from {match['p']} in place of the inline code"


def _set_then(match: re.Match[str], marks: Marks) -> str:
    """*Set a.b to null after closing it*: an assignment of its own, put behind what is named."""
    name, value = marks.text(match["a"]), marks.text(match["v"])
    return f"Add the statement `{name} = {value}` {match['where']} {match['what']}"


def _new_setting(match: re.Match[str], marks: Marks) -> str:
    """Return what *New setting K, 5 by default: add it to S and list it in F* asks for."""
    places = re.findall(rf"\b(?:to|in|into)\s+(?:the\s+)?({CODE}|[\w.]+)", match["rest"])
    value = match["v"] or match["w"]
    return f"Add {match['key']} with default {value} to {' and to '.join(places)}" if places else ""


def _compared(match: re.Match[str], marks: Marks) -> str:
    """*Both comparisons should be ===*: that operator, as often as is said."""
    if marks.shape(match["b"]) is not Shape.OPERATOR:
        return ""
    counted = match["who"].lower() in {"both", "all", "each"}
    return f"Use {match['b']}" + (f" in {match['who'].lower()} {match['what']}" if counted else "")


def _given(match: re.Match[str], marks: Marks) -> str:
    """*Give f its radix (10)*: an argument that is known by its name."""
    value = marks.text(match["b"] or match["c"])
    return f"Pass the {match['what']} `{value}` to {match['a']}"


def _option(match: re.Match[str], marks: Marks) -> str:
    """*Give up after a while with timeout: 5*: an option, or a link, of the call quoted."""
    lone = len(re.findall(CODE, match.string)) == 1
    given = marks.shape(match["b"]) in {Shape.PAIR, Shape.CHAIN}
    return f"Add {match['b']}" if lone and given else ""


def _body(match: re.Match[str], marks: Marks) -> str:
    """Return what *replace the body by return x* asks for; nothing where it returns nothing."""
    returns = re.match(r"return\b", marks.text(match["b"])) is not None
    return f"Replace the quoted code by {match['b']}" if returns else ""


def _chained(match: re.Match[str], marks: Marks) -> str:
    """Return the link that *the title must not be empty: .min(1)* adds to what title is given."""
    return f"Add {match['b']} to {match['a']}" if marks.shape(match["b"]) is Shape.CHAIN else ""


def _set_to_call(match: re.Match[str], marks: Marks) -> str:
    """Return *set x to f(1)* for *make x f(1)*."""
    whole = marks.shape(match["b"]) is Shape.CODE and "(" in marks.text(match["b"])
    return f"Change the value of {match['a']} to {match['b']}" if whole else ""


def _value(match: re.Match[str], marks: Marks) -> str:
    """*Store it in seconds: now // 1000*: the value of what is quoted."""
    shown = match["b"] or match["c"]
    named = [marks.text(one) for one in re.findall(CODE, match["lead"])]
    code = re.sub(r"\s", "", marks.text(shown))
    several = _MORE.search(match["lead"]) or SECOND.search(match.string)
    whole = marks.shape(shown) is Shape.CODE and not several
    parts = all(re.sub(r"\s", "", one) in code for one in named)
    return f"Replace the quoted code by {shown}" if whole and parts else ""


LEADS = tuple(_rules())
