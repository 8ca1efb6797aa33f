from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import PolicyError
from mendbook.policy.libraries import load_libraries, unapproved


def test_a_package_in_no_list_is_not_approved() -> None:
    """Approved, platform and development packages pass with or without a version; others do not."""
    asked = ("ioredis", "zod@3.24.0", "@types/node", "@fastify/cors@10.0.0", "left-pad@1", "lodash")
    assert unapproved(asked) == ("left-pad", "lodash")


def test_a_decision_to_keep_is_an_approval() -> None:
    """A package that is in no list passes where the policy decides to keep it."""
    assert unapproved(("dotenv",)) == ()


def test_node_replaces_only_what_it_has() -> None:
    """A native API counts from the version that it came with."""
    libraries = load_libraries()
    assert libraries.replacement("glob", (20, 12)) is None
    found = libraries.replacement("glob", (22, 0))
    assert found is not None
    assert found.instead == "fs.glob"


def test_a_list_of_the_wrong_form_is_refused(tmp_path: Path) -> None:
    """A wrong file is refused with its name, the place and what to do."""
    path = tmp_path / "libraries.yaml"
    path.write_text("approved: zod\n")
    with pytest.raises(PolicyError, match=r"libraries\.yaml: .*; correct it"):
        load_libraries(path)
