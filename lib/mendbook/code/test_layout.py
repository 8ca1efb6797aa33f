"""Where the target keeps its tests: the file that tests a unit, or the one that should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from mendbook.code.test_convention import PACKAGE, Convention, apart, for_each_package, goes_on
from mendbook.code.test_files import is_test
from mendbook.code.trees import LANGUAGES
from mendbook.repository.snapshot import Snapshot

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_PASSED_ON = re.compile(r"(?:export|import)\s+(?:type\s+)?[^;\"']*?from\s*[\"'][^\"']+[\"']")


_SAYS_TEST = re.compile(r"[-_.]?(?:[Tt]est|[Ss]pec)s?$")
_WHOLE_FOLDER = {"index", "__init__", "mod"}
"""Names of files that stand for the folder they are in: its name says what they are."""
_TEST_ROOTS = {"test", "tests", "__tests__", "spec"}
_ROOTS = {"spec", "", "src", "lib", "app", "test", "tests", "unit", "unit-tests", "__tests__"}


@dataclass(frozen=True, slots=True, eq=False)
class _Family:
    """Languages whose runners find tests by the same names; each is one of those below."""

    suffixes: tuple[str, ...]
    names: tuple[str, ...]
    """Names of test files, ``{}`` for the unit's; the first one where the target has none."""
    folder: str = ""
    """Where new tests go in a target without any; empty for beside the unit."""
    root: str = ""
    """The folder of sources that ``folder`` mirrors."""
    inside: bool = False
    """Tests of a unit stand in its own file."""
    beside: bool = False
    """Tests of a unit stand in its folder, as the language wants it."""

    @lru_cache(maxsize=65536)  # noqa: B019 - families live as long as the program
    def stem(self, path: str) -> str:
        """Return the name of the unit that the file at ``path`` is or tests."""
        name = PurePosixPath(path).stem
        for pattern in self.names:
            before, after = pattern.split("{}")
            if name.startswith(before) and name.endswith(after) and len(name) > len(before + after):
                name = name[len(before) : len(name) - len(after)]
                break
        folder = PurePosixPath(path).parent.name
        if name in _WHOLE_FOLDER:
            return name if folder in _ROOTS else folder
        return name.lstrip("_") or name

    @lru_cache(maxsize=65536)  # noqa: B019 - families live as long as the program
    def pattern(self, path: str) -> str:
        """Return which of the names the test at ``path`` has; empty for none."""
        name = PurePosixPath(path).stem
        for pattern in self.names:
            before, after = pattern.split("{}")
            if name.startswith(before) and name.endswith(after):
                return pattern
        return ""


_FAMILIES = (
    _Family(
        tuple(LANGUAGES),
        (
            "{}.test",
            "{}.spec",
            "{}.e2e-spec",
            "{}.e2e",
            "{}.cy",
            "{}-test",
            "{}-spec",
            "{}_test",
            "{}_spec",
            "{}Tests",
            "{}Test",
            "{}Spec",
            "{}",
        ),
    ),
    _Family((".py",), ("test_{}", "{}_test"), folder="tests"),
    _Family((".go",), ("{}_test",), beside=True),
    _Family(
        (".java", ".kt", ".scala"), ("{}Test", "{}Tests", "{}IT", "Test{}"), "src/test", "src/main"
    ),
    _Family((".rb",), ("{}_spec", "{}_test"), folder="spec", root="lib"),
    _Family((".php", ".cs", ".swift"), ("{}Test", "{}Tests"), folder="tests", root="src"),
    _Family((".rs",), ("{}",), inside=True),
)
_FAMILY_OF = {suffix: family for family in reversed(_FAMILIES) for suffix in family.suffixes}
END_TO_END = re.compile(
    r"(?:^|/)(?:cypress|e2e|playwright)/|\.(?:e2e|e2e-spec|e2e-test|cy)\.[cm]?[jt]sx?$"
)
"""Tests of a whole application: they say nothing of where a unit's own tests stand."""
_SPEC_ONLY = re.compile(r"\"?test(?:Regex|Match)\"?\s*:\s*\[?\s*[^,\n]*\bspec\b[^,\n]*")
_PLAIN = "{}"
"""The name of a test that only its folder tells from its unit."""
_OTHER = _Family((), ("{}.test",))
_MANIFESTS = (
    *("package.json", "pyproject.toml", "setup.py", "go.mod", "Cargo.toml", "composer.json"),
    *("pom.xml", "build.gradle", "build.gradle.kts", "Gemfile"),
)
"""What stands in the folder that a package of a monorepo begins in."""


class Layout:
    """The target's own convention for test files, read from the tests that it has.

    Tests stand beside their units, in a subfolder such as ``__tests__``, or in a folder of the
    package that mirrors the sources or holds all in one. The most frequent convention of the
    unit's language is used; a target without tests gets what the language's runners find.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        code = [path for path in snapshot.files if _family(path) is not _OTHER]
        self._tests = {path: _family(path) for path in code if is_test(path)}
        self._units = [path for path in code if not is_test(path)]
        self._by_stem: dict[tuple[_Family, str], list[str]] = {}
        for path, family in self._tests.items():
            self._by_stem.setdefault((family, family.stem(path)), []).append(path)
        self._snapshot = snapshot
        self._known: dict[tuple[_Family, str], Convention | None] = {}
        self._folders: dict[_Family, str] = {}

    def test_file(self, unit: str, known: Sequence[str] = ()) -> str:
        """Return the test file of ``unit``: an existing one, ``known`` ones first, or a new one."""
        family = _family(unit)
        if family.inside:
            return unit
        stem = family.stem(unit)
        given = [
            test
            for test in known
            if _family(test) is family and _is_of(family.stem(test), stem) and self.is_run(test)
        ]
        named = [
            test
            for test in self._named_after(family, stem)
            if (family.pattern(test) not in {"", _PLAIN} or self._only_folder(family))
            and not END_TO_END.search(test)
        ]
        existing = given or [test for test in named if not self._is_of_another(test, unit, stem)]
        existing = [test for test in existing if not family.beside or _is_beside(test, unit)]
        if existing:
            return max(existing, key=lambda test: _shared(test, unit))
        return self._new(unit, family)

    def _named_after(self, family: _Family, stem: str) -> Sequence[str]:
        """Return the tests of that stem; where there is none, those that spell it otherwise."""
        alike = (
            test
            for (own, other), tests in self._by_stem.items()
            if own is family and other.lower() == stem.lower()
            for test in tests
        )
        return self._by_stem.get((family, stem)) or tuple(alike)

    def _is_of_another(self, test: str, unit: str, stem: str) -> bool:
        """Tell whether ``test`` stands nearer to another unit of the same name."""
        family = _family(unit)
        others = (
            other
            for other in self._units
            if other != unit and _family(other) is family and family.stem(other) == stem
        )
        return any(_shared(test, other) > _shared(test, unit) for other in others)

    def exists(self, test: str) -> bool:
        """Tell whether ``test`` is a test file of the target, or a unit that holds its tests."""
        return test in self._tests or (_family(test).inside and test in self._snapshot)

    def holds_tests(self, path: str) -> bool:
        """Tell whether tests stand at ``path``, or will: it is a test, or holds its own."""
        return is_test(path) or _family(path).inside

    def may_hold(self, path: str, unit: str) -> bool:
        """Tell whether a test of ``unit`` can be written in the test at ``path``.

        One of the whole application holds none; where the language has tests of a package in its
        folder, no other folder does.
        """
        if END_TO_END.search(path):
            return False
        return not _family(unit).beside or _is_beside(path, unit)

    def is_run(self, path: str) -> bool:
        """Tell whether a runner takes ``path`` for a test, and not for a fixture beside them."""
        if PurePosixPath(path).name == "tests.py":
            return path in self._tests
        named = _family(path).pattern(path)
        plain = named == _PLAIN and bool(self._only_folder(_family(path)))
        return path in self._tests and (named not in {"", _PLAIN} or plain)

    def text(self, path: str) -> str:
        """Return the text of ``path``, nothing when there is no such file."""
        return self._snapshot.get(path) or ""

    def is_barrel(self, path: str) -> bool:
        """Tell whether ``path`` only passes on what other files export."""
        return _is_barrel(self.text(path))

    def _new(self, unit: str, family: _Family) -> str:
        path = PurePosixPath(unit)
        convention = self._convention_of(family, path.parts[0])
        if family.root == "src/main" and f"/{unit}".find("/src/main/") >= 0:
            return self._mirrored(path, family, convention)
        if convention is None:
            folder = self._only_folder(family)
            name = self._default_name(path, family)
            return f"{folder}/{path.name}" if folder else _by_default(path, family, name)
        name = convention.pattern.format(family.stem(unit)) + path.suffix
        if not convention.folder or family.beside:
            return (path.parent / convention.beside / name).as_posix()
        package = () if convention.whole else self._package(path)
        own = self._package(path)[-1:]
        named = [own if own and each == PACKAGE else (each,) for each in convention.folder]
        home = tuple(part for parts in named for part in parts)
        below = path.parent.parts[len(package) :]
        kept = below[convention.dropped :] if convention.dropped is not None else ()
        return PurePosixPath(*package, *home, *kept, name).as_posix()

    def _default_name(self, unit: PurePosixPath, family: _Family) -> str:
        """Return the name of a unit's test where no other unit has one, as the runner finds it."""
        first = family.names[0]
        if family.names[1:2] != ("{}.spec",):
            return first
        package = PurePosixPath(*self._package(unit))
        settings = ("package.json", "jest.config.js", "jest.config.ts", "jest.config.json")
        told = (_SPEC_ONLY.search(self.text(str(package / each))) for each in settings)
        return "{}.spec" if any(each and "test|" not in each[0] for each in told) else first

    def _mirrored(self, path: PurePosixPath, family: _Family, convention: Convention | None) -> str:
        """Return the test of a unit of a package: where those of its neighbours are, else its own.

        A test of Java reaches what a package keeps to itself only from the same package.
        """
        pattern = convention.pattern if convention is not None else family.names[0]
        beside = Counter(
            PurePosixPath(test).parent.as_posix()
            for unit in self._units
            if PurePosixPath(unit).parent == path.parent
            for test in self._by_stem.get((family, family.stem(unit)), ())
        )
        own = f"/{path.parent.as_posix()}".replace("/src/main/", "/src/test/", 1).lstrip("/")
        folder = beside.most_common(1)[0][0] if beside else own
        return f"{folder}/{pattern.format(family.stem(path.as_posix()))}{path.suffix}"

    def _package(self, path: PurePosixPath) -> tuple[str, ...]:
        """Return the folders down to the innermost package that ``path`` is in."""
        homes = (one for one in path.parents if any(self._is_manifest(str(one / name))
                 for name in _MANIFESTS))  # fmt: skip
        return next(homes, PurePosixPath()).parts

    def _is_manifest(self, path: str) -> bool:
        """Tell whether ``path`` begins a package; a ``setup.py`` of the code's own does not."""
        if path not in self._snapshot:
            return False
        return not path.endswith("setup.py") or "setuptools" in self.text(path)

    def _convention_of(self, family: _Family, top: str) -> Convention | None:
        """Return the convention of the units below the folder ``top``, else that of all."""
        if (family, top) not in self._known:
            own = [each for where, each in self._conventions(family) if where == top]
            every = [each for _, each in self._conventions(family)]
            self._known[family, top] = self._convention(own or every, family)
        return self._known[family, top]

    def _convention(self, several: Sequence[Convention], family: _Family) -> Convention | None:
        """Return the most frequent convention; names that say ``test`` go before plain ones."""
        seen = Counter(several)
        best = max(seen, key=lambda each: (each.pattern != _PLAIN, seen[each]), default=None)
        alone = None if best is not None and best.pattern != _PLAIN else self._of_no_unit(family)
        chosen = alone or best
        if chosen is None or chosen.dropped is None or self._has_nested(chosen, family):
            return chosen
        return replace(chosen, dropped=None)

    def _has_nested(self, convention: Convention, family: _Family) -> bool:
        """Tell whether a test stands in a folder below that of the tests, as a mirror has them.

        Where none does, a runner need not look there.
        """
        folders = tuple(each for each in convention.folder if each != PACKAGE)
        return any(
            own is family
            and not END_TO_END.search(test)
            and goes_on(PurePosixPath(test).parent.parts, folders)
            for test, own in self._tests.items()
        )

    def _of_no_unit(self, family: _Family) -> Convention | None:
        """Return where tests stand whose names say that they are tests, of no unit's name."""
        seen = Counter(
            (PurePosixPath(test).parts[0], family.pattern(test))
            for test, own in self._tests.items()
            if own is family
            and family.pattern(test) not in {"", _PLAIN}
            and not END_TO_END.search(test)
            and PurePosixPath(test).parts[0] in _ROOTS
        )
        folder, pattern = max(seen, key=lambda each: seen[each], default=("", ""))
        return Convention((folder,), pattern) if folder in _TEST_ROOTS else None

    def _only_folder(self, family: _Family) -> str:
        """Return the one folder that a runner is given when no test's name says that it is one."""
        if family not in self._folders:
            self._folders[family] = self._folder(family)
        return self._folders[family]

    def _folder(self, family: _Family) -> str:
        several = (test for test, own in self._tests.items() if own is family)
        tests = [test for test in several if not END_TO_END.search(test)]
        if _PLAIN not in family.names or any(family.pattern(test) != _PLAIN for test in tests):
            return ""
        folders = Counter(PurePosixPath(test).parts[0] for test in tests)
        return folders.most_common(1)[0][0] if folders else ""

    def _conventions(self, family: _Family) -> Iterable[tuple[str, Convention]]:
        """Yield the first folder of each unit that has a test, and where that stands."""
        by_stem: dict[str, list[PurePosixPath]] = {}
        for source in self._units:
            if _family(source) is family:
                by_stem.setdefault(family.stem(source), []).append(PurePosixPath(source))
        for test, own in self._tests.items():
            if END_TO_END.search(test):
                continue
            path = PurePosixPath(test)
            pattern = family.pattern(test) if own is family else ""
            for unit in by_stem.get(family.stem(test), ()) if pattern else ():
                yield unit.parts[0], self._told_by(path, unit, pattern)

    def _told_by(self, path: PurePosixPath, unit: PurePosixPath, pattern: str) -> Convention:
        """Return the convention by which the test at ``path`` is that of ``unit``."""
        if path.parent == unit.parent:
            return Convention((), pattern)
        if path.parent.parent == unit.parent and unit.parent.name:
            return Convention((), pattern, beside=path.parent.name)
        home = self._package(unit)
        whole = home != self._package(path)
        convention = apart(path, unit, pattern, () if whole else home, whole=whole)
        return for_each_package(convention, home) if whole and home else convention


@lru_cache(maxsize=8192)
def _is_barrel(text: str) -> bool:
    bare = _COMMENT.sub("", text).strip()
    return bool(bare) and not _PASSED_ON.sub("", bare).strip(" ;\r\n\t")


@lru_cache(maxsize=2)
def layout_of(snapshot: Snapshot) -> Layout:
    """Return the layout of ``snapshot``, read once for all who ask."""
    return Layout(snapshot)


def has_runner(path: str) -> bool:
    """Tell whether the runners of the language of ``path`` are known to find tests by name."""
    return _family(path) is not _OTHER


@lru_cache(maxsize=65536)
def _family(path: str) -> _Family:
    return _FAMILY_OF.get(PurePosixPath(path).suffix, _OTHER)


def _by_default(path: PurePosixPath, family: _Family, pattern: str) -> str:
    """Return where the runners of the language look in a target that has no tests."""
    name = pattern.format(path.stem) + path.suffix
    if not family.folder:
        return (path.parent / name).as_posix()
    below = path.parent.as_posix()
    if family.root and f"/{below}/".find(f"/{family.root}/") >= 0:
        return f"{below}/".replace(f"{family.root}/", f"{family.folder}/", 1) + name
    return PurePosixPath(family.folder, name).as_posix()


def _is_of(own: str, stem: str) -> bool:
    """Tell whether a test is called after its unit: ``tide`` or ``tideTest``."""
    return own == stem or _SAYS_TEST.sub("", own) == stem


def _is_beside(test: str, unit: str) -> bool:
    return PurePosixPath(test).parent == PurePosixPath(unit).parent


def _shared(test: str, unit: str) -> int:
    return len(set(PurePosixPath(test).parts) & set(PurePosixPath(unit).parts))
