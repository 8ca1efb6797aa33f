"""Find every use of every symbol and event that findings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.by_name import ByName
from mendbook.code.references.by_syntax import SyntaxProvider
from mendbook.code.references.compiler import find_compiler
from mendbook.code.references.decorations import through_decorations
from mendbook.code.references.exact import ExactProvider
from mendbook.code.references.handed_out import handed_out
from mendbook.code.references.handlers import event_references
from mendbook.code.references.index import Index, Memory
from mendbook.code.references.locate import declared_at, functions_at, named_files
from mendbook.code.references.member_needs import MemberNeeds
from mendbook.code.references.mounts import Mounts
from mendbook.code.references.needs import Needs
from mendbook.code.references.others import OtherLanguages, is_other, is_python, unsearched
from mendbook.code.references.pointed_at import PointedAt
from mendbook.code.references.provider import Place, Provider, Subject, place_of
from mendbook.code.references.python.server import find_server
from mendbook.code.references.reach import Reach
from mendbook.code.references.settings_keys import setting_row
from mendbook.code.references.shortfalls import EXACT, EXACT_PYTHON, not_installed, unparsed
from mendbook.code.references.wanted import Wanted, look_up
from mendbook.model import (
    Declaration,
    EntryPoint,
    Finding,
    Reference,
    ReferenceKind,
    Skipped,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot


class References:
    """Where the symbols of findings, and any other, are used in one snapshot."""

    def __init__(
        self,
        findings: Sequence[Finding],
        index: Index,
        exact: Provider | None,
        python: Path | None = None,
    ) -> None:
        self._index = index
        self._syntax = SyntaxProvider(index)
        self._reach = Reach(index, self._syntax)
        self._needs = Needs(index)
        self._member_needs = MemberNeeds(index, self._syntax.linker)
        self._others = OtherLanguages(index.snapshot, index.words)
        self._mounts = Mounts(index.snapshot)
        self._pointed = PointedAt(index, self._reach, self._others)
        self._findings = {finding.id: finding for finding in findings}
        self._wanted = {finding.id: tuple(self._symbols(finding)) for finding in findings}
        self._answers: dict[Place, tuple[str, tuple[Reference, ...]]] = {}
        self._entries: dict[str, tuple[EntryPoint, ...]] = {}
        self.not_run: tuple[Skipped, ...] = ()
        self.provider = self._syntax.name
        if exact is not None:
            self._ask(exact)
        if self.provider == self._syntax.name:
            self._ask(self._syntax)
        if python is not None:
            self._ask_python(python)
        self.by_finding: Mapping[str, tuple[SymbolReferences, ...]] = {
            finding.id: (
                *(self._row(finding, wanted) for wanted in self._wanted[finding.id]),
                *self._events(finding, finding.events or self._pointed.told(finding)),
                *self._settings(finding),
            )
            for finding in findings
        }
        if findings:  # not for each of the hundreds of trees of a series
            index.memory.save()

    def keep(self) -> None:
        """Write what was read of the files, for the next run to begin with."""
        self._index.memory.save()

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return every use of ``symbol`` (``name`` or ``Class.member``) declared in ``file``."""
        if is_other(file):
            row = self._others.row(symbol, (file,))
            return row or _missing(symbol, (file,))
        return self._answer(look_up(self._index, symbol, (file,)))

    def needed(self, name: str, file: str) -> str:
        """Return why the top-level declarations of ``name`` in ``file`` must stay, with the place.

        Nothing when nobody imports, reads, loads or calls it, by its name or by a convention.
        """
        return self._needs.of_declaration(file, name)

    def taken(self, name: str, file: str) -> str:
        """Return why ``file`` must go on exporting ``name``; nothing when nobody takes it."""
        return self._needs.of_export(file, name)

    def imported(self, name: str, file: str) -> str:
        """Return who takes ``name`` from ``file``, under any name it is exported by."""
        return self._needs.of_removal(file, name)

    def loaded(self, name: str, file: str) -> str:
        """Return where a path in a text loads the export that ``file`` calls ``name``."""
        return self._needs.of_loaded(file, name)

    def by_convention(self, name: str, file: str) -> str:
        """Return which framework takes what ``file`` calls ``name`` by that very name."""
        return self._needs.of_convention(file, name)

    def augmented(self, name: str, file: str) -> str:
        """Return where another file adds to what ``file`` calls ``name``, by that very name."""
        return self._needs.of_augmented(file, name)

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return why the member ``node`` of the class ``owner`` in ``file`` must stay."""
        return self._member_needs.of(file, node, owner)

    def built(self, name: str) -> str:
        """Return the first place of code that may put ``name`` together to reach a member."""
        return self._member_needs.built(name)

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return the first place where ``name`` may be read off a ``holder`` of type ``owner``."""
        return self._member_needs.read(name, holder, owner)

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import or re-export ``file``, sorted."""
        if file.endswith((".py", ".pyi")):
            return self._others.python.importers(file)
        index = self._index
        return tuple(
            path
            for path in index.importers.get(file, ())
            if any(index.modules.resolve(path, one) == file for one in index.links(path).sources)
        )

    def entry_points(self, finding_id: str) -> tuple[EntryPoint, ...]:
        """Return the events and routes through which the finding's code can be reached.

        Without a symbol that is declared, the finding's code is the functions at its lines, else
        all functions of its files.
        """
        if finding_id not in self._entries:
            finding = self._findings[finding_id]
            several = [one for wanted in self._wanted[finding_id] for one in wanted.subjects]
            around = () if several and finding.events else self._pointed.handlers(finding)
            subjects = several or functions_at(self._index, finding)
            events = frozenset(finding.events)
            entries = around or self._reach.entry_points(subjects, events)
            others = self._pointed.other_files(finding)
            symbols = self._pointed.symbols(finding)
            more = self._others.entry_points(symbols, others) if others else ()
            self._entries[finding_id] = tuple(
                whole for each in (*entries, *more) for whole in self._mounts.wholes(each)
            )
        return self._entries[finding_id]

    def at(self, snapshot: Snapshot) -> References:
        """Return a lookup by syntax in another snapshot; only contents not seen yet are read."""
        return References((), Index(snapshot, self._index.memory), None)

    def _symbols(self, finding: Finding) -> Iterator[Wanted]:
        files = named_files(finding, self._index)
        unread = self._pointed.unread(finding)
        for symbol in self._pointed.symbols(finding):
            if unread:
                yield Wanted(symbol, (), SymbolStatus.MISSING, unread)
            else:
                yield look_up(self._index, symbol, files, self._pointed.spots(finding))

    def _row(self, finding: Finding, wanted: Wanted) -> SymbolReferences:
        """Return the answer for one symbol, in the language that declares it.

        What nothing declares may be the name of an event.
        """
        if unread := self._pointed.unread(finding):
            return SymbolReferences(
                wanted.symbol, SymbolStatus.MISSING, self._syntax.name, reason=unread
            )
        others = self._pointed.other_files(finding)
        spots = self._pointed.spots(finding)
        row = self._others.row(wanted.symbol, others, spots) if others else None
        if row is not None and row.status is not SymbolStatus.ELSEWHERE:
            return row
        if wanted.status is SymbolStatus.MISSING:
            (event,) = self._events(finding, (wanted.symbol,))
            if event.status is SymbolStatus.EVENT:
                return event
            named = tuple(place.path for place in finding.places)
            return row or self._others.row(wanted.symbol, ()) or _missing(wanted.symbol, named)
        return self._answer(wanted)

    def _settings(self, finding: Finding) -> Iterator[SymbolReferences]:
        """Yield the key of a settings file that the finding quotes, where it names no symbol."""
        if not self._wanted[finding.id]:
            row = setting_row(finding, self._index.snapshot, self._around)
            if row is not None:
                yield row

    def _around(self, path: str, line: int) -> str:
        if is_other(path):
            return self._others.around(path, line)
        here = declared_at(self._index, path, line) if syntax.is_source(path) else None
        return here.declared.name if here is not None else ""

    def _events(self, finding: Finding, events: Sequence[str]) -> tuple[SymbolReferences, ...]:
        files = named_files(finding, self._index)
        names = self._syntax.linker.names
        return event_references(self._index, names, self._mounts, events, files)

    def _ask(self, provider: Provider) -> None:
        """Ask ``provider`` about everything at once; when it fails that is said."""
        every = (wanted for several in self._wanted.values() for wanted in several)
        subjects = list(
            {place_of(one): one for wanted in every for one in wanted.subjects}.values()
        )
        try:
            answers = provider.references(subjects)
        except (OSError, RuntimeError) as error:
            self.not_run = (Skipped(EXACT, f"the native compiler failed ({error})"),)
            return
        self.provider = provider.name
        for subject, answer in zip(subjects, answers, strict=True):
            self._answers[place_of(subject)] = (provider.name, answer)

    def _ask_python(self, server: Path) -> None:
        """Ask Python's language server at ``server`` about everything; its failure is said."""
        try:
            self._others.ask_exactly(server, self._wanted_in_python())
        except (OSError, RuntimeError) as error:
            why = f"the language server failed ({error})"
            self.not_run = (*self.not_run, Skipped(EXACT_PYTHON, why))

    @property
    def unparsed(self) -> tuple[str, ...]:
        """The Python files that were looked into and do not parse."""
        return self._others.python.unreadable

    @property
    def names_python(self) -> bool:
        """Whether a finding names something in a Python file."""
        return any(True for _ in self._wanted_in_python())

    def _wanted_in_python(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for finding in self._findings.values():
            files = tuple(path for path in self._pointed.other_files(finding) if is_python(path))
            for symbol in self._pointed.symbols(finding) if files else ():
                yield symbol, files

    def _answer(self, wanted: Wanted) -> SymbolReferences:
        by_place: dict[tuple[str, int, int], Reference] = {}
        provider = self.provider
        for subject in wanted.subjects:
            place = place_of(subject)
            if place not in self._answers:
                answer = self._syntax.references([subject])[0]
                self._answers[place] = (self._syntax.name, answer)
            provider, references = self._answers[place]
            through = (
                *handed_out(self._index, self._syntax, subject),
                *through_decorations(self._index, subject),
            )
            by_place.update(
                ((one.file, one.line, one.column), one) for one in (*references, *through)
            )
        reason = wanted.reason
        if wanted.subjects and not any(_shows_a_caller(wanted, one) for one in by_place.values()):
            guessed, reason = self._guess(wanted)
            by_place.update(((one.file, one.line, one.column), one) for one in guessed)
            provider = ByName.name if guessed else provider
        return SymbolReferences(
            symbol=wanted.symbol,
            status=wanted.status,
            provider=provider,
            declarations=tuple(
                Declaration(one.file, one.declared.first_line, one.declared.end_line)
                for one in wanted.subjects
            ),
            references=tuple(by_place[key] for key in sorted(by_place)),
            reason=reason,
        )

    def _guess(self, wanted: Wanted) -> tuple[tuple[Reference, ...], str]:
        """Return uses by name of members that nobody uses by type, and what stays unknown."""
        members = [one for one in wanted.subjects if _is_member(one)]
        answers = [self._syntax.by_name(one) for one in members]
        guessed = tuple(use for uses, _ in answers for use in uses)
        others = max((count for _, count in answers), default=0)
        name = wanted.symbol.rpartition(".")[2]
        if guessed or not others:
            return guessed, wanted.reason
        places = "1 place calls" if others == 1 else f"{others} places call"
        return (), f"{places} something named {name} whose type is not known"


def find_references(
    findings: Sequence[Finding],
    snapshot: Snapshot,
    root: Path | None = None,
    provider: str = "auto",
    cache: Path | None = None,
) -> References:
    """Find the uses of every symbol and event that ``findings`` name, in ``snapshot``.

    ``root`` is the target's folder, where an installed native compiler is looked for; ``provider``
    is ``auto``, ``exact`` or ``syntax``; what is read is kept in the folder ``cache``. When the
    exact provider cannot serve, ``not_run`` says why and syntax does.
    """
    index = Index(snapshot, Memory(cache))
    asked = provider != "syntax"
    compiler, server = (find_compiler(root), find_server()) if asked else (None, None)
    exact = ExactProvider(index, compiler, root) if compiler is not None else None
    references = References(findings, index, exact, server)
    script = any(syntax.is_source(path) for path in snapshot.files)
    missing = not_installed(
        compiler=asked and compiler is None and script,
        server=asked and server is None and references.names_python,
    )
    references.not_run = (*references.not_run, *missing, *unparsed(references.unparsed))
    return references


def _shows_a_caller(wanted: Wanted, use: Reference) -> bool:
    """Tell whether ``use`` is more than an import, the export or a part of the declaration."""
    aside = {ReferenceKind.IMPORT, ReferenceKind.REEXPORT}
    own = any(
        one.file == use.file and one.declared.first_line <= use.line <= one.declared.end_line
        for one in wanted.subjects
    )
    return not use.test and not own and use.kind not in aside


def _is_member(subject: Subject) -> bool:
    return bool(subject.declared.owner) or subject.declared.local


def _missing(symbol: str, files: Sequence[str]) -> SymbolReferences:
    """Return that nothing was found, and whether that means anything."""
    reason = unsearched(files) or f"nothing called {symbol} is declared at this commit"
    return SymbolReferences(symbol, SymbolStatus.MISSING, "syntax", reason=reason)
