"""Find the uses of Python definitions across the files of a snapshot."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from mendbook.code.references.python.own_names import is_common, is_standard, may_be
from mendbook.code.references.python.records import (
    Defined,
    Holds,
    PythonFile,
    Receiver,
    Used,
)
from mendbook.code.references.python.targets import PythonTargets
from mendbook.code.test_files import is_test
from mendbook.code.trees import MODULE
from mendbook.code.word_index import Words
from mendbook.model import EntryPoint, Reference, ReferenceKind
from mendbook.repository.snapshot import Snapshot

_LONGEST_WAY = 8
_MOST = 300
_HANDS_ON = frozenset({ReferenceKind.CALL, ReferenceKind.CONSTRUCT, ReferenceKind.PASSED})


@dataclass(frozen=True, slots=True)
class PythonSubject:
    """One definition of one file."""

    file: str
    defined: Defined

    @property
    def title(self) -> str:
        """``name``, or ``Class.member``."""
        at = self.defined
        return f"{at.owner}.{at.name}" if at.owner else at.name


class PythonSearch:
    """Answer where Python names are defined, used, imported, and reached from."""

    name = "syntax"

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self._snapshot = snapshot
        self._known = PythonTargets(snapshot, words)
        self._answers: dict[PythonSubject, tuple[Reference, ...]] = {}
        self._told: set[PythonSubject] = set()

    def file(self, path: str) -> PythonFile:
        """Return what the file at ``path`` declares, imports and uses."""
        return self._known.file(path)

    def defined(self, symbol: str, files: Iterable[str] | None = None) -> tuple[PythonSubject, ...]:
        """Return what ``symbol`` (``name`` or ``Class.member``) defines in ``files``, or anywhere.

        Names inside functions count only where no other fits, and only in ``files``.
        """
        owner, _, name = symbol.rpartition(".")
        owner = owner.rpartition(".")[2]
        several = self._known.mentions(name) if files is None else files
        every = [
            PythonSubject(path, one)
            for path in several
            if path in self._snapshot and path.endswith((".py", ".pyi"))
            for one in self.file(path).defined
            if one.name == name and (not owner or one.owner == owner)
        ]
        outer = [one for one in every if not one.defined.local]
        return tuple(outer or (every if files is not None else ()))

    def at(self, path: str, line: int) -> PythonSubject | None:
        """Return the innermost function, method, class or module's variable around ``line``."""
        around = [
            one
            for one in self.file(path).defined
            if one.first_line <= line <= one.end_line
            and (one.kind in {"function", "method", "class"} or _is_of_module(one))
        ]
        innermost = max(around, key=lambda one: one.first_line, default=None)
        return PythonSubject(path, innermost) if innermost is not None else None

    def references(self, subject: PythonSubject) -> tuple[Reference, ...]:
        """Return the uses of ``subject``, by file and line."""
        if subject not in self._answers:
            at = subject.defined
            if at.local:
                uses = self._local(subject)
            elif at.owner:
                uses = self._members(subject)
            else:
                uses = chain(
                    self._top_level(subject.file, at.name), self._by_text(at.name, subject.file)
                )
            references = {self._reference(path, use, subject) for path, use in uses}
            own = (subject.file, at.line, at.column)
            self._answers[subject] = tuple(
                sorted(
                    (one for one in references if (one.file, one.line, one.column) != own),
                    key=lambda one: (one.file, one.line, one.column),
                )
            )
        return self._answers[subject]

    def take(self, subject: PythonSubject, references: tuple[Reference, ...]) -> None:
        """Answer for ``subject`` from now on with ``references``, which a provider told exactly."""
        self._answers[subject] = references
        self._told.add(subject)

    def was_told(self, subject: PythonSubject) -> bool:
        """Tell whether the uses of ``subject`` are a provider's exact answer."""
        return subject in self._told

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The files looked into that this Python cannot parse; there names are told by text."""
        return self._known.unreadable

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import ``file`` or a name of it, sorted."""
        stem = posixpath.splitext(file)[0].removesuffix("/__init__")
        return tuple(
            sorted(
                path
                for path in self._known.mentions(posixpath.basename(stem))
                if path != file
                and any(self._known.is_of(path, one, file) for one in self._known.imports(path))
            )
        )

    def target(self, path: str, dotted: str) -> tuple[str, str] | None:
        """Return the file and the top-level name that ``dotted`` means in ``path``; else None."""
        return self._known.target(path, dotted)

    def lineage(self, file: str, owner: str) -> tuple[tuple[str, str], ...]:
        """Return the class ``owner`` of ``file`` and its bases, each with its file."""
        return tuple(self._lineage_of((file, owner)))

    def entry_points(self, subjects: Sequence[PythonSubject]) -> tuple[EntryPoint, ...]:
        """Return the routes, tasks and commands that reach ``subjects``, the shortest way first."""
        entries: dict[str, EntryPoint] = {}
        seen: set[PythonSubject] = set()
        waiting: deque[tuple[PythonSubject, tuple[str, ...]]] = deque(
            (one, (one.title,)) for one in self._parts(subjects)
        )
        while waiting and len(seen) < _MOST:
            subject, via = waiting.popleft()
            if subject in seen or len(via) > _LONGEST_WAY:
                continue
            seen.add(subject)
            for name, path, line in self._routes(subject):
                entries.setdefault(name, EntryPoint(name, path, line, via))
            for use in self.references(subject):
                if use.kind in _HANDS_ON and not use.test:
                    caller = self.at(use.file, use.line)
                    if caller is not None and caller.defined.kind != "class":
                        waiting.append((caller, (caller.title, *via)))
        return tuple(sorted(entries.values(), key=lambda one: (one.file, one.line, one.name)))

    def _parts(self, subjects: Sequence[PythonSubject]) -> Iterator[PythonSubject]:
        for subject in subjects:
            yield subject
            if subject.defined.kind == "class":
                for one in self.file(subject.file).defined:
                    if one.owner == subject.defined.name and one.kind == "method":
                        yield PythonSubject(subject.file, one)

    def _routes(self, subject: PythonSubject) -> Iterator[tuple[str, str, int]]:
        at = subject.defined
        for route in self.file(subject.file).routes:
            inside = at.first_line <= route.line <= at.end_line and route.handler == at.name
            if inside:
                yield route.name, subject.file, route.line
        handled = at.owner or at.name
        for path in self._known.mentions(handled):
            for route in self.file(path).routes:
                last = route.handler.rpartition(".")[2]
                if last == handled and self._known.target(path, route.handler) == (
                    subject.file,
                    handled,
                ):
                    yield route.name, path, route.line

    # --- top-level names -----------------------------------------------------------------------

    def _top_level(self, file: str, name: str) -> Iterator[tuple[str, Used]]:
        for path, local in self.arrivals(file, name):
            for use in self._used(path, local):
                if use.receiver is None:
                    yield path, use
            listed = self.file(path).listed.get(local)
            if listed is not None:
                yield path, Used(local, *listed, ReferenceKind.REEXPORT, MODULE)
        for path in self._known.mentions(name):
            for use in self._used(path, name):
                if use.receiver is None or use.receiver.holds is not Holds.PATH:
                    continue
                if self._known.target(path, f"{use.receiver.name}.{name}") == (file, name):
                    yield path, use

    def arrivals(self, file: str, name: str) -> list[tuple[str, str]]:
        """Return each file and the local name under which ``name`` of ``file`` is known there."""
        arrivals: dict[tuple[str, str], None] = {}
        waiting = [(file, name)]
        while waiting:
            home, known = waiting.pop()
            if (home, known) in arrivals:
                continue
            arrivals[home, known] = None
            for path in self._known.mentions(known):
                for local, taken in self.file(path).imports.items():
                    if taken.name == known and self._known.module(path, taken) == home:
                        waiting.append((path, local))
            waiting.extend(
                (path, known) for path in self._starred(home) if not known.startswith("_")
            )
        return list(arrivals)

    def _starred(self, home: str) -> Iterator[str]:
        stem = posixpath.splitext(home)[0].removesuffix("/__init__")
        for path in self._known.mentions(posixpath.basename(stem)):
            if any(self._known.module(path, one) == home for one in self.file(path).stars):
                yield path

    def _by_text(self, name: str, home: str) -> Iterator[tuple[str, Used]]:
        """Yield where ``name`` of ``home`` stands in files that do not parse and name its module.

        Of those nothing else is known, and a use that is passed over does more harm than one
        that is none.
        """
        stem = posixpath.splitext(home)[0].removesuffix("/__init__")
        module = re.compile(rf"(?<!\w){re.escape(posixpath.basename(stem))}(?!\w)")
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)(?P<called>[ \t]*\()?")
        for path in self._known.mentions(name):
            text = self._snapshot.text(path) if self.file(path).problem else ""
            if path != home and module.search(text):
                for number, line in enumerate(text.splitlines(), start=1):
                    for at in word.finditer(line.partition("#")[0]):
                        kind = ReferenceKind.CALL if at["called"] else ReferenceKind.READ
                        yield path, Used(name, number, at.start() + 1, kind, MODULE)

    # --- members -------------------------------------------------------------------------------

    def _members(self, subject: PythonSubject) -> Iterator[tuple[str, Used]]:
        at = subject.defined
        meant = (subject.file, at.owner)
        if at.name == "__init__":
            for path, use in self._top_level(subject.file, at.owner):
                if use.kind is ReferenceKind.CALL:
                    yield path, use
            return
        unsure: list[tuple[str, Used]] = []
        for path in self._known.mentions(at.name):
            for use in self._used(path, at.name):
                if use.receiver is None:
                    continue
                known = self._class_of(path, use.receiver)
                if known is None or not self._has(known, at.name):
                    unsure.append((path, use))
                elif meant in self._lineage(known, at.name) or known in self._calling(meant, use):
                    yield path, use
        if unsure and not is_common(at.name) and self._is_only_owner(at.name, meant):
            alike = is_standard(at.name)
            yield from (each for each in unsure if not alike or may_be(each[1].receiver, at.owner))

    def _has(self, known: tuple[str, str], member: str) -> bool:
        """Tell whether a class of ours may have ``member``: its instances may be of another one."""
        own = self.file(known[0]).bases.get(known[1]) if known[0] else None
        if own is None or any(own):
            return True
        return any(
            each.owner == known[1] for each in self.file(known[0]).defined if each.name == member
        )

    def _calling(self, meant: tuple[str, str], use: Used) -> set[tuple[str, str]]:
        """Return the classes in which ``use`` may call the member of ``meant``.

        What a base calls on ``self`` is what the class that is derived from it puts in its place.
        """
        if use.receiver is not None and use.receiver.holds is Holds.OWN:
            return set(self._lineage_of(meant))
        return self._lineage(meant, use.name)

    def _class_of(self, path: str, of: Receiver, depth: int = 0) -> tuple[str, str] | None:
        """Return the class that a receiver is an instance of (or is); None when unknown.

        What is known not to be ours is the empty pair.
        """
        if depth > _LONGEST_WAY or of.holds is Holds.UNKNOWN:
            return None
        if of.holds in {Holds.OWN, Holds.SUPER}:
            return (path, of.name) if of.name else None
        if of.holds is Holds.ATTRIBUTE:
            home = self._known.target(path, of.name)
            held = self._attribute(home, of.member) if home else None
            return self._class_of(home[0], held, depth + 1) if home and held else None
        target = self._known.target(path, of.name)
        if target is None:
            return self._by_value(path, of, depth)
        if target[1] in self.file(target[0]).bases:
            return target
        if of.holds is Holds.RESULT:
            returned = next(
                (one.returns for one in self.file(target[0]).defined if one.name == target[1]),
                "",
            )
            return (
                self._class_of(target[0], Receiver(Holds.INSTANCE, returned), depth + 1)
                if returned
                else None
            )
        held = self.file(target[0]).values.get(target[1])
        return self._class_of(target[0], held, depth + 1) if held else None

    def _by_value(self, path: str, of: Receiver, depth: int) -> tuple[str, str] | None:
        """Return the class of ``module.value.member``, or of a classmethod's result; else none."""
        whole, _, last = of.name.rpartition(".")
        if whole:
            home = self._known.target(path, whole)
            if home is not None and home[1] in self.file(home[0]).bases:
                held = self._attribute(home, last)
                return self._class_of(home[0], held, depth + 1) if held else None
            if home is not None:
                return None
        head = of.name.partition(".")[0]
        foreign = head in self.file(path).imports
        return ("", "") if foreign else None

    def _attribute(self, home: tuple[str, str], member: str) -> Receiver | None:
        for file, name in self._lineage_of(home):
            held = self.file(file).attributes.get((name, member))
            if held is not None:
                return held
        return None

    def _lineage_of(self, known: tuple[str, str], depth: int = 0) -> Iterator[tuple[str, str]]:
        yield known
        file, name = known
        for base in self.file(file).bases.get(name, ()) if file and depth < _LONGEST_WAY else ():
            target = self._known.target(file, base) if base else None
            if target is not None and target != known:
                yield from self._lineage_of(target, depth + 1)

    def _lineage(self, known: tuple[str, str], member: str) -> set[tuple[str, str]]:
        """Return the class ``known`` and its bases, up to the first that defines ``member``."""
        lineage = set()
        for file, name in self._lineage_of(known):
            lineage.add((file, name))
            defined = self.file(file).defined if file else ()
            if any(one.owner == name and one.name == member for one in defined):
                break
        return lineage

    def _is_only_owner(self, name: str, meant: tuple[str, str]) -> bool:
        """Tell whether all classes that have ``name`` are of one family with ``meant``."""
        owners = {
            (path, one.owner)
            for path in self._known.mentions(name)
            for one in self.file(path).defined
            if one.name == name and one.owner and one.kind in {"method", "attribute"}
        }
        family = set(self._lineage_of(meant))
        return all(family & set(self._lineage_of(one)) for one in owners)

    # --- the rest ------------------------------------------------------------------------------

    def _local(self, subject: PythonSubject) -> Iterator[tuple[str, Used]]:
        """Yield the uses of a name inside a function: by its text, in the function around."""
        at = subject.defined
        around = [
            one
            for one in self.file(subject.file).defined
            if one is not at and one.first_line < at.line <= one.end_line and one.kind != "class"
        ]
        outer = max(around, key=lambda one: one.first_line, default=None)
        lines = self._snapshot.text(subject.file).splitlines()
        last = outer.end_line if outer else len(lines)
        within = outer.name if outer else MODULE
        for number in range(outer.first_line if outer else 1, last + 1):
            for match in re.finditer(rf"(?<![\w.]){re.escape(at.name)}\b", lines[number - 1]):
                called = lines[number - 1][match.end() : match.end() + 1] == "("
                kind = ReferenceKind.CALL if called else ReferenceKind.READ
                if not re.search(r"\b(?:def|class)\s+$", lines[number - 1][: match.start()]):
                    yield subject.file, Used(at.name, number, match.start() + 1, kind, within)

    def _reference(self, path: str, use: Used, subject: PythonSubject) -> Reference:
        constructs = use.kind is ReferenceKind.CALL and subject.defined.kind == "class"
        kind = ReferenceKind.CONSTRUCT if constructs else use.kind
        return Reference(path, use.line, kind, use.enclosing, is_test(path), use.column)

    def _used(self, path: str, name: str) -> Iterator[Used]:
        return (use for use in self.file(path).used if use.name == name)


def _is_of_module(defined: Defined) -> bool:
    return defined.kind == "variable" and not (defined.owner or defined.local)
