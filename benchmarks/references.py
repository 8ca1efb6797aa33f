"""How right and how fast references are, against an oracle of TypeScript's own answers.

    python benchmarks/references.py CHECKOUT ORACLE [CHECKOUT ORACLE …] [--typescript DIR]

CHECKOUT is a git checkout at the oracle's commit. ORACLE is JSON: ``symbols``, each with
``symbol``, ``declarations`` (``file``) and ``references`` (``file``, ``line``, ``kind``). DIR is a
folder in which ``npm install typescript@5.9`` was run. Times are the least of some runs, printed as
ratios of the same run: machines differ and are busy, ratios less so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from mendbook.code import trees as syntax
from mendbook.code.references import References, find_references
from mendbook.code.references.compiler import find_compiler
from mendbook.code.references.exact import ExactProvider
from mendbook.code.references.index import Index
from mendbook.code.references.locate import declarations, named_files
from mendbook.code.references.provider import Spot
from mendbook.code.references.scratch import write_project
from mendbook.model import Dimension, Finding, Place, Severity
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import open_target

Use = tuple[str, int, str]
_WRITING = Lock()
_KINDS = {"call": "call", "new": "construct", "construct": "construct"}


@dataclass(frozen=True, slots=True)
class Case:
    """One checkout, what an oracle says about it, and the same symbols as findings."""

    root: Path
    snapshot: Snapshot
    wanted: tuple[frozenset[Use], ...]
    findings: tuple[Finding, ...]


def read_case(root: Path, oracle: Path) -> Case:
    """Return the symbols of ``oracle`` that exist, as findings about the checkout ``root``."""
    symbols = [one for one in json.loads(oracle.read_bytes())["symbols"] if one["declarations"]]
    return Case(
        root,
        open_target(root).snapshot,
        tuple(frozenset(_uses(one["references"])) for one in symbols),
        tuple(_finding(number, one) for number, one in enumerate(symbols)),
    )


def _uses(references: Sequence[dict[str, Any]]) -> list[Use]:
    return [
        (one["file"], one["line"], _KINDS[one["kind"]])
        for one in references
        if one["kind"] in _KINDS
    ]


def _finding(number: int, symbol: dict[str, Any]) -> Finding:
    files = dict.fromkeys(one["file"] for one in symbol["declarations"])
    return Finding(
        id=str(number),
        severity=Severity.INFO,
        dimension=Dimension.OTHER,
        file="",
        function=symbol["symbol"],
        problem="",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=tuple(Place(file) for file in files),
        symbols=(symbol["symbol"],),
    )


def score(case: Case, found: References) -> tuple[int, int, int]:
    """Return how many call and construct references are right, wrong, and not found."""
    right = wrong = lost = 0
    for finding, wanted in zip(case.findings, case.wanted, strict=True):
        got = {
            (one.file, one.line, one.kind.value)
            for symbol in found.by_finding[finding.id]
            for one in symbol.references
            if one.kind.value in _KINDS
        }
        right += len(got & wanted)
        wrong += len(got - wanted)
        lost += len(wanted - got)
    return right, wrong, lost


def bare_session(compiler: Path, folder: Path, texts: dict[str, str], spots: list[Spot]) -> int:
    """Ask the language server by hand, without a client library; return how many it found."""
    server = subprocess.Popen(
        [compiler, "--lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
    )
    root = folder.resolve().as_uri()
    _send(server, _initialize(root))
    _await_answers(server, {0})
    said: list[dict[str, Any]] = [{"method": "initialized", "params": {}}]
    said += [_opened(f"{root}/{file}", text) for file, text in texts.items()]
    said += [_question(number, root, spot) for number, spot in enumerate(spots, start=1)]
    writer = Thread(target=_send, args=(server, *said))
    writer.start()
    found = _await_answers(server, set(range(1, len(spots) + 1)))
    writer.join()
    server.kill()
    server.communicate()
    return found


def _await_answers(server: subprocess.Popen[bytes], waiting: set[int]) -> int:
    found = 0
    while waiting:
        answer = _receive(server)
        if "method" in answer and "id" in answer:
            _send(server, {"id": answer["id"], "result": None})
        elif "method" not in answer:
            waiting.remove(answer["id"])
            found += len(answer["result"]) if isinstance(answer.get("result"), list) else 0
    return found


def _initialize(root: str) -> dict[str, Any]:
    params = {"processId": os.getpid(), "rootUri": root, "capabilities": {}}
    return {"id": 0, "method": "initialize", "params": params}


def _opened(uri: str, text: str) -> dict[str, Any]:
    document = {"uri": uri, "languageId": "typescript", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": document}}


def _question(number: int, root: str, spot: Spot) -> dict[str, Any]:
    params = {
        "textDocument": {"uri": f"{root}/{spot.file}"},
        "position": {"line": spot.line, "character": spot.column},
        "context": {"includeDeclaration": True},
    }
    return {"id": number, "method": "textDocument/references", "params": params}


def _send(server: subprocess.Popen[bytes], *messages: dict[str, Any]) -> None:
    assert server.stdin is not None
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with _WRITING:
            server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            server.stdin.flush()


def _receive(server: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert server.stdout is not None
    size = 0
    while line := server.stdout.readline().strip():
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    answer: dict[str, Any] = json.loads(server.stdout.read(size))
    return answer


def language_service(typescript: Path, folder: Path, spots: list[Spot]) -> None:
    """Ask TypeScript 5.9's LanguageService in a process of its own."""
    asked = [{"file": one.file, "line": one.line, "column": one.column} for one in spots]
    script = Path(__file__).with_name("language_service.mjs")
    subprocess.run(
        ["node", script, typescript, folder],
        input=json.dumps(asked).encode(),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def least(runs: int, works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the seconds of the fastest of ``runs`` calls of each work, taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: min(several) for name, several in taken.items()}


def times(case: Case, runs: int, typescript: Path | None) -> dict[str, float]:
    """Return the least seconds: parsing, syntax, a bare session, exact, the LanguageService."""
    snapshot, findings = case.snapshot, case.findings
    texts = {path: snapshot.text(path) for path in snapshot.files if syntax.is_source(path)}
    works: dict[str, Callable[[], object]] = {
        "parse": lambda: [syntax.parse(*one) for one in texts.items()],
        "syntax": lambda: find_references(findings, snapshot, provider="syntax"),
    }
    compiler = find_compiler(case.root)
    if compiler is None:
        return least(runs, works)
    index = Index(snapshot)
    every = (
        subject
        for finding in findings
        for subject in declarations(index, finding.symbols[0], named_files(finding, index))
    )
    subjects = list(dict.fromkeys(every))
    spots = [ExactProvider(index, compiler).spot(subject) for subject in subjects]
    opened = {spot.file: texts[spot.file] for spot in spots}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(snapshot, folder)
        works["bare"] = lambda: bare_session(compiler, folder, opened, spots)
        works["exact"] = lambda: ExactProvider(Index(snapshot), compiler).references(subjects)
        if typescript is not None:
            works["5.9"] = lambda: language_service(typescript, folder, spots)
        return least(runs, works)


_RATIOS = (("syntax", "parse"), ("exact", "bare"), ("syntax", "5.9"), ("exact", "5.9"))


def main() -> None:
    """Print accuracy over all checkouts, then each checkout's ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pairs", nargs="+", type=Path, metavar="CHECKOUT ORACLE")
    parser.add_argument("--typescript", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    if len(given.pairs) % 2:
        parser.error("give each CHECKOUT its ORACLE")
    cases = [read_case(*pair) for pair in zip(given.pairs[::2], given.pairs[1::2], strict=True)]
    for name in ("syntax", "exact"):
        answers = [find_references(one.findings, one.snapshot, one.root, name) for one in cases]
        skipped = [skip.reason for answer in answers for skip in answer.not_run]
        if skipped:
            print(f"{name}: not measured, {skipped[0]}")
            continue
        scores = [score(*one) for one in zip(cases, answers, strict=True)]
        right, wrong, lost = (sum(column) for column in zip(*scores, strict=True))
        print(
            f"{name}: precision {right / (right + wrong):.3f}, recall {right / (right + lost):.3f},"
            f" F1 {2 * right / (2 * right + wrong + lost):.3f}"
            f" over {sum(len(one.findings) for one in cases)} symbols, {right + lost} references"
        )
    for case in cases:
        measured = times(case, given.runs, given.typescript)
        ratios = [
            f"{one}/{other} {measured[one] / measured[other]:.2f}"
            for one, other in _RATIOS
            if one in measured and other in measured
        ]
        seconds = ", ".join(f"{name} {value:.3f} s" for name, value in measured.items())
        print(f"{case.root.name}: {', '.join(ratios)} ({seconds})")


if __name__ == "__main__":
    main()
