"""Find the code in a sentence: quoted, or recognised by its shape, with its brackets balanced."""

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
        found = _KEY.match(self.text)
        return (found["key"] if found else "").strip("'\"")

    @property
    def value(self) -> str:
        """What stands behind ``:`` or ``=`` of a pair or an assignment."""
        found = _KEY.match(self.text)
        return self.text[found.end() :].strip().rstrip(";") if found else ""

    @property
    def bare(self) -> str:
        """The name of what is called, for ``name()`` and ``name(…)``; else the text."""
        found = re.match(r"(?:await\s+|new\s+)?([\w$.?#]+)\s*\(", self.text)
        return found[1] if found else self.text


_KEY = re.compile(
    r"(?:(?:export|const|let|var|final|static|public|private)\s+)*"
    r"(?P<key>[A-Za-z_$][\w$.-]*|'[^']*'|\"[^\"]*\")\s*"
    r"(?:\?(?=:))?(?::\s*(?P<type>[\w.\[\]<>| ]+?)\s*=(?!=)|:(?!=)|:=|=(?![=>]))"
)
_IDENT = re.compile(r"[#A-Za-z_$][\w$]*")
_NUMBER = re.compile(
    r"\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?(?![\w-]*[A-Za-z_])|0x[0-9a-fA-F_]+|-?\d+\.\d+"
)
_PATHS = re.compile(
    r"(?:\.{0,2}/)?(?:[\w@.\[\]-]+/)+[\w@.\[\]-]*\.[A-Za-z]{1,5}\b(?!\()"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:tsx?|jsx?|mjs|cjs|mts|py|go|java|json|ya?ml|toml|sql|md|css|html)\b(?!\()"
    r"|\.{1,2}/(?:[\w-]+/)*[\w-]+\b(?![(.])|(?<!\w)\.env(?:\.\w+)*|(?<!\w)\.[\w]+rc(?:\.\w+)?\b"
)
_LINES = re.compile(
    r"\bL(\d+)(?:\s*[-–]\s*L?(\d+))?\b|\blines?\s+(\d+)(?:\s*[-–]\s*(\d+))?\b", re.I
)
_TAG = re.compile(
    r"@(?:deprecated|see|internal|throws|since)\b"
    r"(?:\s+(?:[Uu]se|[Ss]ee|[Ss]ince|[Pp]refer|[Rr]eplaced|[Ii]n favou?r)\b[^.;\n]*\.?)?"
)
_URL = re.compile(r"https?://\S+")
_OPERATORS = re.compile(r"===|!==|==|!=|<=|>=|&&|\|\||\?\?|\?\.|=>|(?<=\s)!(?=\s|$)")
_BINARY = re.compile(r"\s+(===|!==|==|!=|<=|>=|<<|>>|&&|\|\||\?\?|[-+*/%<>|&]|\*\*)\s+")
_STARTERS = re.compile(
    r"(?:if|while|for|switch)\s*\(|(?:return|throw|raise|await|new|yield|delete|typeof|defer)\s+"
    r"|(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*(?::[^=]+)?="
    r"|except(?:\s+\(?[\w., ]+\)?(?:\s+as\s+\w+)?)?:"
    r"|except\s+(?:\([\w., ]+\)|[A-Z]\w*)(?:\s+as\s+\w+)?(?!\w)|with\s+[\w.]+\("
    r"|if\s+[^:,]*:\s*(?:return|raise|continue|break)\b"
    r"|import\s+(?:type\s+)?(?:[\w{*][^;'\"]*)\s+from\s+['\"]|import\s+['\"]"
    r"|from\s+[\w.]+\s+import\s+\w+"
)
_REGEX = re.compile(r"/(?![/*\s])(?:[^/\\\n\[]|\\.|\[[^\]\n]*\])+/[a-z]*")
_NONE = re.compile(r"is (?:not )?None\b")
_TOLD = re.compile(r"(?:\b(?:with|to|by|use|into)|^)\s*$", re.IGNORECASE)
_BUILTIN = re.compile(r"node:[a-z_/]+\b|@[a-z][\w-]*/[a-z][\w-]*\b")
_PROSE_PLURAL = re.compile(r"[a-z]+\((?:s|es)\)")
_ABBREVIATIONS = {"e.g", "i.e", "etc", "vs", "cf", "a.k.a", "approx", "no.op"}
_LITERALS = {"true", "false", "null", "undefined", "None", "True", "False", "NaN"}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_PRODUCTS = {
    "JavaScript", "TypeScript", "GitHub", "GitLab", "PostgreSQL", "MySQL", "MongoDB", "OpenAPI",
    "JSDoc", "ESLint", "NodeJS", "GraphQL", "WebSocket", "DevOps", "FastAPI", "SQLite", "DoS",
    "YouTube", "iOS", "macOS", "IoT", "README", "NaN", "OAuth", "PyPI", "IPv4", "IPv6",
}  # fmt: skip


def scan(text: str) -> tuple[str, tuple[Fragment, ...]]:
    """Return ``text`` with each fragment replaced by ``⟦n⟧``, and the fragments.

    A fragment never ends within brackets or quotes; what is not recognised stays as prose.
    """
    found: list[Fragment] = []
    out: list[str] = []
    at = 0
    while at < len(text):
        stop, fragment = _at(text, at)
        if fragment is None:
            out.append(text[at:stop])
        else:
            out.append(f"⟦{len(found)}⟧")
            found.append(fragment)
        at = stop
    return "".join(out), tuple(found)


def _at(text: str, at: int) -> tuple[int, Fragment | None]:
    """Return where the next piece ends, and the fragment that it is."""
    char = text[at]
    if char == "`":
        return _ticked(text, at)
    before = text[at - 1] if at else " "
    if before.isalnum() or before in "_$":
        return at + 1, None
    if before == "-" and char.isdigit() and text[at - 2 : at - 1].isalpha():
        return at + 1, None
    if (url := _URL.match(text, at)) is not None:
        return url.end(), None
    if (lines := _LINES.match(text, at)) is not None:
        first = lines[1] or lines[3]
        last = lines[2] or lines[4] or first
        return lines.end(), Fragment(f"{first}-{last}", Shape.LINES)
    if (tag := _TAG.match(text, at)) is not None:
        return tag.end(), Fragment(_tag_text(tag[0]), Shape.TAG)
    if (plural := _PROSE_PLURAL.match(text, at)) is not None:
        return plural.end(), None
    if (path := _PATHS.match(text, at)) is not None and not _is_member(path[0]):
        return path.end(), Fragment(path[0], Shape.PATH)
    if (none := _NONE.match(text, at)) is not None and _TOLD.search(text[:at]):
        return none.end(), Fragment(none[0], Shape.OPERATOR)
    if (builtin := _BUILTIN.match(text, at)) is not None:
        return builtin.end(), Fragment(builtin[0], Shape.NAME)
    stop = code_end(text, at)
    if stop > at:
        return stop, classify(text[at:stop])
    if (word := _IDENT.match(text, at)) is not None:
        return word.end(), None
    return at + 1, None


def _tag_text(tag: str) -> str:
    return re.sub(r"\s+(?:tag|to|on|in|for|above|comment)\b.*$", "", tag).strip()


def _is_member(path: str) -> bool:
    """Tell whether what looks like a file name is a property: ``config.json`` stays a path."""
    return path in {"Node.js", "node.js", "Vue.js", "Next.js", "Express.js", "response.json"}


def _ticked(text: str, at: int) -> tuple[int, Fragment | None]:
    run = re.match(r"`+", text[at:])
    mark = run[0] if run else "`"
    inner = text.find(mark, at + len(mark))
    if inner < 0:
        return at + len(mark), None
    # a template literal within one pair of ticks: `${a}` inside `fetch(`…`)` ends at the last tick
    content = text[at + len(mark) : inner]
    if len(mark) == 1:
        while (_depth(content) > 0) and (more := text.find("`", inner + 1)) >= 0:
            inner = more
            content = text[at + 1 : inner]
    stop = inner + len(mark)
    content = re.sub(r"^\w+\n", "", content) if len(mark) >= 3 else content
    content = content.strip()
    if not content:
        return stop, None
    shape = classify(content)
    return stop, Fragment(content, shape.shape, quoted=True)


def _depth(content: str) -> int:
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", content)
    opened = sum(bare.count(char) for char in "([{")
    return (
        opened
        - sum(bare.count(char) for char in ")]}")
        - (1 if re.search(r"\.\w+\($", bare) else 0)
    )


def classify(text: str) -> Fragment:
    """Return ``text``, which is code, with its shape."""
    return Fragment(text, _shape(text.strip()))


def _shape(text: str) -> Shape:
    if re.fullmatch(r"@(?:deprecated|see|internal|throws|since)\b.*", text, re.DOTALL):
        return Shape.TAG
    if re.fullmatch(r"@[\w.]+(\(.*\))?", text, re.DOTALL):
        return Shape.DECORATOR
    if _OPERATORS.fullmatch(text) or re.fullmatch(r"is(?: not)?(?: None)?|[-+*/%<>!]=?", text):
        return Shape.OPERATOR
    if _PATHS.fullmatch(text) and not _is_member(text):
        return Shape.PATH
    if re.fullmatch(r"(?:\?\.|\.)[\w$]+(?:<[^()]*>)?\s*\(?(?:.*\))?[\w$.()]*", text, re.DOTALL):
        return Shape.CHAIN
    if re.fullmatch(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", text):
        return Shape.TEXT
    if re.fullmatch(r"-?[\d_.]+(?:e[+-]?\d+)?n?|0x[\da-fA-F_]+", text):
        return Shape.NUMBER
    if re.match(r"if\s+[^\n]+:\s*(?:return|raise|continue|break)\b", text):
        return Shape.STATEMENT
    if _STARTERS.match(text) and not re.match(r"(?:await|new|typeof)\s", text):
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


def code_end(text: str, at: int) -> int:
    """Return where the code that begins at ``at`` ends, or ``at`` where there is none."""
    starter = _STARTERS.match(text, at)
    if starter is not None:
        stop = _statement_end(text, at, starter)
        if stop > at:
            return stop
    if (operator := _OPERATORS.match(text, at)) is not None:
        after = text[operator.end() : operator.end() + 1]
        alone = operator[0] != "?." or not after or not (after.isalpha() or after in "_$([")
        if alone and (not after.strip() or after in ".,;:)"):
            return operator.end()
    stop, codey = _expression(text, at)
    return stop if codey else at


def _statement_end(text: str, at: int, starter: re.Match[str]) -> int:
    word = starter[0]
    if text[starter.end() : starter.end() + 1] == "`":
        return at  # the word is prose: its object is quoted
    if re.match(r"(?:if|while|for|switch)\s*\(", word):
        return _conditional(text, starter.end() - 1)
    if word.startswith(("except", "if ")):
        tail = re.compile(r"\s*(?:continue|break|pass|return\b|raise\b)").match(text, starter.end())
        if word.startswith("if "):
            stop, codey = _expression(text, starter.end() + 1)
            return stop if codey else starter.end()
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
    stop, codey = _expression(
        text, starter.end() + (text[starter.end() : starter.end() + 1] == " ")
    )
    if word.endswith("="):
        return stop if stop > starter.end() else at
    literal = text[starter.end() : stop] in _LITERALS or re.match(r"[\[{(]", text[starter.end() :])
    return stop if codey or (literal and stop > starter.end()) else at


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
        stop, codey = _expression(text, following + 1)
        value = text[following + 1 : stop]
        if codey or value in _LITERALS or value[:1].isdigit():
            return stop
        if re.match(r"(?:new|await)\s", text[following + 1 :]):
            return _expression(text, following + 5)[0]
    return rest.end()


def _expression(text: str, at: int) -> tuple[int, bool]:
    """Return the end of the expression at ``at``, and whether it is surely code."""
    stop, codey = _operand(text, at)
    if stop == at:
        return at, False
    stop, codey = _keyed(text, at, stop, codey)
    while (operator := _BINARY.match(text, stop)) is not None:
        following, surely = _operand(text, operator.end())
        if following == operator.end():
            break
        symbolic = operator[1] not in {"-", "/", "|", "<", ">", "&", "+", "%"}
        numeric = text[operator.end()].isdigit() or text[at].isdigit()
        typed = operator[1] == "|" and text[at : at + 1].isupper()
        likely = symbolic and (codey or surely or numeric or stop - at == 1)
        if not (likely or typed or (codey and surely) or (numeric and operator[1] != "-")):
            break
        stop, codey = following, True
    if codey:
        arrow = re.compile(r"\s*=>\s*").match(text, stop)
        if arrow is not None:
            return max(_expression(text, arrow.end())[0], arrow.end()), True
        question = re.compile(r"\s+\?\s+").match(text, stop)
        if question is not None:
            yes, _ = _expression(text, question.end())
            colon = re.compile(r"\s+:\s+").match(text, yes)
            if colon is not None:
                return _expression(text, colon.end())[0], True
    return stop, codey


def _keyed(text: str, at: int, stop: int, codey: bool) -> tuple[int, bool]:
    """Take ``: value`` or ``= value`` along where the operand is a name or a string."""
    key = text[at:stop]
    if not re.fullmatch(r"[A-Za-z_$][\w$.-]*|'[^']*'|\"[^\"]*\"", key):
        return stop, codey
    tight = re.compile(r"=(?![=>\s])").match(text, stop)
    spaced = re.compile(r"\s+(?::=|[-+*]?=)\s+(?!>)").match(text, stop)
    typed = re.compile(r"\??:\s*(?=[\w'\"\[{(!<-])").match(text, stop)
    if tight is not None and text[tight.end()] in _CLOSERS:
        close = balanced(text, tight.end())
        return (close, True) if close > tight.end() else (stop, codey)
    if (equals := tight or spaced) is not None:
        following, surely = _expression(text, equals.end())
        word = text[equals.end() : following]
        if following > equals.end() and (surely or tight or word in _LITERALS or codey):
            return following, True
    if typed is not None and (codey or _may_be_key(text, at, key) or typed[0].startswith("?")):
        following, surely = _operand(text, typed.end())
        value = text[typed.end() : following]
        plain = value in _LITERALS | {"string", "number", "boolean", "unknown", "int", "str"}
        closes = re.compile(r"\s*(?:$|[.,;)]|(?:to|on|in|for|and|when|so)\b)").match(
            text, following
        )
        named = re.fullmatch(r"[A-Z][A-Z\d_]*|[a-z]\w*", value) and closes
        plain = plain or bool(named and _KEY_LEADS.search(text[max(0, at - 60) : at]))
        if following > typed.end() and (surely or plain or value[:1].isdigit()):
            return _expression(text, typed.end())[0], True
    return stop, codey


_KEY_LEADS = re.compile(
    r"(?:\b(?:pass|passing|set|setting|add|adding|include|specify|supply|give|provide|with|option"
    r"|property|field|argument|key|header|and|or|to|put|attach)\b|[,⟧`])\s*"
    r"(?:an?\s+|the\s+|optional\s+)*$",
    re.IGNORECASE,
)
_NO_KEYS = {
    "type", "query", "placeholders", "fields", "environment", "statement", "catch", "guard",
    "check", "following", "style", "note", "example", "instead", "constant", "block",
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
    if (found := prefix.match(text, at)) is not None:
        position, codey = found.end(), not found[0].startswith(("not", "-", "new", "await"))
    char = text[position : position + 1]
    if char in {"'", '"', "`"} and char:
        close = _string_end(text, position)
        if close == position:
            return at, False
        return _postfix(text, close, True)
    if char in _CLOSERS:
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
    word = _IDENT.match(text, position)
    if word is None or (
        word[0].lower() in {"e", "i"} and text[word.end() : word.end() + 2] in {".g", ".e"}
    ):
        return at, False
    stop, chained = _postfix(text, word.end(), False)
    whole = text[position:stop]
    if whole in _ABBREVIATIONS or whole in _PRODUCTS:
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
        if _OPERATORS.fullmatch(inner):
            return at, False
        code = called is not None or (
            not _STARTERS.match(inner)
            and re.search(r"\sas\s|[!=]==?|[\w)]\s[*+%]\s|&&|\|\|", inner)
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


def is_coded(word: str) -> bool:
    """Tell whether a word is spelled as only code is: camelCase, snake_case, CAPS_WITH_BARS."""
    if word in _PRODUCTS:
        return False
    return bool(
        re.search(r"[a-z0-9][A-Z]", word)
        or re.search(r"\w_|_\w", word)
        or word.startswith(("$", "#"))
        or re.fullmatch(r"[A-Z]{2,}\d*_[A-Z_0-9]+", word)
        or re.fullmatch(r"[a-z]+\d+\w*", word)
    )


def balanced(text: str, bracket: int) -> int:
    """Return the offset behind the bracket that closes the one at ``bracket``; else ``bracket``."""
    stack: list[str] = []
    at = bracket
    while at < len(text):
        char = text[at]
        if char in _CLOSERS:
            stack.append(_CLOSERS[char])
        elif char in ")]}":
            if not stack or stack.pop() != char:
                return bracket
            if not stack:
                return at + 1
        elif char in "'\"`" and not (char == "'" and at and text[at - 1].isalpha()):
            close = _string_end(text, at)
            at = close - 1 if close > at else at
        at += 1
    return bracket


def _string_end(text: str, at: int) -> int:
    mark = text[at]
    position = at + 1
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        if text[position] == mark:
            return position + 1
        if text[position] == "\n" and mark != "`":
            return at
        if mark == "`" and text.startswith("${", position):
            close = balanced(text, position + 1)
            position = close if close > position + 1 else position + 2
            continue
        position += 1
    return at
