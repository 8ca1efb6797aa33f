"""How fast and in how much memory a large SARIF log becomes findings.

    python benchmarks/sarif.py [--results 100000] [--runs 3]

A log is drawn (200 rules, snippets, related locations, fingerprints) and read: redaction,
fingerprints and checks included. Time is processor time, the least of some runs, as a ratio to
``json.load`` of the same file in the same process; memory is what the process grew by.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
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


def seconds(work: Callable[[], object], runs: int) -> float:
    """Return the least processor time of ``work`` in ``runs`` runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def megabytes() -> float:
    """Return the most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Draw a log, read it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.sarif"
        draw(path, chosen.results)
        size = path.stat().st_size / 1e6
        before = megabytes()
        found = len(load_audit(path).findings)
        grown = megabytes() - before
        ours = seconds(lambda: load_audit(path), chosen.runs)
        plain = seconds(lambda: json.loads(path.read_text("utf-8")), chosen.runs)
    print(f"{found} findings of {size:.0f} MB: {ours:.2f} s, {ours / plain:.2f} × json.load")
    print(f"memory: {grown:.0f} MB more, {grown / size:.1f} × the file")


if __name__ == "__main__":
    main()
