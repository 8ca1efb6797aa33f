"""Read what fails out of the output of type checkers, linters, test runners and bundlers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_DURATION = re.compile(r"\s+\(?\d+(?:\.\d+)?\s?m?s\)?$")
_TSC = re.compile(r"^(?P<file>[^\s(][^(]*)\(\d+,\d+\): error (?P<what>TS\d+: .*)$")
_TSC_PRETTY = re.compile(r"^(?P<file>\S.*?):\d+:\d+ - error (?P<what>TS\d+: .*)$")
_TSC_GLOBAL = re.compile(r"^error (?P<what>TS\d+: .*)$")
_ESLINT = re.compile(r"^\s+\d+:\d+\s+error\s+(?P<what>\S.*?)\s*$")
_FILE_LINE = re.compile(r"^(?P<file>\S*[/\\.]\S*\.\w+)$")
_TEST = re.compile(r"^\s*(?:FAIL|●|✖|not ok \d+ -)\s+(?P<what>(?!\d+ problem|failing)\S.*)$")
_BUNDLER = re.compile(r"^\s*(?:✘ \[ERROR\]|ERROR:|\[!\])\s+(?P<what>\S.*)$")
_PYTEST = re.compile(r"^(?:FAILED|ERROR) (?P<what>\S+\.py(?:::\S.*?)?)(?: - .*)?$")
_PYTHON = re.compile(
    r"^(?P<file>\S+?\.pyi?):\d+(?::\d+)?:? (?:error: )?(?P<what>(?:[A-Z]{1,4}\d{2,4}\b|\w).*)$"
)
_RUFF = re.compile(r"^(?P<what>[A-Z]{1,4}\d{3,4}) (?:\[\*\] )?(?P<said>.+)$")
_ARROW = re.compile(r"^\s*-->\s+(?P<file>\S+?):\d+:\d+$")
_GO_TEST = re.compile(r"^\s*--- FAIL: (?P<what>\S+)(?: \([\d.]+s\))?$")
_GO = re.compile(r"^(?:vet: )?(?P<file>\S+\.go):\d+(?::\d+)?: (?P<what>.+)$")
_CARGO_TEST = re.compile(r"^test (?P<what>\S+) \.\.\. FAILED$")
_RUSTC = re.compile(r"^(?P<what>error(?:\[E\d+\])?: (?!could not compile|test failed|aborting).+)$")
_SUREFIRE = re.compile(
    r"^\[ERROR\]\s+(?P<what>(?:\S+\.\w+:\d+|\S+\.java:\[\d+,\d+\]|\S+\(\S+\)).*)$"
)
_GRADLE = re.compile(r"^(?P<what>\S.* > \S.*) FAILED$")
_PLACE = re.compile(r":\[?\d+(?:[:,]\d+)?\]?")
_PASSED_PYTEST = re.compile(r"^=*\s?(?:.*, )?(?P<count>\d+) passed\b.* in [\d.]+s", re.MULTILINE)
_PASSED_CARGO = re.compile(r"^test result: ok\. (?P<count>\d+) passed", re.MULTILINE)
_PASSED = re.compile(r"^\s*Tests:?\s+(?:.*[|,]\s*)?(?P<count>\d+) passed", re.MULTILINE)


def plain_output(text: str, folder: str) -> str:
    """Return ``text`` without colours and without the path of the scratch ``folder``."""
    return _ANSI.sub("", text).replace("\r", "").replace(f"{folder}/", "").replace(folder, ".")


def failures(output: str) -> tuple[str, ...]:
    """Return what ``output`` says fails, sorted, one entry each time: file, rule or test, message.

    Line numbers and durations are left out, so that an old failure is known again when code above
    it moves. ``output`` is that of ``plain_output``. Read are tsc, ESLint (stylish), Vitest, Jest,
    TAP, node:test, esbuild, Rollup; pytest, mypy, Pyright, Ruff, Flake8; go vet and go test; rustc
    and cargo test; Maven and Gradle. Of anything else nothing is understood.
    """
    return tuple(sorted(_failures(output)))


def passed_tests(output: str) -> int | None:
    """Return how many tests Vitest, Jest, pytest or cargo say have passed, or None."""
    match = _PASSED.search(output) or _PASSED_PYTEST.search(output)
    if match is not None:
        return int(match["count"])
    counts = [int(each["count"]) for each in _PASSED_CARGO.finditer(output)]
    return sum(counts) if counts else None


def _failures(output: str) -> Iterator[str]:
    file = rule = ""
    for line in output.splitlines():
        if match := _TSC.match(line) or _TSC_PRETTY.match(line):
            yield f"{match['file']}: {match['what']}"
        elif match := _TSC_GLOBAL.match(line) or _BUNDLER.match(line):
            yield match["what"]
        elif match := _ESLINT.match(line):
            yield f"{file}: {' '.join(match['what'].split())}"
        elif match := _TEST.match(line):
            yield _DURATION.sub("", match["what"])
        elif match := _RUFF.match(line):
            rule = f"{match['what']} {match['said']}"
        elif rule and (match := _ARROW.match(line)):
            yield f"{match['file']}: {rule}"
            rule = ""
        elif match := _GO.match(line) or _PYTHON.match(line):
            yield f"{match['file']}: {match['what']}"
        elif match := (
            _PYTEST.match(line)
            or _GO_TEST.match(line)
            or _CARGO_TEST.match(line)
            or _RUSTC.match(line)
            or _GRADLE.match(line)
        ):
            yield match["what"]
        elif match := _SUREFIRE.match(line):
            yield _PLACE.sub("", match["what"])
        elif match := _FILE_LINE.match(line):
            file = match["file"]
