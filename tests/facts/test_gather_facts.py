"""Facts: what the repository says about each finding, and what it does not have."""

from __future__ import annotations

from collections.abc import Mapping

from conftest import MakeRepository
from mendbook.facts import blank_facts, gather_facts
from mendbook.facts.gather import MAX_FILES
from mendbook.model import (
    Audit,
    Declaration,
    Dimension,
    EntryPoint,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Owner,
    Place,
    PlaceKind,
    Severity,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository import open_target

FLUSH = SymbolReferences(
    "Buffer.flush", SymbolStatus.RESOLVED, "syntax", (Declaration("src/domains/gift/b.ts", 1, 3),)
)
ENTRY = EntryPoint('socket event "gift:send"', "src/domains/gift/h.ts", 1)
FILES = {
    "src/domains/gift/b.ts": "export function flush() {\n  return JSON.parse(text);\n}\n",
    "src/domains/gift/h.ts": "socket.on('gift:send', flush);\n",
    "src/domains/gift/README.md": "gifts\n",
    "src/domains/gift/b.test.ts": "test('flush', () => flush());\n",
    "src/index.ts": "start();\n",
    "logo.png": "a\0b",
    ".github/CODEOWNERS": "*.md @writers\n/tests/ @testers\n",
}


class Known:
    """References of a repository that is known by heart."""

    by_finding: Mapping[str, tuple[SymbolReferences, ...]] = {"A-1": (FLUSH,)}

    def importers(self, file: str) -> tuple[str, ...]:
        """Return who imports ``file``."""
        importers = ("src/domains/gift/b.test.ts", "src/domains/gift/h.ts", "src/index.ts")
        return importers if file.endswith("/b.ts") else ()

    def entry_points(self, finding_id: str) -> tuple[EntryPoint, ...]:
        """Return the way into the only finding that can be reached."""
        return (ENTRY,) if finding_id == "A-1" else ()


def finding(identity: str, *places: Place, evidence: str = "", problem: str = "") -> Finding:
    """Return a finding about ``places``."""
    return Finding(
        id=identity,
        severity=Severity.LOW,
        dimension=Dimension.OTHER,
        file=" + ".join(place.path for place in places),
        function="",
        problem=problem,
        evidence=evidence,
        impact="",
        fix="",
        complexity="",
        places=places,
    )


def audit(*findings: Finding) -> Audit:
    """Return an audit of ``findings``."""
    return Audit("audit", "audit.json", "", "", "", "", "", findings)


def gather(make_repository: MakeRepository, *findings: Finding) -> tuple[FindingFacts, ...]:
    """Return the facts about ``findings`` in the repository of this module."""
    target = open_target(make_repository(FILES))
    return gather_facts(audit(*findings), target, Known())


def test_all_that_is_known_about_a_finding(make_repository: MakeRepository) -> None:
    """Files, symbols, evidence, owner, exposure, commits, importers and tests, in one record."""
    one = finding("A-1", Place("src/domains/gift/b.ts"), evidence="return JSON.parse(text);")
    assert gather(make_repository, one) == (
        FindingFacts(
            finding_id="A-1",
            files=("src/domains/gift/b.ts",),
            symbols=(FLUSH,),
            evidence=Evidence(
                EvidenceStatus.VERBATIM, "src/domains/gift/b.ts", 2, 2, 1.0, "evidence text"
            ),
            owner=Owner("Ada Auditor", "git history (1 of 1 commits)"),
            exposure=(ENTRY,),
            commits=1,
            fan_in=2,
            tests=("src/domains/gift/b.test.ts",),
        ),
    )


def test_a_missing_place_is_listed_and_still_has_an_owner(make_repository: MakeRepository) -> None:
    """A file to be written is owned by whoever owns its path."""
    (one,) = gather(make_repository, finding("A-2", Place("tests/gift.test.ts", said_missing=True)))
    assert (one.files, one.missing) == ((), ("tests/gift.test.ts",))
    assert one.owner == Owner("@testers", ".github/CODEOWNERS:2")
    assert one.evidence.status is EvidenceStatus.NO_FILE


def test_a_folder_stands_for_its_source_files(make_repository: MakeRepository) -> None:
    """Documents are left out, with or without the slash, in one finding or several."""
    slash = finding("A-3", Place("src/domains/gift/", PlaceKind.DIRECTORY))
    bare = finding("A-4", Place("src/domains/gift"))
    expected = tuple(f"src/domains/gift/{name}" for name in ("b.test.ts", "b.ts", "h.ts"))
    for facts in gather(make_repository, slash, bare):
        assert (facts.files, facts.missing, facts.notes) == (expected, (), ())


def test_a_folder_is_narrowed_to_the_files_that_the_text_names(
    make_repository: MakeRepository,
) -> None:
    """``No tests for b.ts`` about a folder is about that file of it."""
    (one,) = gather(
        make_repository,
        finding(
            "A-5",
            Place("src/domains/gift/", PlaceKind.DIRECTORY),
            problem="No tests for b.ts, hub.ts or x.h.ts",
        ),
    )
    assert one.files == ("src/domains/gift/b.ts",)
    assert one.notes == ("src/domains/gift/ was narrowed to the files that the finding names",)


def test_a_large_folder_is_capped_and_says_so(make_repository: MakeRepository) -> None:
    """Hundreds of files would say nothing about a finding."""
    target = open_target(make_repository({f"src/{n:03}.ts": "x\n" for n in range(60)}))
    one = finding("A-6", Place("src/", PlaceKind.DIRECTORY))
    (facts,) = gather_facts(audit(one), target, Known())
    assert len(facts.files) == MAX_FILES
    assert facts.notes == (f"src/ holds 60 files; the first {MAX_FILES} are listed",)


def test_patterns_and_what_cannot_be_read(make_repository: MakeRepository) -> None:
    """A pattern is matched; what is there and not read is not missing."""
    one = finding(
        "A-7",
        Place("src/domains/*/h.ts", PlaceKind.PATTERN),
        Place("src/domains/gift/b.ts"),
        Place("logo.png"),
        Place("../etc/passwd", PlaceKind.OUTSIDE),
        Place("tests/*", PlaceKind.PATTERN),
    )
    (facts,) = gather(make_repository, one)
    assert facts.files == ("src/domains/gift/h.ts", "src/domains/gift/b.ts")
    assert facts.missing == ("../etc/passwd", "tests/*")
    assert facts.notes == (
        "logo.png is binary",
        "../etc/passwd is outside the repository and was not looked at",
    )


def test_without_a_repository_every_fact_says_so() -> None:
    """Nothing was looked up, so nobody is named."""
    unknown = Owner("unknown", "no CODEOWNERS and no history of it")
    one = finding("A-8", Place("src/domains/gift/b.ts"))
    said = "no repository was given, so nothing was looked up"
    assert blank_facts(audit(one, finding("A-9"))) == (
        FindingFacts(
            "A-8",
            (),
            evidence=Evidence(EvidenceStatus.UNCHECKED, how=said),
            owner=unknown,
            notes=(said,),
        ),
        FindingFacts(
            "A-9",
            (),
            evidence=Evidence(EvidenceStatus.UNCHECKED, how=said),
            owner=Owner("unknown", "no file is named"),
            notes=(said,),
        ),
    )
