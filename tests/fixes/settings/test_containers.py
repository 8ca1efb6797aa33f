"""A manifest has a key for the pod and for each container: which one is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_settings_reader import answer

from drawn_records import finding
from mendbook.code.references import find_references
from mendbook.fixes.settings.reader import read_settings
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Place, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

BUOY = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: buoy
spec:
  template:
    spec:
      securityContext:
        runAsNonRoot: true
      containers:
        - name: buoy
          image: r.example/buoy:1.0
          securityContext:
            allowPrivilegeEscalation: false
"""
SIDE = """\
        - name: side
          image: r.example/side:1.0
          securityContext:
            allowPrivilegeEscalation: false
"""
QUOTED = "securityContext:\n            allowPrivilegeEscalation: false"
POD, CONTAINER = "        runAsNonRoot: true\n", "            allowPrivilegeEscalation: false\n"


@pytest.mark.parametrize(
    ("fix", "behind", "line"),
    [
        ("Set readOnlyRootFilesystem: true in the container securityContext", CONTAINER,
         "            readOnlyRootFilesystem: true\n"),
        ("Set readOnlyRootFilesystem: true in the securityContext", CONTAINER,
         "            readOnlyRootFilesystem: true\n"),
        ("Add runAsUser: 1000 to the pod securityContext", POD, "        runAsUser: 1000\n"),
    ],
)  # fmt: skip
def test_the_pods_key_is_not_the_containers(fix: str, behind: str, line: str) -> None:
    """The word for it tells, or else what the evidence quotes."""
    said = answer("k8s/buoy.yaml", BUOY, fix, QUOTED)
    assert isinstance(said, Proposal), said
    assert said.edits == {"k8s/buoy.yaml": BUOY.replace(behind, behind + line)}


def test_the_key_of_one_of_two_containers_is_not_chosen() -> None:
    """Both have it, the quote stands in both, and no word says which."""
    fix = "Set readOnlyRootFilesystem: true in the container securityContext"
    assert answer("k8s/buoy.yaml", BUOY + SIDE, fix, QUOTED) == (
        "container securityContext names 2 places"
    )


SIGNS = """\
services:
  signs-north:
    image: r.example/signs:3
    mem_limit: 256m
  signs-south:
    image: r.example/signs:3
    mem_limit: 256m
"""


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        ("Raise mem_limit to 384m", False),
        ("Raise mem_limit of signs-south to 384m", True),
        ("The south needs more: mem_limit: 384m", True),
    ],
)
def test_a_line_alone_chooses_no_service(fix: str, told: bool) -> None:
    """Both have the limit; a line number is soon another's, a name is not."""
    finding_ = finding("F-1", file="compose.yaml", fix=fix)
    place = Place("compose.yaml", line=7, end_line=7)
    about = replace(finding_, places=(place,), evidence="mem_limit: 256m")
    tree = Snapshot.of({"compose.yaml": SIGNS})
    task = Task(
        about,
        FindingFacts("F-1", ("compose.yaml",)),
        tree,
        find_references((about,), tree, None, "syntax"),
    )
    said = read_settings(task)
    if told:
        assert isinstance(said, Proposal), said
        head, tail = SIGNS.rsplit("256m", 1)
        assert said.edits == {"compose.yaml": f"{head}384m{tail}"}
    else:
        assert isinstance(said, Skipped)
        assert said.reason == (
            "what is quoted stands 2 times; the text does not say which is meant"
        )
