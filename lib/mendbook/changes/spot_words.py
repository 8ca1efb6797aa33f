"""What an order changes of one detail: letters, an element, an operand, what is caught or taken."""

from __future__ import annotations

import re

from mendbook.changes.kept_words import lines_with
from mendbook.changes.sort_rows import begun, called
from mendbook.changes.today import Clause, Today, named
from mendbook.model import Citation, Said
from mendbook.text.phrasing import listed

_TEXT = re.compile(r"([\"'`])(?P<text>(?:(?!\1).)*\w(?:(?!\1).)*)\1")
_BOTH = re.compile(
    r"(?:\b(?:if|while|elif|return|when)\b\s*\(?|[=(]\s*)?"
    r"(?P<a>\([^()]*(?:\([^()]*\)[^()]*)*\)|[^&|()]+(?:\([^()]*\)[^&|()]*)*?)\s*"
    r"(?P<op>&&|\|\||\band\b|\bor\b)\s*(?P<b>[^&|{:]+)"
)
_CALLS = re.compile(r"[\w$.]+\(")
_TYPES = re.compile(r"[A-Z][\w.]*")
_LOOP = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_ENTITIES = re.compile(r"(?i)\b(?:html|xml|markup|xss|page|template|innerHTML)\b|</?[a-z]")
_ANOTHER_ERROR = "AnError"
"""A name of no error: only what catches everything catches it."""


def respelt(_: re.Match[str], clause: Clause) -> str:
    """Return that only a text is written otherwise; empty where the line holds none."""
    text = _TEXT.search(clause.evidence)
    if text is None:
        return ""
    return "Only the text changes: who compares it or searches for it meets another one."


def respelt_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a text that is written otherwise."""
    if _TEXT.search(evidence) is None:
        return ""
    order = match[0].strip(" .`")
    verb, _, rest = order.partition(" ")
    comes = verb.lower() in {"insert", "add", "put"}
    return f"the text has {rest}" if comes else f"the text is free of {rest}"


def other_element(match: re.Match[str], _: Clause) -> str:
    """Return that another of several counts: of one alone that is the same."""
    new = match["new"].strip()
    return f"Of several the {new} counts from then on; where there is only one, nothing changes."


def other_element_seen(match: re.Match[str], _: str) -> str:
    """Return which of several a test sees be taken."""
    return f"takes the {match['new'].strip()} where there are several"


def swapped_operands(_: re.Match[str], clause: Clause) -> str:
    """Return what is no longer asked where the other operand decides; empty for no such line."""
    both = _BOTH.search(clause.evidence)
    if both is None:
        return ""
    first, second = (_plain(both[side]) for side in ("a", "b"))
    holds = "does not hold" if both["op"] in {"&&", "and"} else "holds"
    asks = "no longer runs" if _CALLS.search(first) else "is no longer asked"
    return f"Where `{second}` {holds}, `{first}` {asks}: what it does besides is left out."


def swapped_operands_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of operands that are asked the other way round."""
    both = _BOTH.search(evidence)
    if both is None or not _CALLS.search(both["a"]):
        return ""
    holds = "does not hold" if both["op"] in {"&&", "and"} else "holds"
    return f"does not run {_plain(both['a'])} where {_plain(both['b'])} {holds}"


def _plain(operand: str) -> str:
    text = operand.strip()
    while text.count("(") > text.count(")") and "(" in text:
        text = text.replace("(", "", 1).strip()
    while text.count(")") > text.count("(") and ")" in text:
        text = text[: text.rindex(")")].strip()
    return text[1:-1].strip() if re.fullmatch(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", text) else text


def narrower(match: re.Match[str], clause: Clause) -> Said | str:
    """Return which errors leave from then on, and whose calls do not catch them either."""
    types = _TYPES.findall(match["errors"])
    if not types:
        return ""
    words = f"Errors other than {listed(types)} leave it from then on"
    loose = clause.today.loose(_ANOTHER_ERROR)
    if not loose:
        return f"{words}, to its callers."
    does = "does" if len(loose) == 1 else "do"
    return Said(
        f"{words}: {named(loose)} {does} not catch every one.", tuple(each.place for each in loose)
    )


def narrower_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of a clause that catches less."""
    types = _TYPES.findall(match["errors"])
    return f"an error other than {listed(types)} reaches the caller" if types else ""


def taken_besides(match: re.Match[str], clause: Clause) -> Said | str:
    """Return where more is taken than before, and which lines read the same."""
    what, where = match["what"].strip(" `"), match["where"].strip(" `")
    lines = lines_with(where, clause.today)
    words = f"`{where}` may hold {what}, where that matched nothing or failed until now"
    if not lines:
        return f"{words}."
    reads = f"line {lines[0]} reads" if len(lines) == 1 else f"lines {_listed(lines)} read"
    places = tuple(Citation(clause.today.path, line) for line in lines)
    return Said(f"{words}: {reads} it too.", places)


def taken_besides_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees be taken."""
    return f"accepts {match['what'].strip(' `')} in {match['where'].strip(' `')}"


def _listed(lines: list[int]) -> str:
    return listed([str(each) for each in lines])


def escaped(match: re.Match[str], clause: Clause) -> str:
    """Return what escaped text looks like where it is shown; empty where nothing is shown."""
    what = match["what"].strip(" `.,")
    if _ENTITIES.search(f"{clause.order} {clause.evidence} {clause.told}") is None:
        return ""
    return (
        f"A tag in {what} is shown as text and not read: what came escaped already is escaped"
        " twice."
    )


def escaped_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees of escaped text."""
    shown = _ENTITIES.search(f"{match.string} {evidence}") is not None
    return f"shows a tag in {match['what'].strip(' `.,')} as text" if shown else ""


def behind_loop(match: re.Match[str], clause: Clause) -> Said | str:
    """Return that something waits for the loop behind it; empty where no loop comes."""
    what, today = match["what"].strip(" `"), clause.today
    loop = _next_loop(today)
    if loop is None:
        return ""
    thing = f"`{called(clause.evidence) or what}`"
    words = (
        f"{thing} runs only once the loop of line {loop} has ended: who waits for it waits as"
        " long, and an error in the loop leaves it out."
    )
    return Said(begun(words), (Citation(today.path, loop),))


def behind_loop_seen(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees of what waits for a loop."""
    return f"comes to {called(evidence) or match['what'].strip(' `')} only after the loop"


def _next_loop(today: Today) -> int | None:
    """Return the line of the first loop of the function behind the place; None for none."""
    if today.function is None:
        return None
    waiting, lines = [today.function], []
    while waiting:
        node = waiting.pop()
        line = node.range().start.line + 1
        if node.kind() in _LOOP and line > today.line:
            lines.append(line)
        waiting.extend(node.children())
    return min(lines, default=None)
