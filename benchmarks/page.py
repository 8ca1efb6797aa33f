"""Milliseconds that a report's page takes of its own thread: to be ready, to draw, to answer a key.

    python benchmarks/page.py reports/RUN/report.html … [--runs 5]

Ready is all work up to the page's load event, drawn is that up to its last chart. A key's answer is
the work between a change of the search and the frame that shows it, layout and painting included;
the longest task is what a further key would wait for. Medians; Chromium's own trace counts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

WAIT = 300_000
SETTLED = 1500
"""Milliseconds after which a change of the search has been answered."""
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]


def main() -> None:
    """Measure each page that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("pages", type=Path, nargs="+")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--chromium", help="its program, where Playwright has none of its own")
    given = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium)
        for file in given.pages:
            _measure(browser, file, given.runs)


def _measure(browser: Browser, file: Path, runs: int) -> None:
    ready, drawn = [], []
    for _ in range(runs):
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(file.resolve().as_uri(), timeout=WAIT)
        ready.append(_busy(session.send("Performance.getMetrics")))
        page.wait_for_selector("html[data-charts]", state="attached", timeout=WAIT)
        drawn.append(_busy(session.send("Performance.getMetrics")))
        page.close()
    print(
        f"{file}: {file.stat().st_size / 1e6:.2f} MB, ready {median(ready):.0f} ms, "
        f"drawn {median(drawn):.0f} ms"
    )
    for words, answers in _answers(browser, file, runs).items():
        answer, longest = (median(each) for each in zip(*answers, strict=True))
        print(f"  {words!r}: answered {answer:.0f} ms, longest task {longest:.0f} ms", flush=True)


def _answers(browser: Browser, file: Path, runs: int) -> dict[str, list[tuple[float, float]]]:
    """Return the answer and the longest task of each change of the search, for each run."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(file.resolve().as_uri(), timeout=WAIT)
    page.wait_for_selector("html[data-charts]", state="attached", timeout=WAIT)
    search = page.locator(".findings + .tools").get_by_role("searchbox")
    search.focus()
    page.wait_for_timeout(SETTLED)
    name = page.locator("table.index tbody tr td:first-child a").last.text_content() or ""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        for words in (name[:-2], name, name[:-1], ""):
            browser.start_tracing(page=page, categories=TRACED)
            search.fill(words)
            page.wait_for_timeout(SETTLED)
            if answer := _answer(json.loads(browser.stop_tracing())):
                found.setdefault(words, []).append(answer)
            _settled(page)
    page.close()
    return found


def _settled(page: Page) -> None:
    page.evaluate("new Promise((done) => requestIdleCallback(done))")


def _answer(trace: dict[str, list[dict[str, Any]]]) -> tuple[float, float] | None:
    """Return the answer and the longest task of a trace; none where it began too late."""
    events = [each for each in trace["traceEvents"] if each.get("ph") == "X" and "tdur" in each]
    fired = min(
        (each for each in events if each["name"] == "TimerFire" and each["tdur"] > 1000),
        key=lambda each: each["ts"],
        default=None,
    )
    if fired is None:
        return None
    tasks = sorted(
        (
            each
            for each in events
            if each["name"].endswith("RunTask")
            and each["tid"] == fired["tid"]
            and each["ts"] + each["dur"] >= fired["ts"]
        ),
        key=lambda each: each["ts"],
    )
    shown = min(
        each["ts"] for each in events if each["name"] == "Commit" and each["ts"] > fired["ts"]
    )
    until = sum(each["tdur"] for each in tasks if each["ts"] <= shown)
    return until / 1000, max(each["tdur"] for each in tasks) / 1000


def _busy(metrics: dict[str, Any]) -> float:
    values = {each["name"]: float(each["value"]) for each in metrics["metrics"]}
    return 1000 * values["TaskDuration"]


if __name__ == "__main__":
    main()
