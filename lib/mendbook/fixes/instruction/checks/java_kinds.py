"""Edits of Java whose types cannot fit: a value of another type, a mark that overrides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds, parameters, text_of
from mendbook.text.plain import one_line

_COLLECTIONS = ("Collection", "Iterable")
_WIDER: dict[str, tuple[str, ...]] = {
    "List": _COLLECTIONS,
    "Set": _COLLECTIONS,
    "BufferedReader": ("Reader", "AutoCloseable", "Closeable"),
    "BufferedWriter": ("Writer", "AutoCloseable", "Closeable"),
    "InputStream": ("AutoCloseable", "Closeable"),
    "OutputStream": ("AutoCloseable", "Closeable"),
    "Stream": ("BaseStream", "AutoCloseable"),
    "String": ("CharSequence", "Comparable"),
    "ExecutorService": ("Executor", "AutoCloseable"),
    "ScheduledExecutorService": ("ExecutorService", "Executor", "AutoCloseable"),
    "Path": ("Comparable", "Iterable"),
    "Instant": ("Temporal", "Comparable"),
    "int": ("long", "float", "double", "Integer", "Number"),
    "long": ("float", "double", "Long", "Number"),
    "double": ("Double", "Number"),
    "boolean": ("Boolean",),
}
"""What else a value of a type may be declared as."""
_RETURNS = {
    **dict.fromkeys(("Files.readAllLines", "List.of", "List.copyOf", "Arrays.asList"), "List"),
    **dict.fromkeys(("Collections.unmodifiableList", "Collections.emptyList"), "List"),
    **dict.fromkeys(("Collections.synchronizedList", "Collections.singletonList"), "List"),
    **dict.fromkeys(("Set.of", "Set.copyOf", "Collections.unmodifiableSet"), "Set"),
    **dict.fromkeys(("Map.of", "Map.copyOf", "Map.ofEntries", "Collections.emptyMap"), "Map"),
    **dict.fromkeys(("Collections.unmodifiableMap", "Collections.synchronizedMap"), "Map"),
    **dict.fromkeys(
        ("Files.readString", "String.valueOf", "String.format", "String.join"), "String"
    ),
    **dict.fromkeys(("Integer.toString", "Long.toString", "Objects.toString"), "String"),
    **dict.fromkeys(("Files.lines", "Files.list", "Files.walk", "Stream.of"), "Stream"),
    **dict.fromkeys(("Path.of", "Paths.get"), "Path"),
    **dict.fromkeys(("Optional.of", "Optional.ofNullable", "Optional.empty"), "Optional"),
    "Files.readAllBytes": "byte[]",
    "Files.newBufferedReader": "BufferedReader",
    "Files.newBufferedWriter": "BufferedWriter",
    "Files.newInputStream": "InputStream",
    "Files.newOutputStream": "OutputStream",
    "Integer.parseInt": "int",
    "Long.parseLong": "long",
    "Double.parseDouble": "double",
    "Boolean.parseBoolean": "boolean",
    "Instant.now": "Instant",
    "LocalDate.now": "LocalDate",
    "LocalDateTime.now": "LocalDateTime",
    "Pattern.compile": "Pattern",
    "Executors.newFixedThreadPool": "ExecutorService",
    "Executors.newCachedThreadPool": "ExecutorService",
    "Executors.newScheduledThreadPool": "ScheduledExecutorService",
}
"""What functions of Java's library give back."""
_OF_OBJECT = {"toString": 0, "hashCode": 0, "clone": 0, "finalize": 0, "equals": 1}
_ERROR = re.compile(r"new\s+[\w.]*(?:Exception|Error)\s*\(")


def unfit_kind(before: str, after: str, language: Language) -> str:
    """Return what is new in ``after`` and has another type than what it stands for; or nothing."""
    known = set(_unfit(parse(language, before)))
    return next((one for one in _unfit(parse(language, after)) if one not in known), "")


def _unfit(root: SgNode) -> Iterator[str]:
    yield from _other_values(root)
    yield from _other_returns(root)
    yield from _names_of_classes(root)
    yield from _errors_returned(root)
    yield from _overrides_nothing(root)


def _bare(kind: str) -> str:
    """Return a type without its arguments and its package."""
    return re.sub(r"<.*>", "", kind.strip(), flags=re.DOTALL).rpartition(".")[2]


def _other_values(root: SgNode) -> Iterator[str]:
    """Yield the declarations whose value is of a type that is known to be another one."""
    for one in of_kinds(root, ("local_variable_declaration", "field_declaration")):
        declared, held = _bare(text_of(one.field("type"))), one.field("declarator")
        value = held.field("value") if held is not None else None
        given = _RETURNS.get(callee_text(value), "") if value is not None and (
            value.kind() == "method_invocation") else ""  # fmt: skip
        fits = {"var", "Object", given, *_WIDER.get(given, ())}
        if given and declared not in fits and held is not None:
            yield f"`{one_line(held.text(), 60)}` is no {declared}"


def _other_returns(root: SgNode) -> Iterator[str]:
    """Yield the returns of a value whose type is known, and is not what the method declares."""
    for one in of_kinds(root, ("return_statement",)):
        value = next(iter(one.named_children()), None)
        home = next((each for each in one.ancestors() if each.kind() in _HOMES), None)
        if value is None or value.kind() != "method_invocation" or home is None:
            continue
        declared, given = _bare(text_of(home.field("type"))), _RETURNS.get(callee_text(value), "")
        fits = {"Object", given, *_WIDER.get(given, ())}
        if given and declared and declared not in fits and not re.fullmatch(r"[A-Z]", declared):
            yield f"`{one_line(value.text(), 60)}` is no {declared}"


_HOMES = frozenset({"method_declaration", "lambda_expression", "constructor_declaration"})


def _names_of_classes(root: SgNode) -> Iterator[str]:
    """Yield the declarations and assignments whose value is the bare name of a class."""
    kinds = ("variable_declarator", "assignment_expression")
    for one in of_kinds(root, kinds):
        value = one.field("value") or one.field("right")
        name = text_of(value) if value is not None and value.kind() == "identifier" else ""
        if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name) and "_" not in name:
            yield f"{name} is a class, and no value"


def _errors_returned(root: SgNode) -> Iterator[str]:
    """Yield each ``return new SomeException(…)`` of a method that gives something else back."""
    for one in of_kinds(root, ("return_statement",)):
        inner = next(iter(one.named_children()), None)
        if inner is None or not _ERROR.match(inner.text()):
            continue
        home = next((each for each in one.ancestors() if each.kind() == "method_declaration"), None)
        kind = _bare(text_of(home.field("type"))) if home is not None else "Exception"
        if not re.search(r"Exception$|Error$|^Throwable$|^Object$|^[A-Z]$", kind):
            yield f"`{one_line(one.text(), 60)}` would return an error where a {kind} is returned"


def _overrides_nothing(root: SgNode) -> Iterator[str]:
    """Yield the methods marked ``@Override`` in classes that extend and implement nothing."""
    for one in of_kinds(root, ("method_declaration",)):
        if not re.match(r"(?:@\w+\s+)*@Override\b", one.text()):
            continue
        body = one.parent()
        owner = body.parent() if body is not None else None
        if owner is None or owner.kind() != "class_declaration":
            continue
        if owner.field("superclass") is not None or owner.field("interfaces") is not None:
            continue
        name = text_of(one.field("name"))
        if _OF_OBJECT.get(name) != len(parameters(one)):
            yield f"{name} overrides nothing: its class extends and implements nothing"
