"""Where code that begins in a sentence ends."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.fragments.brackets import balanced, string_end
from mendbook.fixes.instruction.fragments.expressions import LITERALS, expression_end
from mendbook.fixes.instruction.fragments.shape import OPERATORS, STARTERS


def code_end(text: str, at: int) -> int:
    """Return where the code that begins at ``at`` ends, or ``at`` where there is none."""
    if (stop := _signature_end(text, at)) > at:
        return stop
    if (optional := _OPTIONAL.match(text, at)) is not None:
        return optional.end()
    if (attribute := _ATTRIBUTE.match(text, at)) is not None:
        close = (balanced if text[attribute.end()] == "{" else string_end)(text, attribute.end())
        if close > attribute.end():
            return close
    starter = STARTERS.match(text, at)
    if starter is not None:
        stop = _statement_end(text, at, starter)
        if stop > at:
            return stop
    if (operator := OPERATORS.match(text, at)) is not None:
        after = text[operator.end() : operator.end() + 1]
        alone = operator[0] != "?." or not after or not (after.isalpha() or after in "_$([")
        if alone and (not after.strip() or after in ".,;:)"):
            return operator.end()
    stop, codey = expression_end(text, at)
    return stop if codey else at


_HEAD = re.compile(r"(?:async\s+)?(?:def\s+)?(?:[A-Za-z_]\w*)?\(")
_RETURNS = re.compile(r"\s*->\s*(?=[A-Za-z_\"'])")
_UNION = re.compile(r"\s*\|\s*")
_TYPE = re.compile(r"[\w.]+|\"[\w.]+\"|'[\w.]+'")


_ONE_TYPE = r"(?:[A-Za-z_$][\w$.]*(?:<[^<>\n]*>)?|'[^'\n]*'|\"[^\"\n]*\")(?:\[\])*"
_OPTIONAL = re.compile(rf"[A-Za-z_$][\w$]*\?:\s*{_ONE_TYPE}(?:\s*\|\s*{_ONE_TYPE})*")
"""A member that may be missing, with its type: ``until?: Date``."""


_ATTRIBUTE = re.compile(r"[a-z]+(?:-[a-z]+)+=(?=[\"'{])")
"""An attribute of a tag whose name has a hyphen: ``aria-label="…"``."""


def _signature_end(text: str, at: int) -> int:
    """Return the end of the head of a Python function that says what it returns, else ``at``."""
    head = _HEAD.match(text, at)
    close = balanced(text, head.end() - 1) if head is not None else at
    arrow = _RETURNS.match(text, close) if head is not None and close > head.end() - 1 else None
    if arrow is None:
        return at
    stop = arrow.end()
    while (named := _TYPE.match(text, stop)) is not None:
        stop = named.end()
        if text[stop : stop + 1] == "[":
            stop = max(balanced(text, stop), stop + 1)
        if (more := _UNION.match(text, stop)) is None:
            break
        stop = more.end()
    return stop


def _statement_end(text: str, at: int, starter: re.Match[str]) -> int:
    word = starter[0]
    if text[starter.end() : starter.end() + 1] == "`":
        return at  # the word is prose: its object is quoted
    if re.match(r"(?:if|while|for|switch)\s*\(", word):
        return _conditional(text, starter.end() - 1)
    if word.startswith("if ") and word.endswith("{"):
        return max(balanced(text, starter.end() - 1), at)
    if word.startswith(("except", "if ")):
        tail = re.compile(r"\s*(?:continue|break|pass|return\b|raise\b)").match(text, starter.end())
        if word.startswith("if "):
            exits = re.search(r"(?:return|raise)$", word) is not None
            return _value_end(text, starter.end() + 1) if exits else starter.end()
        return tail.end() if tail and "continue" in tail[0] else starter.end()
    if word.startswith("with"):
        close = balanced(text, starter.end() - 1)
        named = re.compile(r"\s+as\s+\w+:?").match(text, close)
        return named.end() if named else at
    if word.startswith("import"):
        quote = word[-1]
        close = text.find(quote, starter.end())
        return close + 1 if close > 0 else at
    if word.startswith("from"):
        return starter.end()
    stop, codey = expression_end(
        text, starter.end() + (text[starter.end() : starter.end() + 1] == " ")
    )
    if word.endswith("="):
        return stop if stop > starter.end() else at
    if word.strip() == "return" and (whole := _several_values(text, starter.end())) > stop:
        return whole
    literal = text[starter.end() : stop] in LITERALS or re.match(r"[\[{(]", text[starter.end() :])
    return stop if codey or (literal and stop > starter.end()) else at


def _several_values(text: str, at: int) -> int:
    """Return the end of ``len(b), nil`` where that is all of a statement, else ``at``.

    Of words alone (*return early, please*) nothing is code: one of the values must be.
    """
    if _WORDS_FOR.match(text, at):
        return at
    stop, sure, values = at, False, 0
    while True:
        end, codey = expression_end(text, stop)
        name = _NAME.match(text, stop)
        end = end if end > stop else (name.end() if name is not None else stop)
        if end == stop:
            return at
        sure = sure or codey or text[stop:end] in LITERALS
        values, stop = values + 1, end
        if (comma := _COMMA.match(text, stop)) is None:
            break
        stop = comma.end()
    return stop if values > 1 and sure and _STATEMENT_ENDS.match(text, stop) else at


_NAME = re.compile(r"[A-Za-z_$][\w$.]*|-?\d[\d_.]*")
_WORDS_FOR = re.compile(r"(?:types?|values?|codes?|statements?|early|annotations?)\b")
"""What a word before it makes a noun of: *the return type, Date*."""
_COMMA = re.compile(r",\s(?!(?:and|or|not|so|but|then|instead|as)\b)")
_STATEMENT_ENDS = re.compile(r"\s*$|[.;`)](?:\s|$)|\s(?:when|if|on|instead|in|where|for|there)\b")


def _conditional(text: str, bracket: int) -> int:
    """Return the end of ``if (…) statement`` or ``for (…) …`` with what is said behind it."""
    close = balanced(text, bracket)
    if close <= bracket:
        return bracket
    rest = re.compile(r"\s*(?:\{|(?:return|throw|continue|break)\b;?)").match(text, close)
    if rest is None:
        return close
    if rest[0].endswith("{"):
        return max(balanced(text, rest.end() - 1), close)
    if re.search(r"continue|break", rest[0]):
        return rest.end()
    following = rest.end()
    if text[following : following + 1] == " ":
        if (led := re.match(r"(?:new|await)\s+", text[following + 1 :])) is not None:
            return expression_end(text, following + 1 + led.end())[0]
        return _value_end(text, following + 1)
    return rest.end()


def _value_end(text: str, at: int) -> int:
    """Return the end of what an exit is given at ``at``; the end of the exit's word for nothing.

    A lone word is a value only where the statement ends with it: *if done: return result*.
    """
    stop, codey = expression_end(text, at)
    value = text[at:stop]
    if codey or value in LITERALS or value[:1].isdigit():
        return stop
    name = _LONE.match(text, at)
    told = name is not None and name[0] not in _ADVERBS
    return name.end() if told and name is not None else at - 1


_LONE = re.compile(r"[A-Za-z_$][\w$]*(?=\s*$|[;`)](?:\s|$)|\.(?:\s|$))")
_ADVERBS = frozenset(
    {"early", "then", "there", "it", "now", "here", "instead", "nothing", "first", "immediately"}
    | {"directly", "again", "quietly", "silently", "too", "also", "before", "beforehand"}
)
