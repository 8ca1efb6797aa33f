"""One fault in many repositories is one campaign: the same rule, the same fix."""

from __future__ import annotations

import pytest

from mendbook.fleet.campaigns import MemberFinding, campaigns, spoken
from mendbook.intake.identity import Identity
from mendbook.ledger.trace import TracedFinding
from mendbook.model import Dimension, Severity


def finding_of(member: str, fix: str, rule: str = "", hours: float = 1.0) -> MemberFinding:
    """Return a finding of a member whose repository is called as it is."""
    finding = TracedFinding(
        identity=Identity("", ""),
        id=f"{member}-1",
        headline="Headline",
        severity=Severity.LOW,
        dimension=Dimension.OTHER,
        complexity="",
        priority="P2",
        standing="outline",
        hours=hours,
        owner="",
        file="a.go",
        rule=rule,
        fix=fix,
    )
    return MemberFinding(member, f"/code/{member.partition('/')[0]}", finding)


SAME = [
    ("Pin `alpine:latest` in deploy/Dockerfile.", "pin alpine:latest in images/Dockerfile"),
    ("Close the file at line 80 of parse.go", "Close the file at line 7 of read.rs."),
    ("Verify the signature, first.", "verify the signature first"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_fix_is_known_again_elsewhere(one: str, other: str) -> None:
    """Places, case and punctuation are another repository's."""
    (campaign,) = campaigns([finding_of("mill", one), finding_of("shop", other, hours=2)])
    assert [place.member for place in campaign.places] == ["mill", "shop"]
    assert (campaign.repositories, campaign.hours) == (2, 3)


APART = [
    (finding_of("mill", "Fix it."), finding_of("shop", "Fix it.")),
    (
        finding_of("mill", "Verify the signature first"),
        finding_of("shop", "Log the signature first"),
    ),
    (finding_of("mill", "", "no-eval"), finding_of("shop", "", "no-var")),
    (finding_of("mill", "", ""), finding_of("shop", "", "")),
    (
        finding_of("mill", "Upgrade `left-pad` to 2"),
        finding_of("shop", "Upgrade `right-pad` to 2"),
    ),
    (finding_of("mill/a", "", "no-eval"), finding_of("mill/b", "", "no-eval")),
]


@pytest.mark.parametrize("pair", APART)
def test_what_is_not_one_fault_or_in_one_repository_is_no_campaign(
    pair: tuple[MemberFinding, MemberFinding],
) -> None:
    """Words that fit any finding, another fix, another rule, another audit of one repository."""
    assert campaigns(pair) == ()


def test_a_rule_needs_no_words() -> None:
    """The tool's rule says what it is; the most hours come first."""
    rules = [finding_of(name, "", rule) for rule in ("a", "b") for name in ("mill", "shop")]
    rules.append(finding_of("bakery", "", "b"))
    assert [(each.rule, each.repositories) for each in campaigns(rules)] == [("b", 3), ("a", 2)]


def test_the_words_of_a_fix() -> None:
    """What is left is what can be said of any repository."""
    assert spoken("Replace `md5` by SHA-256, see lib/hash.py:12!") == "replace md5 by sha 256 see"
