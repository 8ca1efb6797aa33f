"""The policy is data that a team can change, and a broken one is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import PolicyError
from mendbook.model import Priority
from mendbook.policy import PullRequestRules, default_policy, load_policy


def changed(folder: Path, old: str, new: str) -> Path:
    """Write the default policy with ``old`` replaced, and return where it is."""
    text = default_policy().read_text("utf-8")
    assert old in text
    path = folder / "policy.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_default_policy_loads_and_names_every_band() -> None:
    """A plan without a policy of its own uses the documented default."""
    policy = load_policy()
    assert policy.name == "default"
    assert list(policy.bands) == list(Priority)


def test_limits_of_a_pull_request_are_the_same_in_code_and_in_the_default_policy() -> None:
    """Planning without a policy cuts PRs as the default policy does."""
    assert load_policy().pull_requests == PullRequestRules()


def test_a_team_can_change_one_number(tmp_path: Path) -> None:
    """A changed number in a copy of the policy is the number in force."""
    policy = load_policy(changed(tmp_path, "hot_share: 0.05", "hot_share: 0.2"))
    assert policy.answers.hot_share == 0.2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    INFO: P3", "    INFO: P4", "$.tree.answers.INFO: 'P4' is not one of"),
        ("    INFO: P3\n", "", "tree: severity 'INFO' has no branch; add it, or otherwise"),
        ("{wide: P1, narrow: P2}", "{broad: P1, otherwise: P2}", "blast has no answer 'broad'"),
        ("{wide: P1, narrow: P2}", "{wide: P1, narrow: P2, otherwise: P3}", "is never reached"),
        (
            "cost: [Performance & Efficiency]",
            "cost: [Readability]",
            "Performance & Efficiency is in no group",
        ),
        (
            "    INFO: P3",
            "    INFO: {ask: severity, answers: {otherwise: P3}}",
            "asks severity again",
        ),
        ("trivial: [0.1, 0.25, 0.5]", "trivial: [1, 0.25, 0.5]", "not in the order low, likely"),
        ("hotspot: 1\n", "hotspot: lots\n", "$.weights.hotspot: 'lots' is not of type 'number'"),
        ("name: default", "name: default\nname: again", "'name' is given twice"),
        ("INFO: 1}", "INFO: &one 1}\n  again: *one", "aliases are not allowed"),
        ("name: default", "name: [", "not valid YAML"),
        ("name: default", "deep: " + "[" * 100 + "]" * 100, "nested too deep"),
    ],
)
def test_a_broken_policy_is_refused_in_one_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """The message names the file, the place and the problem."""
    path = changed(tmp_path, old, new)
    with pytest.raises(PolicyError) as refusal:
        load_policy(path)
    message = str(refusal.value)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert "\n" not in message


def test_a_policy_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped path is named."""
    with pytest.raises(PolicyError, match=r"nowhere\.yaml: not a file; check the path"):
        load_policy(tmp_path / "nowhere.yaml")
