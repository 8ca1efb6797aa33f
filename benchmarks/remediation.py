"""How long checking a remediation JSON of many items takes, beside reading it and jsonschema-rs.

    python benchmarks/remediation.py reports/example/reports/remediation-*.json [--items 10000]

The items of the file that is named are repeated under new ids. ``problems`` is what ``mendbook
validate`` does with a file: read it, tell what it is, hold it to both schemas. The schemas are
compiled before anything is measured, once; seconds are of CPU, the least of some rounds.
"""

from __future__ import annotations

import argparse
import copy
import json
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import jsonschema_rs

from mendbook import schemas
from mendbook.intake.validate import REMEDIATION_SCHEMAS, problems


def main() -> None:
    """Measure the file that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("remediation", type=Path)
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=4)
    given = options.parse_args()
    drawn = _repeated(json.loads(given.remediation.read_text("utf-8")), given.items)
    bare = [
        jsonschema_rs.Draft202012Validator(schemas.load_schema(name), validate_formats=True)
        for name in REMEDIATION_SCHEMAS
    ]
    with tempfile.TemporaryDirectory(prefix="remediation-") as folder:
        path = Path(folder) / "remediation.json"
        path.write_text(json.dumps(drawn), "utf-8")
        said = problems(path)
        read = _least(given.rounds, lambda: json.loads(path.read_text("utf-8")))
        decided = _least(given.rounds, lambda: [one.is_valid(drawn) for one in bare])
        checked = _least(given.rounds, lambda: problems(path))
    size = len(json.dumps(drawn)) / 1e6
    print(f"{given.items} items, {size:.1f} MB, {len(said)} problems")
    print(f"json.loads {read:.2f} s, jsonschema-rs alone {decided:.2f} s, problems {checked:.2f} s")
    print(f"problems / (json.loads + jsonschema-rs) = {checked / (read + decided):.2f}")


def _repeated(remediation: dict[str, Any], count: int) -> dict[str, Any]:
    items = []
    for number, item in enumerate(islice(cycle(remediation["remediations"]), count)):
        again = copy.deepcopy(item)
        again["issueId"] = f"{item['issueId']}-{number}"
        items.append(again)
    return {**remediation, "remediations": items}


def _least(rounds: int, work: Callable[[], object]) -> float:
    def once() -> float:
        before = time.process_time()
        work()
        return time.process_time() - before

    return min(once() for _ in range(rounds))


if __name__ == "__main__":
    main()
