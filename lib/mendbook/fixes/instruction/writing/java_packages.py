"""Keep the imports of Java right: what new code needs comes, what nothing uses goes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, line_end, line_start, start
from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import field, of_kinds, text_of
from mendbook.repository.snapshot import Snapshot

_JAVA_TYPES = {
    "StandardCharsets": "java.nio.charset.StandardCharsets", "Charset": "java.nio.charset.Charset",
    "Files": "java.nio.file.Files", "Path": "java.nio.file.Path", "Paths": "java.nio.file.Paths",
    "IOException": "java.io.IOException", "UncheckedIOException": "java.io.UncheckedIOException",
    "InputStream": "java.io.InputStream", "BufferedReader": "java.io.BufferedReader",
    "Optional": "java.util.Optional", "Objects": "java.util.Objects", "List": "java.util.List",
    "Map": "java.util.Map", "Set": "java.util.Set", "ArrayList": "java.util.ArrayList",
    "HashMap": "java.util.HashMap", "HashSet": "java.util.HashSet", "Locale": "java.util.Locale",
    "Arrays": "java.util.Arrays", "Collections": "java.util.Collections", "UUID": "java.util.UUID",
    "Collectors": "java.util.stream.Collectors", "Stream": "java.util.stream.Stream",
    "TimeUnit": "java.util.concurrent.TimeUnit", "Duration": "java.time.Duration",
    "ConcurrentHashMap": "java.util.concurrent.ConcurrentHashMap",
    "AtomicInteger": "java.util.concurrent.atomic.AtomicInteger",
    "AtomicLong": "java.util.concurrent.atomic.AtomicLong", "Instant": "java.time.Instant",
    "LocalDate": "java.time.LocalDate", "LocalDateTime": "java.time.LocalDateTime",
    "ZoneOffset": "java.time.ZoneOffset", "SecureRandom": "java.security.SecureRandom",
    "MessageDigest": "java.security.MessageDigest", "BigDecimal": "java.math.BigDecimal",
    "NoSuchElementException": "java.util.NoSuchElementException",
    "Comparator": "java.util.Comparator", "Deque": "java.util.Deque",
    "LinkedHashMap": "java.util.LinkedHashMap", "TreeMap": "java.util.TreeMap",
    "LinkedHashSet": "java.util.LinkedHashSet", "Function": "java.util.function.Function",
    "Supplier": "java.util.function.Supplier", "Predicate": "java.util.function.Predicate",
    "Consumer": "java.util.function.Consumer", "ChronoUnit": "java.time.temporal.ChronoUnit",
    "OffsetDateTime": "java.time.OffsetDateTime", "ZonedDateTime": "java.time.ZonedDateTime",
    "ZoneId": "java.time.ZoneId", "LocalTime": "java.time.LocalTime",
    "RoundingMode": "java.math.RoundingMode", "BigInteger": "java.math.BigInteger",
    "Executors": "java.util.concurrent.Executors", "Pattern": "java.util.regex.Pattern",
    "ExecutorService": "java.util.concurrent.ExecutorService",
    "CompletableFuture": "java.util.concurrent.CompletableFuture",
    "ReentrantLock": "java.util.concurrent.locks.ReentrantLock",
    "AtomicBoolean": "java.util.concurrent.atomic.AtomicBoolean",
    "AtomicReference": "java.util.concurrent.atomic.AtomicReference",
    "CopyOnWriteArrayList": "java.util.concurrent.CopyOnWriteArrayList",
    "FileNotFoundException": "java.io.FileNotFoundException",
    "InputStreamReader": "java.io.InputStreamReader", "OutputStream": "java.io.OutputStream",
    "URI": "java.net.URI", "HttpClient": "java.net.http.HttpClient",
    "SQLException": "java.sql.SQLException", "PreparedStatement": "java.sql.PreparedStatement",
    "Transactional": "org.springframework.transaction.annotation.Transactional",
    "Service": "org.springframework.stereotype.Service",
    "Component": "org.springframework.stereotype.Component",
    "Async": "org.springframework.scheduling.annotation.Async",
    "Cacheable": "org.springframework.cache.annotation.Cacheable",
    "PreAuthorize": "org.springframework.security.access.prepost.PreAuthorize",
    "Validated": "org.springframework.validation.annotation.Validated",
    "ResponseStatus": "org.springframework.web.bind.annotation.ResponseStatus",
    "HttpStatus": "org.springframework.http.HttpStatus",
    "ResponseEntity": "org.springframework.http.ResponseEntity",
}  # fmt: skip
_JAVA_LANG = frozenset(
    {"Object", "String", "StringBuilder", "StringBuffer", "Integer", "Long", "Short"}
    | {"Byte", "Double", "Float", "Boolean", "Character", "Number", "Math", "System"}
    | {"Thread", "Runnable", "Iterable", "Comparable", "Enum", "Record", "Class", "Void"}
    | {"Throwable", "Exception", "RuntimeException", "Error", "IllegalArgumentException"}
    | {"IllegalStateException", "NullPointerException", "UnsupportedOperationException"}
    | {"IndexOutOfBoundsException", "ArithmeticException", "ClassCastException"}
    | {"InterruptedException", "NumberFormatException", "CloneNotSupportedException"}
    | {"SecurityException", "AutoCloseable", "CharSequence", "Override", "Deprecated"}
    | {"SuppressWarnings", "SafeVarargs", "FunctionalInterface", "Process"}
    | {"ProcessBuilder", "Runtime", "ThreadLocal", "StackTraceElement"}
)


def bind_java(snapshot: Snapshot, path: str, before: str, after: str, language: Language) -> str:
    """Return ``after`` with the types that its new code needs imported, and no others.

    Raises ``Unplaced`` where no single package is known to have a type.
    """
    old, new = parse(language, before), parse(language, after)
    had, uses = _java_types(old), _java_types(new)
    imports = _java_imports(new)
    declared = {
        text_of(one.field("name"))
        for one in of_kinds(new, language.classes | language.types | {"type_parameter"})
    } | {one.text() for node in of_kinds(new, ("type_parameter",)) for one in node.named_children()}
    for name in sorted(uses - had - set(imports) - declared - _JAVA_LANG):
        if _beside(snapshot, path, name):
            continue
        home = _home_of(snapshot, path, name)
        if re.search(rf"^import {re.escape(home.rpartition('.')[0])}\.\*;", after, re.M):
            continue
        after = _java_import(after, home, language)
    for name in sorted(had - uses):
        if (gone := _java_imports(parse(language, after)).get(name)) is not None:
            span = Edit(line_start(after, start(gone)), line_end(after, end(gone)), "")
            after = apply(after, [span])
    return after


def _java_types(root: SgNode) -> set[str]:
    names = set()
    for node in of_kinds(root, ("type_identifier", "identifier")):
        if any(
            one.kind() in {"import_declaration", "package_declaration"} for one in node.ancestors()
        ):
            continue
        name, parent = node.text(), node.parent()
        if (
            parent is not None
            and parent.kind() == "scoped_type_identifier"
            and (start(parent) != start(node))
        ):
            continue  # Entry of Map.Entry is found through Map
        if node.kind() == "identifier" and (
            parent is None
            or not re.match(r"[A-Z]\w*[a-z]", name)
            or parent.kind() not in _JAVA_HOLDERS
            or (parent.kind() != "method_reference" and (
                (held := field(parent, "object", "name")) is None or start(held) != start(node)))
        ):  # fmt: skip
            continue
        names.add(name)
    return names


_JAVA_HOLDERS = frozenset(
    {"method_invocation", "field_access", "marker_annotation", "annotation", "method_reference"}
)


def _java_imports(root: SgNode) -> dict[str, SgNode]:
    return {
        one.text().rstrip(";").split(".")[-1].strip(): one
        for one in of_kinds(root, ("import_declaration",))
    }


def _beside(snapshot: Snapshot, path: str, name: str) -> bool:
    return str(PurePosixPath(path).parent / f"{name}.java") in snapshot


_CONSTRAINTS = frozenset(
    re.findall(
        r"\w+",
        "AssertFalse AssertTrue DecimalMax DecimalMin Digits Email Future FutureOrPresent Max Min"
        " Negative NegativeOrZero NotBlank NotEmpty NotNull Null Past PastOrPresent Pattern"
        " Positive PositiveOrZero Size",
    )
)
"""What Bean Validation's package of constraints has, under either of its two names."""


def _home_of(snapshot: Snapshot, path: str, name: str) -> str:
    """Return the full name of the type ``name``: as others import it, or as the library has it."""
    wanted = re.compile(rf"^import\s+([\w.]+\.{re.escape(name)})\s*;", re.M)
    candidates = {
        each[1]
        for one in snapshot.files
        if one.endswith(".java")
        for each in wanted.finditer(snapshot.text(one))
    }
    if not candidates:
        for one in snapshot.files:
            if one.endswith(f"/{name}.java"):
                package = re.search(r"^package\s+([\w.]+)\s*;", snapshot.text(one), re.M)
                candidates |= {f"{package[1]}.{name}"} if package else set()
    if not candidates and name in _CONSTRAINTS:
        homes = re.compile(r"^import\s+([\w.]+\.validation\.constraints)\.[\w*]+\s*;", re.M)
        own = homes.search(snapshot.text(path))
        candidates |= {f"{own[1]}.{name}"} if own is not None else set()
    if name in _JAVA_TYPES and (not candidates or _JAVA_TYPES[name] in candidates):
        return _JAVA_TYPES[name]
    if len(candidates) != 1:
        said = "several packages have it" if candidates else "no package is known to have it"
        raise Unplaced(f"{name} is not imported in {path}, and {said}")
    return candidates.pop()


def _java_import(text: str, whole: str, language: Language) -> str:
    root = parse(language, text)
    line = f"import {whole};\n"
    imports = [
        one for one in of_kinds(root, ("import_declaration",)) if " static " not in one.text()
    ]
    above = [one for one in imports if _spelled(one) < whole]
    if above:
        return apply(text, [insert(line_end(text, end(above[-1])), line)])
    if imports:
        return apply(text, [insert(line_start(text, start(imports[0])), line)])
    package = next(iter(of_kinds(root, ("package_declaration",))), None)
    if package is None:
        return apply(text, [insert(0, f"{line}\n")])
    return apply(text, [insert(line_end(text, end(package)), f"\n{line}")])


def _spelled(node: SgNode) -> str:
    return re.sub(r"^import\s+|;$", "", node.text().strip())
