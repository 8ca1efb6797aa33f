"""Say what a text asks for where the code tells the most of it.

Who only writes a name, what a cast hides, which function does not say what it returns: each order
rests on a fact of the code, so that few words are needed, and any may be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.places.scene import (
    Scene,
    begins_in_quote,
    calls_in_quote,
    function_of,
    touches_quote,
)
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    body_of,
    callee_text,
    declarations,
    field,
    name_of,
    of_kinds,
    outermost,
    squeezed,
    statement_of,
)

_NAME = r"(?:this\.|self\.)?#?[A-Za-z_$][\w$]*(?:\.[\w$]+)*"


def by_facts(scene: Scene, text: str) -> Iterator[str]:
    """Yield the orders that ``text`` may be by what is known of the code that it names."""
    if not scene.quotes:
        return
    for told in (_with_its_writes, _without_cast, _returning, _thrown_on, _exit_beyond):
        if order := told(scene, text.strip().rstrip(".")):
            yield order


_GOES = re.compile(
    r"\b(?:remove|delete|drop|get\s+rid\s+of|take\b.*\bout|throw\b.*\b(?:out|away)|strip|can\s+go"
    r"|may\s+go"
    r"|should\s+go|must\s+go|has\s+to\s+go|eliminate)\b",
    re.IGNORECASE | re.DOTALL,
)
_WRITES = re.compile(
    r"\b(?:writ\w*|assign\w*|sets?|update\w*|everything|whatever|both\s+(?:lines|places)"
    r"|lines\s+that"
    r"|increment\w*)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:please|the|a|an|it|its|they|them|that|which|this|these|those|and|so|too|also|as|well"
    r"|along|together"
    r"|with|all|both|two|three|every|each|of|in|on|by|only|never|not|nobody|nothing|no\s*one|none"
    r"|longer"
    r"|is|are|was|were|be|been|being|can|may|should|must|has|have|to|go|goes|get|rid|remove"
    r"|removed|delete"
    r"|deleted|drop|dropped|take|taken|out|away|throw|strip|eliminate|read|reads|used|uses|needed"
    r"|unused"
    r"|unread|dead|superfluous|redundant|obsolete|written|writes|write|writing|write-only|assign"
    r"|assigns"
    r"|assigned|assignment|assignments|set|sets|setting|update|updates|updated|increment"
    r"|increments|whatever"
    r"|wherever|everything|anywhere|any|more|anymore|place|places|line|lines|statement|statements"
    r"|code|field"
    r"|property|attribute|member|variable|local|private|counter|flag|method|methods|function"
    r"|class|but|then"
    r"|just|simply|completely|entirely|altogether|there|here|where|for|anything)",
    re.IGNORECASE,
)


def _with_its_writes(scene: Scene, text: str) -> str:
    """*Nobody reads x: drop it and the lines that set it*: the declaration that is quoted."""
    if _GOES.search(text) is None or _WRITES.search(text) is None:
        return ""
    named = {one for one in re.findall(_NAME, text.replace("`", "")) if not _WORDS.fullmatch(one)}
    bare = {re.sub(r"^(?:this|self)\.", "", one) for one in named}
    if len(bare) != 1:
        return ""
    name = bare.pop().rpartition(".")[2]
    declared = [
        one for one in declarations(scene.root, name, scene.language) if touches_quote(scene, one)
    ]
    return f"Remove `{name}` and its assignments" if len(declared) == 1 else ""


_CAST = re.compile(
    r"\bcasts?\b|\bcasting\b|\bassert(?:s|ion|ions)?\b|\bas\s+any\b|\bas\s+unknown\b"
    r"|\bdirect(?:ly)?\b"
    r"|\bplain(?:ly)?\b",
    re.IGNORECASE,
)
_CAST_OTHERWISE = re.compile(
    r"\b(?:keep\w*|kept|stay\w*|leave|left|retain\w*|comments?|explain\w*|add|narrow\w*"
    r"|guards?|pars\w+"
    r"|validat\w*|check\w*|declare|type\s+(?:it|the)|interface|generic|or|either|if|unless|when"
    r"|consider|maybe"
    r"|as\s+const|(?:needs?|use|write)\s+(?:an?|the)\s+(?:type\s+)?cast)\b(?!-)",
    re.IGNORECASE,
)
"""Words of a cast that stays, or of something else in its place."""
_CASTS = frozenset(
    {"as_expression", "type_assertion", "non_null_expression", "satisfies_expression"}
)


_PATH = re.compile(
    r"(?<![\w$.])[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+(?![\w$])"
    r"(?!`?\s*(?:\?\?|\|\||&&|\?\.|\?\s|[(\[+*/<>=!]))"
)
"""A path of names that is all of an expression: *a.b ?? c* reads more."""


def _without_cast(scene: Scene, text: str) -> str:
    """*Read a.b without the casts*: the one quoted expression that is ``a.b`` but for its casts."""
    if not scene.language.script or _CAST.search(text) is None:
        return ""
    if _CAST_OTHERWISE.search(re.sub(r"\btype-checks?\b", "", text)):
        return ""
    if re.search(r"\bas\s+[A-Z]\w*", text):
        return ""
    paths = dict.fromkeys(_PATH.findall(text))
    kinds = ("member_expression", "as_expression", "non_null_expression")
    casts = [
        one
        for one in of_kinds(scene.root, kinds)
        if begins_in_quote(scene, one) and _is_cast_within(one)
    ]
    found = [(one, path) for one in outermost(casts) for path in paths if _uncast(one) == path]
    longest = [(one, path) for one, path in found if not _is_read_further(one)]
    if len(longest) != 1 or "`" in longest[0][0].text():
        return ""
    old, new = longest[0]
    return f"Replace `{' '.join(old.text().split())}` with `{new}`"


def _is_cast_within(node: SgNode) -> bool:
    return bool(of_kinds(node, _CASTS))


def _is_read_further(node: SgNode) -> bool:
    holder = node.parent()
    return holder is not None and holder.kind() == "member_expression"


def _uncast(node: SgNode) -> str:
    """Return an access as it is written without casts and the brackets that they need."""
    if node.kind() in _CASTS or node.kind() == "parenthesized_expression":
        inner = node.named_children()
        return _uncast(inner[0]) if inner else ""
    held, label = field(node, "object"), field(node, "property")
    if held is not None and label is not None:
        return f"{_uncast(held)}.{label.text()}"
    return squeezed(node.text())


_RETURNS = re.compile(r"\breturn(?:s|ing|ed)?\b|\bresult\b|\binfer(?:red|ence)?\b", re.IGNORECASE)
_PRIMITIVE = r"(?:string|number|boolean|bigint|void|null|undefined|never|unknown)"
_ATOM = (
    rf"(?:(?:{_PRIMITIVE}|[A-Z][\w$]*(?:\.[A-Z][\w$]*)*(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>)?)(?:\[\])*)"
)
_TYPE = re.compile(rf"(?<![\w$.<|]){_ATOM}(?:\s*\|\s*{_ATOM})*(?![\w$<(.]*[\w$(<])")
_NEVER = re.compile(
    r"\b(?:or|either|if|unless|when|instead|rather|remove|drop|delete|consider|maybe|perhaps"
    r"|throw|throws"
    r"|wrap|rename|parameter|argument|call|calls|await|early|value|values)\b",
    re.IGNORECASE,
)


def _returning(scene: Scene, text: str) -> str:
    """*f should say what it returns, T*: the one function named that has no return type."""
    plain = text.replace("`", "")
    if not scene.language.script or _RETURNS.search(plain) is None or _NEVER.search(plain):
        return ""
    functions = [(name, one) for name in _names_in(scene, plain) for one in _functions(scene, name)]
    if len(functions) != 1 or field(functions[0][1], "return_type") is not None:
        return ""
    types = [one for one in _TYPE.findall(plain) if _is_type(one, functions[0][0])]
    if len(types) != 1 or any(not _is_worded(one.text, plain, types[0]) for one in scan(text)[1]):
        return ""
    if re.fullmatch(_PRIMITIVE, types[0]) and not _is_said_as_type(types[0], text):
        return ""  # a word of any sentence: *an age that is no number*
    return f"Declare the return type of `{functions[0][0]}`: `{types[0]}`"


def _is_said_as_type(word: str, text: str) -> bool:
    """Tell whether ``word`` is marked as code, or stands beside what says that it is a type."""
    before = r"(?:returns?|returning|returned|types?|typed|annotat\w+|declar\w+|infer\w*|->|:)"
    marked = rf"`[^`]*\b{word}\b[^`]*`|{before}\W+(?:an?\s+|the\s+)?{word}\b"
    return (
        re.search(rf"(?i){marked}|\b{word}\s+(?:return\s+)?(?:type|annotation)\b", text) is not None
    )


def _is_worded(code: str, text: str, told: str) -> bool:
    """Tell whether a code of the text is a part of the type, or a plain name."""
    bare = code.strip("`").removesuffix("()")
    return squeezed(bare) in squeezed(told) or re.fullmatch(r"[\w$.]+", bare) is not None


def _names_in(scene: Scene, text: str) -> list[str]:
    """Return the functions that a text names, else the finding's own."""
    words = dict.fromkeys(re.findall(r"[A-Za-z_$][\w$]*", text))
    named = [one for one in words if one not in _COMMON and _functions(scene, one)]
    symbols = [one.rpartition(".")[2] for one in scene.task.finding.symbols]
    return named or [one for one in dict.fromkeys(symbols) if _functions(scene, one)]


_COMMON = {"the", "it", "to", "of", "is", "and", "a", "return", "returns", "result"}


def _functions(scene: Scene, name: str) -> list[SgNode]:
    found = [function_of(one, scene.language) for one in bearers(scene.root, name, scene.language)]
    return [one for one in found if one is not None and body_of(one) is not None]


def _is_type(text: str, name: str) -> bool:
    """Tell whether a piece of text is a type, and no word that begins a sentence."""
    simple = re.fullmatch(r"[A-Z][a-z]+", text)
    return text != name and (
        simple is None or text in {"Date", "Promise", "Error", "Buffer", "Map", "Set"}
    )


_FAILS = re.compile(
    r"\b(?:fail\w*|throws?|throwing|rejects?|rejection|errors?|breaks?|catch|try)\b", re.IGNORECASE
)
_ON = re.compile(
    r"\bre-?(?:throw|raise)\w*|\b(?:throw|raise|thrown|raised|throws|raises)\s+(?:(?:it|err|error"
    r"|e|that|the"
    r"\s+(?:same\s+)?error)\s+)?(?:again|on|further|anew)\b|\bpass(?:ed|es)?\s+(?:it\s+)?on\b"
    r"|\blet\s+(?:it|the\s+error)\s+through\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:not|never|no|without|unless|except|or|either|instead|rather|once|retr\w+|each|every"
    r"|both|all"
    r"|consider|maybe|perhaps|return|returns|remove|drop|delete|already|only|loop|finally"
    r"|twice)\b|n't\b"
    r"|\bthrow\s+new\b",
    re.IGNORECASE,
)


def _thrown_on(scene: Scene, text: str) -> str:
    """*When f fails, log(x), then throw it on*: the one quoted call that is named, in a try."""
    masked, codes = scan(text)
    if not (_FAILS.search(masked) and _ON.search(masked)) or _NOT_SO.search(masked):
        return ""
    tried = [one for one in calls_in_quote(scene) if _is_named(one, text)]
    handler = [one.text for one in codes if re.fullmatch(r"[\w$.]+\(.+\)", one.text, re.DOTALL)]
    others = [one.bare for one in codes if one.text not in handler]
    if len(tried) != 1 or len(handler) != 1 or "`" in handler[0] + tried[0].text():
        return ""
    spelled = callee_text(tried[0])
    if not all(re.search(rf"(?:^|\.){re.escape(one)}$", spelled) for one in others):
        return ""
    return f"Wrap `{_flat(tried[0].text())}` in try/catch with `{handler[0]}` and rethrow"


def _flat(code: str) -> str:
    return " ".join(code.split())


def _is_named(call: SgNode, text: str) -> bool:
    """Tell whether a text names what a call calls, by its last two names or its only one."""
    parts = callee_text(call).split(".")
    name = r"\.".join(re.escape(one) for one in parts[-2:])
    return re.search(rf"(?<![\w$]){name}(?![\w$])", text) is not None


_MORE = (
    r"(?:more|greater|larger|bigger|higher|longer|deeper|later)\s+than|above|over|beyond"
    r"|exceed(?:s|ing)?"
)
_LESS = r"(?:less|smaller|lower|fewer|shorter|earlier)\s+than|below|under"
_BEYOND = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?:the\s+)?(?P<bound>⟦\d+⟧|[A-Za-z_$][\w$.]*)",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(?:not|never|or|either|unless|except|instead|rather|and|at\s+(?:least|most)|before|both"
    r"|each|every"
    r"|all|equal\w*|consider|maybe|between|log|return)\b|n't\b",
    re.IGNORECASE,
)


def _exit_beyond(scene: Scene, text: str) -> str:
    """*Once x is known, throw E if it is more than MAX*: behind the one declaration quoted."""
    masked, codes = scan(text)
    exits = [one.text for one in codes if re.match(r"(?:throw|raise)\s", one.text)]
    told = list(_BEYOND.finditer(masked))
    if not scene.language.script or len(exits) != 1 or len(told) != 1 or _SIDE.search(masked):
        return ""
    marked = re.fullmatch(r"⟦(\d+)⟧", told[0]["bound"])
    bound = (codes[int(marked[1])].text if marked else told[0]["bound"]).strip("`").rstrip(".,")
    declared = [
        (name, statement_of(one, scene.language))
        for one in of_kinds(scene.root, ("variable_declarator",))
        if begins_in_quote(scene, one) and re.fullmatch(r"[A-Za-z_$][\w$]*", name := name_of(one))
        and re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$(])", masked)
    ]  # fmt: skip
    others = {one.bare for one in codes} - {exits[0], bound, *(name for name, _ in declared)}
    if len(declared) != 1 or "`" in declared[0][1].text() or others or not _is_bound(scene, bound):
        return ""
    sign = ">" if told[0]["more"] else "<"
    exit_ = exits[0].rstrip(";")
    ((name, statement),) = declared
    return f"Add `if ({name} {sign} {bound}) {exit_};` after `{_flat(statement.text())}`"


def _is_bound(scene: Scene, bound: str) -> bool:
    """Tell whether a bound is a number, or a name that the file declares."""
    if re.fullmatch(r"-?[\d_.]+", bound):
        return True
    return (
        bool(declarations(scene.root, bound, scene.language))
        or re.search(rf"(?m)^import\b[^;]*(?<![\w$]){re.escape(bound)}(?![\w$])", scene.text)
        is not None
    )
