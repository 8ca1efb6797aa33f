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
_PASSED = re.compile(r"^\s*Tests:?\s+(?:.*[|,]\s*)?(?P<count>\d+) passed", re.MULTILINE)


def plain_output(text: str, folder: str) -> str:
    """Return ``text`` without colours and without the path of the scratch ``folder``."""
    return _ANSI.sub("", text).replace("\r", "").replace(f"{folder}/", "").replace(folder, ".")


def failures(output: str) -> tuple[str, ...]:
    """Return what ``output`` says fails, sorted, one entry each time: file, rule or test, message.

    Line numbers and durations are left out, so that an old failure is known again when code above
    it moves. ``output`` is that of ``plain_output``. Read are tsc, ESLint (stylish), Vitest, Jest,
    TAP, node:test, esbuild and Rollup; of anything else nothing is understood.
    """
    return tuple(sorted(_failures(output)))


def passed_tests(output: str) -> int | None:
    """Return how many tests Vitest or Jest say have passed, or None."""
    found = _PASSED.search(output)
    return int(found["count"]) if found else None


def _failures(output: str) -> Iterator[str]:
    file = ""
    for line in output.splitlines():
        if found := _TSC.match(line) or _TSC_PRETTY.match(line):
            yield f"{found['file']}: {found['what']}"
        elif found := _TSC_GLOBAL.match(line) or _BUNDLER.match(line):
            yield found["what"]
        elif found := _ESLINT.match(line):
            yield f"{file}: {' '.join(found['what'].split())}"
        elif found := _TEST.match(line):
            yield _DURATION.sub("", found["what"])
        elif found := _FILE_LINE.match(line):
            file = found["file"]
