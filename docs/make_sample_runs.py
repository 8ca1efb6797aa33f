"""Plan the sample's two earlier audits, and keep of each run what the trend needs.

What a later version of Mendbook reads is what an earlier one kept, so the traces are made anew
only when their own form changes: ``python docs/make_sample_runs.py``.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec

from mendbook import open_run, project
from mendbook.ledger.status import Process, State, Status
from mendbook.ledger.trace import trace_of
from mendbook.sample import materialise_sample

EARLIER = project.data() / "sample/earlier"


def main() -> None:
    """Write ``<audit>.trace.json`` beside each earlier audit."""
    with tempfile.TemporaryDirectory() as folder:
        server = materialise_sample(Path(folder) / "server")
        for audit in sorted(EARLIER.glob("audit-*[0-9].json")):
            stamp = audit.stem.removeprefix("audit-")
            plan = open_run(audit, server, out=Path(folder) / "out", stamp=stamp).plan
            began = f"{stamp[:10]}T{stamp[11:13]}:{stamp[13:]}:00Z"
            run = f"{stamp}-{audit.stem}"
            status = Status(
                run, audit.stem, audit.name, "", State.DONE, began, Process(0, ""), exit_code=0
            )
            trace = replace(trace_of(plan, status, run), repository="")
            path = audit.with_suffix(".trace.json")
            path.write_bytes(msgspec.json.format(msgspec.json.encode(trace), indent=1) + b"\n")


if __name__ == "__main__":
    main()
