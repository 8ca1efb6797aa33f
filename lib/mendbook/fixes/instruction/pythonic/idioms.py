"""Which idiom a fix text asks for: it writes the code that comes, or only names the idiom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.blocks import block_rewritings
from mendbook.fixes.instruction.pythonic.expressions import expression_rewritings
from mendbook.fixes.instruction.pythonic.loop_heads import head_rewritings
from mendbook.fixes.instruction.pythonic.loops import loop_rewritings
from mendbook.fixes.instruction.pythonic.request import Request, statements
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_VERB = re.compile(
    r"^(?:use|prefer|call|write|await|make\s+(?:it|this|that)|switch\s+to|change\s+"
    r"(?:it|this|that)\s+to|test\s+(?:with|by"
    r"|for)|check\s+(?:with|by)|compare\s+(?:with|by\s+\w+:)|build\s+it\s+with|do\s+it\s+with|turn"
    r"\s+it\s+into|shorten\s+(?:it\s+)?to|simplify\s+(?:it\s+)?to|swap\s+(?:them\s+"
    r")?with|look\s+it"
    r"\s+up\s+with|iterate\s+(?:over|with)|loop\s+(?:over|with)|go\s+over|open\s+it\s+with|hold\s+"
    r"the\s+lock\s+with|take\s+(?:it|the\s+lock)\s+with|wrap\s+it\s+in|(?:just\s+)?return(?=\s+(?!"
    r"None$))|re-?raise\s+with|(?:just\s+)?say|read\s+it\s+with|express\s+(?:it|this)\s+"
    r"as|expect\s+it\s+with"
    r"|(?:replace|change|rewrite|convert|turn|collapse|simplify|shorten)\s+(?P<old>[^:]+?)\s+(?:"
    r"with|by|to|into|as|in(?=\s+(?:with|async)\b)))\s+",
    re.IGNORECASE,
)
_INSTEAD = re.compile(rf",?\s+(?:{INSTEAD_OF}|without)\s+(?P<old>.+)$", re.IGNORECASE)
_LABEL = re.compile(r"^[A-Za-z][\w /'-]*:\s+(?=\S)")
_ARTICLE = re.compile(
    r"^(?:an?\s+|the\s+|plain\s+|single\s+|bare\s+|builtin\s+|built-in\s+)+", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s+(?:directly|call|calls|builtin|built-in|statement|block|operator|at\s+"
    r"once)$",
    re.IGNORECASE,
)


def by_idiom(request: Request) -> StepEdits | None:
    """Return the code of the finding by the idiom that its fix text asks for; None for no idiom.

    Raises ``Abstain`` where an idiom is named, and fits several places or a loop that does more.
    """
    rewritings = list(_rewritings(request))
    written = [one for one in rewritings if _is_written(request, one)]
    if written:
        return _one_rewriting(request, _innermost(written))
    named = _named(request)
    if not named:
        return None
    meant = [one for one in rewritings if one.idiom in named]
    if not meant:
        _refuse_loop(request, named)
        return None
    told = _factory(request.text)
    if told:
        meant = [one for one in meant if f"({told})" in one.new]
    first = {id(one.at): one for one in reversed(meant)}
    return _one_rewriting(request, _innermost(list(first.values()))) if meant else None


def _rewritings(request: Request) -> Iterator[Rewriting]:
    yield from loop_rewritings(request)
    yield from head_rewritings(request, _loop_names(request.text))
    yield from expression_rewritings(request)
    yield from block_rewritings(request)


def _loop_names(text: str) -> list[str]:
    """Return the names that a text writes between ``for`` and ``in``."""
    match = re.search(r"\bfor\s+\(?(\w+(?:\s*,\s*\w+)*)\)?\s+in\b", text)
    return re.split(r"\s*,\s*", match[1]) if match else []


def _innermost(rewritings: list[Rewriting]) -> list[Rewriting]:
    """Return one of those that are the same, and of two that hold each other the inner one."""
    spans = {id(one): _span(one.edits) for one in rewritings}
    kept = [
        one
        for one in rewritings
        if not any(
            spans[id(one)] != spans[id(other)]
            and spans[id(one)][0] <= spans[id(other)][0]
            and spans[id(other)][1] <= spans[id(one)][1]
            for other in rewritings
        )
    ]
    return list({one.edits: one for one in kept}.values())


def _span(edits: Iterable[Edit]) -> tuple[int, int]:
    several = list(edits)
    return min(one.start for one in several), max(one.end for one in several)


def _one_rewriting(request: Request, rewritings: list[Rewriting]) -> StepEdits:
    if len({one.edits for one in rewritings}) != 1:
        raise Abstain(f"`{rewritings[0].new}` may come at several places", final=True)
    one = rewritings[0]
    return request.step_edits(
        Operation.REPLACE, f"write `{' '.join(one.new.split())[:80]}` in the place of "
        f"`{' '.join(one.old.split())[:60]}`", one.edits, _adds(one), (), one.modules,
    )  # fmt: skip


def _adds(one: Rewriting) -> tuple[str, ...]:
    if one.idiom == "no else":
        return ()
    return () if one.new.strip() in one.old or "\n" in one.new.strip() else (one.new.strip(),)


def _refuse_loop(request: Request, named: set[str]) -> None:
    """Raise ``Abstain`` where a loop is there that the idiom does not fit."""
    loops = [one for one in request.nodes() if isinstance(one, ast.For)]
    if loops and named & _OF_LOOPS and not re.search(r"\bfor\b.*\bin\b", request.text):
        name = sorted(named & _OF_LOOPS)[0]
        raise Abstain(f"the loop there is not of a form that `{name}` stands for", final=True)


_OF_LOOPS = {"any", "all", "next", "sum", "Counter", "list", "set", "dict", "join", "enumerate",
             "zip", "items", "max default", "min default", "defaultdict", "setdefault"}  # fmt: skip


# --- code that the text writes -------------------------------------------------------------------


def cores(text: str) -> Iterator[str]:
    """Yield what of a text may be the code that comes: all of it, or it without its verb."""
    ticked = re.findall(r"`([^`]+)`", text)
    rest = re.sub(r"`[^`]*`", " ", text)
    if len(ticked) == 1 and all(word in _WORDS for word in _words(_INSTEAD.sub("", rest))):
        yield ticked[0]
    plain = text.replace("`", "")
    for one in (plain, _LABEL.sub("", plain, count=1)):
        yield one
        verb = _VERB.match(one)
        core = one[verb.end() :] if verb is not None else one
        core = _INSTEAD.sub("", core)
        yield core
        core = _BEHIND.sub("", _ARTICLE.sub("", core))
        yield core


def _is_written(request: Request, one: Rewriting) -> bool:
    """Tell whether the text writes the code that comes."""
    return any(is_same_code(core, one.new) for core in dict.fromkeys(cores(request.text)))


def is_same_code(told: str, new: str) -> bool:
    """Tell whether ``told`` is the code ``new``, or the value or the call that it comes to."""
    first, second = statements(told), statements(new)
    if len(first) != 1 or len(second) != 1 or not _has_shape(first[0]):
        return False
    forms = {_dump(one) for one in _forms(second[0])}
    return any(_dump(one) in forms for one in _told_forms(first[0]))


def _has_shape(node: ast.stmt) -> bool:
    """Tell whether code is more than a name, which any word is."""
    return not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Name | ast.Constant))


def _told_forms(node: ast.stmt) -> Iterator[ast.AST]:
    yield node
    match node:
        case (
            ast.If(test=test, body=[ast.Pass()], orelse=[])
            | ast.While(test=test, body=[ast.Pass()])
        ):
            yield test
        case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            yield value
        case ast.AsyncFor() | ast.With() | ast.AsyncWith():
            yield node


def _forms(node: ast.stmt) -> Iterator[ast.AST]:
    yield node
    match node:
        case (
            ast.Return(value=ast.expr() as value) | ast.Assign(value=value) | ast.Expr(value=value)
        ):
            yield value
            if isinstance(value, ast.Await):
                yield value.value
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                bare_call = ast.Call(ast.Name(value.func.attr), value.args, value.keywords)
                yield bare_call
            if isinstance(value, ast.IfExp):
                return
        case ast.AnnAssign(value=ast.expr() as value):
            yield value
        case ast.For(iter=over):
            yield over
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.expr):
        yield ast.Return(node.value)


def _dump(node: ast.AST) -> str:
    """Return code as it is compared: what a comprehension binds has names of no weight."""
    copied = ast.parse(ast.unparse(ast.fix_missing_locations(_statement(node))))
    names: dict[str, str] = {}
    for one in ast.walk(copied):
        if isinstance(one, ast.comprehension | ast.For):
            for each in ast.walk(one.target):
                if isinstance(each, ast.Name):
                    names.setdefault(each.id, f"_{len(names)}")
        if isinstance(one, ast.Lambda):
            for arg in one.args.args:
                names.setdefault(arg.arg, f"_{len(names)}")
    if isinstance(node, ast.For):
        names = {}
    for one in ast.walk(copied):
        if hasattr(one, "ctx"):
            one.ctx = ast.Load()
        if isinstance(one, ast.Name):
            one.id = names.get(one.id, one.id)
        elif isinstance(one, ast.arg):
            one.arg = names.get(one.arg, one.arg)
    return ast.dump(copied)


def _statement(node: ast.AST) -> ast.stmt:
    if isinstance(node, ast.For):
        return ast.For(node.target, node.iter, [ast.Pass()], [], lineno=1)
    if isinstance(node, ast.stmt):
        return node
    return ast.Expr(node) if isinstance(node, ast.expr) else ast.Pass()


# --- idioms by name ------------------------------------------------------------------------------

_GAP = r"\s*(?:\(\s*(?:\.\.\.|…)?\s*\))?"
_SAME = r"(?:\s+(?:with|by)\s+the\s+same\s+key)?"
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"not\s+any{_GAP}", ("all",)),
    (rf"\bany{_GAP}", ("any",)),
    (rf"\ball{_GAP}", ("all",)),
    (r"\bnext(?:\((?:(?:\.\.\.|…)(?:,\s*None)?)?\))?", ("next",)),
    (r"\bsum(?:\((?:\.\.\.|…|1 for (?:\.\.\.|…))?\))?", ("sum",)),
    (rf"(?:collections\.)?\bCounter\b{_GAP}", ("Counter",)),
    (r"(?:collections\.)?\bdefaultdict(?:\(\w*\))?", ("defaultdict",)),
    (rf"(?:dict)?\.?\bsetdefault{_GAP}", ("setdefault",)),
    (r"(?:list|set|dict(?:ionary)?)[ -]comprehension", ()),
    (r"\bcomprehension", ("list", "set", "dict")),
    (r"(?:\"\"|'')\.join(?:\((?:\.\.\.|…)?\))?|\bstr\.join(?:\(\))?|\bjoin(?:\(\))?", ("join",)),
    (r"\bmax\((?:\.\.\.|…),\s*default=0\)|\bmax(?:\(\))?\s+with\s+(?:a\s+"
        r")?default(?:=0)?", ("max default",)),
    (r"\bmin\((?:\.\.\.|…),\s*default=0\)|\bmin(?:\(\))?\s+with\s+(?:a\s+"
        r")?default(?:=0)?", ("min default",)),
    (rf"\bmax(?:\((?:\w+|\.\.\.|…)?(?:,\s*key=(?:\.\.\.|…))?\))?{_SAME}", ("max",)),
    (rf"\bmin(?:\((?:\w+|\.\.\.|…)?(?:,\s*key=(?:\.\.\.|…))?\))?{_SAME}", ("min",)),
    (rf"\benumerate{_GAP}", ("enumerate",)),
    (rf"\bzip{_GAP}", ("zip",)),
    (r"(?:\b\w+)?\.?\bitems\(\)", ("items",)),
    (r"\bisinstance(?:\(\))?", ("isinstance",)),
    (r"\bstartswith(?:\(\))?", ("startswith",)),
    (r"\bendswith(?:\(\))?", ("endswith",)),
    (r"\b(?:re\.)?fullmatch(?:\(\))?", ("fullmatch",)),
    (r"\bmembership\s+test", ("membership",)),
    (r"\b(?:chained\s+comparison|chain\s+the\s+comparisons?)", ("chain",)),
    (r"(?:the\s+)?\bin\s+operator", ("in",)),
    (
        r"\blaz(?:y|ily)(?:\s+%(?:-style)?)?(?:\s+"
        r"(?:formatting|arguments|args|logging|interpolation))?"
        r"|\blet\s+logging\s+do\s+the\s+formatting|%s\s+arguments"
        r"|\bpass\s+\w+(?:\.\w+)*\s+as\s+an\s+argument",
        ("lazy",),
    ),
    (r"\bf-string", ("f-string",)),
    (r"(?:the\s+)?\bf(?:[ -]prefix)?$", ("no f",)),
    (r"\.?\bkeys\(\)", ("keys",)),
    (r"(?:the\s+)?(?:comparison\s+(?:with|to)|(?:==|is))\s+(?:True|False)\b", ("truth",)),
    (r"\bis\s+(?:not\s+)?None", ("is none", "is not")),
    (r"\btotal_seconds(?:\(\))?", ("total_seconds",)),
    (r"\bgenerator\s+expression|\bgenerator\b", ("generator",)),
    (r"\bexist_ok=True", ("exist_ok",)),
    (r"(?:contextlib\.)?\bsuppress(?:\(\))?", ("suppress",)),
    (r"\bpytest\.raises(?:\(\))?", ("raises",)),
    (r"\btuple(?:\s+(?:assignment|swap|unpacking))?", ("swap",)),
    (r"(?:the\s+)?(?:comparison|condition)(?:\s+itself)?", ("condition",)),
    (r"\b(?:redundant|unnecessary|needless|superfluous)?\s*\belse(?:\s+branch)?", ("no else",)),
    (r"\b(?:dict)?\.?get\(\)\s+with\s+a\s+default\s+of\s+\S+|\bdefault\s+to\s+\S+\s+with\s+"
        r"get\(\)", ("get default",)),
    (r"\b(?:dict)?\.?get\(\)(?:\s+with\s+(?:the|a)\s+default)?", ("get",)),
    (r"\bpop\(\)(?:\s+with\s+a\s+default)?", ("pop",)),
    (r"\b(?:async\s+)?context\s+manager", ("with lock", "with open")),
    (r"\b(?:async\s+)?with\s+(?:statement|block)", ("with lock", "with open")),
    (r"\b(?:conditional\s+expression|ternary)", ("conditional",)),
    (r"\bnot\s+in\b", ("not in",)),
)  # fmt: skip
"""How a text names an idiom, and which it is: the more particular first."""
_KINDS = {"list": "list", "set": "set", "dict": "dict", "dictionary": "dict"}


def _named(request: Request) -> set[str]:
    """Return the idioms that a text of no other words names."""
    text = re.sub(r"\+=\s", "", request.unticked)
    old = _INSTEAD.search(text)
    text = _INSTEAD.sub("", text)
    if old is not None and re.search(r"\band\b\s+(?!try|release|finally)|[;.]\s", old["old"]):
        return set()
    for pattern, idioms in _NAMES:
        match = re.search(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        rest = text[: match.start()] + " " + text[match.end() :]
        if not _is_order(idioms, rest):
            continue
        if not all(_is_known(request, word) for word in _words(rest)):
            continue
        if re.search(r"[\"'=\[{]|\w\(\s*\w", rest):
            continue
        if not idioms:
            kind = re.match(r"\w+", match[0])
            named = _KINDS[kind[0].lower()] if kind else "list"
            return {named, f"{named} comprehension"}
        return {*idioms}
    return set()


_TAKES_OFF = {"no f", "keys", "truth", "no else"}


def _is_order(idioms: tuple[str, ...], rest: str) -> bool:
    """Tell whether the verb fits: some idioms only take something off, the others put it there."""
    off = re.search(
        r"\b(?:drop|remove|delete|strip|omit|needed|redundant|unnecessary|unindent|dedent)\b",
        rest,
        re.I,
    )
    if {*idioms} & _TAKES_OFF:
        return off is not None
    return off is None or {*idioms} <= {"exist_ok", "setdefault", "defaultdict"}


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z_][\w-]*", text)


def _is_known(request: Request, word: str) -> bool:
    """Tell whether a word says nothing more, or only names what stands in the code."""
    bare_word = word.lower()
    if bare_word in _WORDS:
        return True
    home = request.home()
    code = request.source(home) if home is not None else request.file.text
    known = {one.lower() for each in re.findall(r"\w+", code) for one in (each, *each.split("_"))}
    return bool({bare_word, f"{bare_word}s", bare_word.removesuffix("s")} & known)


_WORDS = {
    "slice", "find", "search", "lookup", "indexing", "index", "bracket", "brackets", "subscript",
    "a", "after", "all", "an", "and", "append", "as", "block", "body", "both", "branch",
    "branches", "build", "built-in", "builtin", "by", "call", "calls", "check", "code",
    "collapse", "comparison", "concatenation", "condition", "convert", "count", "counter",
    "counting", "dedent", "default", "delete", "dict", "directly", "drop", "early", "exists",
    "explicit", "express", "expression", "fetch", "file", "for", "format", "formatting", "from",
    "function", "generator", "go", "hand", "here", "hold", "if", "in", "indices",
    "instead", "into", "is", "it", "items", "iterate", "its", "itself", "join", "just", "key",
    "keys", "largest", "list", "lock", "loop", "looping", "make", "manual", "manually",
    "method", "methods", "needed", "needless", "no", "not", "of", "on", "one", "only", "open",
    "over", "pass", "plain", "prefer", "prefix", "rather", "redundant", "remove", "replace",
    "return", "returns", "rewrite", "set", "simplify", "single", "smallest", "sort",
    "statement", "string", "strip", "sum", "swap", "take", "test", "text", "than", "that",
    "the", "them", "this", "to", "turn", "unindent", "unnecessary", "up", "use", "using",
    "values", "via", "while", "whole", "with", "write",
}  # fmt: skip
"""Words that say how, and not what."""


def _factory(text: str) -> str:
    match = re.search(r"defaultdict\((\w+)\)", text)
    return match[1] if match else ""
