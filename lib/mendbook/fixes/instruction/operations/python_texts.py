"""Where Python says a name in a text that means it: annotations, patches, doctests, own names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.references.python import PythonSearch
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.built_names import BY_VARIABLE
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import line, of_kinds, same, start, text_of
from mendbook.repository.snapshot import Snapshot

_TYPED = frozenset({"cast", "ForwardRef"})
_NAMING = frozenset(
    {"namedtuple", "NamedTuple", "TypedDict", "NewType", "TypeVar", "ParamSpec", "TypeVarTuple"}
    | {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "TypeAliasType", "make_dataclass"}
)
"""What takes the name that its value is given as its first argument."""
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)[^\n]*", re.MULTILINE)
_NAMESPACE = re.compile(r"\bvars\(\s*\w|__dict__|\bimport_module\(|\bglobals\(\)")


def said_in_texts(
    tree: Snapshot,
    search: PythonSearch,
    path: str,
    meant: tuple[str, str],
    new: str,
    known: tuple[str, ...],
) -> Iterator[Edit]:
    """Yield the edits of the texts in ``path`` that say the name ``meant`` (its file and itself).

    ``known`` are the files that know it by that name. Raises ``Abstain`` where a text may mean it.
    """
    home, old = meant
    language, text = language_of(path), tree.text(path)
    if language is None or old not in text:
        return
    word = re.compile(rf"(?<![\w.]){re.escape(old)}(?!\w)")
    dotted = re.compile(rf"(?<![\w.])(?P<of>\w+(?:\.\w+)*)\.{re.escape(old)}(?!\w)")
    modules = tuple(_dotted(one) for one in known)
    for one in of_kinds(parse(language, text), ("string",), language):
        if old not in one.text():
            continue
        if path in known and _is_type(one):
            yield from _each(one, word, new)
        elif path == home and ">>>" in one.text():
            for prompt in _PROMPT.finditer(one.text()):
                yield from _each(one, word, new, prompt.span())
        elif _content(one) == old:
            own = path == home and _is_own_name(one, old)
            if own or _is_attribute(search, path, one, meant, known):
                yield from _each(one, word, new)
            elif _by_text(text) and (path == home or path in search.importers(home)):
                raise Abstain(f"{path}:{line(one)} says {old} as a text, which may mean it")
        elif " " not in _content(one):
            for match in dotted.finditer(one.text()):
                if any(f".{module}".endswith(f".{match['of']}") for module in modules):
                    at = start(one) + match.end() - len(old)
                    yield Edit(at, at + len(old), new)


def _content(one: SgNode) -> str:
    parts = one.named_children()
    inner = [each.text() for each in parts if each.kind() == "string_content"]
    return inner[0] if len(inner) == 1 and len(parts) == 3 else ""


def _each(
    one: SgNode, word: re.Pattern[str], new: str, span: tuple[int, int] | None = None
) -> Iterator[Edit]:
    first, last = span or (0, len(one.text()))
    for match in word.finditer(one.text(), first, last):
        yield Edit(start(one) + match.start(), start(one) + match.end(), new)


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _is_type(one: SgNode) -> bool:
    """Tell whether a text is read as a type: an annotation, or what is cast to."""
    call = _call_around(one)
    if call is not None and _last(call) in _TYPED:
        return same(_given(call)[0], one)
    label = one.parent()
    if label is not None and label.kind() == "keyword_argument":
        return text_of(label.field("name")) == "bound"
    return any(each.kind() == "type" for each in one.ancestors())


def _call_around(one: SgNode) -> SgNode | None:
    listed = one.parent()
    call = listed.parent() if listed is not None and listed.kind() == "argument_list" else None
    return call if call is not None and call.kind() == "call" else None


def _last(call: SgNode) -> str:
    return text_of(call.field("function")).rpartition(".")[2]


def _given(call: SgNode) -> list[SgNode]:
    listed = call.field("arguments")
    return listed.named_children() if listed is not None else []


def _is_own_name(one: SgNode, name: str) -> bool:
    call = _call_around(one)
    holder = call.parent() if call is not None else None
    if call is None or holder is None or holder.kind() != "assignment":
        return False
    named = text_of(holder.field("left")) == name and _last(call) in _NAMING
    return named and same(_given(call)[0], one)


def _is_attribute(
    search: PythonSearch, path: str, one: SgNode, meant: tuple[str, str], known: tuple[str, ...]
) -> bool:
    """Tell whether a text names the attribute of a module: ``setattr(mod, "f", …)``."""
    call = _call_around(one)
    if call is None:
        return False
    given = _given(call)
    of = given[0].text() if len(given) > 1 and same(given[1], one) else ""
    if not re.fullmatch(r"\w+(?:\.\w+)*", of):
        return False
    target = search.target(path, f"{of}.{meant[1]}")
    return target == meant or (target is not None and target[0] in known and target[1] == meant[1])


def _by_text(text: str) -> bool:
    """Tell whether a file asks for attributes or names by texts that are not written there."""
    return BY_VARIABLE.search(text) is not None or _NAMESPACE.search(text) is not None
