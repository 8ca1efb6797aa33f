"""How fast and in how much memory a large SARIF log becomes findings.

    python -m venv /tmp/sarif-tools && /tmp/sarif-tools/bin/pip install sarif-tools
    python benchmarks/sarif.py [--results 100000] [--runs 3] [--beside /tmp/sarif-tools/bin/python]

A log is drawn (200 rules, snippets, related locations, fingerprints) and read: redaction,
fingerprints and checks included. Time is processor time, the least of some runs, as a ratio to
``json.load`` of the same file in the same process and, with ``--beside``, to sarif-tools loading it
and making its records in an interpreter that has them, by turns with ours; memory is what the
process grew by.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mendbook.intake import load_audit


def draw(path: Path, count: int) -> None:
    """Write a log of ``count`` results to ``path``, about 700 bytes each, the same at each call."""
    drawn = random.Random(count)  # noqa: S311 - not for secrets
    rules = [
        {
            "id": f"R{number:03}",
            "shortDescription": {"text": f"Rule {number} about gates"},
            "defaultConfiguration": {"level": ("error", "warning", "note")[number % 3]},
            "help": {"text": "Do it in another way."},
            "properties": {"tags": ["security" if number % 4 == 0 else "style"]},
        }
        for number in range(200)
    ]
    tool = json.dumps({"driver": {"name": "Drawn", "rules": rules}})
    with path.open("w", encoding="utf-8") as file:
        # written piece by piece: this process is also the one whose memory is measured
        file.write(f'{{"version": "2.1.0", "runs": [{{"tool": {tool}, "results": [')
        for number in range(count):
            file.write(("," if number else "") + json.dumps(_result(number, drawn)))
        file.write("]}]}")


def _result(number: int, drawn: random.Random) -> dict[str, Any]:
    line = number % 900 + 1
    place = {"uri": f"src/part{number % 97}/module_{number % 1013}.ts", "uriBaseId": "%SRCROOT%"}
    snippet = {"text": f"  const gate{number} = open(value{number % 31}, options);\n"}
    region = {"startLine": line, "startColumn": 5, "endColumn": 40, "snippet": snippet}
    said = f"The gate {number} opens for `value{number % 31}` before it is checked, [here](1)."
    near = {"artifactLocation": place, "region": {"startLine": max(1, line - 3)}}
    return {
        "ruleId": f"R{number % 200:03}",
        "ruleIndex": number % 200,
        "message": {"text": said},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": f"{drawn.getrandbits(64):x}:1"},
        "relatedLocations": [{"id": 1, "physicalLocation": near, "message": {"text": "value"}}],
        "properties": {"number": number},
    }


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of ``work``."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _round(path: Path, beside: Path | None) -> tuple[float, float, float]:
    """Return the time of one reading of ours, of ``json.load`` and of sarif-tools."""
    ours = seconds(lambda: load_audit(path))
    plain = seconds(lambda: json.loads(path.read_text("utf-8")))
    return ours, plain, sarif_tools(beside, path) if beside else 0.0


_BESIDE = """
import sys, time
from sarif import loader
start = time.process_time()
loader.load_sarif_file(sys.argv[1]).get_records()
print(time.process_time() - start)
"""


def sarif_tools(python: Path, path: Path) -> float:
    """Return the processor time in which sarif-tools makes records of the log at ``path``."""
    command = [str(python), "-I", "-c", _BESIDE, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def megabytes() -> float:
    """Return the most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Draw a log, read it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--beside", type=Path, help="the interpreter that has sarif-tools")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.sarif"
        draw(path, chosen.results)
        size = path.stat().st_size / 1e6
        before = megabytes()
        found = len(load_audit(path).findings)
        grown = megabytes() - before
        rounds = [_round(path, chosen.beside) for _ in range(chosen.runs)]
    ours, plain, beside = (min(times) for times in zip(*rounds, strict=True))
    print(f"{found} findings of {size:.0f} MB: {ours:.2f} s, {ours / plain:.2f} × json.load")
    if chosen.beside:
        print(f"{ours / beside:.2f} × sarif-tools ({beside:.2f} s)")
    print(f"memory: {grown:.0f} MB more, {grown / size:.1f} × the file")


if __name__ == "__main__":
    main()
