"""A piece of code in a sentence, and what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a fragment looks like; what it means is decided by where it is used."""

    CODE = "code"
    NAME = "name"
    CHAIN = "chain"
    """``.method(…)``, to be hung on something."""
    PAIR = "pair"
    """``key: value`` or ``key=value``."""
    ASSIGNMENT = "assignment"
    STATEMENT = "statement"
    TEXT = "text"
    """A string literal."""
    NUMBER = "number"
    OPERATOR = "operator"
    DECORATOR = "decorator"
    TAG = "tag"
    """``@deprecated …``, for a doc comment."""
    PATH = "path"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of code or one place that a sentence names."""

    text: str
    shape: Shape
    quoted: bool = False

    @property
    def key(self) -> str:
        """The name before ``:`` or ``=`` of a pair or an assignment."""
        match = _KEY.match(self.text)
        return (match["key"] if match else "").strip("'\"")

    @property
    def value(self) -> str:
        """What stands behind ``:`` or ``=`` of a pair or an assignment."""
        match = _KEY.match(self.text)
        return self.text[match.end() :].strip().rstrip(";") if match else ""

    @property
    def bare(self) -> str:
        """The name of what is called, for ``name()`` and ``name(…)``; else the text."""
        match = re.match(r"(?:await\s+|new\s+)?([\w$.?#]+)\s*\(", self.text)
        return match[1] if match else self.text


_KEY = re.compile(
    r"(?:(?:export|const|let|var|final|static|public|private)\s+)*"
    r"(?P<key>[A-Za-z_$][\w$.-]*|'[^']*'|\"[^\"]*\")\s*"
    r"(?:\?(?=:))?(?::\s*(?P<type>[\w.\[\]<>| ]+?)\s*(?<![<>])=(?![=>])|:(?!=)|:=|=(?![=>]))"
)
PATHS = re.compile(
    r"(?:\.{0,2}/)?(?:[\w@.\[\]-]+/)+[\w@.\[\]-]*\.[A-Za-z]{1,5}\b(?!\()"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:tsx?|jsx?|mjs|cjs|mts|py|go|java|json|ya?ml|toml|sql|md|css|html)\b(?!\()"
    r"|(?:\.{1,2}/)+(?:[\w-]+/)*[\w-]+\b(?![(.])|(?<!\w)\.env(?:\.\w+)*|(?<!\w)\.[\w]+rc(?:\.\w+)?\b"
)
OPERATORS = re.compile(r"===|!==|==|!=|<=|>=|&&|\|\||\?\?|\?\.|=>|(?<=\s)!(?=\s|$)")
STARTERS = re.compile(
    r"(?:if|while|for|switch)\s*\(|(?:return|throw|raise|await|new|yield|typeof|defer)\s+"
    r"|delete\s+(?=[\w$]+[.\[])"
    r"|(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*(?::[^=]+)?="
    r"|except(?:\s+\(?[\w., ]+\)?(?:\s+as\s+\w+)?)?:"
    r"|except\s+(?:\([\w., ]+\)|[A-Z]\w*)(?:\s+as\s+\w+)?(?!\w)|with\s+[\w.]+\("
    r"|if\s+[^:,]*:\s*(?:return|raise|continue|break)\b"
    r"|if\s+[^\s(](?:[^:{}\n]|:=){0,100}\s\{(?=\s*(?:return|continue|break|panic)\b)"
    r"|import\s+(?:type\s+)?(?:[\w{*][^;'\"]*)\s+from\s+['\"]|import\s+['\"]"
    r"|from\s+(?!(?:the|an?|this|that|its|your|our)\s)[\w.]+\s+import\s+\w+"
)


_SETS = frozenset({Shape.PAIR, Shape.ASSIGNMENT})


def is_same_setting(old: Fragment, new: Fragment) -> bool:
    """Tell whether both give a value to one name, and not the same value."""
    same = old.key == new.key and "".join(old.value.split()) != "".join(new.value.split())
    return bool(old.key) and same and {old.shape, new.shape} <= _SETS


def is_member(path: str) -> bool:
    """Tell whether what looks like a file name is a property: ``config.json`` stays a path."""
    return path in {"Node.js", "node.js", "Vue.js", "Next.js", "Express.js", "response.json"}


def classify(text: str) -> Fragment:
    """Return ``text``, which is code, with its shape."""
    return Fragment(text, shape_of(text.strip()))


def shape_of(text: str) -> Shape:
    """Return what a piece of code looks like."""
    if re.fullmatch(r"@(?:deprecated|see|internal|throws|since)\b.*", text, re.DOTALL):
        return Shape.TAG
    if re.fullmatch(r"@[\w.]+(\(.*\))?", text, re.DOTALL):
        return Shape.DECORATOR
    if OPERATORS.fullmatch(text) or re.fullmatch(r"is(?: not)?(?: None)?|[-+*/%<>!]=?", text):
        return Shape.OPERATOR
    if PATHS.fullmatch(text) and not is_member(text):
        return Shape.PATH
    if re.fullmatch(r"(?:\?\.|\.)[\w$]+(?:<[^()]*>)?\s*\(?(?:.*\))?[\w$.()]*", text, re.DOTALL):
        return Shape.CHAIN
    if re.fullmatch(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", text):
        return Shape.TEXT
    if re.fullmatch(r"-?[\d_.]+(?:e[+-]?\d+)?n?|0x[\da-fA-F_]+", text):
        return Shape.NUMBER
    if re.match(r"if\s+[^\n]+:\s*(?:return|raise|continue|break)\b", text):
        return Shape.STATEMENT
    if STARTERS.match(text) and not re.match(r"(?:await|new|typeof)\s", text):
        return (
            Shape.ASSIGNMENT
            if re.match(r"(?:export\s+)?(?:const|let|var)\b", text)
            else (Shape.STATEMENT)
        )
    if re.fullmatch(r"[#A-Za-z_$][\w$]*(?:(?:\.|\?\.)[#A-Za-z_$][\w$]*)*", text):
        return Shape.NAME
    pair = _KEY.match(text)
    if pair is not None and text[pair.end() :].strip():
        mark = pair[0].rstrip()
        spaced = re.search(r"\s=$", mark) or mark.endswith(":=")
        return Shape.ASSIGNMENT if spaced or pair["type"] else Shape.PAIR
    return Shape.CODE
