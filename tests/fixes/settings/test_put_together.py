"""What takes no setting by itself, and what a script reaches by a name that it builds."""

from __future__ import annotations

import pytest
from test_settings_reader import answer

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.needed import refuse_needed
from mendbook.model import Proposal
from mendbook.repository.snapshot import Snapshot

JOBS = """\
on: push
jobs:
  bees:
    runs-on: ubuntu-24.04
  hives:
    runs-on: ubuntu-24.04
"""
SILOS = """\
services:
  silo:
    image: silo:1
    environment:
      SILO_DEPTH: "4"
      SILO_NAME: north
"""
BUILT = 'for part in DEPTH NAME; do\n  eval "value=\\${SILO_${part}:-}"\ndone\n'
HELD = 'key="SILO_DEPTH"\necho "${!key}"\n'
PLAIN = 'echo "$SILO_NAME is no DEPTH of a SILO"\n'


def test_entries_that_are_blocks_get_no_setting_beside_them() -> None:
    """One of several jobs is meant, and which one is not said."""
    found = answer("checks.yml", JOBS, "Set timeout-minutes: 10 for it", "", "jobs")
    assert not isinstance(found, Proposal)


@pytest.mark.parametrize("script", [BUILT, HELD])
def test_a_variable_that_a_script_may_reach_by_a_built_name_stays(script: str) -> None:
    """The name stands nowhere as a whole, or in quotes only."""
    tree = Snapshot.of({"compose.yml": SILOS, "run/start.sh": script})
    gone = SILOS.replace('      SILO_DEPTH: "4"\n', "")
    with pytest.raises(Unreadable, match=r"run/start\.sh puts names of variables together"):
        refuse_needed(tree, "compose.yml", SILOS, gone)


def test_a_variable_goes_where_no_script_builds_names() -> None:
    """A script that only holds the words of the name reaches nothing by them."""
    tree = Snapshot.of({"compose.yml": SILOS, "run/start.sh": PLAIN})
    refuse_needed(tree, "compose.yml", SILOS, SILOS.replace('      SILO_DEPTH: "4"\n', ""))
    said = answer("compose.yml", SILOS, "Remove the SILO_DEPTH variable", 'SILO_DEPTH: "4"')
    assert isinstance(said, Proposal)
    assert said.edits == {"compose.yml": SILOS.replace('      SILO_DEPTH: "4"\n', "")}


IMAGE = 'FROM alpine:3\nENV FERRY_DECKS=2\nENV FERRY_NAME=Nora\nCMD ["/run.sh"]\n'
PARTS = 'name="FERRY_${1}"\nprintenv "$name" # DECKS\n'
SERVICES = "services:\n  silo:\n    image: silo:1\n  mill:\n    image: mill:1\n"


def test_a_variable_of_an_image_stays_for_the_same_reason() -> None:
    """``printenv`` takes a name as well as ``eval`` does."""
    tree = Snapshot.of({"Dockerfile": IMAGE, "run.sh": PARTS})
    gone = IMAGE.replace("ENV FERRY_DECKS=2\n", "")
    with pytest.raises(Unreadable, match=r"run\.sh puts names of variables together"):
        refuse_needed(tree, "Dockerfile", IMAGE, gone)


def test_services_get_no_setting_beside_them() -> None:
    """A restart policy is a service's, and two lack it."""
    found = answer("compose.yml", SERVICES, "Set restart: always for it", "", "services")
    assert not isinstance(found, Proposal)
