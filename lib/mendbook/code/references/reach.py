"""Walk from code up through its callers to the events and routes that outsiders can trigger."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.by_syntax import SyntaxProvider
from mendbook.code.references.declare import declaration
from mendbook.code.references.events import Registration
from mendbook.code.references.index import Index
from mendbook.code.references.infer import class_key, key_of
from mendbook.code.references.link import As
from mendbook.code.references.outline import Type
from mendbook.code.references.provider import Place, Subject, place_of
from mendbook.code.references.type_shape import UNKNOWN
from mendbook.model import EntryPoint, Reference, ReferenceKind

LONGEST_WAY = 8
"""Callers between an entry point and the code; longer ways say little about exposure."""
MOST_FUNCTIONS = 300
"""Functions looked at for one finding; a cap, so that a hub cannot take minutes."""
_HANDS_ON = frozenset(
    {ReferenceKind.CALL, ReferenceKind.CONSTRUCT, ReferenceKind.PASSED, ReferenceKind.READ}
)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Where one function is handed on: to entry points, and to the functions that call it."""

    arrivals: tuple[tuple[str, Registration], ...]
    callers: tuple[Subject, ...]


class Reach:
    """Find what reaches code; each function's callers are looked at once, whoever asks."""

    def __init__(self, index: Index, provider: SyntaxProvider) -> None:
        self._index = index
        self._provider = provider
        self._steps: dict[Place, _Steps] = {}
        self._calls: dict[str, dict[tuple[int, int], Registration]] = {}

    def entry_points(
        self, subjects: Iterable[Subject], events: frozenset[str]
    ) -> tuple[EntryPoint, ...]:
        """Return the entry points of ``subjects``, shortest way first for each, by file and line.

        Handlers registered inside a subject count too; where the finding names ``events``, only
        those.
        """
        walk = _Walk(self)
        for subject in dict.fromkeys(part for one in subjects for part in _parts(self._index, one)):
            inside = list(_inside(self._index, subject))
            meant = [one for one in inside if one.name in events]
            for one in meant or inside:
                walk.arrive(subject.file, one, ())
            if not meant:
                walk.waiting.append((subject, (_title(subject),)))
        walk.run()
        return walk.entry_points()

    def around(self, file: str, line: int) -> Registration | None:
        """Return what registers, for outsiders, the innermost handler around ``line``."""
        registrations = [
            one
            for one in self._index.registrations(file)
            if one.outside and not one.maker and one.first_line <= line <= one.last_line
        ]
        return min(registrations, key=lambda one: one.last_line - one.first_line, default=None)

    def steps(self, subject: Subject) -> _Steps:
        """Return where ``subject`` is handed on in code that is not a test."""
        place = place_of(subject)
        if place not in self._steps:
            at = subject.declared
            arrivals = [
                (subject.file, one)
                for one in self._index.registrations(subject.file)
                if one.decorated and at.first_line <= one.line <= at.end_line
            ]
            callers: dict[Place, Subject] = {}
            for reference in self._provider.in_code(subject):
                if reference.kind in _HANDS_ON:
                    caller = self._climb(subject, reference, arrivals)
                    if caller is not None:
                        callers.setdefault(place_of(caller), caller)
            self._steps[place] = _Steps(tuple(arrivals), tuple(callers.values()))
        return self._steps[place]

    def _is_code(self, subject: Subject) -> bool:
        """Tell whether a constant made from ``subject`` can run it: a plain value is only read."""
        if subject.declared.kind in {"function", "method", "class"}:
            return True
        values = self._provider.linker.values(subject.file, subject.declared.shape)
        return any(value.what in {As.FUNCTION, As.CLASS} for value in values)

    def _climb(
        self, subject: Subject, reference: Reference, arrivals: list[tuple[str, Registration]]
    ) -> Subject | None:
        """Return the function around ``reference``; what registers it on the way is noted."""
        root = self._index.tree(reference.file).root
        node = syntax.node_at(root, reference.line - 1, reference.column - 1)
        calls = self._outside(reference.file)
        offset, crossed = node.range().start.index, False
        for ancestor in node.ancestors():
            kind = ancestor.kind()
            if calls and kind == "call_expression":
                span = ancestor.range()
                at = calls.get((span.start.index, span.end.index))
                if at is not None and at.after <= offset:
                    arrivals.append((reference.file, at))
                    if not at.maker:
                        return None
            crossed = crossed or kind in syntax.FUNCTIONS
            caller = subject_of(self._index, reference.file, ancestor)
            if caller is not None:
                return caller if crossed or self._is_code(subject) else None
        return None

    def _outside(self, file: str) -> dict[tuple[int, int], Registration]:
        if file not in self._calls:
            several = self._index.registrations(file)
            self._calls[file] = {(one.start, one.end): one for one in several if one.outside}
        return self._calls[file]


class _Walk:
    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._seen: set[Place] = set()
        self._queued: set[Place] = set()
        self._entries: dict[str, tuple[bool, EntryPoint]] = {}
        self.waiting: deque[tuple[Subject, tuple[str, ...]]] = deque()

    def run(self) -> None:
        """Follow callers until there are none left, or ``MOST_FUNCTIONS`` were followed."""
        while self.waiting and len(self._seen) < MOST_FUNCTIONS:
            subject, via = self.waiting.popleft()
            place = place_of(subject)
            if place in self._seen or len(via) > LONGEST_WAY:
                continue
            self._seen.add(place)
            steps = self._reach.steps(subject)
            for file, at in steps.arrivals:
                self.arrive(file, at, via)
            for one in steps.callers:
                caller = place_of(one)
                if caller not in self._queued:  # ways get no shorter: the first one counts
                    self._queued.add(caller)
                    self.waiting.append((one, (_title(one), *via)))

    def arrive(self, file: str, at: Registration, via: tuple[str, ...]) -> None:
        """Keep the first way to an entry point; a real registration beats a named handler."""
        known = self._entries.get(at.title)
        if known is None or (known[0] and not at.maker):
            entry = EntryPoint(at.title, file, at.line, via, at.event)
            self._entries[at.title] = (at.maker, entry)

    def entry_points(self) -> tuple[EntryPoint, ...]:
        """Return the entry points that were reached, by file and line."""
        entries = (entry for _, entry in self._entries.values())
        return tuple(sorted(entries, key=lambda one: (one.file, one.line, one.name)))


def subject_of(index: Index, file: str, node: SgNode) -> Subject | None:
    """Return the named function or constant that ``node`` is the whole of, None for other nodes."""
    kind = node.kind()
    if kind == "method_definition" or kind in syntax.FIELDS or kind == "pair":
        return _member(index, file, node)
    if kind in {"function_declaration", "generator_function_declaration"}:
        return _named(index, file, node)
    if kind == "variable_declarator":
        value = node.field("value")
        function = value is not None and value.kind() in syntax.FUNCTIONS
        return _named(index, file, node) if function or _is_top(node) else None
    return None


def _named(index: Index, file: str, node: SgNode) -> Subject | None:
    name = node.field("name")
    if name is None or name.kind() != "identifier":
        return None
    if _is_top(node):
        several = index.outline(file).declared.get(name.text(), ())
        return Subject(file, several[0]) if several else None
    return Subject(file, declaration(node, name, UNKNOWN, local=True))


def _member(index: Index, file: str, node: SgNode) -> Subject | None:
    body = node.parent()
    name = node.field("name") or node.field("key") or node.field("property")
    if body is None or name is None:
        return None
    home = body.parent()
    in_class = home is not None and home.kind() in syntax.CLASSES
    key = class_key(home) if home is not None and in_class else key_of(body)
    member = index.outline(file).types.get(key, Type()).members.get(name.text())
    return Subject(file, member) if member is not None else None


def _is_top(node: SgNode) -> bool:
    statement = node.parent() if node.kind() == "variable_declarator" else node
    home = statement.parent() if statement is not None else None
    return home is not None and home.kind() in {"program", "export_statement"}


def _parts(index: Index, subject: Subject) -> Iterator[Subject]:
    """Yield ``subject``, and the methods of a class."""
    yield subject
    if subject.declared.kind == "class":
        kind = index.outline(subject.file).types.get(subject.declared.name, Type())
        methods = (one for one in kind.members.values() if one.kind == "method")
        yield from (Subject(subject.file, one) for one in methods if one.name != "constructor")


def _inside(index: Index, subject: Subject) -> Iterator[Registration]:
    at = subject.declared
    if at.kind in {"interface", "type"}:
        return
    for one in index.registrations(subject.file):
        if one.outside and at.first_line <= one.line <= at.end_line:
            yield one


def _title(subject: Subject) -> str:
    at = subject.declared
    owned = at.owner and not at.owner.startswith("@")
    return f"{at.owner}.{at.name}" if owned else at.name
