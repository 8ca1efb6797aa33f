"""Execute the notebooks with papermill, and believe a notebook only by what its last cell said.

papermill stamps every cell of a killed kernel "completed" and only warns of a mistyped parameter;
so parameters are checked first, and a notebook counts as done when its last cell has recorded its
results (``mendbook.record``).
"""

from __future__ import annotations

import asyncio
import json
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mendbook import project
from mendbook.errors import InputError, ReportError
from mendbook.notebook import kernel

_KERNELS = (
    "jupyter_client.manager.AsyncKernelManager"
    if os.name == "nt"  # no sockets in the file system there
    else "mendbook.notebook.kernel.LocalKernelManager"
)
OPTIONS = "options"
"""The parameter that takes whatever a notebook does not declare by its name."""
RECORD_MIME = "application/vnd.mendbook.record+json"
REPORT_NOTEBOOK = "05-report"
_LINE_END = "\n"
SECONDS = 1800
"""How long one cell may run: the first makes the whole plan where no run made it before."""
OVER_RUNS = {"00-portfolio", "07-over-time"}
"""Those that ask about many runs, and are opened by who wants to know."""


def record(**results: Any) -> None:  # noqa: ANN401 - any JSON value
    """Record ``results`` as the notebook's last word; JSON values only, shown as one line.

    A notebook that ends with this call is one that a caller can believe and a test can assert on.
    """
    from IPython.display import display

    said = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in results.items())
    display({RECORD_MIME: results, "text/plain": said}, raw=True)  # type: ignore[no-untyped-call]


def plan_notebooks() -> tuple[Path, ...]:
    """Return the notebooks that ask about one plan; each run publishes them executed."""
    return tuple(path for path in notebook_paths() if path.stem not in OVER_RUNS)


def notebook_paths() -> tuple[Path, ...]:
    """Return the suite's notebooks in the order an architect asks their questions.

    Raises ``ReportError`` where there are none.
    """
    paths = tuple(sorted(project.notebooks().glob("[0-9][0-9]-*.ipynb")))
    if not paths:
        message = f"{project.notebooks()}: no notebooks; install Mendbook again"
        raise ReportError(message)
    return paths


def execute(
    notebooks: Sequence[Path],
    parameters: Mapping[str, Any],
    folder: Path,
    *,
    jobs: int = 2,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, dict[str, Any]]:
    """Execute ``notebooks`` into ``folder`` and return what each recorded, by its stem.

    Each notebook gets those ``parameters`` that it declares. A failed notebook stays in
    ``folder`` with its traceback, and ``ReportError`` names the cell.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def one(notebook: Path) -> tuple[str, dict[str, Any]]:
        recorded = execute_one(notebook, parameters, folder / notebook.name)
        progress(notebook.stem)
        return notebook.stem, recorded

    with (
        kernel.imported_once(len(notebooks)),
        ThreadPoolExecutor(max_workers=max(1, jobs)) as pool,
    ):
        try:
            return dict(pool.map(one, notebooks))
        except (KeyboardInterrupt, SystemExit):
            pool.shutdown(wait=False, cancel_futures=True)
            kernel.end_kernels()  # else the pool waits for what still runs
            raise


def execute_one(
    notebook: Path, parameters: Mapping[str, Any], target: Path, seconds: int = SECONDS
) -> dict[str, Any]:
    """Execute one notebook to ``target`` and return the results that its last cell recorded.

    Raises ``ReportError`` where a cell fails, or runs longer than ``seconds``.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError

    declared = {} if not parameters else papermill.inspect_notebook(_literal(notebook))
    given = packed(parameters, declared)
    unknown = sorted(set(given) - set(declared))
    if unknown:
        message = (
            f"{notebook.name}: no parameter {unknown[0]!r}; it takes {', '.join(sorted(declared))}"
        )
        raise InputError(message)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            papermill.execute_notebook(
                _literal(notebook),
                _literal(target),
                parameters=given,
                progress_bar=False,
                log_output=False,
                kernel_manager_class=_KERNELS,
                execution_timeout=seconds,
            )
    except papermill.PapermillExecutionError as error:
        message = (
            f"{notebook.name}: cell {error.exec_count} failed with {error.ename}: "
            f"{str(error.evalue).splitlines()[0] if error.evalue else ''}"
        )
        raise ReportError(message) from error
    except CellTimeoutError as error:
        cell = running_cell(target)
        message = f"{notebook.name}: {cell} ran longer than {seconds} s and was stopped"
        raise ReportError(message) from error
    except (RuntimeError, TimeoutError) as error:  # the kernel died, or never answered
        message = f"{notebook.name}: {str(error).splitlines()[0]}; run again"
        raise ReportError(message) from error
    finally:
        _close_loop()
    return recorded_results(target)


def packed(parameters: Mapping[str, Any], declared: Iterable[str]) -> dict[str, Any]:
    """Return ``parameters`` as a notebook takes them: those it does not declare as ``options``.

    A notebook that declares no ``options`` gets them as they are. What is empty is not given.
    """
    names = set(declared)
    if OPTIONS not in names:
        return dict(parameters)
    given = {name: value for name, value in parameters.items() if name in names}
    others = {name: each for name, each in parameters.items() if name not in names and each}
    return {**given, OPTIONS: others} if others else given


def _literal(path: Path) -> str:
    """Return ``path`` for papermill, which takes it for a format string."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _close_loop() -> None:
    """Close the event loop that the notebook client made for this thread and leaves open."""
    from jupyter_core.utils import ensure_event_loop

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        ensure_event_loop().close()


def running_cell(executed: Path) -> str:
    """Return the last code cell that an ``executed`` notebook began: its number, its first line.

    papermill stamps every cell "completed", also one that it stopped, but not with a start.
    """
    code = _code_cells(executed) if executed.exists() else []
    began = [
        f"cell {number} ({''.join(cell['source']).strip().partition(_LINE_END)[0]})"
        for number, cell in enumerate(code, start=1)
        if cell["metadata"].get("papermill", {}).get("start_time")
    ]
    return began[-1] if began else "a cell"


def recorded_results(executed: Path) -> dict[str, Any]:
    """Return what the last code cell of an ``executed`` notebook recorded.

    Raises ``ReportError`` where it stopped before.
    """
    code = _code_cells(executed)
    for output in code[-1]["outputs"] if code else ():
        if RECORD_MIME in output.get("data", {}):
            recorded: dict[str, Any] = output["data"][RECORD_MIME]
            return recorded
    message = f"{executed.name}: stopped before its last cell; open it to see how far it came"
    raise ReportError(message)


def _code_cells(executed: Path) -> list[dict[str, Any]]:
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]
