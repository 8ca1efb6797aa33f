"""A manifest has a key for the pod and for each container: which one is meant."""

from __future__ import annotations

import pytest
from test_settings_reader import answer

from mendbook.model import Proposal

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
