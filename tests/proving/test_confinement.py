"""What an agent wrote runs without network, keys and home: by bubblewrap, or in a container."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from pathlib import Path

import pytest

from mendbook.bounded_process import Ended, run_bounded
from mendbook.proving.confinement import Bubblewrap, Confinement, find_confinement
from mendbook.proving.container import RUNTIMES, Container, find_container

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
    try:
        return run_bounded(wrapped, folder, 30.0, env=environment)
    finally:
        confinement.ended(wrapped)


@pytest.fixture(params=["bwrap", *RUNTIMES])
def confinement(request: pytest.FixtureRequest) -> Confinement:
    """Return the confinement by each program that works on this machine."""
    program = shutil.which(request.param)
    if request.param == "bwrap":
        found = find_confinement()
        usable = isinstance(found, Bubblewrap)
    else:
        found = find_container(program) if program else None
        usable = found is not None
    if found is None or not usable:
        pytest.skip(f"{request.param} does not work here")
    return found


def test_confined_code_reaches_nothing_but_its_folder(
    confinement: Confinement, tmp_path: Path
) -> None:
    """No socket, no file of a home, no writing but into the folder it is given."""
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


def test_what_is_stopped_leaves_nothing_that_runs(confinement: Confinement, tmp_path: Path) -> None:
    """A container goes on without the client that started it, unless it is taken away."""
    beat = "while :; do date > beat; sleep 0.2; done"
    environment = {"PATH": os.environ["PATH"]}
    wrapped = confinement.wrapped(["/bin/sh", "-c", beat], tmp_path, tmp_path, [], environment)
    assert run_bounded(wrapped, tmp_path, 5.0, env=environment).late
    confinement.ended(wrapped)
    assert (tmp_path / "beat").exists()
    (tmp_path / "beat").unlink()
    time.sleep(1.0)
    assert not (tmp_path / "beat").exists()


@pytest.mark.parametrize("script", [None, "#!/bin/sh\nexit 1\n"])
def test_without_a_program_that_works_there_is_no_confinement(
    script: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where all are missing, nor where the machine, or a service, does not let them."""
    for name in ("bwrap", *RUNTIMES) if script is not None else ():
        (tmp_path / name).write_text(script or "")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_confinement() is None


def test_programs_in_a_home_are_shown_without_the_rest_of_it() -> None:
    """Node by a version manager comes with its prefix; a folder of the user's own stays alone."""
    home = Path.home()
    path = f"{home}/.nvm/versions/node/v22/bin:{home}/.local/bin:/usr/bin"
    wrapped = Bubblewrap("bwrap").wrapped(["true"], Path("/w/tree"), Path("/w"), [], {"PATH": path})
    shown = {wrapped[at + 1] for at, word in enumerate(wrapped) if word == "--ro-bind-try"} - {
        sys.prefix,
        sys.base_prefix,
    }
    assert shown == {f"{home}/.nvm/versions/node/v22", f"{home}/.local/bin"}


def test_a_container_sees_the_system_its_programs_and_what_it_is_given(tmp_path: Path) -> None:
    """Variables are handed over by name; nothing is fetched; the network and all rights are off."""
    environment = {"PATH": "/opt/tools/bin:/srv/node/bin:/usr/bin", "CI": "1"}
    wrapped = Container("docker").wrapped(
        ["npm", "test"], tmp_path / "tree", tmp_path, [Path("/usr/share")], environment
    )
    assert wrapped[-3:] == ["mendbook-empty:1", "npm", "test"]
    assert " --network none --read-only --cap-drop ALL --pull never " in " ".join(wrapped)
    volumes = {wrapped[at + 1] for at, word in enumerate(wrapped) if word == "--volume"}
    assert {f"{tmp_path}:{tmp_path}", "/usr:/usr:ro", "/usr/share:/usr/share:ro"} <= volumes
    assert not any(each.startswith(("/home:", "/root:", "/:", "/etc:")) for each in volumes)
    given = {wrapped[at + 1] for at, word in enumerate(wrapped) if word == "--env"}
    assert given == {f"PATH={environment['PATH']}", "CI=1"}
