"""How Mendbook's priorities and hours compare with those a team really gave.

    python benchmarks/priorities.py --repo DIR FOLDER…

Each folder holds one ``audit-*.json``, and the ``remediation-*.json`` that was made of it by hand.
The priorities are computed on the audit's commit, without profiles, and set against the plain table
CRITICAL and HIGH to P0, MEDIUM to P1, LOW to P2, INFO to P3. The tree is the default policy's and
nothing in it is computed from these folders, so leaving one out changes no figure of it; its rules
were written by people who had seen the development audits, so only others are a test. *Learned* is
the tree as the other folders alone move it, as ``--history`` does. A folder without a remediation
is passed over. Shares stand with Wilson's 95 % interval: cases are few.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mendbook import intake, repository
from mendbook.code.references import find_references
from mendbook.effort.estimate import estimate
from mendbook.facts import gather_facts
from mendbook.model import Heat, Priority, Severity
from mendbook.policy import load_policy
from mendbook.prioritize.by_severity import BY_SEVERITY
from mendbook.prioritize.refit import GivenPriority, interval, refit
from mendbook.prioritize.situation import read_situation
from mendbook.prioritize.tree import walk

BANDS = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Seen:
    """The findings of one audit with what people decided about them."""

    given: tuple[GivenPriority, ...]
    severity: dict[str, Severity]
    hours_equal: int
    strangers: int
    """Entries of the plan that the audit has no finding of."""


def look(folder: Path, repo: Path) -> Seen:
    """Return what ``folder`` holds, each finding as the tree sees it at the audit's commit."""
    audit = intake.load_audit(next(folder.glob("audit-*.json")))
    policy = load_policy()
    target = repository.open_target(repo, audit.commit)
    references = find_references(audit.findings, target.snapshot, target.root, "syntax")
    facts = {each.finding_id: each for each in gather_facts(audit, target, references)}
    hours = {each.finding_id: each.likely for each in estimate(audit.findings, policy.effort)}
    by_id = {each.id: each for each in audit.findings}
    entries = _given(folder)
    known = [each for each in entries if each["issueId"] in by_id]
    given = []
    for entry in known:
        finding = by_id[entry["issueId"]]
        cold = Heat(finding.id, None, why="nothing was profiled")
        situation = read_situation(finding, facts[finding.id], cold, policy.answers)
        given.append(GivenPriority(finding.id, situation, Priority(entry["priority"])))
    return Seen(
        tuple(given),
        {each.id: each.severity for each in audit.findings},
        sum(abs(hours[each["issueId"]] - float(each["hours"])) < 0.005 for each in known),
        len(entries) - len(known),
    )


def compare(seen: Seen, others: Sequence[Seen]) -> Counter[str]:
    """Print each finding whose priority differs, and return counts of exact and near matches.

    The tree stands beside itself as the ``others`` alone move it, and beside severity alone.
    """
    policy = load_policy()
    learned = refit(policy, [given for other in others for given in other.given])
    for move in learned.learned.moves:
        print(f"  the others move {move.words}")
    found = Counter({"not in the audit": seen.strangers, "hours equal": seen.hours_equal})
    for each in seen.given:
        tree, steps = walk(each.situation, policy)
        said = {
            "tree": tree,
            "learned": walk(each.situation, learned.policy)[0],
            "table": BY_SEVERITY[seen.severity[each.finding_id]],
        }
        found["findings"] += 1
        for who, band in said.items():
            found[f"{who} exact"] += band is each.priority
            found[f"{who} within one"] += abs(BANDS.index(band) - BANDS.index(each.priority)) <= 1
        if len({each.priority, *said.values()}) > 1:
            bands = ", ".join(f"{who} {band}" for who, band in said.items())
            why = ", ".join(step.because for step in steps)
            print(f"  {each.finding_id}: given {each.priority}; {bands}; {why}")
    return found


def shown(hits: int, cases: int) -> str:
    """Return a share with its 95 % interval."""
    if not cases:
        return "no case"
    low, high = interval(hits, cases)
    return f"{hits} of {cases} ({hits / cases:.0%}, {low:.0%}–{high:.0%})"


def verdict(found: Counter[str]) -> str:
    """Return both figures of a left-out audit, and whether the tree is at least the table."""
    cases = found["findings"]
    said = [
        f"{who} exact {shown(found[f'{who} exact'], cases)}, "
        f"within one {shown(found[f'{who} within one'], cases)}"
        for who in ("tree", "learned", "table")
    ]
    ahead = all(
        found[f"tree {measure}"] >= found[f"table {measure}"] for measure in ("exact", "within one")
    )
    return f"  {'; '.join(said)}: the tree is {'at least' if ahead else 'BELOW'} the table"


def _given(folder: Path) -> list[dict[str, str]]:
    path = next(folder.glob("remediation-*.json"))
    entries: list[dict[str, str]] = intake.read_json(path).data["remediations"]
    return entries


def main() -> None:
    """Compare every folder that is named, and print one line for each and for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    seen: dict[Path, Seen] = {}
    for folder in arguments.folders:
        if any(folder.glob("remediation-*.json")):
            seen[folder] = look(folder, arguments.repo)
        else:
            print(f"{folder.name}\n  no remediation stands beside the audit")
    total: Counter[str] = Counter()
    for folder in seen:
        print(folder.name)
        found = compare(seen[folder], [seen[other] for other in seen if other != folder])
        print(verdict(found))
        total += found
    print("all")
    print(verdict(total))
    print(f"  hours equal: {shown(total['hours equal'], total['findings'])}")


if __name__ == "__main__":
    main()
