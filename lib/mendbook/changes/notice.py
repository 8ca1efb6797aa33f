"""Who would notice a mistake in a change: tests that use, name or request what changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mendbook.changes.measured import Ran, lines_run
from mendbook.changes.named_calls import first_call
from mendbook.changes.namesakes import is_anybodys_method, namesakes_of
from mendbook.changes.near_routes import (
    NEAR,
    PARAMETER,
    ROUTE,
    route_names,
    routes_of,
    spellings_of,
)
from mendbook.changes.spoken import spoken
from mendbook.changes.stand_ins import stands_in
from mendbook.code.references.settings_keys import PROVIDER as SETTINGS
from mendbook.code.test_files import is_named_test, is_test
from mendbook.code.test_layout import has_runner
from mendbook.code.word_index import words_of
from mendbook.model import (
    ChangeFacts,
    Citation,
    CoveredFile,
    Effect,
    EffectKind,
    FindingFacts,
    ReferenceKind,
    Said,
)
from mendbook.repository.snapshot import Snapshot
from mendbook.text.phrasing import listed, some

_MOST = 3
_SHORT = 3
"""Names of fewer letters stand in too many lines to say anything."""
_NAMED = {
    EffectKind.DECLARATION,
    EffectKind.EXPORT,
    EffectKind.SIGNATURE,
    EffectKind.ASYNC,
    EffectKind.VALUE,
    EffectKind.RENAME,
}
"""Kinds whose name is of the target; what an exit or a call names may be anybody's."""
_NO_USE = {ReferenceKind.IMPORT, ReferenceKind.REGISTERED}
_BESIDE = re.compile(
    r"(?:^|/)(?:conftest\.py$|__mocks__/|fixtures?/|helpers?[./]|setup\w*[./]|support/"
    r"|utils?[./]|mocks?/)"
)
"""What tests share: it runs the code, and checks nothing."""
_MEMBER = re.compile(r"(?:apps|packages|services|libs|modules)/[^/]+/")
_LAST_NAME = re.compile(r"[A-Za-z_$][\w$]*$")
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|[_:-]|^[A-Z]\w*[a-z]\w*[A-Z]")
"""Names of several words: no sentence and no other code has them by chance."""
_ANYBODYS = {
    "get",
    "post",
    "put",
    "patch",
    "del",
    "delete",
    "index",
    "show",
    "create",
    "update",
    "destroy",
    "handler",
    "main",
    "handle",
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
}
"""Names of handlers that stand in any test: of a route these say nothing."""
_CONSTRUCTOR = re.compile(r"__\w+__|constructor")
"""Methods that are called by the name of their class."""
_WHOLE = re.compile(r"\w+(?:[:-]\w+)+")
_ADDRESS_OF = r"(?:url_path_for|url_for|reverse(?:_lazy)?|path_for)"
"""What Starlette, Flask and Django call to have the address of a route by its name."""
_COMMENTS = ("import ", "from ", "//", "#", "*", "jest.mock", "vi.mock", "require(")


@dataclass(frozen=True, slots=True)
class Mention:
    """A line of a test, and what it names: a name, or a route that it requests."""

    file: str
    line: int
    name: str


class Witnesses:
    """The tests of a snapshot, each read once, and what they name."""

    def __init__(self, snapshot: Snapshot, covered: Sequence[CoveredFile] = ()) -> None:
        """Look at the tests of ``snapshot``; ``covered`` is what was measured that they run."""
        self._snapshot = snapshot
        self.covered = covered
        self._words = words_of(snapshot)
        self._namesakes = namesakes_of(snapshot)
        self._telling: dict[str, tuple[tuple[int, str], ...]] = {}
        self._last: tuple[ChangeFacts, FindingFacts, tuple[Mention, ...]] | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The tree that the tests are of."""
        return self._snapshot

    def text(self, path: str) -> str:
        """Return the text of ``path``, nothing where there is no such file."""
        return self._snapshot.get(path) or ""

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every test file, sorted."""
        return tuple(path for path in self._snapshot.files if is_test(path) and has_runner(path))

    @cached_property
    def _others(self) -> tuple[str, ...]:
        """Every other file, sorted."""
        return tuple(path for path in self._snapshot.files if not is_test(path))

    def holding(self, name: str) -> tuple[str, ...]:
        """Return the files outside of tests that have the word ``name``, sorted."""
        return tuple(self._words.holding(name, self._others))

    def mentions(self, tests: Iterable[str], names: Sequence[str]) -> Iterator[Mention]:
        """Yield the first line of each of ``tests`` that names one of ``names``."""
        several = (
            self.files
            if tests is self.files
            else tuple(path for path in tests if path in self._snapshot)
        )
        held = {path for name in names for path in self._words.holding(name, several)}
        if held:
            pattern = re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, names))})(?![\w$])")
            mentions = (self._first(path, names, pattern) for path in several if path in held)
            yield from (each for each in mentions if each is not None)

    def _first(self, path: str, names: Sequence[str], pattern: re.Pattern[str]) -> Mention | None:
        if path not in self._telling:
            self._telling[path] = tuple(_telling(self._snapshot.text(path)))
        for number, line in self._telling[path]:
            if any(name in line for name in names) and (match := pattern.search(line)):
                return Mention(path, number, match[0])
        return None

    def of(self, change: ChangeFacts, facts: FindingFacts) -> tuple[Mention, ...]:
        """Return ``witnesses_of`` a finding; that of the last one asked about is known."""
        last = self._last
        if last is None or last[0] is not change or last[1] is not facts:
            last = self._last = (change, facts, witnesses_of(change, facts, self))
        return last[2]

    def speaks_of(self, test: str, owners: Sequence[str]) -> bool:
        """Tell whether ``test`` names one of ``owners``, as a class or a value; True for none."""
        text = self.text(test).lower()
        return not owners or any(owner.lower() in text for owner in owners)

    def may_mean(self, mention: Mention, facts: FindingFacts) -> bool:
        """Tell whether a test that names a function may mean the finding's own."""
        meant = [each for each in facts.symbols if _plain(each.symbol) == mention.name]
        own = {place.file for symbol in meant for place in symbol.declarations}
        own |= {use.file for symbol in meant for use in symbol.references} if own else set()
        alone = not own or self._namesakes.is_alone(mention.name, own)
        return alone or self._namesakes.speaks_of_module(mention.file, own)

    def by_route_names(self, names: Iterable[tuple[str, str]]) -> Iterator[Mention]:
        """Yield the first line of each test that asks for the address of a named route.

        ``names`` are pairs of a route's name and the route.
        """
        for name, route in names:
            asked = re.compile(rf"{_ADDRESS_OF}\(\s*[\"']{re.escape(name)}[\"']")
            for test in self.files:
                text = self.text(test)
                if name in text and (match := asked.search(text)) is not None:
                    yield Mention(test, text.count("\n", 0, match.end()) + 1, route)

    def requests(self, routes: Iterable[str]) -> Iterator[Mention]:
        """Yield the first line of each test file that requests one of ``routes``."""
        seen: set[str] = set()
        for route in routes:
            told = ROUTE.fullmatch(route)
            fixed = (
                [part for part in told[2].split("/") if part and not PARAMETER.match(part)]
                if told
                else []
            )
            if told is None or not fixed:
                continue
            path = re.compile(_requested(told[2]))
            for test in self.files:
                text = self._snapshot.text(test)
                if test not in seen and fixed[-1] in text:
                    for line in _lines_requesting(text, told[1] or "", path):
                        seen.add(test)
                        yield Mention(test, line, route)
                        break


def _requested(path: str) -> str:
    """Return a pattern of ``path`` at the end of a quoted address, its parameters filled."""
    parts = [
        r"[^\"'`/\s?]+" if PARAMETER.match(part) else re.escape(part)
        for part in path.strip("/").split("/")
    ]
    before = r"(?:[^\"'`\s]*/)" + ("?" if len(parts) > 1 else "")  # one word alone is any key
    return rf"[\"'`]{before}{'/'.join(parts)}/?(?:\?[^\"'`]*)?[\"'`]"


def _lines_requesting(text: str, method: str, path: re.Pattern[str]) -> Iterator[int]:
    lines = text.splitlines()
    verb = re.compile(rf"(?i)\b{method}\b")
    for number, line in enumerate(lines):
        near = lines[max(0, number - NEAR) : number + NEAR + 1]
        if path.search(line) and (not method or any(verb.search(each) for each in near)):
            yield number + 1


def changing_names(change: ChangeFacts, facts: FindingFacts) -> tuple[str, ...]:
    """Return the plain names of what changes: by the patch, else the symbols of the finding."""
    if change.effects:
        said = [name for effect in change.effects for name in _names(effect)]
    else:
        said = [
            spoken(symbol.symbol, symbol.declarations[0].file)
            for symbol in facts.symbols
            if symbol.declarations and symbol.provider != SETTINGS and " " not in symbol.symbol
        ]
    plain = [_plain(name) for name in said]
    return tuple(dict.fromkeys(name for name in plain if len(name) > _SHORT))


def _owners(change: ChangeFacts, facts: FindingFacts) -> dict[str, tuple[str, ...]]:
    """Return the classes of each member that changes, by its plain name."""
    said = [symbol.symbol for symbol in facts.symbols]
    said += [effect.inside for effect in change.effects]
    owners: dict[str, tuple[str, ...]] = {}
    for name in said:
        owner, dot, own = name.rpartition(".")
        if dot and not _WHOLE.fullmatch(name):
            owners[own] = (*owners.get(own, ()), owner.rpartition(".")[2])
    return owners


def _plain(name: str) -> str:
    """Return the last name of a dotted one; an event or a hyphenated name is one as a whole."""
    if _WHOLE.fullmatch(name):
        return name
    owner, _, own = name.rpartition(".")
    made = _CONSTRUCTOR.fullmatch(own)
    match = _LAST_NAME.search((owner if made else name).rstrip(")"))
    return match[0] if match else ""


def witnesses_of(
    change: ChangeFacts, facts: FindingFacts, witnesses: Witnesses
) -> tuple[Mention, ...]:
    """Return one line of each test file that uses, names or requests what changes.

    Those that were measured to run it come first, then where it is used for certain. A plain word
    counts only in tests that import the code; a name of several words counts in any, that of a
    member where its class is named.
    """
    mentions: dict[str, Mention] = {}
    ran = lines_run(facts, witnesses.covered, witnesses.snapshot)
    for test in ran.tests if ran is not None else ():
        if test.file:
            mentions.setdefault(test.file, Mention(test.file, test.line, test.name))
    names = changing_names(change, facts)
    own = {name.rpartition(".")[2] for name in names}
    for symbol in facts.symbols:
        name = _plain(symbol.symbol)
        for use in symbol.references:
            if (
                use.test
                and use.kind not in _NO_USE
                and name in own
                and not stands_in(use, witnesses.text(use.file))
            ):
                mentions.setdefault(use.file, Mention(use.file, use.line, name))
    distinct = [name for name in names if _DISTINCT.search(name)]
    members = _owners(change, facts)
    plain = tuple(name for name in names if not is_anybodys_method(name, facts))
    for each in (
        *witnesses.mentions(facts.tests, plain),
        *(
            each
            for each in witnesses.mentions(witnesses.files, distinct)
            if witnesses.speaks_of(each.file, members.get(each.name, ()))
            and witnesses.may_mean(each, facts)
        ),
        *witnesses.requests(spellings_of(facts)),
        *witnesses.by_route_names(route_names(facts, witnesses.text)),
    ):
        mentions.setdefault(each.file, each)
    own = {root for path in facts.files if (root := _package(path))}
    near = [each for each in mentions.values() if not own or _package(each.file) in own | {""}]
    return tuple(near)


def _package(path: str) -> str:
    """Return the package of a monorepo that ``path`` is in; its neighbours are other code."""
    match = _MEMBER.match(path)
    return match[0] if match else ""


def who_notices(change: ChangeFacts, facts: FindingFacts, witnesses: Witnesses) -> Said:
    """Say which tests run, name or request what changes, by line, or that none does."""
    ran = lines_run(facts, witnesses.covered, witnesses.snapshot)
    if ran is None:
        return _by_names(change, facts, witnesses)
    measured = _as_measured(ran)
    if ran.ran and ran.tests:
        return measured
    named = _by_names(change, facts, witnesses)
    words = " ".join(filter(None, (measured.words, named.words)))
    return Said(words, measured.grounds + named.grounds)


def _as_measured(ran: Ran) -> Said:
    """Say what a coverage measurement tells of the finding's lines."""
    place = Citation(ran.file, ran.first, None if ran.first == ran.last else ran.last)
    if not ran.ran:
        return Said(f"No test ran {place} when {ran.source} was measured.", (place,))
    if not ran.tests:
        words = f"{place} ran when {ran.source} was measured; by which test is not told."
        return Said(words, (place,))
    known = [
        f"{one.file}:{one.line} (`{one.name}`)" if one.file else f"`{one.name}`"
        for one in ran.tests
    ]
    at = tuple(Citation(one.file, one.line) for one in ran.tests if one.file)
    tests = listed(some(known, _MOST))
    return Said(f"Tests that ran {place}, as {ran.source} was measured: {tests}.", at or (place,))


def _by_names(change: ChangeFacts, facts: FindingFacts, witnesses: Witnesses) -> Said:
    naming = witnesses.of(change, facts)
    tests = [each for each in naming if is_named_test(each.file) or not _BESIDE.search(each.file)]
    if naming:
        told = tests or naming
        head = "Tests that go through it" if tests else "Only what tests share goes through it"
        shown = some([_shown(each) for each in told], _MOST)
        return Said(
            f"{head}: {listed(shown)}.", tuple(Citation(each.file, each.line) for each in told)
        )
    names, routes = changing_names(change, facts), routes_of(facts)
    names = tuple(name for name in names if name not in _ANYBODYS) if routes else names
    sought = [f"names {_either([f'`{name}`' for name in names[:_MOST]])}"] if names else []
    sought += [f"requests {_either(routes)}"] if routes else []
    if facts.tests:
        files = listed(list(facts.tests[:_MOST]))
        verb = "imports" if len(facts.tests) == 1 else "import"
        none = f"; none {' or '.join(sought)}" if sought else ""
        return Said(f"{files} {verb} the file{none}.", tuple(map(Citation, facts.tests[:_MOST])))
    free = [name for name in names if name not in _owners(change, facts)]
    perhaps = first_call(witnesses.files, free, witnesses.text)
    if perhaps and witnesses.may_mean(Mention(perhaps[1].path, 1, perhaps[0]), facts):
        words = f"No test imports it; {perhaps[1]} calls a `{perhaps[0]}`, perhaps this one."
        return Said(words, (perhaps[1],))
    return Said(f"No test was found that {' or '.join(sought)}." if sought else "")


def _shown(mention: Mention) -> str:
    if ROUTE.fullmatch(mention.name):
        return f"{mention.file}:{mention.line} ({mention.name})"
    return f"{mention.file}:{mention.line} (`{mention.name}`)"


def _either(items: Sequence[str]) -> str:
    return listed(list(items)).replace(" and ", " or ")


def _names(effect: Effect) -> tuple[str, ...]:
    own = (effect.name,) if effect.kind in _NAMED else ()
    if effect.kind is EffectKind.VALUE and effect.inside and not _DISTINCT.search(effect.name):
        own = ()  # a parameter that others have too
    if effect.kind in {EffectKind.DECLARATION, EffectKind.EXPORT}:
        return own
    return (effect.inside, *own) if effect.inside else own


def _telling(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a test, with their numbers, that do more than import or comment."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip().startswith(_COMMENTS) and "require(" not in line:
            yield number, line
