"""An expression within a sentence: its operands, keys and brackets."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.fragments.brackets import CLOSERS, balanced, string_end
from mendbook.fixes.instruction.fragments.shape import OPERATORS, STARTERS
from mendbook.fixes.instruction.fragments.words import PRODUCTS, is_coded

IDENT = re.compile(r"[#A-Za-z_$][\w$]*")
_NUMBER = re.compile(
    r"\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?(?![\w-]*[A-Za-z_])|0x[0-9a-fA-F_]+|-?\d+\.\d+"
)
_BINARY = re.compile(r"\s+(===|!==|==|!=|<=|>=|<<|>>|&&|\|\||\?\?|[-+*/%<>|&]|\*\*)\s+")
_REGEX = re.compile(r"/(?![/*\s])(?:[^/\\\n\[]|\\.|\[[^\]\n]*\])+(?<!\s)/[a-z]*")
_ABBREVIATIONS = {"e.g", "i.e", "etc", "vs", "cf", "a.k.a", "approx", "no.op"}
LITERALS = {"true", "false", "null", "undefined", "None", "True", "False", "NaN"}


SCHEMA = re.compile(r"(?:z|v|t|yup|Joi|Type)\.[A-Za-z]\w*\(")
"""How a field of a schema begins, by the names that the libraries for schemas go by."""


def expression_end(
    text: str, at: int, within: bool = False, of_key: bool = False
) -> tuple[int, bool]:
    """Return the end of the expression at ``at``, and whether it is surely code.

    ``within`` other code, as behind the arrow of a function, a single letter is an operand. What is
    the value ``of_key`` may take a name away: *age: Date.now() - born*.
    """
    stop, codey = _operand(text, at)
    if stop == at:
        return at, False
    stop, codey = _keyed(text, at, stop, codey)
    spoken = not within and text[at:stop].lower() in LEADS
    while not spoken and (operator := _BINARY.match(text, stop)) is not None:
        following, surely = _operand(text, operator.end())
        if following == operator.end():
            break
        symbolic = operator[1] not in {"-", "/", "|", "<", ">", "&", "+", "%"}
        numeric = text[operator.end()].isdigit() or text[at].isdigit()
        typed = operator[1] == "|" and text[at : at + 1].isupper()
        likely = symbolic and (codey or surely or numeric or stop - at == 1)
        likely = likely or (of_key and codey and _ENDS.match(text, following) is not None)
        likely = likely or (within and (surely or following - operator.end() == 1))
        if not (likely or typed or (codey and surely) or (numeric and operator[1] != "-")):
            break
        stop, codey = following, True
    if codey:
        arrow = re.compile(r"\s*=>\s*").match(text, stop)
        if arrow is not None:
            return max(expression_end(text, arrow.end(), within=True)[0], arrow.end()), True
        question = re.compile(r"\s+\?\s+").match(text, stop)
        if question is not None:
            yes, _ = expression_end(text, question.end())
            colon = re.compile(r"\s+:\s+").match(text, yes)
            if colon is not None:
                return expression_end(text, colon.end())[0], True
    return stop, codey


def _keyed(text: str, at: int, stop: int, codey: bool) -> tuple[int, bool]:
    """Take ``: value`` or ``= value`` along where the operand is a name or a string."""
    key = text[at:stop]
    if not re.fullmatch(r"[A-Za-z_$][\w$.-]*|'[^']*'|\"[^\"]*\"", key):
        return stop, codey
    tight = re.compile(r"=(?![=>\s])").match(text, stop)
    spaced = re.compile(r"\s+(?::=|[-+*]?=)\s+(?!>)").match(text, stop)
    typed = re.compile(r"\??:\s*(?=[\w'\"\[{(!<-])").match(text, stop)
    if tight is not None and text[tight.end() : tight.end() + 1] in CLOSERS:
        close = balanced(text, tight.end())
        return (close, True) if close > tight.end() else (stop, codey)
    if (equals := tight or spaced) is not None:
        following, surely = expression_end(text, equals.end())
        word = text[equals.end() : following]
        if following > equals.end() and (surely or tight or word in LITERALS or codey):
            return following, True
    built = typed is not None and SCHEMA.match(text, typed.end()) is not None
    may_be = codey or built or _may_be_key(text, at, key)
    if typed is not None and (may_be or typed[0].startswith("?")):
        following, surely = _operand(text, typed.end())
        value = text[typed.end() : following]
        if value in _ORDERS:
            return stop, codey
        plain = value in LITERALS | {"string", "number", "boolean", "unknown", "int", "str"}
        closes = re.compile(r"\s*(?:$|[.,;)]|(?:to|on|in|for|and|when|so)\b)").match(
            text, following
        )
        named = re.fullmatch(r"[A-Z][A-Z\d_]*|[a-z]\w*", value) and closes
        plain = plain or bool(named and _KEY_LEADS.search(text[max(0, at - 60) : at]))
        if following > typed.end() and (surely or plain or value[:1].isdigit()):
            return expression_end(text, typed.end(), of_key=True)[0], True
    return stop, codey


_ENDS = re.compile(r"\s*(?:$|[.,;)]|(?:to|on|in|into|for|and|when|so|as|with|from)\b)")


LEADS = frozenset(
    [
        "with",
        "of",
        "to",
        "by",
        "use",
        "using",
        "from",
        "than",
        "as",
        "want",
        "wants",
        "compare",
        "make",
        "be",
        "is",
        "and",
        "or",
        "not",
        "into",
        "for",
        "change",
        "replace",
        "write",
        "say",
        "prefer",
        "need",
        "needs",
        "expect",
        "require",
        "in",
        "on",
        "the",
        "a",
        "an",
        "becomes",
        "become",
        "here",
        "there",
        "instead",
        "too",
        "everywhere",
    ]
)
"""Words of a sentence that stand before an operator, and are no operand of it."""
_KEY_LEADS = re.compile(
    r"(?:\b(?:pass|passing|set|setting|add|adding|include|specify|supply|give|provide|with|option"
    r"|property|field|argument|key|header|and|or|to|put|attach|needs?|lacks?|gets|takes|requires?"
    r"|have|carry)\b|[,⟧`]|\b(?:give|hand|pass|send)\s+[\w.]+(?:\(\))?\s+(?=an?\s))\s*"
    r"(?:an?\s+|the\s+|optional\s+)*$",
    re.IGNORECASE,
)
_ORDERS = {"rename", "remove", "delete", "drop", "replace", "move", "use", "add", "make", "return"}
"""Verbs behind a colon tell what to do with what stands before it: *field m: rename it*."""
_NO_KEYS = {
    "type", "query", "placeholders", "fields", "environment", "statement", "catch", "guard",
    "null", "undefined", "none", "zero", "true", "false",
    "check", "following", "style", "note", "example", "instead", "constant", "block",
    "test", "tests", "case", "cases", "examples", "cover", "covers", "covering", "assert",
    "asserts", "asserting", "checks", "checking",
}  # fmt: skip


def _may_be_key(text: str, at: int, key: str) -> bool:
    """Tell whether a plain word before a colon may be a key, by the word before it."""
    if key[:1] in "'\"":
        return True
    return key not in _NO_KEYS and bool(_KEY_LEADS.search(text[max(0, at - 60) : at]))


def _operand(text: str, at: int) -> tuple[int, bool]:
    """Return the end of the operand at ``at``, and whether it is surely code."""
    position, codey = at, False
    prefix = re.compile(r"(?:\.\.\.|!(?=[\w($])|-(?=\d)|(?:await|new|typeof|not)\s+(?=[\w($]))+")
    if (match := prefix.match(text, at)) is not None:
        if match[0].startswith("not") and re.search(r"(?:,|\band|[–—-])\s+$", text[:at]):
            return at, False  # ``b, not a``: the word is of the sentence
        position, codey = match.end(), not match[0].startswith(("not", "-", "new", "await"))
    char = text[position : position + 1]
    if char in {"'", '"', "`"} and char:
        close = string_end(text, position)
        if close == position:
            return at, False
        return _postfix(text, close, True)
    if char in CLOSERS:
        return _bracketed(text, at, position)
    if (number := _NUMBER.match(text, position)) is not None and number.end() > position:
        return number.end(), True
    if (regex := _REGEX.match(text, position)) is not None:
        return _postfix(text, regex.end(), True)
    if char == "@" and (name := re.compile(r"@[A-Za-z_][\w.]*").match(text, position)):
        return _postfix(text, name.end(), True)
    if char == "<" and re.match(r"<[A-Za-z/]", text[position:]):
        tag = re.compile(r"<[^<>\n]*>").match(text, position)
        return (tag.end(), True) if tag else (at, False)
    if re.match(r"\??\.[A-Za-z_$]", text[position:]):
        return _postfix(text, position, True)
    word = IDENT.match(text, position)
    if word is None or (
        word[0].lower() in {"e", "i"} and text[word.end() : word.end() + 2] in {".g", ".e"}
    ):
        return at, False
    stop, chained = _postfix(text, word.end(), False)
    whole = text[position:stop]
    if whole in _ABBREVIATIONS or whole in PRODUCTS:
        return at, False
    return stop, codey or chained or is_coded(word[0])


def _bracketed(text: str, at: int, position: int) -> tuple[int, bool]:
    close = balanced(text, position)
    if close == position:
        return at, False
    inner = text[position + 1 : close - 1].strip()
    arrow = re.compile(r"\s*(?::\s*[\w<>\[\]]+\s*)?=>").match(text, close)
    if text[position] == "(" and inner.startswith("`") and inner.endswith("`"):
        return at, False
    if text[position] == "(" and arrow is None:
        called = re.compile(r"\.(?=[A-Za-z_$])|[(\[]|\?\.").match(text, close)
        if OPERATORS.fullmatch(inner):
            return at, False
        code = called is not None or (
            not STARTERS.match(inner) and re.search(r"\sas\s|[!=]==?|[\w)]\s[*+%]\s|&&|\|\|", inner)
        )
        return _postfix(text, close, True) if code else (at, False)
    if text[position] == "[" and inner and re.fullmatch(r"\w+(?: \w+)+", inner):
        return at, False
    return _postfix(text, close, True)


def _postfix(text: str, at: int, codey: bool) -> tuple[int, bool]:
    """Follow ``.name``, ``?.name``, ``(…)``, ``[…]`` and ``!`` as far as they are tight."""
    while at < len(text):
        member = re.compile(r"(?:\?\.|\.|::)[#A-Za-z_$][\w$]*").match(text, at)
        generic = re.compile(r"<[\w\s.,|\[\]<>{}'\"]*>(?=\()").match(text, at)
        typed = _type_arguments(text, at)
        if member is not None:
            at, codey = member.end(), True
        elif generic is not None:
            at, codey = generic.end(), True
        elif text[at] in "([" or re.match(r"\?\.[(\[]", text[at:]):
            bracket = at if text[at] in "([" else at + 2
            close = balanced(text, bracket)
            if close == bracket:
                if text[at] == "(" and codey and not text[at + 1 : at + 2].strip():
                    return at + 1, True
                break
            at, codey = close, True
        elif typed > at:
            at, codey = typed, True
        elif text[at] == "!" and re.match(r"[.)\[]", text[at + 1 : at + 2] or ""):
            at, codey = at + 1, True
        else:
            break
    return at, codey


def _type_arguments(text: str, at: int) -> int:
    """Return the end of ``<…>`` that is tight behind a name, or ``at``."""
    if text[at] != "<" or not text[at - 1].isalnum():
        return at
    depth = 0
    for position in range(at, len(text)):
        char = text[position]
        depth += (char == "<") - (char == ">")
        if depth == 0:
            return position + 1
        if not (char.isalnum() or char in "_$.,|[]<>{}:;' \""):
            return at
    return at
