"""Keep the imports of Go and Java right: what new code needs comes, what nothing uses goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, line_end, line_start, start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import field, of_kinds, text_of, walk
from mendbook.fixes.instruction.writing.java_packages import bind_java
from mendbook.repository.snapshot import Snapshot

_GO_PACKAGES = {
    "bufio": "bufio", "bytes": "bytes", "context": "context", "sql": "database/sql",
    "base64": "encoding/base64", "hex": "encoding/hex", "json": "encoding/json",
    "errors": "errors", "filepath": "path/filepath", "fmt": "fmt", "hmac": "crypto/hmac",
    "html": "html", "http": "net/http", "io": "io", "log": "log", "maps": "maps", "math": "math",
    "mime": "mime", "net": "net", "os": "os", "path": "path", "regexp": "regexp",
    "runtime": "runtime", "sha256": "crypto/sha256", "signal": "os/signal", "slices": "slices",
    "slog": "log/slog", "sort": "sort", "strconv": "strconv", "strings": "strings",
    "subtle": "crypto/subtle", "sync": "sync", "syscall": "syscall", "time": "time",
    "unicode": "unicode", "url": "net/url", "utf8": "unicode/utf8", "atomic": "sync/atomic",
}  # fmt: skip
"""Packages of Go's library whose name means one path; ``rand`` and ``template`` mean two."""
_GO_BUILTIN = frozenset(
    {"append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len"}
    | {"make", "max", "min", "new", "panic", "print", "println", "real", "recover", "true"}
    | {"false", "nil", "iota", "error", "string", "bool", "byte", "rune", "int", "int8"}
    | {"int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr"}
    | {"float32", "float64", "complex64", "complex128", "any", "comparable", "_"}
)


def bind_packages(
    snapshot: Snapshot, path: str, before: str, after: str, language: Language
) -> str:
    """Return ``after`` with the imports that its new code needs, without those it no longer uses.

    Raises ``Abstain`` where a name is bound nowhere and no single package is known to have it.
    """
    if language.name == "go":
        return _bind_go(snapshot, path, before, after, language)
    return bind_java(snapshot, path, before, after, language)


def _bind_go(snapshot: Snapshot, path: str, before: str, after: str, language: Language) -> str:
    old, new = parse(language, before), parse(language, after)
    had, uses = _qualifiers(old), _qualifiers(new)
    known = set(_go_imports(new)) | _go_bound(new)
    for name in sorted(uses - had - known):
        if name not in _GO_PACKAGES:
            if _in_package(snapshot, path, name):
                continue
            raise Abstain(f"{name} is neither imported nor declared in {path}")
        after = _go_import(after, _GO_PACKAGES[name], language)
    plain = _go_plain(new) - _go_plain(old) - known - _GO_BUILTIN
    lost = _go_plain(old) - _go_plain(new)
    if len(plain) == 1 == len(lost) and _in_package(snapshot, path, next(iter(lost))):
        plain = set()  # another file of the package declares it under its new name
    for name in sorted(plain):
        if not _in_package(snapshot, path, name):
            raise Abstain(f"{name} is declared nowhere in the package")
    _refuse_fields(snapshot, path, old, new)
    for name in sorted(had - uses):
        after = _without_go(after, name, language)
    return after


def _refuse_fields(snapshot: Snapshot, path: str, old: SgNode, new: SgNode) -> None:
    """Raise ``Abstain`` where a literal of a struct of the package gets a field that it lacks."""
    before, now = set(_literal_fields(old)), set(_literal_fields(new))
    for kind, name in sorted(now - before):
        if not re.fullmatch(r"\w+", kind) or _is_renamed(kind, before, now, old, new):
            continue
        body = _struct(snapshot, path, kind)
        if body and not re.search(rf"\b{re.escape(name)}\b", body):
            raise Abstain(f"{kind} has no field {name}")


def _is_renamed(
    kind: str, before: set[tuple[str, str]], now: set[tuple[str, str]], old: SgNode, new: SgNode
) -> bool:
    """Tell whether one key of a struct's literals has only got another name, as its uses have."""
    gone = {name for one, name in before - now if one == kind}
    come = {name for one, name in now - before if one == kind}
    if len(gone) != 1 or len(come) != 1:
        return False
    was, became = next(iter(gone)), next(iter(come))
    selectors = [
        [text_of(one.field("field")) for one in of_kinds(root, ("selector_expression",))]
        for root in (old, new)
    ]
    return was not in selectors[1] and selectors[0].count(was) == selectors[1].count(became)


def _literal_fields(root: SgNode) -> Iterator[tuple[str, str]]:
    for literal in of_kinds(root, ("composite_literal",)):
        kind, body = text_of(literal.field("type")), literal.field("body")
        for pair in body.named_children() if body is not None else ():
            if pair.kind() == "keyed_element" and pair.named_children():
                yield kind, pair.named_children()[0].text()


def _struct(snapshot: Snapshot, path: str, name: str) -> str:
    """Return the body of the package's struct ``name``; nothing where there is none."""
    head = re.compile(rf"^type\s+{re.escape(name)}\s+struct\s*\{{(.*?)^\}}", re.M | re.S)
    folder = str(PurePosixPath(path).parent)
    for one in snapshot.files:
        beside = one.endswith(".go") and str(PurePosixPath(one).parent) == folder
        if beside and (match := head.search(snapshot.text(one))) is not None:
            return match[1]
    return ""


def _qualifiers(root: SgNode) -> set[str]:
    qualifiers = set()
    for node in of_kinds(root, ("selector_expression", "qualified_type")):
        owner = field(node, "operand", "package")
        if owner is not None and owner.kind() in {"identifier", "package_identifier"}:
            qualifiers.add(owner.text())
    return qualifiers


def _go_imports(root: SgNode) -> dict[str, SgNode]:
    specs = {}
    for spec in of_kinds(root, ("import_spec",)):
        alias = text_of(spec.field("name"))
        whole = text_of(spec.field("path")).strip('"`')
        last = re.sub(r"/v\d+$", "", whole).rpartition("/")[2]
        last = re.sub(r"^go-|[.-]v\d+$|\.go$|-go$", "", last)
        specs[alias or last] = spec
    return specs


def _go_bound(root: SgNode) -> set[str]:
    """Return every name that something in the file declares."""
    names = set()
    for node in walk(root):
        if node.kind() not in {"identifier", "field_identifier", "type_identifier"}:
            continue
        parent = node.parent()
        outer = parent.parent() if parent is not None else None
        kinds = {one.kind() for one in (parent, outer) if one is not None}
        if kinds & _GO_DECLARING and not (
            parent is not None and parent.kind() in {"call_expression", "selector_expression"}
        ):
            names.add(node.text())
    return names


_GO_DECLARING = frozenset(
    {"parameter_declaration", "variadic_parameter_declaration", "short_var_declaration", "var_spec"}
    | {"const_spec", "range_clause", "function_declaration", "type_spec", "receive_statement"}
    | {"type_switch_statement", "labeled_statement", "type_parameter_declaration"}
)


def _go_plain(root: SgNode) -> set[str]:
    names = set()
    for node in of_kinds(root, ("identifier",)):
        parent = node.parent()
        keyed = (
            parent is not None
            and parent.parent() is not None
            and (
                parent.parent().kind() == "keyed_element"  # type: ignore[union-attr]
            )
        )
        if not keyed:
            names.add(node.text())
    return names - _qualifiers(root)


def _in_package(snapshot: Snapshot, path: str, name: str) -> bool:
    """Tell whether a file of the package declares ``name`` at its top level."""
    head = re.compile(
        rf"^(?:func|type|var|const)\s+{re.escape(name)}\b|^\t{re.escape(name)}\b[^\n(]*(?:=|$)",
        re.M,
    )
    folder = str(PurePosixPath(path).parent)
    return any(
        head.search(snapshot.text(one))
        for one in snapshot.files
        if one.endswith(".go") and str(PurePosixPath(one).parent) == folder
    )


def _go_import(text: str, whole: str, language: Language) -> str:
    root = parse(language, text)
    specs = list(of_kinds(root, ("import_spec",)))
    listed = [one for one in specs if (one.parent() or one).kind() == "import_spec_list"]
    line = f'"{whole}"'
    if listed:
        plain = [one for one in listed if "." not in text_of(one.field("path")).split("/")[0]]
        above = [one for one in plain if text_of(one.field("path")).strip('"') < whole]
        if above:
            return apply(text, [insert(line_end(text, end(above[-1])), f"\t{line}\n")])
        first = (plain or listed)[0]
        return apply(text, [insert(line_start(text, start(first)), f"\t{line}\n")])
    if specs:
        single = specs[0].parent() or specs[0]
        both = sorted([text_of(specs[0].field("path")), line])
        body = "".join(f"\t{one}\n" for one in both)
        return apply(text, [Edit(start(single), end(single), f"import (\n{body})")])
    clause = next(iter(of_kinds(root, ("package_clause",))), None)
    if clause is None:
        raise Abstain("the file has no package clause")
    return apply(text, [insert(line_end(text, end(clause)), f"\nimport {line}\n")])


def _without_go(text: str, name: str, language: Language) -> str:
    spec = _go_imports(parse(language, text)).get(name)
    if spec is None:
        return text
    node = spec if (spec.parent() or spec).kind() == "import_spec_list" else spec.parent() or spec
    return apply(text, [Edit(line_start(text, start(node)), line_end(text, end(node)), "")])
