"""What the code around a finding does today, for the words on what a change of it can break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ast_grep_py import SgNode

from mendbook.changes.syntax_kinds import BLOCKS, Kinds, kinds_of
from mendbook.model import Citation, FindingFacts, Reference, ReferenceKind
from mendbook.repository.snapshot import Snapshot
from mendbook.text.phrasing import listed, some

_THROWN = re.compile(r"\b(?:throw|raise)\s+(?:new\s+)?([A-Za-z_][\w.]*)")
_ANY_ERROR = re.compile(r"\b(?:Exception|BaseException|Throwable)\b")
_TRIES = {"try_statement"}
_HANDLERS = {"catch_clause", "except_clause"}
_ROUTE = re.compile(r"[A-Z]+ /\S*|server action \w+|page /\S*")
_MAKING = frozenset({ReferenceKind.CONSTRUCT, ReferenceKind.TYPE, ReferenceKind.REEXPORT})
"""Uses of a class: what a method throws reaches who calls that, and not who makes the object."""
_FEW = 2
"""Routes that a sentence can name in place of its subject."""
_ENDS_ONLY = re.compile(r"[\s})\],;\d]*")
"""A line that only ends what began before it."""
_NAMES = re.compile(r"[A-Za-z_$][\w$]*")
_TAKES = re.compile(r"\.(?:R?Lock|lock|acquire|writeLock|readLock)\(")


@dataclass(frozen=True, slots=True)
class At:
    """A function or a statement, and its line."""

    name: str
    file: str
    line: int
    bare: bool = False
    """Whether the name is words, and no name of code."""

    @property
    def place(self) -> Citation:
        """Its line."""
        return Citation(self.file, self.line)

    def __str__(self) -> str:
        """Return it as a sentence names it."""
        name = self.name if self.bare else f"`{self.name}`"
        return f"{name} ({self.place})" if self.name else str(self.place)


class Today:
    """The function around a finding's place, and the code that uses it."""

    def __init__(self, facts: FindingFacts, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._facts = facts
        self._file, self._line = _spot(facts)

    @property
    def snapshot(self) -> Snapshot:
        """The tree that is looked at."""
        return self._snapshot

    def function_at(self, path: str, line: int) -> str:
        """Return the innermost named function around a line of any file; empty for none."""
        text = self._snapshot.get(path)
        known = _spans(path, text) if text is not None else ()
        return next((name for name, first, last in reversed(known) if first <= line <= last), "")

    @cached_property
    def _kinds(self) -> Kinds | None:
        return kinds_of(self._file)

    @cached_property
    def _root(self) -> SgNode | None:
        text = self._snapshot.get(self._file)
        return self._kinds.parse(text) if self._kinds is not None and text is not None else None

    @cached_property
    def _function(self) -> SgNode | None:
        """The innermost named function that holds the line."""
        if self._root is None or self._kinds is None or not self._line:
            return None
        innermost = None
        for name, node in _functions(self._root, self._kinds):
            span = node.range()
            if name and span.start.line < self._line <= span.end.line + 1:
                innermost = node
        return innermost

    @cached_property
    def in_closure(self) -> bool:
        """Whether the line stands in a function within the one that the finding names."""
        if self._function is None or self._kinds is None:
            return False
        own = {re.split(r"\.|::|#", each.symbol)[-1] for each in self._facts.symbols}
        name = self._name(self._function).rpartition(".")[2]
        return bool(own and name not in own) or self.in_unnamed

    @cached_property
    def in_unnamed(self) -> bool:
        """Whether the line stands in a function without a name within the named one."""
        return self._function is not None and bool(self._inner())

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names in the parameters of the named function; empty where there is none."""
        held = self._function.field("parameters") if self._function is not None else None
        return tuple(_NAMES.findall(held.text())) if held is not None else ()

    def _inner(self) -> list[SgNode]:
        """Return the functions within the named one that hold the line."""
        if self._function is None or self._kinds is None:
            return []
        return [
            node
            for _, node in _functions(self._function, self._kinds)
            if node.range() != self._function.range()
            and node.range().start.line < self._line <= node.range().end.line + 1
        ]

    @property
    def kinds(self) -> Kinds | None:
        """The node kinds of the place's language; None for one that is not read."""
        return self._kinds

    @property
    def function(self) -> SgNode | None:
        """The innermost named function around the place; None for none."""
        return self._function

    @property
    def line(self) -> int:
        """The line of the place; 0 where it is not known."""
        return self._line

    @cached_property
    def node(self) -> SgNode | None:
        """The outermost node that begins where the code of the line begins; None for none."""
        if self._root is None or not self._line:
            return None
        line = (self._snapshot.get(self._file) or "").splitlines()[self._line - 1 : self._line]
        if not line or _ENDS_ONLY.fullmatch(line[0]):
            return None
        begun = [each for each in _holding(self._root, self._line) if _begins(each, self._line)]
        return min(begun, key=lambda each: (each.range().start.column, _depth(each)), default=None)

    @property
    def name(self) -> str:
        """The name of the function; empty where it is not known."""
        return self._name(self._function) if self._function is not None else ""

    @property
    def routes(self) -> str:
        """The routes that reach the place, as a sentence names them; empty for none or many."""
        names = dict.fromkeys(one.name for one in self._facts.exposure)
        told = [name for name in names if _ROUTE.fullmatch(name)]
        return listed(told) if 0 < len(told) == len(names) <= _FEW else ""

    @property
    def path(self) -> str:
        """The file of the place."""
        return self._file

    @property
    def is_route(self) -> bool:
        """Whether the place is itself what a route calls."""
        return any(_ROUTE.fullmatch(one.name) and not one.via for one in self._facts.exposure)

    def calls(self) -> tuple[Reference, ...]:
        """Return the uses of the place's code that call it, hand it on or render it, no tests."""
        return tuple(use for use in self._facts.callsites if not use.test)

    def callers(self) -> tuple[At, ...]:
        """Return the calls of the place's code, tests left out."""
        return tuple(At(use.enclosing, use.file, use.line) for use in self.calls())

    def test_callers(self) -> tuple[At, ...]:
        """Return the uses of the place's code in tests."""
        uses = [use for symbol in self._facts.symbols for use in symbol.references if use.test]
        kept = (use for use in uses if use.kind is not ReferenceKind.IMPORT)
        return tuple(At(use.enclosing, use.file, use.line) for use in kept)

    def users(self) -> tuple[At, ...]:
        """Return every use of the place's code that is neither an import nor in a test."""
        uses = (use for use in self._facts.downstream if not use.test)
        return tuple(At(use.enclosing, use.file, use.line) for use in uses)

    def is_symbol(self, name: str) -> bool:
        """Tell whether ``name`` is one of the finding's own symbols."""
        own = (re.split(r"\.|::|#", symbol.symbol)[-1] for symbol in self._facts.symbols)
        return re.split(r"\.|::|#", name)[-1] in own

    def declared(self, name: str) -> At | None:
        """Return the only function of the place's file that is called like the last of ``name``."""
        last = re.split(r"\.|::|->", name)[-1]
        if self._root is None or self._kinds is None:
            return None
        places = [
            At(full, self._file, node.range().start.line + 1)
            for full, node in _functions(self._root, self._kinds)
            if full.rpartition(".")[2] == last
        ]
        return places[0] if len(places) == 1 else None

    def mentions(self, name: str) -> bool:
        """Tell whether the function has ``name`` today; True where there is none to look at."""
        return self._function is None or name in self._function.text()

    def readers_of(self, member: str) -> tuple[At, ...]:
        """Return lines that read ``member`` in files that use the place's code."""
        read = re.compile(rf"[\w)\]]\??\.{re.escape(member)}\b(?!\s*(?:=[^=]|\())")
        readers = []
        for path in dict.fromkeys(use.file for use in self._facts.downstream if not use.test):
            for number, line in enumerate((self._snapshot.get(path) or "").splitlines(), start=1):
                if path != self._file and read.search(line):
                    readers.append(At("", path, number))
        return tuple(readers)

    def thrown(self, error: str) -> At | None:
        """Return where the function throws ``error`` today; None where it does not."""
        if self._function is None:
            return None
        first = self._function.range().start.line + 1
        for number, line in enumerate(self._function.text().splitlines(), start=first):
            match = _THROWN.search(line)
            if match is not None and match[1].rpartition(".")[2] == error.rpartition(".")[2]:
                return At(self._name(self._function), self._file, number)
        return None

    def loose(self, error: str) -> tuple[At, ...]:
        """Return the callers, tests left out, around whose call nothing catches ``error``.

        What a function within the place's own throws does not reach the callers of that: none.
        """
        if self.in_closure:
            return ()
        return tuple(
            At(use.enclosing, use.file, use.line)
            for use in self._facts.callsites
            if not use.test and use.kind not in _MAKING and not handled(use, self._snapshot, error)
        )

    def users_of(self, container: str) -> tuple[At, ...]:
        """Return the other functions of the file that look into ``container``."""
        text = self._snapshot.get(self._file) if self._root is not None else None
        last = re.split(r"\.|->", container)[-1]
        looked = re.compile(
            rf"(?<![\w$]){re.escape(last)}(?:\.(?:get|has)\(|\[[^\]\n]*\](?!\s*(?:[-+|&]?=(?!=))))"
        )
        own = self._function.range() if self._function is not None else None
        users: dict[str, At] = {}
        for number, line in enumerate((text or "").splitlines(), start=1):
            if looked.search(line) and not line.lstrip().startswith("delete "):
                name = self.function_at(self._file, number)
                inside = own is not None and own.start.line < number <= own.end.line + 1
                if name and not inside:
                    users.setdefault(name, At(name, self._file, number))
        return tuple(users.values())

    def locking(self, lock: str) -> tuple[At, ...]:
        """Return functions of the file that the place calls and that take ``lock`` themselves."""
        if self._root is None or self._kinds is None or self._function is None:
            return ()
        body, last = self._function.text(), lock.rpartition(".")[2]
        functions = []
        for name, node in _functions(self._root, self._kinds):
            plain = name.rpartition(".")[2]
            takes = re.search(rf"\b{re.escape(last)}{_TAKES.pattern}", node.text())
            called = re.search(rf"(?<![\w$]){re.escape(plain)}\(", body.partition("\n")[2])
            if plain and takes and called and node.range() != self._function.range():
                functions.append(At(name, self._file, node.range().start.line + 1))
        return tuple(functions)

    def quoting(self, literal: str, most: int) -> tuple[At, ...]:
        """Return other lines of the repository that hold ``literal``, tests first."""
        lines = []
        for path in self._snapshot.files:
            if path == self._file or kinds_of(path) is None:
                continue
            text = self._snapshot.get(path) or ""
            if literal in text:
                lines.append(At("", path, text[: text.find(literal)].count("\n") + 1))
        return tuple(lines[:most])

    def _name(self, node: SgNode) -> str:
        return self._kinds.function_name(node) if self._kinds is not None else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a fix as a bare order, what the audit says, and what the code does today."""

    order: str
    evidence: str
    told: str
    """Problem and impact."""
    today: Today
    when: str = ""
    """The condition that the clause gives: `` when the berth is taken``; empty for none."""
    raw: str = ""
    """The clause as it was written, its code still marked."""
    whole: str = ""
    """The step of the fix that the clause is a part of."""


def handled(use: Reference, snapshot: Snapshot, error: str = "Error") -> bool:
    """Tell whether what surrounds a use catches ``error``; True where that is not known."""
    kinds, text = kinds_of(use.file), snapshot.get(use.file)
    if kinds is None or text is None:
        return True
    return any(takes(clause, error) for clause in _handlers(kinds.parse(text), use.line))


def _spot(facts: FindingFacts) -> tuple[str, int]:
    if facts.evidence.line:
        return facts.evidence.file, facts.evidence.line
    for symbol in facts.symbols:
        for declared in symbol.declarations:
            return declared.file, declared.line
    return "", 0


def _functions(root: SgNode, kinds: Kinds) -> Iterator[tuple[str, SgNode]]:
    """Yield every function with its name, outer ones first."""
    return ((kinds.function_name(node), node) for node in kinds.functions_in(root))


@lru_cache(maxsize=64)
def _spans(path: str, text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the functions of a file that have a name, with their first and last lines."""
    kinds = kinds_of(path)
    return tuple(
        (name, node.range().start.line + 1, node.range().end.line + 1)
        for name, node in (_functions(kinds.parse(text), kinds) if kinds is not None else ())
        if name
    )


def _handlers(root: SgNode, line: int) -> Iterator[SgNode]:
    """Yield the clauses that catch what is thrown on ``line``."""
    for node in _holding(root, line):
        body = node.field("body")
        if node.kind() in _TRIES and body is not None:
            span = body.range()
            if span.start.line < line <= span.end.line + 1:
                yield from (each for each in node.children() if each.kind() in _HANDLERS)


def _holding(root: SgNode, line: int) -> Iterator[SgNode]:
    waiting: list[SgNode] = [root]
    while waiting:
        node = waiting.pop()
        span = node.range()
        if span.start.line < line <= span.end.line + 1:
            yield node
            waiting.extend(node.children())


def _begins(node: SgNode, line: int) -> bool:
    whole = node.is_named() and node.kind() not in BLOCKS
    return whole and node.range().start.line + 1 == line


def _depth(node: SgNode) -> int:
    return sum(1 for _ in node.ancestors())


def takes(clause: SgNode, error: str) -> bool:
    """Tell whether a clause catches ``error``: by its name, or because it catches all."""
    head = clause.text().partition("{" if clause.kind() == "catch_clause" else ":")[0]
    named = re.findall(r"[A-Za-z_][\w.]*", head.partition("(")[2] or head.partition(" ")[2])
    typed = [name for name in named if name[0].isupper()]
    if clause.kind() == "catch_clause" and not typed:
        return True
    if not named or _ANY_ERROR.search(head):
        return True
    return error.rpartition(".")[2] in {name.rpartition(".")[2] for name in typed}


def named(places: Sequence[At], most: int = 3) -> str:
    """Return the first ``most`` places as sentences name them; what is left is counted."""
    return listed(some([str(each) for each in places], most))
