"""Members, branches, statements and values that are told by what they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.goes import GO
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_MANY = (
    r"(?:all(?:\s+of)?(?:\s+the)?(?:\s+(?:two|three|four|five|\d+))?|both(?:\s+of)?(?:\s+the)?"
    r"|every|each)"
)
_KIND = r"(?:statements?|calls?|lines?)"
_CREATE = (
    r"(?:create|build|construct|make|instantiate|compile|allocate|hoist|move|lift|pull|declare)"
)
_LEVEL = r"(?:module|file)(?:\s+|-)(?:scope|level)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?P<t>{ITEM}):\s+add\s+(?:the\s+|an?\s+)?(?:field\s+|member\s+|property\s+)?(?P<b>{CODE})",
         _member),
        (rf"declare\s+(?:the\s+)?(?:field\s+)?(?P<b>{CODE})\s+(?:on|in)\s+(?P<t>{ITEM})", _member),
        (rf"(?:in|from)\s+(?P<f>{ITEM}),?\s+(?:also\s+)?return\s+(?P<b>{CODE})"
         r"(?:,?\s+(?:with|beside|along\s+with|next\s+to)\s+the\s+(?:rest|others?))?", _returned),
        (rf"(?P<f>{ITEM})\s+(?:should\s+|must\s+|then\s+)?(?:also\s+)?returns?\s+(?P<b>{CODE})"
         r"(?:,?\s+(?:with|beside|along\s+with|next\s+to)\s+the\s+(?:rest|others?))?", _returned),
        (rf"(?:the\s+)?(?P<c>{CODE})\s+(?:branch|case|arm)\s+(?:is|can|cannot|can't|never)\b[^⟦.;,]*"
         r"[,;:]?\s+(?:so\s+|and\s+)?(?:please\s+)?(?:remove|delete|drop)\s+it", _branch),
        (rf"(?:remove|delete|drop)\s+the\s+(?:dead\s+|unreachable\s+)?(?P<c>{CODE})\s+(?:branch|arm)",
         _branch),
        (rf"(?P<n>{_MANY})\s+(?P<c>{CODE})(?:\s+(?P<k>{_KIND}))?\s+{GO}", _several),
        (rf"(?:remove|delete|drop|strip)\s+(?P<n>{_MANY})\s+(?P<c>{CODE})(?:\s+(?P<k>{_KIND}))?"
         rf"(?P<in>\s+(?:in|from|of)\s+(?:the\s+)?{ITEM})?", _several),
        (rf"{_CREATE}\s+(?:it|the|an?|one|this)\b[^⟦]*\b{_LEVEL}\s*[,(]*\s*(?:and\s+)?(?:name|call)\s+it\s+"
         rf"(?P<n>{ITEM})\)?(?:\s*,?\s+(?:and\s+)?(?:use|reuse|refer\s+to|share)\s+(?:it|that)\s+"
         rf"(?:in|from|by)\s+(?P<uses>.+))?", _named),
        (rf"{_CREATE}\s+(?:it|the\s+[\w-]+|this)\s+(?:only\s+)?(?:once,?\s+)?(?:at|to|in|on)\s+(?:the\s+)?"
         rf"{_LEVEL},?\s+as\s+(?:an?\s+|the\s+)?(?:const(?:ant)?\s+)?(?P<n>{ITEM})", _named),
        (rf"{_CREATE}\s+(?:it|the\s+[\w-]+|this)\s+(?:only\s+)?once,?\s+as\s+an?\s+(?:module(?:-level)?"
         rf"|top-level)\s+const(?:ant)?\s+(?P<n>{ITEM})", _named),
        (rf"(?:the\s+)?(?P<a>{ITEM})\s+{OUGHT}\s+(?:come|run|go|happen|be\s+(?:called|run|done|executed))"
         rf"\s+(?P<w>before|after)\s+(?:the\s+)?(?P<b>{ITEM})(?:\s+(?:call|runs?))?"
         r"(?:[:;,]\s+(?:so\s+|please\s+)*(?:swap|exchange|reorder|switch)\b[^⟦]*)?", _order),
        (rf"give\s+(?:the\s+)?(?:literal\s+|value\s+|number\s+)?(?P<v>{CODE}|\d[\w.]*)\s+a\s+name\W+"
         rf"(?P<n>{ITEM})\b[^⟦]*?\bmodule[^⟦]*?(?:refer\s+to|use)\s+(?:it|that)\s+(?:from|in)\s+"
         rf"(?P<in>.+)",
         lambda match, _: f"Extract {match['v']} into a module-level const {match['n']} and use it "
         f"in {match['in']}"),
        (rf"(?:an?\s+)?(?:⟦\d+⟧|await)\s+is\s+missing\s+(?:in\s+front\s+of|before|at|on)\s+(?:the\s+"
         rf"call\s+(?:of|to)\s+)?(?P<t>{ITEM})", _awaited),
        (rf"(?:(?P<in>in\s+{ITEM}),\s+)?(?:the\s+)?(?P<t>{ITEM})(?:\s+(?:field|key|array|list|string"
         rf"|property|member))?\s+{OUGHT}\s+be\s+(?:validated|checked|bounded|capped|limited"
         rf"|constrained|restricted|trimmed|guarded)\s+(?:with|by|via|through|using)\s+"
         rf"(?P<b>{CODE})", _chained),
        (rf"(?:name|label|title)\s+(?:the|this|that)\s+(?P<k>number|literal|value|string)\W+"
         rf"(?:(?:by|as|with|an?|the)\s+)*(?:(?:module|file|top)(?:-level)?\s+)?const(?:ant)?\s+(?P<n>{ITEM}),?\s+"
         rf"(?:to\s+be\s+|that\s+is\s+|and\s+)?(?:referenced|used|shared|read|refer\s+to\s+it|use\s+it)\s+"
         rf"(?:by|in|from)\s+(?P<in>.+)",
         lambda match, _: f"Extract the {match['k']} into a module-level const {match['n']} "
         f"and use it in {match['in']}"),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _awaited(match: re.Match[str], marks: Marks) -> str:
    """Return the order to await: *an await is missing in front of lease.renew()*."""
    word = re.search(r"⟦\d+⟧(?=\s+is\s+missing)|\bawait\b", match[0])
    if word is None or marks.text(word[0]) != "await":
        return ""
    return f"Await {match['t']}"


def _chained(match: re.Match[str], marks: Marks) -> str:
    """*In s, mail should be validated with .email()*: the call at the end of the field."""
    if marks.shape(match["b"]) is not Shape.CHAIN:
        return ""
    place = f" {match['in']}" if match["in"] else ""
    return f"Add {match['b']} to {match['t']}{place}"


def _member(match: re.Match[str], marks: Marks) -> str:
    """*T: add k: number*: a member of the type or the object that is named."""
    pair = marks.shape(match["b"]) is Shape.PAIR
    return f"Add {match['b']} to {match['t']}" if pair else ""


def _returned(match: re.Match[str], marks: Marks) -> str:
    """*In f, return k: v with the rest*: a member of the object that f returns."""
    shape = marks.shape(match["b"])
    beside = "the rest" in match[0].lower() or "the other" in match[0].lower()
    if shape is Shape.PAIR or (shape is Shape.NAME and beside):
        return f"Add {match['b']} to the object that {match['f']} returns"
    return ""


def _branch(match: re.Match[str], marks: Marks) -> str:
    test = marks.text(match["c"])
    if marks.language == "python" or re.match(r"(?:else\s+)?(?:if|case)\b", test):
        return ""
    return f"Remove the `if ({test})` branch"


def _several(match: re.Match[str], marks: Marks) -> str:
    """*Every log.debug in f*: all calls of it."""
    if marks.shape(match["c"]) is not Shape.NAME or "." not in marks.text(match["c"]):
        return ""
    place = match.groupdict().get("in") or ""
    many = "all" if match["n"].lower() in {"every", "each"} else match["n"]
    return f"Remove {many} {match['c']} calls{place.replace(' from ', ' in ')}"


def _named(match: re.Match[str], _: Marks) -> str:
    uses = match.groupdict().get("uses")
    use = f" and use it in {uses}" if uses else ""
    return f"Hoist it to a module-level constant {match['n']}{use}"


def _order(match: re.Match[str], marks: Marks) -> str:
    """Return *move a before b* for *a must run before b*."""
    names = [re.sub(r"\(.*$", "", marks.text(match[one])) for one in ("a", "b")]
    if not all(re.fullmatch(r"[\w$.]+", one) for one in names):
        return ""
    return f"Move `{names[0]}` {match['w'].lower()} `{names[1]}`"


WHOLE_THINGS = tuple(_rules())
