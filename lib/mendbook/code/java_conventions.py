"""What Java's frameworks and the language call without code that names it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

_PLAIN = re.compile(
    r"SuppressWarnings|Deprecated|Nullable|Non[Nn]ull|NotNull|SafeVarargs|VisibleForTesting"
    r"|FunctionalInterface|Data|Value|Builder|Getter|Setter|Slf4j|Log4j2?|CommonsLog|With"
    r"|(?:All|No|Required)ArgsConstructor|ToString|EqualsAndHashCode|UtilityClass|SneakyThrows"
    r"|Transactional|CheckForNull|CheckReturnValue|ThreadSafe|Immutable|GuardedBy|Generated"
)
"""Annotations that hand what they stand on to nobody."""
_INJECTED = re.compile(r"Autowired|Inject|Resource|Mock|Spy|MockBean|Lazy|Qualifier")
_LANGUAGE = re.compile(
    r"main|toString|equals|hashCode|compareTo|compare|finalize|clone|close|iterator|hasNext|next"
    r"|readObject|writeObject|readResolve|writeReplace|run|call|get|apply|accept|test"
)
_ACCESSOR = re.compile(r"(?:get|set|is)[A-Z]\w*")


def java_reader(node: SgNode, name: str) -> str:
    """Return why the declaration ``node`` of ``name`` must stay; nothing if it may go."""
    field = node.kind() in {"field_declaration", "variable_declarator"}
    outer = node.parent() if node.kind() == "variable_declarator" else node
    for mark in _annotations(outer or node):
        if not (_PLAIN.fullmatch(mark) or (field and _INJECTED.fullmatch(mark))):
            return f"{name} carries @{mark}, which may call it"
    if node.kind() != "method_declaration":
        return ""
    if _LANGUAGE.fullmatch(name):
        return f"{name} is called by the language, which names it nowhere"
    if "private" in _modifiers(node):
        return ""
    if _ACCESSOR.fullmatch(name):
        return f"{name} is an accessor, which a mapper calls by its name"
    owner = next((one for one in node.ancestors() if one.kind() == "class_declaration"), None)
    heirs = ("superclass", "interfaces")
    above = [owner.field(one) for one in heirs] if owner is not None else []
    named = [" ".join(one.text().split()) for one in above if one is not None]
    return f"its class {named[0]}, which may ask for {name}" if named else ""


def _annotations(node: SgNode) -> list[str]:
    modifiers = next((one for one in node.children() if one.kind() == "modifiers"), None)
    marks = modifiers.children() if modifiers is not None else []
    return [
        label.text().rpartition(".")[2]
        for one in marks
        if one.kind() in {"marker_annotation", "annotation"}
        and (label := one.field("name")) is not None
    ]


def _modifiers(node: SgNode) -> str:
    return next((one.text() for one in node.children() if one.kind() == "modifiers"), "")
