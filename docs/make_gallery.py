"""Take the README's pictures of the real thing: the example's report, a finding, a notebook.

``python docs/make_gallery.py`` needs Chromium and a free minute. What the pictures show is kept
beside them as hashes, and a test tells when it has changed since.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs/pictures"
REPORT = ROOT / "reports/example/report.html"
NOTEBOOK = ROOT / "notebooks/02-priorities.ipynb"
MADE_OF = PICTURES / "made-of.json"
_SIZE: ViewportSize = {"width": 1280, "height": 800}
_CELLS = "e => e.map(cell => cell.innerText)"


def shown() -> dict[str, str]:
    """Return the SHA-256 of what the pictures show, by its path."""
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (REPORT, NOTEBOOK)
    }


def main() -> None:
    """Write ``report.png``, ``finding.png`` and ``notebook.png``, and what they show."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or None, args=["--no-sandbox"]
        )
        _report(browser)
        _notebook(browser)
        browser.close()
    MADE_OF.write_text(json.dumps(shown(), indent=1) + "\n")


def _report(browser: Browser) -> None:
    page = browser.new_page(viewport=_SIZE)
    page.goto(REPORT.as_uri())
    page.wait_for_timeout(2000)
    page.screenshot(path=PICTURES / "report.png")
    page.close()
    page = browser.new_page(viewport=_SIZE)
    page.goto(f"{REPORT.as_uri()}#SEC-003")
    page.wait_for_timeout(2500)
    page.screenshot(path=PICTURES / "finding.png")


def _notebook(browser: Browser) -> None:
    with _jupyter() as address:
        page = browser.new_page(viewport=_SIZE)
        page.goto(f"{address}/doc/tree/{NOTEBOOK.name}?reset")
        page.wait_for_selector(".jp-NotebookPanel", timeout=60_000)
        page.wait_for_timeout(5000)
        page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        _wait(page)
        asked = page.get_by_role("button", name="No", exact=True)  # whether it may tell its news
        if asked.count():
            asked.first.click()
        page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 1150")
        page.wait_for_timeout(2500)
        page.screenshot(path=PICTURES / "notebook.png")


def _wait(page: Page) -> None:
    for _ in range(150):
        page.wait_for_timeout(2000)
        prompts = page.eval_on_selector_all(".jp-InputArea-prompt", _CELLS)
        if prompts and not any("*" in prompt for prompt in prompts):
            return
    message = f"{NOTEBOOK.name}: still runs after five minutes"
    raise TimeoutError(message)


@contextmanager
def _jupyter() -> Iterator[str]:
    """Yield the address of a JupyterLab that serves a copy of the notebook."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        shutil.copy(NOTEBOOK, folder)
        settings = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token="]
        command = [sys.executable, "-m", "jupyterlab", *settings, "--LabApp.news_url="]
        server = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _answering(address)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _answering(address: str) -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2).close()  # noqa: S310 - our own
        except OSError:
            time.sleep(1)
        else:
            return
    message = f"{address}: JupyterLab does not answer"
    raise TimeoutError(message)


if __name__ == "__main__":
    main()
