"""One session with a language server: start it, ask everything at once, kill it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cattrs import Converter
from pygls.client import JsonRPCClient
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage

from mendbook.code.references.provider import Spot

SECONDS = 120
"""Time limit of a whole session; a server that needs longer counts as failed."""
_SAID = "window/logMessage"
_QUIET = (
    "window/showMessage",
    "window/workDoneProgress/create",
    "textDocument/publishDiagnostics",
    "client/registerCapability",
    "client/unregisterCapability",
    "telemetry/event",
    "pyright/beginProgress",
    "pyright/reportProgress",
    "pyright/endProgress",
)
"""What a server says or asks that has no bearing on references."""


@dataclass(frozen=True, slots=True)
class Server:
    """A language server: how it is started, and what it logs once it can answer."""

    command: tuple[str, ...]
    """It speaks the protocol on its streams."""
    ready: str = ""
    """Words of a message that says that every file is known; empty where it waits by itself."""


class SessionError(RuntimeError):
    """The language server did not start, died, or ran out of time."""


class _Client(JsonRPCClient):
    """A client that leaves messages as plain JSON.

    The library's typed messages take longer to set up than the server needs for its answers.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(converter_factory=_plain)
        self.ready = asyncio.Event()
        for method in _QUIET:
            self.feature(method)(_ignore)

        def listen(*said: Any) -> None:  # noqa: ANN401 - one annotated would be given the client
            if server.ready in str(said):
                self.ready.set()

        self.feature(_SAID)(listen)
        if not server.ready:
            self.ready.set()

    def kill(self) -> None:
        """End the server at once."""
        if self._server is not None and self._server.returncode is None:
            self._server.kill()


def ask_references(
    server: Server, folder: Path, texts: dict[str, str], spots: Sequence[Spot]
) -> tuple[tuple[Spot, ...], ...]:
    """Return the references of each of ``spots`` in the project at ``folder``.

    ``texts`` are the files the spots are in. Works inside a running event loop, such as a
    notebook's, because the session has a thread of its own. Raises ``SessionError``.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _limited(server, folder, texts, spots)).result()


async def _limited(
    server: Server, folder: Path, texts: dict[str, str], spots: Sequence[Spot]
) -> tuple[tuple[Spot, ...], ...]:
    client = _Client(server)
    try:
        async with asyncio.timeout(SECONDS):
            return await _session(client, server, folder, texts, spots)
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
    server: Server,
    folder: Path,
    texts: dict[str, str],
    spots: Sequence[Spot],
) -> tuple[tuple[Spot, ...], ...]:
    kept = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    alone = {**kept, "PATH": "", "HOME": str(folder), "TMPDIR": str(folder)}
    await client.start_io(*server.command, cwd=folder, env=alone)
    root = folder.resolve()
    ask, tell = client.protocol.send_request_async, client.protocol.notify
    where = {"rootUri": root.as_uri(), "workspaceFolders": [{"uri": root.as_uri(), "name": "copy"}]}
    await ask("initialize", {"processId": None, "capabilities": {}, **where})
    tell("initialized", {})
    for file, text in texts.items():
        document = {"uri": (root / file).as_uri(), "languageId": _language(file), "version": 1}
        tell("textDocument/didOpen", {"textDocument": {**document, "text": text}})
    await client.ready.wait()
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
    named = {"tsx": "typescriptreact", "jsx": "javascriptreact", "py": "python", "pyi": "python"}
    return named.get(ending, "typescript" if "ts" in ending else "javascript")
