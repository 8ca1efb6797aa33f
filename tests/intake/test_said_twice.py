"""Promises of rewording: a fault that two runs tell differently is one, two of one line are two."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mendbook.intake.compare import Comparison, compare
from mendbook.intake.fingerprint import fingerprint
from mendbook.model import Audit, Dimension, Finding, Origin, Place, PlaceKind, Severity


@dataclass(frozen=True, slots=True)
class Told:
    """A problem and its fix, as one run of a model tells them."""

    problem: str
    fix: str
    quote: str = ""


ONE_FAULT = [
    (
        Told("A huge scan is decoded in the worker that also answers requests.",
             "Resize it in a background job.", "image = Image.open(path)"),
        Told("CPU-bound image processing blocks the event loop.",
             "Run it in a process pool or task queue.", "Image.open(path)"),
    ),
    (
        Told("If the bank does not answer, the payday run hangs.", "Pass an AbortSignal.timeout.",
             "const res = await fetch(url, { method: 'POST', body });"),
        Told("fetch without timeout.", "Abort the request after e.g. 10s.",
             "await fetch(url, { method: 'POST', body })"),
    ),
    (
        Told("The mutex stays locked when opening fails, and the next call waits for ever.",
             "Unlock by defer.", "door.mu.Lock()"),
        Told("Early return without releasing the lock causes deadlock.",
             "Use `defer mu.Unlock()` right after Lock.", "door.mu.Lock()"),
    ),
    (
        Told("Every signed-in visitor can delete paintings.", "Ask for the role of a curator.",
             '@DeleteMapping("/paintings/{id}")'),
        Told("Missing authorization check on destructive endpoint.",
             "Add @PreAuthorize(\"hasRole('CURATOR')\").", '@DeleteMapping("/paintings/{id}")'),
    ),
    (
        Told("Passwords are stored as MD5.", "Use argon2.", "hashlib.md5(password.encode())"),
        Told("Weak password hashing algorithm.", "Use bcrypt/argon2 with a salt.",
             "digest = hashlib.md5(password.encode())"),
    ),
    (
        Told("The page of a collection asks the database once for each scan's author.",
             "Use select_related('author')."),
        Told("N+1 query problem when rendering scan authors.", "Eager-load with `select_related`."),
    ),
    (
        Told("Lines above 64 KB end the scan without a word.",
             "Check scanner.Err and give it a larger buffer.", "for scanner.Scan() {"),
        Told("bufio.Scanner error not checked; long tokens silently truncate input.",
             "Call scanner.Buffer and check Err().", "for scanner.Scan() {"),
    ),
    (
        Told("The image of tomorrow may be another one: golang:latest.",
             "Pin the version and its digest.", "FROM golang:latest"),
        Told("Unpinned base image.", "Use a fixed tag, e.g. golang:1.22.", "FROM golang:latest"),
    ),
]  # fmt: skip
TWO_FAULTS = [
    (
        Told("A huge scan is decoded in the worker that also answers requests.",
             "Resize it in a background job.", "image = Image.open(path)"),
        Told("Scans with an alpha channel fail to be saved as JPEG.",
             "Convert the image to RGB before saving.", "Image.open(path)"),
    ),
    (
        Told("If the bank does not answer, the payday run hangs.", "Pass an AbortSignal.timeout.",
             "await fetch(url, { method: 'POST', body })"),
        Told("A failed request to the bank is not tried again.", "Retry three times with backoff.",
             "await fetch(url, { method: 'POST', body })"),
    ),
    (
        Told("Events are kept in a slice that only ever grows.", "Keep the last thousand.",
             "events = append(events, event)"),
        Told("Two doors that append at once lose events.", "Guard the slice with a mutex.",
             "events = append(events, event)"),
    ),
    (
        Told("The promise of `open()` is not awaited.", "Await `open()`."),
        Told("The promise of `log()` is not awaited.", "Await `log()`."),
    ),
    (
        Told("The payment request has no timeout.", "Set 10 seconds."),
        Told("The seat map's request has no timeout.", "Set 5 seconds."),
    ),
    (
        Told("Passwords are stored as MD5.", "Use argon2.", "hashlib.md5(password.encode())"),
        Told("The hashes are compared by ==, which tells how much was right by its time.",
             "Use hmac.compare_digest.", "hashlib.md5(password.encode())"),
    ),
    (
        Told("Full table scan on passes.card_number.", "Add an index.", "card_number text"),
        Told("One card can be given to two passes, since nothing makes its number unique.",
             "Add a UNIQUE constraint.", "card_number text"),
    ),
    (
        Told("Unpinned base image.", "Use golang:1.22.", "FROM golang:latest"),
        Told("The container runs as root.", "Add USER app.", "FROM golang:latest"),
    ),
]  # fmt: skip


def _audit(name: str, told: Told, line: int, rule: str = "") -> Audit:
    path, symbol = "src/place.x", "work"
    finding = Finding(
        id=name,
        severity=Severity.HIGH,
        dimension=Dimension.OTHER,
        file=path,
        function=symbol,
        problem=told.problem,
        evidence=told.quote,
        impact="",
        fix=told.fix,
        complexity="",
        places=(Place(path, PlaceKind.FILE, line, line + 4),),
        symbols=(symbol,),
        origins=(Origin("audit", "", rule=rule),),
        fingerprint=fingerprint(path, symbol, rule, told.quote or told.problem),
    )
    return Audit("a", "a.json", "", "", "", "", "", (finding,))


def _compared(first: Told, second: Told, rule: str = "") -> Comparison:
    return compare(_audit("A-1", first, 40, rule), _audit("B-7", second, 42, rule))


@pytest.mark.parametrize(("first", "second"), ONE_FAULT)
def test_a_fault_that_a_second_run_tells_anew_is_still_there(first: Told, second: Told) -> None:
    """Its kind and its cure are the same, whatever they are called."""
    found = _compared(first, second)
    assert (found.new, found.fixed) == ((), ())


@pytest.mark.parametrize(("first", "second"), TWO_FAULTS)
def test_two_faults_of_one_place_and_quote_are_two(first: Told, second: Told) -> None:
    """One is fixed, or no longer reported, and the other is new."""
    found = _compared(first, second)
    assert [each.id for each in found.new] == ["B-7"]
    assert [each.id for each in found.fixed] == ["A-1"]


@pytest.mark.parametrize(("first", "second"), TWO_FAULTS[1:3])
def test_what_a_rule_found_is_told_by_its_rule(first: Told, second: Told) -> None:
    """A tool that words its message anew reports the same."""
    assert not _compared(first, second, rule="no-floating").new
