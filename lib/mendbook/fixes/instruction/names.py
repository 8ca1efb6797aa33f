"""Bind the names that new code uses: import what one module is known to export, or abstain."""

from __future__ import annotations

import builtins
import importlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, insert, line_end, remove
from mendbook.code.exports import exports
from mendbook.code.imports import add_import, cut_from_list, required, unused_imports
from mendbook.code.module_text import Module, imports, load, parse_text, specifier_for
from mendbook.code.modules.resolver import resolve
from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.known_exports import known_packages
from mendbook.fixes.instruction.language import Language, language_of, parse
from mendbook.fixes.instruction.packages import bind_packages
from mendbook.fixes.instruction.syntax import (
    end,
    name_of,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.proving.binds.platform_names import is_host_name
from mendbook.repository.snapshot import Snapshot

_JS_GLOBALS = frozenset(
    [
        "Promise",
        "Number",
        "String",
        "Boolean",
        "Array",
        "Object",
        "Symbol",
        "BigInt",
        "Math",
        "JSON",
        "Date",
        "RegExp",
        "Error",
        "TypeError",
        "RangeError",
        "SyntaxError",
        "AggregateError",
        "Map",
        "Set",
        "WeakMap",
        "WeakSet",
        "WeakRef",
        "Proxy",
        "Reflect",
        "Intl",
        "console",
        "process",
        "Buffer",
        "globalThis",
        "global",
        "window",
        "document",
        "navigator",
        "location",
        "history",
        "localStorage",
        "sessionStorage",
        "fetch",
        "Headers",
        "Request",
        "Response",
        "URL",
        "URLSearchParams",
        "FormData",
        "Blob",
        "File",
        "AbortController",
        "AbortSignal",
        "Event",
        "EventTarget",
        "CustomEvent",
        "MessageChannel",
        "WebSocket",
        "setTimeout",
        "setInterval",
        "setImmediate",
        "clearTimeout",
        "clearInterval",
        "clearImmediate",
        "queueMicrotask",
        "structuredClone",
        "performance",
        "crypto",
        "TextEncoder",
        "TextDecoder",
        "parseInt",
        "parseFloat",
        "isNaN",
        "isFinite",
        "encodeURIComponent",
        "decodeURIComponent",
        "encodeURI",
        "decodeURI",
        "undefined",
        "NaN",
        "Infinity",
        "arguments",
        "require",
        "module",
        "exports",
        "__dirname",
        "__filename",
        "this",
        "super",
        "async",
        "await",
        "of",
        "as",
        "any",
        "unknown",
        "never",
        "void",
        "string",
        "number",
        "boolean",
        "object",
        "symbol",
        "bigint",
        "null",
        "true",
        "false",
        "Record",
        "Partial",
        "Readonly",
        "Required",
        "Pick",
        "Omit",
        "Exclude",
        "Extract",
        "ReturnType",
        "Awaited",
        "Parameters",
        "NonNullable",
        "Iterable",
        "AsyncIterable",
        "Generator",
        "ReadonlyArray",
        "ReadonlyMap",
        "ReadonlySet",
        "NodeJS",
        "React",
        "Uint8Array",
        "ArrayBuffer",
        "Uint16Array",
        "Uint32Array",
        "Float64Array",
        "DataView",
        "requestAnimationFrame",
        "cancelAnimationFrame",
        "ResizeObserver",
        "IntersectionObserver",
        "MutationObserver",
        "alert",
        "const",
    ]
)
_NODE = {
    **dict.fromkeys(
        ("randomUUID", "createHash", "createHmac", "timingSafeEqual", "randomBytes", "randomInt"),
        "node:crypto",
    ),
    "pipeline": "node:stream/promises",
}
_STANDARD = (
    "datetime", "typing", "collections", "functools", "itertools", "pathlib", "contextlib",
    "dataclasses", "decimal", "enum", "uuid", "abc", "fractions", "statistics", "types",
)  # fmt: skip
"""Modules of Python's library whose names are often imported by name."""


def bind(
    snapshot: Snapshot,
    path: str,
    before: str,
    after: str,
    said: Mapping[str, str],
) -> str:
    """Return ``after`` with what its new code needs imported, and what it dropped no longer so.

    ``said`` maps names to the modules or files that the fix text gives for them. Raises
    ``Abstain`` where a name is bound nowhere and no single module is known to export it.
    """
    language = language_of(path)
    if language is None:
        return after
    if language.name in {"go", "java"}:
        return bind_packages(snapshot, path, before, after, language)
    old, new = parse(language, before), parse(language, after)
    known = _bound(old, language) | _bound(new, language)
    spelled = _used(old, language)
    wanted = [one for one in dict.fromkeys(_used(new, language)) if one not in known]
    fresh = [one for one in wanted if one not in spelled or one in said]
    for name in [
        *fresh,
        *(one for one in said if one in _used(new, language) and one not in fresh),
    ]:
        if name in _bound(parse(language, after), language):
            continue
        if is_global(name, language) and name not in said:
            continue
        after = _with_import(snapshot, path, after, name, language, said)
    gone = set(spelled) - set(_used(parse(language, after), language))
    return _without_imports(path, after, gone, language)


def is_global(name: str, language: Language) -> bool:
    """Tell whether the language or its host binds ``name`` in every file."""
    if language.script:
        return name in _JS_GLOBALS or is_host_name(name)
    if language.python:
        return hasattr(builtins, name) or name in {"__name__", "__file__", "self", "cls"}
    return True


def _used(root: SgNode, language: Language) -> dict[str, int]:
    """Return the names that are read as variables or types, with how often."""
    found: dict[str, int] = {}
    for node in of_kinds(root, _NAMES, language):
        if language.python and not _reads(node):
            continue
        outers = node.ancestors()
        if (
            outers
            and outers[0].kind() == "nested_type_identifier"
            and ((part := outers[0].field("name")) is not None and start(part) == start(node))
        ):
            continue
        if any(one.kind() in _IMPORTS for one in outers):
            continue
        if any(one.kind() == "export_statement" and one.field("source") for one in outers):
            continue
        found[node.text()] = found.get(node.text(), 0) + 1
    return found


def names_read(root: SgNode, language: Language) -> set[str]:
    """Return the names that code below ``root`` reads, imports left out."""
    return set(_used(root, language))


_NAMES = frozenset({"identifier", "type_identifier", "shorthand_property_identifier"})
_BINDERS = frozenset({"identifier", "type_identifier", "shorthand_property_identifier_pattern"})
_IMPORTS = {"import_statement", "import_from_statement", "future_import_statement"}


def _reads(node: SgNode) -> bool:
    """Tell whether an identifier of Python is a variable: no attribute, no keyword's name."""
    parent = node.parent()
    if parent is None:
        return True
    if parent.kind() == "attribute":
        owner = parent.field("attribute")
        return owner is None or start(owner) != start(node)
    if parent.kind() == "keyword_argument":
        label = parent.field("name")
        return label is None or start(label) != start(node)
    return True


def is_read(node: SgNode, language: Language) -> bool:
    """Tell whether an identifier is a variable that is read, and no member, key or import."""
    if language.python and not _reads(node):
        return False
    return not any(one.kind() in _IMPORTS for one in node.ancestors())


def _bound(root: SgNode, language: Language) -> set[str]:
    """Return every name that the file declares, imports or takes as a parameter, in any scope."""
    return {one.text() for one in binders(root, language)}


def binders(root: SgNode, language: Language) -> Iterator[SgNode]:
    """Yield the identifiers that bind a name: declarations, parameters, imports."""
    for node in of_kinds(root, _BINDERS, language):
        parent = node.parent()
        if parent is None:
            continue
        if node.kind() == "shorthand_property_identifier_pattern" or _declares(
            node, parent, language
        ):
            yield node


_DECLARING = {
    "variable_declarator": "name",
    "function_declaration": "name",
    "generator_function_declaration": "name",
    "function_expression": "name",
    "class_declaration": "name",
    "abstract_class_declaration": "name",
    "class": "name",
    "interface_declaration": "name",
    "type_alias_declaration": "name",
    "enum_declaration": "name",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
    "catch_clause": "parameter",
    "arrow_function": "parameter",
    "for_in_statement": "left",
    "assignment_pattern": "left",
    "function_definition": "name",
    "class_definition": "name",
    "assignment": "left",
    "named_expression": "name",
    "default_parameter": "name",
    "typed_default_parameter": "name",
    "for_statement": "left",
    "for_in_clause": "left",
    "enhanced_for_statement": "name",
    "type_parameter": "name",
    "namespace_import": "",
    "import_clause": "",
    "rest_pattern": "",
    "array_pattern": "",
    "formal_parameters": "",
    "parameters": "",
    "lambda_parameters": "",
    "typed_parameter": "",
    "list_splat_pattern": "",
    "dictionary_splat_pattern": "",
    "as_pattern_target": "",
    "pattern_list": "",
    "tuple_pattern": "",
    "aliased_import": "alias",
}


def _declares(node: SgNode, parent: SgNode, language: Language) -> bool:
    kind = parent.kind()
    if kind == "import_specifier":
        label = parent.field("alias") or parent.field("name")
        return label is not None and start(label) == start(node)
    if kind == "dotted_name":
        outer = parent.parent()
        if outer is None or outer.kind() not in {*_IMPORTS, "aliased_import"}:
            return False
        if outer.kind() == "aliased_import":
            return False
        module = outer.field("module_name")
        if module is not None and start(module) == start(parent):
            return False
        return start(parent) == start(node)
    if kind == "pair_pattern":
        value = parent.field("value")
        return value is not None and start(value) == start(node)
    if kind == "typed_parameter":
        return start(parent) == start(node)
    if kind not in _DECLARING:
        return False
    part = _DECLARING[kind]
    if not part:
        return True
    named = parent.field(part)
    return named is not None and start(named) == start(node)


def _with_import(
    snapshot: Snapshot,
    path: str,
    text: str,
    name: str,
    language: Language,
    said: Mapping[str, str],
) -> str:
    if language.script:
        return _script_import(snapshot, path, text, name, said.get(name, ""))
    if language.python:
        return _python_import(snapshot, path, text, name, said.get(name, ""))
    raise Abstain(f"{name} is not declared in {path}")


def _script_import(snapshot: Snapshot, path: str, text: str, name: str, said: str) -> str:
    module = parse_text(path, text)
    specifier, default = _script_source(snapshot, module, name, said)
    local = [one for one in required(module).values() if one.startswith(".")]
    if specifier.startswith(".") and local and not any(one.endswith(".js") for one in local):
        specifier = specifier.removesuffix(".js")
    if default:
        raise Abstain(f"{name} is a default export of {specifier}; import it by hand")
    if (typed := _among_types(snapshot, path, text, name, specifier)) is not None:
        return typed
    edits = add_import(module, name, specifier)
    return apply(text, edits)


def _among_types(snapshot: Snapshot, path: str, text: str, name: str, specifier: str) -> str | None:
    """Return ``text`` with a type in the ``import type`` of its module; None without one."""
    home = re.compile(rf"^export\s+(?:declare\s+)?(?:type|interface)\s+{re.escape(name)}\b", re.M)
    listed = re.search(
        rf"^import type \{{(?P<names>[^{{}}]+)\}} from ['\"]{re.escape(specifier)}['\"]", text, re.M
    )
    if listed is None or not any(
        home.search(snapshot.text(one)) for one in snapshot.files if _is_script(one) and one != path
    ):
        return None
    names = listed["names"].rstrip().rstrip(",")
    tail = listed["names"][len(names) :]
    lead = re.search(r"\n[ \t]*(?=\S[^\n]*$)", names)
    gap = lead[0] if lead is not None else " "
    return (
        text[: listed.start("names")] + f"{names},{gap}{name}{tail}" + text[listed.end("names") :]
    )


def _script_source(snapshot: Snapshot, module: Module, name: str, said: str) -> tuple[str, bool]:
    if said and "/" in said and said in snapshot:
        if name not in _exported(snapshot, said):
            raise Abstain(f"{said} does not export {name}")
        return specifier_for(snapshot, module, said), False
    if said:
        return said, False
    homes = [
        one
        for one in snapshot.files
        if _is_script(one)
        and not is_test(one)
        and one != module.path
        and name in snapshot.text(one)
        and name in _exported(snapshot, one)
    ]
    if len(homes) > 1:
        homes = _imported_homes(snapshot, homes, name) or homes
    if len(homes) == 1:
        return specifier_for(snapshot, module, homes[0]), False
    if len(homes) > 1:
        raise Abstain(f"{name} is exported by several modules ({', '.join(homes[:4])})")
    packages = _package_imports(snapshot, name)
    if len(packages) == 1:
        return packages.pop(), False
    if name in _NODE:
        return _NODE[name], False
    known = [one for one in known_packages(name, python=False) if _is_imported(snapshot, one)]
    if len(known) == 1:
        return known[0], False
    raise Abstain(f"{name} is not declared in {module.path}, and no module here exports it")


def _is_imported(snapshot: Snapshot, package: str) -> bool:
    """Tell whether a file of the tree imports ``package``."""
    said = re.compile(rf"(?:from\s+|require\(\s*)['\"]{re.escape(package)}['\"]")
    return any(said.search(snapshot.text(one)) for one in snapshot.files if _is_script(one))


def _is_script(path: str) -> bool:
    language = language_of(path)
    return language is not None and language.script


def _exported(snapshot: Snapshot, path: str) -> set[str]:
    found = load(snapshot, path)
    if found is None:
        return set()
    names = set(exports(found))
    common = re.search(r"module\.exports\s*=\s*\{([^}]*)\}", found.text)
    names |= set(re.findall(r"(?:^|,)\s*([\w$]+)\s*(?=,|:|$)", common[1])) if common else set()
    return names | set(re.findall(r"^exports\.([\w$]+)\s*=", found.text, re.MULTILINE))


def _imported_homes(snapshot: Snapshot, homes: Sequence[str], name: str) -> list[str]:
    """Return those of ``homes`` that other files import ``name`` from."""
    used: set[str] = set()
    for path in snapshot.files:
        found = load(snapshot, path) if name in snapshot.text(path) else None
        for one in imports(found) if found is not None else ():
            if one.imported == name:
                used.add(resolve(snapshot, path, one.specifier) or "")
    return [one for one in homes if one in used]


def _package_imports(snapshot: Snapshot, name: str) -> set[str]:
    """Return the packages from which files of the tree import ``name``."""
    found: set[str] = set()
    for path in snapshot.files:
        module = load(snapshot, path) if name in snapshot.text(path) else None
        for one in imports(module) if module is not None else ():
            if one.imported == name == one.local and resolve(snapshot, path, one.specifier) is None:
                found.add(one.specifier)
    return {one for one in found if not one.startswith(".")}


def _python_import(snapshot: Snapshot, path: str, text: str, name: str, said: str) -> str:
    if said:
        module = said[:-3].replace("/", ".") if said.endswith(".py") else said
        if module == name:
            return _placed(text, f"import {name}")
        home = python_file(snapshot, module)
        if home is not None and name not in _python_names(snapshot.text(home)):
            raise Abstain(f"{home} does not define {name}")
        return _from_import(text, module, name)
    if name in sys.stdlib_module_names:
        return _placed(text, f"import {name}")
    for module in _STANDARD:
        beside = re.search(rf"^from {module} import", text, re.MULTILINE)
        if beside and hasattr(importlib.import_module(module), name):
            return _from_import(text, module, name)
    homes = [
        one
        for one in snapshot.files
        if one.endswith(".py") and one != path and not is_test(one)
        and re.search(rf"^(?:async def|def|class) {re.escape(name)}\b|^{re.escape(name)}\s*[:=]",
                      snapshot.text(one), re.MULTILINE)
    ]  # fmt: skip
    if len(homes) == 1:
        return _from_import(text, _module_name(snapshot, path, homes[0], text), name)
    packages = {
        found[1]
        for one in snapshot.files
        if one.endswith(".py")
        for found in re.finditer(
            rf"^from (?!\.)([\w.]+) import (?:[^\n(]*\b|\([^)]*\b){re.escape(name)}\b",
            snapshot.text(one),
            re.MULTILINE,
        )
    }
    if not homes and len(packages) == 1:
        return _from_import(text, packages.pop(), name)
    for module in ("typing", "datetime", "collections", "pathlib", "functools", "contextlib"):
        if not homes and not packages and hasattr(importlib.import_module(module), name):
            return _from_import(text, module, name)
    known = [
        one
        for one in known_packages(name, python=True)
        if _says(snapshot, rf"^\s*(?:from {re.escape(one)} import|import {re.escape(one)}\b)")
    ]
    if not homes and not packages and len(known) == 1:
        return _from_import(text, known[0], name)
    if len(homes) > 1:
        raise Abstain(f"{name} is defined by several modules ({', '.join(homes[:4])})")
    raise Abstain(f"{name} is not defined in {path}, and no module here defines it")


def _says(snapshot: Snapshot, pattern: str) -> bool:
    """Tell whether a file of Python has a line that ``pattern`` matches."""
    said = re.compile(pattern, re.MULTILINE)
    return any(said.search(snapshot.text(one)) for one in snapshot.files if one.endswith(".py"))


def python_file(snapshot: Snapshot, module: str) -> str | None:
    """Return the one file that a dotted module name means, or None."""
    stem = module.replace(".", "/")
    found = [
        one
        for one in snapshot.files
        if one in {f"{stem}.py", f"{stem}/__init__.py"}
        or one.endswith((f"/{stem}.py", f"/{stem}/__init__.py"))
    ]
    return found[0] if len(found) == 1 else None


def _python_names(text: str) -> set[str]:
    language = language_of("m.py")
    return _bound(parse(language, text), language) if language is not None else set()


def _module_name(snapshot: Snapshot, path: str, home: str, text: str) -> str:
    """Return how ``path`` names the module ``home``: as its other imports do."""
    dotted = home.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
    prefixes = {dotted.split(".")[at:][0]: ".".join(dotted.split(".")[at:]) for at in (0, 1)}
    tops = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
    for top, spelled in prefixes.items():
        if top in tops:
            return spelled
    folder = path.rpartition("/")[0]
    if re.search(r"^from \.", text, re.MULTILINE) and home.rpartition("/")[0] == folder:
        return "." + home.rpartition("/")[2].removesuffix(".py")
    return dotted.removeprefix("src.") if "src" in snapshot.files[0] else dotted


def _from_import(text: str, module: str, name: str) -> str:
    language = language_of("m.py")
    root = parse(language, text) if language is not None else None
    for node in root.children() if root is not None else []:
        if node.kind() != "import_from_statement":
            continue
        if text_of(node.field("module_name")) != module:
            continue
        names = [one for one in node.children() if one.kind() in {"dotted_name", "aliased_import"}]
        if len(names) > 1:
            at = _sorted_place(names[1:], name)
            return apply(text, [insert(at[0], at[1])])
    return _placed(text, f"from {module} import {name}")


def _sorted_place(names: Sequence[SgNode], name: str) -> tuple[int, str]:
    """Return where ``name`` goes in a list of imported names, and what is written there."""
    listed = [one.text() for one in names]
    if listed == sorted(listed, key=_rank):
        for one in names:
            if _rank(one.text()) > _rank(name):
                return start(one), f"{name}, "
    return end(names[-1]), f", {name}"


def _rank(name: str) -> tuple[int, str]:
    """Return how import sorters order a name: constants, classes, the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name.lower())


def _placed(text: str, statement: str) -> str:
    return apply(text, place_import(text, statement))


def place_import(text: str, statement: str) -> list[Edit]:
    """Return the edit that inserts a Python import among its like, below the docstring."""
    language = language_of("m.py")
    if language is None:
        return []
    root = parse(language, text)
    children = [one for one in root.children() if one.is_named()]
    top = [one for one in children if one.kind() in {"import_statement", "import_from_statement"}]
    plain = statement.startswith("import ")
    alike = [one for one in top if (one.kind() == "import_statement") == plain]
    group = _group(statement)
    same = [one for one in alike if _group(one.text()) == group]
    lower = [one for one in same if squeezed(one.text()).lower() < statement.lower()]
    if lower:
        return [insert(line_end(text, end(lower[-1])), f"{statement}\n")]
    if same:
        return [insert(start(same[0]), f"{statement}\n")]
    beside = [one for one in top if _group(one.text()) == group]
    if beside:
        at = start(beside[0]) if plain else line_end(text, end(beside[-1]))
        return [insert(at, f"{statement}\n")]
    earlier = [one for one in top if _group(one.text()) < group]
    if earlier:
        return [insert(line_end(text, end(earlier[-1])), f"\n{statement}\n")]
    if top:
        return [insert(start(top[0]), f"{statement}\n\n")]
    head = [one for one in children if one.kind() == "future_import_statement"] or [
        one
        for one in children[:1]
        if one.kind() == "expression_statement" and one.named_children()[0].kind() == "string"
    ]
    if head:
        return [insert(line_end(text, end(head[-1])), f"\n{statement}\n")]
    first = start(children[0]) if children else len(text)
    return [insert(first, f"{statement}\n\n")]


def _group(statement: str) -> int:
    """Return 0 for Python's own library, 1 for packages, 2 for relative modules."""
    module = re.sub(r"^(?:from|import)\s+", "", statement.strip())
    if module.startswith("."):
        return 3
    return 0 if re.split(r"[.\s,]", module)[0] in sys.stdlib_module_names else 2


def _without_imports(path: str, text: str, gone: set[str], language: Language) -> str:
    """Drop the imports of names that the edit has taken the last use of."""
    if not gone:
        return text
    if language.script:
        module = parse_text(path, text)
        return apply(text, unused_imports(module, gone))
    if not language.python:
        return text
    while (edit := _unused_python(text, gone, language)) is not None:
        text = apply(text, [edit])
    return text


def _unused_python(text: str, gone: set[str], language: Language) -> Edit | None:
    root = parse(language, text)
    listed = re.search(r"__all__\s*=", text) is not None
    for node in of_kinds(root, ("import_statement", "import_from_statement")):
        parts = [
            one
            for one in node.named_children()
            if one.kind() in {"dotted_name", "aliased_import"}
            and start(one) != start(node.field("module_name") or node)
        ]
        for part in parts:
            alias = part.field("alias")
            local = text_of(alias) or part.text().split(".")[0]
            if local not in gone or (listed and f'"{local}"' in text):
                continue
            return (
                remove(text, node, comments=False) if len(parts) == 1 else cut_from_list(text, part)
            )
    return None


def declared_members(snapshot: Snapshot, path: str, root: SgNode, name: str) -> set[str] | None:
    """Return the members of the object, enum or class that ``name`` means, or None if unknown."""
    language = language_of(path)
    if language is None:
        return None
    for one in of_kinds(root, language.assignments | language.types | language.classes):
        if name_of(one) == name:
            return _members(one, language)
    if not language.script:
        return None
    for bound in imports(parse_text(path, root.text())):
        home = resolve(snapshot, path, bound.specifier) if bound.local == name else None
        text = snapshot.get(home) if home else None
        if home and text is not None and (other := language_of(home)) is not None:
            tree = parse(other, text)
            for found in of_kinds(tree, other.assignments | other.types | other.classes):
                if name_of(found) == bound.imported:
                    return _members(found, other)
    return None


def _members(declared: SgNode, language: Language) -> set[str] | None:
    if declared.kind() == "enum_declaration":
        body = declared.field("body")
        inner = body.named_children() if body is not None else []
        return {text_of(one.field("name")) or one.text() for one in inner}
    value = declared.field("value")
    while value is not None and value.kind() in {"as_expression", "satisfies_expression"}:
        value = value.named_children()[0]
    if value is not None and value.kind() == "call_expression":
        frozen = text_of(value.field("function")) == "Object.freeze"
        given = value.field("arguments")
        value = given.named_children()[0] if frozen and given is not None else None
    if value is None or value.kind() != "object":
        return None
    inner = value.named_children()
    if any(one.kind() == "spread_element" for one in inner):
        return None
    return {name_of(one) or one.text() for one in inner}


def missing_member(snapshot: Snapshot, path: str, before: str, after: str) -> str:
    """Return a member that new code reads of an object which is seen not to have it, or nothing."""
    language = language_of(path)
    if language is None or not language.script:
        return ""
    old = {one.text() for one in of_kinds(parse(language, before), ("member_expression",))}
    root = parse(language, after)
    for one in of_kinds(root, ("member_expression",)):
        owner, member = one.field("object"), one.field("property")
        if one.text() in old or owner is None or member is None or owner.kind() != "identifier":
            continue
        known = declared_members(snapshot, path, root, owner.text())
        if known is not None and member.text() not in known | {"length", "name"}:
            return one.text()
    return ""
