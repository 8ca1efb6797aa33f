"""Find names in languages that are read without their scopes: definitions, and where they stand.

What is found is a match of the name, so the answer is labelled ``by name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.parsed import root_of
from mendbook.code.references.go_holders import holders
from mendbook.code.references.go_locals import is_local
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.tokens import GRAMMARS
from mendbook.code.trees import MODULE
from mendbook.code.word_index import Words
from mendbook.model import BY_NAME, Reference, ReferenceKind
from mendbook.repository.snapshot import Snapshot

_SEARCHED = {
    *("go", "java", "kotlin", "rust", "csharp", "php", "ruby", "c", "cpp", "swift", "scala"),
}
LANGUAGES = {ending: name for ending, name in GRAMMARS.items() if name in _SEARCHED}
"""The endings of files that are searched by name, each with its grammar."""
_NAMES = (
    "identifier",
    "field_identifier",
    "type_identifier",
    "simple_identifier",
    "property_identifier",
    "package_identifier",
    "constant",
    "name",
)
_DEFINES = re.compile(
    r"(?:function|method|constructor|class|interface|trait|struct|enum|union|object|record|module"
    r"|singleton_method|type|protocol|const|property|companion_object|delegate)"
    r"_?(?:declaration|definition|item|spec|signature_item|alias_declaration)?"
)
_OWNERS = re.compile(r"(?:class|interface|trait|struct|enum|object|record|module|impl|protocol).*")
_CALLS = re.compile(r".*(?:call|invocation).*")
_MAKES = re.compile(
    r"object_creation_expression|new_expression|composite_literal|struct_expression"
)
_REACHES = re.compile(r".*(?:selector|member|field|navigation|scoped|suffix|access).*")
_PACKAGES = re.compile(r"(?:package|namespace)_(?:clause|declaration|header|definition)")
_ARGUMENTS = re.compile(r".*(?:argument|value_argument).*")


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """One definition, its name's place and its lines (1-based)."""

    file: str
    name: str
    owner: str
    line: int
    column: int
    first_line: int
    end_line: int
    private: bool = False
    """Its own file alone may use it; not known of C#, whose classes stand in several files."""


class ByName:
    """Answer where a name is defined and stands, in languages whose scopes are not followed."""

    name = BY_NAME

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self._snapshot = snapshot
        self._words = words
        self._known_holders: dict[tuple[str, str], frozenset[str]] = {}
        self.files = tuple(path for path in snapshot.files if is_covered(path))

    def defined(self, symbol: str, files: Iterable[str] | None = None) -> tuple[NamedSubject, ...]:
        """Return what ``symbol`` (``name`` or ``Type.member``) defines in ``files`` or anywhere."""
        parts = re.split(r"\.|::|#", symbol.removesuffix("="))
        name, owner = parts[-1], parts[-2] if len(parts) > 1 else ""
        several = self._words.holding(name, self.files) if files is None else files
        subjects = tuple(
            one
            for path in several
            if path in self._snapshot and is_covered(path)
            for one in self._definitions(path, name)
            if not owner or one.owner in {owner, ""}
        )
        return tuple(one for one in subjects if one.owner == owner) or subjects

    def at(self, path: str, line: int) -> NamedSubject | None:
        """Return the innermost function or type around ``line`` of ``path``; None without one."""
        innermost: NamedSubject | None = None
        for node in self._root(path).find_all(any=[{"kind": kind} for kind in self._kinds(path)]):
            span = node.range()
            label = _label(node)
            if label is not None and span.start.line < line <= span.end.line + 1:
                innermost = _subject(path, node, label)
        return innermost

    def references(self, subject: NamedSubject) -> tuple[Reference, ...]:
        """Return where the name of ``subject`` stands and defines nothing, by file and line."""
        uses = [_use(path, node) for path, node in self.places(subject)]
        return tuple(sorted(uses, key=lambda one: (one.file, one.line, one.column)))

    def places(self, subject: NamedSubject) -> Iterator[tuple[str, SgNode]]:
        """Yield each file and node where the name of ``subject`` stands and defines nothing."""
        suffix = _suffix(subject.file)
        same = {ending for ending, language in LANGUAGES.items() if language == LANGUAGES[suffix]}
        for path in self._words.holding(subject.name, self._seen_from(subject)):
            for node in self._named(path, subject.name) if _suffix(path) in same else ():
                parent = node.parent()
                if parent is None or _says_no_use(parent, node):
                    continue
                if suffix == ".rb" and not _may_mean_in_ruby(path, node, parent, subject):
                    continue
                if suffix != ".go" or self._may_mean(path, node, parent, subject):
                    yield path, node

    def _seen_from(self, subject: NamedSubject) -> tuple[str, ...]:
        """Return the files that may use ``subject``: its own, those of its package, or all."""
        if subject.private:
            return (subject.file,)
        if subject.file.endswith(".go") and subject.owner and subject.name[:1].islower():
            folder = subject.file.rpartition("/")[0]
            return tuple(path for path in self.files if path.rpartition("/")[0] == folder)
        return self.files

    def _may_mean(self, path: str, node: SgNode, parent: SgNode, subject: NamedSubject) -> bool:
        """Tell whether a name in Go may mean ``subject``, by what stands before it.

        A member is used on a value; what a package declares stands bare in the package, and behind
        the package's name elsewhere.
        """
        kind = parent.kind()
        holder = parent.field("operand") or parent.field("package")
        behind = holder is not None and holder.range().start.index != node.range().start.index
        if subject.owner:
            if not behind or (holder is not None and holder.text() in self._imported(path)):
                return False
            return holder is None or self._may_hold(holder.text(), subject)
        if not behind and kind != "qualified_type":
            if is_local(node):
                return False
            return path.rpartition("/")[0] == subject.file.rpartition("/")[0]
        folder = subject.file.rpartition("/")[0]
        names = {self._package(subject.file), folder.rpartition("/")[2]}
        names = (names - self._namesakes(path, folder)) | self._aliases(path, folder)
        return holder is not None and holder.text() in names

    def _may_hold(self, holder: str, subject: NamedSubject) -> bool:
        """Tell whether ``holder`` may be of the type that ``subject`` is a member of.

        Where an interface has a member of that name, any value may.
        """
        known = self._holders(subject)
        last = re.split(r"\W+", holder.rstrip(")(]"))[-1]
        return not known or last in known or subject.owner in holder

    def _holders(self, subject: NamedSubject) -> frozenset[str]:
        """Return the names of variables of the type, empty where it is reached through others."""
        key = (subject.owner, subject.name)
        if key not in self._known_holders:
            texts = {path: self._snapshot.text(path) for path in self.files if path.endswith(".go")}
            self._known_holders[key] = holders(subject.owner, subject.name, texts)
        return self._known_holders[key]

    def _imported(self, path: str) -> set[str]:
        """Return the names by which the Go file ``path`` knows the packages that it imports."""
        imports = re.findall(
            r'(?m)^\s*(?:import\s+)?(?:(\w+)\s+)?"([^"\s]+)"$', self._snapshot.text(path)
        )
        return {
            alias or re.sub(r"/v\d+$|\.v\d+$", "", package).rpartition("/")[2]
            for alias, package in imports
        }

    def _package(self, path: str) -> str:
        clause = re.search(r"(?m)^package\s+(\w+)", self._snapshot.text(path))
        return clause[1] if clause is not None else ""

    def _aliases(self, path: str, folder: str) -> set[str]:
        """Return the names that ``path`` gives to the package of ``folder`` when importing it."""
        name = re.escape(folder.rpartition("/")[2])
        imported = rf'(?m)^\s*(?:import\s+)?(\w+)\s+"([^"\s]*/)?{name}"'
        return {
            match[1]
            for match in re.finditer(imported, self._snapshot.text(path))
            if _ends_alike(f"{match[2] or ''}{folder.rpartition('/')[2]}", folder)
        }

    def _namesakes(self, path: str, folder: str) -> set[str]:
        """Return the names of packages that ``path`` imports and that are not of ``folder``."""
        packages = re.findall(r'(?m)^\s*(?:import\s+)?"([^"\s]+)"', self._snapshot.text(path))
        return {one.rpartition("/")[2] for one in packages if not _ends_alike(one, folder)}

    def _definitions(self, path: str, name: str) -> Iterator[NamedSubject]:
        for node in self._named(path, name):
            parent = node.parent()
            if parent is not None and _defines(parent, node):
                yield _subject(path, parent, node)

    def _named(self, path: str, name: str) -> list[SgNode]:
        nodes = find_all(self._root(path), *_NAMES, regex=f"^{re.escape(name)}$")
        return sorted(nodes, key=lambda node: node.range().start.index)

    def _kinds(self, path: str) -> list[str]:
        """Return the kinds of nodes in the file that define something."""
        kinds: dict[str, None] = {}
        waiting = [self._root(path)]
        while waiting:
            node = waiting.pop()
            if _DEFINES.fullmatch(node.kind()) and node.is_named():
                kinds[node.kind()] = None
            waiting.extend(node.named_children())
        return list(kinds) or ["ERROR"]

    def _root(self, path: str) -> SgNode:
        return root_of(LANGUAGES[_suffix(path)], self._snapshot.text(path))


def _ends_alike(package: str, folder: str) -> bool:
    """Tell whether the import path ``package`` ends in ``folder`` or what of it is below a root."""
    return package == folder or package.endswith(f"/{folder}")


def is_covered(path: str) -> bool:
    """Tell whether names of ``path`` can be looked up by name."""
    return _suffix(path) in LANGUAGES


def _suffix(path: str) -> str:
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return dot + ending.lower() if name else ""


def _subject(path: str, node: SgNode, label: SgNode) -> NamedSubject:
    span, at = node.range(), label.range().start
    return NamedSubject(
        file=path,
        name=label.text(),
        owner=_owner(node),
        line=at.line + 1,
        column=at.column + 1,
        first_line=span.start.line + 1,
        end_line=span.end.line + 1,
        private=not path.endswith(".cs") and _is_private(node),
    )


def _is_private(node: SgNode) -> bool:
    """Tell whether the definition says that only what stands around it may use it."""
    return any(
        re.search(r"\b(?:file)?private\b", one.text())
        for one in node.children()
        if re.fullmatch(r"modifiers?|visibility_modifier|access_modifier", one.kind())
    )


def _label(node: SgNode) -> SgNode | None:
    named = node.field("name")
    if named is not None:
        return named
    declared = node.field("declarator")
    while declared is not None and declared.field("declarator") is not None:
        declared = declared.field("declarator")
    children = [declared] if declared is not None else node.named_children()
    return next((one for one in children if one is not None and one.kind() in _NAMES), None)


def _defines(parent: SgNode, node: SgNode) -> bool:
    if parent.kind() == "setter" and (above := parent.parent()) is not None:
        parent = above
    if parent.kind() == "function_declarator":
        return True
    if parent.kind() == "var_spec":
        named = parent.field("name")
        own = named is not None and named.range().start.index == node.range().start.index
        return own and _is_of_a_package(parent)
    if not _DEFINES.fullmatch(parent.kind()):
        return False
    label = _label(parent)
    return label is not None and label.range().start.index == node.range().start.index


def _owner(node: SgNode) -> str:
    receiver = node.field("receiver")
    if receiver is not None:
        named = find_all(receiver, "type_identifier")
        return named[0].text() if named else ""
    for outer in node.ancestors():
        if _OWNERS.fullmatch(outer.kind()):
            label = _label(outer) or outer.field("type")
            if label is not None:
                return label.text()
    return ""


def _may_mean_in_ruby(path: str, node: SgNode, parent: SgNode, subject: NamedSubject) -> bool:
    """Tell whether a name in Ruby may mean ``subject``, by what it is called on.

    A name of one word is meant bare in its own file, and elsewhere on its class or on a variable
    named after it; Rails calls the actions of controllers itself.
    """
    if not subject.owner or "_" in subject.name.strip("_"):
        return True
    on = parent.field("receiver")
    own = path == subject.file
    if on is None or on.range() == node.range():
        return own
    if subject.file.endswith("_controller.rb") and not own:
        return False
    last = re.split(r"\W+", on.text().rstrip(")(]"))[-1]
    kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", subject.owner.rpartition("::")[2]).lower()
    return last in {"self", subject.owner} or last.lower().endswith(kind)


def _is_of_a_package(spec: SgNode) -> bool:
    """Tell whether a variable of Go is declared outside of functions, alone or in a list."""
    above = spec.parent()
    while above is not None and above.kind() in {"var_spec_list", "var_declaration"}:
        above = above.parent()
    return above is not None and above.kind() == "source_file"


def _says_no_use(parent: SgNode, node: SgNode) -> bool:
    """Tell whether ``node`` defines its name, or names a package or a macro of another one.

    ``#[tokio::main]`` uses no function ``main`` of the file.
    """
    above = parent.parent()
    macro = "scoped" in parent.kind() and above is not None and above.kind() == "attribute"
    return macro or _defines(parent, node) or _PACKAGES.fullmatch(parent.kind()) is not None


def _use(path: str, node: SgNode) -> Reference:
    at, parent = node.range().start, node.parent()
    kind = _kind(node, parent) if parent is not None else ReferenceKind.READ
    return Reference(path, at.line + 1, kind, _enclosing(node), is_test(path), at.column + 1)


def _kind(node: SgNode, parent: SgNode) -> ReferenceKind:
    inner = node
    while parent is not None and _REACHES.fullmatch(parent.kind()) and not _is_call(parent):
        if parent.range().end.index != inner.range().end.index:
            return ReferenceKind.READ
        inner, above = parent, parent.parent()
        if above is None:
            return ReferenceKind.READ
        parent = above
    kind = parent.kind()
    if "import" in kind or kind in {"use_declaration", "using_directive", "use_as_clause"}:
        return ReferenceKind.IMPORT
    if _MAKES.fullmatch(kind):
        return ReferenceKind.CONSTRUCT
    if _is_call(parent):
        if any(parent.field(part) == inner for part in ("object", "receiver", "scope")):
            return ReferenceKind.READ
        given = parent.field("arguments")
        inside = given is not None and given.range().start.index <= inner.range().start.index
        return ReferenceKind.PASSED if inside else ReferenceKind.CALL
    if _ARGUMENTS.fullmatch(kind):
        return ReferenceKind.PASSED
    return ReferenceKind.TYPE if node.kind() == "type_identifier" else ReferenceKind.READ


def _is_call(node: SgNode) -> bool:
    return _CALLS.fullmatch(node.kind()) is not None and "suffix" not in node.kind()


def _enclosing(node: SgNode) -> str:
    for outer in node.ancestors():
        if _DEFINES.fullmatch(outer.kind()) and (label := _label(outer)) is not None:
            owner = _owner(outer)
            return f"{owner}.{label.text()}" if owner else label.text()
    return MODULE
