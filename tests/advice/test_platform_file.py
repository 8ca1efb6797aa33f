"""What a platform asks for is data: the engine holds none of it, and any platform may ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from mendbook import project
from mendbook.advice import advise
from mendbook.errors import PolicyError
from mendbook.model import Advice, Audit, Context, Profiles
from mendbook.policy import default_policy
from mendbook.policy.platform import FILE, Platform, load_platform, platform_beside
from mendbook.repository.snapshot import Snapshot
from unlinked import Unlinked

DEFAULT = default_policy().with_name(FILE)


def _names(platform: Platform) -> set[str]:
    """Return the names that are the platform's own: metrics, alerts, tests, settings, routes."""
    named = {one.name for one in platform.metrics} | {one.name for one in platform.alerts}
    named |= {one.path for one in platform.tests} | set(platform.preserved)
    named |= {one.name for one in platform.settings} | {platform.name, platform.load.script}
    return named | {platform.load.address}


def _domains(platform: Platform) -> set[str]:
    """Return the domains that the platform's tests and queues are about."""
    folders = [part for one in platform.tests for part in Path(one.path).parent.parts]
    queues = [word for one in platform.alerts for word in re.findall(r"[a-z]{4,}", one.queue)]
    words = {*folders, *queues} - {"src", "domains", "tests", "load", "infrastructure"}
    general = {"room", "media"}  # a room is Socket.io's own word, media mediasoup's
    return words - general


def test_no_word_of_the_platform_stands_in_the_engine() -> None:
    """Not one name of its metrics, alerts, tests, settings or domains is in lib/."""
    platform = load_platform()
    words = {name for name in _names(platform) if name} | _domains(platform)
    assert {"gift", "seat"} <= words
    spelled = re.compile("|".join(sorted(map(re.escape, words))), re.IGNORECASE)
    found = [
        f"{path.relative_to(project.PACKAGE)}: {match[0]}"
        for path in sorted(project.PACKAGE.rglob("*.py"))
        for match in spelled.finditer(path.read_text())
    ]
    assert found == []


def test_technologies_stand_in_the_files_about_them() -> None:
    """The advisor about one technology names it; the rooms that any target passes do not."""
    rooms = ("planning", "prioritize", "effort", "changes", "series", "drafting", "intake")
    named = re.compile(r"mediasoup|ioredis|prom-client|fastapi|celery", re.IGNORECASE)
    found = [
        f"{path.relative_to(project.PACKAGE)}: {match[0]}"
        for room in rooms
        for path in sorted((project.PACKAGE / room).rglob("*.py"))
        for match in named.finditer(path.read_text())
    ]
    assert found == []


QUEUE = """\
name: render-farm
packages: [celery, prometheus-client]
metrics:
  - name: frames_rendered_total
    type: Counter
    labels: [queue]
    help: Frames that are done
    why: throughput
    calls: [render_frame]
  - name: frames_waiting
    type: Gauge
    help: Frames in the queue
    why: the alert FramesWait reads it
alerts:
  - name: FramesWait
    metric: frames_waiting
    above: 500
    wait: 10m
    severity: warning
    summary: Frames wait
    description: "{{ $value }} frames wait."
    queue: frames
tests:
  - { path: tests/test_tasks.py, covers: A frame that fails is tried again }
load:
  address: http://localhost:8000
  routes: [/jobs]
"""
FARM = {
    "pyproject.toml": ("[project]\ndependencies = ['celery>=5', 'prometheus_client', 'pytest']\n"),
    "farm/tasks.py": (
        "from celery import Celery\nfrom farm.metrics import done\n\n"
        "app = Celery('farm')\n\n\n"
        "@app.task(queue='frames')\ndef render_frame(number):\n    done.inc()\n\n\n"
        "def all_frames():\n    for number in range(9):\n        render_frame(number)\n"
    ),
    "farm/metrics.py": (
        "from prometheus_client import Counter\n\n"
        "done = Counter('frames_done', 'Frames that are done')\n"
    ),
}


def _advice(files: dict[str, str], platform: Platform) -> dict[str, Advice]:
    audit = Audit("audit", "", "", "", "", "", "", ())
    context = Context("", "", "", "", ())
    found = advise(Snapshot.of(files), context, Unlinked(), audit, Profiles(), platform)
    return {advice.advisor: advice for advice in found}


def test_a_python_worker_with_a_queue_is_a_platform_too(tmp_path: Path) -> None:
    """The same advisors speak of another platform from its file alone."""
    (tmp_path / FILE).write_text(QUEUE)
    found = _advice(FARM, load_platform(tmp_path / FILE))
    assert list(found) == ["metrics", "tests", "commands"]
    rows = {row.what: (row.spot, row.now, row.target) for row in found["metrics"].rows}
    assert rows == {
        "frames_rendered_total": (
            "",
            "not found",
            "Counter, label queue; set it at farm/tasks.py:14",
        ),
        "frames_waiting": ("", "not found", "Gauge, no labels"),
        "frames_done_total": ("farm/metrics.py:3", "Counter, no labels", "keep"),
    }
    assert (
        "FramesWait: what it counts waits at farm/tasks.py:7. They wait in a queue that all "
        "instances share and that outlives a process."
    ) in found["metrics"].notes
    assert found["tests"].rows[0].what == "tests/test_tasks.py"
    assert "autocannon -c 1000 -d 60 http://localhost:8000/jobs" in found["commands"].commands
    assert "pytest" in found["commands"].commands
    assert "npm" not in repr(found)


def test_without_a_file_advisors_say_what_they_find() -> None:
    """A platform that asks for nothing leaves the target's own collectors, files and checks."""
    found = _advice(FARM, Platform())
    assert [row.what for row in found["metrics"].rows] == ["frames_done_total"]
    assert found["metrics"].summary == "The code registers 1 collector"
    assert found["metrics"].files == {}


def test_a_platform_asks_nothing_of_another_target(tmp_path: Path) -> None:
    """The file names the packages by which a target is that platform; all must be declared."""
    (tmp_path / FILE).write_text(QUEUE)
    platform = load_platform(tmp_path / FILE)
    assert platform.of({"celery", "prometheus-client", "django"}) is platform
    assert platform.of({"celery"}) == Platform()
    assert load_platform().of({"fastapi"}) == Platform()


def test_the_file_beside_the_policy_is_the_platform(tmp_path: Path) -> None:
    """A team keeps both files together; without its own the default one holds."""
    policy = tmp_path / "policy.yaml"
    assert platform_beside(policy) is None
    (tmp_path / FILE).write_text(QUEUE)
    assert platform_beside(policy) == tmp_path / FILE
    assert platform_beside(None) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"metrics": [{"name": "a b"}]}, "$.metrics[0]"),
        ({"packages": []}, "$.packages"),
        ({"colour": "red"}, "$: Additional properties"),
        ({"capacity": {"members": "("}}, "capacity.members: '(' is no regular expression"),
        ({"metrics": []}, "alerts.FramesWait: metrics names no frames_waiting; add it there"),
    ],
)
def test_a_file_that_means_nothing_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """One line names the file, the place and the remedy."""
    path = tmp_path / FILE
    path.write_text(yaml.safe_dump({**yaml.safe_load(QUEUE), **change}))
    with pytest.raises(PolicyError) as refused:
        load_platform(path)
    assert str(path) in str(refused.value)
    assert message.split(":")[0] in str(refused.value)


def test_the_default_platform_is_valid() -> None:
    """The file that comes with the project is read, and each part of it is said in its head."""
    assert load_platform(DEFAULT).name == "audio-server"
    parts = yaml.safe_load(DEFAULT.read_text()).keys() - {"name"}
    head = DEFAULT.read_text().split("\nname:")[0]
    assert [part for part in sorted(parts) if not re.search(rf"#   {part}\b|`{part}`", head)] == []
