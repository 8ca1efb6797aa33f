"""What an agent wrote runs without network, keys and the user's home; bubblewrap sees to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mendbook.bounded_process import Ended, run_bounded
from mendbook.proving.confinement import Confinement, find_confinement

PROBE = (
    "import os, pathlib, socket, sys\n"
    "found = []\n"
    "try:\n"
    "    socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)\n"
    "    found.append('network')\n"
    "except OSError: pass\n"
    "if pathlib.Path(sys.argv[2]).exists(): found.append('home')\n"
    "try:\n"
    "    pathlib.Path('/usr/mark').write_text('x'); found.append('system')\n"
    "except OSError: pass\n"
    "pathlib.Path('made').write_text('x')\n"
    "print(found)\n"
)


def confined(confinement: Confinement, folder: Path, *arguments: str) -> Ended:
    """Run the probe in ``folder``, confined."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = [sys.executable, "-c", PROBE, *arguments]
    readable = [Path(sys.prefix), Path(sys.base_prefix)]
    wrapped = confinement.wrapped(command, folder, folder, readable, environment)
    return run_bounded(wrapped, folder, 30.0, env=environment)


def test_confined_code_reaches_nothing_but_its_folder(tmp_path: Path) -> None:
    """No socket, no file of a home, no writing but into the folder it is given."""
    confinement = find_confinement()
    if confinement is None:
        pytest.skip("bubblewrap is not at hand")
    import socket

    secret = Path.home() / f".mendbook-test-{os.getpid()}"
    secret.write_text("s")
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = str(server.getsockname()[1])
            ended = confined(confinement, tmp_path, port, str(secret))
    finally:
        secret.unlink()
    assert (ended.code, ended.stdout.decode().strip()) == (0, "[]"), ended.stderr.decode()
    assert (tmp_path / "made").read_text() == "x"


@pytest.mark.parametrize("script", [None, "#!/bin/sh\nexit 1\n"])
def test_without_bubblewrap_there_is_no_confinement(
    script: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where it is missing, nor where the machine does not let it work."""
    if script is not None:
        (tmp_path / "bwrap").write_text(script)
        (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_confinement() is None


def test_programs_in_a_home_are_shown_without_the_rest_of_it() -> None:
    """Node by a version manager comes with its prefix; a folder of the user's own stays alone."""
    home = Path.home()
    path = f"{home}/.nvm/versions/node/v22/bin:{home}/.local/bin:/usr/bin"
    wrapped = Confinement("bwrap").wrapped(
        ["true"], Path("/w/tree"), Path("/w"), [], {"PATH": path}
    )
    shown = {wrapped[at + 1] for at, word in enumerate(wrapped) if word == "--ro-bind-try"} - {
        sys.prefix,
        sys.base_prefix,
    }
    assert shown == {f"{home}/.nvm/versions/node/v22", f"{home}/.local/bin"}
