"""One session with a TypeScript language server: start it, ask everything at once, kill it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cattrs import Converter
from pygls.client import JsonRPCClient
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage

from mendbook.code.references.provider import Spot

SECONDS = 120
"""Time limit of a whole session; a server that needs longer counts as failed."""
_QUIET = (
    "window/logMessage",
    "window/showMessage",
    "window/workDoneProgress/create",
    "textDocument/publishDiagnostics",
    "client/registerCapability",
    "client/unregisterCapability",
    "telemetry/event",
)
"""What a server says or asks that has no bearing on references."""


class SessionError(RuntimeError):
    """The language server did not start, died, or ran out of time."""


class _Client(JsonRPCClient):
    """A client that leaves messages as plain JSON.

    The library's typed messages take longer to set up than the server needs for its answers.
    """

    def __init__(self) -> None:
        super().__init__(converter_factory=_plain)
        for method in _QUIET:
            self.feature(method)(_ignore)

    def kill(self) -> None:
        """End the server at once."""
        if self._server is not None and self._server.returncode is None:
            self._server.kill()


def ask_references(
    compiler: Path, folder: Path, texts: dict[str, str], spots: Sequence[Spot]
) -> tuple[tuple[Spot, ...], ...]:
    """Return the references of each of ``spots`` in the project at ``folder``.

    ``texts`` are the files the spots are in. Works inside a running event loop, such as a
    notebook's, because the session has a thread of its own. Raises ``SessionError``.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _limited(compiler, folder, texts, spots)).result()


async def _limited(
    compiler: Path, folder: Path, texts: dict[str, str], spots: Sequence[Spot]
) -> tuple[tuple[Spot, ...], ...]:
    client = _Client()
    try:
        async with asyncio.timeout(SECONDS):
            return await _session(client, compiler, folder, texts, spots)
    except TimeoutError as error:
        message = f"no answer within {SECONDS} seconds"
        raise SessionError(message) from error
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        raise SessionError(message) from error
    finally:
        client.kill()
        await client.stop()  # type: ignore[no-untyped-call]  # untyped in pygls 2.1


def _plain() -> Converter:
    converter = Converter()
    for message in (JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage):
        converter.register_structure_hook(message, lambda data, kind: kind(**data))
    return converter


def _ignore(*_: object) -> None:
    """Take notice of nothing."""


async def _session(
    client: _Client,
    compiler: Path,
    folder: Path,
    texts: dict[str, str],
    spots: Sequence[Spot],
) -> tuple[tuple[Spot, ...], ...]:
    kept = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    alone = {**kept, "PATH": "", "HOME": str(folder), "TMPDIR": str(folder)}
    await client.start_io(str(compiler), "--lsp", "--stdio", cwd=folder, env=alone)
    root = folder.resolve()
    ask, tell = client.protocol.send_request_async, client.protocol.notify
    await ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
    tell("initialized", {})
    for file, text in texts.items():
        document = {"uri": (root / file).as_uri(), "languageId": _language(file), "version": 1}
        tell("textDocument/didOpen", {"textDocument": {**document, "text": text}})
    coming = [ask("textDocument/references", _question(root, spot)) for spot in spots]
    answers = await asyncio.gather(*coming)
    prefix = root.as_uri() + "/"
    return tuple(tuple(_spots(prefix, answer or ())) for answer in answers)


def _question(root: Path, spot: Spot) -> dict[str, Any]:
    """Return the request for one spot; leaving declarations out would leave imports out too."""
    return {
        "textDocument": {"uri": (root / spot.file).as_uri()},
        "position": {"line": spot.line, "character": spot.column},
        "context": {"includeDeclaration": True},
    }


def _spots(prefix: str, locations: Sequence[dict[str, Any]]) -> list[Spot]:
    return [
        Spot(
            unquote(one["uri"].removeprefix(prefix)),
            one["range"]["start"]["line"],
            one["range"]["start"]["character"],
        )
        for one in locations
        if one["uri"].startswith(prefix)
    ]


def _language(file: str) -> str:
    ending = file.rpartition(".")[2]
    return {"tsx": "typescriptreact", "jsx": "javascriptreact"}.get(
        ending, "typescript" if "ts" in ending else "javascript"
    )
