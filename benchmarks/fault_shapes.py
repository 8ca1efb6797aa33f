"""Faults of what is given: links in circles, characters that nobody sees, gates that meddle."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

from fault_scene import FINDING, Scene, Told, experiment, gated

_CIRCLES = {"one": "two", "two": "one", "src/itself": ".", "src/up": "..", "outside": "/etc"}
_UNSEEN = "\x85\x9b\u200b\u200d\u202e\u2066\u2069\ufeff"
"""C1 controls, characters of no width and of direction."""
_RAW = re.compile("[\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MEDDLED = "None it changes files of the tree, which were put back"


@experiment
def out_in_a_circle(scene: Scene) -> None:
    """Name an --out behind links that lead to each other: refused, 8."""
    (scene.home / "here").symlink_to("there")
    (scene.home / "there").symlink_to("here")
    for name in ("here", "here/out"):
        words = [
            str(scene.home / name) if word == str(scene.out) else word for word in scene.planning()
        ]
        done = subprocess.run(words, capture_output=True, text=True, env=scene.environment())
        scene.refused(Told(done.returncode, done.stdout + done.stderr), 8, "no folder")
        scene.undone()


@experiment
def repository_of_circles(scene: Scene) -> None:
    """Check in links to each other, to the folder above and outside: published, none followed."""
    kept = scene.home / "kept"
    shutil.copytree(scene.repo, kept)
    for name, target in _CIRCLES.items():
        (scene.repo / name).symlink_to(target)
    scene.git("add", ".")
    scene.git("commit", "-q", "-m", "Turn in circles")
    was = scene.state()
    scene.published(scene.plan())
    scene.undone()
    if scene.state() != was:
        scene.wrong.append("the repository was changed")
    shutil.rmtree(scene.repo)
    kept.rename(scene.repo)


@experiment
def unseen_characters(scene: Scene) -> None:
    """Write characters that nobody sees into an audit: published, shown by their numbers."""
    told = dict(FINDING)
    for key in ("id", "problem", "fix"):
        told[key] += _UNSEEN
    scene.audit.write_text(json.dumps({"findings": [told, {**told, "id": f"Q{_UNSEEN}-2"}]}))
    said = scene.plan()
    scene.published(said)
    texts = {"the terminal": said.said}
    for run in scene.runs():
        texts |= {path.name: path.read_text("utf-8") for path in run.rglob("*") if path.is_file()}
    scene.wrong += [
        f"{name} holds {match[0]!r}" for name in texts if (match := _RAW.search(texts[name]))
    ]
    if "U+202E" not in texts.get("summary.html", ""):
        scene.wrong.append("the summary does not show what cannot be seen")
    scene.audit.write_text(json.dumps({"findings": [FINDING]}))


@experiment
def gate_edits_sources(scene: Scene) -> None:
    """Run a gate that edits a source and says that all is well: no pass, and it is said."""
    gated(scene, 'echo "// mine" >> src/quay.ts', _MEDDLED)


@experiment
def gate_adds_a_source(scene: Scene) -> None:
    """Run a gate that adds a source and deletes another: no pass, and it is said."""
    gated(scene, "rm src/tide.ts; echo 'package tide' > more.go", _MEDDLED)


@experiment
def gate_leaves_a_daemon(scene: Scene) -> None:
    """Run a gate that leaves a process in a session of its own: a pass, and the process is gone."""
    gated(scene, "setsid sleep 617 >/dev/null 2>&1 &", "0 ")
