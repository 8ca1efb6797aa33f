"""CPU seconds of a run's six notebooks against papermill's floor, and of a run again.

    python benchmarks/notebooks.py

The floor is papermill alone, in one process and with its own kernels, on six notebooks that import
what ours import and show in as many cells what ours showed, computing nothing.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import sys, papermill
for path in sys.argv[1:]:
    papermill.execute_notebook(path, path + ".done", progress_bar=False, kernel_name="python3")
"""
OURS = """
import json, sys
from pathlib import Path
from mendbook.notebook.execute import execute, plan_notebooks
execute(plan_notebooks(), json.loads(sys.argv[1]), Path(sys.argv[2]))
"""


def spent(folder: Path, *command: str) -> tuple[float, float]:
    """Return the processor seconds and the wall seconds of ``command`` and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    environment = {**os.environ, "MENDBOOK_CACHE": str(folder / "cache")}
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def emptied(executed: Path, target: Path) -> None:
    """Write a notebook that imports what ``executed`` imports and shows what it showed."""
    notebook = json.loads(executed.read_text())
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in code:
        if not cell["source"] or "import" not in "".join(cell["source"]).split(maxsplit=3)[:3]:
            shown = [output["data"] for output in cell["outputs"] if "data" in output]
            cell["source"] = f"from IPython.display import display\nfor each in {shown!r}:\n" + (
                "    display(each, raw=True)"
            )
        cell["outputs"] = []
    target.write_text(json.dumps(notebook))


def main() -> None:
    """Print one line for each thing measured, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "out"
        run = ("-m", "mendbook", "plan", "--sample", "--out", str(out))
        first = spent(folder, *run)
        again = spent(folder, *run)
        published = next(path for path in sorted(out.glob("2*")) if path.is_dir())
        floor_notebooks = []
        for executed in sorted((published / "notebooks").glob("*.ipynb")):
            emptied(executed, folder / executed.name)
            floor_notebooks.append(str(folder / executed.name))
        floor = spent(folder, "-c", FLOOR, *floor_notebooks)
        ours = spent(folder, "-c", OURS, json.dumps({"out": str(out)}), str(folder / "ours"))
        rows = {
            "the sample's run, cold": first,
            "the same again, nothing changed": again,
            "its six notebooks, stages from the cache": ours,
            "papermill's floor for six": floor,
        }
    for what, (seconds, wall) in rows.items():
        print(f"{seconds:6.2f} s of CPU, {wall:6.2f} s of wall  {what}")
    print(f"{ours[0] / floor[0]:6.2f} six notebooks / floor, of CPU")


if __name__ == "__main__":
    main()
